use super::finding::{Code, Finding};
use super::sheet::Row;

/// What is found while a workbook is read.
#[derive(Debug, Default)]
pub(super) struct Findings {
    list: Vec<Finding>,
    /// How many are not in the list.
    more: usize,
}

/// Nobody reads on after so many.
const MOST: usize = 1_000;

impl Findings {
    pub fn add<const N: usize>(
        &mut self,
        code: Code,
        sheet: &str,
        row: Option<u32>,
        column: &str,
        arguments: [&str; N],
    ) {
        let arguments = arguments.map(str::to_owned).to_vec();
        self.push(Finding::new(code, sheet, row, column, arguments));
    }

    /// At a row; `key` is the meaning of the column.
    pub fn at<const N: usize>(&mut self, code: Code, row: &Row, key: &str, arguments: [&str; N]) {
        let column = if key.is_empty() { "" } else { row.sheet.header(key) };
        self.add(code, row.sheet.name, Some(row.number), column, arguments);
    }

    /// Joins it to a finding of the same kind.
    pub fn push(&mut self, finding: Finding) {
        // The latest of the same kind is near the end in a sheet that repeats itself.
        let full = self.list.len() >= MOST;
        match self.list.iter_mut().rev().take(200).find(|known| known.is_same_but_for_rows(&finding)) {
            Some(known) => known.rows.extend(finding.rows),
            None if full => self.more += 1,
            None => self.list.push(finding),
        }
    }

    /// The gravest first, each weight in the order of the workbook.
    pub fn finish(mut self) -> Vec<Finding> {
        self.list.sort_by_key(|finding| finding.weight);
        if self.more > 0 {
            self.list.push(Finding::new(Code::TooMany, "", None, "", vec![self.more.to_string()]));
        }
        self.list
    }
}
