use crate::native::cli::office::{read_published_plan, read_roster};
use crate::native::cli::{Cell, Column, Context, Exit, Failure, Format, Table, Words};
use clap::Args;
use std::path::PathBuf;

#[derive(Args)]
pub struct Show {
    /// Roster file
    #[arg(long, value_name = "FILE")]
    roster: PathBuf,
    /// Published plan, which names the keys that may sign
    #[arg(long)]
    plan: PathBuf,
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

const COLUMNS: &[Column] = &[
    Column::new("name", "设备", "device"),
    Column::new("device", "标识", "thumbprint"),
    Column::new("standing", "状态", "standing"),
];
const ISSUE: Words = Words { zh: "期号", en: "issue" };

impl Show {
    pub fn run(self, context: &Context) -> Result<Exit, Failure> {
        let (plan, _) = read_published_plan(&self.plan)?;
        let roster = read_roster(&self.roster, &plan)?;
        let mut table = Table::new(COLUMNS);
        for entry in &roster.devices {
            let standing = if entry.revoked { "revoked" } else { "enrolled" };
            table.push(vec![Cell::text(&entry.name), Cell::text(entry.device.as_str()), Cell::text(standing)]);
        }
        if self.format == Format::Table {
            context.say(&format!("{} · {} {}", roster.plan, context.lang.pick(ISSUE), roster.issue))?;
        }
        context.show(&table, self.format)?;
        Ok(Exit::Done)
    }
}
