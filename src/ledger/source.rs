use super::{Ledger, Slot};
use crate::batch::Batch;
use std::collections::HashMap;

impl Ledger {
    /// Whether any record of an admitted batch was opened and is of its batch.
    pub fn has_records(&self) -> bool {
        let mut admitted = self.batches.iter().filter(|(digest, kept)| self.admits(digest, kept));
        admitted.any(|(_, kept)| kept.slots.iter().any(|slot| matches!(slot, Slot::Opened { misfit: None, .. })))
    }

    /// The batch in which each opened record came, by id: the first in order of digest where it came several times. A
    /// record says nothing about its device; its batch does.
    pub fn sources(&self) -> HashMap<&str, &Batch> {
        let mut sources: HashMap<&str, &Batch> = HashMap::new();
        for (_, kept) in self.batches.iter().filter(|(digest, kept)| self.admits(digest, kept)) {
            for slot in &kept.slots {
                if let Slot::Opened { id, misfit: None, .. } = slot {
                    sources.entry(id).or_insert(&kept.batch);
                }
            }
        }
        sources
    }
}
