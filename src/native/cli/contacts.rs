//! `minping contacts …`: lists of cases for devices, and the rates that follow from what became of them.

mod assign;
mod rates;

use super::{Context, Exit, Failure};
use clap::Subcommand;

#[derive(Subcommand)]
pub enum ContactsCommand {
    /// Make each device's signed list of cases from a table 分派名单
    Assign(Box<assign::Assign>),
    /// Dispositions, contact, cooperation, refusal and response rates (AAPOR) 应答率
    Rates(Box<rates::Rates>),
}

impl ContactsCommand {
    pub fn run(self, context: &Context) -> Result<Exit, Failure> {
        match self {
            ContactsCommand::Assign(command) => command.run(context),
            ContactsCommand::Rates(command) => command.run(context),
        }
    }
}
