//! Regular expressions: JavaScript runs them in the browser and Rust in the program, so a plan should keep to what both
//! understand alike.

/// What in a regular expression the two understand differently, or one of them not at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PatternFault {
    /// `(?=`, `(?!`, `(?<=`, `(?<!`: only JavaScript looks around.
    LookAround,
    /// `\1`, `\k<name>`: only JavaScript refers back.
    BackReference,
    /// `(?i)` and the like: only Rust has flags inside.
    InlineFlag,
    /// `\p{…}`, `\A`, `\z`, `[[:alpha:]]`, `&&`: only Rust has these in this form.
    RustOnly,
    /// A parenthesis, bracket or brace without its partner, or a quantifier with nothing before it.
    Unbalanced,
}

/// The first thing in a regular expression that is not in the common subset, with its byte position. `None`: nothing.
pub fn check_pattern(pattern: &str) -> Option<(usize, PatternFault)> {
    let bytes = pattern.as_bytes();
    let mut open: Vec<usize> = Vec::new();
    let mut class: Option<usize> = None;
    let mut repeatable = false;
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let rest = &pattern[at..];
        let fault = |fault| Some((at, fault));
        let mut length = rest.chars().next().map_or(1, char::len_utf8);
        match byte {
            b'\\' => {
                match bytes.get(at + 1) {
                    None => return fault(PatternFault::Unbalanced),
                    Some(b'1'..=b'9' | b'k') if class.is_none() => return fault(PatternFault::BackReference),
                    Some(b'p' | b'P' | b'A' | b'z' | b'Z' | b'h' | b'R') => return fault(PatternFault::RustOnly),
                    Some(_) => {}
                }
                length = 1 + pattern[at + 1..].chars().next().map_or(0, char::len_utf8);
                repeatable = true;
            }
            b'[' if class.is_some() => return fault(PatternFault::RustOnly),
            b'[' => {
                class = Some(at);
                // A `]` that comes first belongs to the class in Rust and ends it in JavaScript.
                let first = if rest[1..].starts_with('^') { 2 } else { 1 };
                if rest[first..].starts_with(']') {
                    return fault(PatternFault::RustOnly);
                }
            }
            b'&' if class.is_some() && rest.starts_with("&&") => return fault(PatternFault::RustOnly),
            b']' if class.is_some() => {
                class = None;
                repeatable = true;
            }
            _ if class.is_some() => {}
            b'(' => {
                if rest.starts_with("(?=")
                    || rest.starts_with("(?!")
                    || rest.starts_with("(?<=")
                    || rest.starts_with("(?<!")
                {
                    return fault(PatternFault::LookAround);
                }
                if rest.starts_with("(?") && !rest.starts_with("(?:") && !rest.starts_with("(?<") {
                    return fault(PatternFault::InlineFlag);
                }
                if rest.starts_with("(?") {
                    length = 2;
                }
                open.push(at);
                repeatable = false;
            }
            b')' => {
                if open.pop().is_none() {
                    return fault(PatternFault::Unbalanced);
                }
                repeatable = true;
            }
            b'*' | b'+' | b'?' => {
                if !repeatable {
                    return fault(PatternFault::Unbalanced);
                }
                // A lazy quantifier.
                length += usize::from(bytes.get(at + 1) == Some(&b'?'));
                repeatable = false;
            }
            b'{' => {
                let inside = rest[1..].split_once('}').map_or("", |(inside, _)| inside);
                let numbers = !inside.is_empty() && inside.bytes().all(|b| b.is_ascii_digit() || b == b',');
                if !repeatable || !numbers || !inside.as_bytes()[0].is_ascii_digit() || inside.matches(',').count() > 1
                {
                    return fault(PatternFault::Unbalanced);
                }
                length = inside.len() + 2;
                length += usize::from(bytes.get(at + length) == Some(&b'?'));
                repeatable = false;
            }
            b'}' => return fault(PatternFault::Unbalanced),
            b'|' | b'^' | b'$' => repeatable = false,
            _ => repeatable = true,
        }
        at += length;
    }
    class.or(open.pop()).map(|at| (at, PatternFault::Unbalanced))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_common_subset_passes_and_what_differs_is_named_with_its_place() {
        for good in [r"^1[3-9]\d{9}$", "(a|b)+?", r"[\w.\-]+@[^@\s]+", "(?:x){2,}", "", r"\.\*", "满意|不满意"] {
            assert_eq!(check_pattern(good), None, "{good}");
        }
        for (bad, at, fault) in [
            ("a(?=b)", 1, PatternFault::LookAround),
            (r"(a)\1", 3, PatternFault::BackReference),
            ("(?i)a", 0, PatternFault::InlineFlag),
            (r"\p{Han}", 0, PatternFault::RustOnly),
            ("[[:alpha:]]", 1, PatternFault::RustOnly),
            ("(a", 0, PatternFault::Unbalanced),
            ("a)", 1, PatternFault::Unbalanced),
            ("[a", 0, PatternFault::Unbalanced),
            ("*a", 0, PatternFault::Unbalanced),
            ("a{x}", 1, PatternFault::Unbalanced),
            ("a\\", 1, PatternFault::Unbalanced),
        ] {
            assert_eq!(check_pattern(bad), Some((at, fault)), "{bad}");
        }
    }
}
