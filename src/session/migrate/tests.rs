use super::*;
use crate::plan::{Digest, Mode, load};
use crate::session::{Disposition, Event, MissingReason};
use proptest::prelude::*;

const ID: &str = "AAAAAAAAAAAAAAAAAAAAAA";

fn plan(version: &str, items: &str, lists: &str) -> Rc<Plan> {
    let text = [
        r#"{"format": 1, "id": "town", "version": ""#,
        version,
        r#"", "languages": ["en"], "title": {"en": "Town"}, "asker": {"en": "Office"}, "purpose": {"en": "To hear"},
        "privacy": {"notice": {"en": "Nobody sees it"}, "anonymous": false, "seal": false, "smallest_cell": 5},
        "rounds": [{"id": "r", "label": {"en": "First"}}],
        "unit_groups": [{"id": "g", "label": {"en": "Offices"}}],
        "units": [{"id": "u1", "label": {"en": "One"}, "group": "g"}, {"id": "u2", "label": {"en": "Two"}, "group": "g"}],
        "scales": [{"id": "s", "grades": [{"name": "good", "label": {"en": "Good"}, "score": 100, "satisfied": true},
            {"name": "bad", "label": {"en": "Bad"}, "score": 0, "satisfied": false}]}],
        "indicators": [{"id": "a", "label": {"en": "Work"}, "weight": 1}],
        "rater_groups": [{"id": "people", "label": {"en": "People"}}],
        "modes": ["face"], "choice_lists": ["#,
        lists,
        r#"], "questionnaires": [{"id": "q", "title": {"en": "Form"}, "items": ["#,
        items,
        "]}]}",
    ];
    Rc::new(load(&text.concat()).unwrap())
}

const LIST: &str = r#"{"id": "ways", "choices": [{"name": "bus", "label": {"en": "Bus"}}, {"name": "car", "label": {"en": "Car"}}, {"name": "walk", "label": {"en": "On foot"}}]}"#;
const OLD: &str = r#"{"type": "grade_matrix", "name": "m", "label": {"en": "Grades"}, "scale": "s"},
    {"type": "select_one", "name": "way", "label": {"en": "How"}, "choices": "ways"},
    {"type": "select_multiple", "name": "ways", "label": {"en": "All ways"}, "choices": "ways"},
    {"type": "integer", "name": "age", "label": {"en": "Age"}},
    {"type": "text", "name": "say", "label": {"en": "Words"}},
    {"type": "text", "name": "gone", "label": {"en": "Leaves"}},
    {"type": "calculate", "name": "twice", "label": {"en": "Twice"}, "calculation": "${age} * 2"}"#;

fn reference(version: &str) -> PlanRef {
    PlanRef { id: "town".into(), version: version.into(), digest: Digest(version.repeat(43)) }
}

fn opening() -> Opening {
    Opening {
        plan: reference("1"),
        round: "r".into(),
        questionnaire: "q".into(),
        mode: Mode::Face,
        rater_group: Some("people".into()),
        stratum: None,
        link: None,
        full: Vec::new(),
    }
}

fn begin() -> Session {
    let old = plan("1", OLD, LIST);
    Session::begin(old, opening(), ID.into(), "en", &crate::expression::Plain).unwrap()
}

fn answered() -> Session {
    let mut session = begin();
    let text = |text: &str| Answer::Text(text.into());
    let choices = |names: &[&str]| Answer::Choices(names.iter().map(|name| (*name).into()).collect());
    for (item, value) in [
        ("way", text("car")),
        ("ways", choices(&["bus", "walk"])),
        ("age", Answer::Integer(40)),
        ("say", text("more buses")),
        ("gone", text("old words")),
    ] {
        session.apply(Event::Answered { item: item.into(), value }).unwrap();
    }
    for unit in ["u1", "u2"] {
        let (item, grade) = ("m".into(), Some("good".into()));
        session.apply(Event::Graded { item, unit: unit.into(), indicator: "a".into(), grade }).unwrap();
    }
    session
}

fn to(items: &str, lists: &str) -> Migrated {
    migrate(&answered(), plan("2", items, lists), reference("2"), &crate::expression::Plain).unwrap()
}

fn fell(found: &Migrated) -> Vec<(&str, Fell)> {
    found.fallen.iter().map(|one| (one.key.as_str(), one.why)).collect()
}

#[test]
fn the_same_questions_carry_every_answer() {
    let found = to(OLD, LIST);
    assert_eq!((found.fallen.len(), found.reworded.len(), found.added.len()), (0, 0, 0));
    assert_eq!(found.kept, ["age", "gone", "m", "say", "way", "ways"]);
    let before = answered();
    assert_eq!(found.draft.answers, before.draft().answers);
    assert_eq!(found.draft.opening.plan, reference("2"));
    assert_eq!(found.draft.id, ID);
}

#[test]
fn what_asks_something_else_or_does_not_take_the_value_falls_away_with_its_value() {
    let items = OLD
        .replace(r#"{"type": "text", "name": "gone", "label": {"en": "Leaves"}},"#, "")
        .replace(r#""type": "integer", "name": "age""#, r#""type": "text", "name": "age""#)
        .replace(r#""calculation": "${age} * 2""#, r#""calculation": "2""#);
    let lists = LIST.replace(r#"{"name": "car", "label": {"en": "Car"}}, "#, "");
    let found = to(&items, &lists);
    assert_eq!(fell(&found), [("age", Fell::AsksElse), ("gone", Fell::Gone), ("way", Fell::Unfit)]);
    assert_eq!(found.fallen[1].value, Some(Answer::Text("old words".into())));
    assert_eq!(found.kept, ["m", "say", "ways"]);
    assert_eq!(found.reworded, ["ways"], "its list reads otherwise");
}

#[test]
fn cells_of_a_matrix_fall_away_one_by_one() {
    let items = OLD.replace(r#""scale": "s"}"#, r#""scale": "s", "units": ["u2"]}"#);
    let found = to(&items, LIST);
    assert_eq!(fell(&found), [("m", Fell::Gone)]);
    assert_eq!(found.fallen[0].cell, Some(("u1".into(), "a".into())));
    assert!(found.kept.contains(&"m".to_owned()));
    let Some(Answer::Grid(grid)) = found.draft.answers.get("m") else { panic!("no grid") };
    assert_eq!(grid.keys().collect::<Vec<_>>(), ["u2"]);
}

#[test]
fn a_question_in_other_words_keeps_its_answer_and_is_named_and_a_new_one_is_too() {
    let items = OLD.replace("\"Words\"", "\"What else?\"");
    let items = [&items, r#", {"type": "integer", "name": "rooms", "label": {"en": "Rooms"}}"#].concat();
    let found = to(&items, LIST);
    assert_eq!(
        (found.fallen.len(), found.reworded, found.added),
        (0, vec!["say".to_owned()], vec!["rooms".to_owned()])
    );
}

#[test]
fn what_was_refused_is_carried_or_told_as_well() {
    let mut session = begin();
    for item in ["age", "gone"] {
        session.apply(Event::Missing { item: item.into(), reason: MissingReason::Refused }).unwrap();
    }
    let items = OLD.replace(r#"{"type": "text", "name": "gone", "label": {"en": "Leaves"}},"#, "");
    let found = migrate(&session, plan("2", &items, LIST), reference("2"), &crate::expression::Plain).unwrap();
    assert_eq!(found.kept, ["age"]);
    assert_eq!((found.fallen[0].key.as_str(), &found.fallen[0].value), ("gone", &None));
}

#[test]
fn notes_go_with_their_items_and_what_nobody_answers_begins_anew() {
    let mut old = answered();
    for item in ["say", "gone"] {
        old.apply(Event::Noted { item: item.into(), text: ["about ", item].concat() }).unwrap();
    }
    let items = r#"{"type": "hidden", "name": "phase", "label": {"en": "Phase"}, "from": "round"},
        {"type": "text", "name": "say", "label": {"en": "Words"}, "relevant": "${phase} = 'r'"},
        {"type": "integer", "name": "people", "label": {"en": "People"}, "default": "2"}"#;
    let found = migrate(&old, plan("2", items, LIST), reference("2"), &crate::expression::Plain).unwrap();
    assert_eq!(
        found.draft.notes.iter().map(|(key, note)| (key.as_str(), note.as_str())).collect::<Vec<_>>(),
        [("say", "about say")]
    );
    let note = |one: &Fallen| one.value == Some(Answer::Text("about gone".into())) && one.why == Fell::Gone;
    assert!(found.fallen.iter().any(note), "{:?}", found.fallen);
    assert_eq!(found.draft.answers.get("phase"), Some(&Answer::Text("r".into())));
    assert_eq!(found.draft.answers.get("people"), Some(&Answer::Integer(2)));
    assert!(found.kept.contains(&"say".to_owned()) && found.draft.answers.contains_key("say"));
}

/// Values that nobody gives and that are of a moment: by the clock when it was told first, and when a trigger was answered.
const OF_MOMENTS: &str = r#"{"type": "hidden", "name": "day", "label": {"en": "Day"}, "default": "today()"},
    {"type": "integer", "name": "age", "label": {"en": "Age"}},
    {"type": "integer", "name": "rooms", "label": {"en": "Rooms"}},
    {"type": "calculate", "name": "sum", "label": {"en": "Sum"}, "calculation": "${age} + ${rooms}", "trigger": ["age"]},
    {"type": "calculate", "name": "at", "label": {"en": "At"}, "calculation": "now()", "trigger": ["age"]},
    {"type": "calculate", "name": "start", "label": {"en": "Start"}, "calculation": "once(now())"},
    {"type": "text", "name": "say", "label": {"en": "Words"}, "relevant": "${sum} > 40 and ${day} != ''"}"#;

fn moment(text: &str) -> Event {
    Event::Clock(crate::expression::Moment::parse(text).unwrap())
}

/// Asked by one clock, then looked at again by a later one.
fn of_moments() -> Session {
    let old = plan("1", OF_MOMENTS, LIST);
    let mut session = Session::begin(old, opening(), ID.into(), "en", &crate::expression::Plain).unwrap();
    let number = |item: &str, value| Event::Answered { item: item.into(), value: Answer::Integer(value) };
    let say = Event::Answered { item: "say".into(), value: Answer::Text("more buses".into()) };
    let early = moment("2026-03-01T09:00:00.000+08:00");
    for event in [early, number("rooms", 2), number("age", 40), number("rooms", 9), say] {
        session.apply(event).unwrap();
    }
    session.apply(moment("2026-03-05T10:00:00.000+08:00")).unwrap();
    session
}

#[test]
fn what_is_of_its_moment_goes_along_and_is_not_worked_out_at_another_one() {
    let old = of_moments();
    let values = |draft: &Draft| ["day", "sum", "at", "start"].map(|name| draft.answers.get(name).cloned());
    let before = values(old.draft());
    assert_eq!(before[1], Some(Answer::Text("42".into())), "not 49: the trigger was answered before");
    assert!(before.iter().all(Option::is_some), "{before:?}");
    let new = plan("2", OF_MOMENTS, LIST);
    let found = migrate(&old, new.clone(), reference("2"), &crate::expression::Plain).unwrap();
    assert_eq!(values(&found.draft), before);
    assert_eq!((found.kept, found.fallen.len()), (["age", "rooms", "say"].map(str::to_owned).to_vec(), 0));
    // What it decides is shown goes on being shown, also when the clock is told again.
    let mut resumed = Session::resume(new, found.draft, &crate::expression::Plain).unwrap();
    resumed.apply(moment("2026-03-09T10:00:00.000+08:00")).unwrap();
    assert_eq!(values(resumed.draft()), before);
    assert!(resumed.is_relevant(resumed.index("say").unwrap()));
}

#[test]
fn another_rule_of_a_moment_is_worked_out_where_that_can_be_and_told_where_not() {
    let items = OF_MOMENTS
        .replace("${age} + ${rooms}", "${age} * 2")
        .replace(r#""calculation": "now()""#, r#""calculation": "format-date(now(), '%H')""#)
        .replace(r#""default": "today()""#, r#""default": "concat('on ', today())""#);
    let fresh = r#", {"type": "text", "name": "noted", "label": {"en": "Noted on"}, "default": "today()"},
        {"type": "calculate", "name": "half", "label": {"en": "Half"}, "calculation": "${age} div 2", "trigger": ["age"]},
        {"type": "calculate", "name": "never", "label": {"en": "Never"}, "calculation": "1", "trigger": ["noted2"]},
        {"type": "text", "name": "noted2", "label": {"en": "Open"}}"#;
    let new = plan("2", &[&items, fresh].concat(), LIST);
    let found = migrate(&of_moments(), new, reference("2"), &crate::expression::Plain).unwrap();
    assert_eq!(fell(&found), [("at", Fell::AsksElse)]);
    assert!(found.fallen[0].value.is_some() && !found.draft.answers.contains_key("at"));
    let value = |name: &str| found.draft.answers.get(name).cloned();
    assert_eq!((value("sum"), value("half")), (Some(Answer::Text("80".into())), Some(Answer::Text("20".into()))));
    assert_eq!(value("day"), Some(Answer::Text("on 2026-03-05".into())), "the clock as it was told");
    assert_eq!(value("noted"), Some(Answer::Text("2026-03-05".into())), "a question that is new");
    assert_eq!(value("never"), None, "nobody answered its trigger");
}

#[test]
fn a_note_whose_item_takes_none_any_more_is_told() {
    let mut old = answered();
    old.apply(Event::Noted { item: "say".into(), text: "she laughed".into() }).unwrap();
    let items = OLD.replace(r#""type": "text", "name": "say""#, r#""type": "note", "name": "say""#);
    let found = migrate(&old, plan("2", &items, LIST), reference("2"), &crate::expression::Plain).unwrap();
    assert!(found.draft.notes.is_empty());
    let note = |one: &Fallen| one.value == Some(Answer::Text("she laughed".into())) && one.why == Fell::AsksElse;
    assert!(found.fallen.iter().any(note), "{:?}", found.fallen);
}

#[test]
fn an_interview_that_the_new_version_has_no_place_for_stays_on_its_own() {
    let session = answered();
    let text = serde_json::to_string(&*plan("2", OLD, LIST)).unwrap().replace("\"id\":\"r\"", "\"id\":\"other\"");
    let other = Rc::new(load(&text).unwrap());
    let refused = migrate(&session, other, reference("2"), &crate::expression::Plain);
    assert_eq!(refused, Err(DraftError::UnknownReference("r".into())));
    let old = plan("1", OLD, LIST);
    let linked = Opening { link: Some("token".into()), ..opening() };
    let linked = Session::begin(old, linked, ID.into(), "en", &crate::expression::Plain).unwrap();
    assert!(migrate(&linked, plan("2", OLD, LIST), reference("2"), &crate::expression::Plain).is_err());
}

#[test]
fn questions_of_two_versions_answer_to_each_other_by_the_same_rule() {
    use crate::session::{How, map_items};
    let items = OLD
        .replace(r#"{"type": "text", "name": "gone", "label": {"en": "Leaves"}},"#, "")
        .replace("\"Words\"", "\"What else?\"")
        .replace(r#""type": "integer", "name": "age""#, r#""type": "text", "name": "age""#)
        .replace(r#""calculation": "${age} * 2""#, r#""calculation": "2""#);
    let items = [&items, r#", {"type": "integer", "name": "rooms", "label": {"en": "Rooms"}}"#].concat();
    let (old, new) = (plan("1", OLD, LIST), plan("2", &items, LIST));
    let found: Vec<_> = map_items(&old, &new).into_iter().map(|one| (one.name, one.how)).collect();
    let expected = [
        ("m", How::Same),
        ("way", How::Same),
        ("ways", How::Same),
        ("age", How::AsksElse),
        ("say", How::Reworded),
        ("rooms", How::Added),
        ("gone", How::Gone),
    ];
    assert_eq!(found, expected);
}

proptest! {
    /// Whatever items the new version lacks: every answer is carried or told, and what comes out can be gone on with and closed.
    #[test]
    fn no_answer_is_lost_silently(left in proptest::collection::vec(any::<bool>(), 6)) {
        let items: Vec<&str> = OLD.split(",\n").collect();
        let some = items.iter().zip(left.iter().chain([&true])).filter(|(item, left)| **left && !item.contains("calculate"));
        let mut some: Vec<&str> = some.map(|(item, _)| *item).collect();
        some.push(r#"{"type": "note", "name": "end", "label": {"en": "Thank you"}}"#);
        let new = plan("2", &some.join(","), LIST);
        let old = answered();
        let found = migrate(&old, new.clone(), reference("2"), &crate::expression::Plain).unwrap();
        for (key, _) in old.draft().answers.iter().filter(|(key, _)| *key != "twice") {
            let told = found.fallen.iter().any(|one| one.key == *key);
            prop_assert!(told != found.kept.contains(key), "{}", key);
            prop_assert_eq!(found.draft.answers.get(key).is_some(), !told);
        }
        // The same of what is worked out: to a version that has all of it, whatever else is left out.
        let mut moments: Vec<&str> = OF_MOMENTS.split(",\n").collect();
        if !left[0] {
            moments.pop();
        }
        let old_moments = of_moments();
        let new_moments = plan("2", &moments.join(","), LIST);
        let carried = migrate(&old_moments, new_moments, reference("2"), &crate::expression::Plain).unwrap();
        for (key, value) in old_moments.draft().answers.iter().filter(|(key, _)| left[0] || *key != "say") {
            prop_assert_eq!(carried.draft.answers.get(key), Some(value), "{}", key);
        }
        let resumed = Session::resume(new, found.draft.clone(), &crate::expression::Plain).unwrap();
        prop_assert_eq!(resumed.draft(), &found.draft);
        prop_assert!(resumed.close(Disposition::Partial).is_ok());
    }
}
