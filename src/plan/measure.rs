use super::{Decimal, Text};
use serde::Serialize;

/// Ordered answers, best first, and the answers that are no grade.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Scale {
    pub id: String,
    /// At least two.
    #[cfg_attr(feature = "schema", schemars(length(min = 2)))]
    pub grades: Vec<Grade>,
    /// Answers such as "don't know" (不了解), counted apart and never in a denominator.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub missing: Vec<MissingAnswer>,
}

/// One answer with its score.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Grade {
    /// Value in the record. Unique within the scale, missing answers included.
    #[cfg_attr(feature = "schema", schemars(regex(pattern = r"^\S+$")))]
    pub name: String,
    pub label: Text,
    /// Points, in the plan's own units (often 0 to 100).
    pub score: Decimal,
    /// Counts as satisfied in the satisfaction rate (满意率).
    pub satisfied: bool,
}

/// An answer that is not a grade.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct MissingAnswer {
    #[cfg_attr(feature = "schema", schemars(regex(pattern = r"^\S+$")))]
    pub name: String,
    pub label: Text,
}

/// A named measure. Either it has indicators below it, or items and matrices name it and grade it.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Indicator {
    pub id: String,
    pub label: Text,
    /// What it means, shown under its name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<Text>,
    /// Share among its siblings. The weights of siblings sum to 1. An indicator of weight 0 is shown for reference: it is in
    /// no index, rate or score of its unit.
    pub weight: Decimal,
    /// Classes of units that it is for; empty means all. For the units of each class the weights of siblings that are for it
    /// sum to 1. What is below it is for no other units.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub unit_groups: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub indicators: Vec<Indicator>,
}
