//! The combined score: for each unit what its parts are worth, and what they come to.

use super::results::words;
use super::{Cell, Column, Table};
use crate::language::Language;
use crate::plan::{Decimal, Plan};
use crate::scores::Scored;
use crate::tally::{Combined, Estimate, Undefined, UnitCombined, round_half_up};
use num_traits::ToPrimitive;

/// One row for each unit, those of a class together and in the order of their ranks; a part takes two columns, its score and the numbers
/// that it rests on. `for_people`: words for ids. The interval is that of the index alone, as `scored` has it, by its weight: the other
/// parts are taken as they are.
pub fn combined_table(
    plan: &Plan,
    shown: &[(&Combined, &Scored)],
    places: u32,
    for_people: bool,
    language: Language,
) -> Table {
    let zh = language == Language::Zh;
    let mut columns = vec![
        Column::new("round", "轮次", "round"),
        Column::new("unit_group", "类别", "class"),
        Column::new("rank", "名次", "rank"),
        Column::new("unit", "测评对象", "unit"),
        Column::new("combined", "综合得分", "combined score"),
        Column::new("low", "区间下限", "low"),
        Column::new("high", "区间上限", "high"),
    ];
    for part in &plan.parts {
        let label = words(plan, &part.label, language);
        let hundred = Decimal::from_millionths(100 * Decimal::SCALE);
        let share = [&part.weight.times(hundred).to_text(), "%"].concat();
        let (score, n) = match zh {
            true => (format!("{label}（{share}）"), format!("{label}：数据份数")),
            false => (format!("{label} ({share})"), format!("{label}: n")),
        };
        columns.push(Column::planned(part.id.clone(), &score));
        columns.push(Column::planned([&part.id, ":n"].concat(), &n));
    }
    columns.push(Column::new("note", "说明", "note"));
    let keep: Vec<bool> = columns
        .iter()
        .map(|column| match column.key.as_ref() {
            "round" => !for_people || shown.len() > 1,
            "unit_group" => !for_people || plan.unit_groups.len() > 1,
            _ => true,
        })
        .collect();
    let kept: Vec<Column> = columns.iter().zip(&keep).filter(|(_, keep)| **keep).map(|(one, _)| one.clone()).collect();
    let mut table = Table::new(&kept);
    let number =
        |value: &Estimate| value.as_ref().map_or(Cell::None, |value| Cell::Number(round_half_up(value, places)));
    for (combined, scored) in shown {
        let class = |id: Option<&str>| plan.unit_groups.iter().position(|group| Some(group.id.as_str()) == id);
        let mut order: Vec<usize> = (0..combined.units.len()).collect();
        order.sort_by_key(|at| {
            let unit = &combined.units[*at];
            (class(unit.group.as_deref()), unit.rank.unwrap_or(usize::MAX), *at)
        });
        for at in order {
            let unit = &combined.units[at];
            let (low, high) = combined_ends(unit, scored, at).map_or((Cell::None, Cell::None), |(low, high)| {
                let shown = |value: f64| Cell::Number(format!("{value:.*}", places as usize));
                (shown(low), shown(high))
            });
            let group = unit.group.as_deref().and_then(|id| plan.unit_groups.iter().find(|group| group.id == id));
            let named = plan.unit(&unit.unit).filter(|_| for_people);
            let mut row = vec![
                Cell::text(&combined.round),
                match (group, for_people) {
                    (Some(group), true) => Cell::text(words(plan, &group.label, language)),
                    (Some(group), false) => Cell::text(&group.id),
                    (None, _) => Cell::None,
                },
                unit.rank.map_or(Cell::None, Cell::count),
                Cell::text(named.map_or(unit.unit.as_str(), |known| words(plan, &known.label, language))),
                number(&unit.score),
                low,
                high,
            ];
            for part in &unit.parts {
                row.push(number(&part.score));
                row.push(part.n.map_or(Cell::None, |n| Cell::Number(n.to_string())));
            }
            row.push(note(plan, &unit.score, unit.parts.iter().any(|part| part.trimmed > 0), language));
            table.push(row.into_iter().zip(&keep).filter(|(_, keep)| **keep).map(|(cell, _)| cell).collect());
        }
    }
    if for_people { table.without_empty_columns() } else { table }
}

/// The interval of the index, by its weight, around the combined score.
pub fn combined_ends(unit: &UnitCombined, scored: &Scored, at: usize) -> Option<(f64, f64)> {
    let score = unit.score.as_ref().ok()?.to_f64()?;
    let index = unit.parts.iter().find(|part| part.is_index)?;
    let weight = index.weight.millionths() as f64 / Decimal::SCALE as f64;
    let centre = index.score.as_ref().ok()?.to_f64()?;
    let precise = scored.units.get(at)?.index.as_ref().ok()?;
    Some((score - weight * (centre - precise.low), score + weight * (precise.high - centre)))
}

fn note(plan: &Plan, score: &Estimate, trimmed: bool, language: Language) -> Cell {
    let zh = language == Language::Zh;
    match score {
        Ok(_) if trimmed => Cell::text(match zh {
            true => "已去掉一个最高分和一个最低分",
            false => "without one highest and one lowest number",
        }),
        Ok(_) => Cell::None,
        Err(Undefined::NoAnswers) => Cell::text(if zh { "没有数据" } else { "no numbers" }),
        Err(Undefined::Withheld) => Cell::text(match zh {
            true => "人数太少，不公布",
            false => "withheld: too few answers",
        }),
        Err(Undefined::NoScoreFor(parts)) | Err(Undefined::NoAnswersFrom(parts)) => {
            let named = parts.iter().map(|id| {
                let part = plan.parts.iter().find(|part| part.id == *id);
                part.map_or(id.as_str(), |part| words(plan, &part.label, language))
            });
            let named: Vec<&str> = named.collect();
            Cell::text(match zh {
                true => format!("缺少：{}", named.join("、")),
                false => format!("nothing for: {}", named.join(", ")),
            })
        }
    }
}

/// How the combined score is made, in words.
pub fn combined_note(plan: &Plan, language: Language) -> String {
    let terms: Vec<String> = { plan.parts.iter() }
        .map(|part| {
            let label = words(plan, &part.label, language);
            format!("{} × {label}", part.weight.to_text())
        })
        .collect();
    let terms = terms.join(" + ");
    match language {
        Language::Zh => format!(
            "综合得分 = {terms}；每一部分都折算为 0 到 100 分，缺一部分就没有综合得分，不用其余部分顶替。区间只反映群众评分的抽样误差，其他部分按原数计。名次在同类对象中排列。"
        ),
        Language::En => format!(
            "Combined score = {terms}; each part is from 0 to 100 points, and where one is missing there is no combined score: the rest does not stand in for it. The interval is the sampling error of the votes alone; the other parts are taken as they are. Units are ranked within their class."
        ),
    }
}
