use super::frame::{Asked, anchor};
use crate::session::{Answer, Event};
use crate::ui::answer::Live;
use leptos::{html, prelude::*};

/// Words, on one line or several.
pub fn text(live: Live, index: usize) -> AnyView {
    let asked = Asked::read(live, index);
    let (most, lines) = live.with(|session| {
        let item = &session.items()[index];
        (item.max_length, item.appearance.as_deref() == Some("multiline"))
    });
    let read = move || {
        live.with(|session| match session.answer(index) {
            Some(Answer::Text(text)) => text.clone(),
            _ => String::new(),
        })
    };
    let counted = live.value(index);
    let count = move |most: u32| {
        counted.track();
        let mut text = read().chars().count().to_string();
        text.push_str(" / ");
        text.push_str(&most.to_string());
        text
    };
    let name = asked.name.clone();
    let tell = move |text: String| {
        let _ = live.tell(Event::Answered { item: name.clone(), value: Answer::Text(text) });
    };
    let again = tell.clone();
    let input = anchor(index, "-input");
    let locked = move || live.locked.get();
    let changed = live.value(index);
    let control = if lines {
        let node = NodeRef::<html::Textarea>::new();
        // Set only when it differs: setting it under an input method would break what is being composed.
        Effect::new(move |_| {
            changed.track();
            let text = read();
            if let Some(node) = node.get().filter(|node| node.value() != text) {
                node.set_value(&text);
            }
        });
        view! {
            <textarea class="input" id=input.clone() rows="4" maxlength=most aria-describedby=asked.described_by()
                aria-required=asked.required.then_some("true") prop:value=read() node_ref=node readonly=locked
                on:input=move |event| tell(event_target_value(&event))
                on:change=move |event| again(event_target_value(&event))></textarea>
        }
        .into_any()
    } else {
        let node = NodeRef::<html::Input>::new();
        Effect::new(move |_| {
            changed.track();
            let text = read();
            if let Some(node) = node.get().filter(|node| node.value() != text) {
                node.set_value(&text);
            }
        });
        view! {
            <input type="text" class="input" id=input.clone() maxlength=most aria-describedby=asked.described_by()
                aria-required=asked.required.then_some("true") autocomplete="off" prop:value=read() node_ref=node readonly=locked
                on:input=move |event| tell(event_target_value(&event))
                on:change=move |event| again(event_target_value(&event))/>
        }
        .into_any()
    };
    view! {
        <div class="field question" id=asked.id.clone()>
            <label class="field-label" for=input>{asked.label.clone()}{asked.mark()}</label>
            {asked.hint_view()}
            {control}
            <div class="question-foot">
                {asked.error_view(|| true)}
                {asked.reasons_view()}
                {most.map(|most| view! { <p class="hint small counter">{move || count(most)}</p> })}
            </div>
        </div>
    }
    .into_any()
}
