use super::note::Unproven;
use super::{Note, NoteError, NoteStep};
use crate::expression::Moment;
use crate::json::{self, JsonError, Node, Writer};
use crate::language::Language;
use crate::plan::Digest;
use std::collections::BTreeMap;
use std::fmt;

const FORMAT: &str = "minping-suggestions";
const VERSION: u64 = 1;

/// What the clerks of one plan decided about its suggestions: a set of notes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notes {
    plan: String,
    notes: BTreeMap<Digest, Note>,
}

/// Why a file holds no notes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotesError {
    Json(JsonError),
    OtherFormat(String),
    Newer(u64),
    Note(NoteError),
    /// They are of another plan: its id, and ours.
    OtherPlan {
        found: String,
        expected: String,
    },
}

impl Notes {
    pub fn new(plan: &str) -> Notes {
        Notes { plan: plan.to_owned(), notes: BTreeMap::new() }
    }

    /// Id of the plan.
    pub fn plan(&self) -> &str {
        &self.plan
    }

    pub fn is_empty(&self) -> bool {
        self.notes.is_empty()
    }

    pub fn len(&self) -> usize {
        self.notes.len()
    }

    /// Every note, in the order of ids.
    pub fn all(&self) -> impl Iterator<Item = &Note> {
        self.notes.values()
    }

    pub fn has(&self, id: &Digest) -> bool {
        self.notes.contains_key(id)
    }

    /// Takes a note from another copy in; false: it is here already.
    pub fn take(&mut self, note: Note) -> bool {
        self.notes.insert(note.id().clone(), note).is_none()
    }

    /// A new note, after all that are here. It is not yet among them. None: nobody says who writes it, or it is about
    /// nothing.
    pub fn make(&self, by: &str, at: Moment, of: Vec<Digest>, step: NoteStep) -> Option<Note> {
        let last = self.all().map(Note::number).max().unwrap_or(0);
        let by = by.trim();
        let said = match &step {
            NoteStep::Tagged(tag) | NoteStep::Untagged(tag) => !tag.trim().is_empty(),
            NoteStep::Masked { from, to, .. } | NoteStep::Lifted { from, to } => from < to,
            NoteStep::Released(texts) => texts.len() == of.len(),
            NoteStep::Assigned { unit, indicator } => unit.is_some() || indicator.is_some(),
            NoteStep::Withheld | NoteStep::Answered(_) => true,
        };
        (said && !by.is_empty() && !of.is_empty())
            .then(|| Note::new(last.saturating_add(1), at, by.to_owned(), of, step))
    }

    /// The union of two copies: how many were added, and how many were here.
    ///
    /// # Errors
    /// A copy of another plan; nothing is changed then.
    pub fn merge(&mut self, other: &Notes) -> Result<(usize, usize), NotesError> {
        if other.plan != self.plan {
            return Err(NotesError::OtherPlan { found: other.plan.clone(), expected: self.plan.clone() });
        }
        let added = other.all().filter(|note| !self.has(note.id())).count();
        other.all().for_each(|note| {
            self.take(note.clone());
        });
        Ok((added, other.len() - added))
    }

    /// As a file: one note a line, in the order of ids, so that equal notes are equal files.
    pub fn to_json(&self) -> String {
        let mut out = Writer::new();
        out.open('{');
        out.text("format", FORMAT);
        out.number("v", VERSION);
        out.text("plan", &self.plan);
        out.name("notes");
        out.open('[');
        let mut text = out.finish();
        for (at, note) in self.all().enumerate() {
            text.push_str(if at == 0 { "\n" } else { ",\n" });
            text.push_str(&note.to_json());
        }
        text.push_str("\n]}\n");
        text
    }

    /// Reads a file that [`Notes::to_json`] wrote; every note is held against its id.
    ///
    /// # Errors
    /// [`NotesError`]; nothing of such a file is used.
    pub fn parse(text: &str) -> Result<Notes, NotesError> {
        struct File {
            format: String,
            plan: String,
            notes: Vec<Unproven>,
        }
        fn file(node: Node) -> File {
            let node = node.only(&["format", "v", "plan", "notes"]);
            // What version it is was asked before.
            node.whole("v", VERSION);
            File { format: node.text("format"), plan: node.text("plan"), notes: node.list("notes", Unproven::read) }
        }
        let text = text.trim_start_matches('\u{feff}');
        if let Some(version) = json::version(text, "v").filter(|version| *version != VERSION) {
            return Err(NotesError::Newer(version));
        }
        let file = json::read(text, file).map_err(NotesError::Json)?;
        if file.format != FORMAT {
            return Err(NotesError::OtherFormat(file.format));
        }
        let mut notes = Notes::new(&file.plan);
        for unproven in file.notes {
            notes.take(unproven.prove().map_err(NotesError::Note)?);
        }
        Ok(notes)
    }
}

impl NotesError {
    pub fn told(&self, language: Language) -> String {
        let zh = language == Language::Zh;
        match self {
            NotesError::Json(error) if zh => format!("第 {} 行第 {} 列：{error}", error.line, error.column),
            NotesError::Json(error) => error.to_string(),
            NotesError::OtherFormat(found) if zh => {
                format!("不是意见处理文件（`{found}`）；请选择 .minping-suggestions 文件")
            }
            NotesError::OtherFormat(found) => {
                format!("this file holds no notes about suggestions (`{found}`); choose a .minping-suggestions file")
            }
            NotesError::Newer(version) if zh => format!("文件是第 {version} 版的格式，本程序不认识；请更新程序"),
            NotesError::Newer(version) => {
                format!("the file has version {version}, which this program does not know; update the program")
            }
            NotesError::Note(error) => error.told(language),
            NotesError::OtherPlan { found, expected } if zh => {
                format!("文件属于方案 `{found}`，这里是方案 `{expected}`；请选择同一方案的文件")
            }
            NotesError::OtherPlan { found, expected } => {
                format!("the file is of the plan `{found}`, and this is `{expected}`; choose a file of the same plan")
            }
        }
    }
}

impl fmt::Display for NotesError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.told(Language::En))
    }
}

impl std::error::Error for NotesError {}
