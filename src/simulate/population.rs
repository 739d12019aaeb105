use super::chance::{Of, chance};
use crate::plan::{Mode, Plan, Questionnaire, Scale};
use rand_chacha::ChaCha8Rng;
use rand_distr::{Distribution, StandardNormal, StandardUniform};
use std::fmt;

/// Standard deviations of the parts of an opinion.
const OF_UNIT: f64 = 0.45;
const OF_INDICATOR: f64 = 0.25;
const OF_GROUP: f64 = 0.2;
const OF_PERSON: f64 = 0.6;
const OF_CHANCE: f64 = 0.8;
/// People are kinder than the middle of the scale.
const KINDNESS: f64 = 0.4;
/// The best grade is given above the first of these, the worst below the last; the others between them at equal distances.
const BEST: f64 = 0.9;
const WORST: f64 = -1.1;
/// A unit is unknown to a share of the people up to this.
const UNKNOWN: f64 = 0.3;

/// People whose answers follow from the seed: who is asked twice says the same.
pub struct Population {
    seed: u64,
    people: Vec<Person>,
    units: Vec<Known>,
    indicators: Vec<(String, f64)>,
    groups: Vec<f64>,
}

struct Known {
    id: String,
    quality: f64,
    unknown: f64,
}

/// Somebody who can be asked.
#[derive(Clone, Debug, PartialEq)]
pub struct Person {
    /// Id of the questionnaire for this person.
    pub questionnaire: String,
    pub mode: Mode,
    pub rater_group: Option<String>,
    pub stratum: Option<String>,
    /// How much kinder than others, in standard deviations.
    pub leniency: f64,
    group: Option<usize>,
}

/// No questionnaire of the plan is for anybody: each names rater groups or modes that the others exclude.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NobodyToAsk;

impl fmt::Display for NobodyToAsk {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("no rater group of the plan is asked a questionnaire in any of the plan's modes; add one to its `questionnaires`")
    }
}

impl std::error::Error for NobodyToAsk {}

pub(super) fn normal(draws: &mut ChaCha8Rng) -> f64 {
    StandardNormal.sample(draws)
}

/// From 0 to 1, 1 left out.
pub(super) fn share(draws: &mut ChaCha8Rng) -> f64 {
    StandardUniform.sample(draws)
}

/// One of so many.
pub(super) fn one_of(draws: &mut ChaCha8Rng, count: usize) -> usize {
    ((share(draws) * count as f64) as usize).min(count.saturating_sub(1))
}

/// One of these, each as likely as its weight says; without weights all the same.
fn weighted(draws: &mut ChaCha8Rng, weights: &[f64]) -> usize {
    let mut left = share(draws) * weights.iter().sum::<f64>();
    for (at, weight) in weights.iter().enumerate() {
        left -= weight;
        if left < 0.0 {
            return at;
        }
    }
    one_of(draws, weights.len())
}

/// Numbers of people wanted, where the plan says them for all.
fn shares(wanted: impl Iterator<Item = Option<f64>> + Clone) -> Vec<f64> {
    match wanted.clone().collect::<Option<Vec<f64>>>() {
        Some(all) if all.iter().any(|x| *x > 0.0) => all,
        _ => wanted.map(|_| 1.0).collect(),
    }
}

impl Population {
    /// So many people for this plan. Rater groups are as large as their targets say, strata as their populations, where the
    /// plan has them for all; otherwise all are the same size.
    ///
    /// # Errors
    /// [`NobodyToAsk`].
    pub fn new(plan: &Plan, round: &str, size: usize, seed: u64) -> Result<Population, NobodyToAsk> {
        let mut draws = chance(seed, Of::Units, 0, 0);
        let units = plan.units.iter().map(|unit| Known {
            id: unit.id.clone(),
            quality: normal(&mut draws) * OF_UNIT,
            unknown: share(&mut draws) * UNKNOWN,
        });
        let units = units.collect();
        let leaves = plan.leaf_indicators();
        let indicators = leaves.iter().map(|(leaf, _)| (leaf.id.clone(), normal(&mut draws) * OF_INDICATOR)).collect();
        let groups: Vec<f64> = plan.rater_groups.iter().map(|_| normal(&mut draws) * OF_GROUP).collect();
        let asked = asked(plan, round);
        if asked.is_empty() {
            return Err(NobodyToAsk);
        }
        let of_group = |group: Option<usize>| match group {
            Some(at) => plan.rater_groups[at].target.map(f64::from),
            None => None,
        };
        let sizes = shares(asked.iter().map(|(group, _)| of_group(*group)));
        let strata = shares(plan.strata.iter().map(|stratum| stratum.population.map(|people| people as f64)));
        let people = (0..size).map(|at| {
            let mut draws = chance(seed, Of::People, at as u64, 0);
            let (group, ways) = &asked[weighted(&mut draws, &sizes)];
            let mut way = ways[one_of(&mut draws, ways.len())];
            let stratum = (!strata.is_empty()).then(|| &plan.strata[weighted(&mut draws, &strata)]);
            if let Some(stratum) = stratum.filter(|stratum| !stratum.takes(way.1)) {
                let here: Ways = ways.iter().copied().filter(|(_, mode)| stratum.takes(*mode)).collect();
                // A group that nobody asks there is asked as elsewhere: the plan says nothing better.
                if !here.is_empty() {
                    way = here[one_of(&mut draws, here.len())];
                }
            }
            let (questionnaire, mode) = way;
            let stratum = stratum.filter(|stratum| stratum.takes(mode)).map(|stratum| stratum.id.clone());
            Person {
                questionnaire: questionnaire.id.clone(),
                mode,
                rater_group: group.map(|at| plan.rater_groups[at].id.clone()),
                stratum,
                leniency: normal(&mut draws),
                group: *group,
            }
        });
        let people = people.collect();
        Ok(Population { seed, people, units, indicators, groups })
    }

    pub fn people(&self) -> &[Person] {
        &self.people
    }

    pub fn seed(&self) -> u64 {
        self.seed
    }

    /// Whether this person has an opinion of the unit.
    pub fn knows(&self, person: usize, unit: &str) -> bool {
        let Some((at, known)) = self.units.iter().enumerate().find(|(_, known)| known.id == unit) else { return true };
        share(&mut chance(self.seed, Of::Opinion, person as u64, at as u64)) >= known.unknown
    }

    /// The place in the scale of the grade that this person would give: 0 is the best.
    pub fn grade(&self, person: usize, unit: &str, indicator: &str, scale: &Scale) -> usize {
        let place = |found: Option<usize>| found.map_or(0, |at| at as u64 + 1);
        let unit_at = self.units.iter().position(|known| known.id == unit);
        let indicator_at = self.indicators.iter().position(|(id, _)| id == indicator);
        let cell = place(unit_at) << 32 | place(indicator_at);
        let mut draws = chance(self.seed, Of::Opinion, person as u64, cell | 1 << 63);
        let who = &self.people[person];
        let opinion = KINDNESS
            + unit_at.map_or(0.0, |at| self.units[at].quality)
            + indicator_at.map_or(0.0, |at| self.indicators[at].1)
            + who.group.map_or(0.0, |at| self.groups[at])
            + who.leniency * OF_PERSON
            + normal(&mut draws) * OF_CHANCE;
        let grades = scale.grades.len();
        let distance = if grades > 2 { (BEST - WORST) / (grades - 2) as f64 } else { 0.0 };
        let best = if grades > 2 { BEST } else { 0.0 };
        (0..grades.saturating_sub(1))
            .find(|at| opinion > best - distance * *at as f64)
            .unwrap_or(grades.saturating_sub(1))
    }

    /// What else this person answers, in the order of the questions.
    pub(super) fn answers(&self, person: usize) -> ChaCha8Rng {
        chance(self.seed, Of::Answers, person as u64, 0)
    }
}

type Ways<'a> = Vec<(&'a Questionnaire, Mode)>;

/// Rater groups (None: the plan has none) and how each may be asked what. Groups that nothing is asked are left out.
fn asked<'a>(plan: &'a Plan, round: &str) -> Vec<(Option<usize>, Ways<'a>)> {
    let groups: Vec<Option<usize>> = match plan.rater_groups.len() {
        0 => vec![None],
        count => (0..count).map(Some).collect(),
    };
    let fits = |questionnaire: &Questionnaire, group: Option<usize>, mode: Mode| {
        let id = group.map(|at| &plan.rater_groups[at].id);
        let for_group = questionnaire.rater_groups.is_empty() || id.is_some_and(|id| questionnaire.is_for_group(id));
        for_group && questionnaire.is_for_mode(mode) && questionnaire.is_for_round(round)
    };
    let ways = |group: Option<usize>| {
        let modes = plan.modes.iter();
        modes
            .filter_map(move |&mode| plan.questionnaires.iter().find(|q| fits(q, group, mode)).map(|q| (q, mode)))
            .collect()
    };
    { groups }.into_iter().map(|group| (group, ways(group))).filter(|(_, ways): &(_, Ways)| !ways.is_empty()).collect()
}
