use super::figure::measured;
use super::{Figure, Measure};
use crate::plan::{Decimal, Plan};
use crate::tally::{Fraction, Results, competition_ranks};
use num_traits::ToPrimitive;
use std::collections::BTreeMap;

/// What is a finding. Each that is given finds on its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Thresholds {
    pub measure: Measure,
    /// Each indicator of a unit; else the unit as a whole.
    pub by_indicator: bool,
    /// Below this number, in points or per cent.
    pub below: Option<Decimal>,
    /// Among so many lowest of its class. Who shares the last of these places is among them.
    pub lowest: Option<u32>,
    /// Below the mean of its class.
    pub below_class: bool,
}

/// Something that a person may open a case of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// Id of the unit.
    pub unit: String,
    /// Id of its class.
    pub class: Option<String>,
    /// Id of the indicator.
    pub indicator: Option<String>,
    pub figure: Figure,
    pub why: Vec<Why>,
    /// Mean of the units of its class, each with the same weight; two places.
    pub class_mean: Option<Decimal>,
    /// The whole interval is below what it was compared with. None: there is no interval, or nothing to compare with but ranks.
    pub clear: Option<bool>,
}

/// Why something is a finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    Below,
    Lowest,
    BelowClass,
}

/// Findings of a round, the lowest first. What may not be published is not among them: a case goes to the unit it is about.
pub fn propose(plan: &Plan, counted: &Results, thresholds: &Thresholds) -> Vec<Finding> {
    let published = counted.published(plan.privacy.smallest_cell);
    let all = measured(plan, counted, &published, thresholds.by_indicator);
    let exact: Vec<Option<Fraction>> = all.iter().map(|one| one.exact(thresholds.measure)).collect();
    // Only the same indicator in the same class is compared.
    let mut peers: BTreeMap<(Option<&str>, Option<&str>), Vec<usize>> = BTreeMap::new();
    for (at, one) in all.iter().enumerate() {
        let indicator = one.indicator.map(|(counted, _)| counted.indicator.as_str());
        peers.entry((one.unit.0.group.as_deref(), indicator)).or_default().push(at);
    }
    let mut found: Vec<(Fraction, Finding)> = Vec::new();
    for ((class, indicator), peers) in peers {
        let values: Vec<Option<&Fraction>> = peers.iter().map(|at| exact[*at].as_ref()).collect();
        let ranks = competition_ranks(&values);
        let with_value: Vec<&Fraction> = values.iter().flatten().copied().collect();
        let number = with_value.len();
        let mean =
            (number > 1).then(|| with_value.iter().copied().sum::<Fraction>() / Fraction::from_integer(number.into()));
        for ((at, value), rank) in peers.iter().zip(&values).zip(ranks) {
            let (Some(value), Some(rank)) = (*value, rank) else { continue };
            let Some(mut figure) = all[*at].figure(thresholds.measure) else { continue };
            figure.rank = (number > 1).then_some((rank as u32, number as u32));
            let scaled = match thresholds.measure {
                Measure::Rate => value * Fraction::from_integer(100.into()),
                Measure::Score | Measure::Index => value.clone(),
            };
            let lower = with_value.iter().filter(|other| **other < value).count();
            let mut why = Vec::new();
            if thresholds.below.is_some_and(|below| scaled < exact_decimal(below)) {
                why.push(Why::Below);
            }
            if thresholds.lowest.is_some_and(|lowest| lower < lowest as usize && number > lowest as usize) {
                why.push(Why::Lowest);
            }
            if thresholds.below_class && mean.as_ref().is_some_and(|mean| value < mean) {
                why.push(Why::BelowClass);
            }
            if why.is_empty() {
                continue;
            }
            let class_mean = mean.as_ref().and_then(|mean| rounded(mean, thresholds.measure));
            figure.threshold = thresholds.below.filter(|_| why.contains(&Why::Below));
            let compared = figure.threshold.or(class_mean.filter(|_| why.contains(&Why::BelowClass)));
            let clear = figure.interval.zip(compared).map(|((_, high), compared)| high < compared);
            let finding = Finding {
                unit: all[*at].unit.0.unit.clone(),
                class: class.map(str::to_owned),
                indicator: indicator.map(str::to_owned),
                figure,
                why,
                class_mean,
                clear,
            };
            found.push((value.clone(), finding));
        }
    }
    found.sort_by(|a, b| a.0.cmp(&b.0));
    found.into_iter().map(|(_, finding)| finding).collect()
}

fn exact_decimal(decimal: Decimal) -> Fraction {
    Fraction::new(decimal.millionths().into(), Decimal::SCALE.into())
}

fn rounded(value: &Fraction, measure: Measure) -> Option<Decimal> {
    let factor = if measure == Measure::Rate { 100.0 } else { 1.0 };
    Decimal::parse(&format!("{:.2}", value.to_f64()? * factor)).ok()
}
