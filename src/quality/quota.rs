use super::Settings;
use crate::ledger::{Codebook, Row};
use crate::session::Disposition;

/// How many answers a cell of the sample was to have in a round, and has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quota {
    /// Place in the plan's rounds.
    pub round: usize,
    pub cell: Cell,
    pub target: u32,
    pub records: u32,
}

/// A cell with a target: places in the plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Cell {
    Stratum(usize),
    RaterGroup(usize),
}

/// The cells of the plan that have a target, for each round with records.
pub fn quotas<'a>(codebook: &Codebook, rows: impl Iterator<Item = &'a Row> + Clone) -> Vec<Quota> {
    let plan = codebook.plan();
    let counted = |row: &&Row| row.disposition != Disposition::ScreenedOut;
    let mut quotas = Vec::new();
    for round in 0..plan.rounds.len() {
        let of_round = rows.clone().filter(|row| row.domain.round as usize == round).filter(counted);
        if of_round.clone().next().is_none() {
            continue;
        }
        let strata = plan.strata.iter().enumerate().map(|(at, stratum)| (Cell::Stratum(at), stratum.target));
        let groups = plan.rater_groups.iter().enumerate().map(|(at, group)| (Cell::RaterGroup(at), group.target));
        for (cell, target) in strata.chain(groups) {
            let Some(target) = target.filter(|target| *target > 0) else { continue };
            let is_in = |row: &&Row| match cell {
                Cell::Stratum(at) => row.domain.stratum == Some(at as u16),
                Cell::RaterGroup(at) => row.domain.rater_group == Some(at as u16),
            };
            let records = of_round.clone().filter(is_in).count() as u32;
            quotas.push(Quota { round, cell, target, records });
        }
    }
    quotas
}

/// How many of a round's cells have exactly as many records as were wanted: cells met so, and cells. `None`: fewer cells than
/// can be judged.
pub fn met_exactly(quotas: &[Quota], round: usize, settings: &Settings) -> Option<(u32, u32)> {
    let cells = quotas.iter().filter(|quota| quota.round == round);
    let (met, all) = cells.fold((0, 0), |(met, all), quota| (met + u32::from(quota.records == quota.target), all + 1));
    (all >= settings.fewest_quotas.max(1)).then_some((met, all))
}
