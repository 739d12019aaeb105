//! Random order and subsets: what follows from the id of an interview.

use crate::interview::{ID, begin_with, item, plan};
use minping::plan::Plan;
use minping::session::{Answer, Balance, Disposition, Event, Session};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

/// The plan with `count` units and these members of its questionnaire.
fn large(count: usize, items: Value, more: &[(&str, Value)]) -> Rc<Plan> {
    let mut plan = serde_json::to_value(&*plan(items)).unwrap();
    let units: Vec<Value> = (0..count).map(|i| json!({ "id": format!("u{i}"), "label": { "zh": "位" } })).collect();
    plan["units"] = json!(units);
    let choices: Vec<Value> = (0..8).map(|i| json!({ "name": format!("c{i}"), "label": { "zh": "项" } })).collect();
    plan["choice_lists"][0]["choices"] = json!(choices);
    for (name, value) in more {
        plan["questionnaires"][0][name] = value.clone();
    }
    Rc::new(Plan::parse(&plan.to_string()).unwrap())
}

fn id(number: usize) -> String {
    format!("{number:A>22}")
}

fn begin(plan: &Rc<Plan>, id: &str) -> Session {
    begin_with(plan, id)
}

fn names(session: &Session) -> Vec<String> {
    (0..session.len()).map(|at| session.item(at).name.clone()).collect()
}

#[test]
fn sections_and_items_of_a_group_stand_in_an_order_that_follows_from_the_id() {
    let inner: Vec<Value> = (0..5).map(|i| item("text", &format!("t{i}"), json!({}))).collect();
    let items = json!([
        item("text", "a", json!({})),
        item("text", "b", json!({})),
        item("group", "g", json!({ "order": "random", "items": inner })),
        item("group", "h", json!({ "items": [item("text", "x", json!({})), item("text", "y", json!({}))] })),
    ]);
    let plan = large(2, items, &[("order", json!("random"))]);
    let mut seen = BTreeSet::new();
    for number in 0..60 {
        let session = begin(&plan, &id(number));
        let order = names(&session);
        assert_eq!(order, names(&begin(&plan, &id(number))));
        let at = |name: &str| order.iter().position(|other| other == name).unwrap();
        // Questions outside groups stay together; what says nothing of order keeps it.
        assert_eq!((at("b"), at("y")), (at("a") + 1, at("x") + 1), "{order:?}");
        assert!((0..5).all(|i| at(&format!("t{i}")) > at("g") && at(&format!("t{i}")) <= at("g") + 5));
        assert_eq!(session.sections().len(), 3);
        seen.insert(order);
    }
    assert!(seen.len() > 50, "{}", seen.len());
}

#[test]
fn a_draft_goes_on_in_the_same_order() {
    let items = json!([item("grade_matrix", "m", json!({ "subset": 4, "order": "random" }))]);
    let plan = large(20, items, &[]);
    let mut session = begin(&plan, ID);
    let units = session.matrix(0).0.to_vec();
    let grade = Some("good".to_owned());
    session.apply(Event::RowGraded { item: "m".into(), unit: units[2].clone(), grade }).unwrap();
    let again = Session::resume(plan, session.draft().clone(), &minping::expression::Plain).unwrap();
    assert_eq!((again.matrix(0).0, again.row_filled(0, 2)), (&units[..], 2));
    // What the Python of FORMAT.md makes of it.
    assert_eq!(units, ["u4", "u9", "u7", "u0"]);
}

#[test]
fn each_unit_is_as_likely_as_any_other_and_units_outside_the_subset_take_no_grade() {
    let items = json!([item("grade_matrix", "m", json!({ "subset": 3, "required": true }))]);
    let plan = large(12, items, &[]);
    let mut asked: BTreeMap<String, usize> = BTreeMap::new();
    for number in 0..4000 {
        let session = begin(&plan, &id(number));
        let (units, _) = session.matrix(0);
        assert_eq!(units.len(), 3);
        let places: Vec<usize> = units.iter().map(|unit| unit[1..].parse().unwrap()).collect();
        assert!(places.is_sorted(), "without `order`, units stand as in the plan");
        units.iter().for_each(|unit| *asked.entry(unit.clone()).or_default() += 1);
    }
    // 1,000 expected, with a standard deviation of 27: chi-square of 11 degrees of freedom, 99.99 %.
    let chi: f64 = asked.values().map(|&n| (n as f64 - 1000.0).powi(2) / 750.0).sum();
    assert!(asked.len() == 12 && chi < 37.4, "{chi} {asked:?}");
    let mut session = begin(&plan, ID);
    let inside = session.matrix(0).0.to_vec();
    let outside = plan.units.iter().find(|unit| !inside.contains(&unit.id)).unwrap().id.clone();
    let tell = |unit: &str| Event::RowGraded { item: "m".into(), unit: unit.to_owned(), grade: Some("good".into()) };
    assert!(session.apply(tell(&outside)).is_err());
    for unit in &inside {
        session.apply(tell(unit)).unwrap();
    }
    assert_eq!(session.progress().asked, 3);
    let record = session.close(Disposition::Complete).unwrap();
    assert!(matches!(&record.answers.get("m"), Some(Answer::Grid(grid)) if grid.len() == 3));
}

#[test]
fn a_device_that_chooses_among_ids_asks_about_all_units_alike() {
    let items = json!([item("grade_matrix", "m", json!({ "subset": 5 }))]);
    let plan = large(40, items, &[]);
    let spread = |candidates: usize| {
        let mut balance = Balance::default();
        let mut asked = vec![0f64; 40];
        for interview in 0..80 {
            let ids: Vec<String> = (0..candidates).map(|i| id(interview * 100 + i)).collect();
            let chosen = balance.choose(&plan, "q", &ids).unwrap();
            let session = begin(&plan, &ids[chosen]);
            session.matrix(0).0.iter().for_each(|unit| asked[unit[1..].parse::<usize>().unwrap()] += 1.0);
            balance = Balance::parse(&balance.encode()).unwrap();
        }
        asked.iter().map(|n| (n - 10.0).powi(2)).sum::<f64>() / 40.0
    };
    let (by_chance, balanced) = (spread(1), spread(Balance::CANDIDATES));
    assert!(by_chance > 5.0, "the variance of independent draws is 8.75: {by_chance}");
    assert!(balanced < 2.0, "{balanced}");
}

#[test]
fn a_questionnaire_without_a_subset_takes_any_id() {
    let plan = large(4, json!([item("grade_matrix", "m", json!({}))]), &[]);
    assert_eq!(Balance::default().choose(&plan, "q", &[id(1)]), None);
}

#[test]
fn choices_stand_in_an_order_that_follows_from_the_id_or_as_in_odk_from_a_seed() {
    let items = json!([
        item("integer", "n", json!({})),
        item("select_one", "one", json!({ "order": "random" })),
        item("select_multiple", "many", json!({ "order": "random", "seed": "${n} + 40" })),
        item("select_one", "as_written", json!({})),
    ]);
    let plan = large(2, items, &[]);
    let orders: BTreeSet<Vec<usize>> = (0..50).map(|number| begin(&plan, &id(number)).choices(1)).collect();
    assert!(orders.len() > 45);
    let mut session = begin(&plan, ID);
    assert_eq!(session.choices(3), (0..8).collect::<Vec<_>>());
    session.apply(Event::Answered { item: "n".into(), value: Answer::Integer(2) }).unwrap();
    // As the ODK specification has it, worked out by another program.
    assert_eq!(session.choices(2), ODK_42);
    assert_eq!(begin(&plan, &id(7)).choices(0), Vec::<usize>::new());
}

/// `randomize(…, 42)` of eight items.
const ODK_42: [usize; 8] = [0, 5, 2, 1, 7, 4, 6, 3];

#[test]
fn in_a_repeat_each_instance_has_an_order_of_its_own_that_follows_from_the_key() {
    let inner: Vec<Value> = (0..5).map(|i| item("text", &format!("t{i}"), json!({}))).collect();
    let mut inside = vec![item("select_one", "why", json!({ "other": { "zh": "其他" } }))];
    inside.extend(inner);
    inside.push(item("repeat", "child", json!({ "items": [item("text", "name", json!({}))] })));
    let items = json!([item(
        "repeat",
        "person",
        json!({ "repeat_count": "4", "items": [
            item("select_one", "first", json!({ "order": "random" })),
            item("group", "g", json!({ "order": "random", "items": inside })),
            item("text", "last", json!({})),
        ] })
    )]);
    let plan = large(2, items, &[]);
    let mut session = begin(&plan, &id(7));
    let keys = |session: &Session| -> Vec<String> { (0..session.len()).map(|at| session.key(at)).collect() };
    let of = |session: &Session, instance: usize| -> Vec<String> {
        let prefix = format!("person[{instance}]/");
        keys(session).iter().filter_map(|key| key.strip_prefix(&prefix)).map(str::to_owned).collect()
    };
    let mut seen = BTreeSet::new();
    for instance in 1..=4 {
        let order = of(&session, instance);
        assert_eq!((order[0].as_str(), order[1].as_str()), ("first", "g"));
        assert_eq!(order.last().map(String::as_str), Some("last"), "what is around the group stays: {order:?}");
        let at = |name: &str| order.iter().position(|other| other == name).expect("every item is there");
        assert_eq!(at("why_other"), at("why") + 1, "the words of “other” stay with it");
        assert_eq!(at("child[1]/name"), at("child") + 2, "a repeat moves as one: {order:?}");
        seen.insert(order);
    }
    assert!(seen.len() >= 3, "{seen:?}");
    let offered: BTreeSet<Vec<usize>> = (1..=4)
        .map(|instance| session.choices(session.index(&format!("person[{instance}]/first")).expect("an item")))
        .collect();
    assert!(offered.len() >= 3, "{offered:?}");

    // Another instance changes nothing of these, nor does a draft that is read back.
    let before: Vec<_> = (1..=4).map(|instance| of(&session, instance)).collect();
    session.apply(Event::Added { repeat: "person[2]/child".into() }).expect("one more");
    let text = Answer::Text("x".into());
    session.apply(Event::Answered { item: "person[3]/t2".into(), value: text.clone() }).expect("an answer");
    let without: Vec<String> = of(&session, 2).into_iter().filter(|key| !key.starts_with("child[2]")).collect();
    assert_eq!(without, before[1]);
    assert_eq!([&of(&session, 1), &of(&session, 3)], [&before[0], &before[2]]);
    assert_eq!(session.answer(session.index("person[3]/t2").expect("an item")), Some(&text));
    let draft = session.draft().clone();
    let again = Session::resume(plan.clone(), draft, &minping::expression::Plain).expect("it goes on");
    assert_eq!(keys(&again), keys(&session));
    // As FORMAT.md has it: the group's items, shuffled by the group's key.
    let written = ["why", "t0", "t1", "t2", "t3", "t4", "child"];
    let mut shown: Vec<&str> = before[0].iter().map(String::as_str).filter(|name| written.contains(name)).collect();
    // A repeat stands before and after its instances.
    shown.dedup();
    assert_eq!(shown, shuffled(&written, &id(7), "person[1]/g"));
}

/// The listing of FORMAT.md, another time.
fn shuffled<'a>(things: &[&'a str], id: &str, name: &str) -> Vec<&'a str> {
    let mut seed = 0xcbf2_9ce4_8422_2325u64;
    for byte in [id, "/", name].concat().bytes() {
        seed = (seed ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    }
    let mut things = things.to_vec();
    for (drawn, end) in (1..things.len()).rev().enumerate() {
        let mut z = seed.wrapping_add((drawn as u64 + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15));
        z = (z ^ z >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ z >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^= z >> 31;
        things.swap((((z >> 32) * (end as u64 + 1)) >> 32) as usize, end);
    }
    things
}
