use super::{Plan, Problem, Severity, check};
use std::fmt;

/// Why a plan cannot be run.
#[derive(Debug)]
pub enum LoadError {
    /// Not JSON, or not the shape of a plan: what serde says, with line and column.
    Malformed(serde_json::Error),
    /// The shape is right and the content is not.
    Invalid(Vec<Problem>),
}

impl fmt::Display for LoadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            LoadError::Malformed(error) => write!(f, "not a plan of format version 1: {error}"),
            LoadError::Invalid(problems) => {
                for (index, problem) in problems.iter().enumerate() {
                    if index > 0 {
                        f.write_str("\n")?;
                    }
                    write!(f, "{problem}")?;
                }
                Ok(())
            }
        }
    }
}

impl std::error::Error for LoadError {}

/// Parses and checks a plan; warnings do not stop it. This is the only way the apps take a plan in.
pub fn load(text: &str) -> Result<Plan, LoadError> {
    let plan: Plan = serde_json::from_str(text).map_err(LoadError::Malformed)?;
    let mut problems = check(&plan);
    problems.retain(|problem| problem.severity == Severity::Error);
    if problems.is_empty() { Ok(plan) } else { Err(LoadError::Invalid(problems)) }
}
