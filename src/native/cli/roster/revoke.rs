use super::Office;
use crate::batch::Roster;
use crate::native::cli::{Context, Exit, Failure, Told, Words};
use clap::Args;
use std::fmt;

#[derive(Args)]
pub struct Revoke {
    /// Thumbprint of the device or how it begins (at least 6 characters), or its name on the roster
    device: String,
    #[command(flatten)]
    office: Office,
}

/// For a device that was revoked by mistake: its batches are merged again.
#[derive(Args)]
pub struct Restore {
    /// Thumbprint of the device or how it begins (at least 6 characters), or its name on the roster
    device: String,
    #[command(flatten)]
    office: Office,
}

#[derive(Debug)]
enum RevokeError {
    Unknown(String),
    Ambiguous { device: String, found: usize },
}

const REVOKED: Words = Words {
    zh: "已吊销，此后合并时其批次单独存放，不予计入",
    en: "revoked; from now on its batches are set aside when they are merged",
};
const ALREADY: Words = Words { zh: "早已吊销，没有变化", en: "revoked before, nothing changed" };
const RESTORED: Words = Words { zh: "已恢复，其批次重新计入", en: "restored; its batches are merged again" };
const NEVER: Words = Words { zh: "未曾吊销，没有变化", en: "was not revoked, nothing changed" };

impl Revoke {
    pub fn run(self, context: &Context) -> Result<Exit, Failure> {
        set(self.office, self.device, true, context)
    }
}

impl Restore {
    pub fn run(self, context: &Context) -> Result<Exit, Failure> {
        set(self.office, self.device, false, context)
    }
}

fn set(office: Office, device: String, revoked: bool, context: &Context) -> Result<Exit, Failure> {
    let mut opened = office.open()?;
    let index = find(&opened.roster, device).map_err(|error| Failure::told(Exit::Refused, error))?;
    let entry = &mut opened.roster.devices[index];
    let line = format!("{} ({})", entry.name, entry.device.short());
    let outcome = match (entry.revoked, revoked) {
        (false, true) => REVOKED,
        (true, true) => ALREADY,
        (true, false) => RESTORED,
        (false, false) => NEVER,
    };
    if entry.revoked != revoked {
        entry.revoked = revoked;
        opened.save()?;
    }
    context.say(&[&line, ": ", context.lang.pick(outcome)].concat())?;
    Ok(Exit::Done)
}

/// The one entry meant.
fn find(roster: &Roster, device: String) -> Result<usize, RevokeError> {
    let begins = |index: &usize| {
        let entry = &roster.devices[*index];
        entry.name == device || (device.len() >= 6 && entry.device.as_str().starts_with(&device))
    };
    let found: Vec<usize> = (0..roster.devices.len()).filter(begins).collect();
    match found[..] {
        [index] => Ok(index),
        [] => Err(RevokeError::Unknown(device)),
        _ => Err(RevokeError::Ambiguous { device, found: found.len() }),
    }
}

impl fmt::Display for RevokeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            RevokeError::Unknown(device) => {
                write!(f, "no device `{device}` on the roster; see `minping roster show` for names and thumbprints")
            }
            RevokeError::Ambiguous { device, found } => {
                write!(f, "{found} devices on the roster fit `{device}`; give the whole thumbprint of one")
            }
        }
    }
}

impl std::error::Error for RevokeError {}

impl Told for RevokeError {
    fn zh(&self) -> String {
        match self {
            RevokeError::Unknown(device) => {
                format!("名册上没有设备“{device}”；名称和标识见 `minping roster show`")
            }
            RevokeError::Ambiguous { device, found } => {
                format!("名册上有 {found} 台设备符合“{device}”；请给出其中一台的完整标识")
            }
        }
    }
}
