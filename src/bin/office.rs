//! The office.
use leptos::prelude::*;
use minping::ui::shell;

fn main() {
    shell::start(true, || view! { <div class="page">"."</div> }.into_any());
}
