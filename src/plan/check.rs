//! Everything that is wrong with a plan, at once. The checks look at the JSON, not at the types, and each skips what has
//! not the shape it expects, so that one mistake does not hide the next.

mod answers;
mod burden;
mod classes;
mod code;
mod days;
mod items;
mod keys;
mod logic;
mod measures;
mod media;
mod names;
mod node;
mod parts;
mod prose;
mod quotas;
mod reach;
mod severity;
mod shape;
mod texts;
mod wording;
mod work;

pub use burden::{Burden, burdens};
pub use code::Code;
#[cfg(any(feature = "cli", feature = "web"))]
pub(crate) use items::{appearances, takes};
#[cfg(any(feature = "cli", feature = "web"))]
pub(crate) use media::MOST as MOST_OF_PICTURE;
pub use severity::Severity;
#[cfg(feature = "web")]
pub(crate) use texts::TEXTS;
pub use wording::{LookFor, Rule, rules};

use node::Node;
use serde_json::Value;
use std::collections::BTreeMap;
use std::fmt;

/// A place in a file. Both count from 1; columns count characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    pub line: usize,
    pub column: usize,
}

/// One thing wrong with a plan: where, what was found, what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    pub code: Code,
    /// JSON Pointer (RFC 6901), such as `/units/3/label`. Empty: the whole document.
    pub path: String,
    /// Where that is in the text.
    pub place: Option<Place>,
    /// What the words of the code are filled with.
    pub arguments: Vec<String>,
}

impl Problem {
    pub fn severity(&self) -> Severity {
        self.code.severity()
    }

    /// What was found, in Chinese for a `zh` tag and in English for any other.
    pub fn found(&self, language: &str) -> String {
        fill(self.code.words(language).0, &self.arguments)
    }

    /// What to do about it.
    pub fn advice(&self, language: &str) -> String {
        fill(self.code.words(language).1, &self.arguments)
    }
}

/// For logs: in English, without the file's name.
impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(place) = self.place {
            write!(f, "{}:{}: ", place.line, place.column)?;
        }
        write!(f, "{}: {}: {}; {}", self.path, self.code.name(), self.found("en"), self.advice("en"))
    }
}

/// Puts arguments where `{0}`, `{1}` … stand.
fn fill(words: &str, arguments: &[String]) -> String {
    let mut text = String::new();
    let mut rest = words;
    while let Some(at) = rest.find('{') {
        let placeholder = rest[at + 1..].split_once('}').and_then(|(index, after)| Some((index.parse().ok()?, after)));
        let (index, after): (usize, &str) = match placeholder {
            Some(found) => found,
            None => {
                text.push_str(&rest[..=at]);
                rest = &rest[at + 1..];
                continue;
            }
        };
        text.push_str(&rest[..at]);
        text.push_str(arguments.get(index).map_or("", String::as_str));
        rest = after;
    }
    text.push_str(rest);
    text
}

/// Names everything that is wrong with the text of a plan, in the order of the text. Empty: nothing is.
///
/// In the native build the shape is checked against the JSON Schema; without that (the browser) only the first mistake of
/// shape is named.
pub fn check(text: &str) -> Vec<Problem> {
    if text.starts_with('\u{feff}') {
        return vec![shape::byte_order_mark()];
    }
    let value: Value = match serde_json::from_str(text) {
        Ok(value) => value,
        Err(error) => return vec![shape::not_json(&error)],
    };
    let mut report = Report { problems: Vec::new(), within: BTreeMap::new() };
    shape::check(text, &value, &mut report);
    let root = Node::root(&value);
    texts::check(&root, &mut report);
    names::check(&root, &mut report);
    days::check(&root, &mut report);
    work::check(&root, &mut report);
    keys::check(&root, &mut report);
    measures::check(&root, &mut report);
    items::check(&root, &mut report);
    answers::check(&root, &mut report);
    media::check(&root, &mut report);
    parts::check(&root, &mut report);
    quotas::check(&root, &mut report);
    logic::check(&root, &mut report);
    prose::check(&root, &mut report);
    // What is never asked follows from a mistake above as often as it is one.
    if !report.has_error_in(&["", "/questionnaires", "/units", "/indicators"]) {
        reach::check(&root, &mut report);
    }
    wording::check(&root, &mut report);
    burden::check(&root, &mut report);
    report.finish(text)
}

/// Problems that are named; nobody puts more right before looking again.
const MOST: usize = 1_000;

/// What the checks write into.
struct Report {
    problems: Vec<Problem>,
    /// For some problems, by index: the byte in the text at the problem's path where it is.
    within: BTreeMap<usize, usize>,
}

impl Report {
    fn add<const N: usize>(&mut self, code: Code, path: impl Into<String>, arguments: [&str; N]) {
        let arguments = arguments.map(str::to_owned).to_vec();
        self.problems.push(Problem { code, path: path.into(), place: None, arguments });
    }

    /// Adds a problem that is at a byte of the text that stands at the path.
    fn add_within<const N: usize>(&mut self, code: Code, path: &str, at: usize, arguments: [&str; N]) {
        self.within.insert(self.problems.len(), at);
        self.add(code, path, arguments);
    }

    /// Whether there is an error at or under one of the pointers; the empty one stands for the document itself only.
    fn has_error_in(&self, pointers: &[&str]) -> bool {
        self.problems.iter().filter(|p| p.severity() == Severity::Error).any(|problem| {
            pointers.iter().any(|pointer| match problem.path.strip_prefix(pointer) {
                Some(rest) if pointer.is_empty() => rest.is_empty(),
                Some(rest) => rest.is_empty() || rest.starts_with('/'),
                None => false,
            })
        })
    }

    /// At most [`MOST`] problems, errors before warnings where not all are named.
    fn capped(&mut self) {
        let found = self.problems.len();
        if found <= MOST {
            return;
        }
        let within = std::mem::take(&mut self.within);
        let mut all: Vec<(usize, Problem)> = std::mem::take(&mut self.problems).into_iter().enumerate().collect();
        all.sort_by_key(|(i, problem)| (problem.severity(), *i));
        all.truncate(MOST);
        for (now, (before, problem)) in all.into_iter().enumerate() {
            if let Some(at) = within.get(&before) {
                self.within.insert(now, *at);
            }
            self.problems.push(problem);
        }
        self.add(Code::MoreProblems, "", [&(found - MOST).to_string()]);
    }

    fn finish(mut self, text: &str) -> Vec<Problem> {
        self.capped();
        let mut problems = self.problems;
        let places = super::locate::Places::of(text);
        for (i, problem) in problems.iter_mut().enumerate() {
            let find = |places: &super::locate::Places| match self.within.get(&i) {
                Some(&at) => places.place_within(&problem.path, at),
                None => places.place(&problem.path),
            };
            problem.place = problem.place.or_else(|| places.as_ref().map(find));
        }
        problems.sort_by_key(|problem| (problem.place, problem.severity()));
        problems
    }
}

/// A list of names for a message, cut where nobody reads on.
fn listed<'a>(names: impl IntoIterator<Item = &'a str>) -> String {
    let mut text = String::new();
    for (i, name) in names.into_iter().enumerate() {
        text.push_str(if i == 0 { "" } else { ", " });
        if i == 32 {
            text.push('…');
            break;
        }
        text.push('`');
        text.push_str(name);
        text.push('`');
    }
    if text.is_empty() {
        text.push('-');
    }
    text
}

/// Names that occur twice, each with the pointer of the first occurrence.
fn find_repeated<'a>(list: &[Node<'a>], member: &str) -> Vec<(Node<'a>, &'a str, String)> {
    let mut first: BTreeMap<&str, String> = BTreeMap::new();
    let mut repeated = Vec::new();
    for node in list {
        let Some(name) = node.text(member) else { continue };
        match first.get(name) {
            Some(path) => repeated.push((node.clone(), name, path.clone())),
            None => {
                first.insert(name, node.path.clone());
            }
        }
    }
    repeated
}

#[cfg(all(test, feature = "cli"))]
mod tests;
