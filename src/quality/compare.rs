use super::{Agreement, Sheet};

use crate::named::Named;
use crate::plan::{Item, ItemType, OTHER, Plan};
use crate::session::{Answer, MissingReason, Record};
use std::collections::{BTreeMap, HashMap};
use std::fmt;
use std::io::Read;

/// A record's second answers against its first.
#[derive(Clone, Debug, Default)]
pub struct Comparison {
    /// One for each column of the file that is a question, in the file's order.
    pub questions: Vec<Compared>,
    /// All questions together, by interviewer or device: place in [`Sheet::holders`] (`None`: residents alone) to answers compared, and
    /// those of them that differ.
    pub holders: BTreeMap<Option<u32>, (u64, u64)>,
    /// Records that were asked again.
    pub records: usize,
    /// Columns that are no question of the questionnaire: notes of the office.
    pub passed_over: Vec<String>,
    /// Every answer that differs: case, column, first answer, second answer.
    pub differences: Vec<(u32, String, String, String)>,
}

/// One question asked twice.
#[derive(Clone, Debug)]
pub struct Compared {
    /// As the column is called: `item`, or `item/unit/indicator`.
    pub column: String,
    pub agreement: Agreement,
    /// Records with an answer the first time only, and the second time only.
    pub first_only: u64,
    pub second_only: u64,
}

/// Why a file of second answers cannot be compared.
#[derive(Debug)]
pub enum CompareError {
    /// Not a CSV table; line where known.
    NotATable(csv::Error),
    /// No column `id`.
    NoIds,
    /// A record that is not among those of this questionnaire and round: its line and id.
    UnknownRecord { line: u64, id: String },
    /// The same record twice.
    Twice { line: u64, id: String },
    /// No column is a question.
    NoQuestions(Vec<String>),
    /// An answer that the question does not offer.
    UnknownAnswer { line: u64, column: String, answer: String, known: Vec<String> },
}

impl fmt::Display for CompareError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            CompareError::NotATable(error) => write!(f, "this is no CSV table in UTF-8: {error}"),
            CompareError::NoIds => {
                f.write_str("the table has no column `id`; keep the one of `minping backcheck draw`")
            }
            CompareError::UnknownRecord { line, id } => {
                write!(f, "line {line}: no record `{id}` is in this round and questionnaire; correct the id")
            }
            CompareError::Twice { line, id } => {
                write!(f, "line {line}: the record `{id}` is there twice; keep one line")
            }
            CompareError::NoQuestions(found) => write!(
                f,
                "none of the columns {} is a question; call them as `minping open --records` does: `item` or `item/unit/indicator`",
                found.join(", ")
            ),
            CompareError::UnknownAnswer { line, column, answer, known } => write!(
                f,
                "line {line}, column `{column}`: `{answer}` is not offered; write one of {}",
                known.join(", ")
            ),
        }
    }
}

impl std::error::Error for CompareError {}

impl CompareError {
    /// The same in Chinese.
    pub fn zh(&self) -> String {
        match self {
            CompareError::NotATable(error) => format!("不是 UTF-8 的 CSV 表：{error}"),
            CompareError::NoIds => "表中没有 `id` 列；请保留 `minping backcheck draw` 给出的那一列".to_owned(),
            CompareError::UnknownRecord { line, id } => {
                format!("第 {line} 行：本轮次、本问卷里没有答卷 `{id}`；请改正编号")
            }
            CompareError::Twice { line, id } => format!("第 {line} 行：答卷 `{id}` 出现了两次；请只留一行"),
            CompareError::NoQuestions(found) => format!(
                "{} 各列都不是题目；列名须与 `minping open --records` 相同：`题目` 或 `题目/单位/指标`",
                found.join("、")
            ),
            CompareError::UnknownAnswer { line, column, answer, known } => {
                format!("第 {line} 行 `{column}` 列：没有 `{answer}` 这个选项；请填 {} 之一", known.join("、"))
            }
        }
    }
}

/// What a column of the file asks.
enum Asked {
    /// A closed question: names of what it offers.
    Closed(Vec<String>),
    /// Anything may be said.
    Open,
}

/// Compares second answers, a CSV table with a column `id` and one for each question, with the first. A cell that is empty was not
/// asked again. `refused` and `dont_know` stand for these, beside what the scale offers.
///
/// # Errors
/// The first thing in the table that cannot be compared, with its line.
pub fn compare(sheet: &Sheet<'_>, table: impl Read) -> Result<Comparison, CompareError> {
    let mut reader = csv::ReaderBuilder::new().flexible(false).from_reader(table);
    let header = reader.headers().map_err(CompareError::NotATable)?.clone();
    let names: Vec<String> = header.iter().map(|name| name.trim_start_matches('\u{feff}').trim().to_owned()).collect();
    let id_at = names.iter().position(|name| name == "id").ok_or(CompareError::NoIds)?;
    let plan = sheet.codebook.plan();
    let asked: Vec<Option<Asked>> = names
        .iter()
        .enumerate()
        .map(|(at, name)| if at == id_at { None } else { question(plan, &sheet.asked().items, name) })
        .collect();
    let mut comparison = Comparison::default();
    let mut place = vec![None; names.len()];
    for (at, (name, asked)) in names.iter().zip(&asked).enumerate() {
        match asked {
            Some(asked) => {
                place[at] = Some(comparison.questions.len());
                let categories = match asked {
                    // Refusal and "don't know" may be said everywhere.
                    Asked::Closed(known) => known.len(),
                    Asked::Open => 0,
                };
                let agreement = Agreement::new(categories);
                comparison.questions.push(Compared { column: name.clone(), agreement, first_only: 0, second_only: 0 });
            }
            None if at != id_at => comparison.passed_over.push(name.clone()),
            None => {}
        }
    }
    if comparison.questions.is_empty() {
        return Err(CompareError::NoQuestions(comparison.passed_over));
    }
    let cases: HashMap<&str, u32> = sheet.cases.iter().enumerate().map(|(at, case)| (case.id, at as u32)).collect();
    let mut seen = HashMap::new();
    for row in reader.records() {
        let row = row.map_err(CompareError::NotATable)?;
        let line = row.position().map_or(0, csv::Position::line);
        // Spreadsheets guard an id that begins with `-`.
        let id = row.get(id_at).unwrap_or("").trim().trim_start_matches('\'').to_owned();
        let case = *cases.get(id.as_str()).ok_or_else(|| CompareError::UnknownRecord { line, id: id.clone() })?;
        if seen.insert(case, line).is_some() {
            return Err(CompareError::Twice { line, id });
        }
        comparison.records += 1;
        let own = &sheet.cases[case as usize];
        let record = sheet.codebook.unpack(own.id, own.row);
        for (at, cell) in row.iter().enumerate() {
            let (Some(index), Some(asked)) = (place[at], &asked[at]) else { continue };
            let second = cell.trim();
            let first = first_answer(&record, &names[at]);
            let compared = &mut comparison.questions[index];
            match (first, second.is_empty()) {
                (None, true) => {}
                (Some(_), true) => compared.first_only += 1,
                (first, false) => {
                    let allowed = match asked {
                        Asked::Open => true,
                        Asked::Closed(known) => {
                            ["refused", "dont_know"].contains(&second)
                                || second.split(' ').all(|part| known.iter().any(|name| name == part))
                        }
                    };
                    if !allowed {
                        let known = match asked {
                            Asked::Closed(known) => known.clone(),
                            Asked::Open => Vec::new(),
                        };
                        let (column, answer) = (names[at].clone(), second.to_owned());
                        return Err(CompareError::UnknownAnswer { line, column, answer, known });
                    }
                    let Some(first) = first else {
                        compared.second_only += 1;
                        continue;
                    };
                    compared.agreement.add(&first, second);
                    let sums = comparison.holders.entry(own.holder).or_default();
                    sums.0 += 1;
                    if first != second {
                        sums.1 += 1;
                        comparison.differences.push((case, names[at].clone(), first, second.to_owned()));
                    }
                }
            }
        }
    }
    comparison.differences.sort();
    Ok(comparison)
}

/// Whether a column of this name, `item` or `item/unit/indicator`, is a question of the sheet's questionnaire.
pub fn is_question(sheet: &Sheet<'_>, column: &str) -> bool {
    question(sheet.codebook.plan(), &sheet.asked().items, column).is_some()
}

/// What the record says to a question; `None`: blank or not asked.
pub fn first_answer(record: &Record, column: &str) -> Option<String> {
    let mut parts = column.splitn(3, '/');
    let item = parts.next()?;
    if let Some(reason) = record.missing.get(item) {
        return Some(match reason {
            MissingReason::Refused => "refused".to_owned(),
            MissingReason::DontKnow => "dont_know".to_owned(),
        });
    }
    match (record.answers.get(item)?, parts.next(), parts.next()) {
        (Answer::Grid(grid), Some(unit), Some(indicator)) => cell(grid, unit, indicator),
        (Answer::Grid(_), ..) => None,
        (answer, None, None) => Some(super::sheet::said(answer)),
        _ => None,
    }
}

fn cell(grid: &Named<Named<String>>, unit: &str, indicator: &str) -> Option<String> {
    grid.get(unit)?.get(indicator).cloned()
}

/// What a column asks: `None` where it is no question of the questionnaire.
fn question(plan: &Plan, items: &[Item], column: &str) -> Option<Asked> {
    let mut parts = column.splitn(3, '/');
    let name = parts.next()?;
    let item = find(items, name)?;
    let scale = || {
        let scale = plan.scales.iter().find(|scale| Some(&scale.id) == item.scale.as_ref())?;
        let grades = scale.grades.iter().map(|grade| grade.name.clone());
        Some(grades.chain(scale.missing.iter().map(|answer| answer.name.clone())).collect::<Vec<String>>())
    };
    match (item.kind, parts.next(), parts.next()) {
        (ItemType::GradeMatrix, Some(unit), Some(indicator)) => {
            let units = item.units.is_empty() || item.units.iter().any(|own| own == unit);
            let own = plan.columns_of(item).iter().any(|own| own == indicator);
            (units && own && plan.unit(unit).is_some()).then(scale).flatten().map(Asked::Closed)
        }
        (ItemType::GradeMatrix, ..) => None,
        (ItemType::Grade, None, None) => scale().map(Asked::Closed),
        (ItemType::SelectOne | ItemType::SelectMultiple | ItemType::Rank, None, None) => {
            let list = plan.choice_lists.iter().find(|list| Some(&list.id) == item.choices.as_ref())?;
            let mut known: Vec<String> = list.choices.iter().map(|choice| choice.name.clone()).collect();
            known.extend(item.other.is_some().then(|| OTHER.to_owned()));
            Some(Asked::Closed(known))
        }
        (ItemType::Group | ItemType::Repeat | ItemType::Note, ..) => None,
        (_, None, None) => Some(Asked::Open),
        _ => None,
    }
}

fn find<'a>(items: &'a [Item], name: &str) -> Option<&'a Item> {
    items.iter().find_map(|item| match item.kind {
        // What is in repeats has no single answer.
        ItemType::Repeat => None,
        ItemType::Group => find(&item.items, name),
        _ => (item.name == name).then_some(item),
    })
}
