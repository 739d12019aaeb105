//! Decisions about several texts at once.

use super::answer::answering;
use super::bench::{Options, indicators, units};
use super::list::marked;
use super::work::Work;
use crate::plan::Digest;
use crate::report::{indicator_name, unit_name};
use crate::suggestions::{NoteStep, Notes, Release, Said, Standing, pieces};
use crate::ui::office::parts::{Choice, value_of};
use crate::ui::shell::{Dialog, Shell, focus_on, t, use_shell};
use crate::ui::words::{Language, Words, shell as shell_words, suggestions as words};
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::collections::BTreeSet;

/// Choice that takes away what was given: no id has a space.
const NO_LONGER: &str = " ";

/// Whether somebody is named who decides; else the field is shown where it is to be said.
pub fn is_signed(work: Work, shell: Shell) -> bool {
    let signed = work.by.with_untracked(|by| !by.trim().is_empty());
    if !signed {
        shell.say(words::NO_BY);
        focus_on("#said-by");
    }
    signed
}

/// What is selected and shown: nothing is decided about what the filters hide.
pub fn chosen(work: Work) -> Vec<Said> {
    let shown = work.wanted.get_untracked();
    work.read.with_untracked(|read| {
        work.selected.with_untracked(|chosen| {
            let both = shown.iter().filter(|at| chosen.contains(at));
            both.filter_map(|at| read.said.get(*at).cloned()).collect()
        })
    })
}

/// Whether one of these texts is masked otherwise than it was when it was released.
fn is_stale(work: Work, ids: &[Digest]) -> bool {
    let standing =
        |said: &Said| work.standings.try_with_untracked(|all| all.get(&said.id).map(|one| one.release(said))).flatten();
    work.read.try_with_untracked(|read| {
        let those = read.said.iter().filter(|said| ids.contains(&said.id));
        those.filter_map(standing).any(|release| release == Release::Stale)
    }) == Some(true)
}

/// What is published beside a text.
fn assigned(work: Work, standing: Option<&Standing>, language: Language) -> String {
    let (Some(plan), Some(standing)) = (work.plan(), standing) else { return String::new() };
    let unit = standing.unit.as_ref().map(|id| unit_name(&plan, id, language));
    let indicator = standing.indicator.as_ref().map(|id| indicator_name(&plan, id, language));
    unit.into_iter().chain(indicator).collect::<Vec<_>>().join(" · ")
}

/// What somebody looks at before it is released.
#[derive(Clone, Default)]
struct Asked {
    shown: Vec<(Said, Option<Standing>)>,
    /// Releases them as they are shown: whatever changes meanwhile makes them to be looked at again.
    step: Option<(Vec<Digest>, NoteStep)>,
}

pub fn bulk(work: Work) -> AnyView {
    let shell = use_shell();
    let tag = RwSignal::new(String::new());
    let (unit, indicator) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let fault = RwSignal::new(None::<Words>);
    let releasing = RwSignal::new(false);
    let asked = StoredValue::new(Asked::default());
    let number = Memo::new(move |_| {
        work.selected.with(|chosen| work.wanted.with(|shown| shown.iter().filter(|at| chosen.contains(at)).count()))
    });
    let options = move |list: Options| {
        Signal::derive_local(move || {
            let mut all = list.get();
            all.insert(1, (NO_LONGER.to_owned(), words::NO_LONGER.of(shell.language.get()).to_owned()));
            all
        })
    };
    // A decision about publication ends the selection: the next texts move up.
    let keep = move |step: (Vec<Digest>, NoteStep)| {
        let ends = matches!(step.1, NoteStep::Released(_) | NoteStep::Withheld);
        let released = matches!(step.1, NoteStep::Released(_)).then(|| step.0.clone());
        spawn_local(async move {
            if !work.write(vec![step]).await {
                return;
            }
            if ends {
                let _ = work.selected.try_update(BTreeSet::clear);
            }
            let moved = released.is_some_and(|ids| is_stale(work, &ids));
            shell.say(if moved { words::RELEASE_MOVED } else { words::DONE });
        });
    };
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
        keep(make(ids));
    };
    let tagging = move |add: bool| {
        let tag = tag.get_untracked().trim().to_owned();
        if tag.is_empty() {
            return fault.set(Some(words::NO_TAG));
        }
        write(&move |ids| (ids, if add { NoteStep::Tagged(tag.clone()) } else { NoteStep::Untagged(tag.clone()) }));
    };
    // Nothing chosen: as it is.
    let given = |value: RwSignal<String>| match value.get_untracked() {
        id if id.is_empty() => None,
        id if id == NO_LONGER => Some(String::new()),
        id => Some(id),
    };
    let assign = move |_| {
        let (unit, indicator) = (given(unit), given(indicator));
        if unit.is_none() && indicator.is_none() {
            return fault.set(Some(words::NO_ASSIGNMENT));
        }
        write(&move |ids| (ids, NoteStep::Assigned { unit: unit.clone(), indicator: indicator.clone() }));
    };
    let release = move |_| {
        releasing.set(false);
        asked.with_value(|asked| asked.step.clone()).into_iter().for_each(keep);
    };
    let ask = move |_| match work.by.with_untracked(|by| by.trim().is_empty()) {
        true => {
            fault.set(Some(words::NO_BY));
            focus_on("#said-by");
        }
        false => {
            let said = chosen(work);
            let all: Vec<&Said> = said.iter().collect();
            let (step, shown) = work.standings.with_untracked(|standings| {
                let shown = said.iter().map(|said| (said.clone(), standings.get(&said.id).cloned())).collect();
                (Notes::release(&all, standings), shown)
            });
            asked.set_value(Asked { shown, step: Some(step) });
            releasing.set(true);
        }
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
                <Choice label=words::UNIT options=options(units(work, words::NO_CHOICE)) value=unit/>
                <Choice label=words::INDICATOR options=options(indicators(work, words::NO_CHOICE)) value=indicator/>
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
                {answering(work, number)}
            </div>
        </section>
        <Dialog open=releasing title>
            <p>{t(words::RELEASE_TEXT)}</p>
            <ul class="list said-list">
                {asked.with_value(|asked| asked.shown.clone()).into_iter().map(|(said, standing)| {
                    let language = shell.language.get_untracked();
                    let parts = pieces(&said.text, standing.as_ref());
                    let with = assigned(work, standing.as_ref(), language);
                    let answer = standing.and_then(|standing| standing.answer);
                    view! {
                        <li class="said"><div class="stack tight">
                            <p class="pre">{marked(parts, language)}</p>
                            {(!with.is_empty()).then(|| view! { <p class="hint small">{with}</p> })}
                            {answer.map(|answer| view! { <p class="pre">{words::ANSWERED.fill(language, &[&answer])}</p> })}
                        </div></li>
                    }
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
