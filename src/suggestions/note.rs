use super::Kind;
use crate::expression::{Moment, sha_256};
use crate::json::{self, JsonError, Node, Writer};
use crate::language::Language;
use crate::plan::Digest;
use base64ct::{Base64UrlUnpadded, Encoding};
use std::fmt;

/// What a clerk decided about one or several texts. Its content never changes: `id` is its digest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    id: Digest,
    /// One more than the highest that was known when it was written: later notes come after earlier ones.
    number: u32,
    at: Moment,
    by: String,
    /// Ids of the texts, in order.
    of: Vec<Digest>,
    step: NoteStep,
}

/// One decision. Places are counted in characters (Unicode scalar values) of the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoteStep {
    Tagged(String),
    Untagged(String),
    /// Which unit and which indicator it concerns, by id. None: as it was; empty: none any longer.
    Assigned {
        unit: Option<String>,
        indicator: Option<String>,
    },
    Masked {
        from: usize,
        to: usize,
        kind: Kind,
    },
    Lifted {
        from: usize,
        to: usize,
    },
    /// May be published as it was masked then: the digest of each masked text, in the order of `of`.
    Released(Vec<Digest>),
    /// Is not to be published, or no longer.
    Withheld,
    /// What the office answers, published with the text; empty: nothing any longer.
    Answered(String),
}

/// Why a text is no note.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoteError {
    Json(JsonError),
    /// Its content is not what its id says.
    Changed(Digest),
}

/// [`Note`] before its content is held against its id.
pub(super) struct Unproven {
    claimed: Digest,
    note: Note,
}

/// Members of `step`.
const STEPS: [&str; 8] = ["tagged", "untagged", "assigned", "masked", "lifted", "released", "withheld", "answered"];
/// A text has at most so many characters.
const LONGEST: u64 = 1 << 24;

impl Note {
    pub(super) fn new(number: u32, at: Moment, by: String, mut of: Vec<Digest>, step: NoteStep) -> Note {
        // The digests of a release belong to their texts.
        if !matches!(step, NoteStep::Released(_)) {
            of.sort();
            of.dedup();
        }
        let mut note = Note { id: Digest(String::new()), number, at, by, of, step };
        note.id = note.digest();
        note
    }

    /// Name of the note: SHA-256 of its content.
    pub fn id(&self) -> &Digest {
        &self.id
    }

    pub fn number(&self) -> u32 {
        self.number
    }

    /// When it was written.
    pub fn at(&self) -> Moment {
        self.at
    }

    /// Who wrote it.
    pub fn by(&self) -> &str {
        &self.by
    }

    /// The texts that it is about.
    pub fn of(&self) -> &[Digest] {
        &self.of
    }

    pub fn step(&self) -> &NoteStep {
        &self.step
    }

    /// The order in which notes count.
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
        out.number("number", u64::from(self.number));
        out.text("at", &self.at.write());
        out.text("by", &self.by);
        write_list(out, "of", &self.of);
        out.name("step");
        out.open('{');
        self.step.write(out);
        out.close('}');
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

    /// Reads what [`Note::to_json`] wrote.
    ///
    /// # Errors
    /// [`NoteError`].
    pub fn parse(text: &str) -> Result<Note, NoteError> {
        json::read(text, Unproven::read).map_err(NoteError::Json)?.prove()
    }
}

fn write_list(out: &mut Writer, name: &str, all: &[Digest]) {
    out.name(name);
    out.open('[');
    all.iter().for_each(|one| out.string(one.as_str()));
    out.close(']');
}

fn digest(node: Node) -> Digest {
    Digest::parse(&node.as_text()).unwrap_or_else(|| {
        node.expected("a digest of 43 characters");
        Digest(String::new())
    })
}

impl NoteStep {
    /// Its name in files.
    pub fn kind(&self) -> &'static str {
        match self {
            NoteStep::Tagged(_) => STEPS[0],
            NoteStep::Untagged(_) => STEPS[1],
            NoteStep::Assigned { .. } => STEPS[2],
            NoteStep::Masked { .. } => STEPS[3],
            NoteStep::Lifted { .. } => STEPS[4],
            NoteStep::Released(_) => STEPS[5],
            NoteStep::Withheld => STEPS[6],
            NoteStep::Answered(_) => STEPS[7],
        }
    }

    fn write(&self, out: &mut Writer) {
        match self {
            NoteStep::Tagged(text) | NoteStep::Untagged(text) | NoteStep::Answered(text) => out.text(self.kind(), text),
            NoteStep::Released(texts) => write_list(out, self.kind(), texts),
            step => {
                out.name(step.kind());
                out.open('{');
                match step {
                    NoteStep::Assigned { unit, indicator } => {
                        out.text_if_some("unit", unit.as_ref());
                        out.text_if_some("indicator", indicator.as_ref());
                    }
                    NoteStep::Masked { from, to, kind } => {
                        out.number("from", *from as u64);
                        out.number("to", *to as u64);
                        out.text("kind", kind.code());
                    }
                    NoteStep::Lifted { from, to } => {
                        out.number("from", *from as u64);
                        out.number("to", *to as u64);
                    }
                    _ => {}
                }
                out.close('}');
            }
        }
    }

    fn read(node: Node) -> NoteStep {
        let node = node.only(&STEPS);
        let mut found = STEPS.iter().filter(|kind| node.get(kind).is_some());
        let (Some(kind), None) = (found.next(), found.next()) else {
            node.expected("an object with one step");
            return NoteStep::Withheld;
        };
        let inner = |members: &[&str]| node.object(kind, |node| node).only(members);
        let place = |node: Node, name: &str| node.whole(name, LONGEST) as usize;
        match *kind {
            "tagged" => NoteStep::Tagged(node.text(kind)),
            "untagged" => NoteStep::Untagged(node.text(kind)),
            "assigned" => {
                let node = inner(&["unit", "indicator"]);
                NoteStep::Assigned { unit: node.text_or_none("unit"), indicator: node.text_or_none("indicator") }
            }
            "masked" => {
                let node = inner(&["from", "to", "kind"]);
                let kind = Kind::ALL[node.one_of("kind", &Kind::CODES)];
                NoteStep::Masked { from: place(node, "from"), to: place(node, "to"), kind }
            }
            "lifted" => {
                let node = inner(&["from", "to"]);
                NoteStep::Lifted { from: place(node, "from"), to: place(node, "to") }
            }
            "released" => NoteStep::Released(node.list(kind, digest)),
            "answered" => NoteStep::Answered(node.text(kind)),
            _ => {
                inner(&[]);
                NoteStep::Withheld
            }
        }
    }
}

impl Unproven {
    pub fn read(node: Node) -> Unproven {
        let node = node.only(&["id", "number", "at", "by", "of", "step"]);
        let at = Moment::parse(&node.text("at")).unwrap_or_else(|| {
            node.expected("`at` as a moment such as 2026-11-30T09:30:00.000+08:00");
            Moment { milliseconds: 0, offset: 0 }
        });
        let note = Note {
            id: Digest(String::new()),
            number: node.whole("number", u64::from(u32::MAX)) as u32,
            at,
            by: node.text("by"),
            of: node.list("of", digest),
            step: node.object("step", NoteStep::read),
        };
        if let NoteStep::Released(texts) = &note.step
            && texts.len() != note.of.len()
        {
            node.expected("as many digests in `released` as in `of`");
        }
        Unproven { claimed: node.object("id", digest), note }
    }

    pub fn prove(self) -> Result<Note, NoteError> {
        let id = self.note.digest();
        match id == self.claimed {
            true => Ok(Note { id, ..self.note }),
            false => Err(NoteError::Changed(self.claimed)),
        }
    }
}

impl NoteError {
    pub fn told(&self, language: Language) -> String {
        match (self, language) {
            (NoteError::Json(error), Language::Zh) => format!("第 {} 行第 {} 列：{error}", error.line, error.column),
            (NoteError::Json(error), Language::En) => error.to_string(),
            (NoteError::Changed(id), Language::Zh) => {
                format!("处理记录 `{}` 的内容与编号不符，写成之后被改动过；请换用另一份副本", id.short())
            }
            (NoteError::Changed(id), Language::En) => format!(
                "note `{}`: its content is not what its id says, so it was changed after it was written; take it from another copy",
                id.short()
            ),
        }
    }
}

impl fmt::Display for NoteError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.told(Language::En))
    }
}

impl std::error::Error for NoteError {}
