//! One interview: a state machine over events. This room owns relevance, validity, navigation and the record that a
//! session closes into. It decides; the user interface asks and tells. It reads no clock and no randomness: the id is
//! given (what expressions call random follows from it), the clock is told by an event and kept in the draft only where an
//! expression asks it, and the same events give the same state.
//!
//! **Promises**: an event is taken whole or refused with nothing changed, and none panics; a change re-evaluates only
//! what depends on it and names what it changed; what is hidden keeps its value and comes back with it, but is never in
//! the record; a draft read back gives the same interview. Which cells of quotas are full
//! is told when it begins; which it is in is asked when it ends. Instances of a repeat are named by keys (`household[2]/age`); one
//! that is removed moves up those after it, and one that is not counted any more is kept unseen. **Refuses**: a plan whose conditions go in a circle, a value
//! that does not fit its item, a draft made on another plan, and to close as complete what is not.

mod attachment;
mod balance;
mod choices;
mod close;
mod draft;
pub(crate) mod ends;
mod event;
mod fit;
mod graph;
mod instrument;
pub(crate) mod key;
mod known;
mod layout;
mod machine;
mod mapping;
mod migrate;
pub(crate) mod order;
mod piping;
mod progress;
pub(crate) mod quota;
pub(crate) mod reading;
pub(crate) mod record;
mod repeats;
mod scene;
mod settle;
mod state;
mod validity;

pub use attachment::{Attachment, AttachmentType, MOST_ATTACHED};
pub use balance::Balance;
pub use draft::{Draft, DraftError, Opening};
pub use event::{Change, Event, Refusal};
pub use instrument::Part;
pub use layout::Section;
pub use machine::{LONGEST_NOTE, Session};
pub use mapping::{How, Mapped, map_items};
pub use migrate::{Fallen, Fell, Migrated, migrate};
pub use progress::Progress;
pub use record::{Answer, Disposition, MissingReason, PlanRef, Record};
pub use validity::{BeginError, Fault, FaultKind};
