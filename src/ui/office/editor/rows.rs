//! Lists of a plan's parts: each with its fields, and the tools to move, copy and delete it.

use super::pen::{Pen, control_id, focus_soon};
use crate::design::{Edit, Named, Value, copied, forget, fresh, ids_around, rename};
use crate::ui::element::{Element, Rows, button, el};
use crate::ui::words::{Words, design as words};
use leptos::prelude::*;

/// Adds a value to the end of a list; its first field gets the focus.
pub fn add(pen: Pen, list: &str, value: Value, field: &'static str) {
    let index = pen.list(list).len();
    pen.change(&[Edit::Insert { list: list.to_owned(), index, value }]);
    pen.shell.say(words::ADDED);
    let id = ["at:", list, "/", &index.to_string(), field].concat();
    focus_soon(id);
}

/// A button that adds something.
pub fn adder(label: Words, add: impl Fn() + 'static) -> Element {
    el("div", "row").child(button("button").on("click", move |_| add()).text("+ ").say(label))
}

/// Ids of a list.
pub fn ids(list: &[Value], member: &str) -> Vec<String> {
    list.iter().filter_map(|one| one.said(member).map(str::to_owned)).collect()
}

/// An id that no element of the list has.
pub fn fresh_id(pen: Pen, list: &str, member: &str, words: &str, stem: &str) -> String {
    let taken = ids(&pen.list(list), member);
    let taken: Vec<&str> = taken.iter().map(String::as_str).collect();
    fresh(words, stem, &taken)
}

/// How a copy is made: the member that must be another, and what a new one begins with.
#[derive(Clone, Copy)]
pub struct Copying {
    pub member: &'static str,
    pub stem: &'static str,
}

/// The tools of one element of a list. `kind`: what refers to it by its id.
pub fn tools(
    pen: Pen,
    list: &str,
    index: usize,
    count: usize,
    name: &str,
    copying: Copying,
    kind: Option<Named>,
) -> Element {
    let tool = |sign: &'static str, words: Words, id: &str, able: bool| {
        let own = ["tool:", list, "/", &index.to_string(), "/", id].concat();
        let label = words::OF_ROW.fill(pen.language(), &[words.of(pen.language()), name]);
        button("tool")
            .attr("id", &own)
            .attr("title", words.of(pen.language()))
            .attr("aria-label", &label)
            .flag("disabled", !able)
            .child(el("span", "").attr("aria-hidden", "true").text(sign))
    };
    let step = move |list: String, to: usize, tool: &'static str| {
        move |_| {
            pen.change(&[Edit::Move { list: list.clone(), from: index, to }]);
            // At an end of the list this tool has nothing more to do: the other one has.
            let tool = match tool {
                "up" if to == 0 => "down",
                "down" if to + 1 == count => "up",
                tool => tool,
            };
            focus_soon(["tool:", &list, "/", &to.to_string(), "/", tool].concat());
        }
    };
    let (list_of, deleted) = (list.to_owned(), list.to_owned());
    el("div", "tools")
        .child(tool("↑", words::UP, "up", index > 0).on("click", step(list.to_owned(), index.saturating_sub(1), "up")))
        .child(tool("↓", words::DOWN, "down", index + 1 < count).on("click", step(list.to_owned(), index + 1, "down")))
        .child(tool("⧉", words::COPY, "copy", true).on("click", move |_| {
            let Some(tree) = pen.tree() else { return };
            let Some(value) = pen.list(&list_of).get(index).cloned() else { return };
            let value = copied(&tree, &list_of, &value, copying.member, copying.stem);
            pen.change(&[Edit::Insert { list: list_of.clone(), index: index + 1, value }]);
            pen.shell.say(words::ADDED);
        }))
        .child(tool("✕", words::DELETE, "delete", true).on("click", move |_| {
            let id = pen.list(&deleted).get(index).and_then(|one| one.said("id").map(str::to_owned));
            let made = Edit::Remove { list: deleted.clone(), index }.apply(&pen.text());
            let made = match (kind, id) {
                (Some(kind), Some(id)) => made.and_then(|text| forget(&text, kind, &id)),
                _ => made,
            };
            if !pen.replace_made(made) {
                return;
            }
            pen.shell.say(words::DELETED);
            // What stands there now, or the last one, or the list without any.
            focus_soon(match count {
                0 | 1 => control_id(&deleted),
                count => ["tool:", &deleted, "/", &index.min(count - 2).to_string(), "/delete"].concat(),
            });
        }))
}

/// All elements of a list, each made by `row`, which gets the element's JSON Pointer, its place and how many there are.
pub fn list(pen: Pen, list: &str, row: impl Fn(&str, usize, usize) -> Element + 'static) -> Element {
    let count = pen.list(list).len();
    if count == 0 {
        return el("p", "empty small").attr("id", &control_id(list)).attr("tabindex", "-1").say(words::EMPTY_LIST);
    }
    let (id, list) = (control_id(list), list.to_owned());
    let (rows, all) =
        Rows::new(count, None, move |index| row(&[&list, "/", &index.to_string()].concat(), index, count));
    if pen.at_once() {
        all.reach(count);
    }
    el("div", "rows").attr("id", &id).attr("tabindex", "-1").child(rows)
}

/// The id of something that others refer to; changing it changes them too, when the field is left.
pub fn id_field(pen: Pen, at: &str, member: &'static str, label: Words, kind: Named) -> Element {
    let place = [at, "/", member].concat();
    let before = pen.shown(&place);
    let control = el("input", "input mono").attr("type", "text").attr("autocomplete", "off").attr("value", &before);
    let (around, own) = (at.rsplit_once('/').map_or("", |(list, _)| list).to_owned(), place.clone());
    let control = control.on("change", move |event| {
        let new = super::field::value_of(&event).trim().to_owned();
        let taken = pen.tree().is_some_and(|tree| ids_around(&tree, &around, member).contains(&new));
        if new.is_empty() || (taken && new != before) {
            pen.told.set(Some(words::ID_TAKEN.of(pen.language()).to_owned()));
            pen.reshape();
        } else if new != before {
            pen.replace_made(rename(&pen.text(), kind, &own, &new));
        }
    });
    super::field::frame(pen, &place, label, None, control)
}

/// What is seldom needed, closed at first.
pub fn more(fields: Vec<Element>) -> Element {
    let body = el("div", "stack tight").children(fields);
    el("details", "more").child(el("summary", "small").say(words::MORE)).child(body)
}

/// A row with a heading that is what the element is called, and its tools.
pub fn headed(at: &str, name: &str, tools: Element, fields: Vec<Element>) -> Element {
    let head = el("div", "row-head").child(el("strong", "row-name").text(name)).child(tools);
    el("div", "row-card").attr("id", &control_id(at)).attr("tabindex", "-1").child(head).children(fields)
}
