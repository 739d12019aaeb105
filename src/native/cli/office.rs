//! What the office's commands read before they do their work: the plan, its keys and its roster.
use super::{Exit, Failure, Told, read_text};
use crate::batch::{
    Decision, DecisionError, KeyFileError, OfficeSecrets, OpenError, Roster, RosterError, Verified, open_keys,
    open_right_answers, plan_digest, verify_decision, verify_roster,
};
use crate::ledger::Explain;
use crate::native::crypto::Native;
use crate::plan::{LoadError, Plan, load};
use crate::session::PlanRef;
use clap::Args;
use pollster::block_on;
use std::fmt;
use std::io::IsTerminal;
use std::path::{Path, PathBuf};

/// Where the passphrase of a key file comes from.
#[derive(Args, Clone, Debug, Default)]
pub struct Passphrase {
    /// File whose first line is the passphrase of the key file; else MINPING_PASSPHRASE, else it is asked for
    #[arg(long, value_name = "FILE")]
    pub passphrase_file: Option<PathBuf>,
}

/// A file of the office that is not what it should be.
#[derive(Debug)]
pub enum OfficeFileError {
    Plan {
        path: PathBuf,
        error: LoadError,
    },
    Keys {
        path: PathBuf,
        error: KeyFileError,
    },
    Roster {
        path: PathBuf,
        error: RosterError,
    },
    Decision {
        path: PathBuf,
        /// From 1.
        line: usize,
        error: DecisionError,
    },
    /// The right answers in the plan do not open.
    Right {
        path: PathBuf,
        error: OpenError,
    },
    /// The plan names no office keys, so nobody can have signed for it.
    Unpublished {
        path: PathBuf,
    },
    /// No passphrase was given and there is no terminal to ask on.
    NoPassphrase,
    /// The digest of the plan could not be made.
    Crypto(crate::batch::CryptoError),
}

impl fmt::Display for OfficeFileError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            OfficeFileError::Plan { path, error } => write!(f, "{}: {error}", path.display()),
            OfficeFileError::Keys { path, error } => write!(f, "{}: {error}", path.display()),
            OfficeFileError::Roster { path, error } => write!(f, "{}: {error}", path.display()),
            OfficeFileError::Decision { path, line, error } => write!(f, "{}:{line}: {error}", path.display()),
            OfficeFileError::Right { path, error } => {
                write!(f, "{}: `/right_answers`: the right answers cannot be opened: {error}", path.display())
            }
            OfficeFileError::Unpublished { path } => write!(
                f,
                "{}: the plan names no office keys; give the published plan (`minping plan publish`), whose digest is in the batches",
                path.display()
            ),
            OfficeFileError::NoPassphrase => f.write_str(
                "no passphrase for the key file; give --passphrase-file or MINPING_PASSPHRASE, or run in a terminal",
            ),
            OfficeFileError::Crypto(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for OfficeFileError {}

impl Told for OfficeFileError {
    fn zh(&self) -> String {
        match self {
            OfficeFileError::Plan { path, error } => format!("{}：{}", path.display(), error.zh()),
            OfficeFileError::Keys { path, error } => format!("{}：{}", path.display(), error.zh()),
            OfficeFileError::Roster { path, error } => format!("{}：{}", path.display(), error.zh()),
            OfficeFileError::Decision { path, line, error } => format!("{}:{line}：{}", path.display(), error.zh()),
            OfficeFileError::Right { path, error } => {
                format!("{}：`/right_answers`：正确答案打不开，{}", path.display(), error.explain().zh)
            }
            OfficeFileError::Unpublished { path } => format!(
                "{}：方案里没有办公室的密钥；请使用已发布的方案（`minping plan publish`），批次里记的是它的摘要",
                path.display()
            ),
            OfficeFileError::NoPassphrase => {
                "没有密钥文件的口令；请用 --passphrase-file 或 MINPING_PASSPHRASE 给出，或在终端里运行".to_owned()
            }
            OfficeFileError::Crypto(error) => error.zh(),
        }
    }
}

impl Passphrase {
    /// The passphrase: from the file, the environment, or the terminal (not echoed).
    pub fn read(&self) -> Result<String, Failure> {
        if let Some(path) = &self.passphrase_file {
            let text = read_text(path)?;
            return Ok(text.lines().next().unwrap_or_default().to_owned());
        }
        if let Ok(passphrase) = std::env::var("MINPING_PASSPHRASE") {
            return Ok(passphrase);
        }
        if !std::io::stdin().is_terminal() {
            return Err(OfficeFileError::NoPassphrase.into());
        }
        rpassword::prompt_password("passphrase 口令: ").map_err(Failure::prompt)
    }
}

/// A plan and the reference that its batches carry. The digest is over the bytes of the file.
pub fn read_plan(path: &Path) -> Result<(Plan, PlanRef), Failure> {
    let text = read_text(path)?;
    let plan = load(&text).map_err(|error| OfficeFileError::Plan { path: path.to_owned(), error })?;
    let digest = block_on(plan_digest(&Native, text.as_bytes())).map_err(OfficeFileError::Crypto)?;
    let reference = PlanRef { id: plan.id.clone(), version: plan.version.clone(), digest };
    Ok((plan, reference))
}

/// A plan that was published: it names the office's keys.
pub fn read_published_plan(path: &Path) -> Result<(Plan, PlanRef), Failure> {
    let (plan, reference) = read_plan(path)?;
    match plan.keys {
        Some(_) => Ok((plan, reference)),
        None => Err(OfficeFileError::Unpublished { path: path.to_owned() }.into()),
    }
}

/// The office's private keys.
pub fn read_keys(path: &Path, passphrase: &Passphrase) -> Result<OfficeSecrets<Native>, Failure> {
    let text = read_text(path)?;
    let opened = block_on(open_keys(&Native, &text, &passphrase.read()?));
    opened.map_err(|error| OfficeFileError::Keys { path: path.to_owned(), error }.into())
}

/// Puts the sealed right answers of a plan in their places. Sealed for other keys, they stay sealed: the records will be as well,
/// and are told of one by one.
pub fn open_right(path: &Path, plan: &mut Plan, secrets: &OfficeSecrets<Native>) -> Result<(), Failure> {
    match block_on(open_right_answers(&Native, secrets, plan)) {
        Ok(()) | Err(OpenError::WrongKey) => Ok(()),
        Err(error) => Err(OfficeFileError::Right { path: path.to_owned(), error }.into()),
    }
}

/// A roster signed by one of the plan's office keys, for this plan.
pub fn read_roster(path: &Path, plan: &Plan) -> Result<Roster, Failure> {
    let text = read_text(path)?;
    let office = plan.keys.as_ref().map_or(&[][..], |keys| &keys.sign);
    let verified = block_on(verify_roster(&Native, &text, office, &plan.id));
    verified.map_err(|error| OfficeFileError::Roster { path: path.to_owned(), error }.into())
}

/// The decisions of a file, one on each line, signed by one of the plan's office keys. One line that cannot be used is an
/// error of the whole: without it the result would be another.
pub fn read_decisions(path: &Path, plan: &Plan) -> Result<Vec<Verified<Decision>>, Failure> {
    let text = read_text(path)?;
    let office = plan.keys.as_ref().map_or(&[][..], |keys| &keys.sign);
    let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    let verified = lines.map(|(at, line)| {
        let verified = block_on(verify_decision(&Native, line, office, &plan.id));
        verified.map_err(|error| OfficeFileError::Decision { path: path.to_owned(), line: at + 1, error }.into())
    });
    verified.collect()
}

impl From<OfficeFileError> for Failure {
    fn from(error: OfficeFileError) -> Failure {
        match error {
            OfficeFileError::NoPassphrase => Failure::told(Exit::Usage, error),
            _ => Failure::told(Exit::Refused, error),
        }
    }
}
