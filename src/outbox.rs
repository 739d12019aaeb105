//! What happens on the device to a closed session: sealed, batched, sent, receipted, and deleted when it may be.
//!
//! **Owns** the bodies of `sealed/<id>`, `batch/<digest>`, `receipt/<digest>`, `sent/<digest>`, `setting/chain/…`,
//! `setting/quota…`, `setting/handed`, `setting/pin`, `setting/carried/<digest>`, `setting/before/<id>` and `setting/refused/<digest>`, and the steps that lead from one to the next. **Promises**: a step given to the store whole or not at
//! all never loses or doubles a record; only a stored batch is ever sent, so a crash before it is stored cannot fork
//! the chain, and a second tab that hands over from an older view conflicts on the chain's entry and writes nothing; nothing is
//! deleted without a verified receipt or a confirmed export; what cannot be read is reported and stays where it is.
//! **Refuses** to read a store, a clock, randomness or a network: they are arguments.
//!
//! The way of a record:
//!
//! | what happened | step |
//! |---|---|
//! | a photo is taken | [`attachment_key`]: `attachment/<id>/<name>` in, and only then its name into the draft |
//! | an open session goes to another version of its plan | [`take_over`], and [`take_back`] until it is closed |
//! | the session is closed | [`attach`], [`seal`]: `sealed/<id>` in, `draft/<id>` and its attachments out |
//! | likewise, in a plan with quotas | [`count`]: its cells are counted, in the same step; with [`store_batch`] [`pack`], and with the office's news [`keep_told`] |
//! | the session is discarded | [`void`]: likewise, with the reason instead of a record |
//! | the canvasser hands over, or the resident sends | [`hand_over`] or [`send_off`], sign, [`store_batch`] |
//! | the receiver answers | [`judge`], then [`keep_receipt`] or [`keep_refusal`], or try again at [`retry_at`] |
//! | the user confirms an exported file | [`keep_export`] |
//! | another device's batch is taken in | [`carry`]: from then on it goes the way of this device's own |
//! | a receipt comes back by the device that carried the batch | [`waits_for`], verified, [`keep_receipt`] |
//! | the retention is over | [`deletable`], [`delete`] |

mod attached;
mod body;
mod carry;
mod close;
mod handed;
mod parcel;
mod queue;
mod quota;
mod retry;
mod sent;
mod tries;
mod verdict;
mod version;

#[cfg(test)]
mod scenario;

pub use attached::{attach, attachment_key, superfluous};
pub use carry::{carry, receipt_lines, receipts, waits_for};
pub use close::{Closed, seal, void};
pub use handed::{HANDED, InHands, PIN, Pin, Stage, is_pin};
pub use parcel::{
    HandOverError, Parcel, Pending, Signer, hand_over, pending, send_off, store_batch, unsent_links, unsent_links_of,
};
pub use queue::{
    Handed, Refusal, State, Summary, deletable, delete, handed, keep_export, keep_receipt, keep_refusal, read_batch,
    summarize, try_again, uploads,
};
pub use quota::{CellStanding, OWN_NAME, QuotaStanding, count, keep_told, pack, quotas};
pub use retry::retry_at;
pub use sent::sent_list;
pub use tries::Tries;
pub use verdict::{Reply, Retry, Verdict, judge};
pub use version::{BEFORE, FALLEN, before, take_back, take_over};

/// What a step changes: key and new body; `None` removes. Whoever writes it gives the revisions, and writes all of it or nothing.
pub type Changes = Vec<(String, Option<String>)>;

/// The live entries of a store, for reading.
pub trait View {
    fn body(&self, key: &str) -> Option<String>;
    /// Calls `f` with key and body of every live entry whose key begins with `prefix`, in the order of the keys.
    fn each(&self, prefix: &str, f: &mut dyn FnMut(&str, &str));
}

impl View for crate::store::Entries {
    fn body(&self, key: &str) -> Option<String> {
        self.get(key)?.body.clone()
    }

    fn each(&self, prefix: &str, f: &mut dyn FnMut(&str, &str)) {
        for (key, entry) in self.range(prefix.to_owned()..).take_while(|(key, _)| key.starts_with(prefix)) {
            if let Some(body) = &entry.body {
                f(key, body);
            }
        }
    }
}

/// What the keys begin with.
pub const SEALED: &str = "sealed/";
pub const BATCH: &str = "batch/";
pub const RECEIPT: &str = "receipt/";
pub const SENT: &str = "sent/";
const REFUSED: &str = "setting/refused/";
/// Beside a batch of another device that this one carries.
const CARRIED: &str = "setting/carried/";
const CHAIN: &str = "setting/chain/";
/// The last batch signed by a fresh key. It links nothing; two tabs that send the same record conflict on it.
const LAST_FRESH: &str = "setting/chain/fresh";

fn join(prefix: &str, name: &str) -> String {
    let mut key = String::with_capacity(prefix.len() + name.len());
    key.push_str(prefix);
    key.push_str(name);
    key
}
