//! What kinds of values meet in an expression: comparisons that never hold, words where a number is needed, and the like.
//! For the checker; evaluation needs none of it.

use super::{Binary, Expression, Function, PatternFault, Step, check_pattern, date, number};

/// What a value can be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Nothing is known of it.
    Any,
    /// Words.
    Text,
    /// The name of one choice or grade.
    Choice,
    /// Names of choices with spaces between.
    Choices,
    Number,
    Boolean,
    /// A date, or a date and time.
    Date,
}

/// Something in an expression that is no mistake of writing and yet hardly what was meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suspicion {
    /// Byte position in the text.
    pub at: usize,
    pub kind: SuspicionKind,
}

/// What it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SuspicionKind {
    /// A text that is no number stands where one is needed: the result is NaN, a comparison false.
    NotANumber(String),
    /// A number or date is compared with a text that it never is.
    NeverEqual(String),
    /// A text that holds `true` or `false` is compared with a truth value, and every text but the empty one is true.
    TruthAgainstText(String),
    /// `=` with one option where several may be chosen: true only when it is the only one.
    SeveralChoices(String),
    /// A number's item stands for a truth value: it is true as soon as it is answered, 0 too.
    NumberAsTruth,
    /// Several choices stand where a number is needed.
    ChoicesAsNumber,
    /// The function takes items or a path; a computed value has no nodes.
    NoNodes(Function),
    /// A regular expression that browsers and the program do not take alike.
    Pattern(PatternFault),
}

/// A value on the stack: its kind, its text if it is written out, where it stands, whether an item holds it.
#[derive(Clone, Copy)]
struct Seen<'a> {
    kind: Kind,
    literal: Option<&'a str>,
    at: usize,
    item: bool,
}

impl Expression {
    /// The kind of the value, and what is suspicious, given the kinds of items (`None` for `.`).
    pub fn kinds(&self, kind_of: &dyn Fn(Option<&str>) -> Kind) -> (Kind, Vec<Suspicion>) {
        let mut checker = Checker { kind_of, found: Vec::new() };
        let last = checker.run(&self.steps, &self.places);
        (last.map_or(Kind::Any, |seen| seen.kind), checker.found)
    }

    /// As [`Expression::kinds`], where the value itself is asked as a truth value.
    pub fn kinds_of_condition(&self, kind_of: &dyn Fn(Option<&str>) -> Kind) -> Vec<Suspicion> {
        let mut checker = Checker { kind_of, found: Vec::new() };
        if let Some(last) = checker.run(&self.steps, &self.places) {
            checker.truth(last);
        }
        checker.found
    }
}

struct Checker<'k> {
    kind_of: &'k dyn Fn(Option<&str>) -> Kind,
    found: Vec<Suspicion>,
}

impl Checker<'_> {
    fn run<'a>(&mut self, steps: &'a [Step], places: &[u32]) -> Option<Seen<'a>> {
        let mut stack: Vec<Seen<'a>> = Vec::new();
        let mut next = 0;
        while let Some(step) = steps.get(next) {
            let at = places.get(next).map_or(0, |&place| place as usize);
            next += 1;
            let plain = |kind| Seen { kind, literal: None, at, item: false };
            let seen = match step {
                Step::Text(text) => Seen { literal: Some(text), ..plain(Kind::Text) },
                Step::Number(_) => plain(Kind::Number),
                Step::Reference(name) | Step::Find(name, _) => Seen { item: true, ..plain((self.kind_of)(Some(name))) },
                Step::Own => Seen { item: true, ..plain((self.kind_of)(None)) },
                Step::Context | Step::Parent => {
                    if matches!(step, Step::Parent) {
                        stack.pop();
                    }
                    Seen { item: true, ..plain(Kind::Any) }
                }
                Step::Child(name, item) => {
                    stack.pop();
                    let kind = if *item { (self.kind_of)(Some(name)) } else { Kind::Any };
                    Seen { item: true, ..plain(kind) }
                }
                Step::Filter(length) => {
                    let inside = next..next + length;
                    next += length;
                    self.run(&steps[inside.clone()], &places[inside]);
                    continue;
                }
                Step::Negate => {
                    if let Some(value) = stack.pop() {
                        self.number(value);
                    }
                    plain(Kind::Number)
                }
                Step::Binary(operator) => {
                    let (Some(right), Some(left)) = (stack.pop(), stack.pop()) else { return None };
                    plain(self.binary(*operator, left, right, at))
                }
                Step::Call(function, count) => {
                    let arguments = stack.split_off(stack.len().saturating_sub(*count));
                    let kind = self.call(*function, &arguments);
                    let item = matches!(function, Function::Instance | Function::Current | Function::Randomize);
                    Seen { item, ..plain(kind) }
                }
            };
            stack.push(seen);
        }
        stack.pop()
    }

    fn add(&mut self, at: usize, kind: SuspicionKind) {
        self.found.push(Suspicion { at, kind });
    }

    fn number(&mut self, value: Seen) {
        match value.literal {
            Some(text) if number::parse(text).is_nan() && date::days(text, 0).is_none() => {
                self.add(value.at, SuspicionKind::NotANumber(text.to_owned()));
            }
            None if value.kind == Kind::Choices => self.add(value.at, SuspicionKind::ChoicesAsNumber),
            _ => {}
        }
    }

    fn truth(&mut self, value: Seen) {
        if value.item && value.kind == Kind::Number {
            self.add(value.at, SuspicionKind::NumberAsTruth);
        }
    }

    fn binary(&mut self, operator: Binary, left: Seen, right: Seen, at: usize) -> Kind {
        match operator {
            Binary::Or | Binary::And => {
                self.truth(left);
                self.truth(right);
                Kind::Boolean
            }
            Binary::Equal | Binary::NotEqual => {
                self.equal(left, right, at);
                self.equal(right, left, at);
                Kind::Boolean
            }
            Binary::Less | Binary::LessOrEqual | Binary::Greater | Binary::GreaterOrEqual => {
                self.number(left);
                self.number(right);
                Kind::Boolean
            }
            Binary::Union => join(left.kind, right.kind),
            _ => {
                self.number(left);
                self.number(right);
                Kind::Number
            }
        }
    }

    fn equal(&mut self, value: Seen, other: Seen, at: usize) {
        let Some(text) = other.literal else { return };
        let owned = || text.to_owned();
        match value.kind {
            Kind::Number | Kind::Date if text.is_empty() && value.item => {}
            Kind::Number if number::parse(text).is_nan() && date::days(text, 0).is_none() => {
                self.add(at, SuspicionKind::NeverEqual(owned()));
            }
            Kind::Date if date::days(text, 0).is_none() => self.add(at, SuspicionKind::NeverEqual(owned())),
            Kind::Boolean if matches!(text, "true" | "false" | "0" | "1") => {
                self.add(at, SuspicionKind::TruthAgainstText(owned()));
            }
            Kind::Choices if value.item && !text.is_empty() && !text.contains(' ') => {
                self.add(at, SuspicionKind::SeveralChoices(owned()));
            }
            _ => {}
        }
    }

    fn call(&mut self, function: Function, arguments: &[Seen]) -> Kind {
        use Function as F;
        let all = 0..arguments.len();
        let numbers = match function {
            F::Random | F::Number => 0..0,
            function if (F::Int as u8..=F::Pow as u8).contains(&(function as u8)) => all,
            F::Substr | F::Substring | F::SelectedAt => 1..arguments.len(),
            F::Uuid => all,
            _ => 0..0,
        };
        for argument in &arguments[numbers] {
            self.number(*argument);
        }
        if let (F::Not | F::If, Some(first)) = (function, arguments.first()) {
            self.truth(*first);
        }
        let nodes: &[usize] = match function {
            F::Count | F::CountNonEmpty | F::Position | F::Randomize => &[0],
            F::IndexedRepeat => &[0, 1, 3, 5],
            _ => &[],
        };
        for argument in nodes.iter().filter_map(|&i| arguments.get(i)) {
            if !argument.item {
                self.add(argument.at, SuspicionKind::NoNodes(function));
            }
        }
        if let (F::Regex, Some(Seen { literal: Some(pattern), at, .. })) = (function, arguments.get(1))
            && let Some((place, fault)) = check_pattern(pattern)
        {
            self.add(at + 1 + place, SuspicionKind::Pattern(fault));
        }
        match function {
            F::True
            | F::False
            | F::Boolean
            | F::BooleanFromString
            | F::Not
            | F::Regex
            | F::Checklist
            | F::WeightedChecklist
            | F::Contains
            | F::StartsWith
            | F::EndsWith
            | F::Selected
            | F::Geofence => Kind::Boolean,
            F::Today | F::Now | F::Date | F::DateTime => Kind::Date,
            F::If => match arguments {
                [_, yes, no] => join(yes.kind, no.kind),
                _ => Kind::Any,
            },
            F::Coalesce | F::Once | F::Instance | F::Current | F::Randomize | F::IndexedRepeat => Kind::Any,
            F::StringLength
            | F::CountSelected
            | F::Count
            | F::CountNonEmpty
            | F::Position
            | F::Last
            | F::DecimalDateTime
            | F::DecimalTime
            | F::Area
            | F::Distance => Kind::Number,
            function if (F::Number as u8..=F::Pow as u8).contains(&(function as u8)) => Kind::Number,
            _ => Kind::Text,
        }
    }
}

fn join(left: Kind, right: Kind) -> Kind {
    if left == right { left } else { Kind::Any }
}
