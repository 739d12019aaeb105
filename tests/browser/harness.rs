//! What a test of the real app needs: a browser that can be killed, a site that serves `dist/`, a network that can be
//! cut. README.md beside `main.rs` shows how a test is written.
//!
//! Everything that is started here ends when its owner is dropped, also when the test fails: the browser and its driver
//! with all their children, the server, the ports, the folders.

pub mod axe;
pub mod browser;
pub mod clerk;
pub mod command;
pub mod demo;
pub mod driver;
pub mod keyboard;
pub mod network;
pub mod office;
pub mod process;
pub mod profile;
pub mod site;
pub mod tablet;

pub use browser::Browser;
pub use clerk::{Clerk, Pickable, file};
pub use demo::Demo;
pub use driver::Engine;
pub use network::{Network, Weather};
pub use office::Office;
pub use profile::Profile;
pub use site::Site;
pub use tablet::Tablet;

/// How long a test waits for something that must happen. Long, since the machine may be busy; a passing test never
/// waits for it.
pub const PATIENCE: std::time::Duration = std::time::Duration::from_secs(60);
