//! ODK expressions: the part of the [ODK XForms specification](https://getodk.github.io/xforms-spec/) (XPath 1.0) that
//! format v1 of the plan knows. This room parses and evaluates; it knows nothing of plans, and reads values through
//! [`Values`].
//!
//! | part | what is known |
//! |---|---|
//! | values | `'text'`, `"text"`, `12.5`, `${name}`, `.` (the item's own value, in `constraint`) |
//! | operators, loosest first | `or` · `and` · `=` `!=` · `<` `<=` `>` `>=` · `+` `-` · `*` `div` `mod` · unary `-` |
//! | functions | `not`, `true`, `false`, `selected`, `count-selected`, `string-length`, `if`, `coalesce` |
//!
//! Casting is XPath's: `=` and `!=` compare as booleans when either side is one, else as numbers when either side is
//! one, else as texts; the other comparisons and arithmetic use numbers. What is not a number (the empty text too)
//! compares as false, `!=` apart. A text is true when it is not empty, a number when it is neither 0 nor undefined.
//! An item that is not answered or not relevant is the empty text, as in ODK.
//!
//! **Ours**: numbers are exact decimals with six places; a quotient is rounded to six, halves away from zero, and where
//! XPath says infinity (division by zero) or leaves the range, a number is undefined. A `select_multiple` is its options
//! with spaces between, as in ODK; a `grade_matrix` is the grades of its cells with spaces between, so that
//! `selected(${matrix}, 'dissatisfied')` asks whether any cell has that grade, and `count-selected(${matrix})` counts
//! graded cells.
//!
//! **Refused**: whatever is not in the table, with its position and what is known instead; expressions of more than
//! 1000 parts or 50 levels.

mod error;
mod evaluate;
mod function;
mod lex;
mod parse;
mod value;

pub use error::{ExpressionError, ExpressionFault};
pub use function::Function;
pub(crate) use lex::is_name;
pub use value::{Value, Values};

use crate::decimal::Decimal;
use std::collections::BTreeSet;

/// A parsed expression.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Expression {
    /// In postfix order, so that neither evaluating nor dropping recurses.
    steps: Vec<Step>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Step {
    Text(String),
    Number(Decimal),
    /// `${name}`
    Reference(String),
    /// `.`
    Own,
    Binary(Binary),
    Negate,
    /// A function and how many values it takes.
    Call(Function, usize),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Binary {
    Or,
    And,
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    Plus,
    Minus,
    Times,
    Div,
    Mod,
}

impl Expression {
    /// Parses an expression.
    ///
    /// # Errors
    /// The first thing that is wrong, with its byte position.
    pub fn parse(text: &str) -> Result<Expression, ExpressionError> {
        parse::parse(text)
    }

    /// Names of the items that `${name}` refers to.
    pub fn references(&self) -> BTreeSet<&str> {
        let names = self.steps.iter().filter_map(|step| match step {
            Step::Reference(name) => Some(name.as_str()),
            _ => None,
        });
        names.collect()
    }

    /// Whether `.`, the item's own value, occurs.
    pub fn uses_own(&self) -> bool {
        self.steps.contains(&Step::Own)
    }

    /// Item names (`None` for `.`) with the texts that they are compared with by `=`, `!=` or `selected()`: a text that the
    /// item can never have is a mistake that evaluation does not show.
    pub fn comparisons(&self) -> Vec<(Option<&str>, &str)> {
        let mut found = Vec::new();
        for window in self.steps.windows(3) {
            let comparable =
                matches!(window[2], Step::Binary(Binary::Equal | Binary::NotEqual) | Step::Call(Function::Selected, _));
            match (&window[0], &window[1]) {
                (Step::Reference(name), Step::Text(text)) | (Step::Text(text), Step::Reference(name)) if comparable => {
                    found.push((Some(name.as_str()), text.as_str()));
                }
                (Step::Own, Step::Text(text)) | (Step::Text(text), Step::Own) if comparable => {
                    found.push((None, text.as_str()));
                }
                _ => {}
            }
        }
        found
    }

    /// The value, given those of the items.
    pub fn evaluate(&self, values: &dyn Values) -> Value {
        evaluate::evaluate(&self.steps, values)
    }

    /// The value as a boolean: what `relevant` and `constraint` ask.
    pub fn holds(&self, values: &dyn Values) -> bool {
        self.evaluate(values).to_bool()
    }
}

#[cfg(test)]
mod tests;
