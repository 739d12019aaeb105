//! What is evaluated, and its classes.

use super::field::{choice, faults, tongues};
use super::paste::{Taking, paste};
use super::pen::Pen;
use super::rows::{Copying, add, adder, fresh_id, headed, id_field, list, more, tools};
use crate::design::{Named, Value, object};
use crate::ui::element::{Element, el};
use crate::ui::words::design as words;

pub fn units(pen: Pen) -> Element {
    let classes = pen.named("/unit_groups");
    let row = move |at: &str, index: usize, count: usize| {
        let name = pen.said(pen.at(&[at, "/label"].concat()).as_ref());
        let copying = Copying { member: "id", stem: "unit-" };
        let mut fields = vec![tongues(pen, &[at, "/label"].concat(), false, true)];
        if !classes.is_empty() || pen.at(&[at, "/group"].concat()).is_some() {
            fields.push(choice(pen, &[at, "/group"].concat(), words::GROUP, &classes, Some(words::NONE), false));
        }
        fields.push(more(vec![id_field(pen, at, "id", words::ID, Named::Unit)]));
        fields.push(faults(pen, at, false));
        headed(at, &name, tools(pen, "/units", index, count, &name, copying, Some(Named::Unit)), fields)
    };
    let fresh = move || {
        let id = fresh_id(pen, "/units", "id", "", "unit-");
        let first = pen.languages().remove(0);
        let mut unit =
            object([("id", Value::Text(id)), ("label", Value::Object(vec![(first.clone(), Value::text(""))]))]);
        if let Some((class, _)) = pen.named("/unit_groups").pop() {
            unit.set("group", Value::Text(class));
        }
        let field: &'static str = if first == "en" { "/label/en" } else { "/label/zh" };
        add(pen, "/units", unit, field);
    };
    el("div", "stack")
        .child(el("p", "hint").say(words::UNITS_TEXT))
        .child(paste(pen, Taking::Units))
        .child(list(pen, "/units", row))
        .child(faults(pen, "/units", false))
        .child(adder(words::UNIT_ADD, fresh))
        .child(groups(pen))
}

fn groups(pen: Pen) -> Element {
    let row = move |at: &str, index: usize, count: usize| {
        let name = pen.said(pen.at(&[at, "/label"].concat()).as_ref());
        let copying = Copying { member: "id", stem: "group-" };
        headed(
            at,
            &name,
            tools(pen, "/unit_groups", index, count, &name, copying, None),
            vec![
                tongues(pen, &[at, "/label"].concat(), false, true),
                more(vec![id_field(pen, at, "id", words::ID, Named::UnitGroup)]),
                faults(pen, at, false),
            ],
        )
    };
    let fresh = move || {
        let id = fresh_id(pen, "/unit_groups", "id", "", "group-");
        let first = pen.languages().remove(0);
        add(
            pen,
            "/unit_groups",
            object([("id", Value::Text(id)), ("label", Value::Object(vec![(first, Value::text(""))]))]),
            "/label/zh",
        );
    };
    el("section", "stack tight")
        .child(el("h2", "").say(words::GROUPS))
        .child(el("p", "hint small").say(words::GROUPS_TEXT))
        .child(list(pen, "/unit_groups", row))
        .child(faults(pen, "/unit_groups", false))
        .child(adder(words::GROUP_ADD, fresh))
}
