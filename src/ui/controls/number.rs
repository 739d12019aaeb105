use super::frame::Asked;
use super::inputs::source;
use crate::expression::is_number;
use crate::plan::ItemType;
use crate::session::{Answer, Event};
use crate::ui::answer::Live;
use crate::ui::element::{Element, el, follow};
use leptos::prelude::*;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;

/// A number, whole or with parts, in the digits of the interview's language; those of any script can be typed. What belongs to
/// none does not get into the input, so that there is never something in it that is not the answer.
pub fn number(live: Live, index: usize) -> Element {
    let asked = Asked::read(live, index);
    let (point, numerals) =
        live.with(|session| (session.item(index).kind == ItemType::Decimal, Rc::new(session.numerals())));
    let left = RwSignal::new(false);
    let changed = live.value(index);
    let name = asked.name.clone();
    let written = numerals.clone();
    let typed = move |event: web_sys::Event| {
        let Some(input) = source(&event) else { return };
        let raw = input.value();
        let text = written.typed(&raw, point);
        let shown = written.write(&text);
        if shown != raw {
            // The caret stays behind what is before it, as far as that stays.
            let caret = input.selection_start().ok().flatten().filter(|&at| (at as usize) < raw.encode_utf16().count());
            let before =
                caret.map(|at| String::from_utf16_lossy(&raw.encode_utf16().take(at as usize).collect::<Vec<_>>()));
            input.set_value(&shown);
            if let Some(before) = before {
                // Each letter of a number is one unit.
                let at = written.typed(&before, point).len() as u32;
                let _ = input.set_selection_range(at, at);
            }
        }
        let item = name.clone();
        let _ = live.tell(match value(text, point) {
            Some(value) => Event::Answered { item, value },
            None => Event::Cleared { item },
        });
    };
    let input = el("input", "input number-input").attr("type", "text");
    let input = input.attr("inputmode", if point { "decimal" } else { "numeric" });
    let input = asked.typed_into(input.attr("maxlength", "15").attr("autocomplete", "off"));
    let node: HtmlInputElement = input.node().clone().unchecked_into();
    follow(move || {
        changed.track();
        let answer = live.with(|session| session.answer(index).cloned());
        // A sign without digits yet is no number and stays.
        if value(numerals.typed(&node.value(), point), point) != answer {
            node.set_value(&match answer {
                Some(Answer::Integer(number)) => numerals.write(&number.to_string()),
                Some(Answer::Text(text)) => numerals.write(&text),
                _ => String::new(),
            });
        }
    });
    let input = input.on("input", typed).on("change", move |_| left.set(true));
    asked.field(input, el("div", "question-foot").child(asked.error_view(Some(left))).maybe(asked.reasons_view()))
}

fn value(text: String, point: bool) -> Option<Answer> {
    match point {
        true => is_number(&text).then_some(Answer::Text(text)),
        false => text.parse().ok().map(Answer::Integer),
    }
}
