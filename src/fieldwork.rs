//! How far a round is: who has handed over what, and what is still missing, against what the plan wants.
//!
//! | file | owns |
//! |---|---|
//! | `count` | records by stratum, rater group, cell of a quota, mode, day and device |
//! | `days` | on which day a record counts, and the days of the round |
//! | `device` | what each device handed over, its gaps, and who handed over nothing |
//!
//! **Promises**: only records that count are counted, each once, under exactly one line of each table (of quotas: under every
//! cell that it is in). Where the plan gives no target or population there is none, never 0; who has nothing yet stands there
//! with 0, so that what is missing is seen. **Refuses** to guess a day: a record holds no time unless the plan asks for one, so
//! that it counts by the day on which its batch arrived, or under no day. These numbers are of participation, and for the
//! office: small ones are in them.

mod count;
mod days;
mod device;
#[cfg(test)]
mod tests;

pub use count::{Count, Fieldwork, Line, Pace};
pub use days::{Arrivals, DayLine, Days, day_items};
pub use device::{DeviceLine, Place, Residents};

/// By what records are told apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Split {
    /// Not at all: the round.
    Round,
    Stratum,
    Group,
    Quota,
    Mode,
    Day,
    Device,
}

impl Split {
    pub const ALL: [Split; 7] =
        [Split::Round, Split::Stratum, Split::Group, Split::Quota, Split::Mode, Split::Day, Split::Device];
}
