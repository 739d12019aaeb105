use crate::browser::host::moment;
use crate::browser::keeper::Keeper;
use crate::plan::{Plan, Text, pick};
use crate::session::{Answer, Change, Draft, Event, Refusal, Session};
use crate::store::Entries;
use crate::ui::controls::focused;
use crate::ui::element::Element;
use crate::ui::shell::{Shell, use_shell};
use crate::ui::words::Language;
use leptos::prelude::*;
use std::cell::RefCell;
use std::rc::Rc;

/// How soon a change has to be in the journals.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pace {
    /// After a choice.
    Now,
    /// After a keystroke: more will follow.
    Soon,
}

/// What is made for the item at a place.
pub type Beside = fn(Live, usize) -> Element;

/// A session in reactive form: a change wakes only what shows the items that it names. Copy: a handle that lives as long as
/// the component that opened it.
#[derive(Clone, Copy)]
pub struct Live {
    pub(super) inner: StoredValue<Rc<RefCell<Inner>>, LocalStorage>,
    /// Another section, the review, or another language is shown.
    pub place: Trigger,
    /// Items of the section that is shown stand elsewhere.
    layout: Trigger,
    /// Some value changed.
    pub answers: Trigger,
    /// The person wanted to go on and something stood in the way: missing answers are marked from then on.
    pub attempted: RwSignal<bool>,
    /// It is being closed: nothing can be changed.
    pub closing: RwSignal<bool>,
    /// Of the interface, where the interview is in a language that it does not speak.
    spoken: RwSignal<Language>,
    /// Only to look at: another tab has the interview.
    pub locked: RwSignal<bool>,
    /// A canvasser's interview in the resident's own hands: it speaks to the resident.
    pub alone: StoredValue<bool>,
    /// What an interviewer is given beside each question.
    pub beside: StoredValue<Option<Beside>>,
    pub shell: Shell,
}

/// Where the focus goes when the section is drawn anew.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// To the item with this key, or rather to this part of it, as a selector goes on.
    At(String, &'static str),
    /// Back into the input that had it.
    Back(String, String),
    /// To the first question of the instance with this key.
    First(String),
    /// To what adds an instance to the repeat with this key.
    Add(String),
}

pub(super) struct Inner {
    pub session: Session,
    items: Vec<Signals>,
    keep: Rc<dyn Fn(&Draft, Pace)>,
    wanted: Option<Wanted>,
    /// The first place from which on the section that is shown has to be built anew.
    moved: Option<usize>,
    /// Where attachments are kept.
    pub keeper: Option<Keeper>,
    /// Attachments where nothing is kept.
    pub loose: Entries,
}

#[derive(Default)]
struct Signals {
    value: Option<ArcTrigger>,
    relevance: Option<ArcTrigger>,
    choices: Option<ArcTrigger>,
    /// Of a matrix, by row.
    rows: Vec<Option<ArcTrigger>>,
}

fn lazily(trigger: &mut Option<ArcTrigger>) -> ArcTrigger {
    trigger.get_or_insert_with(ArcTrigger::new).clone()
}

impl Live {
    /// `keep` is called with every change, and has to save it.
    pub fn open(mut session: Session, keep: impl Fn(&Draft, Pace) + 'static) -> Live {
        // Never refused; what it changes is shown from the start.
        let _ = session.apply(Event::Clock(moment()));
        let items = (0..session.len()).map(|_| Signals::default()).collect();
        Live {
            inner: StoredValue::new_local(Rc::new(RefCell::new(Inner {
                session,
                items,
                keep: Rc::new(keep),
                wanted: None,
                moved: None,
                keeper: None,
                loose: Entries::new(),
            }))),
            place: Trigger::new(),
            layout: Trigger::new(),
            answers: Trigger::new(),
            attempted: RwSignal::new(false),
            closing: RwSignal::new(false),
            spoken: use_shell().language,
            locked: RwSignal::new(false),
            alone: StoredValue::new(false),
            beside: StoredValue::new(None),
            shell: use_shell(),
        }
    }

    /// Keeps attachments beside the draft. Without this they last as long as the page.
    pub fn keep_in(self, keeper: Keeper) -> Live {
        self.inner().borrow_mut().keeper = Some(keeper);
        self
    }

    /// Asks the session; what asks is not woken by changes.
    pub fn with<T>(self, ask: impl FnOnce(&Session) -> T) -> T {
        ask(&self.inner().borrow().session)
    }

    #[inline(never)]
    fn inner(self) -> Rc<RefCell<Inner>> {
        self.inner.get_value()
    }

    /// Wakes when the item's value or validity changes.
    pub fn value(self, item: usize) -> ArcTrigger {
        lazily(&mut self.inner().borrow_mut().items[item].value)
    }

    /// Wakes when the item appears or goes away.
    pub fn relevance(self, item: usize) -> ArcTrigger {
        lazily(&mut self.inner().borrow_mut().items[item].relevance)
    }

    /// Wakes when the item offers other choices.
    pub fn choices(self, item: usize) -> ArcTrigger {
        lazily(&mut self.inner().borrow_mut().items[item].choices)
    }

    /// Wakes when something in the matrix's row changes.
    pub fn row(self, item: usize, row: usize) -> ArcTrigger {
        let inner = self.inner();
        let rows = &mut inner.borrow_mut().items[item].rows;
        if rows.len() <= row {
            rows.resize_with(row + 1, || None);
        }
        lazily(&mut rows[row])
    }

    /// Tells the session, saves, and wakes what shows it.
    pub fn tell(self, event: Event) -> Result<(), Refusal> {
        self.tell_and(event, None)
    }

    /// Where the focus was last wanted: whoever draws the section takes it there.
    pub fn take_wanted(self) -> Option<Wanted> {
        self.inner().borrow_mut().wanted.take()
    }

    /// For whoever shows the items from `start` on: from which of them on others stand, counted from there, and how many there
    /// are in all. Wakes when that happens.
    pub fn moved(self, start: usize) -> Option<(usize, usize)> {
        self.layout.track();
        let inner = self.inner();
        let inner = &mut *inner.borrow_mut();
        let moved = inner.moved.take()?;
        let section = inner.session.sections().get(inner.session.section())?;
        Some((moved.saturating_sub(start), section.items.len()))
    }

    /// As [`Live::tell`]; where the section is drawn anew, or another one is, the focus goes there.
    pub fn tell_and_go(self, event: Event, wanted: Wanted) -> Result<(), Refusal> {
        self.tell_and(event, Some(wanted))
    }

    fn tell_and(self, event: Event, wanted: Option<Wanted>) -> Result<(), Refusal> {
        if self.locked.get_untracked() || self.closing.get_untracked() {
            return Ok(());
        }
        let pace = match &event {
            Event::Answered { value: Answer::Text(_) | Answer::Integer(_), .. } | Event::Noted { .. } => Pace::Soon,
            _ => Pace::Now,
        };
        // The screen may be gone by then.
        let Some(inner) = self.inner.try_get_value() else { return Ok(()) };
        let (woken, change, redrawn) = {
            let inner = &mut *inner.borrow_mut();
            let held = focused().filter(|_| wanted.is_none() && inner.session.has_repeats());
            let held = held.map(|(index, part)| (index, Wanted::Back(inner.session.key(index), part)));
            let change = inner.session.apply(event)?;
            if !change.is_empty() {
                (inner.keep)(inner.session.draft(), pace);
            }
            let redrawn = match change.layout {
                Some(from) => inner.lay_out(from, wanted, held),
                None => {
                    inner.wanted = wanted.filter(|_| change.navigation).or(inner.wanted.take());
                    false
                }
            };
            (inner.wake_list(&change), change, redrawn)
        };
        for trigger in woken {
            trigger.notify();
        }
        if change.navigation || change.language || redrawn {
            self.place.notify();
        } else if change.layout.is_some() {
            self.layout.notify();
        }
        if !change.values.is_empty() || change.layout.is_some() {
            self.answers.notify();
        }
        Ok(())
    }

    /// A text of the plan in the language of the interview.
    pub fn text(self, text: &Text) -> String {
        self.with(|session| say(session, text).to_owned())
    }

    /// Language of the interface that goes with the language of the interview.
    pub fn language(self) -> Language {
        self.with(|session| Language::read(session.language())).unwrap_or_else(|| self.spoken.get_untracked())
    }
}

/// A text of the plan in the language of the interview.
pub fn say<'a>(session: &'a Session, text: &'a Text) -> &'a str {
    pick(text, session.language(), session.plan().languages.first().map_or("", String::as_str))
}

/// The plan's language that was asked for, or else its first; follows the choice.
pub fn plan_language(plan: &Plan, shell: Shell) -> &str {
    shell.tongue_of(&plan.languages).or(plan.languages.first()).map_or("", String::as_str)
}

impl Inner {
    /// Items from this place on stand elsewhere: whoever listened to them is built anew. Answers whether that is the whole
    /// screen.
    fn lay_out(&mut self, from: usize, wanted: Option<Wanted>, held: Option<(usize, Wanted)>) -> bool {
        self.items.truncate(from);
        self.items.resize_with(self.session.len(), Signals::default);
        let shown = self.session.sections().get(self.session.section()).filter(|_| !self.session.in_review());
        let redrawn = shown.is_none_or(|section| from < section.items.start);
        // What stands before it has kept the focus.
        let lost = held.filter(|(index, _)| redrawn || *index >= from).map(|(_, back)| back);
        self.wanted = wanted.or(lost);
        self.moved = if redrawn { None } else { Some(self.moved.map_or(from, |before| before.min(from))) };
        redrawn
    }

    fn wake_list(&self, change: &Change) -> Vec<ArcTrigger> {
        let mut woken: Vec<&Option<ArcTrigger>> = Vec::new();
        for &item in &change.values {
            let signals = &self.items[item];
            woken.push(&signals.value);
            match change.row {
                Some(row) => woken.extend(signals.rows.get(row)),
                None => woken.extend(&signals.rows),
            }
        }
        woken.extend(change.validity.iter().map(|&item| &self.items[item].value));
        woken.extend(change.choices.iter().map(|&item| &self.items[item].choices));
        for &item in &change.relevance {
            woken.extend([&self.items[item].value, &self.items[item].relevance]);
        }
        woken.into_iter().flatten().cloned().collect()
    }
}
