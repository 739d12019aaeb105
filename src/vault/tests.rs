use super::*;
use crate::contact::Attempt;
use crate::named::Named;
use crate::native::crypto::Native;
use crate::outbox::{BEFORE, Changes, View, attachment_key, pending};
use crate::plan::{Digest, Mode};
use crate::session::{Answer, Draft, Opening, PlanRef};
use crate::store::{Coat, DRAFT, Entries, Entry, Locked, reconcile};
use proptest::prelude::*;

/// As cheap as Argon2 allows: what is tested here is not its cost.
const CHEAP: Hashing = Hashing { memory: 8, passes: 1, lanes: 1 };
const LIST: &str = "contact/list/town/r";
const TRY: &str = "contact/try/town/r/E-1/000001-x";

fn random(out: &mut [u8]) -> bool {
    crate::batch::Crypto::random(&Native, out).is_ok()
}

fn person(name: &str, beside: Option<&Keys>) -> (Canvasser, Keys) {
    enrol(&Native, name, "river7", CHEAP, beside).unwrap()
}

fn draft(id: &str, link: Option<&str>) -> Draft {
    Draft {
        v: 1,
        id: id.into(),
        opening: Opening {
            plan: PlanRef { id: "town".into(), version: "1".into(), digest: Digest("p".repeat(43)) },
            round: "r".into(),
            questionnaire: "q".into(),
            mode: Mode::Face,
            rater_group: Some("deputies".into()),
            stratum: Some("hamlet".into()),
            link: link.map(str::to_owned),
            full: vec![3],
        },
        language: "bo".into(),
        section: 1,
        review: true,
        clock: None,
        repeats: Named::new(),
        answers: Named::from([("say".to_owned(), Answer::Text("the road is bad".into()))]),
        missing: Named::new(),
        notes: Named::from([("say".to_owned(), "very angry".to_owned())]),
        locked: false,
    }
}

fn attempt(note: Option<&str>) -> String {
    Attempt {
        at: "2026-11-02T10:00".into(),
        outcome: "2.24".into(),
        mode: "face".into(),
        note: note.map(str::to_owned),
        ..Attempt::default()
    }
    .encode()
}

/// As the browser's keeper does it: dressed, with the next revision.
fn keep(store: &mut Entries, coat: &dyn Coat, changes: Changes) -> Result<(), Locked> {
    for (key, body) in changes {
        let held = store.get(&key);
        let body =
            body.map(|body| coat.put_on(&key, body, held.and_then(|entry| entry.body.as_deref()))).transpose()?;
        let revision = held.map_or(1, |entry| entry.revision + 1);
        store.insert(key.clone(), Entry { key, revision, body });
    }
    Ok(())
}

fn shown(store: &Entries, coat: &dyn Coat, key: &str) -> String {
    coat.take_off(key, &store.body(key).unwrap()).into_owned()
}

struct Device {
    store: Entries,
    first: (Canvasser, Keys),
    second: (Canvasser, Keys),
}

impl Device {
    /// Two canvassers, each with an open interview; a list and a note that both see.
    fn new() -> Device {
        let first = person("Wang", None);
        let second = person("Li", Some(&first.1));
        let mut store = Entries::new();
        let (a, b) = (Open::new(first.1.clone(), random), Open::new(second.1.clone(), random));
        keep(&mut store, &a, vec![first.0.entry(), second.0.entry()]).unwrap();
        let mine = vec![
            ("draft/s1".into(), Some(draft("s1", None).encode())),
            (attachment_key("s1", "photo"), Some("AAAA".into())),
            ("contact/open/town/r/E-1".into(), Some("s1".into())),
            (LIST.into(), Some("a.signed.list".into())),
            (TRY.into(), Some(attempt(Some("the dog bites")))),
        ];
        keep(&mut store, &a, mine).unwrap();
        keep(&mut store, &b, vec![("draft/s2".into(), Some(draft("s2", None).encode()))]).unwrap();
        Device { store, first, second }
    }

    fn coat(&self, of: &Keys) -> Open {
        Open::new(of.clone(), random)
    }

    fn bytes(&self) -> String {
        self.store.values().filter_map(|entry| entry.body.clone()).collect::<Vec<_>>().concat()
    }
}

#[test]
fn a_pin_opens_its_own_keys_and_a_changed_one_the_same() {
    let (wang, keys) = person("  Wang \n Fang ", None);
    assert_eq!(wang.name, "Wang Fang");
    let kept = Canvasser::parse(&wang.id, &wang.encode()).unwrap();
    assert_eq!(kept, wang);
    assert!(kept.unlock("river8").is_none());
    let again = kept.unlock("river7").unwrap();
    assert_eq!((again.own, again.shared), (keys.own, keys.shared));
    let changed = kept.change(&Native, &keys, "lake 99", CHEAP).unwrap();
    assert!(changed.unlock("river7").is_none());
    assert_eq!(changed.unlock("lake 99").unwrap().own, keys.own);
    assert!(
        Canvasser::parse("other", &wang.encode()).unwrap().unlock("river7").is_none(),
        "the entry is bound to its name"
    );
}

#[test]
fn wrong_pins_cost_more_and_more_time_and_erase_nothing() {
    let (mut wang, _) = person("Wang", None);
    let mut pauses = Vec::new();
    for _ in 0..7 {
        wang = Canvasser::parse(&wang.id, &wang.tried(false, 1000).unwrap().encode()).unwrap();
        pauses.push(wang.pause(1000) / 1000);
    }
    assert_eq!(pauses, [0, 0, 0, 0, 30, 60, 120]);
    assert!(wang.unlock("river7").is_some());
    assert_eq!(wang.tried(true, 1000).unwrap().pause(1000), 0);
    assert_eq!(wang.tried(true, 1000).unwrap().tried(true, 1000), None);
}

#[test]
fn short_and_simple_pins_are_refused() {
    for good in ["135790", "river7", "过河不要忘桥"] {
        assert_eq!(check_pin(good), Ok(()), "{good}");
    }
    assert_eq!(check_pin("12345"), Err(PinFault::Length));
    assert_eq!(check_pin(&"ab".repeat(40)), Err(PinFault::Length));
    for simple in ["111111", "123456", "987654", "abcdef"] {
        assert_eq!(check_pin(simple), Err(PinFault::Simple), "{simple}");
    }
}

#[test]
fn the_hash_is_argon2id_as_others_compute_it() {
    // RFC 9106 has no vector without secret and associated data; this one is of the reference implementation's own tests:
    // version 19, t=2, m=65536 KiB, p=1, "password", "somesalt".
    let kept = Hashing { memory: 65536, passes: 2, lanes: 1 };
    let known = "09316115d5cf24ed5a15a31a3ba326e5cf32edc24702987c02b6566f61913cf7";
    let key = kept.key("password", b"somesalt").unwrap();
    assert_eq!(key.iter().map(|byte| format!("{byte:02x}")).collect::<String>(), known);
}

#[test]
fn what_lies_on_the_device_says_nothing_of_people() {
    let device = Device::new();
    let bytes = device.bytes();
    for secret in ["road is bad", "very angry", "deputies", "hamlet", "\"bo\"", "signed.list", "dog bites"] {
        assert!(!bytes.contains(secret), "{secret}");
    }
    let shut = Draft::parse(&shown(&device.store, &Shut, "draft/s1")).unwrap();
    assert!(shut.locked && shut.answers.is_empty() && shut.notes.is_empty());
    assert_eq!(shut.opening.plan, draft("s1", None).opening.plan, "what is open can be counted by its plan");
    assert!(
        Attempt::parse(&shown(&device.store, &Shut, TRY)).is_some_and(|one| one.note.is_none()),
        "and outcomes told"
    );
}

#[test]
fn each_one_opens_their_own_and_both_what_is_of_the_device() {
    let device = Device::new();
    let (a, b) = (device.coat(&device.first.1), device.coat(&device.second.1));
    assert_eq!(Draft::parse(&shown(&device.store, &a, "draft/s1")), Ok(draft("s1", None)));
    assert!(Draft::parse(&shown(&device.store, &b, "draft/s1")).unwrap().locked);
    assert_eq!(Draft::parse(&shown(&device.store, &b, "draft/s2")), Ok(draft("s2", None)));
    for coat in [&a, &b] {
        assert_eq!(shown(&device.store, coat, LIST), "a.signed.list");
        assert_eq!(shown(&device.store, coat, TRY), attempt(Some("the dog bites")));
    }
}

#[test]
fn what_cannot_be_opened_is_never_written_over_and_what_must_be_wrapped_is_never_kept_bare() {
    let device = Device::new();
    let body = Some(draft("s1", None).encode());
    for coat in [&device.coat(&device.second.1) as &dyn Coat, &Shut] {
        let mut store = device.store.clone();
        assert_eq!(keep(&mut store, coat, vec![("draft/s1".into(), body.clone())]), Err(Locked));
        assert_eq!(store, device.store);
    }
    let mut store = Entries::new();
    assert_eq!(keep(&mut store, &Shut, vec![("draft/new".into(), body)]), Err(Locked));
    keep(&mut store, &Shut, vec![("sealed/x".into(), Some("{}".into())), (TRY.into(), Some(attempt(None)))]).unwrap();
    // A resident's own, by link, is of the answering page, which has no PIN.
    let linked = draft("s3", Some("token")).encode();
    keep(&mut store, &Shut, vec![("draft/s3".into(), Some(linked.clone()))]).unwrap();
    assert_eq!(store.body("draft/s3"), Some(linked));
}

#[test]
fn stores_agree_on_wrapped_bodies_without_a_key() {
    let mut device = Device::new();
    let older = device.store.clone();
    let coat = device.coat(&device.first.1);
    let mut newer = draft("s1", None);
    newer.section = 4;
    keep(&mut device.store, &coat, vec![("draft/s1".into(), Some(newer.encode()))]).unwrap();
    let contents = |entries: &Entries| crate::store::Contents { entries: entries.clone(), unreadable: Vec::new() };
    let agreed = reconcile(Some(contents(&older)), Some(contents(&device.store)), &[]);
    assert_eq!(agreed.entries, device.store);
    assert_eq!(agreed.repair_indexed.len(), 1);
    assert_eq!(shown(&agreed.entries, &coat, "draft/s1"), newer.encode());
}

#[test]
fn what_was_there_before_the_first_pin_is_found_and_wrapped() {
    let mut store = Entries::new();
    let bodies = [
        ("draft/s1", draft("s1", None).encode()),
        (LIST, "a.b.c".into()),
        (TRY, attempt(Some("n"))),
        ("plan/x", "{}".into()),
    ];
    for (key, body) in bodies {
        store.insert(key.into(), Entry::new(key, 1, body));
    }
    store.insert("draft/odd".into(), Entry::new("draft/odd", 1, "{damaged"));
    let coat = Open::new(person("Wang", None).1, random);
    let mut found = Vec::new();
    store.each("", &mut |key, body| {
        if bare(key, body) {
            found.push((key.to_owned(), Some(body.to_owned())))
        }
    });
    assert_eq!(found.iter().map(|(key, _)| &**key).collect::<Vec<_>>(), [LIST, TRY, "draft/odd", "draft/s1"]);
    keep(&mut store, &coat, found).unwrap();
    store.each("", &mut |key, body| assert!(!bare(key, body), "{key}"));
    assert_eq!(shown(&store, &coat, "draft/odd"), "{damaged", "also what nobody can read");
}

#[test]
fn a_lost_pin_loses_what_was_counted_and_nothing_else() {
    let mut device = Device::new();
    let (wang, li) = (device.first.0.id.clone(), device.second.0.id.clone());
    assert_eq!(lost(&device.store, &wang), Lost { drafts: 1, notes: 0, lists: 0 });
    let step = forget(&device.store, &wang);
    keep(&mut device.store, &Shut, step).unwrap();
    assert_eq!(canvassers(&device.store).len(), 1);
    for gone in ["draft/s1", "contact/open/town/r/E-1", &attachment_key("s1", "photo")] {
        assert_eq!(device.store.body(gone), None, "{gone}");
    }
    assert_eq!(pending(&device.store)[0].voided, 1, "the office learns how many");
    let b = device.coat(&device.second.1);
    assert_eq!(Draft::parse(&shown(&device.store, &b, "draft/s2")), Ok(draft("s2", None)));
    assert_eq!(shown(&device.store, &b, LIST), "a.signed.list");

    // The last one takes the shared key along.
    assert_eq!(lost(&device.store, &li), Lost { drafts: 1, notes: 1, lists: 1 });
    let step = forget(&device.store, &li);
    keep(&mut device.store, &Shut, step).unwrap();
    assert_eq!(device.store.body(LIST), None);
    assert_eq!(device.store.body(TRY), Some(attempt(None)), "what was done at a case stays");
    assert_eq!(pending(&device.store)[0].voided, 2);
    device.store.each("", &mut |key, body| assert_eq!(whose(body), None, "{key}"));
}

#[test]
fn who_leaves_hands_the_interviews_on_and_the_last_one_lays_them_bare() {
    let mut device = Device::new();
    let (a, b) = (device.coat(&device.first.1), device.coat(&device.second.1));
    keep(&mut device.store, &a, vec![([BEFORE, "s1"].concat(), Some(draft("s1", None).encode()))]).unwrap();
    let step = hand_on(&device.store, &a, &device.first.0.id).unwrap();
    keep(&mut device.store, &a, step).unwrap();
    assert_eq!(canvassers(&device.store).iter().map(|one| &*one.name).collect::<Vec<_>>(), ["Li"]);
    assert_eq!(Draft::parse(&shown(&device.store, &b, "draft/s1")), Ok(draft("s1", None)));
    assert_eq!(shown(&device.store, &b, &attachment_key("s1", "photo")), "AAAA");
    assert!(Draft::parse(&shown(&device.store, &Shut, "draft/s1")).unwrap().locked);
    let step = lay_bare(&device.store, &b, &device.second.0.id);
    for (key, body) in step {
        let revision = device.store[&key].revision + 1;
        device.store.insert(key.clone(), Entry { key, revision, body });
    }
    for id in ["s1", "s2"] {
        assert_eq!(device.store.body(&[DRAFT, id].concat()), Some(draft(id, None).encode()));
    }
    assert!(canvassers(&device.store).is_empty());
    device.store.each("", &mut |key, body| assert_eq!(whose(body), None, "{key}"));
}

#[test]
fn minutes_are_those_that_were_set_or_five() {
    let mut store = Entries::new();
    assert_eq!(idle_minutes(&store), 5);
    for (text, minutes) in [("2", 2), ("0", 5), ("61", 5), ("x", 5)] {
        store.insert(IDLE.into(), Entry::new(IDLE, 1, text));
        assert_eq!(idle_minutes(&store), minutes);
    }
}

proptest! {
    #[test]
    fn any_body_comes_back_whole(body in ".*", key in prop::sample::select(vec!["draft/a", "attachment/a/b", LIST, TRY, "setting/before/a", "plan/x"])) {
        let coat = Open::new(person("Wang", None).1, random);
        let kept = coat.put_on(key, body.clone(), None).unwrap();
        prop_assert_eq!(coat.take_off(key, &kept), body);
    }
}
