//! The office in the browser, as a clerk uses it from the keys to the printed result.

mod counting;
mod setting_up;
