//! Tables from files and standard input, in the encodings that spreadsheets write.
use super::{Failure, between};
use crate::native::cli::{Exit, FileError, Lang, Told};
use clap::ValueEnum;
use encoding_rs_io::DecodeReaderBytesBuilder;
use std::fmt;
use std::fs::File;
use std::io::{self, BufReader, Read};
use std::path::Path;

/// How a table's characters are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Encoding {
    #[value(name = "utf-8")]
    Utf8,
    /// Chinese spreadsheets (also GB2312)
    Gbk,
    Gb18030,
    Big5,
    #[value(name = "utf-16")]
    Utf16,
}

/// Opens a table as UTF-8. Without an encoding only a byte order mark is heeded: bytes that are no UTF-8 reach the reader
/// of the table, which says where they are.
pub fn open(path: &Path, encoding: Option<Encoding>) -> Result<Box<dyn Read>, Failure> {
    let raw: Box<dyn Read> = match path.as_os_str() == "-" {
        true => Box::new(io::stdin().lock()),
        false => Box::new(File::open(path).map_err(|cause| FileError::new("read", path, cause))?),
    };
    let mut raw = BufReader::with_capacity(1 << 16, raw);
    let known = match encoding {
        Some(Encoding::Utf8) => None,
        Some(Encoding::Gbk) => Some(encoding_rs::GBK),
        Some(Encoding::Gb18030) => Some(encoding_rs::GB18030),
        Some(Encoding::Big5) => Some(encoding_rs::BIG5),
        Some(Encoding::Utf16) => Some(encoding_rs::UTF_16LE),
        None => {
            let first = io::BufRead::fill_buf(&mut raw).map_err(|cause| FileError::new("read", path, cause))?;
            let utf16 = first.starts_with(&[0xff, 0xfe]) || first.starts_with(&[0xfe, 0xff]);
            utf16.then_some(encoding_rs::UTF_16LE)
        }
    };
    Ok(match known {
        None => Box::new(raw),
        Some(known) => Box::new(DecodeReaderBytesBuilder::new().encoding(Some(known)).build(raw)),
    })
}

/// A table of known totals that is no such table.
#[derive(Debug)]
pub enum TotalsError {
    Table { file: String, cause: csv::Error },
    Columns { file: String, wanted: Vec<String>, found: Vec<String> },
    NotANumber { file: String, line: u64, found: String },
}

impl fmt::Display for TotalsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            TotalsError::Table { file, .. } => {
                write!(f, "{file}: cannot read this table; it must be CSV in UTF-8, or in --encoding")
            }
            TotalsError::Columns { file, wanted, found } => write!(
                f,
                "{file}: it must have the columns {} and one more with the totals; it has {}",
                wanted.join(between(Lang::En)),
                found.join(between(Lang::En))
            ),
            TotalsError::NotANumber { file, line, found } => {
                write!(f, "{file}: line {line}: the total `{found}` is no number")
            }
        }
    }
}

impl std::error::Error for TotalsError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            TotalsError::Table { cause, .. } => Some(cause),
            _ => None,
        }
    }
}

impl Told for TotalsError {
    fn zh(&self) -> String {
        match self {
            TotalsError::Table { file, cause } => {
                format!("{file}：无法读取此表（{cause}）；须为 UTF-8 或 --encoding 所指编码的 CSV")
            }
            TotalsError::Columns { file, wanted, found } => format!(
                "{file}：须有 {} 列，另加一列总数；现有 {}",
                wanted.join(between(Lang::Zh)),
                found.join(between(Lang::Zh))
            ),
            TotalsError::NotANumber { file, line, found } => format!("{file}：第 {line} 行：总数 `{found}` 不是数"),
        }
    }
}

impl From<TotalsError> for Failure {
    fn from(error: TotalsError) -> Failure {
        Failure::told(Exit::Refused, error)
    }
}
