use super::Value;
use std::fmt;

/// What is wrong with a JSON text, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JsonError {
    /// Both count from 1; columns count characters.
    pub line: usize,
    pub column: usize,
    /// JSON Pointer (RFC 6901) of the value. Empty: the whole text, or a text that is no JSON.
    pub path: String,
    pub mistake: Mistake,
}

/// The kinds of mistakes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Mistake {
    /// Not JSON: what should stand here.
    Syntax(&'static str),
    /// A member that its object had before.
    Repeated(String),
    /// A member that the format does not have.
    Unknown(String),
    /// A member that the format asks for.
    Missing(String),
    /// Another value than the format has here: what it should be.
    Expected(&'static str),
}

impl JsonError {
    #[inline(never)]
    pub(super) fn at(text: &str, position: usize, path: String, mistake: Mistake) -> JsonError {
        let before = text.get(..position).unwrap_or(text);
        let line_start = before.bytes().rposition(|byte| byte == b'\n').map_or(0, |newline| newline + 1);
        let line = before.bytes().filter(|byte| *byte == b'\n').count() + 1;
        // Bytes that begin a character.
        let column = before.bytes().skip(line_start).filter(|byte| byte & 0xC0 != 0x80).count() + 1;
        JsonError { line, column, path, mistake }
    }

    pub(super) fn not_utf8() -> JsonError {
        JsonError { line: 1, column: 1, path: String::new(), mistake: Mistake::Syntax("a text in UTF-8") }
    }
}

impl fmt::Display for Mistake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (before, name, after) = match self {
            Mistake::Syntax(what) => ("no JSON: here should be ", *what, ""),
            Mistake::Repeated(name) => ("member `", name.as_str(), "` occurs twice"),
            Mistake::Unknown(name) => ("unknown member `", name.as_str(), "`"),
            Mistake::Missing(name) => ("member `", name.as_str(), "` is missing"),
            Mistake::Expected(what) => ("here should be ", *what, ""),
        };
        [before, name, after].iter().try_for_each(|part| f.write_str(part))
    }
}

impl fmt::Display for JsonError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} at line {} column {}", self.mistake, self.line, self.column)?;
        if self.path.is_empty() { Ok(()) } else { write!(f, " (`{}`)", self.path) }
    }
}

impl std::error::Error for JsonError {}

/// The JSON Pointer of the value that begins at `position`: an object and its first member never begin at one place.
pub(super) fn pointer(root: &Value, text: &str, position: usize) -> String {
    let mut path = String::new();
    let mut value = root;
    while value.start(text) != position {
        let mut inner = None;
        for (index, (name, child)) in value.children().enumerate() {
            let start = child.start(text);
            if start <= position && position < start + child.raw.len() {
                inner = Some((index, name, child));
            }
        }
        let Some((index, name, child)) = inner else { break };
        path.push('/');
        match name {
            Some(name) => path.push_str(&name.replace('~', "~0").replace('/', "~1")),
            None => path.push_str(&index.to_string()),
        }
        value = child;
    }
    path
}
