//! Invariant 3: no batch verifies after one bit is changed; no kind is accepted as another.
use super::*;
use proptest::prelude::*;
use std::sync::LazyLock;

static SIGNED: LazyLock<(Scene, String)> = LazyLock::new(|| {
    let scene = Scene::new();
    let records = ["a", "b"].map(|id| scene.seal(&scene.record(id))).into();
    let text = scene.sign(scene.draft(1, records)).text;
    assert!(matches!(scene.verify(&text), Ok(Admission::Admitted(_))));
    (scene, text)
});

#[test]
fn no_batch_verifies_after_any_one_bit_is_flipped() {
    let scene = Scene::new();
    // A short batch, so that every bit can be tried.
    let text = scene.sign(scene.draft(1, vec![])).text;
    assert!(matches!(scene.verify(&text), Ok(Admission::Admitted(_))));
    for at in 0..text.len() * 8 {
        let mut bytes = text.clone().into_bytes();
        bytes[at / 8] ^= 1 << (at % 8);
        // What is no longer UTF-8 is no text to begin with.
        if let Ok(changed) = String::from_utf8(bytes) {
            assert!(scene.verify(&changed).is_err(), "bit {at} of {}", text.len() * 8);
        }
    }
}

proptest! {
    #[test]
    fn no_batch_verifies_after_one_character_is_replaced(at: prop::sample::Index, letter: char) {
        let (scene, text) = &*SIGNED;
        let at = at.index(text.len());
        let changed = [&text[..at], letter.encode_utf8(&mut [0; 4]), &text[at + 1..]].concat();
        prop_assume!(changed != *text);
        prop_assert!(scene.verify(&changed).is_err());
    }

    #[test]
    fn no_batch_verifies_after_it_is_cut_or_a_part_is_taken_out(from: prop::sample::Index, to: prop::sample::Index) {
        let (scene, text) = &*SIGNED;
        let (from, to) = (from.index(text.len()), to.index(text.len() + 1));
        prop_assume!(from < to);
        prop_assert!(scene.verify(&[&text[..from], &text[to..]].concat()).is_err());
    }

    #[test]
    fn a_record_reads_back_whatever_it_says(words in "\\PC*", number: i64, id in "[A-Za-z0-9_-]{22}") {
        let (scene, _) = &*SIGNED;
        let mut record = scene.record(&id);
        record.answers.insert(words.clone(), Answer::Text(words));
        record.answers.insert("n".into(), Answer::Integer(number));
        let sealed = scene.seal(&record);
        prop_assert_eq!(block_on(open_record(&Native, &scene.office, &sealed)).unwrap(), record);
    }

    #[test]
    fn what_comes_from_outside_never_stops_the_reader(text in "\\PC*") {
        let (scene, _) = &*SIGNED;
        prop_assert!(scene.verify(&text).is_err());
        prop_assert!(block_on(open_record(&Native, &scene.office, &text)).is_err());
        prop_assert!(block_on(verify_card(&Native, &text)).is_err());
        prop_assert!(read_link(&text).is_err());
        prop_assert!(block_on(open_keys(&Native, &text, "x")).is_err());
    }
}

fn decision() -> Decision {
    Decision {
        on: "2026-11-29T09:30:05Z".into(),
        about: Subject::Batch(Digest("b".repeat(43))),
        verdict: Verdict::Admit,
        reason: "查实".into(),
        by: "甲".into(),
    }
}

#[test]
fn a_decision_comes_back_as_it_was_signed_and_not_for_another_plan_or_key() {
    let scene = Scene::new();
    let (key, public, plan) = (&scene.office.sign, &scene.office.sign_public, &scene.plan.id);
    let sign = |decision: &Decision| block_on(sign_decision(&Native, key, public, plan, decision));
    let verify = |text: &str, plan: &str| block_on(verify_decision(&Native, text, &scene.office_keys(), plan));
    let record = |batch| Subject::Record { id: "r".repeat(22), batch };
    for made in [
        decision(),
        Decision { about: record(None), verdict: Verdict::LeaveOut, ..decision() },
        Decision { about: record(Some(Digest("b".repeat(43)))), verdict: Verdict::Count, ..decision() },
    ] {
        let text = sign(&made).unwrap();
        assert_eq!(*verify(&text, plan).unwrap(), made);
        assert_eq!(verify(&text, "town"), Err(DecisionError::OtherPlan(plan.clone())));
        let stranger = block_on(sign_decision(&Native, &scene.device, &scene.device_key, plan, &made)).unwrap();
        assert_eq!(verify(&stranger, plan), Err(DecisionError::WrongKey));
    }
    for (bad, what) in [
        (Decision { verdict: Verdict::LeaveOut, ..decision() }, "verdict"),
        (Decision { about: record(None), ..decision() }, "verdict"),
        (Decision { reason: " ".into(), ..decision() }, "reason"),
        (Decision { reason: "长".repeat(501), ..decision() }, "reason"),
        (Decision { by: "a\u{202e}\nb".into(), ..decision() }, "by"),
        (Decision { on: "2026-11-29".into(), ..decision() }, "on"),
    ] {
        let error = sign(&bad).unwrap_err().to_string();
        assert!(error.contains(&format!("`{what}`")), "{error}");
    }
}

#[test]
fn every_kind_is_refused_as_every_other_kind() {
    let scene = Scene::new();
    let office = scene.office_keys();
    let (key, public) = (&scene.office.sign, &scene.office.sign_public);
    let digest = Digest("d".repeat(43));
    let receipt = Receipt { v: 1, batch: digest.clone() };
    // All signed by the same trusted key, so that only the kind can tell them apart.
    let texts = [
        ("batch", block_on(sign_batch(&Native, key, public, scene.draft(1, vec![]))).unwrap().text),
        ("receipt", block_on(sign_receipt(&Native, key, public, &receipt)).unwrap()),
        ("roster", block_on(sign_roster(&Native, key, public, &scene.roster())).unwrap()),
        ("link", scene.token(&scene.link())),
        ("card", block_on(sign_card(&Native, key, public, "tablet")).unwrap()),
        ("decision", block_on(sign_decision(&Native, key, public, &scene.plan.id, &decision())).unwrap()),
        ("keys", block_on(seal_keys(&Native, &scene.office, "x")).unwrap()),
        ("record", scene.seal(&scene.record("a"))),
    ];
    for (kind, text) in &texts {
        let accepted = [
            ("batch", scene.verify(text).is_ok()),
            ("receipt", block_on(verify_receipt(&Native, text, &office, &digest)).is_ok()),
            ("roster", block_on(verify_roster(&Native, text, &office, &scene.plan.id)).is_ok()),
            ("link", block_on(verify_link(&Native, text, &office)).is_ok()),
            ("card", block_on(verify_card(&Native, text)).is_ok()),
            ("decision", block_on(verify_decision(&Native, text, &office, &scene.plan.id)).is_ok()),
            ("keys", block_on(open_keys(&Native, text, "x")).is_ok()),
            ("record", block_on(open_record(&Native, &scene.office, text)).is_ok()),
        ];
        for (wanted, accepted) in accepted {
            assert_eq!(accepted, wanted == *kind, "a {kind} as a {wanted}");
        }
        // Where the text says what it is, the message says so too.
        if !matches!(*kind, "batch" | "record") {
            assert!(matches!(scene.verify(text), Err(BatchError::WrongKind(_))), "{kind}");
        }
    }
}

#[test]
fn every_order_of_records_occurs_about_equally_often() {
    let scene = Scene::new();
    let mut counts: BTreeMap<String, u32> = BTreeMap::new();
    for _ in 0..1200 {
        let records = ["a", "b", "c"].map(|id| scene.record(id).encode()).into();
        let Ok(Admission::Admitted(batch)) = scene.verify(&scene.sign(scene.draft(1, records)).text) else {
            panic!("not admitted")
        };
        let order = batch.records.iter().map(|x| if let Slip::Plain(x) = x { x.id.as_str() } else { "" }).collect();
        *counts.entry(order).or_default() += 1;
    }
    assert_eq!(counts.len(), 6, "{counts:?}");
    // 200 are expected of each; nine standard deviations to either side.
    assert!(counts.values().all(|x| (84..316).contains(x)), "{counts:?}");
}
