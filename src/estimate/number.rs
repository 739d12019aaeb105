use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::ToPrimitive;

/// A number as it is written in a table: the nearest double, and the exact decimal where it fits.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Number {
    pub float: f64,
    /// mantissa · 10^−places.
    exact: Option<(i128, u32)>,
}

/// More decimal places than this are not kept exactly.
const PLACES: i64 = 30;

impl Number {
    pub fn one() -> Number {
        Number { float: 1.0, exact: Some((1, 0)) }
    }

    pub fn zero() -> Number {
        Number { float: 0.0, exact: Some((0, 0)) }
    }

    pub(super) fn exact_fraction(self) -> Option<BigRational> {
        self.exact.map(|(value, places)| BigRational::new(value.into(), BigInt::from(10u8).pow(places)))
    }

    /// The product; exact where both are and it fits.
    pub fn times(self, other: Number) -> Number {
        let exact = self.exact.zip(other.exact).and_then(|((a, places), (b, more))| {
            Some((a.checked_mul(b)?, places + more)).filter(|(_, places)| i64::from(*places) <= PLACES)
        });
        Number { float: self.float * other.float, exact }
    }

    /// Reads `12`, `-0.5`, `1e-3`. None for anything else: no thousands separators, no NaN, no infinity.
    pub fn parse(text: &str) -> Option<Number> {
        let text = text.trim();
        let (mantissa, exponent) = match text.split_once(['e', 'E']) {
            Some((mantissa, exponent)) => (mantissa, exponent.parse::<i32>().ok()?),
            None => (text, 0),
        };
        let digits = mantissa.strip_prefix(['-', '+']).unwrap_or(mantissa);
        let (whole, places) = digits.split_once('.').unwrap_or((digits, ""));
        let only_digits = whole.bytes().chain(places.bytes()).all(|byte| byte.is_ascii_digit());
        if !only_digits || whole.len() + places.len() == 0 {
            return None;
        }
        let float: f64 = text.parse().ok().filter(|float: &f64| float.is_finite())?;
        let places = places.trim_end_matches('0');
        let exact = (|| {
            let mut value: i128 = 0;
            for byte in whole.bytes().chain(places.bytes()) {
                value = value.checked_mul(10)?.checked_add(i128::from(byte - b'0'))?;
            }
            let mut scale = places.len() as i64 - i64::from(exponent);
            if scale < 0 {
                value = value.checked_mul(10i128.checked_pow(u32::try_from(-scale).ok()?)?)?;
                scale = 0;
            }
            let value = if mantissa.starts_with('-') { -value } else { value };
            (scale <= PLACES).then_some((value, scale as u32))
        })();
        Some(Number { float, exact })
    }
}

/// Numbers as integers of one scale.
#[derive(Clone, Debug)]
pub(super) struct Scaled {
    pub values: Vec<i128>,
    /// Each is its integer · 10^−places.
    pub places: u32,
}

impl Scaled {
    /// None when one of them has no exact value, or none on the common scale.
    pub fn of(numbers: &[Number]) -> Option<Scaled> {
        let exact: Option<Vec<(i128, u32)>> = numbers.iter().map(|number| number.exact).collect();
        let exact = exact?;
        let places = exact.iter().map(|(_, places)| *places).max().unwrap_or(0);
        let values = exact.iter().map(|(value, own)| value.checked_mul(10i128.checked_pow(places - own)?));
        Some(Scaled { values: values.collect::<Option<Vec<i128>>>()?, places })
    }
}

/// A sum of integers that never overflows.
#[derive(Clone, Debug, Default)]
pub(super) struct Exact {
    small: i128,
    large: BigInt,
}

impl Exact {
    /// Adds count · a · b.
    pub fn add(&mut self, count: u64, a: i128, b: i128) {
        let product = a.checked_mul(b).and_then(|product| product.checked_mul(i128::from(count)));
        match product.and_then(|product| self.small.checked_add(product)) {
            Some(sum) => self.small = sum,
            None => self.large += BigInt::from(a) * BigInt::from(b) * BigInt::from(count),
        }
    }

    /// The sum as a fraction, when it counts 10^−places.
    pub fn fraction(self, places: u32) -> BigRational {
        BigRational::new(self.large + self.small, BigInt::from(10u8).pow(places))
    }
}

/// A sum of doubles with the rounding errors carried along (Neumaier 1974).
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Sum {
    sum: f64,
    carry: f64,
}

impl Sum {
    pub fn add(&mut self, value: f64) {
        let next = self.sum + value;
        self.carry += if self.sum.abs() >= value.abs() { (self.sum - next) + value } else { (value - next) + self.sum };
        self.sum = next;
    }

    pub fn value(self) -> f64 {
        self.sum + self.carry
    }
}

/// A value: the nearest double, and the exact fraction when everything that went into it is decimal.
#[derive(Clone, Debug, PartialEq)]
pub struct Figure {
    pub float: f64,
    pub exact: Option<BigRational>,
}

impl Figure {
    pub(super) fn exact(value: BigRational) -> Figure {
        Figure { float: value.to_f64().unwrap_or(f64::NAN), exact: Some(value) }
    }

    pub(super) fn float(value: f64) -> Figure {
        Figure { float: value, exact: None }
    }

    /// The value to round for people, exactly.
    pub fn fraction(&self) -> Option<BigRational> {
        self.exact.clone().or_else(|| BigRational::from_float(self.float))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_exactly_or_not_at_all() {
        assert_eq!(Number::parse(" -12.50 ").unwrap().exact, Some((-125, 1)));
        assert_eq!(Number::parse("1.5e3").unwrap().exact, Some((1500, 0)));
        assert_eq!(Number::parse("1e-3").unwrap().exact, Some((1, 3)));
        assert_eq!(Number::parse(".5").unwrap().float, 0.5);
        for text in ["", "-", ".", "1,234", "NaN", "inf", "1e", "0x10", "１２", "12a", "1e999", "--1", "1 2"] {
            assert_eq!(Number::parse(text), None, "{text}");
        }
        // Too small for the exact form: the double is there all the same.
        let tiny = Number::parse("1e-40").unwrap();
        assert_eq!((tiny.float, tiny.exact), (1e-40, None));
    }

    #[test]
    fn sums_larger_than_the_machine_s_integers_stay_exact() {
        let mut sum = Exact::default();
        for _ in 0..3 {
            sum.add(u64::MAX, i128::MAX, -1);
            sum.add(u64::MAX, i128::MAX, 1);
        }
        sum.add(1, 5, 1);
        assert_eq!(Figure::exact(sum.fraction(1)).float, 0.5);
        let mut sum = Sum::default();
        [1e100, 1.0, -1e100, 1e-3].into_iter().for_each(|value| sum.add(value));
        assert_eq!(sum.value(), 1.001);
    }
}
