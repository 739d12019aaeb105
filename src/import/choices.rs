use super::finding::Code;
use super::findings::Findings;
use super::node::{Members, Origin, Origins, merge, text};
use super::picture;
use super::sheet::Sheet;
use super::survey::{stand_in, truth};
use crate::expression::is_name;
use serde_json::{Map, Value};
use std::collections::{BTreeMap, BTreeSet};

/// Columns that are no columns of the list.
const KNOWN: [&str; 11] = [
    "list_name",
    "name",
    "label",
    "image",
    "big_image",
    "audio",
    "video",
    "minping",
    "sms_option",
    "exclusive",
    OF_SCALE,
];

/// Says of which scale a row is an answer: it stands there for ODK's programs, and is read in the sheet `scales`.
pub(super) const OF_SCALE: &str = "minping_scale";

/// Whether a header names a column of the lists, and has no meaning of its own.
#[cfg(feature = "cli")]
pub(super) fn is_column(header: &str) -> bool {
    is_name(header) && super::sheet::meaning(header, false, true).0 == header && !KNOWN.contains(&header)
}

/// The choice lists of a workbook.
#[derive(Debug, Default)]
pub(super) struct Lists {
    /// As JSON, in the order in which they begin.
    pub lists: Vec<Members>,
    /// The name as it is written to the id in the plan.
    ids: BTreeMap<String, String>,
    used: BTreeSet<String>,
}

impl Lists {
    /// The id of the list that is called so.
    pub fn id(&self, written: &str) -> Option<&str> {
        self.ids.get(written).map(String::as_str)
    }

    /// Reads the sheet; origins are pointers from `/choice_lists`.
    pub fn read(
        sheet: &Sheet,
        tags: &BTreeMap<Option<String>, String>,
        findings: &mut Findings,
        origins: &mut Origins,
    ) -> Lists {
        for column in sheet.columns.iter().filter(|column| column.filled) {
            let known = KNOWN.contains(&column.key.as_str());
            if column.repeated && column.key != "minping" {
                findings.add(Code::RepeatedColumn, sheet.name, None, &column.header, []);
            } else if !known && !is_name(&column.header) {
                findings.add(Code::UnknownColumn, sheet.name, None, &column.header, []);
            }
        }
        let mut out = Lists::default();
        let mut places: BTreeMap<String, usize> = BTreeMap::new();
        let mut taken: BTreeSet<(usize, String)> = BTreeSet::new();
        let mut choices: Vec<Vec<Value>> = Vec::new();
        for row in sheet.rows().filter(|row| !row.is_empty()) {
            for column in &sheet.columns {
                if let Some(error) = row.error(column) {
                    findings.add(Code::CellError, sheet.name, Some(row.number), &column.header, [error]);
                }
            }
            if row.get(OF_SCALE).is_some() {
                continue;
            }
            let Some(list) = row.code("list_name") else {
                findings.at(Code::NoListName, &row, "list_name", []);
                continue;
            };
            let Some(written) = row.code("name") else {
                findings.at(Code::ChoiceNoName, &row, "name", []);
                continue;
            };
            let place = match places.get(&list) {
                Some(place) => *place,
                None => {
                    let id = out.free_id(&list);
                    out.used.insert(id.clone());
                    out.ids.insert(list.clone(), id.clone());
                    out.lists.push(Map::from_iter([("id".to_owned(), Value::String(id))]));
                    choices.push(Vec::new());
                    places.insert(list, out.lists.len() - 1);
                    out.lists.len() - 1
                }
            };
            let name: String = written.split_whitespace().collect::<Vec<_>>().join("_");
            if name != written {
                findings.at(Code::ChoiceRenamed, &row, "name", [&written, &name]);
            }
            if !taken.insert((place, name.clone())) {
                findings.at(Code::RepeatedChoice, &row, "name", [&name]);
                continue;
            }
            let mut label = row.text("label", tags);
            if label.is_empty() {
                findings.at(Code::LabelFromName, &row, "label", [&name]);
                label = tags.values().map(|tag| (tag.clone(), written.clone())).collect();
            }
            if let Some((tag, other)) = stand_in(&mut label, tags) {
                findings.at(Code::TextStandsIn, &row, "label", [&tag, &other]);
            }
            let mut choice = Members::new();
            choice.insert("label".to_owned(), text(label));
            choice.insert("name".to_owned(), Value::String(name));
            if row.get("exclusive").is_some_and(|cell| truth(&cell) == Some(true)) {
                choice.insert("exclusive".to_owned(), Value::Bool(true));
            }
            let mut columns = Members::new();
            for column in sheet.columns.iter().filter(|c| !c.repeated && !KNOWN.contains(&c.key.as_str())) {
                if let Some(value) = row.cell(column).filter(|_| is_name(&column.header)) {
                    columns.insert(column.header.clone(), Value::String(value));
                }
            }
            if !columns.is_empty() {
                choice.insert("columns".to_owned(), Value::Object(columns));
            }
            picture::take(&row, &mut choice, findings);
            if let Some(more) = row.joined("minping") {
                match serde_json::from_str::<Members>(&more) {
                    Ok(more) => merge(&mut choice, more),
                    Err(why) => findings.at(Code::BadMembers, &row, "minping", [&why.to_string()]),
                }
            }
            let at = format!("/choice_lists/{place}/choices/{}", choices[place].len());
            let origin = Origin { sheet: sheet.name.to_owned(), row: Some(row.number), column: String::new() };
            origins.insert(at, origin);
            choices[place].push(Value::Object(choice));
        }
        for (list, choices) in out.lists.iter_mut().zip(choices) {
            list.insert("choices".to_owned(), Value::Array(choices));
        }
        out
    }

    /// An id after the name of a list: what ids cannot have becomes `_`.
    fn free_id(&self, list: &str) -> String {
        let kept: String =
            list.chars().take(60).map(|c| if c.is_alphanumeric() || "-_.".contains(c) { c } else { '_' }).collect();
        let id = if kept.starts_with(char::is_alphanumeric) { kept } else { ["l", &kept].concat() };
        let taken = |id: &str| self.used.contains(id);
        match taken(&id) {
            false => id,
            true => (self.lists.len()..).map(|n| format!("{id}_{n}")).find(|id| !taken(id)).unwrap_or(id),
        }
    }
}
