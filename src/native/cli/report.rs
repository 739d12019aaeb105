use super::demo::day;
use super::earlier::read_rounds;
use super::fieldwork::arrivals;
use super::intake::Intake;
use super::rectify::read_plans_book;
use super::round::check_round;
use super::suggestions::read_notes;
use super::{Context, Exit, Failure, FileError, Told, findings, read_text};
use crate::native::files::{self, Access};
use crate::report::{Asked, Beside, NoReport, Part, document_with};
use clap::Args;
use std::fmt;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

/// Summary, method, results, a page for each unit, what became of every record, and the questionnaire. Without --publish it
/// is for the office: small counts and people's own words are in it. Exit code 1 when something was refused, kept apart, not
/// opened or missing; the report is written all the same, and says so.
#[derive(Args)]
pub struct WriteReport {
    #[command(flatten)]
    intake: Intake,
    /// File to write; an earlier report is replaced, any other file is left as it is
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
    /// Id of the round; by default the last that has a record
    #[arg(long, value_name = "ROUND")]
    round: Option<String>,
    /// Withhold what the plan's smallest cell forbids to publish, and people's own words
    #[arg(long)]
    publish: bool,
    /// Notes about suggestions: with --publish, the texts released in them, masked, are in the report
    #[arg(long, value_name = "FILE", requires = "publish")]
    suggestions: Option<PathBuf>,
    /// What the office says of the results, a part of its own: text in UTF-8, with `- ` before the entries of a list and
    /// `**` around strong words
    #[arg(long, value_name = "FILE", conflicts_with_all = ["unit", "one_page"])]
    remarks: Option<PathBuf>,
    /// Numbers of earlier rounds as CSV (`minping earlier`): in the trend and the change since the round before
    #[arg(long, value_name = "FILE.csv")]
    earlier: Option<PathBuf>,
    /// The rectification ledger: findings of earlier rounds, before and after; not in what is published
    #[arg(long, value_name = "FILE", conflicts_with = "publish")]
    cases: Option<PathBuf>,
    /// Only one page about the unit of this id
    #[arg(long, value_name = "UNIT", conflicts_with = "one_page")]
    unit: Option<String>,
    /// Only one page for the public; always as with --publish
    #[arg(long)]
    one_page: bool,
}

/// Why there is no report.
#[derive(Debug)]
enum ReportError {
    NoRecord,
    Sealed(u64),
    OtherFile(PathBuf),
    UnknownUnit(String),
    TooManyUnits(usize),
}

/// How a report of ours begins.
const MARK: &str = "<meta name=\"generator\" content=\"minping\">";

impl WriteReport {
    pub fn run(self, context: &Context) -> Result<Exit, Failure> {
        let refused = |error| Failure::told(Exit::Refused, error);
        if self.out.exists() && !is_report(&self.out)? {
            return Err(refused(ReportError::OtherFile(self.out)));
        }
        let opened = self.intake.office.read()?;
        let notes = self.suggestions.as_ref().map(|path| read_notes(path, &opened.plan)).transpose()?;
        let remarks = self.remarks.as_deref().map(read_text).transpose()?.unwrap_or_default();
        let remarks = remarks.trim_start_matches('\u{feff}').to_owned();
        let imported = self.earlier.as_ref().map(|path| read_rounds(path, &opened.plan, None)).transpose()?;
        let book = self.cases.as_ref().map(|path| read_plans_book(path, &opened.plan)).transpose()?;
        // Before anything is opened in vain.
        check_round(&opened.plan, self.round.as_deref())?;
        if let Some(unit) = self.unit.as_ref().filter(|unit| opened.plan.unit(unit).is_none()) {
            return Err(refused(ReportError::UnknownUnit(unit.clone())));
        }
        let taking = opened.take_in(&self.intake.office.plan, &self.intake.files, context, |_, _, _| Ok(()))?;
        let account = taking.ledger.account();
        if account.balance.waiting > 0 {
            return Err(refused(ReportError::Sealed(account.balance.waiting)));
        }
        let day = day::write(day::of(SystemTime::now()));
        let part = match (&self.unit, self.one_page) {
            (Some(unit), _) => Part::Unit(unit),
            (None, true) => Part::Page,
            (None, false) => Part::Whole,
        };
        let (round, language) = (self.round.as_deref(), context.lang);
        let asked = Asked { round, published: self.publish, part, remarks: &remarks, day: &day, language };
        let arrivals = arrivals(&taking);
        let beside = Beside {
            notes: notes.as_ref(),
            arrivals: Some(&arrivals),
            roster: opened.roster.as_ref(),
            book: book.as_ref(),
            imported: imported.as_deref().unwrap_or_default(),
        };
        let text = document_with(&taking.ledger, &account, asked, beside).map_err(|error| {
            refused(match error {
                NoReport::UnknownUnit(unit) => ReportError::UnknownUnit(unit),
                NoReport::TooManyUnits(count) => ReportError::TooManyUnits(count),
                // The round is one of the plan's.
                NoReport::UnknownRound(_) | NoReport::NoRecord => ReportError::NoRecord,
            })
        })?;
        files::replace(&self.out, text.as_bytes(), Access::Usual)?;
        context.say(&self.out.display().to_string())?;
        Ok(findings::tell(&taking, &account, opened.roster.as_ref(), context))
    }
}

pub fn is_report(path: &Path) -> Result<bool, FileError> {
    let text = read_text(path)?;
    Ok(text.starts_with("<!DOCTYPE html>") && text.contains(MARK))
}

impl fmt::Display for ReportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ReportError::NoRecord => f.write_str("no record counts in any round, so there is nothing to report"),
            ReportError::Sealed(count) => {
                write!(f, "{count} records are sealed; give the office's key file with --keys to count them")
            }
            ReportError::OtherFile(path) => write!(
                f,
                "{}: this is no report of this program, and is left as it is; choose another name",
                path.display()
            ),
            ReportError::UnknownUnit(unit) => {
                write!(f, "--unit: the plan has no unit `{unit}`; `minping tally --format csv` lists their ids")
            }
            ReportError::TooManyUnits(count) => {
                write!(f, "--one-page: {count} units do not fit on one page; leave it out for the whole report")
            }
        }
    }
}

impl std::error::Error for ReportError {}

impl Told for ReportError {
    fn zh(&self) -> String {
        match self {
            ReportError::NoRecord => "任何一轮都没有计入的答卷，无从报告".to_owned(),
            ReportError::Sealed(count) => {
                format!("{count} 份答卷是加密的；请用 --keys 给出办公室的密钥文件再写报告")
            }
            ReportError::OtherFile(path) => {
                format!("{}：此文件不是本程序写的报告，原样保留；请另取名称", path.display())
            }
            ReportError::UnknownUnit(unit) => {
                format!("--unit：方案里没有测评对象 `{unit}`；`minping tally --format csv` 列出它们的编号")
            }
            ReportError::TooManyUnits(count) => {
                format!("--one-page：{count} 个测评对象一页放不下；去掉此选项即得全文")
            }
        }
    }
}
