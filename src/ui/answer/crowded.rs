//! What is said to a canvasser whose interview turns out to be of people of whom enough have answered, where the plan only warns.

use super::live::{Live, say};
use crate::ui::element::{Element, NotLoaded, chunk, el, group};
use crate::ui::words::quota as words;
use leptos::prelude::*;

#[chunk(quotas, fallible)]
pub fn crowded(live: Live) -> Result<Element, NotLoaded> {
    let told = move || {
        live.place.track();
        live.answers.track();
        let names: Vec<String> = live.with(|session| {
            let plan = session.plan();
            let cells = plan.cells();
            let labels = session.crowded().into_iter().filter_map(|at| cells[at].label);
            labels.map(|label| say(session, label).to_owned()).collect()
        });
        if names.is_empty() {
            return group();
        }
        let language = live.language();
        let text = words::CROWDED.fill(language, &[&names.join(language.pick(words::BETWEEN))]);
        el("p", "banner warn").text(&text)
    };
    Ok(el("div", "").attr("role", "status").live(told))
}
