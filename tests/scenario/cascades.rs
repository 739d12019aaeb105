//! Choices that depend on other answers.

use crate::interview::{ID, Interview, item, opening, plan_with};
use minping::expression::Plain;
use minping::session::{Answer, Event, FaultKind, Refusal, Session};
use serde_json::{Value, json};

fn choice(name: &str, columns: Value) -> Value {
    json!({ "name": name, "label": { "zh": name }, "columns": columns })
}

fn lists() -> Value {
    json!([
        { "id": "provinces", "choices": [choice("p1", json!({})), choice("p2", json!({}))] },
        { "id": "cities", "choices": [
            choice("c11", json!({ "province": "p1" })), choice("c12", json!({ "province": "p1" })),
            choice("c21", json!({ "province": "p2" })), choice("abroad", json!({ "province": "any" }))
        ] },
        { "id": "towns", "choices": [
            choice("t111", json!({ "city": "c11", "size": "5" })), choice("t112", json!({ "city": "c11", "size": "10" })),
            choice("t211", json!({ "city": "c21", "size": "7" }))
        ] }
    ])
}

fn where_from() -> Value {
    json!([
        item("select_one", "province", json!({ "choices": "provinces" })),
        item(
            "select_one",
            "city",
            json!({
            "choices": "cities", "choice_filter": "province = ${province} or province = 'any'", "required": true })
        ),
        item("select_one", "town", json!({ "choices": "towns", "choice_filter": "city = ${city}" })),
        item("integer", "least", json!({})),
        item(
            "select_multiple",
            "large",
            json!({ "choices": "towns", "choice_filter": "city = ${city} and size >= ${least}" })
        ),
        item("text", "why", json!({ "relevant": "${town} != ''" })),
    ])
}

fn open(items: Value) -> Interview {
    let plan = plan_with(items, lists());
    Interview { session: Session::begin(plan, opening(), ID.into(), "zh", &Plain).expect("it can begin") }
}

impl Interview {
    fn expect_offered(&self, key: &str, names: &[&str]) {
        let item = self.item(key);
        let list = self.session.plan().choice_list(self.session.item(item).choices.as_ref().unwrap()).unwrap();
        let offered: Vec<&str> =
            self.session.choices(item).into_iter().map(|at| list.choices[at].name.as_str()).collect();
        assert_eq!(offered, names, "{key}");
    }
}

#[test]
fn a_list_offers_what_belongs_to_the_answer_above_it() {
    let mut interview = open(where_from());
    interview.expect_offered("province", &["p1", "p2"]);
    interview.expect_offered("city", &["abroad"]);
    interview.expect_offered("town", &[]);
    let change = interview.answer("province", "p1");
    assert_eq!(change.choices, [interview.item("city")], "and no other list");
    interview.expect_offered("city", &["c11", "c12", "abroad"]);
    let change = interview.answer("city", "c11");
    assert_eq!(change.choices, [interview.item("town")]);
    interview.expect_offered("town", &["t111", "t112"]);
    interview.expect_offered("large", &[]);
    interview.answer_number("least", 6);
    interview.expect_offered("large", &["t112"]);
    interview.answer_number("least", 1);
    interview.expect_offered("large", &["t111", "t112"]);
}

#[test]
fn what_is_not_offered_cannot_be_chosen() {
    let mut interview = open(where_from());
    interview.answer("province", "p1");
    let event = Event::Answered { item: "city".into(), value: Answer::Text("c21".into()) };
    interview.expect_refused(event, Refusal::Unfit("city".into()));
}

#[test]
fn a_choice_that_is_not_offered_any_more_is_kept_unseen_and_comes_back() {
    let mut interview = open(where_from());
    interview.answer("province", "p1");
    interview.answer("city", "c11");
    interview.answer("town", "t112");
    interview.expect_relevant(&["province", "city", "town", "least", "large", "why"]);
    let change = interview.answer("province", "p2");
    assert_eq!(change.values, ["province", "city", "town"].map(|key| interview.item(key)));
    interview.expect_appeared_or_gone(&change, &["why"]);
    interview.expect_values(&[("city", ""), ("town", "")]);
    interview.expect_faults(&[("city", FaultKind::Required)]);
    interview.expect_answered(&interview.break_off(), &["province"]);
    let mut interview = interview.reload();
    interview.expect_values(&[("city", ""), ("town", "")]);
    interview.answer("province", "p1");
    interview.expect_values(&[("city", "c11"), ("town", "t112")]);
    interview.expect_answered(&interview.close(), &["city", "province", "town"]);
}

#[test]
fn of_several_choices_those_that_are_offered_are_seen() {
    let mut interview = open(where_from());
    interview.answer("province", "p1");
    interview.answer("city", "c11");
    interview.answer_number("least", 1);
    interview.choose("large", &["t111", "t112"]);
    interview.answer_number("least", 6);
    interview.expect_values(&[("large", "t112")]);
    assert_eq!(interview.close().answers["large"], Answer::Choices(vec!["t112".into()]));
    interview.answer_number("least", 2);
    interview.expect_values(&[("large", "t111 t112")]);
}

#[test]
fn a_number_is_compared_as_a_number_with_a_column() {
    let mut interview = open(json!([
        item("integer", "n", json!({})),
        item("select_one", "one", json!({ "choices": "towns", "choice_filter": "size = ${n} + 0" })),
        item("select_one", "two", json!({ "choices": "towns", "choice_filter": "'c11' = city and size != 5" })),
    ]));
    interview.expect_offered("two", &["t112"]);
    interview.answer_number("n", 10);
    interview.expect_offered("one", &["t112"]);
}

/// A change above 50,000 choices asks for one value, not for 50,000.
#[test]
fn a_list_of_fifty_thousand_is_looked_up() {
    let towns: Vec<Value> = (0..50_000)
        .map(|at| choice(&format!("t{at}"), json!({ "province": format!("p{}", at % 500), "n": at.to_string() })))
        .collect();
    let provinces: Vec<Value> = (0..500).map(|at| choice(&format!("p{at}"), json!({}))).collect();
    let lists = json!([{ "id": "many", "choices": towns }, { "id": "few", "choices": provinces }]);
    let items = json!([
        item("select_one", "province", json!({ "choices": "few" })),
        item("select_one", "town", json!({ "choices": "many", "choice_filter": "province = ${province}" })),
    ]);
    let session = Session::begin(plan_with(items, lists), opening(), ID.into(), "zh", &Plain).unwrap();
    let mut interview = Interview { session };
    let before = interview.session.evaluations();
    interview.answer("province", "p7");
    assert_eq!(interview.session.evaluations() - before, 1);
    let offered = interview.session.choices(interview.item("town"));
    assert_eq!(offered, (0..100).map(|at| at * 500 + 7).collect::<Vec<_>>());
    interview.answer("town", "t507");
    interview.expect_values(&[("town", "t507")]);
}
