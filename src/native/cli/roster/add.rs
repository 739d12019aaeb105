use super::Office;
use crate::batch::{Card, CardError, RosterEntry, verify_card};
use crate::native::cli::{Context, Exit, Failure, Told, Words, read_text};
use crate::native::crypto::Native;
use clap::Args;
use pollster::block_on;
use std::fmt;
use std::path::{Path, PathBuf};

#[derive(Args)]
pub struct Add {
    /// Device cards (`.minping-card`); all are enrolled, or none
    #[arg(required = true)]
    cards: Vec<PathBuf>,
    /// What the office calls the device; by default the name on its card
    #[arg(long)]
    name: Option<String>,
    #[command(flatten)]
    office: Office,
}

#[derive(Debug)]
enum AddError {
    Card { path: PathBuf, error: CardError },
    Revoked { path: PathBuf, name: String },
    Unnamed(PathBuf),
    OneNameForMany(usize),
}

const ADDED: Words = Words { zh: "已登记", en: "enrolled" };
const KNOWN: Words = Words { zh: "早已登记，没有变化", en: "enrolled before, nothing changed" };

impl Add {
    pub fn run(self, context: &Context) -> Result<Exit, Failure> {
        if self.name.is_some() && self.cards.len() > 1 {
            return Err(Failure::told(Exit::Usage, AddError::OneNameForMany(self.cards.len())));
        }
        let mut cards = Vec::with_capacity(self.cards.len());
        for path in self.cards {
            let mut card = read_card(&path)?;
            if let Some(name) = &self.name {
                card.name = name.trim().to_owned();
            }
            if card.name.is_empty() {
                return Err(Failure::told(Exit::Refused, AddError::Unnamed(path)));
            }
            cards.push((path, card));
        }
        let mut opened = self.office.open()?;
        let mut lines = Vec::new();
        let mut changed = false;
        for (path, card) in cards {
            let outcome = match opened.roster.entry(&card.device) {
                Some(entry) if entry.revoked => {
                    return Err(Failure::told(Exit::Refused, AddError::Revoked { path, name: entry.name.clone() }));
                }
                Some(_) => KNOWN,
                None => {
                    changed = true;
                    let Card { device, key, name } = card.clone();
                    opened.roster.devices.push(RosterEntry { device, key, name, revoked: false });
                    ADDED
                }
            };
            lines.push(format!("{} ({}): {}", card.name, card.device.short(), context.lang.pick(outcome)));
        }
        if changed {
            opened.save()?;
        }
        lines.iter().try_for_each(|line| context.say(line))?;
        Ok(Exit::Done)
    }
}

fn read_card(path: &Path) -> Result<Card, Failure> {
    let text = read_text(path)?;
    let card = block_on(verify_card(&Native, &text));
    card.map_err(|error| Failure::told(Exit::Refused, AddError::Card { path: path.to_owned(), error }))
}

impl fmt::Display for AddError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            AddError::Card { path, error } => write!(f, "{}: {error}", path.display()),
            AddError::Revoked { path, name } => write!(
                f,
                "{}: this device was revoked under the name `{name}`; if that was a mistake, give its right back with `minping roster restore`",
                path.display()
            ),
            AddError::Unnamed(path) => {
                write!(f, "{}: the card has no name; say what the office calls the device with --name", path.display())
            }
            AddError::OneNameForMany(count) => {
                write!(f, "--name was given with {count} cards; a name is for one device, so add them one by one")
            }
        }
    }
}

impl std::error::Error for AddError {}

impl Told for AddError {
    fn zh(&self) -> String {
        match self {
            AddError::Card { path, error } => format!("{}：{}", path.display(), error.zh()),
            AddError::Revoked { path, name } => format!(
                "{}：此设备已以名称“{name}”被吊销；如属误吊销，请用 `minping roster restore` 恢复",
                path.display()
            ),
            AddError::Unnamed(path) => {
                format!("{}：设备卡上没有名称；请用 --name 写明办公室对它的称呼", path.display())
            }
            AddError::OneNameForMany(count) => {
                format!("给了 {count} 张设备卡，却只有一个 --name；名称只属于一台设备，请逐台登记")
            }
        }
    }
}
