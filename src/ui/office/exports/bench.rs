//! The fields: which file, and what goes into it.

use super::Written;
use crate::ui::office::backroom::{Failed, Format, Page, Question, Wanted};
use crate::ui::office::beside::beside;
use crate::ui::office::desk::{Chosen, Desk};
use crate::ui::office::parts::{Choice, said, today};
use crate::ui::shell::{t, use_shell};
use crate::ui::words::{Language, Words, export as words, shell as shell_words};
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::rc::Rc;

/// Name in the program's `--format`, what it is for, how a file of it is called, its media type.
const FORMATS: [(Format, &str, Words, &str, &str); 5] = [
    (Format::Xlsx, "xlsx", words::XLSX, ".xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    (Format::Csv, "csv", words::CSV, "-csv.zip", "application/zip"),
    (Format::Sav, "sav", words::SAV, ".sav", "application/x-spss-sav"),
    (Format::Ddi, "ddi", words::DDI, "-ddi.xml", "application/xml"),
    (Format::Published, "published", words::PUBLISHED, "-published-data.json", "application/json"),
];

/// What is going on.
#[derive(Clone)]
enum State {
    Idle,
    Busy,
    Saved(Vec<String>),
    Failed(String),
}

pub fn bench(desk: Desk, round: RwSignal<String>, published: RwSignal<bool>) -> AnyView {
    let shell = use_shell();
    let Some(chosen) = desk.chosen.get_untracked() else { return ().into_any() };
    let format = RwSignal::new(FORMATS[0].1.to_owned());
    let at = move || FORMATS.iter().find(|(_, name, ..)| format.with(|format| format == name)).unwrap_or(&FORMATS[0]);
    let options = Signal::derive_local(move || {
        let language = shell.language.get();
        FORMATS.iter().map(|(_, name, words, ..)| ((*name).to_owned(), words.of(language).to_owned())).collect()
    });
    let table = RwSignal::new("records".to_owned());
    let tables = Signal::derive_local(move || {
        let language = shell.language.get();
        [("records", words::RECORDS), ("grades", words::GRADES)]
            .map(|(name, words)| (name.to_owned(), words.of(language).to_owned()))
            .to_vec()
    });
    let with: [RwSignal<bool>; 4] = [(); 4].map(|()| RwSignal::new(false));
    let state = RwSignal::new(State::Idle);
    let public = move || at().0 == Format::Xlsx && published.get();
    let has_records = move || !(public() || at().0 == Format::Published);
    let of_table = move || matches!(at().0, Format::Sav | Format::Ddi);
    let plan = chosen.plan.id.clone();
    let save = move |_| {
        let (format, _, _, ending, kind) = *at();
        let language = shell.language.get_untracked();
        let [ids, own_words, places, attachments] = with.map(|tick| tick.get_untracked());
        let published = format == Format::Xlsx && published.get_untracked();
        let grades = of_table() && table.with_untracked(|table| table == "grades");
        let wanted = Wanted {
            format,
            round: round.get_untracked(),
            published,
            grades,
            ids,
            words: own_words,
            places,
            attachments,
            day: today(),
            language,
        };
        let which = if grades { "-grades" } else { "" };
        let name =
            [plan.as_str(), "-", &wanted.round, which, if published { "-published" } else { "" }, ending].concat();
        state.set(State::Busy);
        spawn_local(async move {
            let made = desk.backroom.ask::<Written>(desk, Question::Export { wanted }, None).await;
            let ended = match made {
                Ok(Ok((bytes, notes))) => {
                    desk.save_bytes(&name, Some(&bytes), kind);
                    State::Saved(noted(&notes, language))
                }
                Ok(Err(why)) => State::Failed(why),
                Err(failed) => State::Failed(failed_words(failed).of(language).to_owned()),
            };
            _ = state.try_set(ended);
        });
    };
    let busy = move || state.with(|state| matches!(state, State::Busy));
    view! {
        <div class="stack">
            <p class="hint">{t(words::TEXT)}</p>
            <div class="grid-fields">
                <Choice label=words::FORMAT options value=format/>
                {move || of_table().then(|| view! { <Choice label=words::TABLE options=tables value=table/> })}
            </div>
            {move || has_records().then(|| {
                let labels = [words::WITH_IDS, words::WITH_WORDS, words::WITH_PLACES, words::WITH_ATTACHMENTS];
                view! {
                    <fieldset class="field">
                        <legend class="field-label">{t(words::WITH)}</legend>
                        {labels.into_iter().zip(with).map(|(label, value)| view! {
                            <label class="option">
                                <input type="checkbox" class="option-input" prop:checked=move || value.get()
                                    on:change=move |event| value.set(event_target_checked(&event))/>
                                <span class="option-body">{t(label)}</span>
                            </label>
                        }).collect_view()}
                    </fieldset>
                    <p class="banner warn">{t(words::PERSONS)}</p>
                }
            })}
            <div class="row">
                <button type="button" class="button primary" disabled=busy on:click=save>{t(words::SAVE)}</button>
            </div>
            <div role="status">{move || match state.get() {
                State::Idle => ().into_any(),
                State::Busy => view! { <p class="hint">{t(words::WRITING)}</p> }.into_any(),
                State::Saved(notes) => view! {
                    <p class="banner good">{t(words::SAVED)}</p>
                    {notes.into_iter().map(|note| view! { <p class="hint small">{note}</p> }).collect_view()}
                }.into_any(),
                State::Failed(why) => view! { <p class="banner bad">{why}</p> }.into_any(),
            }}</div>
            <p class="hint small">{t(words::PARQUET)}<br/><code class="mono">
                "minping export BATCHES --plan PLAN --keys KEYS --roster ROSTER --format parquet --out FOLDER"
            </code></p>
            {pages(desk, &chosen, round, published)}
        </div>
    }
    .into_any()
}

/// What SPSS took only in part.
fn noted((renamed, cut): &(Vec<String>, Vec<String>), language: Language) -> Vec<String> {
    let lines = [(words::RENAMED, renamed), (words::CUT, cut)].into_iter().filter(|(_, names)| !names.is_empty());
    lines.map(|(words, names)| words.fill(language, &[&names.join(", ")])).collect()
}

fn failed_words(failed: Failed) -> Words {
    match failed {
        Failed::NotLoaded => shell_words::NOT_LOADED,
        Failed::Stopped | Failed::NothingHere => words::FAILED,
    }
}

/// One page about a unit, and one for everybody.
fn pages(desk: Desk, chosen: &Rc<Chosen>, round: RwSignal<String>, published: RwSignal<bool>) -> AnyView {
    let shell = use_shell();
    let plan = chosen.plan.clone();
    let unit = RwSignal::new(plan.units.first().map_or_else(String::new, |unit| unit.id.clone()));
    let of = plan.clone();
    let units = Signal::derive_local(move || {
        let language = shell.language.get();
        of.units.iter().map(|unit| (unit.id.clone(), said(&unit.label, language, &of))).collect::<Vec<_>>()
    });
    let failed = RwSignal::new(None::<Words>);
    let busy = RwSignal::new(false);
    let id = StoredValue::new(plan.id.clone());
    let save = move |page: Page| {
        let language = shell.language.get_untracked();
        let published = published.get_untracked() || matches!(page, Page::Public);
        let round = round.get_untracked();
        // The words of the office are of the whole report.
        let mut beside = beside(desk, &round);
        beside.remarks.clear();
        let which = match &page {
            Page::Unit(unit) => ["-", unit].concat(),
            Page::Whole | Page::Public => "-public".to_owned(),
        };
        let kind = if published { "" } else { "-internal" };
        let name = [&id.get_value(), "-", &round, &which, kind, ".html"].concat();
        busy.set(true);
        failed.set(None);
        spawn_local(async move {
            let question = Question::Report { round, published, page, day: today(), language, beside };
            let made = desk.backroom.ask::<Option<String>>(desk, question, None).await;
            _ = busy.try_set(false);
            match made {
                Ok(Some(html)) => desk.save(&name, &html, "text/html"),
                Ok(None) => _ = failed.try_set(Some(words::FAILED)),
                Err(why) => _ = failed.try_set(Some(failed_words(why))),
            }
        });
    };
    view! {
        <h3>{t(words::PAGES)}</h3>
        <div class="grid-fields"><Choice label=words::UNIT options=units value=unit/></div>
        <div class="row">
            <button type="button" class="button" disabled=move || busy.get() on:click=move |_| save(Page::Unit(unit.get_untracked()))>
                {t(words::UNIT_PAGE)}
            </button>
            <button type="button" class="button" disabled=move || busy.get() on:click=move |_| save(Page::Public)>
                {t(words::PUBLIC_PAGE)}
            </button>
        </div>
        <Show when=move || failed.get().is_some()>
            <p class="banner bad" role="alert">{move || failed.get().map(|why| t(why)())}</p>
        </Show>
    }
    .into_any()
}
