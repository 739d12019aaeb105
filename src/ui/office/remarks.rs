//! What the office says of a round's results, for the report: kept on this computer, round by round.

use super::desk::{Desk, use_desk};
use super::parts::value_of;
use crate::browser::clock;
use crate::suggestions::find;
use crate::ui::shell::{t, use_shell};
use crate::ui::words::office as words;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// Milliseconds without a key after which what was typed is kept.
const PAUSE: i32 = 600;

fn key(desk: Desk, round: &str) -> Option<String> {
    let plan = desk.chosen.with_untracked(|chosen| chosen.as_ref().map(|chosen| chosen.plan.id.clone()))?;
    Some(["remarks/", &plan, "/", round].concat())
}

fn kept_under(desk: Desk, key: &str) -> String {
    desk.keeper().get(key).unwrap_or_default()
}

/// What was written of this round; empty where nothing was.
pub fn remarks_of(desk: Desk, round: &str) -> String {
    key(desk, round).map(|key| kept_under(desk, &key)).unwrap_or_default()
}

/// The field. What is typed is kept after a pause, and when the field is left.
#[component]
pub fn Remarks(round: RwSignal<String>) -> impl IntoView {
    let (shell, desk) = (use_shell(), use_desk());
    let text = RwSignal::new(String::new());
    let kept = RwSignal::new(false);
    // Where the text belongs, and what was kept there when it was read: what is typed meanwhile is not overwritten.
    let shown = StoredValue::new((None::<String>, String::new()));
    let typed = StoredValue::new(0_u32);
    let keep = move || {
        let (Some(key), before) = shown.get_value() else { return };
        let now = text.get_untracked();
        if now == before {
            return;
        }
        spawn_local(async move {
            let value = Some(now.clone()).filter(|now| !now.trim().is_empty());
            if desk.keep(vec![(key.clone(), value)]).await {
                shown.try_update_value(|shown| {
                    if shown.0.as_ref() == Some(&key) {
                        shown.1 = now;
                    }
                });
                let _ = kept.try_set(true);
            }
        });
    };
    Effect::new(move |_| {
        desk.stirred.track();
        desk.turned.track();
        let place = round.with(|round| key(desk, round));
        let (before, read) = shown.get_value();
        let moved = before != place;
        if moved {
            keep();
            kept.set(false);
        }
        if moved || text.with_untracked(|text| *text == read) {
            let found = place.as_ref().map(|key| kept_under(desk, key)).unwrap_or_default();
            shown.set_value((place, found.clone()));
            text.set(found);
        }
    });
    let input = move |event: web_sys::Event| {
        kept.set(false);
        text.set(value_of(&event));
        typed.update_value(|typed| *typed += 1);
        let now = typed.get_value();
        spawn_local(async move {
            clock::sleep(PAUSE).await;
            if typed.try_get_value() == Some(now) {
                keep();
            }
        });
    };
    let names = move || text.with(|text| find(text).len());
    view! {
        <section class="card stack no-print">
            <h2>{t(words::REMARKS)}</h2>
            <label class="field">
                <span class="field-label">{t(words::REMARKS_FIELD)}</span>
                <textarea class="input" id="remarks" rows="5" prop:value=move || text.get()
                    on:input=move |event| input(event.into()) on:change=move |_| keep()></textarea>
            </label>
            <p class="hint small">{t(words::REMARKS_HINT)}</p>
            <p role="status">
                {move || (names() > 0).then(|| view! {
                    <span class="banner warn">{words::REMARKS_NAMES.count(shell.language.get(), &[names()])}</span>
                })}
                {move || kept.get().then(|| view! { <span class="hint">{t(words::REMARKS_KEPT)}</span> })}
            </p>
        </section>
    }
}
