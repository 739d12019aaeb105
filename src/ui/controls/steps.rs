use crate::ui::element::{Element, Rows, follow};
use leptos::prelude::*;

/// [`Rows`], of which so many are there as are `wanted`.
pub fn in_steps(count: usize, wanted: RwSignal<usize>, build: impl Fn(usize) -> Element + 'static) -> Element {
    let (part, rows) = Rows::new(count, None, build);
    follow(move || rows.reach(wanted.get()));
    part
}
