use super::Function;
use crate::plan::DecimalError;
use std::fmt;

/// Why a text is no expression.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExpressionError {
    /// Byte position in the text.
    pub at: usize,
    pub fault: ExpressionFault,
}

/// What is wrong there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ExpressionFault {
    /// Nothing but spaces.
    Empty,
    /// The expression stops where a value has to follow.
    MissingValue,
    /// Something else stands where a value has to: what.
    NotAValue(String),
    /// Something else stands where an operator or the end has to: what.
    NotAnOperator(String),
    /// A character that no part begins with.
    UnknownCharacter(char),
    /// A text without its closing quote.
    OpenText,
    /// `${` without `}`, or without a name between.
    BadReference,
    /// A number that is no exact decimal.
    BadNumber(DecimalError),
    /// A name that is neither in `${…}` nor a function call.
    BareName(String),
    UnknownFunction(String),
    WrongArguments {
        function: Function,
        found: usize,
    },
    /// A `(` without its `)`.
    OpenParenthesis,
    /// A `)` without its `(`, or a `,` outside a call.
    Stray(char),
    /// More parts or levels than an expression may have.
    TooLarge,
}

// Written piece by piece: the answering app shows these messages and carries no formatting machinery for them.
impl fmt::Display for ExpressionError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut text = String::new();
        self.fault.describe(&mut text);
        f.write_str(&text)
    }
}

impl std::error::Error for ExpressionError {}

impl ExpressionFault {
    fn describe(&self, text: &mut String) {
        let quote = |text: &mut String, before: &str, what: &str, after: &str| {
            text.push_str(before);
            text.push('`');
            text.push_str(what);
            text.push('`');
            text.push_str(after);
        };
        let mut buffer = [0; 4];
        match self {
            ExpressionFault::Empty => text.push_str("the expression is empty: write one, or leave the member out"),
            ExpressionFault::MissingValue => text.push_str("the expression stops where a value has to follow"),
            ExpressionFault::NotAValue(what) => {
                quote(text, "", what, " stands where a value has to: write a value before it")
            }
            ExpressionFault::NotAnOperator(what) => {
                quote(text, "", what, " follows a value directly: write an operator between, such as `and`")
            }
            ExpressionFault::UnknownCharacter(c) => {
                let c = c.encode_utf8(&mut buffer);
                quote(text, "", c, " has no meaning here: texts go into quotes, item names into `${…}`")
            }
            ExpressionFault::OpenText => text.push_str("a text begins here and its closing quote is missing"),
            ExpressionFault::BadReference => text.push_str(
                "`${` has to be followed by an item name and `}`: a letter or `_`, then letters, digits, `_`, `-`, `.`",
            ),
            ExpressionFault::BadNumber(error) => text.push_str(error.message()),
            ExpressionFault::BareName(name) => {
                quote(text, "", name, " is no value: write `${");
                text.push_str(name);
                text.push_str("}` for the item, `'");
                text.push_str(name);
                text.push_str("'` for the text");
            }
            ExpressionFault::UnknownFunction(name) => {
                quote(text, "there is no function ", name, ": known are ");
                for (i, (_, name, _)) in Function::ALL.iter().enumerate() {
                    quote(text, if i == 0 { "" } else { ", " }, name, "");
                }
            }
            ExpressionFault::WrongArguments { function, found } => {
                let (name, count) =
                    Function::ALL.iter().find(|f| f.0 == *function).map_or(("", 0), |&(_, name, count)| (name, count));
                quote(text, "", name, " takes ");
                text.push(char::from(b'0' + count as u8));
                text.push_str(if count == 1 { " value" } else { " values" });
                text.push_str(if *found < count { ": some are missing" } else { ": remove the others" });
            }
            ExpressionFault::OpenParenthesis => text.push_str("`(` is never closed: add `)`"),
            ExpressionFault::Stray(c) => {
                let c = c.encode_utf8(&mut buffer);
                quote(text, "", c, " belongs to nothing: remove it")
            }
            ExpressionFault::TooLarge => text.push_str("the expression is too large: split it over several items"),
        }
    }
}
