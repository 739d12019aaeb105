//! `minping plan …`

mod check;
mod schema;

use super::{Context, Exit, Failure};
use clap::Subcommand;

#[derive(Subcommand)]
pub enum Plan {
    Check(check::Check),
    Schema(schema::Schema),
}

impl Plan {
    pub fn run(self, context: &Context) -> Result<Exit, Failure> {
        match self {
            Plan::Check(command) => command.run(context),
            Plan::Schema(command) => command.run(context),
        }
    }
}
