//! The user interface (Leptos).
