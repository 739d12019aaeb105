//! An open draft: its name and standing, what can be undone, its sections, the problems and the preview.

use super::editions;
use super::faults::Faults;
use super::field::value_of;
use super::frame::Preview;
use super::pen::{Pen, draft_key};
use super::sections::Section;
use crate::browser::keeper::Saved;
use crate::ui::element::{Element, button, el, group, of_view};
use crate::ui::words::{Words, design as words, office as office_words};
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsCast;
use web_sys::KeyboardEvent;

pub fn bench(pen: Pen) -> Element {
    let shell = pen.shell;
    let section = Memo::new(move |_| {
        Section::read(shell.route.with(|route| route.split('/').nth(3).unwrap_or_default().to_owned()).as_str())
    });
    Effect::new(move |_| {
        let language = shell.language.get();
        shell.title([section.get().words().of(language), " · ", words::TITLE.of(language)].concat());
    });
    let left = el("div", "no-print stack")
        .child(heading(section))
        .child(told(pen))
        .child(shown(pen, section))
        .child(problems(pen));
    let ready = Signal::derive(move || pen.is_ready());
    let right = of_view(view! { <Preview sound=pen.sound ready/> }.into_any());
    let keys = move |event: web_sys::Event| {
        let Ok(event) = event.dyn_into::<KeyboardEvent>() else { return };
        if !(event.ctrl_key() || event.meta_key()) || event.alt_key() {
            return;
        }
        match event.key().as_str() {
            "z" | "Z" if event.shift_key() => pen.redo(),
            "z" | "Z" => pen.undo(),
            "y" | "Y" => pen.redo(),
            _ => return,
        }
        // One history for all fields and the text.
        event.prevent_default();
    };
    el("section", "stack editor")
        .on("keydown", keys)
        .child(toolbar(pen))
        .child(nav(pen, section))
        .child(el("div", "editor-sides").child(left).child(right))
}

fn heading(section: Memo<Section>) -> Element {
    el("h1", "").live(move || group().child(el("span", "").say(section.get().words())))
}

fn told(pen: Pen) -> Element {
    el("div", "").attr("role", "status").live(move || match pen.told.get() {
        Some(said) => el("p", "banner").attr("id", "editor-told").text(&said),
        None => group(),
    })
}

fn toolbar(pen: Pen) -> Element {
    let language = pen.language();
    let name = el("input", "input draft-name")
        .attr("type", "text")
        .attr("id", "draft-name")
        .attr("maxlength", "80")
        .attr("autocomplete", "off")
        .attr("value", &pen.name())
        .attr("placeholder", words::UNTITLED.of(language))
        .live_attr("aria-label", move || Some(words::DRAFT_NAME.of(pen.shell.language.get()).to_owned()))
        .on("input", move |event| pen.rename(&value_of(&event)));
    let standing = el("span", "hint small").attr("role", "status").live_text(move || {
        pen.desk.stirred.track();
        pen.turned.track();
        let said = match pen.desk.keeper().saved(&draft_key(&pen.id())) {
            Saved::Saving => office_words::EDIT_KEEPING,
            Saved::Saved(_) => office_words::EDIT_KEPT,
            Saved::Failed(_) => office_words::EDIT_NOT_KEPT,
        };
        said.of(pen.shell.language.get()).to_owned()
    });
    let save = move |_| {
        let name = pen.shown("/id");
        let name = if name.is_empty() { "plan".to_owned() } else { name };
        pen.desk.save(&[&name, ".json"].concat(), &pen.text(), "application/json");
    };
    let use_it = move |_| {
        if !untrack(|| pen.is_ready()) {
            return;
        }
        spawn_local(async move {
            let text = pen.text();
            editions::keep(pen.desk, &pen.id(), words::VERSION_USED.of(pen.language()), text.clone()).await;
            if pen.desk.choose(text).await.is_ok() {
                pen.told.try_set(Some(office_words::EDIT_USED.of(pen.language()).to_owned()));
                pen.shell.say(office_words::EDIT_USED);
            }
        });
    };
    el("div", "editor-bar no-print")
        .child(
            el("div", "row spread")
                .child(el("a", "button quiet").attr("href", "#/edit").text("← ").say(words::BACK))
                .child(el("div", "grow").child(name))
                .child(standing),
        )
        .child(
            el("div", "row")
                .child(history(words::UNDO, "↶", "undo", move || pen.can_undo(), move || pen.undo()))
                .child(history(words::REDO, "↷", "redo", move || pen.can_redo(), move || pen.redo()))
                .child(verdict(pen))
                .child(el("span", "grow"))
                .child(button("button").on("click", save).say(words::SAVE_FILE))
                .child(
                    button("button primary")
                        .attr("id", "use-plan")
                        .live_flag("disabled", move || !pen.is_ready())
                        .on("click", use_it)
                        .say(words::USE),
                ),
        )
}

fn history(words: Words, sign: &str, id: &str, able: impl Fn() -> bool + 'static, act: impl Fn() + 'static) -> Element {
    button("button")
        .attr("id", id)
        .live_flag("disabled", move || !able())
        .on("click", move |_| act())
        .child(el("span", "").attr("aria-hidden", "true").text(sign))
        .say(words)
}

/// How many problems there are; leads to them.
fn verdict(pen: Pen) -> Element {
    el("span", "verdict").attr("role", "status").live(move || {
        let language = pen.shell.language.get();
        if pen.pending.get() && pen.is_large() && pen.checked.with(Option::is_some) {
            return group().child(el("span", "hint small").say(office_words::EDIT_LARGE)).child(
                button("button")
                    .attr("id", "check-plan")
                    .on("click", move |_| pen.check())
                    .say(office_words::EDIT_CHECK),
            );
        }
        if pen.pending.get() {
            return el("span", "tag").say(words::CHECKING);
        }
        pen.checked.with(|checked| {
            let Some(checked) = checked else { return group() };
            let (errors, all) = (checked.errors(), checked.problems.len());
            match (errors, all - errors) {
                (0, 0) => el("span", "tag good").say(office_words::EDIT_SOUND),
                (0, warnings) => el("span", "tag warn").text(&office_words::EDIT_WARNINGS.count(language, &[warnings])),
                (errors, _) => el("span", "tag bad").text(&office_words::EDIT_ERRORS.count(language, &[errors])),
            }
        })
    })
}

fn nav(pen: Pen, section: Memo<Section>) -> Element {
    let list = el("nav", "sections no-print")
        .live_attr("aria-label", move || Some(words::SECTIONS.of(pen.shell.language.get()).to_owned()));
    for one in Section::ALL {
        let href = ["#/edit/", &pen.id(), "/", one.name()].concat();
        let errors = move || {
            pen.checked.with(|checked| {
                let all = checked.iter().flat_map(|checked| &checked.problems);
                all.filter(|problem| {
                    problem.severity() == crate::plan::Severity::Error && Section::of(&problem.path) == one
                })
                .count()
            })
        };
        list.add(
            &el("a", "section-link")
                .attr("href", &href)
                .live_attr("aria-current", move || (section.get() == one).then(|| "page".to_owned()))
                .say(one.words())
                .live(move || match errors() {
                    0 => group(),
                    errors => {
                        el("span", "tag bad").attr("title", &super::said_errors(pen, errors)).text(&errors.to_string())
                    }
                }),
        );
    }
    list
}

/// The section, made anew when what is in it has changed its shape.
fn shown(pen: Pen, section: Memo<Section>) -> Element {
    el("div", "section-body").live(move || {
        let section = section.get();
        pen.shaped.track();
        pen.shell.language.track();
        if section.needs_json() && pen.tree().is_none() {
            let href = ["#/edit/", &pen.id(), "/text"].concat();
            return el("div", "banner warn stack tight")
                .attr("role", "alert")
                .child(el("p", "").say(words::NOT_JSON))
                .child(el("p", "").child(el("a", "button").attr("href", &href).say(words::GO_TEXT)));
        }
        untrack(|| section.build(pen))
    })
}

fn problems(pen: Pen) -> Element {
    let list = of_view(view! { <Faults pen/> }.into_any());
    el("section", "stack").child(el("h2", "").attr("id", "problems").say(office_words::EDIT_PROBLEMS)).child(list)
}
