use super::*;

fn admitted(admission: Admission) -> Verified<Batch> {
    match admission {
        Admission::Admitted(batch) => batch,
        Admission::Quarantined(_, reason) => panic!("quarantined: {reason}"),
    }
}

fn reason(admission: Result<Admission, BatchError>) -> Quarantine {
    match admission {
        Ok(Admission::Quarantined(_, reason)) => reason,
        other => panic!("not quarantined: {other:?}"),
    }
}

#[test]
fn a_sealed_record_reads_back_from_a_batch() {
    let scene = Scene::new();
    let records: Vec<Record> = ["a", "b", "c"].map(|id| scene.record(id)).into();
    let sealed = records.iter().map(|x| scene.seal(x)).collect();
    let signed = scene.sign(scene.draft(1, sealed));
    assert_eq!(block_on(batch_digest(&Native, &signed.text)).unwrap(), signed.digest);

    let batch = admitted(scene.verify(&signed.text).unwrap());
    assert_eq!(batch.digest, signed.digest);
    assert_eq!((batch.seq, &batch.prev, &batch.round), (1, &None, &"r1".to_owned()));
    let mut opened: Vec<Record> = batch
        .records
        .iter()
        .map(|slip| match slip {
            Slip::Sealed(text) => block_on(open_record(&Native, &scene.office, text)).unwrap(),
            Slip::Plain(_) => panic!("a sealed record became plain"),
        })
        .collect();
    opened.sort_by(|a, b| a.id.cmp(&b.id));
    assert_eq!(opened, records);
}

#[test]
fn a_plain_record_reads_back_from_a_batch() {
    let scene = Scene::new();
    let record = scene.record("a");
    let signed = scene.sign(scene.draft(2, vec![record.encode()]));
    assert_eq!(admitted(scene.verify(&signed.text).unwrap()).records, vec![Slip::Plain(record)]);
}

/// What a receiver takes unless told otherwise.
const RECEIVED: usize = 8 << 20;

#[test]
fn a_record_full_of_attachments_comes_back_whole_and_fits_what_a_receiver_takes() {
    use crate::session::{Attachment, AttachmentType, MOST_ATTACHED};
    use base64ct::{Base64, Encoding};
    let scene = Scene::new();
    let mut record = scene.record("a");
    for (seed, part) in [(1, 3), (2, 3), (3, 3)] {
        let file = vec![seed; (MOST_ATTACHED / part) as usize];
        let name = Attachment { kind: AttachmentType::Jpeg, bytes: file.len() as u64 }.name(&[seed; 32]);
        record.answers.insert(format!("photo{seed}"), Answer::Text(name.clone()));
        record.attachments.insert(name, Base64::encode_string(&file));
    }
    // Sealed for three keys of the office, as a careful one has.
    let keys = vec![scene.office.seal_public.clone(); 3];
    let sealed = block_on(seal_record(&Native, &keys, &record)).unwrap();
    let signed = scene.sign(scene.draft(1, vec![sealed]));
    assert!(signed.text.len() < RECEIVED * 2 / 3, "{}", signed.text.len());
    let batch = admitted(scene.verify(&signed.text).unwrap());
    let Slip::Sealed(text) = &batch.records[0] else { panic!("a sealed record became plain") };
    assert_eq!(block_on(open_record(&Native, &scene.office, text)).unwrap(), record);
}

#[test]
fn each_reason_for_quarantine_is_told_apart() {
    let scene = Scene::new();
    let text = scene.sign(scene.draft(1, vec![])).text;
    assert_eq!(reason(scene.verify_with(&text, None)), Quarantine::UnknownDevice);
    let mut roster = scene.roster();
    roster.devices[0].revoked = true;
    assert_eq!(reason(scene.verify_with(&text, Some(&roster))), Quarantine::Revoked);
    roster.devices.clear();
    assert_eq!(reason(scene.verify_with(&text, Some(&roster))), Quarantine::UnknownDevice);
    let mut roster = scene.roster();
    roster.plan = "other".into();
    assert_eq!(reason(scene.verify_with(&text, Some(&roster))), Quarantine::UnknownDevice);

    let mut draft = scene.draft(1, vec![]);
    draft.round = "r9".into();
    assert_eq!(reason(scene.verify(&scene.sign(draft).text)), Quarantine::UnknownRound("r9".into()));

    let mut draft = scene.draft(1, vec![]);
    draft.plan.version = "2024.2".into();
    let found = draft.plan.clone();
    assert_eq!(reason(scene.verify(&scene.sign(draft).text)), Quarantine::OtherPlanVersion { found });

    let mut draft = scene.draft(1, vec![]);
    draft.plan.id = "city".into();
    let found = draft.plan.clone();
    assert_eq!(reason(scene.verify(&scene.sign(draft).text)), Quarantine::OtherPlan { found });
}

#[test]
fn a_resident_needs_a_link_that_the_office_signed_for_this_plan_and_round() {
    let scene = Scene::new();
    let resident = |link: Option<String>| {
        let mut draft = scene.draft(0, vec![scene.seal(&scene.record("a"))]);
        draft.link = link;
        scene.verify_with(&scene.sign(draft).text, None)
    };
    let batch = admitted(resident(Some(scene.token(&scene.link()))).unwrap());
    assert_eq!(batch.link, Some(scene.link()));

    assert_eq!(reason(resident(None)), Quarantine::BadLink);
    assert_eq!(reason(resident(Some("not a link".into()))), Quarantine::BadLink);
    let other_round = Link { round: "r2".into(), ..scene.link() };
    assert_eq!(reason(resident(Some(scene.token(&other_round)))), Quarantine::BadLink);
    let other_plan = Link { plan: Digest("q".repeat(43)), ..scene.link() };
    assert_eq!(reason(resident(Some(scene.token(&other_plan)))), Quarantine::BadLink);
    let foreign = Scene::new().token(&scene.link());
    assert_eq!(reason(resident(Some(foreign))), Quarantine::BadLink);
}

#[test]
fn digits_of_a_plan_are_those_of_its_digest_and_change_with_every_byte() {
    let of = |text: &[u8]| plan_digits(&block_on(plan_digest(&Native, text)).unwrap()).unwrap();
    // SHA-256 of "abc" begins with ba7816bf8f 01cfea4141: 800,878,673,807 and 7,783,203,137, of which the last five digits.
    assert!(of(b"abc").starts_with("73807 03137 "), "{}", of(b"abc"));
    assert_ne!(of(b"abc"), of(b"abd"));
    assert_eq!(of(b"").split(' ').count(), 6);
    assert_eq!(plan_digits(&crate::plan::Digest("short".into())), None);
}

#[test]
fn a_fingerprint_has_six_groups_of_digits_and_changes_with_either_key() {
    let scene = Scene::new();
    let keys = scene.office.public();
    let print = |keys| block_on(fingerprint(&Native, &keys)).unwrap();
    let own = print(keys.clone());
    assert_eq!(own, print(keys.clone()));
    assert!(own.split(' ').count() == 6 && own.split(' ').all(|x| x.len() == 5 && x.parse::<u32>().is_ok()), "{own}");
    let other = vec![scene.device_key.clone()];
    assert_ne!(own, print(crate::plan::OfficeKeys { sign: other.clone(), ..keys.clone() }));
    assert_ne!(own, print(crate::plan::OfficeKeys { seal: other, ..keys }));
}
