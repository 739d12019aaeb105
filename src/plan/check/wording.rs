//! Wording that pushes, asks two things at once, or leaves something out: warnings by a list of rules that people can
//! read (`minping plan rules`, docs/wording.md). A rule knows phrases, not meaning: what it names is for a person to judge,
//! and what it does not name may lead all the same.

mod phrase;
mod rules;

pub use rules::{LookFor, Rule, rules};

use super::names::{all_indicators, all_items};
use super::node::Node;
use super::{Code, Report};
use phrase::Sentences;

/// Characters of a text that are looked at; a question is shorter.
const LOOKED_AT: usize = 2_000;
/// A question longer than this is hard to keep in mind while it is read out: characters of Chinese, Japanese or Korean.
const LONG_IN_CHARACTERS: usize = 80;
/// Likewise, words of other languages.
const LONG_IN_WORDS: usize = 40;

/// The questions of every questionnaire, and what the columns of matrices are called.
pub(super) fn check(root: &Node, report: &mut Report) {
    for questionnaire in root.list("questionnaires") {
        for item in all_items(&questionnaire) {
            // The heading of a section asks nothing, and a note may explain at length.
            let (asks, tells) = match item.text("type").unwrap_or_default() {
                "group" | "repeat" | "calculate" | "hidden" => (false, false),
                "note" => (false, true),
                _ => (true, true),
            };
            if let Some(label) = item.member("label").filter(|_| tells) {
                judge(&label, asks, report);
            }
            // A hint lists what belongs to the matter.
            if let Some(hint) = item.member("hint").filter(|_| tells) {
                judge(&hint, false, report);
            }
        }
    }
    for indicator in all_indicators(root) {
        indicator.member("label").iter().for_each(|text| judge(text, true, report));
    }
    check_scales(root, report);
}

/// One text in all its languages; `asks`: it is what is answered, and so has to be one thing and short.
fn judge(text: &Node, asks: bool, report: &mut Report) {
    for (tag, node) in text.members() {
        let Some(words) = node.value.as_str() else { continue };
        let sentences = Sentences::of(words, LOOKED_AT);
        for rule in rules().filter(|rule| tag.starts_with(rule.language)) {
            if rule.code == Code::DoubleBarrelled && !asks {
                continue;
            }
            let Some(found) = rule.find(&sentences) else { continue };
            let arguments = [&words[found.clone()], rule.why_en, rule.why_zh, rule.bad, rule.good];
            report.add_within(rule.code, &node.path, found.start, arguments);
        }
        let (length, longest) = match is_cjk_tag(tag) {
            true => (words.chars().take(LOOKED_AT).filter(|c| c.is_alphanumeric()).count(), LONG_IN_CHARACTERS),
            false => (words.split_whitespace().take(LOOKED_AT).count(), LONG_IN_WORDS),
        };
        if asks && length > longest {
            report.add(Code::LongQuestion, &node.path, [&length.to_string(), &longest.to_string()]);
        }
    }
}

/// Languages that are counted in characters, not in words.
pub(super) fn is_cjk_tag(tag: &str) -> bool {
    ["zh", "ja", "ko"].iter().any(|language| tag.starts_with(language))
}

/// Scales and lists of choices that offer more of one side than of the other, or no way to say "don't know".
fn check_scales(root: &Node, report: &mut Report) {
    let questionnaires = root.list("questionnaires");
    let items: Vec<Node> = questionnaires.iter().flat_map(all_items).collect();
    for scale in root.list("scales") {
        let grades = scale.list("grades");
        let good = grades.iter().filter(|g| g.value.get("satisfied").and_then(|v| v.as_bool()) == Some(true)).count();
        balance(good, grades.len() - good, &scale.at("grades"), report);
        let id = scale.text("id");
        let used = items.iter().any(|item| item.text("scale") == id);
        if used && id.is_some() && scale.list("missing").is_empty() && !grades.is_empty() {
            report.add(Code::NoDontKnow, &scale.path, []);
        }
    }
    for list in root.list("choice_lists") {
        let choices = list.list("choices");
        let sides: Vec<Side> = choices.iter().filter_map(|choice| side(choice.member("label")?.value)).collect();
        // Lists that are no scale have answers without a side.
        if sides.len() < 3 || sides.len() + 2 < choices.len() {
            continue;
        }
        let good = sides.iter().filter(|side| **side == Side::Good).count();
        balance(good, sides.len() - good, &list.at("choices"), report);
        if sides.len() == choices.len() {
            report.add(Code::NoDontKnow, &list.path, []);
        }
    }
}

fn balance(good: usize, bad: usize, path: &str, report: &mut Report) {
    // All alike is another mistake, and has its own words.
    if good > 0 && bad > 0 && good.abs_diff(bad) > 1 {
        report.add(Code::UnbalancedScale, path, [&good.to_string(), &bad.to_string()]);
    }
}

#[derive(Clone, Copy, PartialEq)]
enum Side {
    Good,
    Bad,
}

/// Stems of answers that take a side, and what in front of or in them turns it round.
const STEMS_ZH: [&str; 8] = ["满意", "同意", "赞成", "支持", "信任", "认可", "方便", "公正"];
const TURNED_ZH: [&str; 4] = ["不", "没", "反对", "无"];
const STEMS_EN: [&str; 7] = ["satisfied", "agree", "support", "trust", "approve", "convenient", "fair"];
const TURNED_EN: [&str; 7] = ["dissatisfied", "disagree", "disapprove", "distrust", "inconvenient", "unfair", "not "];

/// Which side an answer takes, by its words in Chinese or English.
fn side(label: &serde_json::Value) -> Option<Side> {
    let text = |tag: &str| {
        label.as_object()?.iter().find(|(known, _)| known.starts_with(tag)).and_then(|(_, text)| text.as_str())
    };
    let take = |text: &str, stems: &[&str], turned: &[&str]| {
        let text = text.to_lowercase();
        let bad = turned.iter().any(|word| text.contains(word));
        let known = stems.iter().any(|stem| text.contains(stem)) && text.chars().count() <= 24;
        known.then_some(if bad { Side::Bad } else { Side::Good })
    };
    match (text("zh"), text("en")) {
        (Some(zh), _) => take(zh, &STEMS_ZH, &TURNED_ZH),
        (None, Some(en)) => take(en, &STEMS_EN, &TURNED_EN),
        _ => None,
    }
}

#[cfg(all(test, feature = "cli"))]
mod tests;
