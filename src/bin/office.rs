//! The office.
use minping::ui::{office, shell};

fn main() {
    shell::start(office::screen);
}
