//! Findings that may become cases: from scores, and from what people wrote.

use super::fields::{choice, number_field};
use super::opening::Draft;
use super::work::Work;
use crate::plan::Decimal;
use crate::rectification::{Finding, Measure, Source, Thresholds, propose};
use crate::report::{figure_told, finding_names, finding_title, why_told};
use crate::suggestions::{gather, masked};
use crate::tally::{Results, Tally, results};
use crate::ui::office::parts::{Choice, said, value_of};
use crate::ui::office::suggestions::read_notes;
use crate::ui::shell::{t, use_shell};
use crate::ui::words::{Words, rectify as words};
use leptos::prelude::*;

/// More are for the search, not for the screen.
const MOST: usize = 200;

/// Rounds that have a record, the last first: id and name.
fn rounds(work: Work) -> Signal<Vec<(String, String)>, LocalStorage> {
    let shell = use_shell();
    Signal::derive_local(move || {
        let language = shell.language.get();
        let Some(plan) = work.plan() else { return Vec::new() };
        plan.rounds.iter().rev().map(|round| (round.id.clone(), said(&round.label, language, &plan))).collect()
    })
}

fn last_round(work: Work) -> String {
    let plan = work.plan();
    let with_records = work.desk.ledger.with_value(|ledger| {
        let ledger = ledger.as_ref()?;
        let tally = Tally::of(ledger);
        tally.domains().keys().map(|domain| domain.round).max()
    });
    let at = with_records.map(usize::from);
    plan.and_then(|plan| at.map_or(plan.rounds.last(), |at| plan.rounds.get(at)).map(|round| round.id.clone()))
        .unwrap_or_default()
}

fn counted(work: Work, round: &str) -> Option<Results> {
    work.desk.ledger.with_value(|ledger| results(&Tally::of(ledger.as_ref()?), round))
}

fn has_records(work: Work) -> Memo<bool> {
    Memo::new(move |_| {
        work.desk.turned.track();
        work.desk.ledger.with_value(|ledger| ledger.as_ref().is_some_and(|ledger| !ledger.account().counted.is_empty()))
    })
}

/// One finding on the list, and what a case of it begins with.
#[derive(Clone)]
struct Proposal {
    head: String,
    text: String,
    clear: Option<bool>,
    draft: Draft,
}

pub fn from_scores(work: Work, draft: RwSignal<Option<Draft>>) -> AnyView {
    let shell = use_shell();
    let any = has_records(work);
    let round = RwSignal::new(String::new());
    let options = rounds(work);
    Effect::new(move |_| {
        if any.get() && round.with_untracked(String::is_empty) {
            round.set(last_round(work));
        }
    });
    let (measure, each) = (RwSignal::new("score".to_owned()), RwSignal::new("indicator".to_owned()));
    let (below, lowest, below_class) =
        (RwSignal::new(String::new()), RwSignal::new(String::new()), RwSignal::new(false));
    let found = RwSignal::new(None::<Vec<Finding>>);
    let fault = RwSignal::new(None::<Words>);
    let list = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let chosen = measure.get_untracked();
        let measure = Measure::ALL.iter().copied().find(|known| known.code() == chosen).unwrap_or(Measure::Score);
        let thresholds = Thresholds {
            measure,
            by_indicator: each.with_untracked(|each| each == "indicator") && measure != Measure::Index,
            below: below.with_untracked(|below| Decimal::parse(below.trim()).ok()),
            lowest: lowest.with_untracked(|lowest| lowest.trim().parse().ok()).filter(|lowest: &u32| *lowest > 0),
            below_class: below_class.get_untracked(),
        };
        let none = thresholds.below.is_none() && thresholds.lowest.is_none() && !thresholds.below_class;
        fault.set(none.then_some(words::NO_THRESHOLD));
        let made = (!none).then(|| counted(work, &round.get_untracked())).flatten();
        found.set(made.zip(work.plan()).map(|(results, plan)| propose(&plan, &results, &thresholds)));
    };
    let measures: Vec<(&'static str, Words)> =
        Measure::ALL.iter().map(|measure| (measure.code(), measure.words())).collect();
    let measures = StoredValue::new(measures);
    let shown = move || {
        let (language, found) = (shell.language.get(), found.get()?);
        let plan = work.plan()?;
        let number = found.len();
        let rows = found.iter().take(MOST).map(|finding| {
            let (unit, indicator) = finding_names(&plan, finding, language);
            let title = finding_title(indicator.as_deref(), &finding.figure, language);
            let told = figure_told(&finding.figure, language);
            let proposal = Proposal {
                head: match &indicator {
                    Some(indicator) => [unit.as_str(), " · ", indicator].concat(),
                    None => unit.clone(),
                },
                text: [&told, " · ", &why_told(&finding.why, true, language)].concat(),
                clear: finding.clear,
                draft: Draft {
                    title,
                    unit,
                    round: Some(round.get_untracked()),
                    indicator: finding.indicator.clone().zip(indicator),
                    figure: Some(finding.figure.clone()),
                    ..Draft::blank(Source::Score)
                },
            };
            one(proposal, draft)
        });
        let rows = rows.collect_view();
        Some(view! {
            <p role="status">{words::FOUND.count(language, &[number])}</p>
            <ul class="list">{rows}</ul>
            {(number > MOST).then(|| view! { <p class="hint small">{words::FIRST.count(language, &[MOST, number])}</p> })}
        })
    };
    view! {
        <details>
            <summary class="summary">{t(words::FROM_SCORES)}</summary>
            <div class="stack">
                <p class="hint">{t(words::FROM_SCORES_TEXT)}</p>
                <Show when=move || any.get() fallback=|| view! { <p class="empty">{t(words::NO_RECORDS)}</p> }>
                    <form class="stack" on:submit=list>
                        <div class="grid-fields">
                            <Choice label=words::ROUND options value=round/>
                            {choice(words::MEASURE, measures.get_value(), measure)}
                            {choice(words::EACH, vec![("indicator", words::EACH_INDICATOR), ("unit", words::EACH_UNIT)], each)}
                            {number_field(words::BELOW, below)}
                            {number_field(words::LOWEST, lowest)}
                        </div>
                        <label class="option">
                            <input type="checkbox" class="option-input" prop:checked=move || below_class.get()
                                on:change=move |event| below_class.set(event_target_checked(&event))/>
                            <span class="option-body">{t(words::BELOW_CLASS)}</span>
                        </label>
                        {move || fault.get().map(|words| view! { <p class="error" role="alert">{t(words)}</p> })}
                        <div class="row"><button type="submit" class="button">{t(words::LIST)}</button></div>
                    </form>
                    {shown}
                </Show>
            </div>
        </details>
    }
    .into_any()
}

fn one(proposal: Proposal, draft: RwSignal<Option<Draft>>) -> AnyView {
    let Proposal { head, text, clear, draft: begins } = proposal;
    let note = clear.map(|clear| if clear { words::CLEAR } else { words::UNCLEAR });
    let label = [words::NEW.of(use_shell().language.get_untracked()), ": ", &head].concat();
    let open = move |_| draft.set(Some(begins.clone()));
    view! {
        <li class="list-row">
            <div class="grow"><strong>{head}</strong><p>{text}</p>{note.map(|note| view! { <p class="hint small">{t(note)}</p> })}</div>
            <button type="button" class="button" aria-label=label on:click=open>{t(words::NEW)}</button>
        </li>
    }
    .into_any()
}

pub fn from_words(work: Work, draft: RwSignal<Option<Draft>>) -> AnyView {
    let shell = use_shell();
    let any = has_records(work);
    let (round, search) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let options = rounds(work);
    Effect::new(move |_| {
        if any.get() && round.with_untracked(String::is_empty) {
            round.set(last_round(work));
        }
    });
    // Item and masked text, in the order of the records' random ids: a case goes to the unit that it is about.
    let all = Memo::new(move |_| {
        work.desk.turned.track();
        work.desk.stirred.track();
        let (language, round) = (shell.language.get(), round.get());
        let Some(plan) = work.plan() else { return Vec::new() };
        let found = work.desk.ledger.with_value(|ledger| {
            ledger.as_ref().map_or_else(Vec::new, |ledger| gather(ledger, &ledger.account(), Some(&round)))
        });
        let standings = read_notes(work.desk).0.standings();
        let texts = found.into_iter().map(|one| {
            let text = masked(&one.text, standings.get(&one.id));
            (said(&one.label, language, &plan), text)
        });
        texts.collect::<Vec<(String, String)>>()
    });
    let shown = move || {
        let language = shell.language.get();
        let wanted = search.get();
        let found: Vec<(String, String)> =
            all.with(|all| all.iter().filter(|(_, text)| text.contains(wanted.trim())).cloned().collect());
        let number = found.len();
        if number == 0 {
            return view! { <p class="empty">{words::NO_WORDS.of(language)}</p> }.into_any();
        }
        let rows = found.into_iter().take(MOST).map(|(item, text)| {
            let begins = Draft {
                title: text.chars().take(30).collect(),
                round: Some(round.get_untracked()),
                suggestion: text.clone(),
                ..Draft::blank(Source::Suggestion)
            };
            one(Proposal { head: item, text, clear: None, draft: begins }, draft)
        });
        let rows = rows.collect_view();
        view! {
            <ul class="list">{rows}</ul>
            {(number > MOST).then(|| view! { <p class="hint small">{words::FIRST.count(language, &[MOST, number])}</p> })}
        }
        .into_any()
    };
    view! {
        <details>
            <summary class="summary">{t(words::FROM_WORDS)}</summary>
            <div class="stack">
                <p class="hint">{t(words::FROM_WORDS_TEXT)}</p>
                <Show when=move || any.get() fallback=|| view! { <p class="empty">{t(words::NO_RECORDS)}</p> }>
                    <div class="grid-fields">
                        <Choice label=words::ROUND options value=round/>
                        <label class="field">
                            <span class="field-label">{t(words::FIND)}</span>
                            <input class="input" type="search" prop:value=move || search.get() on:input=move |event| search.set(value_of(&event.into()))/>
                        </label>
                    </div>
                    {shown}
                </Show>
            </div>
        </details>
    }
    .into_any()
}
