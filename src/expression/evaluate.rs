use super::{Binary, Function, Step, Value, Values};
use crate::decimal::Decimal;

pub(super) fn evaluate(steps: &[Step], values: &dyn Values) -> Value {
    let mut stack: Vec<Value> = Vec::new();
    for step in steps {
        let value = match step {
            Step::Text(text) => Value::Text(text.clone()),
            Step::Number(number) => Value::Number(Some(*number)),
            Step::Reference(name) => values.value(name),
            Step::Own => values.own(),
            Step::Negate => {
                let number = pop(&mut stack).to_number();
                Value::Number(number.and_then(|n| decimal(-i128::from(n.millionths()))))
            }
            Step::Binary(operator) => {
                let right = pop(&mut stack);
                let left = pop(&mut stack);
                apply(*operator, &left, &right)
            }
            Step::Call(function, count) => {
                let mut arguments = stack.split_off(stack.len().saturating_sub(*count)).into_iter();
                call(*function, || arguments.next().unwrap_or_else(Value::empty))
            }
        };
        stack.push(value);
    }
    pop(&mut stack)
}

/// The parser leaves as many values as each step takes.
fn pop(stack: &mut Vec<Value>) -> Value {
    stack.pop().unwrap_or_else(Value::empty)
}

fn decimal(millionths: i128) -> Option<Decimal> {
    i64::try_from(millionths).ok().map(Decimal::from_millionths)
}

fn apply(operator: Binary, left: &Value, right: &Value) -> Value {
    match operator {
        Binary::Or => Value::Boolean(left.to_bool() || right.to_bool()),
        Binary::And => Value::Boolean(left.to_bool() && right.to_bool()),
        Binary::Equal => Value::Boolean(equal(left, right)),
        Binary::NotEqual => Value::Boolean(!equal(left, right)),
        Binary::Less | Binary::LessOrEqual | Binary::Greater | Binary::GreaterOrEqual => {
            let (Some(left), Some(right)) = (left.to_number(), right.to_number()) else {
                return Value::Boolean(false);
            };
            Value::Boolean(match operator {
                Binary::Less => left < right,
                Binary::LessOrEqual => left <= right,
                Binary::Greater => left > right,
                _ => left >= right,
            })
        }
        Binary::Plus | Binary::Minus | Binary::Times | Binary::Div | Binary::Mod => {
            let (Some(left), Some(right)) = (left.to_number(), right.to_number()) else {
                return Value::Number(None);
            };
            Value::Number(arithmetic(operator, left.millionths().into(), right.millionths().into()))
        }
    }
}

fn equal(left: &Value, right: &Value) -> bool {
    match (left, right) {
        (Value::Boolean(_), _) | (_, Value::Boolean(_)) => left.to_bool() == right.to_bool(),
        (Value::Number(_), _) | (_, Value::Number(_)) => {
            matches!((left.to_number(), right.to_number()), (Some(left), Some(right)) if left == right)
        }
        (Value::Text(left), Value::Text(right)) => left == right,
    }
}

/// In millionths.
fn arithmetic(operator: Binary, left: i128, right: i128) -> Option<Decimal> {
    let one = i128::from(Decimal::SCALE);
    decimal(match operator {
        Binary::Plus => left + right,
        Binary::Minus => left - right,
        Binary::Times => divide(left * right, one)?,
        Binary::Div => divide(left * one, right)?,
        // XPath section 3.5: the remainder has the sign of the dividend, as Rust's has.
        _ => left.checked_rem(right)?,
    })
}

/// Rounded to the nearest whole, halves away from zero; undefined for a divisor of 0.
fn divide(left: i128, right: i128) -> Option<i128> {
    let quotient = left.checked_div(right)?;
    let rest = (left % right).unsigned_abs();
    let away = if rest * 2 >= right.unsigned_abs() { 1 } else { 0 };
    Some(if (left < 0) == (right < 0) { quotient + away } else { quotient - away })
}

fn call(function: Function, mut next: impl FnMut() -> Value) -> Value {
    match function {
        Function::Not => Value::Boolean(!next().to_bool()),
        Function::True => Value::Boolean(true),
        Function::False => Value::Boolean(false),
        Function::Selected => {
            let (list, option) = (next().to_text(), next().to_text());
            Value::Boolean(list.split_whitespace().any(|chosen| chosen == option.trim()))
        }
        Function::CountSelected => Value::integer(next().to_text().split_whitespace().count() as i64),
        Function::StringLength => Value::integer(next().to_text().chars().count() as i64),
        Function::If => {
            let (condition, yes, no) = (next().to_bool(), next(), next());
            if condition { yes } else { no }
        }
        Function::Coalesce => {
            let (first, second) = (next(), next());
            if first == Value::empty() { second } else { first }
        }
    }
}
