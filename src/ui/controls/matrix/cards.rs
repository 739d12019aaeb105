//! The phone: one card for each unit, its indicators below each other, grades as segments.

use super::{Board, Root, rows};
use crate::ui::controls::steps::in_steps;
use crate::ui::words::answer as words;
use leptos::prelude::*;

pub fn cards(board: Board) -> AnyView {
    in_steps(board.count(), board.wanted, move |row| card(board, row))
}

fn card(board: Board, row: usize) -> AnyView {
    let root = Root::new();
    let changed = board.live.row(board.index, row);
    Effect::new(move |_| {
        changed.track();
        if let Some(root) = root.get() {
            rows::align_row(board, row, &root);
        }
    });
    let language = board.live.language();
    board.sheet.with_value(|sheet| {
        let this = &sheet.rows[row];
        let name = board.row_name(row);
        let several = sheet.columns.len() > 1;
        let columns: Vec<AnyView> = (0..sheet.columns.len()).map(|column| cell(board, row, column)).collect();
        let unknown = sheet.missing().filter(|_| several).map(|_| {
            view! {
                <label class="unknown">
                    <input type="checkbox" name=name.clone()/>
                    <span>{words::MATRIX_UNKNOWN.of(language)}</span>
                </label>
            }
        });
        let mut clear = String::from(words::CLEAR.of(language));
        clear.push_str(words::COLON.of(language));
        clear.push_str(&this.label);
        let mut number = (row + 1).to_string();
        number.push_str(" / ");
        number.push_str(&sheet.rows.len().to_string());
        let label = this.label.clone();
        let heading = if sheet.has_classes() {
            view! { <h3 id=name.clone() tabindex="-1">{label}</h3> }.into_any()
        } else {
            view! { <h2 id=name.clone() tabindex="-1">{label}</h2> }.into_any()
        };
        view! {
            {this.class.clone().map(|class| view! { <h2 class="unit-class">{class}</h2> })}
            <div class="card unit" node_ref=root role="group" aria-labelledby=name>
                <div class="unit-head">
                    {heading}
                    <span class="unit-mark" aria-hidden="true"></span>
                </div>
                {columns}
                <div class="unit-foot">
                    {unknown}
                    <button type="button" class="button quiet clear" data-clear=row.to_string() aria-label=clear>
                        {words::CLEAR.of(language)}
                    </button>
                    <span class="hint small unit-number" aria-hidden="true">{number}</span>
                </div>
            </div>
        }
        .into_any()
    })
}

fn cell(board: Board, row: usize, column: usize) -> AnyView {
    board.sheet.with_value(|sheet| {
        let this = &sheet.columns[column];
        let name = board.cell_name(row, column);
        let unit = &sheet.rows[row].unit;
        let graded = board.live.with(|session| session.grade(board.index, unit, &this.id).map(str::to_owned));
        let options: Vec<AnyView> = sheet
            .options
            .iter()
            .enumerate()
            .map(|(at, option)| {
                let checked = graded.as_deref() == Some(option.name.as_str());
                view! {
                    <label class="segment" class:missing=option.missing>
                        <input type="radio" class="option-input" name=name.clone() value=at.to_string() checked=checked/>
                        <span class="segment-body">{option.label.clone()}</span>
                    </label>
                }
                .into_any()
            })
            .collect();
        // With one indicator the unit's name says it all; the group still has a name of its own.
        let alone = sheet.columns.len() == 1;
        view! {
            <fieldset class="cell" role="radiogroup">
                <legend class:visually-hidden=alone>
                    <span class="visually-hidden">{sheet.rows[row].label.clone()} " "</span>
                    {this.label.clone()}
                </legend>
                <div class=sheet.segments_class()>{options}</div>
            </fieldset>
        }
        .into_any()
    })
}
