//! The office's commands as they are typed: `keys`, `roster`, `link`, `plan publish`.
#![cfg(feature = "cli")]

mod decide;
mod desk;
mod keys;
mod link;
mod publish;
mod roster;
mod told;
