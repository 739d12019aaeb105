use super::{Decimal, Mode, Steps, Text, is_false};
use serde::Serialize;

/// An instrument: what one kind of rater is asked.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Questionnaire {
    pub id: String,
    pub title: Text,
    /// Rater groups that are asked this; empty means all.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rater_groups: Vec<String>,
    /// Modes in which this is asked; empty means all of the plan.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub modes: Vec<Mode>,
    /// Ids of the rounds in which this is asked; empty means all.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rounds: Vec<String>,
    /// `random`: its sections stand in another order in each interview. What has to stay where it is goes into one group
    /// with what moves, which is then a group with `order`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub order: Option<Order>,
    /// Conditions under which the questionnaire ends early.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ends: Vec<End>,
    #[cfg_attr(feature = "schema", schemars(length(min = 1)))]
    pub items: Vec<Item>,
}

/// What is known of an interview before its first question.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Known {
    /// Id of the stratum that the link or the canvasser names.
    Stratum,
    /// Id of the rater group.
    RaterGroup,
    /// `web`, `face`, `phone` or `hall`.
    Mode,
    /// Id of the round.
    Round,
}

impl Known {
    pub const ALL: [Known; 4] = [Known::Stratum, Known::RaterGroup, Known::Mode, Known::Round];
    /// In plans.
    pub const NAMES: [&str; 4] = ["stratum", "rater_group", "mode", "round"];
}

/// In which order things stand. Left out: as in the plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Order {
    /// In a random one, another in each interview. It follows from the record's id (FORMAT.md).
    Random,
}

/// Where a questionnaire ends early: what comes after the sections that the condition depends on does not apply while
/// the condition is true. The person reads the message, looks at the answers and sends them.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct End {
    /// ODK expression.
    pub when: String,
    /// What the person reads.
    pub message: Text,
    pub outcome: Outcome,
}

/// What an interview that ends early counts as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// Complete: all was asked that this person had to be asked.
    Complete,
    /// The person is not among those who are asked, or enough like them have answered. The answers are in the record, and
    /// are not counted.
    ScreenedOut,
}

/// What an item asks for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum ItemType {
    /// A section: items shown together under a heading.
    Group,
    /// Items that are answered again and again: once for each member of a household, say.
    Repeat,
    /// A text to read; no answer.
    #[default]
    Note,
    /// One grade of a scale, for one unit and one indicator.
    Grade,
    /// Grades for units × indicators on one scale.
    GradeMatrix,
    /// One of a list of choices.
    SelectOne,
    /// Any of a list of choices.
    SelectMultiple,
    /// A list of choices in an order: all of them, or the first few.
    Rank,
    /// A number from `start` to `end`, shown as a slider or (`appearance: rating`) as stars.
    Range,
    /// A tick that something was read or agreed to. Its value is `OK`.
    Acknowledge,
    /// Words. `appearance: multiline` for several lines.
    Text,
    /// A whole number.
    Integer,
    /// A number with a point: kept as its digits were written.
    Decimal,
    /// A day, `YYYY-MM-DD`.
    Date,
    /// A time of day, `hh:mm` or `hh:mm:ss`.
    Time,
    /// A day and a time of day, `YYYY-MM-DDThh:mm` or `YYYY-MM-DDThh:mm:ss`, where the person is.
    Datetime,
    /// A place on the Earth, `latitude longitude altitude accuracy` in degrees and metres; the last two are left out where
    /// nobody knows them. Asked of the device, or typed.
    Geopoint,
    /// A picture: a photo that is taken or chosen, or (`appearance: draw`, `signature`) what is drawn. Scaled down, written
    /// anew without what cameras note in it, and sealed with the record as an attachment; its value is the attachment's name.
    Image,
    /// Words that are spoken: an attachment too.
    Audio,
    /// What a barcode or QR code says: read by the camera where the browser can, or typed.
    Barcode,
    /// A value worked out by `calculation`; not shown.
    Calculate,
    /// A value that `default` gives, or what is known `from` the beginning of the interview; not shown.
    Hidden,
}

impl ItemType {
    /// Whether it holds items, and no value of its own.
    pub fn is_group(self) -> bool {
        matches!(self, ItemType::Group | ItemType::Repeat)
    }

    /// Whether it is put before a person.
    pub fn is_shown(self) -> bool {
        !matches!(self, ItemType::Calculate | ItemType::Hidden)
    }
}

/// One entry of a questionnaire. Which members apply depends on `type`; the checker names those that do not.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Item {
    #[serde(rename = "type")]
    pub kind: ItemType,
    /// Name in expressions and in the record: a letter or `_`, then letters, digits, `_`, `-`, `.`; unique in the
    /// questionnaire.
    pub name: String,
    pub label: Text,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hint: Option<Text>,
    /// The questionnaire cannot be finished without an answer while the item is relevant. For a matrix: every row
    /// that was begun has to be complete, and at least one row has to be answered.
    #[serde(default, skip_serializing_if = "is_false")]
    pub required: bool,
    /// ODK expression; the item is asked while it is true.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub relevant: Option<String>,
    /// ODK expression over `.`; an answer is accepted only when it is true.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub constraint: Option<String>,
    /// What to do about an answer that the constraint refuses.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub constraint_message: Option<Text>,
    /// ODK expression whose value it has. Worked out anew when what it refers to changes; it may look at its own value
    /// (`once(…)`). `calculate` needs one; another item that is answered may have one, and people can change its value
    /// until it is worked out again, unless the item is `read_only`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub calculation: Option<String>,
    /// Names of items: the `calculation` is worked out when the value of one of them changes, and at no other time.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub trigger: Vec<String>,
    /// The value is shown, and people cannot change it.
    #[serde(default, skip_serializing_if = "is_false")]
    pub read_only: bool,
    /// ODK expression whose value the item has when the interview begins: `'bus'` in quotes, `3`, `today()`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub default: Option<String>,
    /// `hidden`: which of the things that are known before the first question is its value; empty where that is not known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Known>,
    /// How it is shown, in ODK's words. `text`: `multiline`. `select_one`, `select_multiple`: `minimal` (a drop-down),
    /// `autocomplete` (found by typing, for long lists), `columns` (beside each other). `select_one`: `likert` (a scale from side
    /// to side). `range`: `rating` (stars).
    /// `image`: `new` (a photo has to be taken, not chosen), `draw`, `signature`.
    /// `grade_matrix`: `grid` (a table where the screen is wide enough, else cards by unit, as it is where nothing is said),
    /// `by_unit` (always a card for each unit), `by_indicator` (a card for each indicator).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub appearance: Option<String>,
    /// `grade`, `grade_matrix`: id of the scale.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scale: Option<String>,
    /// `grade`: id of the unit that is graded.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    /// `grade`: id of the indicator it measures.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub indicator: Option<String>,
    /// `grade_matrix`: ids of the units (rows); empty means all units of the plan.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub units: Vec<String>,
    /// `grade_matrix`: each interview asks about this many of the units only, drawn by chance, each unit as likely as any
    /// other.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(range(min = 1)))]
    pub subset: Option<u32>,
    /// `random`: what is in a `group`, the choices of a select, the units of a `grade_matrix` stand in another order in each
    /// interview. Choices that exclude all others stay last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub order: Option<Order>,
    /// Selects with `order`: ODK expression whose number the order follows from, as with `randomize=true, seed=…` in
    /// XLSForm. Left out, it follows from the record's id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seed: Option<String>,
    /// `grade_matrix`: ids of the indicators (columns); empty means all leaf indicators.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub indicators: Vec<String>,
    /// `select_one`, `select_multiple`, `rank`: id of the choice list.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub choices: Option<String>,
    /// `select_one`, `select_multiple`: ODK expression over the columns of a choice (`province = ${province}`); the choice
    /// is offered while it is true.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub choice_filter: Option<String>,
    /// `select_one`, `select_multiple`: label of one more choice, `other`, whose words are asked for: they are the answer
    /// `<name>_other`, and required where the item is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub other: Option<Text>,
    /// Name of one of the plan's `media`, shown with the label.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub image: Option<String>,
    /// `range`: the least number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub start: Option<Decimal>,
    /// `range`: the greatest number. Whole steps lead to it from `start`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub end: Option<Decimal>,
    /// `range`: from one number to the next; 1 where it is left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub step: Option<Decimal>,
    /// `select_one`, `text`, `integer`: answers that are right, any one of them. `select_multiple`: the choices that make up
    /// the right answer, no more and no less. Scored at the office. Every device that asks carries them, unless the plan's
    /// `privacy` has `seal_right_answers`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub right: Vec<String>,
    /// Points for a right answer; 1 where it is left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub points: Option<Decimal>,
    /// `geopoint`: a position of the device is taken by itself as soon as it is known within these many metres; 10 where it is
    /// left out. People can take a coarser one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(range(min = 1)))]
    pub accuracy: Option<u32>,
    /// `image`: the longer side of a photo has at most these many pixels; 1280 where it is left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(range(min = 1)))]
    pub max_pixels: Option<u32>,
    /// `audio`: the recording ends by itself after these many seconds; 60 where it is left out, and 300 at most.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(range(min = 1, max = 300)))]
    pub max_seconds: Option<u32>,
    /// `text`: most characters accepted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(range(min = 1)))]
    pub max_length: Option<u32>,
    /// `repeat`: ODK expression that says how many instances there are; without one, people add and remove them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub repeat_count: Option<String>,
    /// `group`, `repeat`: the items in it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub items: Vec<Item>,
}

/// Name of the choice that `other` adds to a list.
pub const OTHER: &str = "other";
/// The value of what was acknowledged.
pub const ACKNOWLEDGED: &str = "OK";

impl Item {
    /// What a `range` offers. Members that are left out are 1, 10 and 1, as XLSForm has it.
    pub fn steps(&self) -> Steps {
        let or = |member: Option<Decimal>, ones: i64| member.unwrap_or(Decimal::from_millionths(ones * Decimal::SCALE));
        Steps { start: or(self.start, 1), end: or(self.end, 10), step: or(self.step, 1) }
    }

    /// Name of the item that takes the words of `other`, where the item has it.
    pub fn other_name(&self) -> Option<String> {
        self.other.as_ref().map(|_| [&self.name, "_other"].concat())
    }

    /// The item that takes the words of `other`: it comes right after this one, and is asked while `other` is chosen.
    pub fn other_item(&self) -> Option<Item> {
        let label = self.other.clone()?;
        let name = self.other_name()?;
        let relevant = Some(["selected(${", &self.name, "}, 'other')"].concat());
        Some(Item { kind: ItemType::Text, name, label, required: self.required, relevant, ..Item::default() })
    }
}
