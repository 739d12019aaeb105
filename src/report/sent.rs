use super::{Cell, Column, Table};
use crate::batch::{SentBatch, SentState};
use crate::language::{Language, Words};
use crate::ledger::{Comparison, Found};

/// A device's list beside the ledger: one row for each batch on the list, then those that are in the ledger only. `device`: what the
/// office calls it.
pub fn sent_table(compared: &Comparison, device: &str, language: Language, table: &mut Table) {
    for line in &compared.lines {
        let listed = &line.listed;
        let row = Row {
            number: listed.seq,
            round: &listed.round,
            records: listed.records,
            voided: listed.voided,
            digest: listed.digest.as_str(),
        };
        let said = state_words(listed).of(language);
        row.push(table, device, said, line.found.name(), found_words(line.found, listed.state).of(language));
    }
    for extra in &compared.extra {
        let row = Row {
            number: extra.seq,
            round: &extra.round,
            records: extra.records,
            voided: extra.voided,
            digest: extra.digest.as_str(),
        };
        row.push(table, device, "", "extra", EXTRA.of(language));
    }
}

struct Row<'a> {
    number: u64,
    round: &'a str,
    records: u64,
    voided: u64,
    digest: &'a str,
}

impl Row<'_> {
    fn push(&self, table: &mut Table, device: &str, said: &str, found: &str, what: &str) {
        let number = |number: u64| Cell::Number(number.to_string());
        table.push(vec![
            Cell::text(device),
            Cell::text(self.round),
            number(self.number),
            number(self.records),
            number(self.voided),
            Cell::text(said),
            Cell::text(found),
            Cell::text(what),
            Cell::text(self.digest),
        ]);
    }
}

/// The table for [`sent_table`], still empty.
pub fn empty_sent_table() -> Table {
    Table::new(&[
        Column::new("device", "设备", "device"),
        Column::new("round", "轮次", "round"),
        Column::new("batch", "批", "batch"),
        Column::new("records", "答卷", "records"),
        Column::new("voided", "作废", "discarded"),
        Column::new("device_says", "设备说", "device says"),
        Column::new("found", "结果", "found"),
        Column::new("what", "说明", "what it means"),
        Column::new("digest", "批次摘要", "digest"),
    ])
}

/// What the device says of a batch.
pub fn state_words(listed: &SentBatch) -> Words {
    match listed.state {
        SentState::Waiting => Words::pair("还在等着发送", "waits to be sent"),
        SentState::Exported => Words::pair("文件已交出", "file handed on"),
        SentState::Received => Words::pair("有回执", "has a receipt"),
        SentState::Refused => Words::pair("被拒收", "was refused"),
    }
}

/// What was found, and what to do.
pub fn found_words(found: Found, state: SentState) -> Words {
    match (found, state) {
        (Found::Equal, _) => Words::pair("一致", "the same"),
        (Found::Apart, _) => Words::pair("在这里，但被隔离：见批次页", "here, and kept apart: see the batches"),
        (Found::Different, _) => Words::pair(
            "批次在这里，清单写的却不一样：清单被改过或出了错",
            "the batch is here, and the list says something else: the list was changed",
        ),
        (Found::OtherVersion, _) => Words::pair(
            "属于方案的另一版：请用那一版核对",
            "of another version of the plan: compare it with that version",
        ),
        (Found::Missing, SentState::Received) => {
            Words::pair("缺：接收端有，请从接收端取回", "missing: the receiver has it, fetch it from there")
        }
        (Found::Missing, SentState::Exported) => Words::pair(
            "缺：文件交出过，请找到它，或让设备再存一次",
            "missing: its file was handed on; find it, or have the device save it again",
        ),
        (Found::Missing, SentState::Waiting) => {
            Words::pair("缺：还在设备上，请让它发送", "missing: still on the device, have it sent")
        }
        (Found::Missing, SentState::Refused) => {
            Words::pair("缺：接收端拒收，请让设备存成文件", "missing: the receiver refused it, have it saved as a file")
        }
    }
}

/// A batch that the list does not name.
pub const EXTRA: Words = Words::pair(
    "多出：清单上没有。清单是早先存的，或设备清空过、被复制过",
    "more: not on the list, which is older, or the device was cleared or copied",
);
