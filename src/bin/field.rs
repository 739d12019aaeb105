//! The canvasser's app.

use leptos::prelude::*;
use minping::ui::{courier, device, field, keep, shell};

fn main() {
    shell::start(app);
}

fn app() -> AnyView {
    let keep = keep::open_keep("field");
    courier::open_courier(device::open_device(keep));
    field::watch();
    let shell = shell::use_shell();
    let screen = Memo::new(move |_| shell.route.with(|route| field::Screen::read(route)));
    (move || {
        if keep.is_opening() {
            return field::opening();
        }
        match keep.error() {
            Some(error) => field::unable(error),
            None => screen.get().view(),
        }
    })
    .into_any()
}
