use super::{Binary, Moment, Node, Step, Value, Values, date, number};

/// Steps that one evaluation may take. Predicates over long lists multiply: what is cut off has no value.
const MOST_WORK: usize = 4_000_000;

/// One evaluation: postfix steps on a stack of values.
pub(super) struct Machine<'a> {
    pub values: &'a dyn Values,
    pub moment: Option<Moment>,
    /// How many random numbers were drawn.
    pub drawn: u64,
    /// Steps that may still be taken.
    left: usize,
}

/// Where a part of an expression is evaluated: a predicate at each of its nodes.
#[derive(Clone, Copy)]
pub(super) struct Spot {
    pub node: Option<Node>,
    /// From 1.
    pub position: usize,
    pub size: usize,
}

impl<'a> Machine<'a> {
    pub fn new(values: &'a dyn Values) -> Machine<'a> {
        Machine::with_work(values, MOST_WORK)
    }

    /// `most`: how many steps it may take.
    pub fn with_work(values: &'a dyn Values, most: usize) -> Machine<'a> {
        Machine { values, moment: values.now(), drawn: 0, left: most }
    }

    pub fn run(&mut self, steps: &[Step], spot: Spot) -> Value {
        let mut stack: Vec<Value> = Vec::new();
        let mut next = 0;
        while let Some(step) = steps.get(next) {
            next += 1;
            if self.left == 0 {
                return Value::empty();
            }
            self.left -= 1;
            let value = match step {
                Step::Text(text) => Value::Text(text.clone()),
                Step::Number(number) => Value::Number(*number),
                Step::Reference(name) => self.held(self.values.value(name)),
                Step::Own => self.held(self.values.own()),
                Step::Context => Value::Nodes(spot.node.into_iter().collect()),
                Step::Find(name, every) => Value::Nodes(self.values.find(name, *every)),
                Step::Parent => {
                    let around = nodes(pop(&mut stack)).into_iter().filter_map(|node| self.values.parent(node));
                    Value::Nodes(distinct(around))
                }
                Step::Child(name, _) => {
                    let inside = nodes(pop(&mut stack)).into_iter().flat_map(|node| self.values.children(node, name));
                    Value::Nodes(inside.collect())
                }
                Step::Filter(length) => {
                    let all = nodes(pop(&mut stack));
                    let predicate = &steps[next..next + length];
                    next += length;
                    let size = all.len();
                    let kept = all.into_iter().enumerate().filter(|(i, node)| {
                        let position = i + 1;
                        match self.run(predicate, Spot { node: Some(*node), position, size }) {
                            Value::Number(number) => number == position as f64,
                            other => self.truth(&other),
                        }
                    });
                    Value::Nodes(kept.map(|(_, node)| node).collect())
                }
                Step::Negate => {
                    let value = pop(&mut stack);
                    Value::Number(-self.number(&value))
                }
                Step::Binary(operator) => {
                    let right = pop(&mut stack);
                    let left = pop(&mut stack);
                    self.apply(*operator, left, right)
                }
                Step::Call(function, count) => {
                    let arguments = stack.split_off(stack.len().saturating_sub(*count));
                    self.call(*function, &arguments, spot)
                }
            };
            stack.push(value);
        }
        pop(&mut stack)
    }

    /// What an item holds is a text, as in ODK: the number 0 that it holds is as true as any other.
    fn held(&self, value: Value) -> Value {
        match value {
            Value::Number(_) | Value::Boolean(_) => Value::Text(self.text(&value)),
            other => other,
        }
    }

    /// The values of a set of nodes, or the one value.
    pub fn each(&self, value: &Value) -> Vec<Value> {
        match value {
            Value::Nodes(nodes) => nodes.iter().map(|&node| Value::Text(self.values.text(node))).collect(),
            other => vec![other.clone()],
        }
    }

    pub fn text(&self, value: &Value) -> String {
        match value {
            Value::Nodes(nodes) => nodes.first().map_or(String::new(), |&node| self.values.text(node)),
            other => other.to_text(self.values.host()),
        }
    }

    /// Texts that are dates are days since 1970-01-01T00:00Z.
    pub fn number(&self, value: &Value) -> f64 {
        match value {
            Value::Number(_) | Value::Boolean(_) => value.to_number(),
            _ => {
                let text = self.text(value);
                let number = number::parse(&text);
                if number.is_nan() { date::days(&text, self.offset()).unwrap_or(f64::NAN) } else { number }
            }
        }
    }

    pub fn truth(&self, value: &Value) -> bool {
        match value {
            Value::Nodes(_) => !self.text(value).is_empty(),
            other => other.to_bool(),
        }
    }

    /// Minutes that local time is ahead of UTC.
    pub fn offset(&self) -> i32 {
        self.moment.map_or(0, |moment| moment.offset)
    }

    fn apply(&self, operator: Binary, left: Value, right: Value) -> Value {
        match operator {
            Binary::Or => Value::Boolean(self.truth(&left) || self.truth(&right)),
            Binary::And => Value::Boolean(self.truth(&left) && self.truth(&right)),
            Binary::Union => Value::Nodes(distinct(nodes(left).into_iter().chain(nodes(right)))),
            Binary::Plus | Binary::Minus | Binary::Times | Binary::Div | Binary::Mod => {
                let (left, right) = (self.number(&left), self.number(&right));
                let result = match operator {
                    Binary::Plus => left + right,
                    Binary::Minus => left - right,
                    Binary::Times => return Value::Number(number::settle(left * right, 0.0, 0.0)),
                    Binary::Div => return Value::Number(number::settle(left / right, 0.0, 0.0)),
                    _ => return Value::Number(number::remainder(left, right)),
                };
                Value::Number(number::settle(result, left, right))
            }
            _ => Value::Boolean(self.compare(operator, &left, &right)),
        }
    }

    /// A set of nodes compares as true when any of its nodes does.
    fn compare(&self, operator: Binary, left: &Value, right: &Value) -> bool {
        let whole = |value: &Value| !matches!(value, Value::Nodes(_));
        if whole(left) && whole(right) {
            return self.compare_one(operator, left, right);
        }
        if let Binary::Equal | Binary::NotEqual = operator
            && (matches!(left, Value::Boolean(_)) || matches!(right, Value::Boolean(_)))
        {
            return (self.truth(left) == self.truth(right)) == (operator == Binary::Equal);
        }
        let right = self.each(right);
        self.each(left).iter().any(|left| right.iter().any(|right| self.compare_one(operator, left, right)))
    }

    fn compare_one(&self, operator: Binary, left: &Value, right: &Value) -> bool {
        let equal = match (left, right) {
            _ if !matches!(operator, Binary::Equal | Binary::NotEqual) => {
                let (left, right) = (self.number(left), self.number(right));
                return match operator {
                    Binary::Less => left < right,
                    Binary::LessOrEqual => left <= right,
                    Binary::Greater => left > right,
                    _ => left >= right,
                };
            }
            (Value::Boolean(_), _) | (_, Value::Boolean(_)) => self.truth(left) == self.truth(right),
            (Value::Number(_), _) | (_, Value::Number(_)) => self.number(left) == self.number(right),
            _ => self.text(left) == self.text(right),
        };
        equal == (operator == Binary::Equal)
    }
}

/// The parser leaves as many values as each step takes.
fn pop(stack: &mut Vec<Value>) -> Value {
    stack.pop().unwrap_or_else(Value::empty)
}

/// What is no set of nodes has none.
fn nodes(value: Value) -> Vec<Node> {
    match value {
        Value::Nodes(nodes) => nodes,
        _ => Vec::new(),
    }
}

fn distinct(nodes: impl Iterator<Item = Node>) -> Vec<Node> {
    let mut kept: Vec<Node> = Vec::new();
    for node in nodes {
        // Nearly always the last one again: the parent of neighbours.
        if kept.last() != Some(&node) && !kept.contains(&node) {
            kept.push(node);
        }
    }
    kept
}
