use super::finding::Finding;
use super::layout::lay_out;
use super::node::Members;
use super::workbook::Grid;
use crate::plan::Plan;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, XlsxError};
use serde_json::Value;
use std::fmt;

/// Why a plan was not written as a workbook: the member that would not come back, or what the writer says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExportError(pub String);

impl fmt::Display for ExportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the plan does not fit into a workbook ({}); shorten it, or keep it as JSON", self.0)
    }
}

impl std::error::Error for ExportError {}

impl ExportError {
    /// As `Display`, in Chinese.
    pub fn zh(&self) -> String {
        format!("方案放不进工作簿（{}）；请缩短，或保留为 JSON", self.0)
    }
}

/// Writes a plan as a workbook (.xlsx), with what of it ODK's programs do not know. [`super::read`] makes the same plan of it
/// again.
///
/// # Errors
/// Where a part of the plan would not come back: nested too deep, or too large.
pub fn write(plan: &Plan) -> Result<(Vec<u8>, Vec<Finding>), ExportError> {
    let failed = |error: XlsxError| ExportError(error.to_string());
    let members = match serde_json::to_value(plan) {
        Ok(Value::Object(members)) => members,
        _ => Members::new(),
    };
    let (made, findings) = lay_out(&members)?;
    let mut workbook = Workbook::new();
    // The same plan gives the same bytes.
    let day = ExcelDateTime::from_ymd(2026, 1, 1).map_err(failed)?;
    workbook.set_properties(&DocProperties::new().set_creation_datetime(&day));
    for grid in &made.sheets {
        fill(&mut workbook, grid).map_err(failed)?;
    }
    Ok((workbook.save_to_buffer().map_err(failed)?, findings))
}

fn fill(workbook: &mut Workbook, grid: &Grid) -> Result<(), XlsxError> {
    let header = Format::new().set_bold();
    let sheet = workbook.add_worksheet();
    sheet.set_name(&grid.name)?;
    sheet.set_freeze_panes(1, 0)?;
    for (row, cells) in &grid.rows {
        for cell in cells {
            let column = u16::try_from(cell.column).map_err(|_| XlsxError::RowColumnLimitError)?;
            match row {
                1 => {
                    sheet.write_string_with_format(0, column, &cell.text, &header)?;
                    let width = match cell.text.split("::").next().unwrap_or_default() {
                        "label" | "hint" | "text" | "title" | "relevant" | "constraint" | "calculation" => 40,
                        _ => 16,
                    };
                    sheet.set_column_width(column, width)?;
                }
                _ => {
                    sheet.write_string(row - 1, column, &cell.text)?;
                }
            }
        }
    }
    Ok(())
}
