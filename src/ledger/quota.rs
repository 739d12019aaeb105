use super::{Account, Codebook, Ledger, Row, Slot, Standing};
use crate::batch::Quotas;
use crate::expression::civil_from_days;
use crate::named::Named;
use crate::session::{Disposition, quota};

/// Complete records by round and by cell of the plan's quotas ([`crate::plan::Plan::cells`]).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filled(Vec<Vec<u64>>);

impl Filled {
    /// Counts records that are counted, each given once.
    pub fn of<'a>(codebook: &Codebook, records: impl Iterator<Item = (&'a str, &'a Row)>) -> Filled {
        let plan = codebook.plan();
        let cells = plan.cells();
        let mut filled = vec![vec![0; cells.len()]; plan.rounds.len()];
        for (id, row) in records.filter(|(_, row)| row.disposition == Disposition::Complete) {
            for cell in codebook.cells_of(id, row) {
                filled[row.domain.round as usize][cell] += 1;
            }
        }
        Filled(filled)
    }

    /// By the round's place in the plan.
    pub fn round(&self, round: usize) -> &[u64] {
        &self.0[round]
    }
}

impl Codebook {
    /// The cells that a record is in, whatever its outcome.
    pub fn cells_of(&self, id: &str, row: &Row) -> Vec<usize> {
        let plan = self.plan();
        let cells = plan.cells();
        let (group, stratum) = (row.domain.rater_group, row.domain.stratum);
        let group = group.map(|at| plan.rater_groups[at as usize].id.as_str());
        let stratum = stratum.map(|at| plan.strata[at as usize].id.as_str());
        let mut found = quota::places(&cells, |cell| cell.admits(row.domain.mode, group, stratum));
        if found.iter().any(|at| cells[*at].when.is_some()) {
            let record = self.unpack(id, row);
            let reading = &self.instruments()[row.domain.questionnaire as usize].reading.0;
            // A row is of a record whose repeats fitted.
            let Ok(instances) = reading.instances(&record) else { return Vec::new() };
            found = quota::of_record(plan, &cells, &record, &reading.values(plan, &record, &instances));
        }
        found
    }
}

/// Seconds since 1970 as `YYYY-MM-DDThh:mm:ssZ`.
fn moment(seconds: u64) -> String {
    let (days, rest) = ((seconds / 86_400) as i64, seconds % 86_400);
    let (year, month, day) = civil_from_days(days);
    let (hour, minute, second) = (rest / 3600, rest / 60 % 60, rest % 60);
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z")
}

impl Ledger {
    /// What devices may be told of the quotas, at a time in seconds since 1970. A count below the plan's smallest
    /// cell is not told unless the cell is full; of one that is full, only that it is.
    pub fn quotas(&self, account: &Account<'_>, now: u64) -> Quotas {
        let (codebook, plan) = (self.codebook(), self.codebook().plan());
        let filled = Filled::of(codebook, account.counted.iter().copied());
        let cells = plan.cells();
        let mut counts = Named::new();
        for (at, round) in plan.rounds.iter().enumerate() {
            let mut quotas: Named<Vec<Option<u64>>> = Named::new();
            for (cell, &count) in cells.iter().zip(filled.round(at)) {
                let target = u64::from(cell.target);
                let told =
                    (count >= target || count >= u64::from(plan.privacy.smallest_cell)).then(|| count.min(target));
                quotas.get_or_insert_with(cell.quota, Vec::new).push(told);
            }
            counts.insert(round.id.clone(), quotas);
        }
        let opened = |slot: &Slot| matches!(slot, Slot::Opened { .. });
        // One that the office decided to leave out is told too: the device's own count of it ends there.
        let counted = self.batches.iter().filter(|(digest, kept)| {
            let judged = kept.standing == Standing::Admitted || self.admits(digest, kept);
            judged && kept.batch.seq > 0 && kept.slots.iter().all(opened)
        });
        Quotas {
            v: 1,
            plan: codebook.reference().clone(),
            at: moment(now),
            counts,
            batches: counted.map(|(digest, _)| digest.short().to_owned()).collect(),
        }
    }
}
