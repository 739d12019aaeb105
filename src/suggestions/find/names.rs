//! Names in Chinese, where something says that they are names: a title behind them, or words before them.

mod lists;

use super::Search;
use crate::suggestions::{Kind, is_han};
use lists::{BLOCKED, COMPOUND, CUES, FAMILIAR, FOLLOW, FUNCTION, NEVER_ALONE, PRECEDED, SURNAMES, TITLES};

fn is_surname(letter: char) -> bool {
    SURNAMES.contains(letter)
}

/// Whether a compound surname stands here.
fn compound(search: &Search, at: usize) -> bool {
    COMPOUND.iter().any(|name| search.stands(at, name))
}

/// Whether two characters are a pair of a list of words of two characters.
fn among(list: &str, first: char, second: char) -> bool {
    list.split(' ').any(|word| {
        let mut letters = word.chars();
        letters.next() == Some(first) && letters.next() == Some(second)
    })
}

/// Whether the characters can be what stands behind a surname.
fn is_given(given: &[char]) -> bool {
    given.iter().all(|c| is_han(*c) && !FUNCTION.contains(*c))
}

/// Whether a surname at this place is the end of another word, such as 高 of 提高.
fn is_tail(search: &Search, at: usize) -> bool {
    at > 0 && among(PRECEDED, search.text[at - 1], search.text[at])
}

/// Whether what begins here is an ordinary word, such as 方便.
fn is_word(search: &Search, at: usize) -> bool {
    search.text.get(at + 1).is_some_and(|next| among(BLOCKED, search.text[at], *next))
}

fn title_at(search: &Search, at: usize) -> Option<&'static str> {
    TITLES.iter().copied().find(|title| search.stands(at, title))
}

/// 王主任, 李建国副局长: the name, not the title.
pub(super) fn titled(search: &mut Search) {
    let mut at = 1;
    while at < search.text.len() {
        let Some(title) = title_at(search, at) else {
            at += 1;
            continue;
        };
        if let Some(from) = before_title(search, at) {
            search.mark(from, at, Kind::Name);
        }
        at += title.chars().count();
    }
}

/// Where the name that ends here begins. The surname next to the title comes first: longer readings need a reason.
fn before_title(search: &Search, at: usize) -> Option<usize> {
    let letter = |back: usize| at.checked_sub(back).map(|place| search.text[place]);
    // 姐, 哥 and the like are part of many words.
    let short = title_at(search, at).is_some_and(|title| title.chars().count() == 1);
    if at >= 2 && compound(search, at - 2) {
        return Some(at - 2);
    }
    if at >= 3 && compound(search, at - 3) && is_given(&search.text[at - 1..at]) {
        return Some(at - 3);
    }
    let full = |length: usize| {
        let from = at.checked_sub(length)?;
        let surname = search.text[from];
        let fits = is_surname(surname)
            && is_given(&search.text[from + 1..at])
            && !is_tail(search, from)
            && !is_word(search, from)
            && !NEVER_ALONE.contains(surname);
        fits.then_some(from)
    };
    let alone = letter(1).is_some_and(|last| {
        is_surname(last)
            && !NEVER_ALONE.contains(last)
            && !is_tail(search, at - 1)
            && (!short || FAMILIAR.contains(last))
    });
    let three = full(3).filter(|_| !short);
    let two = full(2).filter(|_| !short);
    match (three, two, alone) {
        (_, _, true) if two.is_none() && three.is_none() => Some(at - 1),
        // 感谢陈医生, 向江主任: a surname before a surname is more often another word.
        (_, Some(_), true) => Some(at - 1),
        (Some(from), ..) => Some(from),
        (None, two, _) => two.or(alone.then_some(at - 1)),
    }
}

/// 我叫陈志远, 联系人：刘芳, 民警何涛: a surname and one or two characters that end there.
pub(super) fn introduced(search: &mut Search) {
    for at in 0..search.text.len() {
        let Some(cue) = CUES.iter().find(|cue| search.stands(at, cue)) else { continue };
        let mut from = at + cue.chars().count();
        if *cue == "姓" {
            let before = at.checked_sub(1).map_or(' ', |place| search.text[place]);
            if !"百贵同名老".contains(before) {
                surname_only(search, from);
            }
            continue;
        }
        let most = from + 3;
        while from < most && search.text.get(from).is_some_and(|c| matches!(c, ':' | '是' | '为' | '叫' | ' ' | '：'))
        {
            from += 1;
        }
        if let Some(to) = full_name(search, from) {
            search.mark(from, to, Kind::Name);
        }
    }
    foreign(search);
}

/// 姓郭的.
fn surname_only(search: &mut Search, from: usize) {
    let length = if compound(search, from) { 2 } else { 1 };
    let is_name = length == 2 || search.text.get(from).is_some_and(|c| is_surname(*c));
    if is_name && !search.stands(from, "名") {
        search.mark(from, from + length, Kind::Name);
    }
}

/// Where a full name that begins here ends.
fn full_name(search: &Search, from: usize) -> Option<usize> {
    let surname = if compound(search, from) { 2 } else { 1 };
    let known = surname == 2 || search.text.get(from).is_some_and(|c| is_surname(*c));
    if !known || (surname == 1 && is_word(search, from)) {
        return None;
    }
    [2, 1].into_iter().map(|given| (from + surname, from + surname + given)).find_map(|(given, end)| {
        let letters = search.text.get(given..end)?;
        let next = search.text.get(end).copied().unwrap_or(' ');
        let ends = !is_han(next) || FOLLOW.contains(next);
        let title = (given..end).any(|place| title_at(search, place).is_some()) || title_at(search, end - 1).is_some();
        (is_given(letters) && ends && !title && search.is_free(from, end)).then_some(end)
    })
}

/// Two parts with a point between them: 阿里木·买买提.
fn foreign(search: &mut Search) {
    for at in 1..search.text.len() {
        if !matches!(search.text[at], '·' | '•' | '・') {
            continue;
        }
        let part = |letters: &mut dyn Iterator<Item = &char>| {
            letters.take_while(|c| is_han(**c) && !FUNCTION.contains(**c)).count()
        };
        let before = part(&mut search.text[..at].iter().rev());
        let after = part(&mut search.text[at + 1..].iter());
        if (2..=6).contains(&before) && after >= 2 {
            // Where a name of this form ends is not said: four characters at most.
            search.mark(at - before.min(4), at + 1 + after.min(4), Kind::Name);
        }
    }
}

/// 老王, 小李.
pub(super) fn familiar(search: &mut Search) {
    for at in 0..search.text.len().saturating_sub(1) {
        if !matches!(search.text[at], '老' | '小') || !FAMILIAR.contains(search.text[at + 1]) {
            continue;
        }
        let next = search.text.get(at + 2).copied().unwrap_or(' ');
        let before = at.checked_sub(1).map_or(' ', |place| search.text[place]);
        if (!is_han(next) || FOLLOW.contains(next)) && !"大从最古".contains(before) {
            search.mark(at, at + 2, Kind::Name);
        }
    }
}
