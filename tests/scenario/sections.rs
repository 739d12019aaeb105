use crate::interview::{item, open};
use minping::session::{Event, Refusal};
use serde_json::{Value, json};

fn four_sections() -> Value {
    json!([
        item("note", "hello", json!({})),
        item("select_one", "used", json!({})),
        item("group", "if_used", json!({ "relevant": "${used} = 'a'", "items": [item("text", "how", json!({}))] })),
        item("group", "all", json!({ "items": [item("text", "say", json!({}))] })),
        item("text", "last", json!({})),
    ])
}

#[test]
fn a_group_is_a_section_and_so_is_a_run_of_items_outside_groups() {
    let interview = open(four_sections());
    let found: Vec<_> =
        interview.session.sections().iter().map(|section| (section.group, section.items.clone())).collect();
    assert_eq!(found, [(None, 0..2), (Some(2), 3..4), (Some(4), 5..6), (None, 6..7)]);
    assert_eq!(interview.session.section_of(interview.item("if_used")), 1);
    assert_eq!(interview.session.section_of(interview.item("last")), 3);
}

#[test]
fn nested_groups_stay_in_the_section_around_them() {
    let inner = item("group", "inner", json!({ "items": [item("text", "x", json!({}))] }));
    let interview = open(json!([item("group", "outer", json!({ "items": [inner, item("text", "y", json!({}))] }))]));
    assert_eq!(interview.session.sections().len(), 1);
    assert_eq!(interview.session.sections()[0].items, 1..4);
}

#[test]
fn navigation_passes_over_sections_with_nothing_relevant() {
    let mut interview = open(four_sections());
    assert_eq!(interview.session.next_section(), Some(2));
    interview.answer("used", "a");
    assert_eq!(interview.session.next_section(), Some(1));
    interview.clear("used");
    interview.go_to(2);
    assert_eq!(interview.session.previous_section(), Some(0));
    interview.go_to(3);
    assert_eq!(interview.session.next_section(), None);
    interview.expect_refused(Event::Moved { section: 1 }, Refusal::UnknownSection(1));
    interview.expect_refused(Event::Moved { section: 9 }, Refusal::UnknownSection(9));
}

#[test]
fn an_interview_begins_where_there_is_something_to_ask() {
    let interview = open(json!([
        item("group", "never", json!({ "relevant": "false()", "items": [item("text", "x", json!({}))] })),
        item("text", "first", json!({})),
    ]));
    assert_eq!(interview.session.section(), 1);
}

#[test]
fn the_review_is_left_by_going_to_a_section() {
    let mut interview = open(four_sections());
    interview.tell(Event::Reviewed(true));
    assert!(interview.session.in_review());
    interview.go_to(0);
    assert!(!interview.session.in_review());
}

#[test]
fn the_language_is_one_of_the_plans() {
    let mut interview = open(four_sections());
    assert!(interview.tell(Event::Language("en".into())).language);
    assert_eq!(interview.session.language(), "en");
    interview.expect_refused(Event::Language("fr".into()), Refusal::UnknownLanguage("fr".into()));
}
