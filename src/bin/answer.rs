//! The resident's app: from a link to the receipt.

use leptos::prelude::*;
use minping::ui::answer::{Front, Resident};
use minping::ui::{courier, device, keep, shell};

fn main() {
    shell::start(app);
}

fn app() -> AnyView {
    courier::open_courier(device::open_device(keep::open_keep("field")));
    let shell = shell::use_shell();
    let invited = Memo::new(move |_| shell.route.with(|route| route.starts_with("/a/")));
    (move || match invited.get() {
        true => view! { <Resident/> }.into_any(),
        false => view! { <Front/> }.into_any(),
    })
    .into_any()
}
