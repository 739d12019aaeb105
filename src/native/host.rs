//! What the program lends to expressions.
use crate::expression::{Host, Plain};
use base64ct::{Base64Unpadded, Encoding};
use std::cell::RefCell;
use std::collections::HashMap;

/// [`Host`] for the program: the standard library's mathematics, the `regex` crate.
pub struct NativeHost;

/// The one that there is.
pub static NATIVE: NativeHost = NativeHost;

/// Compiled regular expressions kept: an interview has few, and asks them often.
const MOST_PATTERNS: usize = 256;

thread_local! {
    static PATTERNS: RefCell<HashMap<String, Option<regex::Regex>>> = RefCell::new(HashMap::new());
}

impl Host for NativeHost {
    fn math(&self, name: &str, x: f64, y: f64) -> f64 {
        Plain.math(name, x, y)
    }

    fn number(&self, value: f64) -> String {
        Plain.number(value)
    }

    fn matches(&self, text: &str, pattern: &str) -> Option<bool> {
        PATTERNS.with_borrow_mut(|patterns| {
            if !patterns.contains_key(pattern) {
                if patterns.len() == MOST_PATTERNS {
                    patterns.clear();
                }
                // Digits, word characters and spaces are JavaScript's: ASCII, but for the spaces.
                let compiled = regex::RegexBuilder::new(&as_in_javascript(pattern)).size_limit(1 << 22).build().ok();
                patterns.insert(pattern.to_owned(), compiled);
            }
            patterns[pattern].as_ref().map(|regex| regex.is_match(text))
        })
    }

    fn digest(&self, text: &str, algorithm: &str, hex: bool) -> Option<String> {
        Plain.digest(text, algorithm, hex)
    }

    fn decode(&self, base64: &str) -> Option<String> {
        // With and without padding, as browsers take it.
        let text: String = base64.chars().filter(|c| !c.is_ascii_whitespace() && *c != '=').collect();
        let bytes = Base64Unpadded::decode_vec(&text).ok()?;
        Some(String::from_utf8_lossy(&bytes).into_owned())
    }
}

/// `\d`, `\w` and `\b` mean ASCII in JavaScript.
fn as_in_javascript(pattern: &str) -> String {
    let mut out = String::new();
    let mut characters = pattern.chars();
    let mut class = false;
    while let Some(c) = characters.next() {
        match c {
            '\\' => match characters.next() {
                Some('d') if class => out.push_str("0-9"),
                Some('d') => out.push_str("[0-9]"),
                Some('D') if !class => out.push_str("[^0-9]"),
                Some('w') if class => out.push_str("0-9A-Za-z_"),
                Some('w') => out.push_str("[0-9A-Za-z_]"),
                Some('W') if !class => out.push_str("[^0-9A-Za-z_]"),
                Some('b') if !class => out.push_str(r"(?-u:\b)"),
                Some('/') => out.push('/'),
                Some(other) => {
                    out.push('\\');
                    out.push(other);
                }
                None => out.push('\\'),
            },
            c => {
                class = (class || c == '[') && c != ']';
                out.push(c);
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_and_word_characters_are_those_of_browsers() {
        assert_eq!(NATIVE.matches("١٢", r"^\d+$"), Some(false));
        assert_eq!(NATIVE.matches("12", r"^[\d]+$"), Some(true));
        assert_eq!(NATIVE.matches("满意", r"\w"), Some(false));
        assert_eq!(NATIVE.matches("a-b", r"\bb"), Some(true));
        assert_eq!(NATIVE.matches("a", "("), None);
    }
}
