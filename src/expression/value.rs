use crate::decimal::Decimal;

/// A value in an expression.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    Text(String),
    /// `None` where XPath has NaN or an infinity.
    Number(Option<Decimal>),
    Boolean(bool),
}

/// The values of an interview's items.
pub trait Values {
    /// Of the item `name`: a grade, choice or words as text; a number as [`Value::Number`]; choices, or the grades of a
    /// matrix, as one text with spaces between; [`Value::empty`] while there is no answer or the item is not relevant.
    fn value(&self, name: &str) -> Value;
    /// Of the item that the expression belongs to: what `.` means.
    fn own(&self) -> Value;
}

impl Value {
    /// The value of what is not answered.
    pub fn empty() -> Value {
        Value::Text(String::new())
    }

    /// A whole number; undefined outside the range of [`Decimal`].
    pub fn integer(value: i64) -> Value {
        Value::Number(value.checked_mul(Decimal::SCALE).map(Decimal::from_millionths))
    }

    pub fn to_bool(&self) -> bool {
        match self {
            Value::Text(text) => !text.is_empty(),
            Value::Number(number) => number.is_some_and(|n| n != Decimal::ZERO),
            Value::Boolean(value) => *value,
        }
    }

    pub fn to_number(&self) -> Option<Decimal> {
        match self {
            Value::Text(text) => parse_number(text.trim_matches([' ', '\t', '\r', '\n'])),
            Value::Number(number) => *number,
            Value::Boolean(value) => Some(if *value { Decimal::ONE } else { Decimal::ZERO }),
        }
    }

    pub fn to_text(&self) -> String {
        match self {
            Value::Text(text) => text.clone(),
            Value::Number(Some(number)) => number.to_text(),
            Value::Number(None) => "NaN".to_owned(),
            Value::Boolean(true) => "true".to_owned(),
            Value::Boolean(false) => "false".to_owned(),
        }
    }
}

/// XPath's number syntax, which also takes `.5` and `5.`; places after the sixth are rounded, halves away from zero.
fn parse_number(text: &str) -> Option<Decimal> {
    let (negative, digits) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text),
    };
    let (whole, places) = digits.split_once('.').unwrap_or((digits, ""));
    if whole.len() + places.len() == 0 || !whole.bytes().chain(places.bytes()).all(|b| b.is_ascii_digit()) {
        return None;
    }
    let mut value: i64 = 0;
    let places = places.as_bytes();
    let padded = (0..6).map(|i| places.get(i).copied().unwrap_or(b'0'));
    for byte in whole.bytes().chain(padded) {
        value = value.checked_mul(10)?.checked_add(i64::from(byte - b'0'))?;
    }
    if places.get(6).is_some_and(|&b| b >= b'5') {
        value = value.checked_add(1)?;
    }
    Some(Decimal::from_millionths(if negative { -value } else { value }))
}
