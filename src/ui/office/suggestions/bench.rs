use super::bulk::bulk;
use super::files::files;
use super::list::list;
use super::views::{counts_view, groups_view, words_view};
use super::work::{State, Work};
use crate::plan::Indicator;
use crate::suggestions::Shown;
use crate::ui::office::desk::Desk;
use crate::ui::office::parts::{Choice, said, value_of};
use crate::ui::shell::{t, use_shell};
use crate::ui::words::{Language, suggestions as words};
use leptos::prelude::*;

pub type Options = Signal<Vec<(String, String)>, LocalStorage>;

/// Filters, the texts, and what is made of them.
pub fn bench(desk: Desk) -> AnyView {
    let shell = use_shell();
    let work = Work::open(desk);
    let rounds = options(work, words::ALL_ROUNDS, |plan, language| {
        plan.rounds.iter().rev().map(|round| (round.id.clone(), said(&round.label, language, plan))).collect()
    });
    let views = Signal::derive_local(move || {
        let language = shell.language.get();
        [
            ("list", words::VIEW_LIST),
            ("groups", words::VIEW_GROUPS),
            ("words", words::VIEW_WORDS),
            ("counts", words::VIEW_COUNTS),
        ]
        .map(|(id, name)| (id.to_owned(), name.of(language).to_owned()))
        .to_vec()
    });
    let some = Memo::new(move |_| work.read.with(|read| !read.said.is_empty()));
    let unread = move || Some(work.unread.get()).filter(|unread| *unread > 0);
    view! {
        <p class="hint no-print">{t(words::LIMITS)}</p>
        <p class="hint small no-print">{t(words::MEASURED)}</p>
        {move || unread().map(|unread| view! {
            <p class="banner bad" role="alert">{words::UNREADABLE.count(shell.language.get(), &[unread])}</p>
        })}
        <div class="grid-fields no-print">
            <Choice label=words::ROUND options=rounds value=work.round/>
            <Choice label=words::VIEW options=views value=work.view/>
        </div>
        {move || match (work.state.get(), some.get()) {
            (State::Busy, _) => view! { <p class="empty" role="status">{t(words::READING)}</p> }.into_any(),
            (State::Stopped, _) => view! {
                <div class="banner warn row spread">
                    <span class="grow">{t(words::STOPPED)}</span>
                    <button type="button" class="button" on:click=move |_| work.begin()>{t(words::READ_AGAIN)}</button>
                </div>
            }
            .into_any(),
            (State::Done, false) => view! { <p class="empty">{t(words::NONE)}</p> }.into_any(),
            (State::Done, true) => view! {
                {filters(work)}
                {move || match work.view.get().as_str() {
                    "groups" => groups_view(work),
                    "words" => words_view(work),
                    "counts" => counts_view(work),
                    _ => view! { {bulk(work)}{list(work)} }.into_any(),
                }}
            }
            .into_any(),
        }}
        {files(work)}
    }
    .into_any()
}

/// A list out of the plan, with something for "all" or "none" before it.
pub fn options(
    work: Work,
    first: crate::ui::words::Words,
    list: fn(&crate::plan::Plan, Language) -> Vec<(String, String)>,
) -> Options {
    let shell = use_shell();
    Signal::derive_local(move || {
        let language = shell.language.get();
        let mut all = vec![(String::new(), first.of(language).to_owned())];
        if let Some(plan) = work.plan() {
            all.extend(list(&plan, language));
        }
        all
    })
}

pub fn units(work: Work, first: crate::ui::words::Words) -> Options {
    options(work, first, |plan, language| {
        plan.units.iter().map(|unit| (unit.id.clone(), said(&unit.label, language, plan))).collect()
    })
}

pub fn indicators(work: Work, first: crate::ui::words::Words) -> Options {
    options(work, first, |plan, language| {
        let mut found = Vec::new();
        let mut waiting: Vec<&Indicator> = plan.indicators.iter().rev().collect();
        while let Some(indicator) = waiting.pop() {
            found.push((indicator.id.clone(), said(&indicator.label, language, plan)));
            waiting.extend(indicator.indicators.iter().rev());
        }
        found
    })
}

fn filters(work: Work) -> AnyView {
    let shell = use_shell();
    let [search, tag, unit, indicator, item, shown] = work.filters;
    let any = move |language: Language| (String::new(), words::ANY.of(language).to_owned());
    let tags = Signal::derive_local(move || {
        let first = any(shell.language.get());
        let all =
            work.tags().into_iter().map(|(tag, times)| (tag.clone(), [&tag, " (", &times.to_string(), ")"].concat()));
        std::iter::once(first).chain(all).collect::<Vec<_>>()
    });
    let items = Signal::derive_local(move || {
        let language = shell.language.get();
        let mut all = vec![any(language)];
        let Some(plan) = work.plan() else { return all };
        work.read.with(|read| {
            for one in read.said.iter() {
                if !all.iter().any(|(item, _)| item == one.name()) {
                    all.push((one.name().to_owned(), said(&one.label, language, &plan)));
                }
            }
        });
        all
    });
    let states = Signal::derive_local(move || {
        let language = shell.language.get();
        Shown::ALL
            .iter()
            .map(|shown| (shown.code().to_owned(), shown.words().of(language).to_owned()))
            .collect::<Vec<_>>()
    });
    let counts = move || {
        let (shown, all) = (work.wanted.with(Vec::len), work.read.with(|read| read.said.len()));
        let [masked, released, stale] = work.counts.get();
        words::COUNTS.count(shell.language.get(), &[shown, all, masked, released, stale])
    };
    view! {
        <div class="grid-fields no-print">
            <label class="field">
                <span class="field-label">{t(words::FIND)}</span>
                <input class="input" type="search" prop:value=move || search.get() on:input=move |event| search.set(value_of(&event.into()))/>
            </label>
            <Choice label=words::TAG options=tags value=tag/>
            <Choice label=words::UNIT options=units(work, words::ANY) value=unit/>
            <Choice label=words::INDICATOR options=indicators(work, words::ANY) value=indicator/>
            <Choice label=words::ITEM options=items value=item/>
            <Choice label=words::SHOWN options=states value=shown/>
        </div>
        <p class="lead" role="status">{counts}</p>
        <Show when=move || work.group.with(Option::is_some)>
            <p class="banner row spread">
                <span class="grow">{t(words::IN_GROUP)}</span>
                <button type="button" class="button" on:click=move |_| work.group.set(None)>{t(words::LEAVE_GROUP)}</button>
            </p>
        </Show>
    }
    .into_any()
}
