//! The logs of many devices, as an office reads them.

use super::{Counts, outcome};
use crate::batch::{CaseStanding, ContactLog, DayCount, Roster, VerifiedLog};
use crate::plan::Digest;
use std::collections::{BTreeMap, BTreeSet};

/// By what cases, or attempts, are told apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Split {
    Round,
    Stratum,
    /// Of the attempt that decides.
    Mode,
    Device,
    /// Attempts, not cases: no case has a day.
    Day,
}

/// Cases or attempts of one kind by how they stand.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Dispositions {
    pub round: String,
    /// Stratum, mode, name of the device, or day; empty: none is known.
    pub name: String,
    pub counts: Counts,
    /// By AAPOR's code.
    pub codes: BTreeMap<String, u64>,
}

/// Something that a person has to look at.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Doubtful {
    /// Logs of a device that is not on the roster: they are not counted.
    Unknown(Digest),
    /// Logs of a device that was revoked: they are not counted.
    Revoked(String),
    /// Two logs of one device have the same number and are not the same: it was copied or restored.
    Forked { device: String, round: String, number: u64 },
    /// A case is in the logs of several devices. It is counted once, as what tells the most.
    Shared { round: String, case: String, devices: Vec<String> },
    /// A log has outcomes that are not known here: those cases are counted nowhere.
    UnknownOutcome { device: String, code: String },
}

/// A device of the roster that has handed over no log, for a round in which others have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Missing {
    pub round: String,
    pub device: String,
}

/// What one device has handed over for a round.
#[derive(Clone, Debug, Default)]
struct Told {
    /// By number: digest and the day on which it was made.
    numbers: BTreeMap<u64, (Digest, String)>,
    /// Each with the number of the newest log that has it.
    cases: BTreeMap<String, (u64, CaseStanding)>,
    days: BTreeMap<String, (u64, Vec<DayCount>)>,
}

/// All logs of a plan. The order in which they came makes no difference.
#[derive(Clone, Debug)]
pub struct Logs {
    /// Name by thumbprint, of devices in good standing.
    enrolled: Vec<(Digest, String)>,
    /// By round and device.
    told: BTreeMap<(String, Digest), Told>,
    doubtful: BTreeSet<Doubtful>,
    revoked: Vec<(Digest, String)>,
}

impl Logs {
    pub fn new(roster: &Roster) -> Logs {
        let named = |revoked: bool| {
            let of = roster.devices.iter().filter(move |entry| entry.revoked == revoked);
            of.map(|entry| (entry.device.clone(), entry.name.clone())).collect()
        };
        Logs { enrolled: named(false), told: BTreeMap::new(), doubtful: BTreeSet::new(), revoked: named(true) }
    }

    /// Takes a log in. The same one twice is as once.
    pub fn take(&mut self, log: &VerifiedLog, content: ContactLog) {
        let Some(name) = self.name(&log.device) else {
            let revoked = self.revoked.iter().find(|(device, _)| *device == log.device);
            self.doubtful.insert(match revoked {
                Some((_, name)) => Doubtful::Revoked(name.clone()),
                None => Doubtful::Unknown(log.device.clone()),
            });
            return;
        };
        let (number, round) = (log.head.number, log.head.round.clone());
        let codes = content.cases.iter().filter_map(|case| case.outcome.as_ref());
        for code in codes.chain(content.days.iter().map(|day| &day.outcome)).filter(|code| outcome(code).is_none()) {
            self.doubtful.insert(Doubtful::UnknownOutcome { device: name.clone(), code: code.clone() });
        }
        let told = self.told.entry((round.clone(), log.device.clone())).or_default();
        match told.numbers.get(&number) {
            Some((digest, _)) if *digest == log.digest => return,
            Some((digest, _)) => {
                self.doubtful.insert(Doubtful::Forked { device: name, round, number });
                // The same whatever came first.
                if *digest > log.digest {
                    return;
                }
            }
            None => {}
        }
        told.numbers.insert(number, (log.digest.clone(), log.head.day.clone()));
        for case in content.cases {
            match told.cases.get(&case.id) {
                Some((newer, _)) if *newer > number => {}
                _ => {
                    told.cases.insert(case.id.clone(), (number, case));
                }
            }
        }
        let mut days: BTreeMap<String, Vec<DayCount>> = BTreeMap::new();
        content.days.into_iter().for_each(|day| days.entry(day.day.clone()).or_default().push(day));
        for (day, counts) in days {
            match told.days.get(&day) {
                Some((newer, _)) if *newer > number => {}
                _ => {
                    told.days.insert(day, (number, counts));
                }
            }
        }
    }

    fn name(&self, device: &Digest) -> Option<String> {
        self.enrolled.iter().find(|(known, _)| known == device).map(|(_, name)| name.clone())
    }

    /// Rounds of which anything came.
    pub fn rounds(&self) -> Vec<String> {
        let mut rounds: Vec<String> = self.told.keys().map(|(round, _)| round.clone()).collect();
        rounds.dedup();
        rounds
    }

    /// Device, newest number and the day on which it was made, by round.
    pub fn newest(&self) -> Vec<(String, String, u64, String)> {
        let newest = self.told.iter().filter_map(|((round, device), told)| {
            let (number, (_, day)) = told.numbers.last_key_value()?;
            Some((round.clone(), self.name(device)?, *number, day.clone()))
        });
        newest.collect()
    }

    /// Who has handed over nothing where others have; every round without any log is not among it.
    pub fn missing(&self) -> Vec<Missing> {
        let mut missing = Vec::new();
        for round in self.rounds() {
            for (device, name) in &self.enrolled {
                if !self.told.contains_key(&(round.clone(), device.clone())) {
                    missing.push(Missing { round: round.clone(), device: name.clone() });
                }
            }
        }
        missing
    }

    pub fn doubtful(&self) -> Vec<Doubtful> {
        let mut all = self.doubtful.clone();
        for ((round, case), holders) in self.holders() {
            if holders.len() > 1 {
                let devices = holders.iter().filter_map(|(device, _)| self.name(device)).collect();
                all.insert(Doubtful::Shared { round, case, devices });
            }
        }
        all.into_iter().collect()
    }

    /// By round and case, who has it in use.
    fn holders(&self) -> BTreeMap<(String, String), Vec<(&Digest, &CaseStanding)>> {
        let mut holders: BTreeMap<(String, String), Vec<(&Digest, &CaseStanding)>> = BTreeMap::new();
        for ((round, device), told) in &self.told {
            for (id, (_, case)) in &told.cases {
                if case.outcome.is_some() {
                    holders.entry((round.clone(), id.clone())).or_default().push((device, case));
                }
            }
        }
        holders
    }

    /// Cases (of days: attempts) by how they stand, in the order of rounds and names.
    pub fn dispositions(&self, split: Split) -> Vec<Dispositions> {
        let mut found: BTreeMap<(String, String), Dispositions> = BTreeMap::new();
        let mut add = |round: &str, name: String, code: &str, count: u64| {
            let Some(known) = outcome(code) else { return };
            let of = found.entry((round.to_owned(), name.clone())).or_default();
            (of.round, of.name) = (round.to_owned(), name);
            of.counts.add_many(known.class, count);
            let codes = of.codes.entry(code.to_owned()).or_default();
            *codes = codes.saturating_add(count);
        };
        if split == Split::Day {
            for ((round, _), told) in &self.told {
                for day in told.days.values().flat_map(|(_, counts)| counts) {
                    add(round, day.day.clone(), &day.outcome, day.count);
                }
            }
            return found.into_values().collect();
        }
        for ((round, _), holders) in self.holders() {
            let best = holders.into_iter().max_by_key(|(device, case)| (telling(case), case.attempts, *device));
            let Some((device, case)) = best else { continue };
            let name = match split {
                Split::Stratum => case.stratum.clone(),
                Split::Mode => case.mode.clone(),
                Split::Device => self.name(device),
                Split::Round | Split::Day => None,
            };
            add(&round, name.unwrap_or_default(), case.outcome.as_deref().unwrap_or(""), 1);
        }
        found.into_values().collect()
    }
}

/// Of two standings of one case the greater tells more.
fn telling(case: &CaseStanding) -> u8 {
    case.outcome.as_deref().and_then(outcome).map_or(0, |known| known.class.telling())
}
