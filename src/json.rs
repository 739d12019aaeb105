//! JSON in and out. One reader and one writer for every format of ours, on every edge: what was signed must mean one thing.
//!
//! **Owns** the tree ([`Value`]), the readers over it ([`Node`]) and the [`Writer`]. **Promises**: an object with two members of
//! one name is refused at any depth (RFC 8259 lets readers disagree on which one counts), and so is nesting deeper than
//! [`DEEPEST`]; an error names the place by line, column and JSON Pointer; numbers keep the digits that were written.
//! **Refuses** to know a format. No type of ours derives its reading: a visitor for each struct would be most of the
//! answering app.

mod error;
mod node;
mod parse;
mod write;

pub use error::{JsonError, Mistake};
pub use node::Node;
pub(crate) use parse::parse_with_repeated;
pub use parse::{DEEPEST, Value, parse};
pub use write::{Writer, quote};

use node::Faults;

/// Reads a text with a reader for what it should hold.
///
/// # Errors
/// The first thing that is wrong with the text or that the reader did not find.
pub fn read<T>(text: &str, reader: fn(Node) -> T) -> Result<T, JsonError> {
    let root = parse(text)?;
    let faults = Faults::default();
    let found = reader(Node::new(&root, &faults));
    match faults.first(text, &root) {
        None => Ok(found),
        Some(error) => Err(error),
    }
}

/// As [`read`], of bytes that should be UTF-8.
pub fn read_bytes<T>(bytes: &[u8], reader: fn(Node) -> T) -> Result<T, JsonError> {
    match std::str::from_utf8(bytes) {
        Ok(text) => read(text, reader),
        Err(_) => Err(JsonError::not_utf8()),
    }
}

/// The whole number under `member`, whatever else is there: the version of a format that may be a later one. `None` also where
/// the text is no JSON object.
pub fn version(text: &str, member: &str) -> Option<u64> {
    let root = parse(text).ok()?;
    let faults = Faults::default();
    let version = Node::new(&root, &faults).get(member)?.as_whole(u64::MAX);
    faults.is_empty().then_some(version)
}

#[cfg(test)]
mod tests;
