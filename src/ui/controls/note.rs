use super::frame::Asked;
use crate::ui::answer::Live;
use crate::ui::element::{Element, el};

/// A text to read.
pub fn note(live: Live, index: usize) -> Element {
    told(live, index, "note stack tight", el("p", "prose"))
}

/// The heading of a group inside a section.
pub fn heading(live: Live, index: usize) -> Element {
    told(live, index, "stack tight subgroup", el("h2", ""))
}

fn told(live: Live, index: usize, class: &str, label: Element) -> Element {
    let asked = Asked::read(live, index);
    let hint = asked.hint.as_ref().map(|hint| el("p", "hint prose").text(hint));
    el("div", class).attr("id", &asked.id).child(label.text(&asked.label)).maybe(hint)
}
