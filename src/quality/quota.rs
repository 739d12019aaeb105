use super::Settings;
use crate::ledger::{Codebook, Filled, Row};

/// How many answers a cell of the sample was to have in a round, and has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quota {
    /// Place in the plan's rounds.
    pub round: usize,
    /// Place in [`crate::plan::Plan::cells`].
    pub cell: usize,
    pub target: u32,
    /// Complete ones.
    pub records: u32,
}

/// The cells of the plan, for each round with records.
pub fn quotas<'a>(codebook: &Codebook, records: impl Iterator<Item = (&'a str, &'a Row)> + Clone) -> Vec<Quota> {
    let plan = codebook.plan();
    let cells = plan.cells();
    if cells.is_empty() {
        return Vec::new();
    }
    let filled = Filled::of(codebook, records.clone());
    let mut rounds: Vec<usize> = records.map(|(_, row)| row.domain.round as usize).collect();
    rounds.sort_unstable();
    rounds.dedup();
    let of_round = |round: usize| {
        let cells = cells.iter().zip(filled.round(round)).enumerate();
        let asked = move |cell: &crate::plan::Cell| plan.asks_cell(&plan.rounds[round].id, cell);
        let cells = cells.filter(move |(_, (cell, records))| **records > 0 || asked(cell));
        cells.map(move |(at, (cell, &records))| Quota { round, cell: at, target: cell.target, records: records as u32 })
    };
    rounds.into_iter().flat_map(of_round).collect()
}

/// How many of a round's cells have exactly as many records as were wanted: cells met so, and cells. `None`: fewer cells than
/// can be judged.
pub fn met_exactly(quotas: &[Quota], round: usize, settings: &Settings) -> Option<(u32, u32)> {
    let cells = quotas.iter().filter(|quota| quota.round == round);
    let (met, all) = cells.fold((0, 0), |(met, all), quota| (met + u32::from(quota.records == quota.target), all + 1));
    (all >= settings.fewest_quotas.max(1)).then_some((met, all))
}
