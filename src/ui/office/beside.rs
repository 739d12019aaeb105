//! What the office knows beside the ledger, for a report: it goes to the other thread with the question.

use super::desk::Desk;
use super::earlier::kept_earlier;
use super::rectify::kept_book;
use super::remarks::remarks_of;
use super::suggestions::kept_notes;
use crate::batch::Roster;
use crate::carry::carry;
use crate::fieldwork::Arrivals;
use crate::rectification::Book;
use crate::report;
use crate::scores::Earlier;
use crate::suggestions::Notes;
use leptos::prelude::*;

/// As it can be carried.
pub struct Beside {
    /// What the office says of the round.
    pub remarks: String,
    /// The files of notes and of the rectification ledger; None: one of the notes cannot be read.
    pub notes: Option<String>,
    book: String,
    arrivals: Arrivals,
    roster: Option<Roster>,
    imported: Vec<Earlier>,
}

carry!(struct Beside { remarks, notes, book, arrivals, roster, imported });

/// What there is of a round.
pub fn beside(desk: Desk, round: &str) -> Beside {
    let plan = desk.chosen.with_untracked(|chosen| chosen.as_ref().map(|chosen| chosen.plan.clone()));
    Beside {
        remarks: remarks_of(desk, round),
        notes: kept_notes(desk).map(|notes| notes.to_json()),
        book: plan.map_or_else(String::new, |plan| kept_book(desk, &plan).0.to_json()),
        arrivals: desk.arrivals.get_value(),
        roster: desk.roster.get_untracked().map(|enrolled| enrolled.roster.clone()),
        imported: kept_earlier(desk),
    }
}

/// The same, read.
pub struct Read {
    notes: Option<Notes>,
    book: Option<Book>,
    beside: Beside,
}

impl Beside {
    pub fn read(self) -> Read {
        let notes = self.notes.as_ref().and_then(|text| Notes::parse(text).ok());
        Read { notes, book: Book::parse(&self.book).ok(), beside: self }
    }
}

impl Read {
    pub fn remarks(&self) -> &str {
        &self.beside.remarks
    }

    pub fn of_report(&self) -> report::Beside<'_> {
        report::Beside {
            notes: self.notes.as_ref(),
            arrivals: Some(&self.beside.arrivals),
            roster: self.beside.roster.as_ref(),
            book: self.book.as_ref(),
            imported: &self.beside.imported,
        }
    }
}
