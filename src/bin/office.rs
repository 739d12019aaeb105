//! The office.
use minping::ui::element::of_view;
use minping::ui::{office, shell};

fn main() {
    shell::start(|| of_view(office::screen()));
}
