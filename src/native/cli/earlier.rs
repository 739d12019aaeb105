use super::estimate::source::{Encoding, open};
use super::office::read_plan;
use super::{Context, Exit, Failure, Format, Lang, Told};
use crate::plan::Plan;
use crate::report::earlier_table;
use crate::scores::{Earlier, EarlierError, Read, read_earlier};
use clap::Args;
use std::fmt;
use std::path::{Path, PathBuf};

/// Reads numbers of rounds that were before there were records here, and shows them as they were understood. What does not fit the
/// plan is named line by line, and exit code 1. Give the file to `tally --since ROUND --earlier FILE` and `report --earlier FILE`, or open it in
/// the office's page of results.
#[derive(Args)]
pub struct EarlierRounds {
    /// CSV with a row for each round and unit, or round, unit and indicator; `-`: standard input
    #[arg(value_name = "FILE.csv")]
    file: PathBuf,
    /// The plan that they are compared with
    #[arg(long, value_name = "FILE")]
    plan: PathBuf,
    /// Name of the round of every row, where the table has no such column
    #[arg(long, value_name = "ROUND")]
    round: Option<String>,
    /// How the table's characters are written; by default UTF-8
    #[arg(long, value_enum)]
    encoding: Option<Encoding>,
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

/// A table that is not taken.
#[derive(Debug)]
struct NotTaken {
    path: PathBuf,
    error: EarlierError,
}

impl EarlierRounds {
    pub fn run(self, context: &Context) -> Result<Exit, Failure> {
        let (plan, _) = read_plan(&self.plan)?;
        let read = read(&self.file, &plan, self.round.as_deref(), self.encoding)?;
        context.show(&earlier_table(&plan, &read.rounds, self.format == Format::Table, context.lang), self.format)?;
        tell_ignored(&read, context.lang);
        Ok(Exit::Done)
    }
}

/// The rounds of a table, held against the plan.
pub fn read_rounds(path: &Path, plan: &Plan, round: Option<&str>) -> Result<Vec<Earlier>, Failure> {
    read(path, plan, round, None).map(|read| read.rounds)
}

fn read(path: &Path, plan: &Plan, round: Option<&str>, encoding: Option<Encoding>) -> Result<Read, Failure> {
    let table = open(path, encoding)?;
    let refused = |error| Failure::told(Exit::Refused, NotTaken { path: path.to_owned(), error });
    read_earlier(plan, table, round).map_err(refused)
}

fn tell_ignored(read: &Read, lang: Lang) {
    if !read.ignored.is_empty() {
        match lang {
            Lang::Zh => aside!("minping: 没有读的栏：{}", read.ignored.join("、")),
            Lang::En => aside!("minping: columns that were not read: {}", read.ignored.join(", ")),
        }
    }
}

impl fmt::Display for NotTaken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.path.display(), self.error)
    }
}

impl std::error::Error for NotTaken {}

impl Told for NotTaken {
    fn zh(&self) -> String {
        format!("{}：{}", self.path.display(), self.error.zh())
    }
}
