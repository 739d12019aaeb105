//! A note of the interviewer about a question, for the office: folded up beside why there is no answer.

use crate::session::{Event, LONGEST_NOTE};
use crate::ui::answer::Live;
use crate::ui::element::{Element, button, el, group, next_frame};
use crate::ui::shell::{focus_on, use_shell};
use crate::ui::words::field as words;
use leptos::prelude::*;

pub fn offer(live: Live, index: usize) -> Element {
    let language = use_shell().language;
    let written = move || live.with(|session| session.note(index).unwrap_or_default().to_owned());
    let there = RwSignal::new(!written().is_empty());
    let open = RwSignal::new(false);
    let id = ["i", &index.to_string(), "-note"].concat();
    let target = ["#", &id].concat();
    let press = move |_| {
        open.update(|open| *open = !*open);
        if open.get_untracked() {
            let target = target.clone();
            next_frame(move || focus_on(&target));
        }
    };
    let toggle = button("button note-toggle")
        .live_attr("aria-expanded", move || Some(open.get().to_string()))
        .on("click", press)
        .live_text(move || if there.get() { words::NOTE_THERE } else { words::NOTE_ADD }.of(language.get()).to_owned());
    let field = move |shown| {
        if shown == 0 {
            return group();
        }
        let area = el("textarea", "input")
            .attr("id", &id)
            .attr("rows", "2")
            .attr("maxlength", &LONGEST_NOTE.to_string())
            .live_flag("readonly", move || live.locked.get())
            .text(&written())
            .on("input", move |event| {
                let text = event_target_value(&event);
                there.set(!text.trim().is_empty());
                let _ = live.tell(Event::Noted { item: live.with(|session| session.key(index)), text });
            });
        el("label", "field note-field").child(el("span", "field-label small").say(words::NOTE_LABEL)).child(area)
    };
    // The place of the group of reasons, which lays its buttons out in a row.
    el("span", "beside").child(toggle).switch(move || usize::from(open.get()), field)
}
