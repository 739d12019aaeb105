//! A plan's text, changed with its problems beside the lines and tried out as it will be answered. The draft is kept on this
//! computer as answers are; nothing is in use or published until the clerk says so.

mod frame;
mod paper;
mod place;
mod problems;

use super::desk::use_desk;
use super::intake::LONGEST;
use super::parts::{Heading, value_of};
use super::reasons::file_words;
use crate::browser::files;
use crate::browser::keeper::{DraftLock, Saved};
use crate::plan::{self, Burden, Problem, Severity};
use crate::ui::shell::{t, use_shell};
use crate::ui::words::{Words, office as words, shell as shell_words};
use frame::Preview;
use leptos::html::{Pre, Textarea};
use leptos::prelude::*;
use leptos::task::spawn_local;
use problems::Problems;
use std::collections::BTreeMap;
use std::rc::Rc;
use std::time::Duration;

/// Where the keeper has the text that is being changed.
const DRAFT: &str = "draft/editor";
/// Bytes up to which a text is checked while it is typed.
const CHECKED_WHILE_TYPED: usize = 400_000;
const PAUSE: Duration = Duration::from_millis(400);

/// What was found in a text.
struct Checked {
    text: String,
    problems: Vec<Problem>,
    burdens: Vec<Burden>,
}

impl Checked {
    fn of(text: String) -> Checked {
        let problems = plan::check(&text);
        let sound = problems.iter().all(|problem| problem.severity() == Severity::Warning);
        let burdens = if sound { plan::burdens(&text) } else { Vec::new() };
        Checked { text, problems, burdens }
    }

    fn is_sound(&self) -> bool {
        self.problems.iter().all(|problem| problem.severity() == Severity::Warning)
    }
}

/// The editor, in one window at a time: two would write over one another.
#[component]
pub fn Editor() -> impl IntoView {
    let desk = use_desk();
    let held = RwSignal::new(None::<bool>);
    let lock = StoredValue::new_local(None::<DraftLock>);
    let acquire = move |take: bool| {
        spawn_local(async move {
            let keeper = desk.keeper();
            let got = if take { keeper.take_over(DRAFT).await } else { keeper.lock(DRAFT).await };
            let here = got.is_some();
            // The page may be left by now: the right to write goes with it.
            if lock.try_set_value(got).is_none() {
                held.try_set(Some(here));
            }
        });
    };
    acquire(false);
    Effect::new(move |_| {
        desk.stirred.track();
        let lost = lock.with_value(|lock| lock.as_ref().is_some_and(|lock| !lock.held()));
        if lost && held.get_untracked() == Some(true) {
            held.set(Some(false));
        }
    });
    move || {
        match held.get() {
        None => view! { <p class="empty" role="status">{t(shell_words::LOADING)}</p> }.into_any(),
        Some(true) => view! { <Writing/> }.into_any(),
        Some(false) => view! {
            <section class="stack">
                <Heading title=words::EDIT_TITLE/>
                <div class="banner warn stack tight" role="alert">
                    <p>{t(words::EDIT_ELSEWHERE)}</p>
                    <p>
                        <button type="button" class="button primary" on:click=move |_| acquire(true)>{t(words::EDIT_TAKE_OVER)}</button>
                    </p>
                </div>
            </section>
        }
        .into_any(),
    }
    }
}

/// The text, its problems and its preview, in the window that writes.
#[component]
fn Writing() -> impl IntoView {
    let (shell, desk) = (use_shell(), use_desk());
    let text = RwSignal::new(desk.keeper().get(DRAFT).unwrap_or_default());
    let before = RwSignal::new(None::<String>);
    let checked = RwSignal::new_local(None::<Rc<Checked>>);
    let sound = RwSignal::new_local(None::<Rc<Checked>>);
    let told = RwSignal::new(None::<Words>);
    let turn = StoredValue::new(0u32);
    let area = NodeRef::<Textarea>::new();
    let gutter = NodeRef::<Pre>::new();

    let check = move || {
        let result = Rc::new(Checked::of(text.get_untracked()));
        if result.is_sound() {
            sound.set(Some(result.clone()));
        }
        checked.set(Some(result));
    };
    // Kept at once, and checked after a pause.
    let settle = move |at_once: bool| {
        turn.update_value(|turn| *turn += 1);
        let own = turn.get_value();
        checked.set(None);
        set_timeout(
            move || {
                let wanted = at_once || text.with_untracked(|text| text.len() <= CHECKED_WHILE_TYPED);
                if turn.try_get_value() == Some(own) && wanted && !text.with_untracked(String::is_empty) {
                    check();
                }
            },
            if at_once { Duration::ZERO } else { PAUSE },
        );
    };
    let keep = move || {
        desk.keeper().put_draft_soon(DRAFT, text.get_untracked());
    };
    if !text.with_untracked(String::is_empty) {
        settle(true);
    }
    let put = move |new: String| {
        let old = text.get_untracked();
        before.set((!old.is_empty() && old != new).then_some(old));
        told.set(None);
        text.set(new);
        keep();
        settle(true);
    };
    let from_desk = move |_| {
        if let Some(text) = desk.chosen_text() {
            put(text);
        }
    };
    let from_file = move |_| {
        spawn_local(async move {
            let picked = files::choose(files::Pick::One, ".json").await;
            let Some(file) = picked.into_iter().next() else { return };
            match file.read(LONGEST).await {
                Ok(text) => put(text),
                Err(why) => drop(told.try_set(Some(file_words(why)))),
            }
        });
    };
    let save = move |_| {
        let body = text.get_untracked();
        let name = plan::Plan::parse(&body).map_or_else(|_| String::from("plan"), |plan| plan.id);
        desk.save(&[name.as_str(), ".json"].concat(), &body, "application/json");
    };
    let use_it = move |_| {
        let Some(plan) = checked.get_untracked().filter(|checked| checked.is_sound()) else { return };
        spawn_local(async move {
            if desk.choose(plan.text.clone()).await.is_ok() {
                told.try_set(Some(words::EDIT_USED));
                shell.announce(words::EDIT_USED.of(shell.language.get_untracked()));
            }
        });
    };
    let typed = move |event| {
        text.set(value_of(&event));
        told.set(None);
        keep();
        settle(false);
    };
    // The numbers of the lines, with a mark where a problem is.
    let numbers = move || {
        let lines = text.with(|text| text.split('\n').count());
        let mut marked: BTreeMap<usize, bool> = BTreeMap::new();
        checked.with(|checked| {
            for problem in checked.iter().flat_map(|checked| &checked.problems) {
                let Some(place) = problem.place else { continue };
                *marked.entry(place.line).or_default() |= problem.severity() == Severity::Error;
            }
        });
        let mut out = String::with_capacity(lines * 8);
        for line in 1..=lines {
            out.push(match marked.get(&line) {
                Some(true) => '●',
                Some(false) => '○',
                None => ' ',
            });
            out += &format!("{line:>5}\n");
        }
        out
    };
    let scrolled = move |_| {
        if let (Some(area), Some(gutter)) = (area.get_untracked(), gutter.get_untracked()) {
            gutter.set_scroll_top(area.scroll_top());
        }
    };
    let visit = Callback::new(move |place: plan::Place| {
        if let Some(area) = area.get_untracked() {
            text.with_untracked(|text| place::show(&area, text, place));
        }
    });
    let standing = move || {
        desk.stirred.track();
        text.track();
        match desk.keeper().saved(DRAFT) {
            _ if text.with(String::is_empty) => None,
            Saved::Saving => Some(words::EDIT_KEEPING),
            Saved::Saved(_) => Some(words::EDIT_KEPT),
            Saved::Failed(_) => Some(words::EDIT_NOT_KEPT),
        }
    };
    // What stands below stays while the text changes.
    let empty = Memo::new(move |_| text.with(String::is_empty));
    let large = Memo::new(move |_| text.with(|text| text.len() > CHECKED_WHILE_TYPED));
    let ready = move || checked.with(|checked| checked.as_ref().is_some_and(|checked| checked.is_sound()));
    view! {
        <section class="stack editor">
            <div class="no-print stack">
                <Heading title=words::EDIT_TITLE text=words::EDIT_TEXT/>
                <div class="row">
                    {move || desk.chosen.with(Option::is_some).then(|| view! {
                        <button type="button" class="button" on:click=from_desk>{t(words::EDIT_FROM_DESK)}</button>
                    })}
                    <button type="button" class="button" on:click=from_file>{t(words::EDIT_FROM_FILE)}"…"</button>
                    <button type="button" class="button" on:click=save disabled=move || text.with(String::is_empty)>
                        {t(words::EDIT_SAVE)}
                    </button>
                    <button type="button" class="button primary" on:click=use_it disabled=move || !ready()>
                        {t(words::EDIT_USE)}
                    </button>
                    {move || before.get().map(|old| view! {
                        <button type="button" class="button quiet" on:click=move |_| put(old.clone())>{t(words::EDIT_BACK)}</button>
                    })}
                </div>
                {move || told.get().map(|told| view! { <p class="banner" role="status">{t(told)}</p> })}
                {move || empty.get().then(|| view! { <p class="hint">{t(words::EDIT_EMPTY)}</p> })}
            </div>
            <div class="editor-sides">
                <div class="no-print stack">
                    <div class="row spread">
                        <label class="field-label" for="plan-text">{t(words::EDIT_LABEL)}</label>
                        <span class="hint small" role="status">{move || standing().map(|words| t(words)())}</span>
                    </div>
                    <div class="editor-text">
                        <pre class="editor-lines" aria-hidden="true" node_ref=gutter>{numbers}</pre>
                        <textarea id="plan-text" class="mono" wrap="off" spellcheck="false" autocapitalize="off" rows="28"
                            node_ref=area prop:value=move || text.get() on:input=typed on:scroll=scrolled></textarea>
                    </div>
                    {move || large.get().then(|| view! {
                        <div class="row">
                            <button type="button" class="button" on:click=move |_| check()>{t(words::EDIT_CHECK)}</button>
                            <span class="hint">{t(words::EDIT_LARGE)}</span>
                        </div>
                    })}
                    {move || (!empty.get()).then(|| view! { <Problems checked visit/> })}
                </div>
                {move || (!empty.get()).then(|| view! { <Preview sound ready=Signal::derive(ready)/> })}
            </div>
        </section>
    }
}
