//! One case: how it stands, what is next, and every entry.

use super::form::{Doing, step_form};
use super::later::later;
use super::work::Work;
use crate::language::Language;
use crate::plan::Digest;
use crate::rectification::{Case, Line, Standing, Step};
use crate::report::{Register, about, due_told, history_table, register, standing_told, step_told};
use crate::ui::office::parts::{print, said};
use crate::ui::shell::{t, use_shell};
use crate::ui::words::{Words, office, rectify as words};
use leptos::prelude::*;

/// What the page shows of an entry.
#[derive(Clone, PartialEq)]
struct Shown {
    id: Digest,
    head: String,
    text: String,
    by: String,
    standing: Option<String>,
    /// Set aside: it counts no more.
    over: bool,
    /// What can be corrected: kind and what counts now.
    step: Option<(&'static str, Step)>,
}

pub fn case_page(work: Work, id: String) -> AnyView {
    let shell = use_shell();
    let doing = RwSignal::new(None::<Doing>);
    let id = StoredValue::new(id);
    let there = Memo::new(move |_| work.with_case(&id.get_value(), |_| ()).is_some());
    let title = move || work.with_case(&id.get_value(), |case| [&case.opening.name, " ", &case.opening.title].concat());
    Effect::new(move |_| shell.title(title().unwrap_or_else(|| words::TITLE.of(shell.language.get()).to_owned())));
    let next = Memo::new(move |_| work.with_case(&id.get_value(), |case| case.status.next_steps()).unwrap_or_default());
    let shown = Memo::new(move |_| {
        let language = shell.language.get();
        work.with_case(&id.get_value(), |case| case.lines.iter().map(|line| show(line, language)).collect::<Vec<_>>())
            .unwrap_or_default()
    });
    let form = move || {
        let doing_now = doing.get()?;
        let (case, unit, warnings) = untrack(|| {
            work.with_case(&id.get_value(), |case| (case.id.clone(), case.unit().to_owned(), warnings(case)))
        })?;
        Some(step_form(work, case, unit, warnings, doing_now, doing))
    };
    view! {
        <p class="no-print"><a href="#/rectify">{t(words::BACK)}</a></p>
        <Show when=move || there.get() fallback=|| view! { <h1>{t(words::GONE)}</h1> }>
            <h1>{title}</h1>
            {move || work.with_case(&id.get_value(), |case| head(work, case, shell.language.get()))}
            {move || work.with_case(&id.get_value(), |case| later(work, case, shell.language.get()))}
            <section class="stack no-print">
                <h2>{t(words::WHAT_NEXT)}</h2>
                <div class="row">
                    {move || next.get().into_iter().enumerate().map(|(at, kind)| view! {
                        <button type="button" class=if at == 0 { "button primary" } else { "button" }
                            on:click=move |_| doing.set(Some(Doing { kind, corrects: None }))>{t(words::action(kind))}</button>
                    }).collect_view()}
                </div>
                {form}
            </section>
            <section class="stack">
                <h2>{t(words::HISTORY)}</h2>
                <ol class="list history">
                    {move || shown.get().into_iter().map(|line| entry(line, doing)).collect_view()}
                </ol>
            </section>
            <div class="row no-print">
                <button type="button" class="button" on:click=move |_| save_csv(work, &id.get_value(), shell.language.get_untracked())>{t(office::SAVE_CSV)}</button>
                <button type="button" class="button" on:click=move |_| save_paper(work, Some(&id.get_value()), shell.language.get_untracked())>{t(words::SAVE_PAPER)}</button>
                <button type="button" class="button" on:click=|_| print()>{t(office::PRINT)}</button>
            </div>
        </Show>
    }
    .into_any()
}

/// Said before a case is closed.
fn warnings(case: &Case<'_>) -> Vec<Words> {
    match case.status.called {
        None => vec![words::CLOSE_UNCALLED],
        Some(_) if case.status.is_disputed() => vec![words::CLOSE_DISPUTED],
        Some(_) => Vec::new(),
    }
}

fn head(work: Work, case: &Case<'_>, language: Language) -> AnyView {
    let status = &case.status;
    let due = work.calendar.with(|calendar| case.due(work.today(), calendar));
    let overdue = due.is_some_and(|due| due.is_overdue());
    let pair = |label: Words, text: Option<String>| {
        text.map(|text| view! { <div><dt>{label.of(language)}</dt><dd>{text}</dd></div> })
    };
    let finding = about(case.opening, language);
    view! {
        <dl class="card facts">
            {pair(words::FINDING, Some(finding))}
            {pair(words::STATE, Some(status.state.words().of(language).to_owned()))}
            {pair(words::UNIT, status.unit.clone())}
            {pair(words::POST_NOW, status.post.clone())}
            {pair(words::MEASURE_NOW, status.measure.clone())}
            {due.map(|due| view! {
                <div><dt>{words::NEXT.of(language)}</dt><dd><span class=if overdue { "tag bad" } else { "" }>{due_told(&due, language)}</span></dd></div>
            })}
        </dl>
    }
    .into_any()
}

fn show(line: &Line<'_>, language: Language) -> Shown {
    let entry = line.entry;
    let correctable = !matches!(entry.step(), Step::Corrected { .. });
    Shown {
        id: entry.id().clone(),
        head: [&entry.day().to_string(), " · ", entry.step().words().of(language)].concat(),
        text: step_told(line.step, language),
        by: [entry.by(), " · ", entry.id().short()].concat(),
        standing: standing_told(line, language),
        over: matches!(line.standing, Standing::Withdrawn(_) | Standing::Apart(_)),
        step: correctable.then(|| (entry.step().kind(), line.step.clone())),
    }
}

fn entry(line: Shown, doing: RwSignal<Option<Doing>>) -> AnyView {
    let Shown { id, head, text, by, standing, over, step } = line;
    let label = [words::CORRECT.of(use_shell().language.get_untracked()), ": ", &head].concat();
    let correct = step.map(|(kind, step)| {
        let open = move |_| doing.set(Some(Doing { kind, corrects: Some((id.clone(), step.clone())) }));
        view! { <button type="button" class="button quiet no-print" aria-label=label on:click=open>{t(words::CORRECT)}</button> }
    });
    view! {
        <li class="list-row">
            <div class="grow stack tight">
                <strong>{head}</strong>
                <p class=if over { "pre over" } else { "pre" }>{text}</p>
                {standing.map(|standing| view! { <p><span class="tag warn">{standing}</span></p> })}
                <p class="hint small">{by}</p>
            </div>
            {correct}
        </li>
    }
    .into_any()
}

fn save_csv(work: Work, id: &str, language: Language) {
    let found = untrack(|| {
        work.with_case(id, |case| (case.opening.name.clone(), history_table(case, false, language).to_csv()))
    });
    if let Some((name, text)) = found {
        let plan = work.book.with_untracked(|book| book.plan().to_owned());
        work.desk.save(&[&plan, "-", &file_name(&name), ".csv"].concat(), &text, "text/csv");
    }
}

/// A name of a case as a part of the name of a file.
fn file_name(name: &str) -> String {
    name.chars().map(|c| if c.is_alphanumeric() || c == '-' { c } else { '_' }).collect()
}

/// The ledger, or one case of it, as a paper.
pub fn save_paper(work: Work, only: Option<&str>, language: Language) {
    let Some(plan) = work.plan() else { return };
    let (book, calendar) = (work.book.get_untracked(), work.calendar.get_untracked());
    let text = register(&Register {
        book: &book,
        title: &crate::plan::prose::plain(&said(&plan.title, language, &plan)),
        asker: &crate::plan::prose::plain(&said(&plan.asker, language, &plan)),
        only,
        today: work.today(),
        calendar: &calendar,
        language,
    });
    let called = only.and_then(|id| untrack(|| work.with_case(id, |case| file_name(&case.opening.name))));
    let name = called.unwrap_or_else(|| "rectification".to_owned());
    work.desk.save(&[&plan.id, "-", &name, ".html"].concat(), &text, "text/html");
}
