//! What an answer costs in a large questionnaire, counted in evaluations: the same on every machine.

use crate::interview::{Interview, item, open};
use serde_json::{Value, json};

/// 3,000 items, 500 of them under conditions, and a repeat of 300 instances.
pub fn large() -> Value {
    let mut items = vec![item("integer", "members", json!({ "default": "300" }))];
    for section in 0..100 {
        let inside: Vec<Value> = (0..30)
            .map(|at| {
                let name = format!("q{section}_{at}");
                match at {
                    0 => item("select_one", &name, json!({ "required": true })),
                    1..=5 => item("text", &name, json!({ "relevant": format!("${{q{section}_0}} = 'a'") })),
                    6 => item("calculate", &name, json!({ "calculation": format!("concat(${{q{section}_7}}, '.')") })),
                    _ => item("text", &name, json!({})),
                }
            })
            .collect();
        items.push(item("group", &format!("s{section}"), json!({ "items": inside })));
    }
    items.push(item(
        "repeat",
        "member",
        json!({ "repeat_count": "${members}", "items": [
            item("text", "called", json!({})),
            item("integer", "age", json!({ "constraint": ". < 130" })),
            item("calculate", "line", json!({ "calculation": "concat(position(..), ${called})" })),
            item("text", "school", json!({ "relevant": "${age} < 18" })),
        ] }),
    ));
    items.push(item("calculate", "ages", json!({ "calculation": "count-non-empty(${age})" })));
    json!(items)
}

fn cost(interview: &mut Interview, answer: impl FnOnce(&mut Interview)) -> u64 {
    let before = interview.session.evaluations();
    answer(interview);
    interview.session.evaluations() - before
}

#[test]
fn an_answer_evaluates_what_depends_on_it_and_nothing_else() {
    let mut interview = open(large());
    assert_eq!(interview.session.instances(interview.item("member")), 300);
    assert!(interview.session.len() > 4_000);
    assert_eq!(cost(&mut interview, |i| drop(i.answer("q50_8", "x"))), 0, "nothing depends on it");
    assert_eq!(cost(&mut interview, |i| drop(i.answer("q50_7", "x"))), 1, "one calculation");
    assert_eq!(cost(&mut interview, |i| drop(i.answer("q50_0", "a"))), 5, "five conditions");
    assert_eq!(cost(&mut interview, |i| drop(i.answer("q50_0", "b"))), 5);
    assert_eq!(cost(&mut interview, |i| drop(i.answer("member[200]/called", "x"))), 1, "one of 300 lines");
    assert_eq!(
        cost(&mut interview, |i| drop(i.answer_number("member[200]/age", 7))),
        2,
        "one condition and the number"
    );
    let change = interview.answer_number("member[200]/age", 40);
    interview.expect_appeared_or_gone(&change, &["member[200]/school"]);
    // One instance less: what is inside the repeat is looked at, and nothing of the 3,000.
    assert!(cost(&mut interview, |i| drop(i.answer_number("members", 299))) < 300 * 4);
}

#[test]
fn progress_is_the_same_as_counted_anew() {
    let mut interview = open(large());
    interview.answer("q50_0", "a");
    interview.answer("q50_1", "x");
    interview.answer_number("members", 5);
    interview.answer("member[2]/called", "x");
    interview.answer("q50_0", "b");
    interview.answer_number("members", 9);
    let progress = interview.session.progress();
    let applies: Vec<bool> = (0..102).map(|section| interview.session.section_applies(section)).collect();
    let interview = interview.reload();
    assert_eq!(interview.session.progress(), progress);
    assert_eq!((0..102).map(|section| interview.session.section_applies(section)).collect::<Vec<_>>(), applies);
}
