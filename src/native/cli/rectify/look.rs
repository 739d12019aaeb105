//! What stands in a ledger.

use super::shelf::{Days, day, read_book, tell_notices, today};
use super::told::RectifyError;
use crate::native::cli::office::read_plan;
use crate::native::cli::{Context, Exit, Failure, Format, Lang, read_text};
use crate::native::files::{self, Access};
use crate::plan::{pick, prose};
use crate::rectification::{Case, Day, State};
use crate::report::{Register, cases_table, history_table, register};
use clap::Args;
use std::path::PathBuf;

/// Exit code 1 when entries of two copies do not fit each other.
#[derive(Args)]
pub struct List {
    /// Ledger file
    ledger: PathBuf,
    /// Only cases that are overdue
    #[arg(long)]
    overdue: bool,
    /// Only cases due within so many working days, the overdue among them
    #[arg(long, value_name = "DAYS", conflicts_with = "overdue")]
    due: Option<u32>,
    /// Only cases in this state
    #[arg(long, value_enum)]
    state: Option<State>,
    /// Only cases of a unit whose name contains this
    #[arg(long, value_name = "WORDS")]
    unit: Option<String>,
    #[command(flatten)]
    as_of: AsOf,
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

/// Seen when, and by which calendar.
#[derive(Args)]
pub struct AsOf {
    /// As it is on this day, if not today
    #[arg(long, value_name = "DAY", value_parser = day)]
    on: Option<Day>,
    #[command(flatten)]
    days: Days,
}

#[derive(Args)]
pub struct Show {
    /// Ledger file
    ledger: PathBuf,
    /// Name of the case, such as 2026-001, or the beginning of its id
    case: String,
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

/// Summary, list, and every case with its history and room for signatures.
#[derive(Args)]
pub struct Print {
    /// Ledger file
    ledger: PathBuf,
    /// File to write; an earlier one of this program is replaced, any other is left as it is
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
    /// Only this case
    #[arg(long, value_name = "CASE")]
    case: Option<String>,
    /// The plan, for its title and the office's name
    #[arg(long, value_name = "FILE")]
    plan: Option<PathBuf>,
    #[command(flatten)]
    as_of: AsOf,
}

impl List {
    pub fn run(self, context: &Context) -> Result<Exit, Failure> {
        let book = read_book(&self.ledger)?;
        let (today, calendar) = (today(self.as_of.on)?, self.as_of.days.read()?);
        let wanted = |case: &Case<'_>| {
            let due = case.due(today, &calendar);
            let left = due.and_then(|due| due.left);
            let timely = match (self.overdue, self.due) {
                (true, _) => due.is_some_and(|due| due.is_overdue()),
                (false, Some(days)) => left.is_some_and(|left| left <= i64::from(days)),
                (false, None) => true,
            };
            timely
                && self.state.is_none_or(|state| case.status.state == state)
                && self.unit.as_ref().is_none_or(|words| case.unit().contains(words))
        };
        let cases: Vec<Case<'_>> = book.cases().into_iter().filter(wanted).collect();
        let for_people = self.format == Format::Table;
        context.show(&cases_table(&cases, today, &calendar, for_people, context.lang), self.format)?;
        let told = calendar.told(context.lang);
        let (shown, all) = (cases.len(), book.cases().len());
        match context.lang {
            Lang::Zh => aside!("minping: {today}：显示 {shown} 项，共 {all} 项；工作日按：{told}"),
            Lang::En => aside!("minping: {today}: {shown} of {all} cases; working days: {told}"),
        }
        Ok(tell_notices(&book, context))
    }
}

impl Show {
    pub fn run(self, context: &Context) -> Result<Exit, Failure> {
        let book = read_book(&self.ledger)?;
        let case = book.case(&self.case)?;
        context.show(&history_table(&case, self.format == Format::Table, context.lang), self.format)?;
        Ok(Exit::Done)
    }
}

/// How a paper of this program begins.
const MARK: &str = "<meta name=\"generator\" content=\"minping\">";

impl Print {
    pub fn run(self, context: &Context) -> Result<Exit, Failure> {
        if self.out.exists() && !read_text(&self.out)?.contains(MARK) {
            return Err(RectifyError::OtherFile(self.out).refused());
        }
        let book = read_book(&self.ledger)?;
        let plan = self.plan.as_deref().map(read_plan).transpose()?.map(|(plan, _)| plan);
        if let Some(plan) = plan.as_ref().filter(|plan| plan.id != book.plan()) {
            return Err(RectifyError::OtherPlan(book.plan().to_owned(), plan.id.clone()).refused());
        }
        let said = |text: fn(&crate::plan::Plan) -> &crate::plan::Text| {
            let plan = plan.as_ref()?;
            let first = plan.languages.first().map_or("", String::as_str);
            Some(prose::plain(pick(text(plan), context.lang.tag(), first)))
        };
        let title = said(|plan| &plan.title).unwrap_or_else(|| book.plan().to_owned());
        let only = self.case.as_deref().map(|called| book.case(called).map(|case| case.id.0.clone())).transpose()?;
        let text = register(&Register {
            book: &book,
            title: &title,
            asker: &said(|plan| &plan.asker).unwrap_or_default(),
            only: only.as_deref(),
            today: today(self.as_of.on)?,
            calendar: &self.as_of.days.read()?,
            language: context.lang,
        });
        files::replace(&self.out, text.as_bytes(), Access::Usual)?;
        context.say(&self.out.display().to_string())?;
        Ok(tell_notices(&book, context))
    }
}
