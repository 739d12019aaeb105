use crate::carry::{Carry, Load};
use crate::expression::{civil_from_days, days_from_civil};
use std::fmt;

/// A day of the Gregorian calendar, written `YYYY-MM-DD`: days since 1970-01-01.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(pub i64);

impl Carry for Day {
    fn put(&self, out: &mut Vec<u8>) {
        self.0.put(out);
    }
    fn take(from: &mut Load<'_>) -> Option<Day> {
        i64::take(from).map(Day)
    }
}

impl Day {
    /// A text that is exactly how the day is written.
    pub fn parse(text: &str) -> Option<Day> {
        let bytes = text.as_bytes();
        let shaped = bytes.len() == 10
            && bytes.iter().enumerate().all(|(at, byte)| match at {
                4 | 7 => *byte == b'-',
                _ => byte.is_ascii_digit(),
            });
        let number = |range: std::ops::Range<usize>| {
            bytes[range].iter().fold(0i64, |number, byte| number * 10 + i64::from(byte - b'0'))
        };
        let day = shaped.then(|| Day(days_from_civil(number(0..4), number(5..7), number(8..10))))?;
        (day.to_string() == text).then_some(day)
    }

    /// The day in UTC of a time in milliseconds since 1970.
    pub fn of_milliseconds(since_1970: i64) -> Day {
        Day(since_1970.div_euclid(86_400_000))
    }

    /// Monday 1 to Sunday 7, as ISO 8601 counts them.
    pub fn weekday(self) -> u8 {
        // 1970-01-01 was a Thursday.
        ((self.0 + 3).rem_euclid(7) + 1) as u8
    }

    /// Its first second as HTTP writes a time (RFC 9110, section 5.6.7).
    pub fn to_http(self) -> String {
        const DAYS: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
        const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
        let (year, month, day) = civil_from_days(self.0);
        let weekday = DAYS[usize::from(self.weekday() - 1)];
        let month = MONTHS[(month - 1) as usize];
        format!("{weekday}, {day:02} {month} {year:04} 00:00:00 GMT")
    }

    pub fn year(self) -> i64 {
        civil_from_days(self.0).0
    }

    pub fn next(self) -> Day {
        Day(self.0 + 1)
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = civil_from_days(self.0);
        write!(f, "{year:04}-{month:02}-{day:02}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_written_as_http_writes_its_first_second() {
        // date -u -d 2026-11-30 '+%a, %d %b %Y %H:%M:%S GMT'
        assert_eq!(Day::parse("2026-11-30").unwrap().to_http(), "Mon, 30 Nov 2026 00:00:00 GMT");
        assert_eq!(Day(0).to_http(), "Thu, 01 Jan 1970 00:00:00 GMT");
        assert_eq!(Day::of_milliseconds(86_399_999), Day(0));
        assert_eq!(Day::of_milliseconds(-1), Day(-1));
    }
}
