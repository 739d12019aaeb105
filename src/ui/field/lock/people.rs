//! Who comes and who goes: the steps of the vault, kept, and the coat that follows from them.

use super::{Lock, random};
use crate::browser::crypto::Web;
use crate::browser::keeper::SaveError;
use crate::outbox::View;
use crate::store::DRAFT;
use crate::ui::words::{Words, lock as words};
use crate::vault::{self, Canvasser, Hashing, Keys, Open, PinFault};
use leptos::{prelude::*, task::spawn_local};
use std::rc::Rc;

/// Why somebody was not added, changed or removed.
pub enum Fault {
    Said(Words),
    Save(SaveError),
}

impl From<SaveError> for Fault {
    fn from(error: SaveError) -> Fault {
        Fault::Save(error)
    }
}

/// Why a PIN cannot be set.
pub fn pin_fault(pin: &str, again: &str) -> Option<Words> {
    match vault::check_pin(pin) {
        Err(PinFault::Length) => Some(words::BAD_LENGTH),
        Err(PinFault::Simple) => Some(words::BAD_SIMPLE),
        Ok(()) => (pin != again).then_some(words::DIFFERENT),
    }
}

impl Lock {
    pub(super) fn all_now(self) -> Vec<Canvasser> {
        self.all.get_untracked()
    }

    pub(super) fn own_now(self) -> Option<Canvasser> {
        let who = self.who.get_untracked()?;
        self.all_now().into_iter().find(|one| one.id == who)
    }

    /// Lets in who entered the right PIN, and wraps what still lies bare.
    pub(super) fn enter(self, keys: Keys) {
        let coat = Rc::new(Open::new(keys.clone(), random));
        self.let_in(keys, coat);
        spawn_local(self.cover());
    }

    /// A new canvasser; the first one works here from now on.
    pub(super) async fn add(self, name: &str, pin: &str) -> Result<(), Fault> {
        let beside = self.keys.get_value();
        let made = vault::enrol(&Web, name, pin, Hashing::NOW, beside.as_ref());
        let (canvasser, keys) = made.map_err(|_| Fault::Said(words::NO_RANDOM))?;
        let first = beside.is_none();
        if first {
            // So that the page is not locked by its own step.
            self.who.set(Some(keys.id.clone()));
        }
        let kept = self.device.commit(vec![canvasser.entry()]).await;
        if let Err(error) = kept {
            if first {
                self.who.set(None);
            }
            return Err(error.into());
        }
        if first {
            self.enter(keys);
        }
        Ok(())
    }

    pub(super) async fn change(self, keys: &Keys, pin: &str) -> Result<(), Fault> {
        let own = self.own_now().ok_or(Fault::Said(words::GONE))?;
        let changed = own.change(&Web, keys, pin, Hashing::NOW).map_err(|_| Fault::Said(words::NO_RANDOM))?;
        self.device.commit(vec![changed.entry()]).await?;
        Ok(())
    }

    /// Takes a canvasser off whose PIN nobody has: what [`vault::lost`] counts is gone.
    pub(super) async fn forget(self, id: &str) -> Result<(), SaveError> {
        let keeper = self.device.keeper();
        self.device.commit(vault::forget(&keeper.at_rest(), id)).await?;
        keeper.purge().await;
        Ok(())
    }

    /// Who works here goes. What they had is the others' from then on, or lies bare where nobody is left.
    pub(super) async fn go(self) -> Result<(), Fault> {
        let keeper = self.device.keeper();
        let keys = self.keys.get_value().ok_or(Fault::Said(words::GONE))?;
        keeper.flush().await?;
        let last = self.all_now().len() == 1;
        let coat = Open::new(keys.clone(), random);
        let changes = if last {
            let changes = vault::lay_bare(&keeper.at_rest(), &coat, &keys.id);
            keeper.wear(None);
            changes
        } else {
            vault::hand_on(&keeper.at_rest(), &coat, &keys.id).map_err(|_| Fault::Said(words::NO_RANDOM))?
        };
        if let Err(error) = self.device.commit(changes).await {
            keeper.wear(Some(Rc::new(coat)));
            return Err(error.into());
        }
        self.who.set(None);
        self.keys.set_value(None);
        Ok(())
    }

    /// Wraps what lies bare: it is of before there was a PIN. Drafts that another window has open are wrapped by what that window
    /// writes next, or the next time. What cannot be wrapped now stays as it is, whole.
    async fn cover(self) {
        let keeper = self.device.keeper();
        let mut found = Vec::new();
        keeper.at_rest().each("", &mut |key, body| {
            if vault::bare(key, body) {
                found.push(key.to_owned());
            }
        });
        if found.is_empty() {
            return;
        }
        for key in found {
            let alone = if key.starts_with(DRAFT) { keeper.lock(&key).await.map(Some) } else { Some(None) };
            let (Some(_alone), Some(body)) = (alone, keeper.get(&key)) else { continue };
            let _ = self.device.commit(vec![(key, Some(body))]).await;
        }
        // What it was before is taken out of the log's bytes.
        keeper.purge().await;
    }
}

/// Whose what is kept under a key is; `None`: it is nobody's alone.
pub fn owner(lock: Lock, key: &str) -> Option<Canvasser> {
    let body = lock.device.keeper().at_rest().body(key)?;
    lock.find(vault::whose(&body)?)
}
