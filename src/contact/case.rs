//! One case: its attempts, and how it stands.

use super::{Class, Outcome, outcome};
use crate::json::{self, Node, Writer};

/// One attempt at a case, as it was written down.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Attempt {
    /// Where the device is: `YYYY-MM-DDThh:mm`. It stays on the device; what is handed over has the day.
    pub at: String,
    /// AAPOR's code.
    pub outcome: String,
    pub mode: String,
    pub stratum: Option<String>,
    pub group: Option<String>,
    /// When to come or call again, as agreed: `YYYY-MM-DDThh:mm`.
    pub call_back: Option<String>,
    /// For the canvasser alone; not handed over.
    pub note: Option<String>,
    /// This entry says that the one of this name was a mistake, and nothing else.
    pub withdraws: Option<String>,
}

impl Attempt {
    pub fn parse(text: &str) -> Option<Attempt> {
        json::read(text, attempt).ok()
    }

    pub fn encode(&self) -> String {
        let mut out = Writer::new();
        out.open('{');
        out.text("at", &self.at);
        match &self.withdraws {
            Some(name) => out.text("withdraws", name),
            None => {
                out.text("outcome", &self.outcome);
                out.text("mode", &self.mode);
                out.text_if_some("stratum", self.stratum.as_ref());
                out.text_if_some("group", self.group.as_ref());
                out.text_if_some("call_back", self.call_back.as_ref());
                out.text_if_some("note", self.note.as_ref());
            }
        }
        out.close('}');
        out.finish()
    }

    pub fn known(&self) -> Option<&'static Outcome> {
        outcome(&self.outcome)
    }

    /// `YYYY-MM-DD`.
    pub fn day(&self) -> &str {
        self.at.get(..10).unwrap_or(&self.at)
    }
}

fn attempt(node: Node) -> Attempt {
    let node = node.only(&["at", "outcome", "mode", "stratum", "group", "call_back", "note", "withdraws"]);
    // Once it was a number, when the name of an entry was one.
    let withdraws = node.find("withdraws").map(|found| match found.as_str() {
        Some(name) => name.to_owned(),
        None => format!("{:06}", found.as_whole(u64::from(u32::MAX))),
    });
    let text = |name| if withdraws.is_some() { String::new() } else { node.text(name) };
    Attempt {
        at: node.text("at"),
        outcome: text("outcome"),
        mode: text("mode"),
        stratum: node.text_or_none("stratum"),
        group: node.text_or_none("group"),
        call_back: node.text_or_none("call_back"),
        note: node.text_or_none("note"),
        withdraws,
    }
}

/// Who was chosen in a household: how many could be, and the number of the one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Pick {
    pub household: u64,
    /// 0 where the method counts nobody off, such as the last birthday.
    pub selected: u64,
}

/// How a case stands now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    /// An interview is open.
    Interviewing,
    /// The moment that was agreed has come.
    Due,
    Open,
    /// A moment was agreed, and is still to come.
    Later,
    /// As many attempts as are allowed.
    Spent,
    Done,
    /// A substitute whose turn has not come.
    Locked,
}

/// The attempt that says what became of a case, out of all that were not withdrawn, oldest first. An interview counts before
/// everything; then what was found out last about who is there, a refusal before missing somebody later (AAPOR: the outcome
/// that tells the most is not undone by later attempts that tell less); of unknowns the last.
pub fn final_outcome<'a>(attempts: &[&'a Attempt]) -> Option<&'a Attempt> {
    // Of equals `max_by_key` takes the last. What cannot be read as an outcome tells nothing.
    let known = attempts.iter().filter(|attempt| attempt.known().is_some()).copied();
    known.max_by_key(|attempt| attempt.known().map(|known| known.class.telling()))
}

/// How a case stands, by its own attempts alone.
pub(super) fn state_of(attempts: &[&Attempt], most: u32, interviewing: bool, now: &str) -> State {
    if interviewing {
        return State::Interviewing;
    }
    let interviewed = |attempt: &&&Attempt| {
        attempt.known().is_some_and(|known| matches!(known.class, Class::Complete | Class::Partial))
    };
    if attempts.iter().any(|attempt| interviewed(&attempt)) {
        return State::Done;
    }
    let Some(last) = attempts.last() else { return State::Open };
    // What was agreed is kept, whatever else the outcome and the number of attempts say.
    if let Some(call_back) = &last.call_back {
        return if call_back.as_str() <= now { State::Due } else { State::Later };
    }
    if last.known().is_some_and(|known| !known.again) {
        return State::Done;
    }
    if most > 0 && attempts.len() >= most as usize { State::Spent } else { State::Open }
}
