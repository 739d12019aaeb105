//! The texts on the desk and the notes about them.

use super::kept::{prefix, read_notes};
use crate::browser::clock;
use crate::expression::Moment;
use crate::plan::{Digest, Plan};
use crate::suggestions::{
    Counter, Filter, Group, Grouper, Kind, Lexicon, Note, NoteStep, Notes, Release, Said, Shown, Standings, Word, find,
    gather, kinds as kinds_in,
};
use crate::ui::office::desk::{Desk, Work as Busy};
use crate::ui::office::intake::{Breath, Turn};
use crate::ui::words::{Words, suggestions as words};
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

/// Who wrote the last entry here: the same as in the rectification ledger.
const CLERK: &str = "setting/clerk";
/// Different texts that are compared between two looks at the clock.
const PORTION: usize = 20;

/// The texts of a round, and what was worked out of them.
#[derive(Clone, Default)]
pub struct Read {
    pub said: Rc<Vec<Said>>,
    /// Whether the finder marked something, in the same order.
    pub marked: Rc<Vec<bool>>,
}

/// How far the reading is.
#[derive(Clone, Copy, PartialEq)]
pub enum State {
    Busy,
    Stopped,
    Done,
}

/// What the page works on. Copy: every field is a handle.
#[derive(Clone, Copy)]
pub struct Work {
    pub desk: Desk,
    pub notes: RwSignal<Notes>,
    pub standings: Memo<Standings>,
    pub unread: RwSignal<usize>,
    pub round: RwSignal<String>,
    pub read: RwSignal<Read, LocalStorage>,
    pub state: RwSignal<State>,
    pub groups: RwSignal<Option<Rc<Vec<Group>>>, LocalStorage>,
    pub frequent: RwSignal<Option<Rc<Vec<Word>>>, LocalStorage>,
    pub by: RwSignal<String>,
    /// Search, tag, unit, indicator, item, and what was decided.
    pub filters: [RwSignal<String>; 6],
    /// Places of the texts of one group.
    pub group: RwSignal<Option<Vec<usize>>>,
    pub page: RwSignal<usize>,
    pub selected: RwSignal<BTreeSet<usize>>,
    pub view: RwSignal<String>,
    /// Words that are about to be masked.
    pub hiding: RwSignal<String>,
}

impl Work {
    pub fn open(desk: Desk) -> Work {
        let (notes, unread) = read_notes(desk);
        let notes = RwSignal::new(notes);
        let work = Work {
            desk,
            notes,
            standings: Memo::new(move |_| notes.with(Notes::standings)),
            unread: RwSignal::new(unread),
            round: RwSignal::new(last_round(desk)),
            read: RwSignal::new_local(Read::default()),
            state: RwSignal::new(State::Busy),
            groups: RwSignal::new_local(None),
            frequent: RwSignal::new_local(None),
            by: RwSignal::new(desk.keeper().get(CLERK).unwrap_or_default()),
            filters: ["", "", "", "", "", "all"].map(|value| RwSignal::new(value.to_owned())),
            group: RwSignal::new(None),
            page: RwSignal::new(0),
            selected: RwSignal::new(BTreeSet::new()),
            view: RwSignal::new("list".to_owned()),
            hiding: RwSignal::new(String::new()),
        };
        // Also when another window has written.
        Effect::new(move |_| {
            desk.stirred.track();
            let (notes, unread) = read_notes(desk);
            if work.notes.with_untracked(|known| *known != notes) {
                work.notes.set(notes);
            }
            work.unread.set(unread);
        });
        Effect::new(move |_| {
            desk.turned.track();
            work.round.track();
            work.begin();
        });
        // Other texts are shown: a page and a selection were of those before.
        Effect::new(move |_| {
            work.filters.iter().for_each(|filter| filter.track());
            work.group.track();
            work.page.set(0);
            work.selected.update(BTreeSet::clear);
        });
        work
    }

    pub fn plan(self) -> Option<Rc<Plan>> {
        self.desk.chosen.get_untracked().map(|chosen| chosen.plan.clone())
    }

    /// Reads the texts anew.
    pub fn begin(self) {
        self.state.set(State::Busy);
        self.group.set(None);
        self.groups.set(None);
        self.frequent.set(None);
        self.selected.update(BTreeSet::clear);
        spawn_local(async move {
            let ended = self.read_all().await;
            let _ = self.state.try_set(if ended { State::Done } else { State::Stopped });
        });
    }

    /// False: the clerk asked to stop.
    async fn read_all(self) -> bool {
        let _turn = Turn::take(self.desk).await;
        let mut breath = Breath::new();
        self.desk.work.set(Some(Busy { words: words::READING, done: 0, total: 100 }));
        breath.rest().await;
        let Some(round) = self.round.try_get_untracked() else { return false };
        let round = Some(round).filter(|round| !round.is_empty());
        let said = self.desk.ledger.with_value(|ledger| {
            ledger.as_ref().map_or_else(Vec::new, |ledger| gather(ledger, &ledger.account(), round.as_deref()))
        });
        let mut marked = Vec::with_capacity(said.len());
        for (at, one) in said.iter().enumerate() {
            marked.push(!find(&one.text).is_empty());
            breath.draw(self.desk, words::READING, at, said.len()).await;
            if self.desk.stop.get_untracked() {
                return false;
            }
        }
        let _ = self.read.try_set(Read { said: Rc::new(said), marked: Rc::new(marked) });
        true
    }

    /// Puts similar texts together, once.
    pub fn group_all(self) {
        spawn_local(async move {
            let _turn = Turn::take(self.desk).await;
            let mut breath = Breath::new();
            breath.rest().await;
            let Some(read) = self.read.try_get_untracked() else { return };
            let mut grouper = Grouper::new(read.said.iter().map(|said| said.text.as_str()));
            let total = grouper.len();
            let mut done = 0;
            while grouper.go_on(PORTION) {
                done += PORTION;
                breath.draw(self.desk, words::GROUPING, done, total).await;
                if self.desk.stop.get_untracked() {
                    let _ = self.view.try_set("list".to_owned());
                    return;
                }
            }
            let _ = self.groups.try_set(Some(Rc::new(grouper.finish())));
        });
    }

    /// Finds frequent words, once.
    pub fn count_words(self) {
        spawn_local(async move {
            let _turn = Turn::take(self.desk).await;
            let mut breath = Breath::new();
            breath.rest().await;
            let (Some(read), Some(plan)) = (self.read.try_get_untracked(), self.plan()) else { return };
            let own = plan.units.iter().flat_map(|unit| unit.label.iter().map(|(_, name)| name.clone()));
            let mut counter = Counter::new(&own.collect::<Vec<String>>());
            let total = read.said.len() * 2;
            for (at, said) in read.said.iter().enumerate() {
                counter.learn(&said.text);
                breath.draw(self.desk, words::LEARNING, at, total).await;
            }
            let lexicon = counter.finish();
            breath.rest().await;
            let mut counts = Default::default();
            for (at, said) in read.said.iter().enumerate() {
                lexicon.add_to(&mut counts, &said.text);
                breath.draw(self.desk, words::LEARNING, read.said.len() + at, total).await;
                if self.desk.stop.get_untracked() {
                    let _ = self.view.try_set("list".to_owned());
                    return;
                }
            }
            let _ = self.frequent.try_set(Some(Rc::new(Lexicon::ranked(counts, 2))));
        });
    }

    pub fn filter(self) -> Filter {
        let [search, tag, unit, indicator, item, shown] = self.filters.map(|filter| filter.get());
        let shown = Shown::ALL.into_iter().find(|known| known.code() == shown).unwrap_or_default();
        Filter { search, tag, unit, indicator, item, shown }
    }

    /// Places of the texts that the filters let through. Follows all that it depends on.
    pub fn wanted(self) -> Vec<usize> {
        let (filter, read) = (self.filter(), self.read.get());
        let among = self.group.get();
        self.standings.with(|standings| {
            let places = match among {
                Some(group) => group,
                None => (0..read.said.len()).collect(),
            };
            let fits = |at: &usize| {
                let said = &read.said[*at];
                let standing = standings.get(&said.id);
                // What nothing was found in and nobody changed is not searched again.
                let plain = filter.shown == Shown::Masked && !read.marked[*at] && standing.is_none();
                !plain && filter.fits(said, standing)
            };
            places.into_iter().filter(|at| *at < read.said.len()).filter(fits).collect()
        })
    }

    /// With something masked, released, to be looked at again.
    pub fn counts(self) -> [usize; 3] {
        let read = self.read.get();
        self.standings.with(|standings| {
            let mut counts = [0, 0, 0];
            for (said, marked) in read.said.iter().zip(read.marked.iter()) {
                let standing = standings.get(&said.id);
                let changed = standing.filter(|standing| !standing.changes.is_empty());
                let hides = changed.map_or(*marked, |_| !kinds_in(&said.text, standing).is_empty());
                counts[0] += usize::from(hides);
                match standing.map(|standing| standing.release(&said.text)) {
                    Some(Release::Released) => counts[1] += 1,
                    Some(Release::Stale) => counts[2] += 1,
                    _ => {}
                }
            }
            counts
        })
    }

    /// Every tag in use, with how often.
    pub fn tags(self) -> BTreeMap<String, usize> {
        self.standings.with(|standings| {
            let mut tags = BTreeMap::new();
            standings
                .values()
                .flat_map(|standing| &standing.tags)
                .for_each(|tag| *tags.entry(tag.clone()).or_default() += 1);
            tags
        })
    }

    /// Keeps notes, one after the other; true: they are shown, and kept.
    pub async fn write(self, all: Vec<(Vec<Digest>, NoteStep)>) -> bool {
        let by = self.by.get_untracked().trim().to_owned();
        let mut notes = self.notes.get_untracked();
        let prefix = prefix(notes.plan());
        let mut changes = Vec::new();
        for (of, step) in all {
            let at = Moment { milliseconds: clock::now(), offset: clock::offset_minutes() };
            let Some(note) = notes.make(&by, at, of, step) else { continue };
            changes.push(([&prefix, note.id().as_str()].concat(), Some(note.to_json())));
            notes.take(note);
        }
        if changes.is_empty() {
            return false;
        }
        if self.desk.keeper().get(CLERK).as_deref() != Some(&by) {
            changes.push((CLERK.to_owned(), Some(by)));
        }
        let kept = self.desk.keep(changes).await;
        if kept {
            let _ = self.notes.try_set(notes);
        }
        kept
    }

    /// Keeps what another copy has and this one has not; false: it could not be kept.
    pub async fn merge(self, copy: &Notes) -> bool {
        let mut here = self.notes.get_untracked();
        let prefix = prefix(here.plan());
        let fresh: Vec<&Note> = copy.all().filter(|note| !here.has(note.id())).collect();
        let changes = fresh.iter().map(|note| ([&prefix, note.id().as_str()].concat(), Some(note.to_json())));
        let changes: Vec<_> = changes.collect();
        if !changes.is_empty() && !self.desk.keep(changes).await {
            return false;
        }
        fresh.into_iter().for_each(|note| {
            here.take(note.clone());
        });
        let _ = self.notes.try_set(here);
        true
    }
}

/// The last round with a record, or else the last.
fn last_round(desk: Desk) -> String {
    let with_records = desk.ledger.with_value(|ledger| {
        let ledger = ledger.as_ref()?;
        let account = ledger.account();
        let at = account.counted.iter().map(|(_, row)| usize::from(row.domain.round)).max()?;
        ledger.codebook().plan().rounds.get(at).map(|round| round.id.clone())
    });
    let last = || desk.chosen.with_untracked(|chosen| Some(chosen.as_ref()?.plan.rounds.last()?.id.clone()));
    with_records.or_else(last).unwrap_or_default()
}

/// What a person can choose for a mask.
pub fn kinds() -> Vec<(&'static str, Words)> {
    Kind::ALL.iter().map(|kind| (kind.code(), kind.words())).collect()
}
