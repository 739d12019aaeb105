//! What the office says of a round's results, for the report: kept on this computer, round by round.

use super::desk::{Desk, use_desk};
use super::parts::value_of;
use crate::suggestions::find;
use crate::ui::shell::{t, use_shell};
use crate::ui::words::office as words;
use leptos::prelude::*;
use leptos::task::spawn_local;

fn key(desk: Desk, round: &str) -> Option<String> {
    let plan = desk.chosen.with_untracked(|chosen| chosen.as_ref().map(|chosen| chosen.plan.id.clone()))?;
    Some(["remarks/", &plan, "/", round].concat())
}

/// What was written of this round; empty where nothing was.
pub fn remarks_of(desk: Desk, round: &str) -> String {
    key(desk, round).and_then(|key| desk.keeper().get(&key)).unwrap_or_default()
}

/// The field. What is typed is kept when the field is left.
#[component]
pub fn Remarks(round: RwSignal<String>) -> impl IntoView {
    let (shell, desk) = (use_shell(), use_desk());
    let text = RwSignal::new(String::new());
    let kept = RwSignal::new(false);
    Effect::new(move |_| {
        desk.stirred.track();
        let found = round.with(|round| remarks_of(desk, round));
        text.set(found);
    });
    Effect::new(move |_| {
        round.track();
        kept.set(false);
    });
    let keep = move |_| {
        let typed = text.get_untracked();
        let round = round.get_untracked();
        let Some(key) = key(desk, &round).filter(|_| remarks_of(desk, &round) != typed) else { return };
        spawn_local(async move {
            let value = Some(typed).filter(|typed| !typed.trim().is_empty());
            let _ = kept.try_set(desk.keep(vec![(key, value)]).await);
        });
    };
    let names = move || text.with(|text| find(text).len());
    view! {
        <section class="card stack no-print">
            <h2>{t(words::REMARKS)}</h2>
            <label class="field">
                <span class="field-label">{t(words::REMARKS_FIELD)}</span>
                <textarea class="input" id="remarks" rows="5" prop:value=move || text.get()
                    on:input=move |event| { kept.set(false); text.set(value_of(&event.into())); } on:change=keep></textarea>
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
