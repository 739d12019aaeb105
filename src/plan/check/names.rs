use super::node::Node;
use super::{Code, Report, find_repeated, listed};
use crate::expression::is_name;

/// Lists whose elements have an `id`.
const LISTS: [&str; 11] = [
    "rounds",
    "unit_groups",
    "units",
    "scales",
    "rater_groups",
    "strata",
    "quotas",
    "parts",
    "choice_lists",
    "questionnaires",
    "work_steps",
];

/// Lists that have to hold something.
const NEEDED: [&str; 3] = ["rounds", "modes", "questionnaires"];

/// Ids, names, lists that may not be empty, and references by id outside items.
pub(super) fn check(root: &Node, report: &mut Report) {
    if let Some(format) = root.value.get("format").filter(|f| f.is_number())
        && format.as_u64() != Some(1)
    {
        report.add(Code::OtherFormat, root.at("format"), [&format.to_string()]);
    }
    if let Some(id) = root.text("id") {
        let good = id.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
        if !good || id.len() > 64 || !id.starts_with(|c: char| c.is_ascii_lowercase()) {
            report.add(Code::BadPlanId, root.at("id"), [id]);
        }
    }
    for list in NEEDED {
        need(root, list, report);
    }
    let graded = |item: &Node| item.text("type").is_some_and(|kind| kind.starts_with("grade"));
    if root.list("questionnaires").iter().flat_map(all_items).any(|item| graded(&item)) {
        need(root, "units", report);
    }
    for list in LISTS {
        check_ids(&root.list(list), report);
    }
    let indicators = all_indicators(root);
    check_ids(&indicators, report);
    check_modes(root, report);
    for list in root.list("choice_lists") {
        need(&list, "choices", report);
        check_options(&list.list("choices"), report);
        check_columns(&list.list("choices"), report);
    }
    for (path, host) in root.texts("links") {
        let good = host.split('.').all(|part| {
            !part.is_empty() && part.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
        });
        if !good || !host.contains('.') {
            report.add(Code::BadHost, path, [host]);
        }
    }
    for questionnaire in root.list("questionnaires") {
        need(&questionnaire, "items", report);
        let items = all_items(&questionnaire);
        for item in &items {
            if let Some(name) = item.text("name").filter(|name| !is_name(name)) {
                report.add(Code::BadName, item.at("name"), [name]);
            }
        }
        for (item, name, first) in find_repeated(&items, "name") {
            report.add(Code::RepeatedId, item.at("name"), [name, &first]);
        }
        let groups = root.ids("rater_groups");
        for (path, id) in questionnaire.texts("rater_groups") {
            if !groups.contains(&id) {
                report.add(Code::UnknownReference, path, [id, "rater_groups", &listed(groups.iter().copied())]);
            }
        }
        check_named_modes(root, &questionnaire, report);
        let rounds = root.ids("rounds");
        for (path, id) in questionnaire.texts("rounds") {
            if !rounds.contains(&id) {
                report.add(Code::UnknownReference, path, [id, "rounds", &listed(rounds.iter().copied())]);
            }
        }
    }
    for stratum in root.list("strata") {
        check_named_modes(root, &stratum, report);
    }
}

fn check_named_modes(root: &Node, node: &Node, report: &mut Report) {
    let modes: Vec<&str> = root.texts("modes").into_iter().map(|(_, mode)| mode).collect();
    for (path, mode) in node.texts("modes") {
        if !modes.contains(&mode) {
            report.add(Code::UnknownReference, path, [mode, "modes", &listed(modes.iter().copied())]);
        }
    }
}

fn need(node: &Node, list: &str, report: &mut Report) {
    if node.value.get(list).and_then(|v| v.as_array()).is_some_and(Vec::is_empty) {
        report.add(Code::EmptyList, node.at(list), [list]);
    }
}

fn check_ids(list: &[Node], report: &mut Report) {
    for node in list {
        let Some(id) = node.text("id") else { continue };
        let good = id.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '.'));
        if !good || id.chars().count() > 64 || !id.starts_with(char::is_alphanumeric) {
            report.add(Code::BadId, node.at("id"), [id]);
        }
    }
    for (node, id, first) in find_repeated(list, "id") {
        report.add(Code::RepeatedId, node.at("id"), [id, &first]);
    }
}

fn check_modes(root: &Node, report: &mut Report) {
    let modes = root.texts("modes");
    for (i, (path, mode)) in modes.iter().enumerate() {
        if modes[..i].iter().any(|(_, earlier)| earlier == mode) {
            report.add(Code::RepeatedEntry, path, [mode]);
        }
    }
}

/// Names of answers: what a record holds, and what expressions compare with, separated by spaces.
pub(super) fn check_options(options: &[Node], report: &mut Report) {
    for option in options {
        if let Some(name) = option.text("name").filter(|n| n.is_empty() || n.contains(char::is_whitespace)) {
            report.add(Code::BadOption, option.at("name"), [name]);
        }
    }
    for (option, name, first) in find_repeated(options, "name") {
        report.add(Code::RepeatedId, option.at("name"), [name, &first]);
    }
}

/// Columns stand in expressions beside `name` and `label`, which every choice has.
fn check_columns(choices: &[Node], report: &mut Report) {
    for columns in choices.iter().filter_map(|choice| choice.member("columns")) {
        for (name, column) in columns.members() {
            if !is_name(name) || matches!(name, "name" | "label") {
                report.add(Code::BadColumn, column.path, [name]);
            }
        }
    }
}

/// Indicators of every level.
pub(super) fn all_indicators<'a>(root: &Node<'a>) -> Vec<Node<'a>> {
    flatten(root, "indicators")
}

/// Items of a questionnaire, a group before what is in it.
pub(super) fn all_items<'a>(questionnaire: &Node<'a>) -> Vec<Node<'a>> {
    flatten(questionnaire, "items")
}

fn flatten<'a>(node: &Node<'a>, list: &str) -> Vec<Node<'a>> {
    let mut all = Vec::new();
    for element in node.list(list) {
        all.push(element.clone());
        // Elements of a list inside a matrix (`indicators` of an item) are texts and have no members.
        all.extend(flatten(&element, list));
    }
    all
}
