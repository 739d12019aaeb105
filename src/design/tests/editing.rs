use super::super::*;
use super::{pointers, ready};
use crate::plan::{Severity, check};
use proptest::prelude::*;

/// A plan with members that no format has, in odd places and an odd layout.
fn odd() -> String {
    let text = ready("service-evaluation");
    let text = text.replacen("\"format\": 1,", "\"format\": 1,\n      \"x-own\": {\"b\":1.50,\"a\":[1e3 , null]},", 1);
    text.replacen("{ \"id\": \"water\",", "{ \"id\": \"water\", \"x-unit\": \"kept \\u00e9\",", 1)
}

/// The edit that numbers choose for the text as it is.
fn edit(value: &Value, numbers: (usize, usize, u8)) -> Edit {
    let mut all = Vec::new();
    pointers(value, "", &mut all);
    let lists: Vec<&String> = all.iter().filter(|at| matches!(value.at(at), Some(Value::List(_)))).collect();
    let list = lists[numbers.0 % lists.len()].clone();
    let length = value.at(&list).map_or(0, |list| list.list().len());
    let index = numbers.1 % length.max(1);
    let inner = all[1 + numbers.0 % (all.len() - 1)].clone();
    let new = object([("id", Value::text("new-\"\n\u{1F600}")), ("label", object([("zh", Value::text("新的"))]))]);
    match numbers.2 % 6 {
        0 => Edit::put(inner, Value::text("改过的 \\ text")),
        1 => Edit::put(inner, new),
        2 => Edit::Insert { list, index: numbers.1 % (length + 1), value: new },
        3 => Edit::Remove { list, index },
        4 => Edit::Move { list, from: index, to: numbers.0 % length.max(1) },
        _ => Edit::Drop { at: inner },
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn any_edits_undone_give_the_first_text_and_redone_the_last(
        steps in prop::collection::vec((any::<usize>(), any::<usize>(), any::<u8>()), 1..14),
        kept in any::<bool>(),
    ) {
        let first = odd();
        let mut draft = Draft::new("a", first.clone());
        let mut seen = vec![first.clone()];
        for step in steps {
            let Ok(value) = Value::parse(draft.text()) else { panic!("an edit left no JSON") };
            if let Ok(text) = edit(&value, step).apply(draft.text()) {
                seen.push(text.clone());
                draft.change(text, if step.2 > 100 { "place" } else { "" });
            }
        }
        let last = draft.text().to_owned();
        if kept {
            // The oldest steps may not be worth keeping; those that are lead back to a text that was there.
            draft = Draft::read(&draft.write()).expect("what was written is read");
            while draft.undo() {}
            prop_assert!(seen.iter().any(|text| text == draft.text()));
        } else {
            while draft.undo() {}
            prop_assert_eq!(draft.text(), &first);
        }
        while draft.redo() {}
        prop_assert_eq!(draft.text(), &last);
    }

    #[test]
    fn an_edit_changes_what_it_is_about_and_nothing_else(step in (any::<usize>(), any::<usize>(), any::<u8>())) {
        let first = odd();
        let before = Value::parse(&first).unwrap();
        let made = edit(&before, step);
        let (Ok(text), around) = (made.apply(&first), match &made {
            Edit::Put { at, .. } | Edit::Drop { at } => at.rsplit_once('/').map_or("", |(around, _)| around).to_owned(),
            Edit::Insert { list, .. } | Edit::Remove { list, .. } | Edit::Move { list, .. } => list.clone(),
        }) else { return Ok(()) };
        let after = Value::parse(&text).unwrap();
        let mut all = Vec::new();
        pointers(&before, "", &mut all);
        for at in all {
            let inside = at.starts_with(&around) || around.starts_with(&at);
            prop_assert!(inside || before.at(&at) == after.at(&at), "{} changed by {:?}", at, made);
        }
        // What is before the changed value stays byte for byte.
        let start = first.bytes().zip(text.bytes()).take_while(|(a, b)| a == b).count();
        prop_assert!(start > 0 || around.is_empty());
    }

    #[test]
    fn typing_in_one_place_is_one_step(words in prop::collection::vec("[a-z字é]{0,6}", 1..8)) {
        let mut draft = Draft::new("a", "{\"a\": \"x\", \"b\": 1}".to_owned());
        let first = draft.text().to_owned();
        for word in &words {
            let text = Edit::put("/a", Value::text(word)).apply(draft.text()).unwrap();
            draft.change(text, "/a");
        }
        draft.undo();
        prop_assert_eq!(draft.text(), first.as_str());
        prop_assert!(!draft.can_undo());
    }
}

#[test]
fn a_printed_plan_reads_as_the_same_and_an_untouched_part_keeps_its_layout() {
    let text = odd();
    let value = Value::parse(&text).unwrap();
    assert_eq!(Value::parse(&value.print(0, 0)).unwrap(), value);
    let changed = Edit::put("/units/2/label/en", Value::text("Waterworks")).apply(&text).unwrap();
    assert_eq!(changed, text.replacen("\"Water company\"", "\"Waterworks\"", 1));
    assert!(changed.contains("{\"b\":1.50,\"a\":[1e3 , null]}") && changed.contains("kept \\u00e9"));
    // A list that is changed keeps its other elements as they are written, also those laid out in an odd way.
    let fewer = Edit::Remove { list: "/units".into(), index: 0 }.apply(&text).unwrap();
    let gone = text.lines().find(|line| line.contains("\"id\": \"service-centre\"")).unwrap();
    assert_eq!(fewer, text.replacen(&format!("{gone}\n"), "", 1));
    let added = Edit::put("/links", Value::List(vec![Value::text("a.example")])).apply(&text).unwrap();
    let laid = text.replacen("      \"x-own\"", "  \"x-own\"", 1);
    assert_eq!(
        added,
        format!("{},\n  \"links\": [\"a.example\"]\n}}\n", laid.trim_end().trim_end_matches('}').trim_end())
    );
}

#[test]
fn a_step_of_its_own_begins_after_another_place_an_undo_or_a_pause() {
    let mut draft = Draft::new("a", "1".to_owned());
    for (text, place) in [("2", "/a"), ("3", "/a"), ("4", "/b"), ("5", "")] {
        draft.change(text.to_owned(), place);
    }
    draft.change("6".to_owned(), "");
    let mut seen = Vec::new();
    while draft.undo() {
        seen.push(draft.text().to_owned());
    }
    assert_eq!(seen, ["5", "4", "3", "1"]);
    draft.change("7".to_owned(), "/a");
    assert!(!draft.redo(), "a change ends what could be made again");
    draft.close_step();
    draft.change("8".to_owned(), "/a");
    draft.undo();
    assert_eq!(draft.text(), "7");
}

#[test]
fn what_is_renamed_is_renamed_wherever_it_is_named() {
    let text = ready("service-evaluation");
    let renamed = rename(&text, Named::Unit, "/units/2/id", "waterworks").unwrap();
    assert!(renamed.contains("\"units\": [\"waterworks\"]") && !renamed.contains("\"units\": [\"water\"]"));
    let errors = |text: &str| check(text).iter().filter(|problem| problem.severity() == Severity::Error).count();
    assert_eq!((errors(&text), errors(&renamed)), (0, 0));
    let small = r#"{"questionnaires":[{"items":[{"name":"a","label":{"zh":"甲"}},{"name":"b","label":{"zh":"${a}?"},"relevant":"${a} = 1 and ${ab} = 2"}]},{"items":[{"name":"a","label":{"zh":"${a}"}}]}]}"#;
    let renamed = rename(small, Named::Item, "/questionnaires/0/items/0/name", "c").unwrap();
    assert!(renamed.contains("${c} = 1 and ${ab} = 2") && renamed.contains("${c}?"));
    assert!(
        renamed.contains("\"zh\": \"${a}\"") || renamed.contains("\"zh\":\"${a}\""),
        "the other questionnaire has its own: {renamed}"
    );
}

#[test]
fn shares_are_equal_and_sum_to_one() {
    for count in 1..60 {
        let list: Vec<Value> = (0..count).map(|_| object([("x", Value::Null)])).collect();
        let shared = share_evenly(&list);
        assert_eq!(sum(&shared).map(crate::decimal::Decimal::to_text).as_deref(), Some("1"));
    }
    assert_eq!(sum(&[object([("id", Value::Null)])]), None);
}

#[test]
fn a_skeleton_has_no_errors() {
    let text = Skeleton { id: "new-plan", title: "新的测评", year: "2026" }.write();
    let problems = check(&text);
    assert!(problems.iter().all(|problem| problem.severity() == Severity::Warning), "{problems:#?}");
    assert!(crate::plan::load(&text).is_ok());
}

#[test]
fn ids_are_made_of_latin_words_or_counted() {
    assert_eq!(fresh("Water Company (North)", "unit-", &[]), "water-company-north");
    assert_eq!(fresh("Water", "unit-", &["water"]), "water-2");
    assert_eq!(fresh("市水务局", "unit-", &["unit-1", "unit-3"]), "unit-4");
    assert_eq!(fresh("2nd", "unit-", &["unit-2"]), "unit-3");
}

#[test]
fn a_copy_has_names_of_its_own_and_refers_to_itself() {
    let text = r#"{"questionnaires":[{"id":"q","items":[
        {"type":"group","name":"home","items":[
            {"name":"q1"},
            {"name":"q1-2","relevant":"${q1} = 1 and ${else} = 2","label":{"zh":"${q1}?"},"trigger":["q1"]}]},
        {"type":"group","name":"else","items":[{"name":"q2","relevant":"${q1} = 1"}]}]}]}"#;
    let root = Value::parse(text).unwrap();
    let items = "/questionnaires/0/items";
    let copy = copied(&root, items, root.at("/questionnaires/0/items/0").unwrap(), "name", "q");
    let said = |at: &str| copy.at(at).and_then(Value::as_text).map(str::to_owned).unwrap_or_default();
    assert_eq!([said("/name"), said("/items/0/name"), said("/items/1/name")], ["home-2", "q1-3", "q1-4"]);
    assert_eq!(said("/items/1/relevant"), "${q1-3} = 1 and ${else} = 2", "what is outside of the copy stays");
    assert_eq!([said("/items/1/label/zh"), said("/items/1/trigger/0")], ["${q1-3}?", "q1-3"]);
    let made = Edit::Insert { list: items.into(), index: 1, value: copy }.apply(text).unwrap();
    let renamed = rename(&made, Named::Item, "/questionnaires/0/items/1/items/0/name", "own").unwrap();
    let after = Value::parse(&renamed).unwrap();
    assert_eq!(after.at("/questionnaires/0/items/0"), root.at("/questionnaires/0/items/0"));
    assert_eq!(after.at("/questionnaires/0/items/2"), root.at("/questionnaires/0/items/1"));
    assert!(renamed.contains("${own} = 1 and ${else} = 2"));
    // A branch of indicators, whose ids are unique in the whole tree.
    let text = r#"{"indicators":[{"id":"a","indicators":[{"id":"b"},{"id":"c"}]},{"id":"b-2"}]}"#;
    let root = Value::parse(text).unwrap();
    let copy = copied(&root, "/indicators", root.at("/indicators/0").unwrap(), "id", "indicator-");
    let ids = ["/id", "/indicators/0/id", "/indicators/1/id"].map(|at| copy.at(at).and_then(Value::as_text));
    assert_eq!(ids.map(Option::unwrap_or_default), ["a-2", "b-3", "c-2"]);
}

#[test]
fn of_two_things_of_one_name_the_references_stay_with_the_other() {
    let text = r#"{"questionnaires":[{"items":[{"name":"a"},{"items":[{"name":"a"},{"relevant":"${a} = 1"}]}]}]}"#;
    let renamed = rename(text, Named::Item, "/questionnaires/0/items/1/items/0/name", "b").unwrap();
    assert!(renamed.contains("${a} = 1") && renamed.contains("\"b\""), "{renamed}");
}

#[test]
fn what_is_removed_is_named_in_no_list_any_more_but_as_its_last() {
    let text = r#"{"units":[{"id":"a"}],"items":[{"units":["a","b"]},{"units":["a"],"x":1},{"unit":"a"}]}"#;
    let left = forget(text, Named::Unit, "a").unwrap();
    let value = Value::parse(&left).unwrap();
    assert_eq!(value.at("/items/0/units"), Some(&Value::List(vec![Value::text("b")])));
    let last = Some(Value::List(vec![Value::text("a")]));
    assert_eq!(value.at("/items/1/units"), last.as_ref(), "an empty list would mean all");
    assert_eq!(
        value.at("/items/2/unit").and_then(Value::as_text),
        Some("a"),
        "somebody has to say what comes in its place"
    );
}

#[test]
fn what_is_no_draft_is_not_read_as_one() {
    for text in ["", "{}", "{\"v\":2,\"name\":\"a\",\"text\":\"b\"}", "{\"format\":1}", "[1]"] {
        assert_eq!(Draft::read(text), None, "{text}");
    }
    let mut draft = Draft::new("名", "{}".to_owned());
    draft.change("{ }".to_owned(), "a");
    draft.undo();
    draft.rename("另一个");
    let read = Draft::read(&draft.write()).unwrap();
    assert_eq!((read.name(), read.text(), read.can_undo(), read.can_redo()), ("另一个", "{}", false, true));
}
