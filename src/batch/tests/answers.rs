use super::*;
use crate::plan::{Plan, SealedAnswers, load};

/// A ready plan that asks what people know, with the scene's keys, and sealed right answers if so.
fn plan(scene: &Scene, sealed: bool) -> Plan {
    let mut plan = load(include_str!("../../../plans/development-outlook.json")).unwrap();
    plan.keys = Some(scene.office.public());
    plan.privacy.seal_right_answers = sealed;
    plan
}

fn seal(scene: &Scene, plan: &Plan) -> Plan {
    let mut made = plan.clone();
    block_on(seal_right_answers(&Native, &scene.office, &mut made)).unwrap();
    made
}

fn open(keys: &OfficeSecrets<Native>, plan: &Plan) -> Result<Plan, OpenError> {
    let mut made = plan.clone();
    block_on(open_right_answers(&Native, keys, &mut made)).map(|()| made)
}

#[test]
fn right_answers_are_sealed_with_the_plan_and_come_back_for_the_office() {
    let scene = Scene::new();
    let whole = plan(&scene, true);
    let right = whole.clone().take_right();
    assert!(!right.is_empty());
    let sealed = seal(&scene, &whole);
    assert!(sealed.clone().take_right().is_empty());
    // As a file, in which no `right` is left.
    let text = serde_json::to_string(&sealed).unwrap();
    assert!(!text.contains("\"right\":"), "{text}");
    let read = load(&text).unwrap();
    assert_eq!(read, sealed);
    let opened = open(&scene.office, &read).unwrap();
    assert_eq!(Plan { right_answers: SealedAnswers::default(), ..opened }, whole);
    // What is sealed already stays as it is; what does not want it is left alone.
    assert_eq!(seal(&scene, &read), read);
    let open_plan = plan(&scene, false);
    assert_eq!(seal(&scene, &open_plan), open_plan);
}

/// The plan of before is gone on with: one answer changed, one question gone.
#[test]
fn an_edition_seals_what_was_sealed_and_what_is_new() {
    let scene = Scene::new();
    let mut edition = seal(&scene, &plan(&scene, true));
    let whole = plan(&scene, true).take_right();
    let (questionnaire, items) = whole.iter().next().unwrap();
    let name = items.keys().next().unwrap().clone();
    let other = Named::from([(name.clone(), vec!["another".to_owned()])]);
    edition.put_right(&Named::from([(questionnaire.clone(), other)]));
    let edition = seal(&scene, &edition);
    let mut opened = open(&scene.office, &edition).unwrap();
    let found = opened.take_right();
    assert_eq!(found.get(questionnaire).unwrap().get(&name).unwrap(), &["another"]);
    assert_eq!(found.get(questionnaire).unwrap().len(), items.len());
    // Who wants them open again gets them open.
    let mut open_again = edition;
    open_again.privacy.seal_right_answers = false;
    let open_again = seal(&scene, &open_again);
    assert!(open_again.right_answers.is_empty());
    assert_eq!(open_again.clone().take_right(), found);
}

#[test]
fn what_is_sealed_for_others_changed_or_of_another_plan_does_not_open() {
    let scene = Scene::new();
    let sealed = seal(&scene, &plan(&scene, true));
    let stranger = block_on(OfficeSecrets::generate(&Native)).unwrap();
    assert_eq!(open(&stranger, &sealed), Err(OpenError::WrongKey));
    let mut taken = sealed.clone();
    assert_eq!(
        block_on(seal_right_answers(&Native, &stranger, &mut taken)),
        Ok(()),
        "nothing to be sealed anew: the seal is kept"
    );
    taken.put_right(&plan(&scene, true).take_right());
    let before = taken.clone();
    assert_eq!(
        block_on(seal_right_answers(&Native, &stranger, &mut taken)),
        Err(SealRightError::Open(OpenError::WrongKey))
    );
    assert_eq!(taken, before);
    // Copied into another plan.
    assert_eq!(open(&scene.office, &Plan { id: "another".into(), ..sealed.clone() }), Err(OpenError::UnknownRecord));
    // Each kind is itself: a sealed record is no right answers.
    let record = scene.seal(&scene.record("one"));
    let swapped = Plan { right_answers: SealedAnswers::of(record), ..sealed.clone() };
    assert_eq!(open(&scene.office, &swapped), Err(OpenError::Malformed));
    assert_eq!(block_on(open_record(&Native, &scene.office, sealed.right_answers.text())), Err(OpenError::Malformed));
    let text = sealed.right_answers.text();
    let at = text.find("\"ciphertext\":\"").unwrap() + 20;
    let changed = [&text[..at], if &text[at..=at] == "A" { "B" } else { "A" }, &text[at + 1..]].concat();
    assert_eq!(
        open(&scene.office, &Plan { right_answers: SealedAnswers::of(changed), ..sealed.clone() }),
        Err(OpenError::Changed)
    );
    let keyless = Plan { keys: None, ..plan(&scene, true) };
    let mut made = keyless.clone();
    let failed = block_on(seal_right_answers(&Native, &scene.office, &mut made));
    assert_eq!((failed, made), (Err(SealRightError::Seal(SealError::NoRecipient)), keyless));
}
