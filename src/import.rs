//! XLSForm workbooks in and out: the `.xlsx` files of ODK, Kobo and SurveyCTO become plans, and plans become such files.
//!
//! **Owns** what a cell of a workbook means and how a plan is laid out in one. **Promises**: everything in a workbook is in
//! the plan, or named in a [`Finding`] with its sheet, rows and column; a plan that is written and read again is the same
//! plan; a workbook of any content gives a plan or an [`ImportError`], within bounded time and memory. **Refuses** to invent
//! who asks, why, and what becomes of the answers: the plan has these empty and its check names them.
//!
//! Expressions are ODK's in both, and carried over as they stand but for quotes and spaces (see [`formula`]); the check of the
//! plan looks at them, and what it finds is told at the cell. `docs/xlsform.md` lists what is carried and how.

mod choices;
#[cfg(feature = "cli")]
mod export;
mod finding;
mod findings;
mod formula;
mod kind;
mod language;
#[cfg(feature = "cli")]
mod layout;
mod node;
mod options;
mod picture;
mod plan;
mod sheet;
mod survey;
mod table;
mod workbook;

#[cfg(feature = "cli")]
pub use export::{ExportError, write};
pub use finding::{Finding, Weight};
pub use options::Options;
pub use picture::MediaFile;
#[cfg(feature = "cli")]
pub use picture::media_files;
pub use plan::{Imported, read};
pub use workbook::{ImportError, LONGEST};
