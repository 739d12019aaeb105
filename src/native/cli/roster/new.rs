use super::{open_office, sign};
use crate::batch::Roster;
use crate::native::cli::office::Passphrase;
use crate::native::cli::{Context, Exit, Failure, Told, Words};
use crate::native::files::{self, Access};
use clap::Args;
use std::fmt;
use std::io;
use std::path::PathBuf;

#[derive(Args)]
pub struct New {
    /// File to make, such as `county.minping-roster`; one that exists is never overwritten
    #[arg(long, value_name = "FILE")]
    roster: PathBuf,
    /// Published plan
    #[arg(long)]
    plan: PathBuf,
    /// Key file of the office
    #[arg(long)]
    keys: PathBuf,
    #[command(flatten)]
    passphrase: Passphrase,
}

const MADE: Words = Words { zh: "名册已建立，还没有设备", en: "roster made, with no device yet" };

#[derive(Debug)]
struct Exists(PathBuf);

impl New {
    pub fn run(self, context: &Context) -> Result<Exit, Failure> {
        if self.roster.symlink_metadata().is_ok() {
            return Err(Failure::told(Exit::Refused, Exists(self.roster)));
        }
        let (plan, secrets) = open_office(&self.plan, &self.keys, &self.passphrase)?;
        let text = sign(&secrets, &Roster { v: 1, plan: plan.id, issue: 1, devices: Vec::new() })?;
        files::create(&self.roster, text.as_bytes(), Access::Usual).map_err(|error| match error.cause.kind() {
            io::ErrorKind::AlreadyExists => Failure::told(Exit::Refused, Exists(self.roster.clone())),
            _ => error.into(),
        })?;
        context.say(&format!("{}: {}", self.roster.display(), context.lang.pick(MADE)))?;
        Ok(Exit::Done)
    }
}

impl fmt::Display for Exists {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{}: a file is here already and is left as it is; add devices to it or choose another name",
            self.0.display()
        )
    }
}

impl std::error::Error for Exists {}

impl Told for Exists {
    fn zh(&self) -> String {
        format!("{}：已有此文件，原样保留；请往里登记设备，或另取名称", self.0.display())
    }
}
