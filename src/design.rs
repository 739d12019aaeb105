//! Designing an evaluation: a plan's text changed step by step, what differs between two plans in words, tables out of
//! spreadsheets, and the drawing of a sample.
//!
//! **Owns** the [`Value`] of a text with its order and its digits, the [`Edit`]s of it, the [`Draft`] with what can be undone,
//! the [`Change`]s between two texts, [`Pasted`] tables, and the [`draw`] from a frame. **Promises**: an edit changes the bytes
//! of what it is about and no others, so that what the editor does not know survives; undoing everything gives the first text
//! byte for byte; a draw follows from its seed, and the probability that it writes is exactly that of its method. **Refuses** to
//! judge a plan (the room `plan` does), to keep anything, and to know a screen.

mod apply;
mod copy;
mod difference;
mod draft;
pub mod draw;
mod edit;
pub mod names;
mod paste;
mod skeleton;
mod value;
mod weights;

pub use apply::{Taken, take_strata, take_units};
pub use copy::{copied, ids_around};
pub use difference::{Change, Kind, differences};
pub use draft::Draft;
pub use edit::{Edit, EditError, Named, forget, fresh, rename};
pub use paste::{Column, Pasted, whole};
pub use skeleton::{Skeleton, five_grades};
pub use value::{Value, object, token};
pub use weights::{share_evenly, sum};

#[cfg(all(test, feature = "cli"))]
mod tests;
