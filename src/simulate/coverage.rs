use super::chance::{Of, chance};
use super::population::one_of;
use super::round::record_id;
use super::{Conduct, NobodyToAsk, Population, interview};
use crate::expression::Host;
use crate::ledger::{Codebook, CodebookError, Row, Unfit};
use crate::plan::Plan;
use crate::scores::{Counted, Precise, Scored, scored};
use crate::session::{BeginError, Opening, PlanRef, Session};
use crate::tally::{Estimate, Fraction, UnitResult, wilson};
use num_traits::ToPrimitive;
use std::collections::BTreeMap;
use std::fmt;
use std::rc::Rc;
use std::sync::Arc;

/// How often stated intervals held what would have come out if all had been asked.
#[derive(Clone, Debug, PartialEq)]
pub struct Coverage {
    pub population: usize,
    /// People in each sample, drawn with replacement: the intervals assume a population without end.
    pub sample: usize,
    pub samples: usize,
    pub units: Vec<UnitCoverage>,
    /// Classes in samples: those where the rank ranges of all units held at once.
    pub classes: Held,
}

/// What an interval is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stated {
    /// Satisfaction rate of a unit on an indicator.
    Rate,
    /// Score of a unit on an indicator.
    Score,
    Index,
    /// The index minus the mean of its class.
    AgainstClass,
    /// The places that a unit may have in its class.
    Rank,
}

impl Stated {
    pub const ALL: [Stated; 5] = [Stated::Rate, Stated::Score, Stated::Index, Stated::AgainstClass, Stated::Rank];
}

/// Intervals that were stated, and of these those that held the truth.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Held {
    pub stated: u64,
    pub held: u64,
}

/// The intervals of one unit over all samples.
#[derive(Clone, Debug, PartialEq)]
pub struct UnitCoverage {
    /// Id of the unit.
    pub unit: String,
    /// In the order of [`Stated::ALL`].
    of: [Held; Stated::ALL.len()],
}

impl UnitCoverage {
    pub fn of(&self, stated: Stated) -> Held {
        self.of[stated as usize]
    }

    fn note(&mut self, stated: Stated, held: bool) {
        self.of[stated as usize].note(held);
    }
}

impl Held {
    fn note(&mut self, held: bool) {
        self.stated += 1;
        self.held += u64::from(held);
    }

    /// Share of intervals that held, with Wilson's interval as if they were independent; None where none was stated.
    pub fn share(self) -> Option<(f64, f64, f64)> {
        let (low, high) = wilson(self.held, self.stated)?;
        Some((self.held as f64 / self.stated as f64, low, high))
    }
}

impl Coverage {
    pub fn of(&self, stated: Stated) -> Held {
        let add = |sum: Held, unit: &UnitCoverage| {
            let own = unit.of(stated);
            Held { stated: sum.stated + own.stated, held: sum.held + own.held }
        };
        self.units.iter().fold(Held::default(), add)
    }
}

/// Why a plan cannot be simulated.
#[derive(Debug)]
pub enum CoverageError {
    Nobody(NobodyToAsk),
    Codebook(CodebookError),
    Begin(BeginError),
    /// The engine made a record that the ledger does not take: a fault of this program.
    Unfit(String, Unfit),
    UnknownRound(String),
}

impl fmt::Display for CoverageError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            CoverageError::Nobody(error) => error.fmt(f),
            CoverageError::Codebook(error) => error.fmt(f),
            CoverageError::Begin(error) => write!(f, "the questionnaire does not run: {error:?}"),
            CoverageError::Unfit(id, unfit) => {
                write!(
                    f,
                    "the ledger does not take the record {id} that the engine made: {unfit:?}; please report this"
                )
            }
            CoverageError::UnknownRound(round) => write!(f, "the plan has no round `{round}`"),
        }
    }
}

impl std::error::Error for CoverageError {}

/// Asks everybody, then draws `samples` samples of `sample` people and compares all intervals with what all said. `progress` is
/// told after each sample. How many people the plan says there are is left aside, since the samples are drawn with replacement.
///
/// # Errors
/// [`CoverageError`], before any sample is drawn.
pub fn coverage(
    plan: &Rc<Plan>,
    reference: &PlanRef,
    round: &str,
    population: &Population,
    (sample, samples): (usize, usize),
    host: &'static dyn Host,
    mut progress: impl FnMut(),
) -> Result<Coverage, CoverageError> {
    let mut endless = Plan::clone(plan);
    endless.rater_groups.iter_mut().for_each(|group| group.population = None);
    endless.strata.iter_mut().for_each(|stratum| stratum.population = None);
    let plan = &Rc::new(endless);
    let codebook = Codebook::new(plan, reference, host).map_err(CoverageError::Codebook)?;
    let codebook = Arc::new(codebook);
    let rows = census(plan, reference, round, population, &codebook, host)?;
    let said = |rows: Vec<&Row>| {
        scored(&Counted::of_rows(codebook.clone(), rows), round)
            .ok_or_else(|| CoverageError::UnknownRound(round.to_owned()))
    };
    let truth = said(rows.iter().collect())?;
    let none = |unit: &UnitResult| UnitCoverage { unit: unit.unit.clone(), of: Default::default() };
    let mut units: Vec<UnitCoverage> = truth.results.units.iter().map(none).collect();
    let mut classes = Held::default();
    for number in 0..samples {
        let mut draws = chance(population.seed(), Of::Sample, number as u64, 0);
        let drawn: Vec<usize> = (0..sample).map(|_| one_of(&mut draws, rows.len())).collect();
        let found = said(drawn.iter().map(|at| &rows[*at]).collect())?;
        compare(&truth, &found, &mut units, &mut classes);
        progress();
    }
    Ok(Coverage { population: rows.len(), sample, samples, units, classes })
}

/// What all would say.
///
/// # Errors
/// As [`coverage`].
pub fn census(
    plan: &Rc<Plan>,
    reference: &PlanRef,
    round: &str,
    population: &Population,
    codebook: &Codebook,
    host: &'static dyn Host,
) -> Result<Vec<Row>, CoverageError> {
    let ask = |(at, person): (usize, &super::Person)| {
        let id = record_id(!population.seed(), at);
        let session = person.opened(plan, reference, round, id.clone(), host).map_err(CoverageError::Begin)?;
        let asked = interview(population, at, Conduct::Honest, session);
        codebook.pack(&asked.record).map_err(|unfit| CoverageError::Unfit(id, unfit))
    };
    population.people().iter().enumerate().map(ask).collect()
}

impl super::Person {
    /// A new interview with this person.
    pub fn opened(
        &self,
        plan: &Rc<Plan>,
        reference: &PlanRef,
        round: &str,
        id: String,
        host: &'static dyn Host,
    ) -> Result<Session, BeginError> {
        let opening = Opening {
            plan: reference.clone(),
            round: round.to_owned(),
            questionnaire: self.questionnaire.clone(),
            mode: self.mode,
            rater_group: self.rater_group.clone(),
            stratum: self.stratum.clone(),
            link: None,
            full: Vec::new(),
        };
        let language = plan.languages.first().map_or("", String::as_str);
        Session::begin(plan.clone(), opening, id, language, host)
    }
}

fn compare(truth: &Scored, found: &Scored, units: &mut [UnitCoverage], classes: &mut Held) {
    let holds = |precise: &Precise, truth: Option<f64>| {
        let (precision, truth) = (precise.as_ref().ok()?, truth?);
        Some(precision.low <= truth && truth <= precision.high)
    };
    let float = |estimate: &Estimate| estimate.as_ref().ok().and_then(Fraction::to_f64);
    // By class: whether all ranges hold. None: a unit has no rank, here or there.
    let mut ranges: BTreeMap<Option<&str>, Option<bool>> = BTreeMap::new();
    for (place, unit) in units.iter_mut().enumerate() {
        let (truth_of, found_of) = (&truth.results.units[place], &found.results.units[place]);
        let (truly, scored) = (&truth.units[place], &found.units[place]);
        let mut note = |stated, held: Option<bool>| held.into_iter().for_each(|held| unit.note(stated, held));
        for (truth, found) in truth_of.indicators.iter().zip(&scored.indicators) {
            note(Stated::Rate, holds(&found.worth.rate, float(&truth.measure.rate)));
            note(Stated::Score, holds(&found.worth.score, float(&truth.measure.score)));
        }
        note(Stated::Index, holds(&scored.index, float(&truth_of.index)));
        let class = truly.against_class.as_ref().zip(scored.against_class.as_ref());
        note(Stated::AgainstClass, class.and_then(|(truth, found)| holds(&found.precision, truth.difference.to_f64())));
        let all = ranges.entry(found_of.group.as_deref()).or_insert(Some(true));
        let range = truly.rank.zip(scored.rank).filter(|_| class.is_some());
        let held = range.map(|(truth, found)| found.best <= truth.rank && truth.rank <= found.worst);
        note(Stated::Rank, held);
        *all = all.zip(held).map(|(all, held)| all && held);
    }
    ranges.into_values().flatten().for_each(|held| classes.note(held));
}
