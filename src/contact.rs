//! Contacts: the cases that an office hands to a device, what became of every attempt at one, and the rates that follow.
//!
//! **Owns** the outcomes by the codes of AAPOR (*Standard Definitions*, 10th edition, 2023), the rates made of them, the
//! rules of a list (substitutes, most attempts, who is asked in a household, who is called next), the entries `contact/…` of a device, and what
//! an office makes of the logs of many devices. **Promises**: an attempt that was written stays, and is only withdrawn by
//! a later one; a rate without cases is none, not 0; what is handed over joins no case with a day. **Refuses** to know a
//! record: no record names a case, and what joins a draft with its case is gone in the step that seals it.

mod calls;
mod case;
mod household;
mod log;
mod number;
mod office;
mod outcome;
mod rates;
mod shelf;
mod table;

#[cfg(test)]
mod tests;

pub use calls::{CALL_KEYS, Queue, Turn, queue};
pub use case::{Attempt, Pick, State, final_outcome};
pub use household::{KishTable, kish_table};
pub use log::{HandOver, LogState, hand_over, keep_log, log_state, logs, may_remove, settle_log};
pub use number::{Number, numbers};
pub use office::{Dispositions, Doubtful, Logs, Missing, Split};
pub use outcome::{Class, OUTCOMES, Outcome, by_hand, interview_code, outcome};
pub use rates::{Counts, E, Rate, rates};
pub use shelf::{
    CONTACT, LIST, LOG, List, OPEN, OnList, begin, case_of, choose, end, goes_along, is_list, is_try, keep_list, list,
    lists, log_of, open_of, record, remove, unreadable,
};
pub use table::{Common, TableError, Wanted, list_file, read_cases};
