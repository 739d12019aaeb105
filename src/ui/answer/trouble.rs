use super::invitation::Trouble;
use crate::ui::device::PlanError;
use crate::ui::element::{Element, NotLoaded, button, chunk, el};
use crate::ui::shell::use_shell;
use crate::ui::words::{Words, answer as words};
use leptos::prelude::*;

/// Why there is nothing to answer, and what to do.
#[chunk(later, fallible)]
pub fn trouble(what: Trouble) -> Result<Element, NotLoaded> {
    let (title, text, detail) = match what {
        Trouble::BadLink => (words::BAD_LINK, words::BAD_LINK_TEXT, String::new()),
        Trouble::Forged => (words::FORGED, words::FORGED_TEXT, String::new()),
        Trouble::Plan(PlanError::Offline) => (words::PLAN_OFFLINE, words::PLAN_OFFLINE_TEXT, String::new()),
        Trouble::Plan(PlanError::Missing(_) | PlanError::Changed) => {
            (words::PLAN_MISSING, words::PLAN_MISSING_TEXT, String::new())
        }
        Trouble::Plan(PlanError::Unreadable(detail)) | Trouble::Unfit(detail) => {
            (words::PLAN_UNFIT, words::PLAN_UNFIT_TEXT, detail)
        }
        Trouble::NotYet(day) => (words::NOT_YET, words::NOT_YET_TEXT, day),
        Trouble::Closed(day) => (words::CLOSED, words::CLOSED_TEXT, day),
        Trouble::Insecure => (words::INSECURE, words::INSECURE_TEXT, String::new()),
    };
    Ok(explain(title, text, detail, true))
}

/// The link's single use was on this device.
#[chunk(later, fallible)]
pub fn already() -> Result<Element, NotLoaded> {
    Ok(explain(words::ALREADY, words::ALREADY_TEXT, String::new(), false))
}

fn explain(title: Words, text: Words, detail: String, again: bool) -> Element {
    let language = use_shell().language;
    let reload = |_| {
        let _ = window().location().reload();
    };
    let again = again.then(|| el("p", "").child(button("button primary").on("click", reload).say(words::RETRY)));
    el("div", "page stack")
        .child(el("h1", "").attr("tabindex", "-1").say(title))
        .child(el("p", "lead").live_text(move || text.fill(language.get(), &[&detail])))
        .maybe(again)
}
