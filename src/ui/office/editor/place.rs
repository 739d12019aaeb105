use crate::plan::Place;
use web_sys::HtmlTextAreaElement;

/// Marks the character at a place of the text and brings its line into view.
pub fn show(area: &HtmlTextAreaElement, text: &str, place: Place) {
    let (start, end) = units(text, place);
    let _ = area.focus();
    let _ = area.set_selection_range(start, end);
    let lines = text.split('\n').count().max(1) as f64;
    let line = f64::from(area.scroll_height()) / lines;
    let above = line * (place.line.saturating_sub(4)) as f64;
    area.set_scroll_top(above as i32);
}

/// Where the character at a place stands and ends, in the units in which browsers count: UTF-16.
fn units(text: &str, place: Place) -> (u32, u32) {
    let mut at = 0;
    for (number, line) in text.split('\n').enumerate() {
        if number + 1 == place.line {
            let before: usize = line.chars().take(place.column.saturating_sub(1)).map(char::len_utf16).sum();
            let own = line.chars().nth(place.column.saturating_sub(1)).map_or(0, char::len_utf16);
            return ((at + before) as u32, (at + before + own) as u32);
        }
        at += line.encode_utf16().count() + 1;
    }
    (at as u32, at as u32)
}
