use super::names::{all_indicators, check_options};
use super::node::Node;
use super::{Code, Report, listed};
use crate::decimal::Decimal;

/// Units and their groups, scales, weights.
pub(super) fn check(root: &Node, report: &mut Report) {
    check_groups(root, report);
    for scale in root.list("scales") {
        check_scale(&scale, report);
    }
    let classes = root.ids("unit_groups");
    check_siblings(root, &classes, report);
    for indicator in all_indicators(root) {
        check_classes(&indicator, root, report);
    }
    check_rater_groups(root, report);
}

pub(super) fn decimal(node: &Node, member: &str) -> Option<Decimal> {
    node.value.get(member).filter(|v| v.is_number()).and_then(|v| Decimal::from_json(&v.to_string()).ok())
}

fn check_groups(root: &Node, report: &mut Report) {
    let groups = root.ids("unit_groups");
    let units = root.list("units");
    for unit in &units {
        match unit.text("group") {
            Some(group) if !groups.contains(&group) => {
                let known = listed(groups.iter().copied());
                report.add(Code::UnknownReference, unit.at("group"), [group, "unit_groups", &known]);
            }
            None if !groups.is_empty() && !unit.has("group") => {
                report.add(Code::NoUnitGroup, &unit.path, [&listed(groups.iter().copied())]);
            }
            _ => {}
        }
    }
    for group in root.list("unit_groups") {
        if let Some(id) = group.text("id").filter(|id| !units.iter().any(|u| u.text("group") == Some(id))) {
            report.add(Code::EmptyUnitGroup, &group.path, [id]);
        }
    }
}

fn check_scale(scale: &Node, report: &mut Report) {
    let grades = scale.list("grades");
    let answers: Vec<Node> = grades.iter().cloned().chain(scale.list("missing")).collect();
    check_options(&answers, report);
    if scale.has("grades") && grades.len() < 2 {
        report.add(Code::TooFewGrades, scale.at("grades"), [&grades.len().to_string()]);
    }
    let satisfied = |grade: &Node| grade.value.get("satisfied").and_then(|v| v.as_bool());
    for (better, grade) in grades.iter().zip(grades.iter().skip(1)) {
        let name = grade.text("name").unwrap_or_default();
        if let (Some(above), Some(score)) = (decimal(better, "score"), decimal(grade, "score"))
            && score > above
        {
            report.add(Code::GradesNotOrdered, grade.at("score"), [name]);
        }
        if (satisfied(better), satisfied(grade)) == (Some(false), Some(true)) {
            report.add(Code::SatisfiedNotOrdered, grade.at("satisfied"), [name]);
        }
    }
    let first = grades.first().and_then(satisfied);
    if grades.len() > 1 && first.is_some() && grades.iter().all(|g| satisfied(g) == first) {
        report.add(Code::SatisfiedAlike, scale.at("grades"), []);
    }
}

/// The weights of indicators beside each other, and those below each: for these classes of units.
fn check_siblings(parent: &Node, classes: &[&str], report: &mut Report) {
    let siblings = parent.list("indicators");
    // An indicator of weight 0 is shown beside the others.
    let weights: Vec<Decimal> = siblings.iter().filter_map(|i| weight(i, true, report)).collect();
    let named: Vec<Vec<&str>> =
        siblings.iter().map(|i| i.texts("unit_groups").into_iter().map(|(_, id)| id).collect()).collect();
    // A weight that is missing or unusable has been named; the sum would be named for the same cause.
    if !siblings.is_empty() && weights.len() == siblings.len() {
        if named.iter().all(Vec::is_empty) {
            check_sum(&weights, parent.at("indicators"), report);
        } else {
            for class in classes {
                let own = weights.iter().zip(&named).filter(|(_, named)| named.is_empty() || named.contains(class));
                let sum = Decimal::sum(own.map(|(weight, _)| *weight));
                if sum != Decimal::ONE {
                    report.add(Code::ClassWeightsDoNotSum, parent.at("indicators"), [class, &sum.to_text()]);
                }
            }
        }
    }
    for (indicator, named) in siblings.iter().zip(&named) {
        let below: Vec<&str> =
            classes.iter().copied().filter(|class| named.is_empty() || named.contains(class)).collect();
        check_siblings(indicator, &below, report);
    }
}

/// The classes that an indicator names: there are such, and what it stands below is for them too.
fn check_classes(indicator: &Node, root: &Node, report: &mut Report) {
    let known = root.ids("unit_groups");
    let children = indicator.list("indicators");
    let own: Vec<&str> = indicator.texts("unit_groups").into_iter().map(|(_, id)| id).collect();
    for (path, id) in indicator.texts("unit_groups") {
        if !known.contains(&id) {
            report.add(Code::UnknownReference, path, [id, "unit_groups", &listed(known.iter().copied())]);
        }
    }
    for child in children.iter().filter(|_| !own.is_empty()) {
        for (path, id) in child.texts("unit_groups").into_iter().filter(|(_, id)| !own.contains(id)) {
            report.add(Code::ClassNotAbove, path, [id, indicator.text("id").unwrap_or_default()]);
        }
    }
}

fn check_rater_groups(root: &Node, report: &mut Report) {
    let groups = root.list("rater_groups");
    let weighted = groups.iter().filter(|g| g.has("weight")).count();
    if weighted == 0 {
        return;
    }
    let weights: Vec<Decimal> = groups.iter().filter_map(|g| weight(g, false, report)).collect();
    for group in groups.iter().filter(|g| !g.has("weight")) {
        report.add(Code::SomeWeights, &group.path, [group.text("id").unwrap_or_default()]);
    }
    if weights.len() == groups.len() {
        check_sum(&weights, root.at("rater_groups"), report);
    }
}

pub(super) fn weight(node: &Node, may_be_0: bool, report: &mut Report) -> Option<Decimal> {
    let weight = decimal(node, "weight")?;
    if weight < Decimal::ZERO || weight > Decimal::ONE || (weight == Decimal::ZERO && !may_be_0) {
        report.add(Code::BadWeight, node.at("weight"), [&weight.to_text()]);
        return None;
    }
    Some(weight)
}

pub(super) fn check_sum(weights: &[Decimal], path: String, report: &mut Report) {
    let sum = Decimal::sum(weights.iter().copied());
    if sum != Decimal::ONE {
        report.add(Code::WeightsDoNotSum, path, [&sum.to_text()]);
    }
}
