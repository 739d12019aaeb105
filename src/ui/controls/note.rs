use super::frame::Asked;
use crate::ui::answer::{Live, told, told_apart};
use crate::ui::element::{Element, el};

/// A text to read.
pub fn note(live: Live, index: usize) -> Element {
    let asked = Asked::read(live, index);
    let text = told_apart(live, index, "prose", &asked.written);
    el("div", "note stack tight").attr("id", &asked.id).child(text).maybe(asked.hint_view())
}

/// The heading of a group inside a section.
pub fn heading(live: Live, index: usize) -> Element {
    let asked = Asked::read(live, index);
    let label = el("h2", "").child(told(live, index, &asked.written));
    el("div", "stack tight subgroup")
        .attr("id", &asked.id)
        .child(label)
        .maybe(asked.image_view())
        .maybe(asked.hint_view())
}
