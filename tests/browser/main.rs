//! The real app in real browsers. See README.md beside this file.

mod harness;
mod opening;
mod updating;
