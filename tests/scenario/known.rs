//! What is known before the first question: hidden items that take it, and who is asked what.

use crate::interview::{ID, item, opening, plan};
use minping::plan::{Mode, Plan};
use minping::session::{Answer, BeginError, Disposition, Event, Opening, Session};
use serde_json::{Value, json};
use std::rc::Rc;

fn changed(items: Value, change: impl FnOnce(&mut Value)) -> Rc<Plan> {
    let mut plan = serde_json::to_value(&*plan(items)).unwrap();
    change(&mut plan);
    Rc::new(Plan::parse(&plan.to_string()).unwrap())
}

fn begin(plan: &Rc<Plan>, opening: Opening) -> Result<Session, BeginError> {
    Session::begin(plan.clone(), opening, ID.into(), "zh", &minping::expression::Plain)
}

fn parts() -> Value {
    json!([
        item("hidden", "place", json!({ "from": "stratum" })),
        item("hidden", "phase", json!({ "from": "round" })),
        item("hidden", "who", json!({ "from": "rater_group" })),
        item("hidden", "how", json!({ "from": "mode" })),
        item("select_one", "where", json!({ "relevant": "${place} = ''" })),
        item("text", "east", json!({ "relevant": "${place} = 'east' or ${where} = 'a'" })),
        item("text", "alone", json!({ "relevant": "${how} = 'web' and ${phase} = 'r1' and ${who} = ''" })),
    ])
}

fn asked(session: &Session) -> Vec<String> {
    (0..session.len()).filter(|&at| session.is_relevant(at)).map(|at| session.key(at)).collect()
}

#[test]
fn hidden_items_hold_what_the_link_says_and_nobody_is_asked_for_it() {
    let plan = plan(parts());
    let session = begin(&plan, opening()).unwrap();
    assert_eq!(asked(&session), ["place", "phase", "who", "how", "east", "alone"]);
    let record = session.close(Disposition::Complete).unwrap();
    let held = |name: &str| record.answers.get(name).cloned();
    assert_eq!(held("place"), Some(Answer::Text("east".into())));
    assert_eq!(held("phase"), Some(Answer::Text("r1".into())));
    assert_eq!(held("how"), Some(Answer::Text("web".into())));
    assert_eq!(held("who"), None, "no rater group, no value");
    // The draft goes on with the same.
    let again = Session::resume(plan, session.draft().clone(), &minping::expression::Plain).unwrap();
    assert_eq!(asked(&again), asked(&session));
}

#[test]
fn where_nothing_is_known_people_are_asked() {
    let plan = plan(parts());
    let mut session = begin(&plan, Opening { stratum: None, mode: Mode::Face, ..opening() }).unwrap();
    assert_eq!(asked(&session), ["place", "phase", "who", "how", "where"]);
    session.apply(Event::Answered { item: "where".into(), value: Answer::Text("a".into()) }).unwrap();
    assert_eq!(asked(&session), ["place", "phase", "who", "how", "where", "east"]);
}

#[test]
fn a_questionnaire_is_asked_in_its_rounds_and_a_stratum_by_its_modes() {
    let plan = changed(parts(), |plan| {
        plan["rounds"] = json!([{ "id": "r1", "label": { "zh": "一" } }, { "id": "r2", "label": { "zh": "二" } }]);
        plan["questionnaires"][0]["rounds"] = json!(["r1"]);
        plan["strata"] = json!([
            { "id": "east", "label": { "zh": "东" }, "modes": ["web"] }, { "id": "west", "label": { "zh": "西" } }
        ]);
    });
    let refused = |opening: Opening| match begin(&plan, opening) {
        Err(BeginError::UnknownReference { member, value }) => (member, value),
        Err(other) => panic!("{other:?}"),
        Ok(_) => panic!("it began"),
    };
    assert!(begin(&plan, opening()).is_ok());
    assert_eq!(refused(Opening { round: "r2".into(), ..opening() }), ("round", "r2".to_owned()));
    assert_eq!(refused(Opening { mode: Mode::Face, ..opening() }), ("mode", "face".to_owned()));
    assert!(begin(&plan, Opening { mode: Mode::Face, stratum: Some("west".into()), ..opening() }).is_ok());
    assert!(begin(&plan, Opening { mode: Mode::Face, stratum: None, ..opening() }).is_ok());
}

#[test]
fn a_matrix_has_the_columns_that_are_for_all_of_its_rows_whichever_are_drawn() {
    let classed = |items: Value| {
        changed(items, |plan| {
            plan["unit_groups"] =
                json!([{ "id": "x", "label": { "zh": "甲类" } }, { "id": "y", "label": { "zh": "乙类" } }]);
            plan["units"][0]["group"] = json!("x");
            plan["units"][1]["group"] = json!("y");
            plan["indicators"][0]["unit_groups"] = json!(["x"]);
        })
    };
    let matrix = |more: Value| json!([item("grade_matrix", "m", more)]);
    let columns = |items: Value| begin(&classed(items), opening()).unwrap().matrix(0).1.to_vec();
    assert_eq!(columns(matrix(json!({}))), ["i2"]);
    assert_eq!(columns(matrix(json!({ "subset": 1 }))), ["i2"], "one unit is drawn, the columns are of both");
    assert_eq!(columns(matrix(json!({ "units": ["u1"] }))), ["i1", "i2"]);
    assert_eq!(columns(matrix(json!({ "units": ["u2"] }))), ["i2"]);
    assert_eq!(columns(matrix(json!({ "units": ["u1"], "indicators": ["i1"] }))), ["i1"]);
}
