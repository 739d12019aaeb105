//! The canvasser's app.

use leptos::prelude::*;
use minping::ui::element::{Element, of_view};
use minping::ui::{courier, device, field, keep, shell};

fn main() {
    shell::start(app);
}

fn app() -> Element {
    let keep = keep::open_keep("field");
    let device = device::open_device(keep);
    courier::open_courier(device);
    field::watch(device);
    let shell = shell::use_shell();
    let screen = Memo::new(move |_| shell.route.with(|route| field::Screen::read(route)));
    let handed = field::in_hands(device);
    let shown = move || {
        if keep.is_opening() {
            return field::opening();
        }
        match keep.error() {
            Some(error) => field::unable(error),
            // In the resident's hands there is nothing else, whatever the address says.
            None => match handed.get() {
                Some(hands) => field::handed(hands),
                None => screen.get().view(),
            },
        }
    };
    of_view(shown.into_any())
}
