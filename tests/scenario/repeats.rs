//! Items that are answered again and again.

use crate::interview::{item, open, try_open};
use minping::named::Named;
use minping::session::{BeginError, Event, FaultKind, Part, Refusal};
use serde_json::{Value, json};

fn household() -> Value {
    json!([
        item("text", "village", json!({})),
        item(
            "repeat",
            "household",
            json!({ "items": [
            item("text", "called", json!({ "required": true })),
            item("integer", "age", json!({ "constraint": ". < 130" })),
            item("text", "school", json!({ "relevant": "${age} < 18" })),
            item("calculate", "line", json!({ "calculation": "concat(position(..), ': ', ${called}, ' of ', ${village})" })),
            item("repeat", "child", json!({ "items": [
                item("text", "pet", json!({})),
                item("calculate", "path", json!({ "calculation": "concat(${called}, position(..), ${pet})" })),
            ] })),
        ] })
        ),
        item("calculate", "people", json!({ "calculation": "count(${household})" })),
        item("calculate", "years", json!({ "calculation": "sum(${age})" })),
        item("calculate", "all", json!({ "calculation": "join(',', ${called})" })),
        item("calculate", "second", json!({ "calculation": "indexed-repeat(${called}, ${household}, 2)" })),
        item("calculate", "pets", json!({ "calculation": "join(',', ${pet})" })),
        item("calculate", "old", json!({ "calculation": "join(',', ${household}[age > 60]/called)" })),
        item("calculate", "third", json!({ "calculation": "string(${household}[position() = 3]/age)" })),
    ])
}

fn repeats(entries: &[(&str, u32)]) -> Named<u32> {
    entries.iter().map(|(key, count)| (key.to_string(), *count)).collect()
}

#[test]
fn a_repeat_begins_with_one_instance_and_people_add_more() {
    let mut interview = open(household());
    interview.answer("village", "V");
    interview.answer("household[1]/called", "A");
    let before = interview.session.len();
    let change = interview.add("household");
    assert_eq!(change.layout, Some(interview.item("household[2]")), "the first instance stays where it is");
    assert!(interview.session.len() > before);
    interview.answer("household[2]/called", "B");
    interview.answer_number("household[2]/age", 12);
    interview.expect_values(&[
        ("household[1]/line", "1: A of V"),
        ("household[2]/line", "2: B of V"),
        ("people", "2"),
        ("years", ""),
        ("all", "A,B"),
        ("second", "B"),
    ]);
    interview.answer_number("household[1]/age", 70);
    interview.expect_values(&[("years", "82"), ("old", "A"), ("third", "")]);
    let shown = |key: &str| interview.session.is_relevant(interview.item(key));
    assert_eq!((shown("household[1]/school"), shown("household[2]/school")), (false, true));
    let record = interview.close();
    assert_eq!(record.repeats, repeats(&[("household", 2), ("household[1]/child", 1), ("household[2]/child", 1)]));
    assert_eq!(minping::session::Record::parse(&record.encode()).unwrap(), record);
}

#[test]
fn the_items_of_an_instance_stand_together_and_know_where_they_are() {
    let mut interview = open(household());
    interview.add("household");
    let keys: Vec<String> = (0..interview.session.len()).map(|at| interview.session.key(at)).collect();
    let start = interview.item("household");
    assert_eq!(keys[start..start + 3], ["household", "household[1]", "household[1]/called"]);
    let second = interview.item("household[2]");
    assert_eq!(interview.session.part(second), Part::Instance);
    assert_eq!((interview.session.instance(second), interview.session.instances(second)), (Some(2), 2));
    assert_eq!(interview.session.parent(interview.item("household[2]/age")), Some(second));
    assert_eq!(interview.session.parent(second), Some(start));
    let end = interview.session.sections()[1].items.end - 1;
    assert_eq!((interview.session.part(end), interview.session.key(end)), (Part::End, "household".into()));
    assert_eq!(interview.session.sections()[1].group, Some(start));
    for (at, key) in keys.iter().enumerate() {
        if interview.session.part(at) != Part::End {
            assert_eq!(interview.session.index(key), Some(at), "{key}");
        }
    }
    for strange in [
        "called",
        "household[0]",
        "household[3]",
        "household[01]",
        "household/called",
        "village[1]",
        "household[1]/village",
        "household[1]/called/x",
    ] {
        assert_eq!(interview.session.index(strange), None, "{strange}");
    }
}

#[test]
fn removing_an_instance_moves_up_those_after_it_and_loses_nothing_else() {
    let mut interview = open(household());
    for (at, name) in ["A", "B", "C"].iter().enumerate() {
        if at > 0 {
            interview.add("household");
        }
        interview.answer(&format!("household[{}]/called", at + 1), name);
        interview.answer(&format!("household[{}]/child[1]/pet", at + 1), &format!("{name}1"));
    }
    interview.add("household[3]/child");
    interview.answer("household[3]/child[2]/pet", "C2");
    interview.refuse_to_answer("household[3]/age");
    interview.expect_values(&[("pets", "A1,B1,C1,C2"), ("household[3]/child[2]/path", "C2C2")]);
    interview.remove("household[1]");
    interview.expect_values(&[
        ("all", "B,C"),
        ("people", "2"),
        ("second", "C"),
        ("pets", "B1,C1,C2"),
        ("household[1]/line", "1: B of "),
        ("household[2]/child[2]/path", "C2C2"),
    ]);
    assert!(interview.session.missing(interview.item("household[2]/age")).is_some());
    assert_eq!(interview.session.draft().repeats, repeats(&[("household", 2), ("household[2]/child", 2)]));
    let mut interview = interview.reload();
    interview.expect_values(&[("all", "B,C"), ("pets", "B1,C1,C2")]);
    interview.remove("household[2]/child[1]");
    interview.expect_values(&[("household[2]/child[1]/pet", "C2"), ("household[2]/child[1]/path", "C1C2")]);
    interview.remove("household[2]");
    interview.remove("household[1]");
    interview.expect_values(&[("people", "0"), ("all", ""), ("years", "0")]);
    assert_eq!(interview.close().repeats, repeats(&[("household", 0)]));
}

#[test]
fn a_counted_repeat_keeps_the_instances_that_are_too_many_and_brings_them_back() {
    let mut interview = open(json!([
        item("integer", "n", json!({})),
        item(
            "repeat",
            "visit",
            json!({ "repeat_count": "${n}", "items": [
            item("text", "reason", json!({ "default": "concat('visit ', position(..))" })),
            item("repeat", "helper", json!({ "repeat_count": "2", "items": [item("text", "who", json!({}))] })),
        ] })
        ),
        item("calculate", "reasons", json!({ "calculation": "join(',', ${reason})" })),
    ]));
    assert_eq!(interview.session.index("visit[1]"), None);
    let change = interview.answer_number("n", 3);
    assert_eq!(change.layout, Some(interview.item("visit[1]")));
    interview.expect_values(&[("reasons", "visit 1,visit 2,visit 3")]);
    interview.answer("visit[3]/reason", "mine");
    interview.answer("visit[3]/helper[2]/who", "W");
    interview.answer_number("n", 1);
    interview.expect_values(&[("reasons", "visit 1")]);
    assert_eq!(interview.close().repeats, repeats(&[("visit", 1), ("visit[1]/helper", 2)]));
    interview.expect_answered(&interview.close(), &["n", "reasons", "visit[1]/reason"]);
    let mut interview = interview.reload();
    interview.answer_number("n", 3);
    interview.expect_values(&[("reasons", "visit 1,visit 2,mine"), ("visit[3]/helper[2]/who", "W")]);
    for event in [Event::Added { repeat: "visit".into() }, Event::Added { repeat: "n".into() }] {
        let Event::Added { repeat } = &event else { unreachable!() };
        let refusal = Refusal::Unfit(repeat.clone());
        interview.expect_refused(event, refusal);
    }
    interview.expect_refused(Event::Removed { instance: "visit[2]".into() }, Refusal::Unfit("visit[2]".into()));
    interview.expect_refused(Event::Removed { instance: "visit[9]".into() }, Refusal::UnknownItem("visit[9]".into()));
    interview.clear("n");
    assert_eq!(interview.session.index("visit[1]"), None, "nothing is no number");
}

#[test]
fn faults_and_progress_are_of_the_instance() {
    let mut interview = open(household());
    interview.add("household");
    interview.answer("household[1]/called", "A");
    interview.answer_number("household[2]/age", 200);
    interview
        .expect_faults(&[("household[2]/called", FaultKind::Required), ("household[2]/age", FaultKind::Constraint)]);
    let before = interview.session.progress();
    interview.add("household");
    let after = interview.session.progress();
    assert_eq!((after.asked - before.asked, after.answered), (3, before.answered));
}

#[test]
fn a_hidden_repeat_is_not_in_the_record_and_comes_back() {
    let mut interview = open(json!([
        item("select_one", "any", json!({})),
        item(
            "repeat",
            "trip",
            json!({ "relevant": "${any} = 'a'", "items": [item("text", "goal", json!({ "required": true }))] })
        ),
        item("text", "end", json!({ "relevant": "join('', ${goal}) = 'xy'" })),
    ]));
    interview.answer("any", "a");
    interview.answer("trip[1]/goal", "x");
    interview.add("trip");
    interview.answer("trip[2]/goal", "y");
    assert!(interview.session.is_relevant(interview.item("end")));
    interview.answer("any", "b");
    assert!(!interview.session.is_relevant(interview.item("end")));
    let record = interview.close();
    assert!(record.repeats.is_empty());
    interview.expect_answered(&record, &["any"]);
    let mut interview = interview.reload();
    interview.answer("any", "a");
    interview.expect_values(&[("trip[1]/goal", "x"), ("trip[2]/goal", "y")]);
}

#[test]
fn a_change_looks_at_the_instance_it_is_in_and_at_no_other() {
    let mut interview = open(json!([
        item(
            "repeat",
            "r",
            json!({ "repeat_count": "300", "items": [
            item("integer", "n", json!({})),
            item("calculate", "twice", json!({ "calculation": "${n} * 2" })),
            item("text", "why", json!({ "relevant": "${twice} > 4" })),
        ] })
        ),
        item("calculate", "total", json!({ "calculation": "max(${twice}[. != ''])" })),
    ]));
    let before = interview.session.evaluations();
    let change = interview.answer_number("r[150]/n", 4);
    assert_eq!(interview.session.evaluations() - before, 3, "twice, why, total");
    assert_eq!(change.values.len(), 3);
    interview.expect_appeared_or_gone(&change, &["r[150]/why"]);
}

#[test]
fn a_repeat_whose_number_depends_on_what_is_in_it_is_refused() {
    let error = try_open(json!([item(
        "repeat",
        "r",
        json!({ "repeat_count": "count-non-empty(${t}) + 1", "items": [item("text", "t", json!({}))] })
    ),]));
    assert_eq!(error.err(), Some(BeginError::Cycle(vec!["r".into(), "t".into()])));
}

#[test]
fn there_is_an_end_to_instances() {
    let mut interview = open(json!([
        item("integer", "n", json!({})),
        item(
            "repeat",
            "r",
            json!({ "repeat_count": "${n}", "items": [
            item("repeat", "s", json!({ "repeat_count": "${n}", "items": [item("text", "t", json!({}))] })),
        ] })
        ),
        item("repeat", "free", json!({ "items": [item("text", "u", json!({}))] })),
    ]));
    interview.answer_number("n", i64::MAX);
    assert!(interview.session.len() <= 100_010, "{}", interview.session.len());
    let refused = interview.session.apply(Event::Added { repeat: "free".into() });
    assert_eq!(refused, Err(Refusal::Full("free".into())));
    interview.answer_number("n", 0);
    interview.add("free");
}

#[test]
fn a_path_that_climbs_no_further_than_its_instance_depends_on_that_instance_only() {
    let mut interview = open(json!([
        item("integer", "limit", json!({})),
        item(
            "repeat",
            "r",
            json!({ "repeat_count": "300", "items": [
            item("integer", "n", json!({})),
            item("group", "g", json!({ "items": [
                item("calculate", "twice", json!({ "calculation": "../../n * 2" })),
                item("calculate", "thrice", json!({ "calculation": "current()/../twice + ../../n" })),
                item("text", "why", json!({ "relevant": "../thrice > ../../../limit" })),
            ] })),
        ] })
        ),
        item("calculate", "total", json!({ "calculation": "count-non-empty(/data/r/g/twice)" })),
    ]));
    interview.answer_number("limit", 9);
    let before = interview.session.evaluations();
    let change = interview.answer_number("r[150]/n", 4);
    assert_eq!(interview.session.evaluations() - before, 4, "twice, thrice, why, total");
    interview.expect_values(&[("r[150]/twice", "8"), ("r[150]/thrice", "12"), ("total", "1")]);
    interview.expect_appeared_or_gone(&change, &["r[150]/why"]);
    // What stands outside is still every instance's.
    let before = interview.session.evaluations();
    let change = interview.answer_number("limit", 20);
    assert_eq!(interview.session.evaluations() - before, 300);
    interview.expect_appeared_or_gone(&change, &["r[150]/why"]);
}

#[test]
fn a_path_that_leaves_its_instance_depends_on_all_that_it_can_see() {
    let mut interview = open(json!([item(
        "repeat",
        "r",
        json!({ "repeat_count": "3", "items": [
            item("integer", "n", json!({})),
            item("calculate", "all", json!({ "calculation": "sum(../../r/n[. != ''])" })),
            item("calculate", "back", json!({ "calculation": "count-non-empty(../g/../n)" })),
            item("group", "g", json!({ "items": [item("text", "t", json!({}))] })),
        ] })
    )]));
    interview.answer_number("r[1]/n", 2);
    interview.answer_number("r[3]/n", 5);
    interview.expect_values(&[("r[1]/all", "7"), ("r[2]/all", "7"), ("r[3]/all", "7")]);
    interview.expect_values(&[("r[1]/back", "1"), ("r[2]/back", "0"), ("r[3]/back", "1")]);
}
