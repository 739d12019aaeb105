//! Data that leaves the office, opened by the programs that it is for: pandas, DuckDB, Arrow, openpyxl and ReadStat read what
//! `minping export` wrote, and their values and counts are those of the records and of `minping tally`.
#![cfg(feature = "cli")]

mod kinds;
mod numbers;
mod published;

use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

const ROOT: &str = env!("CARGO_MANIFEST_DIR");
const PASSPHRASE: &str = "four unrelated words";

/// A folder with an office's files.
struct Office {
    folder: tempfile::TempDir,
    /// What every command needs to count its batches.
    intake: Vec<&'static str>,
}

impl Office {
    /// An office with a simulated round of a plan.
    fn with_round(plan: &Path, more: &[&str]) -> Office {
        let intake = vec![
            "round/batches",
            "--plan",
            "round/plan.json",
            "--keys",
            "office.minping-keys",
            "--roster",
            "round/devices.minping-roster",
        ];
        let office = Office { folder: tempfile::tempdir().unwrap(), intake };
        office.done(&["keys", "new", "office.minping-keys"]);
        let plan = plan.to_str().unwrap();
        office.done(&[&["simulate", "round", plan, "--keys", "office.minping-keys", "--out", "round"], more].concat());
        office
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn run(&self, words: &[&str]) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_minping"));
        // What is said last of the language would be an error, not a choice.
        let lang = if words.first() == Some(&"--lang") { &[][..] } else { &["--lang", "en"] };
        command.args(lang).args(words).current_dir(self.folder.path());
        command.env("MINPING_PASSPHRASE", PASSPHRASE).output().unwrap()
    }

    fn done(&self, words: &[&str]) -> String {
        let output = self.run(words);
        let (out, errors) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
        assert_eq!(output.status.code(), Some(0), "{words:?}: {out}{errors}");
        out.into_owned()
    }

    /// A command that takes the batches in.
    fn over(&self, command: &str, more: &[&str]) -> String {
        self.done(&[&[command], &self.intake[..], more].concat())
    }

    fn refused(&self, more: &[&str], code: i32, words: &str) {
        let output = self.run(&[&["export"], &self.intake[..], more].concat());
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.code() == Some(code) && said.contains(words), "{:?} {said}", output.status);
    }

    fn export(&self, format: &str, out: &str, more: &[&str]) -> PathBuf {
        self.over("export", &[&["--format", format, "--out", out], more].concat());
        self.path(out)
    }

    fn tally(&self, more: &[&str]) -> Vec<Value> {
        serde_json::from_str(&self.over("tally", &[&["--format", "json"], more].concat())).unwrap()
    }
}

fn ready(name: &str) -> PathBuf {
    Path::new(ROOT).join("plans").join(name)
}

/// What another program finds in a file: see `read.py`.
fn found(what: &[&str], path: &Path) -> Value {
    let tools = Command::new("bash").args(["scripts/toolchain", "--path"]).current_dir(ROOT).output().unwrap();
    let tools = String::from_utf8(tools.stdout).unwrap();
    let python = tools.trim().split(':').map(|folder| Path::new(folder).join("readers-python")).find(|x| x.is_file());
    let python = python.expect("the readers are missing: run `scripts/toolchain --tests`, then again");
    let script = Path::new(ROOT).join("tests/exports/read.py");
    let output = Command::new(python).arg(script).args(what).arg(path).output().unwrap();
    assert!(output.status.success(), "{what:?} {}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

/// Rows: column to value and reason.
fn rows(format: &str, path: &Path) -> Vec<serde_json::Map<String, Value>> {
    let Value::Array(rows) = found(&["rows", format], path) else { panic!("no rows") };
    rows.into_iter().map(|row| row.as_object().unwrap().clone()).collect()
}

fn plan_with(change: impl FnOnce(&mut Value), text: &str, folder: &Path) -> PathBuf {
    let mut plan: Value = serde_json::from_str(text).unwrap();
    change(&mut plan);
    let path = folder.join("plan-in.json");
    fs::write(&path, plan.to_string()).unwrap();
    path
}
