use super::{Sheet, Slip};
use crate::expression::Host;
use crate::plan::{Mode, Plan};
use crate::session::{Answer, BeginError, Disposition, Event, Opening, PlanRef, Record, Session};
use std::rc::Rc;

/// Reason of a session that was voided because the paper ballot is spoiled.
pub const SPOILED: &str = "spoiled";

/// Why a paper ballot is no record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PaperError {
    /// The plan cannot begin such an interview: no mode `hall`, another version.
    Begin(BeginError),
    /// The engine refuses a mark: the name of the item. Never, unless sheet and plan disagree.
    Refused(String),
}

/// What the record of a paper ballot says about where it is from.
#[derive(Clone, Copy, Debug)]
pub struct From<'a> {
    pub plan: &'a Rc<Plan>,
    pub reference: &'a PlanRef,
    pub round: &'a str,
    pub questionnaire: &'a str,
    /// Empty: none.
    pub rater_group: &'a str,
}

/// A settled ballot as a record, mark by mark through the engine that asks people. What was left blank, or could not be read as one
/// answer, is left unanswered: a ballot that leaves something required so is a record that was broken off.
pub fn paper_record(
    from: From<'_>,
    sheet: &Sheet,
    slip: &Slip,
    id: String,
    host: &'static dyn Host,
) -> Result<Record, PaperError> {
    let opening = Opening {
        plan: from.reference.clone(),
        round: from.round.to_owned(),
        questionnaire: from.questionnaire.to_owned(),
        mode: Mode::Hall,
        rater_group: Some(from.rater_group.to_owned()).filter(|id| !id.is_empty()),
        stratum: None,
        link: None,
        // A paper that was given out is counted: no quota turns it away.
        full: Vec::new(),
    };
    let language = from.plan.languages.first().map_or("", String::as_str);
    let mut session = Session::begin(from.plan.clone(), opening, id, language, host).map_err(PaperError::Begin)?;
    for (field, mark) in sheet.fields.iter().zip(slip.marks.chars()) {
        let Some(choice) = field.choice(mark) else { continue };
        let (item, name) = (field.item.clone(), choice.name.clone());
        let event = match (&field.unit, &field.indicator) {
            (Some(unit), Some(indicator)) => {
                Event::Graded { item, unit: unit.clone(), indicator: indicator.clone(), grade: Some(name) }
            }
            _ => Event::Answered { item, value: Answer::Text(name) },
        };
        session.apply(event).map_err(|_| PaperError::Refused(field.item.clone()))?;
    }
    let closed = session.close(Disposition::Complete).or_else(|_| session.close(Disposition::Partial));
    closed.map_err(|_| PaperError::Refused(String::new()))
}
