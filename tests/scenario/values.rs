use crate::interview::{item, open};
use minping::session::{Answer, Event, FaultKind, Refusal};
use serde_json::{Value, json};

fn one_of_each() -> Value {
    json!([
        item("note", "note", json!({})),
        item("grade", "grade", json!({})),
        item("select_one", "one", json!({})),
        item("select_multiple", "many", json!({})),
        item("text", "text", json!({ "max_length": 4 })),
        item("integer", "number", json!({ "constraint": ". >= 0 and . <= 150" })),
    ])
}

#[test]
fn a_value_that_does_not_fit_its_item_is_refused() {
    let mut interview = open(one_of_each());
    let text = |value: &str| Answer::Text(value.into());
    for (name, value) in [
        ("note", text("x")),
        ("grade", text("best")),
        ("grade", Answer::Integer(1)),
        ("one", text("z")),
        ("one", Answer::Choices(vec!["a".into()])),
        ("many", Answer::Choices(vec!["a".into(), "z".into()])),
        ("text", text("五个字太长")),
        ("number", text("twelve")),
    ] {
        let event = Event::Answered { item: name.into(), value };
        interview.expect_refused(event, Refusal::Unfit(name.into()));
    }
    let nobody = Event::Cleared { item: "nobody".into() };
    interview.expect_refused(nobody, Refusal::UnknownItem("nobody".into()));
}

#[test]
fn length_is_counted_in_characters() {
    let mut interview = open(one_of_each());
    interview.answer("text", "四个汉字");
    assert_eq!(interview.session.answer(interview.item("text")), Some(&Answer::Text("四个汉字".into())));
}

#[test]
fn choices_are_kept_in_the_order_of_the_list_and_once_each() {
    let mut interview = open(one_of_each());
    interview.choose("many", &["c", "a", "c"]);
    let kept = Answer::Choices(vec!["a".into(), "c".into()]);
    assert_eq!(interview.session.answer(interview.item("many")), Some(&kept));
}

#[test]
fn an_empty_text_and_no_choices_are_no_answer() {
    let mut interview = open(one_of_each());
    interview.answer("text", "x");
    interview.choose("many", &["a"]);
    interview.expect_progress(2, 5);
    interview.answer("text", "");
    interview.choose("many", &[]);
    assert!(interview.session.draft().answers.is_empty());
    interview.expect_progress(0, 5);
}

#[test]
fn blanks_are_kept_while_typing_and_count_as_no_answer() {
    let mut interview = open(json!([item("text", "t", json!({ "required": true }))]));
    interview.answer("t", "  ");
    assert_eq!(interview.session.answer(interview.item("t")), Some(&Answer::Text("  ".into())));
    interview.expect_faults(&[("t", FaultKind::Required)]);
    interview.expect_answered(&interview.break_off(), &[]);
}

#[test]
fn a_constraint_refuses_the_value_and_not_its_absence() {
    let mut interview = open(one_of_each());
    interview.expect_faults(&[]);
    let change = interview.answer_number("number", 151);
    assert_eq!(change.validity, [interview.item("number")]);
    assert!(interview.session.is_refused(interview.item("number")));
    interview.expect_faults(&[("number", FaultKind::Constraint)]);
    interview.answer_number("number", 150);
    interview.expect_faults(&[]);
}

#[test]
fn a_constraint_over_another_item_is_looked_at_again_when_that_changes() {
    let mut interview = open(json!([
        item("integer", "all", json!({})),
        item("integer", "some", json!({ "constraint": ". <= ${all}" })),
    ]));
    interview.answer_number("all", 5);
    interview.answer_number("some", 4);
    interview.expect_faults(&[]);
    let change = interview.answer_number("all", 3);
    assert_eq!(change.validity, [interview.item("some")]);
    interview.expect_faults(&[("some", FaultKind::Constraint)]);
}

#[test]
fn a_stated_reason_takes_the_place_of_a_required_answer() {
    let mut interview = open(json!([item("grade", "g", json!({ "required": true }))]));
    interview.expect_faults(&[("g", FaultKind::Required)]);
    interview.refuse_to_answer("g");
    interview.expect_faults(&[]);
    interview.expect_progress(1, 1);
    let record = interview.close();
    assert!(record.answers.is_empty());
    assert_eq!(record.missing.len(), 1);
    interview.answer("g", "good");
    assert!(interview.close().missing.is_empty());
}
