use super::{Cell, Column, Table};
use crate::batch::{Decision, Subject, Verdict};
use crate::language::{Language, Words};

const COLUMNS: &[Column] = &[
    Column::new("on", "时间", "time"),
    Column::new("verdict", "决定", "decision"),
    Column::new("batch", "批次", "batch"),
    Column::new("record", "答卷", "record"),
    Column::new("reason", "理由", "reason"),
    Column::new("by", "决定人", "decided by"),
];

/// What the office decided, in the order given: one row for each. For people in `language`, with short digests; None: for
/// programs, with the names that files use.
pub fn decisions_table<'a>(decisions: impl Iterator<Item = &'a Decision>, language: Option<Language>) -> Table {
    let mut table = Table::new(COLUMNS);
    let digest = |digest: &crate::plan::Digest| match language {
        Some(_) => Cell::text(digest.short()),
        None => Cell::text(digest.as_str()),
    };
    for decision in decisions {
        let (batch, record) = match &decision.about {
            Subject::Batch(batch) => (digest(batch), Cell::None),
            Subject::Record { id, batch } => (batch.as_ref().map_or(Cell::None, digest), Cell::text(id)),
        };
        let verdict = match language {
            Some(language) => verdict_words(decision.verdict).of(language),
            None => decision.verdict.name(),
        };
        table.push(vec![
            Cell::text(&decision.on),
            Cell::text(verdict),
            batch,
            record,
            Cell::text(&decision.reason),
            Cell::text(&decision.by),
        ]);
    }
    table
}

/// What a verdict is called.
pub fn verdict_words(verdict: Verdict) -> Words {
    match verdict {
        Verdict::Admit => Words::pair("批次计入", "the batch counts"),
        Verdict::KeepApart => Words::pair("批次不计入", "the batch does not count"),
        Verdict::LeaveOut => Words::pair("答卷不计入", "the record does not count"),
        Verdict::Count => Words::pair("答卷恢复计入", "the record counts again"),
    }
}
