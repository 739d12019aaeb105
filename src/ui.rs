//! The user interface (Leptos). Components are thin: they ask the session, the store and the other rooms, and never decide.

pub mod aloud;
pub mod answer;
pub mod controls;
pub mod courier;
pub mod device;
pub mod element;
pub mod field;
pub mod keep;
pub mod office;
pub mod qr;
pub mod shell;
pub mod words;
