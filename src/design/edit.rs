//! Single changes of a plan's text. Only the value that a change is about is written anew.

use super::copy::ids_around;
use super::value::{Value, token};
use crate::json::{self, JsonError};
use std::fmt;

/// One change. Places are JSON Pointers (RFC 6901).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Edit {
    /// Puts a value in the place of another; a member that is not there yet comes to the end of its object.
    Put { at: String, value: Value },
    /// Takes a member out of its object.
    Drop { at: String },
    /// Puts a value into a list, before the one that stands at `index`; the list is made where there is none.
    Insert { list: String, index: usize, value: Value },
    /// Takes a value out of a list.
    Remove { list: String, index: usize },
    /// Moves a value within its list.
    Move { list: String, from: usize, to: usize },
}

/// Why a change cannot be made; the text stays as it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EditError {
    /// The text is no JSON, or repeats a member.
    NotJson(JsonError),
    /// The text has nothing there, or something else than the change needs.
    NotThere(String),
}

impl fmt::Display for EditError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            EditError::NotJson(error) => write!(f, "the text is no JSON: {error}"),
            EditError::NotThere(at) => write!(f, "{at}: nothing there that could be changed so"),
        }
    }
}

impl std::error::Error for EditError {}

impl Edit {
    pub fn put(at: impl Into<String>, value: Value) -> Edit {
        Edit::Put { at: at.into(), value }
    }

    /// The text with the change made.
    ///
    /// # Errors
    /// Where the text is no JSON, or has not what the change is about.
    pub fn apply(&self, text: &str) -> Result<String, EditError> {
        match self {
            Edit::Put { at, value } => {
                let there = Value::parse(text).map_err(EditError::NotJson)?.at(at).is_some();
                if there {
                    return rewrite(text, at, |old| {
                        *old = value.clone();
                        true
                    });
                }
                let (around, name) = parent(at)?;
                rewrite(text, around, |old| {
                    old.set(&name, value.clone());
                    matches!(old, Value::Object(_))
                })
            }
            Edit::Drop { at } => {
                let (around, name) = parent(at)?;
                rewrite(text, around, |old| {
                    let there = old.get(&name).is_some();
                    old.remove(&name);
                    there
                })
            }
            Edit::Insert { list, index, value } => {
                let there = Value::parse(text).map_err(EditError::NotJson)?.at(list).is_some();
                if !there {
                    let (around, name) = parent(list)?;
                    return rewrite(text, around, |old| {
                        old.set(&name, Value::List(vec![value.clone()]));
                        matches!(old, Value::Object(_))
                    });
                }
                rewrite(text, list, |old| match old {
                    Value::List(elements) => {
                        elements.insert((*index).min(elements.len()), value.clone());
                        true
                    }
                    _ => false,
                })
            }
            Edit::Remove { list, index } => rewrite(text, list, |old| match old {
                Value::List(elements) if *index < elements.len() => {
                    elements.remove(*index);
                    true
                }
                _ => false,
            }),
            Edit::Move { list, from, to } => rewrite(text, list, |old| match old {
                Value::List(elements) if *from < elements.len() && *to < elements.len() => {
                    let moved = elements.remove(*from);
                    elements.insert(*to, moved);
                    true
                }
                _ => false,
            }),
        }
    }
}

/// The pointer of what is around a place, and the name of the member there.
fn parent(at: &str) -> Result<(&str, String), EditError> {
    let (around, name) = at.rsplit_once('/').ok_or_else(|| EditError::NotThere(at.to_owned()))?;
    Ok((around, name.replace("~1", "/").replace("~0", "~")))
}

/// The text with one value changed and written anew; `change` answers whether it could be made.
fn rewrite(text: &str, at: &str, change: impl FnOnce(&mut Value) -> bool) -> Result<String, EditError> {
    let not_there = || EditError::NotThere(at.to_owned());
    let root = json::parse(text).map_err(EditError::NotJson)?;
    let mut value = &root;
    for part in at.split('/').skip(1) {
        let name = part.replace("~1", "/").replace("~0", "~");
        let member = value.children().find(|(known, _)| *known == Some(&*name));
        let element = || part.parse().ok().and_then(|at: usize| value.children().nth(at));
        let next = member.or_else(|| element().filter(|(known, _)| known.is_none()));
        value = next.ok_or_else(not_there)?.1;
    }
    let mut new = Value::of(value);
    if !change(&mut new) {
        return Err(not_there());
    }
    let start = value.start(text);
    let line = text[..start].rfind('\n').map_or(0, |at| at + 1);
    let indent = text[line..].chars().take_while(|c| *c == ' ').count();
    let written = match relaid(value, &new, text, indent) {
        Some(written) => written,
        None => new.print(indent, text[line..start].chars().count()),
    };
    Ok([&text[..start], &written, &text[start + value.raw.len()..]].concat())
}

/// A changed object or list that stood on several lines: what is in it and was not changed stays as it was written.
fn relaid(old: &json::Value, new: &Value, text: &str, indent: usize) -> Option<String> {
    let first = old.children().next().filter(|_| old.raw.contains('\n'))?.1.start(text);
    let opening = &text[old.start(text)..first];
    // The way the first of them is set in.
    let deeper = opening.rsplit_once('\n').map(|(_, line)| line.chars().take_while(|c| *c == ' ').count())?;
    let mut left: Vec<(Option<&str>, &json::Value)> = old.children().collect();
    let mut raw = |name: Option<&str>, value: &Value| {
        let at = left.iter().position(|(known, child)| *known == name && Value::of(child) == *value)?;
        Some(left.remove(at).1.raw)
    };
    let mut parts = Vec::new();
    let brackets = match new {
        Value::Object(members) if !members.is_empty() => {
            for (name, value) in members {
                let mut part = String::new();
                json::quote(&mut part, name);
                part.push_str(": ");
                match raw(Some(name), value) {
                    Some(raw) => part.push_str(raw),
                    None => part.push_str(&value.print(deeper, deeper + part.chars().count())),
                }
                parts.push(part);
            }
            ['{', '}']
        }
        Value::List(elements) if !elements.is_empty() => {
            for value in elements {
                parts.push(raw(None, value).map_or_else(|| value.print(deeper, deeper), str::to_owned));
            }
            ['[', ']']
        }
        _ => return None,
    };
    let mut out = String::from(brackets[0]);
    for (at, part) in parts.iter().enumerate() {
        out.push_str(if at > 0 { ",\n" } else { "\n" });
        out.extend(std::iter::repeat_n(' ', deeper));
        out.push_str(part);
    }
    out.push('\n');
    out.extend(std::iter::repeat_n(' ', indent));
    out.push(brackets[1]);
    Some(out)
}

/// What has an id or a name that other parts of a plan refer to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Named {
    Unit,
    UnitGroup,
    Scale,
    Indicator,
    RaterGroup,
    Stratum,
    ChoiceList,
    /// An item: its name stands in expressions and texts as `${name}`.
    Item,
}

impl Named {
    /// Members whose text or whose list of texts are such ids.
    pub(super) fn members(self) -> &'static [&'static str] {
        match self {
            Named::Unit => &["unit", "units"],
            Named::UnitGroup => &["group", "unit_groups"],
            Named::Scale => &["scale"],
            Named::Indicator => &["indicator", "indicators"],
            Named::RaterGroup => &["rater_group", "rater_groups"],
            Named::Stratum => &["stratum"],
            Named::ChoiceList => &["choices"],
            Named::Item => &["trigger"],
        }
    }
}

/// Gives a thing another id or name, everywhere where it is referred to. `at`: the pointer of the id itself. Where another thing
/// has the same id, nothing tells whose the references are: they stay with the other one.
///
/// # Errors
/// Where the text is no JSON, or has no text at `at`.
pub fn rename(text: &str, kind: Named, at: &str, new: &str) -> Result<String, EditError> {
    let root = Value::parse(text).map_err(EditError::NotJson)?;
    let old = root.at(at).and_then(Value::as_text).ok_or_else(|| EditError::NotThere(at.to_owned()))?;
    let mut edits = vec![Edit::put(at, Value::text(new))];
    // Names of items are unique in one questionnaire only.
    let within = match kind {
        Named::Item => at.split('/').take(3).collect::<Vec<_>>().join("/"),
        _ => String::new(),
    };
    let (own, member) = at.rsplit_once('/').unwrap_or(("", at));
    let list = own.rsplit_once('/').map_or("", |(list, _)| list);
    let single = ids_around(&root, list, member).iter().filter(|id| *id == old).count() < 2;
    if !old.is_empty()
        && single
        && let Some(part) = root.at(&within)
    {
        collect(part, &within, kind, old, new, &mut edits);
    }
    let mut text = text.to_owned();
    for edit in edits {
        text = edit.apply(&text)?;
    }
    Ok(text)
}

fn collect(value: &Value, at: &str, kind: Named, old: &str, new: &str, edits: &mut Vec<Edit>) {
    let reference = [("${", old, "}"), ("${", new, "}")].map(|(open, name, close)| [open, name, close].concat());
    let mut look = |name: &str, child: &Value, at: String| match child {
        Value::Text(text) if kind.members().contains(&name) && text == old => {
            edits.push(Edit::put(at, Value::text(new)))
        }
        Value::Text(text) if kind == Named::Item && text.contains(&reference[0]) => {
            edits.push(Edit::put(at, Value::Text(text.replace(&reference[0], &reference[1]))));
        }
        Value::List(list) if kind.members().contains(&name) && list.iter().any(|one| one.as_text() == Some(old)) => {
            let renamed =
                list.iter().map(|one| if one.as_text() == Some(old) { Value::text(new) } else { one.clone() });
            edits.push(Edit::put(at, Value::List(renamed.collect())));
        }
        _ => collect(child, &at, kind, old, new, edits),
    };
    match value {
        Value::Object(members) => {
            for (name, child) in members {
                look(name, child, [at, "/", &token(name)].concat());
            }
        }
        Value::List(list) => {
            for (index, child) in list.iter().enumerate() {
                look("", child, [at, "/", &index.to_string()].concat());
            }
        }
        _ => {}
    }
}

/// Takes an id out of all lists of such ids: what it named is gone. References by themselves stay, and the last of a list too
/// (an empty list would mean all), for somebody has to say what comes in their place: a check names them.
///
/// # Errors
/// Where the text is no JSON.
pub fn forget(text: &str, kind: Named, id: &str) -> Result<String, EditError> {
    fn look(value: &Value, at: &str, kind: Named, id: &str, edits: &mut Vec<Edit>) {
        for (index, child) in value.list().iter().enumerate() {
            look(child, &[at, "/", &index.to_string()].concat(), kind, id, edits);
        }
        for (name, child) in value.members() {
            let here = [at, "/", &token(name)].concat();
            let names =
                kind.members().contains(&name.as_str()) && child.list().iter().any(|one| one.as_text() == Some(id));
            if !names {
                look(child, &here, kind, id, edits);
                continue;
            }
            let left: Vec<Value> = child.list().iter().filter(|one| one.as_text() != Some(id)).cloned().collect();
            if !left.is_empty() {
                edits.push(Edit::put(here, Value::List(left)));
            }
        }
    }
    let root = Value::parse(text).map_err(EditError::NotJson)?;
    let mut edits = Vec::new();
    look(&root, "", kind, id, &mut edits);
    let mut text = text.to_owned();
    for edit in edits {
        text = edit.apply(&text)?;
    }
    Ok(text)
}

/// An id that none of these is: made of the words where they are Latin, and else of `stem` and a number.
pub fn fresh(words: &str, stem: &str, taken: &[&str]) -> String {
    fresh_among(words, stem, taken.len(), |id| taken.contains(&id))
}

/// The same among `count` ids, for long lists.
pub(super) fn fresh_among(words: &str, stem: &str, count: usize, taken: impl Fn(&str) -> bool) -> String {
    let mut slug = String::new();
    for c in words.chars().take(48) {
        if c.is_ascii_alphanumeric() {
            slug.push(c.to_ascii_lowercase());
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    let slug = slug.trim_end_matches('-');
    let named = slug.starts_with(|c: char| c.is_ascii_alphabetic()) && words.is_ascii();
    if named && !taken(slug) {
        return slug.to_owned();
    }
    let stem = if named { [slug, "-"].concat() } else { stem.to_owned() };
    let first = if named { 2 } else { count + 1 };
    (first..).map(|number| [&stem, number.to_string().as_str()].concat()).find(|id| !taken(id)).unwrap_or(stem)
}
