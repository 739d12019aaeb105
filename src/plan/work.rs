//! Work steps 工作步骤: what an evaluation needs that no questionnaire does, such as a meeting, a training, a hotline, feedback to units.
//!
//! They are the office's: a published plan holds none, so that a meeting can be moved without a new plan for everyone who
//! answers. The plan keeps their text; who needs them reads them, and the answering app carries no reader.

mod ics;

pub use ics::to_ics;

use super::{Plan, Round, Text, parse};
use crate::expression::{civil_from_days, parse_day};
use crate::json::{self, JsonError, Node};
use serde::{Serialize, Serializer};

#[cfg(feature = "schema")]
use schemars::JsonSchema;

/// Something to do: between two days of the calendar, or so many days from where a round opens or closes.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[cfg_attr(feature = "schema", schemars(deny_unknown_fields))]
pub struct WorkStep {
    pub id: String,
    /// What is to be done.
    pub label: Text,
    /// Who sees to it: an office or a role, never a person.
    pub owner: Text,
    /// The document that it leaves, such as minutes or a list.
    pub produces: Option<Text>,
    /// First day, `YYYY-MM-DD`. A step has either this or `from_day`.
    #[cfg_attr(feature = "schema", schemars(regex(pattern = r"^\d{4}-\d{2}-\d{2}$")))]
    pub from: Option<String>,
    /// Last day, `YYYY-MM-DD`; without it the step takes one day.
    #[cfg_attr(feature = "schema", schemars(regex(pattern = r"^\d{4}-\d{2}-\d{2}$")))]
    pub to: Option<String>,
    /// First day, counted from the day of the round: 0 is that day, -14 is two weeks before.
    #[cfg_attr(feature = "schema", schemars(range(min = -1000, max = 1000)))]
    pub from_day: Option<i32>,
    /// Last day, counted likewise; without it the step takes one day.
    #[cfg_attr(feature = "schema", schemars(range(min = -1000, max = 1000)))]
    pub to_day: Option<i32>,
    /// Day of the round from which `from_day` and `to_day` count; `opens` where it is not written.
    pub relative_to: Option<Edge>,
    /// Id of the round that is meant; without it the step is done in every round.
    pub round: Option<String>,
}

/// Where a round begins or ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename_all = "snake_case"))]
pub enum Edge {
    /// The first day of the round.
    Opens,
    /// The last day of the round.
    Closes,
}

/// The work steps of a plan, as the plan's text has them.
#[derive(Clone, Debug, Default)]
pub struct WorkSteps(String);

impl WorkSteps {
    pub(super) fn keep(node: Node) -> WorkSteps {
        if !node.is_list() {
            node.expected("a list");
        }
        WorkSteps(node.raw().to_owned())
    }

    /// Steps that were kept apart from their plan, by [`WorkSteps::text`].
    pub fn of(text: String) -> WorkSteps {
        WorkSteps(text)
    }

    /// The list as JSON; empty where the plan has none.
    pub fn text(&self) -> &str {
        &self.0
    }

    pub fn is_empty(&self) -> bool {
        self.0.trim_matches(['[', ']']).trim().is_empty()
    }

    /// The steps, in the plan's order.
    ///
    /// # Errors
    /// The first thing that is not as the format has it; never of a plan that was loaded.
    pub fn read(&self) -> Result<Vec<WorkStep>, JsonError> {
        if self.is_empty() { Ok(Vec::new()) } else { json::read(&self.0, |node| node.as_list(step)) }
    }
}

/// The same steps, however they are written.
impl PartialEq for WorkSteps {
    fn eq(&self, other: &WorkSteps) -> bool {
        self.0 == other.0 || matches!((self.read(), other.read()), (Ok(these), Ok(those)) if these == those)
    }
}

/// As they were written.
impl Serialize for WorkSteps {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let raw = serde_json::value::RawValue::from_string(self.0.clone()).map_err(serde::ser::Error::custom)?;
        raw.serialize(serializer)
    }
}

fn step(node: Node) -> WorkStep {
    let node =
        node.only(&["id", "label", "owner", "produces", "from", "to", "from_day", "to_day", "relative_to", "round"]);
    let edge = |node: Node| [Edge::Opens, Edge::Closes][node.as_one_of(&["opens", "closes"])];
    WorkStep {
        id: node.text("id"),
        label: node.object("label", parse::text),
        owner: node.object("owner", parse::text),
        produces: node.find("produces").map(parse::text),
        from: node.text_or_none("from"),
        to: node.text_or_none("to"),
        from_day: node.find("from_day").map(day),
        to_day: node.find("to_day").map(day),
        relative_to: node.find("relative_to").map(edge),
        round: node.text_or_none("round"),
    }
}

fn day(node: Node) -> i32 {
    match node.as_integer().and_then(|day| i32::try_from(day).ok()) {
        Some(day) => day,
        None => {
            node.expected("a whole number of days");
            0
        }
    }
}

/// A work step in the calendar.
#[derive(Clone, Debug, PartialEq)]
pub struct Dated<'a> {
    pub step: &'a WorkStep,
    /// The round that it belongs to; None: it has days of its own.
    pub round: Option<&'a Round>,
    /// First and last day since 1970-01-01; None: the plan does not say yet when the round is.
    pub days: Option<(i64, i64)>,
}

/// How a step stands to a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum When {
    /// It begins later.
    Ahead,
    /// It is to be done now.
    Due,
    /// Its last day is over: what is not done by then is late.
    Over,
    /// Its days are not known.
    Unknown,
}

impl Dated<'_> {
    pub fn on(&self, day: i64) -> When {
        match self.days {
            None => When::Unknown,
            Some((from, _)) if day < from => When::Ahead,
            Some((_, to)) if day <= to => When::Due,
            Some(_) => When::Over,
        }
    }
}

/// A day since 1970-01-01 as `YYYY-MM-DD`.
pub fn write_day(day: i64) -> String {
    let (year, month, day) = civil_from_days(day);
    format!("{year:04}-{month:02}-{day:02}")
}

/// Every step with its days, those of every round once for each round: by their first day, those without days last.
pub fn calendar<'a>(plan: &'a Plan, steps: &'a [WorkStep]) -> Vec<Dated<'a>> {
    let mut all: Vec<Dated> = steps.iter().flat_map(|step| occurrences(plan, step)).collect();
    all.sort_by_key(|dated| dated.days.map_or((1, 0, 0), |(from, to)| (0, from, to)));
    all
}

fn occurrences<'a>(plan: &'a Plan, step: &'a WorkStep) -> Vec<Dated<'a>> {
    if let Some(from) = step.from.as_deref().and_then(parse_day) {
        let to = step.to.as_deref().and_then(parse_day).unwrap_or(from);
        return vec![Dated { step, round: None, days: Some((from, to)) }];
    }
    let first = step.from_day.unwrap_or(0);
    let last = step.to_day.unwrap_or(first);
    let meant = plan.rounds.iter().filter(|round| step.round.as_ref().is_none_or(|id| *id == round.id));
    let dated = meant.map(|round| {
        let from = match step.relative_to {
            Some(Edge::Closes) => &round.closes,
            Some(Edge::Opens) | None => &round.opens,
        };
        let days = from.as_deref().and_then(parse_day).map(|day| (day + i64::from(first), day + i64::from(last)));
        Dated { step, round: Some(round), days }
    });
    dated.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLAN: &str = include_str!("../../tests/vectors/plan/good/work-steps.json");

    fn plan() -> Plan {
        crate::plan::load(PLAN).unwrap()
    }

    fn day(text: &str) -> i64 {
        parse_day(text).unwrap()
    }

    #[test]
    fn a_step_has_its_own_days_or_those_of_each_round_or_of_one() {
        let plan = plan();
        let steps = plan.work_steps.read().unwrap();
        let found: Vec<String> = calendar(&plan, &steps)
            .iter()
            .map(|dated| {
                let days =
                    dated.days.map_or("?".into(), |(from, to)| format!("{}..{}", write_day(from), write_day(to)));
                format!("{} {} {days}", dated.step.id, dated.round.map_or("-", |round| &round.id))
            })
            .collect();
        assert_eq!(
            found,
            [
                "launch - 2026-05-11..2026-05-20",
                "training june 2026-05-18..2026-05-22",
                "hotline - 2026-06-01..2026-06-01",
                "feedback june 2026-07-10..2026-07-20",
                "training november ?",
                "feedback november ?",
                "closing november ?",
            ]
        );
    }

    #[test]
    fn a_step_is_due_from_its_first_day_to_its_last() {
        let plan = plan();
        let steps = plan.work_steps.read().unwrap();
        let all = calendar(&plan, &steps);
        let on = |text: &str| all[0].on(day(text));
        assert_eq!(
            ["2026-05-10", "2026-05-11", "2026-05-20", "2026-05-21"].map(on),
            [When::Ahead, When::Due, When::Due, When::Over]
        );
        assert_eq!(all[4].on(day("2026-05-21")), When::Unknown);
    }

    #[test]
    fn a_step_that_is_no_step_is_refused_where_it_is() {
        for (found, expected) in
            [("\"from_day\": -14", "\"from_day\": 1.5"), ("\"relative_to\": \"closes\"", "\"relative_to\": \"ends\"")]
        {
            let text = PLAN.replacen(found, expected, 1);
            assert!(Plan::parse(&text).unwrap().work_steps.read().is_err(), "{expected}");
            assert!(crate::plan::load(&text).is_err(), "{expected}");
        }
    }
}
