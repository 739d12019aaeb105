//! Numbers are doubles, as in XPath; what is within a rounding error of a six-place decimal is that decimal.

use super::Host;
use crate::decimal::Decimal;

const SCALE: f64 = 1_000_000.0;

/// Below this, a double tells all its six-place decimals apart.
const EXACT: f64 = 4.0e9;

/// A text by XPath's syntax (`-`, digits, at most one point; `.5` and `5.` too), spaces around it passed over; else NaN.
/// More than nineteen digits are read to nineteen.
pub(super) fn parse(text: &str) -> f64 {
    let text = text.trim_matches([' ', '\t', '\r', '\n']);
    let digits = text.strip_prefix('-').unwrap_or(text);
    let (mut mantissa, mut power, mut seen, mut point) = (0u64, 0i32, false, false);
    for byte in digits.bytes() {
        match byte {
            b'0'..=b'9' => {
                seen = true;
                let fits = mantissa < 1_000_000_000_000_000_000;
                if fits {
                    mantissa = mantissa * 10 + u64::from(byte - b'0');
                }
                power += i32::from(!fits) - i32::from(point);
            }
            b'.' if !point => point = true,
            _ => return f64::NAN,
        }
    }
    if !seen {
        return f64::NAN;
    }
    let value = shift(mantissa as f64, power);
    if digits.len() < text.len() { -value } else { value }
}

/// `value` × 10^`power`, rounded once where both are exact.
pub(super) fn shift(value: f64, power: i32) -> f64 {
    let (mut value, mut left) = (value, power.unsigned_abs());
    while left > 0 && value != 0.0 && value.is_finite() {
        // 10^22 is the highest power of ten that a double holds exactly.
        let step = left.min(22);
        left -= step;
        let mut factor = 1.0;
        for _ in 0..step {
            factor *= 10.0;
        }
        value = if power < 0 { value / factor } else { value * factor };
    }
    value
}

/// The six-place decimal that a number is, in millionths.
pub(super) fn millionths(value: f64) -> Option<i64> {
    let scaled = round(value * SCALE);
    (value.abs() < EXACT && scaled / SCALE == value).then_some(scaled as i64)
}

/// Halves away from zero.
pub(super) fn round(value: f64) -> f64 {
    let whole = value.trunc();
    if (value - whole).abs() >= 0.5 { whole + 1f64.copysign(value) } else { whole }
}

/// The six-place decimal next to a result, when the result differs from it by no more than the operands' own rounding:
/// 0.1 + 0.2 is 0.3.
pub(super) fn settle(result: f64, left: f64, right: f64) -> f64 {
    let near = round(result * SCALE) / SCALE;
    let most = result.abs().max(left.abs()).max(right.abs());
    if most < EXACT && (near - result).abs() <= most * 4.0e-16 { near } else { result }
}

/// With the sign of the dividend (XPath section 3.5), exact for six-place decimals.
pub(super) fn remainder(left: f64, right: f64) -> f64 {
    match (millionths(left), millionths(right)) {
        (Some(left), Some(right)) if right != 0 => (left % right) as f64 / SCALE,
        _ if right.is_infinite() && left.is_finite() => left,
        _ => {
            let rest = left - right * (left / right).trunc();
            if rest.abs() < right.abs() { rest } else { rest * 0.0 }
        }
    }
}

/// To `places` decimal places, halves away from zero.
pub(super) fn round_to(value: f64, places: f64) -> f64 {
    if !places.is_finite() || !value.is_finite() || places.abs() > 300.0 {
        return if places.is_nan() { f64::NAN } else { value };
    }
    let places = places.trunc() as i32;
    let shifted = shift(value, places);
    shift(round(settle(shifted, shifted, shifted)), -places)
}

/// As XPath's `string()` writes it: never an exponent.
pub(super) fn write(value: f64, host: &dyn Host) -> String {
    if let Some(value) = millionths(value) {
        return Decimal::from_millionths(value).to_text();
    }
    if !value.is_finite() {
        let name = match (value.is_nan(), value > 0.0) {
            (true, _) => "NaN",
            (_, true) => "Infinity",
            (_, false) => "-Infinity",
        };
        return name.to_owned();
    }
    spell_out(&host.number(value))
}

/// Writes the zeros that an exponent stands for.
fn spell_out(text: &str) -> String {
    let Some((digits, exponent)) = text.split_once('e') else { return text.to_owned() };
    let exponent = parse(exponent.trim_start_matches('+')) as i32;
    let unsigned = digits.strip_prefix('-').unwrap_or(digits);
    let (whole, places) = unsigned.split_once('.').unwrap_or((unsigned, ""));
    let mut out = String::new();
    if unsigned.len() < digits.len() {
        out.push('-');
    }
    let point = whole.len() as i32 + exponent;
    if point <= 0 {
        out.push_str("0.");
        (point..0).for_each(|_| out.push('0'));
    }
    for (i, digit) in whole.chars().chain(places.chars()).enumerate() {
        if i > 0 && i as i32 == point {
            out.push('.');
        }
        out.push(digit);
    }
    ((whole.len() + places.len()) as i32..point).for_each(|_| out.push('0'));
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::expression::Plain;
    use proptest::prelude::*;

    #[test]
    fn numbers_are_written_without_exponent_and_as_short_as_they_are() {
        for (value, text) in [
            (0.1, "0.1"),
            (-0.0, "0"),
            (1e21, "1000000000000000000000"),
            (2.5e-8, "0.000000025"),
            (1.0 / 3.0, "0.3333333333333333"),
            (9007199254740993.0, "9007199254740992"),
            (f64::NEG_INFINITY, "-Infinity"),
        ] {
            assert_eq!(write(value, &Plain), text);
        }
        assert_eq!(spell_out("-1.25e+3"), "-1250");
        assert_eq!(spell_out("1.25e+1"), "12.5");
        assert_eq!(spell_out("5e-7"), "0.0000005");
        assert_eq!(spell_out("1.5e-7"), "0.00000015");
    }

    proptest! {
        #[test]
        fn what_is_written_reads_back(value in prop::num::f64::NORMAL) {
            let read = parse(&write(value, &Plain));
            prop_assert!((read - value).abs() <= value.abs() * 1e-14, "{value} {read}");
        }

        #[test]
        fn six_place_decimals_are_added_exactly(a in -4_000_000_000_000i64..4_000_000_000_000, b in -4_000_000_000_000i64..4_000_000_000_000) {
            let number = |millionths: i64| parse(&Decimal::from_millionths(millionths).to_text());
            let sum = settle(number(a) + number(b), number(a), number(b));
            if (a + b).abs() < 4_000_000_000_000_000 {
                prop_assert_eq!(millionths(sum), Some(a + b));
            }
        }
    }
}
