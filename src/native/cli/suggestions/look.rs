//! What stands in the texts, and what of it is published.

use super::desk::Texts;
use super::told::SuggestionsError;
use crate::native::cli::demo::day;
use crate::native::cli::report::is_report;
use crate::native::cli::{Context, Exit, Failure, Format, Lang};
use crate::native::files::{self, Access};
use crate::report::{
    CountBy, groups_table, published_suggestions_table, suggestion_counts_table, suggestions_paper, suggestions_table,
    words_table,
};
use crate::suggestions::{Counter, Grouper, Notes, published};
use clap::Args;
use std::path::PathBuf;
use std::time::SystemTime;

/// Internal: the texts are shown as they were written. Exit code as of `tally`.
#[derive(Args)]
pub struct List {
    #[command(flatten)]
    texts: Texts,
    /// File of notes
    #[arg(long, value_name = "FILE")]
    notes: Option<PathBuf>,
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

#[derive(Args)]
pub struct Count {
    #[command(flatten)]
    texts: Texts,
    /// File of notes
    #[arg(long, value_name = "FILE")]
    notes: Option<PathBuf>,
    /// What is counted
    #[arg(long, value_enum)]
    by: CountBy,
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

/// Learned from these texts and some words of public services: no dictionary is needed, and none is as large as one.
#[derive(Args)]
pub struct WordList {
    #[command(flatten)]
    texts: Texts,
    /// File of notes
    #[arg(long, value_name = "FILE")]
    notes: Option<PathBuf>,
    /// Only words in so many texts
    #[arg(long, value_name = "N", default_value_t = 2)]
    fewest: usize,
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

/// Texts are alike by the pairs of characters that they share; each stands in one group. Shown masked.
#[derive(Args)]
pub struct Groups {
    #[command(flatten)]
    texts: Texts,
    /// File of notes
    #[arg(long, value_name = "FILE")]
    notes: Option<PathBuf>,
    /// Only groups of so many texts
    #[arg(long, value_name = "N", default_value_t = 2)]
    fewest: usize,
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

/// Only what was released, as it was masked then. `….csv` writes a table, any other name a page to print or publish.
#[derive(Args)]
pub struct Publish {
    #[command(flatten)]
    texts: Texts,
    /// File of notes
    #[arg(long, value_name = "FILE")]
    notes: PathBuf,
    /// File to write; an earlier one of this program is replaced, any other is left as it is
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
}

impl List {
    pub fn run(self, context: &Context) -> Result<Exit, Failure> {
        let desk = self.texts.open(self.notes.as_deref(), context)?;
        let wanted = desk.wanted()?;
        context.show(&suggestions_table(desk.plan(), &wanted, &desk.standings, context.lang), self.format)?;
        match context.lang {
            Lang::Zh => aside!("minping: 内部：显示 {} 条，共 {} 条", wanted.len(), desk.said.len()),
            Lang::En => aside!("minping: internal: {} of {} texts", wanted.len(), desk.said.len()),
        }
        let exit = desk.tell(context);
        if !wanted.is_empty() {
            let seen = Notes::seen(&wanted, &desk.standings);
            match context.lang {
                Lang::Zh => {
                    aside!("minping: 逐条看过“遮盖后”一列，照样准予公布：release 用同样的条件，加 --seen {seen}")
                }
                Lang::En => aside!(
                    "minping: to release exactly these as they stand masked, once you have read them: release with the same choice and --seen {seen}"
                ),
            }
        }
        Ok(exit)
    }
}

impl Count {
    pub fn run(self, context: &Context) -> Result<Exit, Failure> {
        let desk = self.texts.open(self.notes.as_deref(), context)?;
        let wanted = desk.wanted()?;
        let table = suggestion_counts_table(desk.plan(), &wanted, &desk.standings, self.by, context.lang);
        context.show(&table, self.format)?;
        Ok(desk.tell(context))
    }
}

impl WordList {
    pub fn run(self, context: &Context) -> Result<Exit, Failure> {
        let desk = self.texts.open(self.notes.as_deref(), context)?;
        let wanted = desk.wanted()?;
        let own = desk.plan().units.iter().flat_map(|unit| unit.label.iter().map(|(_, name)| name.clone()));
        let mut counter = Counter::new(&own.collect::<Vec<String>>());
        desk.said.iter().for_each(|said| counter.learn(&said.text));
        let words = counter.finish().frequent(wanted.iter().map(|said| said.text.as_str()), self.fewest);
        context.show(&words_table(&words), self.format)?;
        Ok(desk.tell(context))
    }
}

impl Groups {
    pub fn run(self, context: &Context) -> Result<Exit, Failure> {
        let desk = self.texts.open(self.notes.as_deref(), context)?;
        let wanted = desk.wanted()?;
        let mut groups = Grouper::new(wanted.iter().map(|said| said.text.as_str())).finish();
        groups.retain(|group| group.members.len() >= self.fewest);
        context.show(&groups_table(&wanted, &groups, &desk.standings), self.format)?;
        Ok(desk.tell(context))
    }
}

impl Publish {
    pub fn run(self, context: &Context) -> Result<Exit, Failure> {
        let csv = self.out.extension().is_some_and(|end| end.eq_ignore_ascii_case("csv"));
        if !csv && self.out.exists() && !is_report(&self.out)? {
            return Err(SuggestionsError::OtherFile(self.out).refused());
        }
        let (round, selected) = (self.texts.round.clone(), self.texts.chooses());
        let desk = self.texts.open(Some(&self.notes), context)?;
        let wanted: Vec<_> = desk.wanted()?.into_iter().cloned().collect();
        let released = published(&wanted, &desk.standings);
        let text = match csv {
            true => published_suggestions_table(desk.plan(), &released, context.lang).to_csv(),
            false => {
                let day = day::write(day::of(SystemTime::now()));
                suggestions_paper(desk.plan(), round.as_deref(), &released, selected, &day, context.lang)
            }
        };
        match csv && !self.out.exists() {
            true => files::create(&self.out, text.as_bytes(), Access::Usual)?,
            false if csv => return Err(SuggestionsError::OtherFile(self.out).refused()),
            false => files::replace(&self.out, text.as_bytes(), Access::Usual)?,
        }
        context.say(&self.out.display().to_string())?;
        match context.lang {
            Lang::Zh => {
                aside!("minping: 公布 {} 条；其余 {} 条没有准予公布", released.len(), wanted.len() - released.len())
            }
            Lang::En => aside!(
                "minping: {} texts published; the other {} were not released",
                released.len(),
                wanted.len() - released.len()
            ),
        }
        Ok(desk.tell(context))
    }
}
