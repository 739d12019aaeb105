//! The hall 现场测评: a host opens a ballot, sees it counted in, enters the paper, closes, and shows the result. The page is a
//! chunk of its own.

mod balance;
mod board;
mod close;
mod entry;
mod list;
mod looking;
mod opening;
mod overview;
mod page;
mod paper;
mod result;
mod seal;
mod work;

use super::batches::WithPlan;
use super::desk::{Desk, use_desk};
use super::parts::Heading;
use crate::ui::element::{Element, NotLoaded, chunk, in_view, of_view, on_demand};
use crate::ui::words::hall as words;
use leptos::prelude::*;

#[component]
pub fn Hall() -> impl IntoView {
    let desk = use_desk();
    let plan = Memo::new(move |_| desk.chosen.with(|chosen| chosen.as_ref().map(|chosen| chosen.reference.clone())));
    view! {
        <section class="stack hall">
            <Show when=move || plan.with(Option::is_none)><Heading title=words::TITLE text=words::TEXT/></Show>
            <WithPlan>
                {move || {
                    plan.track();
                    in_view(on_demand(move || hall(desk)))
                }}
            </WithPlan>
        </section>
    }
}

#[chunk(hall, fallible)]
fn hall(desk: Desk) -> Result<Element, NotLoaded> {
    Ok(of_view(page::page(desk)))
}
