use crate::language::Language;
use crate::plan::{Plan, Text};

/// A line of the list: a place or window, and whom it is for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Place {
    pub name: String,
    /// Ids in the plan.
    pub stratum: Option<String>,
    pub group: Option<String>,
    /// Printed below the name, such as an address.
    pub note: String,
}

/// What is wrong with a line, counted from 1.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    NoName(usize),
    TooLong(usize, String),
    Stratum(usize, String),
    Group(usize, String),
    NotATable(usize),
}

/// Characters of a name.
const LONGEST: usize = 60;

const HEADS: [&[&str]; 4] = [
    &["place", "window", "name", "地点", "窗口", "名称", "点位", "位置"],
    &["stratum", "district", "层", "片区", "地区", "街道", "社区", "区县", "乡镇"],
    &["group", "人群", "群体", "类别"],
    &["note", "address", "备注", "地址", "说明"],
];

/// Reads a list: a place on each line, or a table with the columns place, stratum, rater group and note, between tabs or as CSV;
/// with a head they may stand in any order. Strata and groups are named by id or by what the plan calls them.
///
/// # Errors
/// Everything that is wrong; nothing of such a list is used.
pub fn parse_places(plan: &Plan, text: &str) -> Result<Vec<Place>, Vec<Fault>> {
    let text = text.trim_start_matches('\u{feff}');
    let delimiter = if text.contains('\t') { b'\t' } else { b',' };
    let mut reader =
        csv::ReaderBuilder::new().has_headers(false).flexible(true).delimiter(delimiter).from_reader(text.as_bytes());
    let (mut places, mut faults) = (Vec::new(), Vec::new());
    let mut columns: Option<[Option<usize>; 4]> = None;
    for (at, row) in reader.records().enumerate() {
        let Ok(row) = row else {
            faults.push(Fault::NotATable(at + 1));
            continue;
        };
        let line = row.position().map_or(at + 1, |position| position.line() as usize);
        let cells: Vec<&str> = row.iter().map(str::trim).collect();
        if cells.iter().all(|cell| cell.is_empty()) {
            continue;
        }
        let of = *columns.get_or_insert_with(|| head(&cells).unwrap_or([Some(0), Some(1), Some(2), Some(3)]));
        if places.is_empty() && faults.is_empty() && head(&cells).is_some() {
            continue;
        }
        let cell = |column: usize| of[column].and_then(|at| cells.get(at)).copied().unwrap_or("");
        let place = cell(0);
        if place.is_empty() {
            faults.push(Fault::NoName(line));
        } else if place.chars().count() > LONGEST {
            faults.push(Fault::TooLong(line, place.chars().take(12).collect()));
        }
        let strata = plan.strata.iter().map(|stratum| (&stratum.id, &stratum.label));
        let groups = plan.rater_groups.iter().map(|group| (&group.id, &group.label));
        let stratum = known(strata, cell(1)).unwrap_or_else(|| {
            faults.push(Fault::Stratum(line, cell(1).to_owned()));
            None
        });
        let group = known(groups, cell(2)).unwrap_or_else(|| {
            faults.push(Fault::Group(line, cell(2).to_owned()));
            None
        });
        places.push(Place { name: place.to_owned(), stratum, group, note: cell(3).to_owned() });
    }
    if faults.is_empty() { Ok(places) } else { Err(faults) }
}

/// Which column is which, where the first row says so.
fn head(cells: &[&str]) -> Option<[Option<usize>; 4]> {
    let at = |words: &[&str]| cells.iter().position(|cell| words.contains(&cell.to_lowercase().as_str()));
    let columns = HEADS.map(at);
    columns[0].is_some().then_some(columns)
}

/// The id of what is called so. Outer None: nothing is. Inner None: nothing was written.
fn known<'a>(all: impl Iterator<Item = (&'a String, &'a Text)>, called: &str) -> Option<Option<String>> {
    if called.is_empty() {
        return Some(None);
    }
    let mut all = all;
    let found = all.find(|(id, label)| *id == called || label.iter().any(|(_, name)| name == called));
    found.map(|(id, _)| Some(id.clone()))
}

impl Fault {
    pub fn told(&self, language: Language) -> String {
        let zh = language == Language::Zh;
        match self {
            Fault::NoName(line) if zh => format!("第 {line} 行：没有地点名称"),
            Fault::NoName(line) => format!("line {line}: there is no name of a place"),
            Fault::TooLong(line, name) if zh => format!("第 {line} 行：“{name}……”超过 {LONGEST} 个字，海报上放不下"),
            Fault::TooLong(line, name) => {
                format!("line {line}: `{name}…` has more than {LONGEST} characters; shorten it")
            }
            Fault::Stratum(line, found) if zh => {
                format!("第 {line} 行：方案里没有“{found}”这个地区（抽样层）；请写编号或名称")
            }
            Fault::Stratum(line, found) => {
                format!("line {line}: the plan has no stratum `{found}`; write its id or name")
            }
            Fault::Group(line, found) if zh => format!("第 {line} 行：方案里没有“{found}”这个人群；请写编号或名称"),
            Fault::Group(line, found) => {
                format!("line {line}: the plan has no rater group `{found}`; write its id or name")
            }
            Fault::NotATable(line) if zh => format!("第 {line} 行：引号没有配对，读不成表格"),
            Fault::NotATable(line) => format!("line {line}: this is no line of a table; look for a quotation mark"),
        }
    }
}
