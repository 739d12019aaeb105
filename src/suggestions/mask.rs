use super::find::stretches;
use super::{Found, Kind, Standing, find, is_han};
use crate::language::Language;

/// A part of a text as it stands after masking.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// As it was written.
    pub text: String,
    /// What hides it; None: it is read.
    pub mask: Option<Kind>,
    /// Place of its first character, and the place after its last.
    pub from: usize,
    pub to: usize,
}

/// A text in parts: what the finder found, and then what clerks added and lifted.
pub fn pieces(text: &str, standing: Option<&Standing>) -> Vec<Piece> {
    let letters: Vec<char> = text.chars().collect();
    let mut marks = vec![None; letters.len()];
    for Found { kind, from, to } in find(text) {
        marks[from..to].fill(Some(kind));
    }
    for (from, to, kind) in standing.iter().flat_map(|standing| &standing.changes) {
        let end = (*to).min(letters.len());
        marks[(*from).min(end)..end].fill(*kind);
    }
    let mut pieces = Vec::new();
    let mut piece = |from: usize, to: usize, mask| {
        if from < to {
            pieces.push(Piece { text: letters[from..to].iter().collect(), mask, from, to });
        }
    };
    let mut at = 0;
    for Found { kind, from, to } in stretches(&marks) {
        piece(at, from, None);
        piece(from, to, Some(kind));
        at = to;
    }
    piece(at, letters.len(), None);
    pieces
}

/// A text with every masked part replaced by what it is, in brackets: in Chinese where the text is.
pub fn masked(text: &str, standing: Option<&Standing>) -> String {
    let language = if text.chars().any(is_han) { Language::Zh } else { Language::En };
    let part = |piece: Piece| match piece.mask {
        None => piece.text,
        Some(kind) => ["〔", kind.words().of(language), "〕"].concat(),
    };
    pieces(text, standing).into_iter().map(part).collect()
}
