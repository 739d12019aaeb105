use crate::native::cli::{Context, Exit, Failure, Format, Told, read_text};
use crate::plan::{Plan, ReadError, read};
use crate::report::{POOLING, mapping_table};
use clap::Args;
use std::fmt;
use std::path::{Path, PathBuf};

/// Which questions of two versions of a plan are the same, read otherwise, ask something else, or are in one of them only: what may
/// be said of the results of both together. Records of two versions are never pooled.
#[derive(Args)]
pub struct Map {
    /// The earlier plan (JSON)
    old: PathBuf,
    /// The later plan (JSON)
    new: PathBuf,
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

/// A file that is no plan.
#[derive(Debug)]
struct NoPlan(PathBuf, ReadError);

impl fmt::Display for NoPlan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}; put it right, `minping plan check` says where", self.0.display(), self.1)
    }
}

impl std::error::Error for NoPlan {}

impl Told for NoPlan {
    fn zh(&self) -> String {
        format!("{}：不是方案（{}）；请改正，`minping plan check` 会指出位置", self.0.display(), self.1)
    }
}

fn plan(path: &Path) -> Result<Plan, Failure> {
    read(&read_text(path)?).map_err(|error| Failure::told(Exit::Refused, NoPlan(path.to_owned(), error)))
}

impl Map {
    pub fn run(self, context: &Context) -> Result<Exit, Failure> {
        let (old, new) = (plan(&self.old)?, plan(&self.new)?);
        if self.format == Format::Table {
            context.say(POOLING.of(context.lang))?;
        }
        context.show(&mapping_table(&old, &new, context.lang), self.format)?;
        Ok(Exit::Done)
    }
}
