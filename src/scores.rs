//! What a plan's own results are worth: how far each score, rate and index may be from what all would have said, which
//! units differ, which changed since an earlier round.
//!
//! **Promises**: equal sets of records give the same answer to the bit, whatever their order or how they were split
//! ([`Counted`] is integers only; what is floating runs over it in one fixed order). The numbers themselves are the tally's
//! exact fractions; this room adds their errors, by the variance of [`crate::estimate`]. Where there is no interval, an
//! [`Imprecise`] says why.
//! **Refuses** to compare what was asked differently, and to publish an interval that gives away a withheld count.
//!
//! | | |
//! |---|---|
//! | [`Counted`] | the records as integers: a tally, and how many agree throughout |
//! | [`scored`] | results of a round with their errors, differences and rank ranges |
//! | [`changes`], [`change`], [`followed`] | one round against an earlier one |
//! | [`read_earlier`], [`rounds_before`] | rounds of before there were records here, out of a table |
//!
//! docs/scores.md gives each formula with its source.

mod change;
mod compare;
mod count;
mod design;
mod driver;
mod earlier;
mod error;
mod precision;
mod published;
mod question;
mod said;

#[cfg(test)]
mod tests;

pub use change::{Change, Changes, IndicatorChange, Measured, NoChange, UnitChange, change, changes, followed};
pub use compare::{Compared, Pair, Ranked, Verdict};
pub use count::Counted;
pub use driver::Driver;
pub use earlier::{Earlier, EarlierError, Fault, Number, Read, read_earlier, rounds_before};
pub use error::{IndicatorScored, Scored, UnitScored, Worth, scored};
pub use precision::{Imprecise, Precise, Precision};
pub use question::AskedAs;

/// Share of intervals that are to hold the truth.
pub const LEVEL: f64 = 0.95;
