//! Taking batches in: verify, keep, open. In small portions with the browser in between, so that the page stays alive.

use super::desk::{Desk, Work};
use crate::batch::{Admission, BatchError, Trust, verify_batch};
use crate::browser::clock;
use crate::browser::crypto::Web;
use crate::browser::files::Picked;
use crate::browser::net;
use crate::json;
use crate::plan::Digest;
use crate::ui::words::office as words;
use leptos::prelude::*;

/// Batches are kept under `batch/<digest>`: the origin in the first line, the text after it.
const BATCH: &str = "batch/";
/// Batches written in one step of the keeper, and records opened between two looks at the browser.
const PORTION: usize = 25;

/// A text to be taken in, and where it came from.
pub struct Arrival {
    pub origin: String,
    /// None: the file is not text.
    pub text: Option<String>,
}

impl From<Picked> for Arrival {
    fn from(picked: Picked) -> Self {
        Arrival { origin: picked.name, text: picked.text }
    }
}

/// Verifies each, keeps what is a batch, and opens records as far as the keys are there.
pub async fn take_in(desk: Desk, arrivals: Vec<Arrival>) {
    let total = arrivals.len();
    let mut fresh = Vec::new();
    desk.stop.set(false);
    for (done, arrival) in arrivals.into_iter().enumerate() {
        if desk.stop.get_untracked() {
            break;
        }
        if done % PORTION == 0 {
            desk.work.set(Some(Work { words: words::WORKING, done, total }));
            clock::sleep(0).await;
        }
        if let Some(kept) = verify(desk, &arrival.origin, arrival.text.as_deref()).await {
            fresh.push(kept);
        }
        if fresh.len() >= PORTION {
            desk.keep(std::mem::take(&mut fresh)).await;
        }
    }
    if !fresh.is_empty() {
        desk.keep(fresh).await;
    }
    open_waiting(desk).await;
}

/// Takes one text into the ledger. What to keep, when it is a batch that is not kept yet.
async fn verify(desk: Desk, origin: &str, text: Option<&str>) -> Option<(String, Option<String>)> {
    let chosen = desk.chosen.get_untracked()?;
    let roster = desk.roster.get_untracked();
    let trust = Trust {
        plan: &chosen.reference,
        rounds: chosen.plan.rounds.iter().map(|round| round.id.clone()).collect(),
        office: chosen.plan.keys.as_ref().map_or(&[], |keys| &keys.sign),
        roster: roster.as_ref().map(|enrolled| &enrolled.roster),
    };
    let checked = match text {
        Some(text) => verify_batch(&Web, text, &trust).await,
        None => Err(BatchError::NotABatch),
    };
    let admission = match checked {
        Ok(admission) => admission,
        Err(error) => {
            desk.ledger.update_value(|ledger| {
                if let Some(ledger) = ledger {
                    ledger.refuse(origin, error);
                }
            });
            return None;
        }
    };
    let mut key = String::from(BATCH);
    key.push_str(match &admission {
        Admission::Admitted(batch) => batch.digest.as_str(),
        Admission::Quarantined(batch, _) => batch.digest.as_str(),
    });
    desk.ledger.update_value(|ledger| {
        if let Some(ledger) = ledger {
            ledger.take(admission, origin);
        }
    });
    if desk.keeper().get(&key).is_some() {
        return None;
    }
    let mut body = origin.replace('\n', " ");
    body.push('\n');
    body.push_str(text.unwrap_or_default().trim());
    Some((key, Some(body)))
}

/// Looks again at every batch that is kept: after a reload, another plan, or another roster.
pub async fn reread(desk: Desk) {
    let kept = desk.keeper().list(BATCH);
    let total = kept.len();
    for (done, (_, body)) in kept.into_iter().enumerate() {
        if done % PORTION == 0 && total > PORTION {
            desk.work.set(Some(Work { words: words::WORKING, done, total }));
            clock::sleep(0).await;
        }
        let (origin, text) = body.split_once('\n').unwrap_or(("", &body));
        verify(desk, origin, Some(text)).await;
    }
    open_waiting(desk).await;
}

/// Opens what waits for the keys, as far as they are on the desk.
pub async fn open_waiting(desk: Desk) {
    let keys = desk.keys.get_untracked();
    if let Some(keys) = keys {
        let total = desk.ledger.with_value(|ledger| ledger.as_ref().map_or(0, crate::ledger::Ledger::waiting));
        let mut done = 0;
        while done < total && !desk.stop.get_untracked() {
            desk.work.set(Some(Work { words: words::OPENING_RECORDS, done, total }));
            clock::sleep(0).await;
            let portion = desk.ledger.with_value(|ledger| ledger.as_ref().map(|ledger| ledger.sealed(PORTION)));
            let Some(portion) = portion.filter(|portion| !portion.is_empty()) else { break };
            for (place, sealed) in portion {
                let opened = crate::batch::open_record(&Web, &keys.secrets, &sealed).await;
                desk.ledger.update_value(|ledger| {
                    if let Some(ledger) = ledger {
                        ledger.put(&place, opened);
                    }
                });
                done += 1;
            }
        }
    }
    desk.work.set(None);
    desk.turned.update(|turned| *turned += 1);
}

/// Removes every batch from this computer; the files they came from stay as they are.
pub async fn remove_all(desk: Desk) {
    let changes: Vec<_> = desk.keeper().list(BATCH).into_iter().map(|(key, _)| (key, None)).collect();
    if !desk.keep(changes).await {
        return;
    }
    if let Some(chosen) = desk.chosen.get_untracked() {
        desk.ledger.set_value(crate::ledger::Ledger::new(&chosen.plan, &chosen.reference).ok());
    }
    desk.turned.update(|turned| *turned += 1);
}

/// Fetches from a receiver what is not here yet, page by page. How many batches it has, and how many were new; None when
/// it did not answer as a receiver does. What was fetched before a failure is kept.
pub async fn fetch(desk: Desk, receiver: &str, token: &str) -> Option<(usize, usize)> {
    struct Page {
        batches: Vec<Digest>,
        next: Option<Digest>,
    }
    fn page(node: json::Node) -> Page {
        Page { batches: node.list("batches", Digest::read), next: node.find("next").map(Digest::read) }
    }
    let (mut all, mut fresh) = (0, 0);
    let mut after: Option<Digest> = None;
    desk.stop.set(false);
    loop {
        let mut query = String::from("batches?limit=1000");
        if let Some(after) = &after {
            query.push_str("&after=");
            query.push_str(after.as_str());
        }
        let answer = net::fetch_with_token(&net::address(receiver, &query), token).await?;
        let page: Page = Some(answer)
            .filter(|answer| answer.status == 200)
            .and_then(|answer| json::read(&answer.body, page).ok())?;
        all += page.batches.len();
        let mut arrivals = Vec::new();
        let missing: Vec<&Digest> = page.batches.iter().filter(|digest| !is_here(desk, digest)).collect();
        let total = missing.len();
        for (done, digest) in missing.into_iter().enumerate() {
            if desk.stop.get_untracked() {
                break;
            }
            desk.work.set(Some(Work { words: words::FETCHING, done, total }));
            let mut path = String::from("batches/");
            path.push_str(digest.as_str());
            let answer = net::fetch_with_token(&net::address(receiver, &path), token).await;
            let Some(answer) = answer.filter(|answer| answer.status == 200) else {
                take_in(desk, arrivals).await;
                return None;
            };
            let mut origin = digest.as_str().to_owned();
            origin.push_str(".minping");
            arrivals.push(Arrival { origin, text: Some(answer.body) });
        }
        fresh += arrivals.len();
        let stopped = desk.stop.get_untracked();
        take_in(desk, arrivals).await;
        match page.next {
            Some(next) if !stopped => after = Some(next),
            _ => return Some((all, fresh)),
        }
    }
}

fn is_here(desk: Desk, digest: &Digest) -> bool {
    desk.ledger.with_value(|ledger| ledger.as_ref().is_some_and(|ledger| ledger.batches().contains_key(digest)))
}
