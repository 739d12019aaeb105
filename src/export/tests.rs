//! Published data against what it was made of, and against people who want to know more than it says.

use super::{Published, RoundTold, Verdict, Why, publish, recompute};
use crate::language::Language;
use crate::ledger::Codebook;
use crate::ledger::tests::{grid, plan, record, reference};
use crate::plan::{Decimal, Figure, Item, ItemType, Part, Plan};
use crate::scores::{Counted, Scored, scored};
use crate::session::{Answer, Record};
use crate::tally::combined;
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

/// Votes by 0.6 and experts, who gave 80 and 90 to the first unit and 70 to the second, by 0.4.
fn with_parts() -> (Plan, Vec<Record>) {
    let mut plan = plan();
    let part = |id: &str, tenths: i64, figures| Part {
        id: id.into(),
        label: Default::default(),
        weight: Decimal::from_millionths(tenths * Decimal::SCALE / 10),
        trimmed: false,
        smallest: Some(0),
        figures,
    };
    let figure = |unit: &str, item: &str| Figure {
        unit: unit.into(),
        questionnaire: "q".into(),
        item: item.into(),
        of: None,
        zero: Decimal::ZERO,
        full: Decimal::from_millionths(100 * Decimal::SCALE),
    };
    plan.parts = vec![part("votes", 6, Vec::new()), part("experts", 4, vec![figure("u1", "one"), figure("u2", "two")])];
    for name in ["one", "two"] {
        let item = Item { kind: ItemType::Integer, name: name.into(), ..Item::default() };
        plan.questionnaires[0].items.push(item);
    }
    let all = ["a", "b1", "b2"].map(|leaf| ("u1", leaf, "满意"));
    let other = ["a", "b1", "b2"].map(|leaf| ("u2", leaf, "不太满意"));
    let mut records: Vec<Record> = (0..12).map(|_| record("x")).collect();
    for made in &mut records {
        made.answers.insert("m".into(), grid(&[all, other].concat()));
    }
    for (at, item, number) in [(0, "one", 80), (1, "one", 90), (2, "two", 70)] {
        records[at].answers.insert(item.into(), Answer::Integer(number));
    }
    (plan, records)
}

#[test]
fn the_combined_score_follows_from_its_published_parts_and_a_changed_figure_is_found() {
    let (plan, records) = with_parts();
    let (codebook, scored) = made(&plan, &records);
    let rows: Vec<_> = records.iter().map(|record| codebook.pack(record).unwrap()).collect();
    let whole = combined(&codebook, rows.iter().map(|row| ("x", row)), &scored.results).unwrap();
    let published = scored.published(5);
    let combined = whole.published(&plan.parts, &published.results, 5);
    let told = RoundTold { scored: published, known: None, combined: Some(combined) };
    let text = publish(&codebook, &[told], 2, Language::Zh);
    let found = |text: &str| -> Vec<(String, Verdict)> {
        let all = recompute(&Published::parse(text).unwrap());
        let own = all.into_iter().filter(|finding| finding.place.last().is_some_and(|place| place == "combined"));
        own.map(|finding| ([&finding.place[1], " ", &finding.column].concat(), finding.verdict)).collect()
    };
    let all = found(&text);
    let of = |name: &str| all.iter().find(|(known, _)| known == name).map(|(_, verdict)| verdict.clone()).unwrap();
    // 0.6 × 100 + 0.4 × 85 = 94.
    assert!(text.contains("\"score\":94.00"), "{text}");
    for name in ["u1 combined", "u2 combined"] {
        assert_eq!(of(name), Verdict::AgreesWithinRounding);
    }
    for name in ["u1 votes:score", "u1 votes:n", "u1 combined rank", "u2 combined rank"] {
        assert_eq!(of(name), Verdict::Equal, "{name}");
    }
    assert_eq!(of("u1 experts:score"), Verdict::NotRecomputable(Why::Figures));
    assert!(!all.iter().any(|(_, verdict)| matches!(verdict, Verdict::Different { .. })), "{all:?}");

    // Whatever figure of it is changed is found.
    let document: serde_json::Value = serde_json::from_str(&text).unwrap();
    let changes: [(&str, f64, Vec<&str>); 5] = [
        ("/rounds/0/combined/0/score", 94.02, vec!["u1 combined"]),
        ("/rounds/0/combined/0/parts/1/score", 86.0, vec!["u1 combined"]),
        ("/rounds/0/combined/0/parts/0/score", 99.0, vec!["u1 votes:score", "u1 combined"]),
        ("/rounds/0/combined/1/rank", 1.0, vec!["u2 combined rank"]),
        ("/rounds/0/combined/0/parts/0/n", 35.0, vec!["u1 votes:n"]),
    ];
    for (place, value, expected) in changes {
        let mut changed = document.clone();
        *changed.pointer_mut(place).unwrap() = match value.fract() == 0.0 {
            true => (value as u64).into(),
            false => value.into(),
        };
        let different = found(&changed.to_string()).into_iter();
        let different = different.filter(|(_, verdict)| matches!(verdict, Verdict::Different { .. }));
        assert_eq!(different.map(|(name, _)| name).collect::<Vec<_>>(), expected, "{place}");
    }
    // The weight of a part, too.
    let mut changed = document;
    changed["parts"][1]["weight"] = "0.3".into();
    let different = found(&changed.to_string()).into_iter();
    assert!(different.into_iter().any(|(_, verdict)| matches!(verdict, Verdict::Different { .. })));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// Whatever was answered and withheld: no published number differs, and none that rests on published counts stays
    /// unchecked.
    #[test]
    fn published_numbers_are_those_of_the_published_counts(counts in counts(), smallest in 0u32..12, places in 0u32..4) {
        let (codebook, results) = made(&plan(), &records(&counts));
        let told = RoundTold { scored: results.published(smallest), known: None, combined: None };
        let text = publish(&codebook, &[told], places, Language::Zh);
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
