//! The rosters that the receiver was given: which devices may claim cases. Batches are let in without: about them the office
//! decides.

use crate::batch::{Roster, verify_roster};
use crate::native::crypto::Native;
use crate::plan::{Digest, PublicKey};
use pollster::block_on;
use std::path::PathBuf;
use std::sync::Mutex;
use std::time::SystemTime;

/// Files of rosters. Each is read again when it was changed.
#[derive(Default)]
pub struct Rosters {
    files: Vec<PathBuf>,
    read: Mutex<Vec<Read>>,
}

/// A file as it was when it was read, with the roster where it is one of this plan's.
struct Read {
    file: PathBuf,
    plan: String,
    changed: Option<SystemTime>,
    roster: Option<Roster>,
}

/// What is known of a device.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    Enrolled,
    /// Not on the roster, or revoked.
    Stranger,
    /// There is no roster of this plan here.
    NoRoster,
}

impl Rosters {
    pub fn of_files(files: Vec<PathBuf>) -> Rosters {
        Rosters { files, read: Mutex::default() }
    }

    /// Whether a device is on the newest roster of the plan that one of the office's keys signed.
    pub fn standing(&self, plan: &str, office: &[PublicKey], device: &Digest) -> Standing {
        let mut read = self.read.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
        for file in &self.files {
            let changed = std::fs::metadata(file).and_then(|data| data.modified()).ok();
            let at = read.iter().position(|one| one.file == *file && one.plan == plan);
            if at.is_some_and(|at| read[at].changed == changed) {
                continue;
            }
            let text = std::fs::read_to_string(file).unwrap_or_default();
            let roster = block_on(verify_roster(&Native, &text, office, plan)).ok();
            let fresh = Read { file: file.clone(), plan: plan.to_owned(), changed, roster };
            match at {
                // A file that is being written, or is gone for a moment, takes nobody's place away.
                Some(at) if fresh.roster.is_none() => read[at].changed = changed,
                Some(at) => read[at] = fresh,
                None => read.push(fresh),
            }
        }
        let known = read.iter().filter(|one| one.plan == plan).filter_map(|one| one.roster.as_ref());
        match known.max_by_key(|roster| roster.issue) {
            None => Standing::NoRoster,
            Some(roster) if roster.entry(device).is_some_and(|entry| !entry.revoked) => Standing::Enrolled,
            Some(_) => Standing::Stranger,
        }
    }
}
