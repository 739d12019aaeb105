use crate::named::Named;

/// A text in every language of the plan: language tag to text.
pub type Text = Named<String>;

/// The text in `language`, or else in the plan's first language, or else in any, or else empty.
pub fn pick<'a>(text: &'a Text, language: &str, fallback: &str) -> &'a str {
    text.get(language).or_else(|| text.get(fallback)).or_else(|| text.values().next()).map_or("", String::as_str)
}
