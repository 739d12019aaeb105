use super::*;
use crate::plan::Order;

fn close(value: f64, expected: f64) -> bool {
    (value - expected).abs() < 1e-12
}

/// 4 units × 3 indicators by hand: places 0 0 0 | 0 1 1 | dk 1 1 | 2 blank 1.
#[test]
fn runs_shares_and_spread_of_a_matrix_by_hand() {
    let plan = plan(4);
    let round = Round::new(&plan, [(rated(&plan, "a", &[0, 0, 0, 0, 1, 1, 4, 1, 1, 2, 9, 1]), None)]);
    let found = round.inspect(&Settings::default());
    let line = &found.lines[0];
    // "Don't know" and blanks are no grades: 0 0 0 0 1 1 1 1 2 1.
    assert_eq!((line.grades, line.run, line.run_of), (10, 4, 10));
    assert_eq!(line.same, Some(0.5));
    // Sum 7, squares 9: √((10·9 − 49) / 90).
    assert!(close(line.variability.unwrap(), (41.0f64 / 90.0).sqrt()));
    // 4 × 100, 5 × 80, 1 × 50 of 100.
    assert!(close(line.mean.unwrap(), 85.0));
    let gap = found.gaps[0];
    // 12 cells; `visited`, `why` and `times` are asked of all; `again` is not asked, since nobody said that they were there.
    assert_eq!((gap.asked, gap.unanswered, gap.dont_know), (15, 4, 1));
    assert!(found.flags.iter().all(|flag| flag.check != Check::SameGrades && flag.check != Check::LongestRun));
}

#[test]
fn straight_lines_are_flagged_from_the_threshold_on() {
    let plan = plan(4);
    let line = |last: usize| {
        let mut places = vec![0; 12];
        places[11] = last;
        places
    };
    let round = Round::new(
        &plan,
        [
            (rated(&plan, "all", &line(0)), None),
            (rated(&plan, "eleven", &line(1)), None),
            (rated(&plan, "four", &[0, 0, 0, 0, 9, 9, 9, 9, 9, 9, 9, 9]), None),
        ],
    );
    let found = round.inspect(&Settings::default());
    assert_eq!(flagged(&found, Check::SameGrades), BTreeSet::from(["all"]), "four grades are too few to judge");
    assert_eq!(flagged(&found, Check::LongestRun), BTreeSet::from(["eleven"]));
    let strict = Settings { same_share: 0.9, ..Settings::default() };
    assert_eq!(flagged(&round.inspect(&strict), Check::SameGrades), BTreeSet::from(["all", "eleven"]));
    let mild = Settings { longest_run: 12, ..Settings::default() };
    assert!(flagged(&round.inspect(&mild), Check::LongestRun).is_empty());
}

#[test]
fn a_run_is_counted_in_the_order_in_which_the_interview_showed_the_units() {
    let mut shuffled = plan(8);
    shuffled.questionnaires[0].items[0].order = Some(Order::Random);
    let item = shuffled.questionnaires[0].items[0].clone();
    let order = crate::session::order::units(&shuffled, &item, "abc");
    assert_ne!(order, shuffled.units.iter().map(|unit| unit.id.clone()).collect::<Vec<_>>(), "the id shuffles");
    // The first four units as shown are graded 0, the others 1.
    let places = shuffled.units.iter().flat_map(|unit| {
        let place = usize::from(order.iter().position(|id| *id == unit.id).unwrap() >= 4);
        [place; 3]
    });
    let places: Vec<usize> = places.collect();
    let round = Round::new(&shuffled, [(rated(&shuffled, "abc", &places), None)]);
    assert_eq!(round.inspect(&Settings::default()).lines[0].run, 12);
}

#[test]
fn a_broken_off_interview_is_not_blamed_for_its_gaps() {
    let plan = plan(4);
    let mut partial = rated(&plan, "partial", &[0, 1]);
    partial.disposition = Disposition::Partial;
    let mut whole = rated(&plan, "whole", &[0, 1]);
    whole.missing.insert("times".into(), MissingReason::DontKnow);
    let round = Round::new(&plan, [(partial, None), (whole, None)]);
    let found = round.inspect(&Settings::default());
    assert_eq!(flagged(&found, Check::Unanswered), BTreeSet::from(["whole"]));
    assert_eq!(found.measured(Measure::Unanswered, 0), None);
    assert_eq!(found.gaps[1].dont_know, 1);
}

#[test]
fn without_times_speed_is_absent_and_with_them_the_fast_are_flagged() {
    let plan = plan(4);
    let made = |id: &str, minutes: i64| {
        let mut made = rated(&plan, id, &[0, 1, 2, 0, 1, 2, 0, 1, 2, 0, 1, 2]);
        made.answers.insert("times".into(), Answer::Integer(minutes * 60));
        (made, Some("d"))
    };
    let round = Round::new(&plan, [made("a", 10), made("b", 12), made("c", 4), made("e", 30)]);
    let none = round.inspect(&Settings::default());
    assert!(none.paces.iter().all(Option::is_none));
    assert!(
        none.absent.contains(&(Check::Speed, Absent::NoTimes)) && none.absent.contains(&(Check::Hour, Absent::NoTimes))
    );
    let times = Times { seconds: Some("times".into()), ..Times::default() };
    let found = round.inspect(&Settings { times, ..Settings::default() });
    // 13 answers each; the median of 4, 10, 12, 30 minutes is 11.
    assert!(close(found.paces[0].unwrap(), 600.0 / 13.0));
    assert_eq!(flagged(&found, Check::Speed), BTreeSet::from(["c"]));
    assert!(!found.absent.iter().any(|(check, _)| *check == Check::Speed));
}

#[test]
fn a_burst_and_an_odd_hour_are_seen_where_the_plan_asks_for_the_time() {
    let plan = plan(4);
    let made = |id: &str, end: &str, device| {
        let mut made = rated(&plan, id, &[0, 1, 2]);
        made.answers.insert("say".into(), Answer::Text(end.into()));
        (made, Some(device))
    };
    let round = Round::new(
        &plan,
        [
            made("a", "2026-11-24T09:00", "one"),
            made("b", "2026-11-24T09:04", "one"),
            made("c", "2026-11-24T09:10", "one"),
            made("e", "2026-11-24T09:21", "one"),
            made("f", "2026-11-24T09:02", "two"),
            made("g", "2026-11-24T23:30", "two"),
            made("h", "yesterday", "two"),
        ],
    );
    let times = Times { end: Some("say".into()), ..Times::default() };
    let found = round.inspect(&Settings { times, ..Settings::default() });
    assert_eq!(found.bursts, [Burst { holder: 0, records: 3, cases: vec![0, 1, 2] }]);
    assert_eq!(flagged(&found, Check::Hour), BTreeSet::from(["g"]));
}

#[test]
fn a_unit_that_all_grade_alike_is_flagged_when_enough_people_did() {
    let plan = plan(3);
    let made =
        |at: usize| rated(&plan, &format!("r{at}"), &[0, 0, 0, at % 2, at % 3, 1, if at < 9 { 2 } else { 9 }, 9, 9]);
    let round = Round::new(&plan, (0..12).map(|at| (made(at), None)));
    let found = round.inspect(&Settings::default());
    let units: Vec<(u16, u32, u32, u32)> =
        found.units.iter().map(|unit| (unit.unit, unit.raters, unit.judged, unit.uniform)).collect();
    assert_eq!(units, [(0, 12, 3, 3), (1, 12, 3, 1), (2, 9, 0, 0)], "the third has too few grades to be judged");
    let flags: Vec<Subject> =
        found.flags.iter().filter(|flag| flag.check == Check::UniformUnit).map(|flag| flag.subject).collect();
    assert_eq!(flags, [Subject::Unit(0), Subject::Unit(1)]);
}

#[test]
fn quotas_met_to_the_record_are_counted_by_round() {
    let mut plan = plan(3);
    plan.strata[0].target = Some(2);
    plan.strata[1].target = Some(3);
    plan.rater_groups[1].target = Some(5);
    let made = |at: usize| {
        let mut made = rated(&plan, &format!("r{at}"), &[0, 1, 2]);
        made.stratum = Some(if at < 2 { "s1" } else { "s2" }.into());
        made.disposition = if at == 5 { Disposition::ScreenedOut } else { Disposition::Complete };
        (made, None)
    };
    let settings = Settings::default();
    let round = Round::new(&plan, (0..6).map(made));
    let found = quotas(&round.codebook, round.records.iter().map(|(id, row, _)| (id.as_str(), row)));
    let cells = plan.cells();
    let named = |cell: usize| cells[cell].stratum.or(cells[cell].rater_group).unwrap();
    let records: Vec<(&str, u32, u32)> =
        found.iter().map(|quota| (named(quota.cell), quota.target, quota.records)).collect();
    assert_eq!(records, [(plan.rater_groups[1].id.as_str(), 5, 5), ("s1", 2, 2), ("s2", 3, 3)]);
    assert_eq!(met_exactly(&found, 0, &settings), Some((3, 3)));
    assert_eq!(met_exactly(&found, 1, &settings), None, "no record in the second round");
    assert_eq!(round.sheet(&settings).screened_out, 1);
    assert_eq!(round.sheet(&settings).cases.len(), 5);
}

#[test]
fn every_check_has_its_words_in_both_languages_and_a_code_of_its_own() {
    let codes: BTreeSet<&str> = Check::ALL.iter().map(|check| check.code()).collect();
    assert_eq!(codes.len(), Check::ALL.len());
    for check in Check::ALL {
        for words in [check.name(), check.limits(), check.value()] {
            assert!(!words.zh.is_ascii() && !words.en.is_empty());
        }
        assert!(!check.source().is_empty());
    }
}

#[test]
fn a_record_is_laid_to_the_device_of_its_batch_and_a_residents_own_to_nobody() {
    let plan = small_plan();
    let mut ledger = Ledger::new(&plan, &reference(), &crate::expression::Plain).unwrap();
    let slip = |id: &str| crate::batch::Slip::Plain(rated(&plan, id, &[0, 1, 2]));
    admit(&mut ledger, batch("B", "tablet", 1, None, vec![slip("two"), slip("one")]));
    admit(&mut ledger, batch("A", "other", 1, None, vec![slip("two")]));
    let mut own = batch("C", "phone", 0, None, vec![slip("alone")]);
    own.link = Some(link(None));
    admit(&mut ledger, own);
    let account = ledger.account();
    let sheets = Sheet::all(&ledger, &account, &Settings::default());
    assert_eq!(sheets[0].holders, ["other", "tablet"]);
    let cases: Vec<(&str, Option<u32>)> = sheets[0].cases.iter().map(|case| (case.id, case.holder)).collect();
    assert_eq!(cases, [("alone", None), ("one", Some(1)), ("two", Some(0))], "of two batches the first by digest");
}
