//! The rectification ledger as tables: cases, the history of one, findings that are proposed, before and after.

mod later;
mod print;
#[cfg(test)]
mod tests;
mod told;

pub use later::{After, Followed, Later, later, later_note, later_table, verdict};
pub use print::{Register, register};
pub use told::{about, due_told, figure_told, left_told, standing_told, step_told};

use super::results::indicator_label;
use super::{Cell, Column, Table};
use crate::language::Language;
use crate::plan::{Plan, Text, pick};
use crate::rectification::{Calendar, Case, Day, Figure, Finding, Why};

/// A table for people has words, and only columns that say something; one for programs has codes, and always the same columns.
pub fn cases_table(cases: &[Case<'_>], today: Day, calendar: &Calendar, for_people: bool, language: Language) -> Table {
    let mut table = Table::new(&[
        Column::new("name", "编号", "name"),
        Column::new("id", "事项标识", "id"),
        Column::new("title", "问题", "finding"),
        Column::new("source", "来源", "from"),
        Column::new("evaluated", "测评对象", "evaluated"),
        Column::new("unit", "责任单位", "unit"),
        Column::new("post", "责任岗位", "post"),
        Column::new("state", "状态", "state"),
        Column::new("task", "下一步", "next"),
        Column::new("due", "时限", "due"),
        Column::new("left", "剩余工作日", "working days left"),
        Column::new("overdue", "逾期", "overdue"),
        Column::new("replied", "反馈日期", "replied"),
        Column::new("call_back", "回访结果", "call-back"),
        Column::new("reopened", "重新整改次数", "reopened"),
        Column::new("note", "说明", "note"),
    ]);
    let coded = |words: crate::language::Words, code: &str| match for_people {
        true => Cell::text(words.of(language)),
        false => Cell::text(code),
    };
    for case in cases {
        let (status, due) = (&case.status, case.due(today, calendar));
        let day = due.and_then(|due| due.day);
        let overdue = due.is_some_and(|due| due.is_overdue());
        let optional = |text: Option<String>| text.map_or(Cell::None, Cell::Text);
        table.push(vec![
            Cell::text(&case.opening.name),
            if for_people { Cell::None } else { Cell::text(case.id.as_str()) },
            Cell::text(&case.opening.title),
            coded(case.opening.source.words(), case.opening.source.code()),
            Cell::text(&case.opening.unit),
            optional(status.unit.clone()),
            optional(status.post.clone()),
            coded(status.state.words(), status.state.code()),
            due.map_or(Cell::None, |due| Cell::text(due.task.words().of(language))),
            optional(day.map(|day| day.to_string())),
            due.and_then(|due| due.left).map_or(Cell::None, |left| Cell::Number(left.to_string())),
            match (overdue, for_people) {
                (true, true) => Cell::text(if language == Language::Zh { "逾期" } else { "overdue" }),
                (true, false) => Cell::text("yes"),
                (false, true) => Cell::None,
                (false, false) => Cell::text("no"),
            },
            optional(status.replied.map(|day| day.to_string())),
            status.called.map_or(Cell::None, |(_, outcome)| coded(outcome.words(), outcome.code())),
            match status.reopened {
                0 if for_people => Cell::None,
                times => Cell::count(times as usize),
            },
            optional(note(case, due.is_some_and(|due| due.day.is_some() && !due.covered), calendar, language)),
        ]);
    }
    if for_people { table.without_empty_columns() } else { table }
}

/// What else people should know of a case.
fn note(case: &Case<'_>, uncovered: bool, calendar: &Calendar, language: Language) -> Option<String> {
    let zh = language == Language::Zh;
    let mut notes: Vec<&str> = Vec::new();
    let mut add = |says: bool, in_chinese, in_english| {
        if says {
            notes.push(if zh { in_chinese } else { in_english });
        }
    };
    add(case.status.appeal.is_some(), "申诉待处理", "an appeal is pending");
    add(case.status.upheld, "申诉成立", "the appeal was upheld");
    add(case.status.late, "反馈逾期", "the reply came late");
    add(case.status.is_disputed(), "回访不满意", "the call-back was not satisfied");
    add(case.misfits().next().is_some(), "有记录不起作用，须更正", "an entry does not fit and has to be corrected");
    // Without any calendar that is said once, below the table.
    add(
        uncovered && *calendar != Calendar::weekends_only(),
        "日历未涵盖此期间",
        "the calendar does not cover these days",
    );
    (!notes.is_empty()).then(|| notes.join(if zh { "；" } else { "; " }))
}

/// Every entry of a case, in order.
pub fn history_table(case: &Case<'_>, for_people: bool, language: Language) -> Table {
    let mut table = Table::new(&[
        Column::new("number", "序号", "no."),
        Column::new("id", "记录标识", "id"),
        Column::new("day", "日期", "day"),
        Column::new("step", "事项", "step"),
        Column::new("text", "内容", "what"),
        Column::new("by", "经办人", "by"),
        Column::new("at", "记录时间", "written at"),
        Column::new("standing", "效力", "standing"),
    ]);
    for line in &case.lines {
        let entry = line.entry;
        table.push(vec![
            Cell::Number(entry.number().to_string()),
            Cell::text(if for_people { entry.id().short() } else { entry.id().as_str() }),
            Cell::text(entry.day().to_string()),
            match for_people {
                true => Cell::text(entry.step().words().of(language)),
                false => Cell::text(entry.step().kind()),
            },
            Cell::text(step_told(line.step, language)),
            Cell::text(entry.by()),
            Cell::text(entry.at().write()),
            standing_told(line, language).map_or(Cell::None, Cell::Text),
        ]);
    }
    if for_people { table.without_empty_columns() } else { table }
}

/// Findings that somebody may open cases of, numbered from 1.
pub fn findings_table(plan: &Plan, round: &str, found: &[Finding], for_people: bool, language: Language) -> Table {
    let mut table = Table::new(&[
        Column::new("no", "序号", "no."),
        Column::new("round", "轮次", "round"),
        Column::new("unit_id", "对象编号", "unit id"),
        Column::new("unit", "测评对象", "unit"),
        Column::new("class", "类别", "class"),
        Column::new("indicator_id", "指标编号", "indicator id"),
        Column::new("indicator", "指标", "indicator"),
        Column::new("measure", "数值", "measure"),
        Column::new("value", "结果", "value"),
        Column::new("low", "区间下限", "low"),
        Column::new("high", "区间上限", "high"),
        Column::new("n", "有效答案", "n"),
        Column::new("rank", "同类名次", "rank"),
        Column::new("of", "同类个数", "of"),
        Column::new("class_mean", "同类平均", "class mean"),
        Column::new("threshold", "门槛", "threshold"),
        Column::new("why", "依据", "why"),
        Column::new("clear", "区间全在门槛以下", "whole interval below"),
        Column::new("nominal", "名义区间", "nominal"),
        Column::new("scale", "量表", "scale"),
    ]);
    let zh = language == Language::Zh;
    for (at, finding) in found.iter().enumerate() {
        let figure = &finding.figure;
        let number = |value: Option<String>| value.map_or(Cell::None, Cell::Number);
        let (unit, indicator) = finding_names(plan, finding, language);
        let class = finding.class.as_ref().and_then(|id| plan.unit_groups.iter().find(|class| class.id == *id));
        let code = |text: &str| if for_people { Cell::None } else { Cell::text(text) };
        table.push(vec![
            Cell::count(at + 1),
            code(round),
            code(&finding.unit),
            Cell::text(unit),
            class.map_or(Cell::None, |class| Cell::text(said(plan, &class.label, language))),
            finding.indicator.as_ref().map_or(Cell::None, |id| code(id)),
            indicator.map_or(Cell::None, Cell::Text),
            match for_people {
                true => Cell::text(figure.measure.words().of(language)),
                false => Cell::text(figure.measure.code()),
            },
            Cell::Number(figure.value.to_text()),
            number(figure.interval.map(|(low, _)| low.to_text())),
            number(figure.interval.map(|(_, high)| high.to_text())),
            Cell::Number(figure.n.to_string()),
            number(figure.rank.map(|(rank, _)| rank.to_string())),
            number(figure.rank.map(|(_, of)| of.to_string())),
            number(finding.class_mean.map(|mean| mean.to_text())),
            number(figure.threshold.map(|threshold| threshold.to_text())),
            Cell::text(why_told(&finding.why, for_people, language)),
            finding.clear.map_or(Cell::None, |clear| {
                Cell::text(match (clear, for_people && zh) {
                    (true, true) => "是",
                    (false, true) => "否",
                    (true, false) => "yes",
                    (false, false) => "no",
                })
            }),
            match (figure.nominal, for_people) {
                (true, true) if zh => Cell::text("是"),
                (true, _) => Cell::text("yes"),
                (false, true) => Cell::None,
                (false, false) => Cell::text("no"),
            },
            code(&figure.scale),
        ]);
    }
    if for_people { table.without_empty_columns() } else { table }
}

/// What the plan calls the unit and the indicator of a finding.
pub fn finding_names(plan: &Plan, finding: &Finding, language: Language) -> (String, Option<String>) {
    let unit = plan.unit(&finding.unit).map_or(finding.unit.as_str(), |unit| said(plan, &unit.label, language));
    let indicator = finding.indicator.as_deref().map(|id| indicator_label(plan, id, language).to_owned());
    (unit.to_owned(), indicator)
}

/// What a case of a finding is called, without its unit.
pub fn finding_title(indicator: Option<&str>, figure: &Figure, language: Language) -> String {
    let (measure, value) = (figure.measure.words().of(language), figure.value.to_text());
    match (indicator, language) {
        (Some(indicator), Language::Zh) => format!("{indicator}：{measure} {value}"),
        (Some(indicator), Language::En) => format!("{indicator}: {measure} {value}"),
        (None, _) => format!("{measure} {value}"),
    }
}

/// Why something is a finding.
pub fn why_told(why: &[Why], for_people: bool, language: Language) -> String {
    let one = |why: &Why| match (why, for_people, language) {
        (Why::Below, false, _) => "below",
        (Why::Lowest, false, _) => "lowest",
        (Why::BelowClass, false, _) => "below-class",
        (Why::Below, true, Language::Zh) => "低于门槛",
        (Why::Lowest, true, Language::Zh) => "同类末位",
        (Why::BelowClass, true, Language::Zh) => "低于同类平均",
        (Why::Below, true, Language::En) => "below the threshold",
        (Why::Lowest, true, Language::En) => "among the lowest",
        (Why::BelowClass, true, Language::En) => "below the class",
    };
    let separator = if for_people && language == Language::Zh { "、" } else { ", " };
    why.iter().map(one).collect::<Vec<_>>().join(separator)
}

fn said<'t>(plan: &Plan, text: &'t Text, language: Language) -> &'t str {
    pick(text, language.tag(), plan.languages.first().map_or("", String::as_str))
}
