//! Local storage: instant, and it promises nothing. A reload shows the last keystroke from here.

use std::cell::RefCell;

use gloo_storage::{LocalStorage, Storage};

use crate::browser::object;
use crate::store::record::{decode_record, encode_record};
use crate::store::{DRAFT, Entry, SaveError, Source, Unreadable};

use super::Standing;

pub struct Cache {
    prefix: String,
    pub standing: RefCell<Standing>,
}

impl Cache {
    /// `None` where site data is blocked. Asked with web-sys, because gloo-storage panics there.
    pub fn open(space: &str) -> Option<Cache> {
        let storage = web_sys::window()?.local_storage().ok()??;
        storage.length().ok()?;
        let mut prefix = String::from("minping:");
        prefix.push_str(space);
        prefix.push(':');
        Some(Cache { prefix, standing: RefCell::new(Standing::Trusted) })
    }

    fn storage(&self) -> Option<web_sys::Storage> {
        // Blocking may begin while the page is open.
        matches!(web_sys::window()?.local_storage(), Ok(Some(_))).then(LocalStorage::raw)
    }

    fn name(&self, key: &str) -> String {
        let mut name = self.prefix.clone();
        name.push_str(key);
        name
    }

    /// All drafts, and what is under a draft's name but is none.
    pub fn read(&self) -> (Vec<Entry>, Vec<Unreadable>) {
        let (mut entries, mut unreadable) = (Vec::new(), Vec::new());
        let Some(storage) = self.storage() else { return (entries, unreadable) };
        for index in 0..storage.length().unwrap_or(0) {
            let Ok(Some(name)) = storage.key(index) else { continue };
            let Some(key) = name.strip_prefix(&self.prefix).filter(|key| key.starts_with(DRAFT)) else { continue };
            let Ok(Some(raw)) = storage.get_item(&name) else { continue };
            match decode_record(key, &raw) {
                Some(entry) => entries.push(entry),
                None => unreadable.push(Unreadable { source: Source::Cache, key: Some(key.to_owned()), raw }),
            }
        }
        (entries, unreadable)
    }

    pub fn read_one(&self, key: &str) -> Option<Entry> {
        decode_record(key, &self.storage()?.get_item(&self.name(key)).ok()??)
    }

    /// True if the standing changed. A value that does not fit leaves the old one.
    pub fn put(&self, entry: &Entry) -> bool {
        let result = match self.storage() {
            Some(storage) => storage.set_item(&self.name(&entry.key), &encode_record(entry)),
            None => Err("blocked".into()),
        };
        let standing = match result {
            Ok(()) => Standing::Trusted,
            Err(error) if object::text(&error, "name").as_deref() == Some("QuotaExceededError") => {
                Standing::Distrusted(SaveError::Full)
            }
            Err(error) => Standing::Distrusted(SaveError::Failed(object::describe(&error))),
        };
        self.standing.replace(standing.clone()) != standing
    }

    pub fn remove(&self, key: &str) {
        if let Some(storage) = self.storage() {
            // What cannot be removed is outranked by its tombstone.
            let _ = storage.remove_item(&self.name(key));
        }
    }
}

/// A mark for this tab alone that outlives a reload: when IndexedDB last failed here.
pub struct Mark(String);

/// Chromium closes an IndexedDB store seconds after its last connection. One that was opened anew has told the truth
/// about what is on the disk; until then it may still be the one that lies.
const REOPENED_AFTER: i64 = 60_000;

impl Mark {
    pub fn of(space: &str) -> Mark {
        let mut name = String::from("minping:");
        name.push_str(space);
        name.push_str(":distrusted");
        Mark(name)
    }

    fn storage() -> Option<web_sys::Storage> {
        web_sys::window()?.session_storage().ok()?
    }

    pub fn set(&self) {
        if let Some(storage) = Mark::storage() {
            let _ = storage.set_item(&self.0, &crate::browser::clock::now().to_string());
        }
    }

    /// Whether the store failed in this tab and cannot have been opened anew since.
    pub fn stands(&self) -> bool {
        let Some(Ok(Some(text))) = Mark::storage().map(|storage| storage.get_item(&self.0)) else { return false };
        let stands = text.parse::<i64>().is_ok_and(|then| crate::browser::clock::now() - then < REOPENED_AFTER);
        if !stands && let Some(storage) = Mark::storage() {
            let _ = storage.remove_item(&self.0);
        }
        stands
    }
}
