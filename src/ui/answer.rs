//! The screens of answering: the interview, shared by residents and canvassers, and the resident's way from the link to
//! the receipt. They ask the session and tell it, and never decide.

mod answering;
mod attached;
mod crowded;
mod direct;
mod front;
mod full;
mod interview;
mod invitation;
mod live;
mod resident;
mod review;
mod saved;
mod section;
mod sent;
mod told;
mod trouble;
mod welcome;

pub use front::front;
pub use interview::interview;
pub use live::{Live, Pace, Wanted, plan_language, say};
pub use resident::resident;
pub use review::coordinates;
pub use saved::HowFar;
pub use told::{apart, told, told_apart};
