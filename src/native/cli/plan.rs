//! `minping plan …`

mod check;
mod diff;
mod export;
mod import;
mod map;
mod publish;
mod rules;
mod schema;
mod steps;

use super::{Context, Exit, Failure};
use clap::Subcommand;

#[derive(Subcommand)]
pub enum Plan {
    Check(check::Check),
    Diff(diff::Diff),
    Export(export::Export),
    Import(Box<import::Import>),
    Map(map::Map),
    Publish(publish::Publish),
    Rules(rules::Rules),
    Schema(schema::Schema),
    Steps(steps::Steps),
}

impl Plan {
    pub fn run(self, context: &Context) -> Result<Exit, Failure> {
        match self {
            Plan::Check(command) => command.run(context),
            Plan::Diff(command) => command.run(context),
            Plan::Export(command) => command.run(context),
            Plan::Import(command) => command.run(context),
            Plan::Map(command) => command.run(context),
            Plan::Publish(command) => command.run(context),
            Plan::Rules(command) => command.run(context),
            Plan::Schema(command) => command.run(context),
            Plan::Steps(command) => command.run(context),
        }
    }
}
