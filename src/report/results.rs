//! Results of a tally as a table: one row for each unit, indicator or rater group.
use super::differences::{DIFFERENCE, verdict};
use super::{Cell, Column, Table};
use crate::language::Language;
use crate::plan::{Indicator, Plan, Text, pick};
use crate::scores::{Precise, Ranked, Scored, UnitScored, Worth};
use crate::tally::{Estimate, Fraction, Measure, Results, Undefined, UnitResult, percent, round_half_up};

/// What a row of the table is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "cli", derive(clap::ValueEnum))]
pub enum By {
    /// Unit: index and all its grades
    #[default]
    Unit,
    /// Unit and indicator
    Indicator,
    /// Unit, indicator and rater group; not for publication
    Group,
    /// Question that has right answers: what people know
    Question,
    /// Two units of one class: the difference of their indices
    Pair,
    /// Unit: the combined score of votes, experts and figures, with its parts
    Part,
}

/// Which table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shape {
    pub by: By,
    /// For publication: no exact fractions. Withholding counts is [`Scored::published`]'s.
    pub publish: bool,
    /// Decimal places, halves rounded up.
    pub places: u32,
    /// For people: words, and only columns that say something. For programs: ids too, and always the same columns.
    pub for_people: bool,
}

/// The table of one or more rounds. With [`By::Group`], what is published has no rows.
pub fn results_table(plan: &Plan, shown: &[Scored], shape: &Shape, language: Language) -> Table {
    Sheet { plan, language, shape, grades: grade_columns(shown, shape.by) }.table(shown)
}

/// How many records a round has, and what its intervals are worth.
pub fn results_note(plan: &Plan, round: &Results, language: Language) -> String {
    let label = plan.round(&round.round).map_or(round.round.as_str(), |known| words(plan, &known.label, language));
    let count = |count: Option<u64>| count.map_or_else(|| "-".to_owned(), |count| count.to_string());
    let (records, partial) = (count(round.records), count(round.partial));
    let mut text = match language {
        Language::Zh => format!("{label}：答卷 {records} 份，其中中途停止 {partial} 份"),
        Language::En => format!("{label}: {records} records, {partial} of them broken off"),
    };
    if round.screened_out != Some(0) {
        let screened = count(round.screened_out);
        text.push_str(&match language {
            Language::Zh => format!("；另有 {screened} 人不在调查范围或名额已满，不计入"),
            Language::En => format!("; besides, {screened} were screened out and are not counted"),
        });
    }
    if round.self_selected != Some(0) {
        let web = count(round.self_selected);
        text.push_str(&match language {
            Language::Zh => format!("；自愿上网填写 {web} 份（非概率样本），区间只是名义上的"),
            Language::En => {
                format!("; {web} by people who chose themselves (web, no random sample): intervals are nominal")
            }
        });
    }
    text
}

/// What is to be known of the errors of a round.
pub fn scores_notes(round: &Scored, language: Language) -> Vec<String> {
    let zh = language == Language::Zh;
    let mut notes = Vec::new();
    if !round.overfull.is_empty() {
        let names = round.overfull.join(", ");
        notes.push(match zh {
            true => format!("{names}：答卷多于方案写明的人数；误差按人数无限计算，请更正 `population`"),
            false => format!("{names}: more records than the plan says there are people; errors are those of a population without end, correct `population`"),
        });
    }
    if round.pairs.len() > 1 {
        let pairs = round.pairs.len();
        notes.push(match zh {
            true => format!("名次范围：{pairs} 对差异用 Holm 法一并检验，整体置信度 95%"),
            false => {
                format!("rank ranges: {pairs} differences judged together (Holm), at 95% for all of a class at once")
            }
        });
    }
    notes
}

pub(super) fn words<'t>(plan: &Plan, text: &'t Text, language: Language) -> &'t str {
    pick(text, language.tag(), plan.languages.first().map_or("", String::as_str))
}

/// Scale and grade of every count column.
fn grade_columns(shown: &[Scored], by: By) -> Vec<(String, String)> {
    let mut out: Vec<(String, String)> = Vec::new();
    let units = || shown.iter().flat_map(|round| &round.results.units);
    let measures: Vec<&Measure> = match by {
        By::Unit => units().map(|unit| &unit.overall).collect(),
        _ => units().flat_map(|unit| &unit.indicators).map(|one| &one.measure).collect(),
    };
    for grade in measures.into_iter().flat_map(|measure| &measure.grades) {
        let column = (grade.scale.clone(), grade.grade.clone());
        if !out.contains(&column) {
            out.push(column);
        }
    }
    out
}

struct Sheet<'a> {
    plan: &'a Plan,
    language: Language,
    shape: &'a Shape,
    grades: Vec<(String, String)>,
}

/// The names of one row.
struct Row<'a> {
    round: &'a str,
    unit: &'a str,
    indicator: Option<&'a str>,
    group: Option<Option<&'a str>>,
}

impl Sheet<'_> {
    /// Programs get ids beside the words, and exact fractions of what is not for publication.
    fn table(&self, shown: &[Scored]) -> Table {
        let mut columns = vec![Column::new("round", "轮次", "round"), Column::new("unit", "单位编号", "unit id")];
        columns.push(Column::new("unit_label", "单位", "unit"));
        if self.shape.by != By::Unit {
            columns.push(Column::new("indicator", "指标编号", "indicator id"));
            columns.push(Column::new("indicator_label", "指标", "indicator"));
            columns.push(Column::new("weight", "权重", "weight"));
        }
        if self.shape.by == By::Group {
            columns.push(Column::new("rater_group", "群体", "rater group"));
        }
        if self.shape.by == By::Unit {
            columns.push(Column::new("unit_group", "类别", "group"));
            columns.extend([
                Column::new("rank", "名次", "rank"),
                Column::new("rank_range", "名次范围", "rank range"),
                Column::new("rank_best", "最好名次", "best rank"),
                Column::new("rank_worst", "最差名次", "worst rank"),
                Column::new("index", "综合指数", "index"),
                Column::new("index_exact", "精确值", "exact"),
                Column::new("index_interval", "指数区间", "index interval"),
                Column::new("index_se", "指数标准误", "index SE"),
                Column::new("index_low", "指数下限", "index low"),
                Column::new("index_high", "指数上限", "index high"),
                Column::new("against_class", "比同类平均", "against class"),
                Column::new("against_class_verdict", "与同类平均", "against class mean"),
                Column::new("against_class_low", "差下限", "difference low"),
                Column::new("against_class_high", "差上限", "difference high"),
                Column::new("against_class_p", "p（Holm）", "p (Holm)"),
            ]);
        }
        columns.extend([
            Column::new("satisfaction_rate", "满意率%", "satisfied %"),
            Column::new("rate_se", "满意率标准误%", "satisfied SE %"),
            Column::new("rate_low", "区间下限%", "low %"),
            Column::new("rate_high", "区间上限%", "high %"),
            Column::new("interval_nominal", "名义区间", "nominal"),
            Column::new("score", "满意度得分", "mean score"),
            Column::new("score_exact", "精确值", "exact"),
            Column::new("score_interval", "得分区间", "score interval"),
            Column::new("score_se", "得分标准误", "score SE"),
            Column::new("score_low", "得分下限", "score low"),
            Column::new("score_high", "得分上限", "score high"),
            Column::new("n", "有效", "n"),
        ]);
        let single = self.plan.scales.len() == 1;
        for (scale, name) in &self.grades {
            let grade = self.plan.scale(scale).and_then(|scale| scale.grades.iter().find(|grade| grade.name == *name));
            let label = grade.map_or(name.as_str(), |grade| self.text(&grade.label));
            let key = if single { format!("grade.{name}") } else { format!("grade.{scale}.{name}") };
            columns.push(Column::planned(key, label));
        }
        columns.extend([
            Column::new("dont_know", "不了解", "don't know"),
            Column::new("dont_know_rate", "不了解率%", "don't know %"),
            Column::new("refused", "拒答", "refused"),
            Column::new("blank", "未答", "blank"),
            Column::new("not_asked", "未问", "not asked"),
            Column::new("note", "说明", "note"),
        ]);
        // What people do not need on the screen; programs get it all.
        let hidden: &[&str] = match self.shape.for_people {
            true => &FOR_PROGRAMS,
            false => &["rank_range", "index_interval", "score_interval"],
        };
        let one_round = shown.len() <= 1 && self.shape.for_people;
        let no_groups = self.plan.unit_groups.is_empty() && self.shape.for_people;
        let keep: Vec<bool> = columns
            .iter()
            .map(|column| {
                let key = column.key.as_ref();
                match key {
                    "round" => !one_round,
                    "unit_group" => !no_groups,
                    _ => !hidden.contains(&key),
                }
            })
            .collect();
        let shown_of =
            |row: Vec<Cell>| row.into_iter().zip(&keep).filter(|(_, keep)| **keep).map(|(cell, _)| cell).collect();
        let kept: Vec<Column> = columns.iter().zip(&keep).filter(|(_, keep)| **keep).map(|(c, _)| c.clone()).collect();
        let mut table = Table::new(&kept);
        for round in shown {
            for (unit, scored) in round.results.units.iter().zip(&round.units) {
                let name = Row { round: &round.results.round, unit: &unit.unit, indicator: None, group: None };
                match self.shape.by {
                    By::Unit => {
                        let worth = (&unit.overall, &scored.overall);
                        table.push(shown_of(self.row(name, worth, Some((unit, scored)), None)));
                    }
                    By::Indicator => {
                        for (leaf, one) in unit.asked() {
                            let name = Row { indicator: Some(&one.indicator), ..name };
                            let worth = (&one.measure, &scored.indicators[leaf].worth);
                            table.push(shown_of(self.row(name, worth, None, Some(&one.weight))));
                        }
                    }
                    // These have tables of their own.
                    By::Question | By::Pair | By::Part => {}
                    By::Group => {
                        for (leaf, one) in unit.asked() {
                            let worths = &scored.indicators[leaf].by_group;
                            for ((group, measure), worth) in one.by_group.iter().zip(worths) {
                                let group = Some(group.as_deref());
                                let name = Row { indicator: Some(&one.indicator), group, ..name };
                                table.push(shown_of(self.row(name, (measure, worth), None, Some(&one.weight))));
                            }
                        }
                    }
                }
            }
        }
        if self.shape.for_people { table.without_empty_columns() } else { table }
    }

    fn row(
        &self,
        name: Row<'_>,
        (measure, worth): (&Measure, &Worth),
        unit: Option<(&UnitResult, &UnitScored)>,
        weight: Option<&Fraction>,
    ) -> Vec<Cell> {
        let places = self.shape.places;
        let number = |estimate: &Estimate| match estimate {
            Ok(value) => Cell::Number(round_half_up(value, places)),
            Err(_) => Cell::None,
        };
        let share = |estimate: &Estimate| match estimate {
            Ok(value) => Cell::Number(percent(value, places)),
            Err(_) => Cell::None,
        };
        // A published fraction would say more than its rounding.
        let exact = |estimate: &Estimate| match estimate {
            Ok(value) if !self.shape.publish => Cell::text(value.to_string()),
            _ => Cell::None,
        };
        let count = |count: Option<u64>| count.map_or(Cell::None, |count| Cell::Number(count.to_string()));
        let bound = |bound: f64| Cell::Number(float(bound * 100.0, places));
        let interval = |found: &Precise| match found {
            Ok(found) => Cell::text(self.interval(found.low, found.high, found.nominal)),
            Err(_) => Cell::None,
        };
        // The error has a figure more than the estimate.
        let error = |found: &Precise, times: f64| {
            found.map_or([Cell::None, Cell::None, Cell::None], |found| {
                let [se, low, high] = [found.se, found.low, found.high].map(|value| value * times);
                [
                    Cell::Number(float(se, places + 1)),
                    Cell::Number(float(low, places)),
                    Cell::Number(float(high, places)),
                ]
            })
        };
        let label = self.plan.unit(name.unit).map_or(name.unit, |unit| self.text(&unit.label));
        let mut row = vec![Cell::text(name.round), Cell::text(name.unit), Cell::text(label)];
        if let Some(id) = name.indicator {
            row.extend([Cell::text(id), Cell::text(indicator_label(self.plan, id, self.language))]);
            row.push(weight.map_or(Cell::None, |weight| Cell::Number(round_half_up(weight, 4))));
        }
        if let Some(group) = name.group {
            let known = group.and_then(|id| self.plan.rater_group(id));
            row.push(known.map_or(Cell::None, |group| Cell::text(self.text(&group.label))));
        }
        if let Some((unit, scored)) = unit {
            let group = unit.group.as_ref().and_then(|id| self.plan.unit_groups.iter().find(|group| group.id == *id));
            row.push(group.map_or(Cell::None, |group| Cell::text(self.text(&group.label))));
            row.extend(rank(scored.rank.as_ref(), scored.against_class.is_some()));
            row.extend([number(&unit.index), exact(&unit.index), interval(&scored.index)]);
            row.extend(error(&scored.index, 1.0));
            row.extend(match &scored.against_class {
                Some(found) => {
                    let [_, low, high] = error(&found.precision, 1.0);
                    let p = found.p_holm.map_or(Cell::None, |p| Cell::Number(format!("{p:.4}")));
                    let verdict = Cell::text(verdict(found.verdict, DIFFERENCE, self.language));
                    [Cell::Number(round_half_up(&found.difference, places)), verdict, low, high, p]
                }
                None => [const { Cell::None }; 5],
            });
        }
        let rate = measure.interval;
        let [se, ..] = error(&worth.rate, 100.0);
        row.extend([
            share(&measure.rate),
            se,
            rate.map_or(Cell::None, |interval| bound(interval.low)),
            rate.map_or(Cell::None, |interval| bound(interval.high)),
            rate.map_or(Cell::None, |interval| Cell::text(if interval.nominal { "yes" } else { "no" })),
            number(&measure.score),
            exact(&measure.score),
            interval(&worth.score),
        ]);
        row.extend(error(&worth.score, 1.0));
        row.push(count(measure.valid));
        for (scale, name) in &self.grades {
            let grade = measure.grades.iter().find(|grade| grade.scale == *scale && grade.grade == *name);
            row.push(count(grade.and_then(|grade| grade.count)));
        }
        row.extend([
            count(measure.dont_know),
            share(&measure.dont_know_rate),
            count(measure.refused),
            count(measure.blank),
            count(measure.not_asked),
            reason(self.plan, measure, unit.map(|(unit, _)| &unit.index), self.language).map_or(Cell::None, Cell::text),
        ]);
        row
    }

    fn text<'t>(&self, text: &'t Text) -> &'t str {
        words(self.plan, text, self.language)
    }

    fn interval(&self, low: f64, high: f64, nominal: bool) -> String {
        let mark = if nominal { "*" } else { "" };
        format!("{}–{}{mark}", float(low, self.shape.places), float(high, self.shape.places))
    }
}

/// What the shown columns for people leave out.
const FOR_PROGRAMS: [&str; 18] = [
    "unit",
    "indicator",
    "index_exact",
    "score_exact",
    "refused",
    "not_asked",
    "interval_nominal",
    "rank_best",
    "rank_worst",
    "index_se",
    "index_low",
    "index_high",
    "against_class_low",
    "against_class_high",
    "against_class_p",
    "score_se",
    "score_low",
    "score_high",
];

/// Rank, range in words where there are others, best and worst.
fn rank(found: Option<&Ranked>, others: bool) -> [Cell; 4] {
    let Some(found) = found else { return [const { Cell::None }; 4] };
    let range =
        if found.best == found.worst { found.best.to_string() } else { format!("{}–{}", found.best, found.worst) };
    let range = if others { Cell::text(range) } else { Cell::None };
    [Cell::count(found.rank), range, Cell::count(found.best), Cell::count(found.worst)]
}

/// A rounded number without the sign of nothing.
pub(super) fn float(value: f64, places: u32) -> String {
    let text = format!("{value:.*}", places as usize);
    match text.strip_prefix('-') {
        Some(rest) if rest.bytes().all(|digit| matches!(digit, b'0' | b'.')) => rest.to_owned(),
        _ => text,
    }
}

/// Why a number of a row is not given; `index` where the row has one.
pub(super) fn reason(plan: &Plan, measure: &Measure, index: Option<&Estimate>, language: Language) -> Option<String> {
    let withheld = measure.valid.is_none() || measure.grades.iter().any(|grade| grade.count.is_none());
    let estimates = [index, Some(&measure.score), Some(&measure.rate)];
    let reason = estimates.into_iter().flatten().find_map(|estimate| estimate.as_ref().err());
    let zh = language == Language::Zh;
    Some(match reason {
        Some(Undefined::NoAnswers) if zh => "没有有效答案".to_owned(),
        Some(Undefined::NoAnswers) => "no valid answers".to_owned(),
        Some(Undefined::NoAnswersFrom(groups)) => {
            let groups: Vec<&str> = groups.iter().map(|id| group_label(plan, id, language)).collect();
            match zh {
                true => format!("无得分：以下群体没有有效答案：{}", groups.join("、")),
                false => format!("no score: no valid answers from {}", groups.join(", ")),
            }
        }
        Some(Undefined::NoScoreFor(indicators)) => {
            let names: Vec<&str> = indicators.iter().map(|id| indicator_label(plan, id, language)).collect();
            match zh {
                true => format!("无指数：以下指标没有得分：{}", names.join("、")),
                false => format!("no index: no score for {}", names.join(", ")),
            }
        }
        None if !withheld => return None,
        Some(Undefined::Withheld) | None => match zh {
            true => format!("少于 {} 份的数不公布", plan.privacy.smallest_cell),
            false => format!("counts under {} are withheld", plan.privacy.smallest_cell),
        },
    })
}

fn group_label<'t>(plan: &'t Plan, id: &'t str, language: Language) -> &'t str {
    plan.rater_group(id).map_or(id, |group| words(plan, &group.label, language))
}

pub(super) fn indicator_label<'t>(plan: &'t Plan, id: &'t str, language: Language) -> &'t str {
    fn find<'t>(list: &'t [Indicator], id: &str) -> Option<&'t Indicator> {
        list.iter().find_map(|one| if one.id == id { Some(one) } else { find(&one.indicators, id) })
    }
    let fallback = plan.languages.first().map_or("", String::as_str);
    find(&plan.indicators, id).map_or(id, |indicator| pick(&indicator.label, language.tag(), fallback))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ledger::Codebook;
    use crate::ledger::tests::{grid, plan, record, reference};
    use crate::scores::{Counted, scored};
    use std::sync::Arc;

    fn made() -> Vec<Scored> {
        let codebook = Arc::new(Codebook::new(&plan(), &reference(), &crate::expression::Plain).unwrap());
        let mut one = record("one");
        let cells = [("u1", "a", "满意"), ("u1", "b1", "比较满意"), ("u1", "b2", "不满意"), ("u2", "a", "不了解")];
        one.answers.insert("m".into(), grid(&cells));
        let row = codebook.pack(&one).unwrap();
        scored(&Counted::of_rows(codebook, [&row]), "r1").into_iter().collect()
    }

    #[test]
    fn people_read_words_and_only_columns_that_say_something() {
        let shape = Shape { by: By::Unit, publish: false, places: 1, for_people: true };
        let text = results_table(&plan(), &made(), &shape, Language::Zh).to_text(Language::Zh);
        let lines: Vec<&str> = text.lines().collect();
        let heads: Vec<&str> = lines[0].split_whitespace().collect();
        let grades = ["满意", "比较满意", "不太满意", "不满意"];
        let expected = [
            &["单位", "类别", "名次", "综合指数", "满意率%", "满意度得分", "有效"][..],
            &grades,
            &["不了解", "不了解率%", "未答", "说明"],
        ];
        assert_eq!(heads, expected.concat());
        let first: Vec<&str> = lines[2].split_whitespace().collect();
        assert_eq!(first, ["一局", "甲", "1", "64.0", "66.7", "60.0", "3", "1", "1", "0", "1", "0", "0.0", "0", "-"]);
        assert!(lines[3].contains("没有有效答案"), "{text}");
    }

    #[test]
    fn programs_get_ids_exact_fractions_and_always_the_same_columns() {
        let shape = Shape { by: By::Unit, publish: false, places: 2, for_people: false };
        let json = results_table(&plan(), &made(), &shape, Language::En).to_json();
        let rows: serde_json::Value = serde_json::from_str(&json).unwrap();
        assert_eq!(
            (&rows[0]["unit"], &rows[0]["index_exact"], &rows[0]["rate_low"]),
            (&"u1".into(), &"64".into(), &().into())
        );
        assert_eq!((&rows[1]["index"], &rows[1]["dont_know"]), (&().into(), &1.into()));
        let published = Shape { publish: true, ..shape };
        let json = results_table(&plan(), &made(), &published, Language::En).to_json();
        let rows: serde_json::Value = serde_json::from_str(&json).unwrap();
        assert_eq!((&rows[0]["index"], &rows[0]["index_exact"]), (&64.0.into(), &().into()));
    }

    #[test]
    fn a_missing_index_names_what_it_waits_for() {
        let mut two = made();
        two[0].results.units[0].index = Err(Undefined::NoScoreFor(vec!["b1".into()]));
        let shape = Shape { by: By::Unit, publish: false, places: 1, for_people: true };
        let text = results_table(&plan(), &two, &shape, Language::Zh).to_text(Language::Zh);
        assert!(text.contains("无指数：以下指标没有得分：快"), "{text}");
    }
}
