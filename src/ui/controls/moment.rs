use super::frame::Asked;
use super::inputs::source;
use crate::plan::ItemType;
use crate::session::{Answer, Event};
use crate::ui::answer::Live;
use crate::ui::element::{Element, el, follow};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;

/// A day, a time of day or both: the browser's own input, whose value is what the record keeps (`YYYY-MM-DD`, `hh:mm`). While it
/// is half typed, the browser says that it has none.
pub fn moment(live: Live, index: usize) -> Element {
    let asked = Asked::read(live, index);
    let kind = live.with(|session| session.item(index).kind);
    let changed = live.value(index);
    let name = asked.name.clone();
    let typed = move |event: web_sys::Event| {
        let Some(input) = source(&event) else { return };
        let item = name.clone();
        let value = input.value();
        let _ = live.tell(match value.is_empty() {
            true => Event::Cleared { item },
            false => Event::Answered { item, value: Answer::Text(value) },
        });
    };
    let input = el("input", "input moment-input").attr(
        "type",
        match kind {
            ItemType::Date => "date",
            ItemType::Datetime => "datetime-local",
            _ => "time",
        },
    );
    let input = asked.typed_into(input);
    let node: HtmlInputElement = input.node().clone().unchecked_into();
    follow(move || {
        changed.track();
        let text = live.with(|session| match session.answer(index) {
            Some(Answer::Text(text)) => text.clone(),
            _ => String::new(),
        });
        if node.value() != text {
            node.set_value(&text);
        }
    });
    let foot = el("div", "question-foot").child(asked.error_view(None)).maybe(asked.reasons_view());
    asked.field(input.on("input", typed), foot)
}
