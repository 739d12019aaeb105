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
    let lock = field::open_lock(device);
    let shell = shell::use_shell();
    let screen = Memo::new(move |_| shell.route.with(|route| field::Screen::read(route)));
    let handed = field::in_hands(device);
    let shown = move || {
        if keep.is_opening() {
            return field::opening();
        }
        match keep.error() {
            Some(error) => field::unable(error),
            // Where several share the device there is nothing else before one of them has entered a PIN.
            None if lock.is_shut() => field::locked(),
            // In the resident's hands there is nothing else, whatever the address says.
            None => match handed.get() {
                Some(hands) => field::handed(hands),
                None => field::at_work(screen.get()),
            },
        }
    };
    of_view(shown.into_any())
}
