use crate::plan::Digest;
use std::collections::BTreeMap;

/// The batches of one device in their order. What is missing after the last one cannot show here: the device's own
/// list of what it handed over tells that.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chain {
    pub device: Digest,
    /// Sequence number to the batches that carry it; more than one is a fork.
    pub batches: BTreeMap<u64, Vec<Digest>>,
    /// Sequence numbers that no batch carries, first and last of each run.
    pub gaps: Vec<(u64, u64)>,
    pub forks: Vec<Fork>,
}

/// A chain that is not one line: a device restored from a copy, or its key used twice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fork {
    /// Several batches carry one sequence number.
    SameSeq { seq: u64, batches: Vec<Digest> },
    /// A batch follows another than the one before it.
    OtherBefore { seq: u64, batch: Digest, names: Option<Digest> },
}

/// The chain of a device from its batches: sequence number, digest, digest of the one before.
pub(super) fn derive_chain<'a>(
    device: &Digest,
    links: impl Iterator<Item = (u64, &'a Digest, Option<&'a Digest>)>,
) -> Chain {
    let mut by_seq: BTreeMap<u64, Vec<(&Digest, Option<&Digest>)>> = BTreeMap::new();
    for (seq, digest, prev) in links {
        by_seq.entry(seq).or_default().push((digest, prev));
    }
    let (mut gaps, mut forks) = (Vec::new(), Vec::new());
    let mut next = 1;
    for (&seq, here) in &mut by_seq {
        here.sort();
        if seq > next {
            gaps.push((next, seq - 1));
        }
        next = seq.saturating_add(1);
        if here.len() > 1 {
            let batches = here.iter().map(|(digest, _)| (*digest).clone()).collect();
            forks.push(Fork::SameSeq { seq, batches });
        }
    }
    for (&seq, here) in &by_seq {
        // Where the one before is missing, the gap says so and nothing can be compared.
        let before = by_seq.get(&(seq.wrapping_sub(1)));
        for (digest, prev) in here {
            let follows = match (prev, before) {
                (None, _) => seq == 1,
                (Some(_), None) => seq > 1,
                (Some(prev), Some(before)) => before.iter().any(|(digest, _)| digest == prev),
            };
            if !follows {
                forks.push(Fork::OtherBefore { seq, batch: (*digest).clone(), names: prev.cloned() });
            }
        }
    }
    let batches = by_seq.into_iter().map(|(seq, here)| (seq, here.into_iter().map(|(d, _)| d.clone()).collect()));
    Chain { device: device.clone(), batches: batches.collect(), gaps, forks }
}

impl Chain {
    pub fn is_whole(&self) -> bool {
        self.gaps.is_empty() && self.forks.is_empty()
    }
}
