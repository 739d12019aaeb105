use super::{Document, pair};
use crate::ledger::{Account, Ledger};
use crate::plan::{Item, ItemType, Plan, Text};
use crate::session::Answer;
use maud::{Markup, html};
use std::collections::BTreeMap;

/// What people wrote in answer to one item, in the order of the records' random ids.
pub struct Suggestions {
    /// The item's label.
    pub label: Text,
    pub texts: Vec<String>,
}

/// What people wrote in a round, item by item, word for word.
pub fn suggestions(ledger: &Ledger, account: &Account<'_>, round: &str) -> Vec<Suggestions> {
    let plan: &Plan = ledger.codebook().plan();
    let mut found: Vec<Suggestions> = Vec::new();
    for (id, row) in &account.counted {
        let record = ledger.codebook().unpack(id, row);
        if record.round != round {
            continue;
        }
        let Some(questionnaire) = plan.questionnaire(&record.questionnaire) else { continue };
        for (name, answer) in &record.answers {
            let Answer::Text(text) = answer else { continue };
            let name = crate::session::key::name(name);
            let Some(label) = text_item(&questionnaire.items, name) else { continue };
            match found.iter_mut().find(|known| known.label == *label) {
                Some(known) => known.texts.push(text.clone()),
                None => found.push(Suggestions { label: label.clone(), texts: vec![text.clone()] }),
            }
        }
    }
    found
}

/// The label of a text item, in whatever group it stands.
fn text_item<'a>(items: &'a [Item], name: &str) -> Option<&'a Text> {
    items.iter().find_map(|item| match item.kind {
        // The answer to a question of knowledge is no suggestion.
        ItemType::Text if item.name == name && item.right.is_empty() => Some(&item.label),
        ItemType::Group | ItemType::Repeat => text_item(&item.items, name),
        _ if item.other_name().is_some_and(|words| words == name) => item.other.as_ref(),
        _ => None,
    })
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
