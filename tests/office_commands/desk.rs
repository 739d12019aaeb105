//! The desk that the tests type at.

use minping::batch::{Crypto, sign_card, thumbprint};
use minping::native::crypto::Native;
use minping::plan::{Plan, PlanIndex, load};
use pollster::block_on;
use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

pub const PASSPHRASE: &str = "四个 不相干的 词 horse battery";

/// An office's desk: a folder with a passphrase, and where asked for, keys and a built app.
pub struct Desk {
    pub folder: tempfile::TempDir,
}

impl Desk {
    pub fn new() -> Desk {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("passphrase"), [PASSPHRASE, "\n"].concat()).unwrap();
        fs::create_dir_all(folder.path().join("dist/plans")).unwrap();
        fs::write(folder.path().join("dist/index.html"), "<!doctype html>").unwrap();
        let plan = Path::new(env!("CARGO_MANIFEST_DIR")).join("plans/county-transport.json");
        fs::copy(plan, folder.path().join("plan.json")).unwrap();
        Desk { folder }
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn run(&self, arguments: &[&str]) -> Output {
        Command::new(env!("CARGO_BIN_EXE_minping"))
            .args(arguments)
            .env("LC_ALL", "C")
            .current_dir(self.folder.path())
            .env_remove("MINPING_PASSPHRASE")
            .stdin(Stdio::null())
            .output()
            .unwrap()
    }

    /// Runs, expects exit code 0, and returns what was printed.
    pub fn done(&self, arguments: &[&str]) -> String {
        let output = self.run(arguments);
        let errors = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(0), "{arguments:?}: {errors}");
        String::from_utf8(output.stdout).unwrap()
    }

    /// Runs, expects an exit code and words on standard error, and nothing on standard output.
    pub fn fails(&self, code: i32, words: &str, arguments: &[&str]) {
        let output = self.run(arguments);
        let errors = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(code), "{arguments:?}: {errors}");
        assert!(errors.contains(words), "{arguments:?}: {errors}");
        assert_eq!(String::from_utf8_lossy(&output.stdout), "", "{arguments:?}");
    }

    pub fn with_keys(self) -> Desk {
        self.done(&["keys", "new", "office.minping-keys", "--passphrase-file", "passphrase"]);
        self
    }

    pub const PUBLISH: &[&str] = &[
        "plan",
        "publish",
        "plan.json",
        "--keys",
        "office.minping-keys",
        "--passphrase-file",
        "passphrase",
        "--app",
        "dist",
    ];

    /// A desk with keys, a published plan (copied to `published.json`) and a roster.
    pub fn open() -> Desk {
        let desk = Desk::new().with_keys();
        desk.done(Self::PUBLISH);
        let file = desk.index().plans[0].file.clone();
        fs::copy(desk.path("dist").join(file), desk.path("published.json")).unwrap();
        desk.done(&[&["roster", "new"], ROSTER].concat());
        desk
    }

    pub fn index(&self) -> PlanIndex {
        PlanIndex::parse(&fs::read_to_string(self.path("dist/plans/index.json")).unwrap()).unwrap()
    }

    pub fn published(&self) -> Plan {
        load(&fs::read_to_string(self.path("published.json")).unwrap()).unwrap()
    }

    /// Makes the card of a fresh device; returns the device's thumbprint.
    pub fn card(&self, file: &str, name: &str) -> String {
        let (key, public) = block_on(Native.generate_sign(false)).unwrap();
        fs::write(self.path(file), block_on(sign_card(&Native, &key, &public, name)).unwrap()).unwrap();
        block_on(thumbprint(&Native, &public)).unwrap().0
    }

    pub fn roster(&self) -> Vec<Value> {
        let arguments =
            ["roster", "show", "--roster", "r.minping-roster", "--plan", "published.json", "--format", "json"];
        serde_json::from_str(&self.done(&arguments)).unwrap()
    }

    /// All files of the folder with their bytes: to see that nothing changed.
    pub fn files(&self) -> Vec<(PathBuf, Vec<u8>)> {
        fn walk(folder: &Path, out: &mut Vec<(PathBuf, Vec<u8>)>) {
            for entry in fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                match path.is_dir() {
                    true => walk(&path, out),
                    false => out.push((path.clone(), fs::read(&path).unwrap())),
                }
            }
        }
        let mut out = Vec::new();
        walk(self.folder.path(), &mut out);
        out.sort();
        out
    }
}

pub const ROSTER: &[&str] = &[
    "--roster",
    "r.minping-roster",
    "--plan",
    "published.json",
    "--keys",
    "office.minping-keys",
    "--passphrase-file",
    "passphrase",
];

pub const LINK: &[&str] = &[
    "link",
    "published.json",
    "--keys",
    "office.minping-keys",
    "--passphrase-file",
    "passphrase",
    "--base",
    "https://example.org/ask",
];

pub fn fingerprint_in(text: &str) -> String {
    let (_, rest) = text.split_once("fingerprint").expect("a fingerprint is printed");
    rest.lines().next().unwrap().split_once(": ").unwrap().1.to_owned()
}
