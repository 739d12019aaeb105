//! What can be asked of the other thread about the ledger.

use crate::carry::carry;
use crate::language::Language;
use crate::quality::Settings;
use crate::scores::Earlier;
use crate::ui::office::beside::Beside;

/// A question about the ledger of the desk, as it was given last.
pub enum Question {
    /// Results of all rounds: [`crate::ui::office::results::Rounds`].
    Rounds,
    /// Plots of a round: `Vec<Plot>`.
    Plots { round: String, published: bool, language: Language, imported: Vec<Earlier> },
    /// The combined score of a round, nothing withheld: `Option<Combined>`.
    Parts { round: String },
    /// What people wrote and what interviewers noted: two lists of [`super::super::comments::Written`].
    Comments { round: String, most: usize },
    /// The report as one file: `Option<String>`.
    Report { round: String, published: bool, page: Page, day: String, language: Language, beside: Beside },
    /// What looks odd: [`crate::ui::office::quality::Made`].
    Quality { settings: Settings, names: Vec<(String, String)> },
    /// The sample to call again: the file's text, how many are drawn, and of how many.
    Drawn { settings: Settings, share: f64, seed: u64, names: Vec<(String, String)> },
    /// A round for other programs: [`super::super::exports::Written`], or why not, in words.
    Export { wanted: Wanted },
}

/// A format of files for other programs; Parquet is the program's alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    Xlsx,
    Csv,
    Sav,
    Ddi,
    Published,
}

/// What is written of a round.
#[derive(Clone)]
pub struct Wanted {
    pub format: Format,
    pub round: String,
    pub published: bool,
    /// Of SPSS and DDI: one row for each grade.
    pub grades: bool,
    /// What else leaves the office: ids, people's words, places, names of attachments.
    pub ids: bool,
    pub words: bool,
    pub places: bool,
    pub attachments: bool,
    pub day: String,
    pub language: Language,
}

carry!(enum Format { 0 Xlsx, 1 Csv, 2 Sav, 3 Ddi, 4 Published });
carry!(struct Wanted { format, round, published, grades, ids, words, places, attachments, day, language });

/// How much of the report.
pub enum Page {
    Whole,
    /// About the unit of this id.
    Unit(String),
    Public,
}

/// Why there is no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Failed {
    /// The clerk asked to stop.
    Stopped,
    /// A part of the app could not be loaded.
    NotLoaded,
    /// There is no ledger to look into.
    NothingHere,
}

carry!(enum Question {
    0 Rounds, 1 Plots { round, published, language, imported }, 2 Parts { round }, 3 Comments { round, most },
    4 Report { round, published, page, day, language, beside }, 5 Quality { settings, names },
    6 Drawn { settings, share, seed, names }, 7 Export { wanted },
});
carry!(enum Page { 0 Whole, 1 Unit(id), 2 Public });

impl Failed {
    pub fn name(self) -> &'static str {
        match self {
            Failed::Stopped => "stopped",
            Failed::NotLoaded => "not loaded",
            Failed::NothingHere => "nothing here",
        }
    }

    pub fn of(name: &str) -> Failed {
        [Failed::Stopped, Failed::NotLoaded].into_iter().find(|one| one.name() == name).unwrap_or(Failed::NothingHere)
    }
}
