//! What expressions see of an interview: its clock, its seed, the groups around an item, the plan's lists.
use crate::interview::{item, open};
use minping::expression::Moment;
use minping::session::{Draft, Event, Session};
use serde_json::json;

/// 2026-11-24T09:30:00.000+08:00
const NOW: Moment = Moment { milliseconds: 1_795_483_800_000, offset: 480 };

fn shows(relevant: &str) -> bool {
    let mut interview = open(json!([
        item("select_one", "used", json!({})),
        item(
            "group",
            "g",
            json!({ "items": [
            item("text", "words", json!({})),
            item("note", "seen", json!({ "relevant": relevant })),
        ] })
        ),
        item("grade", "mark", json!({ "unit": "u1", "indicator": "i1" })),
    ]));
    interview.answer("used", "b");
    interview.answer("words", "办事");
    interview.tell(Event::Clock(NOW));
    interview.session.is_relevant(interview.item("seen"))
}

#[test]
fn paths_lead_to_the_items_around_and_to_the_lists_of_the_plan() {
    for relevant in [
        "../words = '办事'",
        "../../used = 'b'",
        "/q/g/words = '办事'",
        "current()/../words = '办事'",
        "count(../*) = 2",
        "instance('l')/root/item[name = ${used}]/label = '乙'",
        "count(instance('l')/root/item) = 3",
        "instance('l')/root/item[last()]/name = 'c'",
        "instance('l')/root/item[name = current()/../../used]/../item/name = 'a'",
        "jr:choice-name(${used}, '${used}') = '乙'",
        "jr:choice-name('good', '${mark}') = '好'",
        "today() = '2026-11-24' and format-date(today(), '%n月') = '11月'",
        "decimal-time('12:00') = 0.5",
    ] {
        assert!(shows(relevant), "{relevant}");
    }
    assert!(!shows("../used = 'b'"), "`used` is not in the group");
    assert!(!shows("count(instance('other')/root/item) > 0"));
}

#[test]
fn a_clock_that_moves_on_shows_what_waits_for_it() {
    let mut interview = open(json!([
        item("text", "first", json!({})),
        item("text", "late", json!({ "relevant": "today() >= '2026-11-25'" })),
        item("text", "day", json!({ "constraint": ". <= today()" })),
    ]));
    interview.expect_relevant(&["first", "day"]);
    let change = interview.tell(Event::Clock(NOW));
    assert!(change.clock && !change.is_empty());
    interview.expect_relevant(&["first", "day"]);
    interview.answer("day", "2026-11-25");
    assert!(interview.session.is_refused(interview.item("day")));
    let change = interview.tell(Event::Clock(Moment { milliseconds: NOW.milliseconds + 86_400_000, ..NOW }));
    interview.expect_appeared_or_gone(&change, &["late"]);
    assert_eq!(change.validity, [interview.item("day")]);
    assert!(!interview.session.is_refused(interview.item("day")));
}

#[test]
fn a_draft_has_the_clock_only_where_something_asks_it() {
    let mut silent = open(json!([item("text", "a", json!({ "constraint": ". != ''" }))]));
    assert!(silent.tell(Event::Clock(NOW)).is_empty());
    assert_eq!(silent.session.draft().clock, None);
    let mut asking = open(json!([item("text", "a", json!({ "relevant": "now() > '2026-01-01'" }))]));
    asking.tell(Event::Clock(NOW));
    let text = asking.session.draft().encode();
    assert!(text.contains("2026-11-24T09:30:00.000+08:00"), "{text}");
    let draft = Draft::parse(&text).unwrap();
    assert_eq!(&draft, asking.session.draft());
    let record = format!("{:?}", asking.close());
    assert!(!record.contains("2026-11-24T"), "no record has the time");
}

#[test]
fn what_is_random_is_the_same_again_from_the_draft_and_differs_between_items() {
    let questions = || {
        let halves: Vec<_> =
            (0..40).map(|i| item("note", &format!("n{i}"), json!({ "relevant": "random() < 0.5" }))).collect();
        json!(halves)
    };
    let interview = open(questions());
    let shown = |session: &Session| (0..40).filter(|&item| session.is_relevant(item)).collect::<Vec<_>>();
    let first = shown(&interview.session);
    assert!((8..32).contains(&first.len()), "{first:?}");
    let draft = Draft::parse(&interview.session.draft().encode()).unwrap();
    let again = Session::resume(interview.session.plan().clone(), draft, &minping::expression::Plain).unwrap();
    assert_eq!(shown(&again), first);
}
