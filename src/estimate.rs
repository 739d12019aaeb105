//! Survey estimates from any table: paper rounds, older rounds, other people's data.
//!
//! A [`Question`] says how the sample was drawn and what is wanted; [`Sample::read`] reads a CSV table into counted
//! cells; [`estimate`] makes the estimates. **Promises**: equal multisets of rows give the same answer to the bit, whatever
//! their order or how they were split into files. Point estimates from decimal weights are exact fractions, divided once.
//! Undefined is a [`Reason`], never 0. Means, shares, totals, ratios, indices and their differences, with standard errors
//! by Taylor linearisation, agree with R's `survey` (tests/vectors/stats).
//! **Refuses** to guess: a blank weight, a cluster in two strata, a population smaller than its sample, known totals that
//! disagree are errors with a place.
//!
//! Sources: T. Lumley, "Complex Surveys" (2010) and the package `survey` (`svymean`, `svyratio`, `svyrecvar`,
//! `postStratify`, `calibrate`, `svyquantile`); K. Wolter, "Introduction to Variance Estimation" (2007); E. B. Wilson,
//! JASA 22 (1927) with the effective sample size of Korn & Graubard, "Analysis of Health Surveys" (1999); J.-C. Deville &
//! C.-E. Särndal, JASA 87 (1992); S. Holm, Scand. J. Statist. 6 (1979); R. Woodruff, JASA 47 (1952); AAPOR, "Standard
//! Definitions". docs/estimate.md gives each formula.

mod adjust;
mod drawn;
mod error;
mod layer;
mod make;
mod number;
mod outcome;
mod part;
mod planning;
mod quantile;
mod question;
mod result;
mod sample;
mod variance;

#[cfg(test)]
mod tests;

pub use error::{EstimateError, Role};
pub use layer::{Layer, Members, stage};
pub use make::{estimate, share_basis};
pub use number::{Figure, Number};
pub use outcome::{Outcome, OutcomeRates, Outcomes, read_outcomes};
pub use planning::{Allocation, Planned, allocate, detectable_change, sample_size};
pub use quantile::{beta_quantile, normal_quantile, t_tail, t_two_sided};
pub use question::{
    Adjustment, Asked, Design, Groups, Lonely, Margin, Question, Reference, Rounds, Score, ShareInterval,
};
pub use result::{Compared, Estimated, Estimates, Factor, Kind, Reason, Spread, Test, holm};
pub use sample::Sample;
