//! Quality: what looks odd in the records. The checks and their tables are a chunk of their own.

mod again;
mod bench;
mod settings;
mod work;

use super::batches::WithPlan;
use super::desk::{Desk, use_desk};
use super::parts::Heading;
use super::standing::Needed;
use crate::ui::element::{Element, NotLoaded, chunk, in_view, of_view, on_demand};
use crate::ui::words::{office, quality as words};
use leptos::prelude::*;

#[component]
pub fn Quality() -> impl IntoView {
    let desk = use_desk();
    let any = Memo::new(move |_| {
        desk.turned.track();
        desk.ledger.with_value(|ledger| ledger.as_ref().is_some_and(|ledger| !ledger.sources().is_empty()))
    });
    view! {
        <section class="stack quality">
            <Heading title=words::TITLE text=words::TEXT/>
            <WithPlan>
                <Show when=move || any.get() fallback=|| view! {
                    <Needed title=words::EMPTY text=words::EMPTY_TEXT href="#/batches" action=office::BATCHES_GO/>
                }>
                    {move || in_view(on_demand(move || bench(desk)))}
                </Show>
            </WithPlan>
        </section>
    }
}

/// Few offices look here often: it is loaded when one does.
#[chunk(quality, fallible)]
fn bench(desk: Desk) -> Result<Element, NotLoaded> {
    Ok(of_view(bench::bench(desk)))
}
