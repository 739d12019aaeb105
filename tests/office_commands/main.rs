//! The office's commands as they are typed: `keys`, `roster`, `link`, `plan publish`, `progress`, `quota`, `sent`, `contacts`.
#![cfg(feature = "cli")]

mod contacts;
mod decide;
mod desk;
mod earlier;
mod keys;
mod link;
mod posters;
mod progress;
mod publish;
mod quota;
mod roster;
mod sent;
mod suggestions;
mod told;
