//! One question: its card, and the fields of its kind.

use super::super::field::{choice, faults, formula, number, optional, several, texts, tick, value_of};
use super::super::indicators::leaves;
use super::super::pen::{Pen, card_key, control_id};
use super::super::rows::{Copying, id_field, more, tools};
use super::{choices, kinds, listed, new_item};
use crate::design::{Edit, Named, Value, names};
use crate::plan::{Severity, appearances, takes};
use crate::ui::element::{Element, button, el, group};
use crate::ui::words::{Words, design as words};
use leptos::prelude::*;

/// Members that have fields here.
const SHOWN: [&str; 29] = [
    "type",
    "name",
    "label",
    "hint",
    "required",
    "relevant",
    "constraint",
    "constraint_message",
    "calculation",
    "default",
    "from",
    "appearance",
    "scale",
    "unit",
    "indicator",
    "units",
    "subset",
    "order",
    "indicators",
    "choices",
    "other",
    "start",
    "end",
    "step",
    "max_length",
    "items",
    "seed",
    "trigger",
    "read_only",
];

pub fn card(pen: Pen, items: &str, at: &str, index: usize, count: usize) -> Element {
    let Some(item) = pen.at(at) else { return group() };
    let name = item.said("name").unwrap_or_default().to_owned();
    let key = card_key(at, &name);
    let kind = item.said("type").unwrap_or("note").to_owned();
    let kind_name = names::kind(&kind).map_or(kind.clone(), |words| words.of(pen.language()).to_owned());
    let label = pen.said(item.get("label"));
    let called = if label.is_empty() { name.clone() } else { label };
    let body_id = ["card:", at].concat();
    let (opened, toggled) = (key.clone(), key.clone());
    let is_open = Memo::new(move |_| pen.open.with(|open| open.contains(&opened)));
    let toggle = move |_| {
        pen.open.update(|open| {
            if !open.remove(&toggled) {
                open.insert(toggled.clone());
            }
        });
    };
    let (whole, shown) = (at.to_owned(), [at, "/label"].concat());
    let trouble = move || {
        pen.checked.with(|checked| {
            let Some(checked) = checked else { return (0, 0) };
            let errors = checked.within(&whole).filter(|problem| problem.severity() == Severity::Error).count();
            (errors, checked.within(&whole).count() - errors)
        })
    };
    let head = button("card-head")
        .attr("id", &["head:", at].concat())
        .attr("aria-controls", &body_id)
        .live_attr("aria-expanded", move || Some(is_open.get().to_string()))
        .on("click", toggle)
        .child(el("span", "card-number").text(&(index + 1).to_string()))
        .child(el("span", "card-label").live_text(move || {
            pen.turned.track();
            let label = pen.said(pen.at(&shown).as_ref());
            if label.is_empty() { name.clone() } else { label }
        }))
        .child(el("span", "hint small").text(&kind_name))
        .live(move || match trouble() {
            (0, 0) => group(),
            (0, warnings) => el("span", "tag warn").text(&super::super::said_warnings(pen, warnings)),
            (errors, _) => el("span", "tag bad").text(&super::super::said_errors(pen, errors)),
        });
    let copying = Copying { member: "name", stem: "q" };
    let place = at.to_owned();
    let body = el("div", "card-body").attr("id", &body_id).live(move || match is_open.get() {
        true => untrack(|| fields(pen, &place, &kind)),
        false => group(),
    });
    el("div", "row-card question")
        .attr("id", &control_id(at))
        .attr("tabindex", "-1")
        .child(el("div", "row-head").child(head).child(tools(pen, items, index, count, &called, copying, None)))
        .child(body)
}

fn fields(pen: Pen, at: &str, kind: &str) -> Element {
    let member = |name: &str| [at, "/", name].concat();
    let has = |name: &str| takes(kind, name) == Some(true) || pen.at(&member(name)).is_some();
    let out = el("div", "stack tight").child(kind_field(pen, at, kind)).child(texts(
        pen,
        &member("label"),
        words::WORDING,
        true,
    ));
    let put = |element: Element| out.add(&element);
    if has("hint") && kind != "calculate" && kind != "hidden" {
        put(optional(pen, &member("hint"), words::HINT));
    }
    let grid = el("div", "grid-fields");
    if has("scale") {
        let scales = pen.named("/scales");
        grid.add(&choice(pen, &member("scale"), words::USE_SCALE, &scales, None, false));
    }
    if has("unit") {
        grid.add(&choice(pen, &member("unit"), words::USE_UNIT, &pen.named("/units"), None, false));
    }
    if has("indicator") {
        grid.add(&choice(pen, &member("indicator"), words::USE_INDICATOR, &leaves(pen), None, false));
    }
    for (name, label) in
        [("start", words::START), ("end", words::END), ("step", words::STEP), ("max_length", words::MAX_LENGTH)]
    {
        if has(name) {
            grid.add(&number(pen, &member(name), label, None));
        }
    }
    if has("appearance") && !appearances(kind).is_empty() {
        let options: Vec<(String, String)> = appearances(kind)
            .iter()
            .map(|name| {
                ((*name).to_owned(), appearance_words(name).map_or(*name, |words| words.of(pen.language())).to_owned())
            })
            .collect();
        grid.add(&choice(pen, &member("appearance"), words::APPEARANCE, &options, Some(words::AS_USUAL), false));
    }
    put(grid);
    if has("units") {
        put(several(pen, &member("units"), words::USE_UNITS, &pen.named("/units")));
        put(several(pen, &member("indicators"), words::USE_INDICATORS, &leaves(pen)));
        put(el("div", "grid-fields").child(number(pen, &member("subset"), words::SUBSET, None)));
    }
    if has("choices") {
        put(choices::choices(pen, at, kind));
    }
    if has("other") {
        put(optional(pen, &member("other"), words::WITH_OTHER));
    }
    if has("required") {
        put(tick(pen, &member("required"), words::REQUIRED, false, false));
    }
    if has("order") {
        put(random(pen, &member("order")));
    }
    put(formula(pen, &member("relevant"), words::RELEVANT, Some(words::RELEVANT_HINT)));
    if has("constraint") {
        put(formula(pen, &member("constraint"), words::CONSTRAINT, Some(words::CONSTRAINT_HINT)));
        put(optional(pen, &member("constraint_message"), words::CONSTRAINT_MESSAGE));
    }
    if has("from") {
        let known = [
            ("stratum", words::FROM_STRATUM),
            ("rater_group", words::FROM_GROUP),
            ("mode", words::FROM_MODE),
            ("round", words::FROM_ROUND),
        ];
        let options = known.map(|(name, label)| (name.to_owned(), label.of(pen.language()).to_owned()));
        put(choice(pen, &member("from"), words::FROM, &options, Some(words::FROM_NONE), false));
    }
    if kind == "calculate" {
        put(formula(pen, &member("calculation"), words::CALCULATION, None));
    }
    let mut seldom = vec![id_field(pen, at, "name", words::NAME, Named::Item)];
    if has("default") {
        seldom.push(formula(pen, &member("default"), words::DEFAULT, None));
    }
    if has("calculation") && kind != "calculate" {
        seldom.push(formula(pen, &member("calculation"), words::CALCULATION, None));
    }
    put(more(seldom));
    put(faults(pen, at, false));
    let others: Vec<String> = pen.at(at).map_or(Vec::new(), |item| {
        let names = item.members().iter().map(|(name, _)| name.clone());
        names
            .filter(|name| !SHOWN.contains(&name.as_str()) || ["seed", "trigger", "read_only"].contains(&name.as_str()))
            .collect()
    });
    if !others.is_empty() {
        let named: Vec<&str> = others
            .iter()
            .map(|name| names::member(name).map_or(name.as_str(), |words| words.of(pen.language())))
            .collect();
        put(el("p", "hint small").text(&words::MORE_HELD.fill(pen.language(), &[&named.join(", ")])));
        for name in &others {
            put(faults(pen, &member(name), true));
        }
    }
    if has("items") {
        let items = member("items");
        put(el("div", "branch").child(listed(pen, &items)).child(faults(pen, &items, false)));
        put(new_item(pen, &items, words::QUESTION_INTO));
    }
    out
}

fn kind_field(pen: Pen, at: &str, kind: &str) -> Element {
    let place = [at, "/type"].concat();
    let select = el("select", "select input");
    for (name, words) in names::KINDS {
        select
            .add(&el("option", "").attr("value", name).flag("selected", *name == kind).text(words.of(pen.language())));
    }
    let own = at.to_owned();
    let select = select.on("change", move |event| {
        let Some(item) = pen.at(&own) else { return };
        let (value, mut edits) = kinds::retyped(pen, &item, &value_of(&event));
        edits.push(Edit::put(own.as_str(), value));
        pen.change(&edits);
    });
    super::super::field::frame(pen, &place, words::KIND, None, select)
}

/// Whether things stand in a random order: a word in the plan, a tick here.
fn random(pen: Pen, at: &str) -> Element {
    let (place, own) = (at.to_owned(), control_id(at));
    let on = pen.shown(at) == "random";
    let control = el("input", "tick-input").attr("type", "checkbox").attr("id", &own).flag("checked", on).on(
        "change",
        move |event| {
            let on = super::super::field::is_ticked(&event);
            let edit = match on {
                true => Edit::put(place.as_str(), Value::text("random")),
                false => Edit::Drop { at: place.clone() },
            };
            pen.type_in(&[edit], &place);
        },
    );
    el("div", "tick")
        .child(control)
        .child(el("label", "").attr("for", &own).say(words::RANDOM))
        .child(faults(pen, at, false))
}

fn appearance_words(name: &str) -> Option<Words> {
    Some(match name {
        "multiline" => words::A_MULTILINE,
        "minimal" => words::A_MINIMAL,
        "autocomplete" => words::A_AUTOCOMPLETE,
        "columns" => words::A_COLUMNS,
        "likert" => words::A_LIKERT,
        "rating" => words::A_RATING,
        "new" => words::A_NEW,
        "draw" => words::A_DRAW,
        "signature" => words::A_SIGNATURE,
        "grid" => words::A_GRID,
        "by_unit" => words::A_BY_UNIT,
        "by_indicator" => words::A_BY_INDICATOR,
        _ => return None,
    })
}
