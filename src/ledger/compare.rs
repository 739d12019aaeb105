use super::{Ledger, Standing};
use crate::batch::{SentBatch, SentList, SentState};
use crate::plan::Digest;
use crate::session::PlanRef;

/// A device's list of what it sent beside the ledger.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comparison {
    pub device: Option<Digest>,
    /// One for each batch on the list that is of the ledger's plan id, in the order of the list.
    pub lines: Vec<Compared>,
    /// Numbered batches of that device that are in the ledger and not on the list.
    pub extra: Vec<Extra>,
    /// Batches on the list that are of other plans altogether.
    pub of_other_plans: usize,
    /// Of those plans: interviews that are open, in no batch, or in one that nobody else has as far as the device knows.
    pub left_of_other_plans: u64,
    /// What the device has not put into batches yet, of this plan in all its versions.
    pub unfinished: u64,
    pub finished: u64,
    pub discarded: u64,
    /// Residents' own batches: the device does not say which.
    pub by_link: u64,
    pub by_link_waiting: u64,
}

/// One batch on the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Compared {
    pub listed: SentBatch,
    pub plan: PlanRef,
    pub found: Found,
}

/// What the ledger has for a batch on the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Found {
    /// The same, and it counts.
    Equal,
    /// The same, and it is kept apart.
    Apart,
    /// The batch is here, and the list says something else about it: the list was changed or damaged.
    Different,
    /// It is of another version of the plan: that version's ledger knows.
    OtherVersion,
    Missing,
}

/// A batch that is not on the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Extra {
    pub digest: Digest,
    pub round: String,
    pub seq: u64,
    pub records: u64,
    pub voided: u64,
}

impl Found {
    /// A short name that programs can match on.
    pub fn name(self) -> &'static str {
        match self {
            Found::Equal => "equal",
            Found::Apart => "kept_apart",
            Found::Different => "different",
            Found::OtherVersion => "other_version",
            Found::Missing => "missing",
        }
    }
}

impl Comparison {
    pub fn count(&self, found: Found) -> usize {
        self.lines.iter().filter(|line| line.found == found).count()
    }

    /// Whether the ledger has all that the device names, all of it counts, and nothing is left on the device: of any plan.
    pub fn is_complete(&self) -> bool {
        self.is_all_here() && self.count(Found::Apart) == 0
    }

    /// The same, with batches that are here and kept apart: they do not count.
    pub fn is_all_here(&self) -> bool {
        let here = self.lines.iter().all(|line| matches!(line.found, Found::Equal | Found::Apart));
        here && self.extra.is_empty() && self.left() == 0 && self.left_of_other_plans == 0
    }

    /// What is still on the device and in no batch, residents' own included; of this plan.
    pub fn left(&self) -> u64 {
        self.unfinished + self.finished + self.discarded + self.by_link_waiting
    }

    /// Missing batches for which the device holds a receipt: the receiver has them.
    pub fn missing_at_receiver(&self) -> usize {
        let of = |line: &&Compared| line.found == Found::Missing && line.listed.state == SentState::Received;
        self.lines.iter().filter(of).count()
    }
}

impl Ledger {
    /// What is missing, what is more, and what is the same.
    pub fn compare(&self, list: &SentList) -> Comparison {
        let ours = self.codebook().reference();
        let mut out = Comparison {
            device: list.device.clone(),
            lines: Vec::new(),
            extra: Vec::new(),
            of_other_plans: 0,
            left_of_other_plans: 0,
            unfinished: 0,
            finished: 0,
            discarded: 0,
            by_link: 0,
            by_link_waiting: 0,
        };
        for plan in &list.plans {
            if plan.plan.id != ours.id {
                out.of_other_plans += plan.batches.len();
                let open = |one: &&SentBatch| matches!(one.state, SentState::Waiting | SentState::Refused);
                let waiting: u64 = plan.batches.iter().filter(open).map(|one| one.records + one.voided).sum();
                let unpacked = plan.unfinished + plan.finished + plan.discarded + plan.by_link_waiting;
                out.left_of_other_plans += unpacked + waiting;
                continue;
            }
            out.unfinished += plan.unfinished;
            out.finished += plan.finished;
            out.discarded += plan.discarded;
            out.by_link += plan.by_link;
            out.by_link_waiting += plan.by_link_waiting;
            for listed in &plan.batches {
                let found = self.find(listed, &plan.plan, list.device.as_ref());
                out.lines.push(Compared { listed: listed.clone(), plan: plan.plan.clone(), found });
            }
        }
        let listed = |digest: &Digest| out.lines.iter().any(|line| line.listed.digest == *digest);
        for (digest, kept) in self.batches() {
            let head = kept.head();
            let theirs = list.device.as_ref() == Some(&head.device) && head.seq > 0 && head.plan.digest == ours.digest;
            if theirs && !listed(digest) {
                out.extra.push(Extra {
                    digest: digest.clone(),
                    round: head.round.clone(),
                    seq: head.seq,
                    records: kept.len() as u64,
                    voided: head.voided.len() as u64,
                });
            }
        }
        out.extra.sort_by(|a, b| (&a.round, a.seq, &a.digest).cmp(&(&b.round, b.seq, &b.digest)));
        out
    }

    fn find(&self, listed: &SentBatch, plan: &PlanRef, device: Option<&Digest>) -> Found {
        let Some(kept) = self.batches().get(&listed.digest) else {
            return if plan.digest == self.codebook().reference().digest {
                Found::Missing
            } else {
                Found::OtherVersion
            };
        };
        let head = kept.head();
        let same = head.plan == *plan
            && head.round == listed.round
            && head.seq == listed.seq
            && kept.len() as u64 == listed.records
            && head.voided.len() as u64 == listed.voided
            // What was carried was made by another device.
            && (listed.carried || device == Some(&head.device));
        match kept.standing() {
            _ if !same => Found::Different,
            Standing::Quarantined(_) if plan.digest != self.codebook().reference().digest => Found::OtherVersion,
            _ if self.counts(&listed.digest) => Found::Equal,
            _ => Found::Apart,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{admit, batch, plan, record, reference};
    use super::*;
    use crate::batch::{Quarantine, SentPlan, Slip};

    fn ledger() -> Ledger {
        Ledger::new(&plan(), &reference(), &crate::expression::Plain).unwrap()
    }

    fn listed(digest: &str, seq: u64, records: u64, state: SentState) -> SentBatch {
        let round = "r1".into();
        SentBatch { digest: Digest(digest.into()), round, seq, records, voided: 0, state, carried: false }
    }

    fn list(batches: Vec<SentBatch>) -> SentList {
        let plan = SentPlan { batches, ..SentPlan::new(reference()) };
        SentList { v: 1, device: Some(Digest("tablet".into())), plans: vec![plan] }
    }

    #[test]
    fn a_list_is_equal_only_where_ledger_and_device_say_the_same() {
        let mut ledger = ledger();
        admit(&mut ledger, batch("b1", "tablet", 1, None, vec![Slip::Plain(record("one"))]));
        admit(&mut ledger, batch("b2", "tablet", 2, Some("b1"), vec![Slip::Plain(record("two"))]));
        ledger.keep(
            batch("b3", "tablet", 3, Some("b2"), vec![]),
            Standing::Quarantined(Quarantine::UnknownDevice),
            "file",
        );
        admit(&mut ledger, batch("b5", "tablet", 5, Some("b4"), vec![]));
        admit(&mut ledger, batch("x1", "another", 1, None, vec![]));
        let asked = list(vec![
            listed("b1", 1, 1, SentState::Received),
            listed("b2", 2, 7, SentState::Received),
            listed("b3", 3, 0, SentState::Exported),
            listed("b4", 4, 2, SentState::Received),
            listed("x1", 1, 0, SentState::Received),
        ]);
        let found = ledger.compare(&asked);
        let names: Vec<&str> = found.lines.iter().map(|line| line.found.name()).collect();
        assert_eq!(names, ["equal", "different", "kept_apart", "missing", "different"]);
        assert_eq!(found.extra.iter().map(|extra| extra.seq).collect::<Vec<_>>(), [5]);
        assert_eq!((found.missing_at_receiver(), found.is_complete()), (1, false));
    }

    #[test]
    fn what_is_still_on_the_device_keeps_a_list_from_being_complete() {
        let mut ledger = ledger();
        admit(&mut ledger, batch("b1", "tablet", 1, None, vec![Slip::Plain(record("one"))]));
        let mut asked = list(vec![listed("b1", 1, 1, SentState::Received)]);
        assert!(ledger.compare(&asked).is_complete());
        asked.plans[0].by_link = 3;
        assert!(ledger.compare(&asked).is_complete(), "residents' own batches that were received are no hole");
        asked.plans[0].finished = 1;
        assert!(!ledger.compare(&asked).is_complete());
    }

    #[test]
    fn nothing_is_left_only_where_that_is_so_of_every_plan() {
        let mut ledger = ledger();
        admit(&mut ledger, batch("b1", "tablet", 1, None, vec![Slip::Plain(record("one"))]));
        let other = SentPlan::new(PlanRef { id: "schools".into(), ..reference() });
        let beside = |other: SentPlan| {
            let mut asked = list(vec![listed("b1", 1, 1, SentState::Received)]);
            asked.plans.push(other);
            ledger.compare(&asked)
        };
        assert!(beside(other.clone()).is_complete());
        let received = SentPlan { batches: vec![listed("z1", 1, 4, SentState::Received)], ..other.clone() };
        assert!(beside(received).is_complete(), "in other hands, whatever it is");
        for (left, plan) in [
            (6, SentPlan { finished: 6, ..other.clone() }),
            (1, SentPlan { unfinished: 1, ..other.clone() }),
            (2, SentPlan { discarded: 2, ..other.clone() }),
            (3, SentPlan { by_link_waiting: 3, ..other.clone() }),
            (4, SentPlan { batches: vec![listed("z1", 1, 4, SentState::Waiting)], ..other.clone() }),
            (5, SentPlan { batches: vec![listed("z1", 1, 5, SentState::Refused)], ..other.clone() }),
        ] {
            let found = beside(plan);
            assert_eq!((found.left_of_other_plans, found.left(), found.is_complete()), (left, 0, false));
        }
    }

    #[test]
    fn what_is_kept_apart_is_here_and_does_not_complete_a_list() {
        let mut ledger = ledger();
        let apart = Standing::Quarantined(Quarantine::UnknownDevice);
        ledger.keep(batch("b1", "tablet", 1, None, vec![Slip::Plain(record("one"))]), apart, "file");
        let found = ledger.compare(&list(vec![listed("b1", 1, 1, SentState::Received)]));
        assert_eq!((found.lines[0].found, found.is_all_here(), found.is_complete()), (Found::Apart, true, false));
    }

    #[test]
    fn carried_batches_other_versions_and_other_plans_are_told_apart() {
        let mut ledger = ledger();
        admit(&mut ledger, batch("x1", "another", 1, None, vec![]));
        let mut asked = list(vec![SentBatch { carried: true, ..listed("x1", 1, 0, SentState::Received) }]);
        let version = PlanRef { version: "0".into(), digest: Digest("o".repeat(43)), ..reference() };
        let other = PlanRef { id: "else".into(), ..version.clone() };
        for plan in [version, other] {
            let batches = vec![listed("z1", 1, 4, SentState::Received)];
            asked.plans.push(SentPlan { batches, ..SentPlan::new(plan) });
        }
        let found = ledger.compare(&asked);
        let names: Vec<&str> = found.lines.iter().map(|line| line.found.name()).collect();
        assert_eq!(names, ["equal", "other_version"]);
        assert_eq!((found.of_other_plans, found.extra.len()), (1, 0));
    }
}
