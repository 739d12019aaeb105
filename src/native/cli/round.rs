use super::{Exit, Failure, Told};
use crate::plan::Plan;
use std::fmt;

/// `--round` names a round that the plan does not have.
#[derive(Debug)]
struct UnknownRound {
    found: String,
    known: Vec<String>,
}

/// The round of this id is one of the plan's; so is none.
///
/// # Errors
/// Names the rounds that there are.
pub fn check_round(plan: &Plan, named: Option<&str>) -> Result<(), Failure> {
    match named.filter(|id| plan.round(id).is_none()) {
        None => Ok(()),
        Some(found) => {
            let known = plan.rounds.iter().map(|round| round.id.clone()).collect();
            Err(Failure::told(Exit::Refused, UnknownRound { found: found.to_owned(), known }))
        }
    }
}

impl fmt::Display for UnknownRound {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "--round: the plan has no round `{}`; choose one of {}", self.found, self.known.join(", "))
    }
}

impl std::error::Error for UnknownRound {}

impl Told for UnknownRound {
    fn zh(&self) -> String {
        format!("--round：方案里没有轮次 `{}`；请从 {} 中选择", self.found, self.known.join("、"))
    }
}
