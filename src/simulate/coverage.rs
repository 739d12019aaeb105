use super::chance::{Of, chance};
use super::population::one_of;
use super::round::record_id;
use super::{Conduct, NobodyToAsk, Population, interview};
use crate::expression::Host;
use crate::ledger::{Codebook, CodebookError, Row, Unfit};
use crate::plan::Plan;
use crate::session::{BeginError, Opening, PlanRef, Session};
use crate::tally::{Fraction, Results, Tally, results, wilson};
use num_traits::ToPrimitive;
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
}

/// The intervals of one unit's satisfaction rates.
#[derive(Clone, Debug, PartialEq)]
pub struct UnitCoverage {
    /// Id of the unit.
    pub unit: String,
    /// Intervals that were stated, over its indicators and all samples.
    pub stated: u64,
    /// Of these, intervals that held the truth.
    pub held: u64,
}

impl Coverage {
    pub fn stated(&self) -> u64 {
        self.units.iter().map(|unit| unit.stated).sum()
    }

    pub fn held(&self) -> u64 {
        self.units.iter().map(|unit| unit.held).sum()
    }

    /// Share of intervals that held, with Wilson's interval as if they were independent; None where none was stated.
    pub fn share(&self) -> Option<(f64, f64, f64)> {
        let (low, high) = wilson(self.held(), self.stated())?;
        Some((self.held() as f64 / self.stated() as f64, low, high))
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

/// Asks everybody, then draws `samples` samples of `sample` people and compares the intervals of the satisfaction rates with
/// what all said. `progress` is told after each sample.
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
    let codebook = Codebook::new(plan, reference, host).map_err(CoverageError::Codebook)?;
    let codebook = Arc::new(codebook);
    let rows = census(plan, reference, round, population, &codebook, host)?;
    let said = |rows: &mut dyn Iterator<Item = &Row>| {
        results(&Tally::of_rows(codebook.clone(), rows), round)
            .ok_or_else(|| CoverageError::UnknownRound(round.to_owned()))
    };
    let truth = said(&mut rows.iter())?;
    let mut units: Vec<UnitCoverage> =
        truth.units.iter().map(|unit| UnitCoverage { unit: unit.unit.clone(), stated: 0, held: 0 }).collect();
    for number in 0..samples {
        let mut draws = chance(population.seed(), Of::Sample, number as u64, 0);
        let drawn: Vec<usize> = (0..sample).map(|_| one_of(&mut draws, rows.len())).collect();
        let found = said(&mut drawn.iter().map(|at| &rows[*at]))?;
        compare(&truth, &found, &mut units);
        progress();
    }
    Ok(Coverage { population: rows.len(), sample, samples, units })
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

fn compare(truth: &Results, found: &Results, units: &mut [UnitCoverage]) {
    for ((truth, found), unit) in truth.units.iter().zip(&found.units).zip(units) {
        for (truth, found) in truth.indicators.iter().zip(&found.indicators) {
            let rate = truth.measure.rate.as_ref().ok().and_then(Fraction::to_f64);
            if let (Some(rate), Some(interval)) = (rate, found.measure.interval) {
                unit.stated += 1;
                unit.held += u64::from(interval.low <= rate && rate <= interval.high);
            }
        }
    }
}
