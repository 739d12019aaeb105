//! How well the finder does on texts of which people said what is to be masked.

use super::{Kind, find};

/// A text and the places in it that have to be masked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Labelled {
    pub text: String,
    /// Kind, and from where to where, in characters.
    pub marks: Vec<(Kind, usize, usize)>,
}

/// What was found and what was not.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Measured {
    /// Marks that are masked as a whole, under whatever kind.
    pub hidden: usize,
    /// Marks of which something can still be read, with their text.
    pub missed: Vec<String>,
    /// What was masked and touches no mark.
    pub needless: Vec<String>,
    /// What was masked and touches one.
    pub right: usize,
}

/// Reads lines in which `⟦n|…⟧` marks what has to be masked; empty lines and those that begin with # are left out.
/// None: a line is not written so.
pub fn labelled(text: &str) -> Option<Vec<Labelled>> {
    let codes = ['n', 'p', 'i', 'b', 'e', 'c', 'w', 'd'];
    let mut all = Vec::new();
    for line in text.lines().filter(|line| !line.trim().is_empty() && !line.starts_with('#')) {
        let mut found = Labelled { text: String::new(), marks: Vec::new() };
        let mut rest = line;
        while let Some((before, after)) = rest.split_once('⟦') {
            found.text.push_str(before);
            let (mark, after) = after.split_once('⟧')?;
            let (code, words) = mark.split_once('|')?;
            let kind = Kind::ALL[codes.iter().position(|known| code == known.to_string())?];
            let from = found.text.chars().count();
            found.text.push_str(words);
            found.marks.push((kind, from, found.text.chars().count()));
            rest = after;
        }
        found.text.push_str(rest);
        all.push(found);
    }
    Some(all)
}

/// Holds the finder against marks. `of`: only marks of this kind, and only what is found as it.
pub fn measure(all: &[Labelled], of: Option<Kind>) -> Measured {
    let mut measured = Measured::default();
    for Labelled { text, marks } in all {
        let letters: Vec<char> = text.chars().collect();
        let words = |from: usize, to: usize| letters[from..to].iter().collect::<String>();
        let told = |from, to| [&words(from, to), " ← ", text].concat();
        let found = find(text);
        for (_, from, to) in marks.iter().filter(|(kind, ..)| of.is_none_or(|of| of == *kind)) {
            let is_hidden = |at: usize| found.iter().any(|found| found.from <= at && at < found.to);
            match (*from..*to).all(is_hidden) {
                true => measured.hidden += 1,
                false => measured.missed.push(told(*from, *to)),
            }
        }
        for one in found.iter().filter(|found| of.is_none_or(|of| of == found.kind)) {
            match marks.iter().any(|(_, from, to)| *from < one.to && one.from < *to) {
                true => measured.right += 1,
                false => measured.needless.push(told(one.from, one.to)),
            }
        }
    }
    measured
}
