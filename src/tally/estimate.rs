use super::exact::fraction;
use super::{Answers, Fraction, Interval, Tally, competition_ranks, wilson};
use crate::carry::carry;
use crate::ledger::Codebook;
use crate::plan::{Decimal, Indicator, Mode, Plan};
use num_traits::{One, Zero};
use std::collections::{BTreeMap, BTreeSet};

/// A value, or why there is none.
pub type Estimate = Result<Fraction, Undefined>;

/// Why a number is not given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Undefined {
    /// No valid answer at all.
    NoAnswers,
    /// The plan weighs rater groups, and these (ids) gave no valid answer.
    NoAnswersFrom(Vec<String>),
    /// These indicators (ids) have no score.
    NoScoreFor(Vec<String>),
    /// Kept back from publication: it rests on, or would give away, a cell smaller than the plan allows.
    Withheld,
}

carry!(enum Undefined { 0 NoAnswers, 1 NoAnswersFrom(groups), 2 NoScoreFor(indicators), 3 Withheld });

/// What a round gave.
#[derive(Clone, Debug, PartialEq)]
pub struct Results {
    /// Id of the round.
    pub round: String,
    pub records: Option<u64>,
    /// Of these, interviews that were broken off. None: withheld.
    pub partial: Option<u64>,
    /// Beside these: screened out, and in no other figure. None: withheld.
    pub screened_out: Option<u64>,
    /// Of these, by people who chose themselves (mode web): no sample, so what is inferred from them is nominal.
    pub self_selected: Option<u64>,
    /// In the order of the plan.
    pub units: Vec<UnitResult>,
}

carry!(struct Results { round, records, partial, screened_out, self_selected, units });

#[derive(Clone, Debug, PartialEq)]
pub struct UnitResult {
    /// Id of the unit.
    pub unit: String,
    /// Id of its unit group.
    pub group: Option<String>,
    /// Σ W_k R_k over the indicators below all others: W_k is the product of the weights from the top, R_k the
    /// indicator's score. Not rescaled when a score is missing: then there is no index.
    pub index: Estimate,
    /// Competition rank of the exact index within the unit group.
    pub rank: Option<usize>,
    /// All grades that the unit was given, over all its indicators but those of weight 0.
    pub overall: Measure,
    pub indicators: Vec<IndicatorResult>,
}

carry!(struct UnitResult { unit, group, index, rank, overall, indicators });

#[derive(Clone, Debug, PartialEq)]
pub struct IndicatorResult {
    /// Id of the indicator.
    pub indicator: String,
    /// Whether it is for units of this class: otherwise nobody was asked, and nothing is shown of it.
    pub applies: bool,
    /// Product of the weights from the top; 0 where it does not apply.
    pub weight: Fraction,
    pub measure: Measure,
    /// By rater group (id; None: records that name no group), where there are any. Empty in what is published.
    pub by_group: Vec<(Option<String>, Measure)>,
}

carry!(struct IndicatorResult { indicator, applies, weight, measure, by_group });

impl Results {
    /// Whether anything was graded, be it withheld.
    pub fn is_graded(&self) -> bool {
        self.units.iter().any(|unit| unit.overall.valid != Some(0))
    }
}

impl UnitResult {
    /// What applies to units of this class, each with its place among all leaf indicators.
    pub fn asked(&self) -> impl Iterator<Item = (usize, &IndicatorResult)> {
        self.indicators.iter().enumerate().filter(|(_, one)| one.applies)
    }
}

/// What a set of answers says. Counts are None when withheld.
///
/// `score` is 满意度得分, the mean of the points, Σ v y / Σ v; `rate` is 满意率, the share of satisfied grades,
/// Σ v s / Σ v, where v is 1 for a grade and 0 for a missing answer, y its points, s 1 for a satisfied grade. Some texts
/// call the first by the second's name; they are never the same number here. Where the plan weighs rater groups, both
/// are Σ W_g R_g over the groups.
#[derive(Clone, Debug, PartialEq)]
pub struct Measure {
    pub grades: Vec<GradeCount>,
    /// n: answers that are a grade.
    pub valid: Option<u64>,
    pub dont_know: Option<u64>,
    pub refused: Option<u64>,
    /// Asked and left empty.
    pub blank: Option<u64>,
    pub not_asked: Option<u64>,
    pub score: Estimate,
    pub rate: Estimate,
    /// Don't know among don't know and valid.
    pub dont_know_rate: Estimate,
    /// Variance of the points with n and with n−1: of the answers, not of the score. Only where answers are pooled.
    pub variance_population: Estimate,
    pub variance_sample: Estimate,
    /// Of the rate. Only where answers are pooled and each record gives at most one.
    pub interval: Option<Interval>,
}

carry!(struct Measure { grades, valid, dont_know, refused, blank, not_asked, score, rate, dont_know_rate, variance_population, variance_sample, interval });

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GradeCount {
    /// Id of the scale.
    pub scale: String,
    /// Name of the grade.
    pub grade: String,
    pub points: Decimal,
    pub satisfied: bool,
    pub count: Option<u64>,
}

carry!(struct GradeCount { scale, grade, points, satisfied, count });

/// Estimates of one round. None when the plan has no such round.
pub fn results(tally: &Tally, round: &str) -> Option<Results> {
    let codebook = tally.codebook();
    let plan = codebook.plan();
    let at = plan.rounds.iter().position(|known| known.id == round)?;
    let here = |known: u16| known as usize == at;
    let mut pooled: BTreeMap<(u16, u16), BTreeMap<Option<u16>, Answers>> = BTreeMap::new();
    for cell in tally.cells().filter(|cell| here(cell.domain.round)) {
        let key = (cell.question.unit, cell.question.indicator);
        let by_group = pooled.entry(key).or_default();
        by_group.entry(cell.domain.rater_group).or_default().add_cell(codebook, &cell);
    }
    let domains = || tally.domains().iter().filter(|(domain, _)| here(domain.round));
    let by_web = domains().filter(|(domain, _)| domain.mode == Mode::Web);
    let maker = Maker { codebook, plan, pooled, weights: leaf_weights(plan) };
    let mut units: Vec<UnitResult> = (0..plan.units.len()).map(|unit| maker.unit(unit as u16)).collect();
    let groups: BTreeSet<Option<String>> = units.iter().map(|unit| unit.group.clone()).collect();
    for group in groups {
        let members: Vec<usize> = (0..units.len()).filter(|at| units[*at].group == group).collect();
        let values: Vec<Option<&Fraction>> = members.iter().map(|at| units[*at].index.as_ref().ok()).collect();
        let ranks = competition_ranks(&values);
        members.iter().zip(ranks).for_each(|(at, rank)| units[*at].rank = rank);
    }
    Some(Results {
        round: round.to_owned(),
        records: Some(domains().map(|(_, counts)| counts.records).sum()),
        partial: Some(domains().map(|(_, counts)| counts.partial).sum()),
        screened_out: Some(domains().map(|(_, counts)| counts.screened_out).sum()),
        self_selected: Some(by_web.map(|(_, counts)| counts.records).sum()),
        units,
    })
}

/// Weights of the leaf indicators for units of every class: exact products, in the order of [`Codebook::leaves`].
pub fn leaf_weights(plan: &Plan) -> Vec<Fraction> {
    fn walk(indicators: &[Indicator], above: &Fraction, out: &mut Vec<Fraction>) {
        for indicator in indicators {
            let own = above * fraction(indicator.weight);
            if indicator.indicators.is_empty() {
                out.push(own);
            } else {
                walk(&indicator.indicators, &own, out);
            }
        }
    }
    let mut out = Vec::new();
    walk(&plan.indicators, &Fraction::one(), &mut out);
    out
}

type ByGroup = BTreeMap<Option<u16>, Answers>;

struct Maker<'a> {
    codebook: &'a Codebook,
    plan: &'a Plan,
    pooled: BTreeMap<(u16, u16), ByGroup>,
    weights: Vec<Fraction>,
}

impl Maker<'_> {
    fn unit(&self, unit: u16) -> UnitResult {
        let of = &self.plan.units[unit as usize];
        let applies = self.plan.leaves_for(of.group.as_deref());
        let mut all = ByGroup::new();
        let mut indicators = Vec::with_capacity(self.weights.len());
        let (mut index, mut without) = (Fraction::zero(), Vec::new());
        for (leaf, applies) in applies.into_iter().enumerate() {
            let weight = if applies { self.weights[leaf].clone() } else { Fraction::zero() };
            let none = ByGroup::new();
            let by_group = self.pooled.get(&(unit, leaf as u16)).unwrap_or(&none);
            for (group, answers) in by_group.iter().filter(|_| !weight.is_zero()) {
                all.entry(*group).or_default().add(answers);
            }
            let measure = self.measure(unit, Some(leaf as u16), by_group);
            let id = self.codebook.leaves()[leaf].clone();
            match &measure.score {
                // An indicator of weight 0 is shown for reference.
                _ if weight.is_zero() => {}
                Ok(score) => index += &weight * score,
                Err(_) => without.push(id.clone()),
            }
            let groups = by_group.iter().filter(|_| !self.plan.rater_groups.is_empty());
            let by_group = groups.map(|(group, answers)| {
                let id = group.map(|at| self.plan.rater_groups[at as usize].id.clone());
                (id, self.pooled_measure(unit, Some(leaf as u16), answers))
            });
            let by_group = by_group.collect();
            indicators.push(IndicatorResult { indicator: id, applies, weight, measure, by_group });
        }
        let overall = self.measure(unit, None, &all);
        let index = match () {
            () if overall.valid == Some(0) => Err(Undefined::NoAnswers),
            () if !without.is_empty() => Err(Undefined::NoScoreFor(without)),
            () => Ok(index),
        };
        UnitResult { unit: of.id.clone(), group: of.group.clone(), index, rank: None, overall, indicators }
    }

    /// Of one indicator, or of all (`leaf` None), with rater groups weighted as the plan says.
    fn measure(&self, unit: u16, leaf: Option<u16>, by_group: &ByGroup) -> Measure {
        let mut all = Answers::default();
        by_group.values().for_each(|answers| all.add(answers));
        let mut measure = self.pooled_measure(unit, leaf, &all);
        if self.plan.rater_groups.iter().any(|group| group.weight.is_some()) {
            let scales = &self.plan.scales;
            measure.score = self.weighted(by_group, |answers| answers.score(scales));
            measure.rate = self.weighted(by_group, |answers| answers.rate(scales));
            measure.interval = None;
        }
        measure
    }

    /// Σ W_g R_g.
    fn weighted(&self, by_group: &ByGroup, value: impl Fn(&Answers) -> Option<Fraction>) -> Estimate {
        let (mut sum, mut without) = (Fraction::zero(), Vec::new());
        for (at, group) in self.plan.rater_groups.iter().enumerate() {
            let weight = group.weight.map(fraction).unwrap_or_default();
            if weight.is_zero() {
                continue;
            }
            match by_group.get(&Some(at as u16)).and_then(&value) {
                Some(value) => sum += weight * value,
                None => without.push(group.id.clone()),
            }
        }
        match without.len() {
            0 => Ok(sum),
            _ if by_group.values().all(|answers| answers.valid() == 0) => Err(Undefined::NoAnswers),
            _ => Err(Undefined::NoAnswersFrom(without)),
        }
    }

    fn pooled_measure(&self, unit: u16, leaf: Option<u16>, answers: &Answers) -> Measure {
        let scales = &self.plan.scales;
        let (valid, satisfied) = (answers.valid(), answers.satisfied(scales));
        let known = |value: Option<Fraction>| value.ok_or(Undefined::NoAnswers);
        let interval = wilson(satisfied, valid).filter(|_| self.is_one_answer_each(unit, leaf));
        Measure {
            grades: self.grades(unit, leaf, answers),
            valid: Some(valid),
            dont_know: Some(answers.dont_know),
            refused: Some(answers.refused),
            blank: Some(answers.blank),
            not_asked: Some(answers.not_asked),
            score: known(answers.score(scales)),
            rate: known(answers.rate(scales)),
            dont_know_rate: known(answers.dont_know_rate()),
            variance_population: known(answers.variance_population(scales)),
            variance_sample: known(answers.variance_sample(scales)),
            interval: interval.map(|(low, high)| Interval { low, high, nominal: answers.by_web > 0 }),
        }
    }

    /// The questions of one unit, in each questionnaire, for one indicator or all that have a weight.
    fn scales_asked(&self, unit: u16, leaf: Option<u16>) -> impl Iterator<Item = impl Iterator<Item = u16>> {
        let meant = move |indicator: u16| match leaf {
            Some(leaf) => leaf == indicator,
            None => !self.weights[indicator as usize].is_zero(),
        };
        self.codebook.instruments().iter().map(move |instrument| {
            let asked = instrument.questions.iter();
            let asked = asked.filter(move |question| question.unit == unit && meant(question.indicator));
            asked.map(|question| question.scale)
        })
    }

    fn is_one_answer_each(&self, unit: u16, leaf: Option<u16>) -> bool {
        self.scales_asked(unit, leaf).all(|asked| asked.count() <= 1)
    }

    /// Grades of every scale on which the plan asks it, zeros included.
    fn grades(&self, unit: u16, leaf: Option<u16>, answers: &Answers) -> Vec<GradeCount> {
        let asked: BTreeSet<u16> = self.scales_asked(unit, leaf).flatten().collect();
        let listed = asked.into_iter().flat_map(|at| {
            let scale = &self.plan.scales[at as usize];
            let counts = answers.grades.get(&at);
            scale.grades.iter().enumerate().map(move |(place, grade)| GradeCount {
                scale: scale.id.clone(),
                grade: grade.name.clone(),
                points: grade.score,
                satisfied: grade.satisfied,
                count: Some(counts.map_or(0, |counts| counts[place])),
            })
        });
        listed.collect()
    }
}
