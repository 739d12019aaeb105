//! Pieces that several pages of the office use.

use crate::plan::{Digest, Text, pick};
use crate::ui::shell::t;
use crate::ui::words::{Language, Words};
use leptos::prelude::*;

/// A plan's text in the language of the interface, or the plan's own first language.
pub fn said(text: &Text, language: Language, plan: &crate::plan::Plan) -> String {
    pick(text, language.tag(), plan.languages.first().map_or("", String::as_str)).to_owned()
}

/// A digest in groups of four characters, to be compared by eye.
pub fn grouped(digest: &Digest) -> String {
    let mut out = String::with_capacity(54);
    for (at, letter) in digest.as_str().chars().enumerate() {
        if at > 0 && at % 4 == 0 {
            out.push(' ');
        }
        out.push(letter);
    }
    out
}

/// The value of the field that an event came from.
pub fn value_of(event: &leptos::ev::Event) -> String {
    event_target_value(event)
}

/// A drop-down list: value and label of each option.
#[component]
pub fn Choice(
    label: Words,
    options: Signal<Vec<(String, String)>, LocalStorage>,
    value: RwSignal<String>,
    #[prop(optional)] hint: Option<Words>,
) -> impl IntoView {
    view! {
        <label class="field">
            <span class="field-label">{t(label)}</span>
            <select class="select input" on:change=move |event| value.set(value_of(&event)) prop:value=move || value.get()>
                {move || options.get().into_iter().map(|(id, name)| {
                    let here = id.clone();
                    view! { <option value=id selected=move || value.with(|value| *value == here)>{name}</option> }
                }).collect_view()}
            </select>
            {hint.map(|hint| view! { <span class="hint small">{t(hint)}</span> })}
        </label>
    }
}

/// A heading with text below it, which names the page for the title bar and the screen reader.
#[component]
pub fn Heading(title: Words, #[prop(optional)] text: Option<Words>) -> impl IntoView {
    let shell = crate::ui::shell::use_shell();
    Effect::new(move |_| shell.title(title.of(shell.language.get())));
    view! {
        <h1>{t(title)}</h1>
        {text.map(|text| view! { <p class="hint no-print">{t(text)}</p> })}
    }
}

/// Opens the browser's own dialog for printing. A browser that cannot print (some on phones) has no other sign of it: the
/// page itself can be printed from its menu.
pub fn print() {
    let _ = window().print();
}

/// The day where the clerk is, `YYYY-MM-DD`.
pub fn today() -> String {
    let now = js_sys::Date::new_0();
    format!("{:04}-{:02}-{:02}", now.get_full_year(), now.get_month() + 1, now.get_date())
}
