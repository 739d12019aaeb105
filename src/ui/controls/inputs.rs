//! Native radios and checkboxes under one element: read from the event, and brought in line with the session.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlInputElement};

/// The input that an event came from.
pub fn source(event: &Event) -> Option<HtmlInputElement> {
    event.target()?.dyn_into().ok()
}

/// Checks and unchecks the inputs under `root`; one that is right is not touched.
pub fn align(root: &Element, is_checked: impl Fn(&HtmlInputElement) -> bool) {
    let Ok(found) = root.query_selector_all("input") else { return };
    for at in 0..found.length() {
        let Some(input) = found.item(at).and_then(|node| node.dyn_into::<HtmlInputElement>().ok()) else { continue };
        let checked = is_checked(&input);
        if input.checked() != checked {
            input.set_checked(checked);
        }
    }
}

/// Whether options with these labels fit beside each other.
pub fn options_class(labels: &[String]) -> &'static str {
    let short = labels.len() <= 7 && labels.iter().all(|label| width(label) <= 10);
    if short { "options columns" } else { "options" }
}

/// Width in halves of a Chinese character.
pub fn width(text: &str) -> usize {
    text.chars().map(|letter| if letter < '\u{2e80}' { 1 } else { 2 }).sum()
}

/// One option: `value` is its place in the list.
pub fn option(kind: &'static str, name: &str, at: usize, label: String, checked: bool, class: &'static str) -> AnyView {
    view! {
        <label class=class>
            <input type=kind class="option-input" name=name.to_owned() value=at.to_string() checked=checked/>
            <span class="option-body">{label}</span>
        </label>
    }
    .into_any()
}
