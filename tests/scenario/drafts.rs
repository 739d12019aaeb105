use crate::interview::{item, open, opening, plan, try_open};
use minping::session::{BeginError, Draft, DraftError, Event, Session};
use serde_json::{Value, json};

fn questions() -> Value {
    json!([
        item("select_one", "used", json!({})),
        item("text", "why", json!({ "relevant": "${used} = 'a'" })),
        item("group", "g", json!({ "items": [item("grade_matrix", "m", json!({}))] })),
    ])
}

#[test]
fn an_interview_goes_on_from_its_draft_as_it_was() {
    let mut interview = open(questions());
    interview.answer("used", "a");
    interview.answer("why", "so");
    interview.answer("used", "b");
    interview.go_to(1);
    interview.grade("m", "u1", "i1", "good");
    interview.tell(Event::Language("en".into()));
    let before = interview.session.draft().clone();
    let mut interview = interview.reload();
    assert_eq!(interview.session.draft(), &before);
    interview.expect_relevant(&["used", "g", "m"]);
    interview.answer("used", "a");
    interview.expect_answered(&interview.close(), &["m", "used", "why"]);
}

#[test]
fn a_draft_that_is_damaged_or_newer_is_told_apart() {
    let text = open(questions()).session.draft().encode();
    assert_eq!(Draft::parse(&text[..text.len() - 3]), Err(DraftError::Malformed));
    assert_eq!(Draft::parse("{}"), Err(DraftError::Malformed));
    assert_eq!(Draft::parse(&text.replace("\"v\":1", "\"v\":2")), Err(DraftError::NewerVersion(2)));
    let newer_shape = text.replace("\"v\":1", "\"v\":3,\"tempo\":7");
    assert_eq!(Draft::parse(&newer_shape), Err(DraftError::NewerVersion(3)));
}

#[test]
fn a_draft_is_not_gone_on_with_on_another_plan() {
    let mut interview = open(questions());
    interview.answer("used", "a");
    let draft = interview.session.draft().clone();
    let mut other = draft.clone();
    other.opening.plan.version = "2".into();
    let expected = DraftError::OtherPlan(other.opening.plan.clone());
    assert_eq!(Session::resume(plan(questions()), other, &minping::expression::Plain).err(), Some(expected));
    let without = json!([item("text", "why", json!({}))]);
    assert_eq!(
        Session::resume(plan(without), draft.clone(), &minping::expression::Plain).err(),
        Some(DraftError::UnknownReference("used".into()))
    );
    let retyped = json!([item("integer", "used", json!({}))]);
    assert_eq!(
        Session::resume(plan(retyped), draft.clone(), &minping::expression::Plain).err(),
        Some(DraftError::Unfit("used".into()))
    );
    // A note stands at what is asked, as long as notes are, and is nobody's who answers alone.
    for (name, note, unfit) in [("why", "so", false), ("g", "so", true), ("why", &*"长".repeat(501), true)] {
        let mut noted = draft.clone();
        noted.notes.insert(name.into(), note.into());
        let error = Session::resume(plan(questions()), noted, &minping::expression::Plain).err();
        assert_eq!(error, unfit.then(|| DraftError::Unfit(name.into())), "{name}");
    }
    let mut far = draft;
    far.section = 7;
    assert!(Session::resume(plan(questions()), far, &minping::expression::Plain).is_err());
}

#[test]
fn an_opening_that_the_plan_does_not_have_is_refused_by_member() {
    let refused = |change: fn(&mut minping::session::Opening)| {
        let mut opening = opening();
        change(&mut opening);
        match Session::begin(plan(questions()), opening, "A".repeat(22), "zh", &minping::expression::Plain) {
            Err(BeginError::UnknownReference { member, .. }) => member,
            _ => "taken",
        }
    };
    assert_eq!(refused(|opening| opening.round = "r9".into()), "round");
    assert_eq!(refused(|opening| opening.questionnaire = "x".into()), "questionnaire");
    assert_eq!(refused(|opening| opening.mode = minping::plan::Mode::Phone), "mode");
    assert_eq!(refused(|opening| opening.rater_group = Some("x".into())), "rater group");
    assert_eq!(refused(|opening| opening.stratum = Some("west".into())), "stratum");
    assert_eq!(refused(|opening| opening.plan.version = "9".into()), "plan");
    let language = Session::begin(plan(questions()), opening(), "A".repeat(22), "fr", &minping::expression::Plain);
    assert!(matches!(language, Err(BeginError::UnknownReference { member: "language", .. })));
    assert_eq!(
        Session::begin(plan(questions()), opening(), "short".into(), "zh", &minping::expression::Plain).err(),
        Some(BeginError::BadId)
    );
    let scale = json!([item("grade", "g", json!({ "scale": "none" }))]);
    assert!(matches!(try_open(scale), Err(BeginError::UnknownReference { member: "scale", .. })));
    let twice = json!([item("text", "t", json!({})), item("text", "t", json!({}))]);
    assert_eq!(try_open(twice).err(), Some(BeginError::DuplicateName("t".into())));
}
