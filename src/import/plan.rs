use super::choices::Lists;
use super::finding::{Code, Finding};
use super::findings::Findings;
use super::language::{Tag, tag_of};
use super::node::{Members, Origin, Origins, finish, origin_of, text};
use super::picture::Pictures;
use super::sheet::Sheet;
use super::survey::Reader;
use super::table::{self, Held, INDICATORS, PLAN, PRIVACY, QUESTIONNAIRES, SCALES, TABLES, value_of};
use super::workbook::{Grid, Workbook};
use super::{ImportError, Options};
use crate::plan::{Plan, Severity, check};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// Most rows of a sheet of questions.
const MOST_ROWS: usize = 20_000;

/// Sheets that ODK's servers read.
const FOR_ODK: [&str; 4] = ["entities", "osm", "external_choices", "cascades"];

/// Settings that are carried over.
const SETTINGS: [&str; 7] =
    ["title", "id_string", "version", "default_language", "clean_text_values", "allow_choice_duplicates", "name"];

/// What a workbook gave.
#[derive(Clone, Debug)]
pub struct Imported {
    /// The text of the plan. Where findings have the weight [`super::Weight::Error`], it cannot be run yet.
    pub plan: String,
    /// What is not in it as it was in the workbook, and what is wrong with it; the gravest first.
    pub findings: Vec<Finding>,
}

/// Makes a plan of a workbook.
///
/// # Errors
/// When the bytes are no workbook that can be read, or it has no questions.
pub fn read(bytes: &[u8], options: &Options) -> Result<Imported, ImportError> {
    let base = match &options.into {
        None => None,
        Some(text) => match serde_json::from_str::<Members>(text) {
            Ok(base) => Some(base),
            Err(why) => return Err(ImportError::NotAPlan(why.to_string())),
        },
    };
    let Made { plan, mut findings, origins } = make(&Workbook::parse(bytes)?, options, base)?;
    let compact = Value::Object(plan).to_string();
    let written = match Plan::parse(&compact) {
        // In the order that the format documents.
        Ok(plan) => serde_json::to_string_pretty(&plan).unwrap_or(compact),
        Err(_) => compact,
    };
    let text = written + "\n";
    for problem in check(&text).into_iter().filter(|problem| problem.severity() == Severity::Error) {
        findings.push(match origin_of(&origins, &problem.path).cloned() {
            Some(Origin { sheet, row, column }) => Finding::of_plan(problem, &sheet, row, &column),
            None => {
                // Nothing in the workbook says it: the place in the plan then.
                let path = problem.path.clone();
                Finding::of_plan(problem, "", None, &path)
            }
        });
    }
    Ok(Imported { plan: text, findings: findings.finish() })
}

/// A plan as it comes out of a workbook.
pub(super) struct Made {
    pub plan: Members,
    pub findings: Findings,
    pub origins: Origins,
}

pub(super) fn make(workbook: &Workbook, options: &Options, base: Option<Members>) -> Result<Made, ImportError> {
    let (mut findings, mut origins) = (Findings::default(), Origins::new());
    let book = Book { workbook };
    let plan_sheet = book.sheet("plan", false);
    let (said, plan_members) = plan_sheet.as_ref().map(|sheet| read_pieces(sheet)).unwrap_or_default();
    let settings = Settings::read(&book);

    let listed = book.sheet("questionnaires", true);
    let surveys = book.surveys(listed.as_ref());
    if surveys.is_empty() {
        let names = workbook.sheets.iter().map(|grid| grid.name.clone()).collect();
        return Err(ImportError::NoSurvey(names));
    }
    let collapse = settings.get("clean_text_values").is_none_or(|cell| super::survey::truth(cell) != Some(false));
    let surveys: Vec<Sheet> = surveys.into_iter().map(|grid| Sheet::of(grid, true).collapsing(collapse)).collect();
    let choices = book.sheet("choices", true);
    let tables: Vec<(&table::Table, Sheet)> = TABLES
        .iter()
        .chain([&SCALES, &INDICATORS, &QUESTIONNAIRES])
        .filter_map(|table| Some((table, book.sheet(table.sheet, true)?)))
        .collect();

    let mut sheets: Vec<&Sheet> = surveys.iter().chain(&choices).chain(&plan_sheet).collect();
    sheets.extend(tables.iter().map(|(_, sheet)| sheet));
    sheets.extend(&settings.sheet);
    let named = said.get("languages").map(|(value, _)| value.as_str()).unwrap_or_default();
    let tags = Tags::find(&sheets, named, &settings, options, &mut findings);

    settings.tell(&mut findings);
    book.tell(&surveys, &mut findings);
    let lists = match &choices {
        Some(sheet) => Lists::read(sheet, &tags.tags, &mut findings, &mut origins),
        None => Lists::default(),
    };

    let mut plan = base.unwrap_or_default();
    let into = !plan.is_empty();
    let id = options.id.clone().or_else(|| settings.get("id_string").map(str::to_owned));
    let given = id.unwrap_or_else(|| if options.name.is_empty() { "form".to_owned() } else { options.name.clone() });
    let slug = slug(&given);
    if !into && slug != given && options.id.is_none() && !said.contains_key("id") {
        findings.add(Code::IdMade, settings.name(), None, "form_id", [&given, &slug]);
    }
    let title = settings.title(&tags.tags).unwrap_or_else(|| BTreeMap::from([(tags.first.clone(), given.clone())]));
    let mut questionnaires: Vec<Members> = match listed {
        Some(sheet) => table::read(&sheet, &QUESTIONNAIRES, "/questionnaires", &tags.tags, &mut findings, &mut origins),
        None => vec![Members::from_iter([
            ("id".to_owned(), Value::String(slug.clone())),
            ("title".to_owned(), text(title.clone())),
        ])],
    };
    questionnaires.resize_with(surveys.len(), Members::new);
    for (place, (sheet, questionnaire)) in surveys.iter().zip(&mut questionnaires).enumerate() {
        if sheet.rows().count() > MOST_ROWS {
            findings.add(Code::TooManyRows, sheet.name, None, "", [&MOST_ROWS.to_string()]);
        }
        let nodes = Reader::new(&tags.tags, &lists, &mut findings).read(sheet, MOST_ROWS);
        let at = format!("/questionnaires/{place}/items");
        origins.insert(at.clone(), Origin { sheet: sheet.name.to_owned(), row: None, column: String::new() });
        questionnaire.insert("items".to_owned(), finish(nodes, sheet.name, &at, &mut origins));
    }
    let mut questionnaires: Value = questionnaires.into_iter().map(Value::Object).collect();
    let mut lists: Value = lists.lists.into_iter().map(Value::Object).collect();
    let own = match into {
        true => plan.get("media").and_then(Value::as_object).cloned(),
        false => said.get("media").and_then(|(text, _)| serde_json::from_str(text).ok()),
    };
    let mut pictures = Pictures::new(own, options.media.as_deref());
    pictures.put(&mut questionnaires, "/questionnaires", &origins, &mut findings);
    pictures.put(&mut lists, "/choice_lists", &origins, &mut findings);
    let [questionnaires, lists] = [questionnaires, lists].map(|list| match list {
        Value::Array(list) => list,
        _ => Vec::new(),
    });

    if into {
        put_into(&mut plan, questionnaires, lists, &tags);
        // The places in the plan are no longer those of the workbook.
        origins.clear();
    } else {
        for (table, sheet) in &tables {
            let list: Vec<Value> = match table.sheet {
                "questionnaires" => continue,
                "scales" => table::read_scales(sheet, &tags.tags, &mut findings, &mut origins),
                "indicators" => table::read_indicators(sheet, &tags.tags, &mut findings),
                name => table::read(sheet, table, &["/", name].concat(), &tags.tags, &mut findings, &mut origins)
                    .into_iter()
                    .map(Value::Object)
                    .collect(),
            };
            plan.insert(table.sheet.to_owned(), Value::Array(list));
        }
        plan.insert("choice_lists".to_owned(), Value::Array(lists));
        plan.insert("questionnaires".to_owned(), Value::Array(questionnaires));
        fill(&mut plan, &slug, title, &settings, &tags, options, &mut findings);
        if let Some(sheet) = &plan_sheet {
            take_pieces(&mut plan, sheet, said, plan_members, &tags, &mut origins, &mut findings);
        }
    }
    pictures.finish(&mut plan);
    Ok(Made { plan, findings, origins })
}

/// The sheets of a workbook by their names in lower case.
struct Book<'a> {
    workbook: &'a Workbook,
}

impl<'a> Book<'a> {
    fn grid(&self, name: &str) -> Option<&'a Grid> {
        self.workbook.sheets.iter().find(|grid| grid.name.trim().to_lowercase() == name.to_lowercase())
    }

    fn sheet(&self, name: &str, aliases: bool) -> Option<Sheet<'a>> {
        self.grid(name).filter(|grid| !grid.rows.is_empty()).map(|grid| Sheet::of(grid, aliases))
    }

    /// The sheets of questions, in the order of the questionnaires.
    fn surveys(&self, listed: Option<&Sheet>) -> Vec<&'a Grid> {
        if let Some(sheet) = listed {
            return sheet
                .rows()
                .filter(|row| !row.is_empty())
                .filter_map(|row| self.grid(&row.get("sheet").unwrap_or_else(|| "survey".to_owned())))
                .collect();
        }
        match (self.grid("survey"), self.workbook.sheets.as_slice()) {
            (Some(grid), _) => vec![grid],
            (None, [only]) => vec![only],
            _ => Vec::new(),
        }
    }

    /// Sheets that were not read.
    fn tell(&self, surveys: &[Sheet], findings: &mut Findings) {
        for grid in self.workbook.sheets.iter().filter(|grid| !grid.rows.is_empty()) {
            let name = grid.name.trim().to_lowercase();
            let own =
                ["plan", "settings", "choices", "scales", "indicators", "questionnaires"].contains(&name.as_str());
            if own
                || surveys.iter().any(|sheet| sheet.name == grid.name)
                || TABLES.iter().any(|table| table.sheet == name)
            {
                continue;
            }
            let code = if FOR_ODK.contains(&name.as_str()) { Code::SheetNotCarried } else { Code::SheetNotRead };
            findings.add(code, &grid.name, None, "", []);
        }
    }
}

/// The first row of the sheet `settings`.
struct Settings<'a> {
    sheet: Option<Sheet<'a>>,
    values: BTreeMap<String, String>,
}

impl<'a> Settings<'a> {
    fn read(book: &Book<'a>) -> Settings<'a> {
        let sheet = book.sheet("settings", true);
        let mut values = BTreeMap::new();
        if let Some(row) = sheet.as_ref().and_then(|sheet| sheet.rows().find(|row| !row.is_empty())) {
            for column in &row.sheet.columns {
                if let Some(value) = row.cell(column) {
                    values.entry(column.key.clone()).or_insert(value);
                }
            }
        }
        Settings { sheet, values }
    }

    fn get(&self, key: &str) -> Option<&str> {
        self.values.get(key).map(String::as_str)
    }

    fn name(&self) -> &str {
        self.sheet.as_ref().map_or("settings", |sheet| sheet.name)
    }

    fn title(&self, tags: &BTreeMap<Option<String>, String>) -> Option<BTreeMap<String, String>> {
        let sheet = self.sheet.as_ref()?;
        let title = sheet.rows().find(|row| !row.is_empty())?.text("title", tags);
        (!title.is_empty()).then_some(title)
    }

    fn tell(&self, findings: &mut Findings) {
        let Some(sheet) = &self.sheet else { return };
        for column in sheet.columns.iter().filter(|column| column.filled) {
            let (key, header) = (column.key.as_str(), column.header.as_str());
            match key {
                "instance_name" => findings.add(Code::InstanceName, sheet.name, None, header, []),
                _ if SETTINGS.contains(&key) => {}
                _ => findings.add(Code::SettingForOdk, sheet.name, None, header, [header]),
            }
        }
    }
}

/// The languages of a workbook.
struct Tags {
    /// The language as columns name it to its tag; none stands for the first language.
    tags: BTreeMap<Option<String>, String>,
    first: String,
    /// In order.
    all: Vec<String>,
}

impl Tags {
    fn find(sheets: &[&Sheet], named: &str, settings: &Settings, options: &Options, findings: &mut Findings) -> Tags {
        let (mut tags, mut all): (BTreeMap<Option<String>, String>, Vec<String>) = Default::default();
        let mut untagged = false;
        all.extend(named.split_whitespace().map(str::to_owned));
        let columns = || sheets.iter().flat_map(|sheet| sheet.columns.iter().map(move |column| (sheet, column)));
        for (sheet, column) in columns().filter(|(_, column)| column.filled && !column.repeated) {
            let Some(language) = &column.language else {
                untagged |= matches!(column.key.as_str(), "label" | "hint");
                continue;
            };
            if tags.contains_key(&Some(language.clone())) {
                continue;
            }
            let tag = match tag_of(language) {
                Tag::Written(tag) => tag,
                Tag::Named(tag) => {
                    findings.add(Code::LanguageNamed, sheet.name, None, &column.header, [language, &tag]);
                    tag
                }
                Tag::Unknown => {
                    // ISO 639-2 keeps qaa to qtz for private use.
                    let free =
                        ('a'..='z').map(|c| format!("qa{c}")).find(|tag| !tags.values().any(|known| known == tag));
                    let tag = free.unwrap_or_else(|| "und".to_owned());
                    findings.add(Code::LanguageUnknown, sheet.name, None, &column.header, [language, &tag]);
                    tag
                }
            };
            if !all.contains(&tag) {
                all.push(tag.clone());
            }
            tags.insert(Some(language.clone()), tag);
        }
        let told = options.language.clone().or_else(|| {
            let language = settings.get("default_language")?;
            let known = tags.get(&Some(language.to_owned())).cloned();
            known.or_else(|| match tag_of(language) {
                Tag::Written(tag) | Tag::Named(tag) => Some(tag),
                Tag::Unknown => None,
            })
        });
        let first = match (told, untagged, named.split_whitespace().next()) {
            (Some(tag), ..) => tag,
            (None, false, Some(tag)) => tag.to_owned(),
            (None, false, None) if !all.is_empty() => all[0].clone(),
            _ => {
                let han = |c: char| ('\u{4e00}'..='\u{9fff}').contains(&c);
                let chinese = columns().filter(|(_, column)| column.key == "label" && column.language.is_none());
                let chinese = chinese.take(8).any(|(sheet, column)| {
                    sheet.rows().take(50).any(|row| row.cell(column).is_some_and(|words| words.contains(han)))
                });
                let guess = if chinese { "zh" } else { "en" };
                let free = if all.iter().any(|tag| tag == guess) { "und" } else { guess };
                findings.add(Code::LanguageAssumed, "", None, "", [free]);
                free.to_owned()
            }
        };
        all.retain(|tag| *tag != first);
        all.insert(0, first.clone());
        tags.insert(None, first.clone());
        Tags { tags, first, all }
    }

    /// A text of the options.
    fn text(&self, words: &[(Option<String>, String)]) -> Value {
        let tag = |tag: &Option<String>| tag.clone().unwrap_or_else(|| self.first.clone());
        let mut text: BTreeMap<String, String> = words.iter().map(|(t, words)| (tag(t), words.clone())).collect();
        // Empty, for the check of the plan to name what is left to write.
        text.entry(self.first.clone()).or_default();
        super::node::text(text)
    }
}

/// The id of a plan after a name.
fn slug(name: &str) -> String {
    let mut out = String::new();
    for c in name.chars() {
        match c.to_ascii_lowercase() {
            c if c.is_ascii_lowercase() || c.is_ascii_digit() => out.push(c),
            _ if out.is_empty() || out.ends_with('-') => {}
            _ => out.push('-'),
        }
        if out.len() == 56 {
            break;
        }
    }
    let out = out.trim_end_matches('-');
    match out.chars().next() {
        None => "form".to_owned(),
        Some(first) if first.is_ascii_digit() => ["form-", out].concat(),
        Some(_) => out.to_owned(),
    }
}

/// What a plan has and a workbook of ODK has not.
fn fill(
    plan: &mut Members,
    slug: &str,
    title: BTreeMap<String, String>,
    settings: &Settings,
    tags: &Tags,
    options: &Options,
    findings: &mut Findings,
) {
    let list = |names: &[&str]| names.iter().map(|name| Value::String((*name).to_owned())).collect::<Value>();
    let mut put = |name: &str, value: Value| {
        plan.entry(name.to_owned()).or_insert(value);
    };
    put("format", 1.into());
    put("id", slug.into());
    put("version", settings.get("version").unwrap_or("1").into());
    put("languages", list(&tags.all.iter().map(String::as_str).collect::<Vec<_>>()));
    put("title", text(title));
    put("asker", tags.text(&options.asker));
    put("purpose", tags.text(&options.purpose));
    let privacy = [("notice".to_owned(), tags.text(&options.notice)), ("anonymous".to_owned(), true.into())];
    put("privacy", Value::Object(Members::from_iter(privacy)));
    put("modes", list(&["web", "face"]));
    for name in ["units", "scales", "indicators"] {
        put(name, Value::Array(Vec::new()));
    }
    if !plan.contains_key("rounds") {
        let label = |tag: &String| if tag.starts_with("zh") { "第一轮" } else { "Round 1" }.to_owned();
        let label = text(tags.all.iter().map(|tag| (tag.clone(), label(tag))).collect());
        let round = Members::from_iter([("id".to_owned(), "1".into()), ("label".to_owned(), label)]);
        plan.insert("rounds".to_owned(), Value::Array(vec![Value::Object(round)]));
        findings.add(Code::RoundMade, "", None, "", []);
    }
}

/// Texts and values of the sheet `plan` by member: the value, and the row.
type Pieces = BTreeMap<String, (String, u32)>;

/// The values of the sheet, pieces of one member joined, and the names of the members.
fn read_pieces(sheet: &Sheet) -> (Pieces, BTreeSet<String>) {
    let (mut pieces, mut members) = (Pieces::new(), BTreeSet::new());
    for row in sheet.rows() {
        let Some(member) = row.get("member") else { continue };
        if let Some(value) = row.joined("value") {
            pieces.entry(member.clone()).or_insert_with(|| (String::new(), row.number)).0.push_str(&value);
        }
        members.insert(member);
    }
    (pieces, members)
}

fn take_pieces(
    plan: &mut Members,
    sheet: &Sheet,
    pieces: Pieces,
    members: BTreeSet<String>,
    tags: &Tags,
    origins: &mut Origins,
    findings: &mut Findings,
) {
    let mut privacy = match plan.remove("privacy") {
        Some(Value::Object(privacy)) => privacy,
        _ => Members::new(),
    };
    for row in sheet.rows() {
        let Some(member) = row.get("member").filter(|member| members.contains(member)) else { continue };
        let words = row.text("text", &tags.tags);
        let within = PRIVACY.contains(&member.as_str());
        let at = [if within { "/privacy/" } else { "/" }, &member].concat();
        origins.insert(at, Origin { sheet: sheet.name.to_owned(), row: Some(row.number), column: String::new() });
        if !words.is_empty() {
            (if within { &mut privacy } else { &mut *plan }).insert(member, text(words));
        }
    }
    for (member, (cell, row)) in pieces {
        // Whole, in place of its members above.
        if member == "privacy"
            && let Ok(whole) = serde_json::from_str(&cell)
        {
            privacy = whole;
            continue;
        }
        let held = PLAN.iter().find(|(known, _)| *known == member).map(|(_, held)| *held);
        let whole = serde_json::from_str::<Value>(&cell).ok().filter(|value| value.is_object() || value.is_string());
        let value = match held {
            // As JSON: what the cells of the sheet cannot say.
            Some(Held::Words | Held::Text) if whole.is_some() => whole.unwrap_or_default(),
            // A text of one language may stand in the column for values too.
            Some(Held::Words) => text(BTreeMap::from([(tags.first.clone(), cell.trim().to_owned())])),
            Some(held) => value_of(cell.trim().to_owned(), held),
            None => match serde_json::from_str(&cell) {
                Ok(value) => value,
                Err(why) => {
                    findings.add(Code::BadMembers, sheet.name, Some(row), "value", [&why.to_string()]);
                    continue;
                }
            },
        };
        (if PRIVACY.contains(&member.as_str()) { &mut privacy } else { &mut *plan }).insert(member, value);
    }
    plan.insert("privacy".to_owned(), Value::Object(privacy));
}

/// Puts questionnaires and lists into a plan, in the place of those with the same ids.
fn put_into(plan: &mut Members, questionnaires: Vec<Value>, lists: Vec<Value>, tags: &Tags) {
    for (name, values) in [("choice_lists", lists), ("questionnaires", questionnaires)] {
        let Value::Array(there) = plan.entry(name).or_insert_with(|| Value::Array(Vec::new())) else { continue };
        for value in values {
            match there.iter_mut().find(|known| known.get("id") == value.get("id")) {
                Some(known) => *known = value,
                None => there.push(value),
            }
        }
    }
    if let Some(Value::Array(languages)) = plan.get_mut("languages") {
        for tag in &tags.all {
            if !languages.iter().any(|known| known.as_str() == Some(tag)) {
                languages.push(Value::String(tag.clone()));
            }
        }
    }
}
