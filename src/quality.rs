//! What looks odd in the records of a round, for people to judge: straight-lining, gaps, speed, bursts, near-duplicate
//! interviews, interviewers unlike the others, units graded alike, quotas met too neatly. And the sample of records to call again,
//! with the comparison of both.
//!
//! A [`Sheet`] holds the records of one questionnaire in one round; an [`Inspection`] runs the checks over it. The
//! comparison of all pairs is exact and takes the longest: a [`Matcher`] does it row by row, so that the edge can share it among
//! threads, show how far it is, and stop. [`Findings`] hold the figures and the flags.
//!
//! **Promises**: the same records give the same findings, in whatever order they came. Every [`Check`] has a source, a threshold
//! that can be set and its limits in words. What cannot be told is [`Absent`] with its reason, never 0.
//! **Refuses** to exclude: no flag changes a count, a score or a record. docs/quality.md gives each formula and its source.

mod agreement;
mod backcheck;
mod check;
mod clock;
mod compare;
mod effect;
mod gap;
mod inspection;
mod list;
mod matching;
mod pace;
mod packed;
mod quota;
mod settings;
mod sheet;
mod unit;

#[cfg(test)]
mod tests;

pub use agreement::{Agreement, Coefficient};
pub use backcheck::{Size, draw_backcheck};
pub use check::{Absent, Check};
pub use clock::Span;
pub use compare::{CompareError, Compared, Comparison, compare, first_answer, is_question};
pub use effect::{Contrast, Correlation, Measure, contrasts, correlation};
pub use gap::Gap;
pub use inspection::{Findings, Flag, Inspection, PairFindings, Subject};
pub use list::Line;
pub use matching::{Match, Matcher, Matches, Pair};
pub use pace::Burst;
pub use quota::{Quota, met_exactly, quotas};
pub use settings::{Settings, Times};
pub use sheet::{Case, Column, Sheet};
pub use unit::UnitGrades;
