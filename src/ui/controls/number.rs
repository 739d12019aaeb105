use super::frame::Asked;
use super::inputs::source;
use crate::expression::is_number;
use crate::plan::ItemType;
use crate::session::{Answer, Event};
use crate::ui::answer::Live;
use crate::ui::element::{Element, el, follow};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;

/// A number, whole or with a point. What belongs to none does not get into the input, so that there is never something in
/// it that is not the answer.
pub fn number(live: Live, index: usize) -> Element {
    let asked = Asked::read(live, index);
    let point = live.with(|session| session.item(index).kind == ItemType::Decimal);
    let left = RwSignal::new(false);
    let changed = live.value(index);
    let name = asked.name.clone();
    let typed = move |event: web_sys::Event| {
        let Some(input) = source(&event) else { return };
        let raw = input.value();
        let text = keep_digits(&raw, point);
        if text != raw {
            input.set_value(&text);
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
        if value(keep_digits(&node.value(), point), point) != answer {
            node.set_value(&match answer {
                Some(Answer::Integer(number)) => number.to_string(),
                Some(Answer::Text(text)) => text,
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

/// ASCII and full-width digits, a sign in front, and, with `point`, one point.
fn keep_digits(raw: &str, point: bool) -> String {
    let mut text = String::with_capacity(raw.len());
    for letter in raw.chars() {
        let digit = match letter {
            '０'..='９' => char::from_u32(letter as u32 - '０' as u32 + '0' as u32),
            '0'..='9' => Some(letter),
            '-' | '－' | '−' if text.is_empty() => Some('-'),
            '.' | '．' | '。' if point && !text.contains('.') => Some('.'),
            _ => None,
        };
        text.extend(digit);
    }
    text
}
