//! E-mail addresses, accounts that are introduced as such, number plates, doors.

use super::Search;
use crate::suggestions::Kind;

fn is_word(letter: char) -> bool {
    letter.is_ascii_alphanumeric() || letter == '_' || letter == '-'
}

pub(super) fn mails(search: &mut Search) {
    let local = |c: char| is_word(c) || matches!(c, '.' | '+' | '%');
    for at in 0..search.text.len() {
        if search.text[at] != '@' {
            continue;
        }
        let from = at - search.text[..at].iter().rev().take_while(|c| local(**c)).count();
        let mut to = at + 1 + search.text[at + 1..].iter().take_while(|c| is_word(**c) || **c == '.').count();
        // The full stop behind an address is not part of it.
        while to > at && !search.text[to - 1].is_ascii_alphanumeric() {
            to -= 1;
        }
        let domain = &search.text[at + 1..to.max(at + 1)];
        if from < at && domain.contains(&'.') {
            search.mark(from, to, Kind::Mail);
        }
    }
}

const ACCOUNTS: [&str; 14] =
    ["微信", "威信", "v信", "加v", "vx", "wx", "wechat", "weixin", "qq", "扣扣", "抖音号", "快手号", "支付宝", "护照"];

pub(super) fn accounts(search: &mut Search) {
    for at in 0..search.text.len() {
        let Some(cue) = ACCOUNTS.iter().find(|cue| search.stands(at, cue)) else { continue };
        let latin = cue.is_ascii();
        // Inside another word.
        if latin && at > 0 && search.text[at - 1].is_ascii_alphanumeric() {
            continue;
        }
        let mut from = at + cue.chars().count();
        let begin = from;
        let mut said = false;
        while from < search.text.len() && from - begin < 6 {
            let letter = search.text[from];
            let linking = matches!(letter, ':' | '是' | '为' | '号' | '码' | '同' | '就' | ' ' | '=' | '-');
            let id = search.stands(from, "id ") || search.stands(from, "is ") || search.stands(from, "id:");
            if !linking && !id {
                break;
            }
            said |= matches!(letter, ':' | '是' | '为' | '号' | '=') || id;
            from += if id { 2 } else { 1 };
        }
        let length = search.text[from..].iter().take_while(|c| is_word(**c)).count();
        let word = &search.text[from..from + length];
        let marked = word.iter().any(|c| c.is_ascii_digit() || *c == '_');
        if (5..=20).contains(&length) && (marked || said || !latin) {
            search.mark(from, from + length, Kind::Account);
        }
    }
}

const PROVINCES: &str = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼";

/// GA 36: province, letter, five places, or six of a car with new energy; I and O are not used.
pub(super) fn plates(search: &mut Search) {
    for at in 0..search.text.len() {
        if !PROVINCES.contains(search.text[at]) {
            continue;
        }
        let is_place = |c: char| c.is_ascii_alphanumeric() && !matches!(c.to_ascii_uppercase(), 'I' | 'O');
        if !search.text.get(at + 1).is_some_and(|c| c.is_ascii_alphabetic() && is_place(*c)) {
            continue;
        }
        let gap = search.text[at + 2..].iter().take_while(|c| matches!(**c, '·' | '.' | '-' | ' ' | '•')).count();
        let from = at + 2 + gap.min(2);
        let length = search.text[from.min(search.text.len())..].iter().take_while(|c| is_place(**c)).count();
        let word = &search.text[from.min(search.text.len())..(from + length).min(search.text.len())];
        let special = search.text.get(from + length).is_some_and(|c| "挂学警港澳".contains(*c));
        let whole = matches!(length, 5 | 6) || (length == 4 && special);
        if whole && word.iter().any(char::is_ascii_digit) {
            search.mark(at, from + length + usize::from(special), Kind::Plate);
        }
    }
}

/// House, entrance and door: two numbers at least, the first before 号楼, 栋, 幢 or 座.
pub(super) fn doors(search: &mut Search) {
    let number = |search: &Search, at: usize| {
        let length = search.text[at.min(search.text.len())..].iter().take_while(|c| c.is_ascii_digit()).count();
        (1..=5).contains(&length).then_some(at + length)
    };
    let mut at = 0;
    while at < search.text.len() {
        let begins = search.text[at].is_ascii_digit() && (at == 0 || !search.text[at - 1].is_ascii_alphanumeric());
        let house = number(search, at).filter(|_| begins).and_then(|end| {
            let signs = ["号楼", "号院", "栋", "幢", "座", "#楼", "#", "楼"];
            signs.iter().find(|sign| search.stands(end, sign)).map(|sign| end + sign.chars().count())
        });
        let Some(house) = house else {
            at += 1;
            continue;
        };
        let entrance = number(search, house).filter(|end| search.stands(*end, "单元")).map(|end| end + 2);
        let rest = entrance.unwrap_or(house);
        let door = number(search, rest).filter(|end| entrance.is_some() || end - rest >= 3);
        let end =
            door.map(|end| end + usize::from(["室", "号", "房", "户"].iter().any(|sign| search.stands(end, sign))));
        if let Some(end) = end.or(entrance) {
            search.mark(at, end, Kind::Door);
        }
        at = house;
    }
}
