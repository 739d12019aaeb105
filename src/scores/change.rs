use super::compare::judge;
use super::precision::{Basis, Quantiles};
use super::{Compared, Imprecise, Precise, Scored};
use crate::plan::Mode;
use crate::tally::{Estimate, Fraction, Undefined};
use std::collections::BTreeSet;

/// One number in two rounds.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    pub before: Fraction,
    pub after: Fraction,
    /// After minus before.
    pub compared: Compared,
}

/// Why two rounds are not compared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoChange {
    /// One of the rounds has no such unit or indicator.
    NotInBoth,
    /// The scales have other grades, points or satisfied grades.
    OtherScale,
    /// The question is worded differently, or other questions were asked.
    OtherQuestion,
    /// The plan weighs rater groups or indicators differently.
    OtherWeights,
    /// No number in the earlier round.
    NotBefore(Undefined),
    /// No number in the later round.
    NotAfter(Undefined),
}

/// Which number of a unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Measured<'a> {
    Index,
    /// Of the indicator of this id.
    Score(&'a str),
    Rate(&'a str),
}

/// A round against an earlier one. Rounds are taken as drawn independently of each other: records hold nothing that would
/// tell whether the same people answered.
#[derive(Clone, Debug, PartialEq)]
pub struct Changes {
    /// Ids of the rounds.
    pub before: String,
    pub after: String,
    /// Ways of asking that only one of the rounds has: people may answer them differently.
    pub other_modes: Vec<Mode>,
    /// The earlier round's numbers came as a table: whether it asked in the same way was not checked.
    pub imported: bool,
    /// In the order of the later round.
    pub units: Vec<UnitChange>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct UnitChange {
    /// Id of the unit.
    pub unit: String,
    pub index: Result<Change, NoChange>,
    pub indicators: Vec<IndicatorChange>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct IndicatorChange {
    /// Id of the indicator.
    pub indicator: String,
    pub score: Result<Change, NoChange>,
    pub rate: Result<Change, NoChange>,
}

/// All changes since an earlier round. Indices are judged together, and so are scores and rates over all units and indicators
/// (Holm 1979).
pub fn changes(before: &Scored, after: &Scored) -> Changes {
    let units = after.results.units.iter().map(|unit| UnitChange {
        unit: unit.unit.clone(),
        index: one(before, after, &unit.unit, Measured::Index),
        indicators: { unit.indicators.iter() }
            .map(|indicator| IndicatorChange {
                indicator: indicator.indicator.clone(),
                score: one(before, after, &unit.unit, Measured::Score(&indicator.indicator)),
                rate: one(before, after, &unit.unit, Measured::Rate(&indicator.indicator)),
            })
            .collect(),
    });
    let mut units: Vec<UnitChange> = units.collect();
    fn found(change: &mut Result<Change, NoChange>) -> Option<&mut Compared> {
        change.as_mut().ok().map(|change| &mut change.compared)
    }
    judge(units.iter_mut().filter_map(|unit| found(&mut unit.index)));
    judge(units.iter_mut().flat_map(|unit| &mut unit.indicators).filter_map(|one| found(&mut one.score)));
    judge(units.iter_mut().flat_map(|unit| &mut unit.indicators).filter_map(|one| found(&mut one.rate)));
    Changes {
        before: before.results.round.clone(),
        after: after.results.round.clone(),
        other_modes: before.modes.symmetric_difference(&after.modes).copied().collect(),
        imported: before.imported,
        units,
    }
}

/// The change of one number, judged by itself: for who follows up one unit and indicator that was named before the second
/// round was asked.
///
/// # Errors
/// [`NoChange`].
pub fn change(before: &Scored, after: &Scored, unit: &str, measured: Measured<'_>) -> Result<Change, NoChange> {
    let mut found = one(before, after, unit, measured)?;
    judge(std::iter::once(&mut found.compared));
    Ok(found)
}

/// The changes of single numbers that were named before the second round was asked, each by its two rounds, unit and measure:
/// judged together (Holm 1979), whatever rounds they are of.
pub fn followed(named: &[(&Scored, &Scored, &str, Measured<'_>)]) -> Vec<Result<Change, NoChange>> {
    let each = named.iter().map(|(before, after, unit, measured)| one(before, after, unit, *measured));
    let mut found: Vec<Result<Change, NoChange>> = each.collect();
    judge(found.iter_mut().filter_map(|change| change.as_mut().ok().map(|change| &mut change.compared)));
    found
}

fn one(before: &Scored, after: &Scored, unit: &str, measured: Measured<'_>) -> Result<Change, NoChange> {
    let places = [before.place(unit), after.place(unit)];
    let [Some(at_before), Some(at_after)] = places else { return Err(NoChange::NotInBoth) };
    if before.group_weights != after.group_weights {
        return Err(NoChange::OtherWeights);
    }
    let leaves = match measured {
        Measured::Score(id) | Measured::Rate(id) => vec![id.to_owned()],
        Measured::Index => {
            let weighed = |scored: &Scored, at: usize| -> BTreeSet<(String, Fraction)> {
                let own = &scored.results.units[at].indicators;
                scored.index_leaves(at).map(|leaf| (own[leaf].indicator.clone(), own[leaf].weight.clone())).collect()
            };
            let weights = weighed(after, at_after);
            if weights != weighed(before, at_before) {
                return Err(NoChange::OtherWeights);
            }
            weights.into_iter().map(|(id, _)| id).collect()
        }
    };
    let [(was, was_worth), (is, is_worth)] =
        [(before, at_before), (after, at_after)].map(|(scored, at)| scored.number(at, measured));
    let (was, is) = (was.ok_or(NoChange::NotInBoth)?, is.ok_or(NoChange::NotInBoth)?);
    let was = was.as_ref().map_err(|why| match before.imported {
        true => NoChange::NotInBoth,
        false => NoChange::NotBefore(why.clone()),
    })?;
    let is = is.as_ref().map_err(|why| NoChange::NotAfter(why.clone()))?;
    for leaf in leaves {
        let key = (unit.to_owned(), leaf);
        let (Some(was), Some(is)) = (before.asked.get(&key), after.asked.get(&key)) else {
            return Err(NoChange::OtherQuestion);
        };
        let scales = |asked: &BTreeSet<super::AskedAs>| -> BTreeSet<_> {
            asked.iter().map(|asked| asked.grades.clone()).collect()
        };
        if scales(was) != scales(is) {
            return Err(NoChange::OtherScale);
        }
        if was != is {
            return Err(NoChange::OtherQuestion);
        }
    }
    let difference = is - was;
    let mut quantiles = Quantiles::default();
    let compared = match (was_worth, is_worth) {
        (Ok(a), Ok(b)) => {
            let basis = Basis {
                variance: a.se * a.se + b.se * b.se,
                df: a.df + b.df,
                nominal: a.nominal || b.nominal,
                census: a.census && b.census,
            };
            Compared::of(difference, basis, &mut quantiles)
        }
        (Err(why), _) | (_, Err(why)) => {
            let mut made = Compared::of(difference, NOTHING, &mut quantiles);
            made.precision = Err(why);
            made
        }
    };
    Ok(Change { before: was.clone(), after: is.clone(), compared })
}

const NOTHING: Basis = Basis { variance: 0.0, df: 0, nominal: false, census: false };

impl Scored {
    fn number(&self, place: usize, measured: Measured<'_>) -> (Option<&Estimate>, Precise) {
        let (result, scored) = (&self.results.units[place], &self.units[place]);
        let (Measured::Score(id) | Measured::Rate(id)) = measured else { return (Some(&result.index), scored.index) };
        let Some(leaf) = result.indicators.iter().position(|one| one.indicator == id) else {
            return (None, Err(Imprecise::NoEstimate));
        };
        let (measure, worth) = (&result.indicators[leaf].measure, &scored.indicators[leaf].worth);
        match measured {
            Measured::Rate(_) => (Some(&measure.rate), worth.rate),
            Measured::Score(_) | Measured::Index => (Some(&measure.score), worth.score),
        }
    }
}
