use super::node::Node;
use super::{Code, Report, listed};
use crate::expression::Expression;
use crate::plan::{OF_GROUPS, OF_STRATA};
use std::collections::BTreeSet;

/// Every cell is looked at when an interview ends, and shown to canvassers.
const MOST: usize = 500;

/// What tells cells apart.
const PARTS: [&str; 4] = ["rater_group", "stratum", "mode", "when"];

/// Quotas by themselves: what cells name, what they want, and whether they can have it together. Their conditions are looked
/// at with the questionnaires.
pub(super) fn check(root: &Node, report: &mut Report) {
    let quotas = root.list("quotas");
    for quota in &quotas {
        check_id(root, quota, report);
        check_when_full(quota, report);
        let cells = quota.list("cells");
        if quota.has("cells") && cells.is_empty() {
            report.add(Code::EmptyList, quota.at("cells"), ["cells"]);
        }
        for (at, cell) in cells.iter().enumerate() {
            check_cell(root, cell, report);
            if let Some(first) = cells[..at].iter().find(|first| parts(first) == parts(cell)) {
                report.add(Code::SameCell, &cell.path, [&first.path]);
            }
        }
        check_margins(root, quota, &quotas, report);
    }
    let found: usize = quotas.iter().map(|quota| quota.list("cells").len()).sum();
    if found > MOST {
        report.add(Code::TooManyCells, root.at("quotas"), [&found.to_string(), &MOST.to_string()]);
    }
}

/// The quotas that targets make have ids of their own.
fn check_id(root: &Node, quota: &Node, report: &mut Report) {
    let taken = [(OF_GROUPS, "rater_groups"), (OF_STRATA, "strata")].into_iter().find(|(id, list)| {
        quota.text("id") == Some(id) && root.list(list).iter().any(|one| target(one).is_some_and(|target| target > 0))
    });
    if let Some((id, list)) = taken {
        report.add(Code::RepeatedId, quota.at("id"), [id, &root.at(list)]);
    }
}

fn check_when_full(quota: &Node, report: &mut Report) {
    match quota.text("when_full") {
        Some("screen_out") if !quota.has("message") => report.add(Code::ScreenedWithoutMessage, &quota.path, []),
        Some("warn") => {
            let residents = quota.value.get("residents") == Some(&true.into());
            let needless = [("message", quota.has("message")), ("residents", residents)];
            for (member, _) in needless.into_iter().filter(|(_, there)| *there) {
                report.add(Code::OnlyWhereScreened, quota.at(member), [member]);
            }
        }
        _ => {}
    }
}

fn check_cell(root: &Node, cell: &Node, report: &mut Report) {
    let modes: Vec<&str> = root.texts("modes").into_iter().map(|(_, mode)| mode).collect();
    for (member, list, known) in [
        ("rater_group", "rater_groups", root.ids("rater_groups")),
        ("stratum", "strata", root.ids("strata")),
        ("mode", "modes", modes),
    ] {
        if let Some(id) = cell.text(member).filter(|id| !known.contains(id)) {
            report.add(Code::UnknownReference, cell.at(member), [id, list, &listed(known.iter().copied())]);
        }
    }
    if target(cell) == Some(0) {
        report.add(Code::ZeroTarget, cell.at("target"), []);
    }
    let named = PARTS[..3].iter().any(|part| cell.has(part));
    if !cell.has("label") && (cell.has("when") || !named) {
        report.add(Code::CellWithoutLabel, &cell.path, []);
    }
    if !root.list("questionnaires").iter().any(|questionnaire| asks(root, questionnaire, cell)) {
        report.add(Code::NobodyInCell, &cell.path, []);
    }
}

/// Whether people of this rater group and mode are asked this questionnaire.
pub(super) fn asks(root: &Node, questionnaire: &Node, cell: &Node) -> bool {
    let takes = |list: &str, id: Option<&str>| {
        let named = questionnaire.texts(list);
        let known = named.is_empty() || id.is_none_or(|id| named.iter().any(|(_, known)| *known == id));
        // One that the plan does not have is named as such.
        known || id.is_some_and(|id| list == "rater_groups" && !root.ids("rater_groups").contains(&id))
    };
    // A stratum that is asked by other modes only.
    let strata = root.list("strata");
    let stratum = strata.iter().find(|stratum| stratum.text("id").is_some_and(|id| cell.text("stratum") == Some(id)));
    let here = stratum.map_or_else(Vec::new, |stratum| stratum.texts("modes"));
    let by = |mode: &str| here.is_empty() || here.iter().any(|(_, known)| *known == mode);
    takes("rater_groups", cell.text("rater_group"))
        && takes("modes", cell.text("mode"))
        && cell.text("mode").is_none_or(by)
}

/// The cells of all quotas.
pub(super) fn cells<'a>(root: &Node<'a>) -> Vec<Node<'a>> {
    root.list("quotas").iter().flat_map(|quota| quota.list("cells")).collect()
}

/// The items that a cell's condition names; `None`: it has none that can be read.
pub(super) fn names(cell: &Node) -> Option<BTreeSet<String>> {
    let when = Expression::parse(cell.text("when")?).ok()?;
    Some(when.references().into_iter().map(str::to_owned).collect())
}

fn target(node: &Node) -> Option<u64> {
    node.value.get("target").and_then(|target| target.as_u64())
}

fn parts<'a>(cell: &Node<'a>) -> [Option<&'a str>; 4] {
    PARTS.map(|part| cell.text(part))
}

/// Whether a cell is a part of a wider one: it names the same and more.
fn is_part(cell: &[Option<&str>; 4], wide: &[Option<&str>; 4]) -> bool {
    cell != wide && wide.iter().zip(cell).all(|(wide, own)| wide.is_none() || wide == own)
}

/// Cells of a quota that are parts of a wider cell elsewhere want no more together than that one does. Less is no mistake: who is in
/// none of them may fill the wider one.
fn check_margins(root: &Node, quota: &Node, quotas: &[Node], report: &mut Report) {
    let mut wide: Vec<([Option<&str>; 4], u64, String)> = Vec::new();
    for (list, part) in [("rater_groups", 0), ("strata", 1)] {
        for node in root.list(list) {
            if let (Some(id), Some(target)) = (node.text("id"), target(&node).filter(|target| *target > 0)) {
                let mut parts = [None; 4];
                parts[part] = Some(id);
                wide.push((parts, target, node.at("target")));
            }
        }
    }
    for cell in quotas.iter().filter(|other| other.path != quota.path).flat_map(|other| other.list("cells")) {
        if let Some(target) = target(&cell).filter(|target| *target > 0) {
            wide.push((parts(&cell), target, cell.at("target")));
        }
    }
    let cells = quota.list("cells");
    for (parts_of_wide, wanted, path) in wide {
        let inside = cells.iter().filter(|cell| is_part(&parts(cell), &parts_of_wide)).filter_map(target);
        let inside: Vec<u64> = inside.collect();
        let sum: u64 = inside.iter().fold(0, |sum, target| sum.saturating_add(*target));
        if sum > wanted {
            let arguments = [&inside.len().to_string(), &sum.to_string(), &path, &wanted.to_string()];
            report.add(Code::MarginExceeded, quota.at("cells"), arguments.map(String::as_str));
        }
    }
}
