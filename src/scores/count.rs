use crate::ledger::{Codebook, Domain, Ledger, OtherPlan, Row};
use crate::session::Disposition;
use crate::tally::Tally;
use std::collections::BTreeMap;
use std::sync::Arc;

/// The records of a plan as integers: how many gave which answer, and how many gave the same grades throughout. Counts of
/// parts add up to the counts of the whole.
#[derive(Clone, Debug, PartialEq)]
pub struct Counted<'a> {
    tally: Tally,
    /// By the codes of all graded questions; who was screened out is in none.
    patterns: BTreeMap<(Domain, &'a [u8]), u64>,
}

impl<'a> Counted<'a> {
    /// All records of a ledger that count.
    pub fn of(ledger: &'a Ledger) -> Counted<'a> {
        Counted::of_rows(ledger.codebook().clone(), ledger.account().counted.iter().map(|(_, row)| *row))
    }

    pub fn of_rows(codebook: Arc<Codebook>, rows: impl IntoIterator<Item = &'a Row>) -> Counted<'a> {
        let mut made = Counted { tally: Tally::new(codebook), patterns: BTreeMap::new() };
        for row in rows {
            made.tally.count(row);
            if row.disposition != Disposition::ScreenedOut {
                *made.patterns.entry((row.domain, &*row.codes)).or_default() += 1;
            }
        }
        made
    }

    /// Adds records that are in no other count.
    ///
    /// # Errors
    /// As [`Tally::add`].
    pub fn add(&mut self, other: &Counted<'a>) -> Result<(), OtherPlan> {
        self.tally.add(&other.tally)?;
        for (key, count) in &other.patterns {
            *self.patterns.entry(*key).or_default() += count;
        }
        Ok(())
    }

    pub fn tally(&self) -> &Tally {
        &self.tally
    }

    /// What was answered in a round, in one order.
    pub(super) fn patterns(&self, round: u16) -> impl Iterator<Item = (&Domain, &'a [u8], u64)> {
        let here = self.patterns.iter().filter(move |((domain, _), _)| domain.round == round);
        here.map(|((domain, codes), count)| (domain, *codes, *count))
    }
}
