//! What this device has done for the quotas of a plan, and what the office has told of them. Counts only, by cell: nothing
//! says which record was in which, and once a record is sealed nobody here can look again. So they are written in the very
//! step that seals it.
//!
//! What is handed over moves from the counts that no batch has to those of its batch, and from there to those that the office has
//! told, as soon as a standing names the batch: nothing is counted twice.

use super::{Changes, View, join};
use crate::batch::{Quotas, read_quotas};
use crate::json::{self, Node, Writer};
use crate::named::Named;
use crate::plan::{Digest, Plan};

/// Counts of a device: the plan's digest and the device's own random name come after it.
const OWN: &str = "setting/quota/";
/// The device's random name in these keys. It does not go into a rescue file: counts of another device, which come with
/// its records, stay beside this one's.
pub const OWN_NAME: &str = "setting/quota-name";
/// The newest standing that was verified; the plan's digest comes after it.
const TOLD: &str = "setting/quota-told/";

/// One entry: by round.
#[derive(Debug, Default, PartialEq)]
struct Own(Named<OfRound>);

#[derive(Debug, Default, PartialEq)]
struct OfRound {
    /// In no batch yet.
    open: Vec<u64>,
    /// By batch, until a standing names it.
    batches: Named<Vec<u64>>,
    /// In a standing.
    told: Vec<u64>,
}

/// One cell, on this device.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CellStanding {
    pub target: u64,
    /// Complete interviews of this device.
    pub own: u64,
    /// What the office has told, and on top of it what this device has done since. `None`: the office has not told, or less than it
    /// tells.
    pub all: Option<u64>,
    /// At least as many as are wanted.
    pub full: bool,
}

/// All cells of a round, on this device.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QuotaStanding {
    pub cells: Vec<CellStanding>,
    /// When the office counted, if it has told anything.
    pub at: Option<String>,
    /// Counts of this device cannot be read: they stay as they are and are in none of the numbers.
    pub unreadable: bool,
}

fn own(node: Node) -> Own {
    fn counts(node: Node) -> Vec<u64> {
        node.as_list(|count| count.as_whole(u64::from(u32::MAX)))
    }
    Own(node.as_map(|round| {
        let round = round.only(&["open", "batches", "told"]);
        OfRound {
            open: round.object("open", counts),
            batches: round.map("batches", counts),
            told: round.object("told", counts),
        }
    }))
}

impl Own {
    fn encode(&self) -> String {
        fn counts(out: &mut Writer, name: &str, counts: &[u64]) {
            out.name(name);
            out.open('[');
            counts.iter().for_each(|count| out.raw(&count.to_string()));
            out.close(']');
        }
        let mut out = Writer::new();
        out.open('{');
        for (name, round) in &self.0 {
            out.name(name);
            out.open('{');
            counts(&mut out, "open", &round.open);
            out.name("batches");
            out.open('{');
            round.batches.iter().for_each(|(batch, cells)| counts(&mut out, batch, cells));
            out.close('}');
            counts(&mut out, "told", &round.told);
            out.close('}');
        }
        out.close('}');
        out.finish()
    }
}

fn add(to: &mut Vec<u64>, from: &[u64]) {
    to.resize(to.len().max(from.len()), 0);
    to.iter_mut().zip(from).for_each(|(to, from)| *to += from);
}

fn own_key(plan: &Digest, name: &str) -> String {
    [OWN, plan.as_str(), "/", name].concat()
}

fn entries(view: &impl View, plan: &Digest) -> Vec<(String, Option<Own>)> {
    let mut found = Vec::new();
    view.each(&own_key(plan, ""), &mut |key, text| found.push((key.to_owned(), json::read(text, own).ok())));
    found
}

/// Counts a complete record in its cells, to be written in the step that seals it. `name`: the device's random name, in case it has
/// none yet. The same call after a step that was not written counts the same.
pub fn count(view: &impl View, plan: &Digest, round: &str, cells: &[usize], name: &str) -> Changes {
    let mut changes = Changes::new();
    let name = view.body(OWN_NAME).unwrap_or_else(|| {
        changes.push((OWN_NAME.to_owned(), Some(name.to_owned())));
        name.to_owned()
    });
    let key = own_key(plan, &name);
    let mut own = match view.body(&key).map(|text| json::read(&text, own)) {
        None => Own::default(),
        Some(Ok(own)) => own,
        // Unreadable is not empty: an interview is sealed all the same.
        Some(Err(_)) => return Changes::new(),
    };
    let open = &mut own.0.get_or_insert_with(round, OfRound::default).open;
    for &cell in cells {
        open.resize(open.len().max(cell + 1), 0);
        open[cell] += 1;
    }
    changes.push((key, Some(own.encode())));
    changes
}

/// Moves what no batch has to this one, to be written in the step that keeps the batch. Of a hand-over that makes several
/// batches the first gets all: which records are in which, the sealed records do not say.
pub fn pack(view: &impl View, plan: &Digest, round: &str, batch: &Digest) -> Changes {
    let mut changes = Changes::new();
    for (key, own) in entries(view, plan) {
        let Some(mut own) = own else { continue };
        let Some(of_round) = own.0.get_mut(round).filter(|found| found.open.iter().any(|count| *count > 0)) else {
            continue;
        };
        let open = std::mem::take(&mut of_round.open);
        of_round.batches.insert(batch.as_str().to_owned(), open);
        changes.push((key, Some(own.encode())));
    }
    changes
}

/// Keeps a verified standing, if none that is as new is kept. What it has counted is counted in it from now on.
pub fn keep_told(view: &impl View, told: &Quotas, text: &str) -> Changes {
    let plan = &told.plan.digest;
    if kept(view, plan).is_some_and(|kept| kept.at >= told.at) {
        return Changes::new();
    }
    let mut changes = vec![(join(TOLD, plan.as_str()), Some(text.trim().to_owned()))];
    for (key, own) in entries(view, plan) {
        let Some(mut own) = own else { continue };
        let mut moved = false;
        let rounds: Vec<String> = own.0.keys().cloned().collect();
        for round in rounds {
            let Some(of_round) = own.0.get_mut(&round) else { continue };
            let OfRound { batches, told: counted, .. } = of_round;
            batches.retain(|batch, cells| {
                let is_told = told.counts_batch(&Digest(batch.clone()));
                if is_told {
                    add(counted, cells);
                    moved = true;
                }
                !is_told
            });
        }
        if moved {
            changes.push((key, Some(own.encode())));
        }
    }
    changes
}

fn kept(view: &impl View, plan: &Digest) -> Option<Quotas> {
    read_quotas(&view.body(&join(TOLD, plan.as_str()))?).ok()
}

/// How the quotas of a round stand, as far as this device knows. Of a cell that the office tells nothing of, only what was done
/// here is known.
pub fn quotas(view: &impl View, plan: &Plan, digest: &Digest, round: &str) -> QuotaStanding {
    let office = kept(view, digest);
    let (mut since, mut before, mut unreadable) = (Vec::new(), Vec::new(), false);
    for (_, own) in entries(view, digest) {
        unreadable |= own.is_none();
        let Some(of_round) = own.as_ref().and_then(|own| own.0.get(round)) else { continue };
        add(&mut since, &of_round.open);
        of_round.batches.values().for_each(|cells| add(&mut since, cells));
        add(&mut before, &of_round.told);
    }
    let told = office.as_ref().map(|office| office.of_round(plan, round)).unwrap_or_default();
    let cells = plan.cells().into_iter().enumerate().map(|(at, cell)| {
        let of = |counts: &[u64]| counts.get(at).copied().unwrap_or(0);
        let (since, before) = (of(&since), of(&before));
        let office = told.get(at).copied().flatten();
        // Where the office tells nothing, what it has counted of this device is there at least.
        let least = office.unwrap_or(before) + since;
        let target = u64::from(cell.target);
        CellStanding { target, own: since + before, all: office.map(|office| office + since), full: least >= target }
    });
    QuotaStanding { cells: cells.collect(), at: office.map(|office| office.at), unreadable }
}

#[cfg(test)]
mod tests;
