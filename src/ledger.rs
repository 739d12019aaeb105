//! What an office accepted: a set of batches and of records, never a sum. Merging is union: order and repetition change
//! nothing. Nothing is dropped silently: quarantine, duplicates, conflicts, gaps, forks and what could not be opened are
//! all listed, and [`Balance`] shows that every record went somewhere.
//!
//! | what | goes where |
//! |---|---|
//! | a file that is no batch | [`Ledger::refused`] |
//! | a genuine batch that this plan, roster or round does not admit | [`Account::quarantined`]; its records do not count |
//! | a genuine batch, or a record, about which the office decided | as decided: [`Ledger::decide`] |
//! | a record in an admitted batch | exactly one of counted, duplicate, conflicting, unopened, unfit, left out, waiting |
//!
//! **Promises**: [`Ledger::merge`] is commutative, associative and idempotent; equal ledgers give equal accounts.
//! **Refuses** to judge: a conflict counts for neither side, a fork or a gap is named and not mended. People judge: what
//! they decide is signed, has a name and a reason, and is shown with the result.

mod account;
mod attached;
mod attachment;
mod chain;
mod codebook;
mod compare;
mod decided;
mod ends;
mod explain;
mod fit;
mod part;
mod quota;
mod report;
mod row;
mod source;

#[cfg(test)]
pub(crate) mod tests;

pub use account::{Account, Balance, Conflict, Place};
pub use attached::{AttachedFile, AttachedItem};
pub use attachment::{Torn, TornFault, read_attachment};
pub use chain::{Chain, Fork};
pub use codebook::{
    BLANK, Codebook, CodebookError, DONT_KNOW, Domain, FIRST_GRADE, Instrument, NOT_ASKED, Question, REFUSED,
};
pub use compare::{Compared, Comparison, Extra, Found};
pub use explain::{Explain, Explanation, Gap};
pub use fit::Unfit;
pub use part::Seals;
pub use quota::Filled;
pub use report::{BatchEntry, DeviceEntry, DuplicateEntry, Finding, PlaceEntry, Report, VoidedEntry, findings};
pub use row::Row;

use crate::batch::{
    Admission, Batch, BatchError, Crypto, Decision, OfficeSecrets, OpenError, Quarantine, Slip, open_record,
};
use crate::carry::carry;
use crate::expression::Host;
use crate::plan::{Digest, Plan};
use crate::session::{PlanRef, Record};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// All that an office took in for one plan.
#[derive(Clone, Debug, PartialEq)]
pub struct Ledger {
    codebook: Arc<Codebook>,
    batches: BTreeMap<Digest, Kept>,
    /// Admitted batches with records that wait to be opened.
    waiting: BTreeSet<Digest>,
    /// Files that are no batch: origin to the reasons that were found.
    refused: BTreeMap<String, Vec<BatchError>>,
    decisions: BTreeSet<Decision>,
}

/// A genuine batch, and what became of its records.
#[derive(Clone, Debug, PartialEq)]
pub struct Kept {
    /// Head of the batch; its records have moved to `slots`.
    batch: Batch,
    standing: Standing,
    origins: BTreeSet<String>,
    slots: Vec<Slot>,
}

/// Whether a batch's records count.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Standing {
    Admitted,
    Quarantined(Quarantine),
}

carry!(enum Standing { 0 Admitted, 1 Quarantined(reason) });

#[derive(Clone, Debug, PartialEq)]
enum Slot {
    /// Not tried yet.
    Sealed(String),
    /// Kept sealed, for another key.
    Unopened(String, OpenError),
    Opened {
        id: String,
        content: Content,
        misfit: Option<Unfit>,
        torn: Vec<Torn>,
    },
}

/// What a record says: packed, or word for word.
#[derive(Clone, Debug, PartialEq)]
enum Content {
    Fit(Row),
    Unfit(String, Unfit),
}

carry!(enum Content { 0 Fit(row), 1 Unfit(record, reason) });

/// What taking in a batch changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Taken {
    /// First seen.
    New,
    /// The same batch again: nothing changed but the list of its origins.
    Known,
    /// Known, and its standing is now another.
    Moved,
}

/// Two ledgers of different plans.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OtherPlan {
    pub ours: Box<PlanRef>,
    pub theirs: Box<PlanRef>,
}

impl OtherPlan {
    pub(crate) fn of(ours: &Codebook, theirs: &Codebook) -> OtherPlan {
        OtherPlan { ours: Box::new(ours.reference().clone()), theirs: Box::new(theirs.reference().clone()) }
    }
}

impl std::fmt::Display for OtherPlan {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (ours, theirs) = (&self.ours, &self.theirs);
        write!(
            f,
            "this is of plan `{}` version {} ({}), not of `{}` version {} ({}); merge each plan apart",
            theirs.id,
            theirs.version,
            theirs.digest.short(),
            ours.id,
            ours.version,
            ours.digest.short()
        )
    }
}

impl std::error::Error for OtherPlan {}

/// Sealed text that is opened at once: records with attachments are large.
const SEALED_BYTES: usize = 32 << 20;

impl Ledger {
    /// An empty ledger. `reference` carries the digest of the plan's file; `host` is what the edge lends to
    /// expressions.
    pub fn new(plan: &Plan, reference: &PlanRef, host: &'static dyn Host) -> Result<Ledger, CodebookError> {
        Ok(Ledger::with_codebook(Arc::new(Codebook::new(plan, reference, host)?)))
    }
    pub fn with_codebook(codebook: Arc<Codebook>) -> Ledger {
        Ledger {
            codebook,
            batches: BTreeMap::new(),
            waiting: BTreeSet::new(),
            refused: BTreeMap::new(),
            decisions: BTreeSet::new(),
        }
    }
    pub fn codebook(&self) -> &Arc<Codebook> {
        &self.codebook
    }

    /// Takes in what [`crate::batch::verify_batch`] found. `origin`: file name or receiver, for people.
    pub fn take(&mut self, admission: Admission, origin: &str) -> Taken {
        match admission {
            Admission::Admitted(verified) => self.keep(verified.into_inner(), Standing::Admitted, origin),
            Admission::Quarantined(batch, reason) => self.keep(*batch, Standing::Quarantined(reason), origin),
        }
    }

    /// Notes a file that is no batch.
    pub fn refuse(&mut self, origin: &str, error: BatchError) {
        let reasons = self.refused.entry(origin.to_owned()).or_default();
        if !reasons.contains(&error) {
            reasons.push(error);
            reasons.sort_by_key(|reason| format!("{reason:?}"));
        }
    }

    fn keep(&mut self, mut batch: Batch, standing: Standing, origin: &str) -> Taken {
        if let Some(known) = self.batches.get_mut(&batch.digest) {
            known.origins.insert(origin.to_owned());
            let moved = known.raise(standing);
            self.note(&batch.digest);
            return if moved { Taken::Moved } else { Taken::Known };
        }
        let slips = std::mem::take(&mut batch.records);
        let single = slips.len() == 1;
        let slots = slips.into_iter().map(|slip| match slip {
            Slip::Sealed(sealed) => Slot::Sealed(sealed),
            Slip::Plain(record) => self.codebook.slot(&batch, single, record),
        });
        let slots = slots.collect();
        let digest = batch.digest.clone();
        let origins = BTreeSet::from([origin.to_owned()]);
        self.batches.insert(digest.clone(), Kept { batch, standing, origins, slots });
        self.note(&digest);
        Taken::New
    }

    /// The next records that wait to be opened, at most `count` and at most 32 MiB of them, but one at least: for a caller that opens them on several threads and
    /// hands the results to [`Ledger::put`]. Records in quarantine are not opened.
    pub fn sealed(&self, count: usize) -> Vec<(Place, String)> {
        let waiting = self.waiting.iter().flat_map(|digest| {
            self.batches[digest].slots.iter().enumerate().filter_map(|(index, slot)| match slot {
                Slot::Sealed(text) => Some((Place { batch: digest.clone(), index }, text.clone())),
                _ => None,
            })
        });
        let mut bytes = 0;
        let fits = |(_, text): &(Place, String)| {
            let first = bytes == 0;
            bytes += text.len();
            first || bytes <= SEALED_BYTES
        };
        waiting.take(count).take_while(fits).collect()
    }

    /// Puts the result of opening in its place. A place that is not waiting stays as it is.
    pub fn put(&mut self, place: &Place, opened: Result<Record, OpenError>) {
        let codebook = self.codebook.clone();
        let Some(kept) = self.batches.get_mut(&place.batch) else { return };
        let single = kept.slots.len() == 1;
        let Some(slot) = kept.slots.get_mut(place.index) else { return };
        let (Slot::Sealed(text) | Slot::Unopened(text, _)) = slot else { return };
        *slot = match opened {
            Ok(record) => codebook.slot(&kept.batch, single, record),
            Err(error) => Slot::Unopened(std::mem::take(text), error),
        };
        self.note(&place.batch);
    }

    /// Opens at most `count` records and says how many still wait; call again until it says 0.
    pub async fn open<C: Crypto>(&mut self, crypto: &C, keys: &OfficeSecrets<C>, count: usize) -> usize {
        for (place, text) in self.sealed(count) {
            let opened = open_record(crypto, keys, &text).await;
            self.put(&place, opened);
        }
        self.waiting()
    }

    /// How many records wait to be opened.
    pub fn waiting(&self) -> usize {
        self.waiting.iter().map(|digest| self.batches[digest].waiting()).sum()
    }

    /// Whether the batch has records that wait, after something about it changed.
    fn note(&mut self, digest: &Digest) {
        match self.batches.get(digest) {
            Some(kept) if self.admits(digest, kept) && kept.waiting() > 0 => {
                if !self.waiting.contains(digest) {
                    self.waiting.insert(digest.clone());
                }
            }
            _ => drop(self.waiting.remove(digest)),
        }
    }

    /// Makes records that could not be opened wait again: for another key.
    pub fn retry(&mut self) {
        for slot in self.batches.values_mut().flat_map(|kept| &mut kept.slots) {
            if let Slot::Unopened(text, _) = slot {
                *slot = Slot::Sealed(std::mem::take(text));
            }
        }
        self.note_all();
    }

    /// Union with another ledger of the same plan.
    pub fn merge(&mut self, other: Ledger) -> Result<(), OtherPlan> {
        if !Arc::ptr_eq(&self.codebook, &other.codebook) && self.codebook != other.codebook {
            return Err(OtherPlan::of(&self.codebook, &other.codebook));
        }
        self.decisions.extend(other.decisions);
        for (origin, reasons) in other.refused {
            reasons.into_iter().for_each(|reason| self.refuse(&origin, reason));
        }
        for (digest, theirs) in other.batches {
            match self.batches.entry(digest) {
                std::collections::btree_map::Entry::Vacant(free) => drop(free.insert(theirs)),
                std::collections::btree_map::Entry::Occupied(mut taken) => taken.get_mut().join(theirs),
            }
        }
        self.note_all();
        Ok(())
    }

    /// The batches that are wanted, with all decisions: what a ballot in a hall is counted from.
    pub fn only(&self, wanted: impl Fn(&Digest) -> bool) -> Ledger {
        let batches = self.batches.iter().filter(|(digest, _)| wanted(digest));
        let mut part = Ledger {
            codebook: self.codebook.clone(),
            batches: batches.map(|(digest, kept)| (digest.clone(), kept.clone())).collect(),
            waiting: BTreeSet::new(),
            refused: BTreeMap::new(),
            decisions: self.decisions.clone(),
        };
        part.note_all();
        part
    }

    fn note_all(&mut self) {
        let waits = self.batches.iter().filter(|(digest, kept)| self.admits(digest, kept) && kept.waiting() > 0);
        self.waiting = waits.map(|(digest, _)| digest.clone()).collect();
    }

    /// Genuine batches by digest.
    pub fn batches(&self) -> &BTreeMap<Digest, Kept> {
        &self.batches
    }
    /// Files that are no batch: origin to reasons.
    pub fn refused(&self) -> &BTreeMap<String, Vec<BatchError>> {
        &self.refused
    }
}

impl Kept {
    /// Head of the batch; its list of records is empty here.
    pub fn head(&self) -> &Batch {
        &self.batch
    }
    pub fn standing(&self) -> &Standing {
        &self.standing
    }
    /// Files and receivers it came from; several mean that it was handed over again.
    pub fn origins(&self) -> &BTreeSet<String> {
        &self.origins
    }
    /// Number of records in it.
    pub fn len(&self) -> usize {
        self.slots.len()
    }
    pub fn is_empty(&self) -> bool {
        self.slots.is_empty()
    }

    fn waiting(&self) -> usize {
        self.slots.iter().filter(|slot| matches!(slot, Slot::Sealed(_))).count()
    }

    fn raise(&mut self, standing: Standing) -> bool {
        let higher = standing.rank() > self.standing.rank();
        if higher {
            self.standing = standing;
        }
        higher
    }

    fn join(&mut self, other: Kept) {
        self.raise(other.standing);
        self.origins.extend(other.origins);
        for (ours, theirs) in self.slots.iter_mut().zip(other.slots) {
            if theirs.rank() > ours.rank() {
                *ours = theirs;
            }
        }
    }
}

impl Standing {
    /// Which of two standings of one batch holds, whatever came first: what a roster admits is no longer unknown, and
    /// what was once revoked stays out.
    fn rank(&self) -> u8 {
        match self {
            Standing::Quarantined(Quarantine::UnknownDevice) => 0,
            Standing::Quarantined(Quarantine::BadLink) => 1,
            Standing::Quarantined(Quarantine::UnknownRound(_)) => 2,
            Standing::Quarantined(Quarantine::OtherPlanVersion { .. }) => 3,
            Standing::Quarantined(Quarantine::OtherPlan { .. }) => 4,
            Standing::Admitted => 5,
            Standing::Quarantined(Quarantine::Revoked) => 6,
        }
    }
}

impl Slot {
    /// An opened record over a failure, a failure over not tried. Two failures are ordered, so that any order of
    /// merging gives the same.
    fn rank(&self) -> u8 {
        match self {
            Slot::Sealed(_) => 0,
            Slot::Unopened(_, OpenError::Crypto(_)) => 1,
            Slot::Unopened(_, OpenError::WrongKey) => 2,
            Slot::Unopened(_, OpenError::Malformed) => 3,
            Slot::Unopened(_, OpenError::Changed) => 4,
            Slot::Unopened(_, OpenError::UnknownRecord) => 5,
            Slot::Opened { .. } => 6,
        }
    }
}

impl Codebook {
    fn slot(&self, batch: &Batch, single: bool, record: Record) -> Slot {
        let misfit = fit::misfit(batch, single, &record);
        let (content, torn) = match self.pack(&record) {
            Ok(row) => {
                let torn = self.torn(&row, &record);
                (Content::Fit(row), torn)
            }
            Err(reason) => (Content::Unfit(record.encode(), reason), Vec::new()),
        };
        Slot::Opened { id: record.id, content, misfit, torn }
    }
}
