//! What people wrote, and what interviewers noted, word for word.

use super::desk::Desk;
use super::parts::said;
use crate::language::Language;
use crate::plan::Plan;
use crate::report::{Suggestions, notes, suggestions};
use crate::ui::words::{Words, office as words};
use leptos::prelude::*;

/// More comments than this are for the file, not for the screen.
const MOST_COMMENTS: usize = 200;

/// What people wrote, item by item, in the order of the records' random ids.
pub fn comments(desk: Desk, round: &str, language: Language) -> AnyView {
    let Some(chosen) = desk.chosen.get_untracked() else { return ().into_any() };
    let plan = &chosen.plan;
    let found = desk.ledger.with_value(|ledger| {
        let Some(ledger) = ledger else { return Default::default() };
        let account = ledger.account();
        (suggestions(ledger, &account, round), notes(ledger, &account, round))
    });
    let (said_by_people, noted) = found;
    let both = [(words::COMMENTS, words::COMMENTS_HINT, said_by_people), (words::NOTES, words::NOTES_HINT, noted)];
    both.map(|(title, hint, found)| part(title, hint, found, plan, language)).collect_view().into_any()
}

fn part(title: Words, hint: Words, found: Vec<Suggestions>, plan: &Plan, language: Language) -> AnyView {
    if found.is_empty() {
        return ().into_any();
    }
    view! {
        <section class="stack">
            <h2>{title.of(language)}</h2>
            <p class="hint">{hint.of(language)}</p>
            {found.into_iter().map(|Suggestions { label, texts }| {
                let label = said(&label, language, plan);
                let more = texts.len().saturating_sub(MOST_COMMENTS);
                view! {
                    <details class="card">
                        <summary class="summary">{label}" ("{texts.len()}")"</summary>
                        <ul class="comments">{texts.into_iter().take(MOST_COMMENTS).map(|text| view! { <li class="pre">{text}</li> }).collect_view()}</ul>
                        {(more > 0).then(|| view! { <p class="hint">{words::MORE_COMMENTS.count(language, &[more])}</p> })}
                    </details>
                }
            }).collect_view()}
        </section>
    }
    .into_any()
}
