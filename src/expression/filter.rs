use super::evaluate::{Machine, Spot};
use super::{Binary, Expression, Function, Node, Step, Value, Values};
use std::ops::Range;

/// Steps that one choice filter may take over all rows of its list.
const MOST_WORK: usize = 40_000_000;

/// A part of a choice filter that every row has to pass, `column = value`, where the value is the same for all rows: so
/// the rows can be looked up.
#[derive(Clone, Debug, PartialEq)]
pub struct Lookup {
    pub column: String,
    value: Expression,
    /// The filter asks nothing else.
    pub whole: bool,
}

/// A value on the stack by the steps that give it.
struct Piece {
    steps: Range<usize>,
    /// Where the right side begins, if it is an equation.
    right: Option<usize>,
    /// All of these have to hold, and nothing else.
    all: Vec<(Range<usize>, Option<usize>)>,
}

impl Expression {
    /// How rows that pass this filter can be found without looking at every row.
    pub fn lookup(&self) -> Option<Lookup> {
        let mut stack: Vec<Piece> = Vec::new();
        let mut at = 0;
        while let Some(step) = self.steps.get(at) {
            let mut end = at + 1;
            let taken = match step {
                Step::Filter(length) => {
                    end += length;
                    1
                }
                Step::Parent | Step::Child(..) | Step::Negate => 1,
                Step::Binary(_) => 2,
                Step::Call(_, count) => *count,
                _ => 0,
            };
            let mut parts = stack.split_off(stack.len().saturating_sub(taken));
            let start = parts.first().map_or(at, |part| part.steps.start);
            let right = matches!(step, Step::Binary(Binary::Equal)).then(|| parts.last().map(|p| p.steps.start));
            let mut all = Vec::new();
            if let Step::Binary(Binary::And) = step {
                parts.iter_mut().for_each(|part| all.append(&mut part.all));
            } else {
                all.push((start..end, right.flatten()));
            }
            stack.push(Piece { steps: start..end, right: right.flatten(), all });
            at = end;
        }
        let Piece { steps, right, all } = stack.pop()?;
        for (part, middle) in &all {
            let Some(middle) = *middle else { continue };
            let sides = [part.start..middle, middle..part.end - 1];
            for (column, value) in [(0, 1), (1, 0)] {
                if let [Step::Context, Step::Child(column, false)] = &self.steps[sides[column].clone()]
                    && self.steps[sides[value].clone()].iter().all(is_the_same_for_all_rows)
                {
                    let value = sides[value].clone();
                    let value =
                        Expression { steps: self.steps[value.clone()].to_vec(), places: self.places[value].to_vec() };
                    let whole = right == Some(middle) && steps == *part;
                    return Some(Lookup { column: column.clone(), value, whole });
                }
            }
        }
        None
    }

    /// Which rows of a choice list pass this filter.
    pub fn admit(&self, values: &dyn Values, rows: impl Iterator<Item = (usize, Node)>) -> Vec<usize> {
        let mut machine = Machine::with_work(values, MOST_WORK);
        let passes = |row: &(usize, Node)| {
            let value = machine.run(&self.steps, Spot { node: Some(row.1), position: 1, size: 1 });
            machine.truth(&value)
        };
        rows.filter(passes).map(|(at, _)| at).collect()
    }
}

impl Lookup {
    /// The texts that the column may have; `None` where it is compared as a number or a truth.
    pub fn texts(&self, values: &dyn Values) -> Option<Vec<String>> {
        let mut machine = Machine::new(values);
        let value = machine.run(&self.value.steps, Spot { node: values.node(), position: 1, size: 1 });
        match value {
            Value::Number(_) | Value::Boolean(_) => None,
            value => Some(machine.each(&value).iter().map(|value| machine.text(value)).collect()),
        }
    }
}

/// Nothing that looks at the row.
fn is_the_same_for_all_rows(step: &Step) -> bool {
    match step {
        Step::Text(_) | Step::Number(_) | Step::Reference(_) | Step::Binary(_) | Step::Negate => true,
        Step::Call(function, count) => {
            *count > 0 && !matches!(function, Function::Position | Function::Randomize | Function::Once)
        }
        _ => false,
    }
}
