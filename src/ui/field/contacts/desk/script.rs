//! What the caller reads out, in the language of the interview.

use super::Desk;
use crate::batch::Case;
use crate::language::is_rtl;
use crate::plan::{Called, Telephone, Text};
use crate::ui::answer::{apart, plan_language};
use crate::ui::element::{Element, el, group, text};
use crate::ui::words::{Language, Words, phone as words};
use leptos::prelude::*;

/// Opening words in the open; those for who hesitates and for machines to be opened; and, after an interview, the last words.
pub fn part(desk: Desk, case: &Case) -> Element {
    let case = case.clone();
    let round = desk.round.get_untracked();
    let body = move || {
        let plan = desk.work.opened.plan();
        let tag = plan_language(&plan, desk.shell).to_owned();
        let called = Called { round: &round, stratum: case.stratum.as_deref(), group: case.group.as_deref() };
        let script = plan.telephone.clone().unwrap_or_default();
        let Telephone { opening, persuasion, voicemail, ending } = script;
        let opened = match opening.is_empty() {
            false => plan.script(&opening, called, &tag),
            true => made(&plan, &tag),
        };
        let told = |found: &Text| (!found.is_empty()).then(|| plan.script(found, called, &tag));
        let words_of = |written: &str| {
            let out = apart("say", written, &plan.links, &text);
            out.attr("lang", &tag).attr("dir", if is_rtl(&tag) { "rtl" } else { "auto" })
        };
        let folded = |title: Words, found: &Text| {
            let written = told(found)?;
            Some(el("details", "").child(el("summary", "").say(title)).child(words_of(&written)))
        };
        group()
            .child(el("h3", "").say(words::OPENING))
            .child(words_of(&opened))
            .maybe(folded(words::PERSUASION, &persuasion))
            .maybe(folded(words::VOICEMAIL, &voicemail))
            .maybe(folded(words::ENDING, &ending))
    };
    el("section", "card stack tight script")
        .attr("aria-labelledby", "desk-script")
        .child(el("h2", "").attr("id", "desk-script").say(words::SCRIPT))
        .live(body)
}

/// Where the plan has no opening: who asks, what it is called, why, and what happens to the answers.
fn made(plan: &crate::plan::Plan, tag: &str) -> String {
    let said = |found: &Text| {
        crate::plan::prose::plain(crate::plan::pick(found, tag, plan.languages.first().map_or("", String::as_str)))
    };
    // The sentence around them is there in the languages of the interface; in another one the plan's own words stand alone.
    let (title, asker, purpose, notice) =
        (said(&plan.title), said(&plan.asker), said(&plan.purpose), said(&plan.privacy.notice));
    match Language::read(tag) {
        Some(language) => {
            [words::OPENING_MADE.fill(language, &[&asker, &title, &purpose]).as_str(), &notice].join("\n\n")
        }
        None => [asker, title, purpose, notice].join("\n\n"),
    }
}

/// After an interview.
pub fn ending(plan: &crate::plan::Plan, round: &str, tag: &str) -> Element {
    let Some(ending) = plan.telephone.as_ref().map(|script| &script.ending).filter(|found| !found.is_empty()) else {
        return group();
    };
    let written = plan.script(ending, Called { round, ..Called::default() }, tag);
    el("div", "stack tight")
        .child(el("h2", "").say(words::ENDING))
        .child(apart("say", &written, &plan.links, &text).attr("lang", tag))
}
