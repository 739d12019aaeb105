//! Native radios and checkboxes under one element: read from the event, and brought in line with the session.

use super::offer::Offer;
use crate::ui::element::{Element, el};
use wasm_bindgen::JsCast;
use web_sys::{Event, HtmlInputElement};

/// The input that an event came from.
pub fn source(event: &Event) -> Option<HtmlInputElement> {
    event.target()?.dyn_into().ok()
}

/// Checks and unchecks the inputs under `root`; one that is right is not touched.
pub fn align(root: &web_sys::Element, is_checked: &dyn Fn(&HtmlInputElement) -> bool) {
    let Ok(found) = root.query_selector_all("input") else { return };
    for at in 0..found.length() {
        let Some(input) = found.item(at).and_then(|node| node.dyn_into::<HtmlInputElement>().ok()) else { continue };
        let checked = is_checked(&input);
        if input.checked() != checked {
            input.set_checked(checked);
        }
    }
}

/// Whether options fit beside each other.
pub fn options_class(options: &[Offer]) -> &'static str {
    if options.iter().any(|offer| offer.image.is_some()) {
        return "options columns pictures";
    }
    let short = options.len() <= 7 && options.iter().all(|offer| width(&offer.label) <= 10);
    if short { "options columns" } else { "options" }
}

/// Width in halves of a Chinese character.
pub fn width(text: &str) -> usize {
    text.chars().map(|letter| if letter < '\u{2e80}' { 1 } else { 2 }).sum()
}

/// What is searched in: texts in small letters. By the browser, which has the tables for all the world's letters, and in
/// one call.
pub fn small_letters<'a>(texts: impl Iterator<Item = &'a str>) -> Vec<String> {
    const BETWEEN: char = '\u{1}';
    let mut all = String::new();
    for text in texts {
        all.push_str(text);
        all.push(BETWEEN);
    }
    let all: String = js_sys::JsString::from(all).to_lower_case().into();
    all.split_terminator(BETWEEN).map(str::to_owned).collect()
}

/// One option: `value` is its place in the list.
pub fn option(kind: &str, name: &str, at: usize, label: Element, checked: bool) -> Element {
    let input = el("input", "option-input").attr("type", kind).attr("name", name).attr("value", &at.to_string());
    el("label", "option").child(input.flag("checked", checked)).child(el("span", "option-body").child(label))
}
