use crate::expression::sha_256;
use crate::ledger::{Account, Ledger};
use crate::plan::{Digest, Item, ItemType, Plan, Text};
use crate::session::Answer;
use base64ct::{Base64UrlUnpadded, Encoding};

/// One text that somebody wrote.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    /// Digest of the record's id, the key of the answer and the text: the same wherever the record is opened, and of no use to
    /// who has not the record.
    pub id: Digest,
    pub round: String,
    pub questionnaire: String,
    /// Key of the answer.
    pub item: String,
    /// The item's label; with the section's before it, where other items have the same label.
    pub label: Text,
    /// The item's place among those of the plan that take words.
    pub order: usize,
    pub rater_group: Option<String>,
    pub text: String,
}

/// What people wrote in a round, in the order of the plan's items and then of the records' random ids. None: in every round.
pub fn gather(ledger: &Ledger, account: &Account<'_>, round: Option<&str>) -> Vec<Said> {
    let plan: &Plan = ledger.codebook().plan();
    let mut asked: Vec<Asked> = Vec::new();
    for questionnaire in &plan.questionnaires {
        collect(&questionnaire.items, &questionnaire.id, &questionnaire.title, &mut asked);
    }
    let alike = |item: &Asked| asked.iter().filter(|other| other.label == item.label).count() > 1;
    let label = |item: &Asked| if alike(item) { within(item.section, &item.label) } else { item.label.clone() };
    let labels: Vec<Text> = asked.iter().map(label).collect();
    let mut found = Vec::new();
    for (id, row) in &account.counted {
        let record = ledger.codebook().unpack(id, row);
        if round.is_some_and(|round| record.round != round) {
            continue;
        }
        for (key, answer) in &record.answers {
            let Answer::Text(text) = answer else { continue };
            let name = crate::session::key::name(key);
            let at = asked.iter().position(|item| item.questionnaire == record.questionnaire && item.name == name);
            let Some(at) = at.filter(|_| !text.trim().is_empty()) else { continue };
            found.push(Said {
                id: named(&record.id, key, text),
                round: record.round.clone(),
                questionnaire: record.questionnaire.clone(),
                item: key.clone(),
                label: labels[at].clone(),
                order: at,
                rater_group: record.rater_group.clone(),
                text: text.clone(),
            });
        }
    }
    found.sort_by_key(|said| said.order);
    found
}

fn named(record: &str, key: &str, text: &str) -> Digest {
    let whole = ["minping-suggestion", record, key, text].join("\n");
    Digest(Base64UrlUnpadded::encode_string(&sha_256(whole.as_bytes())))
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
pub(crate) fn within(section: &Text, label: &Text) -> Text {
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

/// Ids of the first unit and of the first indicator whose names stand in a text: what a clerk may want to assign it to.
pub fn mentioned(plan: &Plan, text: &str) -> (Option<String>, Option<String>) {
    let named = |label: &Text| label.iter().any(|(_, name)| name.chars().count() > 1 && text.contains(name.as_str()));
    let unit = plan.units.iter().find(|unit| named(&unit.label)).map(|unit| unit.id.clone());
    let mut waiting: Vec<&crate::plan::Indicator> = plan.indicators.iter().rev().collect();
    while let Some(indicator) = waiting.pop() {
        if named(&indicator.label) {
            return (unit, Some(indicator.id.clone()));
        }
        waiting.extend(indicator.indicators.iter().rev());
    }
    (unit, None)
}
