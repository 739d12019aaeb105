//! Taking batches in: verify, keep, open. In small portions with the browser in between, so that the page stays alive.
//! One such work runs at a time; the next waits for it.

mod receiver;

pub use receiver::{FetchError, fetch};

use super::desk::{Desk, Work};
use crate::batch::{Admission, BatchError, Trust, verify_batch};
use crate::browser::clock;
use crate::browser::crypto::Web;
use crate::browser::files::{Handle, Unread};
use crate::ledger::Taken;
use crate::plan::Digest;
use crate::rectification::Day;
use crate::ui::words::{Words, office as words};
use leptos::prelude::*;
use std::collections::BTreeSet;

/// Batches are kept under `batch/<digest>`: in the first line the origin and, where it is known, a tab and the day on which the
/// batch arrived; the text after it.
const BATCH: &str = "batch/";
/// Batches written in one step of the keeper.
const PORTION: usize = 25;
/// Records asked for at a time.
const RECORDS: usize = 25;
/// The page is drawn after this many milliseconds of work.
const BREATH: i64 = 40;
/// No batch is larger, in bytes: a receiver takes 8 MiB unless told otherwise.
pub const LONGEST: f64 = 67_108_864.0;

/// What became of the files that were opened together.
#[derive(Clone, Copy, Default, PartialEq)]
pub struct Opened {
    pub admitted: usize,
    pub apart: usize,
    /// Were here already.
    pub known: usize,
    pub refused: usize,
    /// Left when the clerk asked to stop.
    pub left: usize,
}

/// What became of one file.
enum Outcome {
    Admitted,
    Apart,
    Known,
    Refused,
}

/// Held by the work that runs.
pub(super) struct Turn(Desk);

impl Turn {
    pub(super) async fn take(desk: Desk) -> Turn {
        while desk.taken.get_value() {
            clock::sleep(30).await;
        }
        desk.taken.set_value(true);
        desk.stop.set(false);
        Turn(desk)
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        self.0.taken.try_set_value(false);
        self.0.work.try_set(None);
    }
}

/// Lets the browser draw from time to time. A page that is not seen needs no drawing, and its timers are slow.
pub(super) struct Breath(i64);

impl Breath {
    pub(super) fn new() -> Breath {
        Breath(clock::now())
    }

    /// Says how far the work is, when it is time to draw.
    pub(super) async fn draw(&mut self, desk: Desk, words: Words, done: usize, total: usize) {
        if clock::now() - self.0 >= BREATH {
            desk.work.set(Some(Work { words, done, total }));
            if !document().hidden() {
                clock::sleep(0).await;
            }
            self.0 = clock::now();
        }
    }

    /// Lets the browser draw before something that takes long.
    pub(super) async fn rest(&mut self) {
        clock::sleep(30).await;
        self.0 = clock::now();
    }
}

/// Verifies each, keeps what is a batch, and opens records as far as the keys are there.
pub async fn take_in(desk: Desk, files: Vec<Handle>) {
    if files.is_empty() {
        return;
    }
    let _turn = Turn::take(desk).await;
    desk.opened.set(None);
    let (total, mut opened, mut breath) = (files.len(), Opened::default(), Breath::new());
    desk.work.set(Some(Work { words: words::WORKING, done: 0, total }));
    let mut fresh = Vec::new();
    for (done, file) in files.into_iter().enumerate() {
        if desk.stop.get_untracked() {
            opened.left = total - done;
            break;
        }
        breath.draw(desk, words::WORKING, done, total).await;
        let text = file.read(LONGEST).await;
        let from = Source { origin: &file.name, day: file.written().map(Day::of_milliseconds) };
        take_one(desk, from, text, &mut opened, &mut fresh).await;
    }
    desk.keep_all(&mut fresh).await;
    open_waiting(desk).await;
    desk.opened.set(Some(opened));
}

impl Desk {
    async fn keep_all(self, fresh: &mut Vec<(String, Option<String>)>) {
        if !fresh.is_empty() {
            self.keep(std::mem::take(fresh)).await;
        }
    }
}

/// Takes in a batch that was made and kept here.
pub async fn take_made(desk: Desk, origin: &str, text: &str) {
    let _turn = Turn::take(desk).await;
    let (mut opened, mut fresh) = (Opened::default(), Vec::new());
    let from = Source { origin, day: Some(Day::of_milliseconds(clock::now())) };
    take_one(desk, from, Ok(text.to_owned()), &mut opened, &mut fresh).await;
    desk.keep_all(&mut fresh).await;
    open_waiting(desk).await;
}

/// Where a batch comes from.
#[derive(Clone, Copy)]
struct Source<'a> {
    /// File or receiver, for people.
    origin: &'a str,
    /// The day on which it arrived; None: nobody knows.
    day: Option<Day>,
}

impl<'a> Source<'a> {
    fn line(self) -> String {
        let origin = self.origin.replace(['\n', '\t'], " ");
        self.day.map_or_else(|| origin.clone(), |day| [&origin, "\t", &day.to_string()].concat())
    }

    /// Reads what [`Source::line`] wrote; a line of an earlier app has no day.
    fn read(line: &'a str) -> Source<'a> {
        match line.rsplit_once('\t').and_then(|(origin, day)| Some((origin, Day::parse(day)?))) {
            Some((origin, day)) => Source { origin, day: Some(day) },
            None => Source { origin: line, day: None },
        }
    }
}

async fn take_one(
    desk: Desk,
    from: Source<'_>,
    text: Result<String, Unread>,
    opened: &mut Opened,
    fresh: &mut Vec<(String, Option<String>)>,
) {
    let (outcome, kept) = match text {
        Ok(text) => verify(desk, from, &text).await,
        Err(why) => {
            desk.set_aside(from.origin, why);
            (Outcome::Refused, None)
        }
    };
    match outcome {
        Outcome::Admitted => opened.admitted += 1,
        Outcome::Apart => opened.apart += 1,
        Outcome::Known => opened.known += 1,
        Outcome::Refused => opened.refused += 1,
    }
    fresh.extend(kept);
    if fresh.len() >= PORTION {
        desk.keep_all(fresh).await;
    }
}

/// What a batch is to the plan, the rounds, the keys and the roster on the desk.
pub async fn admit(desk: Desk, text: &str) -> Option<Result<Admission, BatchError>> {
    let chosen = desk.chosen.get_untracked()?;
    let roster = desk.roster.get_untracked();
    let trust = Trust {
        plan: &chosen.reference,
        rounds: chosen.plan.rounds.iter().map(|round| round.id.clone()).collect(),
        office: chosen.plan.keys.as_ref().map_or(&[], |keys| &keys.sign),
        roster: roster.as_ref().map(|enrolled| &enrolled.roster),
    };
    Some(verify_batch(&Web, text, &trust).await)
}

/// A batch that is kept, as its file has it.
pub fn kept(desk: Desk, digest: &Digest) -> Option<String> {
    let body = desk.keeper().get(&[BATCH, digest.as_str()].concat())?;
    body.split_once('\n').map(|(_, text)| text.to_owned())
}

/// Takes one text into the ledger. What to keep, when it is a batch that is not kept yet.
async fn verify(desk: Desk, from: Source<'_>, text: &str) -> (Outcome, Option<(String, Option<String>)>) {
    let origin = from.origin;
    let admission = match admit(desk, text).await {
        Some(Ok(admission)) => admission,
        Some(Err(error)) => {
            desk.ledger.update_value(|ledger| {
                if let Some(ledger) = ledger {
                    ledger.refuse(origin, error);
                }
            });
            return (Outcome::Refused, None);
        }
        None => return (Outcome::Refused, None),
    };
    let (digest, admitted) = match &admission {
        Admission::Admitted(batch) => (batch.digest.clone(), true),
        Admission::Quarantined(batch, _) => (batch.digest.clone(), false),
    };
    if let Some(day) = from.day {
        desk.arrivals.update_value(|arrivals| arrivals.note(&digest, day));
    }
    let mut taken = None;
    desk.ledger.update_value(|ledger| taken = ledger.as_mut().map(|ledger| ledger.take(admission, origin)));
    let outcome = match (taken, admitted) {
        (Some(Taken::Known), _) => Outcome::Known,
        (_, true) => Outcome::Admitted,
        (_, false) => Outcome::Apart,
    };
    let key = [BATCH, digest.as_str()].concat();
    if desk.keeper().get(&key).is_some() {
        return (outcome, None);
    }
    let body = [&from.line(), "\n", text.trim()].concat();
    (outcome, Some((key, Some(body))))
}

/// Looks again at every batch that is kept: after a reload, another plan, or another roster.
pub async fn reread(desk: Desk) {
    let _turn = Turn::take(desk).await;
    let kept = desk.keeper().list(BATCH);
    let (total, mut breath) = (kept.len(), Breath::new());
    for (done, (_, body)) in kept.into_iter().enumerate() {
        breath.draw(desk, words::WORKING, done, total).await;
        let (origin, text) = body.split_once('\n').unwrap_or(("", &body));
        verify(desk, Source::read(origin), text).await;
    }
    open_waiting(desk).await;
}

/// Opens what waits for the keys, as far as they are on the desk.
pub async fn open_all(desk: Desk) {
    let _turn = Turn::take(desk).await;
    open_waiting(desk).await;
}

async fn open_waiting(desk: Desk) {
    if let Some(keys) = desk.keys.get_untracked() {
        let waiting = || desk.ledger.with_value(|ledger| ledger.as_ref().map_or(0, crate::ledger::Ledger::waiting));
        let (total, mut done, mut breath) = (waiting(), 0, Breath::new());
        'all: while done < total {
            let portion = desk.ledger.with_value(|ledger| ledger.as_ref().map(|ledger| ledger.sealed(RECORDS)));
            for (place, sealed) in portion.unwrap_or_default() {
                breath.draw(desk, words::OPENING_RECORDS, done, total).await;
                // Keys that were closed or changed meanwhile open nothing more.
                if desk.stop.get_untracked() || !is_open(desk, &keys) {
                    break 'all;
                }
                let opened = crate::batch::open_record(&Web, &keys.secrets, &sealed).await;
                desk.ledger.update_value(|ledger| {
                    if let Some(ledger) = ledger {
                        ledger.put(&place, opened);
                    }
                });
                done += 1;
            }
            // Another plan may have been chosen meanwhile: nothing of this one waits.
            if waiting() == 0 {
                break;
            }
        }
    }
    desk.turned.update(|turned| *turned += 1);
}

fn is_open(desk: Desk, keys: &std::rc::Rc<super::desk::OpenKeys>) -> bool {
    desk.keys.with_untracked(|now| now.as_ref().is_some_and(|now| std::rc::Rc::ptr_eq(now, keys)))
}

/// Digests of paper from a hall that no receiver has acknowledged: here is the only copy.
fn only_here(desk: Desk) -> BTreeSet<String> {
    let all = desk.keeper().list("hall/").into_iter();
    all.filter_map(|(key, _)| key.split_once("/unsent/").map(|(_, digest)| digest.to_owned())).collect()
}

/// Removes batches from this computer; the files they came from stay as they are. What was made here and is nowhere else
/// stays.
pub async fn remove_all(desk: Desk) {
    let _turn = Turn::take(desk).await;
    let only = only_here(desk);
    let (stay, go): (Vec<_>, Vec<_>) =
        desk.keeper().list(BATCH).into_iter().partition(|(key, _)| only.contains(&key[BATCH.len()..]));
    let changes: Vec<_> = go.into_iter().map(|(key, _)| (key, None)).collect();
    if !changes.is_empty() && !desk.keep(changes).await {
        return;
    }
    desk.ledger.update_value(|ledger| {
        if let Some(ledger) = ledger {
            *ledger = crate::ledger::Ledger::with_codebook(ledger.codebook().clone());
        }
    });
    desk.unread.set(Vec::new());
    desk.opened.set(None);
    for (_, body) in stay {
        let (origin, text) = body.split_once('\n').unwrap_or(("", &body));
        verify(desk, Source::read(origin), text).await;
    }
    open_waiting(desk).await;
}

fn is_here(desk: Desk, digest: &Digest) -> bool {
    desk.ledger.with_value(|ledger| ledger.as_ref().is_some_and(|ledger| ledger.batches().contains_key(digest)))
}
