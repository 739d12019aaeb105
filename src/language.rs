//! The languages in which Minping speaks, and its own texts in both. The texts of a plan come with the plan.

mod numerals;

use crate::carry::carry;

pub use numerals::{Numerals, plain_number};

/// A language in which Minping speaks to people.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "cli", derive(clap::ValueEnum))]
pub enum Language {
    Zh,
    En,
}

impl Language {
    /// BCP 47 tag, for `lang` and for picking a plan's text.
    pub fn tag(self) -> &'static str {
        match self {
            Language::Zh => "zh",
            Language::En => "en",
        }
    }

    /// As its speakers call it.
    pub fn name(self) -> &'static str {
        match self {
            Language::Zh => "中文",
            Language::En => "English",
        }
    }

    /// The one of two texts that is in this language.
    pub fn choose<'a>(self, zh: &'a str, en: &'a str) -> &'a str {
        match self {
            Language::Zh => zh,
            Language::En => en,
        }
    }

    /// The text in this language.
    pub fn pick(self, words: Words) -> &'static str {
        words.of(self)
    }

    /// The language that a tag such as `zh-Hant-TW` asks for, if it is one of ours.
    pub fn read(tag: &str) -> Option<Language> {
        match tag.get(..2)? {
            "zh" => Some(Language::Zh),
            "en" => Some(Language::En),
            _ => None,
        }
    }
}

carry!(enum Language { 0 Zh, 1 En });

/// Languages that are written from right to left, where their tag names no script.
const FROM_THE_RIGHT: [&str; 13] = ["ar", "ug", "fa", "ur", "he", "yi", "ps", "sd", "ks", "ckb", "dv", "syr", "arc"];

/// Whether texts of a language are written from right to left: by the script in its tag, or else by the language.
pub fn is_rtl(tag: &str) -> bool {
    let mut parts = tag.split('-');
    let language = parts.next().unwrap_or("");
    // The script is the only part of four letters (RFC 5646, section 2.1).
    match parts.find(|part| part.len() == 4 && part.bytes().all(|byte| byte.is_ascii_alphabetic())) {
        Some(script) => ["Arab", "Hebr", "Thaa", "Syrc", "Nkoo"].iter().any(|rtl| rtl.eq_ignore_ascii_case(script)),
        None => FROM_THE_RIGHT.contains(&language),
    }
}

/// The language of a plan in which its texts are shown to a person who wants `tongue` (a tag, or empty) and has the
/// interface in `language`: that tag, or one of the same language, or the interface's; `None`: the plan has none of them.
pub fn fitting<'a>(languages: &'a [String], tongue: &str, language: Language) -> Option<&'a String> {
    let first = |tag: &str| tag.split('-').next().unwrap_or("").to_owned();
    let wanted = first(tongue);
    let exact = languages.iter().find(|tag| *tag == tongue);
    let near = || languages.iter().find(|tag| !wanted.is_empty() && first(tag) == wanted);
    exact.or_else(near).or_else(|| languages.iter().find(|tag| Language::read(tag) == Some(language)))
}

/// One text in every language of the interface.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Words {
    pub zh: &'static str,
    pub en: &'static str,
}

impl Words {
    pub fn of(self, language: Language) -> &'static str {
        match language {
            Language::Zh => self.zh,
            Language::En => self.en,
        }
    }

    /// The text with `{0}`, `{1}` … replaced. A value is put in as it is: a `{0}` inside it stays.
    pub fn fill(self, language: Language, values: &[&str]) -> String {
        let mut rest = self.of(language);
        let mut out = String::with_capacity(rest.len() + 16);
        while let Some(open) = rest.find('{') {
            out.push_str(&rest[..open]);
            rest = &rest[open..];
            let digit = rest.as_bytes().get(1).map_or(10, |byte| usize::from(byte.wrapping_sub(b'0')));
            match values.get(digit) {
                Some(value) if rest.as_bytes().get(2) == Some(&b'}') => {
                    out.push_str(value);
                    rest = &rest[3..];
                }
                _ => {
                    out.push('{');
                    rest = &rest[1..];
                }
            }
        }
        out.push_str(rest);
        out
    }

    /// As [`Words::fill`], with whole numbers.
    pub fn count(self, language: Language, values: &[usize]) -> String {
        let texts: Vec<String> = values.iter().map(usize::to_string).collect();
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        self.fill(language, &texts)
    }
}

/// The placeholders `{0}` to `{9}` of a text, one bit each.
const fn placeholders(text: &str) -> u16 {
    let (bytes, mut at, mut found) = (text.as_bytes(), 0, 0);
    while at + 2 < bytes.len() {
        if bytes[at] == b'{' && bytes[at + 2] == b'}' && bytes[at + 1].is_ascii_digit() {
            found |= 1 << (bytes[at + 1] - b'0');
        }
        at += 1;
    }
    found
}

impl Words {
    /// Used by [`crate::words!`]: does not compile when a language is empty or the placeholders differ.
    pub const fn pair(zh: &'static str, en: &'static str) -> Words {
        assert!(!zh.is_empty() && !en.is_empty(), "a text lacks a language");
        assert!(placeholders(zh) == placeholders(en), "the two languages of a text have different placeholders");
        Words { zh, en }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn direction_follows_the_script_and_else_the_language() {
        assert!(["ar", "ug", "ug-CN", "ar-EG", "kk-Arab", "az-Arab-IR", "ckb"].into_iter().all(is_rtl));
        assert!(!["zh", "en", "ug-Latn", "ar-Latn", "bo", "mn-Mong", "kk", "", "a"].into_iter().any(is_rtl));
    }

    #[test]
    fn a_plan_is_shown_in_the_tongue_that_was_chosen_or_the_nearest_that_it_has() {
        let plan = ["zh", "en", "ug-Arab", "bo"].map(str::to_owned);
        let fit = |tongue, language| fitting(&plan, tongue, language).map(String::as_str);
        assert_eq!(fit("bo", Language::Zh), Some("bo"));
        assert_eq!(fit("ug-CN", Language::Zh), Some("ug-Arab"));
        assert_eq!(fit("fr", Language::En), Some("en"));
        assert_eq!(fit("", Language::Zh), Some("zh"));
        assert_eq!(fitting(&["bo".to_owned()], "", Language::En), None);
    }
}
