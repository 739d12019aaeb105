use super::{Document, pair};
use crate::ledger::{Account, Ledger};
use crate::plan::{Item, ItemType, Plan, Text};
use crate::session::Answer;
use maud::{Markup, html};
use std::collections::BTreeMap;

/// What people wrote in answer to one item, in the order of the records' random ids.
pub struct Suggestions {
    /// The item's label; with the section's before it, where other items have the same label.
    pub label: Text,
    pub texts: Vec<String>,
}

/// What people wrote in a round, item by item in the order of the plan, word for word.
pub fn suggestions(ledger: &Ledger, account: &Account<'_>, round: &str) -> Vec<Suggestions> {
    let plan: &Plan = ledger.codebook().plan();
    let mut asked: Vec<Asked> = Vec::new();
    for questionnaire in &plan.questionnaires {
        collect(&questionnaire.items, &questionnaire.id, &questionnaire.title, &mut asked);
    }
    let mut texts: Vec<Vec<String>> = vec![Vec::new(); asked.len()];
    for (id, row) in &account.counted {
        let record = ledger.codebook().unpack(id, row);
        if record.round != round {
            continue;
        }
        for (name, answer) in &record.answers {
            let Answer::Text(text) = answer else { continue };
            let name = crate::session::key::name(name);
            let at = asked.iter().position(|item| item.questionnaire == record.questionnaire && item.name == name);
            if let Some(at) = at {
                texts[at].push(text.clone());
            }
        }
    }
    let alike = |item: &Asked| asked.iter().filter(|other| other.label == item.label).count() > 1;
    let label = |item: &Asked| if alike(item) { within(item.section, &item.label) } else { item.label.clone() };
    let labels: Vec<Text> = asked.iter().map(label).collect();
    let found = labels.into_iter().zip(texts).filter(|(_, texts)| !texts.is_empty());
    found.map(|(label, texts)| Suggestions { label, texts }).collect()
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
    all.map(|(item, texts)| Suggestions { label: within(item.section, &item.label), texts }).collect()
}

fn every<'a>(items: &'a [Item], questionnaire: &'a str, section: &'a Text, out: &mut Vec<Asked<'a>>) {
    for item in items {
        out.push(Asked { questionnaire, name: item.name.clone(), label: item.label.clone(), section });
        let section = if item.kind.is_group() { &item.label } else { section };
        every(&item.items, questionnaire, section, out);
    }
}

/// An item that takes words.
struct Asked<'a> {
    questionnaire: &'a str,
    name: String,
    label: Text,
    /// The heading that it stands under.
    section: &'a Text,
}

fn collect<'a>(items: &'a [Item], questionnaire: &'a str, section: &'a Text, out: &mut Vec<Asked<'a>>) {
    for item in items {
        match item.kind {
            // The answer to a question of knowledge is no suggestion.
            ItemType::Text if item.right.is_empty() => {
                out.push(Asked { questionnaire, name: item.name.clone(), label: item.label.clone(), section });
            }
            ItemType::Group | ItemType::Repeat => collect(&item.items, questionnaire, &item.label, out),
            _ => {}
        }
        if let (Some(name), Some(other)) = (item.other_name(), item.other.as_ref()) {
            out.push(Asked { questionnaire, name, label: joined(&item.label, other, [" ", " "]), section });
        }
    }
}

/// A label with the heading that it stands under.
pub(super) fn within(section: &Text, label: &Text) -> Text {
    joined(section, label, ["：", ": "])
}

/// Two texts in every language that the second has; `between` in Chinese and in other languages.
fn joined(first: &Text, second: &Text, between: [&str; 2]) -> Text {
    let both = second.iter().map(|(language, second)| {
        let between = between[usize::from(!language.starts_with("zh"))];
        let text = match first.get(language) {
            Some(first) => [first, between, second].concat(),
            None => second.clone(),
        };
        (language.clone(), text)
    });
    both.collect()
}

/// Each text once with how often it was written, the most frequent first.
fn counted(texts: &[String]) -> Vec<(&str, usize)> {
    let mut all: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for (at, text) in texts.iter().enumerate() {
        all.entry(text.trim()).or_insert((0, at)).0 += 1;
    }
    let mut all: Vec<(&str, (usize, usize))> = all.into_iter().collect();
    all.sort_by_key(|(_, (times, first))| (std::cmp::Reverse(*times), *first));
    all.into_iter().map(|(text, (times, _))| (text, times)).collect()
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

    pub(super) fn opinions(&self) -> Markup {
        html! {
            p.note { (self.say(pair("原文照录，可能含有个人信息。", "As written; people may be named in it."))) }
            @for list in &self.suggestions {
                h3 { (self.text(&list.label)) " (" (list.texts.len()) ")" }
                ol { @for (text, times) in counted(&list.texts) {
                    li { span.words { (text) } @if times > 1 { " " strong { "×" (times) } } }
                } }
            }
        }
    }
}
