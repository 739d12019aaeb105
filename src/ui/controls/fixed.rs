use super::frame::Asked;
use crate::session::Answer;
use crate::ui::answer::Live;
use crate::ui::element::{Element, el};
use crate::ui::words::answer as words;
use leptos::prelude::*;

/// A value that is shown, and that people cannot change.
pub fn fixed(live: Live, index: usize) -> Element {
    let asked = Asked::read(live, index);
    let changed = live.value(index);
    let value = move || {
        changed.track();
        live.with(|session| match session.answer(index) {
            Some(Answer::Grid(_)) | None => words::NO_ANSWER.of(live.language()).to_owned(),
            Some(_) => session.reads(index),
        })
    };
    el("div", "field question")
        .attr("id", &asked.id)
        .child(asked.labelled(el("p", "field-label")))
        .maybe(asked.hint_view())
        .child(el("p", "fixed prose").attr("aria-live", "polite").live_text(value))
}
