//! `minping keys …`: the office's keys, in a file under a passphrase.

mod new;
mod show;

use super::{Context, Exit, Failure};
use clap::Subcommand;

#[derive(Subcommand)]
pub enum Keys {
    /// Make an office's keys 生成密钥
    New(new::New),
    /// Show the public halves and the fingerprint 查看公钥和指纹
    Show(show::Show),
}

impl Keys {
    pub fn run(self, context: &Context) -> Result<Exit, Failure> {
        match self {
            Keys::New(command) => command.run(context),
            Keys::Show(command) => command.run(context),
        }
    }
}
