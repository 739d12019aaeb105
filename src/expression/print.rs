//! An expression as text again: in full parentheses where two operators meet.

use super::parse::binding;
use super::{Binary, Expression, Plain, Step, number};

impl Expression {
    /// A text that parses to this expression, positions apart.
    pub fn write(&self) -> String {
        write_steps(&self.steps)
    }
}

fn write_steps(steps: &[Step]) -> String {
    // Each text with how tightly it holds together: 9 for a single value or path.
    let mut stack: Vec<(String, usize)> = Vec::new();
    let mut next = 0;
    while let Some(step) = steps.get(next) {
        next += 1;
        let written = match step {
            // XPath has no way to write a text that holds both quotes; the parser makes none.
            Step::Text(text) if text.contains('\'') => (["\"", text, "\""].concat(), 9),
            Step::Text(text) => (["'", text, "'"].concat(), 9),
            Step::Number(value) => (number::write(*value, &Plain), 9),
            Step::Reference(name) | Step::Find(name, _) => (["${", name, "}"].concat(), 9),
            Step::Own | Step::Context => (".".to_owned(), 9),
            Step::Parent => (if_path(pop(&mut stack), ".."), 9),
            Step::Child(name, _) => (if_path(pop(&mut stack), name), 9),
            Step::Filter(length) => {
                let predicate = write_steps(&steps[next..next + length]);
                next += length;
                ([&whole(pop(&mut stack)), "[", &predicate, "]"].concat(), 9)
            }
            Step::Negate => {
                let (text, strength) = pop(&mut stack);
                (["-", &wrap(text, strength < 7)].concat(), 6)
            }
            Step::Binary(operator) => {
                let strength = binding(*operator);
                let (right, right_strength) = pop(&mut stack);
                let (left, left_strength) = pop(&mut stack);
                let (left, right) = (wrap(left, left_strength <= strength), wrap(right, right_strength <= strength));
                ([&left, " ", sign(*operator), " ", &right].concat(), strength)
            }
            Step::Call(function, count) => {
                let arguments = stack.split_off(stack.len().saturating_sub(*count));
                let arguments: Vec<String> = arguments.into_iter().map(|(text, _)| text).collect();
                ([function.name(), "(", &arguments.join(", "), ")"].concat(), 9)
            }
        };
        stack.push(written);
    }
    pop(&mut stack).0
}

fn pop(stack: &mut Vec<(String, usize)>) -> (String, usize) {
    stack.pop().unwrap_or_default()
}

fn wrap(text: String, needed: bool) -> String {
    if needed { ["(", &text, ")"].concat() } else { text }
}

/// A path or value that a step or predicate can follow.
fn whole((text, strength): (String, usize)) -> String {
    wrap(text, strength < 9)
}

/// `.` and a step is the step alone where names may stand alone; `./step` means the same everywhere.
fn if_path(before: (String, usize), step: &str) -> String {
    if before.0 == "." && step == ".." {
        return step.to_owned();
    }
    [&whole(before), "/", step].concat()
}

fn sign(operator: Binary) -> &'static str {
    match operator {
        Binary::Or => "or",
        Binary::And => "and",
        Binary::Equal => "=",
        Binary::NotEqual => "!=",
        Binary::Less => "<",
        Binary::LessOrEqual => "<=",
        Binary::Greater => ">",
        Binary::GreaterOrEqual => ">=",
        Binary::Plus => "+",
        Binary::Minus => "-",
        Binary::Times => "*",
        Binary::Div => "div",
        Binary::Mod => "mod",
        Binary::Union => "|",
    }
}
