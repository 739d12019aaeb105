use super::Times;
use super::sheet::said;
use crate::named::Named;
use crate::session::Answer;

/// When an interview was held and how long it took, as far as its record says.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Span {
    /// Seconds that it took.
    pub seconds: Option<f64>,
    /// Seconds from 1970-01-01T00:00 to its end, by the clock on the wall.
    pub end: Option<i64>,
}

impl Span {
    /// Hour of its end, 0 to below 24, with its minutes as a fraction.
    pub fn hour(&self) -> Option<f64> {
        self.end.map(|end| end.rem_euclid(86_400) as f64 / 3600.0)
    }
}

/// Reads the items that hold times. What is no time, or ends before it began, is left out.
pub(super) fn span(answers: &Named<Answer>, times: &Times) -> Span {
    let text = |item: &Option<String>| item.as_ref().and_then(|item| answers.get(item)).map(said);
    let end = text(&times.end).and_then(|text| read_time(&text));
    let start = text(&times.start).and_then(|text| read_time(&text));
    let told = text(&times.seconds).and_then(|text| text.parse::<f64>().ok());
    let between = end.zip(start).map(|(end, start)| (end - start) as f64);
    Span { seconds: told.or(between).filter(|seconds| seconds.is_finite() && *seconds > 0.0), end }
}

/// `YYYY-MM-DDThh:mm`, with seconds or without; what follows (fractions, a time zone) is not read: the time is where the
/// interview was.
fn read_time(text: &str) -> Option<i64> {
    let bytes = text.as_bytes();
    let number = |from: usize, to: usize| -> Option<i64> {
        let digits = bytes.get(from..to)?;
        digits.iter().try_fold(0, |sum, digit| digit.is_ascii_digit().then(|| sum * 10 + i64::from(digit - b'0')))
    };
    let is = |at: usize, mark: u8| bytes.get(at) == Some(&mark);
    if !(is(4, b'-') && is(7, b'-') && (is(10, b'T') || is(10, b' ')) && is(13, b':')) {
        return None;
    }
    let (year, month, day) = (number(0, 4)?, number(5, 7)?, number(8, 10)?);
    let (hour, minute) = (number(11, 13)?, number(14, 16)?);
    let second = if is(16, b':') { number(17, 19)? } else { 0 };
    if !(1..=12).contains(&month) || !(1..=31).contains(&day) || hour > 23 || minute > 59 || second > 60 {
        return None;
    }
    // Days since 1970-01-01 in the Gregorian calendar, years beginning in March.
    let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    let (era, of_era) = (year.div_euclid(400), year.rem_euclid(400));
    let days = era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + (153 * month + 2) / 5 + day - 1 - 719_468;
    Some(days * 86_400 + hour * 3600 + minute * 60 + second)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_read_by_the_clock_on_the_wall() {
        assert_eq!(read_time("1970-01-01T00:00"), Some(0));
        // date -u -d 2026-11-24T20:08:45 +%s
        assert_eq!(read_time("2026-11-24T20:08:45"), Some(1_795_550_925));
        assert_eq!(read_time("2026-11-24T20:08:45.123+08:00"), Some(1_795_550_925));
        assert_eq!(read_time("2024-02-29 12:00"), Some(1_709_208_000));
        for wrong in
            ["", "2026-11-24", "2026-13-01T00:00", "2026-11-24T24:00", "一二三四-11-24T20:08", "2026-1a-24T20:08"]
        {
            assert_eq!(read_time(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn an_interview_that_ends_before_it_began_has_no_length() {
        let times = Times { start: Some("a".into()), end: Some("b".into()), seconds: None };
        let at = |a: &str, b: &str| {
            let mut answers = Named::new();
            answers.insert("a".to_owned(), Answer::Text(a.into()));
            answers.insert("b".to_owned(), Answer::Text(b.into()));
            span(&answers, &times)
        };
        assert_eq!(at("2026-11-24T08:00", "2026-11-24T08:05:30").seconds, Some(330.0));
        assert_eq!(at("2026-11-24T08:05", "2026-11-24T08:00").seconds, None);
        assert_eq!(at("2026-11-24T08:05", "2026-11-24T08:30").hour(), Some(8.5));
        assert_eq!(span(&Named::new(), &times), Span::default());
    }
}
