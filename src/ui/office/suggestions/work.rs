//! The texts on the desk and the notes about them.

use super::kept::{prefix, read_notes, take_kept};
use super::looked::{Known, count, filter, look, wanted};
use crate::browser::clock;
use crate::expression::Moment;
use crate::plan::{Digest, Plan};
use crate::suggestions::{
    Counter, Gatherer, Group, Grouper, Kind, Lexicon, Note, NoteStep, Notes, Said, Standings, Word, find,
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
    /// Whose they are; empty: of all rounds. Another may be chosen by now.
    pub round: String,
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
    /// Number of the reading that was begun last. What an earlier one finds is not shown.
    begun: StoredValue<u32>,
    /// With something masked, released, to be looked at again.
    pub counts: Memo<[usize; 3]>,
    /// Places of the texts that the filters let through.
    pub wanted: Memo<Vec<usize>>,
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
        let standings = Memo::new(move |_| notes.with(Notes::standings));
        let read = RwSignal::new_local(Read::default());
        let known = StoredValue::new(Known::default());
        let looked = Memo::new(move |_| {
            read.with(|read| standings.with(|standings| known.try_update_value(|known| look(read, standings, known))))
                .unwrap_or_default()
        });
        let filters = ["", "", "", "", "", "all"].map(|value| RwSignal::new(value.to_owned()));
        let group = RwSignal::new(None::<Vec<usize>>);
        let work = Work {
            desk,
            notes,
            standings,
            unread: RwSignal::new(unread),
            round: RwSignal::new(last_round(desk)),
            read,
            state: RwSignal::new(State::Busy),
            begun: StoredValue::new(0),
            counts: Memo::new(move |_| looked.with(|looked| count(looked))),
            wanted: Memo::new(move |_| {
                let filter = filter(filters);
                read.with(|read| {
                    standings.with(|standings| {
                        looked.with(|looked| {
                            group.with(|group| wanted(&filter, read, standings, looked, group.as_deref()))
                        })
                    })
                })
            }),
            groups: RwSignal::new_local(None),
            frequent: RwSignal::new_local(None),
            by: RwSignal::new(desk.keeper().get(CLERK).unwrap_or_default()),
            filters,
            group,
            page: RwSignal::new(0),
            selected: RwSignal::new(BTreeSet::new()),
            view: RwSignal::new("list".to_owned()),
            hiding: RwSignal::new(String::new()),
        };
        // Also when another window has written.
        Effect::new(move |_| {
            desk.stirred.track();
            let mut added = 0;
            work.notes.maybe_update(|notes| {
                let (fresh, unread) = take_kept(desk, notes);
                added = fresh;
                if work.unread.get_untracked() != unread {
                    work.unread.set(unread);
                }
                added > 0
            });
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
        let begun = self.begun.get_value() + 1;
        self.begun.set_value(begun);
        self.state.set(State::Busy);
        self.forget();
        spawn_local(async move {
            let ended = self.read_all(begun).await;
            if self.is_last(begun) {
                let _ = self.state.try_set(if ended { State::Done } else { State::Stopped });
            }
        });
    }

    /// What was made of the texts of before, and which of them were chosen.
    fn forget(self) {
        self.group.set(None);
        self.groups.set(None);
        self.frequent.set(None);
        self.selected.update(BTreeSet::clear);
    }

    /// Whether no other reading was begun since.
    fn is_last(self, begun: u32) -> bool {
        self.begun.try_get_value() == Some(begun)
    }

    /// False: the clerk asked to stop, or another reading was begun.
    async fn read_all(self, begun: u32) -> bool {
        let _turn = Turn::take(self.desk).await;
        let mut breath = Breath::new();
        let goes_on = || self.is_last(begun) && !self.desk.stop.get_untracked();
        if !goes_on() {
            return false;
        }
        self.desk.work.set(Some(Busy { words: words::READING, done: 0, total: 100 }));
        breath.rest().await;
        let Some(round) = self.round.try_get_untracked() else { return false };
        let of = Some(round.as_str()).filter(|round| !round.is_empty());
        let gatherer = self.desk.ledger.with_value(|ledger| {
            let ledger = ledger.as_ref()?;
            Some(Gatherer::new(ledger, &ledger.account(), of))
        });
        let mut said = Vec::new();
        if let Some(mut gatherer) = gatherer {
            let total = gatherer.len() * 2;
            while gatherer.go_on(PORTION) {
                breath.draw(self.desk, words::READING, total / 2 - gatherer.len(), total).await;
                if !goes_on() {
                    return false;
                }
            }
            said = gatherer.finish();
        }
        let mut marked = Vec::with_capacity(said.len());
        for (at, one) in said.iter().enumerate() {
            marked.push(!find(&one.text).is_empty());
            breath.draw(self.desk, words::READING, said.len() + at, said.len() * 2).await;
            if !goes_on() {
                return false;
            }
        }
        if !self.is_last(begun) {
            return false;
        }
        self.forget();
        let _ = self.read.try_set(Read { said: Rc::new(said), marked: Rc::new(marked), round });
        true
    }

    /// Whether a work on the texts of this reading goes on; where the clerk asked to stop, the list is shown again.
    fn goes_on(self, begun: u32) -> bool {
        let stopped = self.desk.stop.get_untracked();
        if stopped {
            let _ = self.view.try_set("list".to_owned());
        }
        !stopped && self.is_last(begun)
    }

    /// Puts similar texts together, once.
    pub fn group_all(self) {
        let begun = self.begun.get_value();
        spawn_local(async move {
            let _turn = Turn::take(self.desk).await;
            let mut breath = Breath::new();
            breath.rest().await;
            if !self.is_last(begun) {
                return;
            }
            let Some(read) = self.read.try_get_untracked() else { return };
            let mut grouper = Grouper::new(read.said.iter().map(|said| said.text.as_str()));
            let total = grouper.len();
            let mut done = 0;
            while grouper.go_on(PORTION) {
                done += PORTION;
                breath.draw(self.desk, words::GROUPING, done, total).await;
                if !self.goes_on(begun) {
                    return;
                }
            }
            let _ = self.groups.try_set(Some(Rc::new(grouper.finish())));
        });
    }

    /// Finds frequent words, once.
    pub fn count_words(self) {
        let begun = self.begun.get_value();
        spawn_local(async move {
            let _turn = Turn::take(self.desk).await;
            let mut breath = Breath::new();
            breath.rest().await;
            if !self.is_last(begun) {
                return;
            }
            let (Some(read), Some(plan)) = (self.read.try_get_untracked(), self.plan()) else { return };
            let own = plan.units.iter().flat_map(|unit| unit.label.iter().map(|(_, name)| name.clone()));
            let mut counter = Counter::new(&own.collect::<Vec<String>>());
            let total = read.said.len() * 2;
            for (at, said) in read.said.iter().enumerate() {
                counter.learn(&said.text);
                breath.draw(self.desk, words::LEARNING, at, total).await;
                if !self.goes_on(begun) {
                    return;
                }
            }
            let lexicon = counter.finish();
            breath.rest().await;
            let mut counts = Default::default();
            for (at, said) in read.said.iter().enumerate() {
                lexicon.add_to(&mut counts, &said.text);
                breath.draw(self.desk, words::LEARNING, read.said.len() + at, total).await;
                if !self.goes_on(begun) {
                    return;
                }
            }
            let _ = self.frequent.try_set(Some(Rc::new(Lexicon::ranked(counts, 2))));
        });
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
