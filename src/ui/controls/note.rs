use super::frame::Asked;
use crate::ui::answer::Live;
use leptos::prelude::*;

/// A text to read.
pub fn note(live: Live, index: usize) -> AnyView {
    let asked = Asked::read(live, index);
    view! {
        <div class="note stack tight" id=asked.id>
            <p class="prose">{asked.label}</p>
            {asked.hint.map(|hint| view! { <p class="hint prose">{hint}</p> })}
        </div>
    }
    .into_any()
}

/// The heading of a group inside a section.
pub fn heading(live: Live, index: usize) -> AnyView {
    let asked = Asked::read(live, index);
    view! {
        <div class="stack tight subgroup" id=asked.id>
            <h2>{asked.label}</h2>
            {asked.hint.map(|hint| view! { <p class="hint prose">{hint}</p> })}
        </div>
    }
    .into_any()
}
