//! What the program lends to expressions.
use crate::expression::{Host, Plain};
use aws_lc_rs::digest;
use base64ct::{Base64, Encoding};
use std::cell::RefCell;
use std::collections::HashMap;

/// [`Host`] for the program: the standard library's mathematics, the `regex` crate, AWS-LC's digests.
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
        let bytes: Vec<u8> = match algorithm {
            "MD5" => md5(text.as_bytes()).to_vec(),
            "SHA-1" => digest::digest(&digest::SHA1_FOR_LEGACY_USE_ONLY, text.as_bytes()).as_ref().to_vec(),
            "SHA-256" => digest::digest(&digest::SHA256, text.as_bytes()).as_ref().to_vec(),
            "SHA-384" => digest::digest(&digest::SHA384, text.as_bytes()).as_ref().to_vec(),
            "SHA-512" => digest::digest(&digest::SHA512, text.as_bytes()).as_ref().to_vec(),
            _ => return None,
        };
        Some(if hex { bytes.iter().map(|byte| format!("{byte:02x}")).collect() } else { Base64::encode_string(&bytes) })
    }

    fn decode(&self, base64: &str) -> Option<String> {
        // With and without padding, as browsers take it.
        let text: String = base64.chars().filter(|c| !c.is_ascii_whitespace() && *c != '=').collect();
        let bytes = base64ct::Base64Unpadded::decode_vec(&text).ok()?;
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

/// MD5 (RFC 1321), which ODK's `digest()` knows: for comparing with what other systems made, not for security.
fn md5(message: &[u8]) -> [u8; 16] {
    const SHIFTS: [[u32; 4]; 4] = [[7, 12, 17, 22], [5, 9, 14, 20], [4, 11, 16, 23], [6, 10, 15, 21]];
    let mut padded = message.to_vec();
    padded.push(0x80);
    padded.resize(padded.len().next_multiple_of(64), 0);
    if message.len() % 64 > 55 {
        padded.resize(padded.len() + 64, 0);
    }
    let end = padded.len() - 8;
    padded[end..].copy_from_slice(&(message.len() as u64 * 8).to_le_bytes());
    let mut state = [0x6745_2301u32, 0xefcd_ab89, 0x98ba_dcfe, 0x1032_5476];
    for block in padded.chunks_exact(64) {
        let word = |i: usize| u32::from_le_bytes([block[4 * i], block[4 * i + 1], block[4 * i + 2], block[4 * i + 3]]);
        let [mut a, mut b, mut c, mut d] = state;
        for i in 0..64 {
            let (mix, index) = match i / 16 {
                0 => (b & c | !b & d, i),
                1 => (d & b | !d & c, (5 * i + 1) % 16),
                2 => (b ^ c ^ d, (3 * i + 5) % 16),
                _ => (c ^ (b | !d), 7 * i % 16),
            };
            let constant = (((i + 1) as f64).sin().abs() * 4_294_967_296.0) as u32;
            let sum = a.wrapping_add(mix).wrapping_add(constant).wrapping_add(word(index));
            (a, d, c, b) = (d, c, b, b.wrapping_add(sum.rotate_left(SHIFTS[i / 16][i % 4])));
        }
        for (kept, new) in state.iter_mut().zip([a, b, c, d]) {
            *kept = kept.wrapping_add(new);
        }
    }
    let mut out = [0; 16];
    for (place, word) in out.chunks_exact_mut(4).zip(state) {
        place.copy_from_slice(&word.to_le_bytes());
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digests_are_those_of_the_standards() {
        // RFC 1321, section A.5; FIPS 180 examples.
        for (text, algorithm, expected) in [
            ("", "MD5", "d41d8cd98f00b204e9800998ecf8427e"),
            ("message digest", "MD5", "f96b697d7cb7938d525a2f31aaf161d0"),
            (
                "12345678901234567890123456789012345678901234567890123456789012345678901234567890",
                "MD5",
                "57edf4a22be3c955ac49da2e2107b67a",
            ),
            ("abc", "SHA-1", "a9993e364706816aba3e25717850c26c9cd0d89d"),
            ("abc", "SHA-256", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
        ] {
            assert_eq!(NATIVE.digest(text, algorithm, true).as_deref(), Some(expected));
        }
        assert_eq!(NATIVE.digest("a", "CRC", true), None);
    }

    #[test]
    fn digits_and_word_characters_are_those_of_browsers() {
        assert_eq!(NATIVE.matches("١٢", r"^\d+$"), Some(false));
        assert_eq!(NATIVE.matches("12", r"^[\d]+$"), Some(true));
        assert_eq!(NATIVE.matches("满意", r"\w"), Some(false));
        assert_eq!(NATIVE.matches("a-b", r"\bb"), Some(true));
        assert_eq!(NATIVE.matches("a", "("), None);
    }
}
