use super::design::Design;
use super::error::{Column, covariances};
use super::precision::{Basis, Quantiles};
use super::said::Round;
use super::{Imprecise, LEVEL, Precise, Scored};
use crate::carry::carry;
use crate::estimate::{holm, t_tail};
use crate::tally::{Fraction, competition_ranks};
use num_traits::{ToPrimitive, Zero};
use std::collections::BTreeMap;

/// A place among the units of its class, and the places that it may have among all: those that the differences to the other
/// units leave open. The ranges of a class hold together, since the differences are judged together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ranked {
    /// Competition rank of the exact index.
    pub rank: usize,
    /// Another unit has exactly the same index.
    pub tied: bool,
    /// 1 + units shown to be better.
    pub best: usize,
    /// Units of the class minus those shown to be worse.
    pub worst: usize,
}

carry!(struct Ranked { rank, tied, best, worst });

/// A difference of two numbers that share raters, or come from two rounds.
#[derive(Clone, Debug, PartialEq)]
pub struct Compared {
    pub difference: Fraction,
    pub precision: Precise,
    /// Of no difference, taken alone.
    pub p: Option<f64>,
    /// Adjusted for all that are judged together (Holm 1979).
    pub p_holm: Option<f64>,
    pub verdict: Verdict,
}

carry!(struct Compared { difference, precision, p, p_holm, verdict });

/// What a difference shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    Higher,
    Lower,
    /// The interval holds 0.
    NotShown,
    /// The interval does not hold 0; among so many that are judged together it may still be chance.
    OnlyAlone,
    /// There is no interval.
    Unknown,
}

carry!(enum Verdict { 0 Higher, 1 Lower, 2 NotShown, 3 OnlyAlone, 4 Unknown });

/// The first unit's index minus the second's: places in the results.
#[derive(Clone, Debug, PartialEq)]
pub struct Pair {
    pub first: usize,
    pub second: usize,
    pub compared: Compared,
}

carry!(struct Pair { first, second, compared });

/// Errors of the indices of each class, with what they share.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Classes {
    classes: Vec<Class>,
    /// Layers in which everybody answered.
    census: Vec<bool>,
}

carry!(struct Classes { classes, census });

#[derive(Clone, Debug, PartialEq)]
struct Class {
    /// Places in the results.
    members: Vec<usize>,
    covariance: Vec<f64>,
    /// Raters who agree in layer, in having chosen themselves, and in whom they graded.
    raters: Vec<Raters>,
}

carry!(struct Class { members, covariance, raters });

#[derive(Clone, Debug, PartialEq)]
struct Raters {
    layer: u32,
    web: bool,
    graded: Vec<u64>,
    count: u64,
}

carry!(struct Raters { layer, web, graded, count });

impl Raters {
    fn graded(&self, at: usize) -> bool {
        self.graded[at / 64] >> (at % 64) & 1 == 1
    }
}

impl Classes {
    pub fn of(design: &Design) -> Classes {
        Classes { classes: Vec::new(), census: design.layers.iter().map(|layer| layer.is_census()).collect() }
    }

    /// A class with the influence of each member's index.
    pub fn add(&mut self, design: &Design, records: &Round<'_>, own: &[(usize, Column)]) {
        let columns: Vec<&Column> = own.iter().map(|(_, column)| column).collect();
        let mut raters: BTreeMap<(u32, bool, Vec<u64>), u64> = BTreeMap::new();
        for (at, alike) in records.alike.iter().enumerate() {
            let mut graded = vec![0u64; own.len().div_ceil(64)];
            for (member, column) in columns.iter().enumerate().filter(|(_, column)| column.answers[at]) {
                graded[member / 64] |= 1 << (member % 64);
                debug_assert!(column.answers[at]);
            }
            *raters.entry((alike.layer, alike.web, graded)).or_default() += alike.count;
        }
        let raters = raters.into_iter().map(|((layer, web, graded), count)| Raters { layer, web, graded, count });
        self.classes.push(Class {
            members: own.iter().map(|(place, _)| *place).collect(),
            covariance: covariances(design, &records.alike, &columns),
            raters: raters.collect(),
        });
    }
}

impl Class {
    /// What the difference of these members' indices rests on; places among the members.
    fn basis(&self, census: &[bool], variance: f64, of: &[usize]) -> Basis {
        let own = self.raters.iter().filter(|raters| of.iter().any(|at| raters.graded(*at)));
        let (mut count, mut nominal, mut layers) = (0, false, Vec::new());
        for raters in own {
            count += raters.count as i64;
            nominal |= raters.web;
            if layers.last() != Some(&raters.layer) {
                layers.push(raters.layer);
            }
        }
        let census = !layers.is_empty() && layers.iter().all(|layer| census[*layer as usize]);
        Basis { variance: variance.max(0.0), df: count - layers.len() as i64, nominal, census }
    }

    fn covariance(&self, a: usize, b: usize) -> f64 {
        self.covariance[a * self.members.len() + b]
    }
}

impl Scored {
    /// Ranks, differences and rank ranges of the indices that are there.
    pub(super) fn compare(&mut self) {
        let mut quantiles = Quantiles::default();
        self.pairs.clear();
        for unit in &mut self.units {
            (unit.rank, unit.against_class) = (None, None);
        }
        let Classes { classes, census } = self.classes.clone();
        for class in &classes {
            let index = |at: usize| self.results.units[class.members[at]].index.as_ref().ok();
            let seen: Vec<usize> = (0..class.members.len()).filter(|at| index(*at).is_some()).collect();
            let values: Vec<Fraction> = seen.iter().filter_map(|at| index(*at)).cloned().collect();
            let shown: Vec<Option<&Fraction>> = values.iter().map(Some).collect();
            let ranks: Vec<usize> = competition_ranks(&shown).into_iter().flatten().collect();
            let mut pairs: Vec<(usize, usize, Compared)> = Vec::new();
            for i in 0..seen.len() {
                for j in i + 1..seen.len() {
                    let (a, b) = (seen[i], seen[j]);
                    let variance = class.covariance(a, a) + class.covariance(b, b) - 2.0 * class.covariance(a, b);
                    let basis = class.basis(&census, variance, &[a, b]);
                    pairs.push((i, j, Compared::of(&values[i] - &values[j], basis, &mut quantiles)));
                }
            }
            judge(pairs.iter_mut().map(|(_, _, compared)| compared));
            let mut beaten_by = vec![0; seen.len()];
            let mut beats = vec![0; seen.len()];
            for (i, j, compared) in &pairs {
                match compared.verdict {
                    Verdict::Higher => (beats[*i], beaten_by[*j]) = (beats[*i] + 1, beaten_by[*j] + 1),
                    Verdict::Lower => (beats[*j], beaten_by[*i]) = (beats[*j] + 1, beaten_by[*i] + 1),
                    Verdict::NotShown | Verdict::OnlyAlone | Verdict::Unknown => {}
                }
            }
            let mut against = against_mean(class, &census, &seen, &values, &mut quantiles);
            judge(against.iter_mut());
            let mut against = against.into_iter();
            for (i, at) in seen.iter().enumerate() {
                let tied = values.iter().filter(|value| **value == values[i]).count() > 1;
                let unit = &mut self.units[class.members[*at]];
                let ranked = Ranked { rank: ranks[i], tied, best: 1 + beaten_by[i], worst: seen.len() - beats[i] };
                unit.rank = Some(ranked);
                unit.against_class = against.next();
                self.results.units[class.members[*at]].rank = Some(ranks[i]);
            }
            let named = |(i, j, compared): (usize, usize, Compared)| Pair {
                first: class.members[seen[i]],
                second: class.members[seen[j]],
                compared,
            };
            self.pairs.extend(pairs.into_iter().map(named));
        }
    }
}

/// Each index minus the mean of all in the class. Empty: there is no other unit.
fn against_mean(
    class: &Class,
    census: &[bool],
    seen: &[usize],
    values: &[Fraction],
    quantiles: &mut Quantiles,
) -> Vec<Compared> {
    if seen.len() < 2 {
        return Vec::new();
    }
    let many = seen.len() as f64;
    let mean = values.iter().sum::<Fraction>() / Fraction::from_integer(seen.len().into());
    let rows: Vec<f64> =
        seen.iter().map(|a| seen.iter().map(|b| class.covariance(*a, *b)).sum::<f64>() / many).collect();
    let of_mean = rows.iter().sum::<f64>() / many;
    let compare = |(i, at): (usize, &usize)| {
        let variance = class.covariance(*at, *at) - 2.0 * rows[i] + of_mean;
        Compared::of(&values[i] - &mean, class.basis(census, variance, seen), quantiles)
    };
    seen.iter().enumerate().map(compare).collect()
}

impl Compared {
    /// Not judged yet.
    pub(super) fn of(difference: Fraction, basis: Basis, quantiles: &mut Quantiles) -> Compared {
        let precision = quantiles.of_mean(difference.to_f64().unwrap_or(0.0), basis);
        Compared { p: p_of(&difference, &precision), difference, precision, p_holm: None, verdict: Verdict::Unknown }
    }
}

fn p_of(difference: &Fraction, precision: &Precise) -> Option<f64> {
    let precision = precision.as_ref().ok().filter(|precision| !precision.census)?;
    Some(t_tail(difference.to_f64()? / precision.se, precision.df as f64))
}

/// Judges differences together: those that hold though there are so many of them.
pub(super) fn judge<'c>(family: impl Iterator<Item = &'c mut Compared>) {
    let mut family: Vec<&mut Compared> = family.collect();
    let p: Vec<Option<f64>> = family.iter().map(|compared| compared.p).collect();
    for (compared, p_holm) in family.iter_mut().zip(holm(&p)) {
        compared.p_holm = p_holm;
        let up = compared.difference > Fraction::zero();
        let direction = if up { Verdict::Higher } else { Verdict::Lower };
        compared.verdict = match (&compared.precision, p_holm) {
            (Ok(precision), _) if precision.census && compared.difference.is_zero() => Verdict::NotShown,
            (Ok(precision), _) if precision.census => direction,
            (Ok(_), Some(p)) if p <= 1.0 - LEVEL => direction,
            (Ok(precision), _) if precision.low <= 0.0 && 0.0 <= precision.high => Verdict::NotShown,
            (Ok(_), _) => Verdict::OnlyAlone,
            (Err(_), _) => Verdict::Unknown,
        };
    }
}

impl Scored {
    /// The place of a unit in the results.
    pub fn place(&self, unit: &str) -> Option<usize> {
        self.results.units.iter().position(|known| known.unit == unit)
    }

    /// How many differences are judged together with a unit's.
    pub fn pairs_of_class(&self, place: usize) -> usize {
        let group = &self.results.units[place].group;
        self.pairs.iter().filter(|pair| self.results.units[pair.first].group == *group).count()
    }

    /// A unit's index minus that of each other unit of its class, by place.
    pub fn against_others(&self, place: usize) -> Vec<(usize, Compared)> {
        let turned = |pair: &Pair| {
            if pair.first == place {
                Some((pair.second, pair.compared.clone()))
            } else {
                Some((pair.first, pair.compared.turned()))
            }
        };
        self.pairs.iter().filter(|pair| pair.first == place || pair.second == place).filter_map(turned).collect()
    }
}

impl Compared {
    /// The other way round.
    pub fn turned(&self) -> Compared {
        let precision = self.precision.map(|found| super::Precision { low: -found.high, high: -found.low, ..found });
        let verdict = match self.verdict {
            Verdict::Higher => Verdict::Lower,
            Verdict::Lower => Verdict::Higher,
            same => same,
        };
        Compared { difference: -self.difference.clone(), precision, verdict, ..*self }
    }

    /// The estimate is there and its error is kept back.
    pub(super) fn withhold(&mut self) {
        (self.precision, self.p, self.p_holm, self.verdict) = (Err(Imprecise::Withheld), None, None, Verdict::Unknown);
    }
}
