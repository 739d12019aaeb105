use super::{Plan, Problem, Severity, check};
use std::fmt;

/// Why a plan cannot be run: all of its problems, warnings among them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LoadError {
    pub problems: Vec<Problem>,
}

impl fmt::Display for LoadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let errors = self.problems.iter().filter(|p| p.severity() == Severity::Error);
        for (i, problem) in errors.enumerate() {
            write!(f, "{}{problem}", if i == 0 { "" } else { "\n" })?;
        }
        Ok(())
    }
}

impl std::error::Error for LoadError {}

/// Checks and parses a plan.
///
/// # Errors
/// When [`check`] finds an error; warnings alone do not stand in the way.
pub fn load(text: &str) -> Result<Plan, LoadError> {
    let problems = check(text);
    if problems.iter().all(|p| p.severity() == Severity::Warning)
        && let Ok(plan) = Plan::parse(text)
    {
        return Ok(plan);
    }
    Err(LoadError { problems })
}
