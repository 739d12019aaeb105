//! What this device keeps, in a browser: local storage as a cache that is instant and promises nothing, and two
//! journals that must both hold a revision before it is called saved.
//!
//! A journal that failed is distrusted: IndexedDB until a restart, because Chromium's goes on acknowledging what it loses;
//! the log until its file was opened anew and read back. Everything either journal ever held is in the other, so that one
//! is enough to start from.

mod aside;
mod cache;
mod dress;
mod health;
pub(crate) mod indexed;
mod log;
mod startup;
mod tabs;
mod writer;

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use wasm_bindgen_futures::spawn_local;
use web_sys::BroadcastChannel;

use super::clock::Timer;
use crate::named::Named;
use crate::store::rescue::{self, RescueError};
use crate::store::{Coat, Entries, Entry};
use aside::ASIDE;
use cache::{Cache, Mark};
use indexed::Indexed;
use log::Log;
use tabs::Holding;
use writer::Turns;

pub use crate::store::{Copies, Note, SaveError};
pub use dress::AtRest;
pub use health::{Health, Standing};
pub use tabs::DraftLock;

/// The entries of one space of this device, shared by everything in this tab. Cloning is cheap.
#[derive(Clone)]
pub struct Keeper(Rc<Inner>);

type Watcher = Rc<dyn Fn(&str)>;

struct Inner {
    space: &'static str,
    /// The newest of everything, tombstones included; drafts with what is not in the journals yet.
    entries: RefCell<Entries>,
    /// What bodies wear while they are kept.
    coat: RefCell<Option<Rc<dyn Coat>>>,
    /// Of keys that were changed in this tab; the others are as safe as the journals are.
    states: RefCell<Named<Saved>>,
    /// Drafts that are newer here than in the journals.
    dirty: RefCell<Named<()>>,
    /// The revision of a draft that is being typed here as this tab last saw it in the journals. A newer one there is another
    /// tab's, whatever number ours has come to.
    seen: RefCell<Named<u64>>,
    /// Drafts that a step in flight is about to change, with what was typed since: it counts only if the step fails.
    closing: RefCell<Named<Option<String>>>,
    cache: Cache,
    mark: Mark,
    indexed: Option<Indexed>,
    indexed_standing: RefCell<Standing>,
    log: Option<Log>,
    log_standing: RefCell<Standing>,
    /// What the log lacks since it failed.
    log_lacks: RefCell<Named<()>>,
    turns: Turns,
    pumping: Cell<bool>,
    /// Failures in a row, for the pause before the next try.
    failures: Cell<u32>,
    soon: RefCell<Option<Timer>>,
    retry: RefCell<Option<Timer>>,
    idle: RefCell<Option<Timer>>,
    compaction_due: Cell<bool>,
    channel: Option<BroadcastChannel>,
    /// Drafts that this tab may write.
    held: RefCell<Named<Holding>>,
    /// Drafts that another tab has taken over from this one.
    lost: RefCell<Named<()>>,
    watchers: RefCell<Vec<Watcher>>,
    notes: Vec<Note>,
    persisted: Cell<Option<bool>>,
    usage: Cell<Option<u64>>,
    quota: Cell<Option<u64>>,
}

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

impl Keeper {
    /// Opens and repairs a space: "field" (answering) or "office". Each has its own database, log folder and cache.
    pub async fn open(space: &'static str) -> Result<Keeper, KeeperError> {
        startup::open(space).await
    }

    /// The body of a live entry, the last keystroke included.
    pub fn get(&self, key: &str) -> Option<String> {
        Some(self.bare(key, self.0.entries.borrow().get(key)?.body.as_deref()?))
    }

    /// Live entries whose key begins so: key and body, in the order of keys.
    pub fn list(&self, prefix: &str) -> Vec<(String, String)> {
        self.0
            .entries
            .borrow()
            .range(prefix.to_owned()..)
            .take_while(|(key, _)| key.starts_with(prefix))
            .filter_map(|(key, entry)| Some((key.clone(), self.bare(key, entry.body.as_deref()?))))
            .collect()
    }

    /// Keys of live entries that begin so, in their order.
    pub fn names(&self, prefix: &str) -> Vec<String> {
        let entries = self.0.entries.borrow();
        let found = entries.range(prefix.to_owned()..).take_while(|(key, _)| key.starts_with(prefix));
        found.filter(|(_, entry)| entry.body.is_some()).map(|(key, _)| key.clone()).collect()
    }

    /// After a choice: into local storage at once, into the journals right behind it. Returns the revision. A removed
    /// draft is not brought back: the call then changes nothing.
    pub fn put_draft(&self, key: &str, body: String) -> u64 {
        let revision = self.cache_draft(key, body);
        self.pump();
        revision
    }

    /// After a keystroke: as [`Keeper::put_draft`], but the journals follow within 300 ms.
    pub fn put_draft_soon(&self, key: &str, body: String) -> u64 {
        let revision = self.cache_draft(key, body);
        self.pump_soon();
        revision
    }

    fn cache_draft(&self, key: &str, body: String) -> u64 {
        let inner = &self.0;
        if let Some(typed) = inner.closing.borrow_mut().get_mut(key) {
            *typed = Some(body);
            return inner.entries.borrow().get(key).map_or(0, |entry| entry.revision);
        }
        if inner.lost.borrow().contains_key(key) {
            return self.put_late(key, body);
        }
        let held = inner.entries.borrow().get(key).map(|entry| (entry.revision, entry.body.is_some()));
        let body = self.dressed(key, body);
        let entry = match (held, body) {
            (Some((revision, false)), _) => return revision,
            (held, Ok(body)) => Entry::new(key, held.map_or(0, |(revision, _)| revision) + 1, body),
            (held, Err(error)) => {
                self.set_state(key, Saved::Failed(error));
                return held.map_or(0, |(revision, _)| revision);
            }
        };
        let revision = entry.revision;
        inner.seen.borrow_mut().get_or_insert_with(key, || revision - 1);
        let cache_changed = inner.cache.put(&entry);
        inner.entries.borrow_mut().insert(key.to_owned(), entry);
        inner.dirty.borrow_mut().insert(key.to_owned(), ());
        // A failure stays on the screen until the next try has an outcome.
        let failed = matches!(inner.states.borrow().get(key), Some(Saved::Failed(_)));
        if !failed {
            self.set_state(key, Saved::Saving);
        }
        if cache_changed {
            self.notify("");
        }
        revision
    }

    /// Typed in the moment in which another tab took the draft over: kept aside, and that tab's text stays.
    fn put_late(&self, key: &str, body: String) -> u64 {
        let stored = self.0.entries.borrow().get(key).map_or(0, |entry| entry.revision);
        if let Ok(body) = self.dressed(key, body) {
            self.keep_aside(&Entry::new(key, stored + 1, body));
        }
        self.set_state(key, Saved::Failed(SaveError::Conflict { key: key.to_owned(), stored }));
        stored
    }

    fn keep_aside(&self, entry: &Entry) {
        let kept = aside::set_aside(&startup::conflicting(entry));
        let keeper = self.clone();
        spawn_local(async move {
            // If no journal takes it, the draft's own state and the health line say so.
            let _ = keeper.commit_step(vec![kept]).await;
        });
    }

    /// Of the newest revision.
    pub fn saved(&self, key: &str) -> Saved {
        if let Some(state) = self.0.states.borrow().get(key) {
            return state.clone();
        }
        self.copies().map_or(Saved::Failed(SaveError::Unavailable), Saved::Saved)
    }

    /// `f` is called with a key when its [`Saved`] state, its lock or (from another tab) its body changed, with "" when
    /// [`Health`] did.
    pub fn on_change(&self, f: Rc<dyn Fn(&str)>) {
        self.0.watchers.borrow_mut().push(f);
    }

    fn notify(&self, key: &str) {
        // A watcher may add another.
        let watchers = self.0.watchers.borrow().clone();
        for watcher in watchers {
            watcher(key);
        }
    }

    fn set_state(&self, key: &str, state: Saved) {
        let before = self.0.states.borrow_mut().insert(key.to_owned(), state.clone());
        if before != Some(state) {
            self.notify(key);
        }
    }

    fn copies(&self) -> Option<Copies> {
        let indexed = *self.0.indexed_standing.borrow() == Standing::Trusted;
        let log = *self.0.log_standing.borrow() == Standing::Trusted;
        match (indexed, log) {
            (true, true) => Some(Copies::Two),
            (false, false) => None,
            _ => Some(Copies::One),
        }
    }

    pub fn health(&self) -> Health {
        let inner = &self.0;
        Health {
            copies: self.copies(),
            indexed: inner.indexed_standing.borrow().clone(),
            log: inner.log_standing.borrow().clone(),
            cache: inner.cache.standing.borrow().clone(),
            persisted: inner.persisted.get(),
            usage: inner.usage.get(),
            quota: inner.quota.get(),
            notes: inner.notes.clone(),
            unreadable: inner.entries.borrow().keys().filter(|key| key.starts_with(ASIDE)).count(),
        }
    }

    /// Asks the browser not to evict this site: at enrolment and at the first draft. Firefox asks the user.
    pub async fn persist(&self) -> bool {
        let granted = health::persist().await;
        self.0.persisted.set(Some(granted));
        self.notify("");
        granted
    }

    /// The rescue file. `choose` leaves an entry out with `None`, or gives what stands in its place (a sealed draft).
    pub fn rescue(&self, mut choose: impl FnMut(&Entry) -> Option<Entry>) -> String {
        let entries = self.0.entries.borrow();
        let aside = aside::list_aside(&entries);
        rescue::encode_rescue(&entries, &aside, |entry| {
            if entry.key.starts_with(ASIDE) { None } else { choose(&self.bare_entry(entry)) }
        })
    }

    /// Takes a rescue file in. Twice is as once.
    pub async fn take_rescue(&self, text: &str) -> Result<Taken, TakeError> {
        let file = rescue::decode_rescue(text).map_err(TakeError::File)?;
        loop {
            let held: Entries = {
                let entries = self.0.entries.borrow();
                let known = file.entries.iter().filter_map(|entry| entries.get(&entry.key));
                known.map(|entry| (entry.key.clone(), self.bare_entry(entry))).collect()
            };
            let merged = rescue::merge_rescue(&held, file.entries.clone());
            let taken = Taken { entries: merged.step.len(), conflicts: merged.conflicts.len() };
            let mut step = merged.step;
            for entry in &mut step {
                if let Some(body) = entry.body.take() {
                    entry.body = Some(self.dressed(&entry.key, body).map_err(TakeError::Save)?);
                }
            }
            step.extend(file.unreadable.iter().map(aside::set_aside));
            step.extend(merged.conflicts.iter().map(|entry| aside::set_aside(&startup::conflicting(entry))));
            step.retain(|entry| self.0.entries.borrow().get(&entry.key) != Some(entry));
            match self.commit_step(step).await {
                Ok(_) => return Ok(taken),
                // The other tab's entry is here now; the next merge sees it.
                Err(SaveError::Conflict { .. }) => {}
                Err(error) => return Err(TakeError::Save(error)),
            }
        }
    }
}
