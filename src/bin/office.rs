//! The office: its pages, and in a worker what works for them.
use minping::browser::helper;
use minping::ui::element::of_view;
use minping::ui::{office, shell};

fn main() {
    if helper::is_worker() {
        office::help();
    } else {
        shell::start(|| of_view(office::screen()));
    }
}
