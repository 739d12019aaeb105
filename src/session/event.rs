use super::{Answer, MissingReason};
use crate::expression::Moment;

/// Something that the person in front of the screen did. Items are named by their keys: see [`super::Session::key`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// An item other than a matrix got a value. An empty text or no choices clears it.
    Answered {
        item: String,
        value: Answer,
    },
    /// An item or a whole matrix lost its value.
    Cleared {
        item: String,
    },
    /// One cell of a matrix; `None` clears it.
    Graded {
        item: String,
        unit: String,
        indicator: String,
        grade: Option<String>,
    },
    /// All cells of a matrix row get the same missing answer, such as "don't know this unit"; `None` clears the row.
    RowGraded {
        item: String,
        unit: String,
        grade: Option<String>,
    },
    /// The item was asked and has no value for this reason.
    Missing {
        item: String,
        reason: MissingReason,
    },
    /// The interviewer wrote a note for the office about an item; an empty one is none. A resident has no notes.
    Noted {
        item: String,
        text: String,
    },
    /// A repeat that people fill as often as they like got one instance more, after the others. By the repeat's key.
    Added {
        repeat: String,
    },
    /// An instance of such a repeat is gone, with all that was in it; those after it move up. By the instance's key:
    /// `household[2]`.
    Removed {
        instance: String,
    },
    /// To the section with this index.
    Moved {
        section: usize,
    },
    /// To the review, or back from it.
    Reviewed(bool),
    Language(String),
    /// What the clock of the device says: told when an interview is opened, for `today()` and `now()`.
    Clock(Moment),
}

/// What an event changed: what the user interface has to look at again.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Change {
    /// Items whose value changed, by index in [`super::Session::item`].
    pub values: Vec<usize>,
    /// Where the change is inside one row of a matrix: that row, by index in [`super::Session::matrix`].
    pub row: Option<usize>,
    /// Items that appeared or went away, likewise.
    pub relevance: Vec<usize>,
    /// Items that have a constraint which reads something that changed, likewise.
    pub validity: Vec<usize>,
    /// Items that offer other choices, likewise.
    pub choices: Vec<usize>,
    /// A repeat has another number of instances: from this place on other items stand, or the same ones with other values. What
    /// stands before it stands where it stood, and is named above where it changed.
    pub layout: Option<usize>,
    /// There is another note about an item: no value changed.
    pub noted: bool,
    pub navigation: bool,
    pub language: bool,
    /// The clock was told, and expressions ask it.
    pub clock: bool,
}

impl Change {
    /// Nothing is different: there is nothing to save.
    pub fn is_empty(&self) -> bool {
        let told = self.noted || self.navigation || self.language || self.clock;
        self.values.is_empty() && self.layout.is_none() && !told
    }
}

/// Why an event was not taken. The state is as it was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    UnknownItem(String),
    /// The value does not fit the item: another type, an unknown option, too long.
    Unfit(String),
    /// The repeat has as many instances as it can have; or the attachments of the interview would be more than a record
    /// can hold: see [`super::Session::room`].
    Full(String),
    /// There is no such section, or nothing in it applies now.
    UnknownSection(usize),
    UnknownLanguage(String),
}
