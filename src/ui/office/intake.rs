//! Taking batches in: verify, keep, open. In small portions with the browser in between, so that the page stays alive.
//! One such work runs at a time; the next waits for it.

mod receiver;

pub use receiver::{FetchError, fetch};

use super::backroom::{Begun, Portion, Text};
use super::desk::{Desk, Work};
use crate::batch::{Admission, BatchError, Trust, batch_digest, verify_batch};
use crate::browser::clock;
use crate::browser::crypto::Web;
use crate::browser::files::{Handle, Unread};
use crate::ledger::{Ledger, Standing};
use crate::plan::Digest;
use crate::rectification::Day;
use crate::ui::words::{Words, office as words};
use leptos::prelude::*;
use std::collections::BTreeSet;

/// Batches are kept under `batch/<digest>`: in the first line the origin and, where it is known, a tab and the day on which the
/// batch arrived; the text after it.
const BATCH: &str = "batch/";
/// Batches, and bytes of them, that are looked at together and written in one step of the keeper.
const PORTION: usize = 50;
const PORTION_BYTES: usize = 1 << 18;
/// Records that are opened together where batches wait for the keys.
const RECORDS: usize = 100;
/// The page is drawn after this many milliseconds of work.
const BREATH: i64 = 40;
/// Work on the page goes on for so many milliseconds without a pause.
const STRETCH: i64 = 12;
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

    /// Lets the browser do what it has to, after a stretch of work.
    pub(super) async fn pause(&mut self) {
        if clock::now() - self.0 >= STRETCH {
            clock::sleep(0).await;
            self.0 = clock::now();
        }
    }
}

/// Verifies each, keeps what is a batch, and opens records as far as the keys are there.
pub async fn take_in(desk: Desk, files: Vec<Handle>) {
    if files.is_empty() {
        return;
    }
    let _turn = Turn::take(desk).await;
    desk.opened.set(None);
    let (total, mut breath) = (files.len(), Breath::new());
    let mut taking = Taking::new(desk, words::WORKING, total, true);
    for (done, file) in files.into_iter().enumerate() {
        if desk.stop.get_untracked() {
            taking.opened.left = total - done;
            break;
        }
        breath.pause().await;
        let from = Source { origin: &file.name, day: file.written().map(Day::of_milliseconds) };
        taking.take(from, file.read(LONGEST).await).await;
    }
    let opened = taking.end().await;
    open_waiting(desk).await;
    desk.opened.set(Some(opened));
}

/// Takes in a batch that was made and kept here.
pub async fn take_made(desk: Desk, origin: &str, text: &str) {
    let _turn = Turn::take(desk).await;
    let mut taking = Taking::new(desk, words::WORKING, 1, true);
    taking.take(Source { origin, day: Some(Day::of_milliseconds(clock::now())) }, Ok(text.to_owned())).await;
    taking.end().await;
    open_waiting(desk).await;
}

/// Where a batch comes from.
#[derive(Clone, Copy)]
pub(super) struct Source<'a> {
    /// File or receiver, for people.
    origin: &'a str,
    /// The day on which it arrived; None: nobody knows.
    day: Option<Day>,
}

impl<'a> Source<'a> {
    /// Reads what [`Text::line`] wrote; a line of an earlier app has no day.
    fn read(line: &'a str) -> Source<'a> {
        match line.rsplit_once('\t').and_then(|(origin, day)| Some((origin, Day::parse(day)?))) {
            Some((origin, day)) => Source { origin, day: Some(day) },
            None => Source { origin: line, day: None },
        }
    }
}

impl Text {
    /// Where it comes from, as it is kept.
    fn line(&self) -> String {
        let origin = self.name.replace(['\n', '\t'], " ");
        self.day.map_or_else(|| origin.clone(), |day| [&origin, "\t", &day.to_string()].concat())
    }
}

/// Batches on their way into the ledger. They are looked at in portions on the other thread, one ahead of what the page
/// merges and keeps.
pub(super) struct Taking {
    desk: Desk,
    words: Words,
    /// Texts that are looked at next.
    portion: Vec<Text>,
    bytes: usize,
    begun: Option<Begun>,
    /// Whether records are opened as well, as far as there are keys.
    opens: bool,
    done: usize,
    pub(super) total: usize,
    pub(super) opened: Opened,
}

impl Taking {
    pub(super) fn new(desk: Desk, words: Words, total: usize, opens: bool) -> Taking {
        desk.work.set(Some(Work { words, done: 0, total }));
        Taking {
            desk,
            words,
            portion: Vec::new(),
            bytes: 0,
            begun: None,
            opens,
            done: 0,
            total,
            opened: Opened::default(),
        }
    }

    /// A text, with where it comes from; or why it could not be read.
    pub(super) async fn take(&mut self, from: Source<'_>, text: Result<String, Unread>) {
        let Source { origin, day } = from;
        match text {
            Ok(text) => {
                self.bytes += text.len();
                let open = self.opens && !self.is_opened(&text).await;
                self.portion.push(Text { name: origin.to_owned(), day, text, open });
                if self.portion.len() >= PORTION || self.bytes >= PORTION_BYTES {
                    self.send().await;
                }
            }
            Err(why) => {
                self.desk.set_aside(origin, why);
                self.opened.refused += 1;
                self.done += 1;
            }
        }
    }

    /// Whether a batch is here with all that was in it: its records are not opened once more.
    async fn is_opened(&self, text: &str) -> bool {
        if self.desk.ledger.with_value(|ledger| ledger.as_ref().is_none_or(|ledger| ledger.batches().is_empty())) {
            return false;
        }
        let Ok(digest) = batch_digest(&Web, text).await else { return false };
        self.desk.ledger.with_value(|ledger| ledger.as_ref().is_some_and(|ledger| ledger.is_opened_through(&digest)))
    }

    /// What is still on its way.
    pub(super) async fn end(mut self) -> Opened {
        self.send().await;
        self.settle().await;
        self.opened
    }

    /// Has the next portion looked at, and meanwhile merges and keeps the one before.
    async fn send(&mut self) {
        if self.portion.is_empty() {
            return;
        }
        self.bytes = 0;
        let keys = self.desk.keys.get_untracked().map(|keys| keys.secrets.clone());
        let texts = std::mem::take(&mut self.portion);
        let begun = self.desk.backroom.begin(self.desk, texts, keys).await;
        self.settle().await;
        self.begun = Some(begun);
    }

    async fn settle(&mut self) {
        let Some(begun) = self.begun.take() else { return };
        // None: another plan was chosen meanwhile, and its batches are looked at anew.
        let Some((Portion { found, part }, texts)) = begun.end().await else { return };
        self.done += texts.len();
        let (mut fresh, mut seen) = (Vec::new(), BTreeSet::new());
        for (found, text) in found.into_iter().zip(texts) {
            let Some(digest) = found else {
                self.opened.refused += 1;
                continue;
            };
            if let Some(day) = text.day {
                self.desk.arrivals.update_value(|arrivals| arrivals.note(&digest, day));
            }
            let standing = |ledger: &Ledger| ledger.batches().get(&digest).map(|kept| kept.standing().clone());
            let before = self.desk.ledger.with_value(|ledger| ledger.as_ref().and_then(standing));
            let now = standing(&part);
            match &now {
                now if before == *now || seen.contains(&digest) => self.opened.known += 1,
                Some(Standing::Admitted) => self.opened.admitted += 1,
                _ => self.opened.apart += 1,
            }
            let key = [BATCH, digest.as_str()].concat();
            if seen.insert(digest) && self.desk.keeper().get(&key).is_none() {
                let body = [&text.line(), "\n", text.text.trim()].concat();
                fresh.push((key, Some(body)));
            }
        }
        let digests: Vec<Digest> = part.batches().keys().cloned().collect();
        self.desk.join(part);
        self.desk.work.set(Some(Work { words: self.words, done: self.done, total: self.total }));
        if fresh.is_empty() || self.desk.keep(fresh).await {
            // Their text is kept, and is read from there when it is wanted.
            self.desk.ledger.update_value(|ledger| {
                if let Some(ledger) = ledger {
                    ledger.forget_seals(&digests);
                }
            });
        }
    }
}

impl Desk {
    /// Puts what was found into the ledger. A part of another plan stays out.
    fn join(self, part: Ledger) {
        self.ledger.update_value(|ledger| {
            if let Some(ledger) = ledger {
                let _ = ledger.merge(part);
            }
        });
    }
}

/// What a batch is to the plan, the rounds, the keys and the roster on the desk.
pub async fn admit(desk: Desk, text: &str) -> Option<Result<Admission, BatchError>> {
    let chosen = desk.chosen.get_untracked()?;
    let roster = desk.roster.get_untracked();
    let trust = Trust::of(&chosen.plan, &chosen.reference, roster.as_ref().map(|enrolled| &enrolled.roster));
    Some(verify_batch(&Web, text, &trust).await)
}

/// A batch that is kept, as its file has it.
pub fn kept(desk: Desk, digest: &Digest) -> Option<String> {
    let body = desk.keeper().get(&[BATCH, digest.as_str()].concat())?;
    body.split_once('\n').map(|(_, text)| text.to_owned())
}

/// Looks again at every batch that is kept: after a reload, another plan, or another roster.
pub async fn reread(desk: Desk) {
    let _turn = Turn::take(desk).await;
    look_again(desk, desk.keeper().names(BATCH)).await;
    open_waiting(desk).await;
}

/// At the batches that are kept under these keys.
async fn look_again(desk: Desk, kept: Vec<String>) {
    if kept.is_empty() {
        return;
    }
    let mut breath = Breath::new();
    let mut taking = Taking::new(desk, words::WORKING, kept.len(), false);
    for key in kept {
        breath.pause().await;
        // One that another window removed meanwhile is gone.
        let Some(body) = desk.keeper().get(&key) else { continue };
        let (origin, text) = body.split_once('\n').unwrap_or(("", &body));
        taking.take(Source::read(origin), Ok(text.to_owned())).await;
    }
    taking.end().await;
}

/// Opens what waits for the keys, as far as they are on the desk.
pub async fn open_all(desk: Desk) {
    let _turn = Turn::take(desk).await;
    open_waiting(desk).await;
}

async fn open_waiting(desk: Desk) {
    if let Some(keys) = desk.keys.get_untracked() {
        let waiting = || desk.ledger.with_value(|ledger| ledger.as_ref().map_or(0, Ledger::waiting));
        let total = waiting();
        // What cannot be had again is tried once.
        let (mut tried, mut begun) = (BTreeSet::new(), None::<Begun>);
        loop {
            // Keys that were closed or changed meanwhile open nothing more.
            let goes_on = !desk.stop.get_untracked() && is_open(desk, &keys);
            let next = desk.ledger.with_value(|ledger| Some(ledger.as_ref()?.next_waiting(RECORDS, &tried).0));
            let next = next.filter(|_| goes_on).unwrap_or_default();
            tried.extend(next.iter().cloned());
            let texts: Vec<Text> = next.iter().filter_map(|digest| kept_text(desk, digest)).collect();
            let last = next.is_empty();
            let coming = match texts.is_empty() {
                true => None,
                false => Some(desk.backroom.begin(desk, texts, Some(keys.secrets.clone())).await),
            };
            if let Some(begun) = begun.take()
                && let Some((portion, _)) = begun.end().await
            {
                let digests: Vec<Digest> = portion.part.batches().keys().cloned().collect();
                desk.join(portion.part);
                desk.ledger.update_value(|ledger| ledger.iter_mut().for_each(|ledger| ledger.forget_seals(&digests)));
                let done = total.saturating_sub(waiting());
                desk.work.set(Some(Work { words: words::OPENING_RECORDS, done, total }));
            }
            begun = coming;
            if last && begun.is_none() {
                break;
            }
        }
        open_loose(desk, &keys).await;
    }
    desk.turned.update(|turned| *turned += 1);
}

/// A batch that is kept, to be opened.
fn kept_text(desk: Desk, digest: &Digest) -> Option<Text> {
    let body = desk.keeper().get(&[BATCH, digest.as_str()].concat())?;
    let (line, text) = body.split_once('\n')?;
    let Source { origin, day } = Source::read(line);
    Some(Text { name: origin.to_owned(), day, text: text.to_owned(), open: true })
}

/// Opens the records of batches that could not be kept: their text is in the ledger only.
async fn open_loose(desk: Desk, keys: &std::rc::Rc<super::desk::OpenKeys>) {
    loop {
        let loose = |ledger: &Ledger| {
            let mut sealed = ledger.sealed(usize::MAX).into_iter();
            sealed.find(|(_, text)| !text.is_empty())
        };
        let next = desk.ledger.with_value(|ledger| ledger.as_ref().and_then(loose));
        let Some((place, sealed)) = next else { return };
        if desk.stop.get_untracked() || !is_open(desk, keys) {
            return;
        }
        let opened = crate::batch::open_record(&Web, &keys.secrets, &sealed).await;
        desk.ledger.update_value(|ledger| ledger.iter_mut().for_each(|ledger| ledger.put(&place, opened.clone())));
    }
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
        desk.keeper().names(BATCH).into_iter().partition(|key| only.contains(&key[BATCH.len()..]));
    let changes: Vec<_> = go.into_iter().map(|key| (key, None)).collect();
    if !changes.is_empty() && !desk.keep(changes).await {
        return;
    }
    desk.ledger.update_value(|ledger| {
        if let Some(ledger) = ledger {
            *ledger = Ledger::with_codebook(ledger.codebook().clone());
        }
    });
    desk.unread.set(Vec::new());
    desk.opened.set(None);
    look_again(desk, stay).await;
    open_waiting(desk).await;
}

fn is_here(desk: Desk, digest: &Digest) -> bool {
    desk.ledger.with_value(|ledger| ledger.as_ref().is_some_and(|ledger| ledger.batches().contains_key(digest)))
}
