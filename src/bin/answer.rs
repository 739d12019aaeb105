//! The answering app: residents and canvassers.
use leptos::prelude::*;
use minping::ui::shell;

fn main() {
    shell::start(false, || view! { <div class="page">"."</div> }.into_any());
}
