//! What is masked in one text: shown again, or added.

use super::bulk::is_signed;
use super::work::{Work, kinds};
use crate::suggestions::{Kind, NoteStep, Said, pieces};
use crate::ui::office::parts::value_of;
use crate::ui::shell::use_shell;
use crate::ui::words::{Language, suggestions as words};
use js_sys::{Function, Reflect};
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::{JsCast, JsValue};

/// `heard`: the selector of the text, in which words may be selected.
pub fn masks(work: Work, text: StoredValue<Said>, heard: String, language: Language) -> AnyView {
    let shell = use_shell();
    let (wanted, kind) = (work.hiding, RwSignal::new(Kind::Name.code().to_owned()));
    let absent = RwSignal::new(false);
    let write = move |steps: Vec<NoteStep>| {
        if !is_signed(work, shell) {
            return;
        }
        let id = text.with_value(|said| said.id.clone());
        spawn_local(async move {
            if work.write(steps.into_iter().map(|step| (vec![id.clone()], step)).collect()).await {
                shell.say(words::DONE);
                let _ = wanted.try_set(String::new());
            }
        });
    };
    let lifts = move || {
        let hidden =
            work.standings.with(|standings| text.with_value(|said| pieces(&said.text, standings.get(&said.id))));
        let buttons: Vec<_> = hidden
            .into_iter()
            .filter_map(|piece| {
                let kind = piece.mask?.words().of(language);
                let label = words::MASK_LIFT.fill(language, &[&piece.text, kind]);
                let lift = move |_| write(vec![NoteStep::Lifted { from: piece.from, to: piece.to }]);
                Some(view! { <button type="button" class="button" on:click=lift>{label}</button> })
            })
            .collect();
        match buttons.is_empty() {
            true => view! { <p class="hint">{words::MASK_NONE.of(language)}</p> }.into_any(),
            false => view! { <div class="row tight">{buttons}</div> }.into_any(),
        }
    };
    let add = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let given = wanted.get_untracked();
        let chosen = kind.get_untracked();
        let kind = Kind::ALL.into_iter().find(|kind| kind.code() == chosen).unwrap_or(Kind::Name);
        let length = given.trim().chars().count();
        let places: Vec<usize> = text.with_value(|said| {
            let found = said.text.match_indices(given.trim()).filter(|_| length > 0);
            found.map(|(at, _)| said.text[..at].chars().count()).collect()
        });
        absent.set(places.is_empty());
        if !places.is_empty() {
            write(places.into_iter().map(|from| NoteStep::Masked { from, to: from + length, kind }).collect());
        }
    };
    // What is selected in the text when the field gets the focus.
    let take = move |_| {
        if let Some(selected) = selection(&heard).filter(|selected| !selected.trim().is_empty()) {
            wanted.set(selected.trim().to_owned());
        }
    };
    let options = kinds().into_iter().map(|(code, name)| {
        view! { <option value=code selected=move || kind.with(|kind| kind == code)>{name.of(language)}</option> }
    });
    let options = options.collect_view();
    view! {
        <div class="card stack tight no-print">
            {lifts}
            <form class="grid-fields" on:submit=add>
                <label class="field">
                    <span class="field-label">{words::MASK_WORDS.of(language)}</span>
                    <input class="input" prop:value=move || wanted.get() on:focus=take
                        on:input=move |event| { absent.set(false); wanted.set(value_of(&event.into())) }/>
                </label>
                <label class="field">
                    <span class="field-label">{words::MASK_KIND.of(language)}</span>
                    <select class="select input" on:change=move |event| kind.set(value_of(&event))>{options}</select>
                </label>
                <div class="field end"><button type="submit" class="button primary">{words::MASK_ADD.of(language)}</button></div>
            </form>
            <Show when=move || absent.get()><p class="error" role="alert">{words::MASK_ABSENT.of(language)}</p></Show>
        </div>
    }
    .into_any()
}

/// The words that are selected inside an element.
fn selection(inside: &str) -> Option<String> {
    let get = Reflect::get(&window(), &JsValue::from_str("getSelection")).ok()?;
    let selection = get.dyn_into::<Function>().ok()?.call0(&window()).ok()?;
    let anchor = Reflect::get(&selection, &JsValue::from_str("anchorNode")).ok()?;
    let element = document().query_selector(inside).ok()??;
    let node = anchor.dyn_into::<web_sys::Node>().ok()?;
    element.contains(Some(&node)).then(|| String::from(js_sys::Object::from(selection).to_string()))
}
