//! Quality: what looks odd in the records. The checks and their tables are a chunk of their own.

mod again;
mod bench;
mod settings;
mod work;

use super::backroom::{Failed, Reins};
use super::batches::WithPlan;
use super::desk::{Desk, use_desk};
use super::parts::Heading;
use super::standing::Needed;
use crate::ledger::Ledger;
use crate::quality::{Settings, Size};
use crate::ui::element::{Element, NotLoaded, chunk, in_view, of_view, on_demand};
use crate::ui::words::{office, quality as words};
use leptos::prelude::*;
use std::pin::Pin;
use std::rc::Rc;
pub use work::{Made, Sample};

#[component]
pub fn Quality() -> impl IntoView {
    let desk = use_desk();
    let any = Memo::new(move |_| {
        desk.turned.track();
        desk.ledger.with_value(|ledger| ledger.as_ref().is_some_and(Ledger::has_records))
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

/// All checks, where the ledger is.
pub async fn inspect(
    ledger: Rc<Ledger>,
    settings: Settings,
    names: Vec<(String, String)>,
    reins: Reins,
) -> Result<Made, Failed> {
    checks(ledger, settings, names, reins).await.map_err(|_| Failed::NotLoaded)?.await
}

type Checking = Pin<Box<dyn Future<Output = Result<Made, Failed>>>>;

#[chunk(quality, fallible)]
fn checks(
    ledger: Rc<Ledger>,
    settings: Settings,
    names: Vec<(String, String)>,
    reins: Reins,
) -> Result<Checking, NotLoaded> {
    Ok(Box::pin(async move { work::inspect(&ledger, &settings, &names, &reins).await }))
}

#[chunk(quality, fallible)]
pub fn draw_again(
    ledger: Rc<Ledger>,
    settings: Settings,
    (share, seed): (f64, u64),
    names: Vec<(String, String)>,
) -> Result<Sample, NotLoaded> {
    Ok(work::sample(&ledger, &settings, Size::Share(share), seed, &names))
}

/// Few offices look here often: it is loaded when one does.
#[chunk(quality, fallible)]
fn bench(desk: Desk) -> Result<Element, NotLoaded> {
    Ok(of_view(bench::bench(desk)))
}
