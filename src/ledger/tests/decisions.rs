//! What the office decides about single batches and records.

use super::*;
use crate::batch::{Decision, Subject, Verdict};
use proptest::prelude::*;

fn decide(ledger: &mut Ledger, on: &str, about: Subject, verdict: Verdict) {
    let decision = Decision { on: on.into(), about, verdict, reason: "查实".into(), by: "甲".into() };
    ledger.decisions.insert(decision);
    ledger.note_all();
}

fn of_batch(digest: &str) -> Subject {
    Subject::Batch(Digest(digest.into()))
}

fn of_record(id: &str, batch: Option<&str>) -> Subject {
    Subject::Record { id: id.into(), batch: batch.map(|digest| Digest(digest.into())) }
}

fn counted(ledger: &Ledger) -> Vec<String> {
    let account = ledger.account();
    assert!(account.balance.holds(), "{:?}", account.balance);
    account.counted.iter().map(|(id, _)| (*id).to_owned()).collect()
}

fn one(digest: &str, id: &str) -> Batch {
    batch(digest, digest, 1, None, vec![Slip::Plain(record(id))])
}

#[test]
fn a_batch_of_an_unknown_device_counts_once_it_is_decided_until_it_is_decided_otherwise() {
    let mut ledger = ledger();
    ledger.keep(one("b1", "one"), Standing::Quarantined(Quarantine::UnknownDevice), "here");
    assert_eq!(counted(&ledger), Vec::<String>::new());
    decide(&mut ledger, "1", of_batch("b1"), Verdict::Admit);
    assert_eq!(counted(&ledger), ["one"]);
    assert!(ledger.counts(&Digest("b1".into())) && ledger.account().quarantined.is_empty());
    assert_eq!(ledger.sources().len(), 1, "its device is known to the checks of quality");
    assert_eq!(ledger.quotas(&ledger.account(), 0).batches, ["b1"], "its device is told that it is counted");
    decide(&mut ledger, "2", of_batch("b1"), Verdict::KeepApart);
    assert_eq!((counted(&ledger), ledger.account().balance.quarantined), (Vec::new(), 1));
}

#[test]
fn a_batch_that_would_count_is_kept_apart_by_decision() {
    let mut ledger = ledger();
    admit(&mut ledger, one("b1", "one"));
    admit(&mut ledger, one("b2", "two"));
    decide(&mut ledger, "1", of_batch("b1"), Verdict::KeepApart);
    assert_eq!(counted(&ledger), ["two"]);
    let account = ledger.account();
    assert_eq!(account.kept_apart.iter().map(|(digest, _)| digest.as_str()).collect::<Vec<_>>(), ["b1"]);
    assert_eq!(account.balance.quarantined, 1);
}

#[test]
fn sealed_records_of_an_admitted_batch_are_opened_only_then() {
    let mut ledger = ledger();
    let sealed = batch("b1", "b1", 1, None, vec![Slip::Sealed("sealed".into())]);
    ledger.keep(sealed, Standing::Quarantined(Quarantine::Revoked), "here");
    assert_eq!((ledger.waiting(), ledger.sealed(9).len()), (0, 0));
    decide(&mut ledger, "1", of_batch("b1"), Verdict::Admit);
    assert_eq!((ledger.waiting(), ledger.sealed(9).len()), (1, 1));
    let place = ledger.sealed(9)[0].0.clone();
    ledger.put(&place, Ok(record("one")));
    assert_eq!(counted(&ledger), ["one"]);
}

#[test]
fn what_was_made_for_another_plan_or_round_is_not_admitted_and_that_is_told() {
    for reason in [
        Quarantine::OtherPlan { found: reference() },
        Quarantine::OtherPlanVersion { found: reference() },
        Quarantine::UnknownRound("r9".into()),
    ] {
        let mut ledger = ledger();
        ledger.keep(one("b1", "one"), Standing::Quarantined(reason), "here");
        decide(&mut ledger, "1", of_batch("b1"), Verdict::Admit);
        assert_eq!(counted(&ledger), Vec::<String>::new());
        let account = ledger.account();
        let codes: Vec<&str> = findings(&ledger, &account).iter().map(|finding| finding.code).collect();
        assert!(codes.contains(&"idle_decision"), "{codes:?}");
    }
}

#[test]
fn a_record_is_left_out_and_counts_again() {
    let mut ledger = ledger();
    admit(&mut ledger, one("b1", "one"));
    admit(&mut ledger, one("b2", "two"));
    decide(&mut ledger, "1", of_record("one", None), Verdict::LeaveOut);
    assert_eq!((counted(&ledger), ledger.account().balance.left_out), (vec!["two".to_owned()], 1));
    decide(&mut ledger, "2", of_record("one", None), Verdict::Count);
    assert_eq!((counted(&ledger).len(), ledger.account().balance.left_out), (2, 0));
    assert_eq!(ledger.decisions().len(), 2, "both stay on record");
}

#[test]
fn a_contradiction_is_settled_by_leaving_one_of_the_two_out() {
    let mut ledger = ledger();
    let mut other = record("one");
    other.answers.insert("say".into(), Answer::Text("x".into()));
    admit(&mut ledger, one("b1", "one"));
    admit(&mut ledger, batch("b2", "b2", 1, None, vec![Slip::Plain(other)]));
    assert_eq!(ledger.account().balance.conflicting, 2);
    decide(&mut ledger, "1", of_record("one", Some("b2")), Verdict::LeaveOut);
    let account = ledger.account();
    assert_eq!((account.counted.len(), account.balance.left_out, account.balance.conflicting), (1, 1, 0));
    assert_eq!(account.left_out[0].1.batch.as_str(), "b2");
}

#[test]
fn of_several_records_on_one_code_the_one_that_is_not_left_out_counts() {
    let mut ledger = ledger();
    for (digest, id) in [("b1", "one"), ("b2", "two")] {
        let mut made = batch(digest, digest, 0, None, vec![Slip::Plain(record(id))]);
        made.link = Some(link(Some("code")));
        admit(&mut ledger, made);
    }
    decide(&mut ledger, "1", of_record("two", None), Verdict::LeaveOut);
    assert_eq!(counted(&ledger), ["one"]);
}

#[test]
fn a_decision_about_what_is_not_here_is_told_but_not_while_records_are_sealed() {
    let mut ledger = ledger();
    decide(&mut ledger, "1", of_record("one", None), Verdict::LeaveOut);
    decide(&mut ledger, "2", of_batch("b9"), Verdict::Admit);
    let idle = |ledger: &Ledger| ledger.account().idle.len();
    assert_eq!(idle(&ledger), 2);
    admit(&mut ledger, batch("b1", "b1", 1, None, vec![Slip::Sealed("sealed".into())]));
    assert_eq!(idle(&ledger), 1, "the sealed record may be the one");
    let place = ledger.sealed(9)[0].0.clone();
    ledger.put(&place, Ok(record("one")));
    assert_eq!(idle(&ledger), 1);
    assert_eq!(ledger.account().balance.left_out, 1);
}

proptest! {
    #[test]
    fn decisions_merge_in_any_order_and_every_record_stays_on_the_balance(
        made in prop::collection::vec((0u8..6, 0u8..4, 0usize..4, any::<bool>()), 0..12)
    ) {
        let part = |turned: bool| {
            let mut ledger = ledger();
            admit(&mut ledger, one("b0", "id0"));
            admit(&mut ledger, one("b1", "id1"));
            ledger.keep(one("b2", "id2"), Standing::Quarantined(Quarantine::UnknownDevice), "here");
            admit(&mut ledger, batch("b3", "b3", 1, None, vec![Slip::Plain(record("id0")), Slip::Plain(record("id3"))]));
            for (on, subject, verdict, mine) in &made {
                if *mine == turned {
                    let verdict = Verdict::ALL[*verdict];
                    let about = match verdict {
                        Verdict::Admit | Verdict::KeepApart => of_batch(&format!("b{subject}")),
                        Verdict::LeaveOut | Verdict::Count => of_record(&format!("id{subject}"), turned.then_some("b3")),
                    };
                    decide(&mut ledger, &on.to_string(), about, verdict);
                }
            }
            ledger
        };
        let (mut one, mut other) = (part(true), part(false));
        one.merge(part(false)).unwrap();
        other.merge(part(true)).unwrap();
        prop_assert_eq!(&one, &other);
        prop_assert!(one.account().balance.holds());
        let again = one.clone();
        one.merge(other).unwrap();
        prop_assert_eq!(one, again);
    }
}
