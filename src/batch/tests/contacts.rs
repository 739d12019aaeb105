use super::*;
use crate::batch::jws::{self, Kind};

fn list(scene: &Scene, device: &Digest) -> Assignment {
    let case = |id: &str, substitute_for: Option<&str>| Case {
        id: id.into(),
        label: "东街 12 号".into(),
        stratum: Some("east".into()),
        place: Some("39.9042 116.4074".into()),
        substitute_for: substitute_for.map(str::to_owned),
        ..Case::default()
    };
    Assignment {
        v: 1,
        plan: scene.plan.id.clone(),
        round: "r1".into(),
        device: device.clone(),
        at: "2026-11-29T08:00:00Z".into(),
        attempts: 3,
        selection: Selection::Kish,
        cases: vec![case("E-1", None), case("E-2", Some("E-1"))],
    }
}

fn signed(scene: &Scene, list: &Assignment) -> String {
    block_on(sign_assignment(&Native, &scene.office.sign, &scene.office.sign_public, list)).unwrap()
}

fn verified(scene: &Scene, text: &str, device: &Digest) -> Result<Assignment, AssignmentError> {
    block_on(verify_assignment(&Native, text, &scene.office_keys(), &scene.plan.id, Some(device)))
}

#[test]
fn a_list_is_taken_by_its_device_alone_and_only_as_the_office_signed_it() {
    let scene = Scene::new();
    let device = block_on(thumbprint(&Native, &scene.device_key)).unwrap();
    let own = list(&scene, &device);
    let text = signed(&scene, &own);
    assert_eq!(verified(&scene, &[" ", &text, "\n"].concat(), &device), Ok(own.clone()));
    assert_eq!(read_assignment(&text), Ok(own.clone()));
    let other = Digest("z".repeat(43));
    let refused = verified(&scene, &text, &other);
    assert!(matches!(refused, Err(AssignmentError::OtherDevice(_))), "{refused:?}");
    let elsewhere = signed(&scene, &Assignment { plan: "city".into(), ..own.clone() });
    assert_eq!(verified(&scene, &elsewhere, &device), Err(AssignmentError::OtherPlan("city".into())));
    let stranger = Scene::new();
    let by_stranger = signed(&stranger, &own);
    assert_eq!(verified(&scene, &by_stranger, &device), Err(AssignmentError::WrongKey));
    let mut changed = text.into_bytes();
    let middle = changed.len() / 2;
    changed[middle] = if changed[middle] == b'A' { b'B' } else { b'A' };
    let changed = verified(&scene, &String::from_utf8(changed).unwrap(), &device);
    assert!(changed.is_err(), "{changed:?}");
    let batch = scene.sign(scene.draft(1, vec![])).text;
    assert!(matches!(verified(&scene, &batch, &device), Err(AssignmentError::WrongKind(_))));
}

#[test]
fn a_list_that_makes_no_sense_is_refused_with_the_reason() {
    let scene = Scene::new();
    let device = block_on(thumbprint(&Native, &scene.device_key)).unwrap();
    let change = |change: fn(&mut Assignment)| {
        let mut list = list(&scene, &device);
        change(&mut list);
        match verified(&scene, &signed(&scene, &list), &device) {
            Err(AssignmentError::BadContent(why)) => why,
            other => panic!("{other:?}"),
        }
    };
    assert!(change(|list| list.cases[1].id = "E-1".into()).contains("twice"));
    assert!(change(|list| list.cases[0].id = "a/b".into()).contains("no id"));
    assert!(change(|list| list.cases[0].place = Some("north".into())).contains("place"));
    assert!(change(|list| list.cases[1].substitute_for = Some("E-9".into())).contains("no first case"));
    assert!(change(|list| list.cases[1].substitute_for = Some("E-2".into())).contains("no first case"));
    assert!(change(|list| list.at = "yesterday".into()).contains("UTC"));
    assert!(change(|list| list.v = 2).contains("newer"));
}

fn log() -> ContactLog {
    let standing = CaseStanding {
        id: "E-1".into(),
        stratum: Some("east".into()),
        mode: Some("face".into()),
        outcome: Some("2.24".into()),
        attempts: 2,
        household: 3,
        selected: 2,
        ..CaseStanding::default()
    };
    let waiting = CaseStanding { id: "E-2".into(), substitute_for: Some("E-1".into()), ..CaseStanding::default() };
    let day = DayCount {
        day: "2026-11-30".into(),
        stratum: Some("east".into()),
        mode: "face".into(),
        outcome: "2.24".into(),
        count: 2,
    };
    ContactLog { list: "2026-11-29T08:00:00Z".into(), cases: vec![standing, waiting], days: vec![day] }
}

fn handed(scene: &Scene, log: &ContactLog) -> SignedLog {
    let head = LogHead { plan: scene.plan.clone(), round: "r1".into(), number: 3, day: "2026-11-30".into() };
    let office = std::slice::from_ref(&scene.office.seal_public);
    block_on(sign_contacts(&Native, &scene.device, &scene.device_key, office, &head, log)).unwrap()
}

#[test]
fn a_contact_log_is_opened_by_the_office_and_tells_nobody_else_a_case() {
    let scene = Scene::new();
    let made = handed(&scene, &log());
    let read = block_on(verify_contacts(&Native, &made.text, Some("county"))).unwrap();
    assert_eq!((read.head.number, read.head.round.as_str(), read.head.day.as_str()), (3, "r1", "2026-11-30"));
    assert_eq!(read.device, block_on(thumbprint(&Native, &scene.device_key)).unwrap());
    assert_eq!(read.digest, made.digest);
    assert_eq!(block_on(open_contacts(&Native, &scene.office, &read)), Ok(log()));
    let payload = jws::read(&made.text).unwrap().payload;
    let outside = String::from_utf8(payload).unwrap();
    assert!(!outside.contains("E-1") && !outside.contains("2.24"), "{outside}");
    // Lengths tell of blocks, not of cases.
    let mut more = log();
    more.cases[0].attempts = 12;
    assert_eq!(handed(&scene, &more).text.len(), made.text.len());
    let stranger = Scene::new();
    let shut = block_on(open_contacts(&Native, &stranger.office, &read));
    assert_eq!(shut, Err(ContactsError::Open(OpenError::WrongKey)));
}

#[test]
fn a_contact_log_that_was_changed_or_is_another_kind_is_refused() {
    let scene = Scene::new();
    let made = handed(&scene, &log());
    let verify = |text: &str, plan| block_on(verify_contacts(&Native, text, plan));
    for at in [made.text.len() / 3, made.text.len() / 2, made.text.len() - 4] {
        let mut changed = made.text.clone().into_bytes();
        changed[at] = if changed[at] == b'A' { b'B' } else { b'A' };
        assert!(verify(&String::from_utf8(changed).unwrap(), None).is_err());
    }
    assert!(matches!(verify(&made.text, Some("city")), Err(ContactsError::OtherPlan(_))));
    let batch = scene.sign(scene.draft(1, vec![])).text;
    assert!(matches!(verify(&batch, None), Err(ContactsError::WrongKind(_))));
    assert!(matches!(scene.verify(&made.text), Err(BatchError::WrongKind(_))), "nor is it a batch");
    assert!(matches!(verify("hello", None), Err(ContactsError::NotALog)));
    // A record under this seal is no log: the protected headers differ.
    let record = scene.seal(&scene.record("id"));
    let payload = format!(
        r#"{{"v":1,"plan":{{"id":"county","version":"2024.1","digest":"{}"}},"round":"r1","number":1,"day":"2026-11-30","sealed":{record}}}"#,
        scene.plan.digest.as_str()
    );
    let text = block_on(jws::sign(&Native, &scene.device, Some(&scene.device_key), Kind::Contacts, &payload)).unwrap();
    let read = verify(&text, None).unwrap();
    let opened = block_on(open_contacts(&Native, &scene.office, &read));
    assert_eq!(opened, Err(ContactsError::Open(OpenError::Malformed)));
}

#[test]
fn without_a_key_of_the_office_nothing_is_handed_over() {
    let scene = Scene::new();
    let head = LogHead { plan: scene.plan.clone(), round: "r1".into(), number: 1, day: "2026-11-30".into() };
    let made = block_on(sign_contacts(&Native, &scene.device, &scene.device_key, &[], &head, &log()));
    assert_eq!(made, Err(SealError::NoRecipient));
}
