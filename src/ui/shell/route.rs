//! Hash routes: the fragment says which screen is shown, so that reload, back and links work with no server.

use super::Shell;
use crate::ui::element::{listen, next_frame};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

pub(super) fn read() -> String {
    let hash = window().location().hash().unwrap_or_default();
    hash.strip_prefix('#').filter(|route| !route.is_empty()).unwrap_or("/").to_owned()
}

pub(super) fn follow(shell: Shell) {
    listen(&window(), "hashchange", move |_| {
        shell.route.set(read());
        next_frame(focus_heading);
    });
}

/// Goes to a route such as `/device`.
pub fn go(route: &str) {
    let _ = window().location().set_hash(route);
}

/// After a change of screen: to the top, and the heading read out. A screen that loads first calls it again when it is there.
pub fn focus_heading() {
    window().scroll_to_with_x_and_y(0.0, 0.0);
    focus_on("main h1, main h2");
}

/// Focuses the first element that a selector finds, made focusable for scripts if it is not.
pub fn focus_on(selector: &str) {
    let Ok(Some(element)) = document().query_selector(selector) else { return };
    let Ok(element) = element.dyn_into::<HtmlElement>() else { return };
    if element.tab_index() < 0 {
        let _ = element.set_attribute("tabindex", "-1");
    }
    let _ = element.focus();
}
