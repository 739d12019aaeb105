use crate::plan::{Digest, Mode};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Which plan, to the byte.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlanRef {
    pub id: String,
    pub version: String,
    pub digest: Digest,
}

/// Final outcome of an interview that has a record (AAPOR Standard Definitions: complete 1.1, partial 1.2).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Disposition {
    /// All that was required and relevant is answered.
    Complete,
    /// Broken off; what was answered stands.
    Partial,
}

/// Why an item that was asked has no value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MissingReason {
    Refused,
    DontKnow,
}

/// The value of one item in a record. Items that were not relevant or not answered are not in the record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Answer {
    /// A grade (or missing answer of its scale), a choice, or words.
    Text(String),
    /// A whole number.
    Integer(i64),
    /// Choices, in the order of the list.
    Choices(Vec<String>),
    /// Unit id to indicator id to grade name.
    Grid(BTreeMap<String, BTreeMap<String, String>>),
}

/// A closed session as it is exported. Holds nothing about the device, the canvasser, the time, the order of arrival
/// or a place finer than the stratum, whatever the plan says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Record {
    /// Version of the record format: 1.
    pub v: u32,
    /// 128 random bits, 22 characters of base64url. The record's only identity; merging is by it.
    pub id: String,
    pub plan: PlanRef,
    pub round: String,
    pub questionnaire: String,
    pub mode: Mode,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rater_group: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stratum: Option<String>,
    pub disposition: Disposition,
    /// Item name to value.
    pub answers: BTreeMap<String, Answer>,
    /// Item name to the reason why it has no value, where the rater or canvasser gave one.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub missing: BTreeMap<String, MissingReason>,
}
