//! What people wrote, word for word.

use super::desk::Desk;
use super::parts::said;
use crate::language::Language;
use crate::plan::ItemType;
use crate::session::Answer;
use crate::ui::words::office as words;
use leptos::prelude::*;

/// More comments than this are for the file, not for the screen.
const MOST_COMMENTS: usize = 200;

/// What people wrote, item by item, in the order of the records' random ids.
pub fn comments(desk: Desk, round: &str, language: Language) -> AnyView {
    let Some(chosen) = desk.chosen.get_untracked() else { return ().into_any() };
    let plan = &chosen.plan;
    let mut found: Vec<(String, Vec<String>)> = Vec::new();
    desk.ledger.with_value(|ledger| {
        let Some(ledger) = ledger else { return };
        for (id, row) in &ledger.account().counted {
            let record = ledger.codebook().unpack(id, row);
            if record.round != round {
                continue;
            }
            let Some(questionnaire) = plan.questionnaire(&record.questionnaire) else { continue };
            for (name, answer) in &record.answers {
                let Answer::Text(text) = answer else { continue };
                let name = crate::session::key::name(name);
                let Some(label) = text_item(&questionnaire.items, name) else { continue };
                let label = said(label, language, plan);
                match found.iter_mut().find(|(known, _)| *known == label) {
                    Some((_, texts)) => texts.push(text.clone()),
                    None => found.push((label, vec![text.clone()])),
                }
            }
        }
    });
    if found.is_empty() {
        return ().into_any();
    }
    view! {
        <section class="stack">
            <h2>{words::COMMENTS.of(language)}</h2>
            <p class="hint">{words::COMMENTS_HINT.of(language)}</p>
            {found.into_iter().map(|(label, texts)| {
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

/// The label of a text item, in whatever group it stands.
fn text_item<'a>(items: &'a [crate::plan::Item], name: &str) -> Option<&'a crate::plan::Text> {
    items.iter().find_map(|item| match item.kind {
        ItemType::Text if item.name == name => Some(&item.label),
        ItemType::Group | ItemType::Repeat => text_item(&item.items, name),
        _ if item.other_name().is_some_and(|words| words == name) => item.other.as_ref(),
        _ => None,
    })
}
