//! Words, groups and counts.

use super::list::marked;
use super::work::Work;
use crate::report::{CountBy, suggestion_counts_table};
use crate::suggestions::{Said, pieces};
use crate::ui::office::parts::{Choice, print};
use crate::ui::office::shown::exact_table;
use crate::ui::shell::{t, use_shell};
use crate::ui::words::{office, suggestions as words};
use leptos::prelude::*;

/// Words, and groups, on the screen.
const MOST: usize = 100;

const COUNTS: [(CountBy, &str, crate::ui::words::Words); 6] = [
    (CountBy::Tag, "tag", words::BY_TAG),
    (CountBy::TagAndUnit, "tag-and-unit", words::BY_TAG_AND_UNIT),
    (CountBy::Unit, "unit", words::BY_UNIT),
    (CountBy::Indicator, "indicator", words::BY_INDICATOR),
    (CountBy::Item, "item", words::BY_ITEM),
    (CountBy::State, "state", words::BY_STATE),
];

/// Of what the filters let through.
pub fn counts_view(work: Work) -> AnyView {
    let shell = use_shell();
    let by = RwSignal::new("tag".to_owned());
    let options = Signal::derive_local(move || {
        let language = shell.language.get();
        COUNTS.iter().map(|(_, id, name)| ((*id).to_owned(), name.of(language).to_owned())).collect::<Vec<_>>()
    });
    let made = move || {
        let (language, plan) = (shell.language.get(), work.plan()?);
        let by = by.with(|by| COUNTS.iter().find(|(_, id, _)| id == by).map_or(CountBy::Tag, |(by, ..)| *by));
        let (read, wanted) = (work.read.get(), work.wanted.get());
        let said: Vec<&Said> = wanted.into_iter().map(|at| &read.said[at]).collect();
        Some(work.standings.with(|standings| suggestion_counts_table(&plan, &said, standings, by, language)))
    };
    let save = move |_| {
        if let (Some(made), Some(plan)) = (untrack(made), work.plan()) {
            work.desk.save(&[&plan.id, "-suggestions-counts-internal.csv"].concat(), &made.to_csv(), "text/csv");
        }
    };
    view! {
        <div class="grid-fields no-print"><Choice label=words::COUNT_BY options value=by/></div>
        {move || made().map(|made| exact_table(&made, words::VIEW_COUNTS.of(shell.language.get()), shell.language.get()))}
        <div class="row no-print">
            <button type="button" class="button" on:click=save>{t(office::SAVE_CSV)}</button>
            <button type="button" class="button" on:click=|_| print()>{t(office::PRINT)}</button>
        </div>
    }
    .into_any()
}

/// Of all texts of the round.
pub fn words_view(work: Work) -> AnyView {
    let shell = use_shell();
    if work.frequent.with_untracked(Option::is_none) {
        work.count_words();
    }
    view! {
        <p class="hint">{t(words::WORDS_HINT)}</p>
        {move || {
            let language = shell.language.get();
            let Some(found) = work.frequent.get() else {
                return view! { <p class="empty" role="status">{words::LEARNING.of(language)}</p> }.into_any();
            };
            if found.is_empty() {
                return view! { <p class="empty">{words::NO_WORDS.of(language)}</p> }.into_any();
            }
            let rows = found.iter().take(MOST).map(|word| {
                let (times, text) = (word.texts.to_string(), word.word.clone());
                let go = move |_| {
                    work.filters[0].set(text.clone());
                    work.view.set("list".to_owned());
                };
                view! {
                    <li><button type="button" class="button" data-word=word.word.clone() on:click=go>
                        {word.word.clone()}" "<span class="count">{times}</span>
                    </button></li>
                }
            });
            view! { <ul class="word-list">{rows.collect_view()}</ul> }.into_any()
        }}
    }
    .into_any()
}

/// Likewise.
pub fn groups_view(work: Work) -> AnyView {
    let shell = use_shell();
    if work.groups.with_untracked(Option::is_none) {
        work.group_all();
    }
    view! {
        <p class="hint">{t(words::GROUPS_HINT)}</p>
        {move || {
            let language = shell.language.get();
            let Some(groups) = work.groups.get() else {
                return view! { <p class="empty" role="status">{words::GROUPING.of(language)}</p> }.into_any();
            };
            let read = work.read.get();
            let rows: Vec<_> = groups
                .iter()
                .filter(|group| group.members.len() > 1)
                .take(MOST)
                .filter_map(|group| {
                    let said = read.said.get(group.leader)?;
                    let parts = work.standings.with(|standings| pieces(&said.text, standings.get(&said.id)));
                    let members = group.members.clone();
                    let many = words::TIMES.count(language, &[members.len()]);
                    let go = move |_| {
                        work.group.set(Some(members.clone()));
                        work.view.set("list".to_owned());
                    };
                    Some(view! {
                        <li class="list-row">
                            <strong class="count">{many}</strong>
                            <p class="grow pre">{marked(parts, language)}</p>
                            <button type="button" class="button" on:click=go>{words::SHOW_GROUP.of(language)}</button>
                        </li>
                    })
                })
                .collect();
            match rows.is_empty() {
                true => view! { <p class="empty">{words::NO_GROUPS.of(language)}</p> }.into_any(),
                false => view! { <ul class="list">{rows}</ul> }.into_any(),
            }
        }}
    }
    .into_any()
}
