//! What people know, as a table: one row for each question with right answers, and one for the score.

use super::{Cell, Column, Table};
use crate::language::Language;
use crate::plan::{Item, Plan, Text, pick};
use crate::tally::{Fraction, Knowledge, Undefined, percent};

/// The table of one or more rounds. `exact`: with exact fractions, which are not for publication. `for_people`: words, and only
/// what says something.
pub fn knowledge_table(
    plan: &Plan,
    shown: &[Knowledge],
    places: u32,
    exact: bool,
    for_people: bool,
    language: Language,
) -> Table {
    let mut columns = vec![
        Column::new("round", "轮次", "round"),
        Column::new("questionnaire", "问卷", "questionnaire"),
        Column::new("item", "题目编号", "item"),
        Column::new("item_label", "题目", "question"),
        Column::new("points", "分值", "points"),
        Column::new("n", "作答", "n"),
        Column::new("right", "答对", "right"),
        Column::new("share", "答对率%", "right %"),
        Column::new("share_exact", "精确值", "exact"),
        Column::new("dont_know", "其中不知道", "of these don't know"),
        Column::new("refused", "拒答", "refused"),
        Column::new("blank", "未答", "blank"),
        Column::new("note", "说明", "note"),
    ];
    // People need no name that tells nothing apart.
    let hidden = |key: &str| match key {
        "round" => shown.len() <= 1,
        "questionnaire" => plan.questionnaires.len() == 1,
        key => ["item", "share_exact"].contains(&key),
    };
    let keep: Vec<bool> = columns.iter().map(|column| !for_people || !hidden(&column.key)).collect();
    let kept = |row: Vec<Cell>| row.into_iter().zip(&keep).filter(|(_, keep)| **keep).map(|(cell, _)| cell).collect();
    let mut at = 0;
    columns.retain(|_| {
        at += 1;
        keep[at - 1]
    });
    let mut table = Table::new(&columns);
    let zh = language == Language::Zh;
    let count = |count: Option<u64>| count.map_or(Cell::None, |count| Cell::Number(count.to_string()));
    let share = |share: &Result<Fraction, Undefined>| match share {
        Ok(value) => [
            Cell::Number(percent(value, places)),
            if exact { Cell::text(value.to_string()) } else { Cell::None },
            Cell::None,
        ],
        Err(Undefined::Withheld) => {
            [Cell::None, Cell::None, Cell::text(if zh { "人数太少，不公布" } else { "withheld: too few answers" })]
        }
        Err(_) => [Cell::None, Cell::None, Cell::text(if zh { "没有答案" } else { "no answers" })],
    };
    for round in shown {
        for question in &round.questions {
            let questionnaire = plan.questionnaire(&question.questionnaire);
            let label = questionnaire.and_then(|known| find(&known.items, &question.item));
            let label = label.map_or(question.item.as_str(), |label| said(plan, label, language));
            let [percent, fraction, note] = share(&question.share());
            table.push(kept(vec![
                Cell::text(&round.round),
                Cell::text(
                    questionnaire
                        .filter(|_| for_people)
                        .map_or(question.questionnaire.as_str(), |known| said(plan, &known.title, language)),
                ),
                Cell::text(&question.item),
                Cell::text(label),
                Cell::Number(question.points.to_text()),
                count(question.n),
                count(question.right),
                percent,
                fraction,
                count(question.dont_know),
                count(question.refused),
                count(question.blank),
                note,
            ]));
        }
        let [percent, fraction, note] = share(&round.mean);
        table.push(kept(vec![
            Cell::text(&round.round),
            Cell::None,
            Cell::None,
            Cell::text(if zh { "平均得分（每份答卷）" } else { "mean score of a record" }),
            Cell::None,
            count(round.records),
            Cell::None,
            percent,
            fraction,
            Cell::None,
            Cell::None,
            Cell::None,
            note,
        ]));
    }
    if for_people { table.without_empty_columns() } else { table }
}

/// One line for a round: the mean score and what it rests on.
pub fn knowledge_note(plan: &Plan, round: &Knowledge, places: u32, language: Language) -> String {
    let label = plan.round(&round.round).map_or(round.round.as_str(), |known| said(plan, &known.label, language));
    let n = round.records.map_or_else(|| "-".to_owned(), |n| n.to_string());
    let mean = round.mean.as_ref().map_or_else(|_| "-".to_owned(), |mean| percent(mean, places));
    match language {
        Language::Zh => format!("{label}：知识题平均得分 {mean}%（{n} 份答卷）；各题见 --by question"),
        Language::En => {
            format!("{label}: mean knowledge score {mean} % ({n} records); each question with --by question")
        }
    }
}

fn said<'t>(plan: &Plan, text: &'t Text, language: Language) -> &'t str {
    pick(text, language.tag(), plan.languages.first().map_or("", String::as_str))
}

fn find<'a>(items: &'a [Item], name: &str) -> Option<&'a Text> {
    items.iter().find_map(|item| match item.name == name {
        true => Some(&item.label),
        false => find(&item.items, name),
    })
}
