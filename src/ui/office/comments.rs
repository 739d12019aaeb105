//! What people wrote, word for word.

use super::desk::Desk;
use super::parts::said;
use crate::language::Language;
use crate::report::{Suggestions, suggestions};
use crate::ui::words::office as words;
use leptos::prelude::*;

/// More comments than this are for the file, not for the screen.
const MOST_COMMENTS: usize = 200;

/// What people wrote, item by item, in the order of the records' random ids.
pub fn comments(desk: Desk, round: &str, language: Language) -> AnyView {
    let Some(chosen) = desk.chosen.get_untracked() else { return ().into_any() };
    let plan = &chosen.plan;
    let found = desk.ledger.with_value(|ledger| {
        ledger.as_ref().map_or_else(Vec::new, |ledger| suggestions(ledger, &ledger.account(), round))
    });
    if found.is_empty() {
        return ().into_any();
    }
    view! {
        <section class="stack">
            <h2>{words::COMMENTS.of(language)}</h2>
            <p class="hint">{words::COMMENTS_HINT.of(language)}</p>
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
