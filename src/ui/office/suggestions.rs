//! What people wrote: read, sorted, masked and released. The page is a chunk of its own.

mod answer;
mod bench;
mod bulk;
mod files;
mod kept;
mod list;
mod looked;
mod masks;
mod views;
mod work;

pub use kept::{kept_notes, read_notes};

use super::batches::WithPlan;
use super::desk::{Desk, use_desk};
use super::parts::Heading;
use super::standing::Needed;
use crate::ui::element::{Element, NotLoaded, chunk, in_view, of_view, on_demand};
use crate::ui::words::{office, suggestions as words};
use leptos::prelude::*;

#[component]
pub fn SuggestionsPage() -> impl IntoView {
    let desk = use_desk();
    let plan = Memo::new(move |_| desk.chosen.with(|chosen| chosen.as_ref().map(|chosen| chosen.plan.id.clone())));
    let any = Memo::new(move |_| {
        desk.turned.track();
        desk.ledger.with_value(|ledger| ledger.as_ref().is_some_and(crate::ledger::Ledger::has_records))
    });
    view! {
        <section class="stack suggestions">
            <Heading title=words::TITLE text=words::TEXT/>
            <WithPlan>
                <Show when=move || any.get() fallback=|| view! {
                    <Needed title=words::EMPTY text=words::EMPTY_TEXT href="#/batches" action=office::BATCHES_GO/>
                }>
                    {move || {
                        plan.track();
                        in_view(on_demand(move || bench(desk)))
                    }}
                </Show>
            </WithPlan>
        </section>
    }
}

#[chunk(suggestions, fallible)]
fn bench(desk: Desk) -> Result<Element, NotLoaded> {
    Ok(of_view(bench::bench(desk)))
}
