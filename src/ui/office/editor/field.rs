//! Fields of a plan's parts. Each writes what is typed into the draft at once, and shows what the checker says of it.

use super::pen::{Pen, control_id};
use crate::design::{Edit, Value, token};
use crate::language::is_rtl;
use crate::plan::{Problem, Severity};
use crate::ui::element::{Element, el, group};
use crate::ui::shell::tongue_name;
use crate::ui::words::{Words, design as words};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Event, HtmlInputElement, HtmlTextAreaElement};

pub fn value_of(event: &Event) -> String {
    event_target_value(event)
}

pub fn is_ticked(event: &Event) -> bool {
    event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok()).is_some_and(|input| input.checked())
}

/// What the checker says of a place; `deep`: of what is in it too.
pub fn faults(pen: Pen, at: &str, deep: bool) -> Element {
    let at = at.to_owned();
    let id = ["faults:", &at].concat();
    el("div", "faults").attr("id", &id).live(move || {
        let language = pen.shell.language.get();
        let out = group();
        pen.checked.with(|checked| {
            let Some(checked) = checked else { return };
            let mut add = |problem: &Problem| {
                let error = problem.severity() == Severity::Error;
                let between = if language.tag() == "zh" { "：" } else { ": " };
                let said = [problem.found(language.tag()).as_str(), between, &problem.advice(language.tag())].concat();
                out.add(&el("p", if error { "error small" } else { "warning small" }).text(&said));
            };
            match deep {
                true => checked.within(&at).take(5).for_each(&mut add),
                false => checked.at(&at).take(5).for_each(&mut add),
            }
        });
        out
    })
}

/// Marks a control whose place has an error.
fn marked(control: Element, pen: Pen, at: &str) -> Element {
    let (faulty, own) = (at.to_owned(), ["faults:", at].concat());
    control.attr("id", &control_id(at)).attr("aria-describedby", &own).live_attr("aria-invalid", move || {
        let error = pen.checked.with(|checked| {
            checked
                .as_ref()
                .is_some_and(|checked| checked.at(&faulty).any(|problem| problem.severity() == Severity::Error))
        });
        error.then(|| "true".to_owned())
    })
}

/// A control with its label, hint and faults.
pub fn frame(pen: Pen, at: &str, label: Words, hint: Option<Words>, control: Element) -> Element {
    el("div", "field")
        .child(el("label", "field-label").attr("for", &control_id(at)).say(label))
        .child(marked(control, pen, at))
        .maybe(hint.map(|hint| el("span", "hint small").say(hint)))
        .child(faults(pen, at, false))
}

fn set_value(element: &Element, value: &str) {
    if let Some(input) = element.node().dyn_ref::<HtmlInputElement>() {
        input.set_value(value);
    } else if let Some(area) = element.node().dyn_ref::<HtmlTextAreaElement>() {
        area.set_value(value);
    }
}

/// What is typed becomes the value; nothing typed takes the member away where it may be left out.
fn write(pen: Pen, at: &str, value: Option<Value>) {
    let edit = match value {
        Some(value) => Edit::put(at, value),
        None if pen.at(at).is_none() => return,
        None => Edit::Drop { at: at.to_owned() },
    };
    pen.type_in(&[edit], at);
}

fn input(pen: Pen, at: &str, kind: &str, read: impl Fn(String) -> Option<Value> + 'static) -> Element {
    let control = el("input", "input").attr("type", kind).attr("autocomplete", "off");
    set_value(&control, &pen.shown(at));
    let at = at.to_owned();
    control.on("input", move |event| write(pen, &at, read(value_of(&event))))
}

/// A line of text. `needed`: it stays, empty, where nothing is typed.
pub fn line(pen: Pen, at: &str, label: Words, hint: Option<Words>, needed: bool) -> Element {
    let read = move |typed: String| (needed || !typed.is_empty()).then_some(Value::Text(typed));
    frame(pen, at, label, hint, input(pen, at, "text", read))
}

/// A condition or another formula.
pub fn formula(pen: Pen, at: &str, label: Words, hint: Option<Words>) -> Element {
    let read = |typed: String| (!typed.trim().is_empty()).then_some(Value::Text(typed));
    let control = input(pen, at, "text", read).attr("spellcheck", "false").attr("autocapitalize", "off");
    control.node().class_list().add_1("mono").ok();
    frame(pen, at, label, hint, control)
}

pub fn day(pen: Pen, at: &str, label: Words) -> Element {
    let read = |typed: String| (!typed.is_empty()).then_some(Value::Text(typed));
    frame(pen, at, label, None, input(pen, at, "date", read))
}

/// A number; what is typed and is none is kept as it is, so that the checker says so beside it.
pub fn number(pen: Pen, at: &str, label: Words, hint: Option<Words>) -> Element {
    let control = input(pen, at, "text", read_number).attr("inputmode", "decimal");
    control.node().class_list().add_1("number-field").ok();
    frame(pen, at, label, hint, control)
}

fn read_number(typed: String) -> Option<Value> {
    let plain: String = typed
        .trim()
        .chars()
        .filter_map(|c| match c {
            '０'..='９' => char::from_u32(c as u32 - '０' as u32 + '0' as u32),
            '．' => Some('.'),
            ',' | '，' => None,
            c => Some(c),
        })
        .collect();
    if plain.is_empty() {
        return None;
    }
    let number = Value::parse(&plain).ok().filter(|value| value.digits().is_some());
    Some(number.unwrap_or(Value::Text(typed)))
}

/// Yes or no; no takes the member away. `usual`: what it is where it is left out.
pub fn tick(pen: Pen, at: &str, label: Words, usual: bool, kept: bool) -> Element {
    let on = pen.at(at).map_or(usual, |value| value == Value::Flag(true));
    let place = at.to_owned();
    let control = el("input", "tick-input").attr("type", "checkbox").flag("checked", on).on("change", move |event| {
        let on = is_ticked(&event);
        write(pen, &place, (kept || on != usual).then_some(Value::Flag(on)));
    });
    el("div", "tick")
        .child(marked(control, pen, at))
        .child(el("label", "").attr("for", &control_id(at)).say(label))
        .child(faults(pen, at, false))
}

/// One of several. `none`: it may be left out, and is then called so. After `shapes`, the screen is made anew.
pub fn choice(
    pen: Pen,
    at: &str,
    label: Words,
    options: &[(String, String)],
    none: Option<Words>,
    shapes: bool,
) -> Element {
    let now = pen.shown(at);
    let control = el("select", "select input");
    if none.is_some() || now.is_empty() {
        control
            .add(&el("option", "").attr("value", "").flag("selected", now.is_empty()).say(none.unwrap_or(words::NONE)));
    }
    if !now.is_empty() && !options.iter().any(|(id, _)| *id == now) {
        control.add(&el("option", "").attr("value", &now).flag("selected", true).text(&["? ", &now].concat()));
    }
    for (id, name) in options {
        control.add(&el("option", "").attr("value", id).flag("selected", *id == now).text(name));
    }
    let place = at.to_owned();
    let control = control.on("change", move |event| {
        let id = value_of(&event);
        write(pen, &place, (!id.is_empty()).then_some(Value::Text(id)));
        if shapes {
            pen.reshape();
        }
    });
    frame(pen, at, label, None, control)
}

/// Any of several; none takes the member away.
pub fn several(pen: Pen, at: &str, label: Words, options: &[(String, String)]) -> Element {
    let chosen: Vec<String> = pen.list(at).iter().filter_map(|one| one.as_text().map(str::to_owned)).collect();
    let list = el("div", "ticks");
    // What is chosen and is not there any more can still be taken out.
    let gone = chosen.iter().filter(|id| !options.iter().any(|(known, _)| known == *id));
    let gone: Vec<(String, String)> = gone.map(|id| (id.clone(), ["? ", id].concat())).collect();
    for (id, name) in options.iter().chain(&gone) {
        let (place, own) = (at.to_owned(), id.clone());
        let known: Vec<String> = options.iter().map(|(id, _)| id.clone()).collect();
        let own_id = [&control_id(at), "=", id].concat();
        let control = el("input", "tick-input")
            .attr("type", "checkbox")
            .attr("id", &own_id)
            .flag("checked", chosen.contains(id))
            .on("change", move |event| {
                let on = is_ticked(&event);
                let mut now: Vec<String> =
                    pen.list(&place).iter().filter_map(|one| one.as_text().map(str::to_owned)).collect();
                now.retain(|known| *known != own);
                if on {
                    now.push(own.clone());
                }
                // In the order of the plan.
                now.sort_by_key(|id| known.iter().position(|known| known == id).unwrap_or(usize::MAX));
                let list = Value::List(now.iter().map(|id| Value::text(id)).collect());
                write(pen, &place, (!now.is_empty()).then_some(list));
            });
        list.add(&el("div", "tick").child(control).child(el("label", "").attr("for", &own_id).text(name)));
    }
    el("fieldset", "field")
        .attr("id", &control_id(at))
        .attr("tabindex", "-1")
        .child(el("legend", "field-label").say(label))
        .child(list)
        .child(faults(pen, at, true))
}

/// A text in every language of the plan, side by side, with what is missing marked. `long`: several lines.
pub fn texts(pen: Pen, at: &str, label: Words, long: bool) -> Element {
    el("fieldset", "field").child(el("legend", "field-label").say(label)).child(tongues(pen, at, long, true))
}

/// A text that may be left out.
pub fn optional(pen: Pen, at: &str, label: Words) -> Element {
    el("fieldset", "field").child(el("legend", "field-label").say(label)).child(tongues(pen, at, false, false))
}

/// The fields of a text, one for each language. `needed`: a language without a text is marked.
pub fn tongues(pen: Pen, at: &str, long: bool, needed: bool) -> Element {
    let row = el("div", "tongue-row").attr("id", &control_id(at)).attr("tabindex", "-1");
    for tag in pen.languages() {
        row.add(&tongue(pen, at, &tag, long, needed));
    }
    el("div", "tongues").child(row).child(faults(pen, at, false))
}

fn tongue(pen: Pen, at: &str, tag: &str, long: bool, needed: bool) -> Element {
    let own = [at, "/", &token(tag)].concat();
    let control = match long {
        true => el("textarea", "input").attr("rows", "3"),
        false => el("input", "input").attr("type", "text").attr("autocomplete", "off"),
    };
    let control = control.attr("lang", tag).attr("dir", if is_rtl(tag) { "rtl" } else { "auto" });
    set_value(&control, &pen.shown(&own));
    let (around, language) = (at.to_owned(), tag.to_owned());
    let control = control.on("input", move |event| {
        let typed = value_of(&event);
        let own = [&around, "/", &token(&language)].concat();
        let there = matches!(pen.at(&around), Some(Value::Object(_)));
        let edit = match (typed.is_empty(), there) {
            (false, true) => Edit::put(own.as_str(), Value::Text(typed)),
            (false, false) => Edit::put(around.as_str(), Value::Object(vec![(language.clone(), Value::Text(typed))])),
            (true, _) if pen.at(&own).is_none() => return,
            // The last one: nothing is left of the text.
            (true, _) if pen.at(&around).is_some_and(|text| text.members().len() == 1) && !needed => {
                Edit::Drop { at: around.clone() }
            }
            (true, _) => Edit::Drop { at: own.clone() },
        };
        pen.type_in(&[edit], &own);
    });
    let (place, whole) = (own.clone(), at.to_owned());
    let lacks = move || {
        pen.turned.track();
        let empty = pen.shown(&place).is_empty();
        empty && (needed || pen.at(&whole).is_some_and(|text| !text.members().is_empty()))
    };
    let missing = lacks.clone();
    let sign = el("span", "tongue-tag").attr("lang", tag).text(&tongue_name(tag)).live(move || match missing() {
        true => group().text(" ").child(el("span", "tag warn").say(words::LACKS)),
        false => group(),
    });
    el("div", "tongue")
        .live_attr("data-lacks", move || lacks().then(String::new))
        .child(el("label", "small").attr("for", &control_id(&own)).child(sign))
        .child(marked(control, pen, &own))
        .child(faults(pen, &own, false))
}
