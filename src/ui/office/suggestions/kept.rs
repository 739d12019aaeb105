use crate::suggestions::{Note, Notes};
use crate::ui::office::desk::Desk;
use leptos::prelude::*;

/// Each note is an entry of its own, so that two windows never write over one another.
pub fn prefix(plan: &str) -> String {
    ["suggestions/", plan, "/"].concat()
}

/// The notes of the plan on the desk, and how many entries are none.
pub fn read_notes(desk: Desk) -> (Notes, usize) {
    let plan = desk.chosen.with_untracked(|chosen| chosen.as_ref().map(|chosen| chosen.plan.id.clone()));
    let plan = plan.unwrap_or_default();
    let mut notes = Notes::new(&plan);
    let mut unread = 0;
    for (_, text) in desk.keeper().list(&prefix(&plan)) {
        match Note::parse(&text) {
            Ok(note) => {
                notes.take(note);
            }
            Err(_) => unread += 1,
        }
    }
    (notes, unread)
}

/// For the report.
pub fn kept_notes(desk: Desk) -> Notes {
    read_notes(desk).0
}
