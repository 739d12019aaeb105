//! Pictures of labels: in a workbook the names of files, in a plan small pictures inside of it.

use super::finding::Code;
use super::findings::Findings;
use super::node::{Members, Origins, origin_of};
use super::sheet::Row;
use crate::plan::MOST_OF_PICTURE;
use base64ct::{Base64, Encoding};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// A file that lies beside a workbook.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MediaFile {
    pub name: String,
    /// All of them, or more than a picture may have.
    pub bytes: Vec<u8>,
}

/// The member that holds the name of a file until it is known which picture it is.
const FILE: &str = "image_file";

/// Takes the names of files from a row; of several languages that of the first column.
pub(super) fn take(row: &Row, members: &mut Members, findings: &mut Findings) {
    for (column, file) in row.of("image") {
        let name = file.trim_start_matches("jr://images/").to_owned();
        match members.get(FILE) {
            Some(Value::String(first)) if *first == name => {}
            Some(_) => findings.add(Code::PictureOfLanguage, row.sheet.name, Some(row.number), &column.header, [&name]),
            None => {
                members.insert(FILE.to_owned(), Value::String(name));
            }
        }
    }
    for key in ["big_image", "audio", "video"] {
        for (column, file) in row.of(key) {
            findings.add(Code::MediaNotCarried, row.sheet.name, Some(row.number), &column.header, [&file]);
        }
    }
}

/// The name of the file that a picture of the plan is in a workbook.
#[cfg(feature = "cli")]
pub(super) fn file_of(media: &Members, name: &str) -> Option<String> {
    let kind = media.get(name)?.get("type")?.as_str()?;
    let (ending, _) = ENDINGS.iter().find(|(_, known)| *known == kind)?;
    Some([name, ".", ending].concat())
}

/// The pictures of a plan as files, by the names that its workbook gives them.
#[cfg(feature = "cli")]
pub fn media_files(plan: &crate::plan::Plan) -> Vec<MediaFile> {
    let file = |(name, medium): (&String, &crate::plan::Medium)| {
        let (ending, _) = ENDINGS.iter().find(|(_, kind)| *kind == medium.kind.name())?;
        Some(MediaFile { name: [name, ".", ending].concat(), bytes: Base64::decode_vec(&medium.data).ok()? })
    };
    plan.media.iter().filter_map(file).collect()
}

/// Endings of names with the types that the files have; the first of a type is written.
const ENDINGS: [(&str, &str); 4] =
    [("png", "image/png"), ("jpg", "image/jpeg"), ("jpeg", "image/jpeg"), ("webp", "image/webp")];

/// Finds the picture for each name of a file.
pub(super) struct Pictures<'a> {
    /// What the plan has already.
    own: Members,
    /// None: no folder was given.
    files: Option<&'a [MediaFile]>,
    made: Members,
    /// By the name of the file.
    known: BTreeMap<String, String>,
}

impl<'a> Pictures<'a> {
    pub fn new(own: Option<Members>, files: Option<&'a [MediaFile]>) -> Pictures<'a> {
        Pictures { own: own.unwrap_or_default(), files, made: Members::new(), known: BTreeMap::new() }
    }

    /// Puts pictures in the place of files, in all that is in a value; `at` is its pointer.
    pub fn put(&mut self, value: &mut Value, at: &str, origins: &Origins, findings: &mut Findings) {
        match value {
            Value::Array(list) => {
                for (number, value) in list.iter_mut().enumerate() {
                    self.put(value, &format!("{at}/{number}"), origins, findings);
                }
            }
            Value::Object(members) => {
                self.put_one(members, at, origins, findings);
                for name in ["items", "choices"] {
                    if let Some(list) = members.get_mut(name).filter(|list| list.is_array()) {
                        self.put(list, &[at, "/", name].concat(), origins, findings);
                    }
                }
            }
            _ => {}
        }
    }

    pub fn put_one(&mut self, members: &mut Members, at: &str, origins: &Origins, findings: &mut Findings) {
        let Some(Value::String(file)) = members.remove(FILE) else { return };
        let found = match self.known.get(&file) {
            Some(name) => Ok(name.clone()),
            None => self.find(&file),
        };
        match found {
            Ok(name) => {
                self.known.insert(file, name.clone());
                // What the column of JSON says is more exact.
                members.entry("image").or_insert(Value::String(name));
            }
            Err(code) => {
                let origin = origin_of(origins, at);
                let (sheet, row) = origin.map_or(("", None), |origin| (origin.sheet.as_str(), origin.row));
                let most = MOST_OF_PICTURE.div_ceil(1000).to_string();
                findings.add(code, sheet, row, "image", [&file, &most]);
            }
        }
    }

    fn find(&mut self, file: &str) -> Result<String, Code> {
        let (stem, ending) = file.rsplit_once('.').unwrap_or((file, ""));
        let kind = ENDINGS.iter().find(|(known, _)| ending.eq_ignore_ascii_case(known)).map(|(_, kind)| *kind);
        if self.own.get(stem).is_some_and(|medium| medium.get("type").and_then(Value::as_str) == kind) {
            return Ok(stem.to_owned());
        }
        let files = self.files.ok_or(Code::MediaNotCarried)?;
        let given = files.iter().find(|given| given.name == file).ok_or(Code::PictureMissing)?;
        if given.bytes.len() > MOST_OF_PICTURE {
            return Err(Code::PictureTooLarge);
        }
        // By what it is, whatever it is called.
        let kind = match given.bytes.as_slice() {
            [0x89, b'P', b'N', b'G', ..] => "image/png",
            [0xff, 0xd8, 0xff, ..] => "image/jpeg",
            [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => "image/webp",
            _ => return Err(Code::PictureOtherKind),
        };
        let name = self.free_name(stem);
        self.made.insert(name.clone(), json!({ "type": kind, "data": Base64::encode_string(&given.bytes) }));
        Ok(name)
    }

    /// A name that ids may have and that no picture of the plan has.
    fn free_name(&self, stem: &str) -> String {
        let kept: String =
            stem.chars().take(60).map(|c| if c.is_alphanumeric() || "-_.".contains(c) { c } else { '_' }).collect();
        let kept = if kept.starts_with(char::is_alphanumeric) { kept } else { ["p", &kept].concat() };
        let free = |name: &String| !self.own.contains_key(name) && !self.made.contains_key(name);
        let more = (2..).map(|number| format!("{kept}_{number}"));
        std::iter::once(kept.clone()).chain(more).find(free).unwrap_or(kept)
    }

    /// Puts the new pictures into the plan.
    pub fn finish(self, plan: &mut Members) {
        if self.made.is_empty() {
            return;
        }
        let media = plan.entry("media").or_insert_with(|| Value::Object(Members::new()));
        if let Value::Object(media) = media {
            media.extend(self.made);
        }
    }
}
