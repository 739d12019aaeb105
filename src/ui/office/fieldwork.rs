//! How far a round is: what came, from whom, and what is missing.

use super::batches::WithPlan;
use super::desk::{Desk, use_desk};
use super::parts::{Choice, Heading, said, today};
use super::plots;
use super::shown::exact_table;
use crate::fieldwork::{Fieldwork, Place, Split, day_items};
use crate::ledger::Ledger;
use crate::plan::Plan;
use crate::rectification::Day;
use crate::report::{Plot, days_plot, fieldwork_notes, fieldwork_table, pace_of, reached_told, split_words};
use crate::tally::percent;
use crate::ui::element::{NotLoaded, chunk};
use crate::ui::shell::{t, use_shell};
use crate::ui::words::{Language, Words, fieldwork as words, quota as quota_words, shell as shell_words};
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::rc::Rc;

type Found = RwSignal<Option<Rc<Fieldwork>>, LocalStorage>;

#[component]
pub fn FieldworkPage() -> impl IntoView {
    view! {
        <section class="stack">
            <Heading title=words::TITLE text=words::TEXT/>
            <WithPlan><Round/></WithPlan>
        </section>
    }
}

#[component]
fn Round() -> impl IntoView {
    let (shell, desk) = (use_shell(), use_desk());
    let round = RwSignal::new(newest(desk));
    let item = RwSignal::new(String::new());
    let found: Found = RwSignal::new_local(None);
    let open = RwSignal::new(false);
    Effect::new(move |_| {
        desk.turned.track();
        desk.roster.track();
        let made = item
            .with(|item| round.with(|round| count(desk, round, Some(item.as_str()).filter(|item| !item.is_empty()))));
        found.set(made.map(Rc::new));
    });
    let rounds = Signal::derive_local(move || {
        let language = shell.language.get();
        let named = |plan: &Plan| {
            plan.rounds.iter().map(|round| (round.id.clone(), said(&round.label, language, plan))).collect()
        };
        desk.chosen.with(|chosen| chosen.as_ref().map_or_else(Vec::new, |chosen| named(&chosen.plan)))
    });
    let items = Signal::derive_local(move || {
        let language = shell.language.get();
        let mut all = vec![(String::new(), words::DAY_ARRIVED.of(language).to_owned())];
        desk.chosen.with(|chosen| {
            let named = chosen.as_ref().map_or_else(Vec::new, |chosen| day_items(&chosen.plan));
            all.extend(named.into_iter().map(|name| (name.to_owned(), words::DAY_ITEM.fill(language, &[name]))));
        });
        all
    });
    let waiting = move || {
        desk.turned.track();
        desk.ledger.with_value(|ledger| ledger.as_ref().map_or(0, Ledger::waiting))
    };
    view! {
        <div class="grid-fields no-print">
            <Show when=move || rounds.with(|rounds| rounds.len() > 1)>
                <Choice label=words::ROUND options=rounds value=round/>
            </Show>
            <Show when=move || items.with(|items| items.len() > 1)>
                <Choice label=words::DAY options=items value=item/>
            </Show>
        </div>
        {move || (waiting() > 0).then(|| view! {
            <p class="banner warn">{words::SEALED.count(shell.language.get(), &[waiting()])}</p>
        })}
        {move || {
            let language = shell.language.get();
            let (Some(found), Some(chosen)) = (found.get(), desk.chosen.get()) else { return ().into_any() };
            let item = item.get_untracked();
            shown(desk, &chosen.plan, &found, Some(item.as_str()).filter(|item| !item.is_empty()), open, language)
        }}
    }
}

/// The last round with a record that was opened, else the last of the plan.
fn newest(desk: Desk) -> String {
    desk.ledger.with_value(|ledger| {
        let Some(ledger) = ledger else { return String::new() };
        let rounds = &ledger.codebook().plan().rounds;
        let account = ledger.account();
        let last = account.counted.iter().map(|(_, row)| usize::from(row.domain.round)).max();
        last.and_then(|at| rounds.get(at)).or(rounds.last()).map_or_else(String::new, |round| round.id.clone())
    })
}

fn count(desk: Desk, round: &str, item: Option<&str>) -> Option<Fieldwork> {
    let roster = desk.roster.get_untracked();
    desk.ledger.with_value(|ledger| {
        let ledger = ledger.as_ref()?;
        let at = ledger.codebook().plan().rounds.iter().position(|known| known.id == round)?;
        let roster = roster.as_ref().map(|enrolled| &enrolled.roster);
        desk.arrivals.with_value(|arrivals| Fieldwork::of(ledger, &ledger.account(), roster, arrivals, item, at))
    })
}

fn shown(
    desk: Desk,
    plan: &Rc<Plan>,
    found: &Rc<Fieldwork>,
    item: Option<&str>,
    open: RwSignal<bool>,
    language: Language,
) -> AnyView {
    let pace = Day::parse(&today()).and_then(|today| pace_of(plan, found, today, language));
    let empty = (found.whole.count.all() == 0).then(|| {
        view! {
            <p class="banner warn row spread">
                <span class="grow">{words::NOTHING_YET.of(language)}</span>
                <a class="button no-print" href="#/batches">{words::NOTHING_LINK.of(language)}</a>
            </p>
        }
    });
    let tables = Split::ALL.into_iter().skip(1).filter_map(|split| {
        let made = fieldwork_table(plan, found, split, true, language);
        (!made.rows.is_empty()).then(|| one_table(desk, plan, found, split, language))
    });
    view! {
        {empty}
        <p class="lead">{reached_told(found, language)}</p>
        {pace.map(|pace| view! { <p>{pace}</p> })}
        {tiles(found, language)}
        {warned(found, language)}
        {days(desk, plan.clone(), found.clone(), open, language)}
        {tables.collect_view()}
        <section class="card stack small">
            <h2>{words::NOTES.of(language)}</h2>
            {fieldwork_notes(found, item, language).into_iter().map(|note| view! { <p>{note}</p> }).collect_view()}
        </section>
    }
    .into_any()
}

fn tiles(found: &Fieldwork, language: Language) -> impl IntoView + use<> {
    let whole = found.whole;
    let none = || "–".to_owned();
    let tile = |label: Words, value: String| {
        view! { <div class="tile"><dt>{label.of(language)}</dt><dd>{value}</dd></div> }
    };
    view! {
        <dl class="tiles">
            {tile(words::COMPLETE, whole.count.complete.to_string())}
            {tile(words::TARGET, whole.target.map_or_else(none, |target| target.to_string()))}
            {tile(words::REACHED, whole.reached().map_or_else(none, |share| [&percent(&share, 1), "%"].concat()))}
            {tile(words::MISSING, whole.missing().map_or_else(none, |missing| missing.to_string()))}
        </dl>
    }
}

/// Devices that somebody has to ask.
fn warned(found: &Fieldwork, language: Language) -> impl IntoView + use<> {
    let between = quota_words::BETWEEN.of(language);
    let names = |wanted: &dyn Fn(&crate::fieldwork::DeviceLine) -> bool| {
        let wanted = found.devices.iter().filter(|line| wanted(line));
        let names: Vec<&str> = wanted.map(|line| line.name.as_deref().unwrap_or_else(|| line.device.short())).collect();
        names.join(between)
    };
    let told = [
        (words::GAPS, names(&|line| !line.gaps.is_empty())),
        (words::SILENT, names(&|line| line.place == Place::Enrolled && line.batches == 0)),
    ];
    let told = told.into_iter().filter(|(_, names)| !names.is_empty());
    told.map(|(words, names)| view! { <p class="banner warn">{words.fill(language, &[&names])}</p> }).collect_view()
}

fn one_table(desk: Desk, plan: &Plan, found: &Fieldwork, split: Split, language: Language) -> impl IntoView + use<> {
    let title = split_words(split).of(language);
    let made = fieldwork_table(plan, found, split, true, language);
    let round = plan.rounds.get(found.round).map_or("", |round| &round.id);
    let name = [&plan.id, "-", round, "-", file_name(split), ".csv"].concat();
    let text = fieldwork_table(plan, found, split, false, language).to_csv();
    view! {
        <section class="stack">
            <h2>{title}</h2>
            {exact_table(&made, title, language)}
            <div class="row no-print">
                <button type="button" class="button" on:click=move |_| desk.save(&name, &text, "text/csv")>
                    {words::SAVE_CSV.of(language)}<span class="visually-hidden">": "{title}</span>
                </button>
            </div>
        </section>
    }
}

fn file_name(split: Split) -> &'static str {
    match split {
        Split::Round => "progress",
        Split::Stratum => "progress-strata",
        Split::Group => "progress-groups",
        Split::Quota => "progress-quotas",
        Split::Mode => "progress-modes",
        Split::Day => "progress-days",
        Split::Device => "progress-devices",
    }
}

/// The plot of the days, drawn when it is asked for; `open`: it was, and stays so when numbers or language change.
fn days(desk: Desk, plan: Rc<Plan>, found: Rc<Fieldwork>, open: RwSignal<bool>, language: Language) -> AnyView {
    if found.days.lines.is_empty() {
        return view! { <p class="hint">{words::NO_DAYS.of(language)}</p> }.into_any();
    }
    let round = plan.rounds.get(found.round).map_or_else(String::new, |round| round.id.clone());
    let drawn = RwSignal::new_local(None::<Result<Option<Plot>, NotLoaded>>);
    let of = StoredValue::new_local((plan, found));
    let show = move || {
        let (plan, found) = of.get_value();
        spawn_local(async move {
            let made = draw(plan, found, language).await;
            let _ = drawn.try_set(Some(made));
        });
    };
    if open.get_untracked() {
        show();
    }
    let ask = move |_| {
        open.set(true);
        show();
    };
    view! {
        <section class="stack plots">
            <h2>{words::PLOT.of(language)}</h2>
            <Show when=move || drawn.with(Option::is_none)>
                <div class="row no-print">
                    <button type="button" class="button" on:click=ask>{words::PLOT_SHOW.of(language)}</button>
                </div>
            </Show>
            {move || drawn.with(|drawn| match drawn {
                None | Some(Ok(None)) => ().into_any(),
                Some(Ok(Some(plot))) => plots::one(desk, plot, &round, language),
                Some(Err(_)) => view! { <p class="banner bad" role="alert">{t(shell_words::NOT_LOADED)}</p> }.into_any(),
            })}
        </section>
    }
    .into_any()
}

#[chunk(report, fallible)]
fn draw(plan: Rc<Plan>, found: Rc<Fieldwork>, language: Language) -> Result<Option<Plot>, NotLoaded> {
    Ok(days_plot(&plan, &found, language))
}
