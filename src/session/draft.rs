use super::{Answer, MissingReason, PlanRef};
use crate::plan::Mode;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What is fixed when an interview begins.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Opening {
    pub plan: PlanRef,
    pub round: String,
    pub questionnaire: String,
    pub mode: Mode,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rater_group: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stratum: Option<String>,
    /// The resident's link token, when the interview was opened by one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub link: Option<String>,
}

/// A session as it is kept on the device: the body of the store's `draft/<id>`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Draft {
    /// Version of the draft format: 1.
    pub v: u32,
    pub id: String,
    pub opening: Opening,
    pub language: String,
    /// Index of the section shown last, among all sections.
    pub section: usize,
    /// The resident is looking at the review.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub review: bool,
    pub answers: BTreeMap<String, Answer>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub missing: BTreeMap<String, MissingReason>,
}

/// Why a draft cannot be gone on with. It is kept as it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DraftError {
    /// Not a draft: damaged.
    Malformed,
    NewerVersion(u32),
    /// The plan that was given is another one.
    OtherPlan(PlanRef),
    /// The plan does not have the questionnaire, round, group, language, item or section that the draft names.
    UnknownReference(String),
    /// The answer does not fit the item of this name in the plan.
    Unfit(String),
    /// The plan cannot run at all.
    Plan(super::BeginError),
}

/// The version alone, so that a later format is told from damage.
#[derive(Deserialize)]
struct Version {
    v: u32,
}

impl Draft {
    pub fn parse(text: &str) -> Result<Draft, DraftError> {
        match serde_json::from_str::<Draft>(text) {
            Ok(draft) if draft.v == 1 => Ok(draft),
            Ok(draft) if draft.v == 0 => Err(DraftError::Malformed),
            Ok(draft) => Err(DraftError::NewerVersion(draft.v)),
            Err(_) => match serde_json::from_str::<Version>(text) {
                Ok(Version { v }) if v > 1 => Err(DraftError::NewerVersion(v)),
                _ => Err(DraftError::Malformed),
            },
        }
    }

    pub fn encode(&self) -> String {
        // Keys are texts and no value is a float, so there is nothing that JSON cannot write.
        serde_json::to_string(self).expect("a draft is maps of texts and whole numbers")
    }
}
