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

/// Whether options stand beside each other: where the plan says so, and where they fit.
pub fn options_class(options: &[Offer], appearance: Option<&str>) -> &'static str {
    match appearance {
        Some("likert") => return likert_class(options),
        Some("columns") if options.iter().all(|offer| offer.image.is_none()) => return "options columns",
        _ => {}
    }
    if options.iter().any(|offer| offer.image.is_some()) {
        return "options columns pictures";
    }
    let short = options.len() <= 7 && options.iter().all(|offer| width(&offer.label) <= 10);
    if short { "options columns" } else { "options" }
}

/// From which width on the steps of a scale stand side by side without breaking a word; below it they are a list.
fn likert_class(options: &[Offer]) -> &'static str {
    // Chinese and Tibetan break inside of what stands between blanks, but a column of single letters is hard to read.
    let breaks = |letter: char| letter >= '\u{2e80}' || matches!(letter, '\u{f00}'..='\u{fff}');
    let word = |word: &str| width(word).min(if word.contains(breaks) { 6 } else { 24 });
    let longest = options.iter().flat_map(|offer| offer.label.split_whitespace()).map(word).max().unwrap_or(0);
    // In sixteenths of the page's font size: half a character of small print takes seven, border and padding ten.
    match options.len() * (longest * 7 + 10) / 16 {
        0..=17 => "options likert narrow",
        18..=36 => "options likert wide",
        _ => "options likert",
    }
}

/// Width in halves of a Chinese character.
pub fn width(text: &str) -> usize {
    text.chars().map(|letter| if letter < '\u{2e80}' { 1 } else { 2 }).sum()
}

/// One option: `value` is its place in the list.
pub fn option(kind: &str, name: &str, at: usize, label: Element, checked: bool) -> Element {
    let input = el("input", "option-input").attr("type", kind).attr("name", name).attr("value", &at.to_string());
    el("label", "option").child(input.flag("checked", checked)).child(el("span", "option-body").child(label))
}
