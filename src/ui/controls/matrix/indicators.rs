//! One card for each indicator, with the units below each other: one question at a time, over all units.

use super::{Board, rows};
use crate::ui::controls::steps::in_steps;
use crate::ui::element::{Element, el, group};
use crate::ui::words::answer as words;

pub fn cards(board: &Board) -> Element {
    let cards = group();
    (0..board.sheet.columns.len()).for_each(|column| cards.add(&card(board, column)));
    cards
}

/// Id of the heading of a cell.
pub fn heading(board: &Board, row: usize, column: usize) -> String {
    let mut id = board.cell_name(row, column);
    id.push_str("-h");
    id
}

fn card(board: &Board, column: usize) -> Element {
    let sheet = &board.sheet;
    let this = &sheet.columns[column];
    let mut name = crate::ui::controls::anchor(board.index, "-c");
    name.push_str(&column.to_string());
    let head = el("div", "stack tight").child(el("h2", "").attr("id", &name).text(&this.label));
    let head = head.maybe(this.description.as_ref().map(|told| el("p", "hint").text(told)));
    let shared = board.clone();
    let cells = in_steps(board.count(), board.wanted, move |row| cell(&shared, row, column));
    el("section", "card by-indicator").attr("aria-labelledby", &name).child(head).child(cells)
}

fn cell(board: &Board, row: usize, column: usize) -> Element {
    let sheet = &board.sheet;
    let unit = &sheet.rows[row];
    let options = rows::segments(board, row, column);
    let legend = el("legend", "unit-name").attr("id", &heading(board, row, column)).attr("tabindex", "-1");
    let indicator = el("span", "visually-hidden");
    let indicator = indicator.text(words::COLON.of(board.live.language())).text(&sheet.columns[column].label);
    let legend = legend.text(&unit.label).child(indicator);
    let cell = el("fieldset", "cell").attr("role", "radiogroup").child(legend).child(options);
    // What concerns the unit as a whole stands where it is met first.
    let whole = el("div", "unit-cell").child(cell).maybe((column == 0).then(|| rows::foot(board, row)));
    rows::follow_row(board, row, &whole);
    let class = unit.class.as_ref().map(|class| el("h3", "unit-class").text(class));
    group().maybe(class).child(whole)
}
