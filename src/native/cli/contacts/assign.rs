use crate::batch::{Selection, sign_assignment};
use crate::contact::{Common, TableError, list_file, read_cases};
use crate::native::cli::estimate::source::{Encoding, open};
use crate::native::cli::office::{Passphrase, read_keys, read_published_plan, read_roster};
use crate::native::cli::roster::{RosterCommandError, is_of_plan};
use crate::native::cli::{Cell, Column, Context, Exit, Failure, FileError, Format, Lang, Table, Told};
use crate::native::crypto::Native;
use crate::native::files::{self, Access};
use clap::{Args, ValueEnum};
use jiff::Timestamp;
use pollster::block_on;
use std::fmt;
use std::path::PathBuf;

/// Columns: `id`, `label` (address or name), `device` (name on the roster, or its check code), and where there is something to
/// say `stratum`, `group`, `phone`, `lat`, `lon`, `substitute_for` (the id of the case in whose place it stands). The lists
/// are personal data: they are signed, not sealed, so carry them as such, and do not publish them.
#[derive(Args)]
pub struct Assign {
    /// The cases as a CSV table
    #[arg(value_name = "CASES.csv")]
    table: PathBuf,
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
    /// Id of the round; needed where the plan has several
    #[arg(long, value_name = "ROUND")]
    round: Option<String>,
    /// Folder for the lists, one file for each device
    #[arg(long, value_name = "FOLDER")]
    out: PathBuf,
    /// Device of rows that name none
    #[arg(long, value_name = "NAME|CODE")]
    device: Option<String>,
    /// At most so many attempts at one case; 0: no limit
    #[arg(long, value_name = "N", default_value_t = 3, value_parser = clap::value_parser!(u32).range(0..=1000))]
    attempts: u32,
    /// Who is asked in a household of several
    #[arg(long, value_enum, default_value_t)]
    selection: Choosing,
    /// How the table's characters are written; by default UTF-8
    #[arg(long, value_enum)]
    encoding: Option<Encoding>,
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum Choosing {
    /// Whoever the case names, or answers
    #[default]
    None,
    /// By the tables of Kish (1949)
    Kish,
    /// Whose birthday was last
    LastBirthday,
}

#[derive(Debug)]
enum AssignError {
    Table(PathBuf, TableError),
    WhichRound(Vec<String>),
}

impl fmt::Display for AssignError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            AssignError::Table(path, error) => write!(f, "{}: {error}", path.display()),
            AssignError::WhichRound(known) => {
                write!(f, "the plan has several rounds; choose one with --round: {}", known.join(", "))
            }
        }
    }
}

impl std::error::Error for AssignError {}

impl Told for AssignError {
    fn zh(&self) -> String {
        match self {
            AssignError::Table(path, error) => format!("{}：{}", path.display(), error.said(Lang::Zh)),
            AssignError::WhichRound(known) => format!("方案有几个轮次；请用 --round 选定：{}", known.join("、")),
        }
    }
}

impl Assign {
    pub fn run(self, context: &Context) -> Result<Exit, Failure> {
        let (plan, _) = read_published_plan(&self.plan)?;
        let roster = read_roster(&self.roster, &plan)?;
        let round = match (self.round, &plan.rounds[..]) {
            (Some(round), _) => round,
            (None, [only]) => only.id.clone(),
            (None, rounds) => {
                let known = rounds.iter().map(|round| round.id.clone()).collect();
                return Err(Failure::told(Exit::Usage, AssignError::WhichRound(known)));
            }
        };
        let selection = match self.selection {
            Choosing::None => Selection::None,
            Choosing::Kish => Selection::Kish,
            Choosing::LastBirthday => Selection::LastBirthday,
        };
        let at = Timestamp::now().strftime("%Y-%m-%dT%H:%M:%SZ").to_string();
        let common = Common { round, at, attempts: self.attempts, selection, device: self.device };
        let lists = read_cases(&plan, &roster, &common, open(&self.table, self.encoding)?)
            .map_err(|error| Failure::told(Exit::Refused, AssignError::Table(self.table.clone(), error)))?;
        let secrets = read_keys(&self.keys, &self.passphrase)?;
        if !is_of_plan(&secrets, &plan) {
            return Err(Failure::told(Exit::Refused, RosterCommandError::OtherOffice(self.keys)));
        }
        std::fs::create_dir_all(&self.out).map_err(|cause| FileError::new("create", &self.out, cause))?;
        let mut table = Table::new(&[
            Column::new("device", "设备", "device"),
            Column::new("cases", "户数", "cases"),
            Column::new("substitutes", "其中替补", "of them substitutes"),
            Column::new("file", "文件", "file"),
        ]);
        for (device, list) in lists {
            let text = block_on(sign_assignment(&Native, &secrets.sign, &secrets.sign_public, &list))
                .map_err(|error| Failure::told(Exit::Trouble, error))?;
            let path = self.out.join(list_file(&list));
            files::replace(&path, [&text, "\n"].concat().as_bytes(), Access::Owner)?;
            table.push(vec![
                Cell::text(device.name),
                Cell::count(list.cases.len()),
                Cell::count(list.cases.iter().filter(|case| case.substitute_for.is_some()).count()),
                Cell::Text(path.display().to_string()),
            ]);
        }
        context.show(&table, self.format)?;
        match context.lang {
            Lang::Zh => aside!("minping: 名单是个人信息，已签名，没有加密：请只交给本人，用后删除"),
            Lang::En => aside!(
                "minping: these lists are personal data; they are signed, not sealed: hand each to its device only, and delete it afterwards"
            ),
        }
        Ok(Exit::Done)
    }
}
