//! What the combined score is made of: votes, experts' scores, figures.

use super::field::{choice, faults, frame, number, tick, tongues, value_of};
use super::indicators::sums;
use super::pen::Pen;
use super::rows::{Copying, add, adder, fresh_id, headed, list, more, tools};
use crate::design::{Edit, Value, object};
use crate::ui::element::{Element, button, el};
use crate::ui::words::design as words;

/// Kinds of questions whose answers are numbers.
const NUMBERS: [&str; 4] = ["integer", "decimal", "range", "calculate"];

pub fn parts(pen: Pen) -> Element {
    let fresh = move |by_votes: bool| {
        move || {
            let id = fresh_id(pen, "/parts", "id", "", "part-");
            let first = pen.languages().remove(0);
            // The first has all of the weight.
            let weight = if pen.list("/parts").is_empty() { "1" } else { "0.1" };
            let mut part = object([
                ("id", Value::Text(id)),
                ("label", Value::Object(vec![(first, Value::text(""))])),
                ("weight", Value::Number(weight.to_owned())),
            ]);
            if !by_votes {
                part.set("figures", Value::List(for_each_unit(pen, &[])));
            }
            add(pen, "/parts", part, "/label/zh");
        }
    };
    let all = pen.list("/parts");
    let votes = all.iter().any(|part| part.listed("figures").is_empty());
    let mut out = el("div", "stack").child(el("p", "hint").say(words::PARTS_TEXT)).child(list(
        pen,
        "/parts",
        move |at, index, count| one(pen, at, index, count),
    ));
    if !all.is_empty() {
        out = out.child(sums(pen, "/parts".to_owned()));
    }
    out = out.child(faults(pen, "/parts", false));
    if !votes {
        out = out.child(adder(words::PART_VOTES_ADD, fresh(true)));
    }
    out.child(adder(words::PART_FIGURES_ADD, fresh(false)))
}

fn one(pen: Pen, at: &str, index: usize, count: usize) -> Element {
    let name = pen.said(pen.at(&[at, "/label"].concat()).as_ref());
    let figures = [at, "/figures"].concat();
    let has_figures = !pen.list(&figures).is_empty();
    let mut fields = vec![
        tongues(pen, &[at, "/label"].concat(), false, true),
        el("div", "grid-fields").child(number(pen, &[at, "/weight"].concat(), words::WEIGHT, None)).child(source(
            pen,
            at,
            has_figures,
        )),
    ];
    if has_figures {
        fields.push(el("p", "hint small").say(words::FIGURES_TEXT));
        let own = figures.clone();
        fields.push(list(pen, &figures, move |here, index, count| figure(pen, &own, here, index, count)));
        fields.push(faults(pen, &figures, false));
        let lacking = without_row(pen, &figures);
        let row = el("div", "row");
        if !lacking.is_empty() {
            let into = figures.clone();
            let fill = move |_| {
                let now = pen.list(&into);
                let mut all = now.clone();
                all.extend(for_each_unit(pen, &now));
                pen.change(&[Edit::put(into.as_str(), Value::List(all))]);
                pen.shell.say(words::ADDED);
            };
            let text = words::FIGURES_FILL.count(pen.language(), &[lacking.len()]);
            row.add(&button("button").attr("id", &["fill:", at].concat()).on("click", fill).text(&text));
        }
        let into = figures.clone();
        let another = move |_| {
            let new = new_figure(pen, &pen.list(&into), "");
            add(pen, &into, new, "/unit");
        };
        row.add(&button("button").on("click", another).text("+ ").say(words::FIGURE_ADD));
        fields.push(row);
        fields.push(tick(pen, &[at, "/trimmed"].concat(), words::TRIMMED, false, false));
    }
    let mut seldom = Vec::new();
    if has_figures {
        seldom.push(number(pen, &[at, "/smallest"].concat(), words::PART_SMALLEST, Some(words::PART_SMALLEST_HINT)));
    }
    seldom.push(super::field::line(pen, &[at, "/id"].concat(), words::ID, None, true));
    fields.push(more(seldom));
    fields.push(faults(pen, at, false));
    headed(at, &name, tools(pen, "/parts", index, count, &name, Copying { member: "id", stem: "part-" }, None), fields)
}

/// Where the part comes from: the votes, or numbers that somebody enters.
fn source(pen: Pen, at: &str, has_figures: bool) -> Element {
    let option = |id: &str, on: bool, words| el("option", "").attr("value", id).flag("selected", on).say(words);
    let place = at.to_owned();
    let control = el("select", "select input")
        .child(option("votes", !has_figures, words::FROM_VOTES))
        .child(option("figures", has_figures, words::FROM_FIGURES))
        .on("change", move |event| {
            let figures = [&place, "/figures"].concat();
            if value_of(&event) == "figures" {
                pen.change(&[Edit::put(figures.as_str(), Value::List(for_each_unit(pen, &[])))]);
            } else {
                // What belongs to figures only goes with them.
                let members = ["/figures", "/trimmed", "/smallest"].map(|member| [&place, member].concat());
                let there = members.into_iter().filter(|at| pen.at(at).is_some());
                let drops: Vec<Edit> = there.map(|at| Edit::Drop { at }).collect();
                pen.change(&drops);
            }
        });
    frame(pen, &[at, "/source"].concat(), words::PART_SOURCE, None, control)
}

fn figure(pen: Pen, list: &str, at: &str, index: usize, count: usize) -> Element {
    let unit = pen.shown(&[at, "/unit"].concat());
    let units = pen.named("/units");
    let name = units.iter().find(|(id, _)| *id == unit).map_or(unit.clone(), |(_, name)| name.clone());
    let items = numbers(pen, &pen.shown(&[at, "/questionnaire"].concat()));
    let copying = Copying { member: "", stem: "" };
    headed(
        at,
        &name,
        tools(pen, list, index, count, &name, copying, None),
        vec![
            el("div", "grid-fields")
                .child(choice(pen, &[at, "/unit"].concat(), words::USE_UNIT, &units, None, true))
                .child(choice(
                    pen,
                    &[at, "/questionnaire"].concat(),
                    words::FIGURE_QUESTIONNAIRE,
                    &pen.named("/questionnaires"),
                    None,
                    true,
                ))
                .child(choice(pen, &[at, "/item"].concat(), words::FIGURE_ITEM, &items, None, false))
                .child(choice(
                    pen,
                    &[at, "/of"].concat(),
                    words::FIGURE_OF,
                    &items,
                    Some(words::FIGURE_OF_NONE),
                    false,
                )),
            el("div", "grid-fields")
                .child(number(pen, &[at, "/zero"].concat(), words::FIGURE_ZERO, None))
                .child(number(pen, &[at, "/full"].concat(), words::FIGURE_FULL, None)),
            faults(pen, at, false),
        ],
    )
}

/// The questions of a questionnaire whose answers are numbers, in their order, with their words.
fn numbers(pen: Pen, questionnaire: &str) -> Vec<(String, String)> {
    fn walk(pen: Pen, items: &[Value], out: &mut Vec<(String, String)>) {
        for item in items {
            if item.said("type").is_some_and(|kind| NUMBERS.contains(&kind))
                && let Some(name) = item.said("name")
            {
                let words = pen.said(item.get("label"));
                let shown = if words.is_empty() { name.to_owned() } else { [&words, " (", name, ")"].concat() };
                out.push((name.to_owned(), shown));
            }
            walk(pen, item.listed("items"), out);
        }
    }
    let mut out = Vec::new();
    for one in pen.list("/questionnaires").iter().filter(|one| one.said("id") == Some(questionnaire)) {
        walk(pen, one.listed("items"), &mut out);
    }
    out
}

/// Units of the plan for which a list of figures has none.
fn without_row(pen: Pen, figures: &str) -> Vec<String> {
    lacking(pen, &pen.list(figures))
}

fn lacking(pen: Pen, figures: &[Value]) -> Vec<String> {
    let has = |id: &String| figures.iter().any(|one| one.said("unit") == Some(id));
    pen.named("/units").into_iter().map(|(id, _)| id).filter(|id| !has(id)).collect()
}

/// A figure for each unit that has none.
fn for_each_unit(pen: Pen, figures: &[Value]) -> Vec<Value> {
    let units = lacking(pen, figures);
    units.iter().map(|unit| new_figure(pen, figures, unit)).collect()
}

/// The questionnaire and the question that a unit's number most likely comes from: one whose name has the unit's id in it,
/// or else that of the figure before, or the first with a number.
fn guess(pen: Pen, unit: &str, last: Option<&Value>) -> (String, String) {
    let all: Vec<(String, String)> = pen
        .named("/questionnaires")
        .into_iter()
        .flat_map(|(id, _)| numbers(pen, &id).into_iter().map(move |(name, _)| (id.clone(), name)))
        .collect();
    let named = all.iter().find(|(_, name)| !unit.is_empty() && name.contains(unit)).cloned();
    let before = last.and_then(|last| Some((last.said("questionnaire")?.to_owned(), last.said("item")?.to_owned())));
    named.or(before).or(all.into_iter().next()).unwrap_or_default()
}

/// As the figure before: of the same questionnaire and range.
fn new_figure(pen: Pen, figures: &[Value], unit: &str) -> Value {
    let last = figures.last();
    let (questionnaire, item) = guess(pen, unit, last);
    let known = |member: &str| last.and_then(|last| last.get(member)).cloned();
    let number = |member: &str, usual: &str| known(member).unwrap_or(Value::Number(usual.to_owned()));
    let mut figure = object([
        ("unit", Value::text(unit)),
        ("questionnaire", Value::Text(questionnaire)),
        ("item", Value::Text(item)),
    ]);
    if let Some(of) = known("of") {
        figure.set("of", of);
    }
    figure.set("zero", number("zero", "0"));
    figure.set("full", number("full", "100"));
    figure
}
