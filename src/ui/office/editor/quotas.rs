//! Quotas that are finer than the targets of groups and strata.

use super::basics::modes;
use super::field::{choice, faults, formula, line, number, texts, tongues};
use super::pen::Pen;
use super::rows::{Copying, add, adder, fresh_id, headed, list, more, tools};
use crate::design::{Edit, Value, object};
use crate::ui::element::{Element, el};
use crate::ui::words::design as words;

pub fn quotas(pen: Pen) -> Element {
    let fresh = move || {
        let id = fresh_id(pen, "/quotas", "id", "", "quota-");
        let cell = object([("label", first_label(pen)), ("target", Value::Number("1".to_owned()))]);
        let quota = object([
            ("id", Value::Text(id)),
            ("label", first_label(pen)),
            ("when_full", Value::text("warn")),
            ("cells", Value::List(vec![cell])),
        ]);
        let index = pen.list("/quotas").len();
        pen.change(&[Edit::Insert { list: "/quotas".into(), index, value: quota }]);
    };
    el("div", "stack")
        .child(el("p", "hint").say(words::QUOTAS_TEXT))
        .child(list(pen, "/quotas", move |at, index, count| one(pen, at, index, count)))
        .child(faults(pen, "/quotas", false))
        .child(adder(words::QUOTA_ADD, fresh))
}

fn first_label(pen: Pen) -> Value {
    Value::Object(pen.languages().iter().take(1).map(|tag| (tag.clone(), Value::text(""))).collect())
}

fn one(pen: Pen, at: &str, index: usize, count: usize) -> Element {
    let language = pen.language();
    let label = pen.said(pen.at(&[at, "/label"].concat()).as_ref());
    let name = words::QUOTA.fill(language, &[&if label.is_empty() { pen.shown(&[at, "/id"].concat()) } else { label }]);
    let cells = [at, "/cells"].concat();
    let own = cells.clone();
    let cell = move |here: &str, index: usize, count: usize| {
        let name = pen.said(pen.at(&[here, "/label"].concat()).as_ref());
        let copying = Copying { member: "", stem: "" };
        headed(
            here,
            &name,
            tools(pen, &own, index, count, &name, copying, None),
            vec![
                tongues(pen, &[here, "/label"].concat(), false, false),
                el("div", "grid-fields")
                    .child(number(pen, &[here, "/target"].concat(), words::CELL_TARGET, None))
                    .child(choice(
                        pen,
                        &[here, "/rater_group"].concat(),
                        words::S_RATERS,
                        &pen.named("/rater_groups"),
                        Some(words::NONE),
                        false,
                    ))
                    .child(choice(
                        pen,
                        &[here, "/stratum"].concat(),
                        super::names("stratum"),
                        &pen.named("/strata"),
                        Some(words::NONE),
                        false,
                    ))
                    .child(choice(
                        pen,
                        &[here, "/mode"].concat(),
                        super::names("mode"),
                        &modes(pen),
                        Some(words::NONE),
                        false,
                    )),
                formula(pen, &[here, "/when"].concat(), words::WHEN, None),
                faults(pen, here, false),
            ],
        )
    };
    let into = cells.clone();
    let fresh = move || {
        let cell = object([("label", first_label(pen)), ("target", Value::Number("1".to_owned()))]);
        add(pen, &into, cell, "/target");
    };
    let full = [("warn", words::WARN), ("screen_out", words::SCREEN_OUT)];
    let full = full.map(|(name, words)| (name.to_owned(), words.of(language).to_owned()));
    let screens = pen.shown(&[at, "/when_full"].concat()) == "screen_out";
    let mut fields = vec![
        tongues(pen, &[at, "/label"].concat(), false, true),
        el("div", "grid-fields").child(choice(pen, &[at, "/when_full"].concat(), words::WHEN_FULL, &full, None, true)),
    ];
    if screens || pen.at(&[at, "/message"].concat()).is_some() {
        fields.push(texts(pen, &[at, "/message"].concat(), words::MESSAGE, true));
    }
    fields.extend([
        list(pen, &cells, cell),
        faults(pen, &cells, false),
        adder(words::CELL_ADD, fresh),
        more(vec![line(pen, &[at, "/id"].concat(), words::ID, None, true)]),
        faults(pen, at, false),
    ]);
    headed(
        at,
        &name,
        tools(pen, "/quotas", index, count, &name, Copying { member: "id", stem: "quota-" }, None),
        fields,
    )
}
