//! Numbers: telephones, identity cards, bank cards, and any other that is long.

use super::Search;
use crate::suggestions::Kind;
use std::ops::Range;

/// Digits without anything between them.
struct Group {
    place: Range<usize>,
    digits: String,
    /// A comma stands before it: seldom between the parts of one number.
    comma: bool,
}

/// What says that a short number is a telephone's.
const CUES: [&str; 13] =
    ["电话", "座机", "手机", "拨", "打", "致电", "联系", "号码", "回电", "tel", "phone", "call", "mobile"];
/// So many digits in one piece are masked whatever they are: no price or date is so long.
const LONG: usize = 11;
/// A number has at most so many digits.
const MOST: usize = 19;

fn digit(letter: char) -> Option<char> {
    let value = match letter {
        '0'..='9' => return Some(letter),
        '〇' | '零' | '○' => 0,
        '一' | '幺' | '壹' => 1,
        '二' | '贰' => 2,
        '三' | '叁' => 3,
        '四' | '肆' => 4,
        '五' | '伍' => 5,
        '六' | '陆' => 6,
        '七' | '柒' => 7,
        '八' | '捌' => 8,
        '九' | '玖' => 9,
        '\u{660}'..='\u{669}' => letter as u32 - 0x660,
        '\u{6f0}'..='\u{6f9}' => letter as u32 - 0x6f0,
        _ => return None,
    };
    char::from_digit(value, 10)
}

/// Seen by nobody.
fn is_hidden(letter: char) -> bool {
    matches!(letter, '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{ad}' | '\u{fe0f}' | '\u{20e3}')
}

/// Put between the parts of a number by who speaks it to a telephone.
fn is_comma(letter: char) -> bool {
    matches!(letter, ',' | '、')
}

/// What people put between the parts of a number.
fn parts(letter: char) -> bool {
    letter.is_whitespace()
        || is_hidden(letter)
        || is_comma(letter)
        || matches!(letter, '-' | '\u{2010}'..='\u{2015}' | '.' | '·' | '•' | '(' | ')' | '/' | '_' | '~' | '+' | '*')
}

pub(super) fn numbers(search: &mut Search) {
    let mut at = 0;
    while at < search.text.len() {
        let run = run(search, &mut at);
        look(search, &run);
    }
}

/// The groups that belong together, from the next digit on.
fn run(search: &Search, at: &mut usize) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    let mut gap = 0;
    while let Some(letter) = search.text.get(*at) {
        let none = groups.is_empty();
        let last = groups.last_mut().filter(|group| search.text[group.place.end..*at].iter().all(|c| is_hidden(*c)));
        match (digit(*letter).filter(|_| search.marks[*at].is_none()), last) {
            (Some(digit), Some(group)) => {
                group.digits.push(digit);
                group.place.end = *at + 1;
            }
            (Some(digit), None) => {
                let comma =
                    groups.last().is_some_and(|group| search.text[group.place.end..*at].iter().any(|c| is_comma(*c)));
                groups.push(Group { place: *at..*at + 1, digits: digit.to_string(), comma });
            }
            (None, _) if none => {}
            (None, _) if !parts(*letter) || gap == 3 => break,
            (None, _) => {}
        }
        gap = if digit(*letter).is_some() { 0 } else { gap + 1 };
        *at += 1;
    }
    groups
}

fn look(search: &mut Search, groups: &[Group]) {
    let mut first = 0;
    while first < groups.len() {
        let found = (first..groups.len().min(first + MOST)).rev().find_map(|last| {
            let group = &groups[first..=last];
            shape(search, group).map(|(kind, end)| (kind, end, last))
        });
        let mut begin = groups[first].place.start;
        match found {
            Some((kind, end, last)) => {
                // The sign of a number from abroad, and the bracket around an area code.
                begin -= usize::from(begin > 0 && matches!(search.text[begin - 1], '+' | '('));
                search.mark(begin, end, kind);
                extension(search, end);
                first = last + 1;
            }
            None => {
                if groups[first].digits.len() >= LONG {
                    search.mark(begin, groups[first].place.end, Kind::Number);
                }
                first += 1;
            }
        }
    }
}

/// What the groups together are, and where it ends.
fn shape(search: &Search, groups: &[Group]) -> Option<(Kind, usize)> {
    let (begin, end) = (groups[0].place.start, groups[groups.len() - 1].place.end);
    let digits: String = groups.iter().map(|group| group.digits.as_str()).collect();
    if digits.len() > MOST {
        return None;
    }
    // Sums and lists have commas too: only a mobile number as it is spoken.
    if groups[1..].iter().any(|group| group.comma) {
        let parts: Vec<usize> = groups.iter().map(|group| group.digits.len()).collect();
        let spoken = matches!(parts[..], [3, 4, 4] | [3, 8] | [7, 4]) || parts == [1; 11];
        return (spoken && is_phone(&digits)).then_some((Kind::Phone, end));
    }
    // The last place of an identity number may be an X.
    let letter = search.text.get(end).is_some_and(|c| c.eq_ignore_ascii_case(&'x'));
    if digits.len() == 17 && letter && is_identity(&[&digits, "X"].concat()) {
        return Some((Kind::Identity, end + 1));
    }
    if is_identity(&digits) {
        return Some((Kind::Identity, end));
    }
    let abroad = begin > 0 && search.text[begin - 1] == '+' && (7..=15).contains(&digits.len());
    let cued = (7..=15).contains(&digits.len())
        && !is_date(&digits)
        && groups.iter().all(|group| group.digits.len() > 1 || groups.len() > 6)
        && search.cued(begin, if digits.len() < LONG { 6 } else { 12 }, &CUES);
    if abroad || is_phone(&digits) || cued {
        return Some((Kind::Phone, end));
    }
    let in_fours = groups.len() > 2 && groups[..groups.len() - 1].iter().all(|group| group.digits.len() == 4);
    let card = (13..=19).contains(&digits.len()) && (groups.len() == 1 || in_fours) && is_luhn(&digits);
    card.then_some((Kind::Bank, end))
}

/// 转 and a number behind a telephone's.
fn extension(search: &mut Search, end: usize) {
    if search.stands(end, "转") {
        let length = search.text[end + 1..].iter().take_while(|c| c.is_ascii_digit()).count();
        if (1..=6).contains(&length) {
            search.mark(end, end + 1 + length, Kind::Phone);
        }
    }
}

/// Mobile and fixed numbers of China with or without its code, and those of 400 and 800.
fn is_phone(digits: &str) -> bool {
    let home = digits.strip_prefix("0086").or_else(|| digits.strip_prefix("86").filter(|rest| rest.len() >= 10));
    let number = home.unwrap_or(digits);
    let mobile = number.strip_prefix('0').filter(|rest| rest.len() == 11).unwrap_or(number);
    if mobile.len() == 11 && mobile.starts_with('1') && ('3'..='9').contains(&mobile.chars().nth(1).unwrap_or('0')) {
        return true;
    }
    if number.len() == 10 && (number.starts_with("400") || number.starts_with("800")) {
        return true;
    }
    let fixed = number.strip_prefix('0').or_else(|| home.map(|_| number));
    fixed.is_some_and(|fixed| match fixed.as_bytes() {
        [b'1', b'0', rest @ ..] => rest.len() == 8,
        [b'2', _, rest @ ..] => rest.len() == 8,
        [b'3'..=b'9', _, _, rest @ ..] => rest.len() == 7 || rest.len() == 8,
        _ => false,
    })
}

/// GB 11643: eighteen places, the last by ISO 7064 MOD 11-2; or the fifteen of before 1999, with a day in them.
fn is_identity(digits: &str) -> bool {
    let day = |year: &str, month: &str, day: &str| {
        let number = |text: &str| text.parse::<u32>().unwrap_or(0);
        (1800..2200).contains(&number(year)) && (1..=12).contains(&number(month)) && (1..=31).contains(&number(day))
    };
    match digits.len() {
        15 => day(&["19", &digits[6..8]].concat(), &digits[8..10], &digits[10..12]) && !is_luhn(digits),
        18 => {
            let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
            let sum: u32 = digits.chars().zip(weights).map(|(c, weight)| c.to_digit(10).unwrap_or(0) * weight).sum();
            let check = "10X98765432".chars().nth(sum as usize % 11);
            digits.chars().last() == check && day(&digits[6..10], &digits[10..12], &digits[12..14])
        }
        _ => false,
    }
}

/// ISO/IEC 7812-1, annex B.
fn is_luhn(digits: &str) -> bool {
    let values = digits.chars().rev().map(|c| c.to_digit(10).unwrap_or(0));
    let sum: u32 = values
        .enumerate()
        .map(|(at, value)| match at % 2 {
            0 => value,
            _ => value * 2 / 10 + value * 2 % 10,
        })
        .sum();
    sum % 10 == 0
}

/// Eight digits that are a day.
fn is_date(digits: &str) -> bool {
    let part = |range: Range<usize>| digits[range].parse::<u32>().unwrap_or(0);
    digits.len() == 8
        && (1900..2100).contains(&part(0..4))
        && (1..=12).contains(&part(4..6))
        && (1..=31).contains(&part(6..8))
}
