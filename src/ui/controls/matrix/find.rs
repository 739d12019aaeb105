//! The list of units to jump to, with what is done of each.

use super::{Board, rows::state};
use crate::ui::controls::inputs::source;
use crate::ui::controls::search::Index;
use crate::ui::element::{Element, button, el, group, next_frame};
use crate::ui::shell::dialog;
use crate::ui::words::answer as words;
use leptos::prelude::*;

pub fn find(board: &Board, open: RwSignal<bool>) -> Element {
    let language = board.live.language();
    let board = board.clone();
    dialog(open, move || words::MATRIX_FIND_TITLE.of(language).to_owned(), move || list(&board, open))
}

fn list(board: &Board, open: RwSignal<bool>) -> Element {
    let language = board.live.language();
    let wanted = RwSignal::new(String::new());
    let typed = move |event: web_sys::Event| {
        if let Some(input) = source(&event) {
            wanted.set(input.value());
        }
    };
    let input = el("input", "input").attr("type", "search").attr("autocomplete", "off").on("input", typed);
    let label = el("span", "field-label").text(words::MATRIX_SEARCH.of(language));
    let close = button("button").on("click", move |_| open.set(false)).text(words::CLOSE.of(language));
    let board = board.clone();
    let labels = Index::of_labels(board.sheet.rows.iter().map(|row| row.label.as_str()));
    group()
        .child(el("label", "field").child(label).child(input))
        .live(move || found(&board, open, &labels, wanted.get().trim()))
        .child(close)
}

fn found(board: &Board, open: RwSignal<bool>, labels: &Index, wanted: &str) -> Element {
    let language = board.live.language();
    let list = el("ul", "jumps");
    let rows = labels.find(wanted);
    let none = rows.is_empty();
    for row in rows.into_iter().map(|row| row as usize) {
        let Some(unit) = board.sheet.rows.get(row) else { continue };
        let state = state(board.filled(row), board.sheet.columns.len());
        let told = match state {
            "open" => words::MATRIX_OPEN,
            "begun" => words::MATRIX_BEGUN,
            _ => words::MATRIX_DONE,
        };
        let board = board.clone();
        let jump = move |_| {
            open.set(false);
            let board = board.clone();
            // The dialog gives the focus back to its button first.
            next_frame(move || board.go_to(row));
        };
        let jump = button("jump").attr("data-state", state).on("click", jump);
        let jump = jump.child(el("span", "grow").text(&unit.label));
        list.add(&el("li", "").child(jump.child(el("span", "small jump-state").text(told.of(language)))));
    }
    if none { el("p", "empty").text(words::MATRIX_NONE_FOUND.of(language)) } else { list }
}
