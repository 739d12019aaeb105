//! Who is called later, and when.

use super::Desk;
use crate::ui::element::{Element, el, group};
use crate::ui::field::when::said_moment;
use crate::ui::shell::use_shell;
use crate::ui::words::phone as words;
use leptos::prelude::*;

/// More stand in the list of the day.
const SHOWN: usize = 8;

pub fn part(desk: Desk) -> Element {
    let language = use_shell().language;
    group().live(move || {
        let language = language.get();
        let waiting = desk.queue.with(|queue| queue.waiting.clone());
        if waiting.is_empty() {
            return group();
        }
        let list = desk.list.get();
        let rows = waiting.iter().take(SHOWN).filter_map(|(at, from)| {
            let case = list.cases.get(*at)?;
            let agreed = case.call_back() == Some(from.as_str());
            let text = if agreed { words::APPOINTED } else { words::FROM };
            let when = text.fill(language, &[&said_moment(from, language)]);
            let name = el("span", "grow").text(&case.case.label);
            let tag = el("span", if agreed { "tag good" } else { "tag" }).text(&when);
            Some(el("li", "list-row").child(name).child(tag))
        });
        let rows: Vec<Element> = rows.collect();
        let more = waiting.len().saturating_sub(rows.len());
        let more = (more > 0).then(|| el("p", "hint small").text(&words::MORE.count(language, &[more])));
        let list = el("ul", "list").children(rows);
        el("section", "stack tight")
            .attr("aria-labelledby", "desk-later")
            .child(el("h2", "").attr("id", "desk-later").text(words::LATER.of(language)))
            .child(list)
            .maybe(more)
    })
}
