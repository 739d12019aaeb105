use super::super::element::{Element, el};
use super::use_shell;
use crate::ui::words::shell as words;
use leptos::prelude::*;

/// A link to a guide: a page of its own, in the language of the interface (`scripts/build/guides.mjs`).
pub fn guide(name: &'static str) -> Element {
    let language = use_shell().language;
    let address = move || Some(["guides/", language.get().tag(), "/", name, ".html"].concat());
    el("p", "no-print").child(el("a", "guide-link").live_attr("href", address).say(words::GUIDE))
}
