//! The office's keys: open a key file, make a new one.

use super::desk::use_desk;
use super::intake::LONGEST;
use super::parts::{Heading, value_of};
use super::reasons::{file_words, key_file_words};
use crate::batch::{OfficeSecrets, open_keys, seal_keys};
use crate::browser::crypto::Web;
use crate::browser::files;
use crate::ui::shell::{focus_heading, t, use_shell};
use crate::ui::words::{Words, office as words};
use leptos::prelude::*;
use leptos::task::spawn_local;

/// Fewer characters than this are no passphrase.
const SHORTEST: usize = 12;
const FILE_NAME: &str = "office.minping-keys";
const FILE_KIND: &str = "application/jose";

#[component]
pub fn Keys() -> impl IntoView {
    let desk = use_desk();
    view! {
        <section class="stack">
            <Heading title=words::NAV_KEYS/>
            {move || desk.keys.get().map(|keys| {
                let file = keys.file.clone();
                let again = file.clone();
                view! {
                    <div class="card stack">
                        <h2>{t(words::KEYS_OPEN)}</h2>
                        <p>{t(words::KEYS_FINGERPRINT)}<br/><span class="mono groups">{
                            keys.fingerprint.split(' ').map(|group| view! { <span>{group.to_owned()}</span>" " }).collect_view()
                        }</span></p>
                        <p class="hint">{t(if file.is_some() { words::KEYS_FINGERPRINT_NEW } else { words::KEYS_FINGERPRINT_HINT })}</p>
                        {move || match desk.keys_fit() {
                            Some(true) => view! { <p><span class="tag good">{t(words::KEYS_MATCH)}</span></p> }.into_any(),
                            Some(false) => view! { <p class="banner bad" role="alert">{t(words::KEYS_DIFFER)}</p> }.into_any(),
                            None => ().into_any(),
                        }}
                        {file.is_some().then(|| view! { <p class="banner warn">{t(words::KEYS_SAVED)}</p> })}
                        <div class="row">
                            {again.map(|text| view! {
                                <button type="button" class="button primary" on:click=move |_| {
                                    desk.save(FILE_NAME, &text, FILE_KIND);
                                }>{t(words::KEYS_SAVE_AGAIN)}</button>
                            })}
                            <button type="button" class="button" on:click=move |_| desk.keys.set(None)>{t(words::KEYS_CLOSE)}</button>
                        </div>
                    </div>
                }
            })}
            <Show when=move || desk.keys.with(Option::is_none)>
                <div class="columns-wide">
                    <OpenFile/>
                    <MakeNew/>
                </div>
            </Show>
        </section>
    }
}

#[component]
fn OpenFile() -> impl IntoView {
    let (shell, desk) = (use_shell(), use_desk());
    let file = RwSignal::new(None::<(String, Result<String, files::Unread>)>);
    let passphrase = RwSignal::new(String::new());
    let fault = RwSignal::new(None::<Words>);
    let busy = RwSignal::new(false);
    let choose = move |_| {
        spawn_local(async move {
            if let Some(picked) = files::choose(files::Pick::One, ".minping-keys").await.into_iter().next() {
                let text = picked.read(LONGEST).await;
                fault.try_set(text.as_ref().err().map(|why| file_words(*why)));
                file.try_set(Some((picked.name, text)));
            }
        });
    };
    let open = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if busy.get_untracked() {
            return;
        }
        let Some((_, text)) = file.get_untracked() else {
            fault.set(Some(words::KEYS_FILE_MISSING));
            return;
        };
        let text = match text {
            Ok(text) => text,
            Err(why) => {
                fault.set(Some(file_words(why)));
                return;
            }
        };
        if passphrase.with_untracked(String::is_empty) {
            fault.set(Some(words::PASSPHRASE_MISSING));
            return;
        }
        busy.set(true);
        fault.set(None);
        spawn_local(async move {
            let secret = passphrase.get_untracked();
            match open_keys(&Web, &text, &secret).await {
                Ok(secrets) => {
                    passphrase.try_set(String::new());
                    shell.say(words::KEYS_OPEN);
                    // The form goes, and what had the focus with it.
                    request_animation_frame(focus_heading);
                    desk.open_keys(secrets, None).await;
                }
                Err(error) => {
                    fault.try_set(Some(key_file_words(&error)));
                }
            }
            busy.try_set(false);
        });
    };
    view! {
        <form class="card stack" on:submit=open>
            <h2>{t(words::KEYS_OPEN_TITLE)}</h2>
            <div class="row">
                <button type="button" class="button" on:click=choose>{t(words::KEYS_FILE)}"…"</button>
                <span class="grow">{move || file.with(|file| file.as_ref().map(|file| file.0.clone()))}</span>
            </div>
            <Secret label=words::PASSPHRASE value=passphrase new=false/>
            {move || fault.get().map(|fault| view! { <p class="error" role="alert">{t(fault)}</p> })}
            <button type="submit" class="button primary" aria-disabled=move || busy.get().then_some("true")>
                {move || if busy.get() { t(words::KEYS_OPENING)() } else { t(words::KEYS_OPEN_DO)() }}
            </button>
        </form>
    }
}

#[component]
fn MakeNew() -> impl IntoView {
    let (shell, desk) = (use_shell(), use_desk());
    let (first, second) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let fault = RwSignal::new(None::<Words>);
    let busy = RwSignal::new(false);
    let make = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let passphrase = first.get_untracked();
        if busy.get_untracked() {
            return;
        }
        if passphrase.chars().count() < SHORTEST {
            fault.set(Some(words::PASSPHRASE_SHORT));
            return;
        }
        if passphrase != second.get_untracked() {
            fault.set(Some(words::PASSPHRASE_DIFFERS));
            return;
        }
        busy.set(true);
        fault.set(None);
        spawn_local(async move {
            let made = async {
                let secrets = OfficeSecrets::generate(&Web).await?;
                let text = seal_keys(&Web, &secrets, &passphrase).await?;
                Ok::<_, crate::batch::CryptoError>((secrets, text))
            };
            match made.await {
                Ok((secrets, text)) => {
                    first.try_set(String::new());
                    second.try_set(String::new());
                    desk.save(FILE_NAME, &text, FILE_KIND);
                    shell.say(words::KEYS_SAVED);
                    request_animation_frame(focus_heading);
                    desk.open_keys(secrets, Some(text)).await;
                }
                Err(_) => {
                    fault.try_set(Some(words::CRYPTO_FAILED));
                }
            }
            busy.try_set(false);
        });
    };
    view! {
        <form class="card stack" on:submit=make>
            <h2>{t(words::KEYS_NEW_TITLE)}</h2>
            <p>{t(words::KEYS_NEW_TEXT)}</p>
            <Secret label=words::PASSPHRASE value=first new=true/>
            <p class="hint small">{t(words::PASSPHRASE_HINT)}</p>
            <Secret label=words::PASSPHRASE_AGAIN value=second new=true/>
            {move || fault.get().map(|fault| view! { <p class="error" role="alert">{t(fault)}</p> })}
            <button type="submit" class="button" aria-disabled=move || busy.get().then_some("true")>
                {move || if busy.get() { t(words::KEYS_MAKING)() } else { t(words::KEYS_NEW_DO)() }}
            </button>
        </form>
    }
}

#[component]
fn Secret(label: Words, value: RwSignal<String>, new: bool) -> impl IntoView {
    view! {
        <label class="field">
            <span class="field-label">{t(label)}</span>
            <input
                type="password"
                class="input"
                autocomplete=if new { "new-password" } else { "current-password" }
                prop:value=move || value.get()
                on:input=move |event| value.set(value_of(&event.into()))
            />
        </label>
    }
}
