//! Cells that hold expressions, and the few changes that are made to them.

use crate::expression::Expression;

/// An expression as a plan has it, and what was changed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Formula {
    pub text: String,
    /// Spaces inside `${…}` were taken out.
    pub tidied: bool,
    /// It asks for the answers of the form that was filled in before.
    pub last_saved: bool,
}

impl Formula {
    /// `today`: names of the metadata items that hold the day of the interview.
    pub fn of(cell: &str, today: &[String]) -> Formula {
        let mut out = Formula::default();
        let mut rest = cell;
        while let Some((before, after)) = rest.split_once("${") {
            out.text.push_str(before);
            let Some((inside, then)) = after.split_once('}') else {
                out.text.push_str("${");
                rest = after;
                continue;
            };
            let name = inside.trim();
            out.tidied |= name.len() != inside.len();
            out.last_saved |= name.starts_with("last-saved#");
            if today.iter().any(|known| known == name) {
                out.text.push_str("today()");
            } else {
                out.text.extend(["${", name, "}"]);
            }
            rest = then;
        }
        out.text.push_str(rest);
        out
    }
}

/// Names in `${…}`.
pub(super) fn names(cell: &str) -> impl Iterator<Item = &str> {
    cell.split("${").skip(1).filter_map(|after| after.split_once('}')).map(|(name, _)| name.trim())
}

/// The cell `default` as an expression: a plain text goes into quotes.
pub(super) fn default_of(cell: &str, kind: &str) -> String {
    if is_number(cell) && matches!(kind, "integer" | "decimal" | "range") {
        return cell.to_owned();
    }
    if is_dynamic(cell) { cell.to_owned() } else { quoted(cell) }
}

/// Whether a default has to be worked out, as pyxform decides it: operators, calls, references and paths; days, times and
/// numbers have none of those.
fn is_dynamic(cell: &str) -> bool {
    if cell.contains("${") {
        return true;
    }
    // A call, known here or not: the check of the plan names the one that is not.
    if cell.ends_with(')')
        && let Some((name, _)) = cell.split_once('(')
        && name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | ':' | '_'))
    {
        return true;
    }
    let plain = |c: char| c.is_ascii_digit() || matches!(c, '-' | ':' | '.' | 'T' | 'Z' | '+' | ' ');
    if cell.chars().all(plain) && !cell.contains(" - ") && !cell.contains(" + ") {
        return false;
    }
    let marks = ["(", "[", "*", "+", "|", " - ", " div ", " mod "];
    let quoted = cell.starts_with(['\'', '"']) && cell.ends_with(['\'', '"']) && cell.len() > 1;
    (quoted || marks.iter().any(|mark| cell.contains(mark))) && Expression::parse(cell).is_ok()
}

fn is_number(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let (whole, part) = digits.split_once('.').unwrap_or((digits, "0"));
    let all = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    all(whole) && all(part)
}

/// A text as an expression.
pub(super) fn quoted(text: &str) -> String {
    if !text.contains('\'') {
        return ["'", text, "'"].concat();
    }
    if !text.contains('"') {
        return ["\"", text, "\""].concat();
    }
    // XPath knows no escapes.
    let parts: Vec<String> = text.split('\'').map(|part| ["'", part, "'"].concat()).collect();
    ["concat(", &parts.join(", \"'\", "), ")"].concat()
}

/// The text that an expression is, if it is nothing else.
#[cfg(feature = "cli")]
pub(super) fn literal(expression: &str) -> Option<&str> {
    let quote = expression.chars().next().filter(|c| matches!(c, '\'' | '"'))?;
    let inside = expression[1..].strip_suffix(quote)?;
    (!inside.contains(quote)).then_some(inside)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_defaults_go_into_quotes_and_others_stay() {
        for (cell, kind, expected) in [
            ("bus", "text", "'bus'"),
            ("5", "integer", "5"),
            ("-5.5", "decimal", "-5.5"),
            ("5", "text", "'5'"),
            ("2024-01-02", "date", "'2024-01-02'"),
            ("today()", "date", "today()"),
            ("${a} + 1", "integer", "${a} + 1"),
            ("N/A - not known", "text", "'N/A - not known'"),
            ("a (b)", "text", "'a (b)'"),
            ("pulldata('x')", "text", "pulldata('x')"),
            ("it's", "text", "\"it's\""),
            ("'x'", "text", "'x'"),
            ("a'b\"c", "text", "concat('a', \"'\", 'b\"c')"),
            ("foo-bar", "text", "'foo-bar'"),
        ] {
            assert_eq!(default_of(cell, kind), expected);
            assert!(Expression::parse(expected).is_ok() || expected.starts_with("pulldata"), "{expected}");
        }
    }

    #[test]
    fn references_are_tidied_and_days_are_asked() {
        let today = ["day".to_owned()];
        let formula = Formula::of("${ a } > 1 and . <= ${day} and ${", &today);
        assert_eq!(formula.text, "${a} > 1 and . <= today() and ${");
        assert!(formula.tidied && !formula.last_saved);
        assert!(Formula::of("${last-saved#x}", &[]).last_saved);
        assert_eq!(names("${a} + ${ b }${c").collect::<Vec<_>>(), ["a", "b"]);
    }
}
