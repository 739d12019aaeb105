//! Data for other programs: the records that count and their grades as tables of variables, and files of them; metadata;
//! the published numbers as data, and their recomputation. Only where an office works (features `cli`, `web`); Parquet is
//! the program's alone.
//!
//! | | |
//! |---|---|
//! | [`DataSet`] | a table: [`Variable`]s with labels and categories, and rows of [`Value`]s that are made one by one |
//! | [`write_csv`], [`write_parquet`], [`write_sav`] | a data set as a file |
//! | [`codebook`] | what the columns and codes of a data set mean, as a table |
//! | [`ddi`] | study and variables as DDI-Codebook 2.5 |
//! | [`workbook`] | results, distribution, codebook and records as one workbook |
//! | [`Order`] | a round, and how it is written: each of these for the program and the page |
//! | [`publish`], [`recompute`] | the published numbers with all that is needed to work them out again |
//!
//! **Promises**: a missing reason is never a value: it has a column or a range of codes of its own. Rows are in the order of
//! what they say, so no order tells when or where a record came in ([`Keep`] says what else stays inside). A text is never a
//! formula. **Refuses** to write what does not come back: a workbook with too many rows, a number that is a code.

mod codebook;
mod csv;
mod dataset;
mod ddi;
mod grades;
mod order;
#[cfg(feature = "cli")]
mod parquet;
mod published;
mod recompute;
mod records;
mod sav;
mod value;
mod variable;
mod workbook;

#[cfg(test)]
mod tests;

pub use codebook::codebook;
pub use csv::write_csv;
pub use dataset::{DataSet, Keep, Row, Rows};
pub use ddi::{Study, ddi};
pub use order::{NotMade, Order, Which};
#[cfg(feature = "cli")]
pub use parquet::{Place, write_parquet};
pub use published::{Published, PublishedError, RoundTold, publish};
pub use recompute::{Finding, Verdict, Why, recompute};
pub use sav::{SavError, SavNotes, write_sav};
pub use value::{Reason, Value};
pub use variable::{Category, Kind, Variable};
pub use workbook::{Book, WorkbookError, workbook};
