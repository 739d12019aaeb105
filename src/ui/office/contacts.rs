//! Contacts: lists for devices, their logs, and the rates that follow. The page is a chunk of its own.

mod assign;
mod kept;
mod tables;

use super::batches::WithPlan;
use super::desk::{Desk, use_desk};
use super::parts::Heading;
use super::standing::{Needed, WithKeys};
use crate::ui::element::{Element, NotLoaded, chunk, in_view, of_view, on_demand};
use crate::ui::words::contacts as words;
use leptos::prelude::*;

pub use kept::contacts_key;

#[component]
pub fn Contacts() -> impl IntoView {
    let desk = use_desk();
    let enrolled = Memo::new(move |_| desk.roster.with(Option::is_some));
    view! {
        <section class="stack contacts-desk">
            <Heading title=words::PAGE_TITLE text=words::PAGE_TEXT/>
            <WithPlan>
                <Show when=move || enrolled.get() fallback=|| view! {
                    <Needed title=words::NO_ROSTER text=words::NO_ROSTER_TEXT href="#/roster" action=words::ROSTER_GO/>
                }>
                    <WithKeys>{move || in_view(on_demand(move || bench(desk)))}</WithKeys>
                </Show>
            </WithPlan>
        </section>
    }
}

#[chunk(contacts, fallible)]
fn bench(desk: Desk) -> Result<Element, NotLoaded> {
    Ok(of_view(
        view! {
            {assign::assign(desk)}
            {tables::tables(desk)}
        }
        .into_any(),
    ))
}
