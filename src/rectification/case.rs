use super::{Entry, Misfit, Opening, State, Status, Step};
use crate::plan::Digest;
use std::collections::BTreeMap;

/// A finding and all that was written of it, derived from the set of its entries.
#[derive(Clone, Debug)]
pub struct Case<'a> {
    pub id: &'a Digest,
    pub opening: &'a Opening,
    pub opened: &'a Entry,
    pub status: Status,
    /// Every entry, in order.
    pub lines: Vec<Line<'a>>,
}

/// One entry in its case.
#[derive(Clone, Debug)]
pub struct Line<'a> {
    pub entry: &'a Entry,
    /// What counts: the correction's step where there is one.
    pub step: &'a Step,
    pub standing: Standing<'a>,
    /// Another entry was written in another copy at the same time.
    pub beside: bool,
}

/// What became of an entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Standing<'a> {
    Counts,
    /// The step of this later entry counts in its place.
    Corrected(&'a Entry),
    /// This later entry says that it was a mistake.
    Withdrawn(&'a Entry),
    /// It does not fit what was before, and changes nothing.
    Apart(Misfit),
}

impl<'a> Case<'a> {
    /// From all entries of one case, in whatever order. `None`: the opening is not among them.
    pub(super) fn of(mut entries: Vec<&'a Entry>) -> Option<Case<'a>> {
        entries.sort_by(|a, b| a.order().cmp(&b.order()));
        let opened = *entries.iter().find(|entry| matches!(entry.step(), Step::Opened(_)))?;
        let corrections = corrections(&entries);
        let mut status = Status::new();
        let mut opening = None;
        let mut lines = Vec::with_capacity(entries.len());
        for (at, &entry) in entries.iter().enumerate() {
            let beside = [at.wrapping_sub(1), at + 1].into_iter().filter_map(|at| entries.get(at));
            let beside = { beside }.any(|other| other.number() == entry.number());
            let (step, mut standing) = match corrections.get(entry.id()) {
                None => (entry.step(), Standing::Counts),
                Some((correction, Some(step))) => (*step, Standing::Corrected(correction)),
                Some((correction, None)) => (entry.step(), Standing::Withdrawn(correction)),
            };
            if let Step::Opened(found) = step {
                opening.get_or_insert(&**found);
            }
            let misfit = match standing {
                Standing::Withdrawn(_) => None,
                _ => status.advance(step, entry.day()).err(),
            };
            if let Some(misfit) = misfit.or_else(|| wrong_correction(entry, &entries)) {
                standing = Standing::Apart(misfit);
            }
            lines.push(Line { entry, step, standing, beside });
        }
        Some(Case { id: opened.id(), opening: opening?, opened, status, lines })
    }

    /// Entries that do not fit, with why.
    pub fn misfits(&self) -> impl Iterator<Item = (&'a Entry, &Misfit)> {
        self.lines.iter().filter_map(|line| match &line.standing {
            Standing::Apart(misfit) => Some((line.entry, misfit)),
            _ => None,
        })
    }

    /// A case that somebody still has to do something about.
    pub fn is_running(&self) -> bool {
        !matches!(self.status.state, State::Closed | State::Void)
    }

    /// The highest number of its entries.
    pub(super) fn last_number(&self) -> u32 {
        self.lines.last().map_or(0, |line| line.entry.number())
    }

    /// Who is responsible: as assigned, or else what was evaluated.
    pub fn unit(&self) -> &str {
        self.status.unit.as_deref().unwrap_or(&self.opening.unit)
    }
}

type Correction<'a> = (&'a Entry, Option<&'a Step>);

/// For each entry the last correction of it that fits.
fn corrections<'a>(entries: &[&'a Entry]) -> BTreeMap<&'a Digest, Correction<'a>> {
    let mut found = BTreeMap::new();
    for entry in entries {
        if let Step::Corrected { entry: named, step, .. } = entry.step()
            && wrong_correction(entry, entries).is_none()
            && let Some(target) = entries.iter().find(|target| target.id() == named)
        {
            found.insert(target.id(), (*entry, step.as_deref()));
        }
    }
    found
}

/// Why an entry that is a correction corrects nothing.
fn wrong_correction(entry: &Entry, entries: &[&Entry]) -> Option<Misfit> {
    let Step::Corrected { entry: named, step, .. } = entry.step() else { return None };
    let target = entries.iter().find(|target| target.id() == named && target.number() < entry.number());
    match (target.map(|target| target.step()), step) {
        (None | Some(Step::Corrected { .. }), _) => Some(Misfit::NothingToCorrect),
        (Some(target), Some(step)) if target.kind() != step.kind() => Some(Misfit::OtherKind),
        _ => None,
    }
}
