//! The plan's text as it is, for what has no fields, with a mark beside each line that has a problem.

use super::pen::Pen;
use super::place;
use crate::plan::Severity;
use crate::ui::element::{Element, of_view};
use crate::ui::office::parts::value_of;
use crate::ui::shell::t;
use crate::ui::words::office as words;
use leptos::html::{Pre, Textarea};
use leptos::prelude::*;
use std::collections::BTreeMap;

/// The id of the text.
const VISIT: &str = "plan-text";

pub fn text(pen: Pen) -> Element {
    of_view(view! { <Writing pen/> }.into_any())
}

#[component]
fn Writing(pen: Pen) -> impl IntoView {
    let area = NodeRef::<Textarea>::new();
    let gutter = NodeRef::<Pre>::new();
    let typed = move |event| pen.take(value_of(&event), "text");
    let numbers = move || {
        pen.turned.track();
        let lines = pen.text().split('\n').count();
        let mut marked: BTreeMap<usize, bool> = BTreeMap::new();
        pen.checked.with(|checked| {
            for problem in checked.iter().flat_map(|checked| &checked.problems) {
                let Some(place) = problem.place else { continue };
                *marked.entry(place.line).or_default() |= problem.severity() == Severity::Error;
            }
        });
        let mut out = String::with_capacity(lines * 8);
        for line in 1..=lines {
            out.push(match marked.get(&line) {
                Some(true) => '●',
                Some(false) => '○',
                None => ' ',
            });
            out += &format!("{line:>5}\n");
        }
        out
    };
    let scrolled = move |_| {
        if let (Some(area), Some(gutter)) = (area.get_untracked(), gutter.get_untracked()) {
            gutter.set_scroll_top(area.scroll_top());
        }
    };
    Effect::new(move |_| {
        let Some(area) = area.get() else { return };
        if let Some(place) = pen.visiting.get() {
            place::show(&area, &pen.text(), place);
            pen.visiting.set(None);
        }
    });
    view! {
        <div class="stack">
            <label class="field-label" for=VISIT>{t(words::EDIT_LABEL)}</label>
            <div class="editor-text">
                <pre class="editor-lines" aria-hidden="true" node_ref=gutter>{numbers}</pre>
                <textarea id=VISIT class="mono" wrap="off" spellcheck="false" autocapitalize="off" rows="28"
                    node_ref=area prop:value=pen.text() on:input=typed on:scroll=scrolled></textarea>
            </div>
            {move || pen.is_large().then(|| view! {
                <div class="row">
                    <button type="button" class="button" on:click=move |_| pen.check()>{t(words::EDIT_CHECK)}</button>
                    <span class="hint">{t(words::EDIT_LARGE)}</span>
                </div>
            })}
        </div>
    }
}
