//! A moment to call again, agreed with somebody.

use super::Desk;
use crate::ui::element::{Element, button, el, group, next_frame};
use crate::ui::field::when::this_minute;
use crate::ui::shell::{dialog, focus_on, use_shell};
use crate::ui::words::{phone as words, shell as shell_words};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;

/// With the person, who cannot now, or with somebody who says when the person is there.
const WITH: [(&str, crate::ui::words::Words); 2] = [("2.35", words::WITH_PERSON), ("2.25", words::WITH_OTHER)];

pub fn dialog_of(desk: Desk) -> Element {
    let language = use_shell().language;
    dialog(desk.appointing, move || words::APPOINT_TITLE.of(language.get()).to_owned(), move || form(desk))
}

fn form(desk: Desk) -> Element {
    let wrong = RwSignal::new(false);
    let code = RwSignal::new(WITH[0].0);
    let at = el("input", "input").attr("type", "datetime-local").attr("required", "").attr("min", &this_minute());
    let note = el("input", "input").attr("type", "text").attr("maxlength", "300").attr("autocomplete", "off");
    let field = |input: &Element| input.node().clone().unchecked_into::<HtmlInputElement>();
    let (moment, said) = (field(&at), field(&note));
    let save = move |event: web_sys::Event| {
        event.prevent_default();
        // Without seconds, which some browsers add.
        let when: String = moment.value().chars().take(16).collect();
        if when.len() < 16 || when <= this_minute() {
            wrong.set(true);
            return next_frame(|| focus_on("dialog[open] [type=datetime-local]"));
        }
        let note = Some(said.value().trim().to_owned()).filter(|note| !note.is_empty());
        desk.appointing.set(false);
        desk.write_down(desk.appointed.get_value(), code.get_untracked(), Some(when), note);
    };
    let options = WITH.into_iter().map(|(name, said)| {
        let input = el("input", "option-input")
            .attr("type", "radio")
            .attr("name", "with")
            .attr("value", name)
            .flag("checked", code.get_untracked() == name)
            .on("change", move |_| code.set(name));
        el("label", "option").child(input).child(el("span", "option-body").say(said))
    });
    let with = el("fieldset", "field")
        .child(el("legend", "field-label").say(words::WITH))
        .child(el("div", "options").children(options.collect()));
    let labelled = |said, input| el("label", "field").child(el("span", "field-label").say(said)).child(input);
    let failed = move || match wrong.get() {
        true => el("p", "error").say(words::APPOINT_BAD),
        false => group(),
    };
    let back = button("button").on("click", move |_| desk.appointing.set(false)).say(shell_words::CANCEL);
    let send = el("button", "button primary").attr("type", "submit").say(words::APPOINT_SAVE);
    // The browser's own message would be in its own language.
    el("form", "stack tight")
        .attr("novalidate", "")
        .on("submit", save)
        .child(el("p", "").child(el("strong", "").text(&desk.label(&desk.appointed.get_value()))))
        .child(labelled(words::APPOINT_AT, at))
        .child(el("div", "").attr("role", "alert").live(failed))
        .child(with)
        .child(labelled(words::NOTE, note))
        .child(el("div", "dialog-actions").child(back).child(send))
}
