use crate::json::{self, JsonError};

/// A JSON value with the order of its members and the digits of its numbers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    Null,
    Flag(bool),
    /// As it is written.
    Number(String),
    Text(String),
    List(Vec<Value>),
    Object(Vec<(String, Value)>),
}

/// Characters in a line of what is written.
const WIDTH: usize = 120;

impl Value {
    /// Reads a text.
    ///
    /// # Errors
    /// As [`json::parse`].
    pub fn parse(text: &str) -> Result<Value, JsonError> {
        json::parse(text).map(|value| Value::of(&value))
    }

    pub(super) fn of(value: &json::Value) -> Value {
        if let Some(text) = value.as_text() {
            return Value::Text(text.to_owned());
        }
        match value.raw.as_bytes().first() {
            Some(b'{') => {
                let members = value.children().map(|(name, child)| (name.unwrap_or("").to_owned(), Value::of(child)));
                Value::Object(members.collect())
            }
            Some(b'[') => Value::List(value.children().map(|(_, child)| Value::of(child)).collect()),
            Some(b't') => Value::Flag(true),
            Some(b'f') => Value::Flag(false),
            Some(b'n') | None => Value::Null,
            _ => Value::Number(value.raw.to_owned()),
        }
    }

    pub fn text(text: &str) -> Value {
        Value::Text(text.to_owned())
    }

    /// A member of an object.
    pub fn get(&self, name: &str) -> Option<&Value> {
        match self {
            Value::Object(members) => members.iter().find(|(known, _)| known == name).map(|(_, value)| value),
            _ => None,
        }
    }

    pub fn get_mut(&mut self, name: &str) -> Option<&mut Value> {
        match self {
            Value::Object(members) => members.iter_mut().find(|(known, _)| known == name).map(|(_, value)| value),
            _ => None,
        }
    }

    /// What stands at a JSON Pointer (RFC 6901).
    pub fn at(&self, pointer: &str) -> Option<&Value> {
        let mut value = self;
        for part in pointer.split('/').skip(1) {
            value = match value {
                Value::List(list) => list.get(part.parse::<usize>().ok()?)?,
                _ => value.get(&part.replace("~1", "/").replace("~0", "~"))?,
            };
        }
        Some(value)
    }

    /// The words, of a text.
    pub fn as_text(&self) -> Option<&str> {
        match self {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The words under a member.
    pub fn said(&self, name: &str) -> Option<&str> {
        self.get(name)?.as_text()
    }

    /// The digits, of a number.
    pub fn digits(&self) -> Option<&str> {
        match self {
            Value::Number(digits) => Some(digits),
            _ => None,
        }
    }

    /// The elements; none, of what is no list.
    pub fn list(&self) -> &[Value] {
        match self {
            Value::List(list) => list,
            _ => &[],
        }
    }

    /// The elements under a member.
    pub fn listed(&self, name: &str) -> &[Value] {
        self.get(name).map_or(&[], Value::list)
    }

    pub fn members(&self) -> &[(String, Value)] {
        match self {
            Value::Object(members) => members,
            _ => &[],
        }
    }

    /// Puts a member in its place, or at the end of the object. Nothing happens to what is no object.
    pub fn set(&mut self, name: &str, value: Value) {
        match self.get_mut(name) {
            Some(there) => *there = value,
            None => {
                if let Value::Object(members) = self {
                    members.push((name.to_owned(), value));
                }
            }
        }
    }

    pub fn remove(&mut self, name: &str) {
        if let Value::Object(members) = self {
            members.retain(|(known, _)| known != name);
        }
    }

    /// As JSON: in one line where it fits, and else a line for each member, the way the ready plans are written. `indent`:
    /// characters before the line on which it begins; `before`: those on that line before it.
    pub fn print(&self, indent: usize, before: usize) -> String {
        let mut out = String::new();
        self.write(&mut out, indent, before);
        out
    }

    fn write(&self, out: &mut String, indent: usize, before: usize) {
        let mut line = String::new();
        self.in_line(&mut line);
        let structured = matches!(self, Value::List(list) if !list.is_empty())
            || matches!(self, Value::Object(members) if !members.is_empty());
        if !structured || before + line.chars().count() < WIDTH {
            out.push_str(&line);
            return;
        }
        let deeper = indent + 2;
        let pad = |out: &mut String, indent: usize| {
            out.push('\n');
            out.extend(std::iter::repeat_n(' ', indent));
        };
        match self {
            Value::List(list) => {
                out.push('[');
                for (at, value) in list.iter().enumerate() {
                    out.push_str(if at > 0 { "," } else { "" });
                    pad(out, deeper);
                    value.write(out, deeper, deeper);
                }
                pad(out, indent);
                out.push(']');
            }
            Value::Object(members) => {
                out.push('{');
                for (at, (name, value)) in members.iter().enumerate() {
                    out.push_str(if at > 0 { "," } else { "" });
                    pad(out, deeper);
                    json::quote(out, name);
                    out.push_str(": ");
                    value.write(out, deeper, deeper + name.chars().count() + 4);
                }
                pad(out, indent);
                out.push('}');
            }
            _ => {}
        }
    }

    fn in_line(&self, out: &mut String) {
        match self {
            Value::Null => out.push_str("null"),
            Value::Flag(flag) => out.push_str(if *flag { "true" } else { "false" }),
            Value::Number(digits) => out.push_str(digits),
            Value::Text(text) => json::quote(out, text),
            Value::List(list) => {
                out.push('[');
                for (at, value) in list.iter().enumerate() {
                    out.push_str(if at > 0 { ", " } else { "" });
                    value.in_line(out);
                }
                out.push(']');
            }
            Value::Object(members) if members.is_empty() => out.push_str("{}"),
            Value::Object(members) => {
                out.push_str("{ ");
                for (at, (name, value)) in members.iter().enumerate() {
                    out.push_str(if at > 0 { ", " } else { "" });
                    json::quote(out, name);
                    out.push_str(": ");
                    value.in_line(out);
                }
                out.push_str(" }");
            }
        }
    }
}

/// An object with these members.
pub fn object<const N: usize>(members: [(&str, Value); N]) -> Value {
    Value::Object(members.map(|(name, value)| (name.to_owned(), value)).into())
}

/// A member's name or a place in a list, as it stands in a JSON Pointer.
pub fn token(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}
