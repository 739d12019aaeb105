//! What a card and a table row have in common: keeping inputs in line with the session.

use super::Board;
use crate::ui::controls::inputs::align;
use crate::ui::element::{Element, button, el, follow};
use crate::ui::words::answer as words;
use leptos::prelude::*;

/// State of a row, as the style sheet knows it.
pub fn state(filled: usize, columns: usize) -> &'static str {
    match filled {
        0 => "open",
        filled if filled < columns => "begun",
        _ => "done",
    }
}

/// Keeps a row's inputs and its mark in line with the session.
pub fn follow_row(board: &Board, row: usize, root: &Element) {
    let changed = board.live.row(board.index, row);
    let (board, root) = (board.clone(), root.node().clone());
    follow(move || {
        changed.track();
        align_row(&board, row, &root);
    });
}

/// Brings the inputs of one row under `root` in line with the session and marks its state.
fn align_row(board: &Board, row: usize, root: &web_sys::Element) {
    let sheet = &board.sheet;
    let Some(unit) = sheet.rows.get(row).map(|row| row.unit.as_str()) else { return };
    board.live.with(|session| {
        let graded =
            |column: usize| sheet.columns.get(column).and_then(|column| session.grade(board.index, unit, &column.id));
        align(root, &|input| match super::read_name(&input.name()) {
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
}

/// The sign of how far a row is, for the eye.
pub fn mark() -> Element {
    el("span", "unit-mark").attr("aria-hidden", "true")
}

pub fn radio(name: &str, at: usize, checked: bool) -> Element {
    let input = el("input", "option-input").attr("type", "radio").attr("name", name).attr("value", &at.to_string());
    input.flag("checked", checked)
}

/// The grades of one cell beside each other, as a card shows them.
pub fn segments(board: &Board, row: usize, column: usize) -> Element {
    let sheet = &board.sheet;
    let (name, graded) = (board.cell_name(row, column), board.graded(row, column));
    let options = el("div", sheet.segments_class());
    for (at, option) in sheet.options.iter().enumerate() {
        let segment = el("label", if option.missing { "segment missing" } else { "segment" });
        let input = radio(&name, at, graded.as_ref() == Some(&option.name));
        options.add(&segment.child(input).child(el("span", "segment-body").text(&option.label)));
    }
    options
}

/// What concerns the whole row: not known at all, and clear.
pub fn foot(board: &Board, row: usize) -> Element {
    let language = board.live.language();
    let sheet = &board.sheet;
    let foot = el("div", "unit-foot");
    if sheet.columns.len() > 1 && sheet.missing().is_some() {
        let input = el("input", "").attr("type", "checkbox").attr("name", &board.row_name(row));
        let label = el("span", "").text(words::MATRIX_UNKNOWN.of(language));
        foot.add(&el("label", "unknown").child(input).child(label));
    }
    let mut label = String::from(words::CLEAR.of(language));
    label.push_str(words::COLON.of(language));
    label.push_str(&sheet.rows[row].label);
    let clear = button("button quiet clear").attr("data-clear", &row.to_string()).attr("aria-label", &label);
    foot.child(clear.text(words::CLEAR.of(language)))
}
