//! Rounds that never were. A population of people with known opinions is made from a seed; some of them are interviewed
//! through the real engine, well or badly; and the answer to "what would have come out if all had been asked" is known,
//! because all can be asked.
//!
//! | | |
//! |---|---|
//! | [`Population`] | people, each with a group, a stratum, a way to be reached and opinions |
//! | [`interview`] | one person answers one questionnaire, event by event, as on a device |
//! | [`Round`] | who was reached, by which device, and which of the interviews are not what they seem |
//! | [`census`] | everybody asked: what a sample is to find out |
//! | [`coverage`] | how often stated intervals hold the truth, over many samples |
//!
//! The model is plain on purpose: the opinion of person p of unit u on indicator i is
//! q(u) + r(i) + s(group) + l(p) + e(p, u, i), all normal, cut into grades at equal distances. The shares of the variance are
//! constants of `population.rs`. Nothing here says how people are; it says whether the rest of the program counts what it is
//! given.

mod attached;
mod chance;
mod coverage;
mod population;
mod respond;
mod round;

pub use coverage::{Coverage, CoverageError, Held, Stated, UnitCoverage, census, coverage};
pub use population::{NobodyToAsk, Person, Population};
pub use respond::{Conduct, Interviewed, interview};
pub use round::{Asked, Misconduct, Round};
