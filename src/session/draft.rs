use super::record::{write_answers, write_notes};
use super::{Answer, MissingReason, PlanRef};
use crate::expression::Moment;
use crate::json::{self, Node, Writer};
use crate::named::Named;
use crate::plan::Mode;

/// What is fixed when an interview begins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opening {
    pub plan: PlanRef,
    pub round: String,
    pub questionnaire: String,
    pub mode: Mode,
    pub rater_group: Option<String>,
    pub stratum: Option<String>,
    /// The resident's link token, when the interview was opened by one.
    pub link: Option<String>,
    /// Cells of quotas that were full when the interview began: places in [`crate::plan::Plan::cells`]. What fills up later does not cut off
    /// an interview that goes on.
    pub full: Vec<usize>,
}

/// A session as it is kept on the device: the body of the store's `draft/<id>`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// Version of the draft format: 1.
    pub v: u32,
    pub id: String,
    pub opening: Opening,
    pub language: String,
    /// Index of the section shown last, among all sections.
    pub section: usize,
    /// The resident is looking at the review.
    pub review: bool,
    /// What the clock said last, if an expression of the questionnaire asks it. It stays on the device: no record has it.
    pub clock: Option<Moment>,
    /// Key of a repeat to the number of its instances. One that is not here has one instance, or none if the plan counts
    /// them.
    pub repeats: Named<u32>,
    /// Key to value. Also what is not seen now: because it is not relevant, not offered, or of an instance that is not
    /// counted now.
    pub answers: Named<Answer>,
    pub missing: Named<MissingReason>,
    /// Key to what the interviewer wrote for the office.
    pub notes: Named<String>,
    /// Only the open part of a draft whose key is not here: it tells of what plan it is, and nothing goes on with it.
    pub locked: bool,
}

/// Why a draft cannot be gone on with. It is kept as it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DraftError {
    /// Not a draft: damaged.
    Malformed,
    NewerVersion(u32),
    /// The plan that was given is another one.
    OtherPlan(PlanRef),
    /// The plan does not have the questionnaire, round, group, language, item or section that the draft names.
    UnknownReference(String),
    /// The answer does not fit the item of this name in the plan.
    Unfit(String),
    /// It is another canvasser's, and its key is not here.
    Locked,
    /// The plan cannot run at all.
    Plan(super::BeginError),
}

impl Draft {
    pub fn parse(text: &str) -> Result<Draft, DraftError> {
        match json::read(text, draft) {
            Ok(draft) if draft.v == 1 => Ok(draft),
            // A later format may have other members: it is told from damage by its version alone.
            _ => match json::version(text, "v") {
                Some(later @ 2..=0xFFFF_FFFF) => Err(DraftError::NewerVersion(later as u32)),
                _ => Err(DraftError::Malformed),
            },
        }
    }

    pub fn encode(&self) -> String {
        let mut out = Writer::new();
        out.open('{');
        out.number("v", u64::from(self.v));
        out.text("id", &self.id);
        out.name("opening");
        out.open('{');
        let opening = &self.opening;
        opening.plan.write(&mut out);
        out.text("round", &opening.round);
        out.text("questionnaire", &opening.questionnaire);
        out.text("mode", opening.mode.name());
        out.text_if_some("rater_group", opening.rater_group.as_ref());
        out.text_if_some("stratum", opening.stratum.as_ref());
        out.text_if_some("link", opening.link.as_ref());
        if !opening.full.is_empty() {
            out.name("full");
            out.open('[');
            opening.full.iter().for_each(|cell| out.raw(&cell.to_string()));
            out.close(']');
        }
        out.close('}');
        out.text("language", &self.language);
        out.number("section", self.section as u64);
        if self.review {
            out.name("review");
            out.raw("true");
        }
        if self.locked {
            out.name("locked");
            out.raw("true");
        }
        if let Some(clock) = self.clock {
            out.text("clock", &clock.write());
        }
        write_answers(&self.repeats, &self.answers, &self.missing, &mut out);
        write_notes(&self.notes, &mut out);
        out.close('}');
        out.finish()
    }
}

fn opening(node: Node) -> Opening {
    let node = node.only(&["plan", "round", "questionnaire", "mode", "rater_group", "stratum", "link", "full"]);
    Opening {
        plan: node.object("plan", PlanRef::read),
        round: node.text("round"),
        questionnaire: node.text("questionnaire"),
        mode: node.object("mode", Mode::read),
        rater_group: node.text_or_none("rater_group"),
        stratum: node.text_or_none("stratum"),
        link: node.text_or_none("link"),
        full: node.list_or_empty("full", |cell| cell.as_whole(u64::from(u32::MAX)) as usize),
    }
}

fn draft(node: Node) -> Draft {
    let node = node.only(&[
        "v", "id", "opening", "language", "section", "review", "clock", "repeats", "answers", "missing", "notes",
        "locked",
    ]);
    Draft {
        v: node.whole("v", u64::from(u32::MAX)) as u32,
        id: node.text("id"),
        opening: node.object("opening", opening),
        language: node.text("language"),
        section: node.whole("section", u64::from(u32::MAX)) as usize,
        review: node.flag("review", Some(false)),
        // A clock that cannot be read is told again when the interview goes on.
        clock: node.text_or_none("clock").and_then(|text| Moment::parse(&text)),
        repeats: node.map_or_empty("repeats", super::record::read_count),
        answers: node.map("answers", Answer::read),
        missing: node.map_or_empty("missing", MissingReason::read),
        notes: node.map_or_empty("notes", Node::as_text),
        locked: node.flag("locked", Some(false)),
    }
}
