//! ODK expressions: the language of the [ODK XForms specification](https://getodk.github.io/xforms-spec/) (XPath 1.0 and
//! its own functions). This room parses, evaluates and types them; it knows nothing of plans, and sees values through
//! [`Values`].
//!
//! | part | what is known |
//! |---|---|
//! | values | `'text'`, `"text"`, `12.5`, `${name}`, `.` (the item's own value, in `constraint`) |
//! | paths | `..`, `../name`, `/group/name`, `current()/../name`, `instance('list')/root/item[name = ${x}]/label`, `${repeat}[. != '']`, a column's name in a choice filter and in predicates; axes parent, child and self, as in ODK |
//! | operators, loosest first | `or` · `and` · `=` `!=` · `<` `<=` `>` `>=` · `+` `-` · `*` `div` `mod` · unary `-` · `\|` |
//! | functions | [`Function::ALL`]: every one of the specification but those refused below, and XPath 1.0's `substring`, `floor`, `ceiling`, `last` |
//!
//! **Nodes.** `${name}` inside a repeat is this instance's item, and outside it all instances': a set of nodes. A set is
//! compared node by node and is true when one is; where one value is needed, it is the first node's. A node holds a text,
//! as in ODK: `${n}` of the number 0 is true, `${n} != 0` is not. What is not answered or not relevant is the empty text.
//!
//! **Casting** is XPath's: `=` and `!=` compare as booleans when either side is one, else as numbers when either side is
//! one, else as texts; the other comparisons and arithmetic use numbers. Texts that are dates or dates with times are
//! days since 1970-01-01T00:00Z there. What is not a number (the empty text too) compares as false, `!=` apart.
//!
//! **Numbers** are doubles, as in XPath and ODK: roots, powers, infinities and NaN have to agree with them, which the exact
//! six-place decimals that this room had before could not. Two things are kept of those. A result of `+ - * div`, `sum` and
//! `round` that is within the operands' rounding error of a six-place decimal is that decimal, so `0.1 + 0.2 = 0.3` holds;
//! and `mod` of six-place decimals is exact. Numbers are written without exponent, as XPath says.
//!
//! **Ours**: `select_multiple` is its options with spaces between, as in ODK; a `grade_matrix` is the grades of its cells
//! with spaces between, so that `selected(${matrix}, 'dissatisfied')` asks whether any cell has that grade, and
//! `count-selected(${matrix})` counts graded cells. Lengths are in characters, not UTF-16 units. What is random comes from a
//! recorded seed: `random()` gives the same number whenever the same expression is evaluated in the same interview.
//!
//! **The host** ([`Host`]) lends what a browser and a program each have: real functions, the shortest text of a number,
//! regular expressions, base64. The residents' page has no digests ([`digest`]): the checker refuses `digest()` where
//! residents answer.
//!
//! **Refused**: `pulldata` and external instances (they need a server's files), `jr:itext` (texts are in the plan),
//! XPath's `id`, `lang`, `name`, `local-name`, `namespace-uri` and attributes (there is no XML), `//` and axes written out,
//! with their position and what is known instead; expressions of more than 20,000 parts or 200 levels.

mod call;
mod date;
mod decide;
mod digest;
mod error;
mod evaluate;
mod filter;
mod function;
mod geo;
mod host;
mod kinds;
mod lex;
mod number;
mod parse;
mod pattern;
mod print;
mod random;
mod value;

#[cfg(any(feature = "cli", feature = "web"))]
pub(crate) use date::parse_time;
pub(crate) use date::{civil_from_days, days_from_civil, parse_day};
pub use decide::{Range, can_hold};
pub use digest::{digest, sha_256};
pub use error::{ExpressionError, ExpressionFault};
pub use filter::Lookup;
pub use function::{Function, MANY};
pub use host::{Host, Plain};
pub use kinds::{Kind, Suspicion, SuspicionKind};
pub(crate) use lex::is_name;
pub use pattern::{PatternFault, check_pattern};
pub(crate) use random::{draw, permutation};
pub use value::{Moment, Node, Value, Values};

use evaluate::{Machine, Spot};
use std::collections::BTreeSet;

/// Most steps of an expression.
const MOST_STEPS: usize = 20_000;

/// A parsed expression.
#[derive(Clone, Debug, PartialEq)]
pub struct Expression {
    /// In postfix order, so that neither evaluating nor dropping recurses; a predicate follows its [`Step::Filter`].
    steps: Vec<Step>,
    /// The byte position of each step in the text.
    places: Vec<u32>,
}

#[derive(Clone, Debug, PartialEq)]
enum Step {
    Text(String),
    Number(f64),
    /// `${name}`, a value.
    Reference(String),
    /// `${name}`, the start of a path; all instances or those that are seen from here.
    Find(String, bool),
    /// `.`, the item's own value.
    Own,
    /// The node that a path starts from: the item, or in a predicate each node of the set.
    Context,
    /// `..`
    Parent,
    /// `/name`: an item (`true`) or something else.
    Child(String, bool),
    /// `[…]`: how many steps follow that belong to it.
    Filter(usize),
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
    Union,
}

impl Expression {
    /// Parses an expression.
    ///
    /// # Errors
    /// The first thing that is wrong, with its byte position.
    pub fn parse(text: &str) -> Result<Expression, ExpressionError> {
        parse::parse(text, false)
    }

    /// Parses a choice filter: a name that is neither in `${…}` nor a function's is a column of the choice list.
    ///
    /// # Errors
    /// As [`Expression::parse`].
    pub fn parse_filter(text: &str) -> Result<Expression, ExpressionError> {
        parse::parse(text, true)
    }

    /// Names of the items that the expression reads.
    pub fn references(&self) -> BTreeSet<&str> {
        self.references_at().map(|(name, _)| name).collect()
    }

    /// Names of the items that the expression reads, each with the byte position where it does.
    pub fn references_at(&self) -> impl Iterator<Item = (&str, usize)> {
        self.steps.iter().zip(&self.places).enumerate().filter_map(|(i, (step, &place))| match step {
            Step::Reference(name) | Step::Find(name, _) | Step::Child(name, true) => {
                Some((name.as_str(), place as usize))
            }
            // `jr:choice-name(${q}, '${q}')` names the item in a text.
            Step::Text(text) if matches!(self.steps.get(i + 1), Some(Step::Call(Function::ChoiceName, _))) => {
                Some((named_in(text), place as usize))
            }
            _ => None,
        })
    }

    /// Item names (`None` for `.`) with the texts that they are compared with by `=`, `!=` or `selected()`, and the byte
    /// position of the text: one that the item can never have is a mistake that evaluation does not show.
    pub fn comparisons(&self) -> Vec<(Option<&str>, &str, usize)> {
        let mut found = Vec::new();
        for (i, window) in self.steps.windows(3).enumerate() {
            let comparable =
                matches!(window[2], Step::Binary(Binary::Equal | Binary::NotEqual) | Step::Call(Function::Selected, _));
            let (name, text, at) = match (&window[0], &window[1]) {
                (Step::Reference(name), Step::Text(text)) => (Some(name.as_str()), text, i + 1),
                (Step::Text(text), Step::Reference(name)) => (Some(name.as_str()), text, i),
                (Step::Own, Step::Text(text)) => (None, text, i + 1),
                (Step::Text(text), Step::Own) => (None, text, i),
                _ => continue,
            };
            if comparable {
                found.push((name, text.as_str(), self.places[at] as usize));
            }
        }
        found
    }

    /// Ids of the choice lists that `instance('id')` reads, each with its byte position.
    pub fn instances_at(&self) -> impl Iterator<Item = (&str, usize)> {
        self.steps.windows(2).zip(&self.places).filter_map(|(pair, &place)| match pair {
            [Step::Text(id), Step::Call(Function::Instance, _)] => Some((id.as_str(), place as usize)),
            _ => None,
        })
    }

    /// Columns of the choice that a filter reads, each with its byte position.
    pub fn columns_at(&self) -> impl Iterator<Item = (&str, usize)> {
        let mut inside = 0;
        let steps = self.steps.iter().enumerate().filter(move |(at, step)| {
            let outer = *at >= inside;
            if let (true, Step::Filter(length)) = (outer, step) {
                inside = at + 1 + length;
            }
            outer
        });
        steps.filter_map(|(at, step)| match (at.checked_sub(1).map(|before| &self.steps[before]), step) {
            (Some(Step::Context), Step::Child(name, false)) => Some((name.as_str(), self.places[at] as usize)),
            _ => None,
        })
    }

    /// Names of the items that are read where one value is taken, not a set of nodes, with the byte position.
    pub fn singles_at(&self) -> Vec<(&str, usize)> {
        let mut found = Vec::new();
        self.find_singles(0..self.steps.len(), &mut found);
        found
    }

    fn find_singles<'a>(&'a self, steps: std::ops::Range<usize>, found: &mut Vec<(&'a str, usize)>) {
        let single = |at: Option<usize>, found: &mut Vec<(&'a str, usize)>| {
            if let Some(at) = at
                && let Step::Reference(name) = &self.steps[at]
            {
                found.push((name, self.places[at] as usize));
            }
        };
        // Which step gave each value on the stack.
        let mut stack: Vec<usize> = Vec::new();
        let (mut at, end) = (steps.start, steps.end);
        while at < end {
            let mut next = at + 1;
            match &self.steps[at] {
                Step::Parent | Step::Child(..) => drop(stack.pop()),
                Step::Filter(length) => {
                    stack.pop();
                    next += length;
                    // Predicates do not nest deeper than a few levels.
                    self.find_singles(at + 1..next, found);
                }
                Step::Negate => single(stack.pop(), found),
                Step::Binary(Binary::Union) => drop((stack.pop(), stack.pop())),
                Step::Binary(_) => {
                    single(stack.pop(), found);
                    single(stack.pop(), found);
                }
                Step::Call(function, count) => {
                    for argument in stack.split_off(stack.len().saturating_sub(*count)) {
                        if !function.takes_nodes() {
                            single(Some(argument), found);
                        }
                    }
                }
                _ => {}
            }
            stack.push(at);
            at = next;
        }
        single(stack.pop(), found);
    }

    /// Whether `.`, the item's own value, occurs.
    pub fn uses_own(&self) -> bool {
        self.steps.contains(&Step::Own)
    }

    /// Whether the value depends on the clock.
    pub fn uses_clock(&self) -> bool {
        self.calls(&[Function::Today, Function::Now])
    }

    /// Whether the value depends on the language of the interview.
    pub fn uses_language(&self) -> bool {
        let label = |step: &Step| matches!(step, Step::Child(name, false) if name == "label");
        self.calls(&[Function::ChoiceName, Function::FormatDate, Function::FormatDateTime])
            || self.steps.iter().any(label)
    }

    /// Whether the value depends on the seed.
    pub fn uses_seed(&self) -> bool {
        self.calls(&[Function::Random, Function::Uuid, Function::Randomize])
    }

    /// Whether the value needs a digest: `digest()`, or `randomize()` by words.
    pub fn uses_digests(&self) -> bool {
        let words = self.steps.windows(2).any(|pair| {
            matches!(pair, [Step::Text(text), Step::Call(Function::Randomize, 2)] if number::parse(text).is_nan() && !text.is_empty())
        });
        words || self.calls(&[Function::Digest])
    }

    /// Whether nothing outside the expression has a part in its value.
    pub fn is_constant(&self) -> bool {
        !self.uses_clock()
            && !self.uses_seed()
            && !self.calls(&[Function::Instance, Function::Current, Function::Once, Function::Position])
            && !self.steps.iter().any(|step| {
                matches!(step, Step::Reference(_) | Step::Find(..) | Step::Own | Step::Context | Step::Child(..))
            })
    }

    fn calls(&self, functions: &[Function]) -> bool {
        self.steps.iter().any(|step| matches!(step, Step::Call(function, _) if functions.contains(function)))
    }

    /// The value, given those of the items.
    pub fn evaluate(&self, values: &dyn Values) -> Value {
        let mut machine = Machine::new(values);
        let value = machine.run(&self.steps, Spot { node: values.node(), position: 1, size: 1 });
        match value {
            Value::Nodes(_) => Value::Text(machine.text(&value)),
            value => value,
        }
    }

    /// The value as a text: what `calculation` asks.
    pub fn text(&self, values: &dyn Values) -> String {
        self.evaluate(values).to_text(values.host())
    }

    /// The value as a boolean: what `relevant` and `constraint` ask.
    pub fn holds(&self, values: &dyn Values) -> bool {
        self.evaluate(values).to_bool()
    }

    /// The value as `randomize()` takes it for a seed.
    pub(crate) fn shuffling_seed(&self, values: &dyn Values) -> i64 {
        Machine::new(values).shuffling_seed(&self.evaluate(values))
    }

    /// Whether a row of a choice list passes this filter.
    pub fn admits(&self, values: &dyn Values, row: Node) -> bool {
        !self.admit(values, std::iter::once((0, row))).is_empty()
    }

    /// Names of the items that are read by their name alone: as the one, or as the instances, that are seen from where the
    /// expression stands. Others are reached by a path, and can be any.
    pub fn seen(&self) -> impl Iterator<Item = &str> {
        self.steps.iter().filter_map(|step| match step {
            Step::Reference(name) | Step::Find(name, false) => Some(name.as_str()),
            _ => None,
        })
    }

    /// Names of the items that are reached by a path or asked for in every instance, each with how many steps upwards the path
    /// goes from where the expression stands; `None`: they can be anywhere. `own`: the expression stands at an item, and not
    /// at the choices of a list.
    pub(crate) fn reached(&self, own: bool) -> Vec<(&str, Option<usize>)> {
        let mut found = Vec::new();
        reach(&self.steps, own, &mut found);
        found
    }
}

fn reach<'a>(steps: &'a [Step], own: bool, found: &mut Vec<(&'a str, Option<usize>)>) {
    // How deep a path from the item itself is now, and the least deep it was.
    let mut path: Option<(isize, isize)> = None;
    let mut at = 0;
    while let Some(step) = steps.get(at) {
        at += 1;
        match step {
            Step::Context => path = own.then_some((0, 0)),
            Step::Call(Function::Current, _) => path = Some((0, 0)),
            Step::Parent => path = path.map(|(depth, least)| (depth - 1, least.min(depth - 1))),
            Step::Child(name, item) => {
                if *item {
                    found.push((name.as_str(), path.map(|(_, least)| least.unsigned_abs())));
                }
                path = path.map(|(depth, least)| (depth + 1, least));
            }
            // What a predicate reads from its own node, it reads anywhere.
            Step::Filter(count) => {
                let inside = steps.get(at..at + count).unwrap_or_default();
                reach(inside, false, found);
                at += count;
            }
            Step::Find(name, every) => {
                if *every {
                    found.push((name.as_str(), None));
                }
                path = None;
            }
            _ => path = None,
        }
    }
}

/// Whether a text is a number by XPath's syntax.
pub(crate) fn is_number(text: &str) -> bool {
    text.trim() == text && !number::parse(text).is_nan()
}

/// Whether a text is a day, `YYYY-MM-DD`.
pub(crate) fn is_date(text: &str) -> bool {
    text.len() == 10 && date::days(text, 0).is_some()
}

/// Whether a text is a time of day without an offset, `hh:mm` or `hh:mm:ss`.
pub(crate) fn is_time(text: &str) -> bool {
    matches!(text.len(), 5 | 8) && !text.contains(['Z', '+', '-']) && date::time_of_day(text, 0).is_some()
}

/// Whether a text is a place, `latitude longitude [altitude [accuracy]]` with single spaces between.
pub(crate) fn is_place(text: &str) -> bool {
    geo::is_point(text)
}

/// The item that a text names, as `${name}` or as a path.
fn named_in(text: &str) -> &str {
    match text.trim().strip_prefix("${").and_then(|rest| rest.strip_suffix('}')) {
        Some(name) => name.trim(),
        None => text.rsplit('/').next().unwrap_or(text).trim(),
    }
}

#[cfg(test)]
mod tests;
