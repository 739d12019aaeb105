use crate::ui::element::{Element, NotLoaded, chunk, el, follow, on_demand};
use crate::ui::shell::{guide, use_shell};
use crate::ui::words::answer as words;
use leptos::prelude::*;

/// The page without a link: says how to answer, and where canvassers and the office go.
pub fn front() -> Element {
    on_demand(whole)
}

#[chunk(later, fallible)]
fn whole() -> Result<Element, NotLoaded> {
    let shell = use_shell();
    follow(move || shell.title(words::FRONT_TITLE.of(shell.language.get())));
    let way = |page, words| el("p", "").child(el("a", "button wide").attr("href", page).say(words));
    Ok(el("div", "page stack loose")
        .child(el("h1", "").say(words::FRONT_TITLE))
        .child(el("p", "lead").say(words::FRONT_TEXT))
        .child(way("field.html", words::FRONT_FIELD))
        .child(way("office.html", words::FRONT_OFFICE))
        .child(guide("resident")))
}
