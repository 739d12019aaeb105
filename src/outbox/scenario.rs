//! A device with two tabs, a receiver and a bad day: any interleaving of steps, crashes and stale views.

use super::*;
use crate::batch::{BatchDraft, SignedBatch};
use crate::plan::Digest;
use crate::session::PlanRef;
use crate::store::{Entries, Entry, MemoryStore, SaveError, Store};
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

const SESSIONS: usize = 8;
const DAY: u64 = 86_400_000;

fn digest(seed: &str) -> Digest {
    let mut text = seed.to_owned();
    text.push_str(&"-".repeat(43 - seed.len()));
    Digest(text)
}

fn plan(session: usize) -> PlanRef {
    let id = if session % 4 == 3 { "county" } else { "city" };
    PlanRef { id: id.into(), version: "1".into(), digest: digest(id) }
}

fn round(session: usize) -> &'static str {
    if session.is_multiple_of(2) { "first" } else { "second" }
}

/// Sessions that a resident opened by a link.
fn link(session: usize) -> Option<&'static str> {
    (session == 2 || session == 3).then_some("token")
}

fn device() -> Digest {
    digest("device")
}

#[derive(Clone, Copy, Debug)]
enum Fate {
    Done,
    /// The tab dies before the step is written.
    DiesBefore,
    /// The step is written, and the tab dies without learning it.
    DiesAfter,
    /// The disk is full.
    Full,
}

#[derive(Clone, Copy, Debug)]
enum Answer {
    Lost,
    StoredAndLost,
    Receipt,
    Refused,
}

#[derive(Clone, Debug)]
enum Act {
    Seal(usize),
    Void(usize),
    HandOver(usize),
    SendOff,
    Upload(usize, Answer),
    TryAgain(usize),
    Export(usize),
    Delete(usize),
    Wait(u64),
    Reload,
}

#[derive(Default)]
struct World {
    store: MemoryStore,
    /// What each tab believes to be in the store.
    tabs: [Entries; 2],
    /// Everything that was ever signed, by digest.
    signed: BTreeMap<String, BatchDraft>,
    receiver: BTreeSet<String>,
    exported: BTreeSet<String>,
    /// Sessions whose closing was shown as done, and those whose discarding was.
    sealed: BTreeSet<usize>,
    voided: BTreeSet<usize>,
    now: u64,
    attempt: u64,
}

impl World {
    fn new() -> World {
        let mut world = World::default();
        let drafts: Vec<Entry> = (0..SESSIONS).map(|n| Entry::new(format!("draft/s{n}"), 3, "{}")).collect();
        world.store.write(&drafts).unwrap();
        world.reload(0);
        world.reload(1);
        world
    }

    fn reload(&mut self, tab: usize) {
        self.tabs[tab] = self.store.load().entries;
    }

    fn live(&self, key: &str) -> bool {
        self.store.load().entries.get(key).is_some_and(|entry| entry.body.is_some())
    }

    /// What a keeper does: gives revisions from its view, writes all or nothing, and looks again after a conflict.
    fn commit(&mut self, tab: usize, changes: Changes, fate: Fate) -> bool {
        let step: Vec<Entry> = changes
            .into_iter()
            .map(|(key, body)| {
                let revision = self.tabs[tab].get(&key).map_or(1, |entry| entry.revision + 1);
                Entry { key, revision, body }
            })
            .collect();
        self.store.refuse = matches!(fate, Fate::Full).then_some(SaveError::Full);
        let written = !matches!(fate, Fate::DiesBefore) && self.store.write(&step).is_ok();
        self.store.refuse = None;
        let shown = written && matches!(fate, Fate::Done);
        if shown {
            for entry in step {
                self.tabs[tab].insert(entry.key.clone(), entry);
            }
        } else {
            self.reload(tab);
        }
        shown
    }

    fn sign(&mut self, parcel: &Parcel) -> SignedBatch {
        let digest = digest(&format!("b{}", self.signed.len()));
        self.signed.insert(digest.0.clone(), parcel.draft.clone());
        SignedBatch { text: format!("header.{}.signature", digest.0), digest }
    }

    fn close(&mut self, tab: usize, session: usize, void_it: bool, fate: Fate) {
        let key = format!("draft/s{session}");
        if self.tabs[tab].body(&key).is_none() {
            return;
        }
        let (id, plan) = (format!("s{session}"), plan(session));
        let closed = Closed { id: &id, plan: &plan, round: round(session), link: link(session) };
        self.attempt += 1;
        let changes = match void_it {
            true => void(&self.tabs[tab], closed, "nobody home"),
            // Sealing is randomised: the same record twice is never the same text.
            false => seal(&self.tabs[tab], closed, &format!("record s{session} {}", self.attempt)),
        };
        if self.commit(tab, changes, fate) {
            if void_it {
                self.voided.insert(session)
            } else {
                self.sealed.insert(session)
            };
        }
    }

    fn act(&mut self, tab: usize, act: Act, fate: Fate) {
        match act {
            Act::Seal(session) => self.close(tab, session, false, fate),
            Act::Void(session) => self.close(tab, session, true, fate),
            Act::HandOver(session) => {
                let parcel = hand_over(&self.tabs[tab], &plan(session).digest, round(session), &device()).unwrap();
                self.store_parcel(tab, parcel, fate);
            }
            Act::SendOff => {
                let Some(id) = unsent_links(&self.tabs[tab]).pop() else { return };
                let parcel = send_off(&self.tabs[tab], &id).unwrap();
                self.store_parcel(tab, parcel, fate);
            }
            Act::Upload(at, answer) => {
                let Some(one) = pick(uploads(&self.tabs[tab]), at) else { return };
                if matches!(answer, Answer::StoredAndLost | Answer::Receipt) {
                    self.receiver.insert(one.digest.0.clone());
                }
                match answer {
                    Answer::Receipt => self.commit(tab, keep_receipt(&one, "receipt", self.now), fate),
                    Answer::Refused => self.commit(tab, keep_refusal(&one, 413, "too_big"), fate),
                    Answer::Lost | Answer::StoredAndLost => false,
                };
            }
            Act::TryAgain(at) => {
                let Some(one) = pick(handed(&self.tabs[tab]), at) else { return };
                self.commit(tab, try_again(&one), fate);
            }
            Act::Export(at) => {
                let Some(one) = pick(handed(&self.tabs[tab]), at).filter(|one| one.held) else { return };
                self.exported.insert(one.digest.0.clone());
                self.commit(tab, keep_export(&one, self.now), fate);
            }
            Act::Delete(at) => {
                let know = |_: &Digest| Some(30);
                let Some(one) = pick(deletable(&self.tabs[tab], self.now, &know), at) else { return };
                self.commit(tab, delete(&one), fate);
            }
            Act::Wait(days) => self.now += days * DAY,
            Act::Reload => self.reload(tab),
        }
    }

    fn store_parcel(&mut self, tab: usize, parcel: Option<Parcel>, fate: Fate) {
        if let Some(parcel) = parcel {
            let signed = self.sign(&parcel);
            self.commit(tab, store_batch(&parcel, &signed), fate);
        }
    }

    /// Batches that exist anywhere: on the device, at the receiver, or as a file.
    fn existing(&self) -> Vec<(&str, &BatchDraft)> {
        let held = |name: &str| self.live(&format!("batch/{name}"));
        let exists = |name: &String| held(name) || self.receiver.contains(name) || self.exported.contains(name);
        self.signed.iter().filter(|(name, _)| exists(name)).map(|(name, draft)| (name.as_str(), draft)).collect()
    }

    fn check(&self) {
        let batches = self.existing();
        for session in 0..SESSIONS {
            let id = format!("s{session}");
            let word = format!("record {id} ");
            let inside: usize = batches
                .iter()
                .map(|(_, draft)| {
                    draft.records.iter().filter(|record| record.starts_with(&word)).count()
                        + draft.voided.iter().filter(|voided| voided.id == id).count()
                })
                .sum();
            let places = inside
                + usize::from(self.live(&format!("sealed/{id}")))
                + usize::from(self.live(&format!("draft/{id}")));
            let gone_by_will = link(session).is_some() && !self.sealed.contains(&session);
            assert!(places == 1 || (places == 0 && gone_by_will), "session {id} is in {places} places");
            if self.sealed.contains(&session) {
                assert!(
                    !self.voided.contains(&session) || link(session).is_some(),
                    "{id} was both closed and discarded"
                );
            }
        }
        for plan in ["city", "county"] {
            let mut chain: Vec<_> =
                batches.iter().filter(|(_, draft)| draft.plan.id == plan && draft.link.is_none()).collect();
            chain.sort_by_key(|(_, draft)| draft.seq);
            let mut before = None;
            for (at, (name, draft)) in chain.into_iter().enumerate() {
                assert_eq!(draft.seq, at as u64 + 1, "the chain of {plan} has a gap or a fork");
                assert_eq!(draft.prev, before);
                before = Some(Digest((*name).to_owned()));
            }
        }
        for (_, draft) in batches.iter().filter(|(_, draft)| draft.link.is_some()) {
            assert_eq!((draft.seq, draft.records.len(), draft.voided.len()), (0, 1, 0));
        }
        assert!(summarize(&self.store.load().entries, None).unreadable.is_empty());
    }

    /// The network is back and everybody does what they should.
    fn finish(&mut self) {
        self.reload(0);
        for session in 0..SESSIONS {
            self.act(0, Act::Seal(session), Fate::Done);
        }
        for session in 0..SESSIONS {
            self.act(0, Act::HandOver(session), Fate::Done);
            self.act(0, Act::SendOff, Fate::Done);
        }
        for one in handed(&self.tabs[0]) {
            self.commit(0, try_again(&one), Fate::Done);
        }
        while !uploads(&self.tabs[0]).is_empty() {
            self.act(0, Act::Upload(0, Answer::Receipt), Fate::Done);
        }
    }
}

fn pick(list: Vec<Handed>, at: usize) -> Option<Handed> {
    let count = list.len().max(1);
    list.into_iter().nth(at % count)
}

fn act() -> impl Strategy<Value = Act> {
    let session = 0..SESSIONS;
    let answer = prop_oneof![
        Just(Answer::Lost),
        Just(Answer::StoredAndLost),
        Just(Answer::Receipt),
        Just(Answer::Receipt),
        Just(Answer::Refused)
    ];
    prop_oneof![
        4 => session.clone().prop_map(Act::Seal),
        1 => session.clone().prop_map(Act::Void),
        4 => session.prop_map(Act::HandOver),
        2 => Just(Act::SendOff),
        4 => (0usize..8, answer).prop_map(|(at, answer)| Act::Upload(at, answer)),
        1 => (0usize..8).prop_map(Act::TryAgain),
        1 => (0usize..8).prop_map(Act::Export),
        2 => (0usize..8).prop_map(Act::Delete),
        1 => (1u64..40).prop_map(Act::Wait),
        1 => Just(Act::Reload),
    ]
}

fn fate() -> impl Strategy<Value = Fate> {
    prop_oneof![5 => Just(Fate::Done), 1 => Just(Fate::DiesBefore), 1 => Just(Fate::DiesAfter), 1 => Just(Fate::Full)]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn no_interleaving_of_steps_crashes_and_tabs_loses_or_doubles_a_record(
        acts in proptest::collection::vec((0usize..2, act(), fate()), 1..60),
    ) {
        let mut world = World::new();
        for (tab, act, fate) in acts {
            world.act(tab, act, fate);
            world.check();
        }
        world.finish();
        world.check();
        let entries = world.store.load().entries;
        let sum = summarize(&entries, None);
        prop_assert_eq!((sum.sealed, sum.voided, sum.waiting, sum.refused), (0, 0, 0, 0));
        // Only a batch that was exported, and then deleted, may be without a receipt.
        let received = |one: &Handed| matches!(one.state, State::Received { .. });
        prop_assert!(handed(&entries).iter().all(|one| received(one) || !one.held), "a held batch has no receipt");
        for (name, _) in world.existing() {
            prop_assert!(world.receiver.contains(name) || world.exported.contains(name));
        }
    }
}

#[test]
fn a_repeated_hand_over_with_nothing_new_makes_nothing() {
    let mut world = World::new();
    world.act(0, Act::Seal(0), Fate::Done);
    world.act(0, Act::HandOver(0), Fate::Done);
    world.act(0, Act::HandOver(0), Fate::Done);
    assert_eq!(world.signed.len(), 1);
    assert_eq!(hand_over(&world.tabs[0], &plan(0).digest, round(0), &device()), Ok(None));
}

#[test]
fn discarded_sessions_are_counted_in_the_next_batch_with_their_reason() {
    let mut world = World::new();
    world.act(0, Act::Seal(0), Fate::Done);
    world.act(0, Act::Void(4), Fate::Done);
    assert_eq!(pending(&world.tabs[0]), [Pending { plan: plan(0), round: "first".into(), records: 1, voided: 1 }]);
    let parcel = hand_over(&world.tabs[0], &plan(0).digest, "first", &device()).unwrap().unwrap();
    let voided = &parcel.draft.voided[..];
    assert_eq!(voided, [crate::batch::Voided { id: "s4".into(), reason: "nobody home".into() }]);
    assert_eq!(parcel.draft.records, ["record s0 1"]);
}

#[test]
fn a_second_tab_that_hands_over_from_an_older_view_writes_nothing() {
    let mut world = World::new();
    world.act(0, Act::Seal(0), Fate::Done);
    world.reload(1);
    world.act(0, Act::HandOver(0), Fate::Done);
    world.act(1, Act::HandOver(0), Fate::Done);
    assert_eq!(world.signed.len(), 2);
    assert_eq!(handed(&world.store.load().entries).len(), 1);
}

#[test]
fn another_devices_chain_is_not_gone_on_with() {
    let mut world = World::new();
    world.act(0, Act::Seal(0), Fate::Done);
    world.act(0, Act::HandOver(0), Fate::Done);
    world.act(0, Act::Seal(4), Fate::Done);
    let other = hand_over(&world.tabs[0], &plan(4).digest, "first", &digest("other")).unwrap().unwrap();
    assert_eq!((other.draft.seq, other.draft.prev), (1, None));
}

#[test]
fn an_unreadable_chain_stops_the_hand_over_and_is_named() {
    let mut world = World::new();
    world.act(0, Act::Seal(0), Fate::Done);
    let key = format!("setting/chain/{}/{}", plan(0).digest.0, device().0);
    world.commit(0, vec![(key.clone(), Some("2 1 x".into()))], Fate::Done);
    let refused = hand_over(&world.tabs[0], &plan(0).digest, "first", &device());
    assert_eq!(refused, Err(HandOverError::UnreadableChain(key)));
}

#[test]
fn an_unreadable_sealed_record_is_reported_stays_and_does_not_stop_the_others() {
    let mut world = World::new();
    world.act(0, Act::Seal(0), Fate::Done);
    world.commit(0, vec![("sealed/zz".into(), Some("{\"v\":9}\n".into()))], Fate::Done);
    world.act(0, Act::HandOver(0), Fate::Done);
    let sum = summarize(&world.tabs[0], Some(&plan(0).digest));
    assert_eq!((sum.waiting, sum.unsent_records, sum.unreadable), (1, 1, vec!["sealed/zz".to_owned()]));
    assert!(world.live("sealed/zz"));
    assert_eq!(send_off(&world.tabs[0], "zz"), Err(HandOverError::Unreadable("sealed/zz".into())));
}

#[test]
fn nothing_is_deletable_without_receipt_or_export_or_before_the_retention_or_of_an_unknown_plan() {
    let mut world = World::new();
    world.act(0, Act::Seal(0), Fate::Done);
    world.act(0, Act::HandOver(0), Fate::Done);
    let thirty = |_: &Digest| Some(30);
    assert_eq!(deletable(&world.tabs[0], u64::MAX, &thirty), []);
    world.act(0, Act::Upload(0, Answer::Refused), Fate::Done);
    assert_eq!(deletable(&world.tabs[0], u64::MAX, &thirty), []);
    assert_eq!(summarize(&world.tabs[0], None).refused, 1);
    assert_eq!(uploads(&world.tabs[0]), []);
    assert!(handed(&world.tabs[0]).iter().all(|one| delete(one).is_empty()));
    world.act(0, Act::TryAgain(0), Fate::Done);
    world.act(0, Act::Upload(0, Answer::Receipt), Fate::Done);
    assert_eq!(deletable(&world.tabs[0], 30 * DAY - 1, &thirty), []);
    assert_eq!(deletable(&world.tabs[0], u64::MAX, &|_| None), []);
    assert_eq!(deletable(&world.tabs[0], 30 * DAY, &thirty).len(), 1);
    world.act(0, Act::Wait(30), Fate::Done);
    world.act(0, Act::Delete(0), Fate::Done);
    let list = handed(&world.tabs[0]);
    assert_eq!((list.len(), list[0].held, list[0].records), (1, false, 1));
    assert_eq!(read_batch(&world.tabs[0], &list[0].digest), None);
}

#[test]
fn an_exported_batch_is_still_uploaded_until_a_receipt_is_there() {
    let mut world = World::new();
    world.act(0, Act::Seal(0), Fate::Done);
    world.act(0, Act::HandOver(0), Fate::Done);
    world.act(0, Act::Export(0), Fate::Done);
    assert_eq!(uploads(&world.tabs[0]).len(), 1);
    let digest = uploads(&world.tabs[0])[0].digest.clone();
    assert!(read_batch(&world.tabs[0], &digest).unwrap().starts_with("header."));
    world.act(0, Act::Upload(0, Answer::Receipt), Fate::Done);
    let sum = summarize(&world.tabs[0], None);
    assert_eq!((sum.exported, sum.received, uploads(&world.tabs[0]).len()), (0, 1, 0));
}

#[test]
fn a_big_hand_over_is_cut_into_batches_on_one_chain() {
    let mut world = World::new();
    let big = "x".repeat(1_500_000);
    for id in ["a", "b", "c"] {
        let plan = plan(0);
        let changes = seal(&Entries::new(), Closed { id, plan: &plan, round: "first", link: None }, &big);
        world.commit(0, changes, Fate::Done);
    }
    for seq in 1..=3 {
        let parcel = hand_over(&world.tabs[0], &plan(0).digest, "first", &device()).unwrap().unwrap();
        assert_eq!((parcel.draft.seq, parcel.draft.records.len()), (seq, 1));
        let signed = world.sign(&parcel);
        world.commit(0, store_batch(&parcel, &signed), Fate::Done);
    }
    assert_eq!(hand_over(&world.tabs[0], &plan(0).digest, "first", &device()), Ok(None));
}
