use super::frame::Asked;
use super::inputs::source;
use crate::session::{Answer, Event};
use crate::ui::answer::Live;
use crate::ui::element::{Element, el, follow};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;

/// A whole number. What is no digit does not get into the input, so that there is never something in it that is not the answer.
pub fn integer(live: Live, index: usize) -> Element {
    let asked = Asked::read(live, index);
    let left = RwSignal::new(false);
    let changed = live.value(index);
    let name = asked.name.clone();
    let typed = move |event: web_sys::Event| {
        let Some(input) = source(&event) else { return };
        let raw = input.value();
        let text = keep_digits(&raw);
        if text != raw {
            input.set_value(&text);
        }
        let item = name.clone();
        let _ = live.tell(match text.parse() {
            Ok(number) => Event::Answered { item, value: Answer::Integer(number) },
            Err(_) => Event::Cleared { item },
        });
    };
    let input = el("input", "input number-input").attr("type", "text").attr("inputmode", "numeric");
    let input = asked.typed_into(input.attr("maxlength", "15").attr("autocomplete", "off"));
    let node: HtmlInputElement = input.node().clone().unchecked_into();
    follow(move || {
        changed.track();
        let number = live.with(|session| match session.answer(index) {
            Some(Answer::Integer(number)) => Some(*number),
            _ => None,
        });
        // A sign without digits yet is no number and stays.
        if keep_digits(&node.value()).parse().ok() != number {
            node.set_value(&number.map_or(String::new(), |number| number.to_string()));
        }
    });
    let input = input.on("input", typed).on("change", move |_| left.set(true));
    asked.field(input, el("div", "question-foot").child(asked.error_view(Some(left))).maybe(asked.reasons_view()))
}

/// ASCII and full-width digits, and a sign in front.
fn keep_digits(raw: &str) -> String {
    let mut text = String::with_capacity(raw.len());
    for letter in raw.chars() {
        let digit = match letter {
            '０'..='９' => char::from_u32(letter as u32 - '０' as u32 + '0' as u32),
            '0'..='9' => Some(letter),
            '-' | '－' | '−' if text.is_empty() => Some('-'),
            _ => None,
        };
        text.extend(digit);
    }
    text
}
