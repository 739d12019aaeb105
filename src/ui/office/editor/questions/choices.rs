//! The choices of a question: which list it uses, and what is on it.

use super::super::field::{choice, faults, tick, tongues};
use super::super::pen::Pen;
use super::super::rows::{Copying, add, adder, fresh_id, headed, list, tools};
use super::kinds::new_list;
use crate::design::{Edit, Value, object};
use crate::ui::element::{Element, el, group};
use crate::ui::words::design as words;

pub fn choices(pen: Pen, at: &str, kind: &str) -> Element {
    let place = [at, "/choices"].concat();
    let id = pen.shown(&place);
    let index = pen.list("/choice_lists").iter().position(|list| list.said("id") == Some(&id));
    let lists: Vec<(String, String)> = pen
        .list("/choice_lists")
        .iter()
        .filter_map(|list| {
            let id = list.said("id")?.to_owned();
            let names: Vec<String> =
                list.listed("choices").iter().take(4).map(|one| pen.said(one.get("label"))).collect();
            Some((id.clone(), [&id, " (", &names.join(", "), "…)"].concat()))
        })
        .collect();
    let own = at.to_owned();
    let another = move || {
        let name = pen.shown(&[&own, "/name"].concat());
        let (list, edit) = new_list(pen, &name);
        pen.change(&[edit, Edit::put([&own, "/choices"].concat(), Value::Text(list))]);
    };
    let change = el("details", "more")
        .child(el("summary", "small").say(words::CHOICES_OTHER))
        .child(choice(pen, &place, words::CHOICES_OTHER, &lists, None, true))
        .child(adder(words::CHOICES_NEW, another));
    let body = match index {
        Some(index) => {
            rows(pen, &["/choice_lists/", &index.to_string(), "/choices"].concat(), kind == "select_multiple")
        }
        None => group(),
    };
    let shared = users(pen, &id);
    el("section", "stack tight")
        .child(el("p", "field-label").say(words::CHOICES))
        .maybe(
            (shared.len() > 1).then(|| {
                el("p", "hint small").text(&words::CHOICES_SHARED.fill(pen.language(), &[&shared.join(", ")]))
            }),
        )
        .child(body)
        .child(change)
}

/// Names of the questions that use a list.
fn users(pen: Pen, id: &str) -> Vec<String> {
    fn walk(items: &[Value], id: &str, out: &mut Vec<String>) {
        for item in items {
            if item.said("choices") == Some(id) {
                out.extend(item.said("name").map(str::to_owned));
            }
            walk(item.listed("items"), id, out);
        }
    }
    let mut out = Vec::new();
    for questionnaire in pen.list("/questionnaires") {
        walk(questionnaire.listed("items"), id, &mut out);
    }
    out
}

fn rows(pen: Pen, choices: &str, several: bool) -> Element {
    let own = choices.to_owned();
    let row = move |at: &str, index: usize, count: usize| {
        let name = pen.said(pen.at(&[at, "/label"].concat()).as_ref());
        let mut fields = vec![tongues(pen, &[at, "/label"].concat(), false, true)];
        if several {
            fields.push(tick(pen, &[at, "/exclusive"].concat(), words::EXCLUSIVE, false, false));
        }
        fields.push(faults(pen, at, false));
        fields.push(faults(pen, &[at, "/name"].concat(), false));
        headed(at, &name, tools(pen, &own, index, count, &name, Copying { member: "name", stem: "c" }, None), fields)
    };
    let into = choices.to_owned();
    let fresh = move || {
        let label = Value::Object(pen.languages().iter().take(1).map(|tag| (tag.clone(), Value::text(""))).collect());
        let choice = object([("name", Value::Text(fresh_id(pen, &into, "name", "", "c"))), ("label", label)]);
        add(pen, &into, choice, "/label/zh");
    };
    el("div", "stack tight")
        .child(list(pen, choices, row))
        .child(faults(pen, choices, false))
        .child(adder(words::CHOICE_ADD, fresh))
}
