use super::step::names;
use crate::estimate::t_two_sided;
use crate::json::Writer;
use crate::plan::{Decimal, Plan};
use crate::tally::{self, Estimate, Fraction, IndicatorResult, Results, UnitResult, percent, round_half_up};
use num_traits::ToPrimitive;

names! {
    /// Which number a finding goes by.
    Measure {
        /// Mean of the points 满意度得分
        Score = "score", "满意度得分", "mean score";
        /// Share of satisfied grades in per cent 满意率
        Rate = "rate", "满意率（%）", "satisfied (%)";
        /// Weighted index of a unit 综合指数
        Index = "index", "综合指数", "index";
    }
}

/// A number as it was when a case was opened, with what it rests on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Figure {
    pub measure: Measure,
    /// Two places, halves rounded up.
    pub value: Decimal,
    /// 95 %; None: it cannot be told from what was counted.
    pub interval: Option<(Decimal, Decimal)>,
    /// Some of the answers came from people who chose themselves.
    pub nominal: bool,
    /// Valid answers.
    pub n: u64,
    /// Rank in its class, and how many have one.
    pub rank: Option<(u32, u32)>,
    /// What it was compared with when it was found.
    pub threshold: Option<Decimal>,
    /// The scales by which it was graded, with their points: numbers on different scales are not compared.
    pub scale: String,
}

impl Figure {
    pub(super) fn write(&self, out: &mut Writer) {
        out.open('{');
        out.text("measure", self.measure.code());
        out.text("value", &self.value.to_text());
        if let Some((low, high)) = self.interval {
            out.text("low", &low.to_text());
            out.text("high", &high.to_text());
        }
        if self.nominal {
            out.name("nominal");
            out.raw("true");
        }
        out.number("n", self.n);
        if let Some((rank, of)) = self.rank {
            out.number("rank", u64::from(rank));
            out.number("of", u64::from(of));
        }
        out.text_if_some("threshold", self.threshold.map(Decimal::to_text).as_ref());
        out.text("scale", &self.scale);
        out.close('}');
    }
}

/// A unit in the results of a round, as counted and as it may be published, or one of its indicators.
#[derive(Clone, Copy)]
pub(super) struct Measured<'a> {
    pub plan: &'a Plan,
    pub unit: (&'a UnitResult, &'a UnitResult),
    pub indicator: Option<(&'a IndicatorResult, &'a IndicatorResult)>,
}

impl<'a> Measured<'a> {
    fn counted(&self) -> &'a tally::Measure {
        self.indicator.map_or(&self.unit.0.overall, |(counted, _)| &counted.measure)
    }

    fn published(&self) -> &'a tally::Measure {
        self.indicator.map_or(&self.unit.1.overall, |(_, published)| &published.measure)
    }

    /// The exact number, where it may be published: a case goes to the unit that it is about.
    pub fn exact(&self, measure: Measure) -> Option<Fraction> {
        let of = |counted: &Estimate, published: &Estimate| -> Option<Fraction> {
            published.as_ref().ok()?;
            counted.as_ref().ok().cloned()
        };
        match measure {
            Measure::Score => of(&self.counted().score, &self.published().score),
            Measure::Rate => of(&self.counted().rate, &self.published().rate),
            Measure::Index if self.indicator.is_none() => of(&self.unit.0.index, &self.unit.1.index),
            Measure::Index => None,
        }
    }

    pub fn figure(&self, measure: Measure) -> Option<Figure> {
        let exact = self.exact(measure)?;
        let text = match measure {
            Measure::Rate => percent(&exact, 2),
            Measure::Score | Measure::Index => round_half_up(&exact, 2),
        };
        let (interval, nominal) = match measure {
            Measure::Score => self.score_interval(&exact),
            Measure::Rate => {
                let found = self.published().interval;
                (found.map(|found| (found.low * 100.0, found.high * 100.0)), found.is_some_and(|found| found.nominal))
            }
            // The indicators of one person's answers go together, and the tally has no covariances.
            Measure::Index => (None, false),
        };
        Some(Figure {
            measure,
            value: Decimal::parse(&text).ok()?,
            interval: interval.and_then(|(low, high)| Some((two_places(low)?, two_places(high)?))),
            nominal,
            n: self.published().valid?,
            rank: None,
            threshold: None,
            scale: self.scale(),
        })
    }

    /// 95 % interval of a mean: with one answer of each person, mean ± t s/√n; where the plan weighs rater groups, the groups
    /// are strata, V = Σ W² s²/n, and the degrees of freedom are Satterthwaite's. Assumes simple random samples.
    fn score_interval(&self, mean: &Fraction) -> (Option<(f64, f64)>, bool) {
        let weighted = self.plan.rater_groups.iter().any(|group| group.weight.is_some());
        let parts: Vec<(f64, &tally::Measure)> = match (weighted, self.indicator) {
            (false, _) if self.published().variance_sample.is_err() => return (None, false),
            (false, _) => vec![(1.0, self.counted())],
            (true, None) => return (None, false),
            (true, Some((counted, _))) => {
                let weight = |id: &Option<String>| {
                    let group = self.plan.rater_group(id.as_ref()?)?;
                    Some(group.weight?.millionths() as f64 / 1e6).filter(|weight| *weight > 0.0)
                };
                counted.by_group.iter().filter_map(|(id, measure)| Some((weight(id)?, measure))).collect()
            }
        };
        let (mut variance, mut spread, mut nominal) = (0.0, 0.0, false);
        for (weight, part) in &parts {
            let (Some(own), Some(n), Ok(s2)) = (part.interval, part.valid, &part.variance_sample) else {
                return (None, false);
            };
            let Some(s2) = s2.to_f64() else { return (None, false) };
            let v = weight * weight * s2 / n as f64;
            variance += v;
            spread += v * v / (n - 1) as f64;
            nominal |= own.nominal;
        }
        let Some(mean) = mean.to_f64().filter(|_| !parts.is_empty()) else { return (None, false) };
        // All answers alike: nothing tells how far off the mean is.
        if variance <= 0.0 || spread <= 0.0 {
            return (None, nominal);
        }
        let half = t_two_sided(0.05, variance * variance / spread) * variance.sqrt();
        (Some((mean - half, mean + half)), nominal)
    }

    fn scale(&self) -> String {
        let mut ids: Vec<&str> = self.counted().grades.iter().map(|grade| grade.scale.as_str()).collect();
        ids.dedup();
        let told = ids.into_iter().filter_map(|id| {
            let points: Vec<String> = self.plan.scale(id)?.grades.iter().map(|grade| grade.score.to_text()).collect();
            Some([id, ":", &points.join("/")].concat())
        });
        told.collect::<Vec<_>>().join("+")
    }
}

fn two_places(value: f64) -> Option<Decimal> {
    Decimal::parse(&format!("{value:.2}")).ok()
}

/// Pairs of a unit, or of a unit and each of its indicators, in the order of the plan. `published` is `counted` as it may be
/// published.
pub(super) fn measured<'a>(
    plan: &'a Plan,
    counted: &'a Results,
    published: &'a Results,
    by_indicator: bool,
) -> Vec<Measured<'a>> {
    let mut all = Vec::new();
    for unit in counted.units.iter().zip(&published.units) {
        match by_indicator {
            false => all.push(Measured { plan, unit, indicator: None }),
            true => {
                let pairs = unit.0.indicators.iter().zip(&unit.1.indicators);
                let pairs = pairs.filter(|(one, _)| one.applies);
                all.extend(pairs.map(|pair| Measured { plan, unit, indicator: Some(pair) }));
            }
        }
    }
    all
}

/// The figure of a unit, or of one of its indicators, in these results; None: there is none that may go to the unit.
pub fn figure_of(
    plan: &Plan,
    counted: &Results,
    unit: &str,
    indicator: Option<&str>,
    measure: Measure,
) -> Option<Figure> {
    let published = counted.published(plan.privacy.smallest_cell);
    let all = measured(plan, counted, &published, indicator.is_some());
    let wanted = |one: &&Measured<'_>| {
        one.unit.0.unit == unit && indicator == one.indicator.map(|(counted, _)| counted.indicator.as_str())
    };
    all.iter().find(wanted)?.figure(measure)
}
