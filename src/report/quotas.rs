//! How full the quotas are, and what cells are called.

use super::{Cell, Column, Table};
use crate::language::Language;
use crate::ledger::Filled;
use crate::plan::{self, Mode, Plan, Text, WhenFull, pick};

/// One row for each cell of the rounds that are wanted, by their places in the plan.
pub fn quotas_table(plan: &Plan, filled: &Filled, rounds: &[usize], language: Language) -> Table {
    let mut table = Table::new(&[
        Column::new("round", "轮次", "round"),
        Column::new("quota", "配额", "quota"),
        Column::new("cell", "格", "cell"),
        Column::new("label", "名称", "name"),
        Column::new("target", "目标", "target"),
        Column::new("done", "完成", "done"),
        Column::new("left", "还差", "left"),
        Column::new("when_full", "满额时", "when full"),
    ]);
    let cells = plan.cells();
    for &round in rounds {
        for (cell, &done) in cells.iter().zip(filled.round(round)) {
            // Nobody is asked who could be in it.
            if done == 0 && !plan.asks_cell(&plan.rounds[round].id, cell) {
                continue;
            }
            let target = u64::from(cell.target);
            table.push(vec![
                Cell::text(&plan.rounds[round].id),
                Cell::text(cell.quota),
                Cell::count(cell.number),
                Cell::Text(cell_name(plan, cell, language.tag())),
                Cell::Number(target.to_string()),
                Cell::Number(done.to_string()),
                Cell::Number(target.saturating_sub(done).to_string()),
                Cell::text(match cell.when_full {
                    WhenFull::Warn => "warn",
                    WhenFull::ScreenOut => "screen_out",
                }),
            ]);
        }
    }
    table
}

/// What a cell is called in a language: its label, or its stratum, rater group and mode.
pub fn cell_name(plan: &Plan, cell: &plan::Cell, language: &str) -> String {
    let first = plan.languages.first().map_or("", String::as_str);
    let said = |text: &Text| pick(text, language, first).to_owned();
    if let Some(label) = cell.label {
        return said(label);
    }
    let stratum = cell.stratum.and_then(|id| plan.stratum(id)).map(|stratum| said(&stratum.label));
    let group = cell.rater_group.and_then(|id| plan.rater_group(id)).map(|group| said(&group.label));
    let mode = cell.mode.map(|mode| mode_name(mode, language).to_owned());
    let parts: Vec<String> = [stratum, group, mode].into_iter().flatten().collect();
    parts.join(" · ")
}

pub(super) fn mode_name(mode: Mode, language: &str) -> &'static str {
    let (zh, en) = match mode {
        Mode::Web => ("自己填写", "on their own"),
        Mode::Face => ("当面访问", "face to face"),
        Mode::Phone => ("电话访问", "by telephone"),
        Mode::Hall => ("会场测评", "in a meeting"),
    };
    if language.starts_with("zh") { zh } else { en }
}
