//! What an answer costs in a large questionnaire: `cargo bench --bench session [-- SECTIONS]`, 100 sections of 30 items and
//! a repeat of 300 instances unless told.
//!
//! Each figure is also told as a ratio to an empty step, the same answer given once more, so that machines can be compared;
//! and the number of expressions that were evaluated for it is the same on all of them.

use minping::expression::Plain;
use minping::plan::{Digest, Mode, Plan};
use minping::session::{Answer, Event, Opening, PlanRef, Session};
use serde_json::{Value, json};
use std::hint::black_box;
use std::rc::Rc;
use std::time::Instant;

const ROUNDS: u32 = 2_000;

fn main() {
    let sections = std::env::args().skip(1).find_map(|argument| argument.parse().ok()).unwrap_or(100);
    let text = plan(sections).to_string();
    let plan = Rc::new(Plan::parse(&text).expect("the plan has its shape"));
    let opening = Opening {
        plan: PlanRef { id: "large".into(), version: "1".into(), digest: Digest("A".repeat(43)) },
        round: "r".into(),
        questionnaire: "q".into(),
        mode: Mode::Face,
        rater_group: None,
        stratum: None,
        link: None,
        full: Vec::new(),
    };
    let started = Instant::now();
    let mut session = Session::begin(plan, opening, "A".repeat(22), "en", &Plain).expect("the questionnaire can begin");
    println!("{} items laid out in {:.1} ms", session.len(), started.elapsed().as_secs_f64() * 1e3);
    println!("{:<52} {:>9} {:>8} {:>12}", "answer", "µs", "x empty", "evaluations");
    let last = sections - 1;
    let empty = time(&mut session, &|_| "q0_8".into(), &|_| Answer::Text("x".into()));
    show("the same once more (empty)", empty, empty.0);
    for (name, item, value) in [
        ("nothing depends on it", format!("q{last}_8"), None),
        ("one calculation", format!("q{last}_7"), None),
        ("five conditions", format!("q{last}_0"), Some(["a", "b"])),
        ("in one of 300 instances, one calculation", "member[150]/called".to_owned(), None),
    ] {
        let value = |round: u32| match value {
            Some(choices) => Answer::Text(choices[round as usize % 2].to_owned()),
            None => Answer::Text(round.to_string()),
        };
        let found = time(&mut session, &|_| item.clone(), &value);
        show(name, found, empty.0);
    }
    let found = time(&mut session, &|_| "member[150]/age".into(), &|round| Answer::Integer(i64::from(round) % 40));
    show("in one of 300 instances, a condition and a total", found, empty.0);
    let found = time(&mut session, &|_| "province".into(), &|round| Answer::Text(format!("p{}", round % 500)));
    show("above a list of 50,000 choices", found, empty.0);
}

/// Microseconds and evaluations for each answer.
fn time(session: &mut Session, item: &dyn Fn(u32) -> String, value: &dyn Fn(u32) -> Answer) -> (f64, f64) {
    let events: Vec<Event> =
        (0..ROUNDS).map(|round| Event::Answered { item: item(round), value: value(round) }).collect();
    let (started, before) = (Instant::now(), session.evaluations());
    for event in events {
        black_box(session.apply(event).expect("the answer fits"));
    }
    let evaluated = (session.evaluations() - before) as f64 / f64::from(ROUNDS);
    (started.elapsed().as_secs_f64() * 1e6 / f64::from(ROUNDS), evaluated)
}

fn show(name: &str, (time, evaluated): (f64, f64), empty: f64) {
    println!("{name:<52} {time:>9.2} {:>8.1} {evaluated:>12.1}", time / empty);
}

fn item(kind: &str, name: &str, more: Value) -> Value {
    let mut item = json!({ "type": kind, "name": name, "label": { "en": name } });
    for (member, value) in more.as_object().into_iter().flatten() {
        item[member] = value.clone();
    }
    item
}

fn plan(sections: usize) -> Value {
    let text = |text: &str| json!({ "en": text });
    let choice = |name: String, columns: Value| json!({ "name": name, "label": { "en": name }, "columns": columns });
    let mut items = vec![
        item("select_one", "province", json!({ "choices": "provinces" })),
        item("select_one", "town", json!({ "choices": "towns", "choice_filter": "province = ${province}" })),
    ];
    for section in 0..sections {
        let inside: Vec<Value> = (0..30)
            .map(|at| {
                let name = format!("q{section}_{at}");
                match at {
                    0 => item("select_one", &name, json!({ "choices": "ab" })),
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
        json!({ "repeat_count": "300", "items": [
            item("text", "called", json!({})),
            item("integer", "age", json!({ "constraint": ". < 130" })),
            item("calculate", "line", json!({ "calculation": "concat(position(..), ${called})" })),
            item("text", "school", json!({ "relevant": "${age} < 18" })),
        ] }),
    ));
    items.push(item("calculate", "ages", json!({ "calculation": "count-non-empty(${age})" })));
    let provinces: Vec<Value> = (0..500).map(|at| choice(format!("p{at}"), json!({}))).collect();
    let towns: Vec<Value> =
        (0..50_000).map(|at| choice(format!("t{at}"), json!({ "province": format!("p{}", at % 500) }))).collect();
    json!({
        "format": 1, "id": "large", "version": "1", "languages": ["en"],
        "title": text("Large"), "asker": text("Office"), "purpose": text("To measure"),
        "privacy": { "notice": text("None"), "anonymous": true },
        "rounds": [{ "id": "r", "label": text("Round") }],
        "units": [{ "id": "u", "label": text("Unit") }], "scales": [], "indicators": [], "modes": ["face"],
        "choice_lists": [
            { "id": "ab", "choices": [choice("a".into(), json!({})), choice("b".into(), json!({}))] },
            { "id": "provinces", "choices": provinces }, { "id": "towns", "choices": towns }
        ],
        "questionnaires": [{ "id": "q", "title": text("Large"), "items": items }]
    })
}
