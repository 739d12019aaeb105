use crate::interview::{Interview, item, open};
use minping::session::{Answer, Attachment, AttachmentType, Event, FaultKind, MOST_ATTACHED, Refusal};
use serde_json::{Value, json};

fn choices(names: &[&str]) -> Answer {
    Answer::Choices(names.iter().map(|name| name.to_string()).collect())
}

impl Interview {
    fn held(&self, name: &str) -> Option<&Answer> {
        self.session.answer(self.item(name))
    }
    fn expect_unfit(&mut self, name: &str, value: Answer) {
        self.expect_refused(Event::Answered { item: name.into(), value }, Refusal::Unfit(name.into()));
    }
}

#[test]
fn a_ranking_keeps_the_order_in_which_it_was_given() {
    let mut interview = open(json!([item("rank", "r", json!({}))]));
    interview.choose("r", &["c", "a"]);
    assert_eq!(interview.held("r"), Some(&choices(&["c", "a"])));
    interview.expect_unfit("r", choices(&["a", "a"]));
    interview.expect_unfit("r", choices(&["z"]));
    let interview = interview.reload();
    assert_eq!(interview.held("r"), Some(&choices(&["c", "a"])));
    interview.expect_answered(&interview.close(), &["r"]);
}

#[test]
fn a_required_ranking_has_to_be_finished() {
    let mut interview = open(json!([item("rank", "r", json!({ "required": true }))]));
    interview.expect_faults(&[("r", FaultKind::Required)]);
    interview.choose("r", &["b"]);
    interview.expect_faults(&[("r", FaultKind::RankIncomplete)]);
    interview.choose("r", &["b", "c", "a"]);
    interview.expect_faults(&[]);
}

#[test]
fn a_range_takes_its_steps_and_nothing_between() {
    let mut interview = open(json!([
        item("range", "whole", json!({ "start": 0, "end": 10, "step": 5 })),
        item("range", "tenths", json!({ "start": 0, "end": 1, "step": 0.1 })),
    ]));
    assert_eq!(interview.held("whole"), None, "no position counts as an answer before it is chosen");
    interview.answer_number("whole", 5);
    interview.expect_unfit("whole", Answer::Integer(6));
    interview.expect_unfit("whole", Answer::Integer(15));
    interview.expect_unfit("whole", Answer::Integer(i64::MAX));
    interview.expect_unfit("whole", Answer::Text("5".into()));
    interview.answer("tenths", "0.30");
    assert_eq!(interview.held("tenths"), Some(&Answer::Text("0.3".into())));
    interview.expect_unfit("tenths", Answer::Text("0.35".into()));
    interview.expect_unfit("tenths", Answer::Integer(1));
}

#[test]
fn what_is_acknowledged_has_the_value_ok_and_no_other() {
    let mut interview = open(json!([item("acknowledge", "read", json!({ "required": true }))]));
    interview.expect_faults(&[("read", FaultKind::Required)]);
    interview.expect_unfit("read", Answer::Text("yes".into()));
    interview.answer("read", "OK");
    interview.expect_faults(&[]);
    interview.answer("read", "");
    assert_eq!(interview.held("read"), None);
}

#[test]
fn a_day_with_a_time_is_one_value() {
    let mut interview = open(json!([item("datetime", "when", json!({}))]));
    interview.answer("when", "2026-11-24T08:30");
    for wrong in ["2026-11-24", "08:30", "2026-02-30T08:30", "2026-11-24T25:00", "2026-11-24 08:30"] {
        interview.expect_unfit("when", Answer::Text(wrong.into()));
    }
    assert_eq!(interview.held("when"), Some(&Answer::Text("2026-11-24T08:30".into())));
}

fn other(required: bool) -> Value {
    json!([
        item("select_one", "one", json!({ "other": { "zh": "其他" }, "required": required })),
        item("select_multiple", "many", json!({ "other": { "zh": "其他" } })),
        item("text", "why", json!({ "relevant": "${one_other} = '骑马'" })),
    ])
}

#[test]
fn other_asks_for_its_words_and_they_are_an_answer_of_their_own() {
    let mut interview = open(other(true));
    interview.expect_relevant(&["one", "many"]);
    let change = interview.answer("one", "other");
    interview.expect_appeared_or_gone(&change, &["one_other"]);
    interview.expect_faults(&[("one_other", FaultKind::Required)]);
    interview.answer("one_other", "骑马");
    interview.expect_relevant(&["one", "one_other", "many", "why"]);
    interview.choose("many", &["other", "b"]);
    assert_eq!(interview.held("many"), Some(&choices(&["b", "other"])));
    interview.expect_faults(&[]);
    interview.expect_answered(&interview.close(), &["many", "one", "one_other"]);
    interview.answer("one", "a");
    interview.expect_answered(&interview.close(), &["many", "one"]);
}

#[test]
fn a_place_is_two_to_four_numbers_on_the_earth_and_expressions_measure_from_it() {
    let mut interview = open(json!([
        item("geopoint", "here", json!({ "constraint": "distance(., '25.033 121.565') < 1000" })),
        item("text", "far", json!({ "relevant": "distance(${here}, '25.04 121.565') > 700" })),
    ]));
    for none in
        ["91 0", "0 181", "25.033", "25.033 121.565 x", "25 121 0 -1", "25 121 0 1 2", "25,121", "25  121", "NaN 0"]
    {
        interview.expect_unfit("here", Answer::Text(none.into()));
    }
    interview.answer("here", "25.033 121.565 0 8.5");
    interview.expect_faults(&[]);
    interview.expect_relevant(&["here", "far"]);
    interview.answer("here", "-33.8688 151.2093");
    interview.expect_faults(&[("here", FaultKind::Constraint)]);
    interview.answer("here", "25.0395 121.565");
    interview.expect_relevant(&["here"]);
    let mut interview = interview.reload();
    assert_eq!(interview.value("here"), "25.0395 121.565");
    interview.answer("here", "");
    assert_eq!(interview.value("here"), "");
}

#[test]
fn the_words_of_other_may_be_left_out_where_the_question_may() {
    let mut interview = open(other(false));
    interview.answer("one", "other");
    interview.expect_faults(&[]);
    let mut without = open(json!([item("select_one", "one", json!({}))]));
    without.expect_unfit("one", Answer::Text("other".into()));
}

#[test]
fn a_choice_that_goes_with_no_other_is_refused_beside_one() {
    let mut interview = open(json!([item("select_multiple", "m", json!({ "choices": "x" }))]));
    interview.choose("m", &["a", "b"]);
    interview.choose("m", &["none"]);
    interview.expect_unfit("m", choices(&["a", "none"]));
    assert_eq!(interview.held("m"), Some(&choices(&["none"])));
}

/// The name of a file of so many bytes that is nowhere.
fn name(seed: u8, bytes: u64, kind: AttachmentType) -> String {
    Attachment { kind, bytes }.name(&[seed; 32])
}

#[test]
fn a_picture_and_a_recording_are_named_and_the_names_are_values() {
    let mut interview = open(json!([
        item("image", "photo", json!({ "required": true })),
        item("audio", "voice", json!({})),
        item("text", "why", json!({ "relevant": "${photo} = ''" })),
        item("barcode", "code", json!({})),
    ]));
    interview.expect_relevant(&["photo", "voice", "why", "code"]);
    interview.expect_faults(&[("photo", FaultKind::Required)]);
    let (photo, voice) = (name(1, 9, AttachmentType::Jpeg), name(2, 9, AttachmentType::Ogg));
    for wrong in ["photo.jpg", &voice, "../../x-1.jpg", "OK"] {
        interview.expect_unfit("photo", Answer::Text(wrong.into()));
    }
    interview.expect_unfit("voice", Answer::Text(photo.clone()));
    interview.answer("photo", &photo);
    interview.answer("voice", &voice);
    interview.answer("code", "6901234567892");
    interview.expect_faults(&[]);
    interview.expect_relevant(&["photo", "voice", "code"]);
    let mut interview = interview.reload();
    assert_eq!(interview.value("photo"), photo);
    let record = interview.close();
    interview.expect_answered(&record, &["code", "photo", "voice"]);
    assert!(record.attachments.is_empty(), "the session holds no files: whoever keeps them puts them in");
    interview.answer("photo", "");
    interview.expect_faults(&[("photo", FaultKind::Required)]);
}

#[test]
fn attachments_of_one_interview_have_room_for_so_many_bytes_and_no_more() {
    let mut interview = open(json!([
        item("image", "a", json!({})),
        item("image", "b", json!({ "relevant": "${a} != ''" })),
        item("repeat", "each", json!({ "items": [item("image", "c", json!({}))] })),
    ]));
    let half = MOST_ATTACHED / 2;
    interview.answer("a", &name(1, half, AttachmentType::Png));
    interview.answer("b", &name(2, half, AttachmentType::Png));
    let at = |interview: &Interview, key: &str| interview.session.room(interview.session.index(key).unwrap());
    assert_eq!(at(&interview, "a"), half, "what it has itself may be replaced");
    assert_eq!(at(&interview, "each[1]/c"), 0);
    let more = Answer::Text(name(3, 1, AttachmentType::Jpeg));
    let told = Event::Answered { item: "each[1]/c".into(), value: more.clone() };
    interview.expect_refused(told.clone(), Refusal::Full("each[1]/c".into()));
    let larger = Answer::Text(name(4, half + 1, AttachmentType::Png));
    interview.expect_refused(Event::Answered { item: "b".into(), value: larger }, Refusal::Full("b".into()));
    // What is hidden comes back with what it depends on, and takes its room.
    interview.answer("a", "");
    assert_eq!(at(&interview, "each[1]/c"), half);
    interview.tell(told);
    assert_eq!(at(&interview, "a"), half - 1);
}
