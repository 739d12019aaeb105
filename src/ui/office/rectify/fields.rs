//! Fields of the forms of this page.

use super::work::Work;
use crate::ui::office::parts::value_of;
use crate::ui::shell::{t, use_shell};
use crate::ui::words::{Words, rectify as words};
use leptos::prelude::*;

/// A line of text.
pub fn line(label: Words, value: RwSignal<String>) -> AnyView {
    typed(label, value, "text")
}

/// A day, with the browser's own calendar.
pub fn day_field(label: Words, value: RwSignal<String>) -> AnyView {
    typed(label, value, "date")
}

/// A number from 0 on.
pub fn number_field(label: Words, value: RwSignal<String>) -> AnyView {
    view! {
        <label class="field">
            <span class="field-label">{t(label)}</span>
            <input class="input" type="number" min="0" step="any" inputmode="decimal" prop:value=move || value.get()
                on:input=move |event| value.set(value_of(&event.into()))/>
        </label>
    }
    .into_any()
}

fn typed(label: Words, value: RwSignal<String>, kind: &'static str) -> AnyView {
    view! {
        <label class="field">
            <span class="field-label">{t(label)}</span>
            <input class="input" type=kind prop:value=move || value.get() on:input=move |event| value.set(value_of(&event.into()))/>
        </label>
    }
    .into_any()
}

/// Several lines of text.
pub fn paragraph(label: Words, value: RwSignal<String>) -> AnyView {
    view! {
        <label class="field">
            <span class="field-label">{t(label)}</span>
            <textarea class="input" prop:value=move || value.get() on:input=move |event| value.set(value_of(&event.into()))></textarea>
        </label>
    }
    .into_any()
}

/// A line of text with the plan's units to choose from.
pub fn unit_field(work: Work, label: Words, value: RwSignal<String>) -> AnyView {
    let language = use_shell().language.get_untracked();
    let names: Vec<String> = work.plan().map_or_else(Vec::new, |plan| {
        plan.units.iter().map(|unit| crate::ui::office::parts::said(&unit.label, language, &plan)).collect()
    });
    view! {
        <label class="field">
            <span class="field-label">{t(label)}</span>
            <input class="input" type="text" list="units-of-plan" prop:value=move || value.get()
                on:input=move |event| value.set(value_of(&event.into()))/>
            <datalist id="units-of-plan">{names.into_iter().map(|name| view! { <option value=name></option> }).collect_view()}</datalist>
        </label>
    }
    .into_any()
}

/// One of a few.
pub fn choice(label: Words, options: Vec<(&'static str, Words)>, value: RwSignal<String>) -> AnyView {
    let shell = use_shell();
    let options = options.into_iter().map(|(id, name)| {
        view! { <option value=id selected=move || value.with(|value| value == id)>{move || name.of(shell.language.get())}</option> }
    });
    view! {
        <label class="field">
            <span class="field-label">{t(label)}</span>
            <select class="select input" on:change=move |event| value.set(value_of(&event)) prop:value=move || value.get()>
                {options.collect_view()}
            </select>
        </label>
    }
    .into_any()
}

/// Who writes, and the day on which it happened.
pub fn seat(work: Work, day: RwSignal<String>) -> AnyView {
    view! { <div class="grid-fields">{line(words::BY, work.by)}{day_field(words::DAY, day)}</div> }.into_any()
}
