//! Opinions and suggestions 意见建议: what people wrote, read by the office, and what of it may be published.
//!
//! A [`Said`] is one text of one record. [`find`] marks what may point to a person; a [`Notes`] file holds what clerks
//! decided: tags, the unit and indicator concerned, masks added and lifted, what was released. [`Standing`] is derived from
//! the notes that are of a text; [`published`] answers the masked texts of those that were released, and nothing else.
//!
//! **Promises**: notes are a set, each named by the digest of its content, so that copies merge in any order; no note holds
//! a word that somebody wrote (masks are places, releases are digests of the masked text); a release counts only as long as
//! the text is masked as it was when it was released. Words and groups are found without a dictionary, in portions.
//! **Refuses** to publish by itself, and to say that a text names nobody: the finder misses names without a cue.
//!
//! docs/suggestions.md describes the file, the rules of the finder, what it misses, and what was measured.

mod filter;
mod find;
mod gather;
mod groups;
mod kind;
mod labelled;
mod lexicon;
mod mask;
mod note;
mod notes;
mod standing;

#[cfg(test)]
mod tests;

pub use filter::{Filter, Looked, Shown, kinds};
pub use find::{Found, find};
pub(crate) use gather::within;
pub use gather::{Gatherer, Said, gather, mentioned};
pub use groups::{Group, Grouper};
pub use kind::Kind;
pub use labelled::{Labelled, Measured, labelled, measure};
pub use lexicon::{Counter, Lexicon, Word};
pub use mask::{Piece, masked, pieces};
pub use note::{Note, NoteError, NoteStep};
pub use notes::{Notes, NotesError};
pub use standing::{Release, Standing, Standings, published};

/// A character as it would stand in ASCII: full-width letters, digits and signs, and the ideographic space. One for one,
/// so that places stay what they are.
fn plain(letter: char) -> char {
    match letter {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(letter as u32 - 0xfee0).unwrap_or(letter),
        '\u{3000}' | '\u{a0}' => ' ',
        _ => letter,
    }
}

/// Whether a character is written in Chinese.
fn is_han(letter: char) -> bool {
    matches!(letter, '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3134f}' | '〇')
}
