//! How well this device keeps things, and what start-up repaired.

use super::health::{copies, is_space_low, last, unsent};
use crate::browser::keeper::{Health, Note, Standing};
use crate::store::Source;
use crate::ui::device::use_device;
use crate::ui::shell::{t, use_shell};
use crate::ui::words::{Language, Words, field as words};
use leptos::{prelude::*, task::spawn_local};

#[component]
pub fn Storage() -> impl IntoView {
    let (device, shell) = (use_device(), use_shell());
    let facts = move || {
        let language = shell.language.get();
        let health = device.keep.health()?;
        Some(facts(&health, language))
    };
    let asked = RwSignal::new(false);
    let ask = move || {
        let wanted = device.keep.health()?.persisted != Some(true) && !asked.get();
        wanted.then(|| {
            let ask = move |_| {
                asked.set(true);
                spawn_local(async move {
                    device.keeper().persist().await;
                });
            };
            view! { <p><button type="button" class="button" on:click=ask>{t(words::PERSISTED_ASK)}</button></p> }
        })
    };
    let notes = move || {
        let language = shell.language.get();
        let health = device.keep.health()?;
        let list: Vec<AnyView> =
            health.notes.iter().map(|note| view! { <li>{note_text(note, language)}</li> }.into_any()).collect();
        (!list.is_empty()).then(|| {
            view! {
                <div class="banner stack tight">
                    <h3>{words::NOTES.of(language)}</h3>
                    <ul class="plain">{list}</ul>
                </div>
            }
        })
    };
    let unreadable = move || {
        let count = device.keep.health()?.unreadable;
        (count > 0)
            .then(|| view! { <p class="banner bad">{words::UNREADABLE.count(shell.language.get(), &[count])}</p> })
    };
    view! {
        <section class="card stack">
            <h2>{t(words::STORAGE)}</h2>
            {unreadable}
            {notes}
            <dl class="facts">
                {facts}
                <dt>{t(words::UNSENT)}</dt>
                <dd>{move || words::UNSENT_COUNT.count(shell.language.get(), &[unsent(device)])}</dd>
                <dt>{t(words::LAST)}</dt>
                <dd>{move || last(device, shell.language.get())}</dd>
            </dl>
            {ask}
        </section>
    }
}

fn facts(health: &Health, language: Language) -> AnyView {
    let (kept, class) = copies(health);
    let store = |name: Words, standing: &Standing| {
        let text = match standing {
            Standing::Trusted => words::STORE_TRUSTED,
            Standing::Distrusted(_) => words::STORE_DISTRUSTED,
            Standing::Absent(_) => words::STORE_ABSENT,
        };
        view! {
            <dt>{name.of(language)}</dt>
            <dd>{text.of(language)}</dd>
        }
        .into_any()
    };
    let persisted = match health.persisted {
        Some(true) => words::PERSISTED_YES,
        Some(false) => words::PERSISTED_NO,
        None => words::UNKNOWN,
    };
    let space = match (health.usage, health.quota) {
        (Some(used), Some(all)) => words::SPACE_TEXT.fill(language, &[&bytes(used), &bytes(all)]),
        _ => words::UNKNOWN.of(language).to_owned(),
    };
    let low = is_space_low(health)
        .then(|| view! { " " <span class="tag warn">{words::HEALTH_SPACE_LOW.of(language)}</span> });
    view! {
        <dt>{words::STORAGE.of(language)}</dt>
        <dd><span class=class>{kept.of(language)}</span></dd>
        {store(words::STORE_INDEXED, &health.indexed)}
        {store(words::STORE_LOG, &health.log)}
        {store(words::STORE_CACHE, &health.cache)}
        <dt>{words::PERSISTED.of(language)}</dt>
        <dd>{persisted.of(language)}</dd>
        <dt>{words::SPACE.of(language)}</dt>
        <dd>{space} {low}</dd>
    }
    .into_any()
}

fn note_text(note: &Note, language: Language) -> String {
    match note {
        Note::Repaired { source: Source::Log, entries } => words::NOTE_REPAIRED_LOG.count(language, &[*entries]),
        Note::Repaired { entries, .. } => words::NOTE_REPAIRED_INDEXED.count(language, &[*entries]),
        Note::Recovered { .. } => words::NOTE_RECOVERED.of(language).to_owned(),
        Note::Conflict { .. } => words::NOTE_CONFLICT.of(language).to_owned(),
        Note::SetAside { count, .. } => words::NOTE_ASIDE.count(language, &[*count]),
    }
}

/// A size that people read, rounded down.
fn bytes(bytes: u64) -> String {
    let (size, unit) = match bytes {
        0..1_000_000 => (bytes / 1_000, " kB"),
        1_000_000..1_000_000_000 => (bytes / 1_000_000, " MB"),
        _ => (bytes / 1_000_000_000, " GB"),
    };
    let mut text = size.to_string();
    text.push_str(unit);
    text
}
