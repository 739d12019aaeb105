use crate::language::Language;
use crate::report::{Cell, Heading, Table};
use crate::ui::words::quality as words;
use leptos::prelude::*;

/// More rows nobody reads on a page; the CSV file has all.
const MOST: usize = 200;

/// A table of the report room on a page. On a narrow screen each line is a card, as in the results.
pub fn table(table: &Table, name: &str, language: Language) -> AnyView {
    laid_out(table, name, language, short)
}

/// The same with every number as it stands.
pub fn exact_table(table: &Table, name: &str, language: Language) -> AnyView {
    laid_out(table, name, language, str::to_owned)
}

fn laid_out(table: &Table, name: &str, language: Language, number: fn(&str) -> String) -> AnyView {
    let all = table.rows.len();
    if all == 0 {
        return view! { <p class="empty">{words::NOTHING.of(language)}</p> }.into_any();
    }
    // A column in which nothing is said takes no room.
    let says: Vec<usize> = (0..table.columns.len())
        .filter(|at| table.rows.iter().any(|row| row[*at] != Cell::None))
        .filter(|at| {
            !["check", "round", "questionnaire"].contains(&table.columns[*at].key.as_ref()) || repeats(table, *at)
        })
        .collect();
    let heading = |at: usize| match &table.columns[at].heading {
        Heading::Ours(words) => words.of(language).to_owned(),
        Heading::Planned(name) => name.clone(),
        Heading::Carried(zh, en) => language.choose(zh, en).to_owned(),
    };
    let numeric: Vec<bool> =
        (0..table.columns.len()).map(|at| table.rows.iter().any(|row| matches!(row[at], Cell::Number(_)))).collect();
    let head = says.iter().map(|at| {
        let class = if numeric[*at] { "number" } else { "" };
        view! { <th scope="col" role="columnheader" class=class>{heading(*at)}</th> }
    });
    let head = head.collect_view();
    let rows = table.rows.iter().take(MOST).map(|row| {
        let cells = says.iter().enumerate().map(|(place, at)| {
            let text = match &row[*at] {
                Cell::Text(text) => text.clone(),
                Cell::Number(digits) => number(digits),
                Cell::None => String::new(),
            };
            match place {
                0 => view! { <th scope="row" role="rowheader" class="name">{text}</th> }.into_any(),
                _ => {
                    let class = if numeric[*at] { "number" } else { "" };
                    view! { <td role="cell" class=class data-heading=heading(*at)>{text}</td> }.into_any()
                }
            }
        });
        view! { <tr role="row">{cells.collect_view()}</tr> }
    });
    let rows = rows.collect_view();
    let more = (all > MOST).then(|| {
        view! { <p class="hint small">{words::FIRST.count(language, &[MOST, all])}</p> }
    });
    let (caption, label) = (name.to_owned(), name.to_owned());
    view! {
        <div class="table-frame" tabindex="0" role="region" aria-label=caption>
            <table class="table cards quality-table" role="table" aria-label=label>
                <thead role="rowgroup"><tr role="row">{head}</tr></thead>
                <tbody role="rowgroup">{rows}</tbody>
            </table>
        </div>
        {more}
    }
    .into_any()
}

/// Whether a column has more than one value: of one round and questionnaire only, their names need no column. Names that programs
/// match on are never shown.
fn repeats(table: &Table, at: usize) -> bool {
    table.columns[at].key != "check" && table.rows.iter().any(|row| row[at] != table.rows[0][at])
}

/// Three decimals are enough on a page; files have them all.
fn short(number: &str) -> String {
    match (number.find('.'), number.parse::<f64>()) {
        (Some(_), Ok(value)) => format!("{value:.3}"),
        _ => number.to_owned(),
    }
}
