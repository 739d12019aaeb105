//! Right answers that are sealed in a published plan: opened with the office's keys, as soon as both are on the desk.

use super::desk::{Chosen, Desk};
use super::faults::Fault;
use crate::batch::{OpenError, open_right_answers};
use crate::browser::crypto::Web;
use crate::ledger::Explain;
use crate::plan::{Plan, SealedAnswers};
use leptos::prelude::*;

/// Whether the plan has right answers that were not opened.
pub fn is_sealed(plan: &Plan) -> bool {
    !plan.right_answers.is_empty() && !plan.has_right()
}

/// Puts sealed right answers into the plan, where the open keys open them. What went wrong is said.
pub async fn open_right(desk: Desk, plan: &mut Plan) {
    desk.faults.settle(|fault| matches!(fault, Fault::RightSealed(_)));
    if plan.right_answers.is_empty() {
        return;
    }
    let Some(keys) = desk.keys.get_untracked() else {
        // Where the records are sealed as well, nothing is counted before the keys are open.
        if !plan.privacy.seal {
            desk.faults.tell(Fault::RightSealed(OpenError::WrongKey.explain()));
        }
        return;
    };
    if let Err(why) = open_right_answers(&Web, &keys.secrets, plan).await {
        desk.faults.tell(Fault::RightSealed(why.explain()));
    }
}

/// The plan as it is edited: with its right answers in their places, where they are open.
pub fn text_to_edit(chosen: &Chosen) -> Option<String> {
    if chosen.plan.right_answers.is_empty() || is_sealed(&chosen.plan) {
        return None;
    }
    let plan = Plan { right_answers: SealedAnswers::default(), ..(*chosen.plan).clone() };
    serde_json::to_string_pretty(&plan).ok().map(|text| [&text, "\n"].concat())
}
