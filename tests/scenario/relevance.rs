use crate::interview::{item, open, try_open};
use minping::session::BeginError;
use serde_json::json;

fn follow_up() -> serde_json::Value {
    json!([
        item("select_one", "used", json!({})),
        item("text", "why", json!({ "relevant": "${used} = 'a'" })),
        item("text", "more", json!({ "relevant": "${why} != ''" })),
        item("text", "other", json!({})),
    ])
}

#[test]
fn a_follow_up_appears_with_the_answer_that_asks_for_it() {
    let mut interview = open(follow_up());
    interview.expect_relevant(&["used", "other"]);
    let change = interview.answer("used", "a");
    interview.expect_appeared_or_gone(&change, &["why"]);
    interview.expect_relevant(&["used", "why", "other"]);
    let change = interview.answer("used", "b");
    interview.expect_appeared_or_gone(&change, &["why"]);
    interview.expect_relevant(&["used", "other"]);
}

#[test]
fn a_change_names_nothing_that_does_not_depend_on_it() {
    let mut interview = open(follow_up());
    let change = interview.answer("other", "x");
    assert!(change.relevance.is_empty());
    assert_eq!(change.values, [interview.item("other")]);
}

#[test]
fn an_irrelevant_answer_is_kept_and_seen_by_nobody() {
    let mut interview = open(follow_up());
    interview.answer("used", "a");
    interview.answer("why", "because");
    interview.answer("more", "and");
    let change = interview.answer("used", "b");
    interview.expect_appeared_or_gone(&change, &["why", "more"]);
    interview.expect_answered(&interview.close(), &["used"]);
    let change = interview.answer("used", "a");
    interview.expect_appeared_or_gone(&change, &["why", "more"]);
    interview.expect_answered(&interview.close(), &["more", "used", "why"]);
}

#[test]
fn an_irrelevant_group_takes_all_that_is_in_it_along() {
    let mut interview = open(json!([
        item("select_one", "used", json!({})),
        item(
            "group",
            "g",
            json!({ "relevant": "${used} = 'a'", "items": [
            item("text", "in", json!({})),
            item("group", "h", json!({ "items": [item("text", "deep", json!({}))] })),
        ] })
        ),
    ]));
    interview.expect_relevant(&["used"]);
    let change = interview.answer("used", "a");
    interview.expect_appeared_or_gone(&change, &["g", "in", "h", "deep"]);
    interview.clear("used");
    interview.expect_relevant(&["used"]);
}

#[test]
fn choices_and_numbers_are_read_by_expressions() {
    let mut interview = open(json!([
        item("select_multiple", "which", json!({})),
        item("integer", "times", json!({})),
        item("text", "b_only", json!({ "relevant": "selected(${which}, 'b')" })),
        item("text", "often", json!({ "relevant": "${times} > 3" })),
    ]));
    interview.choose("which", &["c", "b"]);
    interview.answer_number("times", 10);
    interview.expect_relevant(&["which", "times", "b_only", "often"]);
    interview.choose("which", &["c"]);
    interview.answer_number("times", 3);
    interview.expect_relevant(&["which", "times"]);
}

#[test]
fn conditions_in_a_circle_are_refused_and_the_circle_is_named() {
    let items = json!([
        item("text", "x", json!({})),
        item("text", "p", json!({ "relevant": "${q} = '1' and ${x} = '2'" })),
        item("text", "q", json!({ "relevant": "${p} = '1'" })),
        item("text", "hangs_on_it", json!({ "relevant": "${q} = '1'" })),
    ]);
    let Err(BeginError::Cycle(mut names)) = try_open(items) else { panic!("a circle") };
    names.sort();
    assert_eq!(names, ["p", "q"]);
    let own = json!([item("text", "p", json!({ "relevant": "${p} = '1'" }))]);
    assert_eq!(try_open(own).err(), Some(BeginError::Cycle(vec!["p".into()])));
    let group =
        json!([item("group", "g", json!({ "relevant": "${in} = '1'", "items": [item("text", "in", json!({}))] }))]);
    assert!(matches!(try_open(group), Err(BeginError::Cycle(_))));
}

#[test]
fn an_expression_that_cannot_be_run_is_refused_with_its_item() {
    let unknown = json!([item("text", "p", json!({ "relevant": "${nobody} = '1'" }))]);
    let refused = BeginError::UnknownItem { item: "p".into(), reference: "nobody".into() };
    assert_eq!(try_open(unknown).err(), Some(refused));
    let broken = json!([item("text", "p", json!({ "relevant": "${" }))]);
    assert!(matches!(try_open(broken), Err(BeginError::BadExpression { item, .. }) if item == "p"));
}
