//! What is shown in place of everything when nothing could be kept, and for an address that means nothing.

use crate::browser::keeper::KeeperError;
use crate::ui::shell::{t, use_shell};
use crate::ui::words::{field as words, shell};
use leptos::prelude::*;

/// An explanation in place of a questionnaire that would lose answers.
pub fn unable(error: KeeperError) -> AnyView {
    let language = use_shell().language;
    let (title, text) = match &error {
        KeeperError::Insecure => (words::INSECURE, words::INSECURE_TEXT),
        KeeperError::Blocked => (words::BLOCKED, words::BLOCKED_TEXT),
        KeeperError::Unavailable { .. } => (words::UNAVAILABLE, words::UNAVAILABLE_TEXT),
    };
    let text = move || match &error {
        KeeperError::Unavailable { indexed, log } => text.fill(language.get(), &[indexed, log]),
        _ => text.of(language.get()).to_owned(),
    };
    let again = move |_| {
        let _ = window().location().reload();
    };
    view! {
        <div class="page stack">
            <div class="banner bad stack" role="alert">
                <h1>{t(title)}</h1>
                <p>{text}</p>
            </div>
            <p><button type="button" class="button primary" on:click=again>{t(shell::RETRY)}</button></p>
        </div>
    }
    .into_any()
}

pub fn unknown() -> AnyView {
    view! {
        <div class="page stack">
            <h1>{t(shell::NOT_FOUND)}</h1>
            <p>{t(shell::NOT_FOUND_TEXT)}</p>
            <p><a class="button primary" href="#/">{t(shell::HOME)}</a></p>
        </div>
    }
    .into_any()
}
