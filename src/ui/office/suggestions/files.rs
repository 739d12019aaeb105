//! What leaves the page: internal lists, what is published, and the notes. Each says in its name which it is.

use super::work::{State, Work};
use crate::browser::files::{self as browser_files, Pick};
use crate::language::Language;
use crate::report::{published_suggestions_table, suggestions_paper, suggestions_table};
use crate::suggestions::{Notes, NotesError, Said, published};
use crate::ui::office::intake::LONGEST;
use crate::ui::office::parts::today;
use crate::ui::office::reasons::file_words;
use crate::ui::shell::{t, use_shell};
use crate::ui::words::{Words, suggestions as words};
use leptos::prelude::*;
use leptos::task::spawn_local;

/// What became of a file.
#[derive(Clone)]
enum Told {
    Merged(usize, usize),
    Refused(NotesError),
    Said(Words),
}

pub fn files(work: Work) -> AnyView {
    let shell = use_shell();
    let told = RwSignal::new(None::<Told>);
    let save = move |internal: bool, paper: bool| {
        let (Some(plan), language) = (work.plan(), shell.language.get_untracked()) else { return };
        let (read, wanted) = (work.read.get_untracked(), work.wanted.get_untracked());
        let round = Some(read.round.clone()).filter(|round| !round.is_empty());
        if !internal && work.unread.get_untracked() > 0 {
            return told.set(Some(Told::Said(words::UNREADABLE_KEEPS)));
        }
        work.standings.with_untracked(|standings| {
            if internal {
                let said: Vec<&Said> = wanted.into_iter().map(|at| &read.said[at]).collect();
                let table = suggestions_table(&plan, &said, standings, language);
                return work.desk.save(&[&plan.id, "-suggestions-internal.csv"].concat(), &table.to_csv(), "text/csv");
            }
            let released = published(&read.said, standings);
            if paper {
                let text = suggestions_paper(&plan, round.as_deref(), &released, false, &today(), language);
                return work.desk.save(&[&plan.id, "-suggestions-published.html"].concat(), &text, "text/html");
            }
            let table = published_suggestions_table(&plan, &released, language);
            work.desk.save(&[&plan.id, "-suggestions-published.csv"].concat(), &table.to_csv(), "text/csv");
        });
    };
    let save_notes = move |_| {
        let (plan, text) = work.notes.with_untracked(|notes| (notes.plan().to_owned(), notes.to_json()));
        work.desk.save(&[&plan, ".minping-suggestions"].concat(), &text, "application/json");
    };
    let open = move |_| {
        spawn_local(async move {
            let Some(file) = browser_files::choose(Pick::One, ".minping-suggestions,.json").await.into_iter().next()
            else {
                return;
            };
            told.try_set(None);
            let found = match file.read(LONGEST).await {
                Err(why) => Some(Told::Said(file_words(why))),
                Ok(text) => match Notes::parse(&text) {
                    Err(why) => Some(Told::Refused(why)),
                    Ok(copy) => match work.notes.get_untracked().merge(&copy) {
                        Err(why) => Some(Told::Refused(why)),
                        // Where it could not be kept, the desk says why.
                        Ok((added, known)) => work.merge(&copy).await.then_some(Told::Merged(added, known)),
                    },
                },
            };
            told.try_set(found);
        });
    };
    let text = move |told: &Told, language: Language| match told {
        Told::Merged(added, known) => ("banner good", words::MERGED.count(language, &[*added, *known])),
        Told::Refused(why) => ("banner bad", why.told(language)),
        Told::Said(words) => ("banner bad", words.of(language).to_owned()),
    };
    let busy = move || work.state.get() != State::Done;
    view! {
        <section class="card stack no-print">
            <h2>{t(words::FILES)}</h2>
            <h3>{t(words::FILES_PUBLIC)}</h3>
            <p class="hint small">{t(words::FILES_PUBLIC_HINT)}</p>
            <div class="row">
                <button type="button" class="button" disabled=busy on:click=move |_| save(false, true)>{t(words::SAVE_PAPER)}</button>
                <button type="button" class="button" disabled=busy on:click=move |_| save(false, false)>{t(words::SAVE_PUBLISHED)}</button>
            </div>
            <h3>{t(words::FILES_INTERNAL)}</h3>
            <p class="hint small">{t(words::FILES_INTERNAL_HINT)}</p>
            <div class="row">
                <button type="button" class="button" disabled=busy on:click=move |_| save(true, false)>{t(words::SAVE_INTERNAL)}</button>
                <button type="button" class="button" on:click=save_notes>{t(words::SAVE_NOTES)}</button>
                <button type="button" class="button" on:click=open>{t(words::OPEN_NOTES)}"…"</button>
            </div>
            <p class="hint small">{t(words::NOTES_HINT)}</p>
            <div role="status">{move || told.with(|told| told.as_ref().map(|told| {
                let (class, text) = text(told, shell.language.get());
                view! { <p class=class>{text}</p> }
            }))}</div>
        </section>
    }
    .into_any()
}
