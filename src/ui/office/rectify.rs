//! Rectification: what became of each finding. The page is a chunk of its own.

mod bench;
mod case;
mod fields;
mod files;
mod form;
mod later;
mod list;
mod opening;
mod proposals;
mod work;

pub use opening::{Draft, opening_form};
pub use work::{Work as LedgerWork, kept_book};

use super::batches::WithPlan;
use super::desk::{Desk, use_desk};
use super::parts::Heading;
use crate::ui::element::{Element, NotLoaded, chunk, in_view, of_view, on_demand};
use crate::ui::words::rectify as words;
use leptos::prelude::*;

#[component]
pub fn Rectification() -> impl IntoView {
    let desk = use_desk();
    // Another plan has another ledger.
    let plan = Memo::new(move |_| desk.chosen.with(|chosen| chosen.as_ref().map(|chosen| chosen.plan.id.clone())));
    view! {
        <section class="stack rectify">
            // With a plan, a case has a heading of its own.
            <Show when=move || plan.with(Option::is_none)><Heading title=words::TITLE text=words::TEXT/></Show>
            <WithPlan>
                {move || {
                    plan.track();
                    in_view(on_demand(move || ledger(desk)))
                }}
            </WithPlan>
        </section>
    }
}

#[chunk(rectify, fallible)]
fn ledger(desk: Desk) -> Result<Element, NotLoaded> {
    Ok(of_view(bench::bench(desk)))
}
