//! The size of a sample, its sharing among the strata, and the change that it will show, while it is designed.

use super::field::value_of;
use super::pen::Pen;
use crate::design::draw::share_within;
use crate::design::{Edit, Value};
use crate::estimate::{Number, Planned, detectable_change, sample_size};
use crate::ui::element::{Element, button, el, group};
use crate::ui::words::{Words, design as words};
use leptos::prelude::*;
use std::collections::BTreeMap;
use wasm_bindgen::JsCast;

const PROPORTIONAL: &str = "proportional";
const EQUAL: &str = "equal";
const NEYMAN: &str = "neyman";

/// What is filled in; it is no part of the plan.
#[derive(Clone, Copy)]
pub struct Asked {
    open: RwSignal<bool>,
    margin: RwSignal<String>,
    level: RwSignal<String>,
    share: RwSignal<String>,
    deff: RwSignal<String>,
    response: RwSignal<String>,
    population: RwSignal<String>,
    sharing: RwSignal<String>,
    deviations: RwSignal<BTreeMap<String, String>>,
}

/// A field that belongs to this page and not to the plan.
pub fn own_field(id: &str, label: Words, value: RwSignal<String>, kind: &str) -> Element {
    let input = el("input", "input number-field")
        .attr("id", id)
        .attr("type", kind)
        .attr("autocomplete", "off")
        .attr("value", &value.get_untracked())
        .on("input", move |event| value.set(value_of(&event)));
    let input = if kind == "text" { input.attr("inputmode", "decimal") } else { input };
    el("div", "field").child(el("label", "field-label").attr("for", id).say(label)).child(input)
}

/// What can be folded, and stays as it is when the section is made anew.
pub fn folded(class: &str, open: RwSignal<bool>) -> Element {
    el("details", class).flag("open", open.get_untracked()).on("toggle", move |event| {
        let now = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
        open.try_set(now.is_some_and(|details| details.has_attribute("open")));
    })
}

/// One of several, for this page.
pub fn own_choice(id: &str, label: Words, value: RwSignal<String>, options: Vec<(String, String)>) -> Element {
    let select = el("select", "select input").attr("id", id).on("change", move |event| value.set(value_of(&event)));
    let now = value.get_untracked();
    for (name, shown) in options {
        select.add(&el("option", "").attr("value", &name).flag("selected", name == now).text(&shown));
    }
    el("div", "field").child(el("label", "field-label").attr("for", id).say(label)).child(select)
}

pub fn sample(pen: Pen) -> Element {
    let asked = pen.sample;
    let fields = [
        ("sample-margin", words::MARGIN, asked.margin),
        ("sample-level", words::LEVEL, asked.level),
        ("sample-share", words::SHARE, asked.share),
        ("sample-deff", words::DEFF, asked.deff),
        ("sample-response", words::RESPONSE, asked.response),
        ("sample-people", words::SAMPLE_POPULATION, asked.population),
    ];
    let grid = el("div", "grid-fields");
    for (id, label, value) in fields {
        grid.add(&own_field(id, label, value, "text"));
    }
    let said = el("div", "stack tight").attr("role", "status").attr("id", "sample-said").live(move || {
        let language = pen.shell.language.get();
        pen.turned.track();
        match asked.found(pen) {
            None => el("p", "error").say(words::SAMPLE_BAD),
            Some(found) => {
                let Found { draw, answers, change, .. } = found;
                if let Some(people) = found.too_many() {
                    return el("p", "error").text(&words::SAMPLE_TOO_MANY.count(language, &[draw, people]));
                }
                let said = words::SAMPLE_CHANGE.fill(language, &[&answers.to_string(), &format!("{change:.1}")]);
                group()
                    .child(
                        el("p", "").child(el("strong", "").text(&words::SAMPLE_NEED.count(language, &[draw, answers]))),
                    )
                    .child(el("p", "hint").text(&said))
            }
        }
    });
    let body = el("div", "stack tight")
        .child(el("p", "hint small").say(words::SAMPLE_TEXT))
        .child(grid)
        .child(said)
        .child(shares(pen, asked));
    folded("card sample", asked.open).child(el("summary", "summary").say(words::SAMPLE)).child(body)
}

impl Asked {
    pub fn new() -> Asked {
        let text = |text: &str| RwSignal::new(text.to_owned());
        Asked {
            open: RwSignal::new(false),
            margin: text("5"),
            level: text("95"),
            share: text("50"),
            deff: text("1"),
            response: text("100"),
            population: text(""),
            sharing: text(PROPORTIONAL),
            deviations: RwSignal::new(BTreeMap::new()),
        }
    }

    fn number(value: RwSignal<String>) -> Option<f64> {
        Number::parse(value.get().trim()).map(|number| number.float)
    }

    /// What follows from what is filled in.
    fn found(self, pen: Pen) -> Option<Found> {
        let part = |value| Asked::number(value).map(|per_cent| per_cent / 100.0);
        let people = self.population.get();
        let population = match people.trim() {
            "" => Some(strata(pen).iter().filter_map(|(_, _, people)| *people).sum()).filter(|people| *people > 0),
            people => Some(people.replace(',', "").parse::<u64>().ok()?),
        };
        let response = part(self.response)?;
        let planned = Planned {
            share: part(self.share)?,
            margin: part(self.margin)?,
            level: part(self.level)?,
            deff: Asked::number(self.deff)?,
            population,
            response,
        };
        let draw = sample_size(&planned)?;
        let answers = sample_size(&Planned { response: 1.0, ..planned })?;
        let change = detectable_change(planned.share, planned.deff, answers)?;
        Some(Found { draw: draw as usize, answers: answers as usize, change: change * 100.0, population })
    }
}

/// People to draw, answers that are expected of them, the change in percentage points that two such rounds show, and how many
/// people there are, where that is known.
struct Found {
    draw: usize,
    answers: usize,
    change: f64,
    population: Option<u64>,
}

impl Found {
    /// More would have to be drawn than there are.
    fn too_many(&self) -> Option<usize> {
        self.population.map(|people| people as usize).filter(|people| self.draw > *people)
    }
}

/// Strata: id, name, people.
fn strata(pen: Pen) -> Vec<(String, String, Option<u64>)> {
    let of = |one: &Value| {
        let people = one.get("population").and_then(Value::digits).and_then(|digits| digits.parse().ok());
        Some((one.said("id")?.to_owned(), pen.said(one.get("label")), people))
    };
    pen.list("/strata").iter().filter_map(of).collect()
}

/// The answers shared among the strata, to be written as their targets.
fn shares(pen: Pen, asked: Asked) -> Element {
    if strata(pen).is_empty() {
        return group();
    }
    let language = pen.language();
    let ways = [(PROPORTIONAL, words::PROPORTIONAL), (EQUAL, words::EQUAL), (NEYMAN, words::NEYMAN)];
    let ways = ways.map(|(name, words)| (name.to_owned(), words.of(language).to_owned())).into();
    let deviations = el("div", "grid-fields").live(move || {
        let out = group();
        if asked.sharing.get() == NEYMAN {
            for (at, (id, name, _)) in strata(pen).into_iter().enumerate() {
                let own = ["sample-sd-", &at.to_string()].concat();
                let value = asked.deviations.with_untracked(|all| all.get(&id).cloned()).unwrap_or_default();
                let input = el("input", "input number-field")
                    .attr("id", &own)
                    .attr("type", "text")
                    .attr("inputmode", "decimal")
                    .attr("value", &value);
                let input = input.on("input", move |event| {
                    let typed = value_of(&event);
                    asked.deviations.update(|all| drop(all.insert(id.clone(), typed)));
                });
                let label = el("label", "field-label").attr("for", &own).say(words::SD).text(" · ").text(&name);
                out.add(&el("div", "field").child(label).child(input));
            }
        }
        out
    });
    let made = move || {
        pen.turned.track();
        let Found { answers, .. } = asked.found(pen).filter(|found| found.too_many().is_none())?;
        let sharing = asked.sharing.get();
        let deviations = asked.deviations.get();
        let size = |(id, _, people): &(String, String, Option<u64>)| {
            let people = || Number::parse(&(*people)?.to_string());
            let number = match sharing.as_str() {
                EQUAL => Number::one(),
                NEYMAN => people()?.times(Number::parse(deviations.get(id)?.trim())?),
                _ => people()?,
            };
            Some((id.clone(), number))
        };
        let all = strata(pen);
        let sizes: Vec<(String, Number)> = all.iter().map(size).collect::<Option<_>>()?;
        let most: Vec<Option<u64>> = all.iter().map(|(_, _, people)| *people).collect();
        let parts = share_within(answers as u64, &sizes, &most)?;
        Some((answers, all.into_iter().zip(parts).map(|((_, name, _), n)| (name, n)).collect::<Vec<_>>()))
    };
    let table = el("div", "").attr("role", "status").live(move || {
        let language = pen.shell.language.get();
        let Some((answers, parts)) = made() else { return el("p", "hint").say(words::ALLOCATE_BAD) };
        let list = el("ul", "list").attr("id", "sample-parts");
        for (name, n) in &parts {
            list.add(
                &el("li", "list-row").child(el("span", "grow").text(name)).child(el("strong", "").text(&n.to_string())),
            );
        }
        let write = move |_| {
            let Some((_, parts)) = untrack(made) else { return };
            let list = pen.list("/strata").into_iter().zip(parts).map(|(mut one, (_, n))| {
                // A target of 0 is none: nobody is asked there.
                match n {
                    0 => one.remove("target"),
                    n => one.set("target", Value::Number(n.to_string())),
                }
                one
            });
            pen.change(&[Edit::put("/strata", Value::List(list.collect()))]);
        };
        group()
            .child(el("p", "").text(&words::PARTS_OF.count(language, &[answers])))
            .child(list)
            .child(el("div", "row").child(button("button primary").on("click", write).say(words::ALLOCATE_DO)))
    });
    el("section", "stack tight")
        .child(el("p", "field-label").say(words::ALLOCATE))
        .child(el("div", "grid-fields").child(own_choice("sample-sharing", words::SHARING, asked.sharing, ways)))
        .child(deviations)
        .child(table)
}
