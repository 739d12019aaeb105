use super::{Binary, ExpressionError, ExpressionFault};
use crate::decimal::Decimal;

#[derive(Clone, Debug, PartialEq)]
pub(super) enum Token<'a> {
    Text(&'a str),
    Number(Decimal),
    Reference(&'a str),
    Own,
    Operator(Binary),
    /// A name directly before `(`.
    Function(&'a str),
    Open,
    Close,
    Comma,
}

/// The parts of an expression, each with its byte position and length.
pub(super) fn lex(text: &str) -> Result<Vec<(usize, usize, Token<'_>)>, ExpressionError> {
    let bytes = text.as_bytes();
    let mut tokens: Vec<(usize, usize, Token<'_>)> = Vec::new();
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let fail = |fault| Err(ExpressionError { at, fault });
        let next = bytes.get(at + 1).copied().unwrap_or(0);
        let (length, token) = match byte {
            b' ' | b'\t' | b'\r' | b'\n' => {
                at += 1;
                continue;
            }
            b'(' => (1, Token::Open),
            b')' => (1, Token::Close),
            b',' => (1, Token::Comma),
            b'+' => (1, Token::Operator(Binary::Plus)),
            b'-' => (1, Token::Operator(Binary::Minus)),
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
                let name = text[at + 2..].split_once('}').map_or("", |(name, _)| name);
                if !is_name(name) {
                    return fail(ExpressionFault::BadReference);
                }
                (name.len() + 3, Token::Reference(name))
            }
            b'.' if !next.is_ascii_digit() => (1, Token::Own),
            b'.' | b'0'..=b'9' => {
                let rest = &text[at..];
                let length = rest.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(rest.len());
                match parse_literal(&rest[..length]) {
                    Ok(number) => (length, Token::Number(number)),
                    Err(fault) => return fail(fault),
                }
            }
            _ => {
                let rest = &text[at..];
                let length = rest.find(|c| !is_name_character(c)).unwrap_or(rest.len());
                let name = &rest[..length];
                if !is_name(name) {
                    let character = rest.chars().next().unwrap_or(' ');
                    return fail(ExpressionFault::UnknownCharacter(character));
                }
                // XPath section 3.7: after a value, a name is an operator; elsewhere it is not.
                let operator = match name {
                    "or" => Some(Binary::Or),
                    "and" => Some(Binary::And),
                    "div" => Some(Binary::Div),
                    "mod" => Some(Binary::Mod),
                    _ => None,
                };
                let after_value = tokens.last().is_some_and(|t| {
                    !matches!(t.2, Token::Operator(_) | Token::Open | Token::Comma | Token::Function(_))
                });
                match operator {
                    Some(operator) if after_value => (length, Token::Operator(operator)),
                    _ if rest[length..].trim_start().starts_with('(') => (length, Token::Function(name)),
                    _ => return fail(ExpressionFault::BareName(name.to_owned())),
                }
            }
        };
        tokens.push((at, length, token));
        at += length;
    }
    Ok(tokens)
}

fn parse_literal(text: &str) -> Result<Decimal, ExpressionFault> {
    // XPath also writes `.5` and `5.`
    let padded = [if text.starts_with('.') { "0" } else { "" }, text.strip_suffix('.').unwrap_or(text)].concat();
    Decimal::parse(&padded).map_err(ExpressionFault::BadNumber)
}

fn is_name_character(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | '-' | '.')
}

/// Whether a text can be the name of an item: a letter or `_`, then letters, digits, `_`, `-`, `.`.
pub(crate) fn is_name(text: &str) -> bool {
    text.chars().all(is_name_character) && text.starts_with(|c: char| c.is_alphabetic() || c == '_')
}
