use super::*;
use crate::ledger::Codebook;
use crate::ledger::tests::{grid, plan, record, reference};
use crate::plan::{Decimal, Plan};
use crate::tally::{Results, Tally, results, wilson};
use std::sync::Arc;

/// Grades of unit and indicator in one round: so many times each.
fn counted(plan: &Plan, round: &str, given: &[(&str, &str, &str, usize)]) -> Results {
    let codebook = Arc::new(Codebook::new(plan, &reference(), &crate::expression::Plain).unwrap());
    let most = given.iter().map(|(.., times)| *times).sum::<usize>();
    let rows: Vec<_> = (0..most)
        .map(|at| {
            let mut one = record(&format!("{at}"));
            one.round = round.into();
            let mut passed = 0;
            for (unit, indicator, grade, times) in given {
                if (passed..passed + times).contains(&at) {
                    one.answers.insert("m".into(), grid(&[(unit, indicator, grade)]));
                }
                passed += times;
            }
            codebook.pack(&one).unwrap()
        })
        .collect();
    results(&Tally::of_rows(codebook.clone(), &rows), round).unwrap()
}

fn open_plan() -> Plan {
    let mut plan = plan();
    plan.privacy.smallest_cell = 0;
    plan
}

fn thresholds() -> Thresholds {
    Thresholds { measure: Measure::Rate, by_indicator: true, below: None, lowest: None, below_class: false }
}

fn number(text: &str) -> Decimal {
    Decimal::parse(text).unwrap()
}

/// Unit 1: 30 of 40 satisfied; unit 2: 38 of 40; unit 3, of another class: 10 of 40.
fn round(plan: &Plan) -> Results {
    let given = [("u1", 30), ("u2", 38), ("u3", 10)]
        .map(|(unit, good)| [(unit, "b1", "满意", good), (unit, "b1", "不满意", 40 - good)]);
    counted(plan, "r1", &given.concat())
}

#[test]
fn findings_are_what_is_below_the_threshold_lowest_first_with_their_numbers() {
    let plan = open_plan();
    let found = propose(&plan, &round(&plan), &Thresholds { below: Some(number("80")), ..thresholds() });
    let told: Vec<(&str, String)> = found.iter().map(|one| (one.unit.as_str(), one.figure.value.to_text())).collect();
    assert_eq!(told, [("u3", "25".to_owned()), ("u1", "75".to_owned())]);
    let first = &found[1];
    let (low, high) = wilson(30, 40).unwrap();
    let interval = [low, high].map(|bound| number(&format!("{:.2}", bound * 100.0)));
    assert_eq!(first.figure.interval, Some((interval[0], interval[1])));
    assert_eq!((first.figure.n, first.figure.rank), (40, Some((2, 2))));
    assert_eq!(first.figure.threshold, Some(number("80")));
    assert_eq!(first.figure.scale, "four:100/80/50/0");
    assert_eq!((first.clear, found[0].clear), (Some(false), Some(true)), "75 % of 40 may well be 80 %");
    assert_eq!(found[0].figure.rank, None, "alone in its class");
}

#[test]
fn lowest_and_below_the_class_are_found_within_a_class_only() {
    let plan = open_plan();
    let results = round(&plan);
    let lowest = propose(&plan, &results, &Thresholds { lowest: Some(1), ..thresholds() });
    assert_eq!(lowest.iter().map(|one| one.unit.as_str()).collect::<Vec<_>>(), ["u1"], "u3 is alone");
    assert_eq!(lowest[0].why, [Why::Lowest]);
    assert!(propose(&plan, &results, &Thresholds { lowest: Some(2), ..thresholds() }).is_empty(), "all are among them");
    let below = propose(&plan, &results, &Thresholds { below_class: true, ..thresholds() });
    assert_eq!((below.len(), below[0].unit.as_str(), below[0].class_mean), (1, "u1", Some(number("85"))));
    assert!(propose(&plan, &results, &thresholds()).is_empty(), "no threshold finds nothing");
    let score = Thresholds { measure: Measure::Score, below: Some(number("100")), ..thresholds() };
    assert_eq!(propose(&plan, &results, &score).len(), 3);
    // A unit whose indicators are not all graded has no index.
    let index = Thresholds { measure: Measure::Index, by_indicator: false, below: Some(number("100")), ..thresholds() };
    assert!(propose(&plan, &results, &index).is_empty());
}

#[test]
fn what_may_not_be_published_is_not_proposed() {
    let mut plan = plan();
    plan.privacy.smallest_cell = 10;
    let few = counted(&plan, "r1", &[("u1", "b1", "不满意", 9), ("u2", "b1", "不满意", 12)]);
    let found = propose(&plan, &few, &Thresholds { below: Some(number("50")), ..thresholds() });
    assert_eq!(found.iter().map(|one| one.unit.as_str()).collect::<Vec<_>>(), ["u2"]);
    assert_eq!(figure_of(&plan, &few, "u1", Some("b1"), Measure::Score), None);
}

#[test]
fn the_interval_of_a_score_is_that_of_a_mean() {
    let plan = open_plan();
    let results = round(&plan);
    let figure = figure_of(&plan, &results, "u1", Some("b1"), Measure::Score).unwrap();
    // 30 times 100 and 10 times 0: mean 75, s² = 40·0.75·0.25·100²/39; t(39) = 2.0226909.
    let half = 2.022_690_9 * (40.0 * 0.1875 * 1e4 / 39.0 / 40.0f64).sqrt();
    let (low, high) = figure.interval.unwrap();
    assert_eq!(low, number(&format!("{:.2}", 75.0 - half)));
    assert_eq!(high, number(&format!("{:.2}", 75.0 + half)));
    let alike = counted(&plan, "r1", &[("u1", "b1", "满意", 20)]);
    assert_eq!(figure_of(&plan, &alike, "u1", Some("b1"), Measure::Score).unwrap().interval, None);
}

#[test]
fn weighted_rater_groups_are_strata() {
    let mut plan = open_plan();
    plan.rater_groups[0].weight = Some(number("0.25"));
    plan.rater_groups[1].weight = Some(number("0.75"));
    let codebook = Arc::new(Codebook::new(&plan, &reference(), &crate::expression::Plain).unwrap());
    let rows: Vec<_> = (0..24)
        .map(|at| {
            let mut one = record(&format!("{at}"));
            one.rater_group = Some(if at < 8 { "cadre" } else { "public" }.into());
            let grade = if at % 4 == 0 { "不满意" } else { "满意" };
            one.answers.insert("m".into(), grid(&[("u2", "b1", grade)]));
            codebook.pack(&one).unwrap()
        })
        .collect();
    let results = results(&Tally::of_rows(codebook.clone(), &rows), "r1").unwrap();
    let figure = figure_of(&plan, &results, "u2", Some("b1"), Measure::Score).unwrap();
    let s2 = |n: f64| n * 0.1875 * 1e4 / (n - 1.0);
    let parts = [(0.25f64, 8.0f64), (0.75, 16.0)].map(|(weight, n)| (weight * weight * s2(n) / n, n));
    let variance: f64 = parts.iter().map(|(v, _)| v).sum();
    let df = variance * variance / parts.iter().map(|(v, n)| v * v / (n - 1.0)).sum::<f64>();
    let half = crate::estimate::t_two_sided(0.05, df) * variance.sqrt();
    assert_eq!(figure.value, number("75"));
    assert_eq!(figure.interval.unwrap().0, number(&format!("{:.2}", 75.0 - half)));
}

#[test]
fn before_and_after_are_compared_with_their_uncertainty() {
    let plan = open_plan();
    let before = figure_of(&plan, &round(&plan), "u1", Some("b1"), Measure::Rate).unwrap();
    let later = |good: usize| {
        let given = [("u1", "b1", "满意", good), ("u1", "b1", "不满意", 40 - good)];
        figure_of(&plan, &counted(&plan, "r2", &given), "u1", Some("b1"), Measure::Rate).unwrap()
    };
    let same = change(&before, &later(32)).unwrap();
    assert_eq!((same.difference, same.is_shown()), (5.0, Some(false)));
    let better = change(&before, &later(39)).unwrap();
    assert_eq!((better.difference, better.is_shown()), (22.5, Some(true)));
    let mut other = later(39);
    other.scale = "five:100/80/60/30/0".into();
    assert_eq!(change(&before, &other), None);
    other.scale = before.scale.clone();
    other.interval = None;
    assert_eq!(change(&before, &other).unwrap().interval, None);
    assert_eq!(change(&before, &other).unwrap().is_shown(), None, "not known is not unchanged");
}

/// R. G. Newcombe (1998), Statistics in Medicine 17, 873-890, table II: 56/70 − 48/80 and 9/10 − 3/10 by method 10.
#[test]
fn the_interval_of_a_difference_is_the_published_one() {
    let figure = |hits: u64, n: u64| {
        let (low, high) = wilson(hits, n).unwrap();
        let of = |share: f64| number(&format!("{:.6}", share));
        Figure {
            measure: Measure::Rate,
            value: of(hits as f64 / n as f64),
            interval: Some((of(low), of(high))),
            nominal: false,
            n,
            rank: None,
            threshold: None,
            scale: String::new(),
        }
    };
    for ((a, b), (low, high)) in [(((56, 70), (48, 80)), (0.0524, 0.3339)), (((9, 10), (3, 10)), (0.1705, 0.8090))] {
        let (from, to) = change(&figure(b.0, b.1), &figure(a.0, a.1)).unwrap().interval.unwrap();
        assert!((from - low).abs() < 5e-5 && (to - high).abs() < 5e-5, "{from} {to}");
    }
}
