//! What the interface says, in Chinese and English. A text is a constant that holds both, so that none can lack a language.
//! The texts of a plan are not here: they come with the plan.

pub mod answer;
pub mod attached;
pub mod contacts;
pub mod course;
pub mod design;
pub mod earlier;
pub mod export;
pub mod field;
pub mod fieldwork;
pub mod hall;
pub mod handed;
pub mod lock;
pub mod office;
pub mod phone;
pub mod posters;
pub mod practice;
pub mod quality;
pub mod quota;
pub mod rectify;
pub mod shell;
pub mod steps;
pub mod stock;
pub mod suggestions;
pub mod version;

pub use crate::language::{Language, Words};

/// Declares texts: `words! { /** reason */ NAME = "中文", "English"; }`.
#[macro_export]
macro_rules! words {
    ($($(#[$meta:meta])* $name:ident = $zh:expr, $en:expr;)*) => {
        $($(#[$meta])* pub const $name: $crate::language::Words = $crate::language::Words::pair($zh, $en);)*
        const _: &[$crate::language::Words] = &[$($name),*];
    };
}
