use super::*;
use crate::plan::Plan;

const PLAN: &str = include_str!("../../../tests/vectors/plan/good/quotas.json");

fn reference() -> PlanRef {
    PlanRef { id: "town-quotas".into(), version: "1".into(), digest: Digest("q".repeat(43)) }
}

/// `sex`: empty for no answer.
fn made(id: &str, stratum: &str, mode: Mode, sex: &str) -> Record {
    let answers = [("sex".to_owned(), Answer::Text(sex.to_owned()))];
    Record {
        plan: reference(),
        rater_group: Some("g2".into()),
        stratum: Some(stratum.into()),
        mode,
        answers: answers.into_iter().filter(|_| !sex.is_empty()).collect(),
        ..record(id)
    }
}

fn taken(batches: Vec<Batch>) -> Ledger {
    let plan: Plan = load(PLAN).unwrap();
    let mut ledger = Ledger::new(&plan, &reference(), &crate::expression::Plain).unwrap();
    for mut batch in batches {
        batch.plan = reference();
        admit(&mut ledger, batch);
    }
    ledger
}

/// One batch of a device with these records.
fn one(records: Vec<Record>) -> Ledger {
    taken(vec![batch("A", "tablet", 1, None, records.into_iter().map(Slip::Plain).collect())])
}

fn filled(ledger: &Ledger) -> Filled {
    Filled::of(ledger.codebook(), ledger.account().counted.iter().copied())
}

#[test]
fn complete_records_are_counted_in_every_cell_that_they_are_in() {
    let mut partial = made("p", "east", Mode::Face, "m");
    partial.disposition = Disposition::Partial;
    let mut screened = made("s", "east", Mode::Face, "m");
    screened.disposition = Disposition::ScreenedOut;
    let mut later = made("l", "west", Mode::Face, "");
    later.round = "r2".into();
    let ledger = taken(vec![
        batch(
            "A",
            "tablet",
            1,
            None,
            vec![
                Slip::Plain(made("a", "east", Mode::Face, "m")),
                Slip::Plain(made("b", "east", Mode::Web, "f")),
                Slip::Plain(made("c", "east", Mode::Web, "")),
                Slip::Plain(made("d", "west", Mode::Face, "m")),
                Slip::Plain(made("e", "west", Mode::Web, "m")),
                Slip::Plain(partial),
                Slip::Plain(screened),
            ],
        ),
        Batch { round: "r2".into(), ..batch("B", "tablet", 2, Some("A"), vec![Slip::Plain(later)]) },
        // Handed over again by another device: one record, one count.
        batch("C", "other", 1, None, vec![Slip::Plain(made("a", "east", Mode::Face, "m"))]),
    ]);
    // The stratum's own target; east by sex, west face to face; all.
    assert_eq!(filled(&ledger).round(0), [3, 1, 1, 1, 5]);
    assert_eq!(filled(&ledger).round(1), [0, 0, 0, 1, 1]);
}

#[test]
fn the_order_in_which_batches_come_changes_no_count() {
    let batches = || {
        let slip = |id: &str, sex: &str| Slip::Plain(made(id, "east", Mode::Face, sex));
        vec![
            batch("A", "tablet", 1, None, vec![slip("a", "m"), slip("b", "f")]),
            batch("B", "tablet", 2, Some("A"), vec![slip("c", "m")]),
            batch("C", "other", 1, None, vec![slip("c", "m"), slip("d", "f")]),
        ]
    };
    let expected = filled(&taken(batches()));
    for turn in 1..3 {
        let mut turned = batches();
        turned.rotate_left(turn);
        turned.extend(batches());
        assert_eq!(filled(&taken(turned)), expected);
    }
}

#[test]
fn devices_are_told_what_is_full_and_no_small_number() {
    let men = (0..5).map(|at| made(&format!("m{at}"), "east", Mode::Face, "m"));
    let women = (0..2).map(|at| made(&format!("f{at}"), "east", Mode::Face, "f"));
    let far = (0..5).map(|at| made(&format!("w{at}"), "west", Mode::Web, "f"));
    let ledger = one(men.chain(women).chain(far).collect());
    let told = ledger.quotas(&ledger.account(), 1_793_522_096);
    assert_eq!(told.at, "2026-11-01T08:34:56Z");
    let plan = load(PLAN).unwrap();
    // 7 of 6, 5 of 3, 2 of 3, 0 of 4, 12 of 20; the plan's smallest cell is 10.
    assert_eq!(told.of_round(&plan, "r1"), [Some(6), Some(3), None, None, Some(12)]);
    assert_eq!(told.of_round(&plan, "r2"), [None; 5]);
    assert_eq!(told.of_round(&plan, "r9"), [None; 5]);
}

#[test]
fn batches_are_named_once_all_of_their_records_were_opened() {
    let plain = |id: &str| Slip::Plain(made(id, "east", Mode::Face, "m"));
    let mut ledger = taken(vec![
        batch("AAAAAAAAAAAAAA", "tablet", 1, None, vec![plain("a")]),
        batch("BBBBBBBBBBBBBB", "tablet", 2, Some("AAAAAAAAAAAAAA"), vec![plain("b"), Slip::Sealed("x".into())]),
        // A resident's own: no device counts it.
        batch("CCCCCCCCCCCCCC", "phone", 0, None, vec![plain("c")]),
    ]);
    let mut unknown = batch("DDDDDDDDDDDDDD", "stranger", 1, None, vec![plain("d")]);
    unknown.plan = reference();
    ledger.keep(unknown, Standing::Quarantined(Quarantine::UnknownDevice), "file");
    let told = ledger.quotas(&ledger.account(), 0);
    assert_eq!(told.batches, ["AAAAAAAAAA"]);
    assert!(told.counts_batch(&Digest("AAAAAAAAAAAAAA".into())) && !told.counts_batch(&Digest("B".repeat(14))));
}

#[test]
fn what_a_quota_cut_off_was_not_asked() {
    let mut screened = made("s", "east", Mode::Face, "m");
    screened.disposition = Disposition::ScreenedOut;
    let ledger = one(vec![screened, made("a", "east", Mode::Face, "m")]);
    let account = ledger.account();
    let code = |id: &str| account.counted.iter().find(|(known, _)| *known == id).unwrap().1.codes[0];
    assert_eq!((code("s"), code("a")), (NOT_ASKED, BLANK));
}
