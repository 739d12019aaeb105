//! One interview: a state machine over events. This room owns relevance, validity, navigation and the record that a
//! session closes into. It decides; the user interface asks and tells. It reads no clock and no randomness: the id is
//! given, and the same events give the same state.

mod draft;
mod event;
mod machine;
mod record;
mod validity;

pub use draft::{Draft, DraftError, Opening};
pub use event::{Change, Event, Refusal};
pub use machine::{BeginError, Progress, Section, Session};
pub use record::{Answer, Disposition, MissingReason, PlanRef, Record};
pub use validity::{Fault, FaultKind};
