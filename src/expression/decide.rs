//! Whether conditions can ever hold together: exact for conditions that compare items with what is written out, which is
//! what nearly all of them do; no verdict for others. For the checker.

use super::{Binary, Expression, Function, Step, Value, Values};
use std::collections::{BTreeMap, BTreeSet};

/// Most combinations of values that are tried.
const MOST_TRIED: usize = 20_000;

/// What an item can be, for trying.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Range {
    /// One of these.
    Choice(Vec<String>),
    /// Any of these.
    Choices(Vec<String>),
    Whole,
    Words,
}

/// What an expression compares one item with.
#[derive(Default)]
struct Marks {
    numbers: Vec<f64>,
    texts: BTreeSet<String>,
}

/// What a value on the stack is.
enum Part<'a> {
    Text(&'a str),
    Number(f64),
    /// An item, `None` for `.`.
    Item(Option<&'a str>),
    Truth,
}

/// Whether all the conditions can be true at once, given what each item can be (`None` for `.`, which has a value).
/// `None`: not known.
pub fn can_hold(conditions: &[&Expression], range_of: &dyn Fn(Option<&str>) -> Range) -> Option<bool> {
    let mut marks: BTreeMap<Option<&str>, Marks> = BTreeMap::new();
    for condition in conditions {
        collect(&condition.steps, &mut marks)?;
    }
    let mut trials: Vec<(Option<&str>, Vec<String>)> = Vec::new();
    let mut combinations = 1usize;
    for (name, marks) in &marks {
        let values = candidates(&range_of(*name), marks, name.is_some())?;
        combinations = combinations.checked_mul(values.len()).filter(|count| *count <= MOST_TRIED)?;
        trials.push((*name, values));
    }
    let holds = |mut number: usize| {
        let mut chosen: BTreeMap<Option<&str>, &str> = BTreeMap::new();
        for (name, values) in &trials {
            chosen.insert(*name, &values[number % values.len()]);
            number /= values.len();
        }
        conditions.iter().all(|condition| condition.holds(&Trial(&chosen)))
    };
    Some((0..combinations).any(holds))
}

struct Trial<'a>(&'a BTreeMap<Option<&'a str>, &'a str>);

impl Values for Trial<'_> {
    fn value(&self, name: &str) -> Value {
        self.0.get(&Some(name)).map_or_else(Value::empty, |text| Value::Text((*text).to_owned()))
    }
    fn own(&self) -> Value {
        self.0.get(&None).map_or_else(Value::empty, |text| Value::Text((*text).to_owned()))
    }
}

/// Notes what items are compared with. `None`: something else is done with them.
fn collect<'a>(steps: &'a [Step], marks: &mut BTreeMap<Option<&'a str>, Marks>) -> Option<()> {
    let mut stack: Vec<Part<'a>> = Vec::new();
    for step in steps {
        let part = match step {
            Step::Text(text) => Part::Text(text),
            Step::Number(value) => Part::Number(*value),
            Step::Negate => match stack.pop()? {
                Part::Number(value) => Part::Number(-value),
                _ => return None,
            },
            Step::Reference(name) => item(Some(name), marks),
            Step::Own => item(None, marks),
            Step::Binary(Binary::Or | Binary::And) => {
                stack.truncate(stack.len().checked_sub(2)?);
                Part::Truth
            }
            Step::Binary(
                operator @ (Binary::Equal
                | Binary::NotEqual
                | Binary::Less
                | Binary::LessOrEqual
                | Binary::Greater
                | Binary::GreaterOrEqual),
            ) => {
                let equal = matches!(operator, Binary::Equal | Binary::NotEqual);
                match (stack.pop()?, stack.pop()?) {
                    (Part::Item(name), Part::Text(text)) | (Part::Text(text), Part::Item(name)) => {
                        mark_text(name, text, marks);
                    }
                    (Part::Item(name), Part::Number(value)) | (Part::Number(value), Part::Item(name)) => {
                        marks.entry(name).or_default().numbers.push(value);
                    }
                    (Part::Truth, Part::Truth) if equal => {}
                    (Part::Item(_) | Part::Truth, _) | (_, Part::Truth) => return None,
                    _ => {}
                }
                Part::Truth
            }
            Step::Call(Function::True | Function::False, _) => Part::Truth,
            Step::Call(Function::Not | Function::Boolean, _) => {
                stack.pop()?;
                Part::Truth
            }
            Step::Call(Function::Selected, _) => match (stack.pop()?, stack.pop()?) {
                (Part::Text(text), Part::Item(name)) => {
                    mark_text(name, text, marks);
                    Part::Truth
                }
                _ => return None,
            },
            _ => return None,
        };
        stack.push(part);
    }
    Some(())
}

fn item<'a>(name: Option<&'a str>, marks: &mut BTreeMap<Option<&'a str>, Marks>) -> Part<'a> {
    marks.entry(name).or_default();
    Part::Item(name)
}

fn mark_text<'a>(name: Option<&'a str>, text: &str, marks: &mut BTreeMap<Option<&'a str>, Marks>) {
    let marks = marks.entry(name).or_default();
    let number = Value::Text(text.to_owned()).to_number();
    if !number.is_nan() {
        marks.numbers.push(number);
    }
    marks.texts.insert(text.to_owned());
}

/// Values of which one stands for every way in which the item can meet its marks.
fn candidates(range: &Range, marks: &Marks, may_be_empty: bool) -> Option<Vec<String>> {
    let mut values: Vec<String> = match range {
        Range::Choice(options) => options.clone(),
        Range::Choices(options) => {
            let met: Vec<&String> = options.iter().filter(|option| marks.texts.contains(*option)).collect();
            let other = options.iter().find(|option| !marks.texts.contains(*option));
            if met.len() > 10 || marks.numbers.iter().any(|number| !number.is_nan()) && marks.texts.is_empty() {
                return None;
            }
            let subset = |bits: usize, more: Option<&String>| {
                let chosen = met.iter().enumerate().filter(|(i, _)| bits >> i & 1 == 1).map(|(_, option)| *option);
                chosen.chain(more).map(String::as_str).collect::<Vec<_>>().join(" ")
            };
            let all = (0..1usize << met.len()).flat_map(|bits| [subset(bits, None), subset(bits, other)]);
            all.chain(marks.texts.iter().cloned()).filter(|text| !text.is_empty()).collect()
        }
        Range::Whole | Range::Words => {
            let whole = *range == Range::Whole;
            let around = |mark: &f64| {
                let mark = if whole { mark.floor() } else { *mark };
                let apart = if whole { 1.0 } else { 0.000_001 };
                [mark - apart, mark, mark + apart]
            };
            let numbers = marks.numbers.iter().flat_map(around).chain([0.0]);
            let mut values: Vec<String> = numbers.map(|value| Value::Number(value).to_text(&super::Plain)).collect();
            if !whole {
                // Words that nothing is compared with.
                values.push("\u{1}".to_owned());
                values.extend(marks.texts.iter().filter(|text| !text.is_empty()).cloned());
            }
            values
        }
    };
    if may_be_empty {
        values.push(String::new());
    }
    values.sort();
    values.dedup();
    Some(values)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn range(name: Option<&str>) -> Range {
        let options = || ["bus", "taxi", "none"].map(str::to_owned).to_vec();
        match name {
            None | Some("age") => Range::Whole,
            Some("used") => Range::Choice(options()),
            Some("many") => Range::Choices(options()),
            _ => Range::Words,
        }
    }

    #[test]
    fn what_can_never_hold_is_told_from_what_can() {
        for (conditions, expected) in [
            (&[". > 5 and . < 3"][..], Some(false)),
            (&[". > 5 and . < 7"], Some(true)),
            (&[". > 5 and . < 6"], Some(false)),
            (&[". >= 0"], Some(true)),
            (&["${age} < 18", "${age} >= 60"], Some(false)),
            (&["${age} < 18 or ${age} >= 60"], Some(true)),
            (&["${used} = 'bus'", "${used} = 'taxi'"], Some(false)),
            (&["${used} != 'bus' and ${used} != 'taxi' and ${used} != 'none' and ${used} != ''"], Some(false)),
            (&["selected(${many}, 'bus') and selected(${many}, 'taxi')"], Some(true)),
            (&["selected(${many}, 'bus') and ${many} = 'taxi'"], Some(false)),
            (&["not(${words} = '') and ${words} = ''"], Some(false)),
            (&["${words} > 3 and ${words} < 3.5"], Some(true)),
            (&["not(true())"], Some(false)),
            (&["${age} + 1 > 5"], None),
            (&["${age} > ${words}"], None),
            (&["regex(., 'x')"], None),
        ] {
            let parsed: Vec<Expression> = conditions.iter().map(|text| Expression::parse(text).unwrap()).collect();
            assert_eq!(can_hold(&parsed.iter().collect::<Vec<_>>(), &range), expected, "{conditions:?}");
        }
    }
}
