//! A plan as the sheets of a workbook. What a column cannot say goes as JSON into a column `minping`, or into a row of the
//! sheet `plan`: that is found by reading back what was laid out and looking at what is not the same.

mod graded;
mod other;
mod rows;

use super::choices::{Lists, is_column};
use super::finding::{Code, Finding};
use super::findings::Findings;
use super::language::written;
use super::node::{Members, Node, Origins};
use super::picture::{Pictures, file_of};
use super::plan::make;
use super::sheet::{Sheet, clean};
use super::survey::{Reader, default_cell};
use super::table::{self, Held, INDICATORS, PLAN, PRIVACY, QUESTIONNAIRES, SCALES, TABLES, Table};
use super::workbook::{Filled, Grid, Workbook};
use super::{ExportError, Options};
use rows::{Rows, fits, json, pieces};
use serde_json::Value;
use std::collections::BTreeMap;

/// Most characters that go into a cell; Excel takes 32,767.
const CELL: usize = 30_000;

/// Columns of the sheet of questions, in order; those of texts come once for each language.
const COLUMNS: [&str; 26] = [
    "type",
    "name",
    "label",
    "hint",
    "required",
    "relevant",
    "constraint",
    "constraint_message",
    "calculation",
    "trigger",
    "default",
    "read_only",
    "choice_filter",
    "repeat_count",
    "parameters",
    "appearance",
    "scale",
    "unit",
    "indicator",
    "units",
    "indicators",
    "max_length",
    "max_seconds",
    "subset",
    "points",
    "right",
];

/// Those of them that are expressions.
const EXPRESSIONS: [&str; 6] = ["relevant", "constraint", "calculation", "choice_filter", "repeat_count", "default"];

/// Types that ODK's programs do not know.
const ONLY_HERE: [&str; 2] = ["grade", "grade_matrix"];

/// The sheets of a plan, and what of it ODK's programs do not know.
pub(super) fn lay_out(plan: &Members) -> Result<(Workbook, Vec<Finding>), ExportError> {
    let languages: Vec<&str> = list(plan, "languages").iter().filter_map(Value::as_str).collect();
    let mut tags: BTreeMap<Option<String>, String> =
        languages.iter().map(|tag| (Some(written(tag)), (*tag).to_owned())).collect();
    let first = languages.first().copied().unwrap_or("en");
    tags.insert(None, first.to_owned());
    let writer = Writer { tags: &tags, languages: &languages, plan };
    let mut findings = Findings::default();
    let mut workbook = Workbook::default();

    let choices = writer.choices(plan);
    let choices_grid = choices.grid("choices");
    let mut ignored = Findings::default();
    let lists = Lists::read(&Sheet::of(&choices_grid, true), &tags, &mut ignored, &mut Origins::new());
    let mut sheets: Vec<Value> = Vec::new();
    for (place, questionnaire) in list(plan, "questionnaires").iter().enumerate() {
        let name = if place == 0 { "survey".to_owned() } else { format!("survey{}", place + 1) };
        sheets.push(Value::String(name.clone()));
        workbook.sheets.push(writer.survey(&name, questionnaire, &lists, &mut findings));
    }
    workbook.sheets.push(choices_grid);
    workbook.sheets.push(writer.settings(plan, first));
    workbook.sheets.push(writer.plan(plan, &[]));
    let objects = |name: &str| list(plan, name).iter().filter_map(Value::as_object).cloned().collect::<Vec<_>>();
    for table in &TABLES {
        workbook.sheets.push(writer.table(table, &objects(table.sheet), &[]));
    }
    workbook.sheets.push(writer.scales(&objects("scales")));
    workbook.sheets.push(writer.indicators(list(plan, "indicators")));
    workbook.sheets.push(writer.table(&QUESTIONNAIRES, &objects("questionnaires"), &[("sheet", sheets)]));
    workbook.sheets.retain(|grid| grid.rows.len() > 1);

    // Read back; what is still another goes whole into the sheet of the plan.
    let options = Options::default();
    let back = make(&workbook, &options, None).map_err(|error| ExportError(error.to_string()))?.plan;
    let members = plan.keys().chain(back.keys());
    let other: Vec<&String> = members.filter(|name| !same(plan.get(*name), back.get(*name))).collect();
    if !other.is_empty() {
        let fuller = writer.plan(plan, &other);
        workbook.sheets.iter_mut().filter(|grid| grid.name == "plan").for_each(|grid| *grid = fuller.clone());
        let back = make(&workbook, &options, None).map_err(|error| ExportError(error.to_string()))?.plan;
        if let Some(name) = plan.keys().find(|name| !same(plan.get(*name), back.get(*name))) {
            return Err(ExportError(name.clone()));
        }
    }
    if !list(plan, "quotas").is_empty() {
        findings.push(Finding::new(Code::QuotasOnlyHere, "plan", None, "value", Vec::new()));
    }
    Ok((workbook, findings.finish()))
}

fn list<'a>(members: &'a Members, name: &str) -> &'a [Value] {
    members.get(name).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

/// Whether two values mean the same: what is left out is what an empty list or `false` is.
fn same(one: Option<&Value>, other: Option<&Value>) -> bool {
    fn nothing(value: &Value) -> bool {
        matches!(value, Value::Null | Value::Bool(false)) || value.as_array().is_some_and(Vec::is_empty)
    }
    match (one, other) {
        (None, None) => true,
        (Some(value), None) | (None, Some(value)) => nothing(value),
        (Some(Value::Object(one)), Some(Value::Object(other))) => {
            one.keys().chain(other.keys()).all(|name| same(one.get(name), other.get(name)))
        }
        (Some(Value::Array(one)), Some(Value::Array(other))) => {
            one.len() == other.len() && one.iter().zip(other).all(|(one, other)| same(Some(one), Some(other)))
        }
        (Some(Value::Number(one)), Some(Value::Number(other))) => one.as_f64() == other.as_f64(),
        (Some(one), Some(other)) => one == other,
    }
}

/// Members that have to be said apart: those of the first that are not the same in the second.
fn differing(wanted: &Members, found: &Members, apart: &[&str]) -> Members {
    let mut out = Members::new();
    for name in wanted.keys().chain(found.keys()).filter(|name| !apart.contains(&name.as_str())) {
        if !same(wanted.get(name), found.get(name)) {
            out.insert(name.clone(), wanted.get(name).cloned().unwrap_or(Value::Null));
        }
    }
    out
}

struct Writer<'a> {
    tags: &'a BTreeMap<Option<String>, String>,
    languages: &'a [&'a str],
    plan: &'a Members,
}

impl Writer<'_> {
    /// A text in a column for each language; one that a cell cannot hold is left for the JSON.
    fn words(&self, rows: &mut Rows, row: usize, column: &str, text: Option<&Value>) {
        let Some(text) = text.and_then(Value::as_object) else { return };
        if !text.values().all(|words| words.as_str().is_some_and(fits)) {
            return;
        }
        for tag in self.languages {
            if let Some(words) = text.get(*tag).and_then(Value::as_str) {
                rows.set(row, &[column, "::", &written(tag)].concat(), words.to_owned());
            }
        }
    }

    fn value(&self, rows: &mut Rows, row: usize, column: &str, held: Held, value: &Value) {
        let text = match (held, value) {
            (Held::Words, value) => return self.words(rows, row, column, Some(value)),
            (_, Value::String(text)) => text.clone(),
            (_, Value::Bool(truth)) => if *truth { "yes" } else { "no" }.to_owned(),
            (_, Value::Array(list)) => list.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(" "),
            (_, value) => value.to_string(),
        };
        if fits(&text) {
            rows.set(row, column, text);
        }
    }

    fn table(&self, table: &Table, objects: &[Members], more: &[(&str, Vec<Value>)]) -> Grid {
        let fill = |rows: &mut Rows| {
            for (number, object) in objects.iter().enumerate() {
                let row = rows.row();
                for (column, held) in table.columns {
                    if let Some(value) = object.get(*column) {
                        self.value(rows, row, column, *held, value);
                    }
                }
                for (column, values) in more {
                    if let Some(value) = values.get(number) {
                        self.value(rows, row, column, Held::Text, value);
                    }
                }
            }
        };
        let mut rows = Rows::default();
        fill(&mut rows);
        let grid = rows.grid(table.sheet);
        let found =
            table::read(&Sheet::of(&grid, true), table, "", self.tags, &mut Findings::default(), &mut Origins::new());
        // What is told in another way: questions are a sheet, what is below an indicator has rows of its own.
        let apart = ["items", "indicators"];
        for (number, object) in objects.iter().enumerate() {
            let empty = Members::new();
            let row = found_at(&grid, number, &found).unwrap_or(&empty);
            rows.set_json(number, &differing(object, row, &apart));
        }
        rows.grid(table.sheet)
    }

    fn scales(&self, scales: &[Members]) -> Grid {
        let (mut answers, mut ids, mut missing) = (Vec::new(), Vec::new(), Vec::new());
        for scale in scales {
            for (part, apart) in [("grades", "no"), ("missing", "yes")] {
                for answer in list(scale, part).iter().filter_map(Value::as_object) {
                    answers.push(answer.clone());
                    ids.push(scale.get("id").cloned().unwrap_or_default());
                    missing.push(Value::String(apart.to_owned()));
                }
            }
        }
        self.table(&SCALES, &answers, &[("scale", ids), ("missing", missing)])
    }

    fn indicators(&self, indicators: &[Value]) -> Grid {
        fn flatten(list: &[Value], parent: &Value, out: &mut (Vec<Members>, Vec<Value>)) {
            for indicator in list.iter().filter_map(Value::as_object) {
                out.0.push(indicator.clone());
                out.1.push(parent.clone());
                let id = indicator.get("id").cloned().unwrap_or_default();
                flatten(self::list(indicator, "indicators"), &id, out);
            }
        }
        let mut flat = (Vec::new(), Vec::new());
        flatten(indicators, &Value::String(String::new()), &mut flat);
        self.table(&INDICATORS, &flat.0, &[("parent", flat.1)])
    }

    fn media(&self) -> Option<&Members> {
        self.plan.get("media").and_then(Value::as_object)
    }

    fn pictures(&self) -> Pictures<'static> {
        Pictures::new(self.media().cloned(), None)
    }

    /// The file that is its picture, for all languages.
    fn picture(&self, rows: &mut Rows, row: usize, members: &Members) {
        let name = members.get("image").and_then(Value::as_str);
        if let Some(file) = name.and_then(|name| file_of(self.media()?, name)).filter(|file| fits(file)) {
            // ODK's converter wants a column for each language.
            for tag in self.languages {
                rows.set(row, &["media::image::", &written(tag)].concat(), file.clone());
            }
        }
    }

    fn settings(&self, plan: &Members, first: &str) -> Grid {
        let mut rows = Rows::default();
        let row = rows.row();
        let title = plan.get("title").and_then(|title| title.get(first)).and_then(Value::as_str).unwrap_or_default();
        let text = |name: &str| plan.get(name).and_then(Value::as_str).unwrap_or_default();
        for (column, value) in [
            ("form_title", title),
            ("form_id", text("id")),
            ("version", text("version")),
            ("default_language", &written(first)),
        ] {
            if fits(value) {
                rows.set(row, column, value.to_owned());
            }
        }
        rows.grid("settings")
    }

    /// `whole`: members that go in as JSON, whatever they are.
    fn plan(&self, plan: &Members, whole: &[&String]) -> Grid {
        let empty = Members::new();
        let privacy = plan.get("privacy").and_then(Value::as_object).unwrap_or(&empty);
        let mut rows = Rows::default();
        for (name, held) in PLAN {
            let members = if PRIVACY.contains(&name) { privacy } else { plan };
            if let Some(value) = members.get(name) {
                let row = rows.row();
                rows.set(row, "member", name.to_owned());
                match held {
                    Held::Words => self.words(&mut rows, row, "text", Some(value)),
                    held => self.value(&mut rows, row, "value", held, value),
                }
            }
        }
        let known = |name: &str| {
            PLAN.iter().any(|(known, _)| *known == name)
                || TABLES.iter().any(|table| table.sheet == name)
                || ["format", "privacy", "scales", "indicators", "choice_lists", "questionnaires"].contains(&name)
        };
        for (name, value) in plan {
            if known(name) && !whole.contains(&name) {
                continue;
            }
            for piece in pieces(&json(value)) {
                let row = rows.row();
                rows.set(row, "member", name.clone());
                rows.set(row, "value", piece);
            }
        }
        rows.grid("plan")
    }

    fn choices(&self, plan: &Members) -> Rows {
        let mut rows = Rows::default();
        let mut all: Vec<(&Members, usize)> = Vec::new();
        for list in list(plan, "choice_lists").iter().filter_map(Value::as_object) {
            for choice in self::list(list, "choices").iter().filter_map(Value::as_object) {
                let row = rows.row();
                all.push((choice, row));
                for (column, value) in [("list_name", list.get("id")), ("name", choice.get("name"))] {
                    if let Some(text) = value.and_then(Value::as_str).filter(|text| fits(text)) {
                        rows.set(row, column, text.to_owned());
                    }
                }
                self.words(&mut rows, row, "label", choice.get("label"));
                self.picture(&mut rows, row, choice);
                if choice.get("exclusive") == Some(&Value::Bool(true)) {
                    rows.set(row, "exclusive", "yes".to_owned());
                }
            }
        }
        self.scale_lists(&mut rows);
        for (choice, row) in &all {
            for (column, value) in choice.get("columns").and_then(Value::as_object).into_iter().flatten() {
                if let Some(text) = value.as_str().filter(|text| fits(text) && is_column(column)) {
                    rows.set(*row, column, text.to_owned());
                }
            }
        }
        let grid = rows.grid("choices");
        let mut origins = Origins::new();
        let found = Lists::read(&Sheet::of(&grid, true), self.tags, &mut Findings::default(), &mut origins);
        let by_row: BTreeMap<u32, &String> =
            origins.iter().filter_map(|(at, origin)| Some((origin.row?, at))).collect();
        let mut lists: Value = found.lists.into_iter().map(Value::Object).collect();
        self.pictures().put(&mut lists, "", &origins, &mut Findings::default());
        let found = Value::Object(Members::from_iter([("choice_lists".to_owned(), lists)]));
        let empty = Members::new();
        for (choice, row) in all {
            let there = by_row.get(&(row as u32 + 2)).and_then(|at| found.pointer(at)).and_then(Value::as_object);
            rows.set_json(row, &differing(choice, there.unwrap_or(&empty), &[]));
        }
        rows
    }

    fn survey(&self, name: &str, questionnaire: &Value, lists: &Lists, findings: &mut Findings) -> Grid {
        let mut rows = Rows::default();
        // In their usual order, whatever comes first in the questionnaire.
        for column in COLUMNS {
            if matches!(column, "label" | "hint" | "constraint_message") {
                rows.columns.extend(self.languages.iter().map(|tag| [column, "::", &written(tag)].concat()));
            } else {
                rows.columns.push(column.to_owned());
            }
        }
        let mut all: Vec<(&Members, usize)> = Vec::new();
        let items = questionnaire.get("items").and_then(Value::as_array).map_or(&[] as &[Value], Vec::as_slice);
        self.items(items, &mut rows, &mut all);
        let mut others = BTreeMap::new();
        other::paths(items, "/data", &mut others);
        for column in EXPRESSIONS {
            rows.change(column, |text| other::with_paths(text, &others));
        }
        let found = rows.grid(name);
        let sheet = Sheet::of(&found, true).collapsing(true);
        let mut nodes = Reader::new(self.tags, lists, &mut Findings::default()).read(&sheet, usize::MAX);
        settle(&mut nodes, &mut self.pictures());
        let mut by_row: BTreeMap<u32, &Members> = BTreeMap::new();
        let mut waiting: Vec<&Node> = nodes.iter().collect();
        while let Some(node) = waiting.pop() {
            by_row.insert(node.row, &node.members);
            waiting.extend(node.items.iter().flatten());
        }
        let empty = Members::new();
        let mut patches: Vec<(usize, Members)> = Vec::new();
        for (item, row) in &all {
            let number = *row as u32 + 2;
            let patch = differing(item, by_row.get(&number).copied().unwrap_or(&empty), &["items"]);
            let kind = item.get("type").and_then(Value::as_str).unwrap_or_default();
            if ONLY_HERE.contains(&kind) {
                findings.push(Finding::new(Code::TypeOnlyHere, name, Some(number), "type", vec![kind.to_owned()]));
            }
            if !patch.is_empty() {
                let members: Vec<String> = patch.keys().map(|name| ["`", name, "`"].concat()).collect();
                let arguments = vec![members.join(", ")];
                findings.push(Finding::new(Code::MembersOnlyHere, name, Some(number), "minping", arguments));
            }
            patches.push((*row, patch));
        }
        for (row, patch) in patches {
            rows.set_json(row, &patch);
        }
        rows.without_empty_columns().grid(name)
    }

    fn items<'b>(&self, items: &'b [Value], rows: &mut Rows, all: &mut Vec<(&'b Members, usize)>) {
        for item in items.iter().filter_map(Value::as_object) {
            let row = rows.row();
            all.push((item, row));
            let text = |name: &str| item.get(name).and_then(Value::as_str);
            let kind = text("type").unwrap_or_default();
            let group = matches!(kind, "group" | "repeat");
            let list = text("choices").unwrap_or_default();
            let cell = match kind {
                "group" | "repeat" => ["begin_", kind].concat(),
                "datetime" => "dateTime".to_owned(),
                "grade" => ["select_one ", &self.scale_list(text("scale").unwrap_or_default())].concat(),
                "grade_matrix" => "begin_group".to_owned(),
                _ if list.is_empty() => kind.to_owned(),
                _ if item.contains_key("other") => [kind, " ", list, " or_other"].concat(),
                _ => [kind, " ", list].concat(),
            };
            rows.set(row, "type", cell);
            for name in ["label", "hint", "constraint_message"] {
                self.words(rows, row, name, item.get(name));
            }
            for name in COLUMNS {
                let Some(value) = item.get(name) else { continue };
                let text = match (name, value) {
                    ("type" | "label" | "hint" | "constraint_message", _) => continue,
                    ("default", Value::String(expression)) => default_cell(expression, kind),
                    ("trigger", Value::Array(names)) => {
                        let names: Vec<String> =
                            names.iter().filter_map(Value::as_str).map(|name| ["${", name, "}"].concat()).collect();
                        Some(names.join(", "))
                    }
                    (_, Value::Bool(false)) => None,
                    _ => {
                        self.value(rows, row, name, Held::Text, value);
                        None
                    }
                };
                if let Some(text) = text.filter(|text| fits(text)) {
                    rows.set(row, name, text);
                }
            }
            self.picture(rows, row, item);
            let parameters = self.parameters(item);
            if fits(&parameters) {
                rows.set(row, "parameters", parameters);
            }
            if kind == "grade_matrix" {
                self.matrix(item, rows);
            }
            if group {
                self.items(self::list(item, "items"), rows, all);
                let end = rows.row();
                rows.set(end, "type", ["end_", kind].concat());
            }
        }
    }

    fn parameters(&self, item: &Members) -> String {
        let mut out: Vec<String> = Vec::new();
        if item.get("order").is_some() && item.get("choices").is_some() {
            out.push("randomize=true".to_owned());
        }
        for (member, name) in [
            ("seed", "seed"),
            ("start", "start"),
            ("end", "end"),
            ("step", "step"),
            ("accuracy", "capture-accuracy"),
            ("max_pixels", "max-pixels"),
        ] {
            match item.get(member) {
                Some(Value::String(text)) if !text.contains(char::is_whitespace) => out.push(format!("{name}={text}")),
                Some(Value::Number(number)) => out.push(format!("{name}={number}")),
                _ => {}
            }
        }
        out.join(" ")
    }
}

/// What a row of a sheet gave: rows without anything in them are passed over.
fn found_at<'a>(grid: &Grid, number: usize, found: &'a [Members]) -> Option<&'a Members> {
    let filled = |(_, cells): &&(u32, Vec<Filled>)| !cells.is_empty();
    let row = number as u32 + 2;
    let place = grid.rows.iter().skip(1).filter(filled).position(|(at, _)| *at == row)?;
    found.get(place)
}

/// Puts pictures in the place of files.
fn settle(nodes: &mut [Node], pictures: &mut Pictures) {
    for node in nodes {
        pictures.put_one(&mut node.members, "", &Origins::new(), &mut Findings::default());
        settle(node.items.as_deref_mut().unwrap_or_default(), pictures);
    }
}
