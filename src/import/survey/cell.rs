#[cfg(feature = "cli")]
use crate::import::formula::{default_of, literal};

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
