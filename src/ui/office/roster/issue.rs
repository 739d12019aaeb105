//! The next issue of the roster.

use crate::batch::{Roster, RosterEntry, sign_roster};
use crate::browser::crypto::Web;
use crate::plan::Digest;
use crate::ui::office::desk::Desk;
use crate::ui::office::faults::Fault;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// One change of the roster.
#[derive(Clone)]
pub enum Edit {
    Enrolled(RosterEntry),
    Revoked(Digest, bool),
}

impl Edit {
    fn apply(&self, devices: &mut Vec<RosterEntry>) {
        match self {
            Edit::Enrolled(entry) if devices.iter().any(|known| known.device == entry.device) => {}
            Edit::Enrolled(entry) => devices.push(entry.clone()),
            Edit::Revoked(device, revoked) => {
                if let Some(entry) = devices.iter_mut().find(|entry| entry.device == *device) {
                    entry.revoked = *revoked;
                }
            }
        }
    }
}

/// Signs the next issue of the roster and puts it in force. The pages offer it only with the plan's own keys.
pub fn change(desk: Desk, edit: Edit) {
    spawn_local(change_now(desk, edit));
}

/// The same; done when the roster is in force.
pub async fn change_now(desk: Desk, edit: Edit) {
    let (Some(keys), Some(chosen)) = (desk.keys.get_untracked(), desk.chosen.get_untracked()) else { return };
    loop {
        let before = desk.roster.get_untracked();
        let mut roster = before.as_ref().map_or_else(
            || Roster { v: 1, plan: chosen.plan.id.clone(), issue: 0, devices: Vec::new() },
            |here| here.roster.clone(),
        );
        roster.issue += 1;
        edit.apply(&mut roster.devices);
        let Ok(text) = sign_roster(&Web, &keys.secrets.sign, &keys.secrets.sign_public, &roster).await else {
            return desk.faults.tell(Fault::Crypto);
        };
        // Another change may have been signed meanwhile: this one goes on top of it.
        let now = desk.roster.get_untracked();
        if now.as_ref().map(|now| now.roster.issue) == before.as_ref().map(|before| before.roster.issue) {
            return desk.enrol(roster, text).await;
        }
    }
}
