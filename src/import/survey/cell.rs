#[cfg(feature = "cli")]
use crate::import::formula::{default_of, literal};
use std::collections::BTreeMap;

/// Yes or no, as pyxform reads it.
pub fn truth(cell: &str) -> Option<bool> {
    match cell.to_lowercase().trim_end_matches("()") {
        "yes" | "true" | "1" => Some(true),
        "no" | "false" | "0" => Some(false),
        _ => None,
    }
}

/// The words of a default that a cell can hold, if it says the same.
#[cfg(feature = "cli")]
pub fn default_cell(expression: &str, kind: &str) -> Option<String> {
    let cell = literal(expression).unwrap_or(expression);
    (default_of(cell, kind) == expression).then(|| cell.to_owned())
}

/// Where the first language has no text, that of another stands in: as readers of the first would see it anyway. The tags
/// of the first and of the other.
pub fn stand_in(
    words: &mut BTreeMap<String, String>,
    tags: &BTreeMap<Option<String>, String>,
) -> Option<(String, String)> {
    let first = tags.get(&None)?;
    if words.contains_key(first) {
        return None;
    }
    let (other, text) = words.iter().next()?;
    let (other, text) = (other.clone(), text.clone());
    words.insert(first.clone(), text);
    Some((first.clone(), other))
}
