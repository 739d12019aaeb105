use crate::native::cli::{Context, Exit, Failure, read_text};
use crate::plan;
use clap::Args;
use std::path::PathBuf;

#[derive(Args)]
pub struct Check {
    /// Plan files (JSON)
    #[arg(required = true)]
    files: Vec<PathBuf>,
}

impl Check {
    pub fn run(self, context: &Context) -> Result<Exit, Failure> {
        let mut exit = Exit::Done;
        for path in &self.files {
            let text = read_text(path)?;
            match plan::load(&text) {
                Ok(_) => context.say(&format!("{}: ok", path.display()))?,
                Err(error) => {
                    exit = Exit::Refused;
                    context.say(&format!("{}: {error}", path.display()))?;
                }
            }
        }
        Ok(exit)
    }
}
