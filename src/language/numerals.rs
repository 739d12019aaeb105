//! How languages write numbers. Records keep ASCII digits and a point; what people read and type may have others.

/// The digits and the decimal sign of a language. There is no grouping: a year, a house number and an amount are written
/// alike, and what is shown is digit by digit what is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Numerals {
    /// From zero.
    digits: [char; 10],
    /// Between whole and parts.
    pub point: char,
}

/// The zero of each script whose digits follow each other, as Unicode has them (general category Nd, without those for
/// mathematics).
const ZEROS: [u16; 36] = [
    0x0030, 0x0660, 0x06f0, 0x07c0, 0x0966, 0x09e6, 0x0a66, 0x0ae6, 0x0b66, 0x0be6, 0x0c66, 0x0ce6, 0x0d66, 0x0de6,
    0x0e50, 0x0ed0, 0x0f20, 0x1040, 0x1090, 0x17e0, 0x1810, 0x1946, 0x19d0, 0x1a80, 0x1a90, 0x1b50, 0x1bb0, 0x1c40,
    0x1c50, 0xa620, 0xa8d0, 0xa900, 0xa9d0, 0xa9f0, 0xaa50, 0xff10,
];

impl Default for Numerals {
    fn default() -> Numerals {
        Numerals { digits: ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'], point: '.' }
    }
}

impl Numerals {
    /// Of which number [`Numerals::read`] wants to see how it is written, without grouping.
    pub const SAMPLE: f64 = 1_234_567_890.5;

    /// From what a language makes of [`Numerals::SAMPLE`]; `None`: that is not digits and one sign.
    pub fn read(sample: &str) -> Option<Numerals> {
        let mut numerals = Numerals::default();
        let mut letters = sample.chars();
        for value in [1, 2, 3, 4, 5, 6, 7, 8, 9, 0] {
            let letter = letters.next()?;
            if digit(letter) != Some(value) {
                return None;
            }
            numerals.digits[value as usize] = letter;
        }
        numerals.point = letters.next().filter(|sign| digit(*sign).is_none())?;
        (letters.next() == Some(numerals.digits[5]) && letters.next().is_none()).then_some(numerals)
    }

    /// A number of a record as people read it.
    pub fn write(&self, kept: &str) -> String {
        let letter = |letter| match letter {
            '0'..='9' => self.digits[(letter as u8 - b'0') as usize],
            '.' => self.point,
            other => other,
        };
        kept.chars().map(letter).collect()
    }

    /// What somebody types or pastes as a number, as records keep it: what belongs to none is left out. `parts`: it may have
    /// some behind the point. Where a text has both points and commas, the last of them is the decimal sign.
    pub fn typed(&self, raw: &str, parts: bool) -> String {
        let comma = |letter: char| matches!(letter, ',' | '，' | '،');
        let dot = |letter: char| matches!(letter, '.' | '．' | '。');
        let (has_comma, has_dot) = (raw.contains(comma), raw.contains(dot));
        let comma_last = raw.rfind(comma) > raw.rfind(dot);
        let is_point = |letter: char| match (has_comma, has_dot) {
            (true, true) if comma_last => comma(letter),
            (true, true) => dot(letter),
            (true, false) => comma(letter) && self.point == ',',
            _ => dot(letter),
        };
        let mut text = String::with_capacity(raw.len());
        for letter in raw.chars() {
            let kept = match digit(letter) {
                Some(value) => Some((b'0' + value) as char),
                None if is_minus(letter) && text.is_empty() => Some('-'),
                None if parts && (letter == '٫' || is_point(letter)) && !text.contains('.') => Some('.'),
                None => None,
            };
            text.extend(kept);
        }
        text
    }
}

/// A number in the digits of any script as records keep it, letter by letter: what is no digit, sign or decimal sign stays.
pub fn plain_number(text: &str) -> String {
    let letter = |letter| match digit(letter) {
        Some(value) => (b'0' + value) as char,
        None if is_minus(letter) => '-',
        None if matches!(letter, '٫' | '．') => '.',
        None => letter,
    };
    text.chars().map(letter).collect()
}

fn is_minus(letter: char) -> bool {
    matches!(letter, '-' | '－' | '−')
}

/// The value of a decimal digit of any script.
fn digit(letter: char) -> Option<u8> {
    let code = u16::try_from(letter as u32).ok()?;
    let at = ZEROS.partition_point(|&zero| zero <= code).checked_sub(1)?;
    let value = code - ZEROS[at];
    (value < 10).then_some(value as u8)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(sample: &str) -> Numerals {
        Numerals::read(sample).unwrap()
    }

    #[test]
    fn digits_of_every_script_are_the_same_number() {
        let whole = ["١٢٠", "۱۲۰", "१२०", "১২০", "༡༢༠", "᠑᠒᠐", "１２０", "๑๒๐", "၁၂၀", "120"];
        for written in whole {
            assert_eq!(plain_number(written), "120", "{written}");
            assert_eq!(Numerals::default().typed(written, false), "120", "{written}");
        }
        assert_eq!(plain_number("－１２．５"), "-12.5");
        assert_eq!(plain_number("٣٫٥"), "3.5");
        assert_eq!(plain_number("twelve"), "twelve", "what is no number stays what it is");
    }

    #[test]
    fn the_zeros_are_in_order_and_each_begins_ten_digits() {
        assert!(ZEROS.windows(2).all(|pair| pair[1] - pair[0] >= 10));
        for zero in ZEROS {
            assert!(char::from_u32(u32::from(zero)).is_some_and(char::is_numeric), "{zero:x}");
            assert!((0..10).all(|more| digit(char::from_u32(u32::from(zero + more)).unwrap()) == Some(more as u8)));
        }
    }

    #[test]
    fn a_number_is_written_digit_by_digit_and_reads_back() {
        let arabic = of("١٢٣٤٥٦٧٨٩٠٫٥");
        assert_eq!(arabic.write("-30.25"), "-٣٠٫٢٥");
        assert_eq!(arabic.typed("-٣٠٫٢٥", true), "-30.25");
        // No float is between: what is longer than one holds is not rounded.
        assert_eq!(arabic.write("12345678901234567890"), "١٢٣٤٥٦٧٨٩٠١٢٣٤٥٦٧٨٩٠");
        assert_eq!(of("1234567890,5").write("1.5"), "1,5");
        assert_eq!(Numerals::default().write("1.5"), "1.5");
    }

    #[test]
    fn a_sample_that_is_not_digits_and_a_sign_is_refused() {
        for sample in ["", "1234567890", "1,234,567,890.5", "一二三四五六七八九〇.五", "123456789.05", "1234567890.5 "]
        {
            assert_eq!(Numerals::read(sample), None, "{sample}");
        }
    }

    #[test]
    fn the_decimal_comma_is_one_where_the_language_has_it() {
        let german = of("1234567890,5");
        assert_eq!(german.typed("1,5", true), "1.5");
        assert_eq!(german.typed("1.5", true), "1.5", "keyboards have only one of them");
        assert_eq!(german.typed("1.234,5", true), "1234.5", "as it is pasted");
        let english = Numerals::default();
        assert_eq!(english.typed("1,234.5", true), "1234.5");
        assert_eq!(english.typed("1,234", true), "1234");
        assert_eq!(english.typed("3。5", true), "3.5");
    }

    #[test]
    fn what_belongs_to_no_number_is_left_out() {
        let numerals = Numerals::default();
        assert_eq!(numerals.typed("about 3 or 4", false), "34");
        assert_eq!(numerals.typed("--5-", false), "-5");
        assert_eq!(numerals.typed("1.2.3", true), "1.23");
        assert_eq!(numerals.typed("1.2", false), "12");
    }
}
