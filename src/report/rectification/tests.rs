use super::*;
use crate::expression::Moment;
use crate::ledger::Codebook;
use crate::ledger::tests::{grid, plan, record, reference};
use crate::rectification::{Book, Measure, Opening, Seat, Source, Step, figure_of};
use crate::scores::{Changes, Counted, Scored, Verdict, changes, scored};
use crate::session::Record;
use num_traits::ToPrimitive;
use std::sync::Arc;

const GRADES: [&str; 4] = ["满意", "比较满意", "不太满意", "不满意"];

/// Two rounds of so many people; in the second everybody is more content with `b1` of unit 1.
fn rounds(plan: &Plan, people: usize) -> [Scored; 2] {
    let one = |at: usize| {
        let later = at % 2 == 1;
        let cells = ["u1", "u2"].into_iter().flat_map(|unit| {
            ["a", "b1", "b2"].map(|leaf| {
                let better = usize::from(later && unit == "u1" && leaf == "b1");
                (unit, leaf, GRADES[(at / 2 % 4).saturating_sub(better * 2)])
            })
        });
        let mut made: Record = record("x");
        made.answers.insert("m".into(), grid(&cells.collect::<Vec<_>>()));
        made.round = if later { "r2" } else { "r1" }.into();
        made
    };
    let codebook = Arc::new(Codebook::new(plan, &reference(), &crate::expression::Plain).unwrap());
    let rows: Vec<_> = (0..2 * people).map(|at| codebook.pack(&one(at)).unwrap()).collect();
    let counted = Counted::of_rows(codebook, &rows);
    ["r1", "r2"].map(|round| scored(&counted, round).unwrap())
}

/// A ledger with a case of each of these figures of the first round.
fn book(plan: &Plan, first: &Scored, cases: &[(&str, Option<&str>, Measure)]) -> Book {
    let mut book = Book::new("demo");
    for (at, (unit, indicator, measure)) in cases.iter().enumerate() {
        let opening = Opening {
            name: format!("2026-{at}"),
            title: "低".into(),
            source: Source::Score,
            unit: (*unit).into(),
            unit_id: Some((*unit).into()),
            round: Some("r1".into()),
            indicator: indicator.map(|id| (id.to_owned(), id.to_owned())),
            figure: figure_of(plan, &first.results, unit, *indicator, *measure),
            suggestion: None,
        };
        let at = Moment { milliseconds: 1_790_000_000_000 + at as i64 * 60_000, offset: 480 };
        book.write(None, Seat { by: "测评办".into(), at, day: None }, Step::Opened(Box::new(opening))).unwrap();
    }
    book
}

fn score_change(found: &Changes, unit: usize, leaf: usize) -> (f64, f64, f64) {
    let change = found.units[unit].indicators[leaf].score.clone().unwrap();
    let precision = change.compared.precision.unwrap();
    (change.compared.difference.to_f64().unwrap(), precision.low, precision.high)
}

#[test]
fn before_and_after_are_made_of_the_records_of_both_rounds_and_judged_together() {
    let plan = plan();
    let [first, second] = rounds(&plan, 120);
    let named = [
        ("u1", Some("b1"), Measure::Score),
        ("u2", Some("b1"), Measure::Score),
        ("u1", None, Measure::Index),
        ("u1", Some("b1"), Measure::Rate),
    ];
    let book = book(&plan, &first, &named);
    let cases = book.cases();
    let all = [first.clone(), second.clone()];
    let found = later(&plan, &cases, &all, "r2");
    // The other way: the changes of all units and indicators.
    let whole = changes(&first, &second);
    let followed = |at: usize| found[at].after.as_ref().unwrap().change.clone().unwrap();
    for (at, unit) in [(0, 0), (1, 1)] {
        let (difference, low, high) = score_change(&whole, unit, 1);
        let own = followed(at);
        assert!(own.by_records && (own.difference - difference).abs() < 1e-9);
        assert!(own.interval.is_some_and(|own| (own.0 - low).abs() < 1e-9 && (own.1 - high).abs() < 1e-9));
    }
    assert_eq!((followed(0).verdict, followed(1).verdict), (Verdict::Higher, Verdict::NotShown));
    // An index has an interval here, which the figure alone has not; a rate is in percentage points.
    assert!(followed(2).interval.is_some() && followed(3).difference > 1.0);
    // Four are judged together: the smallest p of all is multiplied by four.
    let p: Vec<(f64, f64)> = (0..4).map(|at| followed(at).p.unwrap()).collect();
    let least = p.iter().min_by(|a, b| a.0.total_cmp(&b.0)).unwrap();
    assert!((least.1 - (least.0 * 4.0).min(1.0)).abs() < 1e-12, "{p:?}");
    let note = later_note(&found, Language::En);
    assert!(note.contains("4 changes are made of the records") && !note.contains("of the two figures alone"), "{note}");
    let table = later_table(&plan, &found, false, Language::En);
    assert!(table.to_csv().contains("no-change-shown") && table.to_csv().contains("higher"));
}

#[test]
fn without_the_first_rounds_records_the_figures_alone_are_compared() {
    let plan = plan();
    let [first, second] = rounds(&plan, 120);
    let book = book(&plan, &first, &[("u1", Some("b1"), Measure::Score)]);
    let cases = book.cases();
    for rounds in [vec![second.clone()], vec![self::rounds(&plan, 60)[0].clone(), second]] {
        let found = later(&plan, &cases, &rounds, "r2");
        let change = found[0].after.as_ref().unwrap().change.clone().unwrap();
        assert!(!change.by_records && change.p.is_none() && change.interval.is_some(), "{change:?}");
        assert!(later_note(&found, Language::Zh).contains("其中 1 项只有立案时记下的数"));
    }
}

#[test]
fn nothing_is_shown_of_what_is_withheld_and_of_no_later_round() {
    let mut plan = plan();
    plan.privacy.smallest_cell = 0;
    let [first, second] = rounds(&plan, 40);
    let book = book(&plan, &first, &[("u1", Some("b1"), Measure::Score)]);
    let cases = book.cases();
    let all = [first, second];
    assert!(later(&plan, &cases, &all, "r2")[0].after.is_some());
    assert_eq!(later(&plan, &cases, &all, "r1")[0].after, None, "the round itself");
    assert_eq!(later(&plan, &cases, &all, "r9")[0].after, None);
    plan.privacy.smallest_cell = 50;
    let found = later(&plan, &cases, &all, "r2");
    assert_eq!(found[0].after, None, "fewer than fifty answered");
    let told = later_table(&plan, &found, true, Language::En).to_text(Language::En);
    assert!(told.contains("not measured again"), "{told}");
}
