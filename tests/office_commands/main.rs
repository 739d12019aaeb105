//! The office's commands as they are typed: `keys`, `roster`, `link`, `plan publish`, `quota`, `sent`, `contacts`.
#![cfg(feature = "cli")]

mod contacts;
mod decide;
mod desk;
mod keys;
mod link;
mod posters;
mod publish;
mod quota;
mod roster;
mod sent;
mod suggestions;
mod told;
