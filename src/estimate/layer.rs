//! What the units drawn in one stratum add to a variance: the heart of R's `svyrecvar`, for any number of estimates at once.
use super::number::Sum;
use super::question::Lonely;
use crate::carry::carry;

/// A stratum, or a primary unit as the stratum of its secondary units.
#[derive(Clone, Debug, PartialEq)]
pub struct Layer {
    pub name: String,
    /// n: units drawn.
    pub units: u64,
    /// N; None: not given, or infinite.
    pub population: Option<f64>,
}

carry!(struct Layer { name, units, population });

/// Equal drawn units of one layer, and the z = w u that each adds to `width` estimates. Units that are not listed have z = 0.
pub struct Members<C, Z> {
    len: usize,
    width: usize,
    count: C,
    z: Z,
}

impl<C: Fn(usize) -> u64, Z: Fn(usize, usize) -> f64> Members<C, Z> {
    /// `count`: how many units member `at` stands for; `z(at, k)`: what each of them adds to estimate k.
    pub fn new(len: usize, width: usize, count: C, z: Z) -> Self {
        Members { len, width, count, z }
    }
}

/// Variances and covariances being added up, row by row; only one triangle is kept.
pub(super) struct Covariances {
    width: usize,
    sums: Vec<Sum>,
}

impl Covariances {
    pub fn none(width: usize) -> Covariances {
        Covariances { width, sums: vec![Sum::default(); width * width] }
    }

    pub fn add(&mut self, more: &[f64], times: f64) {
        self.sums.iter_mut().zip(more).for_each(|(sum, more)| sum.add(more * times));
    }

    pub fn finish(self) -> Vec<f64> {
        debug_assert_eq!(self.sums.len(), self.width * self.width);
        self.sums.into_iter().map(Sum::value).collect()
    }
}

impl Layer {
    /// 1 − f.
    pub fn left(&self) -> f64 {
        self.population.map_or(1.0, |population| (population - self.units as f64) / population)
    }

    pub fn fraction(&self) -> f64 {
        self.population.map_or(0.0, |population| self.units as f64 / population)
    }

    /// Nearly all were drawn: no sampling error (R's bound).
    pub fn is_census(&self) -> bool {
        self.left() < 1e-7
    }

    /// (1−f) n/(n−1) Σ (z−z̄)(z−z̄)ᵀ over all n units, those without a member having z = 0; row by row. None: a lonely unit
    /// to be averaged over.
    pub fn covariances<C, Z>(&self, lonely: Lonely, members: &Members<C, Z>) -> Option<Vec<f64>>
    where
        C: Fn(usize) -> u64,
        Z: Fn(usize, usize) -> f64,
    {
        let Members { len, width, count, z } = members;
        let mut found = vec![0.0; width * width];
        if self.is_census() {
            return Some(found);
        }
        let n = self.units as f64;
        let alone = self.units == 1;
        if alone {
            match lonely {
                Lonely::Certainty => return Some(found),
                Lonely::Average => return None,
                // `Refuse` has refused before.
                Lonely::Adjust | Lonely::Refuse => {}
            }
        }
        let mean = |k: usize| {
            let mut sum = Sum::default();
            (0..*len).for_each(|at| sum.add(z(at, k) * count(at) as f64));
            sum.value() / n
        };
        let means: Vec<f64> = (0..*width).map(|k| if alone { 0.0 } else { mean(k) }).collect();
        let present: u64 = (0..*len).map(count).sum();
        let absent = (self.units - present) as f64;
        let factor = self.left() * if alone { 1.0 } else { n / (n - 1.0) };
        for i in 0..*width {
            for j in i..*width {
                let mut sum = Sum::default();
                for at in 0..*len {
                    sum.add(count(at) as f64 * ((z(at, i) - means[i]) * (z(at, j) - means[j])));
                }
                sum.add(absent * (means[i] * means[j]));
                let value = sum.value() * factor;
                found[i * width + j] = value;
                found[j * width + i] = value;
            }
        }
        Some(found)
    }
}

/// The same over all layers, which come in one fixed order. None: nothing to average over (`Lonely::Average` where every
/// layer has a single unit).
pub fn stage<'l, C, Z>(
    width: usize,
    lonely: Lonely,
    layers: impl Iterator<Item = (&'l Layer, Members<C, Z>)>,
) -> Option<Vec<f64>>
where
    C: Fn(usize) -> u64,
    Z: Fn(usize, usize) -> f64,
{
    let mut totals = Covariances::none(width);
    let (mut all, mut known) = (0u32, 0u32);
    for (layer, members) in layers {
        all += 1;
        if let Some(own) = layer.covariances(lonely, &members) {
            known += 1;
            totals.add(&own, 1.0);
        }
    }
    if known == 0 && all > 0 {
        return None;
    }
    let times = if all == known { 1.0 } else { f64::from(all) / f64::from(known) };
    Some(totals.finish().into_iter().map(|value| value * times).collect())
}
