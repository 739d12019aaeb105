//! `minping roster …`: the signed list of the devices whose batches are merged. Every change is a new issue, written in
//! one step; a list that cannot be read is never written over.

mod add;
mod certificates;
mod new;
mod revoke;
mod show;

use super::office::{Passphrase, read_keys, read_published_plan, read_roster};
use super::{Context, Exit, Failure, Told};
use crate::batch::{OfficeSecrets, Roster, sign_roster};
use crate::native::crypto::Native;
use crate::native::files::{self, Access};
use crate::plan::Plan;
use clap::{Args, Subcommand};
use pollster::block_on;
use std::fmt;
use std::path::{Path, PathBuf};

#[derive(Subcommand)]
pub enum RosterCommand {
    /// Begin an empty roster for a plan 新建名册
    New(new::New),
    /// Enrol devices by their cards 登记设备
    Add(add::Add),
    /// Take a device's right to hand over 吊销设备
    Revoke(revoke::Revoke),
    /// Give back a right that was taken by mistake 恢复设备
    Restore(revoke::Restore),
    /// List the devices 查看名册
    Show(show::Show),
    /// Check certificates of the course for canvassers 核对培训证书
    Certificates(certificates::Certificates),
}

impl RosterCommand {
    pub fn run(self, context: &Context) -> Result<Exit, Failure> {
        match self {
            RosterCommand::New(command) => command.run(context),
            RosterCommand::Add(command) => command.run(context),
            RosterCommand::Revoke(command) => command.run(context),
            RosterCommand::Restore(command) => command.run(context),
            RosterCommand::Show(command) => command.run(context),
            RosterCommand::Certificates(command) => command.run(context),
        }
    }
}

/// What a change of a roster needs.
#[derive(Args)]
struct Office {
    /// Roster file, such as `county.minping-roster`
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

/// A roster opened to be changed.
struct Opened {
    path: PathBuf,
    /// The bytes that the change is based on.
    text: String,
    roster: Roster,
    secrets: OfficeSecrets<Native>,
}

#[derive(Debug)]
pub enum RosterCommandError {
    /// The key file is not the one that the plan was published with.
    OtherOffice(PathBuf),
    /// Somebody else wrote the roster meanwhile.
    Overtaken(PathBuf),
}

/// The plan and the key file, which must belong together.
fn open_office(plan: &Path, keys: &Path, passphrase: &Passphrase) -> Result<(Plan, OfficeSecrets<Native>), Failure> {
    let (plan, _) = read_published_plan(plan)?;
    let secrets = read_keys(keys, passphrase)?;
    if !is_of_plan(&secrets, &plan) {
        return Err(Failure::told(Exit::Refused, RosterCommandError::OtherOffice(keys.to_owned())));
    }
    Ok((plan, secrets))
}

/// Whether the plan names these keys, so that what they sign is believed.
pub fn is_of_plan(secrets: &OfficeSecrets<Native>, plan: &Plan) -> bool {
    plan.keys.as_ref().is_some_and(|keys| keys.sign.contains(&secrets.sign_public))
}

fn sign(secrets: &OfficeSecrets<Native>, roster: &Roster) -> Result<String, Failure> {
    let text = block_on(sign_roster(&Native, &secrets.sign, &secrets.sign_public, roster))
        .map_err(|error| Failure::told(Exit::Trouble, error))?;
    Ok(text + "\n")
}

impl Office {
    fn open(self) -> Result<Opened, Failure> {
        // The roster before the passphrase: a mistaken file name should not cost a typed passphrase.
        let text = super::read_text(&self.roster)?;
        let (plan, _) = read_published_plan(&self.plan)?;
        let roster = read_roster(&self.roster, &plan)?;
        let (_, secrets) = open_office(&self.plan, &self.keys, &self.passphrase)?;
        Ok(Opened { path: self.roster, text, roster, secrets })
    }
}

impl Opened {
    /// Writes the changed roster as the next issue.
    fn save(mut self) -> Result<(), Failure> {
        self.roster.issue += 1;
        let text = sign(&self.secrets, &self.roster)?;
        if super::read_text(&self.path)? != self.text {
            return Err(Failure::told(Exit::Refused, RosterCommandError::Overtaken(self.path)));
        }
        Ok(files::replace(&self.path, text.as_bytes(), Access::Usual)?)
    }
}

impl fmt::Display for RosterCommandError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            RosterCommandError::OtherOffice(path) => write!(
                f,
                "{}: the plan does not name these keys, so nobody would believe their signature; use the key file with which the plan was published",
                path.display()
            ),
            RosterCommandError::Overtaken(path) => {
                write!(
                    f,
                    "{}: someone else changed the roster meanwhile; nothing was written, start again",
                    path.display()
                )
            }
        }
    }
}

impl std::error::Error for RosterCommandError {}

impl Told for RosterCommandError {
    fn zh(&self) -> String {
        match self {
            RosterCommandError::OtherOffice(path) => {
                format!("{}：方案没有列出这些密钥，签了名也无人认可；请使用发布方案时的密钥文件", path.display())
            }
            RosterCommandError::Overtaken(path) => {
                format!("{}：其间有人改动了名册；什么也没有写入，请重新开始", path.display())
            }
        }
    }
}
