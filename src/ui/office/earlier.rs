//! Numbers of earlier rounds out of a table: opened, kept with the plan, and beside the counted rounds wherever rounds are
//! compared.

use super::desk::{Desk, use_desk};
use super::intake::LONGEST;
use super::parts::{said, value_of};
use super::reasons::file_words;
use super::shown::exact_table;
use crate::browser::files;
use crate::plan::Plan;
use crate::report::{Cell, Column, Table, earlier_table};
use crate::scores::{Earlier, EarlierError, read_earlier};
use crate::ui::shell::{t, use_shell};
use crate::ui::words::{Language, earlier as words, quota as quota_words};
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::rc::Rc;

const ACCEPT: &str = ".csv";

fn key(plan: &str) -> String {
    ["earlier/", plan].concat()
}

fn plan_of(desk: Desk) -> Option<Rc<Plan>> {
    desk.chosen.with_untracked(|chosen| chosen.as_ref().map(|chosen| chosen.plan.clone()))
}

fn read_kept(desk: Desk) -> Result<Vec<Earlier>, EarlierError> {
    let kept = plan_of(desk).and_then(|plan| Some((desk.keeper().get(&key(&plan.id))?, plan)));
    let Some((text, plan)) = kept else { return Ok(Vec::new()) };
    read_earlier(&plan, text.as_bytes(), None).map(|read| read.rounds)
}

/// The imported rounds of the plan on the desk. One that does not fit this version of the plan is told on the page of results.
pub fn kept_earlier(desk: Desk) -> Vec<Earlier> {
    read_kept(desk).unwrap_or_default()
}

/// Follows changes of the imported rounds, here and in another window.
pub fn follow_earlier(desk: Desk) {
    desk.stirred.track();
    desk.imported.track();
}

/// Keeps a table in the place of the one before; None removes it. False: it could not be kept, and the desk says so.
async fn keep(desk: Desk, plan: &Plan, table: Option<String>) -> bool {
    let kept = desk.keep(vec![(key(&plan.id), table)]).await;
    desk.imported.update(|imported| *imported += 1);
    kept
}

/// What became of the last file.
#[derive(Clone)]
enum Outcome {
    Taken {
        numbers: usize,
        ignored: Vec<String>,
    },
    /// The file, and a line for each reason.
    Refused {
        file: String,
        why: Vec<String>,
    },
    /// The table as it was.
    Removed(String),
}

#[component]
pub fn EarlierRounds() -> impl IntoView {
    let (shell, desk) = (use_shell(), use_desk());
    let name = RwSignal::new(String::new());
    let outcome = RwSignal::new(None::<Outcome>);
    let open = move |_| {
        spawn_local(async move {
            let language = shell.language.get_untracked();
            let Some(file) = files::choose(files::Pick::One, ACCEPT).await.into_iter().next() else { return };
            let made = match file.read(LONGEST).await {
                Err(why) => Err(vec![file_words(why).of(language).to_owned()]),
                Ok(text) => take(desk, &text, name.get_untracked().trim(), language).await,
            };
            let made = made.map_or_else(|why| Some(Outcome::Refused { file: file.name.clone(), why }), |made| made);
            outcome.try_set(made);
        });
    };
    let template = move |_| {
        if let Some(plan) = plan_of(desk) {
            let text = to_fill_in(&plan, shell.language.get_untracked()).to_csv();
            desk.save(&[&plan.id, "-earlier.csv"].concat(), &text, "text/csv");
        }
    };
    let put = move |text: Option<String>| {
        let before = plan_of(desk).and_then(|plan| desk.keeper().get(&key(&plan.id)));
        spawn_local(async move {
            let Some(plan) = plan_of(desk) else { return };
            let removed = text.is_none();
            if keep(desk, &plan, text).await {
                outcome.try_set(before.filter(|_| removed).map(Outcome::Removed));
            }
        });
    };
    view! {
        <details class="earlier-rounds no-print">
            <summary class="summary">{t(words::TITLE)}</summary>
            <div class="stack">
                <p class="hint">{t(words::TEXT)}</p>
                <div class="grid-fields">
                    <label class="field">
                        <span class="field-label">{t(words::ROUND_NAME)}</span>
                        <input class="input" maxlength="60" autocomplete="off" on:input=move |event| name.set(value_of(&event.into()))/>
                    </label>
                </div>
                <div class="row">
                    <button type="button" class="button primary" on:click=open>{t(words::OPEN)}"…"</button>
                    <button type="button" class="button" on:click=template>{t(words::TEMPLATE)}</button>
                </div>
                <div role="status">{move || outcome.get().map(|outcome| told(outcome, put, shell.language.get()))}</div>
                {move || {
                    follow_earlier(desk);
                    desk.turned.track();
                    let language = shell.language.get();
                    let Some(plan) = plan_of(desk) else { return ().into_any() };
                    match read_kept(desk) {
                        Err(why) => {
                            let why = lines(&why, language).join(" ");
                            view! { <p class="banner bad" role="alert">{words::UNREADABLE.fill(language, &[&why])}</p> }.into_any()
                        }
                        Ok(rounds) if rounds.is_empty() => view! { <p class="empty">{t(words::NONE)}</p> }.into_any(),
                        Ok(rounds) => view! {
                            {exact_table(&earlier_table(&plan, &rounds, true, language), words::TITLE.of(language), language)}
                            <div class="row">
                                <button type="button" class="button" on:click=move |_| put(None)>{t(words::REMOVE)}</button>
                            </div>
                        }
                        .into_any(),
                    }
                }}
            </div>
        </details>
    }
}

fn told(outcome: Outcome, put: impl Fn(Option<String>) + Copy + 'static, language: Language) -> AnyView {
    match outcome {
        Outcome::Taken { numbers, ignored } => {
            let between = quota_words::BETWEEN.of(language);
            let ignored = (!ignored.is_empty()).then(|| words::IGNORED.fill(language, &[&ignored.join(between)]));
            view! {
                <p class="banner good">{words::TAKEN.count(language, &[numbers])}</p>
                {ignored.map(|ignored| view! { <p class="hint">{ignored}</p> })}
            }
            .into_any()
        }
        Outcome::Refused { file, why } => view! {
            <div class="banner bad stack">
                <p>{words::REFUSED.fill(language, &[&file])}</p>
                <ul>{why.into_iter().map(|line| view! { <li>{line}</li> }).collect_view()}</ul>
            </div>
        }
        .into_any(),
        Outcome::Removed(text) => view! {
            <p class="banner row spread">
                <span class="grow">{words::REMOVED.of(language)}</span>
                <button type="button" class="button" on:click=move |_| put(Some(text.clone()))>{words::UNDO.of(language)}</button>
            </p>
        }
        .into_any(),
    }
}

/// Takes a table in: its rounds take the place of those of the same name. None: it could not be kept, and the desk says so.
async fn take(desk: Desk, text: &str, name: &str, language: Language) -> Result<Option<Outcome>, Vec<String>> {
    let Some(plan) = plan_of(desk) else { return Ok(None) };
    let name = (!name.is_empty()).then_some(name);
    let read = read_earlier(&plan, text.as_bytes(), name).map_err(|why| lines(&why, language))?;
    let numbers = read.rounds.iter().map(|round| round.numbers.len()).sum();
    let is_new = |known: &Earlier| !read.rounds.iter().any(|round| round.round == known.round);
    let mut all: Vec<Earlier> = kept_earlier(desk).into_iter().filter(is_new).collect();
    all.extend(read.rounds.iter().cloned());
    let table = earlier_table(&plan, &all, false, language).to_csv();
    let kept = keep(desk, &plan, Some(table)).await;
    Ok(kept.then_some(Outcome::Taken { numbers, ignored: read.ignored }))
}

fn lines(why: &EarlierError, language: Language) -> Vec<String> {
    let text = match language {
        Language::Zh => why.zh(),
        Language::En => why.to_string(),
    };
    text.lines().map(str::to_owned).collect()
}

/// Every unit with its index, and each of its indicators, without numbers.
fn to_fill_in(plan: &Plan, language: Language) -> Table {
    let names = ["round", "unit", "indicator", "score", "se", "n", "rate", "rate_se"];
    let mut table = Table::new(&names.map(|name| Column::planned(name.to_owned(), name)));
    for unit in &plan.units {
        let mut row = |indicator: Cell| {
            let mut cells = vec![Cell::None, Cell::text(said(&unit.label, language, plan)), indicator];
            cells.resize(names.len(), Cell::None);
            table.push(cells);
        };
        row(Cell::None);
        for (leaf, _) in plan.leaf_indicators().into_iter().filter(|(leaf, _)| plan.is_asked_of(&leaf.id, &unit.id)) {
            row(Cell::text(said(&leaf.label, language, plan)));
        }
    }
    table
}
