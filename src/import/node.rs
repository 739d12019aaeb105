use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// Members of a JSON object.
pub(super) type Members = Map<String, Value>;

/// An item of a questionnaire to be, and where it comes from.
#[derive(Clone, Debug, Default)]
pub(super) struct Node {
    pub members: Members,
    pub row: u32,
    /// The header that a member comes from, where it is not the member's name.
    pub headers: Vec<(String, String)>,
    /// What is in a group or repeat.
    pub items: Option<Vec<Node>>,
}

/// Where in the workbook a value of the plan comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Origin {
    pub sheet: String,
    pub row: Option<u32>,
    pub column: String,
}

/// JSON Pointer to origin.
pub(super) type Origins = BTreeMap<String, Origin>;

/// Items as JSON; `at` is the pointer of the list that they go into.
pub(super) fn finish(nodes: Vec<Node>, sheet: &str, at: &str, origins: &mut Origins) -> Value {
    let items = nodes.into_iter().enumerate().map(|(index, node)| {
        let at = format!("{at}/{index}");
        let Node { mut members, row, headers, items } = node;
        let origin = |column: &str| Origin { sheet: sheet.to_owned(), row: Some(row), column: column.to_owned() };
        origins.insert(at.clone(), origin(""));
        for (member, header) in headers {
            origins.insert([&at, "/", &member].concat(), origin(&header));
        }
        if let Some(items) = items {
            let within = [&at, "/items"].concat();
            members.insert("items".to_owned(), finish(items, sheet, &within, origins));
        }
        Value::Object(members)
    });
    Value::Array(items.collect())
}

/// The origin of a pointer, or of what is around it.
pub(super) fn origin_of<'a>(origins: &'a Origins, pointer: &str) -> Option<&'a Origin> {
    let mut pointer = pointer;
    loop {
        if let Some(origin) = origins.get(pointer) {
            return Some(origin);
        }
        pointer = pointer.rsplit_once('/')?.0;
    }
}

/// A text in languages as JSON.
pub(super) fn text(words: BTreeMap<String, String>) -> Value {
    Value::Object(words.into_iter().map(|(tag, words)| (tag, Value::String(words))).collect())
}

/// Puts the members of the second into the first; `null` takes one out.
pub(super) fn merge(into: &mut Members, members: Members) {
    for (name, value) in members {
        match value {
            Value::Null => {
                into.remove(&name);
            }
            value => {
                into.insert(name, value);
            }
        }
    }
}
