use super::demo::day;
use super::intake::{Intake, Taking};
use super::round::check_round;
use super::{Context, Exit, Failure, Format, Told, findings};
use crate::fieldwork::{Arrivals, Fieldwork, Split, day_items};
use crate::native::files::{self, Access};
use crate::plan::Plan;
use crate::rectification::Day;
use crate::report::{days_plot, fieldwork_notes, fieldwork_table, pace_of, reached_told, split_words};
use clap::{Args, ValueEnum};
use std::fmt;
use std::fs;
use std::path::PathBuf;
use std::time::SystemTime;

/// How far a round is: records that count by stratum, rater group, quota, mode, day and device, against the plan's targets and
/// populations; what is missing, gaps in the batches of a device, and who has handed over nothing. Without --by every table is
/// shown; CSV and JSON are one table, by default of the round. Exit code as of `tally`.
#[derive(Args)]
pub struct Progress {
    #[command(flatten)]
    intake: Intake,
    /// Id of the round; by default the last that has a record
    #[arg(long, value_name = "ROUND")]
    round: Option<String>,
    /// Told apart by
    #[arg(long, value_enum)]
    by: Option<By>,
    /// Name of an item whose answer is the day of the interview; by default a record counts on the day of its batch's file
    #[arg(long, value_name = "ITEM")]
    day: Option<String>,
    /// Write the plot of the days to this file
    #[arg(long, value_name = "FILE.svg")]
    svg: Option<PathBuf>,
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum By {
    Round,
    Stratum,
    Group,
    Quota,
    Mode,
    Day,
    Device,
}

impl By {
    fn split(self) -> Split {
        match self {
            By::Round => Split::Round,
            By::Stratum => Split::Stratum,
            By::Group => Split::Group,
            By::Quota => Split::Quota,
            By::Mode => Split::Mode,
            By::Day => Split::Day,
            By::Device => Split::Device,
        }
    }
}

/// Why progress is not told.
#[derive(Debug)]
enum ProgressError {
    Sealed(u64),
    UnknownItem { found: String, known: Vec<String> },
    NoDays(PathBuf),
}

impl Progress {
    pub fn run(self, context: &Context) -> Result<Exit, Failure> {
        let refused = |error| Failure::told(Exit::Refused, error);
        let opened = self.intake.office.read()?;
        let plan = &opened.plan;
        check_round(plan, self.round.as_deref())?;
        if let Some(item) = self.day.as_deref() {
            check_item(plan, item)?;
        }
        let taking = opened.take_in(&self.intake.office.plan, &self.intake.files, context, |_, _, _| Ok(()))?;
        let account = taking.ledger.account();
        if account.balance.waiting > 0 {
            return Err(refused(ProgressError::Sealed(account.balance.waiting)));
        }
        let named = self.round.as_ref().and_then(|id| plan.rounds.iter().position(|round| round.id == *id));
        let last = || account.counted.iter().map(|(_, row)| usize::from(row.domain.round)).max();
        let round = named.or_else(last).unwrap_or_else(|| plan.rounds.len().saturating_sub(1));
        let arrivals = arrivals(&taking);
        let roster = opened.roster.as_ref();
        let Some(found) = Fieldwork::of(&taking.ledger, &account, roster, &arrivals, self.day.as_deref(), round) else {
            // A plan has a round at least: it was checked when it was read.
            return Ok(findings::tell(&taking, &account, roster, context));
        };
        if let Some(path) = self.svg {
            let plot =
                days_plot(plan, &found, context.lang).ok_or_else(|| refused(ProgressError::NoDays(path.clone())))?;
            files::replace(&path, plot.to_file().as_bytes(), Access::Usual)?;
            aside!("minping: {}", path.display());
        }
        match (self.by, self.format) {
            (None, Format::Table) => self::all(context, plan, &found, self.day.as_deref())?,
            (by, format) => {
                let split = by.map_or(Split::Round, By::split);
                let for_people = format == Format::Table;
                context.show(&fieldwork_table(plan, &found, split, for_people, context.lang), format)?;
            }
        }
        Ok(findings::tell(&taking, &account, roster, context))
    }
}

fn all(context: &Context, plan: &Plan, found: &Fieldwork, item: Option<&str>) -> Result<(), Failure> {
    let today = Day(day::of(SystemTime::now()));
    context.say(&reached_told(found, context.lang))?;
    if let Some(told) = pace_of(plan, found, today, context.lang) {
        context.say(&told)?;
    }
    for split in Split::ALL {
        let table = fieldwork_table(plan, found, split, true, context.lang);
        if !table.rows.is_empty() {
            context.say(&["\n", split_words(split).of(context.lang)].concat())?;
            context.show(&table, Format::Table)?;
        }
    }
    context.say("")?;
    fieldwork_notes(found, item, context.lang).iter().try_for_each(|note| context.say(note))
}

/// The day of each file, in UTC as the receiver keeps it.
pub fn arrivals(taking: &Taking) -> Arrivals {
    let mut arrivals = Arrivals::default();
    for file in &taking.files {
        let Ok((digest, _)) = &file.found else { continue };
        // A file system that tells no time leaves the day unknown.
        if let Ok(time) = fs::metadata(&file.path).and_then(|found| found.modified()) {
            arrivals.note(digest, Day(day::of(time)));
        }
    }
    arrivals
}

fn check_item(plan: &Plan, item: &str) -> Result<(), Failure> {
    let known = day_items(plan);
    match known.contains(&item) {
        true => Ok(()),
        false => {
            let known = known.into_iter().map(str::to_owned).collect();
            Err(Failure::told(Exit::Refused, ProgressError::UnknownItem { found: item.to_owned(), known }))
        }
    }
}

impl fmt::Display for ProgressError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ProgressError::Sealed(count) => {
                write!(f, "{count} records are sealed; give the office's key file with --keys to count them")
            }
            ProgressError::UnknownItem { found, known } if known.is_empty() => {
                write!(
                    f,
                    "--day: the plan asks for no day, so `{found}` cannot give one; leave it out to count by the day of arrival"
                )
            }
            ProgressError::UnknownItem { found, known } => {
                write!(
                    f,
                    "--day: no item of the plan that can hold a day is called `{found}`; choose one of {}",
                    known.join(", ")
                )
            }
            ProgressError::NoDays(path) => {
                write!(f, "{}: of no record the day is known, so there is no plot; leave --svg out", path.display())
            }
        }
    }
}

impl std::error::Error for ProgressError {}

impl Told for ProgressError {
    fn zh(&self) -> String {
        match self {
            ProgressError::Sealed(count) => format!("{count} 份答卷是加密的；请用 --keys 给出办公室的密钥文件再计数"),
            ProgressError::UnknownItem { found, known } if known.is_empty() => {
                format!("--day：方案没有问日期，题目 `{found}` 给不出；去掉此选项即按到达日计")
            }
            ProgressError::UnknownItem { found, known } => {
                format!("--day：方案里没有能记日期的题目 `{found}`；请从 {} 中选择", known.join("、"))
            }
            ProgressError::NoDays(path) => {
                format!("{}：没有一份答卷知道是哪一天，画不出图；请去掉 --svg", path.display())
            }
        }
    }
}
