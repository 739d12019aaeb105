mod cell;
mod member;

use super::choices::Lists;
use super::finding::Code;
use super::findings::Findings;
use super::formula::{Formula, default_of, names};
use super::kind::Kind;
use super::node::{Members, Node, merge, text};
use super::picture;
use super::sheet::{Row, Sheet, straight};
use crate::expression::{Expression, is_name};
use crate::plan::{appearances, takes};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

#[cfg(feature = "cli")]
pub(super) use cell::default_cell;
pub(super) use cell::{stand_in, truth};

/// Most levels of groups.
const DEEPEST: usize = 40;
/// Most groups that may be open at all, dissolved ones among them.
const MOST_OPEN: usize = 100;

/// Columns of the sheet that are read below, ours among them.
const KNOWN: [&str; 36] = [
    "type",
    "name",
    "label",
    "hint",
    "guidance_hint",
    "required",
    "required_message",
    "relevant",
    "constraint",
    "constraint_message",
    "calculation",
    "default",
    "appearance",
    "choice_filter",
    "trigger",
    "read_only",
    "repeat_count",
    "parameters",
    "image",
    "big_image",
    "audio",
    "video",
    "disabled",
    "rows",
    "bind::type",
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
    "minping",
];

/// Columns that only ODK's own programs and servers read.
const FOR_ODK: [&str; 14] = [
    "autoplay",
    "accuracythreshold",
    "accuracy_threshold",
    "value",
    "query",
    "save_to",
    "sms_field",
    "sms_option",
    "no_app_error_string",
    "compact_tag",
    "intent",
    "note",
    "hxl",
    "sms_separator",
];

/// Words of ODK for appearances that are called otherwise here.
const LIKE: [(&str, &str); 6] = [
    ("search", "autocomplete"),
    ("compact", "columns"),
    ("quickcompact", "columns"),
    ("columns-pack", "columns"),
    ("multi-line", "multiline"),
    // A photo of oneself is a new one.
    ("new-front", "new"),
];

/// Appearances of groups that are how a section is shown anyway.
const SECTION: [&str; 1] = ["field-list"];

/// A group that is open.
struct Open {
    what: &'static str,
    /// None: the group is dissolved, what is in it goes to the one around.
    node: Option<Node>,
    items: Vec<Node>,
    /// What a dissolved group asks of each item in it.
    relevant: Option<String>,
    row: u32,
}

/// Reads the questions of a sheet.
pub(super) struct Reader<'a> {
    pub tags: &'a BTreeMap<Option<String>, String>,
    pub lists: &'a Lists,
    pub findings: &'a mut Findings,
    /// Names of metadata items that hold the day.
    today: Vec<String>,
    /// Names in any `${…}` of the sheet.
    referred: BTreeSet<String>,
    /// Those of them that are in texts for people.
    shown: BTreeSet<String>,
    /// Names in use, each with the number that the next one of it gets.
    taken: BTreeMap<String, u32>,
    open: Vec<Open>,
    /// How many groups are open in rows that only ask a matrix in another way.
    matrix: usize,
    items: Vec<Node>,
}

impl<'a> Reader<'a> {
    pub fn new(tags: &'a BTreeMap<Option<String>, String>, lists: &'a Lists, findings: &'a mut Findings) -> Reader<'a> {
        Reader {
            tags,
            lists,
            findings,
            today: Vec::new(),
            referred: BTreeSet::new(),
            shown: BTreeSet::new(),
            taken: BTreeMap::new(),
            open: Vec::new(),
            matrix: 0,
            items: Vec::new(),
        }
    }

    /// The items of the sheet's first rows, with what is wrong in the findings.
    pub fn read(mut self, sheet: &Sheet, most: usize) -> Vec<Node> {
        self.tell_columns(sheet);
        for row in sheet.rows().take(most) {
            let texts: Vec<String> = sheet.columns.iter().filter_map(|column| row.cell(column)).collect();
            self.referred.extend(texts.iter().flat_map(|text| names(text)).map(str::to_owned));
            for key in ["label", "hint", "constraint_message"] {
                let texts: Vec<String> = row.of(key).map(|(_, text)| text).collect();
                self.shown.extend(texts.iter().flat_map(|text| names(text)).map(str::to_owned));
            }
            if row.get("type").is_some_and(|cell| matches!(cell.to_lowercase().as_str(), "today" | "get today")) {
                self.today.extend(row.code("name"));
            }
        }
        for row in sheet.rows().take(most) {
            if !row.is_empty() {
                self.read_row(&row);
            }
            for column in &sheet.columns {
                if let Some(error) = row.error(column) {
                    self.findings.add(Code::CellError, sheet.name, Some(row.number), &column.header, [error]);
                }
            }
        }
        while let Some(open) = self.open.last() {
            self.findings.add(Code::NotClosed, sheet.name, Some(open.row), sheet.header("type"), [open.what]);
            self.close();
        }
        self.items
    }

    fn tell_columns(&mut self, sheet: &Sheet) {
        for column in sheet.columns.iter().filter(|column| column.filled) {
            let key = column.key.as_str();
            let inside = ["bind::", "instance::", "control::", "body::"].iter().any(|prefix| key.starts_with(prefix));
            let code = match () {
                () if column.repeated && key != "minping" => Code::RepeatedColumn,
                () if KNOWN.contains(&key) => continue,
                () if inside || FOR_ODK.contains(&key) => Code::ColumnForOdk,
                () => Code::UnknownColumn,
            };
            self.findings.add(code, sheet.name, None, &column.header, []);
        }
    }

    fn read_row(&mut self, row: &Row) {
        if row.get("disabled").is_some_and(|cell| truth(&cell) == Some(true)) {
            self.findings.at(Code::Disabled, row, "", []);
            return;
        }
        let Some(cell) = row.code("type") else {
            self.findings.at(Code::NoType, row, "", []);
            return;
        };
        let kind = Kind::parse(&cell);
        if self.matrix > 0 {
            self.matrix += usize::from(matches!(kind, Kind::Begin(_)));
            self.matrix -= usize::from(matches!(kind, Kind::End(_)));
            return;
        }
        // What is graded, in words that ODK's programs know too.
        let graded = row.get("scale").is_some();
        match kind {
            Kind::Begin("group") if graded => {
                self.matrix = 1;
                self.item(row, "grade_matrix", None);
            }
            Kind::Select { kind: "select_one", .. } if graded => self.item(row, "grade", None),
            Kind::Begin(what) => self.begin(row, what),
            Kind::End(what) => match self.open.last() {
                Some(open) if open.what == what => self.close(),
                // Closed in another order than opened: the nearest of the kind.
                Some(_) if self.open.iter().any(|open| open.what == what) => {
                    while let Some(open) = self.open.last() {
                        let found = open.what == what;
                        if !found {
                            let (what, at) = (open.what, open.row);
                            self.findings.add(
                                Code::NotClosed,
                                row.sheet.name,
                                Some(at),
                                row.sheet.header("type"),
                                [what],
                            );
                        }
                        self.close();
                        if found {
                            break;
                        }
                    }
                }
                _ => self.findings.at(Code::NotOpened, row, "type", [what]),
            },
            Kind::Item(kind, constraint) => self.item(row, kind, constraint),
            Kind::Select { kind, list, other } => self.select(row, kind, &list, other),
            Kind::FileList(file) => {
                self.findings.at(Code::FileList, row, "type", [&file]);
                self.stand_in(row);
            }
            Kind::Metadata(what) => {
                let name = row.code("name").unwrap_or_default();
                if self.today.contains(&name) && self.referred.contains(&name) {
                    self.findings.at(Code::TodayAsked, row, "type", [&name]);
                }
                if !self.today.contains(&name) || self.shown.contains(&name) || !self.referred.contains(&name) {
                    self.findings.at(Code::Metadata, row, "type", [&what]);
                    self.stand_in(row);
                }
            }
            Kind::Foreign(what) => {
                self.findings.at(Code::TypeNotCarried, row, "type", [&what]);
                self.stand_in(row);
            }
            Kind::Unknown(what) => {
                self.findings.at(Code::UnknownType, row, "type", [&what]);
                self.stand_in(row);
            }
        }
    }

    /// Something that expressions may refer to and that is never answered.
    fn stand_in(&mut self, row: &Row) {
        let Some(name) = row.code("name").filter(|name| self.referred.contains(name)) else { return };
        let name = self.name(row, Some(name));
        let mut node = self.node(row, "hidden", &name);
        node.members.insert("label".to_owned(), self.label_of(&name));
        self.push(node);
    }

    fn begin(&mut self, row: &Row, what: &'static str) {
        let deep = self.open.len() >= DEEPEST;
        if deep {
            self.findings.at(Code::TooDeep, row, "type", [&DEEPEST.to_string()]);
        }
        if self.open.len() >= MOST_OPEN {
            return;
        }
        let kind = match takes(what, "items") {
            Some(_) => what,
            None => {
                self.findings.at(Code::RepeatNotCarried, row, "type", []);
                "group"
            }
        };
        let label = row.text("label", self.tags);
        let mut open = Open { what, node: None, items: Vec::new(), relevant: None, row: row.number };
        if kind == "group" && label.is_empty() && row.joined("minping").is_none() || deep {
            if !deep {
                self.findings.at(Code::GroupDissolved, row, "", []);
            }
            open.relevant = self.expression(row, "relevant");
        } else {
            let name = row.code("name");
            let name = self.name(row, name);
            let mut node = self.node(row, kind, &name);
            self.label(row, &mut node, &name);
            self.members(row, &mut node, kind);
            open.node = Some(node);
        }
        self.open.push(open);
    }

    fn close(&mut self) {
        let Some(open) = self.open.pop() else { return };
        match open.node {
            None => {
                for mut node in open.items {
                    if let Some(outer) = &open.relevant {
                        let own = node.members.get("relevant").and_then(Value::as_str);
                        let both = own.map_or_else(|| outer.clone(), |own| ["(", outer, ") and (", own, ")"].concat());
                        node.members.insert("relevant".to_owned(), Value::String(both));
                    }
                    self.push(node);
                }
            }
            // A plan has no empty groups.
            Some(_) if open.items.is_empty() => {}
            Some(mut node) => {
                node.items = Some(open.items);
                self.push(node);
            }
        }
    }

    fn push(&mut self, node: Node) {
        match self.open.last_mut() {
            Some(open) => open.items.push(node),
            None => self.items.push(node),
        }
    }

    fn select(&mut self, row: &Row, kind: &'static str, list: &str, other: bool) {
        if takes(kind, "choices").is_none() {
            self.findings.at(Code::TypeNotCarried, row, "type", [kind]);
            return self.stand_in(row);
        }
        let name = row.code("name");
        let name = self.name(row, name);
        let mut node = self.node(row, kind, &name);
        let id = self.lists.id(list);
        if id.is_none() && !list.contains("${") {
            self.findings.at(Code::NoSuchList, row, "type", [list]);
        }
        let id = id.map_or_else(|| list.to_owned(), str::to_owned);
        node.members.insert("choices".to_owned(), Value::String(id));
        node.headers.push(("choices".to_owned(), row.sheet.header("type").to_owned()));
        if other {
            if takes(kind, "other") == Some(true) {
                let languages: BTreeSet<&String> = self.tags.values().collect();
                let words = |tag: &str| if tag.starts_with("zh") { "其他" } else { "Other" }.to_owned();
                let label = languages.into_iter().map(|tag| (tag.clone(), words(tag))).collect();
                node.members.insert("other".to_owned(), text(label));
            } else {
                self.findings.at(Code::MemberNotCarried, row, "type", ["or_other", kind]);
            }
        }
        self.label(row, &mut node, &name);
        self.members(row, &mut node, kind);
        self.push(node);
    }

    fn item(&mut self, row: &Row, kind: &'static str, constraint: Option<&str>) {
        if takes(kind, "label").is_none() {
            self.findings.at(Code::TypeNotCarried, row, "type", [kind]);
            return self.stand_in(row);
        }
        let name = row.code("name");
        let name = self.name(row, name);
        let (calculated, given) = (row.get("calculation").is_some(), row.get("default").is_some());
        let read_only = row.get("read_only").is_some_and(|cell| truth(&cell) == Some(true));
        // The same in the words of plans.
        let kind = match kind {
            "note" if calculated => "text",
            "text" if read_only && !calculated && !given && takes("text", "read_only") == Some(true) => "note",
            "calculate" if !calculated => "hidden",
            "hidden" if calculated => "calculate",
            kind => kind,
        };
        let mut node = self.node(row, kind, &name);
        if kind == "text" && row.code("type").is_some_and(|cell| cell.to_lowercase().contains("note")) {
            node.members.insert("read_only".to_owned(), Value::Bool(true));
        }
        self.label(row, &mut node, &name);
        self.members(row, &mut node, kind);
        if kind == "calculate" && !node.members.contains_key("calculation") {
            node.members.insert("type".to_owned(), Value::String("hidden".to_owned()));
            node.members.remove("trigger");
        }
        if let Some(constraint) = constraint {
            let own = node.members.get("constraint").and_then(Value::as_str);
            let both = own.map_or_else(|| constraint.to_owned(), |own| ["(", constraint, ") and (", own, ")"].concat());
            node.members.insert("constraint".to_owned(), Value::String(both));
        }
        self.push(node);
    }

    fn node(&mut self, row: &Row, kind: &str, name: &str) -> Node {
        let mut members = Members::new();
        members.insert("type".to_owned(), Value::String(kind.to_owned()));
        members.insert("name".to_owned(), Value::String(name.to_owned()));
        let headers = ["type", "name", "label"].map(|key| (key.to_owned(), row.sheet.header(key).to_owned()));
        Node { members, row: row.number, headers: headers.to_vec(), items: None }
    }

    /// A name that no other item has.
    fn name(&mut self, row: &Row, written: Option<String>) -> String {
        let mut name = match written {
            Some(name) => name,
            None => {
                let name = format!("row_{}", row.number);
                self.findings.at(Code::NoName, row, "name", [&name]);
                name
            }
        };
        if !is_name(&name) {
            let kept: String =
                name.chars().map(|c| if c.is_alphanumeric() || "_-.".contains(c) { c } else { '_' }).collect();
            let good = if is_name(&kept) { kept } else { ["_", &kept].concat() };
            self.findings.at(Code::BadlyNamed, row, "name", [&name, &good]);
            name = good;
        }
        if let Some(mut number) = self.taken.get(&name).copied() {
            let free = loop {
                let free = format!("{name}_{number}");
                number += 1;
                if !self.taken.contains_key(&free) {
                    break free;
                }
            };
            self.taken.insert(name.clone(), number);
            self.findings.at(Code::Renamed, row, "name", [&name, &free]);
            name = free;
        }
        self.taken.insert(name.clone(), 2);
        name
    }

    /// The name in every language.
    fn label_of(&self, name: &str) -> Value {
        text(self.tags.values().map(|tag| (tag.clone(), name.to_owned())).collect())
    }

    /// A text, in the first language too.
    fn words(&mut self, row: &Row, key: &str) -> BTreeMap<String, String> {
        let mut words = row.text(key, self.tags);
        if let Some((tag, other)) = stand_in(&mut words, self.tags) {
            self.findings.at(Code::TextStandsIn, row, key, [&tag, &other]);
        }
        words
    }

    fn label(&mut self, row: &Row, node: &mut Node, name: &str) {
        let label = self.words(row, "label");
        let kind = node.members.get("type").and_then(Value::as_str).unwrap_or_default();
        let label = if label.is_empty() {
            if !matches!(kind, "calculate" | "hidden") {
                self.findings.at(Code::LabelFromName, row, "label", [name]);
            }
            self.label_of(name)
        } else {
            self.tell_marks(row, "label");
            text(label)
        };
        node.members.insert("label".to_owned(), label);
    }

    /// Marks in a text that mean something to ODK's programs.
    fn tell_marks(&mut self, row: &Row, key: &str) {
        for (column, words) in row.of(key) {
            let html = words
                .split('<')
                .skip(1)
                .any(|after| after.contains('>') && after.starts_with(|c: char| c.is_ascii_alphabetic() || c == '/'));
            if html {
                self.findings.add(Code::HtmlInText, row.sheet.name, Some(row.number), &column.header, []);
            }
        }
    }

    fn expression(&mut self, row: &Row, key: &str) -> Option<String> {
        let formula = Formula::of(&row.code(key)?, &self.today);
        if formula.last_saved {
            self.findings.at(Code::LastSaved, row, key, []);
            return None;
        }
        // As pyxform has it: a whole cell may say yes or no.
        if let Some(constant) =
            ["true", "yes", "false", "no"].iter().position(|word| formula.text.eq_ignore_ascii_case(word))
        {
            return Some(if constant < 2 { "true()" } else { "false()" }.to_owned());
        }
        if formula.tidied {
            self.findings.at(Code::ReferenceTidied, row, key, []);
        }
        Some(formula.text)
    }
}
