use super::*;
use crate::ledger::tests::{grid, plan, record, reference};
use crate::ledger::{Codebook, Row};
use crate::plan::{Decimal, Mode, Plan};
use crate::session::Record;
use crate::tally::{Fraction, Undefined};
use num_traits::ToPrimitive;
use proptest::prelude::*;
use std::sync::Arc;

fn rows(plan: &Plan, records: &[Record]) -> (Arc<Codebook>, Vec<Row>) {
    let codebook = Arc::new(Codebook::new(plan, &reference(), &crate::expression::Plain).unwrap());
    let rows = records.iter().map(|record| codebook.pack(record).unwrap()).collect();
    (codebook, rows)
}

fn of(plan: &Plan, records: &[Record], round: &str) -> Scored {
    let (codebook, rows) = rows(plan, records);
    scored(&Counted::of_rows(codebook, &rows), round).unwrap()
}

fn rated(cells: &[(&str, &str, &str)]) -> Record {
    let mut made = record("x");
    made.answers.insert("m".into(), grid(cells));
    made
}

/// One grade for everything of a unit.
fn all(unit: &'static str, grade: &'static str) -> [(&'static str, &'static str, &'static str); 3] {
    ["a", "b1", "b2"].map(|leaf| (unit, leaf, grade))
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

const GRADES: [&str; 4] = ["满意", "比较满意", "不太满意", "不满意"];

/// People who grade u1 and u2, u1 mostly better.
fn two_units(people: usize) -> Vec<Record> {
    let one = |at: usize| {
        let [better, worse] = [GRADES[at % 3], GRADES[(at % 3 + 1 + at % 2).min(3)]];
        rated(&[all("u1", better), all("u2", worse)].concat())
    };
    (0..people).map(one).collect()
}

#[test]
fn the_same_raters_make_a_difference_surer_than_two_intervals_say() {
    let made = of(&plan(), &two_units(60), "r1");
    let pair = &made.pairs[0];
    let [first, second] = [0, 1].map(|at| made.units[at].index.unwrap());
    let apart = (first.se.powi(2) + second.se.powi(2)).sqrt();
    let together = pair.compared.precision.unwrap();
    assert!(together.se < apart * 0.8, "{} against {apart}", together.se);
    assert_eq!(pair.compared.verdict, Verdict::Higher);
    assert_eq!(pair.compared.turned().verdict, Verdict::Lower);
    let ranks: Vec<_> =
        made.units.iter().map(|unit| unit.rank.map(|ranked| (ranked.rank, ranked.best, ranked.worst))).collect();
    assert_eq!(ranks, [Some((1, 1, 1)), Some((2, 2, 2)), None], "the third unit has no answer");
    assert_eq!(made.against_others(1), [(0, pair.compared.turned())]);
}

#[test]
fn ties_share_a_rank_and_a_range() {
    let records: Vec<Record> = (0..30)
        .map(|at| {
            let [one, other] = if at % 2 == 0 { ["满意", "不满意"] } else { ["不满意", "满意"] };
            rated(&[all("u1", one), all("u2", other)].concat())
        })
        .collect();
    let made = of(&plan(), &records, "r1");
    let ranked = made.units[0].rank.unwrap();
    assert_eq!((ranked, made.units[1].rank.unwrap()), (ranked, ranked));
    assert_eq!((ranked.rank, ranked.tied, ranked.best, ranked.worst), (1, true, 1, 2));
    assert_eq!(made.pairs[0].compared.verdict, Verdict::NotShown);
}

#[test]
fn where_nothing_can_be_said_of_the_error_there_is_no_interval_and_a_reason() {
    let alike = of(&plan(), &vec![rated(&all("u1", "满意")); 12], "r1");
    assert_eq!(alike.units[0].index, Err(Imprecise::NothingVaries));
    let rate = alike.units[0].indicators[1].worth.rate.unwrap();
    assert!(rate.low < 0.8 && rate.high > 0.999_999, "a rate of all has Wilson's interval: {rate:?}");
    let single = of(&plan(), &[rated(&all("u1", "满意"))], "r1");
    assert_eq!(single.units[0].index, Err(Imprecise::TooFew));
    assert_eq!(single.units[1].index, Err(Imprecise::NoEstimate));
    let lacking = of(&weighted(), &two_units(20), "r1");
    let score = &lacking.results.units[0].indicators[0].measure.score;
    assert_eq!(*score, Err(Undefined::NoAnswersFrom(vec!["cadre".into()])));
    assert_eq!(lacking.units[0].indicators[0].worth.score, Err(Imprecise::NoEstimate));
    assert_eq!(lacking.results.units[0].indicators[0].measure.interval, None);
}

#[test]
fn who_is_all_of_a_population_has_no_sampling_error_and_more_than_all_is_said() {
    let mut plan = weighted();
    plan.strata.clear();
    let mut records: Vec<Record> = two_units(20).into_iter().map(|record| by("cadre", record)).collect();
    records.extend(two_units(20));
    let endless = of(&plan, &records, "r1").units[0].index.unwrap();
    plan.rater_groups[0].population = Some(40);
    let half = of(&plan, &records, "r1").units[0].index.unwrap();
    assert!(half.se < endless.se);
    plan.rater_groups[0].population = Some(20);
    plan.rater_groups[1].population = Some(20);
    let whole = of(&plan, &records, "r1");
    let index = whole.units[0].index.unwrap();
    assert!(index.census && index.se == 0.0 && index.low == index.high);
    assert_eq!((whole.pairs[0].compared.verdict, whole.pairs[0].compared.p), (Verdict::Higher, None));
    plan.rater_groups[0].population = Some(19);
    let over = of(&plan, &records, "r1");
    assert_eq!(over.overfull, ["cadre"]);
    assert!(over.units[0].index.unwrap().se > 0.0);
}

#[test]
fn one_who_chose_to_answer_makes_intervals_nominal() {
    let mut records = two_units(30);
    assert!(!of(&plan(), &records, "r1").units[0].index.unwrap().nominal);
    records[4].mode = Mode::Web;
    let made = of(&plan(), &records, "r1");
    assert!(made.units[0].index.unwrap().nominal && made.pairs[0].compared.precision.unwrap().nominal);
}

fn in_round(round: &str, records: Vec<Record>) -> impl Iterator<Item = Record> {
    let round = round.to_owned();
    records.into_iter().map(move |record| Record { round: round.clone(), ..record })
}

#[test]
fn a_change_is_shown_only_where_the_interval_leaves_out_0() {
    let records: Vec<Record> = in_round("r1", two_units(40)).chain(in_round("r2", two_units(41))).collect();
    let [before, after] = ["r1", "r2"].map(|round| of(&plan(), &records, round));
    let same = change(&before, &after, "u1", Measured::Index).unwrap();
    assert_eq!(same.compared.verdict, Verdict::NotShown);
    let worse: Vec<Record> = in_round("r1", two_units(40))
        .chain(in_round("r2", (0..40).map(|at| rated(&all("u1", GRADES[2 + at % 2]))).collect()))
        .collect();
    let [before, after] = ["r1", "r2"].map(|round| of(&plan(), &worse, round));
    let fallen = change(&before, &after, "u1", Measured::Score("a")).unwrap();
    assert_eq!(fallen.compared.verdict, Verdict::Lower);
    assert_eq!(fallen.compared.difference, &fallen.after - &fallen.before);
    let gone = change(&before, &after, "u2", Measured::Index);
    assert_eq!(gone, Err(NoChange::NotAfter(Undefined::NoAnswers)));
    assert_eq!(change(&before, &after, "u9", Measured::Index), Err(NoChange::NotInBoth));
    assert_eq!(change(&before, &after, "u1", Measured::Rate("z")), Err(NoChange::NotInBoth));
}

#[test]
fn what_was_asked_otherwise_is_not_compared() {
    let before = of(&plan(), &two_units(20), "r1");
    let with = |edit: fn(&mut Plan)| {
        let mut other = plan();
        edit(&mut other);
        change(&before, &of(&other, &two_units(20), "r1"), "u1", Measured::Score("b1")).map(|_| ())
    };
    assert_eq!(with(|_| ()), Ok(()));
    assert_eq!(with(|plan| plan.scales[0].grades[1].score = Decimal::parse("70").unwrap()), Err(NoChange::OtherScale));
    assert_eq!(with(|plan| plan.scales[0].grades[2].satisfied = true), Err(NoChange::OtherScale));
    let word = |plan: &mut Plan| drop(plan.questionnaires[0].items[0].label.insert("zh".into(), "请打分".into()));
    assert_eq!(with(word), Err(NoChange::OtherQuestion));
    let heavier = |plan: &mut Plan| {
        plan.rater_groups.iter_mut().for_each(|group| group.weight = Some(Decimal::parse("0.5").unwrap()))
    };
    assert_eq!(with(heavier), Err(NoChange::OtherWeights));
    let mut plan = plan();
    plan.indicators[0].weight = Decimal::parse("0.2").unwrap();
    plan.indicators[1].weight = Decimal::parse("0.8").unwrap();
    let after = of(&plan, &two_units(20), "r1");
    assert_eq!(change(&before, &after, "u1", Measured::Index), Err(NoChange::OtherWeights));
    assert!(change(&before, &after, "u1", Measured::Score("b1")).is_ok(), "its own weight is not in a score");
}

fn any_record() -> impl Strategy<Value = Record> {
    (prop::collection::vec(0usize..6, 9), any::<bool>(), any::<bool>(), prop::option::of(0usize..2)).prop_map(
        |(matrix, web, cadre, stratum)| {
            let places = ["u1", "u2", "u3"].into_iter().flat_map(|unit| ["a", "b1", "b2"].map(|leaf| (unit, leaf)));
            let grades = ["满意", "比较满意", "不太满意", "不满意", "不了解", ""];
            let cells: Vec<_> = places.zip(&matrix).map(|((unit, leaf), grade)| (unit, leaf, grades[*grade])).collect();
            let given: Vec<_> = cells.into_iter().filter(|(_, _, grade)| !grade.is_empty()).collect();
            let mut made = if given.is_empty() { record("x") } else { rated(&given) };
            made.mode = if web { Mode::Web } else { Mode::Face };
            made.rater_group = Some(if cadre { "cadre" } else { "public" }.into());
            made.stratum = stratum.map(|at| ["s1", "s2"][at].to_owned());
            made
        },
    )
}

proptest! {
    #[test]
    fn any_split_and_order_gives_the_same_bits(
        records in prop::collection::vec((any_record(), 0usize..3), 1..24), groups in any::<bool>(),
    ) {
        let plan = if groups { weighted() } else { plan() };
        let (codebook, rows) = rows(&plan, &records.iter().map(|(record, _)| record.clone()).collect::<Vec<_>>());
        let whole = scored(&Counted::of_rows(codebook.clone(), &rows), "r1").unwrap();
        let mut sum = Counted::of_rows(codebook.clone(), []);
        for part in [2, 0, 1] {
            let own = rows.iter().zip(&records).rev().filter(|(_, (_, at))| *at == part).map(|(row, _)| row);
            sum.add(&Counted::of_rows(codebook.clone(), own)).unwrap();
        }
        // To the bit: -0 is not 0 here.
        prop_assert_eq!(format!("{:?}", scored(&sum, "r1").unwrap()), format!("{whole:?}"));
    }

    #[test]
    fn estimates_lie_in_their_intervals_and_ranks_in_their_ranges(
        records in prop::collection::vec(any_record(), 1..40), groups in any::<bool>(),
    ) {
        let made = of(&if groups { weighted() } else { plan() }, &records, "r1");
        let holds = |estimate: &Result<Fraction, Undefined>, precise: &Precise| match (estimate, precise) {
            (Ok(value), Ok(found)) => {
                let value = value.to_f64().unwrap();
                found.low <= value + 1e-9 && value <= found.high + 1e-9 && found.se >= 0.0
            }
            (Err(_), Ok(_)) => false,
            _ => true,
        };
        for (result, unit) in made.results.units.iter().zip(&made.units) {
            prop_assert!(holds(&result.index, &unit.index));
            prop_assert_eq!(result.rank, unit.rank.map(|ranked| ranked.rank));
            prop_assert!(unit.rank.is_none_or(|ranked| ranked.best <= ranked.rank && ranked.rank <= ranked.worst));
            for (one, scored) in result.indicators.iter().zip(&unit.indicators) {
                prop_assert!(holds(&one.measure.score, &scored.worth.score));
                prop_assert!(holds(&one.measure.rate, &scored.worth.rate));
            }
        }
    }

    #[test]
    fn nothing_that_is_published_tells_of_a_withheld_cell(
        records in prop::collection::vec(any_record(), 1..60), smallest in 1u32..9, groups in any::<bool>(),
    ) {
        let plan = if groups { weighted() } else { plan() };
        let own = of(&plan, &records, "r1");
        let published = own.published(smallest);
        let small = |count: Option<u64>| count.is_some_and(|count| 0 < count && count < u64::from(smallest));
        let mut hidden = Vec::new();
        for ((result, unit), whole) in published.results.units.iter().zip(&published.units).zip(&own.results.units) {
            for ((one, scored), whole) in result.indicators.iter().zip(&unit.indicators).zip(&whole.indicators) {
                prop_assert!(scored.by_group.is_empty());
                // A mean with its error says how the grades divide.
                let of_groups = whole.by_group.iter().filter(|_| groups).map(|(_, measure)| measure);
                let grades = |measure: &crate::tally::Measure| measure.grades.iter().any(|grade| small(grade.count));
                if one.measure.score.is_err() || grades(&whole.measure) || of_groups.clone().any(grades) {
                    prop_assert!(scored.worth.score.is_err());
                }
                let sides = |measure: &crate::tally::Measure| [true, false].into_iter().any(|side| {
                    small(measure.grades.iter().filter(|grade| grade.satisfied == side).map(|grade| grade.count).sum())
                });
                if one.measure.rate.is_err() || of_groups.clone().any(sides) {
                    prop_assert!(scored.worth.rate.is_err() && one.measure.interval.is_none());
                }
            }
            if result.index.is_err() {
                hidden.push(published.place(&result.unit).unwrap());
                prop_assert!(unit.index.is_err() && unit.rank.is_none() && unit.against_class.is_none());
            }
            prop_assert!(!small(unit.raters));
        }
        prop_assert!(published.pairs.iter().all(|pair| !hidden.contains(&pair.first) && !hidden.contains(&pair.second)));
        // The mean that a unit is held against is that of the units that are shown: it gives no other index away.
        for class in ["g1", "g2"] {
            let shown = published.results.units.iter().zip(&published.units);
            let shown: Vec<_> = shown.filter(|(unit, _)| unit.group.as_deref() == Some(class) && unit.index.is_ok()).collect();
            let mean = shown.iter().map(|(unit, _)| unit.index.clone().unwrap()).sum::<Fraction>();
            let mean = mean / Fraction::from_integer(shown.len().max(1).into());
            for (unit, scored) in &shown {
                let held = scored.against_class.as_ref().map(|compared| compared.difference.clone());
                prop_assert_eq!(held, (shown.len() > 1).then(|| unit.index.clone().unwrap() - &mean));
                prop_assert!(scored.rank.unwrap().worst <= shown.len());
            }
        }
        prop_assert!(published.layers.iter().all(|layer| !small(Some(layer.units))));
        // Plots and tables are drawn from this alone: none of them shows a small count.
        for plot in crate::report::plots(&plan, &published, &[], crate::language::Language::En) {
            if plot.name.starts_with("grades") {
                for cell in plot.table.rows.iter().flat_map(|row| &row[1..]) {
                    let crate::report::Cell::Number(count) = cell else { panic!("{cell:?}") };
                    prop_assert!(!small(count.parse().ok()), "{}", plot.svg());
                }
            }
        }
    }
}
