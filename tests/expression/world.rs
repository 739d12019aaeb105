//! What the expressions of a table see: items, one level of repeats, choice lists.

use minping::expression::{Host, Moment, Node, Value, Values};
use minping::native::host::NATIVE;
use serde::Deserialize;
use std::collections::BTreeMap;

type Rows = Vec<BTreeMap<String, String>>;

#[derive(Deserialize)]
pub struct World {
    #[serde(default)]
    values: BTreeMap<String, String>,
    #[serde(default)]
    own: String,
    #[serde(default)]
    repeats: BTreeMap<String, Rows>,
    #[serde(default)]
    lists: BTreeMap<String, Rows>,
    #[serde(default)]
    selects: BTreeMap<String, String>,
    /// The repeat and the instance, from 1, that the expressions stand in.
    #[serde(default, rename = "in")]
    inside: Option<(String, usize)>,
}

/// A node's parts, packed: what it is, which list, which row, which member.
fn node(kind: u64, list: usize, row: usize, member: usize) -> Node {
    Node(kind << 60 | (list as u64) << 40 | (row as u64) << 20 | member as u64)
}

const ROOT: u64 = 0;
const ITEM: u64 = 1;
const INSTANCE: u64 = 2;
const FIELD: u64 = 3;
const LIST: u64 = 4;
const LIST_ROOT: u64 = 5;
const ROW: u64 = 6;
const COLUMN: u64 = 7;
const RESULT: u64 = 8;

fn parts(node: Node) -> (u64, usize, usize, usize) {
    (node.0 >> 60, (node.0 >> 40 & 0xf_ffff) as usize, (node.0 >> 20 & 0xf_ffff) as usize, (node.0 & 0xf_ffff) as usize)
}

impl World {
    fn repeat(&self, list: usize) -> &Rows {
        self.repeats.values().nth(list).unwrap()
    }

    fn list(&self, list: usize) -> &Rows {
        self.lists.values().nth(list).unwrap()
    }

    /// The repeat that has this field, and the field's place in it.
    fn field(&self, name: &str) -> Option<(usize, usize)> {
        self.repeats
            .values()
            .enumerate()
            .find_map(|(list, rows)| rows[0].keys().position(|key| key == name).map(|member| (list, member)))
    }

    fn instance_here(&self, list: usize) -> Option<usize> {
        let (repeat, position) = self.inside.as_ref()?;
        (self.repeats.keys().nth(list) == Some(repeat)).then_some(position - 1)
    }
}

impl Values for World {
    fn value(&self, name: &str) -> Value {
        match self.find(name, false)[..] {
            [only] if !self.repeats.contains_key(name) => Value::Text(self.text(only)),
            _ => Value::Nodes(self.find(name, false)),
        }
    }

    fn own(&self) -> Value {
        Value::Text(self.own.clone())
    }

    fn node(&self) -> Option<Node> {
        Some(match &self.inside {
            Some((repeat, position)) => {
                node(RESULT, self.repeats.keys().position(|key| key == repeat).unwrap() + 1, position - 1, 0)
            }
            None => node(RESULT, 0, 0, 0),
        })
    }

    fn find(&self, name: &str, every: bool) -> Vec<Node> {
        if let Some(at) = self.values.keys().position(|key| key == name) {
            return vec![node(ITEM, 0, 0, at)];
        }
        if let Some(list) = self.repeats.keys().position(|key| key == name) {
            return (0..self.repeat(list).len()).map(|row| node(INSTANCE, list, row, 0)).collect();
        }
        let Some((list, member)) = self.field(name) else { return Vec::new() };
        let rows = match self.instance_here(list).filter(|_| !every) {
            Some(row) => row..row + 1,
            None => 0..self.repeat(list).len(),
        };
        rows.map(|row| node(FIELD, list, row, member)).collect()
    }

    fn text(&self, node: Node) -> String {
        let (kind, list, row, member) = parts(node);
        match kind {
            ITEM => self.values.values().nth(member).cloned(),
            FIELD => self.repeat(list)[row].values().nth(member).cloned(),
            COLUMN => self.list(list)[row].values().nth(member).cloned(),
            RESULT => Some(self.own.clone()),
            _ => None,
        }
        .unwrap_or_default()
    }

    fn parent(&self, of: Node) -> Option<Node> {
        let (kind, list, row, _) = parts(of);
        match kind {
            ITEM | INSTANCE => Some(node(ROOT, 0, 0, 0)),
            FIELD => Some(node(INSTANCE, list, row, 0)),
            RESULT if list == 0 => Some(node(ROOT, 0, 0, 0)),
            RESULT => Some(node(INSTANCE, list - 1, row, 0)),
            LIST_ROOT => Some(node(LIST, list, 0, 0)),
            ROW => Some(node(LIST_ROOT, list, 0, 0)),
            COLUMN => Some(node(ROW, list, row, 0)),
            _ => None,
        }
    }

    fn children(&self, of: Node, name: &str) -> Vec<Node> {
        let (kind, list, row, _) = parts(of);
        let named = |keys: Vec<&String>, kind| {
            keys.into_iter()
                .enumerate()
                .filter(|(_, key)| name == "*" || *key == name)
                .map(|(member, _)| node(kind, list, row, member))
                .collect::<Vec<_>>()
        };
        match kind {
            ROOT => self.find(name, true).into_iter().filter(|&node| self.parent(node) == Some(of)).collect(),
            INSTANCE => named(self.repeat(list)[row].keys().collect(), FIELD),
            LIST if name == "root" || name == "*" => vec![node(LIST_ROOT, list, 0, 0)],
            LIST_ROOT if name == "item" || name == "*" => {
                (0..self.list(list).len()).map(|row| node(ROW, list, row, 0)).collect()
            }
            ROW => named(self.list(list)[row].keys().collect(), COLUMN),
            _ => Vec::new(),
        }
    }

    fn position(&self, of: Node) -> usize {
        let (_, _, row, _) = parts(of);
        row + 1
    }

    fn instance(&self, id: &str) -> Option<Node> {
        self.lists.keys().position(|key| key == id).map(|list| node(LIST, list, 0, 0))
    }

    fn choice_name(&self, item: &str, choice: &str) -> String {
        let rows = self.selects.get(item).and_then(|list| self.lists.get(list));
        let row = rows.and_then(|rows| rows.iter().find(|row| row["name"] == choice));
        row.map_or(String::new(), |row| row["label"].clone())
    }

    fn now(&self) -> Option<Moment> {
        // 2026-11-24T09:30:00.000+08:00
        Some(Moment { milliseconds: 1_795_483_800_000, offset: 480 })
    }

    fn seed(&self) -> u64 {
        20_261_124
    }

    fn host(&self) -> &dyn Host {
        &NATIVE
    }
}
