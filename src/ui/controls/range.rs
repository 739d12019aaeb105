use super::frame::Asked;
use super::inputs::{align, source};
use crate::plan::{Decimal, Steps};
use crate::session::{Answer, Event};
use crate::ui::answer::Live;
use crate::ui::element::{Element, button, el, follow};
use crate::ui::words::answer as words;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;

/// A number between two others: a slider with its value beside it, or stars. Where the slider stands before it was touched
/// is no answer.
pub fn range(live: Live, index: usize) -> Element {
    let (steps, rating) = live.with(|session| {
        let item = session.item(index);
        (item.steps(), item.appearance.as_deref() == Some("rating"))
    });
    let asked = Asked::read(live, index);
    if rating { stars(asked, steps) } else { slider(asked, steps) }
}

/// A number as the item keeps it.
fn value(number: Decimal, steps: Steps) -> Answer {
    match steps.are_whole() {
        true => Answer::Integer(number.millionths() / Decimal::SCALE),
        false => Answer::Text(number.to_text()),
    }
}

fn text(live: Live, index: usize) -> Option<String> {
    live.with(|session| match session.answer(index) {
        Some(Answer::Integer(number)) => Some(number.to_string()),
        Some(Answer::Text(text)) => Some(text.clone()),
        _ => None,
    })
}

/// As the language of the interview writes it.
fn written(live: Live, number: &str) -> String {
    live.with(|session| session.numerals().write(number))
}

fn slider(asked: Asked, steps: Steps) -> Element {
    let (live, index) = (asked.live, asked.index);
    let language = asked.language;
    let name = asked.name.clone();
    let named = name.clone();
    let take = move |input: &HtmlInputElement| {
        if let Ok(number) = Decimal::parse(&input.value()) {
            let _ = live.tell(Event::Answered { item: named.clone(), value: value(number, steps) });
        }
    };
    let input = el("input", "slider")
        .attr("type", "range")
        .attr("min", &steps.start.to_text())
        .attr("max", &steps.end.to_text())
        .attr("step", &steps.step.to_text());
    let input = asked.typed_into(input).live_flag("disabled", move || live.locked.get());
    let node: HtmlInputElement = input.node().clone().unchecked_into();
    let (changed, shown) = (live.value(index), node.clone());
    // Where it stands while there is no value. Said, since browsers clamp what they had before they knew the ends.
    let half = steps.step.millionths().saturating_mul((steps.count() / 2) as i64);
    let middle = Decimal::from_millionths(steps.start.millionths().saturating_add(half)).to_text();
    follow(move || {
        changed.track();
        let now = text(live, index);
        let told = now.as_deref().map_or_else(|| words::RANGE_OPEN.of(language).to_owned(), |now| written(live, now));
        let _ = shown.set_attribute("aria-valuetext", &told);
        let _ = shown.class_list().toggle_with_force("unset", now.is_none());
        let now = now.as_ref().unwrap_or(&middle);
        if shown.value() != *now {
            shown.set_value(now);
        }
    });
    let touched = take.clone();
    // A touch that does not move it is an answer too, and so is Enter or the space bar where it stands.
    let input = input.on("input", move |event| source(&event).iter().for_each(&touched));
    let pressed = take.clone();
    let input = input.on("click", move |event| source(&event).iter().for_each(&pressed));
    let struck = take.clone();
    let input = input.on("keydown", move |event| {
        let key = event.unchecked_ref::<web_sys::KeyboardEvent>().key();
        if key == " " || key == "Enter" {
            event.prevent_default();
            source(&event).iter().for_each(&struck);
        }
    });
    let by = |sign: &str, up: bool, told: crate::ui::words::Words| {
        let (node, name) = (node.clone(), name.clone());
        let label = asked.about(told);
        button("button step").attr("aria-label", &label).live_flag("disabled", move || live.locked.get()).text(sign).on(
            "click",
            move |_| {
                let Ok(stands) = Decimal::parse(&node.value()) else { return };
                let step = if up { steps.step.millionths() } else { -steps.step.millionths() };
                // The first press takes the place where it stands.
                let by = if text(live, index).is_some() { step } else { 0 };
                let number = Decimal::from_millionths(stands.millionths().saturating_add(by));
                let item = name.clone();
                let _ = live.tell(Event::Answered { item, value: value(number, steps) });
            },
        )
    };
    let changed = live.value(index);
    let said = el("output", "range-value").attr("aria-hidden", "true").live_text(move || {
        changed.track();
        text(live, index).map_or_else(|| String::from("–"), |now| written(live, &now))
    });
    let ends = el("div", "range-ends hint small").attr("aria-hidden", "true");
    let end = |number: Decimal| el("span", "").text(&written(live, &number.to_text()));
    let ends = ends.child(end(steps.start)).child(end(steps.end));
    let track = el("div", "range-track").child(input).child(ends);
    let row = el("div", "range-row").child(by("−", false, words::RANGE_LESS)).child(track);
    let row = row.child(by("+", true, words::RANGE_MORE)).child(said);
    let foot = el("div", "question-foot").child(asked.error_view(None)).maybe(asked.reasons_view());
    asked.field(row, foot.child(asked.clear_view()))
}

/// Radios that look like stars. Only for a few whole numbers, as the checker sees to.
fn stars(asked: Asked, steps: Steps) -> Element {
    let (live, index) = (asked.live, asked.index);
    let count = usize::try_from(steps.count()).unwrap_or(0);
    let number = move |at: usize| {
        Decimal::from_millionths(
            steps.start.millionths().saturating_add(steps.step.millionths().saturating_mul(at as i64)),
        )
    };
    let name = asked.name.clone();
    let picked = move |event: web_sys::Event| {
        let Some(at) = source(&event).and_then(|input| input.value().parse::<usize>().ok()) else { return };
        let _ = live.tell(Event::Answered { item: name.clone(), value: value(number(at), steps) });
    };
    let list = el("div", "stars");
    for at in 0..count {
        let input = el("input", "").attr("type", "radio").attr("name", &asked.id).attr("value", &at.to_string());
        let star = el("span", "star-sign").attr("aria-hidden", "true").text("★");
        let label = el("label", "star").child(input).child(star);
        list.add(&label.child(el("span", "star-number").text(&written(live, &number(at).to_text()))));
    }
    let root = el("fieldset", "field question").attr("id", &asked.id).attr("role", "radiogroup");
    let root = if asked.required { root.attr("aria-required", "true") } else { root };
    let root = root
        .attr("aria-describedby", &asked.described_by())
        .live_flag("disabled", move || live.locked.get())
        .on("change", picked)
        .child(asked.labelled(el("legend", "field-label")))
        .maybe(asked.image_view())
        .maybe(asked.hint_view())
        .child(list);
    let (changed, node) = (live.value(index), root.node().clone());
    follow(move || {
        changed.track();
        let now = text(live, index);
        align(&node, &|input| {
            input.value().parse::<usize>().is_ok_and(|at| now.as_deref() == Some(number(at).to_text().as_str()))
        });
    });
    let foot = el("div", "question-foot").child(asked.error_view(None)).maybe(asked.reasons_view());
    root.child(foot.child(asked.clear_view()))
}
