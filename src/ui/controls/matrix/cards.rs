//! The phone: one card for each unit, its indicators below each other, grades as segments.

use super::{Board, rows};
use crate::ui::controls::steps::in_steps;
use crate::ui::element::{Element, el, group};

pub fn cards(board: &Board) -> Element {
    let shared = board.clone();
    in_steps(board.count(), board.wanted, move |row| card(&shared, row))
}

fn card(board: &Board, row: usize) -> Element {
    let sheet = &board.sheet;
    let this = &sheet.rows[row];
    let name = board.row_name(row);
    let mut number = (row + 1).to_string();
    number.push_str(" / ");
    number.push_str(&sheet.rows.len().to_string());
    let heading = el(if sheet.has_classes() { "h3" } else { "h2" }, "").attr("id", &name).attr("tabindex", "-1");
    let head = el("div", "unit-head").child(heading.text(&this.label)).child(rows::mark());
    let card = el("div", "card unit").attr("role", "group").attr("aria-labelledby", &name).child(head);
    (0..sheet.columns.len()).for_each(|column| card.add(&cell(board, row, column)));
    let number = el("span", "hint small unit-number").attr("aria-hidden", "true").text(&number);
    let card = card.child(rows::foot(board, row).child(number));
    rows::follow_row(board, row, &card);
    group().maybe(this.class.as_ref().map(|class| el("h2", "unit-class").text(class))).child(card)
}

fn cell(board: &Board, row: usize, column: usize) -> Element {
    let sheet = &board.sheet;
    let this = &sheet.columns[column];
    let options = rows::segments(board, row, column);
    // With one indicator the unit's name says it all; the group still has a name of its own.
    let legend = el("legend", if sheet.columns.len() == 1 { "visually-hidden" } else { "" });
    let unit = el("span", "visually-hidden").text(&sheet.rows[row].label).text(" ");
    let legend = legend.child(unit).text(&this.label);
    el("fieldset", "cell").attr("role", "radiogroup").child(legend).child(options)
}
