use super::frame::Asked;
use crate::session::{Answer, Event};
use crate::ui::answer::Live;
use crate::ui::element::{Element, el, follow};
use leptos::prelude::*;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::{HtmlInputElement, HtmlTextAreaElement};

/// Where the words are typed: one line or several.
#[derive(Clone)]
enum Lines {
    One(HtmlInputElement),
    Several(HtmlTextAreaElement),
}

impl Lines {
    fn value(&self) -> String {
        match self {
            Lines::One(input) => input.value(),
            Lines::Several(area) => area.value(),
        }
    }

    fn set(&self, text: &str) {
        match self {
            Lines::One(input) => input.set_value(text),
            Lines::Several(area) => area.set_value(text),
        }
    }
}

/// Words, on one line or several.
pub fn text(live: Live, index: usize) -> Element {
    let asked = Asked::read(live, index);
    let (most, several) = live.with(|session| {
        let item = session.item(index);
        (item.max_length, item.appearance.as_deref() == Some("multiline"))
    });
    let read = move || {
        live.with(|session| match session.answer(index) {
            Some(Answer::Text(text)) => text.clone(),
            _ => String::new(),
        })
    };
    let input = if several {
        el("textarea", "input").attr("rows", "4")
    } else {
        el("input", "input").attr("type", "text").attr("autocomplete", "off")
    };
    let input = match most {
        Some(most) => input.attr("maxlength", &most.to_string()),
        None => input,
    };
    let input = asked.typed_into(input);
    let node = input.node().clone();
    let lines = if several { Lines::Several(node.unchecked_into()) } else { Lines::One(node.unchecked_into()) };
    let (changed, shown) = (live.value(index), lines.clone());
    // Set only when it differs: setting it under an input method would break what is being composed.
    follow(move || {
        changed.track();
        let text = read();
        if shown.value() != text {
            shown.set(&text);
        }
    });
    let name = asked.name.clone();
    let tell = Rc::new(move || {
        let _ = live.tell(Event::Answered { item: name.clone(), value: Answer::Text(lines.value()) });
    });
    let again = tell.clone();
    let input = input.on("input", move |_| tell()).on("change", move |_| again());
    let counted = live.value(index);
    let counter = most.map(|most| {
        el("p", "hint small counter").live_text(move || {
            counted.track();
            let mut text = read().chars().count().to_string();
            text.push_str(" / ");
            text.push_str(&most.to_string());
            text
        })
    });
    let foot = el("div", "question-foot").child(asked.error_view(None)).maybe(asked.reasons_view()).maybe(counter);
    asked.field(input, foot)
}
