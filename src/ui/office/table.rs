//! A table of the report's as the page shows it: on a narrow screen each line is a card.

use crate::language::Language;
use crate::report::{Cell, Table};
use leptos::prelude::*;

/// `heads`: key of the column that names its line; else the first. `class` of the table.
pub fn shown_table(table: Table, name: &str, heads: Option<&str>, class: &str, language: Language) -> AnyView {
    let Table { columns, rows } = table;
    let headings: Vec<(String, bool)> = columns
        .iter()
        .enumerate()
        .map(|(at, column)| {
            let numeric = rows.iter().any(|row| matches!(row[at], Cell::Number(_)));
            (column.heading(language), numeric)
        })
        .collect();
    let named = heads.map_or(Some(0), |key| columns.iter().position(|column| column.key == key));
    let row = |row: Vec<Cell>| {
        let cells = row.into_iter().zip(&headings).enumerate().map(|(at, (cell, (heading, numeric)))| {
            let shown = match cell {
                Cell::None => "—".to_owned(),
                cell => cell.shown(),
            };
            match named == Some(at) {
                true => view! { <th scope="row" role="rowheader" class="name">{shown}</th> }.into_any(),
                false => {
                    let class = if *numeric { "number" } else { "" };
                    view! { <td role="cell" class=class data-heading=heading.clone()>{shown}</td> }.into_any()
                }
            }
        });
        view! { <tr role="row">{cells.collect_view()}</tr> }
    };
    let head = headings.iter().map(|(heading, numeric)| {
        let class = if *numeric { "number" } else { "" };
        view! { <th scope="col" role="columnheader" class=class>{heading.clone()}</th> }
    });
    let mut classes = String::from("table cards ");
    classes.push_str(class);
    let (frame, table) = (name.to_owned(), name.to_owned());
    view! {
        <div class="table-frame" tabindex="0" role="region" aria-label=frame>
            <table class=classes role="table" aria-label=table>
                <thead role="rowgroup"><tr role="row">{head.collect_view()}</tr></thead>
                <tbody role="rowgroup">{rows.into_iter().map(row).collect_view()}</tbody>
            </table>
        </div>
    }
    .into_any()
}
