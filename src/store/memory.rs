//! The store of native tests and scenarios: one journal in memory, with the same rules as the real ones.

use super::{Contents, Copies, Entry, SaveError, Source, Store, check_revision};

#[derive(Clone, Debug, Default)]
pub struct MemoryStore {
    contents: Contents,
    /// Answers every write, until it is `None` again: to see what the caller does then.
    pub refuse: Option<SaveError>,
}

impl Store for MemoryStore {
    fn load(&self) -> Contents {
        self.contents.clone()
    }

    fn write(&mut self, step: &[Entry]) -> Result<Copies, SaveError> {
        if let Some(refusal) = &self.refuse {
            return Err(refusal.clone());
        }
        for entry in step {
            if let Some(stored) = self.contents.entries.get(&entry.key) {
                check_revision(stored, entry)?;
            }
        }
        for entry in step {
            self.contents.take(Source::Indexed, entry.clone());
        }
        Ok(Copies::One)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lower_revision_never_overwrites_a_higher_and_nothing_of_its_step_is_written() {
        let mut store = MemoryStore::default();
        store.write(&[Entry::new("draft/a", 5, "five")]).unwrap();
        let late = [Entry::removed("draft/a", 4), Entry::new("sealed/a", 1, "early")];
        assert_eq!(store.write(&late), Err(SaveError::Conflict { key: "draft/a".into(), stored: 5 }));
        assert_eq!(store.load().entries.len(), 1);
    }

    #[test]
    fn a_repeated_step_changes_nothing() {
        let mut store = MemoryStore::default();
        let step = [Entry::removed("draft/a", 6), Entry::new("sealed/a", 1, "x")];
        store.write(&step).unwrap();
        let once = store.load();
        store.write(&step).unwrap();
        assert_eq!(store.load(), once);
    }

    #[test]
    fn one_revision_has_one_body() {
        let mut store = MemoryStore::default();
        store.write(&[Entry::new("setting/a", 1, "x")]).unwrap();
        assert!(store.write(&[Entry::new("setting/a", 1, "y")]).is_err());
    }
}
