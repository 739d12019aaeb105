use super::{Explain, Explanation, Kept, Ledger, Standing};
use crate::batch::{Admission, Decision, Quarantine, Subject, Verdict, Verified};
use crate::plan::Digest;
use std::collections::BTreeSet;

impl Ledger {
    /// Takes in a decision of the office. A set: order and repetition change nothing, and the latest about a batch or record
    /// holds.
    pub fn decide(&mut self, decision: Verified<Decision>) {
        self.decisions.insert(decision.into_inner());
        self.note_all();
    }

    /// All that was decided, in the order of the time; what no longer holds is among it.
    pub fn decisions(&self) -> &BTreeSet<Decision> {
        &self.decisions
    }

    /// Whether the batch's records count: what was verified, and what the office decided about it. False for one that is
    /// not here.
    pub fn counts(&self, digest: &Digest) -> bool {
        self.batches.get(digest).is_some_and(|kept| self.admits(digest, kept))
    }

    /// The same of a batch that is to be taken.
    pub fn would_count(&self, admission: &Admission) -> bool {
        match admission {
            Admission::Admitted(batch) => self.rules(&batch.digest, None),
            Admission::Quarantined(batch, reason) => self.rules(&batch.digest, Some(reason)),
        }
    }

    pub(super) fn admits(&self, digest: &Digest, kept: &Kept) -> bool {
        match &kept.standing {
            Standing::Admitted => self.rules(digest, None),
            Standing::Quarantined(reason) => self.rules(digest, Some(reason)),
        }
    }

    fn rules(&self, digest: &Digest, apart: Option<&Quarantine>) -> bool {
        let decided = self.decided_of_batch(digest).map(|decision| decision.verdict);
        match apart {
            None => decided != Some(Verdict::KeepApart),
            Some(reason) => reason.may_be_admitted() && decided == Some(Verdict::Admit),
        }
    }

    /// The decision about a batch that holds now.
    pub fn decided_of_batch(&self, digest: &Digest) -> Option<&Decision> {
        self.latest(|about| matches!(about, Subject::Batch(of) if of == digest))
    }

    /// The decision by which a record of a batch does not count.
    pub(super) fn left_out(&self, id: &str, digest: &Digest) -> Option<&Decision> {
        let is_here = |about: &Subject| match about {
            Subject::Record { id: of, batch } => of == id && batch.as_ref().is_none_or(|batch| batch == digest),
            Subject::Batch(_) => false,
        };
        self.latest(is_here).filter(|decision| decision.verdict == Verdict::LeaveOut)
    }

    fn latest(&self, is_about: impl Fn(&Subject) -> bool) -> Option<&Decision> {
        self.decisions.iter().rev().find(|decision| is_about(&decision.about))
    }

    /// Decisions that change nothing, because what they are about is not here or cannot be admitted. `opened`: whether a
    /// record of this id was opened; while records wait, nothing is said about records.
    pub(super) fn idle(&self, opened: impl Fn(&str, Option<&Digest>) -> bool, waiting: bool) -> Vec<&Decision> {
        let is_idle = |decision: &&Decision| match &decision.about {
            Subject::Batch(digest) => match self.batches.get(digest).map(|kept| &kept.standing) {
                None => true,
                Some(Standing::Quarantined(reason)) => decision.verdict == Verdict::Admit && !reason.may_be_admitted(),
                Some(Standing::Admitted) => false,
            },
            Subject::Record { id, batch } => !waiting && !opened(id, batch.as_ref()),
        };
        self.decisions.iter().filter(is_idle).collect()
    }
}

/// A decision that changes nothing.
pub(super) struct Idle<'a>(pub &'a Decision);

impl Explain for Idle<'_> {
    fn code(&self) -> &'static str {
        "idle_decision"
    }
    fn explain(&self) -> Explanation {
        let Decision { on, about, by, .. } = self.0;
        let (zh, en) = match about {
            Subject::Batch(digest) => (format!("批次 {}", digest.short()), format!("batch {}", digest.short())),
            Subject::Record { id, .. } => (format!("答卷 `{id}`"), format!("record `{id}`")),
        };
        Explanation {
            zh: format!(
                "{by} 于 {on} 对{zh}作的决定没有作用：它不在这里，或不能这样处理；请核对编号，或打开缺少的文件"
            ),
            en: format!(
                "the decision of {by} at {on} about {en} changes nothing: it is not here, or cannot be admitted; check the id, or open the files that are missing"
            ),
        }
    }
}
