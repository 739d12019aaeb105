//! Differences as tables: two units of one class, one round against an earlier one. And what they show, in words.

use super::document::MODES;
use super::results::{float, indicator_label, words};
use super::{Cell, Column, Table};
use crate::language::{Language, Words};
use crate::plan::Plan;
use crate::scores::{Change, Changes, Compared, Imprecise, NoChange, Scored, Verdict};
use crate::tally::{Fraction, Undefined, percent, round_half_up};

/// What a difference shows: higher, lower, not shown, only alone, unknown.
pub(super) type Said = [Words; 5];

/// Of two numbers of one round.
pub(super) const DIFFERENCE: Said = [
    Words::pair("更高", "higher"),
    Words::pair("更低", "lower"),
    Words::pair("未显示差别", "no difference shown"),
    Words::pair("单独看有差别，一并比较后未定", "different alone, not among so many"),
    Words::pair("无法判断", "cannot be judged"),
];

/// Of two rounds.
pub(super) const CHANGE: Said = [
    Words::pair("上升", "risen"),
    Words::pair("下降", "fallen"),
    Words::pair("未显示变化", "no change shown"),
    Words::pair("单独看有变化，一并比较后未定", "changed alone, not among so many"),
    Words::pair("无法判断", "cannot be judged"),
];

/// What a change shows, in words.
pub fn change_shown(verdict: Verdict, language: Language) -> &'static str {
    self::verdict(verdict, CHANGE, language)
}

/// What a difference between units shows, in words.
pub fn difference_shown(verdict: Verdict, language: Language) -> &'static str {
    self::verdict(verdict, DIFFERENCE, language)
}

pub(super) fn verdict(verdict: Verdict, said: Said, language: Language) -> &'static str {
    let [higher, lower, not_shown, alone, unknown] = said;
    let words = match verdict {
        Verdict::Higher => higher,
        Verdict::Lower => lower,
        Verdict::NotShown => not_shown,
        Verdict::OnlyAlone => alone,
        Verdict::Unknown => unknown,
    };
    words.of(language)
}

/// Why an estimate has no interval.
pub fn imprecise(why: Imprecise, language: Language) -> &'static str {
    let words = match why {
        Imprecise::NoEstimate => Words::pair("没有这个数", "there is no such number"),
        Imprecise::TooFew => Words::pair("答卷太少，无法估计误差", "too few raters to tell the error"),
        Imprecise::NothingVaries => {
            Words::pair("答案全都相同，看不出误差", "all answers are the same, so nothing tells the error")
        }
        Imprecise::Withheld => Words::pair("人数太少，不公布", "withheld: too few answers"),
        Imprecise::NotGiven => {
            Words::pair("导入的轮次没有给出标准误，不作检验", "the imported round gives no standard error: no test")
        }
    };
    words.of(language)
}

/// Why two rounds are not compared.
pub fn no_change(plan: &Plan, why: &NoChange, language: Language) -> String {
    let zh = language == Language::Zh;
    let undefined = |why: &Undefined| match why {
        Undefined::Withheld if zh => "不公布".to_owned(),
        Undefined::Withheld => "withheld".to_owned(),
        Undefined::NoAnswers if zh => "没有有效答案".to_owned(),
        Undefined::NoAnswers => "no valid answers".to_owned(),
        Undefined::NoAnswersFrom(groups) => {
            let labels: Vec<&str> = groups
                .iter()
                .map(|id| plan.rater_group(id).map_or(id.as_str(), |group| words(plan, &group.label, language)))
                .collect();
            match zh {
                true => format!("{}没有有效答案", labels.join("、")),
                false => format!("no valid answers from {}", labels.join(", ")),
            }
        }
        Undefined::NoScoreFor(_) if zh => "有指标没有得分".to_owned(),
        Undefined::NoScoreFor(_) => "an indicator has no score".to_owned(),
    };
    let pair = |zh, en| Words::pair(zh, en).of(language).to_owned();
    match why {
        NoChange::NotInBoth => pair("不比较：两轮不都有", "not compared: not in both rounds"),
        NoChange::OtherScale => pair("不比较：两轮的量表不同", "not compared: the scale is another"),
        NoChange::OtherQuestion => pair("不比较：两轮的问法不同", "not compared: the question is another"),
        NoChange::OtherWeights => pair("不比较：两轮的权重不同", "not compared: the weights are others"),
        NoChange::NotBefore(why) => pair("不比较：上一轮", "not compared: earlier round: ") + &undefined(why),
        NoChange::NotAfter(why) => pair("不比较：这一轮", "not compared: this round: ") + &undefined(why),
    }
}

/// A difference: itself, its ends, p and adjusted p, in words.
fn told(one: &Compared, times: i32, places: u32, said: Said, language: Language) -> [Cell; 7] {
    let difference = &one.difference * Fraction::from_integer(times.into());
    let bound = |bound: f64| Cell::Number(float(bound * f64::from(times), places));
    let p = |p: Option<f64>| p.map_or(Cell::None, |p| Cell::Number(format!("{p:.4}")));
    let [low, high] = one.precision.map_or([Cell::None, Cell::None], |found| [bound(found.low), bound(found.high)]);
    let note = match one.precision {
        Err(why) => Cell::text(imprecise(why, language)),
        Ok(found) if found.nominal => Cell::text(Words::pair("名义区间", "nominal interval").of(language)),
        Ok(_) => Cell::None,
    };
    [
        Cell::Number(round_half_up(&difference, places)),
        low,
        high,
        p(one.p),
        p(one.p_holm),
        Cell::text(verdict(one.verdict, said, language)),
        note,
    ]
}

const ROUND: Column = Column::new("round", "轮次", "round");
const UNIT: Column = Column::new("unit", "单位编号", "unit id");
const UNIT_LABEL: Column = Column::new("unit_label", "单位", "unit");
const TOLD: [Column; 7] = [
    Column::new("difference", "差", "difference"),
    Column::new("low", "区间下限", "low"),
    Column::new("high", "区间上限", "high"),
    Column::new("p", "p", "p"),
    Column::new("p_holm", "p（Holm）", "p (Holm)"),
    Column::new("shown", "结论", "shown"),
    Column::new("note", "说明", "note"),
];

/// Each two units of a class: the first's index minus the second's. `for_people`: without ids.
pub fn pairs_table(plan: &Plan, shown: &[Scored], places: u32, for_people: bool, language: Language) -> Table {
    let mut columns = vec![ROUND, UNIT, UNIT_LABEL];
    columns.push(Column::new("minus", "减去的单位编号", "minus: unit id"));
    columns.push(Column::new("minus_label", "减去", "minus"));
    columns.extend(TOLD);
    let mut table = Table::new(&columns);
    for round in shown {
        let unit = |at: usize| round.results.units[at].unit.as_str();
        for pair in &round.pairs {
            let mut row = vec![Cell::text(&round.results.round)];
            for id in [unit(pair.first), unit(pair.second)] {
                row.extend([Cell::text(id), Cell::text(unit_label(plan, id, language))]);
            }
            row.extend(told(&pair.compared, 1, places, DIFFERENCE, language));
            table.push(row);
        }
    }
    kept(table, for_people, shown.len() <= 1, &["unit", "minus"])
}

/// All changes since an earlier round: index, and of each indicator score and rate.
pub fn changes_table(plan: &Plan, changes: &Changes, places: u32, for_people: bool, language: Language) -> Table {
    let mut columns = vec![UNIT, UNIT_LABEL];
    columns.extend([
        Column::new("indicator", "指标编号", "indicator id"),
        Column::new("indicator_label", "指标", "indicator"),
        Column::new("of", "数", "of"),
        Column::new("before", "之前", "before"),
        Column::new("after", "之后", "after"),
    ]);
    columns.extend(TOLD);
    let mut table = Table::new(&columns);
    let zh = language == Language::Zh;
    for unit in &changes.units {
        let mut push = |indicator: Option<&str>, of: &str, times: i32, change: &Result<Change, NoChange>| {
            let mut row = vec![Cell::text(&unit.unit), Cell::text(unit_label(plan, &unit.unit, language))];
            match indicator {
                Some(id) => row.extend([Cell::text(id), Cell::text(indicator_label(plan, id, language))]),
                None => row.extend([Cell::None, Cell::None]),
            }
            row.push(Cell::text(of));
            let number = |value: &Fraction| match times {
                1 => Cell::Number(round_half_up(value, places)),
                _ => Cell::Number(percent(value, places)),
            };
            match change {
                Ok(change) => {
                    row.extend([number(&change.before), number(&change.after)]);
                    row.extend(told(&change.compared, times, places, CHANGE, language));
                }
                Err(why) => {
                    row.extend([const { Cell::None }; 8]);
                    row.push(Cell::text(no_change(plan, why, language)));
                }
            }
            table.push(row);
        };
        push(None, if zh { "综合指数" } else { "index" }, 1, &unit.index);
        for one in unit.indicators.iter().filter(|one| plan.is_asked_of(&one.indicator, &unit.unit)) {
            push(Some(&one.indicator), if zh { "得分" } else { "score" }, 1, &one.score);
            push(Some(&one.indicator), if zh { "满意率%" } else { "satisfied %" }, 100, &one.rate);
        }
    }
    kept(table, for_people, false, &["unit", "indicator"])
}

/// Which rounds are compared, and how.
pub fn changes_note(plan: &Plan, changes: &Changes, language: Language) -> String {
    let label =
        |id: &str| plan.round(id).map_or_else(|| id.to_owned(), |round| words(plan, &round.label, language).to_owned());
    let (before, after) = (label(&changes.before), label(&changes.after));
    let zh = language == Language::Zh;
    let mut text = match zh {
        true => format!("{after}与{before}相比：两轮视为各自独立抽取；同类比较一并用 Holm 法调整"),
        false => format!(
            "{after} against {before}: the rounds are taken as drawn independently; changes of one kind are judged together (Holm)"
        ),
    };
    if !changes.other_modes.is_empty() {
        let known = MODES.iter().filter(|(mode, _)| changes.other_modes.contains(mode));
        let modes: Vec<&str> = known.map(|(_, words)| words.of(language)).collect();
        text.push_str(&match zh {
            true => format!("；只有一轮用了{}，变化也可能来自方式不同", modes.join("、")),
            false => format!("; only one of them asked {}, which may itself change the answers", modes.join(", ")),
        });
    }
    if changes.imported {
        text.push_str(match zh {
            true => "；之前的数由表格导入：问法、量表和权重是否相同，这里没有核对；没有标准误的不作检验",
            false => "; the earlier numbers were imported from a table: whether it asked on the same scale, in the same words and with the same weights was not checked here, and nothing is tested without a standard error",
        });
    }
    text
}

pub(super) fn unit_label<'p>(plan: &'p Plan, id: &'p str, language: Language) -> &'p str {
    plan.unit(id).map_or(id, |unit| words(plan, &unit.label, language))
}

/// People need no ids, and no round where there is one.
fn kept(table: Table, for_people: bool, one_round: bool, ids: &[&str]) -> Table {
    if !for_people {
        return table;
    }
    let keep = |column: &Column| !(ids.contains(&column.key.as_ref()) || (one_round && column.key == "round"));
    let keep: Vec<bool> = table.columns.iter().map(keep).collect();
    fn of<T>(list: Vec<T>, keep: &[bool]) -> Vec<T> {
        list.into_iter().zip(keep).filter(|(_, keep)| **keep).map(|(one, _)| one).collect()
    }
    let rows = table.rows.into_iter().map(|row| of(row, &keep)).collect();
    Table { columns: of(table.columns, &keep), rows }.without_empty_columns()
}
