//! Exact counts over the ledger's records, and the estimates made from them.
//!
//! **Promises**: a [`Tally`] is integers only, so tallies of parts add up to the tally of the whole, to the bit, in any
//! order and grouping. Scores, rates and indices are exact fractions of those integers; they are rounded once, when
//! printed ([`round_half_up`]), and ranked before. Undefined is an [`Undefined`] that says why, never 0.
//! **Refuses** to mend: an indicator or rater group without an answer leaves no score; weights are never rescaled.
//!
//! Sources of the formulas: 满意率 and 满意度得分 as practised (see [`Measure`]); E. B. Wilson, "Probable inference, the
//! law of succession, and statistical inference", JASA 22 (1927) for intervals; competition ranking as in election and
//! contest rules (equal values share a rank, the next rank is skipped).

mod answered;
mod answers;
mod counts;
mod deduce;
mod estimate;
mod exact;
mod interval;
mod knowledge;
mod parts;
mod publish;
mod rank;

#[cfg(test)]
mod tests;

pub use answered::{Answered, Chosen, Ranked, Said, answered};
pub use answers::Answers;
pub use counts::{Cell, Counts, Tally};
pub use estimate::{
    Estimate, GradeCount, IndicatorResult, Measure, Results, Undefined, UnitResult, leaf_weights, results,
};
pub use exact::{Fraction, percent, round_half_up};
pub use interval::{Interval, wilson, wilson_bounds};
pub use knowledge::{Knowledge, KnowledgeQuestion, is_right, knowledge};
pub use parts::{Combined, PartScore, UnitCombined, combined};
pub use rank::competition_ranks;
