//! A card, looked at and then enrolled.

use super::issue::{Edit, change};
use crate::batch::{Card, RosterEntry, verify_card};
use crate::browser::crypto::Web;
use crate::browser::files;
use crate::ui::office::desk::use_desk;
use crate::ui::office::intake::LONGEST;
use crate::ui::office::parts::{grouped, value_of};
use crate::ui::office::reasons::{card_words, file_words};
use crate::ui::shell::{t, use_shell};
use crate::ui::words::{Words, office as words};
use leptos::prelude::*;
use leptos::task::spawn_local;

#[component]
pub fn Enrol() -> impl IntoView {
    let (shell, desk) = (use_shell(), use_desk());
    let pasted = RwSignal::new(String::new());
    let card = RwSignal::new(None::<Card>);
    let name = RwSignal::new(String::new());
    let fault = RwSignal::new(None::<Words>);
    let read = move |text: String| async move {
        fault.try_set(None);
        card.try_set(None);
        match verify_card(&Web, text.trim()).await {
            Ok(found) => {
                let known = desk.roster.with_untracked(|here| {
                    here.as_ref()
                        .is_some_and(|here| here.roster.devices.iter().any(|entry| entry.device == found.device))
                });
                if known {
                    fault.try_set(Some(words::CARD_KNOWN));
                    return;
                }
                name.try_set(found.name.clone());
                card.try_set(Some(found));
            }
            Err(error) => {
                fault.try_set(Some(card_words(&error)));
            }
        }
    };
    let from_file = move |_| {
        spawn_local(async move {
            let picked = files::choose(files::Pick::One, ".minping-card,.minping,.txt").await;
            let Some(file) = picked.into_iter().next() else { return };
            match file.read(LONGEST).await {
                Ok(text) => read(text).await,
                Err(why) => {
                    card.try_set(None);
                    fault.try_set(Some(file_words(why)));
                }
            }
        });
    };
    let enrol = move |_| {
        let Some(found) = card.get_untracked() else { return };
        let chosen_name = name.get_untracked().trim().to_owned();
        if chosen_name.is_empty() {
            fault.set(Some(words::CARD_NAME_MISSING));
            return;
        }
        shell.announce(words::ENROLLED_SAY.fill(shell.language.get_untracked(), &[&chosen_name]));
        change(
            desk,
            Edit::Enrolled(RosterEntry { device: found.device, key: found.key, name: chosen_name, revoked: false }),
        );
        card.set(None);
        pasted.set(String::new());
        fault.set(None);
        // What had the focus is gone.
        crate::ui::shell::focus_heading();
    };
    view! {
        <div class="card stack">
            <h2>{t(words::CARD_ENROL_TITLE)}</h2>
            <div class="row"><button type="button" class="button" on:click=from_file>{t(words::CARD_FILE)}"…"</button></div>
            <label class="field">
                <span class="field-label">{t(words::CARD_TEXT)}</span>
                <textarea class="input mono small" rows="3" prop:value=move || pasted.get()
                    on:input=move |event| pasted.set(value_of(&event.into()))></textarea>
            </label>
            <div class="row">
                <button type="button" class="button" on:click=move |_| spawn_local(read(pasted.get_untracked()))>{t(words::CARD_READ)}</button>
            </div>
            {move || fault.get().map(|fault| view! { <p class="error" role="alert">{t(fault)}</p> })}
            {move || card.get().map(|found| view! {
                <div class="banner stack">
                    <p>{t(words::FINGERPRINT)}<br/><strong class="mono lead">{found.device.short().to_owned()}</strong></p>
                    <p class="hint small mono">{grouped(&found.device)}</p>
                    <p>{t(words::CARD_COMPARE)}</p>
                    <label class="field">
                        <span class="field-label">{t(words::CARD_NAME)}</span>
                        <input class="input" maxlength="60" prop:value=move || name.get() on:input=move |event| name.set(value_of(&event.into()))/>
                    </label>
                    <div class="row"><button type="button" class="button primary" on:click=enrol>{t(words::CARD_ENROL)}</button></div>
                </div>
            })}
        </div>
    }
}
