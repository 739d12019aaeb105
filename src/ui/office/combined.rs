//! The combined score of a round: votes, experts' scores and figures, where the plan has parts.

use super::desk::Desk;
use super::table::shown_table;
use crate::language::Language;
use crate::plan::Plan;
use crate::report::{combined_note, combined_table};
use crate::scores::Scored;
use crate::tally::{Combined, combined};
use crate::ui::words::office as words;
use leptos::prelude::*;

/// Of the counted records, beside the results of the same round; as published, where they are. None: the plan has no parts.
pub fn counted_parts(desk: Desk, plan: &Plan, all: &Scored, shown: &Scored, published: bool) -> Option<Combined> {
    let made = desk.ledger.with_value(|ledger| {
        let ledger = ledger.as_ref()?;
        let account = ledger.account();
        combined(ledger.codebook(), account.counted.iter().map(|(id, row)| (*id, *row)), &all.results)
    })?;
    Some(match published {
        true => made.published(&plan.parts, &shown.results, plan.privacy.smallest_cell),
        false => made,
    })
}

/// The file that `minping tally --by part --format csv` writes.
pub fn parts_file(plan: &Plan, made: &Combined, shown: &Scored, language: Language) -> String {
    combined_table(plan, &[(made, shown)], 2, false, language).to_csv()
}

/// Heading, how it is made, and the table.
pub fn parts_section(plan: &Plan, made: &Combined, shown: &Scored, language: Language) -> AnyView {
    let table = combined_table(plan, &[(made, shown)], 2, true, language);
    let title = words::COMBINED.of(language);
    view! {
        <h2>{title}</h2>
        <p class="hint">{combined_note(plan, language)}</p>
        {shown_table(table, title, Some("unit"), "combined-table", language)}
    }
    .into_any()
}
