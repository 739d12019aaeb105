//! The device's card: its public key and the name its user gave it, for the office's roster.

use super::install::{Installed, installed};
use super::save_words;
use crate::batch::sign_card;
use crate::browser::crypto::Web;
use crate::browser::device::{Device as Key, DeviceError};
use crate::browser::files::{self, Shared};
use crate::browser::keeper::SaveError;
use crate::ui::device::{CARD, Device, use_device};
use crate::ui::qr::qr;
use crate::ui::shell::{t, use_shell};
use crate::ui::words::{Words, field as words};
use leptos::{prelude::*, task::spawn_local};

const KIND: &str = "application/jose";
/// Long enough for a place and a number; the card stays readable as a QR code.
const NAME: usize = 40;

#[component]
pub fn Card() -> impl IntoView {
    let (device, shell) = (use_device(), use_shell());
    let naming = RwSignal::new(false);
    let failure: RwSignal<Option<Words>> = RwSignal::new(None);
    let kept = Memo::new(move |_| device.track().get(CARD));
    let stale = RwSignal::new(false);
    spawn_local(async move {
        let _ = stale.try_set(!fits(device).await);
    });
    let shown = move || {
        let parts = kept.get()?;
        let mut parts = parts.splitn(3, '\n');
        Some((parts.next()?.to_owned(), parts.next()?.to_owned(), parts.next()?.to_owned()))
    };
    let body = move || match shown() {
        Some((name, code, text)) if !naming.get() && !stale.get() => show(name, code, text, naming),
        old => form(old.map(|(name, ..)| name).unwrap_or_default(), device, naming, stale, failure),
    };
    let failed = move || {
        let why = failure.get()?;
        let language = shell.language.get();
        Some(view! { <p class="error">{words::CARD_FAILED.fill(language, &[why.of(language)])}</p> })
    };
    view! {
        <section class="card stack">
            <h2>{t(words::CARD)}</h2>
            <p class="hint">{t(words::CARD_TEXT)}</p>
            {move || stale.get().then(|| view! { <p class="banner bad">{t(words::CARD_STALE)}</p> })}
            {body}
            <div role="alert">{failed}</div>
        </section>
    }
}

/// Whether the card, if there is one, is of the key that signs here: storage that was cleared in part takes the key along.
pub async fn fits(device: Device) -> bool {
    let Some(card) = device.keeper().get(CARD) else { return true };
    match Key::open().await {
        Ok(key) => card.split('\n').nth(1) == Some(key.id.short()),
        // Why there is no key is said when it is needed.
        Err(_) => true,
    }
}

fn form(
    old: String,
    device: Device,
    naming: RwSignal<bool>,
    stale: RwSignal<bool>,
    failure: RwSignal<Option<Words>>,
) -> AnyView {
    if installed() == Installed::NoOnApple {
        return view! { <p class="banner warn">{t(words::INSTALL_IOS)}</p> }.into_any();
    }
    let name = RwSignal::new(old);
    let working = RwSignal::new(false);
    let make = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let name: String = name.get_untracked().split_whitespace().collect::<Vec<_>>().join(" ");
        if name.is_empty() {
            failure.set(Some(words::CARD_NAME_NEEDED));
            return;
        }
        working.set(true);
        failure.set(None);
        spawn_local(async move {
            match make(device, &name).await {
                Ok(()) => {
                    let _ = stale.try_set(false);
                    let _ = naming.try_set(false);
                }
                Err(why) => {
                    let _ = failure.try_set(Some(why));
                }
            }
            let _ = working.try_set(false);
        });
    };
    view! {
        <form class="stack" on:submit=make>
            <label class="field">
                <span class="field-label">{t(words::CARD_NAME)}</span>
                <span class="hint small" id="card-name-hint">{t(words::CARD_NAME_HINT)}</span>
                <input class="input" maxlength=NAME.to_string() autocomplete="off" aria-describedby="card-name-hint"
                    prop:value=move || name.get() on:input:target=move |event| name.set(event.target().value())/>
            </label>
            <button type="submit" class="button primary" disabled=move || working.get()>{t(words::CARD_MAKE)}</button>
        </form>
    }
    .into_any()
}

async fn make(device: Device, name: &str) -> Result<(), Words> {
    let key = Key::open().await.map_err(|error| match error {
        DeviceError::Unreadable => words::KEY_LOST,
        DeviceError::Crypto(_) => words::CRYPTO_FAILED,
        DeviceError::Storage(error) => save_words(&error),
    })?;
    let card = sign_card(&Web, &key.key, &key.public, name).await.map_err(|_| words::CRYPTO_FAILED)?;
    let body = [name, key.id.short(), &card].join("\n");
    let saved = |error: SaveError| save_words(&error);
    device.commit(vec![(CARD.to_owned(), Some(body))]).await.map_err(saved)?;
    device.keeper().persist().await;
    Ok(())
}

fn show(name: String, code: String, text: String, naming: RwSignal<bool>) -> AnyView {
    let shell = use_shell();
    let mut file = String::from("minping-card-");
    file.push_str(&code);
    file.push_str(".minping-card");
    let text = StoredValue::new(text);
    let file = StoredValue::new(file);
    let failure = RwSignal::new(None::<Words>);
    let save = move |_| {
        let done = files::download(&file.get_value(), &text.get_value(), KIND);
        failure.set((!done).then_some(words::FILE_FAILED));
    };
    let share = files::can_share(&file.get_value(), KIND).then(|| {
        let share = move |_| {
            let (name, text) = (file.get_value(), text.get_value());
            spawn_local(async move {
                let done = files::share(&name, &text, KIND, &name).await != Shared::Impossible;
                let _ = failure.try_set((!done).then_some(words::FILE_FAILED));
            });
        };
        view! { <button type="button" class="button" on:click=share>{t(words::CARD_SHARE)}</button> }
    });
    let copied = RwSignal::new(false);
    let copy = move |_| {
        spawn_local(async move {
            let done = files::copy(&text.get_value()).await;
            let _ = failure.try_set((!done).then_some(words::COPY_FAILED));
            if done {
                let _ = copied.try_set(true);
                shell.say(words::CARD_COPIED);
            }
        });
    };
    view! {
        <p class="lead"><strong>{name}</strong></p>
        <dl class="facts">
            <dt>{t(words::CARD_CODE)}</dt>
            <dd class="mono lead">{code}</dd>
        </dl>
        <p class="hint small">{t(words::CARD_CODE_HINT)}</p>
        {qr(&text.get_value(), words::CARD_QR)}
        <div class="row">
            <button type="button" class="button primary" on:click=save>{t(words::CARD_SAVE)}</button>
            {share}
            <button type="button" class="button" on:click=copy>
                {move || if copied.get() { words::CARD_COPIED } else { words::CARD_COPY }.of(shell.language.get())}
            </button>
            <button type="button" class="button quiet" on:click=move |_| naming.set(true)>{t(words::CARD_RENAME)}</button>
        </div>
        <div role="alert">{move || failure.get().map(|why| view! { <p class="error">{t(why)}</p> })}</div>
    }
    .into_any()
}
