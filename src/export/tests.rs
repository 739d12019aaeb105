//! Published data against what it was made of, and against people who want to know more than it says.

use super::{Published, Verdict, Why, publish, recompute};
use crate::language::Language;
use crate::ledger::Codebook;
use crate::ledger::tests::{grid, plan, record, reference};
use crate::plan::Plan;
use crate::scores::{Counted, Scored, scored};
use crate::session::Record;
use proptest::prelude::*;
use std::sync::Arc;

const GRADES: [&str; 4] = ["满意", "比较满意", "不太满意", "不满意"];
const PLACES: [(&str, &str); 4] = [("u1", "a"), ("u1", "b1"), ("u1", "b2"), ("u2", "a")];

/// Records that give each place these counts of each grade.
fn records(counts: &[[u64; 4]]) -> Vec<Record> {
    let given: Vec<Vec<&str>> = { counts.iter() }
        .map(|counts| (0..4).flat_map(|grade| std::iter::repeat_n(GRADES[grade], counts[grade] as usize)).collect())
        .collect();
    let most = given.iter().map(Vec::len).max().unwrap_or(0);
    (0..most)
        .map(|at| {
            let mut made = record("x");
            let cells: Vec<_> = { PLACES.iter().zip(&given) }
                .filter_map(|((unit, leaf), grades)| Some((*unit, *leaf, *grades.get(at)?)))
                .collect();
            made.answers.insert("m".into(), grid(&cells));
            made
        })
        .collect()
}

fn made(plan: &Plan, records: &[Record]) -> (Arc<Codebook>, Scored) {
    let codebook = Arc::new(Codebook::new(plan, &reference(), &crate::expression::Plain).unwrap());
    let rows: Vec<_> = records.iter().map(|record| codebook.pack(record).unwrap()).collect();
    let made = scored(&Counted::of_rows(codebook.clone(), &rows), "r1").unwrap();
    (codebook, made)
}

fn counts() -> impl Strategy<Value = Vec<[u64; 4]>> {
    let few = prop_oneof![2 => 0u64..3, 2 => 3u64..12, 1 => 12u64..60];
    prop::collection::vec([few.clone(), few.clone(), few.clone(), few], PLACES.len())
}

/// All ways to count four grades with these sums; `None` in a sum: it is not known.
fn ways(n: u64, points: Option<u64>, satisfied: Option<u64>) -> Vec<[u64; 4]> {
    let mut found = Vec::new();
    for a in 0..=n {
        for b in 0..=n - a {
            if satisfied.is_some_and(|satisfied| a + b != satisfied) {
                continue;
            }
            for c in 0..=n - a - b {
                let way = [a, b, c, n - a - b - c];
                let sum: u64 = way.iter().zip([100, 80, 50, 0]).map(|(count, points)| count * points).sum();
                if points.is_none_or(|points| points == sum) {
                    found.push(way);
                }
            }
        }
    }
    found
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// Whatever was answered and withheld: no published number differs, and none that rests on published counts stays
    /// unchecked.
    #[test]
    fn published_numbers_are_those_of_the_published_counts(counts in counts(), smallest in 0u32..12, places in 0u32..4) {
        let (codebook, results) = made(&plan(), &records(&counts));
        let text = publish(&codebook, &[(results.published(smallest), None)], places, Language::Zh);
        for finding in recompute(&Published::parse(&text).unwrap()) {
            let fine = matches!(
                finding.verdict,
                Verdict::Equal | Verdict::Absent | Verdict::AgreesWithinRounding | Verdict::NotRecomputable(Why::Withheld | Why::Design)
            );
            prop_assert!(fine, "{finding:?}");
            let all = smallest == 0 && matches!(finding.verdict, Verdict::NotRecomputable(Why::Withheld) | Verdict::AgreesWithinRounding);
            // Nothing is withheld: everything can be worked out, but what rests on the design of the sample.
            prop_assert!(!all, "{finding:?}");
        }
    }

    /// Who takes every published number of a row and lists all counts that fit finds none of the withheld small ones within 1.
    #[test]
    fn no_withheld_small_count_is_worked_out_from_the_published_row(counts in counts(), smallest in 2u32..12) {
        let (_, results) = made(&plan(), &records(&counts));
        let published = results.published(smallest);
        for (unit, own) in published.results.units.iter().zip(&results.results.units) {
            let rows = unit.indicators.iter().map(|one| &one.measure).zip(own.indicators.iter().map(|one| &one.measure));
            for (shown, own) in rows.chain([(&unit.overall, &own.overall)]) {
                let (Some(n), None) = (shown.valid.filter(|n| *n <= 90), shown.grades[0].count) else { continue };
                let whole = |value: &crate::tally::Fraction| {
                    let times = value * crate::tally::Fraction::from_integer(n.into());
                    times.to_integer().try_into().unwrap_or(u64::MAX)
                };
                let (points, satisfied) = (shown.score.as_ref().ok().map(whole), shown.rate.as_ref().ok().map(whole));
                let ways = ways(n, points, satisfied);
                for (at, grade) in own.grades.iter().enumerate() {
                    let count = grade.count.unwrap();
                    if (1..u64::from(smallest)).contains(&count) {
                        let values: Vec<u64> = ways.iter().map(|way| way[at]).collect();
                        let open = values.iter().max().unwrap() - values.iter().min().unwrap();
                        // Where n alone is published, nothing more can be withheld but n.
                        let nothing_else = points.is_none() && satisfied.is_none();
                        prop_assert!(open > 1 || nothing_else, "{count} of {n}: {points:?} {satisfied:?} leave {open}");
                    }
                }
            }
        }
    }
}
