use super::codebook::Field;
use super::{Account, Ledger, Place, Slot};
use crate::plan::{Item, ItemType};
use crate::session::{Answer, key};
use std::collections::HashMap;

/// The files that people gave in answer to one item.
#[derive(Clone, Debug, PartialEq)]
pub struct AttachedItem<'a> {
    pub item: &'a Item,
    /// In order of the records' random ids.
    pub files: Vec<AttachedFile<'a>>,
}

/// A file that a counted record names. The ledger does not hold its bytes: they lie in the batch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AttachedFile<'a> {
    /// Id of the record.
    pub record: &'a str,
    /// The answer: digest, size and ending.
    pub name: String,
    /// One of the places where the record lies.
    pub place: Place,
}

impl Ledger {
    /// The attachments of a round, item by item in the order of the plan. `account` is the ledger's own.
    pub fn attached<'a>(&'a self, account: &Account<'a>, round: &str) -> Vec<AttachedItem<'a>> {
        let plan = self.codebook.plan();
        let places = self.places();
        let mut found: Vec<(u16, AttachedItem<'a>)> = Vec::new();
        for (at, questionnaire) in plan.questionnaires.iter().enumerate() {
            walk(&questionnaire.items, &mut |item| {
                found.push((at as u16, AttachedItem { item, files: Vec::new() }));
            });
        }
        for (id, row) in &account.counted {
            if plan.rounds[row.domain.round as usize].id != round {
                continue;
            }
            let fields = &self.codebook.instruments()[row.domain.questionnaire as usize].fields;
            if !fields.values().any(|field| matches!(field, Field::Attachment(_))) {
                continue;
            }
            let Some(place) = places.get(id) else { continue };
            for (name_of_item, answer) in &row.others().0 {
                let here = |(at, known): &&mut (u16, AttachedItem)| {
                    *at == row.domain.questionnaire && known.item.name == key::name(name_of_item)
                };
                if let (Answer::Text(name), Some((_, known))) = (answer, found.iter_mut().find(here)) {
                    known.files.push(AttachedFile { record: id, name: name.clone(), place: place.clone() });
                }
            }
        }
        found.into_iter().map(|(_, item)| item).filter(|item| !item.files.is_empty()).collect()
    }

    /// Where each opened record lies: in the first batch by digest where it came several times.
    fn places(&self) -> HashMap<&str, Place> {
        let mut places = HashMap::new();
        for (digest, kept) in self.batches.iter().filter(|(digest, kept)| self.admits(digest, kept)) {
            for (index, slot) in kept.slots.iter().enumerate() {
                if let Slot::Opened { id, misfit: None, .. } = slot {
                    places.entry(id.as_str()).or_insert_with(|| Place { batch: digest.clone(), index });
                }
            }
        }
        places
    }
}

fn walk<'a>(items: &'a [Item], tell: &mut impl FnMut(&'a Item)) {
    for item in items {
        match item.kind {
            ItemType::Image | ItemType::Audio => tell(item),
            _ => walk(&item.items, tell),
        }
    }
}
