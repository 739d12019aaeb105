//! A round as one workbook: for people who work in spreadsheets. Texts are text cells; no cell is a formula.

use super::{DataSet, Kind, Value, Variable};
use crate::language::{Language, Words};
use crate::plan::{Plan, Text, pick, prose};
use crate::report::{By, Cell, Shape, Suggestions, Table, how, knowledge_table, results_note, results_table};
use crate::scores::Scored;
use crate::tally::{Estimate, Knowledge, UnitResult, percent, round_half_up};
use rust_xlsxwriter::{
    DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError,
};
use std::fmt;

/// What a sheet takes.
const ROWS: usize = 1_048_576;
const COLUMNS: usize = 16_384;
const CHARACTERS: usize = 32_767;

/// Why there is no workbook.
#[derive(Debug)]
pub enum WorkbookError {
    /// A sheet has no room for the table of this name.
    TooLarge {
        table: &'static str,
        rows: usize,
        columns: usize,
    },
    Writer(XlsxError),
}

impl From<XlsxError> for WorkbookError {
    fn from(error: XlsxError) -> WorkbookError {
        WorkbookError::Writer(error)
    }
}

impl fmt::Display for WorkbookError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            WorkbookError::TooLarge { table, rows, columns } => write!(
                f,
                "{table}: {rows} rows and {columns} columns, and a sheet has room for {ROWS} and {COLUMNS}; write CSV or Parquet, or one --round"
            ),
            WorkbookError::Writer(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for WorkbookError {}

impl WorkbookError {
    /// As `Display`, in Chinese.
    pub fn zh(&self) -> String {
        match self {
            WorkbookError::TooLarge { table, rows, columns } => format!(
                "{table}：有 {rows} 行 {columns} 列，而一张工作表最多 {ROWS} 行 {COLUMNS} 列；请改用 CSV 或 Parquet，或用 --round 只取一轮"
            ),
            WorkbookError::Writer(error) => error.to_string(),
        }
    }
}

/// What goes into the workbook. For publication the caller withholds what must be, and gives no suggestions and no data.
pub struct Book<'a> {
    pub plan: &'a Plan,
    pub scored: &'a Scored,
    pub knowledge: Option<&'a Knowledge>,
    pub suggestions: &'a [Suggestions],
    pub codebook: &'a Table,
    pub data: Option<&'a DataSet<'a>>,
    pub published: bool,
    pub places: u32,
    /// `YYYY-MM-DD`
    pub day: &'a str,
    pub language: Language,
}

/// Sheets: about, results, one for each class, distribution, knowledge, suggestions, codebook, data.
///
/// # Errors
/// [`WorkbookError`]: more than a sheet holds.
pub fn workbook(book: &Book<'_>) -> Result<Vec<u8>, WorkbookError> {
    let mut made = Maker { book, workbook: Workbook::new(), names: Vec::new(), looks: Looks::new() };
    let day = ExcelDateTime::parse_from_str(book.day).or_else(|_| ExcelDateTime::from_ymd(2026, 1, 1))?;
    let title = made.text(&book.plan.title);
    made.workbook.set_properties(&DocProperties::new().set_title(title).set_creation_datetime(&day));
    made.about()?;
    let shape = |by| Shape { by, publish: book.published, places: book.places, for_people: true };
    let shown = std::slice::from_ref(book.scored);
    made.table(Words::pair("结果", "results"), &results_table(book.plan, shown, &shape(By::Unit), book.language), 1)?;
    made.classes()?;
    let grades = results_table(book.plan, shown, &shape(By::Indicator), book.language);
    made.table(Words::pair("分布", "distribution"), &grades, 2)?;
    if let Some(known) = book.knowledge {
        let table =
            knowledge_table(book.plan, std::slice::from_ref(known), book.places, !book.published, true, book.language);
        made.table(Words::pair("知晓", "knowledge"), &table, 1)?;
    }
    if !book.suggestions.is_empty() {
        made.suggestions()?;
    }
    made.table(Words::pair("编码本", "codebook"), book.codebook, 2)?;
    if let Some(data) = book.data {
        made.data(data)?;
    }
    Ok(made.workbook.save_to_buffer()?)
}

struct Looks {
    head: Format,
    text: Format,
    wrapped: Format,
    title: Format,
    day: Format,
}

impl Looks {
    fn new() -> Looks {
        let cell = Format::new().set_align(FormatAlign::Top);
        Looks {
            head: Format::new()
                .set_bold()
                .set_text_wrap()
                .set_border_bottom(FormatBorder::Thin)
                .set_align(FormatAlign::Top),
            wrapped: cell.clone().set_text_wrap(),
            title: Format::new().set_bold().set_font_size(14),
            day: cell.clone().set_num_format("yyyy-mm-dd"),
            text: cell,
        }
    }

    /// A number with as many places as it was written with.
    fn number(&self, digits: &str) -> Format {
        let places = digits.split_once('.').map_or(0, |(_, places)| places.len());
        let format = if places == 0 { "0".to_owned() } else { format!("0.{}", "0".repeat(places)) };
        self.text.clone().set_num_format(format)
    }
}

struct Maker<'a> {
    book: &'a Book<'a>,
    workbook: Workbook,
    names: Vec<String>,
    looks: Looks,
}

/// As many characters as a cell takes, counted as spreadsheets count.
fn fitting(text: &str) -> &str {
    let mut units = 0;
    let end = text.char_indices().find(|(_, c)| {
        units += c.len_utf16();
        units > CHARACTERS
    });
    end.map_or(text, |(at, _)| &text[..at])
}

/// Columns of a screen that a text takes.
fn width(text: &str) -> usize {
    text.lines().next().unwrap_or("").chars().map(|c| if c as u32 >= 0x1100 { 2 } else { 1 }).sum()
}

impl Maker<'_> {
    fn say(&self, words: Words) -> &'static str {
        words.of(self.book.language)
    }

    fn text(&self, text: &Text) -> String {
        let fallback = self.book.plan.languages.first().map_or("", String::as_str);
        prose::plain(pick(text, self.book.language.tag(), fallback))
    }

    /// A new sheet with a name that spreadsheets take and no other has.
    fn sheet(&mut self, wanted: &str) -> Result<&mut Worksheet, XlsxError> {
        let clean: String = wanted.chars().filter(|c| !c.is_control() && !"[]:*?/\\'".contains(*c)).collect();
        let short = |text: &str, most: usize| text.chars().take(most).collect::<String>();
        let mut name = short(clean.trim(), 15);
        let mut number = 1;
        while name.is_empty() || self.names.contains(&name.to_lowercase()) {
            number += 1;
            name = format!("{} {number}", short(clean.trim(), 15));
        }
        self.names.push(name.to_lowercase());
        let sheet = self.workbook.add_worksheet();
        sheet.set_name(name)?;
        Ok(sheet)
    }

    fn about(&mut self) -> Result<(), XlsxError> {
        let (book, plan) = (self.book, self.book.plan);
        let smallest = plan.privacy.smallest_cell;
        let basis = match (book.published, book.language) {
            (true, Language::Zh) => format!("公布稿：少于 {smallest} 人的数不公布"),
            (true, Language::En) => format!("For publication: counts under {smallest} are withheld"),
            (false, Language::Zh) => "内部稿：含有人数少的数和意见原文，不可直接公布".to_owned(),
            (false, Language::En) => {
                "Internal: small counts and people's own words are in it; do not publish it".to_owned()
            }
        };
        let mut lines = vec![
            self.text(&plan.asker),
            results_note(plan, &book.scored.results, book.language),
            basis,
            book.day.to_owned(),
        ];
        lines.extend([how::SCORE, how::RATE, how::INDEX, how::RANK].map(|words| self.say(words).to_owned()));
        let title = self.text(&plan.title);
        let (head, wrapped) = (self.looks.title.clone(), self.looks.wrapped.clone());
        let sheet = self.sheet(Words::pair("说明", "about").of(book.language))?;
        sheet.set_column_width(0, 100)?;
        sheet.write_string_with_format(0, 0, fitting(&title), &head)?;
        for (line, row) in lines.iter().zip(1..) {
            sheet.write_string_with_format(row, 0, fitting(line), &wrapped)?;
        }
        Ok(())
    }

    /// A table with a frozen head; `frozen`: columns that stay in sight.
    fn table(&mut self, name: Words, table: &Table, frozen: u16) -> Result<(), WorkbookError> {
        let heads: Vec<String> = table.columns.iter().map(|column| column.heading(self.book.language)).collect();
        self.grid(name.of(self.book.language), "table", &heads, &table.rows, frozen)
    }

    fn grid(
        &mut self,
        name: &str,
        kind: &'static str,
        heads: &[String],
        rows: &[Vec<Cell>],
        frozen: u16,
    ) -> Result<(), WorkbookError> {
        room(kind, rows.len(), heads.len())?;
        let (head, text) = (self.looks.head.clone(), self.looks.wrapped.clone());
        let formats = Looks::new();
        let sheet = self.sheet(name)?;
        prepare(sheet, rows.len(), heads.len(), frozen)?;
        for (column, label) in (0..).zip(heads) {
            sheet.write_string_with_format(0, column, fitting(label), &head)?;
            let widest = rows.iter().take(1000).map(|row| width(&row[column as usize].shown())).max().unwrap_or(0);
            sheet.set_column_width(column, (widest.max(width(label).min(14)) + 2).clamp(7, 60) as f64)?;
        }
        for (row, cells) in (1..).zip(rows) {
            for (column, cell) in (0..).zip(cells) {
                match cell {
                    Cell::None => {}
                    Cell::Text(words) => {
                        sheet.write_string_with_format(row, column, fitting(words), &text)?;
                    }
                    Cell::Number(digits) => match digits.parse::<f64>() {
                        Ok(number) => {
                            sheet.write_number_with_format(row, column, number, &formats.number(digits))?;
                        }
                        Err(_) => {
                            sheet.write_string(row, column, digits)?;
                        }
                    },
                }
            }
        }
        Ok(())
    }

    /// For each class of units, by rank: index, and score and rate of each indicator.
    fn classes(&mut self) -> Result<(), WorkbookError> {
        let (plan, book) = (self.book.plan, self.book);
        for group in &plan.unit_groups {
            let mut units: Vec<&UnitResult> =
                book.scored.results.units.iter().filter(|unit| unit.group.as_ref() == Some(&group.id)).collect();
            units.sort_by_key(|unit| unit.rank.unwrap_or(usize::MAX));
            let Some(first) = units.first() else { continue };
            let (score, rate) = (Words::pair("得分", "score"), Words::pair("满意率%", "satisfied %"));
            let mut heads: Vec<String> = [
                Words::pair("名次", "rank"),
                Words::pair("测评对象", "unit"),
                Words::pair("综合指数", "index"),
                rate,
                Words::pair("有效", "n"),
            ]
            .map(|words| self.say(words).to_owned())
            .into();
            let leaves = plan.leaf_indicators();
            for what in [score, rate] {
                for (_, one) in first.asked() {
                    let label = leaves
                        .iter()
                        .find(|(leaf, _)| leaf.id == one.indicator)
                        .map(|(leaf, _)| self.text(&leaf.label));
                    heads.push(format!("{}: {}", label.unwrap_or_else(|| one.indicator.clone()), self.say(what)));
                }
            }
            let number = |estimate: &Estimate| match estimate {
                Ok(value) => Cell::Number(round_half_up(value, book.places)),
                Err(_) => Cell::None,
            };
            let share = |estimate: &Estimate| match estimate {
                Ok(value) => Cell::Number(percent(value, book.places)),
                Err(_) => Cell::None,
            };
            let rows: Vec<Vec<Cell>> = { units.iter() }
                .map(|unit| {
                    let label =
                        plan.unit(&unit.unit).map_or_else(|| unit.unit.clone(), |known| self.text(&known.label));
                    let head = [
                        unit.rank.map_or(Cell::None, Cell::count),
                        Cell::text(label),
                        number(&unit.index),
                        share(&unit.overall.rate),
                        unit.overall.valid.map_or(Cell::None, |n| Cell::Number(n.to_string())),
                    ];
                    let scores = unit.asked().map(|(_, one)| number(&one.measure.score));
                    let rates = unit.asked().map(|(_, one)| share(&one.measure.rate));
                    head.into_iter().chain(scores).chain(rates).collect()
                })
                .collect();
            let name = self.text(&group.label);
            self.grid(&name, "class", &heads, &rows, 2)?;
        }
        Ok(())
    }

    fn suggestions(&mut self) -> Result<(), WorkbookError> {
        let heads = [Words::pair("题目", "question"), Words::pair("原文", "as written")]
            .map(|words| self.say(words).to_owned());
        let said = self.book.suggestions.iter().flat_map(|list| list.texts.iter().map(move |text| (&list.label, text)));
        let rows: Vec<Vec<Cell>> =
            said.map(|(label, text)| vec![Cell::text(self.text(label)), Cell::text(text)]).collect();
        self.grid(Words::pair("意见和建议", "suggestions").of(self.book.language), "suggestions", &heads, &rows, 1)
    }

    fn data(&mut self, data: &DataSet<'_>) -> Result<(), WorkbookError> {
        let columns = data.variables.iter().map(|variable| 1 + usize::from(variable.reasons)).sum();
        room(data.name, data.packed().len(), columns)?;
        let (head, day) = (self.looks.head.clone(), self.looks.day.clone());
        let sheet = self.sheet(Words::pair("数据", "data").of(self.book.language))?;
        prepare(sheet, data.packed().len(), columns, 1)?;
        let mut at = 0;
        for variable in &data.variables {
            sheet.write_string_with_format(0, at, &variable.name, &head)?;
            sheet.set_column_width(at, width(&variable.name).clamp(10, 30) as f64)?;
            at += 1;
            if variable.reasons {
                sheet.write_string_with_format(0, at, variable.reason_name(), &head)?;
                at += 1;
            }
        }
        for (row, values) in (1..).zip(data.iter()) {
            let mut at = 0;
            for (variable, value) in data.variables.iter().zip(&values) {
                let (said, reason) = variable.said(value);
                if let Some(said) = said {
                    put(sheet, row, at, variable, value, &said, &day)?;
                }
                at += 1;
                if variable.reasons {
                    if let Some(reason) = reason {
                        sheet.write_string(row, at, fitting(&reason))?;
                    }
                    at += 1;
                }
            }
        }
        Ok(())
    }
}

/// A number where the digits fit into one, a day where spreadsheets know it, else a text.
fn put(
    sheet: &mut Worksheet,
    row: u32,
    at: u16,
    variable: &Variable,
    value: &Value,
    said: &str,
    day: &Format,
) -> Result<(), XlsxError> {
    let number = said.parse::<f64>().ok().filter(|_| variable.is_numeric());
    let exact = |number: &f64| !matches!(value, Value::Whole(_)) || number.abs() < 9e15;
    if let Some(number) = number.filter(exact) {
        sheet.write_number(row, at, number)?;
    } else if let (Kind::Day, Ok(date)) = (&variable.kind, ExcelDateTime::parse_from_str(said)) {
        sheet.write_datetime_with_format(row, at, &date, day)?;
    } else {
        sheet.write_string(row, at, fitting(said))?;
    }
    Ok(())
}

fn room(table: &'static str, rows: usize, columns: usize) -> Result<(), WorkbookError> {
    if rows + 1 > ROWS || columns > COLUMNS { Err(WorkbookError::TooLarge { table, rows, columns }) } else { Ok(()) }
}

/// Head and first columns in sight, filters, and one page wide on paper.
fn prepare(sheet: &mut Worksheet, rows: usize, columns: usize, frozen: u16) -> Result<(), XlsxError> {
    sheet.set_freeze_panes(1, frozen)?;
    sheet.set_repeat_rows(0, 0)?;
    sheet.set_landscape().set_paper_size(9).set_print_fit_to_pages(1, 0);
    if rows > 0 && columns > 0 {
        sheet.autofilter(0, 0, rows as u32, columns as u16 - 1)?;
    }
    Ok(())
}
