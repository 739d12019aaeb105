//! What stands above every page: the plan in use, the keys, and work that takes longer than a moment.

use super::desk::use_desk;
use crate::ui::shell::{t, use_shell};
use crate::ui::words::{Words, office as words};
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
    let done = move || desk.work.with(|work| work.as_ref().map_or(0, |work| work.done));
    let total = move || desk.work.with(|work| work.as_ref().map_or(1, |work| work.total.max(1)));
    view! {
        <Show when=move || at_work.get()>
            <div class="banner work no-print">
                <span>{text}</span>
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
