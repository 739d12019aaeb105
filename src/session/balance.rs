use super::order::units;
use crate::json::{self, Node, Writer};
use crate::named::Named;
use crate::plan::{Item, Plan};

/// How often this device has asked about each unit of matrices with a `subset`, so that over its interviews all are asked
/// about alike.
///
/// Which units an interview asks about follows from its random id alone. So the device draws several ids and takes the one
/// that evens its counts out best: the record says no more than with any other id, and nothing of the order of arrival, as a
/// number in a cycle would.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Balance(Named<Named<u64>>);

impl Balance {
    /// How many ids to draw.
    pub const CANDIDATES: usize = 16;

    /// Reads what [`Balance::encode`] wrote; what cannot be read is to start from nothing.
    pub fn parse(text: &str) -> Option<Balance> {
        json::read(text, |node| Balance(node.as_map(|row| row.as_map(count)))).ok()
    }

    pub fn encode(&self) -> String {
        let mut out = Writer::new();
        out.open('{');
        for (key, row) in &self.0 {
            out.name(key);
            out.open('{');
            row.iter().for_each(|(unit, asked)| out.number(unit, *asked));
            out.close('}');
        }
        out.close('}');
        out.finish()
    }

    /// The place of the id to begin the next interview with, and counts what it asks about. `None`: the questionnaire has
    /// no subset, any id will do.
    pub fn choose(&mut self, plan: &Plan, questionnaire: &str, ids: &[String]) -> Option<usize> {
        let mut matrices = Vec::new();
        subsets(&plan.questionnaire(questionnaire)?.items, &mut matrices);
        if matrices.is_empty() || ids.is_empty() {
            return None;
        }
        let mut best = (u64::MAX, 0);
        for (at, id) in ids.iter().enumerate() {
            let asked = |item: &&Item| {
                let row = self.0.get(&key(questionnaire, item));
                let count = |unit: String| row.and_then(|row| row.get(&unit)).copied().unwrap_or(0);
                // Squares: one unit that is far ahead weighs more than several that are a little.
                units(plan, item, id).into_iter().map(|unit| (count(unit) + 1).saturating_pow(2)).sum::<u64>()
            };
            let sum = matrices.iter().map(asked).fold(0, u64::saturating_add);
            if sum < best.0 {
                best = (sum, at);
            }
        }
        for item in matrices {
            let row = self.0.get_or_insert_with(&key(questionnaire, item), Named::new);
            for unit in units(plan, item, &ids[best.1]) {
                *row.get_or_insert_with(&unit, || 0) += 1;
            }
        }
        Some(best.1)
    }
}

fn count(node: Node) -> u64 {
    node.as_whole(u64::from(u32::MAX))
}

fn key(questionnaire: &str, item: &Item) -> String {
    [questionnaire, "/", &item.name].concat()
}

fn subsets<'a>(items: &'a [Item], found: &mut Vec<&'a Item>) {
    for item in items {
        if item.subset.is_some() {
            found.push(item);
        }
        subsets(&item.items, found);
    }
}
