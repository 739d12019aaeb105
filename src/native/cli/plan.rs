//! `minping plan …`

mod check;

use super::{Context, Exit, Failure};
use clap::Subcommand;

#[derive(Subcommand)]
pub enum Plan {
    /// Name everything that is wrong with plan files
    Check(check::Check),
}

impl Plan {
    pub fn run(self, context: &Context) -> Result<Exit, Failure> {
        match self {
            Plan::Check(command) => command.run(context),
        }
    }
}
