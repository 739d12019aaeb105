//! The folder in which a browser keeps what it stores. It outlives the browser, so that a test can kill one and open
//! another on what the first left.

use std::path::{Path, PathBuf};
use tempfile::TempDir;

pub struct Profile {
    folder: TempDir,
}

impl Profile {
    pub fn new() -> Self {
        let folder = tempfile::Builder::new().prefix("minping-browser-").tempdir().expect("a folder for the profile");
        for name in ["profile", "downloads"] {
            std::fs::create_dir(folder.path().join(name)).expect("a folder in the profile's folder");
        }
        Self { folder }
    }

    /// The browser's own folder.
    pub fn path(&self) -> PathBuf {
        self.folder.path().join("profile")
    }

    /// Where the browser puts downloads, without asking.
    pub fn downloads(&self) -> PathBuf {
        self.folder.path().join("downloads")
    }

    /// Firefox's preferences, as `about:config` writes their values.
    pub fn set(&self, preferences: &[(&str, &str)]) {
        let lines = preferences.iter().map(|(name, value)| format!("user_pref({name:?}, {value});\n"));
        std::fs::write(self.path().join("user.js"), lines.collect::<String>()).expect("the profile's preferences");
    }

    /// What the driver and the browser printed.
    pub fn log(&self) -> PathBuf {
        self.folder.path().join("driver.log")
    }

    /// Part of the command line of every process of this browser, and of no other.
    pub fn mark(&self) -> &Path {
        self.folder.path()
    }
}
