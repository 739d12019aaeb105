//! The screens of answering: the interview, shared by residents and canvassers, and the resident's way from the link to
//! the receipt. They ask the session and tell it, and never decide.

mod interview;
mod live;
mod review;
mod saved;
mod section;

pub use interview::Interview;
pub use live::{Live, Pace, say};
pub use saved::SavedLine;
