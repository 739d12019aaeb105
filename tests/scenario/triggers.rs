//! Calculations on questions, and those that wait for a trigger.

use crate::interview::{item, open, try_open};
use minping::session::{Answer, BeginError, Event, MissingReason, Refusal};
use serde_json::json;

#[test]
fn a_triggered_calculation_is_worked_out_when_its_trigger_changes_and_at_no_other_time() {
    let mut interview = open(json!([
        item("text", "a", json!({})),
        item("text", "b", json!({})),
        item("text", "both", json!({ "calculation": "concat(${a}, ${b})", "trigger": ["a"] })),
        item("text", "reset", json!({ "trigger": ["a"] })),
    ]));
    interview.answer("b", "1");
    interview.expect_values(&[("both", "")]);
    interview.answer("a", "x");
    interview.expect_values(&[("both", "x1")]);
    interview.answer("reset", "kept until");
    interview.answer("both", "mine");
    interview.answer("b", "2");
    interview.expect_values(&[("both", "mine")]);
    let mut interview = interview.reload();
    interview.expect_values(&[("both", "mine"), ("reset", "kept until")]);
    interview.answer("a", "y");
    interview.expect_values(&[("both", "y2"), ("reset", "")]);
}

#[test]
fn a_calculated_answer_can_be_changed_until_what_it_reads_changes() {
    let mut interview = open(json!([
        item("integer", "people", json!({})),
        item("integer", "rooms", json!({ "calculation": "${people} div 2", "relevant": "${people} > 1" })),
        item("text", "after", json!({ "relevant": "${rooms} > 4" })),
    ]));
    interview.answer_number("people", 4);
    interview.expect_values(&[("rooms", "2")]);
    interview.answer_number("rooms", 5);
    interview.expect_relevant(&["people", "rooms", "after"]);
    let mut interview = interview.reload();
    interview.expect_values(&[("rooms", "5")]);
    interview.answer_number("people", 6);
    interview.expect_values(&[("rooms", "3")]);
}

#[test]
fn what_is_read_only_is_not_changed_by_people() {
    let mut interview = open(json!([
        item("integer", "n", json!({})),
        item("integer", "twice", json!({ "calculation": "${n} * 2", "read_only": true, "required": true })),
    ]));
    interview.expect_faults(&[]);
    interview.expect_progress(0, 1);
    interview.answer_number("n", 4);
    interview.expect_values(&[("twice", "8")]);
    for event in [
        Event::Answered { item: "twice".into(), value: Answer::Integer(3) },
        Event::Cleared { item: "twice".into() },
        Event::Missing { item: "twice".into(), reason: MissingReason::Refused },
    ] {
        interview.expect_refused(event, Refusal::Unfit("twice".into()));
    }
    interview.expect_answered(&interview.close(), &["n", "twice"]);
}

#[test]
fn triggers_in_a_circle_are_refused() {
    let error = try_open(json!([
        item("text", "a", json!({ "calculation": "1", "trigger": ["b"] })),
        item("text", "b", json!({ "calculation": "1", "trigger": ["a"] })),
    ]));
    assert_eq!(error.err(), Some(BeginError::Cycle(vec!["b".into(), "a".into()])));
}
