use crate::carry::{Carry, Load};
use crate::plan::Decimal;
use num_bigint::{BigInt, Sign};
use num_rational::BigRational;
use num_traits::Zero;

/// An exact fraction of integers.
pub type Fraction = BigRational;

impl Carry for Fraction {
    fn put(&self, out: &mut Vec<u8>) {
        for part in [self.numer(), self.denom()] {
            part.to_signed_bytes_le().into_boxed_slice().put(out);
        }
    }
    fn take(from: &mut Load<'_>) -> Option<Fraction> {
        let mut part = || Box::<[u8]>::take(from).map(|bytes| BigInt::from_signed_bytes_le(&bytes));
        let (numerator, denominator) = (part()?, part()?);
        (!denominator.is_zero()).then(|| Fraction::new(numerator, denominator))
    }
}

pub(super) fn fraction(decimal: Decimal) -> Fraction {
    Fraction::new(decimal.millionths().into(), Decimal::SCALE.into())
}

/// The fraction as a decimal with `places` places, halves away from zero (四舍五入), from the exact value.
pub fn round_half_up(value: &Fraction, places: u32) -> String {
    let shifted = value.numer().magnitude() * 10u32.pow(places) * 2u32;
    let denominator = value.denom().magnitude();
    let rounded = (shifted + denominator) / (denominator * 2u32);
    let digits = format!("{:0>width$}", rounded.to_string(), width = places as usize + 1);
    let (whole, rest) = digits.split_at(digits.len() - places as usize);
    let negative = value.numer().sign() == Sign::Minus && digits.bytes().any(|digit| digit != b'0');
    let sign = if negative { "-" } else { "" };
    if places == 0 { format!("{sign}{whole}") } else { format!("{sign}{whole}.{rest}") }
}

/// A share in per cent, without the sign.
pub fn percent(share: &Fraction, places: u32) -> String {
    round_half_up(&(share * BigInt::from(100)), places)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(numerator: i64, denominator: i64) -> Fraction {
        Fraction::new(numerator.into(), denominator.into())
    }

    #[test]
    fn halves_are_rounded_up_from_the_exact_value() {
        assert_eq!(round_half_up(&of(262, 3), 2), "87.33");
        assert_eq!(round_half_up(&of(1, 200), 2), "0.01");
        // 1.005 has no exact double: a rounding of doubles gives 1.00.
        assert_eq!(round_half_up(&of(1005, 1000), 2), "1.01");
        assert_eq!(round_half_up(&of(5, 2), 0), "3");
        assert_eq!(round_half_up(&of(-1, 200), 2), "-0.01");
        assert_eq!(round_half_up(&of(-1, 1000), 2), "0.00");
        assert_eq!(round_half_up(&of(99_999, 1000), 2), "100.00");
        assert_eq!(percent(&of(27, 30), 1), "90.0");
    }
}
