//! SPSS system files (.sav), as the developer's guide of GNU PSPP describes them ("System File Format"): little-endian,
//! UTF-8, bytecode compression, long names, strings over 255 bytes in segments.
//!
//! | | |
//! |---|---|
//! | coded | numbers with value labels; nominal or ordinal |
//! | missing | −1 to −6 and −11 down, with labels, declared as user-missing from −999 to −1 |
//! | whole, number | the same reasons from [`FAR`] down, since −1 can be an answer |
//! | day, time, moment | seconds since 14 October 1582, or midnight, in SPSS's formats; reasons as of coded |
//! | text | a string, and beside it a coded variable `NAME_why` with the reason where there is none |

mod dictionary;
mod field;
mod packed;

use super::{DataSet, Kind, Reason, Value, Variable};
use crate::expression::{parse_day, parse_time};
use crate::language::Language;
use crate::plan::Plan;
use field::Field;
use std::fmt;
use std::io::{self, Write};

/// Where the reasons of numbers begin: far below any answer, and exact as a double.
const FAR: i64 = -999_999_999_900;
/// A declared range ends this far below where it begins.
const RANGE: i64 = 998;
/// Bytes of the longest string that SPSS takes.
const LONGEST: usize = 32_767;

/// Why no file was written.
#[derive(Debug)]
pub enum SavError {
    Io(io::Error),
    /// An answer that is one of the codes for missing numbers.
    Reserved {
        variable: String,
        value: String,
    },
}

impl From<io::Error> for SavError {
    fn from(error: io::Error) -> SavError {
        SavError::Io(error)
    }
}

impl fmt::Display for SavError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            SavError::Io(error) => error.fmt(f),
            SavError::Reserved { variable, value } => write!(
                f,
                "variable `{variable}`: the answer {value} is below {FAR}, where the codes of missing answers are; write CSV or Parquet"
            ),
        }
    }
}

impl std::error::Error for SavError {}

impl SavError {
    /// As `Display`, in Chinese.
    pub fn zh(&self) -> String {
        match self {
            SavError::Io(error) => error.to_string(),
            SavError::Reserved { variable, value } => {
                format!("变量 `{variable}`：答案 {value} 小于 {FAR}，与缺失值的代码相混；请改用 CSV 或 Parquet")
            }
        }
    }
}

/// What the format took only in part.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SavNotes {
    /// Variables under another name: SPSS takes letters, digits, `.` and `_`, and 64 bytes.
    pub renamed: Vec<(String, String)>,
    /// Names of variables with a label cut at 255 bytes, or a value label at 120.
    pub labels_cut: Vec<String>,
    /// Names of variables with a text cut at 32,767 bytes.
    pub texts_cut: Vec<String>,
}

/// Writes a data set. `day`: `YYYY-MM-DD`, noted as the day on which the file was made. The rows are made twice, the first
/// time to find how long their texts are.
///
/// # Errors
/// [`SavError`].
pub fn write_sav(
    plan: &Plan,
    data: &DataSet<'_>,
    title: &str,
    day: &str,
    language: Language,
    out: impl Write,
) -> Result<SavNotes, SavError> {
    let mut notes = SavNotes::default();
    let texts: Vec<usize> = (0..data.variables.len()).filter(|at| data.variables[*at].kind == Kind::Text).collect();
    let (mut widths, mut cases) = (vec![1; data.variables.len()], 0u64);
    for row in data.iter() {
        cases += 1;
        for at in &texts {
            if let Value::Text(text) = &row[*at] {
                widths[*at] = widths[*at].max(text.len().min(LONGEST));
            }
        }
    }
    let fields = field::lay_out(&data.variables, &widths, &mut notes);
    let mut out = io::BufWriter::new(out);
    let head = dictionary::Head { title, day, cases };
    out.write_all(&dictionary::encode(plan, &fields, &head, language, &mut notes))?;
    let mut packer = packed::Packer::new(&mut out);
    for row in data.iter() {
        for field in &fields {
            let value = &row[field.column];
            match field.width {
                0 => packer.number(number(field, value)?)?,
                _ => {
                    let text = if let Value::Text(text) = value { text.as_str() } else { "" };
                    let whole = cut(text, LONGEST);
                    if whole.len() < text.len() && !notes.texts_cut.contains(&field.variable.name) {
                        notes.texts_cut.push(field.variable.name.clone());
                    }
                    for (used, held) in field.segments() {
                        let bytes = whole.as_bytes();
                        packer.text(&bytes[used.start.min(bytes.len())..used.end.min(bytes.len())], held)?;
                    }
                }
            }
        }
    }
    packer.finish()?;
    out.flush()?;
    Ok(notes)
}

/// The text, or as much of it as has so many bytes.
fn cut(text: &str, bytes: usize) -> &str {
    let mut end = bytes.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

/// The code of a reason in this variable.
fn reason_code(variable: &Variable, reason: Reason) -> i64 {
    match variable.kind {
        Kind::Whole | Kind::Number => FAR + reason.code(),
        _ => reason.code(),
    }
}

/// The number of a value; None: there is none, system-missing.
fn number(field: &Field<'_>, value: &Value) -> Result<Option<f64>, SavError> {
    let variable = field.variable;
    let plain = |text: &str| match text.parse::<f64>() {
        Ok(number) if number < FAR as f64 => {
            Err(SavError::Reserved { variable: variable.name.clone(), value: text.to_owned() })
        }
        found => Ok(found.ok()),
    };
    match value {
        Value::None => Ok(None),
        Value::Missing(reason) => Ok(Some(reason_code(variable, *reason) as f64)),
        // Beside a text: only why there is none.
        _ if field.why => Ok(None),
        Value::Category(at) => Ok(variable.categories().get(*at).map(|category| category.code as f64)),
        Value::Whole(whole) => plain(&whole.to_string()),
        Value::Number(text) => plain(text),
        Value::Text(text) => Ok(match variable.kind {
            Kind::Day => day_seconds(text).map(|seconds| seconds as f64),
            Kind::Time => time_seconds(text),
            Kind::Moment => {
                text.split_once('T').and_then(|(day, time)| Some(day_seconds(day)? as f64 + time_seconds(time)?))
            }
            _ => None,
        }),
    }
}

/// Seconds from 14 October 1582 to the beginning of a day.
fn day_seconds(day: &str) -> Option<i64> {
    Some((parse_day(day)? + 141_428) * 86_400)
}

fn time_seconds(time: &str) -> Option<f64> {
    Some(parse_time(time)?.0 as f64 / 1000.0)
}
