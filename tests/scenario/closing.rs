use crate::interview::{ID, item, open};
use minping::session::{Disposition, FaultKind};
use serde_json::{Value, json};

fn questions() -> Value {
    json!([
        item("grade", "g", json!({ "required": true })),
        item("integer", "age", json!({ "constraint": ". < 150" })),
        item("text", "why", json!({ "required": true, "relevant": "${g} = 'bad'" })),
    ])
}

#[test]
fn an_interview_with_faults_does_not_close_as_complete() {
    let mut interview = open(questions());
    let Err(faults) = interview.session.close(Disposition::Complete) else { panic!("nothing is answered") };
    assert_eq!(faults.len(), 1);
    interview.answer("g", "bad");
    interview.expect_faults(&[("why", FaultKind::Required)]);
    interview.answer("why", "slow");
    interview.expect_answered(&interview.close(), &["g", "why"]);
}

#[test]
fn a_partial_record_leaves_out_what_a_constraint_refuses() {
    let mut interview = open(questions());
    interview.answer_number("age", 200);
    interview.answer("g", "good");
    let record = interview.break_off();
    assert_eq!(record.disposition, Disposition::Partial);
    interview.expect_answered(&record, &["g"]);
}

#[test]
fn a_record_says_what_was_opened_and_nothing_of_the_device() {
    let mut interview = open(questions());
    interview.answer("g", "good");
    let record = serde_json::from_str::<Value>(&interview.close().encode()).expect("a record is JSON");
    let expected = json!({
        "v": 1, "id": ID, "plan": { "id": "trial", "version": "1", "digest": "A".repeat(43) }, "round": "r1",
        "questionnaire": "q", "mode": "web", "stratum": "east", "disposition": "complete", "answers": { "g": "good" }
    });
    assert_eq!(record, expected);
}
