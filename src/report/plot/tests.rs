use super::*;
use crate::ledger::Codebook;
use crate::ledger::tests::{grid, plan, record, reference};
use crate::report::Cell;
use crate::scores::{Counted, scored};
use crate::session::Record;
use std::sync::Arc;

const GRADES: [&str; 4] = ["满意", "比较满意", "不太满意", "不满意"];

/// Two rounds of 120 people who grade everything.
fn records() -> Vec<Record> {
    let one = |at: usize| {
        let cells: Vec<_> = ["u1", "u2", "u3"]
            .into_iter()
            .enumerate()
            .flat_map(|(unit, id)| {
                ["a", "b1", "b2"]
                    .into_iter()
                    .enumerate()
                    .map(move |(leaf, name)| (id, name, GRADES[(at * (unit + 1) + leaf * (at % 3) + at / 7) % 4]))
            })
            .collect();
        let mut made = record("x");
        made.answers.insert("m".into(), grid(&cells));
        made.round = if at % 2 == 0 { "r1" } else { "r2" }.into();
        made
    };
    (0..240).map(one).collect()
}

fn drawn(plan: &Plan, published: bool) -> Vec<Plot> {
    let codebook = Arc::new(Codebook::new(plan, &reference(), &crate::expression::Plain).unwrap());
    let rows: Vec<_> = records().iter().map(|record| codebook.pack(record).unwrap()).collect();
    let counted = Counted::of_rows(codebook, &rows);
    let made = |round: &str| {
        let made = scored(&counted, round).unwrap();
        if published { made.published(plan.privacy.smallest_cell) } else { made }
    };
    plots(plan, &made("r2"), &[made("r1")], Language::En)
}

/// An XML reader would say more; this is what a browser needs: tags that nest, and text without marks.
fn is_well_formed(svg: &str) -> bool {
    let mut open: Vec<&str> = Vec::new();
    for part in svg.split('<').skip(1) {
        let Some((tag, rest)) = part.split_once('>') else { return false };
        if rest.contains('>') {
            return false;
        }
        let name = tag.split([' ', '/']).next().unwrap_or("");
        match tag.strip_prefix('/') {
            Some(closed) => {
                if open.pop() != Some(closed) {
                    return false;
                }
            }
            None if tag.ends_with('/') => {}
            None => open.push(name),
        }
    }
    open.is_empty()
}

#[test]
fn every_plot_says_what_it_is_and_has_its_numbers() {
    let found = drawn(&plan(), false);
    let names: Vec<&str> = found.iter().map(|plot| plot.name.as_str()).collect();
    assert_eq!(
        names,
        ["ranked-g1", "grades-g1", "heat-g1", "trend-g1", "ranked-g2", "grades-g2", "trend-g2", "importance"]
    );
    for plot in &found {
        let svg = plot.svg();
        assert!(is_well_formed(svg), "{}: {svg}", plot.name);
        assert!(svg.starts_with("<svg xmlns=\"http://www.w3.org/2000/svg\"") && svg.contains("role=\"img\""));
        for (tag, text) in [("title", &plot.title), ("desc", &plot.description)] {
            let escaped = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
            assert!(svg.contains(&format!("<{tag} id=\"{}-{tag}\">{escaped}</{tag}>", plot.name)), "{svg}");
            assert!(svg.contains(&format!("{}-{tag}", plot.name)));
        }
        assert!(!svg.contains("NaN") && !svg.contains("\"inf") && !svg.contains("\"-inf"), "{}", plot.name);
        assert!(plot.table.rows.len() >= 1 && plot.table.columns.len() > 1);
        // What is drawn beside the shapes are the table's numbers.
        for cell in plot.table.rows.iter().flatten() {
            if let (Cell::Number(number), true) = (cell, plot.name.starts_with("heat")) {
                assert!(svg.contains(&format!(">{number}</text>")), "{number} in {}", plot.name);
            }
        }
    }
}

#[test]
fn texts_of_a_plan_are_words_in_a_plot_and_never_markup() {
    let mut plan = plan();
    let nasty = "</title></svg><script>alert(1)</script>\"'";
    for unit in &mut plan.units {
        unit.label.insert("zh".into(), nasty.into());
    }
    plan.scales[0].grades[0].label.insert("zh".into(), nasty.into());
    plan.indicators[0].label.insert("zh".into(), nasty.into());
    plan.unit_groups[0].label.insert("zh".into(), nasty.into());
    for plot in drawn(&plan, false) {
        assert!(is_well_formed(plot.svg()) && !plot.svg().contains("<script"), "{}", plot.svg());
    }
}

#[test]
fn what_is_withheld_is_not_drawn() {
    let mut plan = plan();
    plan.privacy.smallest_cell = 1_000;
    assert_eq!(drawn(&plan, true).iter().filter(|plot| !plot.name.starts_with("heat")).count(), 0);
    for plot in drawn(&plan, true) {
        assert!(plot.table.rows.iter().flat_map(|row| &row[1..]).all(|cell| *cell == Cell::None));
    }
}
