//! The course for canvassers: pages to read, a quiz, a certificate. A part that few need often: it comes when it is shown.

mod certificate;
mod quiz;

use crate::course::{ASKED, PAGES, PASS, Page};
use crate::ui::device::{Device, use_device};
use crate::ui::element::{Element, NotLoaded, button, chunk, el, follow, group, in_view, next_frame, on_demand};
use crate::ui::shell::{Shell, focus_heading, use_shell};
use crate::ui::words::course as words;
use leptos::prelude::*;

pub const ROUTE: &str = "/course";

pub fn course() -> AnyView {
    in_view(on_demand(screen_of))
}

#[chunk(course, fallible)]
fn screen_of() -> Result<Element, NotLoaded> {
    Ok(screen())
}

/// Where the screen is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Stage {
    Front,
    Page(usize),
    Quiz,
    /// The certificate that is kept.
    Certificate,
}

/// What the parts share. Copy: every field is a handle.
#[derive(Clone, Copy)]
struct Room {
    shell: Shell,
    device: Device,
    stage: RwSignal<Stage>,
    /// Whose certificate is shown.
    shown: RwSignal<String>,
}

impl Room {
    fn go(self, stage: Stage) {
        self.stage.set(stage);
        next_frame(focus_heading);
    }
}

fn screen() -> Element {
    let (shell, device) = (use_shell(), use_device());
    follow(move || shell.title(words::TITLE.of(shell.language.get())));
    next_frame(focus_heading);
    let room = Room { shell, device, stage: RwSignal::new(Stage::Front), shown: RwSignal::default() };
    let back = el("p", "back").child(
        el("a", "button quiet")
            .attr("href", "#/")
            .live_text(move || ["← ", words::HOME.of(shell.language.get())].concat()),
    );
    let shown = move || match room.stage.get() {
        Stage::Front => front(room),
        Stage::Page(at) => page(room, at),
        Stage::Quiz => quiz::quiz(room),
        Stage::Certificate => certificate::kept(room),
    };
    el("div", "page stack course").child(back).live(shown)
}

fn front(room: Room) -> Element {
    let language = room.shell.language;
    let pages = PAGES.iter().enumerate().map(|(at, page)| {
        let open = button("button quiet").on("click", move |_| room.go(Stage::Page(at)));
        el("li", "").child(open.say(page.title))
    });
    let has = certificate::is_kept(room);
    let kept = has.then(|| {
        el("p", "")
            .child(button("button wide").on("click", move |_| room.go(Stage::Certificate)).say(words::CERTIFICATE))
    });
    group()
        .child(el("h1", "").attr("tabindex", "-1").say(words::TITLE))
        .child(el("p", "lead").live_text(move || words::LEAD.count(language.get(), &[ASKED, PASS])))
        .maybe(kept)
        .child(el("ol", "course-pages").children(pages.collect()))
        .child(
            el("div", "stack tight")
                .child(button("button primary wide").on("click", move |_| room.go(Stage::Page(0))).say(words::BEGIN))
                .child(button("button wide").on("click", move |_| room.go(Stage::Quiz)).say(words::TO_QUIZ)),
        )
}

fn page(room: Room, at: usize) -> Element {
    let language = room.shell.language;
    let Page { title, lines, good, bad } = PAGES[at];
    let place = move || words::PAGE_OF.count(language.get(), &[at + 1, PAGES.len()]);
    let meter = el("progress", "meter")
        .attr("max", &PAGES.len().to_string())
        .attr("value", &(at + 1).to_string())
        .attr("aria-hidden", "true");
    let lines = lines.iter().map(|line| el("p", "").say(*line)).collect();
    let example = |class: &str, name, said| {
        el("div", class).child(el("p", "").child(el("strong", "").say(name))).child(el("p", "").say(said))
    };
    let back = (at > 0).then(|| button("button").on("click", move |_| room.go(Stage::Page(at - 1))).say(words::BACK));
    let last = at + 1 == PAGES.len();
    let (next, said) = if last { (Stage::Quiz, words::START_QUIZ) } else { (Stage::Page(at + 1), words::NEXT) };
    group()
        .child(meter)
        .child(el("p", "hint small").live_text(place))
        .child(el("h1", "").attr("tabindex", "-1").say(title))
        .child(el("div", "stack").children(lines))
        .child(example("banner good stack tight", words::GOOD, good))
        .child(example("banner bad stack tight", words::BAD, bad))
        .child(
            el("div", "actions")
                .maybe(back)
                .child(button("button primary").on("click", move |_| room.go(next)).say(said)),
        )
}
