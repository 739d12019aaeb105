//! What holds whatever people do: arbitrary events, most of them plausible, some of them nonsense.

use crate::interview::{ID, item, opening, plan_with};
use minping::session::{Answer, Disposition, Draft, Event, MissingReason, Session};
use proptest::collection::vec;
use proptest::prelude::*;
use serde_json::{Value, json};

const ITEMS: [&str; 24] = [
    "used",
    "why",
    "many",
    "number",
    "grade",
    "deep",
    "m",
    "after",
    "g",
    "nobody",
    "r",
    "r[1]",
    "r[1]/n",
    "r[2]/n",
    "r[3]/n",
    "r[2]/pick",
    "r[1]/own",
    "r[2]/own",
    "r[1]/s[1]/t",
    "r[2]/s[2]/t",
    "c[1]/x",
    "c[2]/x",
    "c[3]/few",
    "total",
];

const REPEATS: [&str; 6] = ["r", "r[1]/s", "r[2]/s", "c", "used", "r[9]/s"];
const INSTANCES: [&str; 7] = ["r[1]", "r[2]", "r[3]", "r[1]/s[1]", "r[2]/s[2]", "c[1]", "used[1]"];

fn questions() -> Value {
    json!([
        item("select_one", "used", json!({ "required": true })),
        item("text", "why", json!({ "relevant": "${used} = 'a'", "required": true, "max_length": 3 })),
        item("select_multiple", "many", json!({ "relevant": "${why} != '' or ${used} = 'b'" })),
        item(
            "group",
            "g",
            json!({ "relevant": "selected(${many}, 'b')", "items": [
            item("integer", "number", json!({ "constraint": ". < 10 or ${used} = 'a'" })),
            item("group", "h", json!({ "relevant": "${number} > 2", "items": [
                item("grade", "grade", json!({ "required": true })),
                item("text", "deep", json!({ "relevant": "${grade} = 'bad'" })),
            ] })),
        ] })
        ),
        item("grade_matrix", "m", json!({ "required": true, "relevant": "${used} != 'c'" })),
        item("text", "after", json!({ "relevant": "${deep} = '' and ${number} != 3" })),
        item(
            "repeat",
            "r",
            json!({ "relevant": "${used} != 'c'", "items": [
            item("integer", "n", json!({ "constraint": ". >= 0 and . <= count(${r}) + 5", "default": "position(..)" })),
            item("select_one", "pick", json!({ "choices": "numbers", "choice_filter": "kind = ${used} and least <= ${n}" })),
            item("text", "own", json!({ "calculation": "concat(${n}, ${pick})", "relevant": "${n} != 2" })),
            item("text", "last", json!({ "calculation": "concat(${own}, count(${r}))", "trigger": ["n", "used"] })),
            item("repeat", "s", json!({ "items": [
                item("text", "t", json!({ "required": true, "relevant": "../../n > 0 or position(..) = 2" })),
            ] })),
        ] })
        ),
        item("calculate", "total", json!({ "calculation": "sum(${n}) + count(${s}) * 10" })),
        item(
            "repeat",
            "c",
            json!({ "repeat_count": "${total} mod 4", "items": [
            item("text", "x", json!({ "default": "concat('d', position(..))" })),
            item("select_multiple", "few", json!({ "choices": "numbers", "choice_filter": "kind = ${x} or kind = ${used}" })),
            item("text", "seen", json!({ "relevant": "join('', ${t}) != ''" })),
        ] })
        ),
        item("text", "joined", json!({ "relevant": "join('', ${x}) != 'd1' and ${c}[2]/x != ''" })),
    ])
}

fn word() -> impl Strategy<Value = String> {
    prop_oneof![
        6 => prop::sample::select(vec!["a", "b", "c", "good", "bad", "unknown", "", " ", "长长长长"]).prop_map(String::from),
        1 => any::<String>(),
    ]
}

fn answer() -> impl Strategy<Value = Answer> {
    prop_oneof![
        4 => word().prop_map(Answer::Text),
        2 => (-2i64..14).prop_map(Answer::Integer),
        1 => any::<i64>().prop_map(Answer::Integer),
        2 => vec(word(), 0..4).prop_map(Answer::Choices),
        1 => Just(Answer::Grid(Default::default())),
    ]
}

fn event() -> impl Strategy<Value = Event> {
    let item = || prop::sample::select(ITEMS.to_vec()).prop_map(String::from);
    let unit = || prop::sample::select(vec!["u1", "u2", "u9"]).prop_map(String::from);
    let indicator = || prop::sample::select(vec!["i1", "i2", "i9"]).prop_map(String::from);
    let grade = || prop::option::of(word());
    prop_oneof![
        8 => (item(), answer()).prop_map(|(item, value)| Event::Answered { item, value }),
        1 => item().prop_map(|item| Event::Cleared { item }),
        3 => (unit(), indicator(), grade())
            .prop_map(|(unit, indicator, grade)| Event::Graded { item: "m".into(), unit, indicator, grade }),
        1 => (item(), unit(), grade()).prop_map(|(item, unit, grade)| Event::RowGraded { item, unit, grade }),
        2 => prop::sample::select(REPEATS.to_vec()).prop_map(|repeat| Event::Added { repeat: repeat.into() }),
        2 => prop::sample::select(INSTANCES.to_vec()).prop_map(|instance| Event::Removed { instance: instance.into() }),
        1 => item().prop_map(|item| Event::Missing { item, reason: MissingReason::DontKnow }),
        1 => (0usize..6).prop_map(|section| Event::Moved { section }),
        1 => any::<bool>().prop_map(Event::Reviewed),
        1 => prop::sample::select(vec!["zh", "en", "fr"]).prop_map(|tag| Event::Language(tag.into())),
    ]
}

fn begin() -> Session {
    let choice = |name: &str, kind: &str, least: &str| json!({ "name": name, "label": { "zh": name }, "columns": { "kind": kind, "least": least } });
    let lists = json!([{ "id": "numbers", "choices": [
        choice("a", "a", "0"), choice("b", "a", "3"), choice("c", "b", "1"), choice("good", "c", "0"),
    ] }]);
    Session::begin(plan_with(questions(), lists), opening(), ID.into(), "zh", &minping::expression::Plain)
        .expect("the questionnaire can begin")
}

/// All that can be asked of a session, as text.
fn state(session: &Session) -> String {
    let items = 0..session.len();
    let shown: Vec<bool> = items.clone().map(|item| session.is_relevant(item)).collect();
    let refused: Vec<bool> = items.clone().map(|item| session.is_refused(item)).collect();
    let choices: Vec<Vec<usize>> = items.clone().map(|item| session.choices(item)).collect();
    let seen: Vec<_> = items.map(|item| (session.key(item), session.answer(item))).collect();
    format!(
        "{:?} {shown:?} {refused:?} {choices:?} {seen:?} {:?} {:?} {:?} {:?} {:?}",
        session.draft(),
        session.faults(None),
        session.progress(),
        session.next_section(),
        session.previous_section(),
        session.close(Disposition::Partial),
    )
}

proptest! {
    #[test]
    fn the_same_events_give_the_same_state(events in vec(event(), 0..40)) {
        let (mut one, mut two) = (begin(), begin());
        for event in events {
            prop_assert_eq!(one.apply(event.clone()), two.apply(event));
        }
        prop_assert_eq!(state(&one), state(&two));
    }

    #[test]
    fn a_draft_read_back_at_any_point_is_the_same_interview(events in vec(event(), 0..40)) {
        let mut session = begin();
        for event in events {
            let _ = session.apply(event);
            let draft = Draft::parse(&session.draft().encode()).expect("a draft that was just written");
            let resumed = Session::resume(session.plan().clone(), draft, &minping::expression::Plain).expect("the same plan");
            prop_assert_eq!(state(&resumed), state(&session));
        }
    }

    #[test]
    fn a_refused_event_changes_nothing(events in vec(event(), 0..40)) {
        let mut session = begin();
        for event in events {
            let before = state(&session);
            if session.apply(event).is_err() {
                prop_assert_eq!(state(&session), before);
            }
        }
    }

    #[test]
    fn a_change_names_everything_that_turned(events in vec(event(), 0..40)) {
        let mut session = begin();
        for event in events {
            let items = 0..session.len();
            let choices: Vec<Vec<usize>> = items.clone().map(|item| session.choices(item)).collect();
            let look = |session: &Session| -> Vec<_> {
                items.clone().map(|item| (session.is_relevant(item), session.answer(item).cloned(), session.missing(item), session.is_refused(item))).collect()
            };
            let before = look(&session);
            let keys: Vec<String> = items.clone().map(|item| session.key(item)).collect();
            let Ok(change) = session.apply(event) else { continue };
            if let Some(moved) = change.layout {
                // What stands before it is what it was, and what changed of it is named.
                for item in 0..moved {
                    prop_assert_eq!(&session.key(item), &keys[item]);
                    prop_assert!(change.choices.contains(&item) || choices[item] == session.choices(item));
                    let named = change.values.contains(&item) || change.relevance.contains(&item);
                    let (relevant, answer, missing, refused) = &before[item];
                    let told = (session.is_relevant(item), session.answer(item), session.missing(item));
                    prop_assert!(named || (*relevant, answer.as_ref(), *missing) == told);
                    prop_assert!(named || change.validity.contains(&item) || *refused == session.is_refused(item));
                }
                continue;
            }
            for item in items.clone() {
                prop_assert_eq!(change.choices.contains(&item), choices[item] != session.choices(item));
            }
            let after = look(&session);
            for item in items.clone() {
                prop_assert_eq!(change.relevance.contains(&item), before[item].0 != after[item].0);
                prop_assert_eq!(change.values.contains(&item), (&before[item].1, before[item].2) != (&after[item].1, after[item].2));
                let told = change.validity.contains(&item) || change.relevance.contains(&item);
                prop_assert!(told || before[item].3 == after[item].3);
            }
        }
    }

    #[test]
    fn the_record_never_holds_what_is_irrelevant(events in vec(event(), 0..40)) {
        let mut session = begin();
        for event in events {
            let _ = session.apply(event);
            let record = session.close(Disposition::Partial).expect("a partial record can always be made");
            for name in record.answers.keys().chain(record.missing.keys()).chain(record.repeats.keys()) {
                let item = session.index(name).expect("an item of the questionnaire");
                prop_assert!(session.is_relevant(item));
            }
            let complete = session.close(Disposition::Complete);
            prop_assert_eq!(complete.is_ok(), session.faults(None).is_empty());
        }
    }
}

/// What is kept under keys outside of an instance, and under those in it as they are called once another one is gone.
fn kept(session: &Session) -> std::collections::BTreeMap<String, String> {
    let draft = session.draft();
    let answers = draft.answers.iter().map(|(key, value)| (key.clone(), format!("{value:?}")));
    let missing = draft.missing.iter().map(|(key, value)| (key.clone(), format!("{value:?}")));
    answers
        .chain(missing)
        .filter(|(key, _)| key.starts_with("r[") && !key.contains("own") && !key.contains("last"))
        .collect()
}

proptest! {
    #[test]
    fn removing_the_first_instance_renames_the_others_and_loses_nothing_else(events in vec(event(), 0..40)) {
        let mut session = begin();
        events.into_iter().for_each(|event| drop(session.apply(event)));
        let before = kept(&session);
        if session.apply(Event::Removed { instance: "r[1]".into() }).is_ok() {
            let moved = before.into_iter().filter(|(key, _)| !key.starts_with("r[1]")).map(|(key, value)| {
                let (number, rest) = key[2..].split_once(']').expect("the key of an instance");
                (format!("r[{}]{rest}", number.parse::<usize>().expect("a number") - 1), value)
            });
            prop_assert_eq!(kept(&session), moved.collect());
        }
    }
}
