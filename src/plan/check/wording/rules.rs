mod chinese;
mod english;

use super::phrase::Sentences;
use crate::plan::Code;
use std::ops::Range;

/// What to look for, why it is a fault, and how to say it better.
///
/// The faults are those that textbooks on asking questions agree on: Payne, *The Art of Asking Questions* (1951); Bradburn,
/// Sudman, Wansink, *Asking Questions* (2004), chapters 1 to 4; Dillman, Smyth, Christian, *Internet, Phone, Mail, and
/// Mixed-Mode Surveys* (2014), chapters 4 and 5. The phrases are our own, taken from what offices write.
pub struct Rule {
    /// Stays the same over versions.
    pub name: &'static str,
    /// The kind of fault.
    pub code: Code,
    /// Texts of language tags that begin with this.
    pub language: &'static str,
    pub look_for: LookFor,
    /// Sentences with one of these are left alone.
    pub unless: &'static [&'static str],
    /// Goes on after the phrase that was found, in English and in Chinese.
    pub why_en: &'static str,
    pub why_zh: &'static str,
    /// An example in the rule's language, and a better one.
    pub bad: &'static str,
    pub good: &'static str,
}

pub enum LookFor {
    /// Any of these; `…` stands for anything inside a sentence.
    Phrases(&'static [&'static str]),
    /// Any two of `words` joined by one of `joins`, with at most `gap` characters before the second.
    Pair { words: &'static [&'static str], joins: &'static [&'static str], gap: usize },
}

impl Rule {
    /// The bytes of the text in which the rule finds its fault.
    pub(super) fn find(&self, text: &Sentences) -> Option<Range<usize>> {
        match &self.look_for {
            LookFor::Phrases(phrases) => phrases.iter().find_map(|phrase| text.find(phrase, self.unless)),
            LookFor::Pair { words, joins, gap } => text.find_pair(words, joins, *gap),
        }
    }
}

/// All rules, by language.
pub fn rules() -> impl Iterator<Item = &'static Rule> {
    chinese::RULES.iter().chain(english::RULES)
}
