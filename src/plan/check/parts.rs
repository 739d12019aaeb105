use super::measures::{check_sum, decimal, weight};
use super::names::all_items;
use super::node::Node;
use super::{Code, Report, listed};
use crate::decimal::Decimal;

/// Types of items whose answers are numbers.
const NUMBERS: [&str; 4] = ["integer", "decimal", "range", "calculate"];

/// The parts of the combined score: weights, and where their numbers come from.
pub(super) fn check(root: &Node, report: &mut Report) {
    let parts = root.list("parts");
    if parts.is_empty() {
        return;
    }
    let weights: Vec<Decimal> = parts.iter().filter_map(|part| weight(part, false, report)).collect();
    if weights.len() == parts.len() {
        check_sum(&weights, root.at("parts"), report);
    }
    let units = root.ids("units");
    let mut by_votes = 0;
    for part in &parts {
        let figures = part.list("figures");
        if !part.has("figures") || (figures.is_empty() && part.value["figures"].is_array()) {
            by_votes += 1;
            if by_votes > 1 {
                report.add(Code::SecondIndex, &part.path, [part.text("id").unwrap_or_default()]);
            }
            if part.value.get("trimmed") == Some(&true.into()) {
                report.add(Code::NothingToTrim, part.at("trimmed"), []);
            }
            continue;
        }
        let mut found: Vec<&str> = Vec::new();
        for figure in &figures {
            check_figure(root, figure, &units, report);
            if let Some(unit) = figure.text("unit") {
                if found.contains(&unit) {
                    report.add(Code::RepeatedEntry, figure.at("unit"), [unit]);
                }
                found.push(unit);
            }
        }
        let without: Vec<&str> = units.iter().copied().filter(|id| !found.contains(id)).collect();
        if !without.is_empty() {
            report.add(Code::UnitWithoutPart, part.at("figures"), [&listed(without)]);
        }
    }
}

fn check_figure(root: &Node, figure: &Node, units: &[&str], report: &mut Report) {
    if let Some(id) = figure.text("unit").filter(|id| !units.contains(id)) {
        report.add(Code::UnknownReference, figure.at("unit"), [id, "units", &listed(units.iter().copied())]);
    }
    if let (Some(zero), Some(full)) = (decimal(figure, "zero"), decimal(figure, "full"))
        && zero == full
    {
        report.add(Code::FigureWithoutRange, figure.at("full"), [&full.to_text()]);
    }
    let Some(id) = figure.text("questionnaire") else { return };
    let questionnaires = root.list("questionnaires");
    let Some(questionnaire) = questionnaires.iter().find(|one| one.text("id") == Some(id)) else {
        let known = root.ids("questionnaires");
        report.add(Code::UnknownReference, figure.at("questionnaire"), [id, "questionnaires", &listed(known)]);
        return;
    };
    let items = all_items(questionnaire);
    for member in ["item", "of"] {
        let Some(name) = figure.text(member) else { continue };
        let kind = items.iter().find(|item| item.text("name") == Some(name)).and_then(|item| item.text("type"));
        if kind.is_none_or(|kind| !NUMBERS.contains(&kind)) {
            let numbers = items.iter().filter(|item| item.text("type").is_some_and(|kind| NUMBERS.contains(&kind)));
            let known = listed(numbers.filter_map(|item| item.text("name")));
            report.add(Code::NoNumber, figure.at(member), [name, id, &known]);
        }
    }
}
