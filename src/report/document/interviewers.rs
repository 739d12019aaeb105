use super::suggestions::{Suggestions, within};
use super::{Document, pair};
use crate::ledger::{Account, Ledger};
use crate::plan::{Item, Text};
use maud::{Markup, html};

/// An item that interviewers may write about.
struct Asked<'a> {
    questionnaire: &'a str,
    name: &'a str,
    label: &'a Text,
    /// The heading that it stands under.
    section: &'a Text,
}

/// What interviewers wrote about items in a round, in the order of the plan and of the records' random ids. For the office alone.
pub fn notes(ledger: &Ledger, account: &Account<'_>, round: &str) -> Vec<Suggestions> {
    let codebook = ledger.codebook();
    let plan = codebook.plan();
    let mut asked: Vec<Asked> = Vec::new();
    for questionnaire in &plan.questionnaires {
        every(&questionnaire.items, &questionnaire.id, &questionnaire.title, &mut asked);
    }
    let mut texts: Vec<Vec<String>> = vec![Vec::new(); asked.len()];
    for (_, row) in &account.counted {
        if plan.rounds[row.domain.round as usize].id != round {
            continue;
        }
        let questionnaire = &plan.questionnaires[row.domain.questionnaire as usize].id;
        for (key, note) in &row.notes() {
            let name = crate::session::key::name(key);
            let at = asked.iter().position(|item| item.questionnaire == questionnaire && item.name == name);
            if let Some(at) = at {
                texts[at].push(note.clone());
            }
        }
    }
    let all = asked.iter().zip(texts).filter(|(_, texts)| !texts.is_empty());
    all.map(|(item, texts)| Suggestions { label: within(item.section, item.label), texts }).collect()
}

fn every<'a>(items: &'a [Item], questionnaire: &'a str, section: &'a Text, out: &mut Vec<Asked<'a>>) {
    for item in items {
        out.push(Asked { questionnaire, name: &item.name, label: &item.label, section });
        let section = if item.kind.is_group() { &item.label } else { section };
        every(&item.items, questionnaire, section, out);
    }
}

impl Document<'_> {
    pub(super) fn interviewers(&self) -> Markup {
        html! {
            p.note { (self.say(pair(
                "调查员写给办公室的备注，原文照录，可能含有个人信息；公开版报告里没有。",
                "What interviewers wrote for the office, as written; people may be named in it. A report for publication does not hold it.",
            ))) }
            @for list in &self.notes {
                h3 { (self.text(&list.label)) " (" (list.texts.len()) ")" }
                ol { @for text in &list.texts { li { span.words { (text) } } } }
            }
        }
    }
}
