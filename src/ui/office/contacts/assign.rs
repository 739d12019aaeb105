//! Lists out of the office's table: one signed file for each device.

use crate::batch::{Selection, sign_assignment};
use crate::browser::clock;
use crate::browser::crypto::Web;
use crate::browser::files;
use crate::contact::{Common, list_file, read_cases};
use crate::design::whole;
use crate::ui::office::desk::Desk;
use crate::ui::office::faults::Fault;
use crate::ui::office::intake::LONGEST;
use crate::ui::office::parts::{Choice, said, value_of};
use crate::ui::office::reasons::file_words;
use crate::ui::shell::{t, use_shell};
use crate::ui::words::{Language, contacts as words, quota as quota_words};
use leptos::prelude::*;
use leptos::task::spawn_local;

const KIND: &str = "application/jose";

/// What came of the table that was opened last.
#[derive(Clone)]
enum Told {
    /// Device and number of cases.
    Made(Vec<(String, usize)>),
    Failed(String),
}

pub fn assign(desk: Desk) -> AnyView {
    let shell = use_shell();
    let rounds = Signal::derive_local(move || {
        let language = shell.language.get();
        desk.chosen.with(|chosen| {
            let Some(chosen) = chosen else { return Vec::new() };
            let named = |round: &crate::plan::Round| (round.id.clone(), said(&round.label, language, &chosen.plan));
            chosen.plan.rounds.iter().map(named).collect()
        })
    });
    let newest = rounds.with_untracked(|rounds| rounds.last().map(|(id, _)| id.clone())).unwrap_or_default();
    let round = RwSignal::new(newest);
    let attempts = RwSignal::new("3".to_owned());
    let selection = RwSignal::new("none".to_owned());
    let choices = Signal::derive_local(move || {
        let language = shell.language.get();
        [("none", words::SELECTION_NONE), ("kish", words::SELECTION_KISH), ("last_birthday", words::SELECTION_BIRTHDAY)]
            .map(|(id, words)| (id.to_owned(), words.of(language).to_owned()))
            .to_vec()
    });
    let told = RwSignal::new(None::<Told>);
    let open = move |_| {
        spawn_local(async move {
            let Some(file) = files::choose(files::Pick::One, ".csv,text/csv").await.into_iter().next() else { return };
            let language = shell.language.get_untracked();
            let made = match file.read(LONGEST).await {
                Ok(text) => make(desk, &text, [round, attempts, selection], language).await,
                Err(why) => Told::Failed(file_words(why).of(language).to_owned()),
            };
            told.try_set(Some(made));
        });
    };
    let shown = move || {
        let language = shell.language.get();
        told.get().map(|told| match told {
            Told::Failed(why) => view! { <p class="banner bad">{why}</p> }.into_any(),
            Told::Made(lists) => {
                let count = lists.len();
                let rows = lists.into_iter().map(|(device, cases)| {
                    view! { <li>{words::MADE.fill(language, &[&device, &cases.to_string()])}</li> }
                });
                let rows = rows.collect_view();
                view! {
                    <div class="banner good stack tight">
                        <p>{words::MADE_ALL.count(language, &[count])}</p>
                        <ul class="plain">{rows}</ul>
                    </div>
                }
                .into_any()
            }
        })
    };
    view! {
        <details class="card no-print">
            <summary class="summary">{t(words::ASSIGN)}</summary>
            <div class="stack">
                <p class="hint">{t(words::ASSIGN_HINT)}</p>
                <Show when=move || rounds.with(|rounds| rounds.len() > 1)>
                    <Choice label=quota_words::ROUND options=rounds value=round/>
                </Show>
                <Choice label=words::SELECTION options=choices value=selection/>
                <label class="field">
                    <span class="field-label">{t(words::ATTEMPTS_MOST)}</span>
                    <input class="input number-input" inputmode="numeric" maxlength="4" autocomplete="off"
                        prop:value=move || attempts.get() on:input=move |event| attempts.set(value_of(&event.into()))/>
                </label>
                <p><button type="button" class="button primary" on:click=open>{t(words::OPEN_TABLE)}"…"</button></p>
                <div role="status">{shown}</div>
            </div>
        </details>
    }
    .into_any()
}

async fn make(desk: Desk, text: &str, [round, attempts, selection]: [RwSignal<String>; 3], language: Language) -> Told {
    let (Some(chosen), Some(keys), Some(enrolled)) =
        (desk.chosen.get_untracked(), desk.keys.get_untracked(), desk.roster.get_untracked())
    else {
        return Told::Failed(words::NO_ROSTER.of(language).to_owned());
    };
    let at = String::from(js_sys::Date::new(&(clock::now() as f64).into()).to_iso_string());
    // What cannot be read is no limit that anybody set.
    let Some(most) = whole(&attempts.get_untracked()).filter(|most| *most <= 1000) else {
        return Told::Failed(words::ATTEMPTS_BAD.of(language).to_owned());
    };
    let common = Common {
        round: round.get_untracked(),
        at: [at.get(..19).unwrap_or(&at), "Z"].concat(),
        attempts: most as u32,
        selection: match selection.get_untracked().as_str() {
            "kish" => Selection::Kish,
            "last_birthday" => Selection::LastBirthday,
            _ => Selection::None,
        },
        device: None,
    };
    let lists = match read_cases(&chosen.plan, &enrolled.roster, &common, text.as_bytes()) {
        Ok(lists) => lists,
        Err(error) => return Told::Failed(error.said(language)),
    };
    let mut made = Vec::new();
    for (device, list) in lists {
        let secrets = &keys.secrets;
        let Ok(text) = sign_assignment(&Web, &secrets.sign, &secrets.sign_public, &list).await else {
            desk.faults.tell(Fault::Crypto);
            break;
        };
        desk.save(&list_file(&list), &text, KIND);
        made.push((device.name, list.cases.len()));
    }
    Told::Made(made)
}
