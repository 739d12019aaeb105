//! How long a questionnaire takes: what is read, and what is answered.

use super::names::all_items;
use super::node::Node;
use super::wording::is_cjk_tag;
use super::{Code, Report, listed};
use std::collections::BTreeSet;

/// Characters of Chinese, Japanese or Korean that an adult reads out in a minute (the Chinese texts), words of English, and of
/// other languages words, or syllables where only these are told apart (means of the 17 languages): Trauzettel-Klosinski
/// and Dietz, "Standardized Assessment of Reading Performance: The New International Reading Speed Texts IReST",
/// Investigative Ophthalmology & Visual Science 53 (2012) 5452.
const CHARACTERS: f64 = 255.0;
const ENGLISH: f64 = 228.0;
const WORDS: f64 = 184.0;
const SYLLABLES: f64 = 370.0;

/// Seconds to think and to touch, without reading: our assumption, not measured; see docs/wording.md.
const ONE_CHOICE: f64 = 4.0;
const CELL: f64 = 2.5;
const SEVERAL_CHOICES: f64 = 8.0;
const NUMBER: f64 = 8.0;
const WORDS_OF_ONES_OWN: f64 = 30.0;
const TO_READ: f64 = 1.0;

/// Minutes after which many break off or answer carelessly: people asked on the web find 10 minutes the right length and 20
/// the longest bearable (medians; Revilla and Ochoa, "Ideal and Maximum Length for a Web Survey", International Journal
/// of Market Research 59 (2017) 557). The second is ours for interviews too, where someone keeps the talk going.
const ALONE: f64 = 10.0;
const INTERVIEW: f64 = 20.0;

/// What one questionnaire asks of a person who answers everything that can be asked.
pub struct Burden {
    /// Id of the questionnaire.
    pub questionnaire: String,
    pub minutes: f64,
    /// Names of the items that take longest, at most three, with their minutes.
    pub longest: Vec<(String, f64)>,
}

/// How long each questionnaire of a plan takes in the plan's first language. What only some are asked counts as asked, and
/// all rows of a matrix as answered: for most people it is less.
pub fn burdens(text: &str) -> Vec<Burden> {
    let Ok(value) = serde_json::from_str(text) else { return Vec::new() };
    let root = Node::root(&value);
    root.list("questionnaires").iter().map(|questionnaire| burden(&root, questionnaire)).collect()
}

pub(super) fn check(root: &Node, report: &mut Report) {
    for questionnaire in root.list("questionnaires") {
        let burden = burden(root, &questionnaire);
        let own = questionnaire.texts("modes");
        let modes = if own.is_empty() { root.texts("modes") } else { own };
        let alone = modes.iter().any(|(_, mode)| matches!(*mode, "web" | "hall"));
        let most = if alone { ALONE } else { INTERVIEW };
        if burden.minutes > most {
            let longest = listed(burden.longest.iter().map(|(name, _)| name.as_str()));
            let [minutes, most] = [burden.minutes, most].map(|minutes| minutes.round().to_string());
            report.add(Code::TooLong, &questionnaire.path, [&minutes, &most, &longest]);
        }
    }
}

fn burden(root: &Node, questionnaire: &Node) -> Burden {
    let language = root.texts("languages").first().map_or("", |(_, tag)| *tag);
    let mut items: Vec<(String, f64)> = Vec::new();
    for item in all_items(questionnaire) {
        items.push((item.text("name").unwrap_or_default().to_owned(), seconds(root, &item, language) / 60.0));
    }
    let minutes = items.iter().map(|(_, minutes)| minutes).sum();
    items.sort_by(|a, b| b.1.total_cmp(&a.1));
    items.truncate(3);
    Burden { questionnaire: questionnaire.text("id").unwrap_or_default().to_owned(), minutes, longest: items }
}

fn seconds(root: &Node, item: &Node, language: &str) -> f64 {
    let read = |node: &Node, member: &str| node.member(member).map_or(0.0, |text| reading(&text, language));
    let own = read(item, "label") + read(item, "hint");
    match item.text("type").unwrap_or_default() {
        "calculate" | "hidden" => 0.0,
        "group" => own,
        "note" | "acknowledge" => own + TO_READ,
        "grade_matrix" => {
            let rows: Vec<Node> = chosen(root.list("units"), item, "units");
            let columns = match item.texts("indicators").len() {
                0 => super::names::all_indicators(root).iter().filter(|i| i.list("indicators").is_empty()).count(),
                some => some,
            };
            let names: f64 = rows.iter().map(|unit| read(unit, "label")).sum();
            own + names + CELL * (rows.len() * columns) as f64
        }
        "grade" | "select_one" => own + ONE_CHOICE,
        "select_multiple" | "rank" => {
            let lists = root.list("choice_lists");
            let list = lists.iter().find(|list| list.text("id").is_some() && list.text("id") == item.text("choices"));
            // Of a long list nobody reads every line: it is searched.
            let choices: f64 =
                list.map_or(0.0, |list| list.list("choices").iter().take(12).map(|c| read(c, "label")).sum());
            own + choices + SEVERAL_CHOICES
        }
        "text" | "image" | "audio" => own + WORDS_OF_ONES_OWN,
        _ => own + NUMBER,
    }
}

/// Those of `all` whose ids the item lists; all when it lists none.
fn chosen<'a>(all: Vec<Node<'a>>, item: &Node, member: &str) -> Vec<Node<'a>> {
    let ids: BTreeSet<&str> = item.texts(member).into_iter().map(|(_, id)| id).collect();
    all.into_iter().filter(|node| ids.is_empty() || node.text("id").is_some_and(|id| ids.contains(id))).collect()
}

/// Seconds to read a text out.
fn reading(text: &Node, language: &str) -> f64 {
    let words = text.text(language).unwrap_or_default();
    match is_cjk_tag(language) {
        true => words.chars().filter(|c| c.is_alphanumeric()).count() as f64 * 60.0 / CHARACTERS,
        // Tibetan has a mark after each syllable, and few blanks.
        false if words.contains('་') => {
            let syllables = words.split(|c: char| c == '་' || c.is_whitespace()).filter(|part| !part.is_empty());
            syllables.count() as f64 * 60.0 / SYLLABLES
        }
        false => {
            let speed = if language.split('-').next() == Some("en") { ENGLISH } else { WORDS };
            words.split_whitespace().count() as f64 * 60.0 / speed
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    /// Minutes that a note takes whose text is so often there.
    fn minutes(language: &str, words: &str, times: usize) -> f64 {
        let label: Value = json!({ language: words.repeat(times) });
        let note = json!({ "type": "note", "name": "note", "label": label });
        let plan = json!({ "languages": [language], "questionnaires": [{ "id": "q", "items": [note] }] });
        burdens(&plan.to_string())[0].minutes
    }

    #[test]
    fn a_minute_of_each_language_is_a_minute() {
        let more = TO_READ / 60.0;
        for (language, words, times) in
            [("en", "word ", 228), ("zh", "字", 255), ("de", "Wort ", 184), ("ug", "سۆز ", 184), ("bo", "ཡིག་", 370)]
        {
            let found = minutes(language, words, times);
            assert!((found - 1.0 - more).abs() < 0.01, "{language}: {found}");
        }
    }
}
