use crate::carry::carry;
use crate::estimate::{normal_quantile, share_basis, t_two_sided};
use crate::tally::wilson_bounds;
use std::collections::HashMap;

/// How far an estimate may be from what all would have said, in the estimate's own units; shares from 0 to 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Precision {
    pub se: f64,
    /// Raters minus strata, of those with an answer.
    pub df: i64,
    /// Ends of the 95% interval: for scores and indices estimate ± t(df) · se, for rates Wilson's with the sample size in effect.
    pub low: f64,
    pub high: f64,
    /// Some of the answers came from people who chose themselves: the interval is what it would be had they been drawn.
    pub nominal: bool,
    /// Everybody was asked and answered: there is no sampling error.
    pub census: bool,
}

carry!(struct Precision { se, df, low, high, nominal, census });

/// A precision, or why there is none.
pub type Precise = Result<Precision, Imprecise>;

/// Why an estimate has no interval.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Imprecise {
    /// There is no estimate; why is said with it.
    NoEstimate,
    /// No more raters than strata.
    TooFew,
    /// All answers are the same: nothing tells how much others would differ.
    NothingVaries,
    /// Kept back from publication: it would give away a cell smaller than the plan allows.
    Withheld,
    /// The number came as a table that gives no standard error.
    NotGiven,
}

carry!(enum Imprecise { 0 NoEstimate, 1 TooFew, 2 NothingVaries, 3 Withheld, 4 NotGiven });

/// What an interval is made from.
#[derive(Clone, Copy, Debug)]
pub(super) struct Basis {
    pub variance: f64,
    pub df: i64,
    pub nominal: bool,
    pub census: bool,
}

/// t quantiles by degrees of freedom: each is looked up often.
#[derive(Default)]
pub(super) struct Quantiles(HashMap<i64, f64>);

impl Quantiles {
    pub fn t(&mut self, df: i64) -> f64 {
        *self.0.entry(df).or_insert_with(|| t_two_sided(1.0 - super::LEVEL, df as f64))
    }

    /// Of a score, an index or a difference.
    pub fn of_mean(&mut self, point: f64, basis: Basis) -> Precise {
        let Basis { variance, df, nominal, census } = basis;
        match () {
            () if census => Ok(Precision { se: 0.0, df, low: point, high: point, nominal, census }),
            () if df <= 0 => Err(Imprecise::TooFew),
            () if variance <= 0.0 => Err(Imprecise::NothingVaries),
            () => {
                let se = variance.sqrt();
                let half = self.t(df) * se;
                Ok(Precision { se, df, low: point - half, high: point + half, nominal, census })
            }
        }
    }

    /// Of a share. `kish`: answers in effect by the weights alone; `simple`: `n` answers of one simple random sample.
    pub fn of_share(&mut self, p: f64, basis: Basis, n: f64, kish: f64, simple: bool) -> Precise {
        let Basis { variance, df, nominal, census } = basis;
        if census {
            return self.of_mean(p, basis);
        }
        if df <= 0 && !simple {
            return Err(Imprecise::TooFew);
        }
        let t = (df > 0).then(|| self.t(df));
        let z = normal_quantile(0.5 + super::LEVEL / 2.0);
        let found = share_basis(p, (n, kish), simple, p == 0.0 || p == 1.0, Some(variance), t, z);
        // Where every stratum is of one mind and the strata are not, the variance is 0 as it is for all or nothing.
        let (n_eff, quantile) = found.unwrap_or((kish, z));
        let (low, high) = wilson_bounds(p, n_eff, quantile);
        Ok(Precision { se: variance.max(0.0).sqrt(), df, low, high, nominal, census })
    }
}
