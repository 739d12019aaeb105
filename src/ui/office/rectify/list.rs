use super::files::files;
use super::opening::{Draft, opening_form};
use super::proposals::{from_scores, from_words};
use super::work::Work;
use crate::language::Language;
use crate::rectification::{Calendar, Case, Due, Source, State};
use crate::report::{cases_table, left_told};
use crate::ui::office::parts::{Choice, Heading, print, value_of};
use crate::ui::shell::{t, use_shell};
use crate::ui::words::{office, rectify as words};
use leptos::prelude::*;

/// Working days within which something is due soon.
const SOON: i64 = 5;

pub fn list_page(work: Work) -> AnyView {
    let shell = use_shell();
    let draft = RwSignal::new(None::<Draft>);
    let any = Memo::new(move |_| work.book.with(|book| !book.is_empty()));
    let by_hand = move |_| draft.set(Some(Draft::blank(Source::Other)));
    let notices = move || {
        let language = shell.language.get();
        let told =
            work.book.with(|book| book.notices(language).iter().map(|one| one.told(language)).collect::<Vec<_>>());
        (!told.is_empty()).then(|| {
            view! {
                <div class="banner warn no-print">
                    <p><strong>{words::LOOK_AT.of(language)}</strong></p>
                    <ul class="problems">{told.into_iter().map(|one| view! { <li>{one}</li> }).collect_view()}</ul>
                </div>
            }
        })
    };
    view! {
        <Heading title=words::TITLE text=words::TEXT/>
        {notices}
        <Show when=move || any.get() fallback=|| view! {
            <div class="empty stack"><h2>{t(words::EMPTY)}</h2><p>{t(words::EMPTY_TEXT)}</p></div>
        }>
            {filters(work)}
            {move || table(work, shell.language.get())}
            <div class="row no-print">
                <button type="button" class="button" on:click=move |_| save_csv(work, shell.language.get_untracked())>{t(office::SAVE_CSV)}</button>
                <button type="button" class="button" on:click=|_| print()>{t(office::PRINT)}</button>
            </div>
        </Show>
        <section class="card stack no-print">
            <h2>{t(words::NEW)}</h2>
            <div class="row">
                <button type="button" class="button" on:click=by_hand>{t(words::NEW_HAND)}</button>
            </div>
            {from_scores(work, draft)}
            {from_words(work, draft)}
            {move || draft.get().map(|chosen| opening_form(work, chosen, draft))}
        </section>
        {files(work)}
    }
    .into_any()
}

fn filters(work: Work) -> AnyView {
    let shell = use_shell();
    let [which, state, unit] = work.filters;
    let shows = Signal::derive_local(move || {
        let language = shell.language.get();
        [
            ("running", words::SHOW_RUNNING),
            ("overdue", words::SHOW_OVERDUE),
            ("soon", words::SHOW_SOON),
            ("all", words::SHOW_ALL),
        ]
        .map(|(id, words)| (id.to_owned(), words.of(language).to_owned()))
        .to_vec()
    });
    let states = Signal::derive_local(move || {
        let language = shell.language.get();
        let any = (String::new(), words::ANY.of(language).to_owned());
        let all = State::ALL.iter().map(|state| (state.code().to_owned(), state.words().of(language).to_owned()));
        std::iter::once(any).chain(all).collect::<Vec<_>>()
    });
    view! {
        <div class="grid-fields no-print">
            <Choice label=words::SHOW options=shows value=which/>
            <Choice label=words::STATE options=states value=state/>
            <label class="field">
                <span class="field-label">{t(words::UNIT)}</span>
                <input class="input" type="search" prop:value=move || unit.get() on:input=move |event| unit.set(value_of(&event.into()))/>
            </label>
        </div>
    }
    .into_any()
}

/// Whether the filters let a case through.
fn is_wanted(work: Work, case: &Case<'_>) -> bool {
    let [which, state, unit] = work.filters.map(|filter| filter.get());
    let due = work.calendar.with(|calendar| case.due(work.today(), calendar));
    let which = match which.as_str() {
        "running" => case.is_running(),
        "overdue" => due.is_some_and(|due| due.is_overdue()),
        "soon" => due.and_then(|due| due.left).is_some_and(|left| left <= SOON),
        _ => true,
    };
    which && (state.is_empty() || case.status.state.code() == state) && case.unit().contains(unit.trim())
}

fn table(work: Work, language: Language) -> AnyView {
    let (mut rows, mut counts) = (Vec::new(), [0; 3]);
    let holidays = work.calendar.with(|calendar| *calendar != Calendar::weekends_only());
    work.book.with(|book| {
        for case in book.cases() {
            let due = work.calendar.with(|calendar| case.due(work.today(), calendar));
            let overdue = due.is_some_and(|due| due.is_overdue());
            counts[0] += usize::from(case.status.state != State::Void);
            counts[1] += usize::from(case.status.state == State::Closed);
            counts[2] += usize::from(overdue);
            if is_wanted(work, &case) {
                rows.push(row(&case, due, holidays, language));
            }
        }
    });
    let heads = [words::NAME, words::FINDING, words::UNIT, words::STATE, words::NEXT];
    let head = heads.map(|heading| view! { <th scope="col" role="columnheader">{heading.of(language)}</th> });
    let caption = words::TITLE.of(language);
    let none = rows.is_empty().then(|| view! { <p class="empty">{words::NONE_SHOWN.of(language)}</p> });
    let shown = (!rows.is_empty()).then(|| {
        view! {
            <div class="table-frame" tabindex="0" role="region" aria-label=caption>
                <table class="table cards case-table" role="table" aria-label=caption>
                    <thead role="rowgroup"><tr role="row">{head.into_iter().collect_view()}</tr></thead>
                    <tbody role="rowgroup">{rows}</tbody>
                </table>
            </div>
        }
    });
    view! {
        <p class="lead" role="status">{words::COUNTS.count(language, &counts)}</p>
        {none}
        {shown}
    }
    .into_any()
}

/// `holidays`: a calendar was loaded, so that days which it does not cover are worth a word.
fn row(case: &Case<'_>, due: Option<Due>, holidays: bool, language: Language) -> AnyView {
    let href = ["#/rectify/", case.id.as_str()].concat();
    let name = case.opening.name.clone();
    let finding = [&case.opening.title, " · ", &case.opening.unit].concat();
    let unit = match &case.status.post {
        Some(post) => [case.unit(), " · ", post].concat(),
        None => case.unit().to_owned(),
    };
    let state = case.status.state.words().of(language);
    let next = due.map(|due| {
        let task = due.task.words().of(language);
        let by = due.day.map(|day| day.to_string()).unwrap_or_default();
        let left = left_told(&due, language).map(|left| {
            view! { <span class=if due.is_overdue() { "tag bad" } else { "hint small" }>{left}</span> }
        });
        let uncovered = (holidays && due.day.is_some() && !due.covered)
            .then(|| view! { <span class="hint small">" "{words::UNCOVERED.of(language)}</span> });
        view! { <span>{task}" "{by}" "</span>{left}{uncovered} }
    });
    let headings = [words::FINDING, words::UNIT, words::STATE, words::NEXT].map(|heading| heading.of(language));
    view! {
        <tr role="row">
            <th scope="row" role="rowheader" class="name"><a href=href>{name}</a></th>
            <td role="cell" data-heading=headings[0]>{finding}</td>
            <td role="cell" data-heading=headings[1]>{unit}</td>
            <td role="cell" data-heading=headings[2]>{state}</td>
            <td role="cell" data-heading=headings[3]>{next}</td>
        </tr>
    }
    .into_any()
}

fn save_csv(work: Work, language: Language) {
    let (book, calendar) = (work.book.get_untracked(), work.calendar.get_untracked());
    let cases: Vec<Case<'_>> = untrack(|| book.cases().into_iter().filter(|case| is_wanted(work, case)).collect());
    let table = cases_table(&cases, work.today(), &calendar, false, language);
    work.desk.save(&[book.plan(), "-cases.csv"].concat(), &table.to_csv(), "text/csv");
}
