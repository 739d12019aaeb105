use super::Day;
use super::{Step, read};
use crate::expression::{Moment, sha_256};
use crate::json::{self, JsonError, Node, Writer};
use crate::language::Language;
use crate::plan::Digest;
use base64ct::{Base64UrlUnpadded, Encoding};
use std::fmt;

/// One line of a book. Its content never changes: `id` is its digest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    id: Digest,
    /// The id of the entry that opened the case; None: this is it.
    case: Option<Digest>,
    /// 1 for the opening; later ones one more than the highest that was known when they were written. Two entries of a case
    /// with one number were written in two copies that did not know of each other.
    number: u32,
    at: Moment,
    day: Day,
    by: String,
    step: Step,
}

/// Why a text is no entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EntryError {
    Json(JsonError),
    /// Its content is not what its id says.
    Changed(Digest),
}

/// [`Entry`] before its content is held against its id.
pub(super) struct Unproven {
    claimed: Digest,
    entry: Entry,
}

impl Entry {
    pub(super) fn new(case: Option<Digest>, number: u32, at: Moment, day: Day, by: String, step: Step) -> Entry {
        let mut entry = Entry { id: Digest(String::new()), case, number, at, day, by, step };
        entry.id = entry.digest();
        entry
    }

    /// Name of the entry: SHA-256 of its content.
    pub fn id(&self) -> &Digest {
        &self.id
    }

    /// Which case it is of: the id of the entry that opened it.
    pub fn case(&self) -> &Digest {
        self.case.as_ref().unwrap_or(&self.id)
    }

    pub fn number(&self) -> u32 {
        self.number
    }

    /// When it was written.
    pub fn at(&self) -> Moment {
        self.at
    }

    /// The day on which happened what it says.
    pub fn day(&self) -> Day {
        self.day
    }

    /// Who wrote it.
    pub fn by(&self) -> &str {
        &self.by
    }

    pub fn step(&self) -> &Step {
        &self.step
    }

    /// The order of a case: by number, then moment, then id.
    pub(super) fn order(&self) -> (u32, i64, &Digest) {
        (self.number, self.at.milliseconds, &self.id)
    }

    fn digest(&self) -> Digest {
        let mut out = Writer::new();
        out.open('{');
        self.write_content(&mut out);
        out.close('}');
        Digest(Base64UrlUnpadded::encode_string(&sha_256(out.finish().as_bytes())))
    }

    fn write_content(&self, out: &mut Writer) {
        out.text_if_some("case", self.case.as_ref().map(|case| &case.0));
        out.number("number", u64::from(self.number));
        out.text("at", &self.at.write());
        out.text("day", &self.day.to_string());
        out.text("by", &self.by);
        out.name("step");
        self.step.write(out);
    }

    /// As it stands in a file: the id, and then what is digested.
    pub fn to_json(&self) -> String {
        let mut out = Writer::new();
        out.open('{');
        out.text("id", self.id.as_str());
        self.write_content(&mut out);
        out.close('}');
        out.finish()
    }

    /// Reads what [`Entry::to_json`] wrote.
    ///
    /// # Errors
    /// [`EntryError`].
    pub fn parse(text: &str) -> Result<Entry, EntryError> {
        json::read(text, Unproven::read).map_err(EntryError::Json)?.prove()
    }
}

impl Unproven {
    pub fn read(node: Node) -> Unproven {
        let node = node.only(&["id", "case", "number", "at", "day", "by", "step"]);
        let moment = |node: Node| {
            Moment::parse(&node.as_text()).unwrap_or_else(|| {
                node.expected("a moment such as 2026-11-30T09:30:00.000+08:00");
                Moment { milliseconds: 0, offset: 0 }
            })
        };
        let entry = Entry {
            id: Digest(String::new()),
            case: node.find("case").map(read::digest),
            number: node.whole("number", u64::from(u32::MAX)) as u32,
            at: node.get("at").map_or_else(|| moment_missing(node), moment),
            day: node.object("day", read::day),
            by: node.text("by"),
            step: node.object("step", read::step),
        };
        if matches!(entry.step, Step::Opened(_)) != (entry.case.is_none() && entry.number == 1) {
            node.expected("an opening with number 1 and no case, or another step with both");
        }
        Unproven { claimed: node.object("id", read::digest), entry }
    }

    pub fn prove(self) -> Result<Entry, EntryError> {
        let id = self.entry.digest();
        match id == self.claimed {
            true => Ok(Entry { id, ..self.entry }),
            false => Err(EntryError::Changed(self.claimed)),
        }
    }
}

fn moment_missing(node: Node) -> Moment {
    let _ = node.text("at");
    Moment { milliseconds: 0, offset: 0 }
}

impl EntryError {
    pub fn told(&self, language: Language) -> String {
        match (self, language) {
            (EntryError::Json(error), Language::Zh) => format!("第 {} 行第 {} 列：{error}", error.line, error.column),
            (EntryError::Json(error), Language::En) => error.to_string(),
            (EntryError::Changed(id), Language::Zh) => {
                format!("记录 `{}` 的内容与编号不符，写成之后被改动过；请换用另一份副本", id.short())
            }
            (EntryError::Changed(id), Language::En) => format!(
                "entry `{}`: its content is not what its id says, so it was changed after it was written; take it from another copy",
                id.short()
            ),
        }
    }
}

impl fmt::Display for EntryError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.told(Language::En))
    }
}

impl std::error::Error for EntryError {}
