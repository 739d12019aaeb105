//! Plans made to break the program: enormous, deep, circular, repeated, disguised. Each is refused with a problem that has a
//! place, or works from the first event to the record; none hangs or panics. Run one alone to see how long it takes.

use minping::expression::Plain;
use minping::plan::{self, Mode, Plan, Severity};
use minping::session::{Disposition, Event, Opening, PlanRef, Session};
use serde_json::{Value, json};
use std::rc::Rc;

/// A sound plan with these items and members put in.
fn plan_of(items: Value, members: Value) -> String {
    let mut plan = json!({
        "format": 1, "id": "big", "version": "1", "languages": ["en"],
        "title": { "en": "T" }, "asker": { "en": "A" }, "purpose": { "en": "P" },
        "privacy": { "notice": { "en": "N" }, "anonymous": true },
        "rounds": [{ "id": "r", "label": { "en": "R" } }],
        "units": [{ "id": "u", "label": { "en": "U" } }],
        "scales": [{ "id": "s", "grades": [
            { "name": "good", "label": { "en": "Good" }, "score": 100, "satisfied": true },
            { "name": "bad", "label": { "en": "Bad" }, "score": 0, "satisfied": false }
        ], "missing": [{ "name": "dk", "label": { "en": "Don't know" } }] }],
        "indicators": [{ "id": "i", "label": { "en": "I" }, "weight": 1 }],
        "modes": ["web"],
        "questionnaires": [{ "id": "q", "title": { "en": "Q" }, "items": items }]
    });
    for (name, value) in members.as_object().unwrap() {
        plan[name] = value.clone();
    }
    plan.to_string()
}

fn text(name: &str) -> Value {
    json!({ "type": "text", "name": name, "label": { "en": "L" } })
}

/// The codes of the errors, each once; every problem has a place and words in both languages.
fn errors(plan: &str) -> Vec<&'static str> {
    let problems = plan::check(plan);
    for problem in &problems {
        assert!(problem.place.is_some(), "{problem}");
        assert!(!problem.found("zh").is_empty() && !problem.advice("en").is_empty());
    }
    let errors = problems.iter().filter(|problem| problem.severity() == Severity::Error);
    let mut codes: Vec<&str> = errors.map(|problem| problem.code.name()).collect();
    codes.sort_unstable();
    codes.dedup();
    codes
}

fn begin(plan: &Rc<Plan>) -> Session {
    let reference = PlanRef {
        id: plan.id.clone(),
        version: plan.version.clone(),
        digest: plan::Digest::parse(&"A".repeat(43)).unwrap(),
    };
    let opening = Opening {
        plan: reference,
        round: "r".into(),
        questionnaire: "q".into(),
        mode: Mode::Web,
        rater_group: None,
        stratum: None,
        link: None,
        full: Vec::new(),
    };
    Session::begin(plan.clone(), opening, "A".repeat(22), "en", &Plain).expect("a checked plan begins")
}

/// The plan works: it is read as a device reads it, and an interview is begun and closed.
fn works(plan: &str) -> Session {
    assert_eq!(errors(plan), Vec::<&str>::new());
    let plan = Rc::new(plan::read(plan).expect("a checked plan is read"));
    let session = begin(&plan);
    session.close(Disposition::Partial).expect("whatever was answered is a record");
    session
}

#[test]
fn a_label_of_ten_megabytes_works() {
    let plan = plan_of(json!([{ "type": "text", "name": "a", "label": { "en": "满 ".repeat(2_500_000) } }]), json!({}));
    works(&plan);
}

#[test]
fn a_hundred_thousand_options_work() {
    let choices: Vec<Value> =
        (0..100_000).map(|i| json!({ "name": format!("c{i}"), "label": { "en": format!("Choice {i}") } })).collect();
    let item = |kind: &str, name: &str| json!({ "type": kind, "name": name, "label": { "en": "L" }, "choices": "c" });
    let plan = plan_of(
        json!([item("select_one", "one"), item("select_multiple", "many")]),
        json!({ "choice_lists": [{ "id": "c", "choices": choices }] }),
    );
    let mut session = works(&plan);
    let all = (0..100_000).map(|i| format!("c{i}")).collect();
    session.apply(Event::Answered { item: "many".into(), value: minping::session::Answer::Choices(all) }).unwrap();
    session.close(Disposition::Partial).unwrap();
}

#[test]
fn the_same_name_a_hundred_thousand_times_is_named() {
    let choices = vec![json!({ "name": "c", "label": { "en": "C" } }); 100_000];
    let items = vec![text("same"); 20_000];
    let plan = plan_of(json!(items), json!({ "choice_lists": [{ "id": "c", "choices": choices }] }));
    assert_eq!(errors(&plan), ["repeated-id"]);
}

#[test]
fn a_member_a_hundred_thousand_times_is_named() {
    let members: Vec<String> = (0..100_000).map(|i| format!("\"m{}\": 1", i % 50_000)).collect();
    let plan = plan_of(json!([text("a")]), json!({})).replacen('{', &format!("{{ {},", members.join(",")), 1);
    assert!(errors(&plan).contains(&"repeated-member"));
}

#[test]
fn a_hundred_thousand_units_graded_at_once_work() {
    let units: Vec<Value> = (0..100_000).map(|i| json!({ "id": format!("u{i}"), "label": { "en": "U" } })).collect();
    let ids: Vec<String> = (0..100_000).map(|i| format!("u{i}")).collect();
    let matrix = json!({ "type": "grade_matrix", "name": "m", "label": { "en": "L" }, "scale": "s", "units": ids });
    let mut session = works(&plan_of(json!([matrix]), json!({ "units": units })));
    for unit in ["u0", "u99999"] {
        let [item, indicator] = ["m", "i"].map(str::to_owned);
        session.apply(Event::Graded { item, unit: unit.into(), indicator, grade: Some("bad".into()) }).unwrap();
    }
    session.close(Disposition::Partial).unwrap();
}

#[test]
fn groups_a_thousand_deep_are_refused_with_a_place() {
    let mut plan = plan_of(json!([]), json!({}));
    let open = r#"{ "type": "group", "name": "g", "label": { "en": "G" }, "items": ["#;
    let deep = [open.repeat(1_000), "]}".repeat(1_000)].concat();
    plan = plan.replace("\"items\":[]", &format!("\"items\":[{deep}]"));
    assert_eq!(errors(&plan), ["not-json"]);
    assert!(plan::read(&plan).is_err());
    let brackets = [&"[".repeat(5_000_000), "]"].concat();
    assert_eq!(errors(&brackets), ["not-json"]);
    assert!(Plan::parse(&brackets).is_err());
}

#[test]
fn groups_as_deep_as_json_allows_work() {
    let mut item = text("a");
    for depth in 0..55 {
        item = json!({ "type": "group", "name": format!("g{depth}"), "label": { "en": "G" }, "items": [item] });
    }
    works(&plan_of(json!([item]), json!({})));
}

#[test]
fn expressions_of_a_megabyte_are_refused_or_work() {
    for expression in [
        "1 + ".repeat(250_000) + "1",
        "(".repeat(1_000_000),
        "not(".repeat(200_000) + "1" + &")".repeat(200_000),
        "'".to_owned() + &"x".repeat(1_000_000) + "' = ${a}",
        "${a} = 'x' or ".repeat(70_000) + "${a}",
        "-".repeat(1_000_000) + "1",
        "concat(".to_owned() + &"${a},".repeat(200_000) + "1)",
        "${a}[".repeat(200_000),
        "//".repeat(500_000),
        "1".repeat(1_000_000),
    ] {
        let item = json!({ "type": "text", "name": "b", "label": { "en": "L" }, "relevant": expression });
        let plan = plan_of(json!([text("a"), item]), json!({}));
        let codes = errors(&plan);
        if codes.is_empty() {
            works(&plan);
        } else {
            assert!(codes.iter().all(|code| ["bad-expression", "impossible-answer"].contains(code)), "{codes:?}");
        }
    }
}

#[test]
fn circles_of_thousands_of_items_are_named() {
    let number = 3_000;
    let items: Vec<Value> = (0..number)
        .map(|i| {
            let mut item = text(&format!("a{i}"));
            item["relevant"] = json!(format!("${{a{}}} != ''", (i + 1) % number));
            item
        })
        .collect();
    assert_eq!(errors(&plan_of(json!(items), json!({}))), ["cycle"]);
}

#[test]
fn a_chain_of_thousands_of_items_works() {
    let items: Vec<Value> = (0..3_000)
        .map(|i| {
            let mut item = text(&format!("a{i}"));
            if i > 0 {
                item["relevant"] = json!(format!("${{a{}}} = 'x'", i - 1));
            }
            item
        })
        .collect();
    let mut session = works(&plan_of(json!(items), json!({})));
    for i in 0..3_000 {
        let value = minping::session::Answer::Text("x".into());
        session.apply(Event::Answered { item: format!("a{i}"), value }).unwrap();
    }
    let change = session.apply(Event::Cleared { item: "a0".into() }).unwrap();
    assert_eq!(change.relevance.len(), 2_999);
}

#[test]
fn every_item_may_refer_to_every_other() {
    let all = |until: usize| (0..until).map(|i| format!("${{a{i}}}")).collect::<Vec<String>>().join(",");
    let items: Vec<Value> = (0..200)
        .map(|i| match i {
            0 => text("a0"),
            _ => {
                let mut item = text(&format!("a{i}"));
                item["relevant"] = json!(format!("concat({}) != 'x'", all(i)));
                item
            }
        })
        .collect();
    works(&plan_of(json!(items), json!({})));
}
