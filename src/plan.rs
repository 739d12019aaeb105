//! The plan: one JSON document that holds a whole evaluation. This room owns the types of format v1, their JSON
//! Schema (feature `schema`), and what makes a plan sound.
//!
//! | | |
//! |---|---|
//! | [`check`] | names everything that is wrong with a text, at once, each with its place |
//! | [`load`] | the plan of a text in which [`check`] finds no error |
//! | [`read`] | the plan of a text that was checked when it was published: only what an interview relies on is looked at again, so that the answering app stays small |
//!
//! Vocabulary follows XLSForm/ODK where ODK has a word (`type`, `name`, `label`, `hint`, `required`, `relevant`,
//! `constraint`, `appearance`); `grade` and `grade_matrix` are ours.

mod asked;
mod check;
mod digest;
mod index;
mod item;
mod key;
mod load;
mod measure;
mod medium;
mod parse;
mod part;
pub mod prose;
mod quota;
mod read;
mod sealed;
mod steps;
mod telephone;
mod text;
mod work;

pub mod locate;
#[cfg(feature = "schema")]
pub mod schema;

pub use crate::decimal::{Decimal, DecimalError};
#[cfg(feature = "web")]
pub(crate) use check::TEXTS;
pub use check::{Burden, Code, LookFor, Place, Problem, Rule, Severity, burdens, check, rules};
#[cfg(any(feature = "cli", feature = "web"))]
pub(crate) use check::{MOST_OF_PICTURE, appearances, takes};
pub use digest::Digest;
pub use index::{Listed, PlanIndex};
pub use item::{ACKNOWLEDGED, End, Item, ItemType, Known, OTHER, Order, Outcome, Questionnaire};
pub use key::PublicKey;
pub use load::{LoadError, load};
pub use measure::{Grade, Indicator, MissingAnswer, Scale};
pub use medium::{Medium, MediumType};
pub use part::{Figure, Part};
pub use quota::{Cell, OF_GROUPS, OF_STRATA, Quota, QuotaCell, WhenFull};
pub use read::{ReadError, read};
pub use sealed::{RightAnswers, SealedAnswers};
pub use steps::Steps;
pub use telephone::{Called, PIPED, Telephone};
pub use text::{Text, pick};
pub use work::{Dated, Edge, When, WorkStep, WorkSteps, calendar, to_ics, write_day};

use crate::carry::carry;
use crate::named::Named;
use serde::Serialize;

#[cfg(feature = "schema")]
use schemars::JsonSchema;

/// One evaluation, from its purpose to the addresses that receive its batches. Format version 1.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Plan {
    /// Address of the JSON Schema, for editors. Ignored by Minping.
    #[serde(rename = "$schema", default, skip_serializing_if = "Option::is_none")]
    pub schema: Option<String>,
    /// Version of the plan format. This document describes version 1.
    #[cfg_attr(feature = "schema", schemars(extend("const" = 1)))]
    pub format: u32,
    /// Short name of the plan: lower-case letters, digits and `-`. Stays the same over versions.
    #[cfg_attr(feature = "schema", schemars(regex(pattern = r"^[a-z][a-z0-9-]{0,63}$")))]
    pub id: String,
    /// Version of this plan, for people, such as `2024.1`.
    pub version: String,
    /// Language tags (BCP 47) of the texts; the first is the one that every text must have.
    #[cfg_attr(feature = "schema", schemars(length(min = 1)))]
    pub languages: Vec<String>,
    /// What the evaluation is called.
    pub title: Text,
    /// Who asks: the office that runs the evaluation, as residents know it.
    pub asker: Text,
    /// Why: one or two sentences for the first screen.
    pub purpose: Text,
    /// What happens to the answers, who sees them and what is published.
    pub privacy: Privacy,
    /// Waves of the evaluation. At least one.
    #[cfg_attr(feature = "schema", schemars(length(min = 1)))]
    pub rounds: Vec<Round>,
    /// Classes of units that are listed and ranked apart.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub unit_groups: Vec<UnitGroup>,
    /// What is evaluated. At least one, where anything is graded.
    pub units: Vec<Unit>,
    /// Ordered answers with their scores.
    pub scales: Vec<Scale>,
    /// Named measures with weights; may nest.
    pub indicators: Vec<Indicator>,
    /// Who answers.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rater_groups: Vec<RaterGroup>,
    /// Sampling cells, such as districts, places or windows.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub strata: Vec<Stratum>,
    /// How many answers are wanted of whom, by rater group, stratum, mode and answers. The `target` of a rater group or
    /// stratum is a quota that warns.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub quotas: Vec<Quota>,
    /// What a combined score of units is made of: votes, experts' scores, figures. Empty: there is no score but the index.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parts: Vec<Part>,
    /// How people may be asked. At least one.
    #[cfg_attr(feature = "schema", schemars(length(min = 1)))]
    pub modes: Vec<Mode>,
    /// Lists of choices that `select_one`, `select_multiple` and `rank` items name.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub choice_lists: Vec<ChoiceList>,
    /// Pictures by name, for items and choices that name one as their `image`. All of them together at most 1 MB.
    #[serde(default, skip_serializing_if = "Named::is_empty")]
    pub media: Named<Medium>,
    /// The instruments. At least one.
    #[cfg_attr(feature = "schema", schemars(length(min = 1)))]
    pub questionnaires: Vec<Questionnaire>,
    /// What is to be done besides asking: meetings, training, feedback to units. A published plan holds none.
    #[serde(default, skip_serializing_if = "WorkSteps::is_empty")]
    #[cfg_attr(feature = "schema", schemars(with = "Vec<WorkStep>"))]
    pub work_steps: WorkSteps,
    /// What a caller says on the telephone around the questions.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub telephone: Option<Telephone>,
    /// Hosts, such as `www.example.org`, that links in the texts may lead to; a link to another host is shown as text.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<String>,
    /// `right` of the items, sealed for `keys`; only in a published plan with `privacy.seal_right_answers`. A JWE in general JSON
    /// serialization, as FORMAT.md has it.
    #[serde(default, skip_serializing_if = "SealedAnswers::is_empty")]
    #[cfg_attr(feature = "schema", schemars(with = "serde_json::Map<String, serde_json::Value>"))]
    pub right_answers: SealedAnswers,
    /// Keys of the office. Absent until the plan is published with `minping plan publish`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub keys: Option<OfficeKeys>,
    /// Where batches are uploaded. May be empty: batches are then carried as files.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub receivers: Vec<Receiver>,
}

/// The promise made to those who answer, and the rules that keep it.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Privacy {
    /// Read by the resident before the first question.
    pub notice: Text,
    /// When true, a record holds no device, no canvasser, no time and no place finer than the stratum.
    pub anonymous: bool,
    /// When true (the default), a record is sealed for the office as soon as it is closed.
    #[serde(default = "yes")]
    pub seal: bool,
    /// Cells with fewer answers than this are withheld from what is published. 0 publishes all.
    #[serde(default = "ten")]
    pub smallest_cell: u32,
    /// When true, right answers are sealed for the office when the plan is published: no device carries them, so that a test can
    /// be an examination.
    #[serde(default, skip_serializing_if = "is_false")]
    pub seal_right_answers: bool,
    /// Days for which a device keeps what it handed over, after a verified receipt.
    #[serde(default = "month")]
    pub retention_days: u32,
}

fn is_false(value: &bool) -> bool {
    !value
}
fn yes() -> bool {
    true
}
fn ten() -> u32 {
    10
}
fn month() -> u32 {
    30
}

/// One wave.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Round {
    pub id: String,
    pub label: Text,
    /// First day, `YYYY-MM-DD`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(regex(pattern = r"^\d{4}-\d{2}-\d{2}$")))]
    pub opens: Option<String>,
    /// Last day, `YYYY-MM-DD`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(regex(pattern = r"^\d{4}-\d{2}-\d{2}$")))]
    pub closes: Option<String>,
}

/// A class of units.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct UnitGroup {
    pub id: String,
    pub label: Text,
}

/// What is evaluated.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Unit {
    pub id: String,
    pub label: Text,
    /// Id of a unit group; required when the plan has unit groups.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub group: Option<String>,
}

/// Who answers.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct RaterGroup {
    pub id: String,
    pub label: Text,
    /// Policy weight of the group in every score. Either all groups have one (they sum to 1) or none has: then all
    /// raters are pooled.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub weight: Option<Decimal>,
    /// People in the group, where a list of them exists: what share of them answered then narrows the intervals.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub population: Option<u64>,
    /// How many answers are wanted per round.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub target: Option<u32>,
}

/// A sampling cell.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Stratum {
    pub id: String,
    pub label: Text,
    /// People in the cell.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub population: Option<u64>,
    /// How many answers are wanted per round.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub target: Option<u32>,
    /// How people here may be asked; empty means by all modes of the plan.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub modes: Vec<Mode>,
}

/// How a person is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Mode {
    /// The resident alone, by a link or QR code.
    Web,
    /// A canvasser face to face.
    Face,
    /// By telephone.
    Phone,
    /// In a meeting, on the spot.
    Hall,
}

carry!(enum Mode { 0 Web, 1 Face, 2 Phone, 3 Hall });

impl Mode {
    pub const ALL: [Mode; 4] = [Mode::Web, Mode::Face, Mode::Phone, Mode::Hall];

    /// The name used in plans and records.
    pub fn name(self) -> &'static str {
        match self {
            Mode::Web => "web",
            Mode::Face => "face",
            Mode::Phone => "phone",
            Mode::Hall => "hall",
        }
    }
}

/// A named list of choices.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ChoiceList {
    pub id: String,
    #[cfg_attr(feature = "schema", schemars(length(min = 1)))]
    pub choices: Vec<Choice>,
}

/// One option.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Choice {
    /// Value in the record. No spaces.
    #[cfg_attr(feature = "schema", schemars(regex(pattern = r"^\S+$")))]
    pub name: String,
    pub label: Text,
    /// What else is known of it, for `choice_filter` and `instance('list')`: column name to value.
    #[serde(default, skip_serializing_if = "Named::is_empty")]
    pub columns: Named<String>,
    /// `select_multiple`: goes with no other choice, as "none of these" does.
    #[serde(default, skip_serializing_if = "is_false")]
    pub exclusive: bool,
    /// Name of one of the plan's `media`, shown with the label.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub image: Option<String>,
}

/// Public keys of the office; the private halves stay in its key file.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct OfficeKeys {
    /// Records are sealed for each of these (ECDH-ES+A256KW on P-256): any one of them opens a record.
    #[cfg_attr(feature = "schema", schemars(length(min = 1)))]
    pub seal: Vec<PublicKey>,
    /// Links and rosters are signed by one of these (ES256).
    #[cfg_attr(feature = "schema", schemars(length(min = 1)))]
    pub sign: Vec<PublicKey>,
}

/// A server that stores batches and answers with a signed receipt.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Receiver {
    /// Address of the receiver's `api/` folder, absolute or relative to the app's page.
    pub url: String,
    /// Receipts count only when signed by this key.
    pub key: PublicKey,
}

impl Plan {
    pub fn round(&self, id: &str) -> Option<&Round> {
        self.rounds.iter().find(|x| x.id == id)
    }
    pub fn unit(&self, id: &str) -> Option<&Unit> {
        self.units.iter().find(|x| x.id == id)
    }
    pub fn scale(&self, id: &str) -> Option<&Scale> {
        self.scales.iter().find(|x| x.id == id)
    }
    pub fn rater_group(&self, id: &str) -> Option<&RaterGroup> {
        self.rater_groups.iter().find(|x| x.id == id)
    }
    pub fn stratum(&self, id: &str) -> Option<&Stratum> {
        self.strata.iter().find(|x| x.id == id)
    }
    pub fn choice_list(&self, id: &str) -> Option<&ChoiceList> {
        self.choice_lists.iter().find(|x| x.id == id)
    }
    pub fn questionnaire(&self, id: &str) -> Option<&Questionnaire> {
        self.questionnaires.iter().find(|x| x.id == id)
    }
    /// Indicators without children, each with its absolute weight (the product of the weights above it).
    pub fn leaf_indicators(&self) -> Vec<(&Indicator, Decimal)> {
        fn walk<'a>(list: &'a [Indicator], weight: Decimal, out: &mut Vec<(&'a Indicator, Decimal)>) {
            for indicator in list {
                let own = weight.times(indicator.weight);
                if indicator.indicators.is_empty() {
                    out.push((indicator, own));
                } else {
                    walk(&indicator.indicators, own, out);
                }
            }
        }
        let mut out = Vec::new();
        walk(&self.indicators, Decimal::ONE, &mut out);
        out
    }
}
