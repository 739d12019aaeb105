//! Sheets of our own: what a plan has and an ODK workbook has not. One description of each serves reading and writing.

use super::finding::Code;
use super::findings::Findings;
use super::node::{Members, Origin, Origins, merge, text};
use super::sheet::{Row, Sheet};
use super::survey::truth;
use serde_json::Value;
use std::collections::BTreeMap;

/// How a cell holds a member.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Held {
    Text,
    /// A column for each language.
    Words,
    Number,
    /// `yes` or `no`.
    Flag,
    /// Names with spaces between.
    List,
}

/// A sheet, the member of the plan that it holds, and its columns with the members of the same name.
pub(super) struct Table {
    pub sheet: &'static str,
    pub columns: &'static [(&'static str, Held)],
}

pub(super) const TABLES: [Table; 6] = [
    Table {
        sheet: "rounds",
        columns: &[("id", Held::Text), ("label", Held::Words), ("opens", Held::Text), ("closes", Held::Text)],
    },
    Table { sheet: "unit_groups", columns: &[("id", Held::Text), ("label", Held::Words)] },
    Table { sheet: "units", columns: &[("id", Held::Text), ("label", Held::Words), ("group", Held::Text)] },
    Table {
        sheet: "rater_groups",
        columns: &[("id", Held::Text), ("label", Held::Words), ("weight", Held::Number), ("target", Held::Number)],
    },
    Table {
        sheet: "strata",
        columns: &[
            ("id", Held::Text),
            ("label", Held::Words),
            ("population", Held::Number),
            ("target", Held::Number),
            ("modes", Held::List),
        ],
    },
    Table {
        sheet: "work_steps",
        columns: &[
            ("id", Held::Text),
            ("label", Held::Words),
            ("owner", Held::Words),
            ("produces", Held::Words),
            ("from", Held::Text),
            ("to", Held::Text),
            ("from_day", Held::Number),
            ("to_day", Held::Number),
            ("relative_to", Held::Text),
            ("round", Held::Text),
        ],
    },
];

/// `scale` says to which scale the grade belongs, `missing` whether it is an answer such as "don't know".
pub(super) const SCALES: Table = Table {
    sheet: "scales",
    columns: &[("name", Held::Text), ("label", Held::Words), ("score", Held::Number), ("satisfied", Held::Flag)],
};

/// `parent` is the indicator above, which stands before.
pub(super) const INDICATORS: Table = Table {
    sheet: "indicators",
    columns: &[
        ("id", Held::Text),
        ("label", Held::Words),
        ("description", Held::Words),
        ("weight", Held::Number),
        ("unit_groups", Held::List),
    ],
};

/// `sheet` is the sheet of its questions.
pub(super) const QUESTIONNAIRES: Table = Table {
    sheet: "questionnaires",
    columns: &[
        ("id", Held::Text),
        ("title", Held::Words),
        ("rater_groups", Held::List),
        ("modes", Held::List),
        ("rounds", Held::List),
        ("order", Held::Text),
    ],
};

/// Members of the plan and of its `privacy` that the sheet `plan` holds, a row for each; what is not named here is JSON.
pub(super) const PLAN: [(&str, Held); 13] = [
    ("id", Held::Text),
    ("version", Held::Text),
    ("languages", Held::List),
    ("title", Held::Words),
    ("asker", Held::Words),
    ("purpose", Held::Words),
    ("notice", Held::Words),
    ("anonymous", Held::Flag),
    ("seal", Held::Flag),
    ("seal_right_answers", Held::Flag),
    ("smallest_cell", Held::Number),
    ("retention_days", Held::Number),
    ("modes", Held::List),
];

/// Those of [`PLAN`] that are members of `privacy`.
pub(super) const PRIVACY: [&str; 6] =
    ["notice", "anonymous", "seal", "smallest_cell", "seal_right_answers", "retention_days"];

type Tags = BTreeMap<Option<String>, String>;

/// The value of a cell. A number that is none stays a text, for the check of the plan to name.
pub(super) fn value_of(cell: String, held: Held) -> Value {
    match held {
        Held::Text | Held::Words => Value::String(cell),
        Held::Number => match serde_json::from_str::<Value>(&cell) {
            Ok(number @ Value::Number(_)) => number,
            _ => Value::String(cell),
        },
        Held::Flag => truth(&cell).map_or(Value::String(cell), Value::Bool),
        Held::List => cell.split_whitespace().map(|name| Value::String(name.to_owned())).collect(),
    }
}

/// The members that a row has under the columns of a table.
fn members(row: &Row, table: &Table, tags: &Tags, findings: &mut Findings) -> Members {
    let mut out = Members::new();
    for (column, held) in table.columns {
        if *held == Held::Words {
            let words = row.text(column, tags);
            if !words.is_empty() {
                out.insert((*column).to_owned(), text(words));
            }
        } else if let Some(cell) = row.get(column) {
            out.insert((*column).to_owned(), value_of(cell, *held));
        }
    }
    if let Some(more) = row.joined("minping") {
        match serde_json::from_str::<Members>(&more) {
            Ok(more) => merge(&mut out, more),
            Err(why) => findings.at(Code::BadMembers, row, "minping", [&why.to_string()]),
        }
    }
    out
}

/// Reads a sheet whose rows are the elements of a list; `at` is the pointer of the list.
pub(super) fn read(
    sheet: &Sheet,
    table: &Table,
    at: &str,
    tags: &Tags,
    findings: &mut Findings,
    origins: &mut Origins,
) -> Vec<Members> {
    let mut list = Vec::new();
    for row in sheet.rows().filter(|row| !row.is_empty()) {
        note(sheet, table, &row, &format!("{at}/{}", list.len()), findings, origins);
        list.push(members(&row, table, tags, findings));
    }
    list
}

/// Where a row's members come from, and the errors that the spreadsheet shows in it.
fn note(sheet: &Sheet, table: &Table, row: &Row, at: &str, findings: &mut Findings, origins: &mut Origins) {
    let origin =
        |column: &str| Origin { sheet: sheet.name.to_owned(), row: Some(row.number), column: column.to_owned() };
    origins.insert(at.to_owned(), origin(""));
    for (column, _) in table.columns {
        origins.insert([at, "/", column].concat(), origin(sheet.header(column)));
    }
    for column in &sheet.columns {
        if let Some(error) = row.error(column) {
            findings.add(Code::CellError, sheet.name, Some(row.number), &column.header, [error]);
        }
    }
}

/// Scales: a row for each grade or missing answer.
pub(super) fn read_scales(sheet: &Sheet, tags: &Tags, findings: &mut Findings, origins: &mut Origins) -> Vec<Value> {
    let mut scales: Vec<(String, Vec<Value>, Vec<Value>)> = Vec::new();
    for row in sheet.rows().filter(|row| !row.is_empty()) {
        let id = row.get("scale").unwrap_or_default();
        let place = scales.iter().position(|(known, ..)| *known == id).unwrap_or(scales.len());
        if place == scales.len() {
            scales.push((id, Vec::new(), Vec::new()));
        }
        let (_, grades, missing) = &mut scales[place];
        let apart = row.get("missing").is_some_and(|cell| truth(&cell) == Some(true));
        let (part, list) = if apart { ("missing", missing) } else { ("grades", grades) };
        note(sheet, &SCALES, &row, &format!("/scales/{place}/{part}/{}", list.len()), findings, origins);
        list.push(Value::Object(members(&row, &SCALES, tags, findings)));
    }
    let scale = |(id, grades, missing): (String, Vec<Value>, Vec<Value>)| {
        let mut scale = Members::from_iter([("id".to_owned(), id.into()), ("grades".to_owned(), grades.into())]);
        if !missing.is_empty() {
            scale.insert("missing".to_owned(), missing.into());
        }
        Value::Object(scale)
    };
    scales.into_iter().map(scale).collect()
}

/// Indicators: each after the one above it.
pub(super) fn read_indicators(sheet: &Sheet, tags: &Tags, findings: &mut Findings) -> Vec<Value> {
    fn put(list: &mut [Value], parent: &str, indicator: Members, depth: usize) -> Result<(), Members> {
        let mut indicator = indicator;
        for known in list.iter_mut().filter_map(Value::as_object_mut) {
            let here = known.get("id").and_then(Value::as_str) == Some(parent);
            if !here && !known.contains_key("indicators") {
                continue;
            }
            let below = known.entry("indicators").or_insert_with(|| Value::Array(Vec::new()));
            let Value::Array(below) = below else { continue };
            if here {
                below.push(Value::Object(indicator));
                return Ok(());
            }
            if depth < 20 {
                match put(below, parent, indicator, depth + 1) {
                    Ok(()) => return Ok(()),
                    Err(back) => indicator = back,
                }
            }
        }
        Err(indicator)
    }
    let mut list: Vec<Value> = Vec::new();
    for row in sheet.rows().filter(|row| !row.is_empty()) {
        let indicator = members(&row, &INDICATORS, tags, findings);
        match row.get("parent") {
            None => list.push(Value::Object(indicator)),
            Some(parent) => {
                if let Err(orphan) = put(&mut list, &parent, indicator, 0) {
                    findings.at(Code::NoParent, &row, "parent", [&parent]);
                    list.push(Value::Object(orphan));
                }
            }
        }
    }
    list
}
