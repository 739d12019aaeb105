use super::compare::{Classes, Compared, Pair, Ranked};
use super::design::Design;
use super::driver::{Driver, Drivers};
use super::precision::{Basis, Quantiles};
use super::question::{self, AskedAs};
use super::said::{Alike, OfUnit, Round, Said};
use super::{Counted, Imprecise, Precise};
use crate::carry::carry;
use crate::estimate::{Layer, Lonely, Members, stage};
use crate::plan::{Decimal, Mode};
use crate::tally::{Estimate, Interval, Measure, Results, UnitResult, results};
use num_traits::{ToPrimitive, Zero};
use std::collections::{BTreeMap, BTreeSet};

/// Results of a round, with what they are worth beside them.
#[derive(Clone, Debug, PartialEq)]
pub struct Scored {
    /// As the tally has them, and with the intervals of all rates.
    pub results: Results,
    /// In the order of `results.units`.
    pub units: Vec<UnitScored>,
    /// All pairs of units of one class that have an index.
    pub pairs: Vec<Pair>,
    /// Strata and rater groups with more records than the plan says there are people: counted as if without end.
    pub overfull: Vec<String>,
    /// Raters by stratum of the estimate, with the people they stand for, where the plan says how many.
    pub layers: Vec<Layer>,
    /// By unit and indicator: how it was asked in this round.
    pub asked: BTreeMap<(String, String), BTreeSet<AskedAs>>,
    /// Weights of the rater groups; empty: pooled.
    pub group_weights: Vec<(String, Decimal)>,
    pub modes: BTreeSet<Mode>,
    /// What goes with what. Empty: the answers are too few to say.
    pub drivers: Vec<Driver>,
    /// The numbers came as a table: nothing else of the round is known here.
    pub imported: bool,
    pub(super) classes: Classes,
}

carry!(struct Scored { results, units, pairs, overfull, layers, asked, group_weights, modes, drivers, classes, imported });

#[derive(Clone, Debug, PartialEq)]
pub struct UnitScored {
    pub index: Precise,
    /// Raters with any grade for the unit.
    pub raters: Option<u64>,
    /// None: no index.
    pub rank: Option<Ranked>,
    /// The index minus the mean of the indices of its class. None: nothing to compare with.
    pub against_class: Option<Compared>,
    pub overall: Worth,
    pub indicators: Vec<IndicatorScored>,
}

carry!(struct UnitScored { index, raters, rank, against_class, overall, indicators });

#[derive(Clone, Debug, PartialEq)]
pub struct IndicatorScored {
    pub worth: Worth,
    /// In the order of the result's rater groups. Empty in what is published.
    pub by_group: Vec<Worth>,
}

carry!(struct IndicatorScored { worth, by_group });

/// What a measure's score and rate are worth.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Worth {
    pub score: Precise,
    pub rate: Precise,
    /// Smallest count above none that one of the variances rests on: of a grade, of the satisfied or the others.
    pub(super) fewest: (u64, u64),
}

carry!(struct Worth { score, rate, fewest });

/// Results of one round with their errors. None when the plan has no such round.
pub fn scored(counted: &Counted<'_>, round: &str) -> Option<Scored> {
    let mut made = results(counted.tally(), round)?;
    let codebook = counted.tally().codebook();
    let plan = codebook.plan();
    let at = plan.rounds.iter().position(|known| known.id == round)? as u16;
    let design = Design::of(counted, at);
    let records = Round::of(counted, &design, at);
    let mut maker = Maker { design: &design, records: &records, quantiles: Quantiles::default() };
    let mut units = Vec::with_capacity(made.units.len());
    let mut classes = Classes::of(&design);
    let mut members: BTreeMap<Option<String>, Vec<usize>> = BTreeMap::new();
    for (place, unit) in made.units.iter().enumerate() {
        if unit.index.is_ok() {
            members.entry(unit.group.clone()).or_default().push(place);
        }
    }
    let weighs = |unit: &UnitResult| unit.indicators.iter().map(|one| !one.weight.is_zero()).collect::<Vec<bool>>();
    let mut weighed = vec![!made.units.is_empty(); codebook.leaves().len()];
    for unit in &made.units {
        weighs(unit).into_iter().zip(&mut weighed).for_each(|(own, all)| *all &= own);
    }
    let mut columns: BTreeMap<usize, Column> = BTreeMap::new();
    let mut drivers = Drivers::new(&weighed);
    for (place, unit) in made.units.iter_mut().enumerate() {
        let of = records.unit(place, &design, &weighs(unit));
        drivers.add(&records, &of);
        let mut indicators = Vec::with_capacity(unit.indicators.len());
        let mut index = Column::none(records.alike.len());
        for (leaf, one) in unit.indicators.iter_mut().enumerate() {
            let (worth, score) = maker.measure(&of, leaf, &one.measure, Whole::All);
            index.add(&score, one.weight.to_f64().unwrap_or(0.0));
            let by_group = one.by_group.iter().map(|(id, measure)| {
                let group = plan.rater_groups.iter().position(|group| Some(&group.id) == id.as_ref());
                maker.measure(&of, leaf, measure, Whole::Group(group.map(|at| at as u16))).0
            });
            let by_group: Vec<Worth> = by_group.collect();
            one.measure.interval = interval(&worth.rate);
            one.by_group.iter_mut().zip(&by_group).for_each(|((_, one), worth)| one.interval = interval(&worth.rate));
            indicators.push(IndicatorScored { worth, by_group });
        }
        let (overall, _) = maker.measure(&of, unit.indicators.len(), &unit.overall, Whole::All);
        unit.overall.interval = interval(&overall.rate);
        let worth = maker.mean(&unit.index, &index);
        units.push(UnitScored {
            index: worth,
            raters: Some(maker.raters(&index)),
            rank: None,
            against_class: None,
            overall,
            indicators,
        });
        if unit.index.is_ok() {
            columns.insert(place, index);
        }
        // A class is done when its last unit is: its columns need not be kept.
        let whole = members.get(&unit.group).filter(|members| members.last() == Some(&place));
        if let Some(members) = whole {
            let own: Vec<(usize, Column)> =
                members.iter().filter_map(|place| columns.remove(place).map(|column| (*place, column))).collect();
            classes.add(&design, &records, &own);
        }
    }
    let group_weights = plan.rater_groups.iter().filter_map(|group| Some((group.id.clone(), group.weight?))).collect();
    let modes = { counted.tally().domains().iter() }
        .filter(|(domain, counts)| domain.round == at && counts.records > 0)
        .map(|(domain, _)| domain.mode);
    let modes = modes.collect();
    drop(maker);
    let drivers = drivers.finish(&records, &made);
    drop(records);
    let Design { layers, overfull, .. } = design;
    let asked = question::asked(counted, at);
    let mut scored = Scored {
        results: made,
        units,
        pairs: Vec::new(),
        overfull,
        layers,
        asked,
        group_weights,
        modes,
        drivers,
        imported: false,
        classes,
    };
    scored.compare();
    Some(scored)
}

fn interval(rate: &Precise) -> Option<Interval> {
    let found = rate.as_ref().ok()?;
    Some(Interval { low: found.low, high: found.high, nominal: found.nominal })
}

/// Whose answers.
#[derive(Clone, Copy)]
enum Whole {
    All,
    Group(Option<u16>),
}

/// z of each record that agrees, and whether it has an answer.
#[derive(Clone)]
pub(super) struct Column {
    pub z: Vec<f64>,
    pub answers: Vec<bool>,
}

impl Column {
    fn none(records: usize) -> Column {
        Column { z: vec![0.0; records], answers: vec![false; records] }
    }

    fn add(&mut self, other: &Column, weight: f64) {
        if weight == 0.0 {
            return;
        }
        self.z.iter_mut().zip(&other.z).for_each(|(own, more)| *own += weight * more);
        self.answers.iter_mut().zip(&other.answers).for_each(|(own, more)| *own |= more);
    }
}

struct Maker<'a> {
    design: &'a Design,
    records: &'a Round<'a>,
    quantiles: Quantiles,
}

impl Maker<'_> {
    fn raters(&self, column: &Column) -> u64 {
        let answered = self.records.alike.iter().zip(&column.answers).filter(|(_, answers)| **answers);
        answered.map(|(alike, _)| alike.count).sum()
    }

    /// Of one measure; with the influence of its score.
    fn measure(&mut self, of: &OfUnit, at: usize, measure: &Measure, whole: Whole) -> (Worth, Column) {
        let said = &of.said[at];
        let parts = self.design.parts();
        let place = |alike: &Alike| match whole {
            Whole::All => (alike.weight > 0.0).then_some((alike.part, alike.weight)),
            Whole::Group(group) => (alike.group == group).then_some((0, 1.0)),
        };
        let totals = self.records.totals(said, parts, |alike| place(alike).map(|(part, _)| part));
        let column = |of: fn(&Said) -> i64, unit: f64| {
            let z = self.records.alike.iter().zip(said).map(|(alike, said)| {
                let Some((part, weight)) = place(alike) else { return 0.0 };
                let total = &totals[part];
                if total.valid == 0 || said.valid == 0 {
                    return 0.0;
                }
                // W (y − R v) / Σv with R = Σy / Σv: exact but for the last division.
                let above =
                    i128::from(of(said)) * i128::from(total.valid) - i128::from(of(total)) * i128::from(said.valid);
                weight * (above as f64 / (total.valid as f64 * unit) / total.valid as f64)
            });
            let answers = { self.records.alike.iter() }.zip(said);
            let answers = answers.map(|(alike, said)| said.valid > 0 && place(alike).is_some());
            Column { z: z.collect(), answers: answers.collect() }
        };
        let score = column(|said| said.points, Decimal::SCALE as f64);
        let rate = column(|said| said.satisfied, 1.0);
        let worth = Worth {
            score: self.mean(&measure.score, &score),
            rate: self.share(measure, &rate, said, &totals, place),
            fewest: of.fewest[at],
        };
        (worth, score)
    }

    fn mean(&mut self, estimate: &Estimate, column: &Column) -> Precise {
        let Some(point) = estimate.as_ref().ok().and_then(ToPrimitive::to_f64) else {
            return Err(Imprecise::NoEstimate);
        };
        let basis = self.basis(column).0;
        self.quantiles.of_mean(point, basis)
    }

    fn share(
        &mut self,
        measure: &Measure,
        column: &Column,
        said: &[Said],
        totals: &[Said],
        place: impl Fn(&Alike) -> Option<(usize, f64)>,
    ) -> Precise {
        let Some(p) = measure.rate.as_ref().ok().and_then(ToPrimitive::to_f64) else {
            return Err(Imprecise::NoEstimate);
        };
        let (basis, layers) = self.basis(column);
        let mut squares = 0.0;
        let mut n = 0;
        for (alike, said) in self.records.alike.iter().zip(said) {
            let Some((part, weight)) = place(alike).filter(|_| said.valid > 0) else { continue };
            n += alike.count;
            squares += alike.count as f64 * (weight * said.valid as f64 / totals[part].valid as f64).powi(2);
        }
        let of_one = matches!(layers.as_slice(), [only] if self.design.layers[*only].population.is_none());
        // The tally gives an interval where no record can answer twice.
        let simple = of_one && measure.interval.is_some();
        self.quantiles.of_share(p, basis, n as f64, 1.0 / squares, simple)
    }

    /// What an interval is made from, and the layers with an answer.
    fn basis(&self, column: &Column) -> (Basis, Vec<usize>) {
        let alike = &self.records.alike;
        let variance = covariances(self.design, alike, &[column]);
        let mut layers: Vec<usize> = Vec::new();
        let (mut raters, mut nominal) = (0, false);
        for (alike, _) in alike.iter().zip(&column.answers).filter(|(_, answers)| **answers) {
            raters += alike.count as i64;
            nominal |= alike.web;
            // Records come layer by layer.
            if layers.last() != Some(&(alike.layer as usize)) {
                layers.push(alike.layer as usize);
            }
        }
        let census = !layers.is_empty() && layers.iter().all(|at| self.design.layers[*at].is_census());
        (Basis { variance: variance[0], df: raters - layers.len() as i64, nominal, census }, layers)
    }
}

/// Variances and covariances of the columns, row by row: the estimates' own code.
pub(super) fn covariances(design: &Design, alike: &[Alike], columns: &[&Column]) -> Vec<f64> {
    let mut start = 0;
    let layers = alike.chunk_by(|a, b| a.layer == b.layer).map(|own| {
        let first = start;
        start += own.len();
        let z = move |at: usize, k: usize| columns[k].z[first + at];
        (&design.layers[own[0].layer as usize], Members::new(own.len(), columns.len(), |at| own[at].count, z))
    });
    let found = stage(columns.len(), Lonely::Adjust, layers);
    let mut found = found.unwrap_or_else(|| vec![0.0; columns.len() * columns.len()]);
    // Rounding can leave a little below 0 where nothing varies.
    let width = columns.len();
    (0..width).for_each(|k| found[k * width + k] = found[k * width + k].max(0.0));
    found
}

impl Scored {
    /// Ids of the indicators whose score enters the index.
    pub(super) fn index_leaves(&self, unit: usize) -> impl Iterator<Item = usize> {
        let indicators = self.results.units[unit].indicators.iter().enumerate();
        indicators.filter(|(_, one)| !one.weight.is_zero()).map(|(leaf, _)| leaf)
    }
}
