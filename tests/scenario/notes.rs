//! Notes of the interviewer about items: for the office, beside answers and refusals and never instead of them.

use crate::interview::{ID, item, open, opening, plan};
use minping::session::{Draft, Event, FaultKind, MissingReason, Opening, Refusal, Session};
use serde_json::{Value, json};

fn questions() -> Value {
    json!([
        item("grade", "g", json!({ "required": true })),
        item("text", "why", json!({ "relevant": "${g} = 'bad'" })),
        { "type": "note", "name": "told", "label": { "zh": "说明" } },
        { "type": "repeat", "name": "member", "label": { "zh": "成员" }, "items": [item("text", "name", json!({}))] },
    ])
}

fn noted(item: &str, text: &str) -> Event {
    Event::Noted { item: item.into(), text: text.into() }
}

#[test]
fn a_note_is_kept_with_the_draft_and_closed_into_the_record() {
    let mut interview = open(questions());
    interview.answer("g", "good");
    let change = interview.tell(noted("g", "  hesitated\nfor long "));
    assert!(change.noted && change.values.is_empty() && !change.is_empty(), "it is to be saved, and no value changed");
    assert!(interview.tell(noted("g", "hesitated\nfor long")).is_empty(), "the same again is nothing to save");
    let text = interview.session.draft().encode();
    let draft = Draft::parse(&text).expect("the draft is read");
    let plan = plan(questions());
    let resumed = Session::resume(plan, draft, &minping::expression::Plain).expect("it goes on");
    assert_eq!(resumed.note(interview.item("g")), Some("hesitated\nfor long"));
    let record = interview.close();
    assert_eq!(record.notes.get("g").map(String::as_str), Some("hesitated\nfor long"));
    assert_eq!(minping::session::Record::parse(&record.encode()).expect("a record"), record);
    interview.tell(noted("g", " "));
    assert!(interview.close().notes.is_empty(), "an empty note is none");
    assert!(!interview.close().encode().contains("notes"), "a record without notes is written as before");
}

#[test]
fn a_note_is_no_answer_and_a_refusal_is_neither_blank_nor_dont_know() {
    let mut interview = open(questions());
    interview.tell(noted("g", "does not want to say"));
    interview.expect_faults(&[("g", FaultKind::Required)]);
    interview.refuse_to_answer("g");
    interview.expect_faults(&[]);
    let record = interview.close();
    assert!(record.answers.is_empty());
    assert_eq!(record.missing.get("g"), Some(&MissingReason::Refused));
    assert_eq!(record.id, ID);
    assert_eq!(record.notes.len(), 1);
}

#[test]
fn a_note_on_what_was_not_asked_in_the_end_stays_out_of_the_record() {
    let mut interview = open(questions());
    interview.answer("g", "bad");
    interview.tell(noted("why", "long story"));
    interview.answer("g", "good");
    assert!(interview.close().notes.is_empty());
    interview.answer("g", "bad");
    assert_eq!(interview.close().notes.len(), 1, "it was kept");
}

#[test]
fn a_note_moves_with_its_instance_and_goes_with_it() {
    let mut interview = open(questions());
    interview.answer("g", "good");
    interview.add("member");
    interview.add("member");
    interview.tell(noted("member[1]/name", "one"));
    interview.tell(noted("member[2]/name", "two"));
    interview.remove("member[1]");
    let notes = interview.close().notes;
    let found: Vec<(&str, &str)> = notes.iter().map(|(key, note)| (key.as_str(), note.as_str())).collect();
    assert_eq!(found, [("member[1]/name", "two")]);
}

#[test]
fn who_answers_alone_has_no_notes_and_none_is_without_end() {
    let resident = Opening { link: Some("token".into()), ..opening() };
    let begun = Session::begin(plan(questions()), resident, ID.into(), "zh", &minping::expression::Plain);
    let mut resident = begun.expect("it begins");
    assert_eq!(resident.apply(noted("g", "x")), Err(Refusal::Unfit("g".into())));
    let mut interview = open(questions());
    interview.expect_refused(noted("nobody", "x"), Refusal::UnknownItem("nobody".into()));
    interview.expect_refused(noted("told", "x"), Refusal::Unfit("told".into()));
    interview.expect_refused(noted("g", &"长".repeat(501)), Refusal::Unfit("g".into()));
    interview.tell(noted("g", &"长".repeat(500)));
}
