//! The app on a web server, reached through a network that can fail.

use super::Network;
use axum::Router;
use std::fs;
use std::path::{Path, PathBuf};
use tempfile::TempDir;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;
use tower_http::services::ServeDir;

/// A web server that knows nothing of the app: it hands out a folder. The folder is the test's own copy of `dist/`, and
/// may be changed to be a later or a broken release.
pub struct Site {
    folder: TempDir,
    pub network: Network,
    server: JoinHandle<()>,
}

impl Site {
    pub async fn open() -> Self {
        let folder = tempfile::Builder::new().prefix("minping-site-").tempdir().expect("a folder for the site");
        copy(&built_app(), folder.path());
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = listener.local_addr().expect("the port of a bound socket");
        let router = Router::new().fallback_service(ServeDir::new(folder.path()));
        let server = tokio::spawn(async move {
            axum::serve(listener, router).await.expect("the server runs");
        });
        Self { folder, network: Network::open(address).await, server }
    }

    /// Address of a page, such as `index.html#/`.
    pub fn url(&self, page: &str) -> String {
        format!("http://{}/{page}", self.network.address)
    }

    /// The folder that is served.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Makes the folder the next release of the same app: every listed file keeps its name, one gets other bytes, and
    /// the service worker gets another version. Answers the text by which its page can be told.
    pub fn release_next(&self) -> &'static str {
        let page = self.folder().join("index.html");
        let before = fs::read(&page).expect("the built page");
        let text = String::from_utf8_lossy(&before).replace("<body>", "<body data-release=\"next\">");
        fs::write(&page, &text).expect("the page is written");
        self.relist("index.html", &sha256(&before), &sha256(text.as_bytes()));
        "next"
    }

    /// Makes a release that lists a file which is not there.
    pub fn release_broken(&self, fault: Fault) {
        self.release_next();
        let style = fs::read_dir(self.folder().join("assets"))
            .expect("the built files")
            .flatten()
            .find(|entry| {
                let name = entry.file_name().to_string_lossy().into_owned();
                name.starts_with("answer-") && name.ends_with(".css")
            })
            .expect("the app has a style sheet")
            .path();
        let name = style.file_name().expect("a file's name").to_string_lossy().into_owned();
        let before = fs::read(&style).expect("the style sheet");
        let other = name.replacen("answer-", "answer-0", 1);
        let worker = self.folder().join("sw.js");
        let text = fs::read_to_string(&worker).expect("the service worker");
        // The next release lists a file under a name of its own, as every changed file has.
        fs::write(&worker, text.replace(&name, &other)).expect("the service worker is written");
        match fault {
            Fault::Missing => {}
            Fault::WrongBytes => {
                fs::write(style.with_file_name(&other), b"<html>not found</html>").expect("a wrong file")
            }
            Fault::CutShort => {
                fs::write(style.with_file_name(&other), &before[..before.len() / 2]).expect("a file cut short");
            }
        }
    }

    fn relist(&self, path: &str, before: &str, after: &str) {
        let worker = self.folder().join("sw.js");
        let text = fs::read_to_string(&worker).expect("the service worker");
        assert!(text.contains(before), "sw.js does not list {path} with its digest");
        let text = text.replace(before, after).replacen("\"version\":\"", "\"version\":\"next-", 1);
        fs::write(&worker, text).expect("the service worker is written");
    }
}

impl Drop for Site {
    fn drop(&mut self) {
        self.server.abort();
    }
}

/// What is wrong with one file of a release.
#[derive(Clone, Copy, Debug)]
pub enum Fault {
    Missing,
    WrongBytes,
    CutShort,
}

/// The app as scripts/build.mjs left it.
pub fn built_app() -> PathBuf {
    let folder = std::env::var_os("MINPING_DIST").map(PathBuf::from).unwrap_or_else(|| root().join("dist"));
    assert!(folder.join("sw.js").is_file(), "{} is not built: run node scripts/build.mjs", folder.display());
    folder
}

/// The list of plans beside an app.
pub fn index(app: &Path) -> serde_json::Value {
    let path = app.join("plans/index.json");
    let text = fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    serde_json::from_slice(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

pub fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder");
    for entry in fs::read_dir(from).expect("a folder to copy").flatten() {
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).expect("a copy of a file");
        }
    }
}

fn sha256(bytes: &[u8]) -> String {
    use base64ct::Encoding;
    let digest = aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, bytes);
    base64ct::Base64UrlUnpadded::encode_string(digest.as_ref())
}
