use super::{HallError, read};
use crate::native::cli::{Context, Exit, Failure, Format};
use crate::native::files::{self, Access};
use crate::report::{local_time, protocol_lines, protocol_notes, protocol_paper, protocol_units};
use clap::Args;
use std::io::ErrorKind;
use std::path::PathBuf;

/// The signature is checked first.
#[derive(Args)]
pub struct Show {
    /// The protocol (`.minping-protocol`)
    protocol: PathBuf,
    /// The published plan, whose keys signed it
    #[arg(long, value_name = "FILE")]
    plan: PathBuf,
    /// Also write it as an HTML file for A4, with lines to sign on
    #[arg(long, value_name = "FILE")]
    html: Option<PathBuf>,
    /// Show the ballots by rater group instead of the results by unit
    #[arg(long)]
    ballots: bool,
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

impl Show {
    pub fn run(self, context: &Context) -> Result<Exit, Failure> {
        let (protocol, ..) = read(&self.protocol, &self.plan)?;
        let made = match self.ballots {
            true => protocol_lines(&protocol, context.lang),
            false => protocol_units(&protocol, context.lang),
        };
        context.show(&made, self.format)?;
        aside!("minping: {} · {}", protocol.ballot.name, local_time(&protocol.closed));
        for note in protocol_notes(&protocol, context.lang) {
            aside!("minping: {note}");
        }
        if let Some(path) = self.html {
            let text = protocol_paper(&protocol, context.lang);
            files::create(&path, text.as_bytes(), Access::Usual).map_err(|error| match error.cause.kind() {
                ErrorKind::AlreadyExists => Failure::told(Exit::Refused, HallError::Exists(path.clone())),
                _ => error.into(),
            })?;
        }
        Ok(Exit::Done)
    }
}
