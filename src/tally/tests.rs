use super::*;
use crate::ledger::tests::{grid, plan, record, reference};
use crate::ledger::{Codebook, Row};
use crate::plan::{Decimal, Indicator, Item, ItemType, Mode, Plan, load};
use crate::session::{Answer, Disposition, MissingReason, Record};
use num_traits::{One, Zero};
use proptest::prelude::*;
use std::collections::BTreeMap;
use std::sync::Arc;

fn of(numerator: i64, denominator: i64) -> Fraction {
    Fraction::new(numerator.into(), denominator.into())
}

fn tally(plan: &Plan, records: &[Record]) -> Tally {
    let codebook = Arc::new(Codebook::new(plan, &reference(), &crate::expression::Plain).unwrap());
    let rows: Vec<Row> = records.iter().map(|record| codebook.pack(record).unwrap()).collect();
    Tally::of_rows(codebook, &rows)
}

/// A record with one matrix.
fn rated(cells: &[(&str, &str, &str)]) -> Record {
    let mut made = record("x");
    made.answers.insert("m".into(), grid(cells));
    made
}

/// One unit, one indicator, one grade item.
fn single() -> Plan {
    let mut plan = plan();
    plan.units.truncate(1);
    plan.indicators.truncate(1);
    plan.indicators[0].weight = Decimal::ONE;
    let mut item = plan.questionnaires[0].items[1].items[1].clone();
    item.relevant = None;
    plan.questionnaires[0].items = vec![item];
    plan
}

fn ex1() -> Vec<Record> {
    let counts = [("满意", 18), ("比较满意", 9), ("不太满意", 2), ("不满意", 1), ("不了解", 4), ("", 1)];
    let records = counts.iter().flat_map(|(grade, count)| {
        (0..*count).map(move |_| {
            let mut made = record("x");
            if !grade.is_empty() {
                made.answers.insert("again".into(), Answer::Text((*grade).into()));
            }
            made
        })
    });
    records.collect()
}

fn close(value: f64, expected: f64) -> bool {
    ((value - expected) / expected).abs() < 1e-12
}

fn double(value: &Fraction) -> f64 {
    let part = |integer: &num_bigint::BigInt| integer.to_string().parse::<f64>().unwrap();
    part(value.numer()) / part(value.denom())
}

/// Expected values: R 4.2.2 (`mean`, `var`, `prop.test(27, 30, correct = FALSE)`).
#[test]
fn one_unit_and_one_item_give_what_r_gives() {
    let made = results(&tally(&single(), &ex1()), "r1").unwrap();
    let unit = &made.units[0];
    let measure = &unit.indicators[0].measure;
    assert_eq!(measure.valid, Some(30));
    let counts: Vec<Option<u64>> = measure.grades.iter().map(|grade| grade.count).collect();
    assert_eq!(counts, [18, 9, 2, 1].map(Some));
    assert_eq!((measure.dont_know, measure.blank, measure.not_asked), (Some(4), Some(1), Some(0)));
    assert_eq!(measure.score, Ok(of(262, 3)));
    assert_eq!(round_half_up(measure.score.as_ref().unwrap(), 2), "87.33");
    assert_eq!(measure.rate, Ok(of(9, 10)));
    assert_eq!(percent(measure.rate.as_ref().unwrap(), 1), "90.0");
    let population = double(measure.variance_population.as_ref().unwrap());
    let sample = double(measure.variance_sample.as_ref().unwrap());
    assert!(close(population, 459.5555555555556) && close(sample, 475.4022988505747));
    assert!(close(population.sqrt(), 21.437246921084714) && close(sample.sqrt(), 21.80372213294271));
    let interval = measure.interval.unwrap();
    assert!(close(interval.low, 0.743789174208159) && close(interval.high, 0.965400111252666), "{interval:?}");
    assert!(!interval.nominal);
    assert!(close(double(measure.dont_know_rate.as_ref().unwrap()), 0.11764705882352941));
    assert_eq!((unit.index.clone(), unit.rank), (Ok(of(262, 3)), Some(1)));
    assert_eq!(unit.overall, *measure);
    assert_eq!(made.records, Some(35));
}

#[test]
fn one_self_selected_answer_makes_the_interval_nominal() {
    let mut records = ex1();
    records[0].mode = Mode::Web;
    let made = results(&tally(&single(), &records), "r1").unwrap();
    assert!(made.units[0].indicators[0].measure.interval.unwrap().nominal);
    assert_eq!(made.self_selected, Some(1));
}

#[test]
fn an_indicator_without_an_answer_leaves_the_unit_without_an_index() {
    let cells = [("u1", "a", "满意"), ("u1", "b1", "比较满意"), ("u1", "b2", "不了解"), ("u2", "a", "满意")];
    let made = results(&tally(&plan(), &[rated(&cells)]), "r1").unwrap();
    let [one, two, three] = &made.units[..] else { panic!("three units") };
    assert_eq!(one.index, Err(Undefined::NoScoreFor(vec!["b2".into()])));
    assert_eq!(one.overall.score, Ok(of(90, 1)), "the mean of the points that were given is no index");
    assert_eq!(two.index, Err(Undefined::NoScoreFor(vec!["b1".into(), "b2".into()])));
    assert_eq!((&three.index, &three.overall.score), (&Err(Undefined::NoAnswers), &Err(Undefined::NoAnswers)));
    assert!(made.units.iter().all(|unit| unit.rank.is_none()));
    assert_eq!(three.overall.interval, None);
}

#[test]
fn nested_weights_multiply_out() {
    let cells = [("u1", "a", "满意"), ("u1", "b1", "比较满意"), ("u1", "b2", "不太满意")];
    let made = results(&tally(&plan(), &[rated(&cells)]), "r1").unwrap();
    // 0.4 × 100 + 0.6 × (0.5 × 80 + 0.5 × 50)
    assert_eq!(made.units[0].index, Ok(of(79, 1)));
    let weights: Vec<Fraction> = made.units[0].indicators.iter().map(|one| one.weight.clone()).collect();
    assert_eq!(weights, [of(2, 5), of(3, 10), of(3, 10)]);
}

#[test]
fn an_indicator_of_weight_0_is_not_waited_for() {
    let mut zero = plan();
    zero.indicators[0].weight = Decimal::ZERO;
    zero.indicators[1].weight = Decimal::ONE;
    let made = results(&tally(&zero, &[rated(&[("u1", "b1", "满意"), ("u1", "b2", "不太满意")])]), "r1").unwrap();
    assert_eq!(made.units[0].index, Ok(of(75, 1)));
}

#[test]
fn an_indicator_of_weight_0_stands_beside_and_withholds_nothing_else() {
    let mut zero = plan();
    zero.indicators[0].weight = Decimal::ZERO;
    zero.indicators[1].weight = Decimal::ONE;
    let counted = [("u1", "b1", "满意"), ("u1", "b2", "满意")];
    let mut records = vec![rated(&counted); 6];
    records[0] = rated(&[&counted[..], &[("u1", "a", "不满意")]].concat());
    let made = results(&tally(&zero, &records), "r1").unwrap();
    let unit = &made.units[0];
    assert_eq!((unit.indicators[0].measure.valid, unit.overall.valid), (Some(1), Some(12)));
    assert_eq!((&unit.overall.rate, &unit.overall.score), (&Ok(of(1, 1)), &Ok(of(100, 1))));
    let published = &made.published(5).units[0];
    assert_eq!(published.indicators[0].measure.valid, None, "one answer is not told");
    assert_eq!((published.overall.valid, &published.overall.rate), (Some(12), &Ok(of(1, 1))));
    assert_eq!(published.index, Ok(of(100, 1)));
}

#[test]
fn weights_of_three_levels_are_not_rounded_on_the_way() {
    let mut deep = plan();
    let third = Decimal::parse("0.333333").unwrap();
    deep.indicators[1].weight = third;
    deep.indicators[1].indicators[0].weight = third;
    let made = results(&tally(&deep, &[]), "r1").unwrap();
    assert_eq!(made.units[0].indicators[1].weight, of(333_333, 1_000_000) * of(333_333, 1_000_000));
}

fn weighted() -> Plan {
    let mut plan = plan();
    plan.rater_groups[0].weight = Some(Decimal::parse("0.3").unwrap());
    plan.rater_groups[1].weight = Some(Decimal::parse("0.7").unwrap());
    plan
}

fn by(group: &str, mut record: Record) -> Record {
    record.rater_group = Some(group.into());
    record
}

#[test]
fn rater_groups_count_by_their_weights_and_not_by_their_numbers() {
    let records = [
        by("cadre", rated(&[("u1", "a", "满意")])),
        by("cadre", rated(&[("u1", "a", "满意")])),
        by("cadre", rated(&[("u1", "a", "满意")])),
        by("public", rated(&[("u1", "a", "不太满意")])),
    ];
    let made = results(&tally(&weighted(), &records), "r1").unwrap();
    let measure = &made.units[0].indicators[0].measure;
    assert_eq!(measure.score, Ok(of(65, 1)), "0.3 × 100 + 0.7 × 50");
    assert_eq!(measure.rate, Ok(of(3, 10)));
    assert_eq!((measure.valid, measure.interval), (Some(4), None));
    let groups: Vec<_> = made.units[0].indicators[0].by_group.iter().map(|(id, m)| (id.as_deref(), m.valid)).collect();
    assert_eq!(groups, [(Some("cadre"), Some(3)), (Some("public"), Some(1))]);
    let pooled = results(&tally(&plan(), &records), "r1").unwrap();
    assert_eq!(pooled.units[0].indicators[0].measure.score, Ok(of(350, 4)));
}

#[test]
fn a_weighted_group_without_an_answer_leaves_no_score() {
    let made = results(&tally(&weighted(), &[by("public", rated(&[("u1", "a", "满意")]))]), "r1").unwrap();
    let measure = &made.units[0].indicators[0].measure;
    assert_eq!(measure.score, Err(Undefined::NoAnswersFrom(vec!["cadre".into()])));
    assert_eq!(measure.rate, Err(Undefined::NoAnswersFrom(vec!["cadre".into()])));
    let mut zero = weighted();
    zero.rater_groups[0].weight = Some(Decimal::ZERO);
    zero.rater_groups[1].weight = Some(Decimal::ONE);
    let made = results(&tally(&zero, &[by("public", rated(&[("u1", "a", "满意")]))]), "r1").unwrap();
    assert_eq!(made.units[0].indicators[0].measure.score, Ok(of(100, 1)), "a group of weight 0 is not waited for");
}

#[test]
fn equal_values_share_a_rank_and_the_next_is_skipped() {
    let values = [of(1, 3), of(2, 1), of(2, 6), of(0, 1)];
    let places: Vec<Option<&Fraction>> = values.iter().map(Some).chain([None]).collect();
    assert_eq!(competition_ranks(&places), [Some(2), Some(1), Some(2), Some(4), None]);
}

#[test]
fn units_are_ranked_within_their_group_on_the_exact_index() {
    let all = |unit: &'static str, grade: &'static str| ["a", "b1", "b2"].map(|leaf| (unit, leaf, grade));
    let cells = [all("u1", "比较满意"), all("u2", "满意"), all("u3", "不满意")].concat();
    let made = results(&tally(&plan(), &[rated(&cells)]), "r1").unwrap();
    let ranks: Vec<Option<usize>> = made.units.iter().map(|unit| unit.rank).collect();
    assert_eq!(ranks, [Some(2), Some(1), Some(1)]);
}

#[test]
fn an_indicator_of_one_class_is_missing_in_no_other() {
    let mut plan = plan();
    let class = plan.units[2].group.clone().unwrap();
    assert_ne!(plan.units[0].group, plan.units[2].group);
    // `a` is for the first class, and of its weight for the others there is `own`.
    let first = plan.units[0].group.clone().unwrap();
    let own = Indicator { id: "own".into(), unit_groups: vec![class], ..plan.indicators[0].clone() };
    plan.indicators[0].unit_groups = vec![first];
    plan.indicators.push(own);
    let scale = plan.questionnaires[0].items[0].scale.clone();
    plan.questionnaires[0].items.push(Item {
        kind: ItemType::Grade,
        name: "own".into(),
        scale,
        unit: Some("u3".into()),
        indicator: Some("own".into()),
        ..Item::default()
    });
    let all = |unit: &'static str, grade: &'static str| ["b1", "b2"].map(|leaf| (unit, leaf, grade));
    // The matrix asks about what is for all of its units.
    let mut made = rated(&[all("u1", "满意"), all("u3", "不满意")].concat());
    made.answers.insert("own".into(), Answer::Text("满意".into()));
    let found = results(&tally(&plan, &[made]), "r1").unwrap();
    assert_eq!(found.units[0].index, Err(Undefined::NoScoreFor(vec!["a".into()])), "nobody graded what is for it");
    assert_eq!(found.units[2].index, Ok(of(2, 5) * of(100, 1)), "the weight of `own` is that of `a`: 0.4 of 100");
    let asked = |unit: usize| found.units[unit].asked().map(|(_, one)| one.indicator.as_str()).collect::<Vec<_>>();
    assert_eq!((asked(0), asked(2)), (vec!["a", "b1", "b2"], vec!["b1", "b2", "own"]));
    assert!(found.units[2].indicators[0].weight.is_zero());
    assert_eq!(found.units[2].overall.valid, Some(3));
}

#[test]
fn refusals_and_broken_off_interviews_are_counted_apart() {
    let mut refused = record("x");
    refused.missing.insert("m".into(), MissingReason::Refused);
    refused.disposition = Disposition::Partial;
    let mut unsure = record("z");
    unsure.missing.insert("m".into(), MissingReason::DontKnow);
    let said = results(&tally(&plan(), &[unsure, rated(&[("u1", "b1", "不了解")])]), "r1").unwrap();
    assert_eq!(said.units[0].indicators[1].measure.dont_know, Some(2), "said to the canvasser, or chosen on the scale");
    let made = results(&tally(&plan(), &[refused, record("y")]), "r1").unwrap();
    let measure = &made.units[0].indicators[1].measure;
    assert_eq!((measure.refused, measure.blank, measure.valid), (Some(1), Some(1), Some(0)));
    assert_eq!((made.records, made.partial), (Some(2), Some(1)));
    assert_eq!(measure.dont_know_rate, Err(Undefined::NoAnswers));
}

#[test]
fn who_was_screened_out_is_counted_apart_and_in_no_figure() {
    let rated = |grade: &str| rated(&[("u1", "a", grade)]);
    let mut screened = rated("不满意");
    screened.id = "w".into();
    screened.disposition = Disposition::ScreenedOut;
    let made = results(&tally(&plan(), &[screened.clone(), rated("满意")]), "r1").unwrap();
    assert_eq!((made.records, made.screened_out), (Some(1), Some(1)));
    assert_eq!(made.units[0].indicators[0].measure.valid, Some(1));
    assert_eq!(made.published(5).screened_out, None, "one person is a small cell");
    let (mut sum, other) = (tally(&plan(), &[screened.clone()]), tally(&plan(), &[rated("满意")]));
    sum.add(&other).unwrap();
    assert_eq!(sum, tally(&plan(), &[rated("满意"), screened]));
    let note = |language| crate::report::results_note(&plan(), &made, language);
    assert!(note(crate::language::Language::Zh).contains("另有 1 人"));
    assert!(note(crate::language::Language::En).contains("1 were screened out"));
}

#[test]
fn a_round_that_is_not_in_the_plan_has_no_results() {
    assert_eq!(results(&tally(&plan(), &[]), "r9"), None);
}

#[test]
fn what_is_published_holds_no_count_below_the_plans_smallest_cell() {
    let made = results(&tally(&single(), &ex1()), "r1").unwrap().published(10);
    let measure = &made.units[0].indicators[0].measure;
    assert_eq!(measure.valid, Some(30));
    assert!(measure.grades.iter().all(|grade| grade.count.is_none()), "one alone could be subtracted");
    assert_eq!(measure.score, Ok(of(262, 3)));
    assert_eq!(measure.rate, Err(Undefined::Withheld), "three dissatisfied of thirty are a small cell");
    assert_eq!((measure.interval, measure.dont_know, measure.blank), (None, None, None));
    assert_eq!(made.units[0].index, Ok(of(262, 3)));
    let few = results(&tally(&single(), &ex1()[..7]), "r1").unwrap();
    let withheld = few.published(10);
    let unit = &withheld.units[0];
    assert_eq!((&unit.index, unit.rank, unit.overall.valid), (&Err(Undefined::Withheld), None, None));
    assert_eq!(unit.overall.score, Err(Undefined::Withheld));
    assert_eq!(withheld.records, None);
    assert_eq!(few.published(0), few, "0 publishes all");
}

#[test]
fn a_withheld_indicator_cannot_be_subtracted_from_its_unit() {
    let mut records = vec![rated(&[("u1", "a", "满意"), ("u1", "b1", "满意"), ("u1", "b2", "满意")]); 12];
    records.extend(vec![rated(&[("u1", "b1", "满意"), ("u1", "b2", "满意")]); 12]);
    records.truncate(20);
    records[..8].iter_mut().for_each(|record| drop(record.answers.insert("m".into(), grid(&[("u1", "b1", "满意")]))));
    // a: 4 answers; b1: 20; b2: 12
    let made = results(&tally(&plan(), &records), "r1").unwrap().published(5);
    let unit = &made.units[0];
    assert_eq!(unit.indicators[0].measure.valid, None);
    assert_eq!((unit.indicators[1].measure.valid, unit.indicators[2].measure.valid), (Some(20), Some(12)));
    assert_eq!((unit.overall.valid, &unit.index), (None, &Err(Undefined::Withheld)));
}

const GRADES: [&str; 6] = ["满意", "比较满意", "不太满意", "不满意", "不了解", ""];

fn any_record() -> impl Strategy<Value = Record> {
    let matrix = prop::collection::vec(0usize..6, 9);
    (matrix, prop::option::of(0usize..6), any::<bool>(), any::<bool>(), any::<bool>(), prop::option::of(0usize..2))
        .prop_map(|(matrix, again, web, cadre, second, stratum)| {
            let mut made = record("x");
            let places = ["u1", "u2", "u3"].into_iter().flat_map(|unit| ["a", "b1", "b2"].map(|leaf| (unit, leaf)));
            let cells: Vec<_> = places.zip(&matrix).map(|((unit, leaf), grade)| (unit, leaf, GRADES[*grade])).collect();
            let given: Vec<_> = cells.into_iter().filter(|(_, _, grade)| !grade.is_empty()).collect();
            if !given.is_empty() {
                made.answers.insert("m".into(), grid(&given));
            }
            if let Some(grade) = again.filter(|grade| *grade < 5) {
                made.answers.insert("visited".into(), Answer::Text("yes".into()));
                made.answers.insert("again".into(), Answer::Text(GRADES[grade].into()));
            }
            made.mode = if web { Mode::Web } else { Mode::Face };
            made.rater_group = Some(if cadre { "cadre" } else { "public" }.into());
            made.round = if second { "r2" } else { "r1" }.into();
            made.stratum = stratum.map(|at| ["s1", "s2"][at].to_owned());
            made.disposition = if matrix[0] == 5 { Disposition::Partial } else { Disposition::Complete };
            made
        })
}

/// Points of one unit and leaf, one number for each grade given: from the words of the records.
fn points_given(records: &[&Record], unit: &str, leaf: &str) -> Vec<i64> {
    let points = |grade: &str| match grade {
        "满意" => Some(100),
        "比较满意" => Some(80),
        "不太满意" => Some(50),
        "不满意" => Some(0),
        _ => None,
    };
    let mut out = Vec::new();
    for record in records {
        if let Some(Answer::Grid(grid)) = record.answers.get("m") {
            out.extend(grid.get(unit).and_then(|row| row.get(leaf)).and_then(|grade| points(grade)));
        }
        if let (Some(Answer::Text(grade)), "u1", "a") = (record.answers.get("again"), unit, leaf) {
            out.extend(points(grade));
        }
    }
    out
}

/// Mean of the points and share of those of at least 80.
fn mean_and_share(points: &[i64]) -> Option<(Fraction, Fraction)> {
    let n = points.len() as i64;
    let satisfied = points.iter().filter(|points| **points >= 80).count() as i64;
    (n > 0).then(|| (of(points.iter().sum(), n), of(satisfied, n)))
}

proptest! {
    #[test]
    fn the_tally_of_the_parts_is_the_tally_of_the_whole(
        records in prop::collection::vec((any_record(), 0usize..4), 0..20), order in any::<[u8; 4]>(),
    ) {
        let whole = tally(&plan(), &records.iter().map(|(record, _)| record.clone()).collect::<Vec<_>>());
        let mut parts: Vec<(u8, Tally)> = (0..4).map(|part| {
            let own: Vec<Record> = records.iter().rev().filter(|(_, at)| *at == part).map(|(r, _)| r.clone()).collect();
            (order[part], tally(&plan(), &own))
        }).collect();
        parts.sort_by_key(|(key, _)| *key);
        let mut left = Tally::new(whole.codebook().clone());
        parts.iter().for_each(|(_, part)| left.add(part).unwrap());
        prop_assert_eq!(&left, &whole);
        let mut right = parts[3].1.clone();
        let mut inner = parts[1].1.clone();
        inner.add(&parts[2].1).unwrap();
        right.add(&inner).unwrap();
        right.add(&parts[0].1).unwrap();
        prop_assert_eq!(&right, &whole);
        for cell in whole.cells() {
            prop_assert_eq!(cell.codes.iter().sum::<u64>(), cell.records, "every record has one code for each question");
        }
    }

    #[test]
    fn estimates_are_what_the_raw_records_say(records in prop::collection::vec(any_record(), 0..16)) {
        let here: Vec<&Record> = records.iter().filter(|record| record.round == "r1").collect();
        let pooled = results(&tally(&plan(), &records), "r1").unwrap();
        let by_weight = results(&tally(&weighted(), &records), "r1").unwrap();
        prop_assert_eq!(pooled.records, Some(here.len() as u64));
        let leaf_weights = BTreeMap::from([("a", of(2, 5)), ("b1", of(3, 10)), ("b2", of(3, 10))]);
        for (unit, weighted_unit) in pooled.units.iter().zip(&by_weight.units) {
            let (mut index, mut weighted_index) = (Some(Fraction::zero()), Some(Fraction::zero()));
            for (one, weighted_one) in unit.indicators.iter().zip(&weighted_unit.indicators) {
                let leaf = one.indicator.as_str();
                let points = points_given(&here, &unit.unit, leaf);
                let expected = mean_and_share(&points);
                prop_assert_eq!(one.measure.valid, Some(points.len() as u64));
                prop_assert_eq!(one.measure.score.clone().ok(), expected.clone().map(|(mean, _)| mean));
                prop_assert_eq!(one.measure.rate.clone().ok(), expected.clone().map(|(_, share)| share));
                index = index.zip(expected).map(|(sum, (mean, _))| sum + &leaf_weights[leaf] * mean);
                let group = |id: &str| {
                    let own: Vec<&Record> = here.iter().filter(|r| r.rater_group.as_deref() == Some(id)).copied().collect();
                    mean_and_share(&points_given(&own, &unit.unit, leaf)).map(|(mean, _)| mean)
                };
                let both = group("cadre").zip(group("public"));
                let score = both.map(|(cadre, public)| cadre * of(3, 10) + public * of(7, 10));
                prop_assert_eq!(weighted_one.measure.score.clone().ok(), score.clone());
                weighted_index = weighted_index.zip(score).map(|(sum, score)| sum + &leaf_weights[leaf] * score);
            }
            prop_assert_eq!(unit.index.clone().ok(), index);
            prop_assert_eq!(weighted_unit.index.clone().ok(), weighted_index);
        }
    }

    #[test]
    fn no_published_count_is_small(records in prop::collection::vec(any_record(), 0..40), smallest in 0u32..8) {
        let made = results(&tally(&plan(), &records), "r1").unwrap().published(smallest);
        let ok = |count: Option<u64>| count.is_none_or(|count| count == 0 || count >= u64::from(smallest));
        prop_assert!(ok(made.records) && ok(made.partial) && ok(made.self_selected));
        for unit in &made.units {
            for measure in unit.indicators.iter().map(|one| &one.measure).chain([&unit.overall]) {
                prop_assert!(ok(measure.valid) && ok(measure.dont_know) && ok(measure.refused));
                prop_assert!(ok(measure.blank) && ok(measure.not_asked));
                prop_assert!(measure.grades.iter().all(|grade| ok(grade.count)));
                let hidden = measure.grades.iter().filter(|grade| grade.count.is_none()).count();
                prop_assert!(hidden == 0 || hidden == measure.grades.len());
            }
        }
    }
}

#[test]
fn rates_lie_in_their_interval_and_the_interval_in_0_to_1() {
    assert_eq!(wilson(0, 0), None);
    for n in 1..60 {
        for hits in 0..=n {
            let (low, high) = wilson(hits, n).unwrap();
            let rate = hits as f64 / n as f64;
            assert!(0.0 <= low && low <= rate + 1e-15 && rate <= high + 1e-15 && high <= 1.0, "{hits}/{n}");
        }
    }
}

#[test]
fn the_ready_plans_can_be_counted() {
    for text in [
        include_str!("../../plans/city-units.json"),
        include_str!("../../plans/county-transport.json"),
        include_str!("../../plans/study-practice.json"),
    ] {
        let plan = load(text).unwrap();
        let codebook = Arc::new(Codebook::new(&plan, &reference(), &crate::expression::Plain).unwrap());
        let made = results(&Tally::new(codebook), &plan.rounds[0].id).unwrap();
        assert_eq!(made.units.len(), plan.units.len());
        let weights: Fraction = made.units[0].indicators.iter().map(|one| one.weight.clone()).sum();
        assert!(weights.is_one());
    }
}
