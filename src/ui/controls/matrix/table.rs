//! The wide screen: a table with a row for each unit and indicator, a column for each grade.

use super::{Board, rows};
use crate::ui::controls::steps::in_steps;
use crate::ui::words::answer as words;
use leptos::{html, prelude::*};

pub fn table(board: Board) -> AnyView {
    let language = board.live.language();
    let several = board.sheet.with_value(|sheet| sheet.columns.len() > 1);
    let heads: Vec<AnyView> = board.sheet.with_value(|sheet| {
        let heads = sheet.options.iter().enumerate().map(|(at, option)| {
            view! { <th scope="col" class="grade-head" id=option_id(board, at)>{option.label.clone()}</th> }.into_any()
        });
        heads.collect()
    });
    view! {
        <table class="matrix-table" aria-labelledby=crate::ui::controls::anchor(board.index, "-label")>
            <thead>
                <tr>
                    <th scope="col" class="unit-column">{words::MATRIX_UNIT.of(language)}</th>
                    {several.then(|| view! { <th scope="col" class="indicator-column">{words::MATRIX_INDICATOR.of(language)}</th> })}
                    {heads}
                </tr>
            </thead>
            {in_steps(board.count(), board.wanted, move |row| row_group(board, row))}
        </table>
    }
    .into_any()
}

fn option_id(board: Board, at: usize) -> String {
    let mut id = crate::ui::controls::anchor(board.index, "-g");
    id.push_str(&at.to_string());
    id
}

/// A unit: one `tbody`, so that its rows stay together.
fn row_group(board: Board, row: usize) -> AnyView {
    let root = NodeRef::<html::Tbody>::new();
    let changed = board.live.row(board.index, row);
    Effect::new(move |_| {
        changed.track();
        if let Some(root) = root.get() {
            rows::align_row(board, row, &root);
        }
    });
    let (class, span) = board.sheet.with_value(|sheet| {
        let span = sheet.options.len() + 1 + usize::from(sheet.columns.len() > 1);
        (sheet.rows[row].class.clone(), span)
    });
    let columns = board.sheet.with_value(|sheet| sheet.columns.len());
    let lines: Vec<AnyView> = (0..columns).map(|column| line(board, row, column)).collect();
    view! {
        {class.map(|class| view! {
            <tbody><tr><th class="unit-class" scope="rowgroup" colspan=span.to_string()>{class}</th></tr></tbody>
        })}
        <tbody class="unit" node_ref=root>{lines}</tbody>
    }
    .into_any()
}

fn line(board: Board, row: usize, column: usize) -> AnyView {
    let language = board.live.language();
    board.sheet.with_value(|sheet| {
        let (this, unit) = (&sheet.columns[column], &sheet.rows[row]);
        let (row_name, name) = (board.row_name(row), board.cell_name(row, column));
        let several = sheet.columns.len() > 1;
        let graded = board.live.with(|session| session.grade(board.index, &unit.unit, &this.id).map(str::to_owned));
        let mut names = row_name.clone();
        let mut indicator_id = name.clone();
        indicator_id.push('h');
        if several {
            names.push(' ');
            names.push_str(&indicator_id);
        }
        let cells: Vec<AnyView> = sheet
            .options
            .iter()
            .enumerate()
            .map(|(at, option)| {
                let checked = graded.as_deref() == Some(option.name.as_str());
                let mut labelled = names.clone();
                labelled.push(' ');
                labelled.push_str(&option_id(board, at));
                view! {
                    <td class="grade-cell">
                        <label class="dot">
                            <input type="radio" class="option-input" name=name.clone() value=at.to_string()
                                checked=checked aria-labelledby=labelled/>
                            <span class="dot-body" aria-hidden="true"></span>
                        </label>
                    </td>
                }
                .into_any()
            })
            .collect();
        let head = (column == 0).then(|| {
            let mut clear = String::from(words::CLEAR.of(language));
            clear.push_str(words::COLON.of(language));
            clear.push_str(&unit.label);
            let unknown = sheet.missing().filter(|_| several).map(|_| {
                view! {
                    <label class="unknown">
                        <input type="checkbox" name=row_name.clone()/>
                        <span>{words::MATRIX_UNKNOWN.of(language)}</span>
                    </label>
                }
            });
            view! {
                <th scope="rowgroup" class="unit-name" rowspan=sheet.columns.len().to_string()>
                    <div class="unit-head">
                        <span id=row_name.clone() tabindex="-1">{unit.label.clone()}</span>
                        <span class="unit-mark" aria-hidden="true"></span>
                    </div>
                    <div class="unit-foot">
                        {unknown}
                        <button type="button" class="button quiet clear" data-clear=row.to_string() aria-label=clear>
                            {words::CLEAR.of(language)}
                        </button>
                    </div>
                </th>
            }
        });
        view! {
            <tr>
                {head}
                {several.then(|| view! { <th scope="row" class="indicator-name" id=indicator_id>{this.label.clone()}</th> })}
                {cells}
            </tr>
        }
        .into_any()
    })
}
