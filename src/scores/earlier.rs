//! Rounds of before there were records here: their numbers out of a table, beside those that are counted.

mod fault;
mod read;
#[cfg(test)]
mod tests;

pub use fault::{EarlierError, Fault};
pub use read::{Read, read_earlier};

use super::precision::{Basis, Quantiles};
use super::{Imprecise, Precise, Scored};
use crate::carry::carry;
use crate::plan::{Decimal, Plan};
use crate::tally::{Estimate, Fraction, Undefined};
use std::collections::BTreeMap;

/// Degrees of freedom where nobody says how many answered: t is then the normal quantile.
const MANY: i64 = 1_000_000;

/// A round whose numbers came as a table. They are as somebody wrote them: that it asked in the same way nobody here can check.
#[derive(Clone, Debug, PartialEq)]
pub struct Earlier {
    /// Id of a round of the plan, or any other name.
    pub round: String,
    /// By unit and indicator (None: the unit's index), ids of the plan.
    pub numbers: BTreeMap<(String, Option<String>), Number>,
}

carry!(struct Earlier { round, numbers });

/// What the table says of one unit, or of one indicator of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Number {
    /// In points.
    pub score: Option<Decimal>,
    /// Of the score, in points.
    pub se: Option<Decimal>,
    /// Satisfied of all grades, in per cent.
    pub rate: Option<Decimal>,
    /// Of the rate, in percentage points.
    pub rate_se: Option<Decimal>,
    /// Who answered.
    pub n: Option<u64>,
}

carry!(struct Number { score, se, rate, rate_se, n });

impl Earlier {
    /// The round as [`super::changes`] and the plots take one, for comparing it with `after`. What the table does not say has no number;
    /// where it gives no standard error there is no interval, and none is made up.
    pub fn beside(&self, after: &Scored) -> Scored {
        let mut made = after.clone();
        made.imported = true;
        made.results.round.clone_from(&self.round);
        made.results.records = None;
        made.results.partial = None;
        made.results.screened_out = None;
        made.results.self_selected = None;
        made.pairs.clear();
        made.layers.clear();
        made.overfull.clear();
        made.drivers.clear();
        made.classes = Default::default();
        let mut quantiles = Quantiles::default();
        for (unit, scored) in made.results.units.iter_mut().zip(&mut made.units) {
            let told = |indicator: Option<&String>| self.numbers.get(&(unit.unit.clone(), indicator.cloned()));
            (unit.index, scored.index) = score(told(None), &mut quantiles);
            unit.rank = None;
            (scored.raters, scored.rank, scored.against_class) = (None, None, None);
            (unit.overall.score, scored.overall.score) = nothing();
            (unit.overall.rate, scored.overall.rate) = rate(told(None), &mut quantiles);
            for (one, worth) in unit.indicators.iter_mut().zip(&mut scored.indicators) {
                let told = told(Some(&one.indicator));
                one.by_group.clear();
                worth.by_group.clear();
                one.measure.valid = told.and_then(|told| told.n);
                (one.measure.score, worth.worth.score) = score(told, &mut quantiles);
                (one.measure.rate, worth.worth.rate) = rate(told, &mut quantiles);
                one.measure.interval = None;
            }
        }
        made
    }
}

fn nothing() -> (Estimate, Precise) {
    (Err(Undefined::NoAnswers), Err(Imprecise::NoEstimate))
}

fn score(told: Option<&Number>, quantiles: &mut Quantiles) -> (Estimate, Precise) {
    let number = told.and_then(|told| Some((told, told.score?)));
    number.map_or_else(nothing, |(told, score)| number_of(score, told.se, told.n, 1, quantiles))
}

fn rate(told: Option<&Number>, quantiles: &mut Quantiles) -> (Estimate, Precise) {
    let number = told.and_then(|told| Some((told, told.rate?)));
    number.map_or_else(nothing, |(told, rate)| number_of(rate, told.rate_se, told.n, 100, quantiles))
}

/// `of`: what the number is divided by, so that per cent become a share.
fn number_of(
    value: Decimal,
    se: Option<Decimal>,
    n: Option<u64>,
    of: i64,
    quantiles: &mut Quantiles,
) -> (Estimate, Precise) {
    let exact = Fraction::new(value.millionths().into(), (Decimal::SCALE * of).into());
    let precise = se.ok_or(Imprecise::NotGiven).and_then(|se| {
        let se = se.millionths() as f64 / (Decimal::SCALE * of) as f64;
        let df = n.map_or(MANY, |n| i64::try_from(n).map_or(MANY, |n| n.min(MANY) - 1));
        let basis = Basis { variance: se * se, df, nominal: false, census: false };
        quantiles.of_mean(value.millionths() as f64 / (Decimal::SCALE * of) as f64, basis)
    });
    (Ok(exact), precise)
}

/// The rounds before `after`, the last one last: those that were counted, and those of the table. A round of the plan has its place
/// there, any other comes before all of them: by their names where all of these begin with a digit, as years do, else in the order
/// of the table. Of a round that was counted the table's numbers are left out.
pub fn rounds_before(plan: &Plan, counted: Vec<Scored>, imported: &[Earlier], after: &Scored) -> Vec<Scored> {
    let place = |id: &str| plan.rounds.iter().position(|round| round.id == id).map_or(0, |at| at + 1);
    let own = place(&after.results.round);
    let told = imported.iter().filter(|earlier| {
        earlier.round != after.results.round
            && place(&earlier.round) < own.max(1)
            && !counted.iter().any(|made| made.results.round == earlier.round)
    });
    let mut told: Vec<&Earlier> = told.collect();
    let dated =
        |earlier: &&Earlier| place(&earlier.round) > 0 || earlier.round.starts_with(|c: char| c.is_ascii_digit());
    if told.iter().all(dated) {
        told.sort_by_key(|earlier| &earlier.round);
    }
    let mut all: Vec<Scored> = told.into_iter().map(|earlier| earlier.beside(after)).collect();
    all.extend(counted);
    all.sort_by_key(|made| place(&made.results.round));
    all
}
