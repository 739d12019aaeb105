use super::frame::Asked;
use super::inputs::{align, option, source};
use crate::plan::ACKNOWLEDGED;
use crate::session::{Answer, Event};
use crate::ui::answer::{Live, told};
use crate::ui::element::{Element, el, follow};
use leptos::prelude::*;

/// A tick that something was read or agreed to: the item's label is the label of the box.
pub fn acknowledge(live: Live, index: usize) -> Element {
    let asked = Asked::read(live, index);
    let changed = live.value(index);
    let given = move || live.with(|session| session.answer(index).is_some());
    let name = asked.name.clone();
    let ticked = move |event: web_sys::Event| {
        let Some(input) = source(&event) else { return };
        let item = name.clone();
        let _ = live.tell(match input.checked() {
            true => Event::Answered { item, value: Answer::Text(ACKNOWLEDGED.to_owned()) },
            false => Event::Cleared { item },
        });
    };
    let tick = option("checkbox", &asked.id, 0, told(live, index, &asked.written), given());
    if let Ok(Some(input)) = tick.node().query_selector("input") {
        let _ = input.set_attribute("aria-describedby", &asked.described_by());
        if asked.required {
            let _ = input.set_attribute("aria-required", "true");
        }
    }
    if asked.required {
        tick.add(&asked.required_mark());
    }
    let root = el("fieldset", "field question acknowledge")
        .attr("id", &asked.id)
        .live_flag("disabled", move || live.locked.get())
        .on("change", ticked)
        .child(el("legend", "visually-hidden").text(&asked.label))
        .maybe(asked.image_view())
        .child(tick)
        .maybe(asked.hint_view());
    let node = root.node().clone();
    follow(move || {
        changed.track();
        align(&node, &|_| given());
    });
    root.child(el("div", "question-foot").child(asked.error_view(None)).maybe(asked.reasons_view()))
}
