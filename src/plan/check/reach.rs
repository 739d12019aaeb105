use super::classes::Classes;
use super::names::{all_indicators, all_items};
use super::node::Node;
use super::{Code, Report, listed};
use std::collections::{BTreeMap, BTreeSet};

/// What no questionnaire asks, and what is asked twice.
pub(super) fn check(root: &Node, report: &mut Report) {
    let leaves: Vec<Node> = all_indicators(root).into_iter().filter(|i| i.list("indicators").is_empty()).collect();
    let leaf_ids: Vec<&str> = leaves.iter().filter_map(|i| i.text("id")).collect();
    let unit_ids: Vec<&str> = root.ids("units");
    let classes = Classes::of(root);
    let mut asked: BTreeSet<(&str, &str)> = BTreeSet::new();
    let mut scales: BTreeMap<&str, &str> = BTreeMap::new();
    for questionnaire in root.list("questionnaires") {
        let mut here: BTreeMap<(&str, &str), String> = BTreeMap::new();
        for item in all_items(&questionnaire) {
            let (rows, columns) = graded(&item, &unit_ids, &leaf_ids, &classes);
            if let Some(scale) = item.text("scale") {
                for indicator in &columns {
                    let first = *scales.entry(indicator).or_insert(scale);
                    if first != scale {
                        report.add(Code::SeveralScales, item.at("scale"), [indicator, scale, first]);
                    }
                }
            }
            let mut twice = None;
            for (unit, indicator) in rows.iter().flat_map(|u| columns.iter().map(move |i| (*u, *i))) {
                asked.insert((unit, indicator));
                if let Some(first) = here.get(&(unit, indicator)).filter(|first| **first != item.path) {
                    twice.get_or_insert((unit, indicator, first.clone()));
                } else {
                    here.insert((unit, indicator), item.path.clone());
                }
            }
            // One cell of a matrix stands for the others.
            if let Some((unit, indicator, first)) = twice {
                report.add(Code::GradedTwice, &item.path, [unit, indicator, &first]);
            }
        }
    }
    let asked_indicators: BTreeSet<&str> = asked.iter().map(|(_, indicator)| *indicator).collect();
    for unit in root.list("units") {
        let Some(id) = unit.text("id") else { continue };
        let own = || asked_indicators.iter().copied().filter(|i| classes.fits(i, id));
        let missing = || own().filter(|i| !asked.contains(&(id, i)));
        if missing().count() == own().count() {
            report.add(Code::UnitNeverAsked, &unit.path, []);
        } else if missing().count() > 0 {
            report.add(Code::UnitPartlyAsked, &unit.path, [&listed(missing())]);
        }
    }
    for indicator in leaves {
        if indicator.text("id").is_some_and(|id| !asked_indicators.contains(id)) {
            report.add(Code::IndicatorNeverAsked, &indicator.path, []);
        }
    }
    check_unused(root, report);
}

/// Rows and columns that an item grades.
fn graded<'a>(
    item: &Node<'a>,
    units: &[&'a str],
    leaves: &[&'a str],
    classes: &Classes,
) -> (Vec<&'a str>, Vec<&'a str>) {
    let listed = |member: &str, all: &[&'a str]| {
        let named: Vec<&str> = item.texts(member).into_iter().map(|(_, id)| id).collect();
        if named.is_empty() { all.to_vec() } else { named }
    };
    match item.text("type") {
        Some("grade") => (item.text("unit").into_iter().collect(), item.text("indicator").into_iter().collect()),
        Some("grade_matrix") => {
            let rows = listed("units", units);
            let mut columns = listed("indicators", leaves);
            if !item.has("indicators") {
                columns.retain(|column| rows.iter().all(|row| classes.fits(column, row)));
            }
            (rows, columns)
        }
        _ => (Vec::new(), Vec::new()),
    }
}

/// Lists that items name, and groups and modes in which nothing is asked.
fn check_unused(root: &Node, report: &mut Report) {
    let questionnaires = root.list("questionnaires");
    let items: Vec<Node> = questionnaires.iter().flat_map(all_items).collect();
    for (list, member) in [("scales", "scale"), ("choice_lists", "choices")] {
        for node in root.list(list) {
            if let Some(id) = node.text("id").filter(|id| !items.iter().any(|i| i.text(member) == Some(id))) {
                report.add(Code::NeverUsed, &node.path, [id]);
            }
        }
    }
    let asked = |member: &str, value: &str| {
        questionnaires.iter().any(|q| {
            let named = q.texts(member);
            named.is_empty() || named.iter().any(|(_, v)| *v == value)
        })
    };
    let groups = root.list("rater_groups").into_iter().filter_map(|g| Some((g.text("id")?, g.path, "rater_groups")));
    let modes = root.texts("modes").into_iter().map(|(path, mode)| (mode, path, "modes"));
    let rounds = root.list("rounds").into_iter().filter_map(|r| Some((r.text("id")?, r.path, "rounds")));
    for (id, path, member) in groups.chain(modes).chain(rounds) {
        if !asked(member, id) {
            report.add(Code::NeverUsed, path, [id]);
        }
    }
    for stratum in root.list("strata") {
        let own = stratum.texts("modes");
        if !own.is_empty() && !own.iter().any(|(_, mode)| asked("modes", mode)) {
            report.add(Code::NeverUsed, &stratum.path, [stratum.text("id").unwrap_or_default()]);
        }
    }
}
