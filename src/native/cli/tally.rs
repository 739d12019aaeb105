use super::intake::Intake;
use super::{Cell, Column, Context, Exit, Failure, Format, Lang, Table, findings};
use crate::plan::{Indicator, Plan, pick};
use crate::tally::{self, Estimate, Measure, Results, Undefined, percent, results, round_half_up};
use clap::{Args, ValueEnum};
use std::collections::BTreeSet;
use std::fmt;

/// Exit code 1 when something was refused, kept apart, not opened or missing; what counts is shown all the same.
#[derive(Args)]
pub struct Tally {
    #[command(flatten)]
    intake: Intake,
    /// Id of the round; by default every round that has a record
    #[arg(long, value_name = "ROUND")]
    round: Option<String>,
    /// One row for each
    #[arg(long, value_enum, default_value_t)]
    by: By,
    /// Withhold what the plan's smallest cell forbids to publish
    #[arg(long)]
    publish: bool,
    /// Decimal places, halves rounded up
    #[arg(long, default_value_t = 2, value_parser = clap::value_parser!(u32).range(0..=12))]
    places: u32,
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum By {
    /// Unit: index and all its grades
    #[default]
    Unit,
    /// Unit and indicator
    Indicator,
    /// Unit, indicator and rater group; not for publication
    Group,
}

/// Why there is no table.
#[derive(Debug)]
enum TallyError {
    UnknownRound { found: String, known: Vec<String> },
    Sealed(u64),
    GroupsArePrivate,
}

impl fmt::Display for TallyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            TallyError::UnknownRound { found, known } => {
                write!(f, "--round: the plan has no round `{found}`; choose one of {}", known.join(", "))
            }
            TallyError::Sealed(count) => {
                write!(f, "{count} records are sealed; give the office's key file with --keys to count them")
            }
            TallyError::GroupsArePrivate => f.write_str(
                "--publish leaves out results by rater group, which could be subtracted from each other; choose --by unit or --by indicator",
            ),
        }
    }
}

impl std::error::Error for TallyError {}

impl Tally {
    pub fn run(self, context: &Context) -> Result<Exit, Failure> {
        if self.publish && self.by == By::Group {
            return Err(Failure::usage(TallyError::GroupsArePrivate));
        }
        let opened = self.intake.office.read()?;
        let plan = &opened.plan;
        if let Some(found) = &self.round
            && plan.round(found).is_none()
        {
            let known = plan.rounds.iter().map(|round| round.id.clone()).collect();
            return Err(Failure::refused(TallyError::UnknownRound { found: found.clone(), known }));
        }
        let taking = opened.take_in(&self.intake.office.plan, &self.intake.files, context, |_, _, _| Ok(()))?;
        let account = taking.ledger.account();
        if account.balance.waiting > 0 {
            return Err(Failure::refused(TallyError::Sealed(account.balance.waiting)));
        }
        let rows = account.counted.iter().map(|(_, row)| *row);
        let counted = tally::Tally::of_rows(taking.ledger.codebook().clone(), rows);
        let with_records: BTreeSet<u16> = counted.domains().keys().map(|domain| domain.round).collect();
        let mut shown = Vec::new();
        for (at, round) in plan.rounds.iter().enumerate() {
            let wanted = match &self.round {
                Some(id) => *id == round.id,
                None => with_records.contains(&(at as u16)),
            };
            if let Some(made) = results(&counted, &round.id).filter(|_| wanted) {
                shown.push(if self.publish { made.published(plan.privacy.smallest_cell) } else { made });
            }
        }
        let sheet = Sheet { plan, lang: context.lang, command: &self, grades: grade_columns(&shown) };
        context.show(&sheet.table(&shown), self.format)?;
        for round in &shown {
            eprintln!("minping: {}", sheet.note(round));
        }
        Ok(findings::tell(&taking, &account, context))
    }
}

/// Scale and grade of every count column.
fn grade_columns(shown: &[Results]) -> Vec<(String, String)> {
    let mut out: Vec<(String, String)> = Vec::new();
    for grade in shown.iter().flat_map(|round| &round.units).flat_map(|unit| &unit.overall.grades) {
        let column = (grade.scale.clone(), grade.grade.clone());
        if !out.contains(&column) {
            out.push(column);
        }
    }
    out
}

struct Sheet<'a> {
    plan: &'a Plan,
    lang: Lang,
    command: &'a Tally,
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
    fn for_people(&self) -> bool {
        self.command.format == Format::Table
    }

    /// Programs get ids beside the words, and exact fractions of what is not for publication.
    fn table(&self, shown: &[Results]) -> Table {
        let mut columns = vec![Column::new("round", "轮次", "round"), Column::new("unit", "单位编号", "unit id")];
        columns.push(Column::new("unit_label", "单位", "unit"));
        if self.command.by != By::Unit {
            columns.push(Column::new("indicator", "指标编号", "indicator id"));
            columns.push(Column::new("indicator_label", "指标", "indicator"));
            columns.push(Column::new("weight", "权重", "weight"));
        }
        if self.command.by == By::Group {
            columns.push(Column::new("rater_group", "群体", "rater group"));
        }
        if self.command.by == By::Unit {
            columns.push(Column::new("unit_group", "类别", "group"));
            columns.push(Column::new("rank", "名次", "rank"));
            columns.push(Column::new("index", "综合指数", "index"));
            columns.push(Column::new("index_exact", "精确值", "exact"));
        }
        columns.extend([
            Column::new("satisfaction_rate", "满意率%", "satisfied %"),
            Column::new("rate_low", "区间下限%", "low %"),
            Column::new("rate_high", "区间上限%", "high %"),
            Column::new("interval_nominal", "名义区间", "nominal"),
            Column::new("score", "满意度得分", "mean score"),
            Column::new("score_exact", "精确值", "exact"),
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
        let hidden: &[&str] = match self.for_people() {
            true => &["unit", "indicator", "index_exact", "score_exact", "refused", "not_asked", "interval_nominal"],
            false => &[],
        };
        let one_round = shown.len() <= 1 && self.for_people();
        let no_groups = self.plan.unit_groups.is_empty() && self.for_people();
        let keep: Vec<bool> = columns
            .iter()
            .map(|column| {
                let key = column.key.as_ref();
                !hidden.contains(&key) && !(one_round && key == "round") && !(no_groups && key == "unit_group")
            })
            .collect();
        let all =
            |row: Vec<Cell>| row.into_iter().zip(&keep).filter(|(_, keep)| **keep).map(|(cell, _)| cell).collect();
        let kept: Vec<Column> = columns.iter().zip(&keep).filter(|(_, keep)| **keep).map(|(c, _)| c.clone()).collect();
        let mut table = Table::new(&kept);
        for round in shown {
            for unit in &round.units {
                let name = Row { round: &round.round, unit: &unit.unit, indicator: None, group: None };
                match self.command.by {
                    By::Unit => table.push(all(self.row(name, &unit.overall, Some((unit, &unit.index)), None))),
                    By::Indicator => {
                        for one in &unit.indicators {
                            let name = Row { indicator: Some(&one.indicator), ..name };
                            table.push(all(self.row(name, &one.measure, None, Some(&one.weight))));
                        }
                    }
                    By::Group => {
                        for one in &unit.indicators {
                            for (group, measure) in &one.by_group {
                                let group = Some(group.as_deref());
                                let name = Row { indicator: Some(&one.indicator), group, ..name };
                                table.push(all(self.row(name, measure, None, Some(&one.weight))));
                            }
                        }
                    }
                }
            }
        }
        table
    }

    fn row(
        &self,
        name: Row<'_>,
        measure: &Measure,
        unit: Option<(&tally::UnitResult, &Estimate)>,
        weight: Option<&tally::Fraction>,
    ) -> Vec<Cell> {
        let places = self.command.places;
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
            Ok(value) if !self.command.publish => Cell::text(value.to_string()),
            _ => Cell::None,
        };
        let count = |count: Option<u64>| count.map_or(Cell::None, |count| Cell::Number(count.to_string()));
        let bound = |bound: f64| Cell::Number(format!("{:.*}", places as usize, bound * 100.0));
        let label = self.plan.unit(name.unit).map_or(name.unit, |unit| self.text(&unit.label));
        let mut row = vec![Cell::text(name.round), Cell::text(name.unit), Cell::text(label)];
        if let Some(id) = name.indicator {
            row.extend([Cell::text(id), Cell::text(indicator_label(self.plan, id, self.lang))]);
            row.push(weight.map_or(Cell::None, |weight| Cell::Number(round_half_up(weight, 4))));
        }
        if let Some(group) = name.group {
            let known = group.and_then(|id| self.plan.rater_group(id));
            row.push(known.map_or(Cell::None, |group| Cell::text(self.text(&group.label))));
        }
        if let Some((unit, index)) = unit {
            let group = unit.group.as_ref().and_then(|id| self.plan.unit_groups.iter().find(|group| group.id == *id));
            row.push(group.map_or(Cell::None, |group| Cell::text(self.text(&group.label))));
            row.push(unit.rank.map_or(Cell::None, Cell::count));
            row.extend([number(index), exact(index)]);
        }
        let interval = measure.interval;
        row.extend([
            share(&measure.rate),
            interval.map_or(Cell::None, |interval| bound(interval.low)),
            interval.map_or(Cell::None, |interval| bound(interval.high)),
            interval.map_or(Cell::None, |interval| Cell::text(if interval.nominal { "yes" } else { "no" })),
            number(&measure.score),
            exact(&measure.score),
            count(measure.valid),
        ]);
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
            self.reason(measure, unit.map(|(_, index)| index)).map_or(Cell::None, Cell::text),
        ]);
        row
    }

    /// Why a number of the row is not given.
    fn reason(&self, measure: &Measure, index: Option<&Estimate>) -> Option<String> {
        let withheld = measure.valid.is_none() || measure.grades.iter().any(|grade| grade.count.is_none());
        let estimates = [index, Some(&measure.score), Some(&measure.rate)];
        let reason = estimates.into_iter().flatten().find_map(|estimate| estimate.as_ref().err());
        let zh = self.lang == Lang::Zh;
        Some(match reason {
            Some(Undefined::NoAnswers) if zh => "没有有效答案".to_owned(),
            Some(Undefined::NoAnswers) => "no valid answers".to_owned(),
            Some(Undefined::NoAnswersFrom(groups)) => {
                let groups: Vec<&str> = groups.iter().map(|id| self.group_label(id)).collect();
                match zh {
                    true => format!("无得分:以下群体没有有效答案:{}", groups.join("、")),
                    false => format!("no score: no valid answers from {}", groups.join(", ")),
                }
            }
            Some(Undefined::NoScoreFor(indicators)) => {
                let names: Vec<&str> = indicators.iter().map(|id| indicator_label(self.plan, id, self.lang)).collect();
                match zh {
                    true => format!("无指数:以下指标没有得分:{}", names.join("、")),
                    false => format!("no index: no score for {}", names.join(", ")),
                }
            }
            None if !withheld => return None,
            Some(Undefined::Withheld) | None => match zh {
                true => format!("少于 {} 份的数不公布", self.plan.privacy.smallest_cell),
                false => format!("counts under {} are withheld", self.plan.privacy.smallest_cell),
            },
        })
    }

    /// How many records a round has, and what its intervals are.
    fn note(&self, round: &Results) -> String {
        let label = self.plan.round(&round.round).map_or(round.round.as_str(), |known| self.text(&known.label));
        let count = |count: Option<u64>| count.map_or_else(|| "-".to_owned(), |count| count.to_string());
        let (records, partial) = (count(round.records), count(round.partial));
        let measures = round.units.iter().flat_map(|unit| unit.indicators.iter().map(|one| &one.measure));
        let nominal = measures
            .chain(round.units.iter().map(|unit| &unit.overall))
            .any(|measure| measure.interval.is_some_and(|interval| interval.nominal));
        let mut text = match self.lang {
            Lang::Zh => format!("{label}: 答卷 {records} 份,其中中途停止 {partial} 份"),
            Lang::En => format!("{label}: {records} records, {partial} of them broken off"),
        };
        if nominal {
            text.push_str(match self.lang {
                Lang::Zh => ";含自愿上网填写的答卷(非概率样本),区间只是名义上的",
                Lang::En => {
                    "; some answers are self-selected (web, not a random sample), so their intervals are nominal"
                }
            });
        }
        text
    }

    fn text<'t>(&self, text: &'t crate::plan::Text) -> &'t str {
        pick(text, self.lang.tag(), self.plan.languages.first().map_or("", String::as_str))
    }

    fn group_label<'t>(&'t self, id: &'t str) -> &'t str {
        self.plan.rater_group(id).map_or(id, |group| self.text(&group.label))
    }
}

fn indicator_label<'t>(plan: &'t Plan, id: &'t str, lang: Lang) -> &'t str {
    fn find<'t>(list: &'t [Indicator], id: &str) -> Option<&'t Indicator> {
        list.iter().find_map(|one| if one.id == id { Some(one) } else { find(&one.indicators, id) })
    }
    let fallback = plan.languages.first().map_or("", String::as_str);
    find(&plan.indicators, id).map_or(id, |indicator| pick(&indicator.label, lang.tag(), fallback))
}
