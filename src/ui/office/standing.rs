//! What stands above every page: the plan in use, the keys, and work that takes longer than a moment.

use super::desk::{Work, use_desk};
use crate::browser::clock;
use crate::ui::shell::{t, use_shell};
use crate::ui::words::{Language, Words, office as words};
use leptos::prelude::*;

/// The line under the navigation: plan and keys.
#[component]
pub fn Standing() -> impl IntoView {
    let shell = use_shell();
    let desk = use_desk();
    let title = move || {
        desk.chosen.with(|chosen| {
            chosen.as_ref().map(|chosen| super::parts::said(&chosen.plan.title, shell.language.get(), &chosen.plan))
        })
    };
    view! {
        <div class="standing row spread no-print">
            <span class="grow">
                {move || match title() {
                    Some(title) => view! { <strong>{title}</strong> }.into_any(),
                    None => view! { <a href="#/plans">{t(words::PLAN_NONE)}</a> }.into_any(),
                }}
            </span>
            {move || match (desk.keys.with(Option::is_some), desk.keys_fit()) {
                (false, _) => view! { <a class="tag" href="#/keys">{t(words::KEYS_CLOSED)}</a> }.into_any(),
                (true, Some(false)) => view! { <a class="tag bad" href="#/keys">{t(words::KEYS_WRONG)}</a> }.into_any(),
                (true, _) => view! { <a class="tag good" href="#/keys">{t(words::KEYS_OPEN)}</a> }.into_any(),
            }}
        </div>
        <Progress/>
    }
}

/// The beginning of a work: what it says, when that was, and how much was done by then.
type Began = (Words, i64, usize);

/// The share of a work that is done, and how long the rest takes at the speed so far. Nothing is said of the time in the
/// first seconds.
fn share_and_time(work: &Work, began: Began, language: Language) -> Option<String> {
    let Work { done, total, .. } = *work;
    let share = (done * 100).checked_div(total)?;
    let mut said = words::WORK_SHARE.count(language, &[share]);
    let (_, since, before) = began;
    let (passed, more) = (clock::now() - since, done.saturating_sub(before));
    if passed >= 3_000 && more > 0 && done < total {
        let left = (passed as f64 / 1000.0 * (total - done) as f64 / more as f64).ceil() as usize;
        said.push_str(" · ");
        said.push_str(&match left {
            0..=90 => words::WORK_SECONDS.count(language, &[left]),
            _ => words::WORK_MINUTES.count(language, &[left.div_ceil(60)]),
        });
    }
    Some(said)
}

/// How far the running work is; it can be stopped at any time, and what was done stays.
#[component]
fn Progress() -> impl IntoView {
    let (shell, desk) = (use_shell(), use_desk());
    let at_work = Memo::new(move |_| desk.work.with(Option::is_some));
    let text = move || {
        let language = shell.language.get();
        let work = desk.work.get();
        work.map(|work| work.words.count(language, &[work.done, work.total]))
    };
    let began = StoredValue::new(None::<Began>);
    let rest = move || {
        let language = shell.language.get();
        let Some(work) = desk.work.get() else {
            began.set_value(None);
            return None;
        };
        let known = began.get_value().filter(|(words, _, before)| *words == work.words && *before <= work.done);
        let known = known.unwrap_or_else(|| (work.words, clock::now(), work.done));
        began.set_value(Some(known));
        share_and_time(&work, known, language)
    };
    let done = move || desk.work.with(|work| work.as_ref().map_or(0, |work| work.done));
    let total = move || desk.work.with(|work| work.as_ref().map_or(1, |work| work.total.max(1)));
    view! {
        <Show when=move || at_work.get()>
            <div class="banner work no-print">
                <span>{text}</span>
                <span class="hint small work-rest">{rest}</span>
                <progress max=total value=done aria-label=text></progress>
                <button type="button" class="button" on:click=move |_| desk.stop.set(true)>{t(words::STOP)}</button>
            </div>
        </Show>
    }
}

/// Shown where a page needs something that is not on the desk yet.
#[component]
pub fn Needed(title: Words, text: Words, href: &'static str, action: Words) -> impl IntoView {
    view! {
        <div class="empty stack">
            <h2>{t(title)}</h2>
            <p>{t(text)}</p>
            <p><a class="button primary" href=href>{t(action)}</a></p>
        </div>
    }
}

/// What is below needs the plan's own keys: until they are open, what to do is shown in its place.
#[component]
pub fn WithKeys(children: ChildrenFn) -> impl IntoView {
    let desk = use_desk();
    let state = Memo::new(move |_| (desk.keys.with(Option::is_some), desk.keys_fit()));
    move || {
        match state.get() {
        (true, Some(true)) => children().into_any(),
        (true, Some(false)) => {
            view! { <Needed title=words::KEYS_WRONG text=words::KEYS_DIFFER href="#/keys" action=words::KEYS_GO/> }.into_any()
        }
        (true, None) => view! {
            <Needed title=words::UNPUBLISHED text=words::PLAN_UNPUBLISHED href="#/plans" action=words::PUBLISH_TITLE/>
        }
        .into_any(),
        (false, _) => {
            view! { <Needed title=words::KEYS_NEEDED text=words::KEYS_NEEDED_TEXT href="#/keys" action=words::KEYS_GO/> }.into_any()
        }
    }
    }
}
