use super::classes::Classes;
use super::names::{all_indicators, all_items};
use super::node::Node;
use super::{Code, Report, listed};
use std::collections::{BTreeMap, BTreeSet};

/// Members that every item may have.
const ALWAYS: [&str; 6] = ["type", "name", "label", "hint", "relevant", "image"];

/// A type, the members it needs, and, in groups, those that it may have too.
type Members = (&'static str, &'static [&'static str], &'static [&'static [&'static str]]);

const MEMBERS: [Members; 22] = [
    ("group", &["items"], &[&["order"]]),
    ("repeat", &["items"], &[&["repeat_count"]]),
    ("note", &[], &[]),
    ("grade", &["scale", "unit", "indicator"], &[ANSWERED, VALUED]),
    ("grade_matrix", &["scale"], &[ANSWERED, &["units", "indicators", "subset", "order", "appearance"]]),
    ("select_one", &["choices"], &[ANSWERED, VALUED, CHOSEN, &["other", "appearance"], SCORED]),
    ("select_multiple", &["choices"], &[ANSWERED, VALUED, CHOSEN, &["other", "appearance"], SCORED]),
    ("rank", &["choices"], &[ANSWERED, VALUED, CHOSEN]),
    ("range", &["start", "end"], &[ANSWERED, VALUED, &["step", "appearance"]]),
    ("acknowledge", &[], &[ANSWERED, VALUED]),
    ("text", &[], &[ANSWERED, VALUED, &["appearance", "max_length"], SCORED]),
    ("integer", &[], &[ANSWERED, VALUED, SCORED]),
    ("decimal", &[], &[ANSWERED, VALUED]),
    ("date", &[], &[ANSWERED, VALUED]),
    ("time", &[], &[ANSWERED, VALUED]),
    ("datetime", &[], &[ANSWERED, VALUED]),
    ("geopoint", &[], &[ANSWERED, VALUED, &["accuracy"]]),
    ("image", &[], &[ANSWERED, &["appearance", "max_pixels"]]),
    ("audio", &[], &[ANSWERED, &["max_seconds"]]),
    ("barcode", &[], &[ANSWERED, VALUED]),
    ("calculate", &["calculation"], &[&["trigger"]]),
    ("hidden", &[], &[&["default", "from"]]),
];

/// Of what a person answers.
const ANSWERED: &[&str] = &["required", "constraint", "constraint_message"];
/// Of what an expression can give a value.
const VALUED: &[&str] = &["default", "calculation", "trigger", "read_only"];
/// Of what has a list of choices.
const CHOSEN: &[&str] = &["choice_filter", "order", "seed"];
/// Of what can be right or wrong.
const SCORED: &[&str] = &["right", "points"];

/// For each type that has some: its appearances.
const APPEARANCES: [(&str, &[&str]); 6] = [
    ("text", &["multiline"]),
    ("select_one", &["minimal", "autocomplete", "columns", "likert"]),
    ("select_multiple", &["minimal", "autocomplete", "columns"]),
    ("range", &["rating"]),
    ("image", &["new", "draw", "signature"]),
    ("grade_matrix", &["grid", "by_unit", "by_indicator"]),
];

/// Whether items of a type have a member; `None`: there is no such type.
#[cfg(any(feature = "cli", feature = "web"))]
pub(crate) fn takes(kind: &str, member: &str) -> Option<bool> {
    let (_, needed, allowed) = MEMBERS.iter().find(|m| m.0 == kind)?;
    let has = |members: &[&str]| members.contains(&member);
    Some(has(&ALWAYS) || has(needed) || allowed.iter().any(|members| has(members)))
}

/// The appearances of a type.
#[cfg(any(feature = "cli", feature = "web"))]
pub(crate) fn appearances(kind: &str) -> &'static [&'static str] {
    APPEARANCES.iter().find(|(known, _)| *known == kind).map_or(&[], |(_, words)| words)
}

/// The members of items: which apply to the type, which it needs, and what they name.
pub(super) fn check(root: &Node, report: &mut Report) {
    let known = Known::of(root);
    let classes = Classes::of(root);
    for questionnaire in root.list("questionnaires") {
        let items = all_items(&questionnaire);
        for item in &items {
            check_members(item, report);
            check_references(&known, item, report);
            check_subset(root, item, report);
            classes.check(item, report);
            check_details(item, report);
            check_promise(root, item, report);
        }
        check_repeats(&items, report);
    }
}

fn check_members(item: &Node, report: &mut Report) {
    let Some(kind) = item.text("type") else { return };
    let Some((_, needed, allowed)) = MEMBERS.iter().find(|m| m.0 == kind) else { return };
    for member in needed.iter().filter(|member| !item.has(member)) {
        report.add(Code::NeedsMember, &item.path, [member, kind]);
    }
    for (member, node) in item.members() {
        // A member of no item at all is named by the shape check.
        let takes = |needed: &[&str], allowed: &[&[&str]]| {
            needed.contains(&member) || allowed.iter().any(|members| members.contains(&member))
        };
        let somewhere = MEMBERS.iter().any(|(_, needed, allowed)| takes(needed, allowed));
        if somewhere && !ALWAYS.contains(&member) && !takes(needed, allowed) {
            report.add(Code::DoesNotApply, node.path, [member, kind]);
        }
    }
}

/// What is graded is counted once for each record.
fn check_repeats(items: &[Node], report: &mut Report) {
    for repeat in items.iter().filter(|item| item.text("type") == Some("repeat")) {
        let inside = [&repeat.path, "/items/"].concat();
        for item in items.iter().filter(|item| item.path.starts_with(&inside)) {
            if let Some(kind @ ("grade" | "grade_matrix")) = item.text("type") {
                report.add(Code::GradeInRepeat, &item.path, [kind, repeat.text("name").unwrap_or_default()]);
            }
        }
    }
}

/// What items may name, looked up once: a plan may have many of each.
struct Known<'a> {
    /// List, its ids in their order, and sorted.
    lists: [(&'static str, Vec<&'a str>, BTreeSet<&'a str>); 3],
    /// Indicators by id, each with the ids below it.
    indicators: BTreeMap<&'a str, Vec<&'a str>>,
    leaves: Vec<&'a str>,
}

impl<'a> Known<'a> {
    fn of(root: &Node<'a>) -> Known<'a> {
        let list = |name: &'static str| {
            let ids = root.ids(name);
            let sorted = ids.iter().copied().collect();
            (name, ids, sorted)
        };
        let mut known = Known {
            lists: [list("scales"), list("units"), list("choice_lists")],
            indicators: BTreeMap::new(),
            leaves: Vec::new(),
        };
        for indicator in all_indicators(root) {
            let Some(id) = indicator.text("id") else { continue };
            if indicator.list("indicators").is_empty() {
                known.leaves.push(id);
            }
            known.indicators.entry(id).or_insert_with(|| indicator.ids("indicators"));
        }
        known
    }

    fn refer(&self, path: String, id: &str, list: &str, report: &mut Report) {
        let Some((_, ids, sorted)) = self.lists.iter().find(|(name, ..)| *name == list) else { return };
        if !sorted.contains(id) {
            report.add(Code::UnknownReference, path, [id, list, &listed(ids.iter().copied())]);
        }
    }
}

fn check_references(known: &Known, item: &Node, report: &mut Report) {
    for (member, list) in [("scale", "scales"), ("unit", "units"), ("choices", "choice_lists")] {
        if let Some(id) = item.text(member) {
            known.refer(item.at(member), id, list, report);
        }
    }
    let units = item.texts("units");
    for (path, id) in &units {
        known.refer(path.clone(), id, "units", report);
    }
    let named = item.texts("indicators");
    check_repeated(&units, report);
    check_repeated(&named, report);
    let own = item.text("indicator").map(|id| (item.at("indicator"), id));
    for (path, id) in named.into_iter().chain(own) {
        match known.indicators.get(id) {
            None => {
                let leaves = listed(known.leaves.iter().copied());
                report.add(Code::UnknownReference, path, [id, "indicators", &leaves]);
            }
            Some(below) if !below.is_empty() => {
                report.add(Code::NotALeaf, path, [id, &listed(below.iter().copied())]);
            }
            Some(_) => {}
        }
    }
}

/// Whether a subset leaves something out.
fn check_subset(root: &Node, item: &Node, report: &mut Report) {
    let Some(subset) = item.value.get("subset").and_then(|v| v.as_u64()) else { return };
    let named = item.texts("units").len();
    let units = if named == 0 { root.list("units").len() } else { named };
    if subset == 0 {
        report.add(Code::BadNumber, item.at("subset"), ["0", "out of range", "超出范围"]);
    } else if subset >= units as u64 {
        report.add(Code::SubsetOfAll, item.at("subset"), [&subset.to_string(), &units.to_string()]);
    }
}

fn check_repeated(entries: &[(String, &str)], report: &mut Report) {
    let mut seen = BTreeSet::new();
    for (path, id) in entries {
        if !seen.insert(id) {
            report.add(Code::RepeatedEntry, path, [id]);
        }
    }
}

/// What would break the promise that a record names nobody and no place finer than the stratum.
fn check_promise(root: &Node, item: &Node, report: &mut Report) {
    let promised = root.member("privacy").is_some_and(|privacy| privacy.value.get("anonymous") == Some(&true.into()));
    if !promised {
        return;
    }
    match (item.text("type"), item.text("appearance")) {
        (Some("geopoint"), _) => report.add(Code::PlaceInRecord, &item.path, []),
        // What is drawn says no more than what is written.
        (Some("image"), Some("draw")) => {}
        (Some("image"), Some("signature")) => {
            report.add(Code::PersonInRecord, &item.path, ["a signature", "签名"]);
        }
        (Some("image"), _) => report.add(Code::PersonInRecord, &item.path, ["a photo", "照片"]),
        (Some("audio"), _) => report.add(Code::PersonInRecord, &item.path, ["a voice", "语音"]),
        _ => {}
    }
}

fn check_details(item: &Node, report: &mut Report) {
    if item.value.get("items").and_then(|v| v.as_array()).is_some_and(Vec::is_empty) {
        report.add(Code::EmptyList, item.at("items"), ["items"]);
    }
    if item.value.get("max_length").and_then(|v| v.as_u64()) == Some(0) {
        report.add(Code::ZeroLength, item.at("max_length"), []);
    }
    for member in ["accuracy", "max_pixels", "max_seconds"] {
        if item.value.get(member).and_then(|v| v.as_u64()) == Some(0) {
            report.add(Code::BadNumber, item.at(member), ["0", "out of range", "超出范围"]);
        }
    }
    // What is drawn has its own size.
    if matches!(item.text("appearance"), Some("draw" | "signature")) && item.has("max_pixels") {
        let appearance = item.text("appearance").unwrap_or_default();
        report.add(Code::DoesNotApply, item.at("max_pixels"), ["max_pixels", appearance]);
    }
    let known = APPEARANCES.iter().find(|(kind, _)| Some(*kind) == item.text("type"));
    if let (Some((_, known)), Some(appearance)) = (known, item.text("appearance"))
        && !known.contains(&appearance)
    {
        report.add(Code::NotOneOf, item.at("appearance"), [appearance, &listed(known.iter().copied())]);
    }
    // What is known is the value from the beginning.
    if item.has("from") && item.has("default") {
        report.add(Code::DefaultAndFrom, item.at("default"), []);
    }
    if item.has("seed") && !item.has("order") {
        report.add(Code::SeedWithoutOrder, item.at("seed"), []);
    }
    if item.value.get("read_only").and_then(|v| v.as_bool()) == Some(true) {
        if !item.has("calculation") && !item.has("default") {
            report.add(Code::NeverFilled, item.at("read_only"), []);
        }
        if item.value.get("required").and_then(|v| v.as_bool()) == Some(true) {
            report.add(Code::RequiredOfNobody, item.at("required"), []);
        }
    }
    match (item.has("constraint"), item.has("constraint_message")) {
        (false, true) => report.add(Code::MessageWithoutConstraint, item.at("constraint_message"), []),
        (true, false) => report.add(Code::ConstraintWithoutMessage, item.at("constraint"), []),
        _ => {}
    }
}
