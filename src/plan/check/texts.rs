use super::{Code, Report};
use crate::plan::check::node::Node;

/// Members that hold a text in every language, wherever they stand.
pub(crate) const TEXTS: [&str; 17] = [
    "title",
    "asker",
    "purpose",
    "notice",
    "label",
    "description",
    "hint",
    "constraint_message",
    "message",
    "other",
    "place",
    "owner",
    "produces",
    "opening",
    "persuasion",
    "voicemail",
    "ending",
];

/// Language tags and translations.
pub(super) fn check(root: &Node, report: &mut Report) {
    let mut languages: Vec<&str> = Vec::new();
    for (path, tag) in root.texts("languages") {
        if !is_language_tag(tag) {
            report.add(Code::BadLanguage, path, [tag]);
        } else if languages.contains(&tag) {
            report.add(Code::RepeatedEntry, path, [tag]);
        } else {
            languages.push(tag);
        }
    }
    if root.value.get("languages").and_then(|v| v.as_array()).is_some_and(Vec::is_empty) {
        report.add(Code::EmptyList, root.at("languages"), ["languages"]);
    }
    if !languages.is_empty() {
        walk(root, &languages, report);
    }
}

fn walk(node: &Node, languages: &[&str], report: &mut Report) {
    for (name, member) in node.members() {
        // Members of `media` have names that the plan's author gave.
        if name == "media" && node.path.is_empty() {
            continue;
        }
        if TEXTS.contains(&name) && member.value.is_object() {
            check_text(&member, languages, report);
        } else {
            walk(&member, languages, report);
        }
    }
    for (i, value) in node.value.as_array().into_iter().flatten().enumerate() {
        walk(&Node { value, path: format!("{}/{i}", node.path) }, languages, report);
    }
}

fn check_text(text: &Node, languages: &[&str], report: &mut Report) {
    for (i, language) in languages.iter().enumerate() {
        let written = text.value.get(language).is_some_and(|t| t.as_str().is_none_or(|t| !t.trim().is_empty()));
        if written {
            continue;
        }
        if i == 0 {
            report.add(Code::MissingText, &text.path, [language]);
        } else {
            report.add(Code::MissingTranslation, &text.path, [language, languages[0]]);
        }
    }
    for (language, member) in text.members() {
        if let Some((at, name)) = member.value.as_str().and_then(find_hidden) {
            report.add_within(Code::HiddenCharacters, &member.path, at, [&name]);
        }
        if !languages.contains(&language) {
            report.add(Code::UnlistedLanguage, member.path, [language]);
        }
    }
}

/// Where a text has a character that is not shown and changes how others are: a control code, or one that embeds or
/// overrides the direction of writing (Unicode Standard Annex 9; isolates that are closed again do no harm).
fn find_hidden(text: &str) -> Option<(usize, String)> {
    let mut open = None;
    for (at, c) in text.char_indices() {
        match c {
            '\n' | '\t' => {}
            '\u{202a}'..='\u{202e}' => return Some((at, name_of(c))),
            '\u{2066}'..='\u{2068}' => open = open.or(Some((at, c))),
            '\u{2069}' => open = None,
            c if c.is_control() => return Some((at, name_of(c))),
            _ => {}
        }
    }
    open.map(|(at, c)| (at, name_of(c)))
}

fn name_of(c: char) -> String {
    format!("U+{:04X}", c as u32)
}

/// Whether a text has the shape of a BCP 47 tag (RFC 5646 section 2.1): subtags of 1 to 8 letters or digits, the first
/// a language of 2 or 3 letters.
fn is_language_tag(tag: &str) -> bool {
    let mut subtags = tag.split('-');
    let language = subtags.next().unwrap_or("");
    (2..=3).contains(&language.len())
        && language.bytes().all(|b| b.is_ascii_alphabetic())
        && subtags.all(|s| (1..=8).contains(&s.len()) && s.bytes().all(|b| b.is_ascii_alphanumeric()))
}
