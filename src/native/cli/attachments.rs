//! Attachments of records, written out as files.
use super::{Context, Failure, FileError, Lang};
use crate::ledger::read_attachment;
use crate::native::files::{Access, create};
use crate::session::Record;
use std::fs;
use std::io;
use std::path::PathBuf;

/// A folder for attachments. A file is called as the answer that names it: digest, size and an ending by what it is, and
/// nothing that a record could choose.
pub struct Folder {
    path: PathBuf,
    written: usize,
}

impl Folder {
    /// Makes the folder where it is not there.
    pub fn open(path: PathBuf) -> Result<Folder, Failure> {
        fs::create_dir_all(&path).map_err(|cause| FileError::new("create", &path, cause))?;
        Ok(Folder { path, written: 0 })
    }

    /// Writes the record's attachments. What is torn is left out: the ledger names it. A file that is there already has
    /// that content, or the writing fails.
    pub fn keep(&mut self, record: &Record) -> Result<(), Failure> {
        for (name, data) in &record.attachments {
            let Ok(file) = read_attachment(name, data) else { continue };
            let path = self.path.join(name);
            match fs::read(&path) {
                Ok(there) if there == file => continue,
                Ok(_) => return Err(FileError::new("write", &path, io::ErrorKind::AlreadyExists.into()).into()),
                Err(cause) if cause.kind() == io::ErrorKind::NotFound => {}
                Err(cause) => return Err(FileError::new("read", &path, cause).into()),
            }
            // Answers are for the office alone.
            create(&path, &file, Access::Owner)?;
            self.written += 1;
        }
        Ok(())
    }

    /// On standard error, beside what is shown.
    pub fn tell(&self, context: &Context) {
        let (written, path) = (self.written, self.path.display());
        match context.lang {
            Lang::Zh => aside!("minping: {path}：新写附件 {written} 个"),
            Lang::En => aside!("minping: {path}: {written} attachments are new"),
        }
    }
}
