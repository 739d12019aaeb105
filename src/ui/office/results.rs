//! Results: what a round gave, unit by unit, on screen, on paper and as files.

use super::attachments::attachments;
use super::backroom::{Failed, Question};
use super::batches::WithPlan;
use super::change::ChangeSince;
use super::combined::CombinedPart;
use super::comments::Comments;
use super::desk::{Chosen, use_desk};
use super::earlier::EarlierRounds;
use super::exports::Exports;
use super::knowledge::{knowledge_file, knowledge_section};
use super::parts::{Choice, Heading, print, said, today};
use super::plots::Plots;
use super::remarks::Remarks;
use super::report::SaveReport;
use super::results_table::{Shown, class_table};
use super::standing::Needed;
use crate::report;
use crate::scores::Scored;
use crate::tally::Knowledge;
use crate::ui::shell::{t, use_shell};
use crate::ui::words::{office as words, shell as shell_words};
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::rc::Rc;

/// Rounds of the plan with the results of each, and what is known where knowledge was asked; made anew when the ledger
/// changes.
pub type Rounds = Vec<(String, Scored, Option<Knowledge>)>;

#[component]
pub fn ResultsPage() -> impl IntoView {
    let (shell, desk) = (use_shell(), use_desk());
    let rounds = RwSignal::new_local(Rc::new(Rounds::new()));
    // What the results are of; None: nothing was counted yet.
    let counted_at = RwSignal::new(None::<u32>);
    let failed = RwSignal::new(None::<Failed>);
    let round = RwSignal::new(String::new());
    let published = RwSignal::new(false);
    let all_open = RwSignal::new(false);
    let take = move |turned: u32, counted: Rounds| {
        // The newest round with an answer, unless the clerk has chosen one that is there.
        let keep = round.with_untracked(|id| counted.iter().any(|(known, ..)| known == id));
        if !keep {
            let last =
                counted.iter().rev().find(|(_, made, _)| made.results.records.unwrap_or(0) > 0).or(counted.last());
            round.set(last.map_or_else(String::new, |(id, ..)| id.clone()));
        }
        rounds.set(Rc::new(counted));
        counted_at.set(Some(turned));
    };
    Effect::new(move |_| {
        let turned = desk.turned.get();
        desk.chosen.track();
        spawn_local(async move {
            let answer = desk.backroom.ask::<Rounds>(desk, Question::Rounds, None).await;
            // The clerk may have left, or the ledger changed again: then its own answer comes.
            if desk.turned.try_get_untracked() == Some(turned) && failed.try_get_untracked().is_some() {
                failed.set(answer.as_ref().err().copied());
                take(turned, answer.unwrap_or_default());
            }
        });
    });
    let counting = move || desk.chosen.with(Option::is_some) && counted_at.get() != Some(desk.turned.get());
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
                <div role="status">
                    <Show when=counting><p class="hint">{t(words::COUNTING)}</p></Show>
                </div>
                <Show when=move || failed.get() == Some(Failed::NotLoaded)>
                    <p class="banner bad" role="alert">{t(shell_words::NOT_LOADED)}</p>
                </Show>
                <Show when=move || counted_at.get().is_some()>
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
                    <CombinedPart rounds round published/>
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
                        <Comments round/>
                        {move || {
                            desk.turned.track();
                            attachments(desk, round.get())
                        }}
                    </Show>
                    <section class="card stack small">
                        <h2>{t(words::HOW_MADE)}</h2>
                        {report::how::ALL.into_iter().map(|words| view! { <p>{t(words)}</p> }).collect_view()}
                    </section>
                    <Remarks round/>
                    <Exports round published/>
                    <div class="row no-print">
                        <button type="button" class="button primary" on:click=move |_| save(true)>{t(words::SAVE_CSV)}</button>
                        <button type="button" class="button" on:click=move |_| save(false)>{t(words::SAVE_JSON)}</button>
                        <SaveReport round published/>
                        <button type="button" class="button" on:click=|_| print()>{t(words::PRINT)}</button>
                    </div>
                </Show>
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
