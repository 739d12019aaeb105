//! Any text is a plan or refused in words; a plan without errors is read as devices read it, and an interview on it takes
//! events and closes.

use minping::expression::Plain;
use minping::plan::{self, Digest, Plan, Severity};
use minping::session::{Answer, Disposition, Event, Opening, PlanRef, Record, Session};
use std::rc::Rc;

/// Answers whether an interview was held.
pub fn run(text: &str) -> bool {
    let problems = plan::check(text);
    for problem in &problems {
        assert!(!problem.found("zh").is_empty() && !problem.advice("en").is_empty());
    }
    if problems.iter().any(|problem| problem.severity() == Severity::Error) {
        // What the checker refuses a device may still be handed: it must not fall over it.
        if let Ok(plan) = plan::read(text) {
            return interview(Rc::new(plan), false);
        }
        return false;
    }
    let plan = plan::load(text).expect("what has no error is loaded");
    assert_eq!(plan::read(text).expect("what is loaded is read"), plan);
    interview(Rc::new(plan), true)
}

fn interview(plan: Rc<Plan>, sound: bool) -> bool {
    let Some(digest) = Digest::parse(&"A".repeat(43)) else { return false };
    let (Some(round), Some(questionnaire)) = (plan.rounds.first(), plan.questionnaires.first()) else { return false };
    let (Some(mode), Some(language)) = (plan.modes.first(), plan.languages.first()) else { return false };
    let opening = Opening {
        plan: PlanRef { id: plan.id.clone(), version: plan.version.clone(), digest },
        round: round.id.clone(),
        questionnaire: questionnaire.id.clone(),
        mode: *mode,
        rater_group: None,
        stratum: None,
        link: None,
        full: Vec::new(),
    };
    let begun = Session::begin(plan.clone(), opening, "A".repeat(22), language, &Plain);
    let mut session = match begun {
        Ok(session) => session,
        Err(error) => {
            assert!(!sound, "a plan without errors begins: {error}");
            return false;
        }
    };
    for index in 0..session.len() {
        let name = session.item(index).name.clone();
        for value in [Answer::Text("1".into()), Answer::Integer(1), Answer::Choices(vec!["x".into()])] {
            // Whether it fits is the item's matter; a refused event changes nothing.
            let _ = session.apply(Event::Answered { item: name.clone(), value });
        }
    }
    let record = session.close(Disposition::Partial).expect("what was answered is a record");
    let encoded = record.encode();
    assert_eq!(Record::parse(&encoded).expect("a record is read back"), record);
    true
}
