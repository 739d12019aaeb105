//! What people know: the table of the knowledge questions of a round, where there are any.

use super::table::shown_table;
use crate::language::Language;
use crate::ledger::Ledger;
use crate::plan::Plan;
use crate::report::knowledge_table;
use crate::tally::{Knowledge, knowledge};
use crate::ui::words::office as words;
use leptos::prelude::*;

/// What the counted records of a round say. None where the plan asks for no knowledge, and where nobody was asked.
pub fn counted_knowledge(ledger: &Ledger, round: &str) -> Option<Knowledge> {
    let account = ledger.account();
    let known = knowledge(ledger.codebook(), account.counted.iter().map(|(id, row)| (*id, *row)), round)?;
    let asked = |count: Option<u64>| count != Some(0);
    let anybody = known.questions.iter().any(|one| asked(one.n) || asked(one.refused) || asked(one.blank));
    anybody.then_some(known)
}

/// The file that `minping tally --by question --format csv` writes.
pub fn knowledge_file(plan: &Plan, known: Knowledge, published: bool, language: Language) -> String {
    knowledge_table(plan, &[known], 2, !published, false, language).to_csv()
}

/// Heading, table and how it is made. On a narrow screen each question is a card.
pub fn knowledge_section(plan: &Plan, known: Knowledge, language: Language) -> AnyView {
    let table = knowledge_table(plan, &[known], 2, false, true, language);
    let title = words::KNOWLEDGE.of(language);
    view! {
        <h2>{title}</h2>
        <p class="hint">{words::KNOWLEDGE_HINT.of(language)}</p>
        {shown_table(table, title, Some("item_label"), "knowledge-table", language)}
    }
    .into_any()
}
