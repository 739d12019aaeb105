use super::intake::Intake;
use super::round::check_round;
use super::{Context, Exit, Failure, Format, Told, findings};
use crate::batch::Roster;
use crate::ledger::{Account, Ledger};
use crate::plan::{Digest, Plan};
use crate::quality::{Findings, Inspection, Settings, Sheet, Times, quotas};
use crate::report::{QualityReport, View};
use clap::Args;
use rayon::prelude::*;
use std::fmt;

/// Rows of pairs that a thread compares before it takes the next.
const ROWS: usize = 64;

/// Flags are for people to look into: nothing is excluded. docs/quality.md gives formulas, sources and limits. Exit code as
/// of `tally`.
#[derive(Args)]
pub struct Quality {
    #[command(flatten)]
    intake: Intake,
    /// Id of the round; by default every round that has a record
    #[arg(long, value_name = "ROUND")]
    round: Option<String>,
    /// Which table
    #[arg(long, value_enum, default_value_t)]
    show: View,
    #[command(flatten)]
    thresholds: Thresholds,
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

/// What the checks go by.
#[derive(Args)]
#[command(next_help_heading = "Thresholds")]
pub struct Thresholds {
    /// Straight-lining: fewest grades in a list
    #[arg(long, value_name = "N", default_value_t = Settings::default().fewest_grades)]
    fewest_grades: u32,
    /// Straight-lining: share of one grade from which a record is flagged
    #[arg(long, value_name = "SHARE", default_value_t = Settings::default().same_share, value_parser = share)]
    same: f64,
    /// Straight-lining: run of one grade from which a record is flagged, if it is half of the list
    #[arg(long, value_name = "N", default_value_t = Settings::default().longest_run)]
    run: u32,
    /// Straight-lining: standard deviation of the grades' places at or below which a record is flagged
    #[arg(long, value_name = "SD", default_value_t = Settings::default().variability)]
    variability: f64,
    /// Share of questions left blank or refused from which a record is flagged
    #[arg(long, value_name = "SHARE", default_value_t = Settings::default().unanswered, value_parser = share)]
    unanswered: f64,
    /// Share of "don't know" from which a record is flagged
    #[arg(long, value_name = "SHARE", default_value_t = Settings::default().dont_know, value_parser = share)]
    dont_know: f64,
    /// Share of the median time per answer below which a record is flagged
    #[arg(long, value_name = "SHARE", default_value_t = Settings::default().speed, value_parser = share)]
    speed: f64,
    /// Records of one device that make a burst
    #[arg(long, value_name = "N", default_value_t = Settings::default().burst_records)]
    burst: u32,
    /// Minutes in which they were closed
    #[arg(long, value_name = "MINUTES", default_value_t = Settings::default().burst_minutes)]
    burst_minutes: f64,
    /// Hours in which interviews are expected to close
    #[arg(long, value_name = "FROM-TO", default_value = "7-21", value_parser = hours)]
    hours: (u8, u8),
    /// Share of equal answers from which two records are near duplicates
    #[arg(long = "match", value_name = "SHARE", default_value_t = Settings::default().matched, value_parser = share)]
    matched: f64,
    /// Answers that two records must have in common to be compared
    #[arg(long, value_name = "N", default_value_t = Settings::default().fewest_common)]
    fewest_common: u32,
    /// Pairs that are listed; all are counted
    #[arg(long, value_name = "N", default_value_t = Settings::default().listed_pairs)]
    pairs: usize,
    /// Records of an interviewer or device for it to be compared
    #[arg(long, value_name = "N", default_value_t = Settings::default().fewest_records)]
    fewest_records: u32,
    /// Corrected p below which an interviewer is flagged
    #[arg(long, value_name = "P", default_value_t = Settings::default().significance, value_parser = share)]
    significance: f64,
    /// Intraclass correlation that its lower limit has to exceed to be flagged
    #[arg(long, value_name = "ICC", default_value_t = Settings::default().correlation, value_parser = share)]
    correlation: f64,
    /// Grades of a unit for it to be judged
    #[arg(long, value_name = "N", default_value_t = Settings::default().fewest_raters)]
    fewest_raters: u32,
    /// Share of one grade from which a unit is flagged
    #[arg(long, value_name = "SHARE", default_value_t = Settings::default().uniform, value_parser = share)]
    uniform: f64,
    /// Share of the quotas met to the record from which they are flagged
    #[arg(long, value_name = "SHARE", default_value_t = Settings::default().neat, value_parser = share)]
    neat: f64,
    /// Item that holds the seconds which the interview took
    #[arg(long, value_name = "ITEM")]
    seconds: Option<String>,
    /// Item that holds the date and time of its beginning
    #[arg(long, value_name = "ITEM")]
    start: Option<String>,
    /// Item that holds the date and time of its end
    #[arg(long, value_name = "ITEM")]
    end: Option<String>,
    /// Item that names the interviewer; without it, devices are compared
    #[arg(long, value_name = "ITEM")]
    interviewer: Option<String>,
}

/// What an argument has to be.
#[derive(Debug)]
struct WrongForm(&'static str);

impl fmt::Display for WrongForm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "give {}", self.0)
    }
}

impl std::error::Error for WrongForm {}

fn share(text: &str) -> Result<f64, WrongForm> {
    let share = text.parse().ok().filter(|share| (0.0..=1.0).contains(share));
    share.ok_or(WrongForm("a number from 0 to 1, such as 0.85"))
}

fn hours(text: &str) -> Result<(u8, u8), WrongForm> {
    let hours = text.split_once('-').and_then(|(from, to)| Some((from.parse().ok()?, to.parse().ok()?)));
    hours.filter(|(from, to)| from < to && *to <= 24).ok_or(WrongForm("two hours from 0 to 24, such as 7-21"))
}

/// Why nothing is checked.
#[derive(Debug)]
pub(super) enum QualityError {
    UnknownItem { option: &'static str, found: String },
    Sealed(u64),
    UnknownQuestionnaire { found: String, known: Vec<String> },
}

impl fmt::Display for QualityError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            QualityError::UnknownItem { option, found } => {
                write!(f, "{option}: no questionnaire of the plan has an item `{found}`; correct the name")
            }
            QualityError::UnknownQuestionnaire { found, known } => {
                write!(f, "--questionnaire: no record is of `{found}`; choose one of {}", known.join(", "))
            }
            QualityError::Sealed(count) => {
                write!(f, "{count} records are sealed; give the office's key file with --keys to look into them")
            }
        }
    }
}

impl std::error::Error for QualityError {}

impl Told for QualityError {
    fn zh(&self) -> String {
        match self {
            QualityError::UnknownItem { option, found } => {
                format!("{option}：方案的问卷里没有题目 `{found}`；请改正名称")
            }
            QualityError::UnknownQuestionnaire { found, known } => {
                format!("--questionnaire：没有问卷 `{found}` 的答卷；请从 {} 中选择", known.join("、"))
            }
            QualityError::Sealed(count) => format!("{count} 份答卷是加密的；请用 --keys 给出办公室的密钥文件再检查"),
        }
    }
}

impl Thresholds {
    fn settings(self, plan: &Plan) -> Result<Settings, QualityError> {
        let known = |option: &'static str, item: Option<String>| match item {
            Some(found) if !plan.questionnaires.iter().any(|asked| has(&asked.items, &found)) => {
                Err(QualityError::UnknownItem { option, found })
            }
            item => Ok(item),
        };
        Ok(Settings {
            fewest_grades: self.fewest_grades,
            same_share: self.same,
            longest_run: self.run,
            variability: self.variability,
            unanswered: self.unanswered,
            dont_know: self.dont_know,
            speed: self.speed,
            burst_minutes: self.burst_minutes,
            burst_records: self.burst,
            hours: self.hours,
            matched: self.matched,
            fewest_common: self.fewest_common,
            listed_pairs: self.pairs,
            fewest_records: self.fewest_records,
            significance: self.significance,
            correlation: self.correlation,
            fewest_raters: self.fewest_raters,
            uniform: self.uniform,
            fewest_quotas: Settings::default().fewest_quotas,
            neat: self.neat,
            times: Times {
                seconds: known("--seconds", self.seconds)?,
                start: known("--start", self.start)?,
                end: known("--end", self.end)?,
            },
            interviewer: known("--interviewer", self.interviewer)?,
        })
    }
}

pub(super) fn has(items: &[crate::plan::Item], name: &str) -> bool {
    items.iter().any(|item| item.name == name || has(&item.items, name))
}

/// The sheets of the rounds that are wanted.
pub(super) fn sheets<'a>(
    ledger: &'a Ledger,
    account: &Account<'a>,
    round: Option<&str>,
    settings: &Settings,
) -> Result<Vec<Sheet<'a>>, Failure> {
    let plan = ledger.codebook().plan();
    check_round(plan, round)?;
    if account.balance.waiting > 0 {
        return Err(Failure::told(Exit::Refused, QualityError::Sealed(account.balance.waiting)));
    }
    let mut sheets = Sheet::all(ledger, account, settings);
    sheets.retain(|sheet| round.is_none_or(|round| plan.rounds[sheet.round].id == round));
    Ok(sheets)
}

/// What the office calls a device: the name on the roster, or else its thumbprint.
pub(super) fn holder_name(roster: Option<&Roster>) -> impl Fn(&str) -> String {
    move |holder: &str| {
        let entry = roster.and_then(|roster| roster.entry(&Digest(holder.to_owned())));
        entry.map_or_else(|| holder.to_owned(), |entry| entry.name.clone())
    }
}

/// Runs all checks; pairs on all cores.
fn inspect(sheet: Sheet<'_>, settings: Settings) -> Findings<'_> {
    let inspection = Inspection::new(sheet, settings);
    let matches = inspection.matcher().map(|matcher| {
        let chunks = (0..matcher.rows()).step_by(ROWS).map(|from| from..(from + ROWS).min(matcher.rows()));
        let chunks: Vec<_> = chunks.collect();
        let folded = chunks.into_par_iter().fold(
            || matcher.begin(),
            |mut found, rows| {
                matcher.compare(rows, &mut found);
                found
            },
        );
        folded.reduce(
            || matcher.begin(),
            |mut a, b| {
                a.join(b);
                a
            },
        )
    });
    inspection.finish(matches)
}

impl Quality {
    pub fn run(self, context: &Context) -> Result<Exit, Failure> {
        let opened = self.intake.office.read()?;
        let settings = self.thresholds.settings(&opened.plan);
        let settings = settings.map_err(|error| Failure::told(Exit::Refused, error))?;
        let taking = opened.take_in(&self.intake.office.plan, &self.intake.files, context, |_, _, _| Ok(()))?;
        let account = taking.ledger.account();
        let found = sheets(&taking.ledger, &account, self.round.as_deref(), &settings)?;
        let found: Vec<Findings> = found.into_iter().map(|sheet| inspect(sheet, settings.clone())).collect();
        let rounds: Vec<usize> = found.iter().map(|found| found.sheet.round).collect();
        let mut quotas = quotas(taking.ledger.codebook(), account.counted.iter().copied());
        quotas.retain(|quota| rounds.contains(&quota.round));
        let report = QualityReport {
            plan: &opened.plan,
            settings: &settings,
            findings: &found,
            quotas: &quotas,
            holder_name: &holder_name(opened.roster.as_ref()),
            for_people: self.format == Format::Table,
        };
        context.show(&report.table(self.show, context.lang), self.format)?;
        report.notes(context.lang).iter().for_each(|note| aside!("minping: {note}"));
        Ok(findings::tell(&taking, &account, opened.roster.as_ref(), context))
    }
}
