use crate::native::cli::{Context, Exit, Failure};
use crate::plan::schema::schema_text;
use clap::Args;

/// Prints the JSON Schema of plans, for editors.
#[derive(Args)]
pub struct Schema {}

impl Schema {
    pub fn run(self, context: &Context) -> Result<Exit, Failure> {
        context.print(&schema_text())?;
        Ok(Exit::Done)
    }
}
