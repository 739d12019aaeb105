//! The two engines and their drivers.

use super::process::Process;
use super::profile::Profile;
use serde_json::{Value, json};
use std::fs::{self, File};
use std::process::{Command, Stdio};
use std::time::Instant;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    Chromium,
    Firefox,
}

impl Engine {
    fn program(self) -> String {
        match self {
            Engine::Chromium => find("MINPING_CHROMIUM", &["chromium", "google-chrome"]),
            Engine::Firefox => find("MINPING_FIREFOX", &["firefox-esr", "firefox"]),
        }
    }

    fn driver(self) -> String {
        match self {
            Engine::Chromium => find("MINPING_CHROMEDRIVER", &["chromedriver"]),
            Engine::Firefox => find("MINPING_GECKODRIVER", &["geckodriver"]),
        }
    }

    /// Capabilities of a session on this profile, with no traffic of the browser's own.
    pub(super) fn capabilities(self, profile: &Profile) -> Value {
        let downloads = profile.downloads();
        match self {
            Engine::Chromium => json!({
                "browserName": "chrome",
                "goog:loggingPrefs": { "browser": "ALL" },
                "goog:chromeOptions": {
                    "binary": self.program(),
                    "args": [
                        "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
                        "--disable-background-networking", "--disable-component-update", "--disable-sync",
                        "--disable-dev-shm-usage", "--lang=zh-CN", "--window-size=800,1000",
                        "--disable-background-timer-throttling", "--disable-renderer-backgrounding",
                        // A camera and a microphone of the browser's own, which nobody has to allow.
                        "--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream",
                        format!("--user-data-dir={}", profile.path().display()),
                    ],
                    "prefs": {
                        "download.default_directory": downloads,
                        "download.prompt_for_download": false,
                        "intl.accept_languages": "zh-CN,zh",
                    },
                },
            }),
            Engine::Firefox => json!({
                "browserName": "firefox",
                "moz:firefoxOptions": {
                    "binary": self.program(),
                    "args": ["-headless", "-profile", profile.path()],
                    "prefs": {
                        "app.normandy.enabled": false, "app.update.disabledForTesting": true,
                        "browser.region.network.url": "", "browser.safebrowsing.downloads.remote.enabled": false,
                        "datareporting.healthreport.uploadEnabled": false, "network.captive-portal-service.enabled": false,
                        "network.connectivity-service.enabled": false, "services.settings.server": "data:,",
                        "toolkit.telemetry.enabled": false,
                        "media.navigator.streams.fake": true, "media.navigator.permission.disabled": true,
                        "devtools.console.stdout.content": true,
                        "browser.download.dir": downloads, "browser.download.folderList": 2,
                        "browser.download.useDownloadDir": true, "browser.helperApps.neverAsk.saveToDisk": "*/*",
                        "intl.accept_languages": "zh-CN,zh",
                    },
                },
            }),
        }
    }
}

/// A running driver. Dropping it ends it and its browser.
pub struct Driver {
    process: Process,
    pub url: String,
}

impl Driver {
    /// Starts the driver on a port that it finds free, and waits until it listens.
    pub async fn start(engine: Engine, profile: &Profile) -> Self {
        let log = File::options().create(true).append(true).open(profile.log()).expect("the driver's log");
        let length = || log.metadata().map(|data| data.len() as usize).unwrap_or(0);
        let (mut before, mut taken) = (length(), 0);
        let mut command = Command::new(engine.driver());
        match engine {
            Engine::Chromium => command.arg("--port=0"),
            Engine::Firefox => command.args(["--port", "0", "--websocket-port", "0"]),
        };
        command.env("LANGUAGE", "zh").env("MOZ_HEADLESS_WIDTH", "800").env("MOZ_HEADLESS_HEIGHT", "1000");
        let own = || log.try_clone().expect("the driver's log");
        command.stdin(Stdio::null()).stderr(own()).stdout(own());
        let mut process = Process::start(&mut command);
        let began = Instant::now();
        loop {
            let text = fs::read(profile.log()).unwrap_or_default();
            let text = String::from_utf8_lossy(&text[before.min(text.len())..]).into_owned();
            if let Some(port) = listening_port(&text) {
                return Self { process, url: format!("http://127.0.0.1:{port}") };
            }
            if let Ok(Some(status)) = process.child().try_wait() {
                // Chromium's finds a port that is free for one family of addresses, and may lose it for the other to a driver beside it.
                if text.contains("Address already in use") && taken < 5 {
                    (before, taken) = (length(), taken + 1);
                    process = Process::start(&mut command);
                    continue;
                }
                panic!("{engine:?}: the driver ended with {status}:\n{text}");
            }
            assert!(began.elapsed() < super::PATIENCE, "{engine:?}: the driver does not listen:\n{text}");
            tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        }
    }

    /// Kills the browser and the driver at once, as when the power of the process goes: nothing is flushed or closed.
    pub fn kill(&mut self, profile: &Profile) {
        let mark = profile.mark().to_string_lossy().into_owned();
        // The browser first and whole: a driver that dies first might still close it in good order.
        super::process::signal("-KILL", &super::process::with_argument(&mark));
        self.process.kill();
        super::process::signal("-KILL", &super::process::with_argument(&mark));
    }
}

fn listening_port(text: &str) -> Option<u16> {
    let after =
        text.split("started successfully on port ").nth(1).or_else(|| text.split("Listening on 127.0.0.1:").nth(1))?;
    let digits: String = after.chars().take_while(char::is_ascii_digit).collect();
    // A line that is still being written ends in a digit.
    if digits.len() == after.len() { None } else { digits.parse().ok() }
}

fn find(variable: &str, names: &[&str]) -> String {
    if let Ok(path) = std::env::var(variable) {
        return path;
    }
    let paths = std::env::var_os("PATH").unwrap_or_default();
    let mut places: Vec<_> = std::env::split_paths(&paths).collect();
    // A plain `cargo test` finds what scripts/toolchain put into its cache as well.
    let cache = std::env::var_os("XDG_CACHE_HOME")
        .map(std::path::PathBuf::from)
        .or_else(|| Some(std::path::PathBuf::from(std::env::var_os("HOME")?).join(".cache")));
    if let Some(tools) = cache.and_then(|cache| fs::read_dir(cache.join("minping/tools")).ok()) {
        places.extend(tools.flatten().map(|entry| entry.path().join("bin")));
    }
    for name in names {
        if let Some(path) = places.iter().map(|place| place.join(name)).find(|path| path.is_file()) {
            return path.display().to_string();
        }
    }
    panic!("none of {names:?} is on this machine: run scripts/toolchain --tests, or set {variable}")
}
