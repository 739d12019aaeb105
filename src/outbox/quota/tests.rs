use super::*;
use crate::session::PlanRef;
use crate::store::{Entries, Entry};
use proptest::prelude::*;

const PLAN: &str = include_str!("../../../tests/vectors/plan/good/quotas.json");

fn plan() -> Plan {
    Plan::parse(PLAN).unwrap()
}

fn digest(seed: &str) -> Digest {
    Digest([seed, &"-".repeat(43 - seed.len())].concat())
}

fn write(entries: &mut Entries, changes: Changes) {
    for (key, body) in changes {
        let revision = entries.get(&key).map_or(1, |entry| entry.revision + 1);
        entries.insert(key.clone(), Entry { key, revision, body });
    }
}

/// A standing of the first round, as the office would count these batches: a record in each of these cells.
fn standing(at: &str, cells: &[usize], batches: &[Digest]) -> (Quotas, String) {
    let plan = plan();
    let mut counts: Named<Vec<Option<u64>>> = Named::new();
    for (place, cell) in plan.cells().iter().enumerate() {
        let count = cells.iter().filter(|cell| **cell == place).count() as u64;
        counts.get_or_insert_with(cell.quota, Vec::new).push(Some(count));
    }
    let reference = PlanRef { id: plan.id.clone(), version: plan.version.clone(), digest: digest("plan") };
    let quotas = Quotas {
        v: 1,
        plan: reference,
        at: at.to_owned(),
        counts: [(plan.rounds[0].id.clone(), counts)].into_iter().collect(),
        batches: batches.iter().map(|batch| batch.short().to_owned()).collect(),
    };
    // Read where it is kept, without its signature being looked at again.
    let part = |text: &str| {
        use base64ct::{Base64UrlUnpadded, Encoding};
        Base64UrlUnpadded::encode_string(text.as_bytes())
    };
    let header = part(r#"{"alg":"ES256","typ":"minping-quotas+jws"}"#);
    let text = [&header, ".", &part(&serde_json::to_string(&quotas).unwrap()), ".", &"A".repeat(86)].concat();
    (quotas, text)
}

fn of(entries: &Entries) -> QuotaStanding {
    let plan = plan();
    quotas(entries, &plan, &digest("plan"), &plan.rounds[0].id)
}

fn done(entries: &mut Entries, cells: &[usize]) {
    let round = &plan().rounds[0].id.clone();
    let changes = count(entries, &digest("plan"), round, cells, "self");
    write(entries, changes);
}

fn hand_over(entries: &mut Entries, batch: &str) {
    let round = &plan().rounds[0].id.clone();
    let changes = pack(entries, &digest("plan"), round, &digest(batch));
    write(entries, changes);
}

fn tell(entries: &mut Entries, (told, text): (Quotas, String)) -> bool {
    let changes = keep_told(entries, &told, &text);
    let newer = !changes.is_empty();
    write(entries, changes);
    newer
}

#[test]
fn own_counts_are_kept_with_the_closing_and_full_is_said_at_the_target() {
    let mut entries = Entries::new();
    assert!(of(&entries).cells.iter().all(|cell| (cell.own, cell.all, cell.full) == (0, None, false)));
    let target = of(&entries).cells[2].target;
    for _ in 1..target {
        done(&mut entries, &[0, 2]);
    }
    assert!(!of(&entries).cells[2].full);
    done(&mut entries, &[0, 2]);
    let stands = of(&entries);
    assert!(stands.cells[2].full && stands.cells[2].own == target && stands.at.is_none());
    assert_eq!(stands.cells[1].own, 0);
    let other = quotas(&entries, &plan(), &digest("other"), &plan().rounds[0].id);
    assert!(other.cells.iter().all(|cell| cell.own == 0), "another version of the plan has counts of its own");
}

#[test]
fn a_closing_that_was_not_written_and_is_tried_again_counts_once() {
    let mut entries = Entries::new();
    done(&mut entries, &[1]);
    let round = &plan().rounds[0].id.clone();
    let first = count(&entries, &digest("plan"), round, &[1, 2], "self");
    let again = count(&entries, &digest("plan"), round, &[1, 2], "another name");
    assert_eq!(first, again);
    write(&mut entries, again);
    let own: Vec<u64> = of(&entries).cells.iter().map(|cell| cell.own).collect();
    assert_eq!(own[..3], [0, 2, 1]);
}

#[test]
fn what_the_office_has_counted_is_not_counted_again() {
    let mut entries = Entries::new();
    done(&mut entries, &[1]);
    hand_over(&mut entries, "one");
    done(&mut entries, &[1]);
    // Three of others, and the batch of this device.
    assert!(tell(&mut entries, standing("2026-11-01T08:00:00Z", &[1, 1, 1, 1], &[digest("one"), digest("far")])));
    let cell = of(&entries).cells[1];
    assert_eq!((cell.own, cell.all), (2, Some(5)));
    hand_over(&mut entries, "two");
    assert_eq!(of(&entries).cells[1].all, Some(5), "in a batch that the office has not told of, it is still added");
    assert!(tell(&mut entries, standing("2026-11-01T09:00:00Z", &[1; 5], &[digest("one"), digest("two")])));
    assert_eq!((of(&entries).cells[1].own, of(&entries).cells[1].all), (2, Some(5)));
    // An older one, or the same again, changes nothing.
    assert!(!tell(&mut entries, standing("2026-11-01T09:00:00Z", &[1; 9], &[])));
    assert!(!tell(&mut entries, standing("2026-11-01T08:30:00Z", &[], &[])));
    assert_eq!(of(&entries).cells[1].all, Some(5));
}

#[test]
fn where_the_office_tells_no_number_what_was_done_here_is_the_least() {
    let mut entries = Entries::new();
    let target = of(&entries).cells[2].target;
    done(&mut entries, &[2]);
    hand_over(&mut entries, "one");
    let (mut told, _) = standing("2026-11-01T08:00:00Z", &[], &[digest("one")]);
    told.counts = Named::new();
    let text = standing_text(&told);
    assert!(tell(&mut entries, (told, text)));
    for _ in 2..target {
        done(&mut entries, &[2]);
    }
    let cell = of(&entries).cells[2];
    assert_eq!((cell.own, cell.all, cell.full), (target - 1, None, false));
    done(&mut entries, &[2]);
    assert!(of(&entries).cells[2].full);
}

fn standing_text(told: &Quotas) -> String {
    use base64ct::{Base64UrlUnpadded, Encoding};
    let part = |text: &str| Base64UrlUnpadded::encode_string(text.as_bytes());
    let header = part(r#"{"alg":"ES256","typ":"minping-quotas+jws"}"#);
    [&header, ".", &part(&serde_json::to_string(told).unwrap()), ".", &"A".repeat(86)].concat()
}

#[test]
fn counts_of_a_device_that_failed_come_with_its_records_and_stand_beside_this_ones() {
    let mut here = Entries::new();
    done(&mut here, &[1]);
    let round = &plan().rounds[0].id.clone();
    let mut other = Entries::new();
    let changes = count(&other, &digest("plan"), round, &[1, 2], "other");
    write(&mut other, changes);
    for (key, entry) in other.into_iter().filter(|(key, _)| key != OWN_NAME) {
        here.insert(key, entry);
    }
    let own: Vec<u64> = of(&here).cells.iter().map(|cell| cell.own).collect();
    assert_eq!(own[..3], [0, 2, 1]);
    hand_over(&mut here, "both");
    tell(&mut here, standing("2026-11-01T08:00:00Z", &[1, 1, 2], &[digest("both")]));
    assert_eq!((of(&here).cells[1].all, of(&here).cells[2].all), (Some(2), Some(1)));
}

#[test]
fn counts_that_cannot_be_read_stay_as_they_are_and_hold_up_no_closing() {
    let mut entries = Entries::new();
    done(&mut entries, &[1]);
    let key = own_key(&digest("plan"), "self");
    entries.get_mut(&key).unwrap().body = Some("{cut".into());
    assert_eq!(count(&entries, &digest("plan"), &plan().rounds[0].id, &[1], "self"), Changes::new());
    let stands = of(&entries);
    assert!(stands.unreadable && stands.cells[1].own == 0);
    hand_over(&mut entries, "one");
    assert_eq!(entries[&key].body.as_deref(), Some("{cut"));
}

#[test]
fn nothing_that_is_kept_names_a_record() {
    let mut entries = Entries::new();
    done(&mut entries, &[1, 2]);
    hand_over(&mut entries, "one");
    done(&mut entries, &[0]);
    let text: String = entries.values().filter_map(|entry| entry.body.clone()).collect();
    let expected = format!(
        "self{{\"{}\":{{\"open\":[1],\"batches\":{{\"{}\":[0,1,1]}},\"told\":[]}}}}",
        plan().rounds[0].id,
        digest("one").as_str()
    );
    assert_eq!(text, expected);
}

#[derive(Clone, Debug)]
enum Act {
    Done(Vec<usize>),
    HandOver,
    /// The office counts what has been handed over so far, and the device hears of it, perhaps late.
    Told(bool),
    /// Something older is heard once more.
    Late(usize),
}

fn act() -> impl Strategy<Value = Act> {
    prop_oneof![
        4 => prop::collection::vec(0usize..3, 0..3).prop_map(|mut cells| {
            cells.sort_unstable();
            cells.dedup();
            Act::Done(cells)
        }),
        2 => Just(Act::HandOver),
        1 => any::<bool>().prop_map(Act::Told),
        1 => (0usize..4).prop_map(Act::Late),
    ]
}

proptest! {
    /// Whatever the order of interviews, hand-overs and news: this device's own is what it did, and with the newest news
    /// every record is counted once.
    #[test]
    fn every_record_is_counted_once_in_any_order(acts in prop::collection::vec(act(), 0..40)) {
        let mut entries = Entries::new();
        let mut own = [0u64; 3];
        // What lies in batches, by batch, and what does not yet.
        let mut batches: Vec<(Digest, Vec<usize>)> = Vec::new();
        let mut open: Vec<usize> = Vec::new();
        let mut news: Vec<(Quotas, String)> = Vec::new();
        for (hour, act) in acts.into_iter().enumerate() {
            match act {
                Act::Done(cells) => {
                    done(&mut entries, &cells);
                    cells.iter().for_each(|cell| own[*cell] += 1);
                    open.extend(cells);
                }
                Act::HandOver => {
                    let name = format!("batch{hour}");
                    hand_over(&mut entries, &name);
                    batches.push((digest(&name), std::mem::take(&mut open)));
                }
                Act::Told(heard) => {
                    let cells: Vec<usize> = batches.iter().flat_map(|(_, cells)| cells.clone()).collect();
                    let digests: Vec<Digest> = batches.iter().map(|(digest, _)| digest.clone()).collect();
                    let at = format!("2026-11-{:02}T{:02}:00:00Z", 1 + hour / 24, hour % 24);
                    let told = standing(&at, &cells, &digests);
                    news.push(told.clone());
                    if heard {
                        tell(&mut entries, told);
                    }
                }
                Act::Late(at) => {
                    if let Some(told) = news.get(at).cloned() {
                        tell(&mut entries, told);
                    }
                }
            }
            let stands = of(&entries);
            for (cell, own) in stands.cells.iter().zip(own) {
                prop_assert_eq!(cell.own, own);
                if stands.at.is_some() {
                    // Nobody else is asked here: all is what this device did.
                    prop_assert_eq!(cell.all, Some(own));
                }
            }
        }
    }
}
