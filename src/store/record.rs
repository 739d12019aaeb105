//! One entry as text: the value of a record in IndexedDB and in local storage.
//!
//! `<crc-32, 8 hex digits> <revision> +<body>`, or `<crc-32> <revision> -` for a tombstone. The checksum covers the key as well, so
//! that a value under the wrong key is not taken for an entry.

use super::Entry;
use super::checksum::{crc32, hex8, read_hex8};

pub fn encode_record(entry: &Entry) -> String {
    let mut rest = entry.revision.to_string();
    rest.push_str(if entry.body.is_some() { " +" } else { " -" });
    rest.push_str(entry.body.as_deref().unwrap_or(""));
    let mut text = String::with_capacity(rest.len() + 9);
    text.extend(hex8(sum(&entry.key, &rest)).map(char::from));
    text.push(' ');
    text.push_str(&rest);
    text
}

/// `None`: damaged, or written by something else.
pub fn decode_record(key: &str, text: &str) -> Option<Entry> {
    let (digits, rest) = text.split_once(' ')?;
    if read_hex8(digits.as_bytes())? != sum(key, rest) {
        return None;
    }
    let (revision, body) = rest.split_once(' ')?;
    let body = match body.split_at_checked(1)? {
        ("+", body) => Some(body.to_owned()),
        ("-", "") => None,
        _ => return None,
    };
    Some(Entry { key: key.to_owned(), revision: revision.parse().ok()?, body })
}

fn sum(key: &str, rest: &str) -> u32 {
    crc32(&[key.as_bytes(), b"\n", rest.as_bytes()])
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_record_reads_back(key in ".*", revision: u64, body in proptest::option::of(".*")) {
            let entry = Entry { key: key.clone(), revision, body };
            prop_assert_eq!(decode_record(&key, &encode_record(&entry)), Some(entry));
        }

        #[test]
        fn a_changed_record_is_unreadable(body in ".{0,40}", at: prop::sample::Index, with: char) {
            let text = encode_record(&Entry::new("draft/a", 7, body));
            let mut chars: Vec<char> = text.chars().collect();
            let at = at.index(chars.len());
            prop_assume!(chars[at] != with);
            chars[at] = with;
            prop_assert_eq!(decode_record("draft/a", &chars.into_iter().collect::<String>()), None);
        }
    }

    #[test]
    fn a_value_under_another_key_is_unreadable() {
        assert_eq!(decode_record("draft/b", &encode_record(&Entry::new("draft/a", 1, "{}"))), None);
    }
}
