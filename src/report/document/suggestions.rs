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
    let all = by_item(said.into_iter().map(|said| (said.order, said.label, said.text)));
    all.into_iter().map(|(label, texts)| Suggestions { label, texts }).collect()
}

/// One text and what the office answered.
pub(super) type Answered = (String, Option<String>);

/// What a report says of one item.
pub(super) struct Opinions {
    label: Text,
    texts: Vec<Answered>,
}

/// What people wrote in a round, as [`suggestions`] gives it.
pub(super) fn opinions(ledger: &Ledger, account: &Account<'_>, round: &str) -> Vec<Opinions> {
    let unanswered = |text: String| (text, None);
    let all = suggestions(ledger, account, round).into_iter();
    all.map(|list| Opinions { label: list.label, texts: list.texts.into_iter().map(unanswered).collect() }).collect()
}

/// Of those what may be published, masked, with the answers of the office.
pub(super) fn released(ledger: &Ledger, account: &Account<'_>, round: &str, notes: &Notes) -> Vec<Opinions> {
    let (said, standings) = (gather(ledger, account, Some(round)), notes.standings());
    let released = published(&said, &standings).into_iter();
    let all = released.map(|(said, standing, text)| (said.order, said.label.clone(), (text, standing.answer.clone())));
    by_item(all).into_iter().map(|(label, texts)| Opinions { label, texts }).collect()
}

/// In the order of the items.
fn by_item<T>(all: impl Iterator<Item = (usize, Text, T)>) -> Vec<(Text, Vec<T>)> {
    let mut lists: Vec<(usize, (Text, Vec<T>))> = Vec::new();
    for (order, label, text) in all {
        match lists.last_mut().filter(|(last, _)| *last == order) {
            Some((_, (_, texts))) => texts.push(text),
            None => lists.push((order, (label, vec![text]))),
        }
    }
    lists.into_iter().map(|(_, list)| list).collect()
}

/// Each text once for each answer to it, with how often it was written, the most frequent first.
fn counted(texts: &[Answered]) -> Vec<(&str, Option<&str>, usize)> {
    let mut all: BTreeMap<(&str, Option<&str>), (usize, usize)> = BTreeMap::new();
    for (at, (text, answer)) in texts.iter().enumerate() {
        all.entry((text.trim(), answer.as_deref())).or_insert((0, at)).0 += 1;
    }
    let mut all: Vec<_> = all.into_iter().collect();
    all.sort_by_key(|(_, (times, first))| (std::cmp::Reverse(*times), *first));
    all.into_iter().map(|((text, answer), (times, _))| (text, answer, times)).collect()
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
                ol { @for (text, answer, times) in counted(&list.texts) {
                    li {
                        span.words { (text) } @if times > 1 { " " strong { "×" (times) } }
                        @if let Some(answer) = answer {
                            p.answer { strong { (self.say(pair("答复：", "Answer: "))) } span.words { (answer) } }
                        }
                    }
                } }
            }
        }
    }
}
