//! Dependencies point one way, and the core reads no clock, randomness or storage.

use std::path::{Path, PathBuf};

/// The rooms in the order of `src/lib.rs`: each may use those before it. The second part are the edges, which may use
/// the whole core.
const CORE: [&str; 29] = [
    "carry",
    "language",
    "named",
    "json",
    "decimal",
    "expression",
    "plan",
    "import",
    "session",
    "batch",
    "ledger",
    "tally",
    "estimate",
    "design",
    "scores",
    "quality",
    "rectification",
    "fieldwork",
    "suggestions",
    "hall",
    "store",
    "outbox",
    "course",
    "contact",
    "vault",
    "clearance",
    "report",
    "posters",
    "export",
];
const EDGES: [&str; 4] = ["native", "receiver", "browser", "ui"];

/// What only the edges may name. `std::fs` and the like in tests do not count.
const OUTSIDE: [&str; 12] = [
    "std::fs",
    "std::env",
    "std::net",
    "std::time",
    "std::thread",
    "std::process",
    "getrandom",
    "web_sys",
    "js_sys",
    "wasm_bindgen",
    "tokio",
    "aws_lc_rs",
];

/// The room's files, without those that hold only tests, and each without its test module.
fn sources(room: &str) -> Vec<(PathBuf, String)> {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut waiting = vec![src.join(format!("{room}.rs")), src.join(room)];
    let mut found = Vec::new();
    while let Some(path) = waiting.pop() {
        if path.is_dir() {
            waiting.extend(std::fs::read_dir(&path).unwrap().map(|entry| entry.unwrap().path()));
        } else if path.extension().is_some_and(|e| e == "rs") {
            let text = std::fs::read_to_string(&path).unwrap();
            // A test module inside the file comes last; it may need the native edge too (`all(test, …)`).
            let tests = ["#[cfg(test)]\nmod ", "#[cfg(all(test"].iter().filter_map(|mark| text.find(mark)).min();
            let code = text[..tests.unwrap_or(text.len())].to_owned();
            found.push((path, code));
        }
    }
    let tests: Vec<String> = found.iter().flat_map(|(path, _)| test_modules(path)).collect();
    found.retain(|(path, _)| !tests.iter().any(|test| path.with_extension("").starts_with(test)));
    assert!(!found.is_empty(), "room `{room}` has files");
    found
}

/// Files that a file names as its test modules.
fn test_modules(path: &Path) -> Vec<String> {
    let text = std::fs::read_to_string(path).unwrap();
    let folder = path.with_extension("");
    let mut lines = text.lines().peekable();
    let mut modules = Vec::new();
    while let Some(line) = lines.next() {
        if line.starts_with("#[cfg(")
            && line.contains("test")
            && let Some(name) =
                lines.peek().and_then(|next| next.trim_start_matches("pub(crate) ").strip_prefix("mod "))
        {
            modules.push(folder.join(name.trim_end_matches(';')).to_string_lossy().into_owned());
        }
    }
    modules
}

/// Rooms that a line of code names, by `crate::room` or inside `use crate::{…}`.
fn rooms_named(code: &str) -> Vec<&str> {
    let all = || CORE.into_iter().chain(EDGES);
    let mut named = Vec::new();
    for line in code.lines().map(str::trim).filter(|line| !line.starts_with("//")) {
        for room in all() {
            if line
                .split("crate::")
                .skip(1)
                .any(|rest| rest.split(|c: char| !c.is_alphanumeric() && c != '_').next() == Some(room))
            {
                named.push(room);
            }
        }
        assert!(!line.starts_with("use crate::{"), "one room for each `use`, so that this test can read it: {line}");
    }
    named
}

#[test]
fn a_use_of_a_room_is_seen() {
    assert_eq!(rooms_named("    use crate::tally::Tally;\n// crate::ui\nlet x: crate::plan::Plan;"), ["tally", "plan"]);
}

#[test]
fn each_room_uses_only_rooms_before_it() {
    for (i, room) in CORE.iter().enumerate() {
        for (path, code) in sources(room) {
            for named in rooms_named(&code) {
                let allowed = CORE[..=i].contains(&named);
                assert!(allowed, "{}: `{room}` must not use `{named}`", path.display());
            }
        }
    }
}

#[test]
fn the_core_reads_no_clock_no_randomness_and_no_storage() {
    for room in CORE {
        for (path, code) in sources(room) {
            for line in code.lines().filter(|line| !line.trim_start().starts_with("//")) {
                for outside in OUTSIDE {
                    assert!(!line.contains(outside), "{}: {line}", path.display());
                }
            }
        }
    }
}

#[test]
fn the_two_edges_do_not_know_each_other() {
    for (rooms, others) in [(["native", "receiver"], ["browser", "ui"]), (["browser", "ui"], ["native", "receiver"])] {
        for (path, code) in rooms.iter().flat_map(|room| sources(room)) {
            assert!(!rooms_named(&code).iter().any(|named| others.contains(named)), "{}", path.display());
        }
    }
}
