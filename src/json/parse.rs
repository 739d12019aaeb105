use super::error::{JsonError, Mistake};
use std::borrow::Cow;

/// Most objects and lists inside one another.
pub const DEEPEST: u8 = 128;

/// A JSON value, and its text as it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Value<'a> {
    pub raw: &'a str,
    pub(super) kind: Kind<'a>,
}

/// A text is borrowed from where it stands unless it was escaped.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Kind<'a> {
    Null,
    Flag(bool),
    /// Its digits are in `raw`.
    Number,
    Text(Cow<'a, str>),
    List(Vec<Value<'a>>),
    Object(Vec<Member<'a>>),
}

pub(super) type Member<'a> = (Cow<'a, str>, Value<'a>);

impl<'a> Value<'a> {
    /// Elements without and members with their names.
    pub(crate) fn children(&self) -> impl Iterator<Item = (Option<&str>, &Value<'a>)> {
        let (list, object): (&[Value], &[Member]) = match &self.kind {
            Kind::List(list) => (list, &[]),
            Kind::Object(object) => (&[], object),
            _ => (&[], &[]),
        };
        let members = object.iter().map(|(name, value)| (Some(&**name), value));
        list.iter().map(|value| (None, value)).chain(members)
    }

    /// What it says, if it is a text.
    pub(crate) fn as_text(&self) -> Option<&str> {
        match &self.kind {
            Kind::Text(text) => Some(text),
            _ => None,
        }
    }

    /// Whether it is a text.
    pub(crate) fn is_text(&self) -> bool {
        matches!(self.kind, Kind::Text(_))
    }

    /// Where it begins in the text that it was read from.
    pub(crate) fn start(&self, text: &str) -> usize {
        self.raw.as_ptr() as usize - text.as_ptr() as usize
    }
}

/// Reads a text whole. White space around the value is ignored.
///
/// # Errors
/// The first place where the text is no JSON, nests too deep, or repeats a member.
pub fn parse(text: &str) -> Result<Value<'_>, JsonError> {
    parse_as(text, false)
}

/// As [`parse`], but members may repeat: for what names every mistake in a text and not only the first.
pub(crate) fn parse_with_repeated(text: &str) -> Result<Value<'_>, JsonError> {
    parse_as(text, true)
}

fn parse_as(text: &str, repeated: bool) -> Result<Value<'_>, JsonError> {
    let mut parser = Parser { text, at: 0, depth: 0, repeated, mistake: Mistake::Syntax("") };
    let mut value = parser.value();
    if value.is_some() {
        parser.space();
        if parser.at < text.len() {
            value = parser.expected("the end");
        }
    }
    let Parser { at, mistake, .. } = parser;
    value.ok_or_else(|| JsonError::at(text, at, String::new(), mistake))
}

struct Parser<'a> {
    text: &'a str,
    at: usize,
    depth: u8,
    /// Whether an object may have several members of one name.
    repeated: bool,
    /// What is wrong at `at`, once something was.
    mistake: Mistake,
}

impl<'a> Parser<'a> {
    fn expected<T>(&mut self, what: &'static str) -> Option<T> {
        self.mistake = Mistake::Syntax(what);
        None
    }

    /// The next byte; 0, which stands nowhere in JSON, at the end.
    fn peek(&self) -> u8 {
        self.text.as_bytes().get(self.at).copied().unwrap_or(0)
    }

    fn take(&mut self, byte: u8) -> bool {
        let there = self.peek() == byte;
        self.at += usize::from(there);
        there
    }

    fn space(&mut self) {
        while matches!(self.peek(), b' ' | b'\t' | b'\n' | b'\r') {
            self.at += 1;
        }
    }

    fn value(&mut self) -> Option<Value<'a>> {
        self.space();
        let start = self.at;
        let kind = match self.peek() {
            b'"' => Kind::Text(self.string()?),
            b'{' | b'[' => {
                if self.depth == DEEPEST {
                    return self.expected("nothing so deep inside other values");
                }
                self.depth += 1;
                let kind = if self.take(b'{') { self.object()? } else { self.list()? };
                self.depth -= 1;
                kind
            }
            b'-' | b'0'..=b'9' => self.number()?,
            _ => {
                let words = [("null", Kind::Null), ("true", Kind::Flag(true)), ("false", Kind::Flag(false))];
                let rest = &self.text[start..];
                let Some((word, kind)) = words.into_iter().find(|(word, _)| rest.starts_with(word)) else {
                    return self.expected("a value");
                };
                self.at += word.len();
                kind
            }
        };
        Some(Value { raw: &self.text[start..self.at], kind })
    }

    fn list(&mut self) -> Option<Kind<'a>> {
        self.at += 1;
        let mut list = Vec::new();
        self.space();
        if !self.take(b']') {
            loop {
                list.push(self.value()?);
                self.space();
                if self.take(b']') {
                    break;
                }
                if !self.take(b',') {
                    return self.expected("`,` or `]`");
                }
            }
        }
        Some(Kind::List(list))
    }

    fn object(&mut self) -> Option<Kind<'a>> {
        let mut object: Vec<Member<'a>> = Vec::new();
        self.space();
        if !self.take(b'}') {
            loop {
                self.space();
                if self.peek() != b'"' {
                    return self.expected("the name of a member in quotes");
                }
                let name = self.string()?;
                self.space();
                if !self.take(b':') {
                    return self.expected("`:`");
                }
                object.push((name, self.value()?));
                self.space();
                if self.take(b'}') {
                    break;
                }
                if !self.take(b',') {
                    return self.expected("`,` or `}`");
                }
            }
        }
        if !self.repeated
            && let Some(name) = find_repeated(&object)
        {
            self.mistake = Mistake::Repeated(name);
            return None;
        }
        // A list of a city's villages has a hundred thousand of them, most of one or two members.
        object.shrink_to_fit();
        Some(Kind::Object(object))
    }

    fn string(&mut self) -> Option<Cow<'a, str>> {
        self.at += 1;
        let mut unescaped = String::new();
        let mut from = self.at;
        loop {
            match self.peek() {
                b'"' => break,
                b'\\' => {
                    unescaped.push_str(&self.text[from..self.at]);
                    self.at += 1;
                    unescaped.push(self.escaped()?);
                    from = self.at;
                }
                0..0x20 => return self.expected("`\"`, or a control character escaped"),
                _ => self.at += 1,
            }
        }
        let rest = &self.text[from..self.at];
        self.at += 1;
        if unescaped.is_empty() {
            return Some(Cow::Borrowed(rest));
        }
        unescaped.push_str(rest);
        Some(Cow::Owned(unescaped))
    }

    /// What stands behind a backslash.
    fn escaped(&mut self) -> Option<char> {
        let byte = self.peek();
        self.at += 1;
        let character = match byte {
            b'"' | b'\\' | b'/' => byte,
            b'b' => 8,
            b'f' => 12,
            b'n' => b'\n',
            b'r' => b'\r',
            b't' => b'\t',
            b'u' => {
                let mut code = self.four_digits()?;
                if code & 0xFC00 == 0xD800 && self.take(b'\\') && self.take(b'u') {
                    let low = self.four_digits()?;
                    code =
                        if low & 0xFC00 == 0xDC00 { 0x1_0000 + ((code & 0x3FF) << 10) + (low & 0x3FF) } else { code };
                }
                // A lone half of a pair is no character.
                return char::from_u32(code).or_else(|| self.expected("a whole Unicode character"));
            }
            _ => {
                self.at -= 1;
                return self.expected("one of `\"\\/bfnrtu`");
            }
        };
        Some(char::from(character))
    }

    fn four_digits(&mut self) -> Option<u32> {
        let mut code = 0;
        for _ in 0..4 {
            let Some(digit) = char::from(self.peek()).to_digit(16) else {
                return self.expected("four hexadecimal digits");
            };
            code = code << 4 | digit;
            self.at += 1;
        }
        Some(code)
    }

    fn number(&mut self) -> Option<Kind<'a>> {
        self.take(b'-');
        // No digit follows a leading zero.
        if !self.take(b'0') {
            self.digits()?;
        }
        if self.take(b'.') {
            self.digits()?;
        }
        if self.take(b'e') || self.take(b'E') {
            let _ = self.take(b'+') || self.take(b'-');
            self.digits()?;
        }
        Some(Kind::Number)
    }

    fn digits(&mut self) -> Option<()> {
        let start = self.at;
        while self.peek().is_ascii_digit() {
            self.at += 1;
        }
        if self.at == start { self.expected("a digit") } else { Some(()) }
    }
}

/// The members in the order of their names.
#[inline(never)]
pub(super) fn sorted<'v, 'a>(object: &'v [Member<'a>]) -> Vec<&'v Member<'a>> {
    let mut members: Vec<&Member> = object.iter().collect();
    members.sort_unstable_by(|a, b| a.0.cmp(&b.0));
    members
}

/// A name that two members have.
fn find_repeated(object: &[Member]) -> Option<String> {
    let sorted = sorted(object);
    sorted.windows(2).find(|pair| pair[0].0 == pair[1].0).map(|pair| pair[0].0.clone().into_owned())
}
