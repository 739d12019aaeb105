//! Names in English, where something says that they are names.

use super::Search;
use crate::suggestions::Kind;
use std::ops::Range;

const TITLES: [&str; 12] =
    ["mr", "mrs", "ms", "miss", "mx", "dr", "prof", "professor", "officer", "nurse", "sir", "madam"];
/// Behind these one word is enough.
const NAMED: [&[&str]; 5] = [&["name", "is"], &["named"], &["name"], &["signed"], &["contact", "person"]];
/// Behind these it takes two: "I am German" is no name.
const SAID: [&[&str]; 9] = [
    &["i", "am"],
    &["i'm"],
    &["i’m"],
    &["this", "is"],
    &["called"],
    &["ask", "for"],
    &["contact"],
    &["thanks", "to"],
    &["thank"],
];
/// They begin a sentence, or an office, and no name.
const OTHER: [&str; 22] = [
    "The",
    "A",
    "An",
    "He",
    "She",
    "It",
    "I",
    "We",
    "They",
    "You",
    "At",
    "In",
    "On",
    "Please",
    "No",
    "Not",
    "Of",
    "And",
    "General",
    "Office",
    "Bureau",
    "Department",
];

struct Word {
    place: Range<usize>,
    lower: String,
    /// Written like a name.
    proper: bool,
    /// A full stop or comma stands between it and the word before.
    apart: bool,
}

fn words(search: &Search) -> Vec<Word> {
    let is_letter = |c: char| c.is_alphabetic() && !crate::suggestions::is_han(c) || matches!(c, '\'' | '’' | '-');
    let mut words = Vec::new();
    let mut at = 0;
    let mut apart = true;
    while at < search.text.len() {
        let length = search.text[at..].iter().take_while(|c| is_letter(**c)).count();
        if length == 0 {
            apart |= !matches!(search.text[at], ' ' | '.' | ':');
            at += 1;
            continue;
        }
        let word: String = search.text[at..at + length].iter().collect();
        let first = word.chars().next().is_some_and(char::is_uppercase);
        let rest = word.chars().skip(1).any(char::is_lowercase) || length == 1;
        let proper = first && rest && !OTHER.contains(&word.as_str());
        let place = at..at + length;
        at += length;
        words.push(Word { place, lower: word.to_lowercase(), proper, apart });
        // A full stop ends a sentence, but not a title or an initial.
        let stop = search.text.get(at) == Some(&'.');
        apart = stop && length > 1 && !words.last().is_some_and(|word| TITLES.contains(&word.lower.as_str()));
    }
    words
}

pub(super) fn names(search: &mut Search) {
    let words = words(search);
    for at in 0..words.len() {
        let cue = |cues: &[&[&str]]| {
            let fits = |cue: &&&[&str]| {
                cue.len() <= words.len() - at
                    && cue.iter().zip(&words[at..]).all(|(cue, word)| *cue == word.lower)
                    && words[at + 1..at + cue.len()].iter().all(|word| !word.apart)
            };
            cues.iter().find(fits).map(|cue| at + cue.len())
        };
        let titled = TITLES.contains(&words[at].lower.as_str()).then_some(at + 1);
        let found = titled.map(|from| (from, 1)).or_else(|| cue(&NAMED).map(|from| (from, 1)));
        let found = found.or_else(|| cue(&SAID).map(|from| (from, 2)));
        let Some((from, fewest)) = found else { continue };
        let fits = |(at, word): &(usize, &Word)| word.proper && (*at == 0 || !word.apart);
        let length = words[from.min(words.len())..].iter().take(3).enumerate().take_while(fits).count();
        let first_apart = words.get(from).is_some_and(|word| word.apart);
        if length >= fewest && !first_apart {
            let (begin, end) = (words[from].place.start, words[from + length - 1].place.end);
            search.mark(begin, end, Kind::Name);
        }
    }
}
