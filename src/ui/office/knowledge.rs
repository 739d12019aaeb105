//! What people know: the table of the knowledge questions of a round, where there are any.

use crate::language::Language;
use crate::ledger::Ledger;
use crate::plan::Plan;
use crate::report::{Cell, Table, knowledge_table};
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
    let Table { columns, rows } = knowledge_table(plan, &[known], 2, false, true, language);
    let headings: Vec<(String, bool)> = columns
        .iter()
        .enumerate()
        .map(|(at, column)| {
            let numeric = rows.iter().any(|row| matches!(row[at], Cell::Number(_)));
            (column.heading(language), numeric)
        })
        .collect();
    let named = columns.iter().position(|column| column.key == "item_label");
    let title = words::KNOWLEDGE.of(language);
    let row = |row: Vec<Cell>| {
        let cells = row.into_iter().zip(&headings).enumerate().map(|(at, (cell, (heading, numeric)))| {
            let shown = match cell {
                Cell::None => "—".to_owned(),
                cell => cell.shown(),
            };
            match named == Some(at) {
                true => view! { <th scope="row" role="rowheader" class="name">{shown}</th> }.into_any(),
                false => {
                    let class = if *numeric { "number" } else { "" };
                    view! { <td role="cell" class=class data-heading=heading.clone()>{shown}</td> }.into_any()
                }
            }
        });
        view! { <tr role="row">{cells.collect_view()}</tr> }
    };
    let head = headings.iter().map(|(heading, numeric)| {
        let class = if *numeric { "number" } else { "" };
        view! { <th scope="col" role="columnheader" class=class>{heading.clone()}</th> }
    });
    view! {
        <h2>{title}</h2>
        <p class="hint">{words::KNOWLEDGE_HINT.of(language)}</p>
        <div class="table-frame" tabindex="0" role="region" aria-label=title>
            <table class="table cards knowledge-table" role="table" aria-label=title>
                <thead role="rowgroup"><tr role="row">{head.collect_view()}</tr></thead>
                <tbody role="rowgroup">{rows.into_iter().map(row).collect_view()}</tbody>
            </table>
        </div>
    }
    .into_any()
}
