//! Questionnaires that end early.

use crate::interview::{ID, begin_with, item, plan};
use minping::plan::{Outcome, Plan};
use minping::session::{Answer, Disposition, Event, Session};
use serde_json::{Value, json};
use std::rc::Rc;

fn with_ends(items: Value, ends: Value, order: Option<&str>) -> Rc<Plan> {
    let mut plan = serde_json::to_value(&*plan(items)).unwrap();
    plan["questionnaires"][0]["ends"] = ends;
    plan["questionnaires"][0]["order"] = json!(order);
    Rc::new(Plan::parse(&plan.to_string()).unwrap())
}

fn end(when: &str, outcome: &str) -> Value {
    json!({ "when": when, "message": { "zh": when }, "outcome": outcome })
}

fn group(name: &str, items: Value) -> Value {
    item("group", name, json!({ "items": items }))
}

fn questions() -> Value {
    json!([
        group(
            "screen",
            json!([item("integer", "age", json!({})), item("hidden", "full", json!({ "default": "'no'" }))])
        ),
        group("use", json!([item("select_one", "used", json!({ "required": true })), item("text", "how", json!({}))])),
        group(
            "rate",
            json!([
                item("grade", "grade", json!({ "required": true, "unit": "u1", "indicator": "i1" })),
                item("text", "why", json!({ "relevant": "${grade} = 'bad'" }))
            ])
        ),
    ])
}

fn answer(session: &mut Session, item: &str, value: &str) {
    let value = match value.parse() {
        Ok(number) => Answer::Integer(number),
        Err(_) => Answer::Text(value.to_owned()),
    };
    session.apply(Event::Answered { item: item.into(), value }).unwrap();
}

fn applying(session: &Session) -> Vec<usize> {
    (0..session.sections().len()).filter(|&at| session.section_applies(at)).collect()
}

#[test]
fn what_stands_after_the_end_does_not_apply_and_comes_back_when_the_answer_changes() {
    let plan =
        with_ends(questions(), json!([end("${used} = 'c'", "complete"), end("${age} < 18", "screened_out")]), None);
    let mut session = begin_with(&plan, ID);
    assert_eq!((applying(&session), session.ended()), (vec![0, 1, 2], None));
    answer(&mut session, "age", "30");
    answer(&mut session, "used", "c");
    answer(&mut session, "how", "x");
    assert_eq!(applying(&session), [0, 1]);
    assert_eq!(session.ended().map(|end| end.outcome), Some(Outcome::Complete));
    let record = session.close(Disposition::Complete).expect("nothing required is left");
    assert_eq!(record.disposition, Disposition::Complete);
    // Of several ends, the first one counts: what it cuts off is not asked by the other.
    answer(&mut session, "age", "17");
    assert_eq!(applying(&session), [0]);
    assert_eq!(session.ended().map(|end| end.outcome), Some(Outcome::ScreenedOut));
    let record = session.close(Disposition::Complete).unwrap();
    assert_eq!(record.disposition, Disposition::ScreenedOut);
    assert_eq!(record.answers.keys().collect::<Vec<_>>(), ["age", "full"]);
    assert_eq!(minping::session::Record::parse(&record.encode()).unwrap(), record);
    assert_eq!(session.close(Disposition::Partial).unwrap().disposition, Disposition::Partial);
    answer(&mut session, "age", "18");
    answer(&mut session, "used", "a");
    assert_eq!((applying(&session), session.ended()), (vec![0, 1, 2], None));
    assert!(session.close(Disposition::Complete).is_err(), "the grade is required again");
}

#[test]
fn a_quota_is_a_value_that_the_plan_or_the_link_gives() {
    let ends = json!([end("${full} = 'yes' and ${used} = 'a'", "screened_out")]);
    let mut text = serde_json::to_value(&*with_ends(questions(), ends, None)).unwrap();
    text["questionnaires"][0]["items"][0]["items"][1]["default"] = json!("'yes'");
    let plan = Rc::new(Plan::parse(&text.to_string()).unwrap());
    let mut session = begin_with(&plan, ID);
    answer(&mut session, "used", "b");
    assert_eq!(session.ended(), None);
    answer(&mut session, "used", "a");
    assert_eq!(applying(&session), [0, 1]);
    assert!(session.ended().is_some());
}

#[test]
fn an_end_waits_for_all_that_it_depends_on_also_through_calculations() {
    let items = json!([
        group(
            "one",
            json!([item("integer", "a", json!({})), item("calculate", "sum", json!({ "calculation": "${a} + ${b}" }))])
        ),
        group("two", json!([item("integer", "b", json!({}))])),
        group("three", json!([item("integer", "c", json!({}))])),
    ]);
    let plan = with_ends(items, json!([end("${sum} > 10", "complete")]), None);
    let mut session = begin_with(&plan, ID);
    answer(&mut session, "a", "6");
    answer(&mut session, "b", "6");
    assert_eq!(applying(&session), [0, 1], "the section of `b` stays: the sum rests on it");
    assert!(session.ended().is_some());
}

#[test]
fn with_sections_in_random_order_the_end_cuts_off_what_this_interview_shows_later() {
    let plan = with_ends(questions(), json!([end("${used} = 'c'", "complete")]), Some("random"));
    let mut lengths = std::collections::BTreeSet::new();
    for number in 0..30 {
        let mut session = begin_with(&plan, &format!("{number:A>22}"));
        let used = session.index("used").unwrap();
        let place = session.section_of(used);
        answer(&mut session, "used", "c");
        assert_eq!(applying(&session), (0..=place).collect::<Vec<_>>());
        lengths.insert(place);
    }
    assert_eq!(lengths.len(), 3);
}

#[test]
fn a_draft_that_ended_goes_on_as_it_was() {
    let plan = with_ends(questions(), json!([end("${used} = 'c'", "screened_out")]), None);
    let mut session = begin_with(&plan, ID);
    answer(&mut session, "used", "c");
    let again = Session::resume(plan, session.draft().clone(), &minping::expression::Plain).unwrap();
    assert_eq!((applying(&again), again.ended()), (vec![0, 1], session.ended()));
}
