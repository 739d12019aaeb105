use super::{Arrivals, Count};
use crate::batch::Roster;
use crate::ledger::{Account, Ledger};
use crate::plan::Digest;
use crate::rectification::Day;
use std::collections::{BTreeMap, BTreeSet};

/// Where a device stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    Enrolled,
    Revoked,
    /// Not on the roster that is here, or there is none.
    Unknown,
}

/// What one device has handed over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeviceLine {
    pub device: Digest,
    /// What the office calls it; None: it is not on the roster.
    pub name: Option<String>,
    pub place: Place,
    /// Batches of the round, with those that are kept apart.
    pub batches: u64,
    /// Records of the round that count.
    pub count: Count,
    /// The day on which the newest of them arrived.
    pub last: Option<Day>,
    /// Numbers of batches that are missing, first and last of each run. A device numbers its batches over all rounds of a plan.
    pub gaps: Vec<(u64, u64)>,
    /// Places at which its batches are not one line.
    pub forks: usize,
}

/// What residents sent from their own devices.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Residents {
    pub batches: u64,
    pub count: Count,
}

/// Enrolled devices in the order of the roster, also those without anything; then the others that handed over something.
pub(super) fn devices(
    ledger: &Ledger,
    account: &Account<'_>,
    roster: Option<&Roster>,
    arrivals: &Arrivals,
    round: &str,
    counts: &BTreeMap<Option<&Digest>, Count>,
) -> (Vec<DeviceLine>, Residents) {
    let mut residents = Residents { batches: 0, count: counts.get(&None).copied().unwrap_or_default() };
    let mut handed: BTreeMap<&Digest, (u64, Option<Day>)> = BTreeMap::new();
    for (digest, kept) in ledger.batches().iter().filter(|(_, kept)| kept.head().round == round) {
        if kept.head().seq == 0 {
            residents.batches += 1;
            continue;
        }
        let found = handed.entry(&kept.head().device).or_default();
        found.0 += 1;
        found.1 = found.1.max(arrivals.day(digest));
    }
    let entries = roster.map_or(&[][..], |roster| &roster.devices);
    let listed: BTreeSet<&Digest> = entries.iter().map(|entry| &entry.device).collect();
    let others = handed.keys().copied().filter(|device| !listed.contains(device));
    let all = entries.iter().map(|entry| {
        let place = if entry.revoked { Place::Revoked } else { Place::Enrolled };
        (&entry.device, Some(entry.name.clone()), place)
    });
    let all = all.chain(others.map(|device| (device, None, Place::Unknown)));
    let lines = all.map(|(device, name, place)| {
        let chain = account.chains.iter().find(|chain| chain.device == *device);
        let (batches, last) = handed.get(device).copied().unwrap_or_default();
        DeviceLine {
            device: device.clone(),
            name,
            place,
            batches,
            count: counts.get(&Some(device)).copied().unwrap_or_default(),
            last,
            gaps: chain.map_or_else(Vec::new, |chain| chain.gaps.clone()),
            forks: chain.map_or(0, |chain| chain.forks.len()),
        }
    });
    (lines.collect(), residents)
}
