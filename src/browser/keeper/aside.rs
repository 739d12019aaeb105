//! What could not be read is kept as an entry of its own, `aside/…`, in both journals: it survives the repair and the
//! compaction of the place it was found in, and goes into the rescue file.

use crate::store::checksum::{crc32, hex8};
use crate::store::{Entries, Entry, Source, Unreadable};

pub const ASIDE: &str = "aside/";

/// The same thing found again gets the same key, so that it is kept once.
pub fn set_aside(found: &Unreadable) -> Entry {
    let mut body = String::from(match found.source {
        Source::Indexed => "indexed ",
        Source::Log => "log ",
        Source::Cache => "cache ",
    });
    body.push_str(found.key.as_deref().unwrap_or(""));
    body.push('\n');
    body.push_str(&found.raw);
    let mut key = String::from(ASIDE);
    key.extend(hex8(crc32(&[body.as_bytes()])).map(char::from));
    key.push('-');
    key.push_str(&body.len().to_string());
    Entry::new(key, 1, body)
}

/// All that lies aside.
pub fn list_aside(entries: &Entries) -> Vec<Unreadable> {
    entries
        .values()
        .filter(|entry| entry.key.starts_with(ASIDE))
        .filter_map(|entry| {
            let (head, raw) = entry.body.as_deref()?.split_once('\n')?;
            let (source, key) = head.split_once(' ')?;
            let source = match source {
                "indexed" => Source::Indexed,
                "cache" => Source::Cache,
                _ => Source::Log,
            };
            Some(Unreadable { source, key: (!key.is_empty()).then(|| key.to_owned()), raw: raw.to_owned() })
        })
        .collect()
}
