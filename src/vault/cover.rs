//! What is wrapped, for whom, and what of it may be read without a key.

use super::cipher;
use crate::contact::{Attempt, is_list, is_try};
use crate::named::Named;
use crate::outbox::BEFORE;
use crate::session::{Draft, Opening};
use crate::store::{ATTACHMENT, DRAFT};

/// For whom a body is wrapped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum For {
    Own,
    All,
}

/// `None`: it stays as it is. Else for whom it is wrapped, and the part that stays open.
///
/// Of a draft that is its plan, round and mode, so that what is open can be counted, and counted as discarded where its PIN is lost. A
/// draft by a resident's own link is the resident's, who has no PIN; it is never typed into by canvassers.
pub fn cover(key: &str, body: &str) -> Option<(For, String)> {
    if key.starts_with(DRAFT) || key.starts_with(BEFORE) {
        return match Draft::parse(body) {
            Ok(draft) if draft.opening.link.is_some() => None,
            Ok(draft) => Some((For::Own, outline(draft).encode())),
            // Nobody can tell what is in it.
            Err(_) => Some((For::Own, String::new())),
        };
    }
    if key.starts_with(ATTACHMENT) {
        return Some((For::Own, String::new()));
    }
    if is_list(key) {
        return Some((For::All, String::new()));
    }
    if is_try(key) {
        let attempt = Attempt::parse(body)?;
        attempt.note.as_ref()?;
        return Some((For::All, Attempt { note: None, ..attempt }.encode()));
    }
    None
}

/// What is said of a draft without its key: nothing that anybody answered, and nothing of who or where it was.
fn outline(draft: Draft) -> Draft {
    let opening = Opening { rater_group: None, stratum: None, link: None, full: Vec::new(), ..draft.opening };
    Draft {
        v: draft.v,
        id: draft.id,
        opening,
        language: String::new(),
        section: 0,
        review: false,
        clock: None,
        repeats: Named::new(),
        answers: Named::new(),
        missing: Named::new(),
        notes: Named::new(),
        locked: true,
    }
}

/// Whether the body, as it is at rest, lies bare and should not: it is of before there was a PIN.
pub fn bare(key: &str, at_rest: &str) -> bool {
    cipher::read(at_rest).is_none() && cover(key, at_rest).is_some()
}
