//! What a device keeps: entries with revisions, the two journals' formats, and how they are brought to agree.
//!
//! **Owns** the shape of an [`Entry`], the bytes of the append log ([`frame`]), the text of one record in IndexedDB
//! and in local storage ([`record`]), the start-up agreement of all stores ([`reconcile`]) and the rescue file
//! ([`rescue`]). **Promises**: the highest revision wins whatever the order of reading; a [`Step`] is in a journal whole or not at
//! all; what cannot be read is handed back with its raw text, never dropped and never overwritten unseen.
//! **Refuses** to know what a body means (it is text made by other rooms), to read a clock, and to touch a browser.
//! What a body wears while it is kept ([`Coat`]) is given to the store, which keeps it as it keeps any text.
//!
//! Keys: `draft/<id>`, `sealed/<id>`, `batch/<digest>`, `receipt/<digest>`, `sent/<digest>`, `plan/<digest>`,
//! `setting/<name>`, `edition/<id of an office's draft>/<moment>`, `attachment/<id of the draft>/<name>`. A session keeps its id when it is sealed, so that one session cannot become two records.

pub mod checksum;
pub mod frame;
pub mod memory;
pub mod reconcile;
pub mod record;
pub mod rescue;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;

pub use frame::{Damage, Decoded, decode_log, encode_frame};
pub use memory::MemoryStore;
pub use reconcile::{Note, Reconciled, reconcile};

/// One thing that is kept. A removed entry stays as a tombstone, so that an older copy cannot bring it back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// `kind/name`.
    pub key: String,
    /// Counts up by at least one with every change of this key, the removal included.
    pub revision: u64,
    /// `None`: removed.
    pub body: Option<String>,
}

impl Entry {
    pub fn new(key: impl Into<String>, revision: u64, body: impl Into<String>) -> Entry {
        Entry { key: key.into(), revision, body: Some(body.into()) }
    }

    /// The tombstone. Its revision must be higher than that of what it removes.
    pub fn removed(key: impl Into<String>, revision: u64) -> Entry {
        Entry { key: key.into(), revision, body: None }
    }

    /// Only drafts are typed into: they alone are cached in local storage and coalesced while being written.
    pub fn is_draft(&self) -> bool {
        self.key.starts_with(DRAFT)
    }
}

/// What every key of a draft begins with.
pub const DRAFT: &str = "draft/";

/// What every key of an attachment begins with: the id of its draft and its name come after it, the body is base64. It is
/// kept before a draft names it, and goes with the draft.
pub const ATTACHMENT: &str = "attachment/";

/// Entries written all together or not at all, in each journal.
pub type Step = Vec<Entry>;

/// Entries by key, tombstones included.
pub type Entries = BTreeMap<String, Entry>;

/// The store that something was read from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Source {
    Indexed,
    Log,
    Cache,
}

/// Something that could not be used as it stood, kept with its raw text for the rescue file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Unreadable {
    pub source: Source,
    /// The key, where the store still knows it.
    pub key: Option<String>,
    /// As stored. Bytes that are not UTF-8 are replaced.
    pub raw: String,
}

/// All that one journal holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Contents {
    pub entries: Entries,
    pub unreadable: Vec<Unreadable>,
}

impl Contents {
    /// Takes an entry in if it is newer than what is there. On a tie with another body the greater body stays, so that
    /// the order of reading does not matter, and the other is set aside.
    pub fn take(&mut self, source: Source, entry: Entry) {
        match self.entries.get_mut(&entry.key) {
            None => {
                self.entries.insert(entry.key.clone(), entry);
            }
            Some(held) if held.revision > entry.revision || *held == entry => {}
            Some(held) => {
                let tie = held.revision == entry.revision;
                let loser = if tie && held.body > entry.body { entry } else { std::mem::replace(held, entry) };
                if tie {
                    let raw = record::encode_record(&loser);
                    self.unreadable.push(Unreadable { source, key: Some(loser.key), raw });
                }
            }
        }
    }
}

/// How many journals hold a saved step.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Copies {
    One,
    Two,
}

/// Why a step is not saved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SaveError {
    /// Another tab or an earlier step holds this revision or a higher one. Nothing of the step was written.
    Conflict { key: String, stored: u64 },
    /// The device is full.
    Full,
    /// No journal is left that can be trusted.
    Unavailable,
    /// Another canvasser's PIN is needed for it. Nothing of the step was written.
    Locked,
    /// The journal did not answer in time, or failed in a way that has no name here.
    Failed(String),
}

impl fmt::Display for SaveError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            SaveError::Conflict { key, stored } => {
                write!(out, "`{key}`: revision {stored} is already stored; load it again before changing it")
            }
            SaveError::Full => out.write_str("the device is full; free some space or save a rescue file"),
            SaveError::Unavailable => out.write_str("no storage can be trusted; save a rescue file, then reload"),
            SaveError::Locked => out.write_str("it is locked; enter the PIN of the canvasser whose it is"),
            SaveError::Failed(what) => write!(out, "storage failed: {what}; save a rescue file, then reload"),
        }
    }
}

impl std::error::Error for SaveError {}

impl From<Locked> for SaveError {
    fn from(_: Locked) -> SaveError {
        SaveError::Locked
    }
}

/// What bodies wear while they lie in the stores, which never look inside: revisions, checksums and repairs are those of what is kept.
pub trait Coat {
    /// The body as it is to be kept under `key`, where `held` is kept now.
    fn put_on(&self, key: &str, body: String, held: Option<&str>) -> Result<String, Locked>;
    /// The body as the rooms read it: whole, or what of it may be read.
    fn take_off<'a>(&self, key: &str, body: &'a str) -> Cow<'a, str>;
}

/// A body may not be kept: it would lie bare, or stand in the place of one that cannot be read here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Locked;

/// A place that keeps entries: what the pure rooms and their tests write to.
pub trait Store {
    fn load(&self) -> Contents;
    /// Writes all of the step or nothing of it. Writing the same step again changes nothing and succeeds.
    fn write(&mut self, step: &[Entry]) -> Result<Copies, SaveError>;
}

/// The rule inside every journal: a lower revision never overwrites a higher one, and one revision has one body.
pub fn check_revision(stored: &Entry, new: &Entry) -> Result<(), SaveError> {
    if new.revision > stored.revision || new == stored {
        return Ok(());
    }
    Err(SaveError::Conflict { key: new.key.clone(), stored: stored.revision })
}
