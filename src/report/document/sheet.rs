use crate::language::Language;
use crate::report::{Cell, Table};
use maud::{DOCTYPE, Markup, PreEscaped, html};

const STYLE: &str = include_str!("../document.css");

/// What stands at the head of a paper.
pub struct Sheet<'a> {
    pub title: &'a str,
    pub asker: &'a str,
    /// `YYYY-MM-DD`.
    pub day: &'a str,
    /// Who may read it.
    pub basis: &'a str,
    /// To be printed on one page.
    pub one: bool,
    pub language: Language,
}

/// A paper as one HTML file: UTF-8, complete in itself, with running heads.
pub fn sheet(head: &Sheet<'_>, body: &Markup) -> String {
    let made = PreEscaped(style(head.title, head.asker));
    let page = html! {
        (DOCTYPE)
        html lang=(head.language.tag()) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="generator" content="minping";
                meta name="robots" content="noindex";
                title { (head.title) }
                style { (made) }
            }
            body class=[head.one.then_some("one")] {
                header {
                    h1 { (head.title) }
                    p.asker { (head.asker) }
                    p.day { (head.day) }
                    p.basis { (head.basis) }
                }
                main { (body) }
            }
        }
    };
    page.into_string()
}

/// A table of ours on paper.
pub fn table(table: &Table, language: Language) -> Markup {
    html! {
        div.wide { table {
            thead { tr { @for column in &table.columns { th scope="col" { (column.heading(language)) } } } }
            tbody { @for row in &table.rows { tr {
                @for cell in row { @match cell {
                    Cell::Text(text) => { td { (text) } }
                    Cell::Number(number) => { td.number { (number) } }
                    Cell::None => { td {} }
                } }
            } } }
        } }
    }
}

/// The style sheet, with running heads. Every character of a text from the plan is escaped by its number: none of them ends
/// the string or the sheet.
fn style(title: &str, asker: &str) -> String {
    let quoted = |text: &str| -> String { text.chars().map(|c| format!("\\{:06x}", c as u32)).collect() };
    let heads = format!(
        "@page {{ @top-left {{ content: \"{}\" }} @top-right {{ content: \"{}\" }} }}\n",
        quoted(title),
        quoted(asker)
    );
    [STYLE, &heads].concat()
}
