//! The wide screen: a table with a row for each unit and indicator, a column for each grade.

use super::{Board, rows};
use crate::ui::controls::steps::in_steps;
use crate::ui::element::{Element, el, group};
use crate::ui::words::answer as words;

pub fn table(board: &Board) -> Element {
    let language = board.live.language();
    let head = |class| el("th", class).attr("scope", "col");
    let heads = el("tr", "").child(head("unit-column").text(words::MATRIX_UNIT.of(language)));
    if board.sheet.columns.len() > 1 {
        heads.add(&head("indicator-column").text(words::MATRIX_INDICATOR.of(language)));
    }
    for (at, option) in board.sheet.options.iter().enumerate() {
        heads.add(&head("grade-head").attr("id", &option_id(board, at)).text(&option.label));
    }
    let shared = board.clone();
    el("table", "matrix-table")
        .attr("aria-labelledby", &crate::ui::controls::anchor(board.index, "-label"))
        .child(el("thead", "").child(heads))
        .child(in_steps(board.count(), board.wanted, move |row| row_group(&shared, row)))
}

fn option_id(board: &Board, at: usize) -> String {
    let mut id = crate::ui::controls::anchor(board.index, "-g");
    id.push_str(&at.to_string());
    id
}

/// A unit: one `tbody`, so that its rows stay together.
fn row_group(board: &Board, row: usize) -> Element {
    let sheet = &board.sheet;
    let lines = el("tbody", "unit");
    (0..sheet.columns.len()).for_each(|column| lines.add(&line(board, row, column)));
    rows::follow_row(board, row, &lines);
    let span = sheet.options.len() + 1 + usize::from(sheet.columns.len() > 1);
    let class = sheet.rows[row].class.as_ref().map(|class| {
        let head = el("th", "unit-class").attr("scope", "rowgroup").attr("colspan", &span.to_string());
        el("tbody", "").child(el("tr", "").child(head.text(class)))
    });
    group().maybe(class).child(lines)
}

fn line(board: &Board, row: usize, column: usize) -> Element {
    let sheet = &board.sheet;
    let (this, unit) = (&sheet.columns[column], &sheet.rows[row]);
    let (row_name, name) = (board.row_name(row), board.cell_name(row, column));
    let several = sheet.columns.len() > 1;
    let graded = board.graded(row, column);
    let mut names = row_name.clone();
    let line = el("tr", "grade-line");
    if column == 0 {
        let unit_name = el("span", "").attr("id", &row_name).attr("tabindex", "-1").text(&unit.label);
        let head = el("th", "unit-name").attr("scope", "rowgroup").attr("rowspan", &sheet.columns.len().to_string());
        line.add(
            &head.child(el("div", "unit-head").child(unit_name).child(rows::mark())).child(rows::foot(board, row)),
        );
    }
    if several {
        let mut id = name.clone();
        id.push('h');
        names.push(' ');
        names.push_str(&id);
        line.add(&el("th", "indicator-name").attr("scope", "row").attr("id", &id).text(&this.label));
    }
    names.push(' ');
    for (at, option) in sheet.options.iter().enumerate() {
        let mut labelled = names.clone();
        labelled.push_str(&option_id(board, at));
        let input = rows::radio(&name, at, graded.as_ref() == Some(&option.name)).attr("aria-labelledby", &labelled);
        let dot = el("label", "dot").child(input).child(el("span", "dot-body").attr("aria-hidden", "true"));
        line.add(&el("td", if option.missing { "grade-cell missing" } else { "grade-cell" }).child(dot));
    }
    line
}
