use super::{Binary, ExpressionError, ExpressionFault, MOST_STEPS, number};

#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Token<'a> {
    Text(&'a str),
    Number(f64),
    Reference(&'a str),
    /// `.`
    Own,
    /// `..`
    Parent,
    /// A step of a path: a name, or `*`.
    Name(&'a str),
    Operator(Binary),
    /// A name directly before `(`.
    Function(&'a str),
    /// One of `(`, `)`, `[`, `]`, `,`, `/`.
    Mark(u8),
}

/// The parts of an expression, each with its byte position and length.
pub(super) fn lex(text: &str) -> Result<Vec<(usize, usize, Token<'_>)>, ExpressionError> {
    let bytes = text.as_bytes();
    let mut tokens: Vec<(usize, usize, Token<'_>)> = Vec::new();
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let fail = |fault| Err(ExpressionError { at, fault });
        let next = bytes.get(at + 1).copied().unwrap_or(0);
        // XPath section 3.7: after a value, `*` and some names are operators; elsewhere they are not.
        let after_value = tokens.last().is_some_and(|t| {
            !matches!(
                t.2,
                Token::Operator(_) | Token::Function(_) | Token::Mark(b'(') | Token::Mark(b'[' | b',' | b'/')
            )
        });
        let (length, token) = match byte {
            b' ' | b'\t' | b'\r' | b'\n' => {
                at += 1;
                continue;
            }
            b'/' if next == b'/' => return fail(ExpressionFault::UnknownPath),
            b'(' | b')' | b'[' | b']' | b',' | b'/' => (1, Token::Mark(byte)),
            b'+' => (1, Token::Operator(Binary::Plus)),
            b'-' => (1, Token::Operator(Binary::Minus)),
            b'|' => (1, Token::Operator(Binary::Union)),
            b'*' if after_value => (1, Token::Operator(Binary::Times)),
            b'*' if matches!(tokens.last(), Some((.., Token::Mark(b'/')))) => (1, Token::Name("*")),
            b'*' => (1, Token::Operator(Binary::Times)),
            b'=' => (1, Token::Operator(Binary::Equal)),
            b'!' if next == b'=' => (2, Token::Operator(Binary::NotEqual)),
            b'<' if next == b'=' => (2, Token::Operator(Binary::LessOrEqual)),
            b'<' => (1, Token::Operator(Binary::Less)),
            b'>' if next == b'=' => (2, Token::Operator(Binary::GreaterOrEqual)),
            b'>' => (1, Token::Operator(Binary::Greater)),
            b'\'' | b'"' => match text[at + 1..].find(char::from(byte)) {
                Some(length) => (length + 2, Token::Text(&text[at + 1..at + 1 + length])),
                None => return fail(ExpressionFault::OpenText),
            },
            b'$' if next == b'{' => {
                let inside = text[at + 2..].split_once('}').map_or("", |(name, _)| name);
                let name = inside.trim();
                if !is_name(name) {
                    return fail(ExpressionFault::BadReference);
                }
                (inside.len() + 3, Token::Reference(name))
            }
            b'.' if next == b'.' => (2, Token::Parent),
            b'.' if !next.is_ascii_digit() => (1, Token::Own),
            b'.' | b'0'..=b'9' => {
                let rest = &text[at..];
                let length = rest.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(rest.len());
                let value = number::parse(&rest[..length]);
                if value.is_nan() {
                    return fail(ExpressionFault::BadNumber);
                }
                (length, Token::Number(value))
            }
            _ => {
                let rest = &text[at..];
                // `jr:` is the only prefix that a name has in ODK.
                let from = if rest.starts_with("jr:") { 3 } else { 0 };
                let length = rest[from..].find(|c| !is_name_character(c)).map_or(rest.len(), |length| from + length);
                let name = &rest[..length];
                if !is_name(&rest[from..length]) {
                    let character = rest.chars().next().unwrap_or(' ');
                    return fail(ExpressionFault::UnknownCharacter(character));
                }
                let operator = match name {
                    "or" => Some(Binary::Or),
                    "and" => Some(Binary::And),
                    "div" => Some(Binary::Div),
                    "mod" => Some(Binary::Mod),
                    _ => None,
                };
                match operator {
                    Some(operator) if after_value => (length, Token::Operator(operator)),
                    _ if rest[length..].trim_start().starts_with('(') => (length, Token::Function(name)),
                    _ => (length, Token::Name(name)),
                }
            }
        };
        if tokens.len() >= 4 * MOST_STEPS {
            return fail(ExpressionFault::TooLarge);
        }
        tokens.push((at, length, token));
        at += length;
    }
    Ok(tokens)
}

fn is_name_character(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | '-' | '.')
}

/// Whether a text can be the name of an item: a letter or `_`, then letters, digits, `_`, `-`, `.`.
pub(crate) fn is_name(text: &str) -> bool {
    text.chars().all(is_name_character) && text.starts_with(|c: char| c.is_alphabetic() || c == '_')
}
