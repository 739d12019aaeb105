//! What a caller says of a call, written down and taken back.

use super::super::mark;
use super::Desk;
use crate::contact::{self, Attempt};
use crate::outbox::Changes;
use crate::plan::Mode;
use crate::ui::field::save_words;
use crate::ui::field::when::this_minute;
use crate::ui::words::{contacts as list_words, phone as words};
use leptos::{prelude::*, task::spawn_local};

impl Desk {
    /// Writes down how the call of this case ended, and the next one comes.
    pub fn write_down(self, id: String, code: &'static str, call_back: Option<String>, note: Option<String>) {
        if self.busy.get_value() {
            return;
        }
        let round = self.round.get_untracked();
        let known = contact::outcome(code);
        // What ends a case for good ends its interview too, and how far that came is said where it ends.
        if known.is_some_and(|known| !known.again) && self.work.is_open(&round, &id) {
            self.begun.set_value(true);
            return self.tell(words::END_FIRST.fill(self.language(), &[&self.label(&id)]), true);
        }
        self.busy.set_value(true);
        let changes: Changes = self.work.change(&round, &id, |list, case| {
            let attempt = Attempt {
                at: this_minute(),
                outcome: code.to_owned(),
                mode: Mode::Phone.name().to_owned(),
                stratum: case.case.stratum.clone(),
                group: case.case.group.clone(),
                call_back,
                note,
                withdraws: None,
            };
            self.work.written(list, case, &attempt)
        });
        let entry = changes.first().and_then(|(key, _)| key.rsplit('/').next()).unwrap_or_default().to_owned();
        let name = self.label(&id);
        spawn_local(async move {
            let done = self.work.device.commit(changes).await;
            self.busy.try_set_value(false);
            if self.current.try_get_untracked().is_none() {
                return;
            }
            match done {
                Ok(_) => {
                    let language = self.language();
                    let said = known.map_or(code, |known| known.words.of(language));
                    self.last.set(Some((id, entry)));
                    self.tell(words::WRITTEN.fill(language, &[&name, said]), false);
                    self.advance();
                }
                Err(error) => {
                    let language = self.language();
                    self.tell(list_words::UNSAVED.fill(language, &[save_words(&error).of(language)]), true);
                }
            }
        });
    }

    /// Takes back what was written down last, and shows that case again.
    pub fn undo(self) {
        let Some((id, entry)) = self.last.get_untracked().filter(|_| !self.busy.get_value()) else { return };
        self.busy.set_value(true);
        let withdraw = Attempt { at: this_minute(), withdraws: Some(entry), ..Attempt::default() };
        let round = self.round.get_untracked();
        let changes = self.work.change(&round, &id, |list, case| contact::record(list, case, &withdraw, &mark()));
        spawn_local(async move {
            let done = self.work.device.commit(changes).await;
            self.busy.try_set_value(false);
            if self.current.try_get_untracked().is_none() {
                return;
            }
            let language = self.language();
            match done {
                Ok(_) => {
                    self.last.set(None);
                    self.tell(words::UNDONE.fill(language, &[&self.label(&id)]), false);
                    self.show(Some(id));
                    self.begun.set_value(true);
                }
                Err(error) => self.tell(list_words::UNSAVED.fill(language, &[save_words(&error).of(language)]), true),
            }
        });
    }
}
