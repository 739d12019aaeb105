//! A ballot in a hall 现场测评: opened by a host, counted in, closed once, and written down in a protocol.
//!
//! **Owns** which batches belong to a ballot, paper ballots entered twice, the balance of ballots issued against what
//! came back, and the protocol. **Promises**: before a ballot is closed, [`received`] tells how many came and nothing of
//! what they say; the numbers of a protocol are the ledger's and the tally's own, as they may be published; a paper
//! ballot becomes a record by the engine that every interview goes through, and only once two people entered the same or
//! a third decided; what came after closing is named ([`Protocol::recount`]) and in no number. **Refuses** a clock, a
//! store and keys: they are arguments, or the batch room's.
//!
//! | | |
//! |---|---|
//! | [`Ballot`], [`Way`] | what is open, and how a batch came to it |
//! | [`Sheet`], [`Slip`], [`Papers`], [`Outcome`] | the paper ballot, one reading of it, all readings of all, what it became |
//! | [`paper_record`] | a settled paper ballot as a record |
//! | [`Protocol`] | what is signed at the end: FORMAT.md, "Protocol of a hall ballot" |

mod ballot;
mod count;
mod paper;
mod papers;
mod protocol;
mod sheet;

#[cfg(all(test, feature = "cli"))]
mod tests;

pub use ballot::{Ballot, BallotFault, Entrance, Issued, Way, mark_of};
pub use count::{Line, NotCounted, Received, received, ways};
pub use paper::{From, PaperError, SPOILED, paper_record};
pub use papers::{Outcome, Papers, Place, Refused, Slip, Standing, differences};
pub use protocol::{Closing, GradeLine, NotYet, Protocol, ProtocolFault, Recount, UnitLine};
pub use sheet::{BLANK, Choice, Field, INVALID, NONE, NoSheet, Sheet};
