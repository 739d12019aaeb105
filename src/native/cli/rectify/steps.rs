//! Commands that write one entry.

use super::findings::read_proposal;
use super::shelf::{Days, Writer, day, read_book};
use super::told::RectifyError;
use crate::expression::sha_256;
use crate::native::cli::office::read_plan;
use crate::native::cli::quality::has;
use crate::native::cli::{Context, Exit, Failure, FileError};
use crate::plan::Digest;
use crate::rectification::{Closing, Counted, Day, Evidence, Opening, Outcome, Source, Step, Whom};
use crate::report::finding_title;
use base64ct::{Base64UrlUnpadded, Encoding};
use clap::Args;
use std::path::PathBuf;

/// Of a proposal with --proposals and --take, or else of what is given.
#[derive(Args)]
pub struct Open {
    #[command(flatten)]
    writer: Writer,
    /// File of `minping rectify propose --format json`
    #[arg(long, value_name = "FILE", requires = "take")]
    proposals: Option<PathBuf>,
    /// Number of the finding in it
    #[arg(long, value_name = "NO", requires = "proposals")]
    take: Option<u32>,
    /// The finding in words
    #[arg(long, value_name = "WORDS")]
    title: Option<String>,
    /// Name of the unit that was evaluated
    #[arg(long, value_name = "NAME", conflicts_with = "proposals")]
    unit: Option<String>,
    /// Its id in the plan
    #[arg(long, value_name = "ID", requires = "plan", conflicts_with = "proposals")]
    unit_id: Option<String>,
    /// The plan, to look the id up in
    #[arg(long, value_name = "FILE")]
    plan: Option<PathBuf>,
    /// Round in which it was found
    #[arg(long, value_name = "ROUND", conflicts_with = "proposals")]
    round: Option<String>,
    /// A suggestion in words that name nobody
    #[arg(long, value_name = "WORDS", conflicts_with = "proposals")]
    suggestion: Option<String>,
    /// Name of the case; by default the next of this year
    #[arg(long, value_name = "NAME")]
    name: Option<String>,
}

#[derive(Args)]
pub struct Assign {
    #[command(flatten)]
    writer: Writer,
    case: String,
    /// Responsible unit 责任单位
    #[arg(long, value_name = "NAME")]
    unit: String,
    /// Responsible post 责任岗位
    #[arg(long, value_name = "POST")]
    post: String,
}

/// Until when: a day, or working days.
#[derive(Args)]
pub struct Until {
    /// Last day
    #[arg(long, value_name = "DAY", value_parser = day, conflicts_with = "days")]
    due: Option<Day>,
    /// Working days after --from
    #[arg(long, value_name = "N")]
    days: Option<u32>,
    /// The day after which is counted, if not that of the entry
    #[arg(long, value_name = "DAY", value_parser = day, requires = "days")]
    from: Option<Day>,
    #[command(flatten)]
    calendar: Days,
}

#[derive(Args)]
pub struct SetPlan {
    #[command(flatten)]
    writer: Writer,
    case: String,
    /// What is to be done
    #[arg(long, value_name = "WORDS")]
    measure: String,
    #[command(flatten)]
    until: Until,
}

#[derive(Args)]
pub struct Extend {
    #[command(flatten)]
    writer: Writer,
    case: String,
    /// Why
    #[arg(long, value_name = "WORDS")]
    reason: String,
    #[command(flatten)]
    until: Until,
}

#[derive(Args)]
pub struct Reply {
    #[command(flatten)]
    writer: Writer,
    case: String,
    /// What the unit says
    #[arg(long, value_name = "WORDS")]
    text: String,
    /// Files that prove it: the ledger keeps name and digest, you keep the file
    #[arg(long, value_name = "FILE")]
    evidence: Vec<PathBuf>,
}

/// Who was called is not written down: neither name nor number.
#[derive(Args)]
pub struct Callback {
    #[command(flatten)]
    writer: Writer,
    case: String,
    /// Who was called
    #[arg(long, value_enum)]
    whom: Whom,
    /// Item of the plan in which the respondent agreed to be called
    #[arg(long, value_name = "ITEM", requires = "plan")]
    consent: Option<String>,
    /// The plan, to look the item up in
    #[arg(long, value_name = "FILE")]
    plan: Option<PathBuf>,
    /// What they said
    #[arg(long, value_enum)]
    outcome: Outcome,
    /// In words that name nobody
    #[arg(long, value_name = "WORDS", default_value = "")]
    text: String,
}

#[derive(Args)]
pub struct Verify {
    #[command(flatten)]
    writer: Writer,
    case: String,
    /// The reply was found true
    #[arg(long, required_unless_present = "failed", conflicts_with = "failed")]
    passed: bool,
    /// It was not: the case goes back to the unit
    #[arg(long)]
    failed: bool,
    /// How it was found out
    #[arg(long, value_name = "WORDS")]
    text: String,
}

#[derive(Args)]
pub struct Close {
    #[command(flatten)]
    writer: Writer,
    case: String,
    /// How it ended
    #[arg(long, value_enum)]
    how: Closing,
    /// In words
    #[arg(long, value_name = "WORDS")]
    text: String,
}

#[derive(Args)]
pub struct Reopen {
    #[command(flatten)]
    writer: Writer,
    case: String,
    /// Why
    #[arg(long, value_name = "WORDS")]
    reason: String,
}

#[derive(Args)]
pub struct Appeal {
    #[command(flatten)]
    writer: Writer,
    case: String,
    /// What the unit disputes
    #[arg(long, value_name = "WORDS")]
    text: String,
    /// Files that prove it: the ledger keeps name and digest, you keep the file
    #[arg(long, value_name = "FILE")]
    evidence: Vec<PathBuf>,
    #[command(flatten)]
    until: Until,
}

#[derive(Args)]
pub struct Decide {
    #[command(flatten)]
    writer: Writer,
    case: String,
    /// The unit is right: the case is closed
    #[arg(long, required_unless_present = "rejected", conflicts_with = "rejected")]
    upheld: bool,
    /// It is not: the case goes on
    #[arg(long)]
    rejected: bool,
    /// Why
    #[arg(long, value_name = "WORDS")]
    text: String,
}

/// The earlier entry stays to be read. `show --format json` gives ids.
#[derive(Args)]
pub struct Correct {
    #[command(flatten)]
    writer: Writer,
    case: String,
    /// The beginning of the entry's id
    entry: String,
    /// Why
    #[arg(long, value_name = "WORDS")]
    reason: String,
    /// The entry was a mistake and counts no more
    #[arg(long, required_unless_present = "step", conflicts_with = "step")]
    withdraw: bool,
    /// What counts in its place, as in the file: '{"assigned":{"unit":"…","post":"…"}}'
    #[arg(long = "as", id = "step", value_name = "JSON")]
    step: Option<String>,
}

impl Until {
    /// The last day, and how it was reckoned; None: none was given.
    fn read(&self, writer: &Writer) -> Result<Option<(Day, Option<Counted>)>, Failure> {
        match (self.due, self.days) {
            (Some(due), _) => Ok(Some((due, None))),
            (None, None) => Ok(None),
            (None, Some(days)) => {
                let from = self.from.map_or_else(|| writer.on(), Ok)?;
                let calendar = self.calendar.read()?;
                let due = calendar.after(from, days);
                let covered = calendar.covers(from, due);
                Ok(Some((due, Some(Counted { days, from, calendar: calendar.name, covered }))))
            }
        }
    }

    fn required(&self, writer: &Writer) -> Result<(Day, Option<Counted>), Failure> {
        self.read(writer)?.ok_or_else(|| RectifyError::NoDeadline.refused())
    }
}

/// Names, digests and lengths of files.
fn evidence(paths: &[PathBuf]) -> Result<Vec<Evidence>, Failure> {
    let read = |path: &PathBuf| {
        let bytes = std::fs::read(path).map_err(|cause| FileError::new("read", path, cause))?;
        Ok(Evidence {
            name: path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned()),
            digest: Digest(Base64UrlUnpadded::encode_string(&sha_256(&bytes))),
            bytes: bytes.len() as u64,
        })
    };
    paths.iter().map(read).collect()
}

impl Open {
    pub fn run(self, context: &Context) -> Result<Exit, Failure> {
        let mut book = read_book(&self.writer.ledger)?;
        let plan = self.plan.as_deref().map(read_plan).transpose()?.map(|(plan, _)| plan);
        if let Some(plan) = plan.as_ref().filter(|plan| plan.id != book.plan()) {
            return Err(RectifyError::OtherPlan(book.plan().to_owned(), plan.id.clone()).refused());
        }
        let missing = |option| RectifyError::NothingToOpen(option).refused();
        let mut opening = match (&self.proposals, self.take) {
            (Some(path), Some(number)) => read_proposal(path, number)?,
            _ => {
                let known = match (&plan, &self.unit_id) {
                    (Some(plan), Some(id)) => {
                        Some(plan.unit(id).ok_or_else(|| RectifyError::UnknownUnit(id.clone()).refused())?)
                    }
                    _ => None,
                };
                let label = |unit: &crate::plan::Unit| {
                    let first = plan.as_ref().and_then(|plan| plan.languages.first()).map_or("", String::as_str);
                    crate::plan::pick(&unit.label, context.lang.tag(), first).to_owned()
                };
                let unit = self.unit.clone().or_else(|| known.map(label));
                Opening {
                    name: String::new(),
                    title: self.title.clone().ok_or_else(|| missing("--title"))?,
                    source: if self.suggestion.is_some() { Source::Suggestion } else { Source::Other },
                    unit: unit.ok_or_else(|| missing("--unit"))?,
                    unit_id: self.unit_id.clone(),
                    round: self.round.clone(),
                    indicator: None,
                    figure: None,
                    suggestion: self.suggestion.clone(),
                }
            }
        };
        if let Some(title) = &self.title {
            opening.title.clone_from(title);
        } else if let Some(figure) = &opening.figure {
            opening.title =
                finding_title(opening.indicator.as_ref().map(|(_, label)| label.as_str()), figure, context.lang);
        }
        let year = self.writer.on()?.year();
        opening.name = self.name.clone().unwrap_or_else(|| book.next_name(year));
        let entry = book.write(None, self.writer.seat()?, Step::Opened(Box::new(opening)))?;
        self.writer.done(book, &entry, context)
    }
}

impl Assign {
    pub fn run(self, context: &Context) -> Result<Exit, Failure> {
        self.writer.write(&self.case, Step::Assigned { unit: self.unit, post: self.post }, context)
    }
}

impl SetPlan {
    pub fn run(self, context: &Context) -> Result<Exit, Failure> {
        let (due, counted) = self.until.required(&self.writer)?;
        self.writer.write(&self.case, Step::Planned { measure: self.measure, due, counted }, context)
    }
}

impl Extend {
    pub fn run(self, context: &Context) -> Result<Exit, Failure> {
        let (due, counted) = self.until.required(&self.writer)?;
        self.writer.write(&self.case, Step::Extended { due, reason: self.reason, counted }, context)
    }
}

impl Reply {
    pub fn run(self, context: &Context) -> Result<Exit, Failure> {
        let step = Step::Replied { text: self.text, evidence: evidence(&self.evidence)? };
        self.writer.write(&self.case, step, context)
    }
}

impl Callback {
    pub fn run(self, context: &Context) -> Result<Exit, Failure> {
        if let (Some(item), Some(path)) = (&self.consent, &self.plan) {
            let (plan, _) = read_plan(path)?;
            if !plan.questionnaires.iter().any(|asked| has(&asked.items, item)) {
                return Err(RectifyError::UnknownItem(item.clone()).refused());
            }
        }
        let step = Step::CalledBack { whom: self.whom, consent: self.consent, outcome: self.outcome, text: self.text };
        self.writer.write(&self.case, step, context)
    }
}

impl Verify {
    pub fn run(self, context: &Context) -> Result<Exit, Failure> {
        self.writer.write(&self.case, Step::Verified { passed: self.passed, text: self.text }, context)
    }
}

impl Close {
    pub fn run(self, context: &Context) -> Result<Exit, Failure> {
        self.writer.write(&self.case, Step::Closed { how: self.how, text: self.text }, context)
    }
}

impl Reopen {
    pub fn run(self, context: &Context) -> Result<Exit, Failure> {
        self.writer.write(&self.case, Step::Reopened { reason: self.reason }, context)
    }
}

impl Appeal {
    pub fn run(self, context: &Context) -> Result<Exit, Failure> {
        let due = self.until.read(&self.writer)?.map(|(due, _)| due);
        let step = Step::Appealed { text: self.text, evidence: evidence(&self.evidence)?, due };
        self.writer.write(&self.case, step, context)
    }
}

impl Decide {
    pub fn run(self, context: &Context) -> Result<Exit, Failure> {
        self.writer.write(&self.case, Step::Decided { upheld: self.upheld, text: self.text }, context)
    }
}

impl Correct {
    pub fn run(self, context: &Context) -> Result<Exit, Failure> {
        let step = match &self.step {
            None => None,
            Some(text) => Some(Box::new(Step::parse(text).map_err(|error| RectifyError::Step(error).refused())?)),
        };
        let book = read_book(&self.writer.ledger)?;
        let case = book.case(&self.case)?;
        let entry = case.entry(&self.entry)?.id().clone();
        self.writer.write(case.id.as_str(), Step::Corrected { entry, reason: self.reason, step }, context)
    }
}
