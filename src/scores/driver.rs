use super::said::{OfUnit, Round};
use crate::carry::carry;
use crate::tally::{Fraction, Results};
use num_bigint::BigInt;
use num_traits::ToPrimitive;
use std::collections::BTreeSet;

/// How much an indicator goes with the rest: its importance, as far as answers can tell it. Of indicators that are for all units.
#[derive(Clone, Debug, PartialEq)]
pub struct Driver {
    /// Id of the indicator.
    pub indicator: String,
    /// Mean of the units' scores.
    pub score: f64,
    /// Pearson's r between the indicator and the mean of the others, over the ratings of a unit that answer every indicator once.
    pub correlation: f64,
    /// Such ratings.
    pub answers: u64,
    /// People who gave them.
    pub raters: u64,
}

carry!(struct Driver { indicator, score, correlation, answers, raters });

/// Fewer people than this say nothing about correlations.
const RATERS: u64 = 100;
/// Of two indicators each is the other's rest.
const INDICATORS: usize = 3;

/// Sums of products, in integers: points of one indicator, and of all together.
#[derive(Clone, Default)]
struct Sums {
    leaf: usize,
    x: i128,
    xx: i128,
    xs: i128,
}

/// Correlations being added up unit by unit.
pub(super) struct Drivers {
    leaves: Vec<Sums>,
    all: (i128, i128),
    answers: u64,
    raters: BTreeSet<usize>,
}

impl Drivers {
    /// `weighed`: whether each indicator has a weight for the units of every class; the others are not looked at.
    pub fn new(weighed: &[bool]) -> Drivers {
        let leaves = (0..weighed.len()).filter(|leaf| weighed[*leaf]);
        let leaves = leaves.map(|leaf| Sums { leaf, ..Sums::default() }).collect();
        Drivers { leaves, all: (0, 0), answers: 0, raters: BTreeSet::new() }
    }

    pub fn add(&mut self, records: &Round<'_>, of: &OfUnit) {
        if self.leaves.len() < INDICATORS {
            return;
        }
        for (at, alike) in records.alike.iter().enumerate() {
            if !self.leaves.iter().all(|sums| of.said[sums.leaf][at].valid == 1) {
                continue;
            }
            let count = i128::from(alike.count);
            let sum = self.leaves.iter().map(|sums| i128::from(of.said[sums.leaf][at].points)).sum::<i128>();
            self.all = (self.all.0 + count * sum, self.all.1 + count * sum * sum);
            for sums in &mut self.leaves {
                let points = i128::from(of.said[sums.leaf][at].points);
                sums.x += count * points;
                sums.xx += count * points * points;
                sums.xs += count * points * sum;
            }
            self.answers += alike.count;
            self.raters.insert(at);
        }
    }

    /// Empty where the data do not support it: fewer than three indicators, too few people, or an indicator that all grade alike.
    pub fn finish(self, records: &Round<'_>, results: &Results) -> Vec<Driver> {
        let raters: u64 = self.raters.iter().map(|at| records.alike[*at].count).sum();
        if raters < RATERS {
            return Vec::new();
        }
        let big = |value: i128| BigInt::from(value);
        let n = BigInt::from(self.answers);
        let driver = |sums: &Sums| {
            let leaf = sums.leaf;
            // The rest is the sum of all minus the indicator: r does not mind that it is no mean.
            let (r, rr) = (self.all.0 - sums.x, self.all.1 - 2 * sums.xs + sums.xx);
            let xr = sums.xs - sums.xx;
            let both = &n * big(xr) - big(sums.x) * big(r);
            let own = &n * big(sums.xx) - big(sums.x) * big(sums.x);
            let rest = &n * big(rr) - big(r) * big(r);
            let correlation = both.to_f64()? / (own.to_f64()?.sqrt() * rest.to_f64()?.sqrt());
            let scores = results.units.iter().filter_map(|unit| unit.indicators[leaf].measure.score.as_ref().ok());
            let scores: Vec<&Fraction> = scores.collect();
            let mean = scores.iter().copied().sum::<Fraction>() / Fraction::from_integer(scores.len().max(1).into());
            let indicator = results.units.first()?.indicators[leaf].indicator.clone();
            let found = correlation.is_finite() && !scores.is_empty();
            found.then_some(Driver { indicator, score: mean.to_f64()?, correlation, answers: self.answers, raters })
        };
        let found: Option<Vec<Driver>> = self.leaves.iter().map(driver).collect();
        found.unwrap_or_default()
    }
}
