//! Values that nobody types: calculations and defaults; and numbers, days and times as they are kept.
use crate::interview::{item, open, try_open};
use minping::expression::Moment;
use minping::session::{Answer, BeginError, Draft, Event, Refusal, Session};
use serde_json::json;

const NOW: Moment = Moment { milliseconds: 1_795_483_800_000, offset: 480 };

fn value(session: &Session, name: &str) -> Option<String> {
    match session.answer(session.index(name).unwrap()) {
        Some(Answer::Text(text)) => Some(text.clone()),
        Some(Answer::Integer(number)) => Some(number.to_string()),
        Some(Answer::Choices(choices)) => Some(choices.join(" ")),
        _ => None,
    }
}

fn bill() -> serde_json::Value {
    json!([
        item("calculate", "total", json!({ "calculation": "${count} * ${price}" })),
        item("integer", "count", json!({})),
        item("decimal", "price", json!({})),
        item("calculate", "level", json!({ "calculation": "if(${total} > 10, 'high', 'low')" })),
        item("text", "why", json!({ "relevant": "${level} = 'high'" })),
    ])
}

#[test]
fn a_calculation_follows_what_it_refers_to_and_carries_on_to_what_refers_to_it() {
    let mut interview = open(bill());
    assert_eq!(value(&interview.session, "total"), None, "nothing times nothing is no number");
    interview.answer_number("count", 3);
    let change = interview.answer("price", "4.1");
    assert_eq!(value(&interview.session, "total").as_deref(), Some("12.3"));
    assert_eq!(value(&interview.session, "level").as_deref(), Some("high"));
    let changed: Vec<usize> = ["total", "price", "level"].map(|name| interview.item(name)).to_vec();
    assert_eq!(change.values, changed, "in the order of the interview");
    interview.expect_appeared_or_gone(&change, &["why"]);
    let change = interview.answer("price", "1");
    interview.expect_appeared_or_gone(&change, &["why"]);
    assert_eq!(value(&interview.session, "total").as_deref(), Some("3"));
    let record = interview.close();
    assert_eq!(record.answers["total"], Answer::Text("3".into()));
}

#[test]
fn nobody_answers_a_calculation_and_none_is_asked_for() {
    let mut interview = open(bill());
    let answered = Event::Answered { item: "total".into(), value: Answer::Text("9".into()) };
    assert_eq!(interview.session.apply(answered), Err(Refusal::Unfit("total".into())));
    let cleared = Event::Cleared { item: "total".into() };
    assert_eq!(interview.session.apply(cleared), Err(Refusal::Unfit("total".into())));
    let progress = interview.session.progress();
    assert_eq!((progress.answered, progress.asked), (0, 2));
    let only = open(json!([
        item("group", "g", json!({ "items": [item("calculate", "c", json!({ "calculation": "1" }))] })),
        item("text", "t", json!({})),
    ]));
    assert!(!only.session.section_applies(0), "there is nothing to see in it");
}

#[test]
fn a_draft_read_back_has_the_same_calculations() {
    let mut interview = open(json!([
        item("calculate", "drawn", json!({ "calculation": "once(random())" })),
        item("calculate", "id", json!({ "calculation": "uuid()" })),
        item("text", "words", json!({})),
        item("calculate", "first", json!({ "calculation": "once(${words})" })),
    ]));
    interview.answer("words", "one");
    interview.answer("words", "two");
    assert_eq!(value(&interview.session, "first").as_deref(), Some("one"));
    let draft = Draft::parse(&interview.session.draft().encode()).unwrap();
    let again = Session::resume(interview.session.plan().clone(), draft, &minping::expression::Plain).unwrap();
    assert_eq!(again.draft(), interview.session.draft());
    assert_eq!(value(&again, "id").unwrap().len(), 36);
}

#[test]
fn calculations_in_a_circle_are_refused_by_name() {
    let circle = json!([
        item("calculate", "a", json!({ "calculation": "${b} + 1" })),
        item("calculate", "b", json!({ "calculation": "${a} + 1" })),
    ]);
    match try_open(circle).err() {
        Some(BeginError::Cycle(names)) => assert_eq!(names.len(), 2),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_default_is_there_at_the_beginning_and_only_then() {
    let mut interview = open(json!([
        item("select_one", "used", json!({ "default": "'b'" })),
        item("select_multiple", "many", json!({ "default": "'c a'" })),
        item("integer", "age", json!({ "default": "40 + 2" })),
        item("select_one", "bad", json!({ "default": "'nothing of the list'" })),
        item("date", "day", json!({ "default": "today()" })),
        item("hidden", "source", json!({ "default": "'qr'" })),
        item("text", "why", json!({ "relevant": "${used} = 'b'" })),
    ]));
    let values = |interview: &crate::interview::Interview| {
        ["used", "many", "age", "bad", "day", "source"].map(|name| value(&interview.session, name))
    };
    let some = |text: &str| Some(text.to_owned());
    assert_eq!(values(&interview), [some("b"), some("a c"), some("42"), None, None, some("qr")]);
    assert!(interview.session.is_relevant(interview.item("why")));
    interview.clear("used");
    let change = interview.tell(Event::Clock(NOW));
    assert_eq!(change.values, [interview.item("day")]);
    assert_eq!(values(&interview)[4], some("2026-11-24"));
    interview.clear("day");
    interview.tell(Event::Clock(Moment { milliseconds: NOW.milliseconds + 60_000, ..NOW }));
    assert_eq!(
        (values(&interview)[0].clone(), values(&interview)[4].clone()),
        (None, None),
        "what was cleared stays so"
    );
}

#[test]
fn numbers_days_and_times_are_kept_as_written_or_refused() {
    let mut interview = open(json!([
        item("decimal", "number", json!({ "constraint": ". < 10" })),
        item("date", "day", json!({})),
        item("time", "time", json!({})),
        item("note", "late", json!({ "relevant": "${day} > '2026-06-30' and decimal-time(${time}) > 0.5" })),
    ]));
    for (name, good, bad) in [
        ("number", &["1.50", "-3", "0.125"][..], &["1,5", "1e3", " 1", "x"][..]),
        ("day", &["2024-02-29", "2026-11-24"], &["2026-02-29", "2026-1-1", "24.11.2026", "2026-11-24T00:00"]),
        ("time", &["09:30", "23:59:59"], &["24:00", "9:30", "09:30Z", "09"]),
    ] {
        for text in good {
            interview.answer(name, text);
            assert_eq!(value(&interview.session, name).as_deref(), Some(*text));
        }
        for text in bad {
            let event = Event::Answered { item: name.into(), value: Answer::Text((*text).into()) };
            assert_eq!(interview.session.apply(event), Err(Refusal::Unfit(name.into())), "{name}: {text}");
        }
    }
    assert!(interview.session.is_relevant(interview.item("late")));
    interview.answer("number", "10.0");
    assert!(interview.session.is_refused(interview.item("number")));
}
