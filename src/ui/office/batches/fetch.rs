//! Fetching from a receiver, as a form.

use crate::ui::office::desk::use_desk;
use crate::ui::office::intake;
use crate::ui::office::parts::value_of;
use crate::ui::office::reasons::fetch_words;
use crate::ui::shell::{t, use_shell};
use crate::ui::words::office as words;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// The receiver beside the app.
const HERE: &str = "api/";

#[component]
pub fn Fetch() -> impl IntoView {
    let (shell, desk) = (use_shell(), use_desk());
    let url = RwSignal::new(String::new());
    let token = RwSignal::new(String::new());
    let result = RwSignal::new(None::<Result<usize, intake::FetchError>>);
    let missing = RwSignal::new(false);
    let busy = RwSignal::new(false);
    Effect::new(move |_| {
        let named =
            desk.chosen.with(|chosen| chosen.as_ref().and_then(|chosen| chosen.plan.receivers.first().cloned()));
        url.set(named.map_or_else(|| HERE.to_owned(), |receiver| receiver.url));
    });
    let fetch = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if busy.get_untracked() {
            return;
        }
        result.set(None);
        let (address, secret) = (url.get_untracked().trim().to_owned(), token.get_untracked().trim().to_owned());
        missing.set(address.is_empty() || secret.is_empty());
        if missing.get_untracked() {
            return;
        }
        busy.set(true);
        spawn_local(async move {
            let found = intake::fetch(desk, &address, &secret).await;
            result.try_set(Some(found));
            busy.try_set(false);
        });
    };
    view! {
        <details class="card">
            <summary class="summary">{t(words::BATCHES_RECEIVER)}</summary>
            <form class="stack" on:submit=fetch>
                <label class="field">
                    <span class="field-label">{t(words::RECEIVER_URL)}</span>
                    <input class="input mono" inputmode="url" autocomplete="off" prop:value=move || url.get()
                        on:input=move |event| url.set(value_of(&event.into()))/>
                    <span class="hint small">{t(words::RECEIVER_URL_HINT)}</span>
                </label>
                <label class="field">
                    <span class="field-label">{t(words::RECEIVER_TOKEN)}</span>
                    <input class="input mono" type="password" autocomplete="off" prop:value=move || token.get()
                        on:input=move |event| token.set(value_of(&event.into()))/>
                    <span class="hint small">{t(words::RECEIVER_TOKEN_HINT)}</span>
                </label>
                {move || missing.get().then(|| view! { <p class="error" role="alert">{t(words::RECEIVER_MISSING)}</p> })}
                {move || result.get().map(|result| match result {
                    Ok(all) => view! {
                        <p class="banner good" role="status">{move || words::RECEIVER_DONE.count(shell.language.get(), &[all])}</p>
                    }.into_any(),
                    Err(why) => view! { <p class="banner bad" role="alert">{t(fetch_words(why))}</p> }.into_any(),
                })}
                <div class="row"><button type="submit" class="button primary" aria-disabled=move || busy.get().then_some("true")>
                    {move || if busy.get() { t(words::RECEIVER_AT_WORK)() } else { t(words::RECEIVER_FETCH)() }}
                </button></div>
            </form>
        </details>
    }
}
