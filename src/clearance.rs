//! Giving a device back: what on it is in no other hands yet, and the step that clears it.
//!
//! **Owns** the question whether anything would be lost. **Promises**: [`clear`] makes a step only where nothing is left, and only
//! of entries that it knows; a batch without a verified receipt or a confirmed export is never in it. **Refuses** to read a store or
//! a clock: they are arguments.

mod stray;

pub use stray::{Stray, give_out, strays};

use crate::contact::{self, LogState};
use crate::outbox::{self, Changes, State, View};
use crate::plan::Digest;
use crate::session::{Draft, PlanRef};
use crate::store::DRAFT;

/// Something that would be lost.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Left {
    /// Interviews that are open, of a plan.
    Drafts { plan: PlanRef, count: usize },
    /// An open interview that cannot be read: it goes out as it is, and is confirmed to be in safe hands.
    DamagedDrafts { count: usize },
    /// Closed or discarded, and in no batch yet. `by_link`: residents' own, which are sent by themselves.
    Sealed { plan: PlanRef, count: usize, by_link: bool },
    /// Batches in no other hands yet, of a plan.
    Waiting { plan: PlanRef, batches: usize, records: u64 },
    /// Batches that the receiver refused and no other hands have.
    Refused { plan: PlanRef, batches: usize, records: u64 },
    /// What was done at the cases of a list, and the office does not have. The plan's id and the round.
    Contacts { plan: String, round: String },
    /// Entries that cannot be read: likewise.
    Unreadable { count: usize },
}

/// What was found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    pub left: Vec<Left>,
    /// Batches with a verified receipt.
    pub received: usize,
    /// Batches of which the user confirmed that the file is in safe hands, and no receipt is here: their word is all there is.
    pub exported: usize,
    /// Batches that the plan wants kept for some days more, or whose plan is not here.
    pub early: usize,
    /// Entries of kinds that this room does not know. They stay.
    pub unknown: usize,
}

/// What everything begins with that a device's work leaves and that may go.
const KINDS: [&str; 11] = [
    DRAFT,
    crate::store::ATTACHMENT,
    outbox::SEALED,
    outbox::BATCH,
    outbox::RECEIPT,
    outbox::SENT,
    contact::CONTACT,
    "plan/",
    "setting/",
    // What could not be read was set aside here; where there is any that is in no other hands, nothing is cleared.
    ASIDE,
    // Came with another device's rescue file; likewise.
    outbox::FALLEN,
];
const ASIDE: &str = "aside/";

/// What stands in the way. `device`: this device's thumbprint, where it has a card; `now`: milliseconds since 1970, and the minute for
/// people; `retention`: days that a plan wants batches kept.
pub fn look(
    view: &impl View,
    device: Option<&Digest>,
    now: (u64, &str),
    retention: &dyn Fn(&Digest) -> Option<u32>,
) -> Standing {
    let mut out = Standing::default();
    drafts(view, &mut out.left);
    sealed(view, &mut out.left);
    let due = outbox::deletable(view, now.0, retention);
    for one in outbox::handed(view) {
        match one.state {
            State::Received { .. } => out.received += 1,
            State::Exported { .. } => out.exported += 1,
            State::Waiting => batch(&mut out.left, one.plan.clone(), one.records, one.refusal.is_some()),
        }
        if one.held && !due.iter().any(|gone| gone.digest == one.digest) && one.state != State::Waiting {
            out.early += 1;
        }
    }
    contacts(view, device, now.1, &mut out.left);
    view.each("", &mut |key, _| out.unknown += usize::from(!is_known(key)));
    let (damaged, others): (Vec<Stray>, Vec<Stray>) = strays(view).into_iter().partition(Stray::is_draft);
    if !damaged.is_empty() {
        out.left.push(Left::DamagedDrafts { count: damaged.len() });
    }
    if !others.is_empty() {
        out.left.push(Left::Unreadable { count: others.len() });
    }
    out
}

fn is_known(key: &str) -> bool {
    KINDS.iter().any(|kind| key.starts_with(kind))
}

fn drafts(view: &impl View, left: &mut Vec<Left>) {
    view.each(DRAFT, &mut |_, text| {
        if let Ok(draft) = Draft::parse(text) {
            let plan = draft.opening.plan;
            let found = left.iter_mut().find_map(|one| match one {
                Left::Drafts { plan: known, count } if *known == plan => Some(count),
                _ => None,
            });
            match found {
                Some(count) => *count += 1,
                None => left.push(Left::Drafts { plan, count: 1 }),
            }
        }
    });
}

fn sealed(view: &impl View, left: &mut Vec<Left>) {
    for group in outbox::pending(view) {
        let count = group.records + group.voided;
        let found = left.iter_mut().find_map(|one| match one {
            Left::Sealed { plan, count, by_link: false } if *plan == group.plan => Some(count),
            _ => None,
        });
        match found {
            Some(known) => *known += count,
            None => left.push(Left::Sealed { plan: group.plan, count, by_link: false }),
        }
    }
    for plan in outbox::sent_list(view, None).plans {
        let by_link = outbox::unsent_links_of(view, &plan.plan.digest);
        if by_link > 0 {
            left.push(Left::Sealed { plan: plan.plan, count: by_link, by_link: true });
        }
    }
}

fn batch(left: &mut Vec<Left>, plan: PlanRef, records: u64, refused: bool) {
    let found = left.iter_mut().find_map(|one| match one {
        Left::Waiting { plan: known, batches, records } if !refused && *known == plan => Some((batches, records)),
        Left::Refused { plan: known, batches, records } if refused && *known == plan => Some((batches, records)),
        _ => None,
    });
    match found {
        Some((batches, sum)) => {
            *batches += 1;
            *sum += records;
        }
        None if refused => left.push(Left::Refused { plan, batches: 1, records }),
        None => left.push(Left::Waiting { plan, batches: 1, records }),
    }
}

fn contacts(view: &impl View, device: Option<&Digest>, minute: &str, left: &mut Vec<Left>) {
    let mut plans: Vec<String> = Vec::new();
    view.each(contact::CONTACT, &mut |key, _| {
        if let Some(plan) = key[contact::CONTACT.len()..].split('/').nth(1)
            && !plans.iter().any(|known| known == plan)
        {
            plans.push(plan.to_owned());
        }
    });
    for plan in plans {
        for round in contact::lists(view, &plan) {
            let list = contact::list(view, &plan, &round, minute);
            let log = device.and_then(|device| contact::log_state(view, &plan, &round, device));
            if !contact::may_remove(&list, log.as_ref()) {
                left.push(Left::Contacts { plan: plan.clone(), round });
            }
        }
    }
    for log in contact::logs(view) {
        let gone = matches!(log.state, LogState::Waiting | LogState::Refused);
        let one = Left::Contacts { plan: log.plan.id, round: log.round };
        if gone && !left.contains(&one) {
            left.push(one);
        }
    }
}

/// The step that takes all of it away but what is of an unknown kind; `None` while something is left.
pub fn clear(view: &impl View, standing: &Standing) -> Option<Changes> {
    if !standing.left.is_empty() {
        return None;
    }
    let mut changes = Changes::new();
    view.each("", &mut |key, _| {
        if is_known(key) {
            changes.push((key.to_owned(), None));
        }
    });
    Some(changes)
}

#[cfg(test)]
mod tests;
