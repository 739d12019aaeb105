use super::{Lang, Told};
use std::error::Error;
use std::fmt;
use std::io;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// How a command ended. The numbers are a promise to scripts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// 0: done.
    Done,
    /// 1: the input was refused; problems were found and nothing was changed.
    Refused,
    /// 2: the arguments do not make a command (clap uses the same number).
    Usage,
    /// 3: a file or the network did not do its part.
    Trouble,
}

impl Exit {
    pub fn code(self) -> u8 {
        match self {
            Exit::Done => 0,
            Exit::Refused => 1,
            Exit::Usage => 2,
            Exit::Trouble => 3,
        }
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> ExitCode {
        ExitCode::from(exit.code())
    }
}

/// Why a command stopped: an operation's own error and the exit code it leads to.
#[derive(Debug)]
pub struct Failure {
    exit: Exit,
    /// None: nobody is listening any more, so there is nothing to say.
    error: Option<Box<dyn Error>>,
    /// The same in Chinese, where the error has it.
    zh: Option<String>,
}

impl Failure {
    /// An error that is told in the clerk's language.
    pub fn told(exit: Exit, error: impl Told + 'static) -> Failure {
        Failure { exit, zh: Some(error.zh()), error: Some(Box::new(error)) }
    }

    /// Standard output failed. A closed pipe (`minping … | head`) is how a reader says "enough": no failure.
    pub fn output(error: io::Error) -> Failure {
        match error.kind() {
            io::ErrorKind::BrokenPipe => Failure { exit: Exit::Done, error: None, zh: None },
            _ => {
                let zh = format!("不能输出结果：{error}");
                Failure { exit: Exit::Trouble, error: Some(Box::new(error)), zh: Some(zh) }
            }
        }
    }

    /// The terminal did not give the passphrase.
    pub fn prompt(error: io::Error) -> Failure {
        let zh = format!("不能从终端读取口令：{error}；请用 `--passphrase-file` 指明口令文件");
        Failure { exit: Exit::Trouble, error: Some(Box::new(error)), zh: Some(zh) }
    }

    pub fn exit(&self) -> Exit {
        self.exit
    }

    /// Prints the error and what caused it on standard error.
    pub(super) fn report(&self, lang: Lang) {
        let Some(error) = &self.error else { return };
        if let (Lang::Zh, Some(zh)) = (lang, &self.zh) {
            aside!("minping: {zh}");
            return;
        }
        let mut told = format!("minping: {error}");
        let mut cause = error.source();
        while let Some(inner) = cause {
            told.push_str(&format!(": {inner}"));
            cause = inner.source();
        }
        aside!("{told}");
    }
}

impl From<FileError> for Failure {
    fn from(error: FileError) -> Failure {
        match error.cause.kind() {
            // The file was read; what is in it is not what the command takes.
            io::ErrorKind::InvalidData => Failure::told(Exit::Refused, error),
            _ => Failure::told(Exit::Trouble, error),
        }
    }
}

/// A file that could not be read or written.
#[derive(Debug)]
pub struct FileError {
    /// What was tried: `read`, `write` …
    pub action: &'static str,
    pub path: PathBuf,
    pub cause: io::Error,
}

impl FileError {
    pub fn new(action: &'static str, path: &Path, cause: io::Error) -> FileError {
        FileError { action, path: path.to_owned(), cause }
    }
}

impl fmt::Display for FileError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let path = self.path.display();
        match self.cause.kind() {
            io::ErrorKind::InvalidData => write!(f, "{path}: this is no UTF-8 text; save it as UTF-8"),
            _ => write!(f, "{path}: cannot {} this file", self.action),
        }
    }
}

impl Error for FileError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        Some(&self.cause)
    }
}

/// The text of a file. One that is not UTF-8 is an error of its own kind (`InvalidData`), never mended.
pub fn read_text(path: &Path) -> Result<String, FileError> {
    std::fs::read_to_string(path).map_err(|cause| FileError::new("read", path, cause))
}
