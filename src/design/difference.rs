//! What differs between two plans, in words.

use super::names::member;
use super::value::{Value, token};
use crate::language::{Language, Words};

const ADDED: Words = Words::pair("新增", "added");
const REMOVED: Words = Words::pair("删去", "removed");
const CHANGED: Words = Words::pair("修改", "changed");
const MOVED: Words = Words::pair("移动", "moved");
const OF: Words = Words::pair("（{0}）", " ({0})");
const NUMBERED: Words = Words::pair("第 {0} 项", "no. {0}");
const NAMED: Words = Words::pair("“{0}”", " “{0}”");
const TOLD_ADDED: Words = Words::pair("{0}：新增 {1}", "{0}: added {1}");
const TOLD_REMOVED: Words = Words::pair("{0}：删去 {1}", "{0}: removed {1}");
const TOLD_CHANGED: Words = Words::pair("{0}：由 {1} 改为 {2}", "{0}: {1} became {2}");
const TOLD_MOVED: Words = Words::pair("{0}：由第 {1} 位移到第 {2} 位", "{0}: moved from place {1} to {2}");
const NOTHING: Words = Words::pair("（空）", "(nothing)");
const YES: Words = Words::pair("是", "yes");
const NO: Words = Words::pair("否", "no");
const PARTS: Words = Words::pair("{0} 项", "{0} parts");
const PLAN: Words = Words::pair("方案", "plan");

/// How something differs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Added,
    Removed,
    Changed,
    /// Within its list.
    Moved,
}

impl Kind {
    pub fn words(self) -> Words {
        match self {
            Kind::Added => ADDED,
            Kind::Removed => REMOVED,
            Kind::Changed => CHANGED,
            Kind::Moved => MOVED,
        }
    }

    /// The name for programs.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Added => "added",
            Kind::Removed => "removed",
            Kind::Changed => "changed",
            Kind::Moved => "moved",
        }
    }
}

/// One step on the way to a value.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Step {
    Member(String),
    /// What the element is called, where it says so, and its number from 1.
    Element(Option<Value>, usize),
}

/// One thing that differs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    pub kind: Kind,
    /// JSON Pointer in the new text; what was removed has its own number of the old list.
    pub path: String,
    way: Vec<Step>,
    before: Option<Value>,
    after: Option<Value>,
    /// Of what moved: from 1.
    places: (usize, usize),
}

impl Change {
    /// Where, in words: from the part of the plan inwards.
    pub fn place(&self, language: Language) -> String {
        let mut out = String::new();
        for step in &self.way {
            match step {
                Step::Member(name) => {
                    // A language of a text, or the label that its element is already called by.
                    let words = member(name).map(|words| words.of(language));
                    match words {
                        Some(words) if out.is_empty() => out.push_str(words),
                        Some(words) => {
                            out.push_str(" · ");
                            out.push_str(words);
                        }
                        None if out.is_empty() => out.push_str(name),
                        None => out.push_str(&OF.fill(language, &[name])),
                    }
                }
                Step::Element(Some(called), _) => out.push_str(&NAMED.fill(language, &[&shown(called, language)])),
                Step::Element(None, number) => {
                    out.push(' ');
                    out.push_str(&NUMBERED.count(language, &[*number]));
                }
            }
        }
        if out.is_empty() { PLAN.of(language).to_owned() } else { out }
    }

    /// What was there.
    pub fn before(&self, language: Language) -> Option<String> {
        match self.kind {
            Kind::Moved => Some(self.places.0.to_string()),
            _ => self.before.as_ref().map(|value| shown(value, language)),
        }
    }

    /// What is there now.
    pub fn after(&self, language: Language) -> Option<String> {
        match self.kind {
            Kind::Moved => Some(self.places.1.to_string()),
            _ => self.after.as_ref().map(|value| shown(value, language)),
        }
    }

    /// The whole of it as a sentence.
    pub fn told(&self, language: Language) -> String {
        let place = self.place(language);
        let quoted = |value: Option<String>| NAMED.fill(language, &[&value.unwrap_or_default()]).trim().to_owned();
        let (before, after) = (quoted(self.before(language)), quoted(self.after(language)));
        match self.kind {
            Kind::Added => TOLD_ADDED.fill(language, &[&place, &after]),
            Kind::Removed => TOLD_REMOVED.fill(language, &[&place, &before]),
            Kind::Changed => TOLD_CHANGED.fill(language, &[&place, &before, &after]),
            Kind::Moved => {
                let (from, to) = (self.places.0.to_string(), self.places.1.to_string());
                TOLD_MOVED.fill(language, &[&place, &from, &to])
            }
        }
    }
}

/// A value in few words: a text in the language, a flag in words, of the rest its own name or how many parts it has.
fn shown(value: &Value, language: Language) -> String {
    match value {
        Value::Null => NOTHING.of(language).to_owned(),
        Value::Flag(flag) => (if *flag { YES } else { NO }).of(language).to_owned(),
        Value::Number(digits) => digits.clone(),
        Value::Text(text) if text.is_empty() => NOTHING.of(language).to_owned(),
        Value::Text(text) => text.clone(),
        Value::List(list) if list.iter().all(|one| one.as_text().is_some()) => {
            list.iter().filter_map(Value::as_text).collect::<Vec<_>>().join(", ")
        }
        Value::List(list) => PARTS.count(language, &[list.len()]),
        Value::Object(members) => match called(value) {
            Some(called) => shown(called, language),
            None if is_words(value) => {
                let own = value.said(language.tag()).or_else(|| members.first().and_then(|(_, text)| text.as_text()));
                own.unwrap_or_default().to_owned()
            }
            None => PARTS.count(language, &[members.len()]),
        },
    }
}

/// Whether it is a text in several languages.
fn is_words(value: &Value) -> bool {
    let members = value.members();
    let tag =
        |name: &str| name.len() >= 2 && name.split('-').next().is_some_and(|first| (2..=3).contains(&first.len()));
    !members.is_empty() && members.iter().all(|(name, text)| tag(name) && text.as_text().is_some())
}

/// What an object is called: its label or title, or else its id or name.
fn called(value: &Value) -> Option<&Value> {
    let words = ["label", "title"].iter().find_map(|name| value.get(name).filter(|words| is_words(words)));
    words.or_else(|| ["id", "name"].iter().find_map(|name| value.get(name).filter(|name| name.as_text().is_some())))
}

/// All that differs, in the order of the new plan; what was removed comes where its list is.
pub fn differences(old: &Value, new: &Value) -> Vec<Change> {
    let mut found = Found { changes: Vec::new(), way: Vec::new() };
    found.compare(old, new, "");
    found.changes
}

struct Found {
    changes: Vec<Change>,
    way: Vec<Step>,
}

impl Found {
    fn add(&mut self, kind: Kind, path: String, before: Option<&Value>, after: Option<&Value>, places: (usize, usize)) {
        let (before, after) = (before.cloned(), after.cloned());
        self.changes.push(Change { kind, path, way: self.way.clone(), before, after, places });
    }

    fn compare(&mut self, old: &Value, new: &Value, path: &str) {
        match (old, new) {
            _ if old == new || same_number(old, new) => {}
            (Value::Object(before), Value::Object(after)) => self.objects(before, after, path),
            (Value::List(before), Value::List(after)) => self.lists(before, after, path),
            _ => self.add(Kind::Changed, path.to_owned(), Some(old), Some(new), (0, 0)),
        }
    }

    fn objects(&mut self, before: &[(String, Value)], after: &[(String, Value)], path: &str) {
        let find = |list: &[(String, Value)], name: &str| list.iter().position(|(known, _)| known == name);
        for (name, new) in after {
            let at = [path, "/", &token(name)].concat();
            self.way.push(Step::Member(name.clone()));
            match (find(before, name), new) {
                (Some(old), _) => self.compare(&before[old].1, new, &at),
                // A list that was not there: each of its elements is new.
                (None, Value::List(list)) if list.iter().any(|one| called(one).is_some()) => self.lists(&[], list, &at),
                (None, _) => self.add(Kind::Added, at, None, Some(new), (0, 0)),
            }
            self.way.pop();
        }
        for (name, old) in before.iter().filter(|(name, _)| find(after, name).is_none()) {
            let at = [path, "/", &token(name)].concat();
            self.way.push(Step::Member(name.clone()));
            match old {
                Value::List(list) if list.iter().any(|one| called(one).is_some()) => self.lists(list, &[], &at),
                _ => self.add(Kind::Removed, at, Some(old), None, (0, 0)),
            }
            self.way.pop();
        }
    }

    fn lists(&mut self, before: &[Value], after: &[Value], path: &str) {
        let plain = |list: &[Value]| list.iter().all(|one| !matches!(one, Value::Object(_) | Value::List(_)));
        if plain(before) && plain(after) {
            let [old, new] = [before, after].map(|list| Value::List(list.to_vec()));
            return self.add(Kind::Changed, path.to_owned(), Some(&old), Some(&new), (0, 0));
        }
        let pairs = pair(before, after);
        let steady = longest_rising(&pairs.iter().filter_map(|old| *old).collect::<Vec<_>>());
        for (at, new) in after.iter().enumerate() {
            let here = [path, "/", &at.to_string()].concat();
            match pairs[at] {
                Some(old) => {
                    self.way.push(Step::Element(called(new).cloned(), at + 1));
                    if !steady.contains(&old) {
                        self.add(Kind::Moved, here.clone(), None, None, (old + 1, at + 1));
                    }
                    self.compare(&before[old], new, &here);
                    self.way.pop();
                }
                None => self.add(Kind::Added, here, None, Some(new), (0, at + 1)),
            }
        }
        for (at, old) in before.iter().enumerate().filter(|(at, _)| !pairs.contains(&Some(*at))) {
            self.add(Kind::Removed, [path, "/", &at.to_string()].concat(), Some(old), None, (at + 1, 0));
        }
    }
}

fn same_number(old: &Value, new: &Value) -> bool {
    match (old.digits(), new.digits()) {
        (Some(old), Some(new)) => {
            let read = crate::decimal::Decimal::from_json;
            matches!((read(old), read(new)), (Ok(old), Ok(new)) if old == new)
        }
        _ => false,
    }
}

/// For each new element the old one that it was: of the same id or name, or else of the same words, or else, where nothing
/// has a name, in the same place.
fn pair(before: &[Value], after: &[Value]) -> Vec<Option<usize>> {
    let key = |one: &Value| ["id", "name"].iter().find_map(|name| one.said(name).map(str::to_owned));
    let mut taken = vec![false; before.len()];
    let mut pairs = vec![None; after.len()];
    let mut by_key = std::collections::BTreeMap::new();
    for (at, one) in before.iter().enumerate().rev() {
        if let Some(key) = key(one) {
            by_key.insert(key, at);
        }
    }
    for (at, one) in after.iter().enumerate() {
        let found = key(one).and_then(|key| by_key.remove(&key));
        if let Some(old) = found {
            taken[old] = true;
        }
        pairs[at] = found;
    }
    for at in 0..after.len() {
        if pairs[at].is_some() {
            continue;
        }
        let alike = |old: &Value| match (key(old), key(&after[at])) {
            // Another id, the same words.
            (Some(_), Some(_)) => called(old).is_some_and(|words| is_words(words) && called(&after[at]) == Some(words)),
            (None, None) => old == &after[at],
            _ => false,
        };
        let same = (0..before.len()).find(|old| !taken[*old] && alike(&before[*old]));
        let unnamed = key(&after[at]).is_none();
        let beside =
            || Some(at).filter(|at| unnamed && *at < before.len() && !taken[*at] && key(&before[*at]).is_none());
        let found = same.or_else(beside);
        if let Some(old) = found {
            taken[old] = true;
        }
        pairs[at] = found;
    }
    pairs
}

/// The elements of a longest rising part: what stayed in order while others moved.
fn longest_rising(list: &[usize]) -> Vec<usize> {
    // Where the best chain of each length ends, and what comes before each element in its chain.
    let mut ends: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = vec![None; list.len()];
    for at in 0..list.len() {
        let length = ends.partition_point(|end| list[*end] < list[at]);
        before[at] = length.checked_sub(1).map(|last| ends[last]);
        match ends.get_mut(length) {
            Some(end) => *end = at,
            None => ends.push(at),
        }
    }
    let mut chain = Vec::new();
    let mut at = ends.last().copied();
    while let Some(here) = at {
        chain.push(list[here]);
        at = before[here];
    }
    chain
}
