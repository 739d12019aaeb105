use super::{Decimal, Text, is_false};
use serde::Serialize;

/// A part of the combined score of units: what people voted, or numbers that experts, inspectors and monitors entered.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Part {
    pub id: String,
    pub label: Text,
    /// Share of the combined score, above 0. The weights of all parts sum to 1.
    pub weight: Decimal,
    /// The highest and the lowest number of a unit are left out, where there are at least five.
    #[serde(default, skip_serializing_if = "is_false")]
    pub trimmed: bool,
    /// A part that rests on fewer numbers is withheld from what is published; the plan's `smallest_cell` where it is left out.
    /// Experts who are known, and figures that are counted once, are no secret: then 0.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub smallest: Option<u32>,
    /// Where the numbers are, for each unit. Empty: the part is the index of the unit.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub figures: Vec<Figure>,
}

/// Numbers about one unit.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Figure {
    /// Id of the unit.
    pub unit: String,
    /// Id of the questionnaire.
    pub questionnaire: String,
    /// Name of an item with a number: `integer`, `decimal`, `range` or `calculate`. Each answer is one.
    pub item: String,
    /// Name of another one: the number is then the sum of all answers to `item` over the sum of all answers to this one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub of: Option<String>,
    /// The number that is worth 0 points; what is beyond is worth 0 too.
    pub zero: Decimal,
    /// The number that is worth 100 points; what is beyond is worth 100 too. Less than `zero` where less is better.
    pub full: Decimal,
}
