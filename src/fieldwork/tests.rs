use super::*;
use crate::batch::{Admission, Batch, Quarantine, Roster, RosterEntry, Slip};
use crate::ledger::Ledger;
use crate::ledger::tests::{admit, batch, link, plan, record, reference};
use crate::plan::{Digest, Item, ItemType, Mode, Plan, PublicKey};
use crate::rectification::Day;
use crate::session::{Answer, Disposition, Record};
use proptest::prelude::*;

fn day(text: &str) -> Day {
    Day::parse(text).unwrap()
}

/// Strata with targets 4 and 2 and populations 100 and none; a date is asked.
fn planned() -> Plan {
    let mut plan = plan();
    plan.strata[0].target = Some(4);
    plan.strata[0].population = Some(100);
    plan.strata[1].target = Some(2);
    plan.rounds[0].opens = Some("2026-11-01".into());
    plan.rounds[0].closes = Some("2026-11-10".into());
    plan.questionnaires[0].items.push(Item { kind: ItemType::Date, name: "on".into(), ..Item::default() });
    plan
}

fn in_stratum(id: &str, stratum: &str) -> Record {
    Record { stratum: Some(stratum.into()), ..record(id) }
}

fn ledger(plan: &Plan, batches: Vec<Batch>) -> Ledger {
    let mut ledger = Ledger::new(plan, &reference(), &crate::expression::Plain).unwrap();
    for batch in batches {
        admit(&mut ledger, batch);
    }
    ledger
}

fn plain(records: Vec<Record>) -> Vec<Slip> {
    records.into_iter().map(Slip::Plain).collect()
}

fn roster(devices: &[(&str, bool)]) -> Roster {
    let entry = |(name, revoked): &(&str, bool)| RosterEntry {
        device: Digest((*name).into()),
        key: PublicKey::p256(String::new(), String::new()),
        name: ["Tablet ", name].concat(),
        revoked: *revoked,
    };
    Roster { v: 1, plan: "demo".into(), issue: 1, devices: devices.iter().map(entry).collect() }
}

fn counted(ledger: &Ledger, roster: Option<&Roster>, arrivals: &Arrivals, item: Option<&str>) -> Fieldwork {
    Fieldwork::of(ledger, &ledger.account(), roster, arrivals, item, 0).unwrap()
}

fn complete(line: &Line) -> u64 {
    line.count.complete
}

#[test]
fn records_are_counted_once_each_and_what_is_missing_is_said() {
    let plan = planned();
    let partial = Record { disposition: Disposition::Partial, ..in_stratum("p", "s1") };
    let screened = Record { disposition: Disposition::ScreenedOut, mode: Mode::Web, ..in_stratum("x", "s1") };
    let ledger = ledger(
        &plan,
        vec![
            batch("A", "one", 1, None, plain(vec![in_stratum("a", "s1"), in_stratum("b", "s1"), partial])),
            batch("B", "one", 2, Some("A"), plain(vec![record("none"), screened])),
            // Handed over again by another device.
            batch("C", "two", 1, None, plain(vec![in_stratum("a", "s1")])),
        ],
    );
    let found = counted(&ledger, None, &Arrivals::default(), None);
    assert_eq!(found.whole.count, Count { complete: 3, partial: 1, screened_out: 1 });
    let s1 = &found.strata[0].1;
    assert_eq!(
        (s1.count, s1.target, s1.missing()),
        (Count { complete: 2, partial: 1, screened_out: 1 }, Some(4), Some(2))
    );
    assert_eq!(s1.of_population().map(|share| share.to_string()), Some("1/50".to_owned()));
    // Nobody was asked there yet; without a population there is no share of it.
    let s2 = &found.strata[1].1;
    assert_eq!((complete(s2), s2.missing(), s2.of_population()), (0, Some(2), None));
    assert_eq!(found.strata[2], (None, Line { count: Count { complete: 1, ..Count::default() }, ..Line::default() }));
    // The groups have no target, and none is not 0.
    assert_eq!(
        found.groups.iter().map(|(_, line)| (complete(line), line.target)).collect::<Vec<_>>(),
        [(0, None), (3, None)]
    );
    assert_eq!((found.whole.target, found.whole.missing()), (Some(6), Some(3)), "the sum of the strata");
    assert_eq!(
        found.modes.iter().map(|(mode, line)| (*mode, line.count.all())).collect::<Vec<_>>(),
        [(Mode::Web, 1), (Mode::Face, 4)]
    );
    assert_eq!(
        found.cells.iter().map(|(_, line)| (complete(line), line.target)).collect::<Vec<_>>(),
        [(2, Some(4)), (0, Some(2))]
    );
    assert_eq!(found.uncounted, 0, "a repetition is missing nowhere");
}

#[test]
fn without_a_target_for_every_part_the_round_has_none() {
    let mut plan = planned();
    plan.strata[1].target = None;
    let ledger = ledger(&plan, Vec::new());
    let found = counted(&ledger, None, &Arrivals::default(), None);
    assert_eq!((found.whole.target, found.whole.reached(), found.pace(&plan, day("2026-11-02"))), (None, None, None));
}

#[test]
fn a_record_counts_on_the_first_day_on_which_it_arrived_or_on_none() {
    let plan = planned();
    let ledger = ledger(
        &plan,
        vec![
            batch("A", "one", 1, None, plain(vec![in_stratum("a", "s1"), in_stratum("b", "s1")])),
            batch("B", "one", 2, Some("A"), plain(vec![in_stratum("c", "s2")])),
            batch("C", "two", 1, None, plain(vec![in_stratum("a", "s1")])),
            batch("D", "two", 2, Some("C"), plain(vec![in_stratum("d", "s1")])),
        ],
    );
    let mut arrivals = Arrivals::default();
    arrivals.note(&Digest("A".into()), day("2026-11-04"));
    // Opened again later from a copy: the first day holds.
    arrivals.note(&Digest("A".into()), day("2026-11-20"));
    arrivals.note(&Digest("B".into()), day("2026-11-06"));
    arrivals.note(&Digest("C".into()), day("2026-11-03"));
    let found = counted(&ledger, None, &arrivals, None);
    let told: Vec<(String, u64, u64)> =
        found.days.lines.iter().map(|line| (line.day.to_string(), line.count.complete, line.until)).collect();
    let expected = [("01", 0, 0), ("02", 0, 0), ("03", 1, 1), ("04", 1, 2), ("05", 0, 2), ("06", 1, 3)];
    assert_eq!(told, expected.map(|(day, count, until)| (["2026-11-", day].concat(), count, until)));
    assert_eq!(found.days.unknown.complete, 1);
}

#[test]
fn the_answer_to_an_item_is_the_day_where_the_office_says_so() {
    let plan = planned();
    let on = |id: &str, text: &str| {
        let mut made = in_stratum(id, "s1");
        made.answers.insert("on".into(), Answer::Text(text.into()));
        made
    };
    let ledger = ledger(
        &plan,
        vec![batch(
            "A",
            "one",
            1,
            None,
            plain(vec![on("a", "2026-11-02"), on("b", "2026-02-30"), in_stratum("c", "s1")]),
        )],
    );
    assert!(day_items(&plan).contains(&"on"));
    let found = counted(&ledger, None, &Arrivals::default(), Some("on"));
    assert_eq!(found.days.lines.last().map(|line| (line.day, line.until)), Some((day("2026-11-02"), 1)));
    assert_eq!(found.days.unknown.complete, 2, "a day that there is not is no day");
}

#[test]
fn one_wrong_date_makes_no_table_of_years() {
    let plan = planned();
    let mut arrivals = Arrivals::default();
    arrivals.note(&Digest("A".into()), day("1970-01-01"));
    arrivals.note(&Digest("B".into()), day("2026-11-05"));
    let ledger = ledger(
        &plan,
        vec![
            batch("A", "one", 1, None, plain(vec![in_stratum("a", "s1")])),
            batch("B", "one", 2, Some("A"), plain(vec![in_stratum("b", "s1")])),
        ],
    );
    let found = counted(&ledger, None, &arrivals, None);
    assert!(found.days.lines.len() <= 2 * 366, "{}", found.days.lines.len());
    assert_eq!(found.days.lines.last().map(|line| line.until), Some(2));
}

#[test]
fn devices_that_handed_over_nothing_are_listed_and_gaps_are_named() {
    let plan = planned();
    let mut own = batch("R", "phone", 0, None, plain(vec![record("r")]));
    own.link = Some(link(None));
    let ledger = ledger(
        &plan,
        vec![
            batch("A", "one", 1, None, plain(vec![in_stratum("a", "s1")])),
            batch("B", "one", 4, Some("?"), plain(vec![in_stratum("b", "s1")])),
            batch("C", "stranger", 1, None, plain(vec![in_stratum("c", "s1")])),
            own,
        ],
    );
    let found = counted(
        &ledger,
        Some(&roster(&[("one", false), ("silent", false), ("lost", true)])),
        &Arrivals::default(),
        None,
    );
    let told: Vec<_> = { found.devices.iter() }
        .map(|line| (line.name.as_deref(), line.place, line.batches, line.count.complete, line.gaps.clone()))
        .collect();
    assert_eq!(
        told,
        [
            (Some("Tablet one"), Place::Enrolled, 2, 2, vec![(2, 3)]),
            (Some("Tablet silent"), Place::Enrolled, 0, 0, vec![]),
            (Some("Tablet lost"), Place::Revoked, 0, 0, vec![]),
            (None, Place::Unknown, 1, 1, vec![]),
        ]
    );
    assert_eq!((found.residents.batches, found.residents.count.complete), (1, 1));
}

#[test]
fn what_does_not_count_is_told_and_in_no_line() {
    let plan = planned();
    let mut ledger = ledger(&plan, vec![batch("A", "one", 1, None, plain(vec![in_stratum("a", "s1")]))]);
    let apart = batch("B", "stranger", 1, None, plain(vec![in_stratum("b", "s1"), in_stratum("c", "s1")]));
    ledger.take(Admission::Quarantined(Box::new(apart), Quarantine::UnknownDevice), "file");
    let found = counted(&ledger, None, &Arrivals::default(), None);
    assert_eq!((found.whole.count.all(), found.uncounted), (1, 2));
    assert_eq!(found.devices.iter().map(|line| (line.batches, line.count.all())).collect::<Vec<_>>(), [(1, 1), (1, 0)]);
}

#[test]
fn the_pace_is_of_the_days_that_are_left() {
    let plan = planned();
    let ledger = ledger(&plan, vec![batch("A", "one", 1, None, plain(vec![in_stratum("a", "s1")]))]);
    let found = counted(&ledger, None, &Arrivals::default(), None);
    let pace =
        |text: &str| found.pace(&plan, day(text)).map(|pace| (pace.missing, pace.days, pace.each_day, pace.even));
    // 6 in ten days: on the fifth evening 3; 5 are missing, and six days are left with today.
    assert_eq!(pace("2026-11-05"), Some((5, 6, Some(1), Some(3))));
    assert_eq!(pace("2026-11-09"), Some((5, 2, Some(3), Some(5))));
    assert_eq!(pace("2026-11-10"), Some((5, 1, Some(5), Some(6))));
    assert_eq!(pace("2026-11-11"), Some((5, 0, None, Some(6))));
    assert_eq!(pace("2026-10-31"), Some((5, 11, Some(1), None)));
}

proptest! {
    #[test]
    fn every_split_adds_up_to_the_round(parts in prop::collection::vec((0..3usize, 0..2usize, 0..3usize, 0..4i64), 0..40)) {
        let plan = planned();
        let mut arrivals = Arrivals::default();
        let batches = parts.iter().enumerate().map(|(at, (stratum, group, outcome, on))| {
            let made = Record {
                stratum: ["s1", "s2"].get(*stratum).map(|id| (*id).to_owned()),
                rater_group: Some(["cadre", "public"][*group].into()),
                mode: [Mode::Web, Mode::Face][*group],
                disposition: [Disposition::Complete, Disposition::Partial, Disposition::ScreenedOut][*outcome],
                ..record(&format!("r{at}"))
            };
            let digest = format!("b{at}");
            if *on > 0 {
                arrivals.note(&Digest(digest.clone()), Day(20_760 + on));
            }
            batch(&digest, ["one", "two"][at % 2], (at / 2 + 1) as u64, None, plain(vec![made]))
        });
        let ledger = ledger(&plan, batches.collect());
        let found = counted(&ledger, None, &arrivals, None);
        let all = found.whole.count.all();
        prop_assert_eq!(all, parts.len() as u64);
        let sum = |lines: &[(Option<usize>, Line)]| lines.iter().map(|(_, line)| line.count.all()).sum::<u64>();
        prop_assert_eq!(sum(&found.strata), all);
        prop_assert_eq!(sum(&found.groups), all);
        prop_assert_eq!(found.modes.iter().map(|(_, line)| line.count.all()).sum::<u64>(), all);
        let days = found.days.lines.iter().map(|line| line.count.all()).sum::<u64>();
        prop_assert_eq!(days + found.days.unknown.all(), all);
        prop_assert_eq!(found.devices.iter().map(|line| line.count.all()).sum::<u64>() + found.residents.count.all(), all);
    }
}
