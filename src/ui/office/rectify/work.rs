//! The ledger of the plan on the desk: one entry of the keeper for each entry of the book, so that two windows never write
//! over one another, and one that cannot be read harms no other.

use crate::browser::clock;
use crate::expression::Moment;
use crate::plan::{Digest, Plan};
use crate::rectification::{Book, Calendar, Case, Day, Entry, Refusal, Seat, Step};
use crate::ui::office::desk::Desk;
use crate::ui::office::parts::today;
use leptos::prelude::*;
use std::rc::Rc;

const CALENDAR: &str = "setting/calendar";
/// Who wrote the last entry here.
const CLERK: &str = "setting/clerk";

fn prefix(plan: &str) -> String {
    ["cases/", plan, "/"].concat()
}

/// What the page works on. Copy: every field is a handle.
#[derive(Clone, Copy)]
pub struct Work {
    pub desk: Desk,
    pub book: RwSignal<Book>,
    pub calendar: RwSignal<Calendar>,
    /// Texts that are kept and are no entries.
    pub unread: RwSignal<Vec<String>>,
    pub by: RwSignal<String>,
    /// Filters of the list: which, state, unit.
    pub filters: [RwSignal<String>; 3],
}

/// Why nothing was written.
#[derive(Clone)]
pub enum Unwritten {
    Refused(Refusal),
    /// The desk says why.
    NotKept,
}

/// The ledger as it is kept, and texts that are kept and are no entries.
pub fn kept_book(desk: Desk, plan: &Plan) -> (Book, Vec<String>) {
    let mut book = Book::new(&plan.id);
    let mut unread = Vec::new();
    for (_, text) in desk.keeper().list(&prefix(&plan.id)) {
        match Entry::parse(&text) {
            Ok(entry) => {
                book.take(entry);
            }
            Err(_) => unread.push(text),
        }
    }
    (book, unread)
}

impl Work {
    pub fn open(desk: Desk) -> Work {
        let work = Work {
            desk,
            book: RwSignal::new(Book::new("")),
            calendar: RwSignal::new(Calendar::weekends_only()),
            unread: RwSignal::new(Vec::new()),
            by: RwSignal::new(desk.keeper().get(CLERK).unwrap_or_default()),
            filters: ["running", "", ""].map(|value| RwSignal::new(value.to_owned())),
        };
        // Also when another window has written.
        Effect::new(move |_| {
            desk.stirred.track();
            work.read();
        });
        work.read();
        work
    }

    pub fn plan(self) -> Option<Rc<Plan>> {
        self.desk.chosen.get_untracked().map(|chosen| chosen.plan.clone())
    }

    fn read(self) {
        let Some(plan) = self.plan() else { return };
        let (book, unread) = kept_book(self.desk, &plan);
        if self.book.with_untracked(|known| *known != book) {
            self.book.set(book);
        }
        if self.unread.with_untracked(|known| *known != unread) {
            self.unread.set(unread);
        }
        let kept = self.desk.keeper().get(CALENDAR);
        let calendar = kept.and_then(|text| Calendar::parse(&text, "").ok()).unwrap_or_default();
        if self.calendar.with_untracked(|known| *known != calendar) {
            self.calendar.set(calendar);
        }
    }

    /// One more entry, shown only when it is kept.
    pub async fn write(self, case: Option<Digest>, day: Option<Day>, step: Step) -> Result<Entry, Unwritten> {
        let by = self.by.get_untracked().trim().to_owned();
        let at = Moment { milliseconds: clock::now(), offset: clock::offset_minutes() };
        let mut book = self.book.get_untracked();
        let seat = Seat { by: by.clone(), at, day };
        let entry = book.write(case.as_ref(), seat, step).map_err(Unwritten::Refused)?;
        let mut changes = self.changes(&[&entry]);
        if self.desk.keeper().get(CLERK).as_deref() != Some(&by) {
            changes.push((CLERK.to_owned(), Some(by)));
        }
        match self.desk.keep(changes).await {
            true => {
                self.book.update(|book| {
                    book.take(entry.clone());
                });
                Ok(entry)
            }
            false => Err(Unwritten::NotKept),
        }
    }

    fn changes(self, entries: &[&Entry]) -> Vec<(String, Option<String>)> {
        let prefix = self.book.with_untracked(|book| prefix(book.plan()));
        entries.iter().map(|entry| ([&prefix, entry.id().as_str()].concat(), Some(entry.to_json()))).collect()
    }

    /// Keeps what another copy has and this one has not; false: it could not be kept.
    pub async fn merge(self, copy: &Book) -> bool {
        let here = self.book.get_untracked();
        let known: Vec<&Digest> = here.entries().map(Entry::id).collect();
        let fresh: Vec<&Entry> = copy.entries().filter(|entry| known.binary_search(&entry.id()).is_err()).collect();
        if !fresh.is_empty() && !self.desk.keep(self.changes(&fresh)).await {
            return false;
        }
        self.book.update(|book| {
            for entry in fresh {
                book.take(entry.clone());
            }
        });
        true
    }

    /// Puts a calendar in use; None: Monday to Friday.
    pub async fn use_calendar(self, calendar: Option<Calendar>) {
        let text = calendar.as_ref().map(Calendar::to_json);
        if self.desk.keep(vec![(CALENDAR.to_owned(), text)]).await {
            self.calendar.set(calendar.unwrap_or_default());
        }
    }

    pub fn today(self) -> Day {
        Day::parse(&today()).unwrap_or(Day(0))
    }

    /// Does something with a case, by id. Follows the book.
    pub fn with_case<T>(self, id: &str, with: impl FnOnce(&Case<'_>) -> T) -> Option<T> {
        self.book.with(|book| book.cases().iter().find(|case| case.id.as_str() == id).map(with))
    }
}
