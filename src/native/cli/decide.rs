//! `minping decide …`: what people decide about single batches and records. Each decision is signed and added to a file, one
//! on a line; nothing is taken out of it. A file that cannot be read is never written to.

mod show;

use super::office::{Passphrase, read_decisions, read_keys, read_published_plan};
use super::roster::{RosterCommandError, is_of_plan};
use super::{Context, Exit, Failure, FileError, Told, Words, read_text};
use crate::batch::{Decision, Subject, Verdict, batch_digest, sign_decision};
use crate::expression::civil_from_days;
use crate::native::crypto::Native;
use crate::native::files::{self, Access};
use crate::plan::Digest;
use clap::{Args, Subcommand};
use pollster::block_on;
use std::fmt;
use std::io;
use std::path::PathBuf;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

#[derive(Subcommand)]
pub enum Decide {
    /// Let a batch count that was kept apart 计入批次
    Admit(OfBatch),
    /// Keep a batch apart that would count 不计入批次
    KeepApart(OfBatch),
    /// Leave a record out 不计入答卷
    LeaveOut(OfRecord),
    /// Let a record count again that was left out 恢复答卷
    Count(OfRecord),
    /// List the decisions 查看决定
    Show(show::Show),
}

/// Only for a batch of an unknown or revoked device, or of a link that is not the office's: what was made for another plan,
/// version or round cannot be counted.
#[derive(Args)]
pub struct OfBatch {
    /// Digest of the batch (43 characters, as in ledger.json), or its file
    batch: String,
    #[command(flatten)]
    how: How,
}

#[derive(Args)]
pub struct OfRecord {
    /// Id of the record (22 characters)
    record: String,
    /// Only as the record lies in this batch: where one id has several contents. Digest or file
    #[arg(long = "in", value_name = "BATCH")]
    batch: Option<String>,
    #[command(flatten)]
    how: How,
}

#[derive(Args)]
struct How {
    /// Why. It stands in the report: name no respondent
    #[arg(long, value_name = "WORDS")]
    reason: String,
    /// Who decides
    #[arg(long, value_name = "NAME")]
    by: String,
    /// File of decisions, such as `county.minping-decisions`; made when it is not there
    #[arg(long, value_name = "FILE")]
    decisions: PathBuf,
    /// Published plan
    #[arg(long)]
    plan: PathBuf,
    /// Key file of the office
    #[arg(long)]
    keys: PathBuf,
    #[command(flatten)]
    passphrase: Passphrase,
}

#[derive(Debug)]
enum DecideError {
    /// Neither a digest nor a file.
    NoBatch(String),
    NoRecord(String),
    /// The last decision was made later than now.
    Clock {
        last: String,
    },
    /// Somebody else wrote the file meanwhile.
    Overtaken(PathBuf),
}

const KEPT: Words = Words { zh: "决定已签名并写入", en: "decision signed and kept" };

impl Decide {
    pub fn run(self, context: &Context) -> Result<Exit, Failure> {
        match self {
            Decide::Admit(of) => of.run(Verdict::Admit, context),
            Decide::KeepApart(of) => of.run(Verdict::KeepApart, context),
            Decide::LeaveOut(of) => of.run(Verdict::LeaveOut, context),
            Decide::Count(of) => of.run(Verdict::Count, context),
            Decide::Show(show) => show.run(context),
        }
    }
}

impl OfBatch {
    fn run(self, verdict: Verdict, context: &Context) -> Result<Exit, Failure> {
        let about = Subject::Batch(find_batch(self.batch)?);
        self.how.decide(about, verdict, context)
    }
}

impl OfRecord {
    fn run(self, verdict: Verdict, context: &Context) -> Result<Exit, Failure> {
        let is_id = self.record.len() == 22 && is_base64url(&self.record);
        if !is_id {
            return Err(refused(DecideError::NoRecord(self.record)));
        }
        let batch = self.batch.map(find_batch).transpose()?;
        self.how.decide(Subject::Record { id: self.record, batch }, verdict, context)
    }
}

fn refused(error: DecideError) -> Failure {
    Failure::told(Exit::Refused, error)
}

fn is_base64url(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_')
}

fn find_batch(named: String) -> Result<Digest, Failure> {
    if named.len() == 43 && is_base64url(&named) {
        return Ok(Digest(named));
    }
    let path = PathBuf::from(&named);
    if !path.is_file() {
        return Err(refused(DecideError::NoBatch(named)));
    }
    let text = read_text(&path)?;
    block_on(batch_digest(&Native, &text)).map_err(|_| refused(DecideError::NoBatch(named)))
}

impl How {
    fn decide(self, about: Subject, verdict: Verdict, context: &Context) -> Result<Exit, Failure> {
        let path = self.decisions;
        let (plan, _) = read_published_plan(&self.plan)?;
        // Before the passphrase is asked for: what is there must be whole.
        let before = match std::fs::read_to_string(&path) {
            Ok(text) => Some(text),
            Err(cause) if cause.kind() == io::ErrorKind::NotFound => None,
            Err(cause) => return Err(FileError::new("read", &path, cause).into()),
        };
        let known = match before {
            Some(_) => read_decisions(&path, &plan)?,
            None => Vec::new(),
        };
        let secrets = read_keys(&self.keys, &self.passphrase)?;
        if !is_of_plan(&secrets, &plan) {
            return Err(Failure::told(Exit::Refused, RosterCommandError::OtherOffice(self.keys)));
        }
        let last = known.iter().map(|decision| decision.on.clone()).max().unwrap_or_default();
        let on = after(&last)?;
        let decision = Decision { on, about, verdict, reason: self.reason, by: self.by };
        let signed = sign_decision(&Native, &secrets.sign, &secrets.sign_public, &plan.id, &decision);
        let line = block_on(signed).map_err(|error| Failure::told(Exit::Refused, error))? + "\n";
        match before {
            None => files::create(&path, line.as_bytes(), Access::Usual)?,
            Some(before) => {
                if read_text(&path)? != before {
                    return Err(refused(DecideError::Overtaken(path)));
                }
                let end = if before.is_empty() || before.ends_with('\n') { "" } else { "\n" };
                files::replace(&path, [&before, end, &line].concat().as_bytes(), Access::Usual)?;
            }
        }
        context.say(&format!("{}: {}", path.display(), context.lang.pick(KEPT)))?;
        Ok(Exit::Done)
    }
}

/// Now, in the form of decisions, and later than the last one: of two about the same the later holds.
fn after(last: &str) -> Result<String, Failure> {
    for _ in 0..3 {
        let now = write(SystemTime::now());
        if now.as_str() > last {
            return Ok(now);
        }
        // Within the same second.
        std::thread::sleep(Duration::from_millis(600));
    }
    Err(refused(DecideError::Clock { last: last.to_owned() }))
}

/// UTC to the second.
fn write(time: SystemTime) -> String {
    let seconds = time.duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
    let (year, month, day) = civil_from_days((seconds / 86_400) as i64);
    let [hour, minute, second] = [seconds / 3600 % 24, seconds / 60 % 60, seconds % 60];
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z")
}

impl fmt::Display for DecideError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            DecideError::NoBatch(named) => write!(
                f,
                "`{named}` is neither the digest of a batch nor the file of one; `ledger.json` of `minping merge` lists the digests"
            ),
            DecideError::NoRecord(named) => write!(
                f,
                "`{named}` is no id of a record, which has 22 characters; `minping open --records` lists them"
            ),
            DecideError::Clock { last } => write!(
                f,
                "the last decision was made at {last}, and this machine's clock is before that; correct the clock and decide again"
            ),
            DecideError::Overtaken(path) => write!(
                f,
                "{}: someone else added a decision meanwhile; nothing was written, start again",
                path.display()
            ),
        }
    }
}

impl std::error::Error for DecideError {}

impl Told for DecideError {
    fn zh(&self) -> String {
        match self {
            DecideError::NoBatch(named) => {
                format!("“{named}”既不是批次的摘要，也不是批次文件；摘要见 `minping merge` 写的 ledger.json")
            }
            DecideError::NoRecord(named) => {
                format!("“{named}”不是答卷编号（22 个字符）；编号见 `minping open --records`")
            }
            DecideError::Clock { last } => {
                format!("上一个决定作于 {last}，本机的时钟比它还早；请校正时钟后再作决定")
            }
            DecideError::Overtaken(path) => {
                format!("{}：其间有人写入了决定；什么也没有写入，请重新开始", path.display())
            }
        }
    }
}
