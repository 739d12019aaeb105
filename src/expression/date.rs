//! Dates and times as ODK writes them: `2026-11-24`, `2026-11-24T09:30:00.000+08:00`, `09:30:00.000+08:00`.
//!
//! A text without an offset is local time. Local time is the clock's offset at the moment of evaluation, also for dates on
//! which a daylight saving law had another one: this program carries no time zones.

use super::{Moment, number};

const DAY: i64 = 86_400_000;
const MINUTE: i64 = 60_000;

/// Days from 1970 beyond which a date has no year of four digits.
pub(super) const FAR: f64 = 700_000.0;

/// Days since 1970-01-01 of a day of the Gregorian calendar.
pub(crate) fn days_from_civil(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let of_era = year.rem_euclid(400);
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
}

/// Year, month and day of the Gregorian calendar, of days since 1970-01-01; by Howard Hinnant's `civil_from_days`.
pub(crate) fn civil_from_days(days: i64) -> (i64, i64, i64) {
    let days = days + 719_468;
    let era = days.div_euclid(146_097);
    let of_era = days.rem_euclid(146_097);
    let year = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * month + 2) / 5 + 1;
    let month = (month + 2) % 12 + 1;
    (year + era * 400 + i64::from(month <= 2), month, day)
}

/// Reads digits and separators: `#` stands for a digit. The digits between separators, as numbers.
fn fields<const N: usize>(text: &str, pattern: &str) -> Option<[i64; N]> {
    if text.len() != pattern.len() {
        return None;
    }
    let mut found = [0; N];
    let mut field = 0;
    for (byte, wanted) in text.bytes().zip(pattern.bytes()) {
        match wanted {
            b'#' if byte.is_ascii_digit() => found[field] = found[field] * 10 + i64::from(byte - b'0'),
            b'#' => return None,
            _ if byte == wanted => field += 1,
            _ => return None,
        }
    }
    Some(found)
}

/// Days since 1970 of `YYYY-MM-DD`, if there is such a day; months and days of one digit are taken too.
pub(crate) fn parse_day(text: &str) -> Option<i64> {
    let patterns = ["####-##-##", "####-#-##", "####-##-#", "####-#-#"];
    let [year, month, day] = patterns.iter().find_map(|pattern| fields(text, pattern))?;
    let days = days_from_civil(year, month, day);
    (1..=12).contains(&month).then_some(days).filter(|days| civil_from_days(*days) == (year, month, day))
}

/// Milliseconds of the day and, if it is written, the offset in minutes.
pub(crate) fn parse_time(text: &str) -> Option<(i64, Option<i64>)> {
    let (clock, offset) = match text.find(['Z', '+', '-']) {
        Some(at) if &text[at..] == "Z" => (&text[..at], Some(0)),
        Some(at) => {
            let [hours, minutes] = fields(&text[at + 1..], "##:##")?;
            let ahead = hours * 60 + minutes;
            let sound = hours <= 14 && minutes < 60;
            (&text[..at], Some(if text[at..].starts_with('-') { -ahead } else { ahead }).filter(|_| sound))
        }
        None => (text, None),
    };
    if clock.len() < text.len() && offset.is_none() {
        return None;
    }
    let (whole, part) = clock.split_once('.').unwrap_or((clock, ""));
    let [hours, minutes, seconds] = ["##:##:##", "##:##", "##"].iter().find_map(|pattern| fields(whole, pattern))?;
    if hours > 23 || minutes > 59 || seconds > 59 || !part.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let padded = part.bytes().chain(*b"000").take(3);
    let milliseconds = padded.fold(0, |sum, digit| sum * 10 + i64::from(digit - b'0'));
    Some((((hours * 60 + minutes) * 60 + seconds) * 1000 + milliseconds, offset))
}

/// The moment of a date, or of a date and time; `offset` where the text has none.
fn parse(text: &str, offset: i32) -> Option<Moment> {
    let (day, time) = text.split_once('T').map_or((text, None), |(day, time)| (day, Some(time)));
    let (time, written) = time.map_or(Some((0, None)), parse_time)?;
    let local = parse_day(day)? * DAY + time;
    Some(Moment { milliseconds: local - written.unwrap_or(offset.into()) * MINUTE, offset })
}

impl Moment {
    /// `YYYY-MM-DDThh:mm:ss.sss±hh:mm`
    pub fn write(self) -> String {
        write(self, true)
    }

    /// Reads what [`Moment::write`] wrote.
    pub fn parse(text: &str) -> Option<Moment> {
        let (_, time) = text.split_once('T')?;
        let (_, offset) = parse_time(time)?;
        parse(text, offset? as i32)
    }
}

/// Days since 1970-01-01T00:00Z of a date, or of a date and time.
pub(super) fn days(text: &str, offset: i32) -> Option<f64> {
    // Nearly every text that is asked is no date: say so at a glance.
    let begins = text.as_bytes().get(..5).is_some_and(|b| b[..4].iter().all(u8::is_ascii_digit) && b[4] == b'-');
    let moment = if begins { parse(text, offset)? } else { return None };
    Some(moment.milliseconds as f64 / DAY as f64)
}

/// The moment that many days after 1970-01-01T00:00Z.
pub(super) fn moment(days: f64, offset: i32) -> Moment {
    Moment { milliseconds: number::round(days * DAY as f64) as i64, offset }
}

/// The part of the local day that is over at this time: 0.5 at noon.
pub(super) fn time_of_day(text: &str, offset: i32) -> Option<f64> {
    let (time, written) = parse_time(text)?;
    let shift = written.map_or(0, |written| (i64::from(offset) - written) * MINUTE);
    Some((time + shift).rem_euclid(DAY) as f64 / DAY as f64)
}

fn pad(text: &mut String, value: i64, width: u32) {
    for place in (0..width).rev() {
        text.push(char::from(b'0' + (value / 10i64.pow(place) % 10) as u8));
    }
}

/// `YYYY-MM-DD`, or with `time` `YYYY-MM-DDThh:mm:ss.sss+hh:mm`, in local time.
pub(super) fn write(moment: Moment, time: bool) -> String {
    let mut text = String::new();
    let pattern = if time { "%Y-%m-%dT%H:%M:%S.%3" } else { "%Y-%m-%d" };
    fill(&mut text, moment, pattern, true, "en");
    if time {
        text.push(if moment.offset < 0 { '-' } else { '+' });
        pad(&mut text, i64::from(moment.offset.abs()) / 60, 2);
        text.push(':');
        pad(&mut text, i64::from(moment.offset.abs()) % 60, 2);
    }
    text
}

/// What `format-date` and `format-date-time` (`time`) write; empty for what is no date.
pub(super) fn format(text: &str, pattern: &str, offset: i32, time: bool, language: &str) -> String {
    let mut out = String::new();
    if let Some(moment) = parse(text, offset) {
        fill(&mut out, moment, pattern, time, language);
    }
    out
}

fn fill(out: &mut String, moment: Moment, pattern: &str, time: bool, language: &str) {
    let local = moment.milliseconds + i64::from(moment.offset) * MINUTE;
    let (days, clock) = (local.div_euclid(DAY), local.rem_euclid(DAY));
    let (year, month, day) = civil_from_days(days);
    let chinese = language.starts_with("zh");
    let mut characters = pattern.chars();
    while let Some(c) = characters.next() {
        if c != '%' {
            out.push(c);
            continue;
        }
        let Some(letter) = characters.next() else { return out.push('%') };
        let (value, width) = match letter {
            'Y' => (year, 4),
            'y' => (year, 2),
            'm' => (month, 2),
            'n' => (month, if month < 10 { 1 } else { 2 }),
            'd' => (day, 2),
            'e' => (day, if day < 10 { 1 } else { 2 }),
            'b' if chinese => {
                pad(out, month, if month < 10 { 1 } else { 2 });
                out.push('月');
                continue;
            }
            'b' => {
                out.push_str(name("JanFebMarAprMayJunJulAugSepOctNovDec", month as usize - 1));
                continue;
            }
            'a' => {
                // 1970-01-01 was a Thursday.
                let names =
                    if chinese { "周日周一周二周三周四周五周六" } else { "SunMonTueWedThuFriSat" };
                out.push_str(name(names, (days + 4).rem_euclid(7) as usize));
                continue;
            }
            'H' if time => (clock / 3_600_000, 2),
            'h' if time => (clock / 3_600_000, if clock < 36_000_000 { 1 } else { 2 }),
            'M' if time => (clock / MINUTE % 60, 2),
            'S' if time => (clock / 1000 % 60, 2),
            '3' if time => (clock % 1000, 3),
            other => {
                out.push('%');
                out.push(other);
                continue;
            }
        };
        pad(out, value, width);
    }
}

/// The names stand one after another: three bytes each in English, six in Chinese.
fn name(names: &'static str, index: usize) -> &'static str {
    let width = if names.is_ascii() { 3 } else { 6 };
    names.get(index * width..(index + 1) * width).unwrap_or("")
}
