//! Steps that end a canvasser's time on the device. They are made from bodies as they lie at rest.

use super::canvasser::{CANVASSER, canvassers};
use super::cipher::{SHARED, whose};
use super::coat::{Open, Shut};
use super::cover::{For, cover};
use crate::contact::{self, CONTACT, is_list};
use crate::outbox::{self, BEFORE, Changes, Closed, View};
use crate::session::Draft;
use crate::store::{Coat, DRAFT, Locked};

/// Minutes without a touch after which the app locks.
pub const IDLE: &str = "setting/idle";
const MINUTES: u64 = 5;

/// As set on this device, 1 to 60; five where nothing was set.
pub fn idle_minutes(view: &impl View) -> u64 {
    view.body(IDLE).and_then(|text| text.parse().ok()).filter(|minutes| (1..=60).contains(minutes)).unwrap_or(MINUTES)
}

/// What nobody could open any more.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Lost {
    /// Open interviews.
    pub drafts: usize,
    /// Notes at attempts. The attempts themselves stay.
    pub notes: usize,
    /// Lists of cases: they are taken in again from the office's file.
    pub lists: usize,
}

/// Whether an entry is lost with this canvasser. `last`: nobody else is left who has the shared key.
fn goes(body: &str, id: &str, last: bool) -> bool {
    whose(body).is_some_and(|whose| whose == id || (last && whose == SHARED))
}

fn is_last(at_rest: &impl View, id: &str) -> bool {
    canvassers(at_rest).iter().all(|one| one.id == id)
}

/// What goes with the PIN of a canvasser.
pub fn lost(at_rest: &impl View, id: &str) -> Lost {
    let last = is_last(at_rest, id);
    let mut lost = Lost::default();
    at_rest.each(DRAFT, &mut |_, body| lost.drafts += usize::from(goes(body, id, last)));
    at_rest.each(CONTACT, &mut |key, body| {
        let gone = usize::from(goes(body, id, last));
        if is_list(key) { lost.lists += gone } else { lost.notes += gone }
    });
    lost
}

/// Takes a canvasser off whose PIN is lost: the drafts are counted as discarded, as far as their open part says of what plan they are.
/// Sealed records, batches and the outcomes of attempts stay.
pub fn forget(at_rest: &impl View, id: &str) -> Changes {
    let last = is_last(at_rest, id);
    let mut changes = Changes::new();
    at_rest.each(DRAFT, &mut |key, body| {
        if !goes(body, id, last) {
            return;
        }
        let session = &key[DRAFT.len()..];
        match Draft::parse(&Shut.take_off(key, body)) {
            Ok(Draft { opening, .. }) => {
                let closed = Closed { id: session, plan: &opening.plan, round: &opening.round, link: None };
                changes.extend(outbox::void(at_rest, closed, "pin_lost"));
            }
            Err(_) => changes.push((key.to_owned(), None)),
        }
        // Nothing joins a case with it any more: the case is free again.
        changes.extend(contact::open_of(at_rest, session).map(|key| (key, None)));
    });
    at_rest.each("", &mut |key, body| {
        if !goes(body, id, last) || changes.iter().any(|(known, _)| known == key) {
            return;
        }
        let open = Shut.take_off(key, body);
        // What stays readable of an attempt is what the office is told.
        let left = (key.starts_with(CONTACT) && !open.is_empty()).then(|| open.into_owned());
        changes.push((key.to_owned(), left));
    });
    changes.push(([CANVASSER, id].concat(), None));
    changes
}

/// Takes a canvasser off who is here: what is theirs can be opened by every other canvasser of the device from then on.
pub fn hand_on(at_rest: &impl View, coat: &Open, id: &str) -> Result<Changes, Locked> {
    let (mut changes, mut failed) = (Changes::new(), false);
    at_rest.each("", &mut |key, body| {
        if whose(body) != Some(id) {
            return;
        }
        let Some(text) = coat.opened(key, body) else {
            failed = true;
            return;
        };
        let open = if key.starts_with(DRAFT) || key.starts_with(BEFORE) {
            cover(key, &text).map_or(String::new(), |(_, open)| open)
        } else {
            String::new()
        };
        match coat.wrap(key, &text, For::All, &open) {
            Ok(wrapped) => changes.push((key.to_owned(), Some(wrapped))),
            Err(Locked) => failed = true,
        }
    });
    changes.push(([CANVASSER, id].concat(), None));
    if failed { Err(Locked) } else { Ok(changes) }
}

/// Takes the last canvasser off: what they can open lies bare from then on. What they cannot stays as it is.
pub fn lay_bare(at_rest: &impl View, coat: &Open, id: &str) -> Changes {
    let mut changes = Changes::new();
    at_rest.each("", &mut |key, body| changes.extend(coat.opened(key, body).map(|text| (key.to_owned(), Some(text)))));
    changes.push(([CANVASSER, id].concat(), None));
    changes
}
