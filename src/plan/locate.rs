//! JSON Pointer to line and column.

use super::Place;
use crate::json::{self, Value};
use std::collections::BTreeSet;

/// Where the values of a JSON text stand.
pub struct Places<'a> {
    lines: Lines<'a>,
    root: Value<'a>,
}

impl<'a> Places<'a> {
    /// `None` when the text is no JSON.
    pub fn of(text: &'a str) -> Option<Places<'a>> {
        Some(Places { lines: Lines::of(text), root: json::parse_with_repeated(text).ok()? })
    }

    /// Where the value of a JSON Pointer begins. Of what is not there: where the nearest value around it begins.
    pub fn place(&self, pointer: &str) -> Place {
        self.lines.place(self.value(pointer).start(self.lines.text))
    }

    /// Where a byte of the text stands that is the value of a JSON Pointer. Escapes are counted as they are written.
    pub fn place_within(&self, pointer: &str, at: usize) -> Place {
        let value = self.value(pointer);
        let text = self.lines.text;
        let start = value.start(text);
        if !value.is_text() {
            return self.lines.place(start);
        }
        let mut characters = text[start + 1..].char_indices().peekable();
        let mut read = 0;
        while read < at
            && let Some((_, c)) = characters.next()
        {
            read += match c {
                '\\' => match characters.next() {
                    Some((hex, 'u')) => {
                        let digits = text.get(start + 2 + hex..start + 6 + hex).unwrap_or("");
                        characters.by_ref().take(4).for_each(drop);
                        match u32::from_str_radix(digits, 16).unwrap_or(0) {
                            0..0x80 => 1,
                            0x80..0x800 => 2,
                            // Each half of a pair is two of its four bytes.
                            0xd800..0xe000 => 2,
                            _ => 3,
                        }
                    }
                    _ => 1,
                },
                c => c.len_utf8(),
            };
        }
        let found = characters.peek().map_or(text.len(), |(i, _)| start + 1 + i);
        self.lines.place(found)
    }

    fn value(&self, pointer: &str) -> &Value<'a> {
        let mut value = &self.root;
        for token in pointer.split('/').skip(1) {
            let name = token.replace("~1", "/").replace("~0", "~");
            // The last member of a name, as the JSON reader takes it.
            let member = value.children().filter(|(known, _)| *known == Some(&*name)).last();
            let element = || token.parse().ok().and_then(|i: usize| value.children().nth(i));
            match member.or_else(|| element().filter(|(known, _)| known.is_none())) {
                Some((_, next)) => value = next,
                None => break,
            }
        }
        value
    }

    /// Members that stand twice in one object: the pointer of the object, the member's name, and where it stands again.
    pub fn repeated_members(&self) -> Vec<(String, String, Place)> {
        let mut found = Vec::new();
        collect_repeated(&self.lines, &self.root, "", &mut found);
        found
    }
}

fn collect_repeated(lines: &Lines, value: &Value, path: &str, found: &mut Vec<(String, String, Place)>) {
    let mut seen = BTreeSet::new();
    let mut before = value.start(lines.text);
    for (i, (name, child)) in value.children().enumerate() {
        let token = match name {
            Some(name) => {
                if !seen.insert(name) {
                    // Between two members stand only white space and a comma, then the second one's name.
                    let quote = lines.text[before..].find('"').unwrap_or(0);
                    found.push((path.to_owned(), name.to_owned(), lines.place(before + quote)));
                }
                name.replace('~', "~0").replace('/', "~1")
            }
            None => i.to_string(),
        };
        collect_repeated(lines, child, &format!("{path}/{token}"), found);
        before = child.start(lines.text) + child.raw.len();
    }
}

/// Bytes between two places at which characters are counted in advance.
const STRIDE: usize = 1 << 10;

/// Line and column of byte positions, each found without reading the text again from its beginning.
struct Lines<'a> {
    text: &'a str,
    /// Where each line begins.
    starts: Vec<usize>,
    /// Characters before each multiple of [`STRIDE`].
    counted: Vec<usize>,
}

/// Whether a byte begins a character.
fn begins(byte: &u8) -> bool {
    byte & 0xC0 != 0x80
}

impl<'a> Lines<'a> {
    fn of(text: &'a str) -> Lines<'a> {
        let newlines = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
        let starts = std::iter::once(0).chain(newlines.map(|(at, _)| at + 1)).collect();
        let mut before = 0;
        let counted = text.as_bytes().chunks(STRIDE).map(|chunk| {
            let here = before;
            before += chunk.iter().filter(|byte| begins(byte)).count();
            here
        });
        Lines { text, starts, counted: counted.collect() }
    }

    fn characters_before(&self, at: usize) -> usize {
        let chunk = at / STRIDE;
        let bytes = self.text.as_bytes().get(chunk * STRIDE..at).unwrap_or_default();
        self.counted.get(chunk).copied().unwrap_or(0) + bytes.iter().filter(|byte| begins(byte)).count()
    }

    fn place(&self, at: usize) -> Place {
        let line = self.starts.partition_point(|start| *start <= at);
        let start = self.starts[line - 1];
        Place { line, column: self.characters_before(at) - self.characters_before(start) + 1 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pointer_leads_to_line_and_column_in_characters() {
        let text = "{\n  \"名\": \"值\", \"a/b\": [1,\n    {\"c~d\": true}]\n}";
        let places = Places::of(text).unwrap();
        let at = |pointer: &str| places.place(pointer);
        assert_eq!(at(""), Place { line: 1, column: 1 });
        assert_eq!(at("/名"), Place { line: 2, column: 8 });
        assert_eq!(at("/a~1b/0"), Place { line: 2, column: 21 });
        assert_eq!(at("/a~1b/1/c~0d"), Place { line: 3, column: 13 });
    }

    #[test]
    fn a_byte_of_a_text_is_placed_past_its_escapes() {
        let text = r#"{"a": "x\"名\u540d\ud83d\ude00z"}"#;
        let places = Places::of(text).unwrap();
        let column = |at: usize| places.place_within("/a", at).column;
        assert_eq!((column(0), column(1), column(2), column(5), column(8), column(12)), (8, 9, 11, 12, 18, 30));
    }

    #[test]
    fn what_is_missing_is_placed_at_the_value_around_it() {
        let places = Places::of("{ \"a\": { \"b\": 1 } }").unwrap();
        assert_eq!(places.place("/a/label/zh"), places.place("/a"));
    }

    #[test]
    fn members_that_stand_twice_are_found_at_any_depth() {
        let places = Places::of("{\"a\": [{\"b\": 1, \"b\": 2}]}").unwrap();
        assert_eq!(places.repeated_members(), [("/a/0".to_owned(), "b".to_owned(), Place { line: 1, column: 17 })]);
    }
}
