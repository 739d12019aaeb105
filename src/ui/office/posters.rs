//! Posters and cards, many at once: in a chunk, since it draws and reads pictures.

mod bench;
mod make;

use super::desk::{Desk, use_desk};
use crate::ui::element::{Element, NotLoaded, chunk, in_view, of_view, on_demand};
use crate::ui::shell::t;
use crate::ui::words::posters as words;
use leptos::prelude::*;

#[component]
pub fn PrintRun() -> impl IntoView {
    let desk = use_desk();
    let begun = RwSignal::new(false);
    view! {
        <section class="card stack no-print" id="posters">
            <h3>{t(words::TITLE)}</h3>
            <p>{t(words::TEXT)}</p>
            <Show when=move || begun.get() fallback=move || view! {
                <div class="row"><button type="button" class="button" on:click=move |_| begun.set(true)>{t(words::BEGIN)}</button></div>
            }>
                {move || in_view(on_demand(move || bench(desk)))}
            </Show>
        </section>
    }
}

#[chunk(posters, fallible)]
fn bench(desk: Desk) -> Result<Element, NotLoaded> {
    Ok(of_view(bench::bench(desk)))
}
