//! The ledger's account, in a form that views can keep.

use crate::batch::Verdict;
use crate::ledger::{Balance, Explain, Explanation, Fork, Standing};
use crate::plan::Digest;
use crate::ui::office::desk::Desk;
use crate::ui::office::reasons::{batch_words, quarantine_words, unread_words};
use crate::ui::words::Words;
use leptos::prelude::*;

#[derive(Clone, Default)]
pub struct Summary {
    pub balance: Balance,
    pub admitted: usize,
    pub quarantined: usize,
    pub refused: usize,
    pub voided: usize,
    /// Device (its name on the roster, or the start of its thumbprint) and missing numbers.
    pub gaps: Vec<(String, String)>,
    pub forks: Vec<(String, String)>,
    /// Findings about single records: each once, with how often.
    pub findings: Vec<(Explanation, usize)>,
    pub files: Vec<Line>,
}

/// One file that was opened.
#[derive(Clone)]
pub struct Line {
    pub origin: String,
    /// Other names under which the same batch came.
    pub copies: Vec<String>,
    pub device: Option<String>,
    pub seq: Option<u64>,
    pub records: Option<usize>,
    /// What was found, and what to do; none: admitted.
    pub reason: Option<(Words, Words)>,
    /// A genuine batch that is set apart, not a file that is none.
    pub apart: bool,
    /// The reason for which somebody decided otherwise.
    pub decided: Option<String>,
    /// What may be decided about it.
    pub may: Option<(Digest, Verdict)>,
}

pub fn summarize(desk: Desk) -> Summary {
    let roster = desk.roster.get_untracked();
    let name = |device: &Digest| {
        let entry = roster.as_ref().and_then(|here| here.roster.entry(device));
        entry.map_or_else(|| device.short().to_owned(), |entry| entry.name.clone())
    };
    let mut out = Summary::default();
    desk.ledger.with_value(|ledger| {
        let Some(ledger) = ledger else { return };
        let account = ledger.account();
        out.balance = account.balance;
        out.voided = account.voided.len();
        for chain in &account.chains {
            for (first, last) in &chain.gaps {
                let mut run = first.to_string();
                if last > first {
                    run.push('–');
                    run.push_str(&last.to_string());
                }
                out.gaps.push((name(&chain.device), run));
            }
            for fork in &chain.forks {
                let (Fork::SameSeq { seq, .. } | Fork::OtherBefore { seq, .. }) = fork;
                out.forks.push((name(&chain.device), seq.to_string()));
            }
        }
        let mut find = |found: Explanation| match out.findings.iter_mut().find(|(known, _)| *known == found) {
            Some((_, count)) => *count += 1,
            None => out.findings.push((found, 1)),
        };
        account.conflicts.iter().for_each(|conflict| find(conflict.explain()));
        account.unopened.iter().for_each(|(_, error)| find(error.explain()));
        account.unfit.iter().for_each(|(_, _, unfit)| find(unfit.explain()));
        for (digest, kept) in ledger.batches() {
            let head = kept.head();
            let reason = match kept.standing() {
                Standing::Admitted => None,
                Standing::Quarantined(why) => Some(quarantine_words(why)),
            };
            let counts = ledger.counts(digest);
            match counts {
                true => out.admitted += 1,
                false => out.quarantined += 1,
            }
            let decided = (counts != reason.is_none()).then(|| ledger.decided_of_batch(digest)).flatten();
            let may = match kept.standing() {
                _ if counts => Some(Verdict::KeepApart),
                Standing::Admitted => Some(Verdict::Admit),
                Standing::Quarantined(why) => why.may_be_admitted().then_some(Verdict::Admit),
            };
            let mut names = kept.origins().iter().cloned();
            out.files.push(Line {
                origin: names.next().unwrap_or_default(),
                copies: names.collect(),
                device: (head.seq > 0).then(|| name(&head.device)),
                seq: Some(head.seq),
                records: Some(kept.len()),
                reason,
                apart: !counts,
                decided: decided.map(|decision| decision.reason.clone()),
                may: may.map(|verdict| (digest.clone(), verdict)),
            });
        }
        for (origin, reasons) in ledger.refused() {
            out.files.push(no_batch(origin, reasons.last().map(batch_words)));
        }
    });
    desk.unread
        .with(|unread| out.files.extend(unread.iter().map(|(name, why)| no_batch(name, Some(unread_words(*why))))));
    out.refused = out.files.len() - out.admitted - out.quarantined;
    // What needs the clerk first.
    out.files.sort_by_key(|line| (!line.apart && line.may.is_some(), !line.apart, line.origin.clone()));
    out
}

fn no_batch(origin: &str, reason: Option<(Words, Words)>) -> Line {
    Line {
        origin: origin.to_owned(),
        copies: Vec::new(),
        device: None,
        seq: None,
        records: None,
        reason,
        apart: false,
        decided: None,
        may: None,
    }
}
