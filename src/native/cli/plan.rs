//! `minping plan …`

mod check;
mod publish;
mod rules;
mod schema;

use super::{Context, Exit, Failure};
use clap::Subcommand;

#[derive(Subcommand)]
pub enum Plan {
    Check(check::Check),
    Publish(publish::Publish),
    Rules(rules::Rules),
    Schema(schema::Schema),
}

impl Plan {
    pub fn run(self, context: &Context) -> Result<Exit, Failure> {
        match self {
            Plan::Check(command) => command.run(context),
            Plan::Publish(command) => command.run(context),
            Plan::Rules(command) => command.run(context),
            Plan::Schema(command) => command.run(context),
        }
    }
}
