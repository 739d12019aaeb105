//! The resident's app: from a link to the receipt.

use leptos::prelude::Get;
use minping::ui::answer::{front, resident};
use minping::ui::element::{Element, group};
use minping::ui::{courier, device, keep, shell};

fn main() {
    shell::start(app);
}

fn app() -> Element {
    courier::open_courier(device::open_device(keep::open_keep("field")));
    let shell = shell::use_shell();
    group().live(move || match shell.route.get().strip_prefix("/a/") {
        Some(token) => resident(token.to_owned()),
        None => front(),
    })
}
