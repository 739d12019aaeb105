//! The rescue file, out and in.

use super::save_words;
use super::when::today;
use crate::browser::files::{self, Pick};
use crate::browser::keeper::TakeError;
use crate::store::rescue::RescueError;
use crate::ui::device::use_device;
use crate::ui::shell::{t, use_shell};
use crate::ui::words::{Language, field as words, lock as lock_words};
use leptos::{prelude::*, task::spawn_local};

const KIND: &str = "application/json";

#[component]
pub fn Rescue() -> impl IntoView {
    let (device, shell) = (use_device(), use_shell());
    // What happened, and whether it went well.
    let told: RwSignal<Option<(bool, String)>> = RwSignal::new(None);
    let save = move |_| {
        spawn_local(async move {
            let language = shell.language.get_untracked();
            let rescued = device.rescue().await;
            let mut name = String::from("minping-rescue-");
            name.push_str(&today());
            name.push_str(".json");
            let done = files::download(&name, &rescued.text, KIND);
            let mut text = if done { words::RESCUE_SAVED } else { words::FILE_FAILED }.of(language).to_owned();
            if rescued.left_out > 0 {
                text.push(' ');
                text.push_str(&words::RESCUE_LEFT_OUT.count(language, &[rescued.left_out]));
            }
            if rescued.locked > 0 {
                text.push(' ');
                text.push_str(&lock_words::RESCUE.count(language, &[rescued.locked]));
            }
            if rescued.taken_over > 0 {
                text.push(' ');
                text.push_str(&words::RESCUE_TAKEN_OVER.count(language, &[rescued.taken_over]));
            }
            let whole = rescued.left_out == 0 && rescued.locked == 0;
            let _ = told.try_set(Some((done && whole, text)));
        });
    };
    let take = move |_| {
        spawn_local(async move {
            let Some(picked) = files::pick(Pick::One, ".json").await.into_iter().next() else { return };
            let language = shell.language.get_untracked();
            let result = match picked.text {
                Some(text) => device.keeper().take_rescue(&text).await.map_err(|error| take_text(&error, language)),
                None => Err(words::RESCUE_NOT_READ.of(language).to_owned()),
            };
            device.keep.changed();
            let told_now = match result {
                Ok(taken) => {
                    let mut text = words::RESCUE_TAKEN.count(language, &[taken.entries]);
                    if taken.conflicts > 0 {
                        text.push(' ');
                        text.push_str(&words::RESCUE_CONFLICTS.count(language, &[taken.conflicts]));
                    }
                    (true, text)
                }
                Err(text) => (false, text),
            };
            let _ = told.try_set(Some(told_now));
        });
    };
    let told = move || {
        let (well, text) = told.get()?;
        Some(view! { <p class=if well { "banner good" } else { "banner warn" }>{text}</p> })
    };
    view! {
        <section class="card stack">
            <h2>{t(words::RESCUE)}</h2>
            <p class="hint">{t(words::RESCUE_TEXT)}</p>
            <div class="row">
                <button type="button" class="button" on:click=save>{t(words::RESCUE_OUT)}</button>
                <button type="button" class="button" on:click=take>{t(words::RESCUE_IN)}</button>
            </div>
            <div role="status">{told}</div>
        </section>
    }
}

fn take_text(error: &TakeError, language: Language) -> String {
    match error {
        TakeError::File(RescueError::Unreadable { .. }) => words::RESCUE_NOT_READ,
        TakeError::File(RescueError::WrongFormat) => words::RESCUE_WRONG,
        TakeError::File(RescueError::NewerVersion { .. }) => words::RESCUE_NEWER,
        TakeError::File(RescueError::WrongChecksum) => words::RESCUE_DAMAGED,
        TakeError::Save(error) => save_words(error),
    }
    .of(language)
    .to_owned()
}
