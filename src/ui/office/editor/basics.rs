//! Titles, who asks and why, dates, languages, how people are asked.

use super::field::{day, line, number, several, texts, tick, value_of};
use super::pen::Pen;
use super::rows::{Copying, add, adder, headed, list, tools};
use crate::design::{Edit, Value, object};
use crate::plan::Mode;
use crate::ui::element::{Element, button, el, group};
use crate::ui::shell::tongue_name;
use crate::ui::words::{design as words, field as field_words};
use leptos::prelude::*;

pub fn basics(pen: Pen) -> Element {
    let fields = el("div", "grid-fields")
        .child(line(pen, "/id", words::PLAN_ID, Some(words::PLAN_ID_HINT), true))
        .child(line(pen, "/version", words::VERSION, Some(words::VERSION_HINT), true));
    el("div", "stack")
        .child(texts(pen, "/title", words::PLAN_TITLE, false))
        .child(texts(pen, "/asker", words::ASKER, false))
        .child(texts(pen, "/purpose", words::PURPOSE, true))
        .child(texts(pen, "/privacy/notice", words::NOTICE, true))
        .child(tick(pen, "/privacy/anonymous", words::ANONYMOUS, false, true))
        .child(el("div", "grid-fields").child(number(pen, "/privacy/smallest_cell", words::SMALLEST, None)))
        .child(tick(pen, "/privacy/seal_right_answers", words::SEAL_RIGHT, false, false))
        .child(several(pen, "/modes", words::MODES, &modes(pen)))
        .child(super::script::script(pen))
        .child(rounds(pen))
        .child(languages(pen))
        .child(fields)
}

/// Modes by name, and what they are called.
pub fn modes(pen: Pen) -> Vec<(String, String)> {
    let name = |mode: Mode| match mode {
        Mode::Web => field_words::MODE_WEB,
        Mode::Face => field_words::MODE_FACE,
        Mode::Phone => field_words::MODE_PHONE,
        Mode::Hall => field_words::MODE_HALL,
    };
    Mode::ALL.map(|mode| (mode.name().to_owned(), name(mode).of(pen.language()).to_owned())).into()
}

fn rounds(pen: Pen) -> Element {
    let row = move |at: &str, index: usize, count: usize| {
        let name = pen.said(pen.at(&[at, "/label"].concat()).as_ref());
        let copying = Copying { member: "id", stem: "round-" };
        headed(
            at,
            &name,
            tools(pen, "/rounds", index, count, &name, copying, None),
            vec![
                texts(pen, &[at, "/label"].concat(), words::PLAN_TITLE, false),
                el("div", "grid-fields")
                    .child(day(pen, &[at, "/opens"].concat(), super::names("opens")))
                    .child(day(pen, &[at, "/closes"].concat(), super::names("closes")))
                    .child(line(pen, &[at, "/id"].concat(), words::ID, None, true)),
            ],
        )
    };
    let fresh = move || {
        let number = (pen.list("/rounds").len() + 1).to_string();
        let id = super::rows::fresh_id(pen, "/rounds", "id", "", "round-");
        let label =
            Value::Object(pen.languages().iter().take(1).map(|tag| (tag.clone(), Value::text(&number))).collect());
        add(pen, "/rounds", object([("id", Value::Text(id)), ("label", label)]), "/label");
    };
    el("section", "stack tight")
        .child(el("h2", "").say(words::ROUNDS))
        .child(list(pen, "/rounds", row))
        .child(adder(words::ROUND_ADD, fresh))
}

/// The languages, the first of which every text must have.
fn languages(pen: Pen) -> Element {
    let tags = pen.languages();
    let list = el("ul", "list");
    for (index, tag) in tags.iter().enumerate() {
        let first = index == 0;
        let up = button("tool")
            .attr("id", &["tool:/languages/", &index.to_string(), "/up"].concat())
            .attr("aria-label", &words::OF_ROW.fill(pen.language(), &[words::UP.of(pen.language()), tag]))
            .flag("disabled", first)
            .on("click", move |_| {
                pen.change(&[Edit::Move { list: "/languages".into(), from: index, to: index.saturating_sub(1) }])
            })
            .text("↑");
        let away = button("tool")
            .attr("id", &["tool:/languages/", &index.to_string(), "/delete"].concat())
            .attr("aria-label", &words::OF_ROW.fill(pen.language(), &[words::DELETE.of(pen.language()), tag]))
            .flag("disabled", tags.len() < 2)
            .on("click", move |_| pen.change(&[Edit::Remove { list: "/languages".into(), index }]))
            .text("✕");
        let name = el("span", "grow")
            .attr("lang", tag)
            .text(&tongue_name(tag))
            .child(el("span", "hint small").text(" ").text(tag));
        list.add(&el("li", "list-row").child(name).child(el("div", "tools").child(up).child(away)));
    }
    let typed = RwSignal::new(String::new());
    let wrong = RwSignal::new(false);
    let take = move |_| {
        let tag = typed.get_untracked().trim().to_owned();
        let fits = tag.split('-').enumerate().all(|(at, part)| {
            let length = if at == 0 { 2..=3 } else { 1..=8 };
            length.contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric())
        });
        if !fits || pen.languages().contains(&tag) {
            return wrong.set(true);
        }
        let index = pen.list("/languages").len();
        pen.change(&[Edit::Insert { list: "/languages".into(), index, value: Value::Text(tag) }]);
    };
    let field = el("input", "input")
        .attr("id", "language-new")
        .attr("type", "text")
        .attr("maxlength", "20")
        .attr("autocomplete", "off")
        .on("input", move |event| {
            wrong.set(false);
            typed.set(value_of(&event));
        });
    let add = el("div", "field")
        .child(el("label", "field-label").attr("for", "language-new").say(words::LANGUAGE_ADD))
        .child(
            el("div", "row")
                .child(el("div", "grow").child(field))
                .child(button("button").on("click", take).say(words::ADD)),
        )
        .live(move || match wrong.get() {
            true => el("p", "error small").attr("role", "alert").say(words::LANGUAGE_BAD),
            false => group(),
        });
    el("section", "stack tight")
        .child(el("h2", "").say(words::LANGUAGES))
        .child(el("p", "hint small").say(words::LANGUAGES_HINT))
        .child(list)
        .child(super::field::faults(pen, "/languages", true))
        .child(add)
}
