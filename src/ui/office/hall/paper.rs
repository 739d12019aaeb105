//! One paper ballot under the keys: a mark for each field, kept as it is typed.

use super::opening::group_name;
use super::work::{Work, sealed_key, slip_key};
use crate::hall::{BLANK, Field, INVALID, NONE, Place, Sheet, Slip, differences};
use crate::ui::element::next_frame;
use crate::ui::office::parts::said;
use crate::ui::shell::{focus_on, t, use_shell};
use crate::ui::words::{Language, hall as words};
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::cell::{Cell, RefCell};
use std::rc::Rc;

/// Who reads what.
#[derive(Clone)]
pub struct Seat {
    pub ballot: String,
    pub place: Place,
    pub pass: usize,
    pub by: String,
    pub sheet: Rc<Sheet>,
    /// Keys that were struck before this paper was there.
    pub typed: Vec<String>,
}

/// How safe the last key is.
#[derive(Clone, Copy, PartialEq)]
enum Safe {
    Kept,
    Writing,
    Failed,
    /// Sealed meanwhile, in another window: nothing more is kept of it.
    Sealed,
}

/// A ballot that is being read. Copy: every field is a handle.
#[derive(Clone, Copy)]
struct Reading {
    work: Work,
    seat: StoredValue<Seat, LocalStorage>,
    slip: RwSignal<Slip>,
    at: RwSignal<usize>,
    /// Places of the fields that are asked: all, or in the third look those that differ.
    asked: StoredValue<Vec<usize>>,
    safe: RwSignal<Safe>,
    queue: StoredValue<Rc<Queue>, LocalStorage>,
    next: Callback<Vec<String>>,
}

/// What is on its way to the keeper. It outlives the page.
#[derive(Default)]
struct Queue {
    waiting: RefCell<Option<(String, String)>>,
    writing: Cell<bool>,
    /// The ballot was read to the end: the next one follows.
    ended: Cell<bool>,
    /// Keys that were struck after the last one of the paper: they are the next paper's.
    typed: RefCell<Vec<String>>,
}

pub fn reading(work: Work, seat: Seat, next: Callback<Vec<String>>, leave: Callback<()>) -> AnyView {
    let shell = use_shell();
    let papers = work.papers(&seat.ballot);
    let fields = seat.sheet.fields.len();
    let before = [1, 2].map(|pass| papers.reading(&seat.place, pass).cloned());
    let asked: Vec<usize> = match (&before, seat.pass) {
        ([Some(first), Some(second)], 3) if !first.spoiled && !second.spoiled => differences(first, second),
        _ => (0..fields).collect(),
    };
    let begun = papers.reading(&seat.place, seat.pass).cloned().map(|slip| Slip { by: seat.by.clone(), ..slip });
    let slip = match (&before, seat.pass, begun) {
        // What both read the same is not asked again; it is as they read it now, whatever it was at an earlier look.
        ([Some(first), Some(second)], 3, begun) => {
            let base = if first.spoiled { second } else { first };
            let mut slip = Slip { by: seat.by.clone(), done: false, spoiled: false, ..base.clone() };
            if let Some(begun) = &begun {
                (slip.done, slip.spoiled) = (begun.done, begun.spoiled);
                asked.iter().for_each(|at| slip.set(*at, begun.mark(*at)));
            } else if asked.len() < fields {
                asked.iter().for_each(|at| slip.set(*at, NONE));
            }
            slip
        }
        (_, _, begun) => begun.unwrap_or_else(|| Slip::empty(&seat.by, &seat.sheet)),
    };
    let at = asked.iter().position(|at| slip.mark(*at) == NONE).unwrap_or(0);
    let title = {
        let place = seat.place.clone();
        move || {
            let language = shell.language.get();
            let group = work.plan().map_or_else(String::new, |plan| group_name(&plan, &place.0, language));
            words::READING.fill(language, &[&place.1.to_string(), &group])
        }
    };
    let by = seat.by.clone();
    let typed = seat.typed.clone();
    let pass = [words::PASS_1, words::PASS_2, words::PASS_3][seat.pass.clamp(1, 3) - 1];
    let third = (seat.pass == 3).then(|| before.clone());
    let reading = Reading {
        work,
        seat: StoredValue::new_local(seat),
        slip: RwSignal::new(slip),
        at: RwSignal::new(at),
        asked: StoredValue::new(asked),
        safe: RwSignal::new(Safe::Kept),
        queue: StoredValue::new_local(Rc::default()),
        next,
    };
    next_frame(|| focus_on(".paper-keys"));
    untrack(|| typed.iter().for_each(|key| _ = reading.press(key)));
    let rows = move || {
        let language = shell.language.get();
        reading
            .asked
            .get_value()
            .into_iter()
            .enumerate()
            .map(|(place, field)| cell(reading, place, field, third.clone(), language))
            .collect_view()
    };
    let state = move || match reading.safe.get() {
        Safe::Kept => words::KEPT,
        Safe::Writing => words::WRITING,
        Safe::Failed => words::KEPT_NOT,
        Safe::Sealed => words::ALREADY_SEALED,
    };
    view! {
        <section class="stack">
            <div class="row spread">
                <h2 class="grow">{title}</h2>
                <span class="tag">{t(pass)}</span><span class="tag">{by}</span>
                <span class=move || if matches!(reading.safe.get(), Safe::Failed | Safe::Sealed) { "tag bad" } else { "tag good" }>{move || state().of(shell.language.get())}</span>
            </div>
            <p class="hint small">{t(words::KEYS)}</p>
            <div class="paper-keys" tabindex="0" role="application" aria-label=t(words::KEYS_LABEL) on:keydown=move |event| reading.key(&event)>
                <ol class=move || if reading.slip.with(|slip| slip.spoiled) { "paper-fields spoiled" } else { "paper-fields" }>{rows}</ol>
            </div>
            <p class="visually-hidden" role="status">{move || reading.spoken(shell.language.get())}</p>
            {move || reading.slip.with(|slip| slip.spoiled).then(|| view! { <p class="banner warn">{t(words::IS_SPOILED)}</p> })}
            {move || reading.buttons(shell.language.get())}
            <div class="row">
                <button type="button" class="button primary" disabled=move || !reading.is_full() on:click=move |_| reading.finish()>{t(words::FINISH)}</button>
                <button type="button" class="button" on:click=move |_| reading.spoil()>{move || {
                    if reading.slip.with(|slip| slip.spoiled) { t(words::UNSPOIL)() } else { t(words::SPOIL)() }
                }}</button>
                <button type="button" class="button" on:click=move |_| leave.run(())>{t(words::LEAVE)}</button>
            </div>
        </section>
    }
    .into_any()
}

/// A mark as people call it.
fn called(work: Work, field: &Field, mark: char, language: Language) -> String {
    match mark {
        NONE => String::new(),
        BLANK => words::MARK_BLANK.of(language).to_owned(),
        INVALID => words::MARK_INVALID.of(language).to_owned(),
        mark => match (field.choice(mark), work.plan()) {
            (Some(choice), Some(plan)) => said(&choice.label, language, &plan),
            _ => mark.to_string(),
        },
    }
}

fn name_of(work: Work, field: &Field, language: Language) -> String {
    let Some(plan) = work.plan() else { return field.item.clone() };
    let label = said(&field.label, language, &plan);
    match said(&field.aspect, language, &plan) {
        aspect if aspect.is_empty() => label,
        aspect => [label, aspect].join(" · "),
    }
}

fn cell(reading: Reading, place: usize, at: usize, third: Option<[Option<Slip>; 2]>, language: Language) -> AnyView {
    let work = reading.work;
    let Some(field) = reading.seat.with_value(|seat| seat.sheet.fields.get(at).cloned()) else { return ().into_any() };
    let name = name_of(work, &field, language);
    let readings = third.map(|both| {
        let told = both.map(|slip| match slip {
            Some(slip) if slip.spoiled => words::MARK_SPOILED.of(language).to_owned(),
            Some(slip) => called(work, &field, slip.mark(at), language),
            None => String::new(),
        });
        words::BOTH.fill(language, &[&told[0], &told[1]])
    });
    let field = StoredValue::new_local(field);
    let mark = Memo::new(move |_| reading.slip.with(|slip| slip.mark(at)));
    let here = move || reading.at.get() == place;
    let class = move || match (here(), mark.get()) {
        (true, _) => "paper-field here",
        (false, NONE) => "paper-field",
        (false, INVALID) => "paper-field invalid",
        (false, _) => "paper-field full",
    };
    view! {
        <li class=class aria-current=move || here().then_some("step") on:click=move |_| {
            reading.at.set(place);
            focus_on(".paper-keys");
        }>
            <span class="paper-number">{at + 1}</span>
            <span class="paper-name">{name}{readings.map(|told| view! { <br/><span class="hint small">{told}</span> })}</span>
            <span class="paper-mark"><b>{move || Some(mark.get()).filter(|mark| *mark != NONE).map(String::from)}</b>" "
                {move || field.with_value(|field| called(work, field, mark.get(), language))}</span>
        </li>
    }
    .into_any()
}

impl Reading {
    fn field(self) -> Option<Field> {
        let at = self.asked.with_value(|asked| asked.get(self.at.get()).copied())?;
        self.seat.with_value(|seat| seat.sheet.fields.get(at).cloned())
    }

    /// What a screen reader says of the field under the keys.
    fn spoken(self, language: Language) -> String {
        let Some(field) = self.field() else { return String::new() };
        let at = self.asked.with_value(|asked| asked.get(self.at.get()).copied()).unwrap_or(0);
        let mark = self.slip.with(|slip| slip.mark(at));
        [name_of(self.work, &field, language), called(self.work, &field, mark, language)].join("：")
    }

    fn is_full(self) -> bool {
        self.slip.with(|slip| slip.spoiled || slip.next_empty().is_none())
    }

    fn go(self, by: isize) {
        let last = self.asked.with_value(Vec::len).saturating_sub(1);
        self.at.update(|at| *at = at.saturating_add_signed(by).min(last));
        next_frame(|| {
            if let Ok(Some(here)) = document().query_selector(".paper-field.here") {
                here.scroll_into_view_with_bool(false);
            }
        });
    }

    /// Whether the paper was read to the end: the key is then the next paper's.
    fn is_over(self, key: &str) -> bool {
        let queue = self.queue.get_value();
        let over = queue.ended.get();
        if over {
            queue.typed.borrow_mut().push(key.to_owned());
        }
        over
    }

    fn enter(self, mark: char) {
        if self.is_over(mark.encode_utf8(&mut [0; 4])) {
            return;
        }
        let Some(at) = self.asked.with_value(|asked| asked.get(self.at.get_untracked()).copied()) else { return };
        self.slip.update(|slip| {
            slip.spoiled = false;
            slip.done = false;
            slip.set(at, mark);
        });
        self.keep();
        self.go(1);
    }

    fn spoil(self) {
        if self.is_over("X") {
            return;
        }
        self.slip.update(|slip| {
            slip.spoiled = !slip.spoiled;
            slip.done = false;
        });
        self.keep();
        focus_on(".paper-keys");
    }

    /// What a key does. Keys with Ctrl or Alt are the browser's.
    fn key(self, event: &leptos::ev::KeyboardEvent) {
        if event.ctrl_key() || event.alt_key() || event.meta_key() {
            return;
        }
        if self.press(&event.key()) {
            event.prevent_default();
        }
    }

    /// Whether the key means something here.
    fn press(self, key: &str) -> bool {
        let mut letters = key.chars();
        let letter = letters.next().filter(|_| letters.next().is_none());
        if (letter.is_some() || key == "Enter") && self.is_over(key) {
            return true;
        }
        let Some(field) = untrack(|| self.field()) else { return false };
        let typed = match key {
            "ArrowRight" | "ArrowDown" => return self.moved(1),
            "ArrowLeft" | "ArrowUp" | "Backspace" => return self.moved(-1),
            "Home" => return self.moved(isize::MIN / 2),
            "End" => return self.moved(isize::MAX / 2),
            "Enter" => {
                match untrack(|| self.is_full()) {
                    true => self.finish(),
                    false => self.go_to_empty(),
                }
                return true;
            }
            "X" => {
                self.spoil();
                return true;
            }
            "?" => field.dont_know(),
            " " => Some(BLANK),
            _ => letter.map(|letter| letter.to_ascii_lowercase()),
        };
        let mark = typed.filter(|mark| field.takes(*mark));
        mark.into_iter().for_each(|mark| self.enter(mark));
        mark.is_some()
    }

    fn moved(self, by: isize) -> bool {
        self.go(by);
        true
    }

    fn go_to_empty(self) {
        let empty = self
            .asked
            .with_value(|asked| self.slip.with_untracked(|slip| asked.iter().position(|at| slip.mark(*at) == NONE)));
        if let Some(empty) = empty {
            self.at.set(empty);
            self.go(0);
        }
    }

    /// Keeps the newest state; while a write runs, the next one waits and takes all that was typed meanwhile. It goes on
    /// when the page is left.
    fn keep(self) {
        let body = self.slip.with_untracked(Slip::encode);
        let key = self.seat.with_value(|seat| slip_key(&seat.ballot, &seat.place, seat.pass));
        let queue = self.queue.get_value();
        *queue.waiting.borrow_mut() = Some((key, body));
        self.safe.set(Safe::Writing);
        if !queue.writing.replace(true) {
            spawn_local(self.write(queue, self.seat.get_value()));
        }
    }

    async fn write(self, queue: Rc<Queue>, seat: Seat) {
        let keeper = self.work.desk.keeper();
        let mut safe = Safe::Kept;
        loop {
            let waiting = queue.waiting.borrow_mut().take();
            let Some((key, body)) = waiting else { break };
            if keeper.get(&sealed_key(&seat.ballot, &seat.place)).is_some() {
                safe = Safe::Sealed;
                break;
            }
            let mut changes = vec![(key, Some(body))];
            // The third look was at what the readings said before.
            let third = slip_key(&seat.ballot, &seat.place, 3);
            if seat.pass < 3 && keeper.get(&third).is_some() {
                changes.push((third, None));
            }
            safe = if self.work.desk.keep(changes).await { Safe::Kept } else { Safe::Failed };
        }
        queue.writing.set(false);
        let ended = queue.ended.take();
        let typed = queue.typed.take();
        // Left meanwhile: nothing here is shown any more.
        if self.safe.try_set(safe).is_none() && safe == Safe::Kept && ended {
            self.next.run(typed);
        }
    }

    /// Read to the end: kept as such, and the next one.
    fn finish(self) {
        if self.is_over("Enter") {
            return;
        }
        self.slip.update(|slip| slip.done = true);
        self.queue.get_value().ended.set(true);
        self.keep();
    }

    /// The marks of the field under the keys as buttons, with their keys.
    fn buttons(self, language: Language) -> AnyView {
        let Some(field) = self.field() else { return ().into_any() };
        let work = self.work;
        let mut marks: Vec<char> = (0..field.choices.len()).map(Field::key).collect();
        marks.extend([BLANK, INVALID]);
        let buttons = marks.into_iter().map(|mark| {
            let name = called(work, &field, mark, language);
            view! {
                <button type="button" class="button" on:click=move |_| {
                    self.enter(mark);
                    focus_on(".paper-keys");
                }><kbd>{mark.to_string()}</kbd>" "{name}</button>
            }
        });
        view! { <div class="row paper-buttons">{buttons.collect_view()}</div> }.into_any()
    }
}
