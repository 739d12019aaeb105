use super::frame::Asked;
use super::inputs::{align, option, options_class, source};
use crate::session::{Answer, Event};
use crate::ui::answer::{Live, say};
use leptos::{html, prelude::*};
use wasm_bindgen::JsCast;

/// One of a list.
pub fn one(live: Live, index: usize) -> AnyView {
    choose_one(Asked::read(live, index), read_choices(live, index))
}

/// Any of a list.
pub fn many(live: Live, index: usize) -> AnyView {
    choose(Asked::read(live, index), read_choices(live, index), "checkbox")
}

/// Radios: value and label of each.
pub fn choose_one(asked: Asked, options: Vec<(String, String)>) -> AnyView {
    choose(asked, options, "radio")
}

fn read_choices(live: Live, index: usize) -> Vec<(String, String)> {
    live.with(|session| {
        let list = session.items()[index].choices.as_deref().and_then(|id| session.plan().choice_list(id));
        list.into_iter()
            .flat_map(|list| &list.choices)
            .map(|choice| (choice.name.clone(), say(session, &choice.label).to_owned()))
            .collect()
    })
}

fn choose(asked: Asked, options: Vec<(String, String)>, kind: &'static str) -> AnyView {
    let (live, index) = (asked.live, asked.index);
    let (values, labels): (Vec<String>, Vec<String>) = options.into_iter().unzip();
    let class = options_class(&labels);
    let chosen = move |value: &String| {
        live.with(|session| match session.answer(index) {
            Some(Answer::Text(text)) => text == value,
            Some(Answer::Choices(choices)) => choices.contains(value),
            _ => false,
        })
    };
    let views: Vec<AnyView> = values
        .iter()
        .zip(labels)
        .enumerate()
        .map(|(at, (value, label))| option(kind, &asked.id, at, label, chosen(value), "option"))
        .collect();
    let values = StoredValue::new(values);
    let root = NodeRef::<html::Fieldset>::new();
    let changed = live.value(index);
    Effect::new(move |_| {
        changed.track();
        let Some(root) = root.get() else { return };
        align(&root, |input| {
            values.with_value(|values| {
                input.value().parse::<usize>().ok().and_then(|at| values.get(at)).is_some_and(chosen)
            })
        });
    });
    let name = asked.name.clone();
    let pick = move |event: leptos::ev::Event| {
        let Some(input) = source(&event) else { return };
        let value = values.with_value(|values| {
            if kind == "radio" {
                return input.value().parse::<usize>().ok().and_then(|at| values.get(at).cloned()).map(Answer::Text);
            }
            let root: web_sys::Element = event.current_target()?.dyn_into().ok()?;
            let found = root.query_selector_all("input:checked").ok()?;
            let inputs =
                (0..found.length()).filter_map(|at| found.item(at)?.dyn_into::<web_sys::HtmlInputElement>().ok());
            let chosen = inputs.filter_map(|input| values.get(input.value().parse::<usize>().ok()?).cloned());
            Some(Answer::Choices(chosen.collect()))
        });
        if let Some(value) = value {
            let _ = live.tell(Event::Answered { item: name.clone(), value });
        }
    };
    let role = (kind == "radio").then_some("radiogroup");
    let required = (kind == "radio" && asked.required).then_some("true");
    view! {
        <fieldset
            class="field question"
            id=asked.id.clone()
            role=role
            aria-required=required
            aria-describedby=asked.described_by()
            node_ref=root
            on:change=pick
            disabled=move || live.locked.get()
        >
            <legend class="field-label">{asked.label.clone()}{asked.mark()}</legend>
            {asked.hint_view()}
            <div class=class>{views}</div>
            <div class="question-foot">
                {asked.error_view(|| true)}
                {asked.reasons_view()}
                {asked.clear_view()}
            </div>
        </fieldset>
    }
    .into_any()
}
