use super::{Host, Plain, number};

/// A value in an expression.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    Text(String),
    /// A double, as in XPath: NaN where it is undefined.
    Number(f64),
    Boolean(bool),
    /// Nodes of what the expression sees, in order: items, instances of repeats, rows of lists.
    Nodes(Vec<Node>),
}

/// A node of what an expression sees. Only the [`Values`] that gave it know what it stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Node(pub u64);

/// A moment on the clock of the device.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moment {
    /// Milliseconds since 1970-01-01T00:00Z.
    pub milliseconds: i64,
    /// Minutes by which local time is ahead of UTC.
    pub offset: i32,
}

/// What an expression sees. Impure inputs (the clock, a seed for what is random) are among it: an evaluation reads
/// nothing else, so the same values give the same result.
pub trait Values {
    /// Of the item `name`: a grade, choice or words as text; a number as [`Value::Number`]; choices, or the grades of a
    /// matrix, as one text with spaces between; [`Value::empty`] while there is no answer or the item is not relevant.
    /// Seen from outside the repeat that the item is in: the nodes of all its instances. A repeat is its instances.
    fn value(&self, name: &str) -> Value;
    /// Of the item that the expression belongs to: what `.` means.
    fn own(&self) -> Value;
    /// The node of the item that the expression belongs to: where `..` and `current()` start.
    fn node(&self) -> Option<Node> {
        None
    }
    /// The nodes of an item or repeat, for paths: those that `value` speaks of, or (`every`) all in the interview.
    fn find(&self, _name: &str, _every: bool) -> Vec<Node> {
        Vec::new()
    }
    /// What a node holds, as text.
    fn text(&self, _node: Node) -> String {
        String::new()
    }
    /// The node around a node.
    fn parent(&self, _node: Node) -> Option<Node> {
        None
    }
    /// The nodes of this name in a node; `*` for any.
    fn children(&self, _node: Node, _name: &str) -> Vec<Node> {
        Vec::new()
    }
    /// Of a repeat's instance: which one it is, from 1.
    fn position(&self, _node: Node) -> usize {
        1
    }
    /// The node above the `root` of a choice list.
    fn instance(&self, _id: &str) -> Option<Node> {
        None
    }
    /// The label of an item's choice in the language of the interview.
    fn choice_name(&self, _item: &str, _choice: &str) -> String {
        String::new()
    }
    /// What `now()` says. `None`: it is not known, and dates without an offset are taken as UTC.
    fn now(&self) -> Option<Moment> {
        None
    }
    /// What `random()`, `uuid()` and `randomize()` start from; the same seed, the same values.
    fn seed(&self) -> u64 {
        0
    }
    /// Language tag for the names of months and days.
    fn language(&self) -> &str {
        "en"
    }
    fn host(&self) -> &dyn Host {
        &Plain
    }
}

impl Value {
    /// The value of what is not answered.
    pub fn empty() -> Value {
        Value::Text(String::new())
    }

    /// A whole number.
    pub fn integer(value: i64) -> Value {
        Value::Number(value as f64)
    }

    /// A text is true when it is not empty, a number when it is neither 0 nor NaN, nodes when there are any.
    pub fn to_bool(&self) -> bool {
        match self {
            Value::Text(text) => !text.is_empty(),
            Value::Number(number) => *number != 0.0 && !number.is_nan(),
            Value::Boolean(value) => *value,
            Value::Nodes(nodes) => !nodes.is_empty(),
        }
    }

    /// NaN where there is none.
    pub fn to_number(&self) -> f64 {
        match self {
            Value::Text(text) => number::parse(text),
            Value::Number(number) => *number,
            Value::Boolean(value) => f64::from(u8::from(*value)),
            Value::Nodes(_) => f64::NAN,
        }
    }

    /// As `string()` writes it.
    pub fn to_text(&self, host: &dyn Host) -> String {
        match self {
            Value::Text(text) => text.clone(),
            Value::Number(value) => number::write(*value, host),
            Value::Boolean(true) => "true".to_owned(),
            Value::Boolean(false) => "false".to_owned(),
            Value::Nodes(_) => String::new(),
        }
    }
}
