use crate::expression::sha_256;
use crate::ledger::{Account, Ledger, Row};
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

impl Said {
    /// Name of the item: the key without the number of a repeat.
    pub fn name(&self) -> &str {
        crate::session::key::name(&self.item)
    }
}

/// What people wrote in a round, in the order of the plan's items and then of the records' random ids. None: in every round.
pub fn gather(ledger: &Ledger, account: &Account<'_>, round: Option<&str>) -> Vec<Said> {
    Gatherer::new(ledger, account, round).finish()
}

/// Gathers in portions. Holds what it needs of the ledger.
pub struct Gatherer {
    asked: Vec<Asked>,
    /// Ids of the plan's rounds, questionnaires and groups, as rows number them.
    ids: [Vec<String>; 3],
    rows: std::vec::IntoIter<(String, Row)>,
    found: Vec<Said>,
}

impl Gatherer {
    pub fn new(ledger: &Ledger, account: &Account<'_>, round: Option<&str>) -> Gatherer {
        let plan: &Plan = ledger.codebook().plan();
        let mut asked: Vec<Asked> = Vec::new();
        for (at, questionnaire) in plan.questionnaires.iter().enumerate() {
            collect(&questionnaire.items, at, &questionnaire.title, &mut asked);
        }
        let alike = |item: &Asked| asked.iter().filter(|other| other.label == item.label).count() > 1;
        let label = |item: &Asked| if alike(item) { within(&item.section, &item.label) } else { item.label.clone() };
        let labels: Vec<Text> = asked.iter().map(label).collect();
        asked.iter_mut().zip(labels).for_each(|(item, label)| item.label = label);
        let ids = [
            plan.rounds.iter().map(|round| round.id.clone()).collect::<Vec<String>>(),
            plan.questionnaires.iter().map(|questionnaire| questionnaire.id.clone()).collect(),
            plan.rater_groups.iter().map(|group| group.id.clone()).collect(),
        ];
        let wanted = |row: &Row| round.is_none_or(|round| ids[0][usize::from(row.domain.round)] == round);
        let rows = account.counted.iter().filter(|(_, row)| row.has_others() && wanted(row));
        let rows: Vec<(String, Row)> = rows.map(|(id, row)| ((*id).to_owned(), (*row).clone())).collect();
        Gatherer { asked, ids, rows: rows.into_iter(), found: Vec::new() }
    }

    /// Records that are not looked at yet.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Looks at the next records; false: there are no more.
    pub fn go_on(&mut self, number: usize) -> bool {
        for _ in 0..number {
            let Some((id, row)) = self.rows.next() else { break };
            self.look(&id, &row);
        }
        !self.is_empty()
    }

    fn look(&mut self, id: &str, row: &Row) {
        let [rounds, questionnaires, groups] = &self.ids;
        let (round, questionnaire) = (usize::from(row.domain.round), usize::from(row.domain.questionnaire));
        for (key, answer) in &row.others().0 {
            let Answer::Text(text) = answer else { continue };
            let name = crate::session::key::name(key);
            let at = self.asked.iter().position(|item| item.questionnaire == questionnaire && item.name == name);
            let Some(at) = at.filter(|_| !text.trim().is_empty()) else { continue };
            self.found.push(Said {
                id: named(id, key, text),
                round: rounds[round].clone(),
                questionnaire: questionnaires[questionnaire].clone(),
                item: key.clone(),
                label: self.asked[at].label.clone(),
                order: at,
                rater_group: row.domain.rater_group.map(|at| groups[usize::from(at)].clone()),
                text: text.clone(),
            });
        }
    }

    /// All of them.
    pub fn finish(mut self) -> Vec<Said> {
        while self.go_on(usize::MAX) {}
        self.found.sort_by_key(|said| said.order);
        self.found
    }
}

fn named(record: &str, key: &str, text: &str) -> Digest {
    let whole = ["minping-suggestion", record, key, text].join("\n");
    Digest(Base64UrlUnpadded::encode_string(&sha_256(whole.as_bytes())))
}

/// An item that takes words.
struct Asked {
    /// Its place in the plan.
    questionnaire: usize,
    name: String,
    /// With the heading before it, once it is known which labels are alike.
    label: Text,
    /// The heading that it stands under.
    section: Text,
}

fn collect(items: &[Item], questionnaire: usize, section: &Text, out: &mut Vec<Asked>) {
    for item in items {
        let asked = |name: String, label: Text| Asked { questionnaire, name, label, section: section.clone() };
        match item.kind {
            // The answer to a question of knowledge is no suggestion.
            ItemType::Text if item.right.is_empty() => out.push(asked(item.name.clone(), item.label.clone())),
            ItemType::Group | ItemType::Repeat => collect(&item.items, questionnaire, &item.label, out),
            _ => {}
        }
        if let (Some(name), Some(other)) = (item.other_name(), item.other.as_ref()) {
            out.push(asked(name, joined(&item.label, other, [" ", " "])));
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
