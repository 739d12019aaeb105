//! The forms by which a canvasser is added and a PIN is changed.

use super::enter::{Entered, try_pin};
use super::people::{Fault, pin_fault};
use super::{Lock, words};
use crate::ui::field::save_words;
use crate::ui::shell::t;
use crate::ui::words::{Language, Words};
use leptos::{prelude::*, task::spawn_local};

pub fn field(
    label: Words,
    hint: Option<Words>,
    kind: &'static str,
    name: &'static str,
    value: RwSignal<String>,
) -> AnyView {
    view! {
        <label class="field">
            <span class="field-label">{t(label)}</span>
            {hint.map(|hint| view! { <span class="hint small">{t(hint)}</span> })}
            <input class="input" type=kind name=name autocomplete="off" maxlength=if kind == "text" { "40" } else { "64" }
                prop:value=move || value.get() on:input:target=move |event| value.set(event.target().value())/>
        </label>
    }
    .into_any()
}

pub fn said(fault: &Fault, language: Language) -> String {
    match fault {
        Fault::Said(words) => words.of(language).to_owned(),
        Fault::Save(error) => words::UNSAVED.fill(language, &[save_words(error).of(language)]),
    }
}

fn submit(label: Words, busy: RwSignal<bool>, failure: RwSignal<Option<String>>) -> AnyView {
    view! {
        <div role="alert">{move || failure.get().map(|why| view! { <p class="error">{why}</p> })}</div>
        <p><button type="submit" class="button primary" disabled=move || busy.get()>
            {move || if busy.get() { words::CHECKING } else { label }.of(super::use_shell().language.get())}
        </button></p>
    }
    .into_any()
}

/// Adds a canvasser; on a device without any it is the first.
pub fn add(lock: Lock) -> AnyView {
    let shell = lock.shell;
    let [name, pin, again] = [(); 3].map(|()| RwSignal::new(String::new()));
    let (busy, failure) = (RwSignal::new(false), RwSignal::new(None::<String>));
    let first = Memo::new(move |_| !lock.is_used());
    let yes = move || {
        let language = shell.language.get_untracked();
        let wanted = name.get_untracked().split_whitespace().collect::<Vec<_>>().join(" ");
        let taken = lock.all_now().iter().any(|one| one.name == wanted);
        let bad = match wanted.is_empty() {
            true => Some(words::BAD_NAME),
            false if taken => Some(words::TAKEN),
            false => pin_fault(&pin.get_untracked(), &again.get_untracked()),
        };
        if let Some(bad) = bad {
            return failure.set(Some(bad.of(language).to_owned()));
        }
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        failure.set(None);
        spawn_local(async move {
            // What says that it is being done is painted first: hashing takes the whole of this thread.
            crate::browser::clock::sleep(40).await;
            match lock.add(&wanted, &pin.get_untracked()).await {
                Ok(()) => {
                    shell.announce(words::ADDED.fill(language, &[&wanted]));
                    for value in [name, pin, again] {
                        let _ = value.try_set(String::new());
                    }
                }
                Err(fault) => {
                    let _ = failure.try_set(Some(said(&fault, language)));
                }
            }
            let _ = busy.try_set(false);
        });
    };
    view! {
        <form class="card stack add-canvasser" on:submit=move |event| { event.prevent_default(); yes(); }>
            <h2>{move || if first.get() { words::FIRST } else { words::ADD }.of(shell.language.get())}</h2>
            {move || first.get().then(|| view! { <p class="hint">{t(words::FIRST_TEXT)}</p> })}
            {field(words::NAME, Some(words::NAME_HINT), "text", "name", name)}
            {field(words::PIN, Some(words::PIN_HINT), "password", "pin", pin)}
            {field(words::AGAIN, None, "password", "again", again)}
            {submit(words::SET, busy, failure)}
        </form>
    }
    .into_any()
}

/// Another PIN for who works here.
pub fn change(lock: Lock) -> AnyView {
    let shell = lock.shell;
    let [old, pin, again] = [(); 3].map(|()| RwSignal::new(String::new()));
    let (busy, failure) = (RwSignal::new(false), RwSignal::new(None::<String>));
    let yes = move || {
        let language = shell.language.get_untracked();
        if let Some(bad) = pin_fault(&pin.get_untracked(), &again.get_untracked()) {
            return failure.set(Some(bad.of(language).to_owned()));
        }
        let Some(own) = lock.own_now().filter(|_| !busy.get_untracked()) else { return };
        busy.set(true);
        failure.set(None);
        spawn_local(async move {
            let done = match try_pin(lock, &own.id, &old.get_untracked()).await {
                Entered::Right(keys) => {
                    lock.change(&keys, &pin.get_untracked()).await.map_err(|fault| said(&fault, language))
                }
                wrong => Err(wrong.said(language).unwrap_or_default()),
            };
            match done {
                Ok(()) => shell.say(words::CHANGED),
                Err(why) => {
                    let _ = failure.try_set(Some(why));
                }
            }
            for value in [old, pin, again] {
                let _ = value.try_set(String::new());
            }
            let _ = busy.try_set(false);
        });
    };
    view! {
        <form class="stack change-pin" on:submit=move |event| { event.prevent_default(); yes(); }>
            {field(words::OLD, None, "password", "old", old)}
            {field(words::NEW, Some(words::PIN_HINT), "password", "pin", pin)}
            {field(words::AGAIN, None, "password", "again", again)}
            {submit(words::CHANGE, busy, failure)}
        </form>
    }
    .into_any()
}
