//! The telephone desk: one case after the other, by keys alone.

mod appoint;
mod call;
mod outcomes;
mod script;
mod waiting;
mod writing;

use super::hold::{self, Hold};
use super::{Work, list_route, nothing};
use crate::batch::Case;
use crate::browser::clock::Timer;
use crate::contact::{self, List, Queue, queue};
use crate::plan::Mode;
use crate::ui::device::Claimed;
use crate::ui::element::{Element, el, follow, group, listen, next_frame};
use crate::ui::field::when::{said_moment, this_minute};
use crate::ui::field::{Opened, href};
use crate::ui::shell::{Shell, focus_heading, focus_on, use_shell};
use crate::ui::words::{Words, contacts as list_words, phone as words};
use leptos::{prelude::*, task::spawn_local};
use wasm_bindgen::JsCast;
use web_sys::KeyboardEvent;

/// Who waits longer for the answer to a claim has begun with the case: it does not go away under the caller's hands.
const PATIENCE: i64 = 3_000;
/// How often it is looked at whether a moment has come.
const LOOK: i32 = 20_000;

/// What the parts of the desk share. Copy: every field is a handle.
#[derive(Clone, Copy)]
struct Desk {
    work: Work,
    shell: Shell,
    round: RwSignal<String>,
    /// The minute that it is.
    now: RwSignal<String>,
    list: Memo<List>,
    queue: Memo<Queue>,
    /// Id of the case on the screen.
    current: RwSignal<Option<String>>,
    /// Put off in this sitting.
    passed: RwSignal<Vec<String>>,
    /// Called by others, each until which moment of this device's clock.
    taken: RwSignal<Vec<(String, i64)>>,
    claimed: RwSignal<Option<Claimed>>,
    /// What was last written down: case and entry.
    last: RwSignal<Option<(String, String)>>,
    /// What was last said of a case, and whether it is bad news.
    told: RwSignal<Option<(String, bool)>>,
    appointing: RwSignal<bool>,
    /// Of which case the moment is agreed.
    appointed: StoredValue<String>,
    /// The caller has begun with the case on the screen.
    begun: StoredValue<bool>,
    keys: RwSignal<bool>,
    busy: StoredValue<bool>,
    /// The way leads into the interview of the case, which stays claimed.
    going_in: StoredValue<bool>,
    /// Starts the interview, or goes on with it, where that can be done.
    start: StoredValue<Option<std::rc::Rc<dyn Fn()>>, LocalStorage>,
}

pub fn screen(opened: Opened) -> Element {
    let (work, shell) = (Work::new(opened), use_shell());
    follow(move || shell.title(words::TITLE.of(shell.language.get())));
    next_frame(focus_heading);
    let back = el("p", "back").child(
        el("a", "button quiet")
            .attr("href", &href(&list_route(&opened.digest())))
            .live_text(move || ["← ", words::BACK_LIST.of(shell.language.get())].concat()),
    );
    let page = el("div", "page stack contacts desk").child(back);
    let title = el("h1", "").attr("tabindex", "-1").say(words::TITLE);
    if !opened.plan().modes.contains(&Mode::Phone) {
        return page.child(title).child(empty(words::NO_MODE, words::NO_MODE_TEXT));
    }
    shell.offer(&opened.plan().languages);
    let rounds = contact::lists(&work.device.keeper(), &opened.plan().id);
    let round = RwSignal::new(rounds.last().cloned().unwrap_or_default());
    let now = RwSignal::new(this_minute());
    let list = Memo::new(move |_| {
        now.track();
        work.list(&round.get())
    });
    let desk = Desk {
        work,
        shell,
        round,
        now,
        list,
        queue: Memo::new(move |_| {
            let (plan, round) = (work.opened.plan(), round.get());
            let asked = |case: &Case| plan.asks_by(Mode::Phone, &round, case.stratum.as_deref(), case.group.as_deref());
            list.with(|list| queue(list, &now.get(), asked))
        }),
        current: RwSignal::new(None),
        passed: RwSignal::new(Vec::new()),
        taken: RwSignal::new(Vec::new()),
        claimed: RwSignal::new(None),
        last: RwSignal::new(None),
        told: RwSignal::new(None),
        appointing: RwSignal::new(false),
        appointed: StoredValue::default(),
        begun: StoredValue::new(false),
        keys: super::keys::setting(),
        busy: StoredValue::new(false),
        going_in: StoredValue::new(false),
        start: StoredValue::new_local(None),
    };
    desk.look_again();
    desk.listen();
    on_cleanup(move || {
        if !desk.going_in.try_get_value().unwrap_or(false) {
            hold::let_go();
        }
    });
    next_frame(move || desk.advance());
    let standing = move || {
        let language = shell.language.get();
        desk.queue.with(|queue| {
            let standing = words::STANDING.count(language, &[queue.ready.len(), queue.waiting.len(), queue.out]);
            match queue.unasked {
                0 => standing,
                unasked => [&standing, " · ", &words::UNASKED.count(language, &[unasked])].concat(),
            }
        })
    };
    let stage = move || match (desk.current.with(Option::is_some), desk.queue.with(|queue| *queue == Queue::default()))
    {
        (true, _) => 0,
        (false, true) => 1,
        (false, false) => 2,
    };
    let several = (rounds.len() > 1).then(|| desk.rounds(rounds));
    let head = el("div", "row spread desk-head").child(title).child(super::keys::tick(desk.keys));
    page.child(head)
        .maybe(several)
        .child(el("p", "hint").live_text(standing))
        .child(desk.said())
        .switch(stage, move |stage| match stage {
            0 => call::part(desk),
            1 => empty(words::EMPTY, words::EMPTY_TEXT),
            _ => desk.nothing_now(),
        })
        .child(waiting::part(desk))
        .child(appoint::dialog_of(desk))
}

fn empty(title: Words, text: Words) -> Element {
    el("div", "empty stack tight").child(el("p", "").child(el("strong", "").say(title))).child(el("p", "").say(text))
}

/// What a claim means for the caller.
fn hold_words(claimed: Claimed) -> Words {
    match claimed {
        Claimed::Yours => words::YOURS,
        Claimed::Offline => words::OFFLINE,
        Claimed::Other(_) => words::ALSO,
        Claimed::Stranger => words::NOT_ENROLLED,
        Claimed::Unkept => words::UNKEPT,
    }
}

/// The last words of the plan's script; nothing where it has none.
pub fn last_words(opened: Opened, round: &str, language: &str) -> Element {
    script::ending(&opened.plan(), round, language)
}

impl Desk {
    /// The minute goes on; what has become due comes up where nothing else is on the screen.
    fn look_again(self) {
        let timer = StoredValue::new_local(None::<Timer>);
        fn start(desk: Desk, timer: StoredValue<Option<Timer>, LocalStorage>) {
            let next = Timer::start(LOOK, move || {
                spawn_local(async move {
                    let minute = this_minute();
                    match desk.now.try_get_untracked() {
                        None => return,
                        Some(before) if before != minute => {
                            let _ = desk.now.try_set(minute);
                        }
                        Some(_) => {}
                    }
                    if desk.current.try_get_untracked() == Some(None) {
                        desk.advance();
                    }
                    start(desk, timer);
                });
            });
            timer.try_set_value(Some(next));
        }
        start(self, timer);
    }

    /// Shows the next case and claims it.
    fn advance(self) {
        let moment = crate::browser::clock::now();
        let Some(taken) = self.taken.try_update(|taken| {
            taken.retain(|(_, until)| *until > moment);
            taken.iter().map(|(case, _)| case.clone()).collect::<Vec<_>>()
        }) else {
            return;
        };
        let _ = self.now.try_set(this_minute());
        let next = untrack(|| {
            let passed = self.passed.get();
            let found = self.list.with(|list| {
                let at = self.queue.with(|queue| queue.next(list, &passed, &taken));
                at.map(|at| list.cases[at].case.id.clone())
            });
            if found.as_ref().is_some_and(|found| passed.contains(found)) {
                self.passed.set(Vec::new());
            }
            found
        });
        self.show(next);
    }

    fn show(self, case: Option<String>) {
        let Some(before) = self.current.try_get_untracked() else { return };
        if before != case {
            self.current.set(case.clone());
        }
        let Some(case) = case else { return hold::let_go() };
        self.claimed.set(None);
        self.begun.set_value(false);
        let hold = Hold {
            device: self.work.device,
            plan: self.work.opened.plan(),
            reference: self.work.reference(),
            round: self.round.get_untracked(),
            case: case.clone(),
        };
        next_frame(|| focus_on(".desk .call-name"));
        let asked = crate::browser::clock::now();
        let own = case.clone();
        // Another may be on the screen by then.
        let is_shown = move |case: &String| self.current.try_get_untracked().flatten().as_ref() == Some(case);
        let later = move |claimed| {
            if is_shown(&own) {
                let _ = self.claimed.try_set(Some(claimed));
            }
        };
        spawn_local(async move {
            let Some(claimed) = hold::take(hold, later).await.filter(|_| is_shown(&case)) else { return };
            if let Claimed::Other(seconds) = claimed
                && !self.is_open(&case)
                && !self.is_begun(asked)
            {
                let until = crate::browser::clock::now() + seconds as i64 * 1000;
                let _ = self.taken.try_update(|taken| taken.push((case.clone(), until)));
                self.tell(words::TAKEN.fill(self.language(), &[&self.label(&case)]), false);
                return self.advance();
            }
            let _ = self.claimed.try_set(Some(claimed));
        });
    }

    /// Whether the caller has begun with what was shown at that moment: it stays on the screen, whoever else has it.
    fn is_begun(self, shown: i64) -> bool {
        self.begun.try_get_value() == Some(true)
            || self.busy.try_get_value() == Some(true)
            || self.going_in.try_get_value() == Some(true)
            || crate::browser::clock::now() - shown > PATIENCE
    }

    /// An interview that this device has begun is gone on with, whoever else has the case.
    fn is_open(self, case: &str) -> bool {
        untrack(|| self.list.with(|list| list.case(case).is_some_and(|case| case.draft.is_some())))
    }

    fn language(self) -> crate::ui::words::Language {
        self.shell.language.get_untracked()
    }

    fn label(self, case: &str) -> String {
        let found = untrack(|| self.list.with(|list| list.case(case).map(|case| case.case.label.clone())));
        found.unwrap_or_else(|| case.to_owned())
    }

    fn tell(self, text: String, bad: bool) {
        self.shell.announce(text.clone());
        let _ = self.told.try_set(Some((text, bad)));
    }

    /// Puts the case off, and shows another.
    fn pass(self) {
        let Some(id) = self.current.get_untracked() else { return };
        self.told.set(None);
        self.passed.update(|passed| passed.push(id));
        self.advance();
    }

    /// What happened last, with the way back.
    fn said(self) -> Element {
        let language = use_shell().language;
        let shown = move || match self.told.get() {
            None => group(),
            Some((text, bad)) => {
                let undo = self.last.with(Option::is_some).then(|| {
                    outcomes::keyed("button quiet", 'u', words::UNDO.of(language.get()))
                        .on("click", move |_| self.undo())
                });
                el("div", if bad { "banner bad row spread" } else { "banner row spread" })
                    .child(el("p", "").text(&text))
                    .maybe(undo)
            }
        };
        el("div", "desk-told").live(shown)
    }

    fn nothing_now(self) -> Element {
        let shell = use_shell();
        nothing().live(move || {
            let language = shell.language.get();
            let (ready, next) = self.queue.with(|queue| (queue.ready.len(), queue.waiting.first().cloned()));
            let (title, text) = match next {
                _ if ready > 0 => (words::ALL_TAKEN, String::new()),
                Some((_, from)) => (words::WAIT, words::WAIT_TEXT.fill(language, &[&said_moment(&from, language)])),
                None => (words::ALL_DONE, words::ALL_DONE_TEXT.of(language).to_owned()),
            };
            let back = el("a", "button").attr("href", &href(&list_route(&self.work.opened.digest())));
            el("div", "empty stack tight")
                .child(el("p", "").child(el("strong", "").text(title.of(language))))
                .child(el("p", "").text(&text))
                .child(el("p", "").child(back.text(words::BACK_LIST.of(language))))
        })
    }

    fn rounds(self, known: Vec<String>) -> Element {
        let language = use_shell().language.get_untracked();
        let plan = self.work.opened.plan();
        let options = known.into_iter().map(|id| {
            let name = plan
                .round(&id)
                .map_or(id.clone(), |round| crate::ui::field::say(&plan, &round.label, language).to_owned());
            let chosen = self.round.with_untracked(|round| *round == id);
            el("option", "").attr("value", &id).flag("selected", chosen).text(&name)
        });
        let select = el("select", "input").children(options.collect()).on("change", move |event| {
            self.round.set(event_target_value(&event));
            self.last.set(None);
            self.told.set(None);
            self.passed.set(Vec::new());
            self.current.set(None);
            self.advance();
        });
        el("label", "field").child(el("span", "field-label").say(list_words::ROUND)).child(select)
    }

    fn listen(self) {
        listen(&window(), "keydown", move |event| {
            let Some(event) = event.dyn_ref::<KeyboardEvent>() else { return };
            if !self.keys.get_untracked() || super::keys::is_other(event) || self.current.get_untracked().is_none() {
                return;
            }
            let mut letters = event.key().chars().map(|letter| letter.to_ascii_lowercase()).collect::<Vec<_>>();
            let (Some(letter), true) = (letters.pop(), letters.is_empty()) else { return };
            let done = match letter {
                's' => self.begin(),
                'a' => self.appoint(),
                'n' => self.does(Desk::pass),
                'u' if self.last.with_untracked(Option::is_some) => self.does(Desk::undo),
                _ => match outcomes::by_key(letter) {
                    Some(code) => self.does(|desk| {
                        if let Some(id) = desk.current.get_untracked() {
                            desk.write_down(id, code, None, None);
                        }
                    }),
                    None => false,
                },
            };
            if done {
                event.prevent_default();
            }
        });
    }

    fn does(self, what: impl FnOnce(Desk)) -> bool {
        what(self);
        true
    }

    fn begin(self) -> bool {
        let start = self.start.get_value();
        start.as_ref().is_some_and(|start| {
            start();
            true
        })
    }

    /// Agrees a moment for the case that is on the screen now.
    fn appoint(self) -> bool {
        let Some(id) = self.current.get_untracked() else { return false };
        self.appointed.set_value(id);
        self.begun.set_value(true);
        self.appointing.set(true);
        true
    }
}
