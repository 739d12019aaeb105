use crate::import::{ExportError, MediaFile, media_files, write};
use crate::native::cli::plan::import::describe;
use crate::native::cli::{Context, Exit, Failure, FileError, Told, read_text};
use crate::native::files::{Access, create};
use crate::plan;
use clap::Args;
use std::path::PathBuf;

/// Writes a plan as an XLSForm workbook (.xlsx), which spreadsheets and ODK's programs open and `minping plan import` reads
/// again: the same plan comes back.
///
/// What ODK does not know (grades, scales, units, indicators …) stands in sheets and columns of our own: docs/xlsform.md.
#[derive(Args)]
pub struct Export {
    /// The plan (JSON)
    plan: PathBuf,
    /// The workbook to make; one that is there is left alone
    out: PathBuf,
    /// The kind of workbook; XLSForm is the only one
    #[arg(long)]
    xlsform: bool,
    /// The folder that gets the plan's pictures, under the names that the workbook gives them; files that are there are left
    /// alone
    #[arg(long, value_name = "FOLDER")]
    media: Option<PathBuf>,
}

impl Export {
    pub fn run(self, context: &Context) -> Result<Exit, Failure> {
        let text = read_text(&self.plan)?;
        let loaded = plan::load(&text).map_err(|error| Failure::told(Exit::Refused, error))?;
        let (bytes, findings) = write(&loaded).map_err(|error| Failure::told(Exit::Refused, error))?;
        create(&self.out, &bytes, Access::Usual)?;
        if let Some(folder) = &self.media {
            std::fs::create_dir_all(folder).map_err(|cause| FileError::new("create", folder, cause))?;
            for MediaFile { name, bytes } in media_files(&loaded) {
                create(&folder.join(name), &bytes, Access::Usual)?;
            }
        }
        if !findings.is_empty() {
            context.print(&describe(&self.out, &findings, context.lang))?;
        }
        Ok(Exit::Done)
    }
}

impl Told for ExportError {
    fn zh(&self) -> String {
        ExportError::zh(self)
    }
}
