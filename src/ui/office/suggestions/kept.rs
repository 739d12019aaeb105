use crate::plan::Digest;
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
    let mut notes = Notes::new(&plan.unwrap_or_default());
    let (_, unread) = take_kept(desk, &mut notes);
    (notes, unread)
}

/// Takes in what is kept and not there yet: how many notes that were, and how many entries are none.
pub fn take_kept(desk: Desk, notes: &mut Notes) -> (usize, usize) {
    let prefix = prefix(notes.plan());
    let (mut added, mut unread) = (0, 0);
    for (key, text) in desk.keeper().list(&prefix) {
        // An entry is called after its note, which never changes.
        if Digest::parse(&key[prefix.len()..]).is_some_and(|id| notes.has(&id)) {
            continue;
        }
        match Note::parse(&text) {
            Ok(note) => added += usize::from(notes.take(note)),
            Err(_) => unread += 1,
        }
    }
    (added, unread)
}

/// For what is published. None: a note cannot be read, and it may be that which withholds a text.
pub fn kept_notes(desk: Desk) -> Option<Notes> {
    let (notes, unread) = read_notes(desk);
    (unread == 0).then_some(notes)
}
