use crate::carry::{Carry, Load, carry};
use crate::language::{Language, Words};
use std::borrow::Cow;

/// A column: its name in CSV and JSON, and its heading for people.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    pub key: Cow<'static, str>,
    pub heading: Heading,
}

/// What a column is called for people.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Heading {
    Ours(Words),
    /// A name out of a plan.
    Planned(String),
    /// Ours, in Chinese and in English, carried from another thread.
    Carried(String, String),
}

impl Carry for Heading {
    fn put(&self, out: &mut Vec<u8>) {
        match self {
            Heading::Planned(name) => {
                0u8.put(out);
                name.put(out);
            }
            Heading::Ours(Words { zh, en }) => Heading::Carried((*zh).to_owned(), (*en).to_owned()).put(out),
            Heading::Carried(zh, en) => {
                1u8.put(out);
                zh.put(out);
                en.put(out);
            }
        }
    }
    fn take(from: &mut Load<'_>) -> Option<Heading> {
        match u8::take(from)? {
            0 => String::take(from).map(Heading::Planned),
            1 => Some(Heading::Carried(String::take(from)?, String::take(from)?)),
            _ => None,
        }
    }
}

impl Carry for Column {
    fn put(&self, out: &mut Vec<u8>) {
        self.key.clone().into_owned().put(out);
        self.heading.put(out);
    }
    fn take(from: &mut Load<'_>) -> Option<Column> {
        Some(Column { key: Cow::Owned(String::take(from)?), heading: Heading::take(from)? })
    }
}

impl Column {
    pub const fn new(key: &'static str, zh: &'static str, en: &'static str) -> Column {
        Column { key: Cow::Borrowed(key), heading: Heading::Ours(Words { zh, en }) }
    }

    /// A column for something that a plan names.
    pub fn planned(key: String, heading: &str) -> Column {
        Column { key: Cow::Owned(key), heading: Heading::Planned(heading.to_owned()) }
    }

    /// For people.
    pub fn heading(&self, language: Language) -> String {
        match &self.heading {
            Heading::Ours(words) => words.of(language).to_owned(),
            Heading::Planned(name) => printable(name),
            Heading::Carried(zh, en) => language.choose(zh, en).to_owned(),
        }
    }
}

/// A line break or control character must not break the table, nor reach the terminal as a command.
fn printable(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

/// One value of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cell {
    /// Words from anywhere: guarded in CSV.
    Text(String),
    /// A number as this program prints it, such as `-12.5`: a JSON number, not guarded.
    Number(String),
    /// Undefined: `-` for people, empty in CSV, `null` in JSON. Never 0.
    None,
}

carry!(enum Cell { 0 Text(text), 1 Number(number), 2 None });

impl Cell {
    pub fn text(text: impl Into<String>) -> Cell {
        Cell::Text(text.into())
    }

    pub fn count(count: usize) -> Cell {
        Cell::Number(count.to_string())
    }

    /// What people see of it.
    pub fn shown(&self) -> String {
        match self {
            Cell::Text(text) => printable(text),
            Cell::Number(number) => number.clone(),
            Cell::None => "-".to_owned(),
        }
    }
}

/// Rows under columns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    pub columns: Vec<Column>,
    pub rows: Vec<Vec<Cell>>,
}

carry!(struct Table { columns, rows });

impl Table {
    pub fn new(columns: &[Column]) -> Table {
        Table { columns: columns.to_vec(), rows: Vec::new() }
    }

    /// Adds a row with one cell per column.
    pub fn push(&mut self, row: Vec<Cell>) {
        assert_eq!(row.len(), self.columns.len(), "a row has one cell per column");
        self.rows.push(row);
    }

    /// The table without the columns that say nothing in any row.
    pub fn without_empty_columns(self) -> Table {
        let says: Vec<bool> =
            (0..self.columns.len()).map(|at| self.rows.iter().any(|row| row[at] != Cell::None)).collect();
        fn keep<T>(list: Vec<T>, says: &[bool]) -> Vec<T> {
            list.into_iter().zip(says).filter(|(_, says)| **says).map(|(one, _)| one).collect()
        }
        let rows = self.rows.into_iter().map(|row| keep(row, &says)).collect();
        Table { columns: keep(self.columns, &says), rows }
    }

    /// Aligned columns for people.
    pub fn to_text(&self, language: Language) -> String {
        let head: Vec<String> = self.columns.iter().map(|column| column.heading(language)).collect();
        let rows: Vec<Vec<String>> = self.rows.iter().map(|row| row.iter().map(Cell::shown).collect()).collect();
        let widths: Vec<usize> = (0..head.len())
            .map(|i| rows.iter().chain([&head]).map(|row| display_width(&row[i])).max().unwrap_or(0))
            .collect();
        let numeric: Vec<bool> =
            (0..head.len()).map(|i| self.rows.iter().any(|row| matches!(row[i], Cell::Number(_)))).collect();
        let mut text = String::new();
        let rule: Vec<String> = widths.iter().map(|&width| "-".repeat(width)).collect();
        for row in [&head, &rule].into_iter().chain(&rows) {
            let mut line = String::new();
            for (i, cell) in row.iter().enumerate() {
                let padding = " ".repeat(widths[i] - display_width(cell));
                let (before, after) = if numeric[i] { (padding.as_str(), "") } else { ("", padding.as_str()) };
                line.push_str(if i == 0 { "" } else { "  " });
                line.push_str(before);
                line.push_str(cell);
                line.push_str(after);
            }
            text.push_str(line.trim_end());
            text.push('\n');
        }
        text
    }

    /// For spreadsheets: RFC 4180, UTF-8 with a byte order mark.
    pub fn to_csv(&self) -> String {
        let mut writer = csv::Writer::from_writer(Vec::new());
        let keys = self.columns.iter().map(|column| guard(&column.key)).collect();
        let rows = self.rows.iter().map(|row| {
            let cells = row.iter().map(|cell| match cell {
                Cell::Text(text) => guard(text),
                Cell::Number(number) => number.clone(),
                Cell::None => String::new(),
            });
            cells.collect::<Vec<String>>()
        });
        for record in std::iter::once::<Vec<String>>(keys).chain(rows) {
            writer.write_record(&record).expect("memory takes every record, and all have the same length");
        }
        let bytes = writer.into_inner().expect("memory can always be flushed");
        // Without the mark, spreadsheets on Chinese systems read UTF-8 as GBK.
        let mut text = String::from('\u{feff}');
        text.push_str(&String::from_utf8(bytes).expect("made of strings"));
        text
    }

    /// For programs: an array of objects.
    pub fn to_json(&self) -> String {
        let quote = |text: &str| serde_json::Value::from(text).to_string();
        let mut text = String::from("[");
        for (i, row) in self.rows.iter().enumerate() {
            text.push_str(if i == 0 { "\n  {" } else { ",\n  {" });
            for (j, (column, cell)) in self.columns.iter().zip(row).enumerate() {
                text.push_str(if j == 0 { "" } else { ", " });
                text.push_str(&quote(&column.key));
                text.push_str(": ");
                text.push_str(&match cell {
                    Cell::Text(words) => quote(words),
                    Cell::Number(number) => number.clone(),
                    Cell::None => "null".to_owned(),
                });
            }
            text.push('}');
        }
        text.push_str(if self.rows.is_empty() { "]\n" } else { "\n]\n" });
        text
    }
}

/// A cell that spreadsheets would run as a formula gets an apostrophe in front, which makes them show it as text.
pub fn guard(text: &str) -> String {
    let risky = text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']);
    if risky { ["'", text].concat() } else { text.to_owned() }
}

/// Columns that a text takes in a terminal: two for East Asian wide characters, none for combining marks.
fn display_width(text: &str) -> usize {
    text.chars()
        .map(|c| match c as u32 {
            0x0300..=0x036f | 0x200b..=0x200f | 0xfe00..=0xfe0f => 0,
            0x1100..=0x115f | 0x2e80..=0xa4cf | 0xac00..=0xd7a3 | 0xf900..=0xfaff | 0xfe30..=0xfe6f => 2,
            0xff00..=0xff60 | 0xffe0..=0xffe6 | 0x1f300..=0x1f64f | 0x1f900..=0x1f9ff | 0x20000..=0x3fffd => 2,
            _ => 1,
        })
        .sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table() -> Table {
        let mut table = Table::new(&[Column::new("unit", "单位", "unit"), Column::new("score", "得分", "score")]);
        table.push(vec![Cell::text("教育局"), Cell::Number("-8.5".into())]);
        table.push(vec![Cell::text("=HYPERLINK(\"x\")"), Cell::None]);
        table
    }

    #[test]
    fn wide_characters_take_two_columns() {
        let text = table().to_text(Language::Zh);
        assert_eq!(
            text,
            "单位             得分\n---------------  ----\n教育局           -8.5\n=HYPERLINK(\"x\")     -\n"
        );
    }

    #[test]
    fn csv_holds_no_formula_and_keeps_negative_numbers() {
        let text = table().to_csv();
        assert_eq!(text, "\u{feff}unit,score\n教育局,-8.5\n\"'=HYPERLINK(\"\"x\"\")\",\n");
    }

    #[test]
    fn undefined_is_null_and_never_zero() {
        let json: serde_json::Value = serde_json::from_str(&table().to_json()).unwrap();
        assert_eq!(json[0]["score"], serde_json::json!(-8.5));
        assert_eq!(json[1]["score"], serde_json::Value::Null);
        let empty = Table::new(&[Column::new("unit", "单位", "unit")]);
        assert_eq!(empty.to_json(), "[]\n");
    }

    #[test]
    fn control_characters_do_not_reach_the_terminal() {
        let mut table = Table::new(&[Column::new("unit", "单位", "unit")]);
        table.push(vec![Cell::text("a\u{1b}[2Jb\nc")]);
        let text = table.to_text(Language::En);
        assert!(text.contains("a [2Jb c") && !text.contains('\u{1b}'), "{text}");
    }
}
