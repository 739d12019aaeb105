use super::{Document, pair};
use crate::ledger::{Account, Ledger};
use crate::plan::Text;
pub(super) use crate::suggestions::within;
use crate::suggestions::{Notes, gather, published};
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
    let said = gather(ledger, account, Some(round));
    by_item(said.into_iter().map(|said| (said.order, said.label, said.text)))
}

/// Of those what may be published, masked.
pub(super) fn released(ledger: &Ledger, account: &Account<'_>, round: &str, notes: &Notes) -> Vec<Suggestions> {
    let (said, standings) = (gather(ledger, account, Some(round)), notes.standings());
    let released = published(&said, &standings);
    by_item(released.into_iter().map(|(said, _, text)| (said.order, said.label.clone(), text)))
}

/// In the order of the items.
fn by_item(all: impl Iterator<Item = (usize, Text, String)>) -> Vec<Suggestions> {
    let mut lists: Vec<(usize, Suggestions)> = Vec::new();
    for (order, label, text) in all {
        match lists.last_mut().filter(|(last, _)| *last == order) {
            Some((_, list)) => list.texts.push(text),
            None => lists.push((order, Suggestions { label, texts: vec![text] })),
        }
    }
    lists.into_iter().map(|(_, list)| list).collect()
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
            p.note { (self.say(match self.published {
                false => pair("原文照录，可能含有个人信息。", "As written; people may be named in it."),
                true => pair(
                    "可能指明个人的文字已遮盖，由工作人员看过遮盖后的文字并准予公布；不代表全部意见。",
                    "What may point to a person is masked, and a clerk saw each text as it stands here and released it; they do not stand for all that was written.",
                ),
            })) }
            @for list in &self.suggestions {
                h3 { (self.text(&list.label)) " (" (list.texts.len()) ")" }
                ol { @for (text, times) in counted(&list.texts) {
                    li { span.words { (text) } @if times > 1 { " " strong { "×" (times) } } }
                } }
            }
        }
    }
}
