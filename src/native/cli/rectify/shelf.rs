//! Ledgers as files.

use super::told::RectifyError;
use crate::expression::Moment;
use crate::native::cli::office::read_plan;
use crate::native::cli::{Context, Exit, Failure, Lang, read_text};
use crate::native::files::{self, Access};
use crate::plan::Plan;
use crate::rectification::{Book, Calendar, Day, Entry, Seat, Step};
use clap::Args;
use std::path::{Path, PathBuf};

/// A ledger that stays as it is when the file is there already.
#[derive(Args)]
pub struct New {
    /// File to make, `….minping-cases`
    ledger: PathBuf,
    /// The plan that it is of
    #[arg(long, value_name = "FILE")]
    plan: PathBuf,
}

/// The union: no entry is lost, none is doubled. Exit code 1 when something has to be looked at.
#[derive(Args)]
pub struct MergeCopies {
    /// Ledger file
    ledger: PathBuf,
    /// Other copies of it
    #[arg(required = true, value_name = "COPY")]
    copies: Vec<PathBuf>,
}

/// Who writes an entry.
#[derive(Args)]
pub struct Writer {
    /// Ledger file
    pub ledger: PathBuf,
    /// Who makes this entry: name or post
    #[arg(long, value_name = "NAME")]
    pub by: String,
    /// Day on which it happened, if not today
    #[arg(long, value_name = "DAY", value_parser = day)]
    pub day: Option<Day>,
}

/// Which days are worked.
#[derive(Args)]
pub struct Days {
    /// Days off and days worked in their place: JSON or CSV; without it, Monday to Friday
    #[arg(long, value_name = "FILE")]
    pub calendar: Option<PathBuf>,
}

/// A day of an argument.
pub fn day(text: &str) -> Result<Day, RectifyError> {
    Day::parse(text).ok_or_else(|| RectifyError::NoDay(text.to_owned()))
}

/// What this machine's clock says, where it is.
pub fn now() -> Result<Moment, Failure> {
    let now = jiff::ZonedDateTime::now();
    let offset = now.offset().seconds() / 60;
    Moment::parse(&Moment { milliseconds: now.timestamp().as_millisecond(), offset }.write())
        .ok_or_else(|| RectifyError::NoClock.refused())
}

/// A day that was given, or today.
pub fn today(given: Option<Day>) -> Result<Day, Failure> {
    match given {
        Some(day) => Ok(day),
        None => Ok(Seat { by: String::new(), at: now()?, day: None }.today()),
    }
}

impl Days {
    pub fn read(&self) -> Result<Calendar, Failure> {
        let Some(path) = &self.calendar else { return Ok(Calendar::weekends_only()) };
        let name = path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
        Calendar::parse(&read_text(path)?, &name).map_err(|error| RectifyError::Calendar(path.clone(), error).refused())
    }
}

/// A ledger file. One that cannot be read is never written to.
pub fn read_book(path: &Path) -> Result<Book, Failure> {
    Book::parse(&read_text(path)?).map_err(|error| RectifyError::Book(path.to_owned(), error).refused())
}

/// A ledger file of this plan.
pub fn read_plans_book(path: &Path, plan: &Plan) -> Result<Book, Failure> {
    let book = read_book(path)?;
    match book.plan() == plan.id {
        true => Ok(book),
        false => Err(RectifyError::OtherPlan(book.plan().to_owned(), plan.id.clone()).refused()),
    }
}

/// Puts a ledger in its place, with what another program wrote there meanwhile.
fn save(path: &Path, book: &mut Book) -> Result<(), Failure> {
    let there = read_book(path)?;
    book.merge(&there).map_err(|error| RectifyError::Book(path.to_owned(), error).refused())?;
    Ok(files::replace(path, book.to_json().as_bytes(), Access::Usual)?)
}

impl New {
    pub fn run(self, context: &Context) -> Result<Exit, Failure> {
        let (plan, _) = read_plan(&self.plan)?;
        files::create(&self.ledger, Book::new(&plan.id).to_json().as_bytes(), Access::Usual)?;
        context.say(&self.ledger.display().to_string())?;
        Ok(Exit::Done)
    }
}

impl MergeCopies {
    pub fn run(self, context: &Context) -> Result<Exit, Failure> {
        let mut book = read_book(&self.ledger)?;
        // All are read before anything is written.
        let copies = self.copies.iter().map(|path| read_book(path)).collect::<Result<Vec<_>, _>>()?;
        let (mut added, mut known) = (0, 0);
        for (path, copy) in self.copies.iter().zip(&copies) {
            let merged = book.merge(copy).map_err(|error| RectifyError::Book(path.clone(), error).refused())?;
            added += merged.added;
            known += merged.known;
        }
        save(&self.ledger, &mut book)?;
        context.say(&match context.lang {
            Lang::Zh => format!("{}：新增记录 {added} 条，原有 {known} 条", self.ledger.display()),
            Lang::En => format!("{}: {added} entries added, {known} were there", self.ledger.display()),
        })?;
        Ok(tell_notices(&book, context))
    }
}

/// Says on standard error what people have to look at.
pub fn tell_notices(book: &Book, context: &Context) -> Exit {
    let notices = book.notices(context.lang);
    notices.iter().for_each(|notice| aside!("minping: {}", notice.told(context.lang)));
    if notices.is_empty() { Exit::Done } else { Exit::Refused }
}

impl Writer {
    pub fn seat(&self) -> Result<Seat, Failure> {
        Ok(Seat { by: self.by.clone(), at: now()?, day: self.day })
    }

    /// The day on which it happens, or happened.
    pub fn on(&self) -> Result<Day, Failure> {
        today(self.day)
    }

    /// Writes one more entry of a case, and says how the case stands then.
    pub fn write(&self, called: &str, step: Step, context: &Context) -> Result<Exit, Failure> {
        let mut book = read_book(&self.ledger)?;
        let case = book.case(called)?.id.clone();
        let entry = book.write(Some(&case), self.seat()?, step)?;
        self.done(book, &entry, context)
    }

    /// Saves the book and names the new entry.
    pub fn done(&self, mut book: Book, entry: &Entry, context: &Context) -> Result<Exit, Failure> {
        save(&self.ledger, &mut book)?;
        let cases = book.cases();
        if let Some(case) = cases.iter().find(|case| case.id == entry.case()) {
            let (name, state) = (&case.opening.name, case.status.state.words().of(context.lang));
            let (step, id) = (entry.step().words().of(context.lang), entry.id().short());
            context.say(&match context.lang {
                Lang::Zh => format!("{name}\t{state}\t{step}\t{id}"),
                Lang::En => format!("{name}\t{state}\t{step}\t{id}"),
            })?;
        }
        Ok(Exit::Done)
    }
}
