//! Who shares this device: added, removed, their PINs, and how soon it locks.

use super::people::Fault;
use super::{Lock, forms, lost, use_lock};
use crate::ui::field::health::HealthLine;
use crate::ui::shell::{Dialog, focus_heading, t};
use crate::ui::words::{field as field_words, lock as words, shell as shell_words};
use crate::vault::{Canvasser, IDLE, idle_minutes};
use leptos::{prelude::*, task::spawn_local};

/// Minutes to choose from.
const MINUTES: [u64; 6] = [1, 2, 5, 10, 20, 30];

pub fn page() -> AnyView {
    let lock = use_lock();
    let shell = lock.shell;
    Effect::new(move |_| shell.title(words::TITLE.of(shell.language.get())));
    request_animation_frame(focus_heading);
    view! {
        <div class="page stack canvassers">
            <p class="back"><a class="button quiet" href="#/device">"← " {t(field_words::DEVICE)}</a></p>
            <h1 tabindex="-1">{t(words::TITLE)}</h1>
            <p class="hint">{t(words::TEXT)}</p>
            <Show when=move || !lock.is_used()><p class="banner warn">{t(words::NONE)}</p></Show>
            <p class="banner">{t(words::LOSS_FIRST)}</p>
            <Show when=move || lock.is_used()>{list(lock)} {own(lock)}</Show>
            {forms::add(lock)}
            <HealthLine/>
        </div>
    }
    .into_any()
}

fn list(lock: Lock) -> AnyView {
    let leaving = RwSignal::new(false);
    let removing = RwSignal::new(None::<String>);
    let rows = move || {
        let who = lock.who.get();
        lock.all.get().into_iter().map(|one| row(lock, one, who.as_deref(), leaving, removing)).collect_view()
    };
    view! {
        <section class="stack" aria-label=t(words::TITLE)>
            <ul class="list">{rows}</ul>
            {go(lock, leaving)}
            {lost::removing(lock, removing, words::REMOVE_OTHER)}
            <label class="field">
                <span class="field-label">{t(words::IDLE)}</span>
                {idle(lock)}
            </label>
        </section>
    }
    .into_any()
}

fn row(
    lock: Lock,
    one: Canvasser,
    who: Option<&str>,
    leaving: RwSignal<bool>,
    removing: RwSignal<Option<String>>,
) -> AnyView {
    let language = lock.shell.language;
    let own = who == Some(&*one.id);
    let label = {
        let name = one.name.clone();
        move || [words::REMOVE.of(language.get()), ": ", &name].concat()
    };
    let press = move |_| if own { leaving.set(true) } else { removing.set(Some(one.id.clone())) };
    view! {
        <li class="list-row">
            <p class="grow">
                {one.name.clone()}
                {own.then(|| view! { " " <span class="tag good">{t(words::YOU)}</span> })}
            </p>
            <button type="button" class="button quiet remove" aria-label=label on:click=press>{t(words::REMOVE)}</button>
        </li>
    }
    .into_any()
}

/// Who works here leaves.
fn go(lock: Lock, leaving: RwSignal<bool>) -> AnyView {
    let shell = lock.shell;
    let last = move || lock.all.with(|all| all.len() == 1);
    let failure: RwSignal<Option<String>> = RwSignal::new(None);
    let title =
        move || if last() { words::REMOVE_LAST } else { words::REMOVE_SELF }.of(shell.language.get()).to_owned();
    let yes = move |_| {
        spawn_local(async move {
            let told = if last() { words::OFF } else { words::REMOVED };
            match lock.go().await {
                Ok(()) => {
                    let _ = leaving.try_set(false);
                    shell.say(told);
                }
                Err(fault) => {
                    let _ = failure.try_set(Some(forms::said(&fault, shell.language.get_untracked())));
                }
            }
        });
    };
    view! {
        <Dialog open=leaving title=Signal::derive(title)>
            <p>{move || if last() { words::REMOVE_LAST_TEXT } else { words::REMOVE_SELF_TEXT }.of(shell.language.get())}</p>
            <div role="alert">{move || failure.get().map(|why| view! { <p class="error">{why}</p> })}</div>
            <div class="dialog-actions">
                <button type="button" class="button" on:click=move |_| leaving.set(false)>{t(shell_words::CANCEL)}</button>
                <button type="button" class="button danger" on:click=yes>{t(words::REMOVE)}</button>
            </div>
        </Dialog>
    }
    .into_any()
}

fn idle(lock: Lock) -> AnyView {
    let shell = lock.shell;
    let now = idle_minutes(&lock.device.keeper());
    let keep = move |text: String| {
        spawn_local(async move {
            if let Err(error) = lock.device.commit(vec![(IDLE.to_owned(), Some(text))]).await {
                shell.announce(forms::said(&Fault::Save(error), shell.language.get_untracked()));
            }
        });
    };
    let options = MINUTES.into_iter().map(|minutes| {
        view! {
            <option value=minutes.to_string() selected=minutes == now>
                {move || words::MINUTES.count(shell.language.get(), &[usize::try_from(minutes).unwrap_or(0)])}
            </option>
        }
    });
    view! {
        <select class="input idle-minutes" on:change:target=move |event| keep(event.target().value())>{options.collect_view()}</select>
    }
    .into_any()
}

/// The PIN of who works here.
fn own(lock: Lock) -> AnyView {
    view! {
        <details class="card">
            <summary>{t(words::CHANGE)}</summary>
            {forms::change(lock)}
        </details>
    }
    .into_any()
}
