use super::{Ledger, Slot};
use crate::batch::Batch;
use std::collections::HashMap;

impl Ledger {
    /// Whether any record of an admitted batch was opened and is of its batch.
    pub fn has_records(&self) -> bool {
        let mut admitted = self.batches.iter().filter(|(digest, kept)| self.admits(digest, kept));
        admitted.any(|(_, kept)| kept.slots.iter().any(|slot| matches!(slot, Slot::Opened { misfit: None, .. })))
    }

    /// Every record that was opened and may count, with the batch in which it came: once for each batch that holds it, in order
    /// of digest.
    pub fn carried(&self) -> impl Iterator<Item = (&str, &Batch)> {
        let admitted = self.batches.iter().filter(|(digest, kept)| self.admits(digest, kept));
        admitted.flat_map(|(_, kept)| {
            let opened = kept.slots.iter().filter_map(|slot| match slot {
                Slot::Opened { id, misfit: None, .. } => Some(id.as_str()),
                _ => None,
            });
            opened.map(|id| (id, &kept.batch))
        })
    }

    /// The batch in which each opened record came, by id: the first in order of digest where it came several times. A
    /// record says nothing about its device; its batch does.
    pub fn sources(&self) -> HashMap<&str, &Batch> {
        let mut sources: HashMap<&str, &Batch> = HashMap::new();
        for (id, batch) in self.carried() {
            sources.entry(id).or_insert(batch);
        }
        sources
    }
}
