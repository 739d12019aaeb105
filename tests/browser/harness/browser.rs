//! A browser with one page, driven as a person drives it, and killed as no person would.

use super::command::Extra;
use super::driver::{Driver, Engine};
use super::{PATIENCE, Profile};
use fantoccini::wd::Capabilities;
use fantoccini::{Client, ClientBuilder};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};
use std::fs;
use std::sync::Mutex;
use std::time::{Duration, Instant};

pub struct Browser {
    pub client: Client,
    pub engine: Engine,
    // Before `profile`: the processes must be gone before their folder goes.
    driver: Driver,
    profile: Profile,
    errors: Mutex<Vec<String>>,
    /// How much of the driver's log earlier browsers on this profile wrote.
    log_start: usize,
}

impl Browser {
    /// A browser that was never used before.
    pub async fn open(engine: Engine) -> Self {
        Self::open_on(engine, Profile::new()).await
    }

    /// A browser on what an earlier one left.
    pub async fn open_on(engine: Engine, profile: Profile) -> Self {
        let log_start = fs::metadata(profile.log()).map(|data| data.len() as usize).unwrap_or(0);
        let driver = Driver::start(engine, &profile).await;
        let Value::Object(capabilities) = engine.capabilities(&profile) else { unreachable!("written as an object") };
        let client = ClientBuilder::new(HttpConnector::new())
            .capabilities(Capabilities::from_iter(capabilities))
            .connect(&driver.url)
            .await
            .unwrap_or_else(|error| panic!("{engine:?} does not open: {error}\n{}", tail(&profile)));
        Self { client, engine, driver, profile, errors: Mutex::default(), log_start }
    }

    /// Ends the browser at once (SIGKILL to all its processes). What it stored stays.
    pub fn kill(self) -> Profile {
        let Self { mut driver, profile, .. } = self;
        driver.kill(&profile);
        profile
    }

    /// Ends the browser in good order. What it stored stays.
    pub async fn close(self) -> Profile {
        let Self { client, driver, profile, .. } = self;
        client.close().await.expect("the browser closes");
        drop(driver);
        profile
    }

    pub fn profile(&self) -> &Profile {
        &self.profile
    }

    pub async fn goto(&self, url: &str) {
        if let Err(error) = self.client.goto(url).await {
            panic!("{:?}: {url} does not open: {error}", self.engine);
        }
    }

    /// Follows a link that may fail, such as one to a server that is gone: the page is then the browser's own.
    pub async fn try_goto(&self, url: &str) -> bool {
        self.client.goto(url).await.is_ok()
    }

    /// Loads the page again as a person does. (WebDriver's own command goes past the service worker in Firefox.)
    pub async fn reload(&self) {
        self.eval("window.testBefore = true; setTimeout(() => location.reload(), 0)").await;
        self.until("the page to be loaded anew", "return !window.testBefore && document.readyState === 'complete'")
            .await;
    }

    /// Runs the body of an async function in the page and answers what it returns.
    pub async fn eval(&self, body: &str) -> Value {
        self.eval_with(body, json!(null)).await
    }

    /// The same with a value that the body knows as `given`.
    pub async fn eval_with(&self, body: &str, given: Value) -> Value {
        match self.try_eval(body, given).await {
            Ok(value) => value,
            Err(error) => {
                let url = self.client.current_url().await.map(String::from).unwrap_or_default();
                panic!("{:?} at {url}: {error}\nin: {body}", self.engine)
            }
        }
    }

    async fn try_eval(&self, body: &str, given: Value) -> Result<Value, String> {
        let script = format!(
            "const given = arguments[0], done = arguments[arguments.length - 1];
             (async () => {{ {body} }})().then(
                 (value) => done({{ value: value === undefined ? null : value }}),
                 (error) => done({{ error: String(error && error.stack ? error + '\\n' + error.stack : error) }}));"
        );
        let answer = self.client.execute_async(&script, vec![given]).await.map_err(|error| error.to_string())?;
        match answer.get("error") {
            Some(error) => Err(error.as_str().unwrap_or("unknown").to_owned()),
            None => Ok(answer["value"].clone()),
        }
    }

    /// Waits until the body returns something that holds; answers it. A page that is just being replaced is asked again.
    pub async fn until(&self, what: &str, body: &str) -> Value {
        let began = Instant::now();
        let mut last = String::new();
        while began.elapsed() < PATIENCE {
            match self.try_eval(body, json!(null)).await {
                Ok(Value::Null | Value::Bool(false)) => {}
                Ok(value) => return value,
                Err(error) => last = error,
            }
            tokio::time::sleep(Duration::from_millis(40)).await;
        }
        let text = self.text().await;
        let shot = self.screenshot("failure").await;
        let url = self.client.current_url().await.map(String::from).unwrap_or_default();
        let errors = self.errors().await;
        panic!(
            "{:?}: waited {} s for: {what}\nlast error: {last}\nurl: {url}\nscreenshot: {shot}\nerrors: {errors:#?}\npage:\n{text}",
            self.engine,
            PATIENCE.as_secs()
        );
    }

    /// Waits until the page shows this text.
    pub async fn until_text(&self, text: &str) {
        let quoted = json!(text);
        self.until(&format!("the text {quoted}"), &format!("return document.body.innerText.includes({quoted})")).await;
    }

    /// Waits until what the selector finds shows this text.
    pub async fn until_text_in(&self, selector: &str, text: &str) {
        let body = format!(
            "return [...document.querySelectorAll({})].some((e) => e.getClientRects().length > 0 && e.innerText.includes({}))",
            json!(selector),
            json!(text)
        );
        self.until(&format!("{text:?} in {selector}"), &body).await;
    }

    /// Waits until something matches the selector and is visible.
    pub async fn until_shown(&self, selector: &str) {
        let quoted = json!(selector);
        let body = format!("const e = document.querySelector({quoted}); return !!e && e.getClientRects().length > 0");
        self.until(&format!("{selector} to show"), &body).await;
    }

    /// Waits until the app is on the page: what stood there before it is gone.
    pub async fn until_app(&self) {
        self.until(
            "the app to start",
            "return !document.getElementById('start') && !!document.querySelector('main, h1')",
        )
        .await;
    }

    /// Waits until the app is kept for use without a network.
    pub async fn until_offline_ready(&self) {
        self.until(
            "the service worker to be active",
            "const r = await navigator.serviceWorker.getRegistration(); return !!(r && r.active && r.active.state === 'activated')",
        )
        .await;
    }

    /// What the page shows.
    pub async fn text(&self) -> String {
        self.try_eval("return document.body ? document.body.innerText : ''", json!(null))
            .await
            .ok()
            .and_then(|value| value.as_str().map(str::to_owned))
            .unwrap_or_default()
    }

    /// Clicks the first visible element that matches, waiting until it is there.
    pub async fn click(&self, selector: &str) {
        let quoted = json!(selector);
        let found = format!(
            "return Array.from(document.querySelectorAll({quoted})).findIndex((e) => e.getClientRects().length > 0 && !e.disabled) + 1 || null"
        );
        let place = place_in_list(self.until(&format!("{selector} to click"), &found).await);
        let all = self.client.find_all(fantoccini::Locator::Css(selector)).await.expect("a valid selector");
        // A driver brings it just into the window, where what sticks to the edge may cover it.
        let centre = "const e = document.querySelectorAll(given[0])[given[1] - 1]; if (!e) return;
            const { top, bottom } = e.getBoundingClientRect();
            if (top < 100 || bottom > innerHeight - 150) e.scrollIntoView({ block: 'center', behavior: 'instant' })";
        self.eval_with(centre, json!([selector, place])).await;
        all[place - 1].click().await.unwrap_or_else(|error| panic!("{:?}: {selector}: {error}", self.engine));
    }

    /// Clicks the first visible button or link whose text contains this.
    pub async fn click_text(&self, text: &str) {
        let quoted = json!(text);
        let mark = format!(
            "const all = Array.from(document.querySelectorAll('button, a, label, summary, [role=button]'));
             const e = all.find((e) => e.getClientRects().length > 0 && !e.disabled && e.textContent.includes({quoted}));
             document.querySelectorAll('[data-test-click]').forEach((e) => e.removeAttribute('data-test-click'));
             if (e) e.setAttribute('data-test-click', '');
             return !!e"
        );
        self.until(&format!("something to click that says {quoted}"), &mark).await;
        self.click("[data-test-click]").await;
    }

    /// Errors of the page since it was opened: exceptions, blocked content, failed loads. Connections that the network
    /// did not let through are no errors of the page.
    pub async fn errors(&self) -> Vec<String> {
        let mut fresh = Vec::new();
        match self.engine {
            Engine::Chromium => {
                let body = Some(json!({ "type": "browser" }));
                let log = self.client.issue_cmd(Extra { path: "se/log", body }).await.expect("the browser's log");
                for entry in log.as_array().into_iter().flatten() {
                    let message = entry["message"].as_str().unwrap_or_default();
                    if entry["level"] == "SEVERE" && !message.contains("net::ERR_") {
                        fresh.push(message.to_owned());
                    }
                }
                let mut kept = self.errors.lock().expect("no holder of the lock panics");
                kept.extend(fresh);
                kept.clone()
            }
            Engine::Firefox => {
                let log = fs::read(self.profile.log()).unwrap_or_default();
                String::from_utf8_lossy(&log[self.log_start.min(log.len())..])
                    .lines()
                    .filter(|line| line.starts_with("JavaScript error: http://") || line.starts_with("console.error:"))
                    // The browser's own code writes to the same place; cut off from its services, it complains.
                    .filter(|line| !["resource://", "chrome://", "RSLoader"].iter().any(|own| line.contains(own)))
                    .map(str::to_owned)
                    .collect()
            }
        }
    }

    /// Fails when the page has errors.
    pub async fn expect_no_errors(&self) {
        let errors = self.errors().await;
        assert!(errors.is_empty(), "{:?}: the page has errors: {errors:#?}", self.engine);
    }

    /// Sets the page's size in CSS pixels.
    pub async fn size(&self, width: u32, height: u32) {
        match self.engine {
            // A window has a least width; the emulated one has not.
            Engine::Chromium => {
                let params = json!({ "width": width, "height": height, "deviceScaleFactor": 2, "mobile": true });
                self.cdp("Emulation.setDeviceMetricsOverride", params).await;
            }
            Engine::Firefox => {
                // The window's frame is not the page: ask for the difference.
                let frame = self.eval("return [outerWidth - innerWidth, outerHeight - innerHeight]").await;
                let extra = |at: usize| frame[at].as_u64().unwrap_or(0) as u32;
                self.client.set_window_size(width + extra(0), height + extra(1)).await.expect("the window's size");
            }
        }
    }

    /// The page is no wider than the screen of this width, which it was given by [`Browser::size`]. Chromium's emulated
    /// screen grows with what is too wide; Firefox's window has a least width.
    pub async fn expect_fits(&self, screen: &str, width: u32) {
        let wide = self.eval("return [document.documentElement.scrollWidth, innerWidth]").await;
        let [page, window] = [0, 1].map(|at| wide[at].as_u64().expect("a width"));
        let limit = if self.engine == Engine::Chromium { u64::from(width) } else { window };
        assert!(page.max(window.min(limit)) <= limit, "{:?}: {screen}: {page} px on {limit}", self.engine);
    }

    /// A command of Chromium's own protocol.
    pub async fn cdp(&self, command: &str, params: Value) -> Value {
        assert_eq!(self.engine, Engine::Chromium, "{command} is Chromium's own");
        let body = Some(json!({ "cmd": command, "params": params }));
        self.client
            .issue_cmd(Extra { path: "goog/cdp/execute", body })
            .await
            .unwrap_or_else(|error| panic!("{command}: {error}"))
    }

    /// Saves a picture of the page in `target/shots` and answers its path.
    pub async fn screenshot(&self, name: &str) -> String {
        let Ok(bytes) = self.client.screenshot().await else { return "none".to_owned() };
        let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("shots");
        let thread = std::thread::current().name().unwrap_or("test").replace("::", "-");
        let path = folder.join(format!("{thread}-{:?}-{name}.png", self.engine));
        match fs::create_dir_all(&folder).and_then(|()| fs::write(&path, bytes)) {
            Ok(()) => path.display().to_string(),
            Err(error) => error.to_string(),
        }
    }
}

fn place_in_list(value: Value) -> usize {
    value.as_u64().expect("a place in a list") as usize
}

fn tail(profile: &Profile) -> String {
    let log = fs::read(profile.log()).unwrap_or_default();
    String::from_utf8_lossy(&log[log.len().saturating_sub(4000)..]).into_owned()
}
