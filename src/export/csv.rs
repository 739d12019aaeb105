use super::DataSet;
use crate::report::guard;
use std::io::{self, Write};

/// For spreadsheets and other programs: RFC 4180, UTF-8 with a byte order mark. A column for each variable with its valid
/// answers, and beside those that can be missing `NAME:missing` with the reason. A text that a spreadsheet would run has an
/// apostrophe in front. Writes row by row.
///
/// # Errors
/// What the place to write to says.
pub fn write_csv(data: &DataSet<'_>, out: impl Write) -> io::Result<()> {
    let mut out = io::BufWriter::new(out);
    // Without the mark, spreadsheets on Chinese systems read UTF-8 as GBK.
    out.write_all("\u{feff}".as_bytes())?;
    let mut writer = csv::Writer::from_writer(out);
    for variable in &data.variables {
        writer.write_field(guard(&variable.name))?;
        if variable.reasons {
            writer.write_field(guard(&variable.reason_name()))?;
        }
    }
    writer.write_record(None::<&[u8]>)?;
    for row in data.iter() {
        for (variable, value) in data.variables.iter().zip(&row) {
            let (said, reason) = variable.said(value);
            let said = said.unwrap_or_default();
            // A number is a number: the guard is against words.
            writer.write_field(if variable.is_numeric() { said } else { guard(&said) })?;
            if variable.reasons {
                writer.write_field(guard(&reason.unwrap_or_default()))?;
            }
        }
        writer.write_record(None::<&[u8]>)?;
    }
    writer.flush()
}
