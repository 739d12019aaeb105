//! What this device keeps, in a browser: local storage as a cache that is instant and promises nothing, and two
//! journals that must both hold a revision before it is called saved.

mod health;

use std::rc::Rc;

pub use crate::store::{Copies, Note, SaveError};
use crate::store::{Entry, rescue::RescueError};
pub use health::{Health, Standing};

/// The entries of one space of this device, shared by everything in this tab. Cloning is cheap.
#[derive(Clone)]
pub struct Keeper(Rc<()>);

/// Why nothing can be kept here. Shown as an explanation in place of a questionnaire that would lose answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum KeeperError {
    /// Not https and not localhost: the browser offers neither storage that lasts nor cryptography.
    Insecure,
    /// Cookies or site data are blocked for this site.
    Blocked,
    /// Storage is allowed, but neither journal could be opened: what each said.
    Unavailable { indexed: String, log: String },
}

/// How far the newest revision of a key has come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Saved {
    Saving,
    /// In every journal that can be trusted: one or two.
    Saved(Copies),
    Failed(SaveError),
}

/// What taking in a rescue file did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Taken {
    /// Entries that were new here.
    pub entries: usize,
    /// Entries of the same key and revision with another body: kept aside, this device's own stay.
    pub conflicts: usize,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TakeError {
    File(RescueError),
    Save(SaveError),
}

/// The right to write one draft. Dropping it lets another tab have it.
pub struct DraftLock(());

impl DraftLock {
    /// False once another tab has taken over: show the draft read-only.
    pub fn held(&self) -> bool {
        todo!()
    }
}

impl Keeper {
    /// Opens and repairs a space: "field" (answering) or "office". Each has its own database, log folder and cache.
    pub async fn open(space: &'static str) -> Result<Keeper, KeeperError> {
        let _ = space;
        todo!()
    }

    /// The body of a live entry, the last keystroke included.
    pub fn get(&self, key: &str) -> Option<String> {
        let _ = key;
        todo!()
    }

    /// Live entries whose key begins so: key and body, in the order of keys.
    pub fn list(&self, prefix: &str) -> Vec<(String, String)> {
        let _ = prefix;
        todo!()
    }

    /// After a choice: into local storage at once, into the journals right behind it. Returns the revision. A removed
    /// draft is not brought back: the call then changes nothing.
    pub fn put_draft(&self, key: &str, body: String) -> u64 {
        let _ = (key, body);
        todo!()
    }

    /// After a keystroke: as [`Keeper::put_draft`], but the journals follow within 300 ms.
    pub fn put_draft_soon(&self, key: &str, body: String) -> u64 {
        let _ = (key, body);
        todo!()
    }

    /// Of the newest revision.
    pub fn saved(&self, key: &str) -> Saved {
        let _ = key;
        todo!()
    }

    /// `f` is called with a key when its [`Saved`] state, its lock or (from another tab) its body changed, with "" when
    /// [`Health`] did.
    pub fn on_change(&self, f: Rc<dyn Fn(&str)>) {
        let _ = f;
        todo!()
    }

    /// Waits until every draft is in the journals.
    pub async fn flush(&self) -> Result<(), SaveError> {
        todo!()
    }

    /// One step, whole or not at all, in each journal. `None` removes. After [`SaveError::Conflict`] the newer entry of
    /// the other tab is here: read it again and make the step anew.
    pub async fn commit(&self, changes: Vec<(String, Option<String>)>) -> Result<Copies, SaveError> {
        let _ = changes;
        todo!()
    }

    pub fn health(&self) -> Health {
        todo!()
    }

    /// Asks the browser not to evict this site: at enrolment and at the first draft. Firefox asks the user.
    pub async fn persist(&self) -> bool {
        todo!()
    }

    /// The right to write a draft; `None` while another tab has it.
    pub async fn lock(&self, key: &str) -> Option<DraftLock> {
        let _ = key;
        todo!()
    }

    /// As [`Keeper::lock`], but asks the other tab to save and let go, and takes the draft if it does not answer. Read the
    /// draft again afterwards.
    pub async fn take_over(&self, key: &str) -> DraftLock {
        let _ = key;
        todo!()
    }

    /// The rescue file. `choose` leaves an entry out with `None`, or gives what stands in its place (a sealed draft).
    pub fn rescue(&self, choose: impl FnMut(&Entry) -> Option<Entry>) -> String {
        let _ = choose;
        todo!()
    }

    /// Takes a rescue file in. Twice is as once.
    pub async fn take_rescue(&self, text: &str) -> Result<Taken, TakeError> {
        let _ = text;
        todo!()
    }
}
