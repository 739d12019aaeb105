use super::frame::{Asked, anchor};
use super::inputs::source;
use crate::session::{Answer, Event};
use crate::ui::answer::Live;
use leptos::{html, prelude::*};

/// A whole number. What is no digit does not get into the input, so that there is never something in it that is not the answer.
pub fn integer(live: Live, index: usize) -> AnyView {
    let asked = Asked::read(live, index);
    let left = RwSignal::new(false);
    let node = NodeRef::<html::Input>::new();
    let read = move || {
        live.with(|session| match session.answer(index) {
            Some(Answer::Integer(number)) => Some(*number),
            _ => None,
        })
    };
    let show = |number: Option<i64>| number.map_or(String::new(), |number| number.to_string());
    let changed = live.value(index);
    Effect::new(move |_| {
        changed.track();
        let number = read();
        // A sign without digits yet is no number and stays.
        if let Some(node) = node.get().filter(|node| keep_digits(&node.value()).parse().ok() != number) {
            node.set_value(&show(number));
        }
    });
    let name = asked.name.clone();
    let typed = move |event: leptos::ev::Event| {
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
    let input = anchor(index, "-input");
    view! {
        <div class="field question" id=asked.id.clone()>
            <label class="field-label" for=input.clone()>{asked.label.clone()}{asked.mark()}</label>
            {asked.hint_view()}
            <input type="text" inputmode="numeric" class="input number-input" id=input maxlength="15" autocomplete="off"
                aria-describedby=asked.described_by() aria-required=asked.required.then_some("true")
                value=show(read()) node_ref=node readonly=move || live.locked.get()
                on:input=typed on:change=move |_| left.set(true)/>
            <div class="question-foot">
                {asked.error_view(move || left.get())}
                {asked.reasons_view()}
            </div>
        </div>
    }
    .into_any()
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
