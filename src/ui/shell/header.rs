use super::tongues;
use super::{TEXT_SIZES, Theme, dialog, use_shell};
use crate::ui::aloud;
use crate::ui::element::{Element, NotLoaded, button, chunk, el, follow, group, on_demand};
use crate::ui::words::{Language, shell as words};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;

fn other(language: Language) -> Language {
    if language == Language::Zh { Language::En } else { Language::Zh }
}

/// The bar on top: name, language switch, display settings.
pub fn header() -> Element {
    let shell = use_shell();
    let language = shell.language;
    let open = RwSignal::new(false);
    let home = move || !shell.busy.get() && !shell.route.with(|route| route.starts_with("/a/"));
    let name = move || {
        let name = if home() { el("a", "header-name").attr("href", "#/") } else { el("span", "header-name") };
        name.say(words::APP)
    };
    let toggle = move || {
        button("header-button")
            .live_attr("lang", move || Some(if language.get() == Language::Zh { "en" } else { "zh-CN" }.to_owned()))
            .on("click", move |_| {
                shell.tongue.set(String::new());
                language.update(|language| *language = other(*language));
            })
            .live_text(move || other(language.get()).name().to_owned())
    };
    let choosing = RwSignal::new(false);
    let switch = move |several| if several == 1 { tongues::opener(choosing) } else { toggle() };
    let switch = group().switch(move || usize::from(shell.offered.with(|offered| !offered.is_empty())), switch);
    let settings = button("header-button")
        .attr("aria-haspopup", "dialog")
        .live_attr("aria-label", move || Some(words::DISPLAY.of(language.get()).to_owned()))
        .live_attr("title", move || Some(words::DISPLAY.of(language.get()).to_owned()))
        .on("click", move |_| open.set(true))
        .child(el("span", "").attr("aria-hidden", "true").text("Aa"));
    let inner = el("div", "header-inner").live(name).child(el("div", "header-buttons").child(switch).child(settings));
    let title = move || words::DISPLAY.of(language.get()).to_owned();
    let close = move || button("button primary").on("click", move |_| open.set(false)).say(words::CLOSE);
    group()
        .child(el("header", "header no-print").child(inner))
        .child(dialog(open, title, move || on_demand(display).child(close())))
        .child(tongues::chooser(choosing))
}

/// Most people leave it as it is.
#[chunk(later, fallible)]
fn display() -> Result<Element, NotLoaded> {
    let shell = use_shell();
    let themes = el("div", "options columns");
    for (at, theme) in Theme::ALL.into_iter().enumerate() {
        themes.add(&choice("theme", el("span", "option-body").say(theme.words()), shell.theme, at));
    }
    let sizes = el("div", "options columns");
    for size in TEXT_SIZES {
        let mut label = size.to_string();
        label.push_str(" %");
        sizes.add(&choice("text-size", el("span", "option-body").text(&label), shell.text_size, size));
    }
    let field = |legend, choices| el("fieldset", "field").child(el("legend", "field-label").say(legend)).child(choices);
    // The office asks nobody.
    let asks = !window().location().pathname().is_ok_and(|path| path.ends_with("office.html"));
    let aloud = asks.then(|| on_demand(aloud::settings));
    Ok(group().child(field(words::THEME, themes)).child(field(words::TEXT_SIZE, sizes)).maybe(aloud))
}

fn choice(name: &str, label: Element, chosen: RwSignal<usize>, this: usize) -> Element {
    let input = el("input", "option-input").attr("type", "radio").attr("name", name);
    let node: HtmlInputElement = input.node().clone().unchecked_into();
    follow(move || node.set_checked(chosen.get() == this));
    el("label", "option").child(input.on("change", move |_| chosen.set(this))).child(label)
}
