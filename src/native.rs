//! The native edge: primitives, files, and the commands of the program.

pub mod cli;
pub mod crypto;
pub mod files;
pub mod host;
pub mod publish;
