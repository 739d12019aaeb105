//! What people wrote, and what interviewers noted, word for word.

use super::backroom::Question;
use super::desk::use_desk;
use super::parts::said;
use crate::carry::carry;
use crate::language::Language;
use crate::plan::{Plan, Text};
use crate::report::Suggestions;
use crate::ui::shell::use_shell;
use crate::ui::words::{Words, office as words};
use leptos::prelude::*;
use leptos::task::spawn_local;

/// More comments than this are for the file, not for the screen.
const MOST_COMMENTS: usize = 200;

/// What was written in answer to one item: as many texts as are shown, and how many there are.
#[derive(Clone)]
pub struct Written {
    label: Text,
    texts: Vec<String>,
    total: usize,
}

carry!(struct Written { label, texts, total });

impl Written {
    pub fn of(Suggestions { label, mut texts }: Suggestions, most: usize) -> Written {
        let total = texts.len();
        texts.truncate(most);
        Written { label, texts, total }
    }
}

type Both = (Vec<Written>, Vec<Written>);

/// What people wrote, item by item, in the order of the records' random ids.
#[component]
pub fn Comments(round: RwSignal<String>) -> impl IntoView {
    let (shell, desk) = (use_shell(), use_desk());
    let found = RwSignal::new_local(None::<(String, Both)>);
    Effect::new(move |_| {
        desk.turned.track();
        let of = round.get();
        spawn_local(async move {
            let question = Question::Comments { round: of.clone(), most: MOST_COMMENTS };
            if let Ok(both) = desk.backroom.ask::<Both>(desk, question, None).await {
                _ = found.try_set(Some((of, both)));
            }
        });
    });
    move || {
        let chosen = desk.chosen.get()?;
        let (_, (said_by_people, noted)) = found.get().filter(|(of, _)| *of == round.get())?;
        let language = shell.language.get();
        let both = [(words::COMMENTS, words::COMMENTS_HINT, said_by_people), (words::NOTES, words::NOTES_HINT, noted)];
        Some(both.map(|(title, hint, found)| part(title, hint, found, &chosen.plan, language)).collect_view())
    }
}

fn part(title: Words, hint: Words, found: Vec<Written>, plan: &Plan, language: Language) -> AnyView {
    if found.is_empty() {
        return ().into_any();
    }
    view! {
        <section class="stack">
            <h2>{title.of(language)}</h2>
            <p class="hint">{hint.of(language)}</p>
            {found.into_iter().map(|Written { label, texts, total }| {
                let label = said(&label, language, plan);
                let more = total - texts.len();
                view! {
                    <details class="card">
                        <summary class="summary">{label}" ("{total}")"</summary>
                        <ul class="comments">{texts.into_iter().map(|text| view! { <li class="pre">{text}</li> }).collect_view()}</ul>
                        {(more > 0).then(|| view! { <p class="hint">{words::MORE_COMMENTS.count(language, &[more])}</p> })}
                    </details>
                }
            }).collect_view()}
        </section>
    }
    .into_any()
}
