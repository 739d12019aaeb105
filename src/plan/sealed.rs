//! Right answers that no device carries: in a published plan they are sealed for the office, and the plan keeps the seal as it
//! is written. Opening it is the room `batch`'s.

use super::{Item, Plan};
use crate::json::Node;
use crate::named::Named;
use serde::{Serialize, Serializer};

/// `right` of the items by questionnaire and item.
pub type RightAnswers = Named<Named<Vec<String>>>;

/// Sealed right answers, as the plan's text has them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SealedAnswers(String);

impl SealedAnswers {
    pub(super) fn keep(node: Node) -> SealedAnswers {
        // Members of an object are what can be read as a map.
        node.as_map(|_| ());
        SealedAnswers(node.raw().to_owned())
    }

    /// A JWE in general JSON serialization.
    pub fn of(text: String) -> SealedAnswers {
        SealedAnswers(text)
    }

    /// The same; empty where the plan has none.
    pub fn text(&self) -> &str {
        &self.0
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// As they were written.
impl Serialize for SealedAnswers {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let raw = serde_json::value::RawValue::from_string(self.0.clone()).map_err(serde::ser::Error::custom)?;
        raw.serialize(serializer)
    }
}

impl Plan {
    /// Whether a right answer stands in the plan.
    pub fn has_right(&self) -> bool {
        fn any(items: &[Item]) -> bool {
            items.iter().any(|item| !item.right.is_empty() || any(&item.items))
        }
        self.questionnaires.iter().any(|questionnaire| any(&questionnaire.items))
    }

    /// Takes the right answers out of the plan.
    pub fn take_right(&mut self) -> RightAnswers {
        let mut all = RightAnswers::default();
        for questionnaire in &mut self.questionnaires {
            let mut right = Named::default();
            each(&mut questionnaire.items, &mut |item| {
                if !item.right.is_empty() {
                    right.insert(item.name.clone(), std::mem::take(&mut item.right));
                }
            });
            if !right.is_empty() {
                all.insert(questionnaire.id.clone(), right);
            }
        }
        all
    }

    /// Puts right answers into the plan, where an item has none of its own. Those of items that the plan has not are left out.
    pub fn put_right(&mut self, right: &RightAnswers) {
        for questionnaire in &mut self.questionnaires {
            let Some(right) = right.get(&questionnaire.id) else { continue };
            each(&mut questionnaire.items, &mut |item| {
                if let Some(answers) = right.get(&item.name).filter(|_| item.right.is_empty()) {
                    item.right.clone_from(answers);
                }
            });
        }
    }
}

fn each(items: &mut [Item], act: &mut impl FnMut(&mut Item)) {
    for item in items {
        act(item);
        each(&mut item.items, act);
    }
}
