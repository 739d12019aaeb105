//! Who answers, with policy weights and targets.

use super::field::{faults, number, tongues};
use super::indicators::sums;
use super::pen::Pen;
use super::rows::{Copying, add, adder, fresh_id, headed, id_field, list, more, tools};
use crate::design::{Edit, Named, Value, object};
use crate::ui::element::{Element, button, el};
use crate::ui::words::design as words;

pub fn raters(pen: Pen) -> Element {
    let row = move |at: &str, index: usize, count: usize| {
        let name = pen.said(pen.at(&[at, "/label"].concat()).as_ref());
        let copying = Copying { member: "id", stem: "group-" };
        headed(
            at,
            &name,
            tools(pen, "/rater_groups", index, count, &name, copying, Some(Named::RaterGroup)),
            vec![
                tongues(pen, &[at, "/label"].concat(), false, true),
                el("div", "grid-fields")
                    .child(number(pen, &[at, "/weight"].concat(), words::WEIGHT, None))
                    .child(number(pen, &[at, "/population"].concat(), words::POPULATION, None))
                    .child(number(pen, &[at, "/target"].concat(), words::TARGET, None)),
                more(vec![id_field(pen, at, "id", words::ID, Named::RaterGroup)]),
                faults(pen, at, false),
            ],
        )
    };
    let fresh = move || {
        let id = fresh_id(pen, "/rater_groups", "id", "", "group-");
        let label = Value::Object(pen.languages().iter().take(1).map(|tag| (tag.clone(), Value::text(""))).collect());
        add(pen, "/rater_groups", object([("id", Value::Text(id)), ("label", label)]), "/label/zh");
    };
    let without = move |_| {
        let list = pen.list("/rater_groups").into_iter().map(|mut one| {
            one.remove("weight");
            one
        });
        pen.change(&[Edit::put("/rater_groups", Value::List(list.collect()))]);
    };
    let mut out =
        el("div", "stack").child(el("p", "hint").say(words::RATERS_TEXT)).child(list(pen, "/rater_groups", row));
    if !pen.list("/rater_groups").is_empty() {
        out = out.child(
            sums(pen, "/rater_groups".to_owned())
                .child(button("button quiet").attr("id", "no-weights").on("click", without).say(words::NO_WEIGHTS)),
        );
    }
    out.child(faults(pen, "/rater_groups", false)).child(adder(words::RATER_ADD, fresh))
}
