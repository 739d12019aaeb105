//! Exact decimal numbers: weights and scores as a plan writes them, numbers in expressions. This room owns their reading,
//! writing and arithmetic; it refuses binary floating point.

use crate::carry::{Carry, Load};
use serde::{Serialize, Serializer};
use std::fmt;

/// An exact decimal number with up to six places, as weights and scores are written. Stored as millionths, so that
/// 0.1 + 0.2 is 0.3 and every tally is integer arithmetic. Range ±9.2 × 10¹².
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Decimal(i64);

impl Carry for Decimal {
    fn put(&self, out: &mut Vec<u8>) {
        self.0.put(out);
    }
    fn take(from: &mut Load<'_>) -> Option<Decimal> {
        i64::take(from).map(Decimal)
    }
}

/// Why a number is not a [`Decimal`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DecimalError {
    /// Not digits with at most one point.
    NotANumber,
    /// More than six places after the point.
    TooPrecise,
    /// Outside the range.
    TooLarge,
}

impl fmt::Display for DecimalError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.message())
    }
}

impl DecimalError {
    /// What is wrong and what to do.
    pub fn message(self) -> &'static str {
        match self {
            DecimalError::NotANumber => "not a decimal number: write digits with at most one point",
            DecimalError::TooPrecise => "more than six decimal places: round it to six",
            DecimalError::TooLarge => "the number is too large",
        }
    }
}

impl std::error::Error for DecimalError {}

impl Decimal {
    pub const ZERO: Decimal = Decimal(0);
    pub const ONE: Decimal = Decimal(1_000_000);
    /// Units in one: the value is `millionths() / SCALE`.
    pub const SCALE: i64 = 1_000_000;

    pub fn from_millionths(value: i64) -> Self {
        Decimal(value)
    }
    pub fn millionths(self) -> i64 {
        self.0
    }
    /// Product, rounded to six places, halves away from zero; saturates at the range.
    pub fn times(self, other: Decimal) -> Decimal {
        let product = self.0 as i128 * other.0 as i128;
        let half = if product < 0 { -500_000 } else { 500_000 };
        Decimal(((product + half) / 1_000_000).clamp(i64::MIN as i128, i64::MAX as i128) as i64)
    }
    pub fn parse(text: &str) -> Result<Decimal, DecimalError> {
        Decimal::read(text, "0")
    }
    /// A number as JSON writes it, which may have an exponent.
    pub fn from_json(number: &str) -> Result<Decimal, DecimalError> {
        let (digits, exponent) = number.split_once(['e', 'E']).unwrap_or((number, "0"));
        Decimal::read(digits, exponent)
    }
    fn read(text: &str, exponent: &str) -> Result<Decimal, DecimalError> {
        let (negative, digits) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        let (whole, places) = digits.split_once('.').unwrap_or((digits, ""));
        let point_without_places = digits.len() > whole.len() && places.is_empty();
        if whole.is_empty() || point_without_places {
            return Err(DecimalError::NotANumber);
        }
        // Where the first digit stands, counted from the millionths. No number of ours is longer than this range.
        let mut place = exponent.parse().unwrap_or(i32::MAX).clamp(-1000, 1000) + whole.len() as i32 + 5;
        let mut value: i64 = 0;
        for byte in whole.bytes().chain(places.bytes()) {
            if !byte.is_ascii_digit() {
                return Err(DecimalError::NotANumber);
            }
            if byte > b'0' {
                let place = u32::try_from(place).map_err(|_| DecimalError::TooPrecise)?;
                let unit = 10i64.checked_pow(place).ok_or(DecimalError::TooLarge)?;
                let part = unit.checked_mul(i64::from(byte - b'0')).ok_or(DecimalError::TooLarge)?;
                value = value.checked_add(part).ok_or(DecimalError::TooLarge)?;
            }
            place -= 1;
        }
        Ok(Decimal(if negative { -value } else { value }))
    }
    /// As people write it: no exponent, no zeros after the last place. Made without formatting machinery.
    pub fn to_text(self) -> String {
        let mut digits = [b'0'; 24];
        let (mut rest, mut start, mut end) = (self.0.unsigned_abs(), digits.len(), digits.len());
        // Seven digits at least: the six places and one before the point.
        while rest > 0 || digits.len() - start < 7 {
            start -= 1;
            digits[start] = b'0' + (rest % 10) as u8;
            rest /= 10;
        }
        let point = digits.len() - 6;
        while end > point && digits[end - 1] == b'0' {
            end -= 1;
        }
        let mut text = String::new();
        if self.0 < 0 {
            text.push('-');
        }
        for (i, &digit) in digits.iter().enumerate().take(end).skip(start) {
            if i == point {
                text.push('.');
            }
            text.push(char::from(digit));
        }
        text
    }
    pub fn sum(values: impl IntoIterator<Item = Decimal>) -> Decimal {
        Decimal(values.into_iter().fold(0i64, |sum, v| sum.saturating_add(v.0)))
    }
}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.to_text())
    }
}

impl Serialize for Decimal {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.0 % Decimal::SCALE == 0 {
            serializer.serialize_i64(self.0 / Decimal::SCALE)
        } else {
            // The shortest double that prints as this decimal: |value| < 2^53 millionths for any sensible score.
            serializer.serialize_f64(self.0 as f64 / Decimal::SCALE as f64)
        }
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for Decimal {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Decimal".into()
    }
    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": "number", "description": "A number with at most six decimal places." })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimals_are_exact() {
        let sum = Decimal::sum(["0.1", "0.2"].map(|t| Decimal::parse(t).unwrap()));
        assert_eq!(sum, Decimal::parse("0.3").unwrap());
        assert_eq!(Decimal::parse("-12.500").unwrap().to_string(), "-12.5");
        for text in ["0", "0.000001", "-0.5", "100", "9223372036854.775807", "10.01"] {
            assert_eq!(Decimal::parse(text).unwrap().to_string(), text);
        }
        for (number, millionths) in [("0.35", 350_000), ("1e-6", 1), ("-1.50E+1", -15_000_000), ("0e99999999999", 0)] {
            assert_eq!(Decimal::from_json(number).map(Decimal::millionths), Ok(millionths), "{number}");
        }
        assert_eq!(serde_json::to_string(&Decimal::parse("66.67").unwrap()).unwrap(), "66.67");
    }

    #[test]
    fn what_is_not_a_decimal_says_why() {
        assert_eq!(Decimal::parse("1."), Err(DecimalError::NotANumber));
        assert_eq!(Decimal::parse("1e3"), Err(DecimalError::NotANumber));
        assert_eq!(Decimal::parse("0.1234567"), Err(DecimalError::TooPrecise));
        assert_eq!(Decimal::parse("99999999999999"), Err(DecimalError::TooLarge));
        assert_eq!(Decimal::parse("9a"), Err(DecimalError::NotANumber));
        assert_eq!(Decimal::from_json("1e-7"), Err(DecimalError::TooPrecise));
        assert_eq!(Decimal::from_json("1e99999999999"), Err(DecimalError::TooLarge));
        assert_eq!(Decimal::from_json("9.3e12"), Err(DecimalError::TooLarge));
    }

    #[test]
    fn what_is_written_in_a_plan_reads_back() {
        for millionths in [0, 1, -1, 350_000, 66_670_000, -12_500_000, 999_999_999_999_999, -1_000_000_000_000] {
            let decimal = Decimal::from_millionths(millionths);
            assert_eq!(Decimal::from_json(&serde_json::to_string(&decimal).unwrap()), Ok(decimal));
        }
    }
}
