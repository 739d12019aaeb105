//! What the rows stand on: a local server that hands the probe page out and gives it scripts, and browsers that are started
//! plainly, on a profile folder of their own, and killed without warning.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use axum::Router;
use axum::body::Bytes;
use axum::extract::{Path as Part, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use serde_json::Value;
use tokio::sync::mpsc;

const FAULTY: &str = r#"
{
    let short = false;
    const fault = new BroadcastChannel("fault");
    fault.onmessage = ({ data }) => {
        if (data === "short") short = true;
        if (data === "silent") self.postMessage = () => {};
        fault.postMessage("ready");
    };
    const write = FileSystemSyncAccessHandle.prototype.write;
    FileSystemSyncAccessHandle.prototype.write = function (bytes, options) {
        if (!short) return write.call(this, bytes, options);
        short = false;
        return write.call(this, bytes.subarray(0, bytes.length / 2), options);
    };
}
"#;

/// The longest that any answer of a page is waited for. A row that takes longer fails.
const PATIENCE: Duration = Duration::from_secs(60);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    Chromium,
    Firefox,
}

/// How a browser is set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    Plain,
    CookiesBlocked,
    Private,
}

pub const ENGINES: [Engine; 2] = [Engine::Chromium, Engine::Firefox];

struct Mailbox {
    scripts: mpsc::UnboundedSender<String>,
    waiting: Arc<tokio::sync::Mutex<mpsc::UnboundedReceiver<String>>>,
    results: mpsc::UnboundedSender<Value>,
    reports: Arc<Mutex<Vec<(Instant, String)>>>,
    gate: Arc<tokio::sync::Semaphore>,
}

type Pages = Arc<Mutex<HashMap<String, Mailbox>>>;

/// The server and its pages.
pub struct Rig {
    pages: Pages,
    port: u16,
    count: AtomicU64,
}

/// One page of a running browser.
pub struct Page {
    name: String,
    pages: Pages,
    results: tokio::sync::Mutex<mpsc::UnboundedReceiver<Value>>,
}

fn folder() -> PathBuf {
    let mut program = std::env::current_exe().expect("a test has a path");
    // <target>/<profile>/deps/<test>
    for _ in 0..3 {
        program.pop();
    }
    let folder = program.join("probe");
    assert!(folder.join("probe.wasm").exists(), "the probe page is not built: run `node scripts/probe.mjs`");
    folder
}

impl Rig {
    pub async fn start() -> Rig {
        Rig::serve("").await
    }

    /// With a log worker that can be made to fail: `probe_fault('short')` makes its next write short,
    /// `probe_fault('silent')` makes it answer no more.
    pub async fn start_with_faults() -> Rig {
        Rig::serve(FAULTY).await
    }

    async fn serve(before_worker: &'static str) -> Rig {
        let pages = Pages::default();
        let folder = folder();
        let file = move |Part(name): Part<String>| {
            let path = folder.join(&name);
            async move {
                let kind = match path.extension().and_then(|end| end.to_str()) {
                    Some("js") => "text/javascript",
                    Some("wasm") => "application/wasm",
                    _ => "text/html",
                };
                let before = if path.ends_with("log-worker.js") { before_worker } else { "" };
                match tokio::fs::read(path).await {
                    Ok(bytes) => ([(header::CONTENT_TYPE, kind)], [before.as_bytes(), &bytes].concat()).into_response(),
                    Err(_) => StatusCode::NOT_FOUND.into_response(),
                }
            }
        };
        let router = Router::new()
            .route("/next/{page}", get(next))
            .route("/done/{page}", post(done))
            .route("/report/{page}", post(report))
            .route("/gate/{page}", get(gate))
            .route("/{file}", get(file))
            .layer(axum::extract::DefaultBodyLimit::disable())
            .with_state(pages.clone());
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let port = listener.local_addr().expect("bound").port();
        tokio::spawn(async move { axum::serve(listener, router).await });
        Rig { pages, port, count: AtomicU64::new(0) }
    }

    /// A page that no browser has opened yet, and its address.
    pub fn page(&self) -> (Page, String) {
        let name = format!("p{}", self.count.fetch_add(1, Ordering::Relaxed));
        let (scripts, waiting) = mpsc::unbounded_channel();
        let (results, results_out) = mpsc::unbounded_channel();
        let mailbox = Mailbox {
            scripts,
            waiting: Arc::new(tokio::sync::Mutex::new(waiting)),
            results,
            reports: Arc::default(),
            gate: Arc::new(tokio::sync::Semaphore::new(0)),
        };
        self.pages.lock().unwrap().insert(name.clone(), mailbox);
        let address = self.address("localhost", &name);
        (Page { name, pages: self.pages.clone(), results: tokio::sync::Mutex::new(results_out) }, address)
    }

    pub fn address(&self, host: &str, page: &str) -> String {
        format!("http://{host}:{}/probe.html?page={page}", self.port)
    }
}

async fn next(State(pages): State<Pages>, Part(page): Part<String>) -> Response {
    let waiting = pages.lock().unwrap().get(&page).map(|mailbox| mailbox.waiting.clone());
    let Some(waiting) = waiting else { return StatusCode::NOT_FOUND.into_response() };
    let mut waiting = waiting.lock().await;
    match tokio::time::timeout(Duration::from_secs(20), waiting.recv()).await {
        Ok(Some(script)) => script.into_response(),
        _ => StatusCode::NO_CONTENT.into_response(),
    }
}

async fn done(State(pages): State<Pages>, Part(page): Part<String>, body: Bytes) {
    let result = serde_json::from_slice(&body).expect("the page answers in JSON");
    if let Some(mailbox) = pages.lock().unwrap().get(&page) {
        let _ = mailbox.results.send(result);
    }
}

async fn report(State(pages): State<Pages>, Part(page): Part<String>, body: String) {
    if let Some(mailbox) = pages.lock().unwrap().get(&page) {
        mailbox.reports.lock().unwrap().push((Instant::now(), body));
    }
}

/// Answers only when the test lets it.
async fn gate(State(pages): State<Pages>, Part(page): Part<String>) {
    let gate = pages.lock().unwrap().get(&page).map(|mailbox| {
        mailbox.reports.lock().unwrap().push((Instant::now(), "hangs".into()));
        mailbox.gate.clone()
    });
    if let Some(gate) = gate
        && let Ok(permit) = gate.acquire().await
    {
        permit.forget();
    }
}

/// A script's line that stops the page dead, its events and all, until [`Page::wake`]; `hangs` is reported when it does.
pub const HANG: &str = "const gate = new XMLHttpRequest();
    gate.open('GET', `/gate/${new URLSearchParams(location.search).get('page')}`, false);
    gate.send();";

impl Page {
    pub fn wake(&self) {
        self.pages.lock().unwrap()[&self.name].gate.add_permits(1);
    }

    pub fn name(&self) -> &str {
        &self.name
    }

    /// Gives the page a script without waiting for its end.
    pub fn begin(&self, script: &str) {
        let pages = self.pages.lock().unwrap();
        pages[&self.name].scripts.send(script.to_owned()).expect("the mailbox is there");
    }

    /// Loads the page again. The next script runs in the new one.
    pub fn reload(&self) {
        self.begin("location.reload(); await new Promise(() => {})");
    }

    /// The outcome of the oldest script that has none yet.
    pub async fn end(&self) -> Value {
        let result = tokio::time::timeout(PATIENCE, self.results.lock().await.recv()).await;
        let result = result.unwrap_or_else(|_| panic!("{}: the page did not answer", self.name)).expect("open");
        if let Some(error) = result.get("error") {
            panic!("{}: {error}", self.name);
        }
        result["value"].clone()
    }

    /// Runs a script in the page; it is the body of an async function of `probe`, `report`, `pause` and `faults`.
    pub async fn run(&self, script: &str) -> Value {
        self.begin(script);
        self.end().await
    }

    /// As [`Page::run`], for a script that returns a string.
    pub async fn text(&self, script: &str) -> String {
        match self.run(script).await {
            Value::String(text) => text,
            other => panic!("{}: a text was expected and this came: {other}", self.name),
        }
    }

    /// What the page has reported so far, and when it came.
    pub fn reports(&self) -> Vec<(Instant, String)> {
        self.pages.lock().unwrap()[&self.name].reports.lock().unwrap().clone()
    }

    /// Waits until a report satisfies `wanted`.
    pub async fn reported(&self, wanted: impl Fn(&str) -> bool) -> Instant {
        let end = Instant::now() + PATIENCE;
        loop {
            if let Some((at, _)) = self.reports().into_iter().find(|(_, text)| wanted(text)) {
                return at;
            }
            assert!(Instant::now() < end, "{}: no such report; there were {:?}", self.name, self.reports());
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
    }
}

/// A running browser. Dropping it kills it.
pub struct Browser {
    child: Child,
    profile: PathBuf,
}

impl Browser {
    /// Starts a browser on `profile`.
    pub fn start(engine: Engine, profile: &Path, address: &str) -> Browser {
        Browser::start_in(engine, Mode::Plain, profile, &[address])
    }

    /// With two tabs. Headless Chromium takes one address only.
    pub async fn start_two(engine: Engine, profile: &Path, one: &str, two: &str) -> Browser {
        if engine == Engine::Firefox {
            return Browser::start_in(engine, Mode::Plain, profile, &[one, two]);
        }
        // It stays from an earlier run.
        let _ = std::fs::remove_file(profile.join("DevToolsActivePort"));
        let browser = Browser::start(engine, profile, one);
        open_tab(browser.debugging_port(profile).await, two).await;
        browser
    }

    pub fn start_in(engine: Engine, mode: Mode, profile: &Path, addresses: &[&str]) -> Browser {
        std::fs::create_dir_all(profile).expect("the profile folder can be made");
        let mut command = match engine {
            Engine::Chromium => {
                let mut command = Command::new("chromium");
                command.args([
                    "--headless=new",
                    "--no-sandbox",
                    "--disable-gpu",
                    "--no-first-run",
                    "--disable-component-update",
                    "--disable-background-networking",
                    "--disable-dev-shm-usage",
                    // A process kept ready for the next page would be killed with the others, and then be given that page.
                    "--disable-features=SpareRendererForSitePerProcess",
                    "--remote-debugging-port=0",
                    "--host-resolver-rules=MAP minping.example 127.0.0.1",
                ]);
                command.arg(format!("--user-data-dir={}", profile.display()));
                if mode == Mode::Private {
                    command.arg("--incognito");
                }
                if mode == Mode::CookiesBlocked {
                    let preferences = r#"{"profile":{"default_content_setting_values":{"cookies":2}}}"#;
                    std::fs::create_dir_all(profile.join("Default")).expect("the profile can be written");
                    std::fs::write(profile.join("Default/Preferences"), preferences)
                        .expect("the profile can be written");
                }
                command
            }
            Engine::Firefox => {
                write_firefox_preferences(profile, mode);
                let mut command = Command::new("firefox-esr");
                command.args(["--headless", "--no-remote", "--profile"]).arg(profile);
                command
            }
        };
        command.args(addresses).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        // A group of its own, so that all its processes end at one stroke.
        std::os::unix::process::CommandExt::process_group(&mut command, 0);
        let child = command.spawn().unwrap_or_else(|error| panic!("{engine:?} does not start: {error}"));
        Browser { child, profile: profile.to_owned() }
    }

    /// As a power button would: SIGKILL for every process of it at once.
    pub fn kill(mut self) {
        self.kill_all();
    }

    fn kill_all(&mut self) {
        let mut all = descendants(self.child.id());
        // What has made itself independent of its parent still names the profile.
        let profile = self.profile.to_string_lossy();
        all.extend(processes().into_iter().filter(|(_, line)| line.contains(&*profile)));
        signal(&all.iter().map(|process| process.0).collect::<Vec<_>>());
        let _ = self.child.wait();
        let end = Instant::now() + Duration::from_secs(10);
        // The profile is free when the last of them is gone.
        while all.iter().any(|(id, _)| is_alive(*id)) && Instant::now() < end {
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    /// Where its debugging interface listens.
    pub async fn debugging_port(&self, profile: &Path) -> u16 {
        let end = Instant::now() + PATIENCE;
        loop {
            let text = std::fs::read_to_string(profile.join("DevToolsActivePort")).unwrap_or_default();
            if let Some(port) = text.lines().next().and_then(|line| line.parse().ok()) {
                return port;
            }
            assert!(Instant::now() < end, "the browser opens no debugging port");
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    }

    /// Kills the processes that run pages, and leaves the browser itself alone.
    pub fn kill_pages(&self) {
        let pages: Vec<u32> = descendants(self.child.id())
            .into_iter()
            .filter(|(_, line)| {
                line.contains("--type=renderer") || line.contains("-contentproc") && line.contains("tab")
            })
            .map(|(id, _)| id)
            .collect();
        assert!(!pages.is_empty(), "a page has a process");
        signal(&pages);
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        self.kill_all();
    }
}

/// Opens a tab in a Chromium that runs already.
pub async fn open_tab(port: u16, address: &str) {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    let mut stream = tokio::net::TcpStream::connect(("127.0.0.1", port)).await.expect("the browser listens");
    let request = format!("PUT /json/new?{address} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).await.expect("the browser reads");
    let mut answer = [0; 12];
    stream.read_exact(&mut answer).await.expect("the browser answers");
    assert_eq!(&answer[9..], b"200", "the browser opens a tab");
}

fn signal(ids: &[u32]) {
    let mut kill = Command::new("kill");
    kill.arg("-9").args(ids.iter().map(u32::to_string)).stderr(Stdio::null());
    let _ = kill.status();
}

fn is_alive(id: u32) -> bool {
    // A zombie has let go of its files.
    std::fs::read_to_string(format!("/proc/{id}/stat"))
        .is_ok_and(|stat| stat.rsplit(") ").next().is_some_and(|rest| !rest.starts_with('Z')))
}

/// `root` and every process below it: id and command line.
fn descendants(root: u32) -> Vec<(u32, String)> {
    let mut parents = Vec::new();
    for entry in std::fs::read_dir("/proc").expect("Linux").flatten() {
        let Some(id) = entry.file_name().to_str().and_then(|name| name.parse::<u32>().ok()) else { continue };
        let Ok(stat) = std::fs::read_to_string(format!("/proc/{id}/stat")) else { continue };
        let Some(parent) = stat.rsplit(") ").next().and_then(|rest| rest.split(' ').nth(1)?.parse::<u32>().ok()) else {
            continue;
        };
        parents.push((id, parent));
    }
    let mut found = vec![root];
    let mut at = 0;
    while at < found.len() {
        let parent = found[at];
        found.extend(parents.iter().filter(|(_, of)| *of == parent).map(|(id, _)| *id));
        at += 1;
    }
    found.into_iter().map(|id| (id, command_line(id))).collect()
}

fn command_line(id: u32) -> String {
    let line = std::fs::read(format!("/proc/{id}/cmdline")).unwrap_or_default();
    String::from_utf8_lossy(&line).replace('\0', " ")
}

/// All that run: id and command line.
fn processes() -> Vec<(u32, String)> {
    let folders = std::fs::read_dir("/proc").expect("Linux").flatten();
    folders.filter_map(|entry| entry.file_name().to_str()?.parse().ok()).map(|id| (id, command_line(id))).collect()
}

fn write_firefox_preferences(profile: &Path, mode: Mode) {
    let path = profile.join("user.js");
    if path.exists() {
        return;
    }
    let mut preferences = String::from(
        r#"
user_pref("browser.shell.checkDefaultBrowser", false);
user_pref("browser.aboutwelcome.enabled", false);
user_pref("browser.startup.page", 0);
user_pref("browser.sessionstore.resume_from_crash", false);
user_pref("browser.sessionstore.max_resumed_crashes", -1);
user_pref("toolkit.startup.max_resumed_crashes", -1);
user_pref("datareporting.policy.dataSubmissionEnabled", false);
user_pref("datareporting.policy.dataSubmissionPolicyBypassNotification", true);
user_pref("toolkit.telemetry.reportingpolicy.firstRun", false);
user_pref("app.update.enabled", false);
user_pref("extensions.update.enabled", false);
user_pref("network.captive-portal-service.enabled", false);
user_pref("network.connectivity-service.enabled", false);
user_pref("network.dns.forceResolve", "127.0.0.1");
user_pref("dom.ipc.processPrelaunch.enabled", false);
"#,
    );
    preferences.push_str(match mode {
        Mode::Plain => "",
        Mode::CookiesBlocked => r#"user_pref("network.cookie.cookieBehavior", 2);"#,
        Mode::Private => r#"user_pref("browser.privatebrowsing.autostart", true);"#,
    });
    std::fs::write(path, preferences).expect("the profile can be written");
}
