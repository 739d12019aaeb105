//! Copies of a plan's parts, with ids of their own.

use super::Value;
use super::edit::{Named, fresh_among};
use std::collections::{BTreeMap, BTreeSet};

/// Characters of an id, of which some are left for a number.
const LONGEST: usize = 56;

/// Where ids have to be different from each other: of items in their questionnaire, of indicators in the whole tree, and of
/// everything else in its list. The pointer of what holds them, and the member under which the same stands inside of one.
fn scope(list: &str) -> (String, &'static str) {
    let first = |count: usize| list.split('/').take(count).collect::<Vec<_>>().join("/");
    match list.rsplit('/').next() {
        Some("items") => (first(4), "items"),
        Some("indicators") => (first(2), "indicators"),
        _ => (list.to_owned(), ""),
    }
}

fn walk(list: &[Value], member: &str, under: &str, out: &mut Vec<String>) {
    for one in list {
        out.extend(one.said(member).map(str::to_owned));
        walk(one.listed(under), member, under, out);
    }
}

/// All ids among which one of this list (a JSON Pointer) has to be the only one of its kind. An id that is there twice is here
/// twice.
pub fn ids_around(root: &Value, list: &str, member: &str) -> Vec<String> {
    let (around, under) = scope(list);
    let mut out = Vec::new();
    walk(root.at(&around).map_or(&[][..], Value::list), member, under, &mut out);
    out
}

/// A copy for the same list: it and what is inside of it get ids that nothing around has, and what refers to them within the copy
/// refers to the copies. `stem`: what an id begins with where there was none.
pub fn copied(root: &Value, list: &str, value: &Value, member: &str, stem: &str) -> Value {
    let (_, under) = scope(list);
    let mut taken: BTreeSet<String> = ids_around(root, list, member).into_iter().collect();
    let mut names = BTreeMap::new();
    let mut copy = value.clone();
    give(&mut copy, member, under, stem, &mut taken, &mut names);
    if under == "items" {
        refer(&mut copy, "", &names);
    }
    copy
}

fn give(
    value: &mut Value,
    member: &str,
    under: &str,
    stem: &str,
    taken: &mut BTreeSet<String>,
    names: &mut BTreeMap<String, String>,
) {
    if let Some(old) = value.said(member).map(str::to_owned) {
        let new = another(&old, stem, taken);
        value.set(member, Value::text(&new));
        taken.insert(new.clone());
        names.entry(old).or_insert(new);
    }
    if !under.is_empty()
        && let Some(Value::List(inside)) = value.get_mut(under)
    {
        inside.iter_mut().for_each(|one| give(one, member, under, stem, taken, names));
    }
}

/// The same with the next free number behind it.
fn another(old: &str, stem: &str, taken: &BTreeSet<String>) -> String {
    let plain =
        old.rsplit_once('-').filter(|(_, number)| number.parse::<u32>().is_ok()).map_or(old, |(plain, _)| plain);
    if plain.is_empty() || plain.chars().count() > LONGEST {
        return fresh_among("", stem, taken.len(), |id| taken.contains(id));
    }
    let numbered = (2_u32..).map(|number| [plain, "-", &number.to_string()].concat());
    numbered.into_iter().find(|id| !taken.contains(id)).unwrap_or_default()
}

/// All at once: a new name may be the old one of another.
fn refer(value: &mut Value, name: &str, names: &BTreeMap<String, String>) {
    match value {
        Value::Text(text) if Named::Item.members().contains(&name) => {
            if let Some(new) = names.get(text) {
                new.clone_into(text);
            }
        }
        Value::Text(text) if text.contains("${") => *text = referring(text, names),
        Value::List(list) => list.iter_mut().for_each(|one| refer(one, name, names)),
        Value::Object(members) => members.iter_mut().for_each(|(name, value)| refer(value, name, names)),
        _ => {}
    }
}

fn referring(text: &str, names: &BTreeMap<String, String>) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("${") {
        out.push_str(before);
        out.push_str("${");
        rest = after;
        if let Some((name, behind)) = after.split_once('}')
            && let Some(new) = names.get(name)
        {
            out.push_str(new);
            out.push('}');
            rest = behind;
        }
    }
    out.push_str(rest);
    out
}
