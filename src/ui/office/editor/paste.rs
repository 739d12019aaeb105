//! Units or strata out of a spreadsheet: pasted or opened, columns recognised and corrected, taken as one step.

use super::field::{is_ticked, value_of};
use super::pen::Pen;
use super::sample::folded;
use crate::browser::files;
use crate::design::{Column, Edit, Pasted, Value, take_strata, take_units};
use crate::ui::element::{Element, button, el, group};
use crate::ui::office::intake::LONGEST;
use crate::ui::office::reasons::file_words;
use crate::ui::shell::tongue_name;
use crate::ui::words::design as words;
use leptos::prelude::*;
use leptos::task::spawn_local;

#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Taking {
    Units,
    Strata,
}

/// What is pasted and not taken yet: it stays when the section is made anew.
#[derive(Clone, Copy)]
pub struct Pasting {
    open: RwSignal<bool>,
    text: RwSignal<String>,
    table: RwSignal<Option<Pasted>, LocalStorage>,
    replace: RwSignal<bool>,
    told: RwSignal<String>,
}

impl Pasting {
    pub fn new() -> Pasting {
        Pasting {
            open: RwSignal::new(false),
            text: RwSignal::new(String::new()),
            table: RwSignal::new_local(None),
            replace: RwSignal::new(false),
            told: RwSignal::new(String::new()),
        }
    }
}

/// Rows that are shown before they are taken.
const SHOWN: usize = 5;

pub fn paste(pen: Pen, taking: Taking) -> Element {
    let pasting = match taking {
        Taking::Units => pen.pasted_units,
        Taking::Strata => pen.pasted_strata,
    };
    let Pasting { open, text: pasted, table, told, .. } = pasting;
    let read = move |text: String| {
        told.set(String::new());
        let tags = pen.languages();
        let tags: Vec<&str> = tags.iter().map(String::as_str).collect();
        table.set(Some(Pasted::read(&text, &tags)).filter(|table| !table.rows.is_empty()));
        pasted.set(text);
    };
    let from_file = move |_| {
        spawn_local(async move {
            let picked = files::choose(files::Pick::One, ".csv,.txt,.tsv").await;
            let Some(file) = picked.into_iter().next() else { return };
            match file.read(LONGEST).await {
                Ok(text) => read(text),
                Err(why) => drop(told.try_set(file_words(why).of(pen.language()).to_owned())),
            }
        });
    };
    let area = el("textarea", "input mono")
        .attr("id", "paste-area")
        .attr("rows", "4")
        .attr("spellcheck", "false")
        .text(&pasted.get_untracked())
        .on("input", move |event| read(value_of(&event)));
    let body = el("div", "stack tight")
        .child(el("p", "hint small").say(words::PASTE_HINT))
        .child(
            el("div", "field")
                .child(el("label", "field-label").attr("for", "paste-area").say(words::PASTE_FIELD))
                .child(area),
        )
        .child(el("div", "row").child(button("button").on("click", from_file).say(words::PASTE_FILE).text("…")))
        .child(el("div", "").attr("role", "status").live(move || {
            let said = told.get();
            if said.is_empty() { group() } else { el("p", "banner").text(&said) }
        }))
        .live(move || match table.get() {
            Some(table) => found(pen, taking, table, pasting),
            None => group(),
        });
    folded("card paste", open).child(el("summary", "summary").say(words::PASTE)).child(body)
}

/// What was recognised, to be corrected, and taken.
fn found(pen: Pen, taking: Taking, pasted: Pasted, Pasting { open, text, table, replace, told }: Pasting) -> Element {
    let language = pen.language();
    let mut options: Vec<(Column, String)> = vec![(Column::Other, words::C_OTHER.of(language).to_owned())];
    for tag in pen.languages() {
        options.push((Column::Label(tag.clone()), words::C_LABEL.fill(language, &[&tongue_name(&tag)])));
    }
    match taking {
        Taking::Units => options.push((Column::Group, words::C_GROUP.of(language).to_owned())),
        Taking::Strata => {
            options.push((Column::Population, words::C_POPULATION.of(language).to_owned()));
            options.push((Column::Target, words::C_TARGET.of(language).to_owned()));
        }
    }
    options.push((Column::Id, words::C_ID.of(language).to_owned()));
    let columns = el("div", "grid-fields");
    for (at, column) in pasted.columns.iter().enumerate() {
        let id = ["paste-column-", &at.to_string()].concat();
        let named = pasted.head.get(at).filter(|name| !name.is_empty()).cloned();
        let label = named.unwrap_or_else(|| words::PASTE_COLUMN.count(language, &[at + 1]));
        let known = options.clone();
        let choose = move |event| {
            let chosen = value_of(&event).parse().ok().and_then(|number: usize| known.get(number).cloned());
            table.update(|table| {
                if let (Some(table), Some((column, _))) = (table, chosen) {
                    // Each is one column only.
                    table.columns.iter_mut().filter(|other| **other == column).for_each(|other| *other = Column::Other);
                    table.columns[at] = column;
                }
            });
        };
        let select = el("select", "select input").attr("id", &id).on("change", choose);
        for (number, (option, name)) in options.iter().enumerate() {
            select.add(
                &el("option", "").attr("value", &number.to_string()).flag("selected", option == column).text(name),
            );
        }
        let examples: Vec<&str> =
            pasted.rows.iter().take(SHOWN).map(|row| row[at].as_str()).filter(|cell| !cell.is_empty()).collect();
        columns.add(
            &el("div", "field")
                .child(el("label", "field-label").attr("for", &id).text(&label))
                .child(select)
                .child(el("span", "hint small").text(&examples.join(" · "))),
        );
    }
    let over = el("div", "tick")
        .child(
            el("input", "tick-input")
                .attr("type", "checkbox")
                .attr("id", "paste-replace")
                .flag("checked", replace.get_untracked())
                .on("change", move |event| replace.set(is_ticked(&event))),
        )
        .child(el("label", "").attr("for", "paste-replace").say(words::PASTE_REPLACE));
    let count = pasted.rows.len();
    let take = move |_| {
        let language = pen.language();
        if !pasted.columns.iter().any(|column| matches!(column, Column::Label(_))) {
            return told.set(words::PASTE_NO_NAME.of(language).to_owned());
        }
        let Some(tree) = pen.tree() else { return };
        let over = replace.get_untracked();
        let (taken, at) = match taking {
            Taking::Units => (take_units(&pasted, &tree, over), "/units"),
            Taking::Strata => (take_strata(&pasted, &tree, over), "/strata"),
        };
        let mut edits = vec![Edit::put(at, Value::List(taken.list))];
        if taking == Taking::Units && taken.groups != tree.listed("unit_groups") {
            edits.insert(0, Edit::put("/unit_groups", Value::List(taken.groups)));
        }
        let mut said = words::PASTE_RESULT.count(language, &[taken.added, taken.changed, taken.removed]);
        if !taken.unnamed.is_empty() {
            said += " ";
            said += &words::PASTE_UNNAMED.count(language, &[taken.unnamed.len()]);
        }
        if !taken.no_numbers.is_empty() {
            said += " ";
            said += &words::PASTE_NUMBERS.fill(language, &[&taken.no_numbers.join(", ")]);
        }
        table.set(None);
        text.set(String::new());
        open.set(false);
        pen.change(&edits);
        pen.shell.announce(said.clone());
        // The section is made anew; what became of it is told above.
        pen.told.set(Some(said));
    };
    el("div", "stack tight")
        .child(el("p", "").attr("role", "status").text(&words::PASTE_FOUND.count(language, &[count])))
        .child(columns)
        .child(over)
        .child(el("div", "row").child(button("button primary").on("click", take).say(words::PASTE_DO)))
}
