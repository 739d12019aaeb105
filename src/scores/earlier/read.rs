use super::fault::{EarlierError, Fault, LONGEST};
use super::{Earlier, Number};
use crate::plan::{Decimal, Indicator, Item, ItemType, Plan, Text};
use std::collections::BTreeMap;
use std::io;

/// Columns by their names, in English and Chinese, and what else they are called; the first is what `minping estimate` writes.
const COLUMNS: [(&str, &[&str]); 8] = [
    ("round", &["轮次"]),
    ("unit", &["测评对象", "对象", "单位"]),
    ("indicator", &["指标"]),
    ("score", &["得分", "满意度得分", "mean", "estimate", "估计值"]),
    ("se", &["标准误"]),
    ("n", &["人数", "有效数", "有效答案"]),
    ("rate", &["满意率"]),
    ("rate_se", &["满意率标准误"]),
];
const ROUND: usize = 0;
const UNIT: usize = 1;
const INDICATOR: usize = 2;
const SCORE: usize = 3;
const SE: usize = 4;
const N: usize = 5;
const RATE: usize = 6;
const RATE_SE: usize = 7;
/// What stands before the name of a column by which `minping estimate` told its rows apart.
const PARTS: &str = "by:";
/// More faults than this are not listed: they are of one kind.
const MOST_FAULTS: usize = 50;

/// What a table came to.
#[derive(Clone, Debug, PartialEq)]
pub struct Read {
    /// In the order of the table.
    pub rounds: Vec<Earlier>,
    /// Columns that were not read, as they are called.
    pub ignored: Vec<String>,
}

/// Reads a table and holds it against the plan. `round`: the round of every row, where the table has no such column.
///
/// Units and indicators are named by their ids or their labels in any language. A row without an indicator is the unit's index.
///
/// # Errors
/// [`EarlierError`]: every line that cannot be used, and why; then nothing is taken.
pub fn read_earlier(plan: &Plan, table: impl io::Read, round: Option<&str>) -> Result<Read, EarlierError> {
    let mut reader = csv::ReaderBuilder::new().trim(csv::Trim::All).flexible(false).from_reader(table);
    let header = reader.headers().map_err(EarlierError::NotATable)?.clone();
    let mut at = [None; COLUMNS.len()];
    let mut ignored = Vec::new();
    let names: Vec<&str> = header.iter().map(|name| name.trim_start_matches('\u{feff}').trim()).collect();
    let place_of = |wanted: &str| names.iter().position(|name| *name == wanted);
    // What `minping estimate` writes: the parts stand under `by:…`, and rows of other kinds among them.
    let (kind, minus) = (place_of("kind"), place_of("minus").filter(|_| place_of("kind").is_some()));
    let parted: Vec<usize> = names.iter().filter_map(|name| column_of(name.strip_prefix(PARTS)?)).collect();
    for (place, name) in names.iter().enumerate().filter(|(place, _)| ![kind, minus].contains(&Some(*place))) {
        let part = name.strip_prefix(PARTS);
        let column = column_of(part.unwrap_or(name)).filter(|column| part.is_some() || !parted.contains(column));
        match column {
            None => ignored.push((*name).to_owned()),
            Some(column) if at[column].replace(place).is_some() => {
                return Err(EarlierError::Twice((*name).to_owned()));
            }
            Some(_) => {}
        }
    }
    if at[UNIT].is_none() || (at[ROUND].is_none() && round.is_none()) {
        return Err(EarlierError::NoColumn(if at[UNIT].is_none() { "unit" } else { "round" }));
    }
    if at[SCORE].is_none() && at[RATE].is_none() {
        return Err(EarlierError::NoNumbers);
    }
    let mut taking = Taking { plan, rounds: Vec::new(), lines: BTreeMap::new() };
    let mut faults = Vec::new();
    for row in reader.records() {
        let row = row.map_err(EarlierError::NotATable)?;
        let line = row.position().map_or(0, csv::Position::line);
        let cell = |column: usize| at[column].and_then(|place| row.get(place)).map(unguarded).unwrap_or_default();
        // A column that is there and empty in this row says nothing either.
        let cells = std::array::from_fn(|column| match (column, cell(column), round) {
            (ROUND, "", Some(round)) => round,
            (_, cell, _) => cell,
        });
        let told = |place: Option<usize>| place.and_then(|place| row.get(place)).unwrap_or_default();
        let taken = match (told(kind), told(minus)) {
            (_, minus) if !minus.is_empty() => Err(Fault::OtherKind("difference".to_owned())),
            ("" | "mean" | "index", _) => taking.take(line, cells),
            (kind, _) => Err(Fault::OtherKind(kind.to_owned())),
        };
        if let Err(fault) = taken {
            faults.push((line, fault));
            if faults.len() >= MOST_FAULTS {
                break;
            }
        }
    }
    match (faults.is_empty(), taking.rounds.is_empty()) {
        (false, _) => Err(EarlierError::Faults(faults)),
        (true, true) => Err(EarlierError::NoRows),
        (true, false) => Ok(Read { rounds: taking.rounds, ignored }),
    }
}

fn column_of(name: &str) -> Option<usize> {
    let called = |(own, others): &(&str, &[&str])| name.eq_ignore_ascii_case(own) || others.contains(&name);
    COLUMNS.iter().position(called)
}

/// Spreadsheets guard what begins with `-` or `=`.
fn unguarded(cell: &str) -> &str {
    cell.strip_prefix('\'').unwrap_or(cell).trim()
}

struct Taking<'a> {
    plan: &'a Plan,
    rounds: Vec<Earlier>,
    /// Round, unit and indicator to the line that said it.
    lines: BTreeMap<(String, String, Option<String>), u64>,
}

impl Taking<'_> {
    fn take(&mut self, line: u64, cells: [&str; COLUMNS.len()]) -> Result<(), Fault> {
        let plan = self.plan;
        let round = cells[ROUND];
        if round.is_empty() || round.chars().count() > LONGEST || round.chars().any(char::is_control) {
            return Err(Fault::Round);
        }
        let unit = named(plan.units.iter().map(|unit| (&unit.id, &unit.label)), cells[UNIT]);
        let unit = unit.ok_or_else(|| Fault::UnknownUnit(cells[UNIT].to_owned()))?;
        let indicator = self.indicator(&unit, cells[INDICATOR])?;
        let (low, high) = points(plan, indicator.as_deref());
        let score = number("score", cells[SCORE], low, high)?;
        let rate = number("rate", cells[RATE].trim_end_matches('%'), Decimal::ZERO, whole(100))?;
        let se = number("se", cells[SE], Decimal::ZERO, whole(1_000_000))?;
        let rate_se = number("rate_se", cells[RATE_SE].trim_end_matches('%'), Decimal::ZERO, whole(100))?;
        let n = match cells[N] {
            "" => None,
            found => Some(
                found
                    .parse()
                    .ok()
                    .filter(|n| *n > 0)
                    .ok_or(Fault::NoNumber { column: "n", found: found.to_owned() })?,
            ),
        };
        match (score, rate) {
            (None, None) => return Err(Fault::Empty),
            (None, _) if se.is_some() => return Err(Fault::Alone("se")),
            (_, None) if rate_se.is_some() => return Err(Fault::Alone("rate_se")),
            _ => {}
        }
        let key = (round.to_owned(), unit.clone(), indicator.clone());
        if let Some(before) = self.lines.insert(key, line) {
            return Err(Fault::Twice(before));
        }
        let at = self.rounds.iter().position(|known| known.round == round).unwrap_or_else(|| {
            self.rounds.push(Earlier { round: round.to_owned(), numbers: BTreeMap::new() });
            self.rounds.len() - 1
        });
        if let Some(known) = self.rounds.get_mut(at) {
            known.numbers.insert((unit, indicator), Number { score, se, rate, rate_se, n });
        }
        Ok(())
    }

    fn indicator(&self, unit: &str, name: &str) -> Result<Option<String>, Fault> {
        if name.is_empty() {
            return Ok(None);
        }
        let leaves = self.plan.leaf_indicators();
        let found = named(leaves.iter().map(|(leaf, _)| (&leaf.id, &leaf.label)), name);
        let Some(found) = found else {
            let mut all = Vec::new();
            walk(&self.plan.indicators, &mut all);
            let known = named(all.iter().map(|one| (&one.id, &one.label)), name).is_some();
            let name = name.to_owned();
            return Err(if known { Fault::NotALeaf(name) } else { Fault::UnknownIndicator(name) });
        };
        match self.plan.is_asked_of(&found, unit) {
            true => Ok(Some(found)),
            false => Err(Fault::NotAsked(name.to_owned())),
        }
    }
}

fn walk<'a>(list: &'a [Indicator], out: &mut Vec<&'a Indicator>) {
    for one in list {
        out.push(one);
        walk(&one.indicators, out);
    }
}

/// The id of what has this id, or this label in any language.
fn named<'a>(all: impl Iterator<Item = (&'a String, &'a Text)> + Clone, name: &str) -> Option<String> {
    let by_id = all.clone().find(|(id, _)| *id == name);
    let by_label = || {
        let mut found = all.filter(|(_, label)| label.iter().any(|(_, words)| words.trim() == name));
        // Two of one name: only the id tells which.
        found.next().filter(|_| found.next().is_none())
    };
    by_id.or_else(by_label).map(|(id, _)| id.clone())
}

fn whole(number: i64) -> Decimal {
    Decimal::from_millionths(number * Decimal::SCALE)
}

/// Nothing stands there, or a number between these two.
fn number(column: &'static str, found: &str, low: Decimal, high: Decimal) -> Result<Option<Decimal>, Fault> {
    if found.is_empty() {
        return Ok(None);
    }
    let value = Decimal::parse(&rounded(found)).map_err(|_| Fault::NoNumber { column, found: found.to_owned() })?;
    match low <= value && value <= high {
        true => Ok(Some(value)),
        false => {
            let (low, high) = (low.to_text(), high.to_text());
            Err(Fault::OutOfRange { column, found: found.to_owned(), low, high })
        }
    }
}

/// Programs write more places than a decimal holds: the seventh and later ones are rounded away.
fn rounded(digits: &str) -> String {
    match digits.split_once('.') {
        Some((_, places)) if places.len() > 6 && digits.bytes().all(|b| b.is_ascii_digit() || b"+-.".contains(&b)) => {
            digits.parse::<f64>().map_or_else(|_| digits.to_owned(), |value| format!("{value:.6}"))
        }
        _ => digits.to_owned(),
    }
}

/// The fewest and the most points of the scales on which an indicator is asked; of all scales for an index.
fn points(plan: &Plan, indicator: Option<&str>) -> (Decimal, Decimal) {
    let mut scales: Vec<&str> = Vec::new();
    for questionnaire in &plan.questionnaires {
        asked(plan, &questionnaire.items, indicator, &mut scales);
    }
    let scores = |wanted: &dyn Fn(&str) -> bool| {
        let scales = plan.scales.iter().filter(|scale| wanted(&scale.id));
        let scores: Vec<Decimal> = scales.flat_map(|scale| scale.grades.iter().map(|grade| grade.score)).collect();
        scores.iter().min().copied().zip(scores.iter().max().copied())
    };
    let found = scores(&|id| scales.contains(&id)).or_else(|| scores(&|_| true));
    found.unwrap_or((Decimal::ZERO, whole(100)))
}

fn asked<'a>(plan: &Plan, items: &'a [Item], indicator: Option<&str>, out: &mut Vec<&'a str>) {
    for item in items {
        let own = match (item.kind, indicator) {
            (ItemType::Grade | ItemType::GradeMatrix, None) => true,
            (ItemType::Grade, Some(id)) => item.indicator.as_deref() == Some(id),
            (ItemType::GradeMatrix, Some(id)) => plan.columns_of(item).iter().any(|column| column == id),
            _ => false,
        };
        if own {
            out.extend(item.scale.as_deref());
        }
        asked(plan, &item.items, indicator, out);
    }
}
