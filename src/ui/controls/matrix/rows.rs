//! What a card and a table row have in common: keeping inputs in line with the session.

use super::Board;
use crate::ui::controls::inputs::align;
use leptos::prelude::*;

/// State of a row, as the style sheet knows it.
pub fn state(filled: usize, columns: usize) -> &'static str {
    match filled {
        0 => "open",
        filled if filled < columns => "begun",
        _ => "done",
    }
}

/// Brings the inputs of one row under `root` in line with the session and marks its state.
pub fn align_row(board: Board, row: usize, root: &web_sys::Element) {
    board.sheet.with_value(|sheet| {
        let Some(unit) = sheet.rows.get(row).map(|row| row.unit.as_str()) else { return };
        board.live.with(|session| {
            let graded = |column: usize| {
                sheet.columns.get(column).and_then(|column| session.grade(board.index, unit, &column.id))
            };
            align(root, |input| match super::read_name(&input.name()) {
                Some((at, Some(column))) if at == row => {
                    let option = input.value().parse::<usize>().ok().and_then(|at| sheet.options.get(at));
                    option.is_some_and(|option| graded(column) == Some(option.name.as_str()))
                }
                Some((at, None)) if at == row => sheet.missing().is_some_and(|missing| {
                    (0..sheet.columns.len()).all(|column| graded(column) == Some(missing.name.as_str()))
                }),
                _ => input.checked(),
            });
            let state = state(session.row_filled(board.index, row), sheet.columns.len());
            let _ = root.set_attribute("data-state", state);
        });
    });
}
