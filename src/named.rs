//! Values by name, in the order of names: two lists side by side. For the few entries that a text, a row, a record or a
//! page has, this is as quick as a tree and, in the answering app, where every type of tree is code of its own, a fraction of
//! its size. Putting in takes time with the number of entries, so what grows with the number of records is kept otherwise.

use crate::carry::{Carry, Load};
use serde::{Serialize, Serializer};
use std::mem;

/// A map from names, sorted by name. No name occurs twice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named<V> {
    names: Vec<String>,
    values: Vec<V>,
}

/// Where the name is, or would be. One function for all types of values.
#[inline(never)]
fn search(names: &[String], name: &str) -> Result<usize, usize> {
    // Most are built in order.
    match names.last() {
        Some(last) if last.as_str() < name => Err(names.len()),
        _ => names.binary_search_by(|known| known.as_str().cmp(name)),
    }
}

impl<V> Named<V> {
    pub const fn new() -> Named<V> {
        Named { names: Vec::new(), values: Vec::new() }
    }

    /// With room for so many entries and no more: a list that grows takes room for four.
    pub fn with_room(count: usize) -> Named<V> {
        Named { names: Vec::with_capacity(count), values: Vec::with_capacity(count) }
    }

    pub fn len(&self) -> usize {
        self.names.len()
    }

    pub fn is_empty(&self) -> bool {
        self.names.is_empty()
    }

    pub fn contains_key(&self, name: &str) -> bool {
        search(&self.names, name).is_ok()
    }

    pub fn get(&self, name: &str) -> Option<&V> {
        search(&self.names, name).ok().map(|at| &self.values[at])
    }

    pub fn get_mut(&mut self, name: &str) -> Option<&mut V> {
        search(&self.names, name).ok().map(|at| &mut self.values[at])
    }

    /// Puts a value in the place of the one that is there, which is returned.
    pub fn insert(&mut self, name: String, value: V) -> Option<V> {
        match search(&self.names, &name) {
            Ok(at) => Some(mem::replace(&mut self.values[at], value)),
            Err(at) => {
                self.names.insert(at, name);
                self.values.insert(at, value);
                None
            }
        }
    }

    pub fn remove(&mut self, name: &str) -> Option<V> {
        let at = search(&self.names, name).ok()?;
        self.names.remove(at);
        Some(self.values.remove(at))
    }

    /// Whether a name begins so.
    pub fn has_prefix(&self, prefix: &str) -> bool {
        let at = self.names.partition_point(|name| name.as_str() < prefix);
        self.names.get(at).is_some_and(|name| name.starts_with(prefix))
    }

    /// The value of the name, made first where there is none.
    pub fn get_or_insert_with(&mut self, name: &str, make: impl FnOnce() -> V) -> &mut V {
        let at = match search(&self.names, name) {
            Ok(at) => at,
            Err(at) => {
                self.names.insert(at, name.to_owned());
                self.values.insert(at, make());
                at
            }
        };
        &mut self.values[at]
    }

    pub fn clear(&mut self) {
        self.names.clear();
        self.values.clear();
    }

    pub fn keys(&self) -> std::slice::Iter<'_, String> {
        self.names.iter()
    }

    pub fn values(&self) -> std::slice::Iter<'_, V> {
        self.values.iter()
    }

    pub fn into_values(self) -> std::vec::IntoIter<V> {
        self.values.into_iter()
    }

    pub fn iter(&self) -> Iter<'_, V> {
        self.names.iter().zip(self.values.iter())
    }

    pub fn retain(&mut self, mut keep: impl FnMut(&String, &mut V) -> bool) {
        for at in (0..self.names.len()).rev() {
            if !keep(&self.names[at], &mut self.values[at]) {
                self.names.remove(at);
                self.values.remove(at);
            }
        }
    }
}

/// Names with their values, in the order of names.
pub type Iter<'a, V> = std::iter::Zip<std::slice::Iter<'a, String>, std::slice::Iter<'a, V>>;

impl<V> Default for Named<V> {
    fn default() -> Named<V> {
        Named::new()
    }
}

impl<V> Extend<(String, V)> for Named<V> {
    fn extend<I: IntoIterator<Item = (String, V)>>(&mut self, entries: I) {
        for (name, value) in entries {
            self.insert(name, value);
        }
    }
}

impl<V> FromIterator<(String, V)> for Named<V> {
    fn from_iter<I: IntoIterator<Item = (String, V)>>(entries: I) -> Named<V> {
        let mut named = Named::new();
        named.extend(entries);
        named
    }
}

impl<V, const N: usize> From<[(String, V); N]> for Named<V> {
    fn from(entries: [(String, V); N]) -> Named<V> {
        entries.into_iter().collect()
    }
}

impl<'a, V> IntoIterator for &'a Named<V> {
    type Item = (&'a String, &'a V);
    type IntoIter = Iter<'a, V>;
    fn into_iter(self) -> Iter<'a, V> {
        self.iter()
    }
}

impl<V> IntoIterator for Named<V> {
    type Item = (String, V);
    type IntoIter = std::iter::Zip<std::vec::IntoIter<String>, std::vec::IntoIter<V>>;
    fn into_iter(self) -> Self::IntoIter {
        self.names.into_iter().zip(self.values)
    }
}

impl<V> std::ops::Index<&str> for Named<V> {
    type Output = V;
    /// Panics where there is none.
    fn index(&self, name: &str) -> &V {
        self.get(name).expect("the name is there")
    }
}

impl<V: Carry> Carry for Named<V> {
    fn put(&self, out: &mut Vec<u8>) {
        self.names.put(out);
        self.values.put(out);
    }
    fn take(from: &mut Load<'_>) -> Option<Named<V>> {
        let (names, values) = (Vec::<String>::take(from)?, Vec::take(from)?);
        let sorted = names.is_sorted_by(|one, next| one < next);
        (names.len() == values.len() && sorted).then_some(Named { names, values })
    }
}

impl<V: Serialize> Serialize for Named<V> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self)
    }
}

#[cfg(feature = "schema")]
impl<V: schemars::JsonSchema> schemars::JsonSchema for Named<V> {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> std::borrow::Cow<'static, str> {
        <std::collections::BTreeMap<String, V> as schemars::JsonSchema>::schema_name()
    }
    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        <std::collections::BTreeMap<String, V> as schemars::JsonSchema>::json_schema(generator)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeMap;

    proptest! {
        #[test]
        fn it_is_a_map_sorted_by_name(
            steps in prop::collection::vec(("[a-d满]{0,2}", 0..4u8, any::<u16>()), 0..60),
        ) {
            let (mut ours, mut tree) = (Named::new(), BTreeMap::new());
            for (name, step, value) in steps {
                match step {
                    0 => prop_assert_eq!(ours.remove(&name), tree.remove(&name)),
                    1 => {
                        let held = ours.get_or_insert_with(&name, || value);
                        *held = held.wrapping_add(1);
                    }
                    _ => prop_assert_eq!(ours.insert(name.clone(), value), tree.insert(name.clone(), value)),
                }
                if step == 1 {
                    let held = tree.entry(name.clone()).or_insert(value);
                    *held = held.wrapping_add(1);
                }
                prop_assert_eq!(ours.get(&name), tree.get(&name));
            }
            prop_assert!(ours.iter().eq(tree.iter()));
            ours.retain(|_, value| *value % 2 == 0);
            tree.retain(|_, value| *value % 2 == 0);
            prop_assert_eq!(ours.len(), tree.len());
            prop_assert!(ours.into_iter().eq(tree));
        }
    }
}
