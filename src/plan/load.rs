use super::Plan;
use std::fmt;

/// Why a plan cannot be run.
#[derive(Debug)]
pub enum LoadError {
    /// Not JSON, or not the shape of a plan: what serde says, with line and column.
    Malformed(serde_json::Error),
}

impl fmt::Display for LoadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            LoadError::Malformed(error) => write!(f, "not a plan of format version 1: {error}"),
        }
    }
}

impl std::error::Error for LoadError {}

/// Parses a plan: members, types and decimals. References between its parts are not checked.
pub fn load(text: &str) -> Result<Plan, LoadError> {
    serde_json::from_str(text).map_err(LoadError::Malformed)
}
