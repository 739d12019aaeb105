//! What people are asked: questionnaires, their questions in order, each a card that opens.

mod choices;
mod item;
mod kinds;

use super::basics::modes;
use super::field::{faults, line, several, texts, value_of};
use super::pen::{Pen, card_key, focus_soon};
use super::rows::{Copying, adder, fresh_id, headed, list, more, tools};
use crate::design::{Edit, Value, fresh, names, object};
use crate::ui::element::{Element, button, el};
use crate::ui::words::{Words, design as words};
use leptos::prelude::*;

pub fn questions(pen: Pen) -> Element {
    let fresh = move || {
        let id = fresh_id(pen, "/questionnaires", "id", "", "questionnaire-");
        let title = Value::Object(pen.languages().iter().take(1).map(|tag| (tag.clone(), Value::text(""))).collect());
        let index = pen.list("/questionnaires").len();
        let value = object([("id", Value::Text(id)), ("title", title), ("items", Value::List(Vec::new()))]);
        pen.change(&[Edit::Insert { list: "/questionnaires".into(), index, value }]);
    };
    el("div", "stack")
        .child(el("p", "hint").say(words::QUESTIONS_TEXT))
        .child(list(pen, "/questionnaires", move |at, index, count| questionnaire(pen, at, index, count)))
        .child(faults(pen, "/questionnaires", false))
        .child(adder(words::QUESTIONNAIRE_ADD, fresh))
}

fn questionnaire(pen: Pen, at: &str, index: usize, count: usize) -> Element {
    let title = pen.said(pen.at(&[at, "/title"].concat()).as_ref());
    let name = words::QUESTIONNAIRE.fill(pen.language(), &[&title]);
    let copying = Copying { member: "id", stem: "questionnaire-" };
    let items = [at, "/items"].concat();
    let mut seldom = vec![
        several(pen, &[at, "/modes"].concat(), words::FOR_MODES, &modes(pen)),
        line(pen, &[at, "/id"].concat(), words::ID, None, true),
    ];
    let rounds = pen.named("/rounds");
    if rounds.len() > 1 {
        seldom.insert(0, several(pen, &[at, "/rounds"].concat(), words::FOR_ROUNDS, &rounds));
    }
    let groups = pen.named("/rater_groups");
    if !groups.is_empty() {
        seldom.insert(0, several(pen, &[at, "/rater_groups"].concat(), words::FOR_GROUPS, &groups));
    }
    headed(
        at,
        &name,
        tools(pen, "/questionnaires", index, count, &name, copying, None),
        vec![
            texts(pen, &[at, "/title"].concat(), words::QUESTIONNAIRE_TITLE, false),
            more(seldom),
            faults(pen, at, false),
            listed(pen, &items),
            faults(pen, &items, false),
            new_item(pen, &items, words::QUESTION_ADD),
        ],
    )
}

/// Questions that stand beside each other.
fn listed(pen: Pen, items: &str) -> Element {
    let own = items.to_owned();
    list(pen, items, move |at, index, count| item::card(pen, &own, at, index, count))
}

/// Names of all items of the questionnaire in which a place is.
fn names_around(pen: Pen, at: &str) -> Vec<String> {
    fn walk(list: &[Value], out: &mut Vec<String>) {
        for one in list {
            out.extend(one.said("name").map(str::to_owned));
            walk(one.listed("items"), out);
        }
    }
    let root: Vec<&str> = at.split('/').take(3).collect();
    let mut out = Vec::new();
    walk(&pen.list(&[&root.join("/"), "/items"].concat()), &mut out);
    out
}

/// The choice of a kind, and the button that adds a question of it.
fn new_item(pen: Pen, items: &str, label: Words) -> Element {
    let id = ["kind-new:", items].concat();
    let kind = RwSignal::new("select_one".to_owned());
    let select = el("select", "select input").attr("id", &id).on("change", move |event| kind.set(value_of(&event)));
    for (name, words) in names::KINDS {
        select.add(
            &el("option", "")
                .attr("value", name)
                .flag("selected", *name == "select_one")
                .text(words.of(pen.language())),
        );
    }
    let into = items.to_owned();
    let add = move |_| {
        let kind = kind.get_untracked();
        let known = names_around(pen, &into);
        let known: Vec<&str> = known.iter().map(String::as_str).collect();
        let name = fresh("", "q", &known);
        let label = Value::Object(pen.languages().iter().take(1).map(|tag| (tag.clone(), Value::text(""))).collect());
        let bare = object([("type", Value::text("note")), ("name", Value::text(&name)), ("label", label)]);
        let index = pen.list(&into).len();
        let (value, mut edits) = kinds::retyped(pen, &bare, &kind);
        edits.push(Edit::Insert { list: into.clone(), index, value });
        let key = card_key(&into, &name);
        pen.open.update(|open| {
            open.insert(key);
        });
        pen.change(&edits);
        let first = pen.languages().remove(0);
        let field = ["at:", &into, "/", &index.to_string(), "/label/", &first].concat();
        focus_soon(field);
    };
    el("div", "row new-item")
        .child(el("div", "field grow").child(el("label", "small").attr("for", &id).say(label)).child(select))
        .child(button("button").attr("id", &["add:", items].concat()).on("click", add).text("+ ").say(words::ADD))
}
