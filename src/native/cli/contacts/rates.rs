use crate::batch::{ContactsError, OpenError, open_contacts, verify_contacts};
use crate::contact::{E, Logs, Split};
use crate::native::cli::office::{Passphrase, read_keys, read_published_plan, read_roster};
use crate::native::cli::round::check_round;
use crate::native::cli::{Context, Exit, Failure, FileError, Format, Lang, Told, read_text};
use crate::native::crypto::Native;
use crate::report::{dispositions_table, doubtful_text, handed_table, named_rates_table, rates_table};
use clap::{Args, ValueEnum};
use pollster::block_on;
use std::fmt;
use std::path::{Path, PathBuf};

/// Each log holds all that the device's earlier ones held; give all that there are, in any order. Cases count once, as what was
/// found out about them stands now; a case that nobody tried yet is unknown (AAPOR 3.11). Exit code 1 when something has to be
/// looked at: it is named, and the rest is counted.
#[derive(Args)]
pub struct Rates {
    /// Contact logs, and folders that hold them (`*.minping-contacts`)
    #[arg(required = true, value_name = "FILE|FOLDER")]
    files: Vec<PathBuf>,
    /// Published plan
    #[arg(long, value_name = "FILE")]
    plan: PathBuf,
    /// Key file of the office
    #[arg(long, value_name = "FILE")]
    keys: PathBuf,
    #[command(flatten)]
    passphrase: Passphrase,
    /// The signed roster
    #[arg(long, value_name = "FILE")]
    roster: PathBuf,
    /// Id of the round; by default every round
    #[arg(long, value_name = "ROUND")]
    round: Option<String>,
    /// Told apart by
    #[arg(long, value_enum, default_value_t)]
    by: By,
    /// Which table
    #[arg(long, value_enum, default_value_t)]
    show: Show,
    /// Share of the cases of unknown eligibility that are eligible, from 0 to 1; by default estimated from the known ones
    #[arg(long, value_name = "SHARE", value_parser = share)]
    e: Option<f64>,
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum By {
    /// By round alone
    #[default]
    Round,
    Stratum,
    /// How the attempt that decides was made
    Mode,
    Device,
    /// Attempts of each day, not cases
    Day,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum Show {
    /// Counts and every rate, a row for each part
    #[default]
    Rates,
    /// Every rate with its name and formula, for one round
    Formulas,
    /// How many stand how, by AAPOR's codes
    Dispositions,
    /// Who has handed over what, and who nothing
    Devices,
}

fn share(text: &str) -> Result<f64, NoShare> {
    text.parse().ok().filter(|share| (0.0..=1.0).contains(share)).ok_or(NoShare)
}

/// An argument that is no share.
#[derive(Debug)]
struct NoShare;

impl fmt::Display for NoShare {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("give a number from 0 to 1, such as 0.8")
    }
}

impl std::error::Error for NoShare {}

#[derive(Debug)]
enum RatesError {
    NoLogs,
    Several(Vec<String>),
}

impl fmt::Display for RatesError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            RatesError::NoLogs => f.write_str(
                "no contact log here that can be counted; devices hand them over as `.minping-contacts` files",
            ),
            RatesError::Several(rounds) => {
                write!(f, "the logs are of several rounds; choose one with --round: {}", rounds.join(", "))
            }
        }
    }
}

impl std::error::Error for RatesError {}

impl Told for RatesError {
    fn zh(&self) -> String {
        match self {
            RatesError::NoLogs => "这里没有可以计入的接触记录；设备交出的是 `.minping-contacts` 文件".to_owned(),
            RatesError::Several(rounds) => format!("接触记录属于几个轮次；请用 --round 选定：{}", rounds.join("、")),
        }
    }
}

impl Rates {
    pub fn run(self, context: &Context) -> Result<Exit, Failure> {
        let (plan, _) = read_published_plan(&self.plan)?;
        check_round(&plan, self.round.as_deref())?;
        let roster = read_roster(&self.roster, &plan)?;
        let files = find(&self.files)?;
        let secrets = read_keys(&self.keys, &self.passphrase)?;
        let mut logs = Logs::new(&roster);
        let mut refused = 0;
        let mut taken = 0;
        for path in &files {
            let text = match read_text(path) {
                Ok(text) => text,
                Err(error) => {
                    refused += 1;
                    tell(&told(&error, context.lang));
                    continue;
                }
            };
            let opened = block_on(async {
                let log = verify_contacts(&Native, &text, Some(&plan.id)).await?;
                let content = open_contacts(&Native, &secrets, &log).await?;
                Ok::<_, ContactsError>((log, content))
            });
            match opened {
                Ok((log, _)) if self.round.as_ref().is_some_and(|round| *round != log.head.round) => {}
                Ok((log, content)) => {
                    taken += 1;
                    logs.take(&log, content);
                }
                Err(error) => {
                    refused += 1;
                    tell(&format!("{}: {}", path.display(), told(&error, context.lang)));
                }
            }
        }
        if taken == 0 {
            return Err(Failure::told(Exit::Refused, RatesError::NoLogs));
        }
        let e = self.e.map_or(E::Estimated, E::Given);
        let split = match self.by {
            By::Round => Split::Round,
            By::Stratum => Split::Stratum,
            By::Mode => Split::Mode,
            By::Device => Split::Device,
            By::Day => Split::Day,
        };
        let table = match self.show {
            Show::Rates => rates_table(&plan, &logs, split, e, context.lang),
            Show::Dispositions => dispositions_table(&plan, &logs, split, context.lang),
            Show::Devices => handed_table(&logs),
            Show::Formulas => {
                let whole = logs.dispositions(Split::Round);
                let [only] = &whole[..] else {
                    let error = if whole.is_empty() { RatesError::NoLogs } else { RatesError::Several(logs.rounds()) };
                    return Err(Failure::told(Exit::Refused, error));
                };
                named_rates_table(only, e, context.lang)
            }
        };
        context.show(&table, self.format)?;
        let doubtful = logs.doubtful();
        doubtful.iter().for_each(|one| tell(&doubtful_text(one, context.lang)));
        let missing = logs.missing();
        if !missing.is_empty() {
            let names: Vec<&str> = missing.iter().map(|one| one.device.as_str()).collect();
            match context.lang {
                Lang::Zh => aside!("minping: 还没有交接触记录的设备：{}", names.join("、")),
                Lang::En => aside!("minping: no contact log from: {}", names.join(", ")),
            }
        }
        Ok(if refused > 0 || !doubtful.is_empty() { Exit::Refused } else { Exit::Done })
    }
}

fn tell(line: &str) {
    aside!("minping: {line}");
}

fn told(error: &dyn Told, lang: Lang) -> String {
    match lang {
        Lang::Zh => error.zh(),
        Lang::En => error.to_string(),
    }
}

/// Files as they are named; of folders, those that end as logs do.
fn find(named: &[PathBuf]) -> Result<Vec<PathBuf>, Failure> {
    let mut found = Vec::new();
    for path in named {
        if !path.is_dir() {
            found.push(path.clone());
            continue;
        }
        let failed = |cause| FileError::new("read", path, cause);
        for entry in std::fs::read_dir(path).map_err(failed)? {
            let entry = entry.map_err(failed)?.path();
            if is_log(&entry) {
                found.push(entry);
            }
        }
    }
    found.sort();
    Ok(found)
}

fn is_log(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ending == "minping-contacts")
}

impl Told for ContactsError {
    fn zh(&self) -> String {
        match self {
            ContactsError::NotALog => "不是接触记录；请选择设备交出的 `.minping-contacts` 文件".to_owned(),
            ContactsError::WrongKind(typ) => format!("这是另一种文件（`{typ}`），不是接触记录"),
            ContactsError::BadSignature => "签名不成立：接触记录被改过或损坏；请让设备再交一次".to_owned(),
            ContactsError::OtherPlan(id) => format!("这是方案“{id}”的接触记录；请选本方案的"),
            ContactsError::BadContent(what) => format!("接触记录不能用（{what}）；请让设备再交一次"),
            ContactsError::Open(OpenError::WrongKey) => "是用别的办公室密钥加密的；请用方案里写的密钥文件".to_owned(),
            ContactsError::Open(OpenError::Changed) => "加密之后被改过；请让设备再交一次".to_owned(),
            ContactsError::Open(_) => "打不开，或是更新的格式；请更新程序再试".to_owned(),
            ContactsError::Crypto(error) => error.zh(),
        }
    }
}
