//! Taking in batch files: read, verify and open them on all cores, into a ledger. Files that fail are named and do not
//! stop the others.
use super::office::{Passphrase, open_right, read_decisions, read_keys, read_published_plan, read_roster};
use super::progress::Progress;
use super::{Context, Exit, Failure, FileError, Told, Words};
use crate::batch::{
    Admission, Batch, BatchError, Decision, OfficeSecrets, Roster, Slip, Trust, Verified, open_record, verify_batch,
};
use crate::ledger::{CodebookError, Ledger, Taken};
use crate::native::crypto::Native;
use crate::plan::{Digest, Plan};
use crate::session::{PlanRef, Record};
use clap::Args;
use pollster::block_on;
use rayon::prelude::*;
use std::fmt;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// Larger files are no batches: a device cuts its batches at 2 MiB, and a record at most doubles that.
const LARGEST: u64 = 64 << 20;
/// Files read, and records opened, between two looks at the ledger: bounds what is in memory beside it. Batches with
/// attachments are large.
const CHUNK: usize = 128;
const CHUNK_BYTES: u64 = 64 << 20;
const RECORDS: usize = 4096;

/// Files of batches, and what is needed to judge and open them.
#[derive(Args)]
pub struct Intake {
    /// Batch files, and folders that hold them (`*.minping`)
    #[arg(required = true, value_name = "FILE|FOLDER")]
    pub files: Vec<PathBuf>,
    #[command(flatten)]
    pub office: Office,
}

/// The office's own files.
#[derive(Args)]
pub struct Office {
    /// The published plan
    #[arg(long, value_name = "FILE")]
    pub plan: PathBuf,
    /// The office's key file, to open sealed records
    #[arg(long, value_name = "FILE")]
    pub keys: Option<PathBuf>,
    #[command(flatten)]
    pub passphrase: Passphrase,
    /// The signed roster; without it, every canvasser's device is unknown
    #[arg(long, value_name = "FILE")]
    pub roster: Option<PathBuf>,
    /// The signed decisions about single batches and records (`minping decide`)
    #[arg(long, value_name = "FILE")]
    pub decisions: Option<PathBuf>,
}

/// [`Office`], read.
pub struct Opened {
    pub plan: Plan,
    pub reference: PlanRef,
    pub secrets: Option<OfficeSecrets<Native>>,
    pub roster: Option<Roster>,
    pub decisions: Vec<Verified<Decision>>,
}

/// What came in.
pub struct Taking {
    pub ledger: Ledger,
    /// One for each file, in the order of their names.
    pub files: Vec<Origin>,
    /// Files and folders that could not be read.
    pub unread: Vec<FileError>,
    /// Files in folders that do not end in `.minping` and were left alone.
    pub passed_over: usize,
}

/// One file and what it is.
pub struct Origin {
    pub path: PathBuf,
    pub found: Result<(Digest, Taken), BatchError>,
}

/// Why nothing can be taken in.
#[derive(Debug)]
pub enum IntakeError {
    /// The plan cannot be counted by.
    Codebook(PathBuf, CodebookError),
}

impl fmt::Display for IntakeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            IntakeError::Codebook(path, error) => write!(f, "{}: {error}", path.display()),
        }
    }
}

impl std::error::Error for IntakeError {}

impl Told for IntakeError {
    fn zh(&self) -> String {
        match self {
            IntakeError::Codebook(path, error) => {
                format!("{}：不能按此方案计票；请用 `minping plan check` 检查并改正（{error}）", path.display())
            }
        }
    }
}

impl Office {
    pub fn read(&self) -> Result<Opened, Failure> {
        let (mut plan, reference) = read_published_plan(&self.plan)?;
        let roster = self.roster.as_ref().map(|path| read_roster(path, &plan)).transpose()?;
        let secrets = self.keys.as_ref().map(|path| read_keys(path, &self.passphrase)).transpose()?;
        if let Some(secrets) = &secrets {
            open_right(&self.plan, &mut plan, secrets)?;
        }
        let decisions = self.decisions.as_ref().map(|path| read_decisions(path, &plan)).transpose()?;
        Ok(Opened { plan, reference, secrets, roster, decisions: decisions.unwrap_or_default() })
    }
}

impl Opened {
    /// Reads and judges all files and opens their records. `keep` is told of every genuine batch, with its text.
    pub fn take_in(
        &self,
        plan_path: &Path,
        files: &[PathBuf],
        context: &Context,
        keep: impl FnMut(&Ledger, &Digest, &str) -> Result<(), Failure>,
    ) -> Result<Taking, Failure> {
        self.take_in_and_look(plan_path, files, context, keep, |_| Ok(()))
    }

    /// The same; `look` is told of every record of an admitted batch that could be opened, whether it comes to count or not.
    pub fn take_in_and_look(
        &self,
        plan_path: &Path,
        files: &[PathBuf],
        context: &Context,
        mut keep: impl FnMut(&Ledger, &Digest, &str) -> Result<(), Failure>,
        mut look: impl FnMut(&Record) -> Result<(), Failure>,
    ) -> Result<Taking, Failure> {
        let ledger = Ledger::new(&self.plan, &self.reference, &crate::native::host::NATIVE)
            .map_err(|error| Failure::told(Exit::Refused, IntakeError::Codebook(plan_path.to_owned(), error)))?;
        let mut taking = Taking { ledger, files: Vec::new(), unread: Vec::new(), passed_over: 0 };
        self.decisions.iter().for_each(|decision| taking.ledger.decide(decision.clone()));
        let mut paths = Vec::new();
        files.iter().for_each(|path| taking.list(path, true, &mut paths));
        paths.sort();
        paths.dedup();
        let trust = Trust {
            plan: &self.reference,
            rounds: self.plan.rounds.iter().map(|round| round.id.clone()).collect(),
            office: self.plan.keys.as_ref().map_or(&[], |keys| &keys.sign),
            roster: self.roster.as_ref(),
        };
        let mut progress = Progress::new(context.lang.pick(VERIFYING), paths.len());
        let mut rest = &paths[..];
        while !rest.is_empty() {
            let (chunk, after) = rest.split_at(chunk_of(rest));
            rest = after;
            let read: Vec<_> = chunk.par_iter().map(|path| (path, judge(path, &trust))).collect();
            for (path, judged) in read {
                match judged {
                    Err(error) => taking.unread.push(error),
                    Ok(Err(error)) => {
                        taking.ledger.refuse(&path.display().to_string(), error.clone());
                        taking.files.push(Origin { path: path.clone(), found: Err(error) });
                    }
                    Ok(Ok((admission, text))) => {
                        let batch: &Batch = match &admission {
                            Admission::Admitted(batch) => batch,
                            Admission::Quarantined(batch, _) => batch,
                        };
                        let digest = batch.digest.clone();
                        if taking.ledger.would_count(&admission) {
                            for slip in &batch.records {
                                if let Slip::Plain(record) = slip {
                                    look(record)?;
                                }
                            }
                        }
                        let taken = taking.ledger.take(admission, &path.display().to_string());
                        keep(&taking.ledger, &digest, &text)?;
                        taking.files.push(Origin { path: path.clone(), found: Ok((digest, taken)) });
                    }
                }
            }
            // Opened chunk by chunk, so that sealed records are not all in memory at once.
            if let Some(secrets) = &self.secrets {
                open_all(&mut taking.ledger, secrets, &mut look)?;
            }
            progress.add(chunk.len());
        }
        progress.finish();
        Ok(taking)
    }
}

const VERIFYING: Words = Words { zh: "核验并解开文件", en: "verifying and opening files" };

/// How many of these files are read at once: one at least.
fn chunk_of(paths: &[PathBuf]) -> usize {
    let mut bytes = 0;
    let fits = |path: &&PathBuf| {
        bytes += fs::metadata(path).map_or(0, |found| found.len());
        bytes <= CHUNK_BYTES
    };
    paths.iter().take(CHUNK).take_while(fits).count().max(1)
}

fn open_all(
    ledger: &mut Ledger,
    secrets: &OfficeSecrets<Native>,
    look: &mut impl FnMut(&Record) -> Result<(), Failure>,
) -> Result<(), Failure> {
    loop {
        let sealed = ledger.sealed(RECORDS);
        if sealed.is_empty() {
            return Ok(());
        }
        let opened: Vec<_> =
            sealed.par_iter().map(|(place, text)| (place, block_on(open_record(&Native, secrets, text)))).collect();
        for (place, record) in opened {
            if let Ok(record) = &record {
                look(record)?;
            }
            ledger.put(place, record);
        }
    }
}

/// The outer error: the file could not be read. The inner: it is no batch.
type Judged = Result<Result<(Admission, String), BatchError>, FileError>;

fn judge(path: &Path, trust: &Trust<'_>) -> Judged {
    let failed = |cause| FileError::new("read", path, cause);
    if fs::metadata(path).map_err(failed)?.len() > LARGEST {
        return Ok(Err(BatchError::NotABatch));
    }
    let text = match fs::read_to_string(path) {
        Ok(text) => text,
        // Not text: an ordinary file that is no batch.
        Err(cause) if cause.kind() == io::ErrorKind::InvalidData => return Ok(Err(BatchError::NotABatch)),
        Err(cause) => return Err(failed(cause)),
    };
    Ok(block_on(verify_batch(&Native, &text, trust)).map(|admission| (admission, text)))
}

impl Taking {
    /// A file that is named is tried, whatever it is called; in a folder, those that end in `.minping` are.
    fn list(&mut self, path: &Path, named: bool, out: &mut Vec<PathBuf>) {
        // Only a folder that was named is followed through a symbolic link: links inside could make a circle.
        let kind = if named { fs::metadata(path) } else { fs::symlink_metadata(path) };
        match kind {
            Err(cause) => self.unread.push(FileError::new("read", path, cause)),
            Ok(kind) if kind.is_dir() => match fs::read_dir(path) {
                Err(cause) => self.unread.push(FileError::new("read", path, cause)),
                Ok(entries) => {
                    for entry in entries {
                        match entry {
                            Ok(entry) => self.list(&entry.path(), false, out),
                            Err(cause) => self.unread.push(FileError::new("read", path, cause)),
                        }
                    }
                }
            },
            Ok(_) if named || path.extension().is_some_and(|end| end.eq_ignore_ascii_case("minping")) => {
                out.push(path.to_owned());
            }
            Ok(_) => self.passed_over += 1,
        }
    }
}
