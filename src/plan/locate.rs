//! JSON Pointer to line and column.

use super::Place;
use jsonc_parser::ast::{Object, Value};
use jsonc_parser::common::Ranged;
use jsonc_parser::{CollectOptions, ParseOptions, parse_to_ast};

/// Where the values of a JSON text stand.
pub struct Places<'a> {
    text: &'a str,
    root: Value<'a>,
}

impl<'a> Places<'a> {
    /// `None` when the text is no JSON.
    pub fn of(text: &'a str) -> Option<Places<'a>> {
        let options = ParseOptions {
            allow_comments: false,
            allow_loose_object_property_names: false,
            allow_trailing_commas: false,
            allow_missing_commas: false,
            allow_single_quoted_strings: false,
            allow_hexadecimal_numbers: false,
            allow_unary_plus_numbers: false,
        };
        let root = parse_to_ast(text, &CollectOptions::default(), &options).ok()?.value?;
        Some(Places { text, root })
    }

    /// Where the value of a JSON Pointer begins. Of what is not there: where the nearest value around it begins.
    pub fn place(&self, pointer: &str) -> Place {
        place_of(self.text, self.value(pointer).range().start)
    }

    /// Where a byte of the text stands that is the value of a JSON Pointer. Escapes are counted as they are written.
    pub fn place_within(&self, pointer: &str, at: usize) -> Place {
        let value = self.value(pointer);
        let start = value.range().start;
        let Value::StringLit(_) = value else { return place_of(self.text, start) };
        let mut characters = self.text[start + 1..].char_indices().peekable();
        let mut read = 0;
        while read < at
            && let Some((_, c)) = characters.next()
        {
            read += match c {
                '\\' => match characters.next() {
                    Some((hex, 'u')) => {
                        let digits = self.text.get(start + 2 + hex..start + 6 + hex).unwrap_or("");
                        characters.by_ref().take(4).for_each(drop);
                        match u32::from_str_radix(digits, 16).unwrap_or(0) {
                            ..0x80 => 1,
                            ..0x800 => 2,
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
        let found = characters.peek().map_or(self.text.len(), |(i, _)| start + 1 + i);
        place_of(self.text, found)
    }

    fn value(&self, pointer: &str) -> &Value<'a> {
        let mut value = &self.root;
        for token in pointer.split('/').skip(1) {
            let next = match value {
                Value::Object(object) => find_member(object, &token.replace("~1", "/").replace("~0", "~")),
                Value::Array(array) => token.parse().ok().and_then(|i: usize| array.elements.get(i)),
                _ => None,
            };
            match next {
                Some(next) => value = next,
                None => break,
            }
        }
        value
    }

    /// Members that stand twice in one object: the pointer of the object, the member's name, and where it stands again.
    pub fn repeated_members(&self) -> Vec<(String, String, Place)> {
        let mut found = Vec::new();
        collect_repeated(self.text, &self.root, "", &mut found);
        found
    }
}

/// The last member of that name, as the JSON reader takes it.
fn find_member<'v, 'a>(object: &'v Object<'a>, name: &str) -> Option<&'v Value<'a>> {
    object.properties.iter().rev().find(|p| p.name.as_str() == name).map(|p| &p.value)
}

fn collect_repeated(text: &str, value: &Value, path: &str, found: &mut Vec<(String, String, Place)>) {
    match value {
        Value::Object(object) => {
            for (i, property) in object.properties.iter().enumerate() {
                let name = property.name.as_str();
                if object.properties[..i].iter().any(|earlier| earlier.name.as_str() == name) {
                    found.push((path.to_owned(), name.to_owned(), place_of(text, property.range.start)));
                }
                let inner = format!("{path}/{}", name.replace('~', "~0").replace('/', "~1"));
                collect_repeated(text, &property.value, &inner, found);
            }
        }
        Value::Array(array) => {
            for (i, element) in array.elements.iter().enumerate() {
                collect_repeated(text, element, &format!("{path}/{i}"), found);
            }
        }
        _ => {}
    }
}

/// Line and column of a byte position.
fn place_of(text: &str, at: usize) -> Place {
    let before = &text[..at];
    let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
    Place { line: before.matches('\n').count() + 1, column: before[line_start..].chars().count() + 1 }
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
