use std::fmt;

/// Whether a plan can be run in spite of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The plan is not run.
    Error,
    /// The plan runs; someone should look.
    Warning,
}

/// One thing wrong with a plan: where, what was found, what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    pub severity: Severity,
    /// JSON Pointer (RFC 6901), such as `/units/3/label`.
    pub path: String,
    pub found: String,
    pub advice: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}; {}", self.path, self.found, self.advice)
    }
}
