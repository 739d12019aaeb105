use crate::carry::carry;
use crate::json::{self, JsonError, Node, Writer};
use crate::named::Named;
use crate::plan::{Digest, Mode};
use serde::Serialize;

/// Which plan, to the byte.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct PlanRef {
    pub id: String,
    pub version: String,
    pub digest: Digest,
}

carry!(struct PlanRef { id, version, digest });

/// Final outcome of an interview that has a record (AAPOR Standard Definitions: complete 1.1, partial 1.2,
/// not eligible 4.7 or quota filled 4.8).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Disposition {
    /// All that was required and relevant is answered.
    Complete,
    /// Broken off; what was answered stands.
    Partial,
    /// The questionnaire ended early because this person is not among those who are asked, or enough like them have
    /// answered. The answers until then are in the record; they are not counted.
    ScreenedOut,
}

carry!(enum Disposition { 0 Complete, 1 Partial, 2 ScreenedOut });

/// Why an item that was asked has no value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MissingReason {
    Refused,
    DontKnow,
}

/// The value of one item in a record. Items that were not relevant or not answered are not in the record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// A grade (or missing answer of its scale), a choice, or words.
    Text(String),
    /// A whole number.
    Integer(i64),
    /// Choices, in the order of the list.
    Choices(Vec<String>),
    /// Unit id to indicator id to grade name.
    Grid(Named<Named<String>>),
}

/// A closed session as it is exported. Holds nothing about the device, the canvasser, the time, the order of arrival
/// or a place finer than the stratum, whatever the plan says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    /// Version of the record format: 1.
    pub v: u32,
    /// 128 random bits, 22 characters of base64url. The record's only identity; merging is by it.
    pub id: String,
    pub plan: PlanRef,
    pub round: String,
    pub questionnaire: String,
    pub mode: Mode,
    pub rater_group: Option<String>,
    pub stratum: Option<String>,
    pub disposition: Disposition,
    /// Key of a repeat to the number of its instances. All that were asked are here.
    pub repeats: Named<u32>,
    /// Key of the item to its value: its name, in a repeat with the instances before it, `household[2]/age`.
    pub answers: Named<Answer>,
    /// Key of the item to the reason why it has no value, where the rater or canvasser gave one.
    pub missing: Named<MissingReason>,
    /// Key of the item to what the interviewer wrote about it for the office. Never published.
    pub notes: Named<String>,
    /// Name of an attachment, as it is the answer to an item, to the file in base64 (RFC 4648 section 4).
    pub attachments: Named<String>,
}

impl PlanRef {
    pub(crate) fn read(node: Node) -> PlanRef {
        let node = node.only(&["id", "version", "digest"]);
        PlanRef { id: node.text("id"), version: node.text("version"), digest: node.object("digest", Digest::read) }
    }

    /// As the member `plan`.
    pub(crate) fn write(&self, out: &mut Writer) {
        out.name("plan");
        out.open('{');
        out.text("id", &self.id);
        out.text("version", &self.version);
        out.text("digest", self.digest.as_str());
        out.close('}');
    }
}

impl Disposition {
    /// The name used in records.
    pub fn name(self) -> &'static str {
        match self {
            Disposition::Complete => "complete",
            Disposition::Partial => "partial",
            Disposition::ScreenedOut => "screened_out",
        }
    }
}

impl MissingReason {
    /// The name used in records and drafts.
    pub fn name(self) -> &'static str {
        match self {
            MissingReason::Refused => "refused",
            MissingReason::DontKnow => "dont_know",
        }
    }

    pub(crate) fn read(node: Node) -> MissingReason {
        [MissingReason::Refused, MissingReason::DontKnow][node.as_one_of(&["refused", "dont_know"])]
    }
}

impl Answer {
    pub(crate) fn read(node: Node) -> Answer {
        if node.as_str().is_some() {
            Answer::Text(node.as_text())
        } else if let Some(number) = node.as_integer() {
            Answer::Integer(number)
        } else if node.is_list() {
            Answer::Choices(node.as_list(Node::as_text))
        } else {
            Answer::Grid(node.as_map(|row| row.as_map(Node::as_text)))
        }
    }

    pub(crate) fn write(&self, out: &mut Writer) {
        match self {
            Answer::Text(text) => out.string(text),
            Answer::Integer(number) => out.raw(&number.to_string()),
            Answer::Choices(choices) => {
                out.open('[');
                choices.iter().for_each(|choice| out.string(choice));
                out.close(']');
            }
            Answer::Grid(grid) => {
                out.open('{');
                for (unit, row) in grid {
                    out.name(unit);
                    out.open('{');
                    row.iter().for_each(|(indicator, grade)| out.text(indicator, grade));
                    out.close('}');
                }
                out.close('}');
            }
        }
    }
}

/// How many instances a repeat has.
pub(crate) fn read_count(node: Node) -> u32 {
    node.as_whole(u64::from(u32::MAX)) as u32
}

/// The member `repeats`, where there are any.
pub(crate) fn write_counts(repeats: &Named<u32>, out: &mut Writer) {
    if !repeats.is_empty() {
        out.name("repeats");
        out.open('{');
        repeats.iter().for_each(|(repeat, count)| out.number(repeat, u64::from(*count)));
        out.close('}');
    }
}

/// The members `repeats`, `answers` and `missing`, the first and the last only where there are any.
pub(super) fn write_answers(
    repeats: &Named<u32>,
    answers: &Named<Answer>,
    missing: &Named<MissingReason>,
    out: &mut Writer,
) {
    write_counts(repeats, out);
    out.name("answers");
    out.open('{');
    for (item, answer) in answers {
        out.name(item);
        answer.write(out);
    }
    out.close('}');
    if !missing.is_empty() {
        out.name("missing");
        out.open('{');
        missing.iter().for_each(|(item, reason)| out.text(item, reason.name()));
        out.close('}');
    }
}

/// The member `notes`, where there are any.
pub(crate) fn write_notes(notes: &Named<String>, out: &mut Writer) {
    if !notes.is_empty() {
        out.name("notes");
        out.open('{');
        notes.iter().for_each(|(item, note)| out.text(item, note));
        out.close('}');
    }
}

impl Record {
    /// Reads what [`Record::encode`] wrote.
    ///
    /// # Errors
    /// The first thing that a record has not there.
    pub fn parse(text: &str) -> Result<Record, JsonError> {
        json::read(text, Record::read)
    }

    pub(crate) fn read(node: Node) -> Record {
        let node = node.only(&[
            "v",
            "id",
            "plan",
            "round",
            "questionnaire",
            "mode",
            "rater_group",
            "stratum",
            "disposition",
            "repeats",
            "answers",
            "missing",
            "notes",
            "attachments",
        ]);
        Record {
            v: node.whole("v", u64::from(u32::MAX)) as u32,
            id: node.text("id"),
            plan: node.object("plan", PlanRef::read),
            round: node.text("round"),
            questionnaire: node.text("questionnaire"),
            mode: node.object("mode", Mode::read),
            rater_group: node.text_or_none("rater_group"),
            stratum: node.text_or_none("stratum"),
            disposition: [Disposition::Complete, Disposition::Partial, Disposition::ScreenedOut]
                [node.one_of("disposition", &["complete", "partial", "screened_out"])],
            repeats: node.map_or_empty("repeats", read_count),
            answers: node.map("answers", Answer::read),
            missing: node.map_or_empty("missing", MissingReason::read),
            notes: node.map_or_empty("notes", Node::as_text),
            attachments: node.map_or_empty("attachments", Node::as_text),
        }
    }

    /// The record's JSON (FORMAT.md, "Record"), not padded.
    pub fn encode(&self) -> String {
        let mut out = Writer::new();
        out.open('{');
        out.number("v", u64::from(self.v));
        out.text("id", &self.id);
        self.plan.write(&mut out);
        out.text("round", &self.round);
        out.text("questionnaire", &self.questionnaire);
        out.text("mode", self.mode.name());
        out.text_if_some("rater_group", self.rater_group.as_ref());
        out.text_if_some("stratum", self.stratum.as_ref());
        out.text("disposition", self.disposition.name());
        write_answers(&self.repeats, &self.answers, &self.missing, &mut out);
        write_notes(&self.notes, &mut out);
        if !self.attachments.is_empty() {
            out.name("attachments");
            out.open('{');
            self.attachments.iter().for_each(|(name, data)| out.text(name, data));
            out.close('}');
        }
        out.close('}');
        out.finish()
    }
}
