//! The frame of an app: language, look, hash route, document title and focus, announcements, header and dialogs. What
//! is shown when the program itself fails is in `public/boot.js`, which runs without it.

mod dialog;
mod guide;
mod header;
mod preferences;
mod route;
mod tongues;

pub use dialog::{Dialog, dialog};
pub use guide::guide;
pub use preferences::{TEXT_SIZES, Theme, read_setting, remove_setting, write_setting};
pub use route::{focus_heading, focus_on, go};
pub use tongues::tongue_name;

use crate::language::fitting;
use crate::ui::element::{Element, el, follow, group, next_frame, run};
use crate::ui::words::{Language, Words, shell as words};
use leptos::prelude::*;
use wasm_bindgen::JsCast;

/// State of the frame. Copy: every field is a handle.
#[derive(Clone, Copy)]
pub struct Shell {
    /// Language of the interface; the texts of a plan follow it where they can.
    pub language: RwSignal<Language>,
    /// Tag of the language in which texts of plans are wanted; empty: that of the interface.
    pub tongue: RwSignal<String>,
    /// Tags of the languages of the plan that is open, with spaces between; empty where those of the interface are all.
    offered: RwSignal<String>,
    /// Its place in [`Theme::ALL`].
    pub theme: RwSignal<usize>,
    /// Per cent.
    pub text_size: RwSignal<usize>,
    /// Each question has a button that reads it.
    pub aloud: RwSignal<bool>,
    /// The fragment of the address without `#`, such as `/device`.
    pub route: RwSignal<String>,
    /// An interview is open: the header does not lead away from it and an update waits.
    pub busy: RwSignal<bool>,
    title: RwSignal<String>,
    announcement: RwSignal<String>,
}

impl Shell {
    /// Document title, before the name of the app. The screen sets it when it changes.
    pub fn title(self, title: impl Into<String>) {
        self.title.set(title.into());
    }

    /// Offers the languages of a plan in the header, until the owner around the call is cleaned.
    pub fn offer(self, languages: &[String]) {
        let plain = languages.len() < 3 && languages.iter().all(|tag| Language::read(tag).is_some());
        if !plain {
            self.offered.set(languages.join(" "));
            on_cleanup(move || {
                let _ = self.offered.try_set(String::new());
            });
        }
    }

    /// The language in which a plan that has these is shown; `None`: not in one that was asked for. Follows the choice.
    pub fn tongue_of<'a>(self, languages: &'a [String]) -> Option<&'a String> {
        self.tongue.with(|tongue| fitting(languages, tongue, self.language.get()))
    }

    /// Read out by a screen reader, politely, also when it was said before.
    pub fn announce(self, text: impl Into<String>) {
        let text = text.into();
        self.announcement.set(String::new());
        next_frame(move || self.announcement.set(text));
    }

    pub fn say(self, words: Words) {
        self.announce(words.of(self.language.get_untracked()));
    }
}

/// The frame around the calling component.
pub fn use_shell() -> Shell {
    expect_context::<Shell>()
}

/// A text that follows the language.
pub fn t(words: Words) -> impl Fn() -> &'static str + Copy + Send + Sync + 'static {
    let language = use_shell().language;
    move || words.of(language.get())
}

/// A text with whole numbers that follows the language.
pub fn count(
    words: Words,
    values: impl Fn() -> Vec<usize> + Send + Sync + 'static,
) -> impl Fn() -> String + Send + Sync {
    let language = use_shell().language;
    move || words.count(language.get(), &values())
}

impl Element {
    /// A text that follows the language.
    pub fn say(self, words: Words) -> Element {
        let language = use_shell().language;
        self.live_text(move || words.of(language.get()).to_owned())
    }
}

/// Puts an app into the page: frame, header and what `screen` shows.
pub fn start(screen: fn() -> Element) {
    run(move || frame(screen));
}

fn frame(screen: fn() -> Element) -> Element {
    let shell = open_shell();
    provide_context(shell);
    let skip = el("a", "skip").attr("href", "#main").say(words::SKIP).on("click", |event| {
        event.prevent_default();
        focus_on("main");
    });
    let announced = el("div", "visually-hidden").attr("aria-live", "polite").attr("role", "status");
    group()
        .child(skip)
        .child(header::header())
        .child(el("main", "").attr("id", "main").attr("tabindex", "-1").child(screen()))
        .child(announced.live_text(move || shell.announcement.get()))
}

fn open_shell() -> Shell {
    let shell = Shell {
        language: RwSignal::new(preferences::read_language()),
        tongue: RwSignal::new(preferences::read_tongue()),
        offered: RwSignal::new(String::new()),
        theme: RwSignal::new(preferences::read_theme()),
        text_size: RwSignal::new(preferences::read_text_size()),
        aloud: RwSignal::new(read_setting(preferences::ALOUD).is_some()),
        route: RwSignal::new(route::read()),
        busy: RwSignal::new(false),
        title: RwSignal::new(String::new()),
        announcement: RwSignal::new(String::new()),
    };
    preferences::keep(shell);
    route::follow(shell);
    follow(move || {
        let (language, mut title) = (shell.language.get(), shell.title.get());
        if !title.is_empty() {
            title.push_str(" · ");
        }
        title.push_str(words::APP.of(language));
        document().set_title(&title);
    });
    shell
}

/// The page's root element.
fn root() -> Option<web_sys::HtmlElement> {
    document().document_element()?.dyn_into().ok()
}
