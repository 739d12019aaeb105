use super::{Document, pair};
use crate::language::Words;
use crate::plan::{Item, ItemType};
use crate::report::{Table, decisions_table};
use maud::{Markup, html};

impl Document<'_> {
    /// What became of every record, and what somebody had to look at.
    pub(super) fn account(&self) -> Markup {
        let balance = &self.balance;
        let parts: [(Words, u64); 9] = [
            (pair("批次中的答卷", "records in batches"), balance.in_batches),
            (pair("计入", "counted"), balance.counted),
            (pair("重复", "repeated"), balance.duplicates),
            (pair("同号而内容不同", "one id, several contents"), balance.conflicting),
            (pair("打不开", "cannot be opened"), balance.unopened),
            (pair("不合方案", "do not fit the plan"), balance.unfit),
            (pair("在存疑的批次中", "in batches that are kept apart"), balance.quarantined),
            (pair("经决定不计入", "left out by decision"), balance.left_out),
            (pair("尚未打开", "not opened yet"), balance.waiting),
        ];
        html! {
            p { (self.say(pair(
                "每份答卷经加密、签名后交来，逐份核验；没有一份被悄悄改动或丢弃。以下是所有轮次的全部答卷的去向。",
                "Each record came sealed and signed and was verified; none was changed or dropped silently. This is what became of all records of all rounds.",
            ))) }
            table { tbody { @for (words, count) in parts.iter().filter(|(_, count)| *count > 0) { tr {
                th scope="row" { (words.of(self.language)) }
                td.number { (count) }
            } } } }
            (self.decided())
            @if !self.findings.is_empty() {
                h3 { (self.say(pair("需要有人查看的", "What somebody has to look at"))) }
                ul { @for finding in &self.findings { li { (match self.language {
                    crate::language::Language::Zh => &finding.zh,
                    crate::language::Language::En => &finding.en,
                }) } } }
            }
        }
    }

    /// What people decided about single batches and records: with names and ids only for the office.
    fn decided(&self) -> Markup {
        if self.decisions.is_empty() {
            return html! {};
        }
        let Table { columns, rows } = decisions_table(self.decisions.iter().copied(), Some(self.language));
        let of_public = ["on", "verdict", "reason"];
        let shown: Vec<usize> =
            (0..columns.len()).filter(|at| !self.published || of_public.contains(&columns[*at].key.as_ref())).collect();
        html! {
            h3 { (self.say(pair("人工决定", "Decisions of the office"))) }
            p.note { (self.say(pair(
                "对单个批次或答卷是否计入的决定，逐条签名留存；同一对象以较晚的为准。",
                "Whether single batches or records count, as people decided: each decision is signed and kept, and the latest about the same holds.",
            ))) }
            table {
                thead { tr { @for at in &shown { th scope="col" { (columns[*at].heading(self.language)) } } } }
                tbody { @for row in &rows { tr { @for at in &shown { td { (row[*at].shown()) } } } } }
            }
        }
    }

    /// The questions as they were asked, in the order of the plan.
    pub(super) fn appendix(&self) -> Markup {
        html! {
            @for questionnaire in &self.plan.questionnaires {
                h3 { (self.text(&questionnaire.title)) }
                (self.items(&questionnaire.items))
            }
        }
    }

    fn items(&self, items: &[Item]) -> Markup {
        let shown: Vec<&Item> = items.iter().filter(|item| item.kind.is_shown()).collect();
        html! {
            ol { @for item in shown { li {
                (self.text(&item.label))
                @if let Some(hint) = &item.hint { br; span.note { (self.text(hint)) } }
                @if let Some(options) = self.options(item) { br; span.note { (options) } }
                @if item.kind.is_group() { (self.items(&item.items)) }
            } } }
        }
    }

    /// Between what people could choose.
    fn options(&self, item: &Item) -> Option<String> {
        let labels: Vec<String> = match item.kind {
            ItemType::Grade | ItemType::GradeMatrix => {
                let scale = self.plan.scale(item.scale.as_deref()?)?;
                let grades = scale.grades.iter().map(|grade| &grade.label);
                grades.chain(scale.missing.iter().map(|missing| &missing.label)).map(|label| self.text(label)).collect()
            }
            ItemType::SelectOne | ItemType::SelectMultiple | ItemType::Rank => {
                let list = self.plan.choice_list(item.choices.as_deref()?)?;
                // A list of thousands is in the plan.
                let most = list.choices.iter().take(60).map(|choice| self.text(&choice.label));
                let more = (list.choices.len() > 60).then(|| "…".to_owned());
                most.chain(more).collect()
            }
            _ => return None,
        };
        Some(labels.join(" / "))
    }
}
