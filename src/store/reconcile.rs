//! Start-up: every store is read, the highest revision wins, the one that lags is repaired, and what was done is told.

use super::{Contents, DRAFT, Entries, Entry, Source, Step, Unreadable, record};

/// What start-up found and did. The user interface turns it into words.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Note {
    /// The journal lacked these many entries or held older ones.
    Repaired { source: Source, entries: usize },
    /// The last keystrokes of this draft were only in local storage.
    Recovered { key: String },
    /// Two bodies under one revision; the other one is set aside.
    Conflict { key: String, revision: u64 },
    /// These many things could not be read and are kept raw.
    SetAside { source: Source, count: usize },
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reconciled {
    pub entries: Entries,
    /// What to write into IndexedDB so that it agrees.
    pub repair_indexed: Step,
    /// What to append to the log so that it agrees.
    pub repair_log: Step,
    pub notes: Vec<Note>,
    pub unreadable: Vec<Unreadable>,
}

/// `None` is a journal that could not be read at all: nothing is to be repaired there. On a tie between two bodies IndexedDB is
/// right, since it alone checks the revision inside a transaction.
pub fn reconcile(indexed: Option<Contents>, log: Option<Contents>, cache: &[Entry]) -> Reconciled {
    let mut result = Reconciled::default();
    for contents in [&indexed, &log].into_iter().flatten() {
        result.unreadable.extend_from_slice(&contents.unreadable);
        for (key, entry) in &contents.entries {
            match result.entries.get_mut(key) {
                None => {
                    result.entries.insert(key.clone(), entry.clone());
                }
                Some(held) if held.revision < entry.revision => *held = entry.clone(),
                Some(held) if held.revision == entry.revision && held.body != entry.body => {
                    result.notes.push(Note::Conflict { key: key.clone(), revision: entry.revision });
                    let raw = record::encode_record(entry);
                    result.unreadable.push(Unreadable { source: Source::Log, key: Some(key.clone()), raw });
                }
                Some(_) => {}
            }
        }
    }
    for entry in cache.iter().filter(|entry| entry.key.starts_with(DRAFT) && entry.body.is_some()) {
        let held = result.entries.get(&entry.key);
        if held.is_none_or(|held| held.revision < entry.revision) {
            result.notes.push(Note::Recovered { key: entry.key.clone() });
            result.entries.insert(entry.key.clone(), entry.clone());
        }
    }
    result.repair_indexed = derive_repair(indexed.as_ref(), &result.entries);
    result.repair_log = derive_repair(log.as_ref(), &result.entries);
    for (source, repair) in [(Source::Indexed, &result.repair_indexed), (Source::Log, &result.repair_log)] {
        if !repair.is_empty() {
            result.notes.push(Note::Repaired { source, entries: repair.len() });
        }
        let count = result.unreadable.iter().filter(|unreadable| unreadable.source == source).count();
        if count > 0 {
            result.notes.push(Note::SetAside { source, count });
        }
    }
    result
}

fn derive_repair(journal: Option<&Contents>, agreed: &Entries) -> Step {
    let Some(journal) = journal else { return Step::new() };
    agreed.values().filter(|entry| journal.entries.get(&entry.key) != Some(entry)).cloned().collect()
}

#[cfg(test)]
mod tests;
