//! The office and its receiver: the real program, run as an office runs it.

use super::process::Process;
use super::site::{built_app, copy, root};
use super::{Network, site::index};
use serde_json::Value;
use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fs::{self, File};
use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{ChildStdout, Command, Output, Stdio};
use tempfile::TempDir;

const PASSPHRASE: &str = "four words of a test";

/// An office with keys, published plans, and `minping serve` behind a network that can fail.
pub struct Office {
    folder: TempDir,
    server: Process,
    // Held open: the receiver says more than its address, and ends when nobody can read it.
    _output: BufReader<ChildStdout>,
    pub network: Network,
}

impl Office {
    /// Makes keys, publishes these plans of `plans/` or of the tests' own folder, and starts the receiver with the app on one port.
    pub async fn open(plans: &[&str]) -> Self {
        let folder = tempfile::Builder::new().prefix("minping-office-").tempdir().expect("a folder for the office");
        copy(&built_app(), &folder.path().join("app"));
        let keys = folder.path().join("office.minping-keys");
        expect_done(&program(["keys", "new"].map(OsStr::new).into_iter().chain([keys.as_os_str()])));
        let data = folder.path().join("data");
        let shown = program([OsStr::new("serve"), OsStr::new("--show-key"), OsStr::new("--data"), data.as_os_str()]);
        let receipt_key = expect_done(&shown).trim().to_owned();
        for plan in plans {
            let source = folder.path().join(format!("{plan}.json"));
            fs::write(&source, never_ending(plan)).expect("the plan to publish");
            let app = folder.path().join("app");
            let words: [&OsStr; 10] = [
                "plan".as_ref(),
                "publish".as_ref(),
                source.as_ref(),
                "--keys".as_ref(),
                keys.as_ref(),
                "--receiver=api/".as_ref(),
                "--receiver-key".as_ref(),
                receipt_key.as_ref(),
                "--app".as_ref(),
                app.as_ref(),
            ];
            expect_done(&program(words));
        }
        let (server, _output, address) = serve(&folder.path().join("app"), &data, "127.0.0.1:0");
        Self { folder, server, _output, network: Network::open(address).await }
    }

    /// Address of a page, such as `office.html#/keys`.
    pub fn url(&self, page: &str) -> String {
        format!("http://{}/{page}", self.network.address)
    }

    /// The published plan of this id: its entry in `plans/index.json`.
    pub fn listed(&self, id: &str) -> Value {
        let all = index(&self.app());
        let found = all["plans"].as_array().into_iter().flatten().find(|plan| plan["id"] == id);
        found.unwrap_or_else(|| panic!("{id} is not published: {all:#}")).clone()
    }

    /// The published plan's file.
    pub fn plan_file(&self, id: &str) -> PathBuf {
        self.app().join(self.listed(id)["file"].as_str().expect("a path"))
    }

    /// A resident's link to this plan, with more words for `minping link`, such as `--group`.
    pub fn link(&self, id: &str, more: &[&str]) -> String {
        let (plan, keys) = (self.plan_file(id), self.keys());
        let base = self.url("");
        let words: Vec<&OsStr> = [
            OsStr::new("link"),
            plan.as_ref(),
            "--keys".as_ref(),
            keys.as_ref(),
            "--base".as_ref(),
            base.as_ref(),
            "--format=json".as_ref(),
        ]
        .into_iter()
        .chain(more.iter().map(OsStr::new))
        .collect();
        let shown = expect_done(&program(words));
        let links: Value = serde_json::from_str(&shown).unwrap_or_else(|error| panic!("{error}: {shown}"));
        let link = &links[0];
        let address = link
            .as_object()
            .and_then(|row| row.values().find_map(|value| value.as_str().filter(|v| v.contains("#/a/"))));
        address.unwrap_or_else(|| panic!("no link in {links:#}")).to_owned()
    }

    /// What `minping tally --format json` says of what the receiver holds, with more words such as `--by`.
    pub fn tally(&self, id: &str, more: &[&str]) -> Value {
        let (plan, keys, batches) = (self.plan_file(id), self.keys(), self.batches());
        let words: Vec<&OsStr> = [
            OsStr::new("tally"),
            batches.as_ref(),
            "--plan".as_ref(),
            plan.as_ref(),
            "--keys".as_ref(),
            keys.as_ref(),
            "--format=json".as_ref(),
        ]
        .into_iter()
        .chain(more.iter().map(OsStr::new))
        .collect();
        let output = program(words);
        let shown = expect_done(&output);
        serde_json::from_str(&shown).unwrap_or_else(|error| panic!("{error}: {shown}"))
    }

    /// The records that count, as `minping open --records` writes them.
    pub fn records(&self, id: &str) -> Value {
        let (plan, keys, batches, file) =
            (self.plan_file(id), self.keys(), self.batches(), self.folder.path().join("records.json"));
        let words: [&OsStr; 8] = [
            "open".as_ref(),
            batches.as_ref(),
            "--plan".as_ref(),
            plan.as_ref(),
            "--keys".as_ref(),
            keys.as_ref(),
            "--records".as_ref(),
            file.as_ref(),
        ];
        expect_done(&program(words));
        serde_json::from_str(&fs::read_to_string(file).expect("the records")).expect("JSON")
    }

    /// The same, with the attachments that `--attachments` writes, by name.
    pub fn records_and_files(&self, id: &str) -> (Value, BTreeMap<String, Vec<u8>>) {
        let (plan, keys, batches) = (self.plan_file(id), self.keys(), self.batches());
        let (file, folder) = (self.folder.path().join("all.json"), self.folder.path().join("attachments"));
        let words: [&OsStr; 10] = [
            "open".as_ref(),
            batches.as_ref(),
            "--plan".as_ref(),
            plan.as_ref(),
            "--keys".as_ref(),
            keys.as_ref(),
            "--records".as_ref(),
            file.as_ref(),
            "--attachments".as_ref(),
            folder.as_ref(),
        ];
        expect_done(&program(words));
        let records = serde_json::from_str(&fs::read_to_string(file).expect("the records")).expect("JSON");
        let files = fs::read_dir(folder).expect("the folder").flatten().map(|entry| {
            (entry.file_name().to_string_lossy().into_owned(), fs::read(entry.path()).expect("an attachment"))
        });
        (records, files.collect())
    }

    /// Names of the batches that the receiver holds.
    pub fn received(&self) -> Vec<String> {
        let Ok(folder) = fs::read_dir(self.batches()) else { return Vec::new() };
        let mut names: Vec<String> = folder
            .flatten()
            .map(|entry| entry.file_name().to_string_lossy().into_owned())
            .filter(|name| name.ends_with(".minping"))
            .collect();
        names.sort();
        names
    }

    /// Stops the receiver in good order.
    pub fn stop(&mut self) {
        assert!(self.server.end(), "the receiver ends well when it is asked to");
    }

    pub fn app(&self) -> PathBuf {
        self.folder.path().join("app")
    }

    pub fn batches(&self) -> PathBuf {
        self.folder.path().join("data/batches")
    }

    pub fn keys(&self) -> PathBuf {
        self.folder.path().join("office.minping-keys")
    }

    /// A place for files of the test.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    pub fn passphrase(&self) -> &'static str {
        PASSPHRASE
    }
}

/// A ready plan whose last round does not close, so that no test ends with it.
fn never_ending(plan: &str) -> String {
    let name = format!("{plan}.json");
    let ready = ["plans", "tests/browser/plans"].map(|folder| root().join(folder).join(&name));
    let ready = ready.into_iter().find(|path| path.is_file()).unwrap_or_else(|| panic!("no plan {name}"));
    let mut plan: Value = serde_json::from_str(&fs::read_to_string(ready).expect("a ready plan")).expect("JSON");
    if let Some(round) = plan["rounds"].as_array_mut().and_then(|rounds| rounds.last_mut()) {
        round.as_object_mut().expect("a round").remove("closes");
    }
    // A list as long as lists are, which nobody would keep in a file.
    // `get_mut`, since an index puts a null where there is nothing.
    let lists = plan.get_mut("choice_lists").and_then(Value::as_array_mut);
    for list in lists.into_iter().flatten().filter(|list| list["id"] == "villages") {
        let village = |at: usize| {
            let label = serde_json::json!({ "zh": format!("柳河镇{at}号村"), "en": format!("Village {at} of Liuhe") });
            serde_json::json!({ "name": format!("v{at:05}"), "label": label })
        };
        list["choices"] = (0..50_000).map(village).collect();
    }
    plan.to_string()
}

/// Runs the program to its end.
pub fn program<I, S>(words: I) -> Output
where
    I: IntoIterator<Item = S>,
    S: AsRef<OsStr>,
{
    Command::new(env!("CARGO_BIN_EXE_minping"))
        .arg("--lang=en")
        .args(words)
        .env("MINPING_PASSPHRASE", PASSPHRASE)
        .stdin(Stdio::null())
        .output()
        .expect("the program runs")
}

/// What it printed; fails when it did not end well.
pub fn expect_done(output: &Output) -> String {
    assert!(
        output.status.success(),
        "minping ended with {}:\n{}\n{}",
        output.status,
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    );
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// Starts the receiver and reads its address from its first line.
fn serve(app: &Path, data: &Path, bind: &str) -> (Process, BufReader<ChildStdout>, SocketAddr) {
    let log = File::create(data.with_extension("log")).expect("the receiver's log");
    let mut process = Process::start(
        Command::new(env!("CARGO_BIN_EXE_minping"))
            .args(["serve", "--rate", "0", "--bind", bind, "--app"])
            .arg(app)
            // Where `canvassing::enrol` puts it, later on.
            .arg("--roster")
            .arg(data.with_file_name("county.minping-roster"))
            .arg("--data")
            .arg(data)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(log),
    );
    let out = process.child().stdout.take().expect("its output is a pipe");
    let mut first = String::new();
    let mut output = BufReader::new(out);
    output.read_line(&mut first).expect("the receiver's first line");
    let address = first.trim().trim_start_matches("http://").trim_end_matches('/').parse();
    let address = address.unwrap_or_else(|error| {
        panic!(
            "the receiver does not say its address: {error}: {first}\n{}",
            fs::read_to_string(data.with_extension("log")).unwrap_or_default()
        )
    });
    (process, output, address)
}
