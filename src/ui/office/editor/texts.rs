//! All texts of the plan, the languages side by side, with what is missing marked.

use super::field::{is_ticked, tongues};
use super::pen::Pen;
use crate::design::{Value, names, token};
use crate::plan::TEXTS;
use crate::ui::element::{Element, button, el, group};
use crate::ui::shell::tongue_name;
use crate::ui::words::design as words;
use leptos::prelude::*;

/// Texts on a page.
const PAGE: usize = 60;
/// A text of the plan: its place, and what it belongs to in words.
struct Found {
    at: String,
    of: String,
    lacks: Vec<String>,
}

pub fn texts(pen: Pen) -> Element {
    let only = RwSignal::new(false);
    let page = RwSignal::new(0usize);
    let tick = el("div", "tick")
        .child(el("input", "tick-input").attr("type", "checkbox").attr("id", "only-lacking").on(
            "change",
            move |event| {
                page.set(0);
                only.set(is_ticked(&event));
            },
        ))
        .child(el("label", "").attr("for", "only-lacking").say(words::ONLY_LACKING));
    let standing = el("p", "row").attr("role", "status").attr("id", "lacking").live(move || {
        pen.turned.track();
        let (language, found) = (pen.shell.language.get(), all(pen));
        let out = group();
        for tag in pen.languages() {
            let lacking = found.iter().filter(|one| one.lacks.contains(&tag)).count();
            if lacking > 0 {
                let said = words::LACKING.fill(language, &[&tongue_name(&tag), &lacking.to_string()]);
                out.add(&el("span", "tag warn").text(&said));
            }
        }
        if found.iter().all(|one| one.lacks.is_empty()) {
            out.add(&el("span", "tag good").say(words::COMPLETE));
        }
        out
    });
    // What is shown stays while it is typed into: a text that is complete now does not vanish under the hand.
    let shown = el("div", "stack").live(move || {
        let (only, page_now) = (only.get(), page.get());
        let found: Vec<Found> = untrack(|| all(pen)).into_iter().filter(|one| !only || !one.lacks.is_empty()).collect();
        let (from, total) = (page_now * PAGE, found.len());
        let out = group();
        for one in found.iter().skip(from).take(PAGE) {
            let long =
                pen.languages().iter().any(|tag| pen.shown(&[&one.at, "/", &token(tag)].concat()).chars().count() > 40);
            out.add(
                &el("fieldset", "field tongues")
                    .child(el("legend", "small").text(&one.of))
                    .child(tongues(pen, &one.at, long, true)),
            );
        }
        if total > PAGE {
            let language = pen.shell.language.get();
            let range = words::PAGE_OF.count(language, &[from + 1, (from + PAGE).min(total), total]);
            let turn = move |to: usize| move |_| page.set(to);
            out.add(
                &el("div", "row")
                    .child(
                        button("button")
                            .flag("disabled", page_now == 0)
                            .on("click", turn(page_now.saturating_sub(1)))
                            .say(words::BEFORE),
                    )
                    .child(el("span", "").attr("role", "status").text(&range))
                    .child(
                        button("button")
                            .flag("disabled", from + PAGE >= total)
                            .on("click", turn(page_now + 1))
                            .say(words::NEXT),
                    ),
            );
        }
        out
    });
    el("div", "stack").child(el("p", "hint").say(words::TEXTS_TEXT)).child(standing).child(tick).child(shown)
}

fn all(pen: Pen) -> Vec<Found> {
    let mut found = Vec::new();
    if let Some(tree) = pen.tree() {
        walk(pen, &tree, "", &mut Vec::new(), &pen.languages(), &mut found);
    }
    found
}

fn walk(pen: Pen, value: &Value, at: &str, way: &mut Vec<String>, languages: &[String], found: &mut Vec<Found>) {
    for (index, one) in value.list().iter().enumerate() {
        let name = pen.said(one.get("label").or_else(|| one.get("title")));
        let name = if name.is_empty() { (index + 1).to_string() } else { name };
        way.push(name);
        walk(pen, one, &[at, "/", &index.to_string()].concat(), way, languages, found);
        way.pop();
    }
    for (name, child) in value.members() {
        let here = [at, "/", &token(name)].concat();
        let called = names::member(name).map_or(name.clone(), |words| words.of(pen.language()).to_owned());
        let is_text = TEXTS.contains(&name.as_str()) && matches!(child, Value::Object(_));
        way.push(called);
        if is_text {
            let empty = |tag: &&String| child.said(tag).is_none_or(str::is_empty);
            let lacks = languages.iter().filter(empty).cloned().collect();
            found.push(Found { at: here, of: way.join(" · "), lacks });
        } else if !(at.is_empty() && name == "media") {
            walk(pen, child, &here, way, languages, found);
        }
        way.pop();
    }
}
