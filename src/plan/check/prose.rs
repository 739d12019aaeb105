use super::names::all_items;
use super::node::Node;
use super::texts::TEXTS;
use super::{Code, Report, listed};
use crate::plan::PIPED;
use crate::plan::prose::{Piece, addresses, is_allowed, pieces};
use std::collections::{BTreeMap, BTreeSet};

/// What texts refer to: answers by `${name}`, and hosts by links.
pub(super) fn check(root: &Node, report: &mut Report) {
    let hosts: Vec<String> = root.texts("links").into_iter().map(|(_, host)| host.to_owned()).collect();
    let mut filled = BTreeSet::new();
    for questionnaire in root.list("questionnaires") {
        let items = all_items(&questionnaire);
        let mut places: BTreeMap<&str, usize> = BTreeMap::new();
        for (at, item) in items.iter().enumerate() {
            places.entry(item.text("name").unwrap_or_default()).or_insert(at);
        }
        let mut lists = BTreeSet::new();
        for (at, item) in items.iter().enumerate() {
            for member in ["label", "hint", "constraint_message"] {
                let Some(text) = item.member(member) else { continue };
                check_answers(&text, member, Some(at), &items, &places, report);
                filled.insert(text.path);
            }
            if let Some(list) = item.text("choices").filter(|list| lists.insert(*list)) {
                let list = root.list("choice_lists").into_iter().find(|known| known.text("id") == Some(list));
                for label in
                    list.iter().flat_map(|list| list.list("choices")).filter_map(|choice| choice.member("label"))
                {
                    check_answers(&label, "label", None, &items, &places, report);
                    filled.insert(label.path);
                }
            }
        }
        for message in questionnaire.list("ends").iter().filter_map(|end| end.member("message")) {
            check_answers(&message, "message", None, &items, &places, report);
            filled.insert(message.path);
        }
    }
    for (_, text) in root.member("telephone").iter().flat_map(Node::members) {
        check_piped(&text, report);
        filled.insert(text.path);
    }
    walk(root, &hosts, &filled, report);
}

/// What a caller says names texts of the plan; no answer is there yet.
fn check_piped(text: &Node, report: &mut Report) {
    let member = text.path.rsplit('/').next().unwrap_or_default().to_owned();
    for (_, words) in text.members() {
        for piece in words.value.as_str().into_iter().flat_map(pieces) {
            match piece {
                Piece::Answer(name, at) if !PIPED.contains(&name) => {
                    report.add_within(Code::UnknownText, &words.path, at, [&member, name, &listed(PIPED)]);
                }
                _ => {}
            }
        }
    }
}

fn check_answers(
    text: &Node,
    member: &str,
    item: Option<usize>,
    items: &[Node],
    places: &BTreeMap<&str, usize>,
    report: &mut Report,
) {
    for (_, words) in text.members() {
        for piece in words.value.as_str().into_iter().flat_map(pieces) {
            let Piece::Answer(name, at) = piece else { continue };
            let Some(&target) = places.get(name) else {
                let known = items.iter().filter(|i| !matches!(i.text("type"), Some("group" | "repeat" | "note")));
                let known = listed(known.filter_map(|i| i.text("name")));
                report.add_within(Code::UnknownItem, &words.path, at, [member, name, &known]);
                continue;
            };
            match items[target].text("type") {
                Some(kind @ ("group" | "repeat" | "note" | "grade_matrix")) => {
                    report.add_within(Code::NoValue, &words.path, at, [member, name, kind]);
                }
                // The message about an answer may say it, and a label stays empty of its own.
                _ if item.is_some_and(|item| target > item || (target == item && member != "constraint_message")) => {
                    report.add_within(Code::NotAnsweredYet, &words.path, at, [name]);
                }
                _ => {}
            }
        }
    }
}

/// Every text of the plan: where its links lead, and that answers are named only where they are put in.
fn walk(node: &Node, hosts: &[String], filled: &BTreeSet<String>, report: &mut Report) {
    for (name, member) in node.members() {
        if !TEXTS.contains(&name) || !member.value.is_object() {
            walk(&member, hosts, filled, report);
            continue;
        }
        for (_, words) in member.members() {
            let Some(text) = words.value.as_str() else { continue };
            for address in addresses(text).iter().filter(|address| !is_allowed(address, hosts)) {
                report.add(Code::LinkNotAllowed, &words.path, [address]);
            }
            for piece in pieces(text).filter(|_| !filled.contains(&member.path)) {
                if let Piece::Answer(name, at) = piece {
                    report.add_within(Code::NoAnswersHere, &words.path, at, [name]);
                }
            }
        }
    }
    for (i, value) in node.value.as_array().into_iter().flatten().enumerate() {
        walk(&Node { value, path: format!("{}/{i}", node.path) }, hosts, filled, report);
    }
}
