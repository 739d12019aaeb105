//! The ledger and the calendar as files, in and out.

use super::case::save_paper;
use super::work::Work;
use crate::browser::files::{self as browser_files, Pick};
use crate::language::Language;
use crate::rectification::{Book, Calendar};
use crate::ui::office::intake::LONGEST;
use crate::ui::office::reasons::file_words;
use crate::ui::shell::{t, use_shell};
use crate::ui::words::{Words, rectify as words};
use leptos::prelude::*;
use leptos::task::spawn_local;

/// What became of a file: good or not, and in both languages.
#[derive(Clone)]
struct Told {
    good: bool,
    zh: String,
    en: String,
}

impl Told {
    fn new(good: bool, say: impl Fn(Language) -> String) -> Told {
        Told { good, zh: say(Language::Zh), en: say(Language::En) }
    }
}

pub fn files(work: Work) -> AnyView {
    let shell = use_shell();
    let (told, told_calendar) = (RwSignal::new(None::<Told>), RwSignal::new(None::<Told>));
    let save = move |_| {
        let (plan, text) = work.book.with_untracked(|book| (book.plan().to_owned(), book.to_json()));
        work.desk.save(&[&plan, ".minping-cases"].concat(), &text, "application/json");
    };
    let open = move |_| {
        spawn_local(async move {
            let Some(file) = browser_files::choose(Pick::One, ".minping-cases,.json").await.into_iter().next() else {
                return;
            };
            told.try_set(None);
            let found = match file.read(LONGEST).await {
                Ok(text) => take(work, &text).await,
                Err(why) => Some(refused(file_words(why))),
            };
            told.try_set(found);
        });
    };
    let open_calendar = move |_| {
        spawn_local(async move {
            let Some(file) = browser_files::choose(Pick::One, ".json,.csv").await.into_iter().next() else { return };
            let found = match file.read(LONGEST).await {
                Ok(text) => match Calendar::parse(&text, &file.name) {
                    Ok(calendar) => {
                        let (off, worked) = calendar.counts();
                        work.use_calendar(Some(calendar)).await;
                        Told::new(true, |language| words::CALENDAR_TAKEN.count(language, &[off, worked]))
                    }
                    Err(why) => Told::new(false, |language| why.told(language)),
                },
                Err(why) => refused(file_words(why)),
            };
            told_calendar.try_set(Some(found));
        });
    };
    let clear = move |_| {
        told_calendar.set(None);
        spawn_local(work.use_calendar(None));
    };
    let plain = move || work.calendar.with(|calendar| *calendar == Calendar::weekends_only());
    let in_use = move || {
        let language = shell.language.get();
        words::CALENDAR_NOW.fill(language, &[&work.calendar.with(|calendar| calendar.told(language))])
    };
    view! {
        <div class="columns-wide no-print">
            <section class="card stack">
                <h2>{t(words::FILES)}</h2>
                <div class="row">
                    <button type="button" class="button" on:click=save>{t(words::SAVE_BOOK)}</button>
                    <button type="button" class="button" on:click=open>{t(words::OPEN_BOOK)}"…"</button>
                    <button type="button" class="button" on:click=move |_| save_paper(work, None, shell.language.get_untracked())>
                        {t(words::SAVE_PAPER)}
                    </button>
                </div>
                {banner(told)}
            </section>
            <section class="card stack">
                <h2>{t(words::CALENDAR)}</h2>
                <p>{in_use}</p>
                <p class="hint small">{t(words::CALENDAR_HINT)}</p>
                <div class="row">
                    <button type="button" class="button" on:click=open_calendar>{t(words::CALENDAR_OPEN)}"…"</button>
                    <Show when=move || !plain()>
                        <button type="button" class="button" on:click=clear>{t(words::CALENDAR_CLEAR)}</button>
                    </Show>
                </div>
                {banner(told_calendar)}
            </section>
        </div>
    }
    .into_any()
}

fn refused(words: Words) -> Told {
    Told::new(false, |language| words.of(language).to_owned())
}

/// None: it could not be kept, and the desk says why.
async fn take(work: Work, text: &str) -> Option<Told> {
    let copy = match Book::parse(text) {
        Ok(copy) => copy,
        Err(why) => return Some(Told::new(false, |language| why.told(language))),
    };
    let mut here = work.book.get_untracked();
    match here.merge(&copy) {
        Err(why) => Some(Told::new(false, |language| why.told(language))),
        Ok(merged) => work
            .merge(&copy)
            .await
            .then(|| Told::new(true, |language| words::MERGED.count(language, &[merged.added, merged.known]))),
    }
}

fn banner(told: RwSignal<Option<Told>>) -> AnyView {
    let shell = use_shell();
    view! {
        <div role="status">{move || told.get().map(|told| view! {
            <p class=if told.good { "banner good" } else { "banner bad" }>
                {move || if shell.language.get() == Language::Zh { told.zh.clone() } else { told.en.clone() }}
            </p>
        })}</div>
    }
    .into_any()
}
