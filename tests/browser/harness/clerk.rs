//! The clerk: the office's pages as a person without a program uses them. Files are picked as the page asks for them, and
//! what is saved lands in the browser's own folder.

use super::{Browser, Engine, Office, PATIENCE};
use serde_json::{Value, json};
use std::path::PathBuf;
use std::time::{Duration, Instant};

/// A file to be picked: its name (with folders, for a folder) and its bytes.
pub type Pickable = (String, Vec<u8>);

pub struct Clerk {
    pub browser: Browser,
}

impl Clerk {
    /// A new browser with the office's pages in English.
    pub async fn open(engine: Engine, url: &str) -> Self {
        let browser = Browser::open(engine).await;
        browser.size(1280, 800).await;
        browser.goto(url).await;
        browser.until_app().await;
        browser.eval("localStorage.setItem('minping.language', 'en')").await;
        let clerk = Self { browser };
        clerk.reload().await;
        clerk
    }

    pub async fn reload(&self) {
        self.browser.reload().await;
        self.browser.until_app().await;
        self.browser.until_shown(".tabs").await;
    }

    /// Goes to a page by its tab.
    pub async fn page(&self, name: &str) {
        self.browser.click(&format!("a.tab[href='#/{name}']")).await;
        self.browser
            .until(
                &format!("the page {name}"),
                &format!("return document.querySelector('a.tab[aria-current]')?.hash === '#/{name}' && !!document.querySelector('main h1')"),
            )
            .await;
    }

    /// What the next question for files is answered with.
    pub async fn will_pick(&self, files: &[Pickable]) {
        let files: Vec<Value> = files
            .iter()
            .map(|(name, bytes)| {
                use base64ct::{Base64, Encoding};
                // Noise is one byte over and over: it is made in the page.
                match bytes.first() {
                    Some(first) if bytes.len() > 1_000_000 => {
                        json!([name, Base64::encode_string(&[*first]), bytes.len()])
                    }
                    _ => json!([name, Base64::encode_string(bytes), 1]),
                }
            })
            .collect();
        self.browser
            .eval_with(
                "const real = HTMLInputElement.prototype.click;
                 HTMLInputElement.prototype.click = function () {
                     if (this.type !== 'file') return real.call(this);
                     HTMLInputElement.prototype.click = real;
                     const files = given.map(([path, text, times]) => {
                         const one = Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
                         const bytes = times === 1 ? one : new Uint8Array(times).fill(one[0]);
                         const file = new File([bytes], path.split('/').pop(), { lastModified: window.writtenAt ?? Date.now() });
                         if (path.includes('/')) Object.defineProperty(file, 'webkitRelativePath', { value: path });
                         return file;
                     });
                     Object.defineProperty(this, 'files', { value: files });
                     this.dispatchEvent(new Event('change'));
                 }",
                Value::Array(files),
            )
            .await;
    }

    /// From now on, files that are picked were written at this time, in milliseconds since 1970.
    pub async fn will_pick_files_of(&self, milliseconds: u64) {
        self.browser.eval_with("window.writtenAt = given", json!(milliseconds)).await;
    }

    /// Presses a button that asks for files, and picks these.
    pub async fn pick(&self, button: &str, files: &[Pickable]) {
        self.will_pick(files).await;
        self.browser.click_text(button).await;
    }

    /// Opens the office's key file.
    pub async fn open_keys(&self, office: &Office) {
        self.page("keys").await;
        self.pick("Key file", &[file("office.minping-keys", std::fs::read(office.keys()).expect("the key file"))])
            .await;
        self.browser.until_text("office.minping-keys").await;
        self.fill("form input[type=password]", office.passphrase()).await;
        self.browser.click("form button[type=submit]").await;
        self.browser.until_text("Fingerprint of the signing key").await;
    }

    /// Puts a text into a field, in the place of what is there.
    pub async fn fill(&self, selector: &str, text: &str) {
        self.browser.until_shown(selector).await;
        self.browser
            .eval_with(
                "const input = document.querySelector(given[0]);
                 input.value = given[1]; input.dispatchEvent(new Event('input', { bubbles: true }))",
                json!([selector, text]),
            )
            .await;
    }

    /// Chooses a plan of the site by its title.
    pub async fn choose_plan(&self, title: &str) {
        self.page("plans").await;
        self.browser.until_shown(".plans .list-row").await;
        self.browser
            .eval_with(
                "[...document.querySelectorAll('.plans .list-row')].find((row) => row.innerText.includes(given)).querySelector('button').click()",
                json!(title),
            )
            .await;
        self.browser.until_text_in(".standing", title).await;
    }

    /// Waits until nothing is being checked or opened.
    pub async fn until_done(&self) {
        self.browser.until("the work to end", "return !document.querySelector('.work')").await;
    }

    /// Opens batch files, and waits until it is told what became of them.
    pub async fn open_batches(&self, files: &[Pickable]) {
        self.page("batches").await;
        self.pick("Open files", files).await;
        self.browser.until_shown("main [role=status] .banner").await;
        self.until_done().await;
    }

    /// The account on the page of batches: each name with its number.
    pub async fn account(&self) -> Value {
        self.browser
            .until(
                "the account",
                "const tiles = [...document.querySelectorAll('.tile')];
                 return tiles.length ? Object.fromEntries(tiles.map((t) => [t.querySelector('dt').innerText, +t.querySelector('dd').innerText])) : null",
            )
            .await
    }

    /// Presses something that saves a file, and answers its text.
    pub async fn save(&self, button: &str, name: &str) -> String {
        let path = self.downloaded(name);
        let _ = std::fs::remove_file(&path);
        self.browser.click_text(button).await;
        self.saved(name).await
    }

    /// The text of a file that the page saves, as soon as it is whole.
    pub async fn saved(&self, name: &str) -> String {
        String::from_utf8(self.saved_bytes(name).await).expect("UTF-8")
    }

    /// The same, of a file that is no text.
    pub async fn saved_bytes(&self, name: &str) -> Vec<u8> {
        let path = self.downloaded(name);
        let began = Instant::now();
        while began.elapsed() < PATIENCE {
            let partial = path.with_file_name(format!("{name}.part"));
            if let Ok(bytes) = std::fs::read(&path)
                && !bytes.is_empty()
                && !partial.exists()
            {
                return bytes;
            }
            tokio::time::sleep(Duration::from_millis(40)).await;
        }
        let there: Vec<_> = std::fs::read_dir(self.browser.profile().downloads())
            .map(|folder| folder.flatten().map(|entry| entry.file_name()).collect())
            .unwrap_or_default();
        panic!("{:?}: {name} was not saved; there is {there:?}", self.browser.engine);
    }

    pub fn downloaded(&self, name: &str) -> PathBuf {
        self.browser.profile().downloads().join(name)
    }

    /// Looks at what is shown now in both languages, on a phone and on a desk: axe-core finds nothing, nothing is wider
    /// than the screen.
    pub async fn look(&self, name: &str) {
        let browser = &self.browser;
        for language in ["other", "first"] {
            for (width, height) in [(360, 740), (1280, 800)] {
                browser.size(width, height).await;
                // A colour that is just changing is not one that people read.
                browser.eval("await Promise.allSettled(document.getAnimations().map((a) => a.finished))").await;
                browser.expect_fits(name, width).await;
                browser.expect_accessible(&format!("{name} ({language} language, {width} px)")).await;
            }
            browser.eval("document.querySelector('header [lang]').click()").await;
        }
    }
}

pub fn file(name: &str, bytes: impl Into<Vec<u8>>) -> Pickable {
    (name.to_owned(), bytes.into())
}

/// An empty roster of this plan, signed by the program.
pub fn new_roster(office: &Office, plan: &str) -> String {
    use super::office::{expect_done, program};
    use std::ffi::OsStr;
    let (file, roster, keys) = (office.plan_file(plan), office.folder().join("new.minping-roster"), office.keys());
    let mut words: Vec<&OsStr> = vec!["roster".as_ref(), "new".as_ref(), "--plan".as_ref(), file.as_ref()];
    words.extend(["--keys".as_ref(), keys.as_os_str(), "--roster".as_ref(), roster.as_os_str()]);
    expect_done(&program(words));
    std::fs::read_to_string(roster).expect("the roster")
}
