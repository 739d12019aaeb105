//! The rectification ledger 整改台账: what became of each finding, from the score or suggestion that it came from to its
//! being closed, and whether it helped.
//!
//! A [`Book`] is a set of dated [`Entry`]s. Each is named by the digest of its content, so none can be edited unseen: what
//! was wrong is corrected by a later entry. A [`Case`] is derived from the entries that are of it.
//!
//! **Promises**: two copies of a book merge as sets, so that the order and number of merges change nothing; the state of a
//! case is a function of the set of its entries; an entry that does not fit what was there is refused when it is made, and
//! when two copies are merged it is told and stays. Deadlines count working days by a calendar that is data.
//! **Refuses** to open a case by itself: [`propose`] only proposes. It holds nobody who answered: a suggestion comes without
//! its record, and a call-back tells its outcome only. Who wrote an entry and when are arguments.
//!
//! docs/rectification.md describes the file, the states and the sources.

mod book;
mod calendar;
mod case;
mod change;
mod day;
mod due;
mod entry;
mod figure;
mod propose;
mod read;
mod refusal;
mod state;
mod step;

#[cfg(test)]
mod tests;

pub use book::{Book, BookError, Merged, Notice, Seat};
pub use calendar::{Calendar, CalendarError};
pub use case::{Case, Line, Standing};
pub use change::{Change, change};
pub use day::Day;
pub use due::{Due, Task};
pub use entry::{Entry, EntryError};
pub use figure::{Figure, Measure, figure_of};
pub use propose::{Finding, Thresholds, Why, propose};
pub use refusal::Refusal;
pub use state::{Misfit, State, Status};
pub use step::{Closing, Counted, Evidence, Opening, Outcome, Source, Step, Whom};
