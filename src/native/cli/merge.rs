use super::intake::Intake;
use super::{Context, Exit, Failure, FileError, Lang, findings};
use crate::batch::{Admission, Trust, verify_batch};
use crate::ledger::{Ledger, Report};
use crate::native::crypto::Native;
use crate::native::files::{Access, create, replace};
use crate::plan::Digest;
use crate::session::PlanRef;
use clap::Args;
use pollster::block_on;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// The ledger is a folder: `batches/` and `quarantine/` hold each genuine batch once, `ledger.json` says what they are.
/// Merging again, in any order, changes nothing. Exit code 1 when something was refused, kept apart, not opened or
/// missing; all the rest is merged all the same.
#[derive(Args)]
pub struct Merge {
    #[command(flatten)]
    intake: Intake,
    /// Folder of the ledger; made when it is not there
    #[arg(short, long, value_name = "FOLDER")]
    output: PathBuf,
}

impl Merge {
    pub fn run(self, context: &Context) -> Result<Exit, Failure> {
        let opened = self.intake.office.read()?;
        let folder = Folder::open(&self.output)?;
        let mut files = self.intake.files.clone();
        files.extend([folder.batches.clone(), folder.quarantine.clone()]);
        let taking = opened.take_in(&self.intake.office.plan, &files, context, |ledger, digest, text| {
            Ok(folder.keep(ledger, digest, text, context)?)
        })?;
        let account = taking.ledger.account();
        let report = Report::new(&taking.ledger, &account);
        let text = serde_json::to_string_pretty(&report)
            .map_err(|error| FileError::new("write", &folder.report, error.into()))?;
        replace(&folder.report, (text + "\n").as_bytes(), Access::Usual)?;
        let admitted = report.batches.iter().filter(|batch| batch.admitted).count();
        let apart = report.batches.len() - admitted;
        context.say(&match context.lang {
            Lang::Zh => format!("{}：批次 {admitted} 个，隔离 {apart} 个", self.output.display()),
            Lang::En => format!("{}: {admitted} batches, {apart} in quarantine", self.output.display()),
        })?;
        Ok(findings::tell(&taking, &account, opened.roster.as_ref(), context))
    }
}

/// A ledger on disk.
struct Folder {
    batches: PathBuf,
    quarantine: PathBuf,
    report: PathBuf,
}

impl Folder {
    fn open(path: &Path) -> Result<Folder, FileError> {
        let folder = Folder {
            batches: path.join("batches"),
            quarantine: path.join("quarantine"),
            report: path.join("ledger.json"),
        };
        for inner in [&folder.batches, &folder.quarantine] {
            fs::create_dir_all(inner).map_err(|cause| FileError::new("make", inner, cause))?;
        }
        Ok(folder)
    }

    /// Puts a batch where it belongs, and takes it away from where it no longer does only after that.
    fn keep(&self, ledger: &Ledger, digest: &Digest, text: &str, context: &Context) -> Result<(), FileError> {
        let admitted = ledger.counts(digest);
        let (here, there) =
            if admitted { (&self.batches, &self.quarantine) } else { (&self.quarantine, &self.batches) };
        let name = format!("{}.minping", digest.as_str());
        let path = here.join(&name);
        if !holds(&path, digest, text)? {
            if path.exists() {
                let aside = set_aside(&path)?;
                match context.lang {
                    Lang::Zh => aside!("minping: {}：已损坏，改名为 {} 保留", path.display(), aside.display()),
                    Lang::En => aside!("minping: {}: damaged; kept as {}", path.display(), aside.display()),
                }
            }
            create(&path, text.as_bytes(), Access::Usual)?;
        }
        let left = there.join(&name);
        if left.exists() && holds(&left, digest, text)? {
            fs::remove_file(&left).map_err(|cause| FileError::new("remove", &left, cause))?;
        }
        Ok(())
    }
}

/// Whether the file is there and is this batch, with `text` or signed another time.
fn holds(path: &Path, digest: &Digest, text: &str) -> Result<bool, FileError> {
    let there = match fs::read_to_string(path) {
        Ok(there) => there,
        Err(cause) if matches!(cause.kind(), io::ErrorKind::NotFound | io::ErrorKind::InvalidData) => return Ok(false),
        Err(cause) => return Err(FileError::new("read", path, cause)),
    };
    if there.trim() == text.trim() {
        return Ok(true);
    }
    // The digest does not cover the signature: a file whose signature is damaged has to be told from a whole one.
    let nobody = PlanRef { id: String::new(), version: String::new(), digest: digest.clone() };
    let trust = Trust { plan: &nobody, rounds: Vec::new(), office: &[], roster: None };
    Ok(match block_on(verify_batch(&Native, &there, &trust)) {
        Ok(Admission::Admitted(batch)) => batch.digest == *digest,
        Ok(Admission::Quarantined(batch, _)) => batch.digest == *digest,
        Err(_) => false,
    })
}

/// Gives a damaged file another name, so that nothing is written over it.
fn set_aside(path: &Path) -> Result<PathBuf, FileError> {
    let mut aside = path.with_extension("damaged");
    let mut number = 1u32;
    while aside.exists() {
        number += 1;
        aside = path.with_extension(format!("damaged-{number}"));
    }
    fs::rename(path, &aside).map_err(|cause| FileError::new("rename", path, cause))?;
    Ok(aside)
}
