use crate::interview::{item, open};
use minping::session::{Answer, Event, FaultKind, Refusal};
use serde_json::json;

fn matrix(required: bool) -> serde_json::Value {
    json!([item("grade_matrix", "m", json!({ "required": required }))])
}

#[test]
fn a_matrix_without_lists_has_all_units_and_all_indicators() {
    let interview = open(matrix(true));
    assert_eq!(
        interview.session.matrix(interview.item("m")),
        (&["u1", "u2"].map(String::from)[..], &["i1", "i2"].map(String::from)[..])
    );
}

#[test]
fn a_required_matrix_needs_one_row_and_every_begun_row_complete() {
    let mut interview = open(matrix(true));
    interview.expect_faults(&[("m", FaultKind::Required)]);
    interview.grade("m", "u2", "i1", "good");
    interview.expect_faults(&[("m/u2", FaultKind::RowIncomplete)]);
    interview.grade("m", "u2", "i2", "unknown");
    interview.expect_faults(&[]);
    interview.grade("m", "u1", "i2", "bad");
    interview.expect_faults(&[("m/u1", FaultKind::RowIncomplete)]);
    interview.clear_grade("m", "u1", "i2");
    interview.expect_faults(&[]);
}

#[test]
fn a_matrix_that_is_not_required_may_be_left_anyhow() {
    let mut interview = open(matrix(false));
    interview.expect_faults(&[]);
    interview.grade("m", "u1", "i1", "good");
    interview.expect_faults(&[]);
}

#[test]
fn a_unit_that_the_rater_does_not_know_is_one_answer() {
    let mut interview = open(matrix(true));
    interview.grade("m", "u1", "i1", "good");
    interview.grade_row("m", "u1", Some("unknown"));
    interview.expect_faults(&[]);
    interview.expect_progress(1, 2);
    let item = interview.item("m");
    assert_eq!(interview.session.grade(item, "u1", "i2"), Some("unknown"));
    interview.grade_row("m", "u1", None);
    interview.expect_progress(0, 2);
    assert_eq!(interview.session.answer(item), None);
}

#[test]
fn a_change_in_a_matrix_names_its_row() {
    let mut interview = open(matrix(true));
    assert_eq!(interview.grade("m", "u2", "i1", "good").row, Some(1));
    assert!(interview.grade("m", "u2", "i1", "good").is_empty());
    assert_eq!(interview.clear("m").row, None);
}

#[test]
fn cells_that_the_matrix_does_not_have_are_refused() {
    let mut interview = open(matrix(true));
    let cell = |unit: &str, indicator: &str, grade: &str| Event::Graded {
        item: "m".into(),
        unit: unit.into(),
        indicator: indicator.into(),
        grade: Some(grade.into()),
    };
    for event in [cell("u9", "i1", "good"), cell("u1", "i9", "good"), cell("u1", "i1", "best")] {
        interview.expect_refused(event, Refusal::Unfit("m".into()));
    }
    let row = Event::RowGraded { item: "m".into(), unit: "u9".into(), grade: None };
    interview.expect_refused(row, Refusal::Unfit("m".into()));
    let whole = Event::Answered { item: "m".into(), value: Answer::Grid(Default::default()) };
    interview.expect_refused(whole, Refusal::Unfit("m".into()));
}

#[test]
fn a_matrix_in_the_record_holds_only_rows_with_grades() {
    let mut interview = open(matrix(true));
    interview.grade_row("m", "u2", Some("good"));
    interview.grade("m", "u1", "i1", "good");
    interview.clear_grade("m", "u1", "i1");
    let record = interview.close();
    let Some(Answer::Grid(grid)) = record.answers.get("m") else { panic!("a grid") };
    assert_eq!(grid.keys().collect::<Vec<_>>(), ["u2"]);
}
