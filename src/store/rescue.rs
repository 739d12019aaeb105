//! The rescue file: all that a device keeps in one text file that any device with the app can take in.
//!
//! ```json
//! {"format": "minping-rescue", "version": 1, "crc32": "0123abcd",
//!  "entries": [{"key": "sealed/7", "revision": 1, "body": "…"}], "unreadable": []}
//! ```
//!
//! The checksum covers the content and not the white space. The caller says which entries go in and as what: it is the caller that
//! seals drafts for the office (under another key, so that sealed text is never taken for a draft).

use std::fmt;

use crate::json::{self, Node};
use serde::Serialize;

use super::checksum::{crc32, hex8, read_hex8};
use super::{Entries, Entry, Source, Step, Unreadable, check_revision, frame};

const FORMAT: &str = "minping-rescue";
const VERSION: u32 = 1;

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rescue {
    pub entries: Vec<Entry>,
    pub unreadable: Vec<Unreadable>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RescueError {
    /// Not JSON, or cut off, or not of this shape.
    Unreadable { line: usize, what: String },
    /// Another kind of file.
    WrongFormat,
    /// Written by a newer app.
    NewerVersion { found: u32 },
    /// The content is not what was written.
    WrongChecksum,
}

impl fmt::Display for RescueError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            RescueError::Unreadable { line, what } => {
                write!(out, "rescue file: line {line}: {what}; copy the whole file again from the device that wrote it")
            }
            RescueError::WrongFormat => {
                out.write_str("rescue file: this is another kind of file; choose one named `minping-rescue-…`")
            }
            RescueError::NewerVersion { found } => {
                write!(out, "rescue file: version {found} is newer than this app; update the app and try again")
            }
            RescueError::WrongChecksum => out.write_str(
                "rescue file: the content was changed or damaged; copy it again from the device that wrote it",
            ),
        }
    }
}

impl std::error::Error for RescueError {}

#[derive(Serialize)]
struct File {
    format: String,
    version: u32,
    crc32: String,
    entries: Vec<FileEntry>,
    unreadable: Vec<FileUnreadable>,
}

#[derive(Serialize)]
struct FileEntry {
    key: String,
    revision: u64,
    body: Option<String>,
}

#[derive(Serialize)]
struct FileUnreadable {
    source: String,
    key: Option<String>,
    raw: String,
}

/// A later version may have other members.
fn file(node: Node) -> File {
    File {
        format: node.text("format"),
        version: node.whole("version", u64::from(u32::MAX)) as u32,
        crc32: node.text_or_none("crc32").unwrap_or_default(),
        entries: node.list_or_empty("entries", |entry| FileEntry {
            key: entry.text("key"),
            revision: entry.whole("revision", u64::MAX),
            body: entry.text_or_none("body"),
        }),
        unreadable: node.list_or_empty("unreadable", |lost| FileUnreadable {
            source: lost.text("source"),
            key: lost.text_or_none("key"),
            raw: lost.text("raw"),
        }),
    }
}

/// Writes the file. `choose` leaves an entry out with `None`, or gives what is to stand in its place.
pub fn encode_rescue(
    entries: &Entries,
    unreadable: &[Unreadable],
    choose: impl FnMut(&Entry) -> Option<Entry>,
) -> String {
    let entries: Vec<Entry> = entries.values().filter_map(choose).collect();
    let file = File {
        format: FORMAT.into(),
        version: VERSION,
        crc32: hex8(sum(&entries, unreadable)).map(char::from).iter().collect(),
        entries: entries.into_iter().map(|Entry { key, revision, body }| FileEntry { key, revision, body }).collect(),
        unreadable: unreadable
            .iter()
            .map(|lost| FileUnreadable {
                source: source_name(lost.source).into(),
                key: lost.key.clone(),
                raw: lost.raw.clone(),
            })
            .collect(),
    };
    serde_json::to_string_pretty(&file).expect("strings and integers always serialize")
}

pub fn decode_rescue(text: &str) -> Result<Rescue, RescueError> {
    let file = json::read(text.trim_start_matches('\u{feff}'), file)
        .map_err(|error| RescueError::Unreadable { line: error.line, what: error.mistake.to_string() })?;
    if file.format != FORMAT {
        return Err(RescueError::WrongFormat);
    }
    if file.version > VERSION {
        return Err(RescueError::NewerVersion { found: file.version });
    }
    let entries: Vec<Entry> =
        file.entries.into_iter().map(|FileEntry { key, revision, body }| Entry { key, revision, body }).collect();
    let unreadable: Vec<Unreadable> = file
        .unreadable
        .into_iter()
        .map(|lost| Unreadable { source: read_source(&lost.source), key: lost.key, raw: lost.raw })
        .collect();
    if read_hex8(file.crc32.as_bytes()) != Some(sum(&entries, &unreadable)) {
        return Err(RescueError::WrongChecksum);
    }
    Ok(Rescue { entries, unreadable })
}

/// What taking a rescue file in writes, and what it cannot decide.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Merged {
    pub step: Step,
    /// Same key and revision as here, another body: the device keeps its own.
    pub conflicts: Vec<Entry>,
}

/// The entries that are new here. Taking a file in twice, or an older one later, changes nothing.
pub fn merge_rescue(held: &Entries, rescued: Vec<Entry>) -> Merged {
    let mut merged = Merged::default();
    for entry in rescued {
        match held.get(&entry.key) {
            Some(here) if *here == entry || here.revision > entry.revision => {}
            Some(here) if check_revision(here, &entry).is_err() => merged.conflicts.push(entry),
            _ => merged.step.push(entry),
        }
    }
    merged
}

fn sum(entries: &[Entry], unreadable: &[Unreadable]) -> u32 {
    let log = frame::compact(entries);
    let mut pieces = vec![log.as_slice()];
    for lost in unreadable {
        pieces.push(source_name(lost.source).as_bytes());
        pieces.push(lost.key.as_deref().unwrap_or("\n").as_bytes());
        pieces.push(lost.raw.as_bytes());
    }
    crc32(&pieces)
}

fn source_name(source: Source) -> &'static str {
    match source {
        Source::Indexed => "indexed",
        Source::Log => "log",
        Source::Cache => "cache",
    }
}

fn read_source(name: &str) -> Source {
    match name {
        "indexed" => Source::Indexed,
        "cache" => Source::Cache,
        _ => Source::Log,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn entries() -> impl Strategy<Value = Entries> {
        prop::collection::btree_map("[a-z]{1,5}/\\PC{0,6}", (any::<u64>(), prop::option::of(".{0,30}")), 0..8).prop_map(
            |map| map.into_iter().map(|(key, (revision, body))| (key.clone(), Entry { key, revision, body })).collect(),
        )
    }

    proptest! {
        #[test]
        fn a_rescue_file_reads_back_and_brings_everything_to_an_empty_device(entries in entries(), raw in ".*") {
            let unreadable = vec![Unreadable { source: Source::Log, key: None, raw }];
            let text = encode_rescue(&entries, &unreadable, |entry| Some(entry.clone()));
            let rescue = decode_rescue(&text).unwrap();
            prop_assert_eq!(&rescue.unreadable, &unreadable);
            let merged = merge_rescue(&Entries::new(), rescue.entries.clone());
            prop_assert_eq!(merged.step, entries.values().cloned().collect::<Vec<_>>());
            prop_assert_eq!(merge_rescue(&entries, rescue.entries), Merged::default());
        }

        #[test]
        fn a_cut_rescue_file_is_an_error(entries in entries(), at: prop::sample::Index) {
            let text = encode_rescue(&entries, &[], |entry| Some(entry.clone()));
            let mut cut = at.index(text.len());
            while !text.is_char_boundary(cut) {
                cut -= 1;
            }
            prop_assert!(decode_rescue(&text[..cut]).is_err());
        }
    }

    #[test]
    fn a_changed_answer_is_noticed() {
        let entries = Entries::from([("sealed/a".into(), Entry::new("sealed/a", 1, "满意"))]);
        let text = encode_rescue(&entries, &[], |entry| Some(entry.clone()));
        assert_eq!(decode_rescue(&text.replace('满', "不")), Err(RescueError::WrongChecksum));
        assert!(decode_rescue(&format!("\u{feff}{}", text.replace("\n", "\r\n"))).is_ok());
    }

    #[test]
    fn another_file_and_a_newer_version_are_named() {
        assert_eq!(decode_rescue(r#"{"format":"x","version":1}"#), Err(RescueError::WrongFormat));
        let newer = r#"{"format":"minping-rescue","version":9}"#;
        assert_eq!(decode_rescue(newer), Err(RescueError::NewerVersion { found: 9 }));
    }

    #[test]
    fn a_device_keeps_its_newer_draft_and_its_own_side_of_a_conflict() {
        let held = Entries::from([
            ("draft/a".into(), Entry::new("draft/a", 9, "newer")),
            ("draft/b".into(), Entry::new("draft/b", 2, "mine")),
        ]);
        let theirs = Entry::new("draft/b", 2, "theirs");
        let rescued = vec![Entry::new("draft/a", 8, "older"), theirs.clone(), Entry::new("draft/c", 1, "new")];
        let merged = merge_rescue(&held, rescued);
        assert_eq!(merged.step, [Entry::new("draft/c", 1, "new")]);
        assert_eq!(merged.conflicts, [theirs]);
    }
}
