use super::{Mode, Plan, Text, is_false};
use serde::Serialize;

/// How many answers are wanted of whom: cells with targets. What is full is said before an interview starts.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Quota {
    pub id: String,
    pub label: Text,
    /// What happens where a cell has as many answers as it wants.
    pub when_full: WhenFull,
    /// `screen_out`: what the person reads.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub message: Option<Text>,
    /// `screen_out`: also residents who answer alone, by a link, are screened out, where the office's standing beside the
    /// plan says that their cell is full. Without a standing nobody is.
    #[serde(default, skip_serializing_if = "is_false")]
    pub residents: bool,
    #[cfg_attr(feature = "schema", schemars(length(min = 1)))]
    pub cells: Vec<QuotaCell>,
}

/// One cell: all that it names has to apply. It counts complete records, in each round from 0.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct QuotaCell {
    /// What people call it. Made of rater group, stratum and mode where it is left out; a cell with a condition needs one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<Text>,
    /// Id of a rater group.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rater_group: Option<String>,
    /// Id of a stratum.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stratum: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mode: Option<Mode>,
    /// ODK expression over the answers, such as `${sex} = 'f' and ${age} < 40`. A questionnaire without the items that it
    /// names has nobody in the cell.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub when: Option<String>,
    /// How many complete answers are wanted per round.
    #[cfg_attr(feature = "schema", schemars(range(min = 1)))]
    pub target: u32,
}

/// What happens where a cell is full.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum WhenFull {
    /// It is said, and the interview may go on.
    Warn,
    /// The person is thanked, and the interview is closed as screened out (AAPOR 4.8): it is counted among the outcomes and
    /// in no other figure.
    ScreenOut,
}

/// The id of the quota that the `target` of rater groups makes.
pub const OF_GROUPS: &str = "rater_groups";
/// The id of the quota that the `target` of strata makes.
pub const OF_STRATA: &str = "strata";

/// A cell as it is counted. Everywhere it is named by its place in [`Plan::cells`], which a plan's digest fixes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Cell<'a> {
    /// Id of its quota.
    pub quota: &'a str,
    /// Its place in its quota, from 1.
    pub number: usize,
    pub label: Option<&'a Text>,
    pub rater_group: Option<&'a str>,
    pub stratum: Option<&'a str>,
    pub mode: Option<Mode>,
    pub when: Option<&'a str>,
    pub target: u32,
    pub when_full: WhenFull,
    pub message: Option<&'a Text>,
    pub residents: bool,
}

impl Plan {
    /// All cells: those of rater groups and of strata with a `target`, then those of `quotas`, in the order of the plan.
    pub fn cells(&self) -> Vec<Cell<'_>> {
        let mut cells: Vec<Cell> = Vec::new();
        let groups = self.rater_groups.iter().map(|group| (OF_GROUPS, &group.id, &group.label, group.target));
        let strata = self.strata.iter().map(|stratum| (OF_STRATA, &stratum.id, &stratum.label, stratum.target));
        for (quota, id, label, target) in groups.chain(strata) {
            let Some(target) = target.filter(|target| *target > 0) else { continue };
            let number = cells.iter().filter(|cell| cell.quota == quota).count() + 1;
            cells.push(Cell {
                quota,
                number,
                label: Some(label),
                rater_group: (quota == OF_GROUPS).then_some(id),
                stratum: (quota == OF_STRATA).then_some(id),
                mode: None,
                when: None,
                target,
                when_full: WhenFull::Warn,
                message: None,
                residents: false,
            });
        }
        for quota in &self.quotas {
            for (at, cell) in quota.cells.iter().enumerate() {
                cells.push(Cell {
                    quota: &quota.id,
                    number: at + 1,
                    label: cell.label.as_ref(),
                    rater_group: cell.rater_group.as_deref(),
                    stratum: cell.stratum.as_deref(),
                    mode: cell.mode,
                    when: cell.when.as_deref(),
                    target: cell.target,
                    when_full: quota.when_full,
                    message: quota.message.as_ref(),
                    residents: quota.residents,
                });
            }
        }
        cells
    }
}

impl Cell<'_> {
    /// Whether an interview of these can be in the cell, whatever is answered.
    pub fn admits(&self, mode: Mode, rater_group: Option<&str>, stratum: Option<&str>) -> bool {
        self.mode.is_none_or(|own| own == mode)
            && (self.rater_group.is_none() || self.rater_group == rater_group)
            && (self.stratum.is_none() || self.stratum == stratum)
    }
}
