//! The records to ask again, and what the second answers say: tables for people, spreadsheets and programs.

use super::{Cell, Column, Table};
use crate::language::Language;
use crate::plan::Plan;
use crate::quality::{Coefficient, Comparison, Sheet};

/// Which table of a comparison.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "cli", derive(clap::ValueEnum))]
pub enum Answers {
    /// One row for each question: agreement
    #[default]
    Questions,
    /// One row for each interviewer or device: how many answers differ
    Interviewers,
    /// One row for each answer that differs
    Differences,
}

/// Records that were drawn.
pub struct Drawn<'a> {
    pub sheet: &'a Sheet<'a>,
    /// Places of cases.
    pub cases: &'a [u32],
}

/// The list to call by: one row for each record. `with`: items whose answers are shown, such as a telephone number that was given for this;
/// `ask`: questions to ask again, as empty columns to fill in.
pub fn drawn_table(
    plan: &Plan,
    drawn: &[Drawn<'_>],
    with: &[String],
    ask: &[String],
    holder_name: &dyn Fn(&str) -> String,
) -> Table {
    let mut columns = vec![
        Column::new("id", "答卷编号", "record"),
        Column::new("round", "轮次", "round"),
        Column::new("questionnaire", "问卷", "questionnaire"),
        Column::new("interviewer", "设备/调查员", "device or interviewer"),
        Column::new("rater_group", "群体", "rater group"),
        Column::new("stratum", "层", "stratum"),
    ];
    columns.extend(with.iter().map(|item| Column::planned(["first:", item].concat(), item)));
    columns.extend(ask.iter().map(|question| Column::planned(question.clone(), question)));
    let mut table = Table::new(&columns);
    for Drawn { sheet, cases } in drawn {
        for case in cases.iter().map(|at| &sheet.cases[*at as usize]) {
            let record = sheet.codebook.unpack(case.id, case.row);
            let optional = |text: Option<String>| text.map_or(Cell::None, Cell::Text);
            let mut row = vec![
                Cell::text(case.id),
                Cell::text(&plan.rounds[sheet.round].id),
                Cell::text(&plan.questionnaires[sheet.questionnaire].id),
                optional(case.holder.map(|holder| holder_name(&sheet.holders[holder as usize]))),
                optional(record.rater_group.clone()),
                optional(record.stratum.clone()),
            ];
            row.extend(with.iter().map(|item| optional(crate::quality::first_answer(&record, item))));
            row.extend(ask.iter().map(|_| Cell::None));
            table.push(row);
        }
    }
    table
}

/// A comparison as a table.
pub fn answers_table(
    sheet: &Sheet<'_>,
    compared: &Comparison,
    show: Answers,
    holder_name: &dyn Fn(&str) -> String,
    for_people: bool,
    language: Language,
) -> Table {
    let number = |value: Option<f64>| match value {
        Some(value) if for_people => Cell::Number(format!("{value:.3}")),
        Some(value) => Cell::Number(value.to_string()),
        None => Cell::None,
    };
    let count = |count: u64| Cell::Number(count.to_string());
    let alone = match language {
        Language::Zh => "自填",
        Language::En => "answered alone",
    };
    let holder = |at: Option<u32>| match at {
        Some(at) => Cell::Text(holder_name(&sheet.holders[at as usize])),
        None => Cell::text(alone),
    };
    let table = match show {
        Answers::Questions => {
            let mut table = Table::new(&[
                Column::new("question", "题目", "question"),
                Column::new("n", "两次都答", "answered twice"),
                Column::new("equal", "相同", "equal"),
                Column::new("share", "一致率", "share"),
                Column::new("low", "下限", "low"),
                Column::new("high", "上限", "high"),
                Column::new("kappa", "Kappa", "kappa"),
                Column::new("kappa_low", "Kappa 下限", "kappa low"),
                Column::new("kappa_high", "Kappa 上限", "kappa high"),
                Column::new("ac1", "AC1", "AC1"),
                Column::new("ac1_low", "AC1 下限", "AC1 low"),
                Column::new("ac1_high", "AC1 上限", "AC1 high"),
                Column::new("first_only", "只答第一次", "first time only"),
                Column::new("second_only", "只答第二次", "second time only"),
            ]);
            for question in &compared.questions {
                let agreement = &question.agreement;
                let interval = agreement.interval();
                let mut row = vec![
                    Cell::text(&question.column),
                    count(agreement.n()),
                    count(agreement.equal()),
                    number(agreement.share()),
                    number(interval.map(|(low, _)| low)),
                    number(interval.map(|(_, high)| high)),
                ];
                for found in [agreement.kappa(), agreement.ac1()] {
                    let part = |of: fn(Coefficient) -> f64| number(found.map(of));
                    row.extend([part(|own| own.value), part(|own| own.low), part(|own| own.high)]);
                }
                row.extend([count(question.first_only), count(question.second_only)]);
                table.push(row);
            }
            table
        }
        Answers::Interviewers => {
            let mut table = Table::new(&[
                Column::new("interviewer", "设备/调查员", "device or interviewer"),
                Column::new("answers", "比较的答案", "answers compared"),
                Column::new("differ", "不同", "differ"),
                Column::new("share", "不同的比例", "share that differs"),
            ]);
            for (at, (answers, differ)) in &compared.holders {
                let share = (*answers > 0).then(|| *differ as f64 / *answers as f64);
                table.push(vec![holder(*at), count(*answers), count(*differ), number(share)]);
            }
            table
        }
        Answers::Differences => {
            let mut table = Table::new(&[
                Column::new("id", "答卷编号", "record"),
                Column::new("interviewer", "设备/调查员", "device or interviewer"),
                Column::new("question", "题目", "question"),
                Column::new("first", "第一次", "first answer"),
                Column::new("second", "第二次", "second answer"),
            ]);
            for (case, question, first, second) in &compared.differences {
                let case = &sheet.cases[*case as usize];
                let cells = [question, first, second].map(Cell::text);
                table.push([Cell::text(case.id), holder(case.holder)].into_iter().chain(cells).collect());
            }
            table
        }
    };
    if for_people { table.without_empty_columns() } else { table }
}
