use super::{Reason, Value};
use crate::language::{Language, Words};
use crate::plan::{Decimal, Plan, Text, pick, prose};

/// A column of a data set.
#[derive(Clone, Debug, PartialEq)]
pub struct Variable {
    /// As the answer is called in records (FORMAT.md): `item`, `item/unit/indicator`, `household[2]/age`.
    pub name: String,
    pub label: Text,
    /// What was asked, where that is more than the label.
    pub question: Text,
    pub kind: Kind,
    /// Whether an answer can be missing for a [`Reason`].
    pub reasons: bool,
}

/// What a variable holds.
#[derive(Clone, Debug, PartialEq)]
pub enum Kind {
    /// One of these; `ordered`: from first to last.
    Coded {
        categories: Vec<Category>,
        ordered: bool,
    },
    Whole,
    Number,
    Day,
    Time,
    Moment,
    Text,
}

/// One value of a coded variable.
#[derive(Clone, Debug, PartialEq)]
pub struct Category {
    pub name: String,
    pub label: Text,
    /// Its number where a program wants numbers: from 1, of a tick 0 and 1, and from −11 down of missing ones.
    pub code: i64,
    /// Points of a grade.
    pub points: Option<Decimal>,
    /// An answer that is no valid one: the scale's 不了解.
    pub missing: bool,
}

impl Variable {
    pub fn categories(&self) -> &[Category] {
        match &self.kind {
            Kind::Coded { categories, .. } => categories,
            _ => &[],
        }
    }

    /// The name of the column that holds why there is no answer.
    pub fn reason_name(&self) -> String {
        [&self.name, ":missing"].concat()
    }

    /// The valid answer in words, and the reason where there is none.
    pub fn said(&self, value: &Value) -> (Option<String>, Option<String>) {
        match value {
            Value::None => (None, None),
            Value::Missing(reason) => (None, Some(reason.name().to_owned())),
            Value::Category(at) => match self.categories().get(*at) {
                Some(category) if category.missing => (None, Some(category.reason())),
                Some(category) => (Some(category.name.clone()), None),
                None => (None, None),
            },
            Value::Whole(number) => (Some(number.to_string()), None),
            Value::Number(text) | Value::Text(text) => (Some(text.clone()), None),
        }
    }

    /// Whether what it holds is a number that may be written without quotes.
    pub fn is_numeric(&self) -> bool {
        matches!(self.kind, Kind::Whole | Kind::Number)
    }
}

impl Category {
    pub(super) fn new(name: impl Into<String>, label: Text, code: i64) -> Category {
        Category { name: name.into(), label, code, points: None, missing: false }
    }

    /// Of a missing answer: a name that no [`Reason`] has.
    pub fn reason(&self) -> String {
        ["answer:", &self.name].concat()
    }
}

/// What can be missing in a variable, with codes and labels: reasons first, then the scale's own missing answers.
pub(super) fn missing_codes(variable: &Variable) -> Vec<(String, i64, Text)> {
    let fits = |reason: &Reason| match reason {
        // Only of a choice in a ranking, which is a whole number.
        Reason::Unranked => variable.kind == Kind::Whole && variable.name.contains('/'),
        Reason::Unreadable => matches!(variable.kind, Kind::Number | Kind::Day | Kind::Time | Kind::Moment),
        _ => true,
    };
    let reasons = Reason::ALL.into_iter().filter(|reason| variable.reasons && fits(reason));
    let reasons = reasons.map(|reason| (reason.name().to_owned(), reason.code(), ours(reason.label())));
    let own = variable.categories().iter().filter(|category| category.missing);
    reasons.chain(own.map(|category| (category.reason(), category.code, category.label.clone()))).collect()
}

/// Our own words as a text.
pub(super) fn ours(words: Words) -> Text {
    [("en".to_owned(), words.en.to_owned()), ("zh".to_owned(), words.zh.to_owned())].into_iter().collect()
}

/// A text of the plan without its marks, in every language that it has.
pub(super) fn plain(text: &Text) -> Text {
    text.iter().map(|(tag, words)| (tag.clone(), prose::plain(words))).collect()
}

/// Texts beside each other, in every language of the plan.
pub(super) fn joined(plan: &Plan, texts: &[&Text]) -> Text {
    let fallback = plan.languages.first().map_or("", String::as_str);
    let one = |tag: &String| {
        let parts: Vec<String> = texts.iter().map(|text| prose::plain(pick(text, tag, fallback))).collect();
        (tag.clone(), parts.join(" / "))
    };
    plan.languages.iter().map(one).collect()
}

/// The text in the language, or else in the plan's first.
pub(super) fn say<'t>(plan: &Plan, text: &'t Text, language: Language) -> &'t str {
    pick(text, language.tag(), plan.languages.first().map_or("", String::as_str))
}
