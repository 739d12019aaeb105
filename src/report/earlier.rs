//! Numbers of earlier rounds that came as a table, as they were understood.

use super::differences::unit_label;
use super::results::{indicator_label, words};
use super::{Cell, Column, Table};
use crate::language::Language;
use crate::plan::{Decimal, Plan};
use crate::scores::Earlier;

/// One row for each number, with the same columns as the table that it came from. For people: labels for ids.
pub fn earlier_table(plan: &Plan, rounds: &[Earlier], for_people: bool, language: Language) -> Table {
    let mut table = Table::new(&[
        // Shown to people also where there is one only.
        Column::new(if for_people { "earlier" } else { "round" }, "轮次", "round"),
        Column::new("unit", "测评对象", "unit"),
        Column::new("indicator", "指标", "indicator"),
        Column::new("score", "得分", "score"),
        Column::new("se", "标准误", "standard error"),
        Column::new("n", "人数", "n"),
        Column::new("rate", "满意率（%）", "satisfied (%)"),
        Column::new("rate_se", "满意率标准误", "standard error of the rate"),
    ]);
    let whole = match language {
        Language::Zh => "综合指数",
        Language::En => "index",
    };
    let number = |value: Option<Decimal>| value.map_or(Cell::None, |value| Cell::Number(value.to_text()));
    for earlier in rounds {
        let round = plan.round(&earlier.round).filter(|_| for_people);
        for ((unit, indicator), told) in &earlier.numbers {
            table.push(vec![
                Cell::text(round.map_or(earlier.round.as_str(), |round| words(plan, &round.label, language))),
                Cell::text(if for_people { unit_label(plan, unit, language) } else { unit }),
                match (indicator, for_people) {
                    (Some(id), true) => Cell::text(indicator_label(plan, id, language)),
                    (Some(id), false) => Cell::text(id),
                    (None, true) => Cell::text(whole),
                    (None, false) => Cell::None,
                },
                number(told.score),
                number(told.se),
                told.n.map_or(Cell::None, |n| Cell::Number(n.to_string())),
                number(told.rate),
                number(told.rate_se),
            ]);
        }
    }
    if for_people { table.without_empty_columns() } else { table }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ledger::tests::plan;
    use crate::scores::read_earlier;

    #[test]
    fn the_table_for_programs_is_read_again_as_it_was() {
        let text = "round,unit,indicator,score,se,n,rate,rate_se\n=2023,u1,,82.5,1.25,300,91.5,\n=2023,u2,b1,70,,,,\n2024,u1,a,,,12,40,2.5\n";
        let rounds = read_earlier(&plan(), text.as_bytes(), None).unwrap().rounds;
        let written = earlier_table(&plan(), &rounds, false, Language::Zh).to_csv();
        assert_eq!(read_earlier(&plan(), written.as_bytes(), None).unwrap().rounds, rounds);
        let shown = earlier_table(&plan(), &rounds, true, Language::Zh).to_text(Language::Zh);
        assert!(shown.contains("综合指数") && shown.contains("一局"), "{shown}");
    }
}
