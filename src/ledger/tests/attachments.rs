use super::*;
use crate::expression::sha_256;
use crate::ledger::{AttachedFile, AttachedItem, Torn, TornFault};
use crate::named::Named;
use crate::session::{Answer, Attachment, AttachmentType};
use base64ct::{Base64, Encoding};

const PLAN: &str = "tests/vectors/plan/good/kinds.json";

fn photo() -> (String, String) {
    let file = [&b"\xff\xd8\xff\xe0"[..], &[7; 500]].concat();
    named(&file, AttachmentType::Jpeg)
}

fn named(file: &[u8], kind: AttachmentType) -> (String, String) {
    (Attachment { kind, bytes: file.len() as u64 }.name(&sha_256(file)), Base64::encode_string(file))
}

/// A ledger of one record with this answer to `photo` and these attachments.
fn ledger(answer: &str, attachments: &[(&str, &str)]) -> Ledger {
    let plan = load(&std::fs::read_to_string(PLAN).unwrap()).unwrap();
    let reference = PlanRef { id: "kinds".into(), version: "1".into(), digest: Digest("p".repeat(43)) };
    let record = Record {
        plan: reference.clone(),
        rater_group: Some("g2".into()),
        answers: Named::from([("photo".into(), Answer::Text(answer.into()))]),
        attachments: attachments.iter().map(|(name, data)| ((*name).to_owned(), (*data).to_owned())).collect(),
        ..record("one")
    };
    // As it comes out of its envelope.
    let record = Record::parse(&record.encode()).unwrap();
    let codebook = Codebook::new(&plan, &reference, &crate::expression::Plain).unwrap();
    let mut ledger = Ledger::with_codebook(std::sync::Arc::new(codebook));
    let mut batch = batch("b1", "a", 1, None, vec![Slip::Plain(record)]);
    batch.plan = reference;
    ledger.keep(batch, Standing::Admitted, "here");
    ledger
}

/// What the office is told of it.
fn told(answer: &str, attachments: &[(&str, &str)]) -> (Vec<Torn>, u64) {
    let ledger = ledger(answer, attachments);
    let account = ledger.account();
    let torn: Vec<Torn> = account.torn.iter().map(|(_, _, torn)| (*torn).clone()).collect();
    assert_eq!(findings(&ledger, &account).len(), torn.len(), "each is told, and nothing else");
    (torn, account.balance.counted)
}

#[test]
fn an_attachment_that_is_what_its_name_says_is_no_finding() {
    let (name, data) = photo();
    assert_eq!(told(&name, &[(&name, &data)]), (vec![], 1));
    assert_eq!(read_attachment(&name, &data).unwrap().len(), 504);
}

#[test]
fn a_torn_attachment_is_named_with_its_item_and_the_other_answers_count() {
    let (name, data) = photo();
    let torn = |fault| (vec![Torn { item: "photo".into(), fault }], 1);
    assert_eq!(told(&name, &[]), torn(TornFault::Missing));
    let other = Base64::encode_string(&[&b"\xff\xd8\xff\xe0"[..], &[8; 500]].concat());
    for changed in [&other, &data[..data.len() - 4], "", "no base64", &[&data, "AAAA"].concat()] {
        assert_eq!(told(&name, &[(&name, changed)]), torn(TornFault::Changed), "{changed}");
    }
    let (script, text) = named(b"#!/bin/sh", AttachmentType::Jpeg);
    assert_eq!(told(&script, &[(&script, &text)]), torn(TornFault::OtherType));
}

#[test]
fn what_no_answer_names_is_told_and_never_read() {
    let (name, data) = photo();
    let (torn, counted) = told(&name, &[(&name, &data), ("../../home/x.sh", "AAAA")]);
    assert_eq!((torn, counted), (vec![Torn { item: "../../home/x.sh".into(), fault: TornFault::Unnamed }], 1));
    assert_eq!(read_attachment("../../home/x.sh", "AAAA"), Err(TornFault::Unnamed));
}

#[test]
fn the_files_of_counted_records_are_listed_with_item_and_place() {
    let (name, data) = photo();
    let ledger = ledger(&name, &[(&name, &data)]);
    let account = ledger.account();
    let round = &ledger.codebook().plan().rounds[0].id;
    let attached = ledger.attached(&account, round);
    let [AttachedItem { item, files }] = &attached[..] else { panic!("one item has a file: {attached:?}") };
    let place = Place { batch: Digest("b1".into()), index: 0 };
    assert_eq!(item.name, "photo");
    assert_eq!(*files, [AttachedFile { record: "one", name, place }]);
    assert_eq!(ledger.attached(&account, "another round"), []);
}
