use super::body;
use super::queue::{State, handed};
use super::{SEALED, View};
use crate::batch::{SentBatch, SentList, SentPlan, SentState};
use crate::plan::Digest;
use crate::session::{Draft, PlanRef};
use crate::store::DRAFT;

/// All that this device made or carries, by plan: what an office compares with its ledger. Ids of records are in no batch that a
/// device can read, so batches are what is named; residents' own ones are only counted.
pub fn sent_list(view: &impl View, device: Option<Digest>) -> SentList {
    let mut list = SentList { v: 1, device, plans: Vec::new() };
    for one in handed(view) {
        let state = match one.state {
            State::Received { .. } => SentState::Received,
            _ if one.refusal.is_some() => SentState::Refused,
            State::Exported { .. } => SentState::Exported,
            State::Waiting => SentState::Waiting,
        };
        let plan = list.of(one.plan);
        if one.seq == 0 {
            plan.by_link += 1;
            plan.by_link_waiting += u64::from(matches!(state, SentState::Waiting | SentState::Refused));
            continue;
        }
        plan.batches.push(SentBatch {
            digest: one.digest,
            round: one.round,
            seq: one.seq,
            records: one.records,
            voided: one.voided,
            state,
            carried: one.carried,
        });
    }
    view.each(SEALED, &mut |_, text| {
        let Some((head, _)) = body::decode(text) else { return };
        let plan = list.of(head.plan);
        match (&head.link, &head.void) {
            (Some(_), _) => {
                plan.by_link += 1;
                plan.by_link_waiting += 1;
            }
            (None, Some(_)) => plan.discarded += 1,
            (None, None) => plan.finished += 1,
        }
    });
    view.each(DRAFT, &mut |_, text| {
        if let Ok(draft) = Draft::parse(text) {
            list.of(draft.opening.plan).unfinished += 1;
        }
    });
    for plan in &mut list.plans {
        plan.batches.sort_by(|a, b| (a.carried, &a.round, a.seq).cmp(&(b.carried, &b.round, b.seq)));
    }
    list.plans.sort_by(|a, b| a.plan.cmp(&b.plan));
    list
}

impl SentList {
    fn of(&mut self, plan: PlanRef) -> &mut SentPlan {
        let at = self.plans.iter().position(|known| known.plan == plan).unwrap_or_else(|| {
            self.plans.push(SentPlan::new(plan));
            self.plans.len() - 1
        });
        &mut self.plans[at]
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Closed, Handed, keep_export, keep_receipt, keep_refusal, seal, void};
    use super::*;
    use crate::store::{Entries, Entry};

    fn digest(letter: char) -> Digest {
        Digest(letter.to_string().repeat(43))
    }

    fn plan() -> PlanRef {
        PlanRef { id: "city".into(), version: "1".into(), digest: digest('p') }
    }

    fn one(letter: char, seq: u64) -> Handed {
        Handed {
            digest: digest(letter),
            plan: plan(),
            round: "r".into(),
            seq,
            records: 2,
            voided: 1,
            state: State::Waiting,
            refusal: None,
            held: true,
            carried: false,
        }
    }

    #[test]
    fn a_list_names_numbered_batches_and_only_counts_what_residents_sent() {
        let mut store = Entries::new();
        let mut write = |changes: super::super::Changes| {
            for (key, body) in changes {
                store.insert(key.clone(), Entry { key, revision: 1, body });
            }
        };
        write(keep_receipt(&one('a', 2), "r", 1));
        write(keep_export(&one('b', 1), 1));
        write(keep_export(&one('c', 3), 1));
        write(keep_refusal(&one('c', 3), 403, "revoked"));
        write(keep_receipt(&one('l', 0), "r", 1));
        let (empty, plan) = (Entries::new(), plan());
        let closed = |id, link| Closed { id, plan: &plan, round: "r", link };
        write(seal(&empty, closed("s1", None), "{}"));
        write(seal(&empty, closed("s2", Some("token")), "{}"));
        write(void(&empty, closed("s3", None), "mistake"));
        let list = sent_list(&store, Some(digest('d')));
        assert_eq!(list.plans.len(), 1);
        let found = &list.plans[0];
        let states: Vec<_> = found.batches.iter().map(|batch| (batch.seq, batch.state.name())).collect();
        assert_eq!(states, [(1, "exported"), (2, "received"), (3, "refused")]);
        assert_eq!((found.finished, found.discarded, found.by_link, found.by_link_waiting), (1, 1, 2, 1));
        let text = list.encode();
        assert_eq!(SentList::parse(&text), Ok(list));
        for secret in [digest('l').as_str(), "s1", "s2", "s3", "token", "revoked"] {
            assert!(!text.contains(secret), "{secret} in {text}");
        }
    }
}
