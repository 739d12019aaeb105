//! Quotas in an interview: which cells it is in, and what a full one does.

use crate::interview::{ID, item, opening, plan};
use minping::expression::Plain;
use minping::ledger::Codebook;
use minping::plan::{Mode, Outcome, Plan};
use minping::session::{Answer, Disposition, Draft, Event, Opening, Session};
use proptest::prelude::*;
use serde_json::{Value, json};
use std::rc::Rc;

fn group(name: &str, items: Value) -> Value {
    item("group", name, json!({ "items": items }))
}

/// Who somebody is comes first, then what is asked.
fn questions() -> Value {
    json!([
        group("who", json!([item("select_one", "sex", json!({})), item("integer", "age", json!({}))])),
        group("rate", json!([item("grade", "grade", json!({ "required": true, "unit": "u1", "indicator": "i1" }))])),
        group("more", json!([item("text", "say", json!({}))])),
    ])
}

fn cell(more: Value) -> Value {
    let mut cell = json!({ "label": { "zh": "格" }, "target": 2 });
    more.as_object().unwrap().iter().for_each(|(name, value)| cell[name] = value.clone());
    cell
}

/// Cells: 0 `east` by its target; then 1 young, 2 older, 3 east face to face of the quota `age`; then 4 all of `a` of the
/// quota that warns; 5 of an item that is not asked.
fn with_quotas() -> Rc<Plan> {
    let mut plan = serde_json::to_value(&*plan(questions())).unwrap();
    plan["strata"][0]["target"] = json!(10);
    plan["quotas"] = json!([
        { "id": "age", "label": { "zh": "年龄" }, "when_full": "screen_out", "message": { "zh": "够了" }, "cells": [
            cell(json!({ "when": "${age} < 40" })), cell(json!({ "when": "${age} >= 40" })),
            cell(json!({ "stratum": "east", "mode": "face" }))
        ] },
        { "id": "sex", "label": { "zh": "性别" }, "when_full": "warn", "cells": [
            cell(json!({ "when": "${sex} = 'a'" })), cell(json!({ "when": "${height} > 0" }))
        ] },
    ]);
    Rc::new(Plan::parse(&plan.to_string()).unwrap())
}

fn begin(plan: &Rc<Plan>, full: &[usize]) -> Session {
    let opening = Opening { full: full.to_vec(), ..opening() };
    Session::begin(plan.clone(), opening, ID.into(), "zh", &Plain).unwrap()
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
fn targets_of_groups_and_strata_are_cells_that_warn_and_stand_before_the_others() {
    let plan = with_quotas();
    let cells = plan.cells();
    let named: Vec<(&str, usize, u32)> = cells.iter().map(|cell| (cell.quota, cell.number, cell.target)).collect();
    let expected = [("strata", 1, 10), ("age", 1, 2), ("age", 2, 2), ("age", 3, 2), ("sex", 1, 2), ("sex", 2, 2)];
    assert_eq!(named, expected);
    assert!(cells[0].admits(Mode::Web, None, Some("east")) && !cells[0].admits(Mode::Web, None, None));
    assert!(!cells[3].admits(Mode::Web, None, Some("east")) && cells[3].admits(Mode::Face, None, Some("east")));
}

#[test]
fn an_interview_is_in_the_cells_of_its_opening_at_once_and_in_the_others_as_it_is_answered() {
    let mut session = begin(&with_quotas(), &[]);
    assert_eq!(session.cells(), [0]);
    answer(&mut session, "age", "39");
    answer(&mut session, "sex", "a");
    assert_eq!(session.cells(), [0, 1, 4]);
    answer(&mut session, "age", "40");
    assert_eq!(session.cells(), [0, 2, 4], "a corrected answer moves it to another cell");
    session.apply(Event::Cleared { item: "sex".into() }).unwrap();
    assert_eq!(session.cells(), [0, 2]);
}

#[test]
fn a_full_cell_ends_the_interview_after_the_section_that_decides_it_with_the_message_of_the_plan() {
    let plan = with_quotas();
    let mut session = begin(&plan, &[1]);
    assert_eq!((applying(&session), session.ended()), (vec![0, 1, 2], None));
    answer(&mut session, "age", "30");
    assert_eq!(applying(&session), [0]);
    let end = session.ended().expect("it is full");
    assert_eq!((end.outcome, end.message.get("zh").map(String::as_str)), (Outcome::ScreenedOut, Some("够了")));
    let record = session.close(Disposition::Complete).expect("what is not asked is not required");
    assert_eq!(record.disposition, Disposition::ScreenedOut);
    answer(&mut session, "age", "50");
    assert_eq!((applying(&session), session.ended()), (vec![0, 1, 2], None));
}

#[test]
fn a_cell_that_only_warns_is_said_after_its_section_and_ends_nothing() {
    let mut session = begin(&with_quotas(), &[4]);
    answer(&mut session, "sex", "a");
    assert_eq!(session.crowded(), Vec::<usize>::new(), "the answer may still be corrected on this screen");
    session.apply(Event::Moved { section: 1 }).unwrap();
    assert_eq!(session.crowded(), [4]);
    assert_eq!((applying(&session), session.ended()), (vec![0, 1, 2], None));
    answer(&mut session, "sex", "b");
    assert_eq!(session.crowded(), Vec::<usize>::new());
}

#[test]
fn a_paused_interview_goes_on_with_what_was_full_when_it_began() {
    let plan = with_quotas();
    let mut session = begin(&plan, &[1, 4]);
    answer(&mut session, "age", "30");
    let draft = Draft::parse(&session.draft().encode()).unwrap();
    assert_eq!(draft.opening.full, [1, 4]);
    let again = Session::resume(plan.clone(), draft, &Plain).unwrap();
    assert_eq!((applying(&again), again.ended()), (vec![0], session.ended()));
    // What nothing of this plan is, cuts nothing off.
    let mut odd = begin(&plan, &[99, 5, 0, 3]);
    answer(&mut odd, "age", "30");
    assert_eq!((applying(&odd), odd.ended()), (vec![0, 1, 2], None));
}

#[test]
fn an_end_sees_the_first_question_too() {
    let mut plan = serde_json::to_value(&*plan(json!([
        item("integer", "age", json!({})),
        group("rest", json!([item("text", "say", json!({}))])),
    ])))
    .unwrap();
    plan["questionnaires"][0]["ends"] =
        json!([{ "when": "${age} < 18", "message": { "zh": "免答" }, "outcome": "screened_out" }]);
    let mut session = begin(&Rc::new(Plan::parse(&plan.to_string()).unwrap()), &[]);
    answer(&mut session, "age", "12");
    assert_eq!(applying(&session), [0]);
    assert!(session.ended().is_some());
}

proptest! {
    /// The device counts by what the session knows, and the office by the record alone.
    #[test]
    fn the_office_finds_a_record_in_the_cells_in_which_the_device_counted_it(
        events in prop::collection::vec((0usize..4, 0i64..80), 0..8),
    ) {
        let mut plan = serde_json::to_value(&*with_quotas()).unwrap();
        plan["questionnaires"][0]["items"][0]["items"][1]["relevant"] = json!("${sex} != 'c'");
        plan["questionnaires"][0]["items"][1]["items"][0]["required"] = json!(false);
        let plan = Rc::new(Plan::parse(&plan.to_string()).unwrap());
        let mut session = begin(&plan, &[]);
        for (what, number) in events {
            match what {
                0 => answer(&mut session, "age", &number.to_string()),
                3 => drop(session.apply(Event::Cleared { item: "sex".into() })),
                _ => answer(&mut session, "sex", ["a", "b", "c"][number as usize % 3]),
            }
        }
        let record = session.close(Disposition::Complete).unwrap();
        let codebook = Codebook::new(&plan, &record.plan, &Plain).unwrap();
        let row = codebook.pack(&record).unwrap();
        prop_assert_eq!(codebook.cells_of(&record.id, &row), session.cells());
    }
}
