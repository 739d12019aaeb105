//! Lists of cases out of an office's table: one row for each case, the device that gets it in a column.

use crate::batch::{Assignment, Case, Roster, RosterEntry, Selection, is_case_id};
use crate::language::{Language, Words};
use crate::plan::Plan;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::io::Read;

/// What all lists of a table have in common.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Common {
    pub round: String,
    /// In UTC, `YYYY-MM-DDThh:mm:ssZ`.
    pub at: String,
    /// At most so many attempts; 0: no limit.
    pub attempts: u32,
    pub selection: Selection,
    /// The device of rows that name none: its name, or the beginning of its check code.
    pub device: Option<String>,
}

/// Columns by their names, in English and Chinese.
const COLUMNS: [(&str, &str); 9] = [
    ("id", "编号"),
    ("label", "地址"),
    ("stratum", "地点"),
    ("group", "群体"),
    ("phone", "电话"),
    ("lat", "纬度"),
    ("lon", "经度"),
    ("substitute_for", "替补"),
    ("device", "设备"),
];

/// The first thing in a table that cannot be used.
#[derive(Debug)]
pub enum TableError {
    NotATable(csv::Error),
    NoColumn(&'static str),
    UnknownColumn(String),
    Twice(String),
    /// Line, column, what stands there, and what could.
    Cell {
        line: u64,
        column: &'static str,
        found: String,
        wanted: Wanted,
    },
    NoCases,
    UnknownRound {
        found: String,
        known: Vec<String>,
    },
}

/// What a cell should have held.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wanted {
    Id,
    /// An id that no other row has.
    OwnId,
    Label,
    OneOf(Vec<String>),
    Degrees,
    /// The id of a first case of the same device.
    FirstCase,
    /// No text that is so long, or holds control characters.
    Shorter,
}

/// A device with its cases, each with its line.
type Rows = (RosterEntry, Vec<(u64, Case)>);

/// One list for each device that is named, in the order of their names.
pub fn read_cases(
    plan: &Plan,
    roster: &Roster,
    common: &Common,
    table: impl Read,
) -> Result<Vec<(RosterEntry, Assignment)>, TableError> {
    if plan.round(&common.round).is_none() {
        let known = plan.rounds.iter().map(|round| round.id.clone()).collect();
        return Err(TableError::UnknownRound { found: common.round.clone(), known });
    }
    let mut reader = csv::ReaderBuilder::new().flexible(false).from_reader(table);
    let header = reader.headers().map_err(TableError::NotATable)?.clone();
    let mut at = [None; COLUMNS.len()];
    for (place, name) in header.iter().enumerate() {
        let name = name.trim_start_matches('\u{feff}').trim();
        let column = COLUMNS.iter().position(|(en, zh)| name.eq_ignore_ascii_case(en) || name == *zh);
        let Some(column) = column else { return Err(TableError::UnknownColumn(name.to_owned())) };
        if at[column].replace(place).is_some() {
            return Err(TableError::Twice(name.to_owned()));
        }
    }
    for (column, needed) in [(0, true), (1, true), (8, common.device.is_none())] {
        if needed && at[column].is_none() {
            return Err(TableError::NoColumn(COLUMNS[column].0));
        }
    }
    let strata: Vec<String> = plan.strata.iter().map(|one| one.id.clone()).collect();
    let groups: Vec<String> = plan.rater_groups.iter().map(|one| one.id.clone()).collect();
    let devices: Vec<&RosterEntry> = roster.devices.iter().filter(|entry| !entry.revoked).collect();
    let mut lines: BTreeMap<String, u64> = BTreeMap::new();
    let mut lists: BTreeMap<(String, String), Rows> = BTreeMap::new();
    for row in reader.records() {
        let row = row.map_err(TableError::NotATable)?;
        let line = row.position().map_or(0, csv::Position::line);
        // Spreadsheets guard what begins with `-` or `=`.
        let cell = |column: usize| {
            at[column].and_then(|at| row.get(at)).map(|cell| cell.trim().trim_start_matches('\'')).unwrap_or("")
        };
        let wrong = |column: usize, wanted: Wanted| TableError::Cell {
            line,
            column: COLUMNS[column].0,
            found: cell(column).to_owned(),
            wanted,
        };
        if (0..COLUMNS.len()).all(|column| cell(column).is_empty()) {
            continue;
        }
        let some = |column: usize| Some(cell(column).to_owned()).filter(|text| !text.is_empty());
        let id = cell(0).to_owned();
        if !is_case_id(&id) {
            return Err(wrong(0, Wanted::Id));
        }
        if lines.insert(id.clone(), line).is_some() {
            return Err(wrong(0, Wanted::OwnId));
        }
        if cell(1).is_empty() {
            return Err(wrong(1, Wanted::Label));
        }
        for column in [1, 4] {
            if cell(column).len() > 500 || cell(column).chars().any(char::is_control) {
                return Err(wrong(column, Wanted::Shorter));
            }
        }
        for (column, known) in [(2, &strata), (3, &groups)] {
            if !cell(column).is_empty() && !known.iter().any(|known| known == cell(column)) {
                return Err(wrong(column, Wanted::OneOf(known.clone())));
            }
        }
        for (column, most) in [(5, 90.0), (6, 180.0)] {
            let fine = cell(column).parse::<f64>().is_ok_and(|degrees| degrees.abs() <= most);
            // Both, or none of them.
            let placed = !cell(5).is_empty() || !cell(6).is_empty();
            if placed && !fine {
                return Err(wrong(column, Wanted::Degrees));
            }
        }
        let wanted = some(8).or_else(|| common.device.clone()).unwrap_or_default();
        let mut fitting = devices
            .iter()
            .filter(|entry| entry.name == wanted || (wanted.len() >= 4 && entry.device.as_str().starts_with(&wanted)));
        let (Some(device), None) = (fitting.next(), fitting.next()) else {
            let mut known: Vec<String> = devices.iter().map(|entry| entry.name.clone()).collect();
            // Devices of one name are told apart by their codes.
            for at in 0..known.len() {
                if devices.iter().filter(|other| other.name == devices[at].name).count() > 1 {
                    known[at] = devices[at].device.short().to_owned();
                }
            }
            return Err(TableError::Cell { line, column: COLUMNS[8].0, found: wanted, wanted: Wanted::OneOf(known) });
        };
        let case = Case {
            id,
            label: cell(1).to_owned(),
            stratum: some(2),
            group: some(3),
            phone: some(4),
            place: some(5).map(|latitude| [&latitude, " ", cell(6)].concat()),
            substitute_for: some(7),
        };
        let key = (device.name.clone(), device.device.as_str().to_owned());
        lists.entry(key).or_insert_with(|| ((*device).clone(), Vec::new())).1.push((line, case));
    }
    if lists.is_empty() {
        return Err(TableError::NoCases);
    }
    let mut made = Vec::new();
    for (device, rows) in lists.into_values() {
        let firsts: BTreeSet<&str> =
            rows.iter().filter(|(_, case)| case.substitute_for.is_none()).map(|(_, case)| case.id.as_str()).collect();
        for (line, case) in &rows {
            let Some(original) = &case.substitute_for else { continue };
            if !firsts.contains(original.as_str()) {
                let found = original.clone();
                return Err(TableError::Cell { line: *line, column: COLUMNS[7].0, found, wanted: Wanted::FirstCase });
            }
        }
        let assignment = Assignment {
            v: 1,
            plan: plan.id.clone(),
            round: common.round.clone(),
            device: device.device.clone(),
            at: common.at.clone(),
            attempts: common.attempts,
            selection: common.selection,
            cases: rows.into_iter().map(|(_, case)| case).collect(),
        };
        made.push((device, assignment));
    }
    Ok(made)
}

/// What the file of a list is called.
pub fn list_file(assignment: &Assignment) -> String {
    let parts = [&*assignment.plan, "-", &assignment.round, "-", assignment.device.short(), ".minping-assignment"];
    parts.concat()
}

impl TableError {
    /// Where, what was found, and what to do.
    pub fn said(&self, language: Language) -> String {
        match self {
            TableError::NotATable(error) => {
                Words::pair("不是 UTF-8 的 CSV 表：{0}", "this is no CSV table in UTF-8: {0}")
                    .fill(language, &[&error.to_string()])
            }
            TableError::NoColumn(name) => {
                Words::pair("表里缺少列“{0}”，请加上", "the table has no column `{0}`; add it").fill(language, &[name])
            }
            TableError::UnknownColumn(name) => Words::pair(
                "不认识列“{0}”；可用的列：{1}。请改名或删去",
                "column `{0}` is not known; rename it or take it out. Columns are {1}",
            )
            .fill(language, &[name, &COLUMNS.map(|(en, _)| en).join(", ")]),
            TableError::Twice(name) => {
                Words::pair("列“{0}”有两个，请删去一个", "there are two columns `{0}`; take one out")
                    .fill(language, &[name])
            }
            TableError::NoCases => {
                Words::pair("表里没有一行，请填写", "the table has no rows; add the cases").of(language).to_owned()
            }
            TableError::UnknownRound { found, known } => {
                Words::pair("方案没有轮次“{0}”；可选：{1}", "the plan has no round `{0}`; choose one of {1}")
                    .fill(language, &[found, &known.join(", ")])
            }
            TableError::Cell { line, column, found, wanted } => {
                let wanted = match wanted {
                    Wanted::Id => Words::pair(
                        "应为 1 到 64 个字节的编号，不含空格和“/”",
                        "an id of 1 to 64 bytes without blank space or `/` belongs here",
                    )
                    .of(language)
                    .to_owned(),
                    Wanted::OwnId => Words::pair("这个编号前面已经有了", "an earlier row has this id already")
                        .of(language)
                        .to_owned(),
                    Wanted::Label => Words::pair("请写地址或名称", "write the address or name").of(language).to_owned(),
                    Wanted::OneOf(known) => {
                        Words::pair("可填：{0}", "it can be one of {0}").fill(language, &[&known.join(", ")])
                    }
                    Wanted::Degrees => Words::pair("应为度数，如 39.9042", "degrees such as 39.9042 belong here")
                        .of(language)
                        .to_owned(),
                    Wanted::FirstCase => Words::pair(
                        "应为同一台设备的首选户的编号",
                        "the id of a case of the same device belongs here, which is no substitute itself",
                    )
                    .of(language)
                    .to_owned(),
                    Wanted::Shorter => Words::pair("太长或有控制字符", "it is too long or holds control characters")
                        .of(language)
                        .to_owned(),
                };
                Words::pair("第 {0} 行，列“{1}”，“{2}”：{3}", "line {0}, column `{1}`, `{2}`: {3}")
                    .fill(language, &[&line.to_string(), column, found, &wanted])
            }
        }
    }
}

impl fmt::Display for TableError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.said(Language::En))
    }
}

impl std::error::Error for TableError {}
