//! How a call ended, each outcome a button with its key.

use super::Desk;
use crate::contact::{CALL_KEYS, Outcome, outcome};
use crate::ui::element::{Element, button, el};
use crate::ui::shell::use_shell;
use crate::ui::words::{Words, phone as words};
use leptos::prelude::*;

/// The outcome of a key.
pub fn by_key(letter: char) -> Option<&'static str> {
    CALL_KEYS.iter().find(|(key, _)| *key == letter).map(|(_, code)| *code)
}

/// A button with its key beside it.
pub fn keyed(class: &str, key: char, said: &str) -> Element {
    with_key(class, key).child(el("span", "").text(said))
}

/// The same, whose words follow the language.
pub fn keyed_live(class: &str, key: char, said: Words) -> Element {
    with_key(class, key).child(el("span", "").say(said))
}

fn with_key(class: &str, key: char) -> Element {
    let shown = key.to_ascii_uppercase().to_string();
    button(&[class, " keyed"].concat())
        .attr("aria-keyshortcuts", &shown)
        .child(el("kbd", "key").attr("aria-hidden", "true").text(&shown))
}

/// What can be said of the call of this case.
pub fn part(desk: Desk, case: &str) -> Element {
    let language = use_shell().language;
    let entry = move |key: char, one: &'static Outcome| {
        let code = el("span", "code").attr("aria-hidden", "true").text(one.code);
        let said = move || one.words.of(language.get()).to_owned();
        let case = case.to_owned();
        with_key("button outcome", key)
            .on("click", move |_| desk.write_down(case.clone(), one.code, None, None))
            .child(el("span", "grow").live_text(said))
            .child(code)
    };
    let list = |entries: &'static [(char, &'static str)]| {
        let known = entries.iter().filter_map(|(key, code)| Some((*key, outcome(code)?)));
        let rows = known.map(|(key, one)| el("li", "").child(entry(key, one))).collect();
        el("ul", "outcomes").children(rows)
    };
    let (usual, rare) = CALL_KEYS.split_at(10);
    let appoint = keyed_live("button", 'a', words::APPOINT).on("click", move |_| _ = desk.appoint());
    let next = keyed_live("button", 'n', words::NEXT).on("click", move |_| desk.pass());
    el("section", "card stack tight")
        .attr("aria-labelledby", "desk-outcomes")
        .child(el("h2", "").attr("id", "desk-outcomes").say(words::ACTIONS))
        .child(el("p", "hint small").live_text(move || {
            if desk.keys.get() { words::KEYS_DESK.of(language.get()).to_owned() } else { String::new() }
        }))
        .child(el("div", "row").child(appoint).child(next))
        .child(el("h3", "").say(words::OUTCOMES))
        .child(list(usual))
        .child(el("details", "").child(el("summary", "").say(words::RARE)).child(list(rare)))
}
