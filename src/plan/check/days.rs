use super::node::Node;
use super::{Code, Report};

/// Dates of rounds.
pub(super) fn check(root: &Node, report: &mut Report) {
    for round in root.list("rounds") {
        let mut read = |member: &str| {
            let text = round.text(member)?;
            if !is_date(text) {
                report.add(Code::BadDate, round.at(member), [text]);
                return None;
            }
            Some(text)
        };
        let (opens, closes) = (read("opens"), read("closes"));
        // Dates in this form sort as texts.
        if let (Some(opens), Some(closes)) = (opens, closes)
            && closes < opens
        {
            report.add(Code::ClosesBeforeOpens, round.at("closes"), [closes, opens]);
        }
    }
}

/// Whether a text is a day of the Gregorian calendar as `YYYY-MM-DD`.
pub(super) fn is_date(text: &str) -> bool {
    let bytes = text.as_bytes();
    let shaped = bytes.len() == 10
        && bytes.iter().enumerate().all(|(i, b)| if i == 4 || i == 7 { *b == b'-' } else { b.is_ascii_digit() });
    if !shaped {
        return false;
    }
    let number = |range: std::ops::Range<usize>| bytes[range].iter().fold(0u32, |n, b| n * 10 + u32::from(b - b'0'));
    let (year, month, day) = (number(0..4), number(5..7), number(8..10));
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let days = match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if leap => 29,
        2 => 28,
        _ => 0,
    };
    (1..=days).contains(&day)
}
