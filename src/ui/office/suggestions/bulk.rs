//! Decisions about several texts at once.

use super::bench::{indicators, units};
use super::list::marked;
use super::work::Work;
use crate::plan::Digest;
use crate::suggestions::{NoteStep, Notes, Said, pieces};
use crate::ui::office::parts::{Choice, value_of};
use crate::ui::shell::{Dialog, Shell, focus_on, t, use_shell};
use crate::ui::words::{Words, shell as shell_words, suggestions as words};
use leptos::prelude::*;
use leptos::task::spawn_local;

/// Whether somebody is named who decides; else the field is shown where it is to be said.
pub fn is_signed(work: Work, shell: Shell) -> bool {
    let signed = work.by.with_untracked(|by| !by.trim().is_empty());
    if !signed {
        shell.say(words::NO_BY);
        focus_on("#said-by");
    }
    signed
}

fn chosen(work: Work) -> Vec<Said> {
    work.read.with_untracked(|read| {
        work.selected.with_untracked(|chosen| chosen.iter().filter_map(|at| read.said.get(*at).cloned()).collect())
    })
}

pub fn bulk(work: Work) -> AnyView {
    let shell = use_shell();
    let tag = RwSignal::new(String::new());
    let (unit, indicator) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let fault = RwSignal::new(None::<Words>);
    let releasing = RwSignal::new(false);
    let number = Memo::new(move |_| work.selected.with(|chosen| chosen.len()));
    let write = move |make: &dyn Fn(Vec<Digest>) -> (Vec<Digest>, NoteStep)| {
        fault.set(None);
        if work.by.with_untracked(|by| by.trim().is_empty()) {
            fault.set(Some(words::NO_BY));
            return focus_on("#said-by");
        }
        let ids: Vec<Digest> = chosen(work).into_iter().map(|said| said.id).collect();
        if ids.is_empty() {
            return;
        }
        let step = make(ids);
        spawn_local(async move {
            if work.write(vec![step]).await {
                shell.say(words::DONE);
            }
        });
    };
    let tagging = move |add: bool| {
        let tag = tag.get_untracked().trim().to_owned();
        if tag.is_empty() {
            return fault.set(Some(words::NO_TAG));
        }
        write(&move |ids| (ids, if add { NoteStep::Tagged(tag.clone()) } else { NoteStep::Untagged(tag.clone()) }));
    };
    let optional = |value: RwSignal<String>| Some(value.get_untracked()).filter(|id| !id.is_empty());
    let assign = move |_| {
        let (unit, indicator) = (optional(unit), optional(indicator));
        write(&move |ids| (ids, NoteStep::Assigned { unit: unit.clone(), indicator: indicator.clone() }));
    };
    let release = move |_| {
        releasing.set(false);
        let said = chosen(work);
        write(&|_| {
            let all: Vec<&Said> = said.iter().collect();
            work.standings.with_untracked(|standings| Notes::release(&all, standings))
        });
    };
    let ask = move |_| match work.by.with_untracked(|by| by.trim().is_empty()) {
        true => {
            fault.set(Some(words::NO_BY));
            focus_on("#said-by");
        }
        false => releasing.set(true),
    };
    let title = Signal::derive(move || words::RELEASE_TITLE.count(shell.language.get(), &[number.get()]));
    let none = move || number.get() == 0;
    view! {
        <section class="card stack no-print">
            <h2>{t(words::BULK)}</h2>
            <div class="grid-fields">
                <label class="field">
                    <span class="field-label">{t(words::BY)}</span>
                    <input class="input" id="said-by" prop:value=move || work.by.get() on:input=move |event| work.by.set(value_of(&event.into()))/>
                </label>
                <label class="field">
                    <span class="field-label">{t(words::TAG_FIELD)}</span>
                    <input class="input" list="said-tags" prop:value=move || tag.get() on:input=move |event| tag.set(value_of(&event.into()))/>
                    <datalist id="said-tags">{move || work.tags().into_keys().map(|tag| view! { <option value=tag></option> }).collect_view()}</datalist>
                </label>
                <Choice label=words::UNIT options=units(work, words::NO_CHOICE) value=unit/>
                <Choice label=words::INDICATOR options=indicators(work, words::NO_CHOICE) value=indicator/>
            </div>
            <p role="status">{move || match number.get() {
                0 => words::BULK_NONE.of(shell.language.get()).to_owned(),
                number => words::SELECTED.count(shell.language.get(), &[number]),
            }}</p>
            {move || fault.get().map(|fault| view! { <p class="error" role="alert">{t(fault)}</p> })}
            <div class="row">
                <button type="button" class="button" disabled=none on:click=move |_| tagging(true)>{t(words::TAG_ADD)}</button>
                <button type="button" class="button" disabled=none on:click=move |_| tagging(false)>{t(words::TAG_REMOVE)}</button>
                <button type="button" class="button" disabled=none on:click=assign>{t(words::ASSIGN)}</button>
                <button type="button" class="button primary" disabled=none on:click=ask>{t(words::RELEASE)}"…"</button>
                <button type="button" class="button" disabled=none on:click=move |_| write(&|ids| (ids, NoteStep::Withheld))>{t(words::WITHHOLD)}</button>
            </div>
        </section>
        <Dialog open=releasing title>
            <p>{t(words::RELEASE_TEXT)}</p>
            <ul class="list said-list">
                {chosen(work).into_iter().map(|said| {
                    let parts = work.standings.with_untracked(|standings| pieces(&said.text, standings.get(&said.id)));
                    view! { <li class="said"><p class="pre">{marked(parts, shell.language.get_untracked())}</p></li> }
                }).collect_view()}
            </ul>
            <div class="dialog-actions">
                <button type="button" class="button" on:click=move |_| releasing.set(false)>{t(shell_words::CANCEL)}</button>
                <button type="button" class="button primary" on:click=release>{t(words::RELEASE_DO)}</button>
            </div>
        </Dialog>
    }
    .into_any()
}
