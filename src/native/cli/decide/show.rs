use crate::native::cli::office::{read_decisions, read_published_plan};
use crate::native::cli::{Context, Exit, Failure, Format};
use crate::report::decisions_table;
use clap::Args;
use std::path::PathBuf;

#[derive(Args)]
pub struct Show {
    /// File of decisions
    #[arg(long, value_name = "FILE")]
    decisions: PathBuf,
    /// Published plan, which names the keys that may sign
    #[arg(long)]
    plan: PathBuf,
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

impl Show {
    pub fn run(self, context: &Context) -> Result<Exit, Failure> {
        let (plan, _) = read_published_plan(&self.plan)?;
        let decisions = read_decisions(&self.decisions, &plan)?;
        let for_people = self.format == Format::Table;
        let table = decisions_table(decisions.iter().map(|decision| &**decision), for_people.then_some(context.lang));
        context.show(&table, self.format)?;
        Ok(Exit::Done)
    }
}
