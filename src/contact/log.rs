//! What a device keeps of the logs that it made for the office.

use super::shelf::{LOG, List, key};
use crate::batch::{LogHead, SignedLog};
use crate::json::{self, Writer};
use crate::outbox::{Changes, View};
use crate::plan::Digest;
use crate::session::PlanRef;

/// How far a log is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum LogState {
    /// In no other hands yet.
    #[default]
    Waiting,
    /// The user confirmed that its file is in safe hands.
    Exported,
    /// A receipt was verified.
    Received,
    /// The receiver refused it.
    Refused,
}

/// The newest log of a plan and round.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HandOver {
    pub key: String,
    pub plan: PlanRef,
    pub round: String,
    pub number: u64,
    pub digest: Digest,
    pub state: LogState,
    /// Attempts that were in it.
    pub attempts: u64,
    /// All entries that it was made of; those that were kept first do not say.
    pub entries: Option<u64>,
    pub text: String,
}

const STATES: [&str; 4] = ["waiting", "exported", "received", "refused"];

impl HandOver {
    fn parse(key: &str, body: &str) -> Option<HandOver> {
        let (head, text) = body.split_once('\n')?;
        let read = json::read(head, |node| {
            let node = node.only(&["plan", "round", "number", "digest", "state", "attempts", "entries"]);
            (
                node.object("plan", PlanRef::read),
                node.text("round"),
                node.whole("number", u64::from(u32::MAX)),
                node.object("digest", Digest::read),
                node.one_of("state", &STATES),
                node.whole_or_zero("attempts"),
                node.whole_or_none("entries", u64::from(u32::MAX)),
            )
        });
        let (plan, round, number, digest, state, attempts, entries) = read.ok()?;
        let state = [LogState::Waiting, LogState::Exported, LogState::Received, LogState::Refused][state.min(3)];
        let (key, text) = (key.to_owned(), text.to_owned());
        Some(HandOver { key, plan, round, number, digest, state, attempts, entries, text })
    }

    /// Whether it holds all that was done so far. An entry that withdraws another is one more: the number of attempts that count
    /// would not show one that was withdrawn and one that came.
    pub fn holds(&self, list: &List) -> bool {
        match self.entries {
            Some(entries) => entries as usize == list.entries,
            None => self.attempts as usize == list.attempts(),
        }
    }

    fn encode(&self) -> String {
        let mut out = Writer::new();
        out.open('{');
        self.plan.write(&mut out);
        out.text("round", &self.round);
        out.number("number", self.number);
        out.text("digest", self.digest.as_str());
        out.text("state", STATES[self.state as usize]);
        out.number("attempts", self.attempts);
        if let Some(entries) = self.entries {
            out.number("entries", entries);
        }
        out.close('}');
        [&out.finish(), "\n", &self.text].concat()
    }
}

/// Every device's newest logs that are here, of all plans.
pub fn logs(view: &impl View) -> Vec<HandOver> {
    let mut found = Vec::new();
    view.each(LOG, &mut |key, body| found.extend(HandOver::parse(key, body)));
    found
}

/// The newest log of this device for a plan and round.
pub fn log_state(view: &impl View, plan: &str, round: &str, device: &Digest) -> Option<HandOver> {
    let key = key(LOG, &[plan, round, device.as_str()]);
    HandOver::parse(&key, &view.body(&key)?)
}

/// What the next log says outside of its seal.
pub fn hand_over(view: &impl View, plan: &PlanRef, round: &str, device: &Digest, day: &str) -> LogHead {
    let number = log_state(view, &plan.id, round, device).map_or(1, |last| last.number + 1);
    LogHead { plan: plan.clone(), round: round.to_owned(), number, day: day.to_owned() }
}

/// The step that keeps a log; nothing of it leaves the device before.
pub fn keep_log(head: &LogHead, device: &Digest, signed: &SignedLog, list: &List) -> Changes {
    let log = HandOver {
        key: key(LOG, &[&head.plan.id, &head.round, device.as_str()]),
        plan: head.plan.clone(),
        round: head.round.clone(),
        number: head.number,
        digest: signed.digest.clone(),
        state: LogState::Waiting,
        attempts: list.attempts() as u64,
        entries: Some(list.entries as u64),
        text: signed.text.clone(),
    };
    vec![(log.key.clone(), Some(log.encode()))]
}

/// How far it is now; empty where a newer one has taken its place.
pub fn settle_log(view: &impl View, log: &HandOver, state: LogState) -> Changes {
    let kept = view.body(&log.key).and_then(|body| HandOver::parse(&log.key, &body));
    match kept {
        Some(kept) if kept.digest == log.digest && kept.state != state => {
            vec![(log.key.clone(), Some(HandOver { state, ..kept }.encode()))]
        }
        _ => Changes::new(),
    }
}

/// Whether the office has all of a list, so that it may go: nothing was done, or the newest log holds it and is in its hands; and
/// no interview is open.
pub fn may_remove(list: &List, log: Option<&HandOver>) -> bool {
    let handed = log.is_some_and(|log| matches!(log.state, LogState::Received | LogState::Exported) && log.holds(list));
    (list.entries == 0 || handed) && list.cases.iter().all(|case| case.draft.is_none())
}
