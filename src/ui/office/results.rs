//! Results: what a round gave, unit by unit, on screen, on paper and as files.

use super::attachments::attachments;
use super::batches::WithPlan;
use super::change::ChangeSince;
use super::combined::{counted_parts, parts_file, parts_section};
use super::comments::comments;
use super::desk::{Chosen, Desk, use_desk};
use super::earlier::EarlierRounds;
use super::knowledge::{counted_knowledge, knowledge_file, knowledge_section};
use super::parts::{Choice, Heading, print, said, today};
use super::plots::Plots;
use super::report::SaveReport;
use super::results_table::{Shown, class_table};
use super::standing::Needed;
use crate::report;
use crate::scores::{Counted, Scored, scored};
use crate::tally::Knowledge;
use crate::ui::shell::{t, use_shell};
use crate::ui::words::office as words;
use leptos::prelude::*;
use std::rc::Rc;

/// Rounds of the plan with the results of each, and what is known where knowledge was asked; made anew when the ledger
/// changes.
pub type Rounds = Vec<(String, Scored, Option<Knowledge>)>;

fn count_rounds(desk: Desk) -> Rounds {
    desk.ledger.with_value(|ledger| {
        let Some(ledger) = ledger else { return Vec::new() };
        let counted = Counted::of(ledger);
        let rounds = ledger.codebook().plan().rounds.iter();
        // The rounds are the plan's own: each has results, if only empty ones.
        rounds
            .filter_map(|round| {
                Some((round.id.clone(), scored(&counted, &round.id)?, counted_knowledge(ledger, &round.id)))
            })
            .collect()
    })
}

#[component]
pub fn ResultsPage() -> impl IntoView {
    let (shell, desk) = (use_shell(), use_desk());
    let rounds = RwSignal::new_local(Rc::new(Rounds::new()));
    let round = RwSignal::new(String::new());
    let published = RwSignal::new(false);
    let all_open = RwSignal::new(false);
    Effect::new(move |_| {
        desk.turned.track();
        let counted = count_rounds(desk);
        // The newest round with an answer, unless the clerk has chosen one that is there.
        let keep = round.with_untracked(|id| counted.iter().any(|(known, ..)| known == id));
        if !keep {
            let last =
                counted.iter().rev().find(|(_, made, _)| made.results.records.unwrap_or(0) > 0).or(counted.last());
            round.set(last.map_or_else(String::new, |(id, ..)| id.clone()));
        }
        rounds.set(Rc::new(counted));
    });
    let options = Signal::derive_local(move || {
        let language = shell.language.get();
        let Some(chosen) = desk.chosen.get() else { return Vec::new() };
        chosen
            .plan
            .rounds
            .iter()
            .map(|round| (round.id.clone(), said(&round.label, language, &chosen.plan)))
            .collect::<Vec<_>>()
    });
    let smallest =
        move || desk.chosen.with(|chosen| chosen.as_ref().map_or(0, |chosen| chosen.plan.privacy.smallest_cell));
    let shown = move || {
        let round = round.get();
        let rounds = rounds.get();
        let found = rounds.iter().find(|(id, ..)| *id == round).map(|(_, made, _)| made.clone())?;
        Some(if published.get() { found.published(smallest()) } else { found })
    };
    let chosen_plan =
        Signal::derive_local(move || desk.chosen.with(|chosen| chosen.as_ref().map(|chosen| chosen.plan.clone())));
    let known = move || {
        let found = rounds
            .with(|rounds| rounds.iter().find(|(id, ..)| *id == round.get()).and_then(|(.., known)| known.clone()))?;
        Some(if published.get() { found.published(smallest()) } else { found })
    };
    let total =
        move || rounds.with(|rounds| rounds.iter().map(|(_, made, _)| made.results.records.unwrap_or(0)).sum::<u64>());
    let save = move |csv: bool| {
        let (Some(made), Some(chosen)) = (shown(), desk.chosen.get_untracked()) else { return };
        let shape = report::Shape {
            by: report::By::Indicator,
            publish: published.get_untracked(),
            places: 2,
            for_people: false,
        };
        let table = report::results_table(&chosen.plan, &[made], &shape, shell.language.get_untracked());
        let mut name = chosen.plan.id.clone();
        name.push('-');
        name.push_str(&round.get_untracked());
        if csv {
            name.push_str(".csv");
            desk.save(&name, &table.to_csv(), "text/csv");
        } else {
            name.push_str(".json");
            desk.save(&name, &table.to_json(), "application/json");
        }
    };
    let save_knowledge = move || {
        let (Some(known), Some(chosen)) = (known(), desk.chosen.get_untracked()) else { return };
        let text = knowledge_file(&chosen.plan, known, published.get_untracked(), shell.language.get_untracked());
        desk.save(&[&chosen.plan.id, "-", &round.get_untracked(), "-knowledge.csv"].concat(), &text, "text/csv");
    };
    view! {
        <section class="stack results">
            <Heading title=words::RESULTS_TITLE/>
            <WithPlan>
                <Show when=move || { total() > 0 } fallback=|| view! {
                    <Needed title=words::RESULTS_EMPTY text=words::RESULTS_EMPTY_TEXT href="#/batches" action=words::BATCHES_GO/>
                }>
                    <div class="grid-fields no-print">
                        <Choice label=words::ROUND options value=round/>
                        <Check label=Signal::derive(move || words::SHOW_PUBLISHED.count(shell.language.get(), &[smallest() as usize])) value=published/>
                        <Check label=Signal::derive(move || words::SHOW_ALL.of(shell.language.get()).to_owned()) value=all_open/>
                    </div>
                    {move || {
                        let (Some(scored), Some(chosen)) = (shown(), desk.chosen.get()) else { return ().into_any() };
                        let language = shell.language.get();
                        let label = chosen.plan.round(&round.get()).map_or_else(String::new, |one| said(&one.label, language, &chosen.plan));
                        let shown = Shown { scored: Rc::new(scored), plan: chosen.plan.clone(), language, all_open: all_open.into() };
                        let mut groups: Vec<Option<String>> = chosen.plan.unit_groups.iter().map(|group| Some(group.id.clone())).collect();
                        groups.push(None);
                        view! {
                            {head(&shown, &chosen, label, published.get())}
                            {groups.into_iter().filter_map(|group| class_table(&shown, group.as_deref())).collect_view()}
                        }.into_any()
                    }}
                    {move || {
                        let chosen = desk.chosen.get().filter(|chosen| !chosen.plan.parts.is_empty())?;
                        let shown = shown()?;
                        let all = rounds.with(|rounds| rounds.iter().find(|(id, ..)| *id == round.get()).map(|(_, made, _)| made.clone()))?;
                        let made = counted_parts(desk, &chosen.plan, &all, &shown, published.get())?;
                        let language = shell.language.get();
                        let section = parts_section(&chosen.plan, &made, &shown, language);
                        let save = move |_| {
                            let text = parts_file(&chosen.plan, &made, &shown, language);
                            desk.save(&[&chosen.plan.id, "-", &round.get_untracked(), "-combined.csv"].concat(), &text, "text/csv");
                        };
                        Some(view! {
                            <section class="stack combined">
                                {section}
                                <div class="row no-print">
                                    <button type="button" class="button" on:click=save>{t(words::COMBINED_SAVE)}</button>
                                </div>
                            </section>
                        })
                    }}
                    <Plots round published/>
                    <ChangeSince rounds plan=chosen_plan round published desk/>
                    <EarlierRounds/>
                    {move || {
                        let (Some(known), Some(chosen)) = (known(), desk.chosen.get()) else { return ().into_any() };
                        let table = knowledge_section(&chosen.plan, known, shell.language.get());
                        view! {
                            <section class="stack knowledge">
                                {table}
                                <div class="row no-print">
                                    <button type="button" class="button" on:click=move |_| save_knowledge()>{t(words::KNOWLEDGE_SAVE)}</button>
                                </div>
                            </section>
                        }.into_any()
                    }}
                    <Show when=move || !published.get()>
                        {move || {
                            desk.turned.track();
                            comments(desk, &round.get(), shell.language.get())
                        }}
                        {move || {
                            desk.turned.track();
                            attachments(desk, round.get())
                        }}
                    </Show>
                    <section class="card stack small">
                        <h2>{t(words::HOW_MADE)}</h2>
                        {report::how::ALL.into_iter().map(|words| view! { <p>{t(words)}</p> }).collect_view()}
                    </section>
                    <div class="row no-print">
                        <button type="button" class="button primary" on:click=move |_| save(true)>{t(words::SAVE_CSV)}</button>
                        <button type="button" class="button" on:click=move |_| save(false)>{t(words::SAVE_JSON)}</button>
                        <SaveReport round published/>
                        <button type="button" class="button" on:click=|_| print()>{t(words::PRINT)}</button>
                    </div>
                </Show>
            </WithPlan>
        </section>
    }
}

/// What the tables are of: on paper it stands alone.
fn head(shown: &Shown, chosen: &Chosen, round: String, published: bool) -> AnyView {
    let (plan, language) = (&chosen.plan, shown.language);
    let n = shown.scored.results.records.map_or_else(
        || words::WITHHELD.of(language).to_owned(),
        |records| words::RESULTS_N.count(language, &[records as usize]),
    );
    let basis = match published {
        true => words::BASIS_PUBLISHED.count(language, &[plan.privacy.smallest_cell as usize]),
        false => words::BASIS_INTERNAL.of(language).to_owned(),
    };
    let version = words::PLAN_VERSION.fill(language, &[&plan.version, chosen.reference.digest.short()]);
    view! {
        <h2>{said(&plan.title, language, plan)}</h2>
        <p>{said(&plan.asker, language, plan)}</p>
        <p class="lead">{round}" · "{n}</p>
        <p class="hint small">{basis}" "<span class="print-only">{version}" "{words::PRINTED_ON.fill(language, &[&today()])}</span></p>
    }
    .into_any()
}

#[component]
fn Check(label: Signal<String>, value: RwSignal<bool>) -> impl IntoView {
    view! {
        <label class="option">
            <input type="checkbox" class="option-input" prop:checked=move || value.get()
                on:change=move |event| value.set(event_target_checked(&event))/>
            <span class="option-body">{move || label.get()}</span>
        </label>
    }
}
