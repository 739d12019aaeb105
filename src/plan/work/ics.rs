//! Work steps for calendar programs: iCalendar (RFC 5545). The `icalendar` crate was weighed: it gives reminders the time and a
//! random name of their own, which they must not have, and brings fourteen crates for three rules of writing.

use super::{Dated, write_day};
use crate::language::{Language, Words};
use crate::plan::{Plan, Text, pick};

const OWNER: Words = Words::pair("负责：", "Owner: ");
const PRODUCES: Words = Words::pair("形成文件：", "Leaves: ");
const ROUND: Words = Words::pair("轮次：", "Round: ");

/// Most octets of a line without its end (section 3.1).
const LINE: usize = 75;

/// The steps whose days are known, as whole days, with a reminder at nine on the first day and on the last. A step has the
/// same UID each time: importing again moves it. `on` is the day of writing.
pub fn to_ics(plan: &Plan, dated: &[Dated], on: i64, language: Language) -> String {
    let said = |text: &Text| pick(text, language.tag(), plan.languages.first().map_or("", String::as_str)).to_owned();
    let mut file = Lines(String::new());
    file.put("BEGIN", "VCALENDAR");
    file.put("VERSION", "2.0");
    file.put("PRODID", "-//Minping//work steps//EN");
    file.put("X-WR-CALNAME", &escaped(&said(&plan.title)));
    for (dated, (from, to)) in dated.iter().filter_map(|dated| Some((dated, dated.days?))) {
        let step = dated.step;
        let label = escaped(&said(&step.label));
        let mut about = vec![[OWNER.of(language), &said(&step.owner)].concat()];
        about.extend(step.produces.iter().map(|text| [PRODUCES.of(language), &said(text)].concat()));
        about.extend(dated.round.iter().map(|round| [ROUND.of(language), &said(&round.label)].concat()));
        let round = dated.round.map_or("", |round| round.id.as_str());
        file.put("BEGIN", "VEVENT");
        file.put("UID", &[plan.id.as_str(), "/", round, "/", &step.id, "@minping"].concat());
        file.put("DTSTAMP", &[&compact(on), "T000000Z"].concat());
        file.put("DTSTART;VALUE=DATE", &compact(from));
        // The end of a whole day is the day after.
        file.put("DTEND;VALUE=DATE", &compact(to + 1));
        file.put("SUMMARY", &label);
        file.put("DESCRIPTION", &escaped(&about.join("\n")));
        file.put("TRANSP", "TRANSPARENT");
        let last = (from < to).then_some(("TRIGGER;RELATED=END", "-PT15H"));
        for (name, trigger) in [("TRIGGER", "PT9H")].into_iter().chain(last) {
            file.put("BEGIN", "VALARM");
            file.put("ACTION", "DISPLAY");
            file.put("DESCRIPTION", &label);
            file.put(name, trigger);
            file.put("END", "VALARM");
        }
        file.put("END", "VEVENT");
    }
    file.put("END", "VCALENDAR");
    file.0
}

/// `YYYYMMDD`.
fn compact(day: i64) -> String {
    write_day(day).replace('-', "")
}

/// A text as a value (section 3.3.11). Of controls only the line break has a meaning.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' | ';' | ',' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

struct Lines(String);

impl Lines {
    /// Folds what is longer than a line, between characters.
    fn put(&mut self, name: &str, value: &str) {
        let mut length = 0;
        for c in name.chars().chain([':']).chain(value.chars()) {
            if length + c.len_utf8() > LINE {
                self.0.push_str("\r\n ");
                length = 1;
            }
            self.0.push(c);
            length += c.len_utf8();
        }
        self.0.push_str("\r\n");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commas_and_lines_are_escaped_and_long_lines_folded_between_characters() {
        assert_eq!(escaped("a, b; c\\d\ne\u{7}"), "a\\, b\\; c\\\\d\\ne ");
        let mut file = Lines(String::new());
        file.put("SUMMARY", &"会议".repeat(40));
        assert!(file.0.split("\r\n").all(|line| line.len() <= LINE), "{}", file.0);
        assert_eq!(file.0.replace("\r\n ", ""), ["SUMMARY:", &"会议".repeat(40), "\r\n"].concat());
    }
}
