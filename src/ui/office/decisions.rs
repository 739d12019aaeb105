//! What the clerk decides about single batches and records: signed with the office's keys, kept one by one, never taken back
//! but by a later decision.

mod list;
mod propose;

pub use list::Decisions;
pub use propose::{Proposal, Propose};

use super::desk::Desk;
use super::faults::Fault;
use super::intake;
use super::reasons::decision_words;
use crate::batch::{Decision, Subject, Verdict, plan_digest, sign_decision, verify_decision};
use crate::browser::clock;
use crate::browser::crypto::Web;
use crate::plan::PublicKey;
use crate::ui::words::{Words, office as words};
use leptos::prelude::*;

/// Where the decisions about a plan are kept, each under its time and the beginning of its digest.
fn folder(plan: &str) -> String {
    ["decision/", plan, "/"].concat()
}

/// The plan's id, and the keys that may sign.
fn office(desk: Desk) -> Option<(String, Vec<PublicKey>)> {
    let chosen = desk.chosen.get_untracked()?;
    Some((chosen.plan.id.clone(), chosen.plan.keys.as_ref().map_or(Vec::new(), |keys| keys.sign.clone())))
}

/// Puts the decisions that are kept into the ledger. One that does not verify is told, and stays kept.
pub async fn load(desk: Desk) {
    desk.faults.settle(|fault| matches!(fault, Fault::KeptDecisions { .. }));
    let Some((plan, keys)) = office(desk) else { return };
    let mut bad = Vec::new();
    for (_, text) in desk.keeper().list(&folder(&plan)) {
        match verify_decision(&Web, &text, &keys, &plan).await {
            Ok(decision) => desk.ledger.update_value(|ledger| {
                if let Some(ledger) = ledger {
                    ledger.decide(decision);
                }
            }),
            Err(_) => bad.push(text),
        }
    }
    // A plan that is not published has no keys to verify with.
    if !bad.is_empty() && !keys.is_empty() {
        desk.faults.tell(Fault::KeptDecisions { count: bad.len(), text: bad.join("\n"), plan });
    }
}

/// Signs a decision, puts it into force and keeps it.
async fn decide(desk: Desk, about: Subject, verdict: Verdict, reason: String, by: String) -> Result<(), Words> {
    let Some((plan, _)) = office(desk) else { return Err(words::PLAN_NONE) };
    let keys = desk.keys.get_untracked().ok_or(words::DECIDE_KEYS)?;
    let last = desk.ledger.with_value(|ledger| {
        ledger.as_ref().and_then(|ledger| ledger.decisions().last().map(|decision| decision.on.clone()))
    });
    // Of two decisions about the same the later holds: one within the same second waits for the next.
    let mut on = now();
    for _ in 0..3 {
        if last.as_ref().is_some_and(|last| *last >= on) {
            clock::sleep(600).await;
            on = now();
        }
    }
    if last.is_some_and(|last| last >= on) {
        return Err(words::DECIDE_CLOCK);
    }
    let decision = Decision { on, about, verdict, reason, by };
    let secrets = &keys.secrets;
    let signed = sign_decision(&Web, &secrets.sign, &secrets.sign_public, &plan, &decision).await;
    let text = signed.map_err(|error| decision_words(&error))?;
    take(desk, &text).await
}

/// Takes in the decisions of a file, one on each line. The line that cannot be used, from 1, and why: then none is taken.
async fn import(desk: Desk, text: &str) -> Result<usize, (usize, Words)> {
    let Some((plan, keys)) = office(desk) else { return Err((0, words::PLAN_NONE)) };
    let lines: Vec<(usize, &str)> = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()).collect();
    for (at, line) in &lines {
        if let Err(error) = verify_decision(&Web, line, &keys, &plan).await {
            return Err((at + 1, decision_words(&error)));
        }
    }
    for (at, line) in &lines {
        take(desk, line.trim()).await.map_err(|why| (at + 1, why))?;
    }
    Ok(lines.len())
}

/// Every decision about the plan as a file.
fn export(desk: Desk) {
    let Some((plan, _)) = office(desk) else { return };
    let kept = desk.keeper().list(&folder(&plan));
    let text: String = kept.iter().flat_map(|(_, text)| [text.as_str(), "\n"]).collect();
    desk.save(&[plan.as_str(), ".minping-decisions"].concat(), &text, "application/jose");
}

async fn take(desk: Desk, text: &str) -> Result<(), Words> {
    let Some((plan, keys)) = office(desk) else { return Err(words::PLAN_NONE) };
    let decision = verify_decision(&Web, text, &keys, &plan).await.map_err(|error| decision_words(&error))?;
    let Ok(digest) = plan_digest(&Web, text.as_bytes()).await else { return Err(words::CRYPTO_FAILED) };
    let key = [folder(&plan).as_str(), &decision.on, "/", digest.short()].concat();
    // In force only once it is kept: a result must not rest on what is gone after a reload.
    if desk.keeper().get(&key).is_none() && !desk.keep(vec![(key, Some(text.to_owned()))]).await {
        return Err(words::DECIDE_NOT_KEPT);
    }
    desk.ledger.update_value(|ledger| {
        if let Some(ledger) = ledger {
            ledger.decide(decision);
        }
    });
    // A batch that counts now may wait to be opened.
    intake::open_all(desk).await;
    Ok(())
}

/// UTC to the second.
fn now() -> String {
    let text = String::from(js_sys::Date::new_0().to_iso_string());
    text.get(..19).map_or_else(String::new, |text| [text, "Z"].concat())
}
