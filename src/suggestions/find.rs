//! Rules that find what may point to a person. Each is written down in docs/suggestions.md.

mod digits;
mod english;
mod names;
mod signs;

use super::{Kind, plain};

/// A stretch of a text, in characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Found {
    pub kind: Kind,
    pub from: usize,
    /// The character after the last.
    pub to: usize,
}

/// A text while it is searched.
struct Search {
    /// Its characters as ASCII where there is such a form; one for one.
    text: Vec<char>,
    marks: Vec<Option<Kind>>,
}

impl Search {
    /// Marks a stretch; what is marked already stays as it is.
    fn mark(&mut self, from: usize, to: usize, kind: Kind) {
        for mark in &mut self.marks[from..to] {
            mark.get_or_insert(kind);
        }
    }

    fn is_free(&self, from: usize, to: usize) -> bool {
        self.marks[from..to].iter().all(Option::is_none)
    }

    /// Whether these words stand at this place; letters count without their case.
    fn stands(&self, at: usize, words: &str) -> bool {
        let mut rest = self.text[at.min(self.text.len())..].iter();
        words.chars().all(|wanted| rest.next().is_some_and(|found| found.eq_ignore_ascii_case(&wanted)))
    }

    /// Whether one of these words stands in the `within` characters before a place.
    fn cued(&self, at: usize, within: usize, cues: &[&str]) -> bool {
        (at.saturating_sub(within)..at)
            .any(|from| cues.iter().any(|cue| from + cue.chars().count() <= at && self.stands(from, cue)))
    }
}

/// What may point to a person, in the order of the text, without overlaps.
pub fn find(text: &str) -> Vec<Found> {
    let text: Vec<char> = text.chars().map(plain).collect();
    let marks = vec![None; text.len()];
    let mut search = Search { text, marks };
    signs::mails(&mut search);
    signs::accounts(&mut search);
    digits::numbers(&mut search);
    signs::plates(&mut search);
    signs::doors(&mut search);
    names::titled(&mut search);
    names::introduced(&mut search);
    names::familiar(&mut search);
    english::names(&mut search);
    stretches(&search.marks)
}

/// Runs of one kind.
pub(super) fn stretches(marks: &[Option<Kind>]) -> Vec<Found> {
    let mut found: Vec<Found> = Vec::new();
    for (at, mark) in marks.iter().enumerate() {
        let Some(kind) = *mark else { continue };
        match found.last_mut() {
            Some(last) if last.to == at && last.kind == kind => last.to = at + 1,
            _ => found.push(Found { kind, from: at, to: at + 1 }),
        }
    }
    found
}
