//! What README, guides and docs tell people to type: the program knows every word of it, and what the guides lead through
//! works in a fresh folder as it is written.
#![cfg(feature = "cli")]

use clap::error::ErrorKind;
use minping::native::cli::understand;
use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

const PASSPHRASE: &str = "four words of a test";

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn documents() -> Vec<PathBuf> {
    let mut found = vec!["README.md", "README.zh-CN.md", "FORMAT.md", "plans/README.md"];
    found.extend(["tests/browser/README.md", "tests/durability/README.md"]);
    let mut found: Vec<PathBuf> = found.into_iter().map(|name| root().join(name)).collect();
    for folder in ["docs", "docs/guides/zh", "docs/guides/en"] {
        let files = fs::read_dir(root().join(folder)).unwrap().map(|entry| entry.unwrap().path());
        found.extend(files.filter(|path| path.extension().is_some_and(|extension| extension == "md")));
    }
    found.sort();
    found
}

/// Lines of the blocks that are for a shell: continued lines in one, without remarks.
fn shell(text: &str) -> Vec<String> {
    let mut lines = Vec::new();
    let (mut inside, mut continued) = (false, false);
    for line in text.lines().map(str::trim) {
        if let Some(kind) = line.strip_prefix("```") {
            inside = !inside && kind == "sh";
            continue;
        }
        if !inside {
            continue;
        }
        let line = line.split(" #").next().unwrap().trim();
        let (line, more) = line.strip_suffix('\\').map_or((line, false), |line| (line.trim(), true));
        match continued {
            true => lines.last_mut().map(|last: &mut String| last.push_str(&[" ", line].concat())).unwrap(),
            false => lines.push(line.to_owned()),
        }
        continued = more;
    }
    lines.retain(|line| !line.is_empty() && !line.starts_with('#'));
    lines
}

/// `minping …` between single backticks.
fn spans(text: &str) -> Vec<String> {
    let outside: Vec<&str> = text.split("```").step_by(2).collect();
    let spans = outside.iter().flat_map(|part| part.split('`').skip(1).step_by(2));
    spans
        .filter(|span| span.starts_with("minping "))
        .map(|span| span.split_whitespace().collect::<Vec<_>>().join(" "))
        .collect()
}

/// Words of a line as a shell takes them apart, as far as the documents need it.
fn words(line: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut quoted = false;
    for letter in line.chars() {
        match letter {
            '"' => quoted = !quoted,
            // Around what may be left out.
            '[' | ']' => {}
            ' ' if !quoted => words.push(String::new()),
            _ => words.last_mut().unwrap().push(letter),
        }
    }
    words.retain(|word| !word.is_empty());
    words.truncate(words.iter().position(|word| [">", "|", ";", "&&"].contains(&word.as_str())).unwrap_or(words.len()));
    words
}

/// What stands for something else in a document, such as `…` or `$office`.
fn is_left_out(word: &str) -> bool {
    word.contains('…')
        || word.contains("...")
        || word.starts_with('[')
        || word.starts_with('<')
        || word.starts_with('$')
}

fn check(line: &str, whole: bool) -> Result<(), String> {
    let words = words(line);
    let told = words.iter().map(String::as_str).filter(|word| !is_left_out(word));
    let whole = whole && !words.iter().any(|word| is_left_out(word));
    match understand(told) {
        Ok(()) => Ok(()),
        Err(error) => match error.kind() {
            ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => Ok(()),
            ErrorKind::MissingRequiredArgument
            | ErrorKind::MissingSubcommand
            | ErrorKind::InvalidSubcommand
            | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand
            | ErrorKind::TooFewValues
            | ErrorKind::WrongNumberOfValues
                if !whole && error.kind() != ErrorKind::InvalidSubcommand =>
            {
                Ok(())
            }
            // A value that stands for one: `--units FILE`, `--at DAY`.
            ErrorKind::ValueValidation | ErrorKind::InvalidValue if !whole || line.contains(char::is_uppercase) => {
                Ok(())
            }
            _ => Err(format!("{line}\n    {}", error.to_string().lines().next().unwrap_or_default())),
        },
    }
}

#[test]
fn the_program_knows_every_command_and_option_that_is_written_down() {
    let mut wrong = Vec::new();
    let mut found = 0;
    for path in documents() {
        let text = fs::read_to_string(&path).unwrap();
        let name = path.strip_prefix(root()).unwrap().display();
        let typed = shell(&text).into_iter().filter(|line| line.starts_with("minping ")).map(|line| (line, true));
        for (line, whole) in typed.chain(spans(&text).into_iter().map(|span| (span, false))) {
            found += 1;
            if let Err(why) = check(&line, whole) {
                wrong.push(format!("{name}: {why}"));
            }
        }
    }
    assert!(found > 150, "only {found} commands were found");
    assert!(wrong.is_empty(), "{} of {found}:\n{}", wrong.len(), wrong.join("\n"));
}

/// A folder in which a reader types what is written.
struct Reader {
    folder: tempfile::TempDir,
}

impl Reader {
    fn new() -> Reader {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        fs::create_dir_all(at("dist")).unwrap();
        fs::write(at("dist/index.html"), "<!doctype html>app").unwrap();
        fs::create_dir(at("plans")).unwrap();
        for entry in fs::read_dir(root().join("plans")).unwrap() {
            let path = entry.unwrap().path();
            fs::copy(&path, at("plans").join(path.file_name().unwrap())).unwrap();
        }
        std::os::unix::fs::symlink(env!("CARGO_BIN_EXE_minping"), at("minping")).unwrap();
        Reader { folder }
    }

    fn command(&self, line: &str) -> Command {
        let mut command = Command::new("sh");
        let path = format!("{}:{}", self.folder.path().display(), std::env::var("PATH").unwrap_or_default());
        command.args(["-c", line]).current_dir(self.folder.path()).env("PATH", path);
        command.env("MINPING_PASSPHRASE", PASSPHRASE).env("LC_ALL", "C").stdin(Stdio::null());
        command
    }

    /// Types it. 1 is the program's way to tell of findings: a gap that the simulated round has.
    fn types(&self, line: &str) -> String {
        let output = self.command(line).output().unwrap();
        let said = [output.stdout.as_slice(), output.stderr.as_slice()].map(String::from_utf8_lossy).concat();
        assert!(matches!(output.status.code(), Some(0 | 1)), "{line}\n{said}");
        said
    }

    fn block(&self, document: &str, has: &str) -> Vec<String> {
        let text = fs::read_to_string(root().join(document)).unwrap();
        let lines: Vec<String> = shell(&text).into_iter().filter(|line| line.contains(has)).collect();
        assert!(!lines.is_empty(), "{document} has nothing with {has}");
        lines
    }

    /// The round of docs/simulate.md, as it is written there.
    fn simulated() -> Reader {
        let reader = Reader::new();
        for line in reader.block("docs/simulate.md", "minping") {
            reader.types(&line.replace("--records 500", "--records 60"));
        }
        reader
    }
}

#[test]
fn an_auditor_checks_a_round_by_the_guide() {
    for language in ["en", "zh"] {
        let reader = Reader::simulated();
        let names = [
            ("BATCHES", "round/batches"),
            ("PLAN.json", "round/plan.json"),
            ("ROSTER", "round/devices.minping-roster"),
            ("--decisions DECISIONS", ""),
            ("KEYS", "simulation.minping-keys"),
        ];
        let guide = format!("docs/guides/{language}/auditor.md");
        for line in reader.block(&guide, "minping ") {
            let line = names.iter().fold(line, |line, (name, value)| line.replace(name, value));
            reader.types(&line);
        }
        assert!(reader.folder.path().join("checked/ledger.json").is_file());
        let records = fs::read_to_string(reader.folder.path().join("records.csv")).unwrap();
        assert!(records.lines().count() > 30, "{records}");
    }
}

#[test]
fn exports_are_made_as_they_are_written_down() {
    let reader = Reader::simulated();
    let block = reader.block("docs/exports.md", "");
    let office = block.iter().find(|line| line.starts_with("office=")).expect("the office's files");
    let office = [
        ("in --plan", "round/batches --plan"),
        ("plan.json", "round/plan.json"),
        ("office.minping-keys", "simulation.minping-keys"),
        ("devices.minping-roster", "round/devices.minping-roster"),
    ]
    .iter()
    .fold(office.clone(), |line, (name, value)| line.replace(name, value));
    let unit = {
        let plan: serde_json::Value =
            serde_json::from_str(&fs::read_to_string(reader.folder.path().join("round/plan.json")).unwrap()).unwrap();
        plan["units"][0]["id"].as_str().unwrap().to_owned()
    };
    for line in block.iter().filter(|line| line.starts_with("minping ")) {
        reader.types(&[&office, "; ", &line.replace("district-3", &unit)].concat());
    }
    for name in [
        "round.xlsx",
        "public.xlsx",
        "data/grades.csv",
        "lake/grades",
        "records.sav",
        "study.xml",
        "published.json",
        "one.html",
        "public.html",
    ] {
        assert!(reader.folder.path().join(name).exists(), "{name}");
    }
}

#[test]
fn an_administrator_sets_up_a_receiver_by_the_guide() {
    for language in ["en", "zh"] {
        let reader = Reader::new();
        let lines = reader.block(&format!("docs/guides/{language}/administrator.md"), "minping ");
        let (serve, before) = lines.split_last().unwrap();
        let mut key = String::new();
        for line in before {
            let said = reader.types(&line.replace("--receiver-key KEY", &format!("--receiver-key '{}'", key.trim())));
            if line.contains("--show-key") {
                key = said;
            }
        }
        assert!(serve.starts_with("minping serve"), "{serve}");
        let mut child = reader
            .command(&["exec ", serve, " --bind 127.0.0.1:0"].concat())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut first = String::new();
        BufReader::new(child.stdout.as_mut().unwrap()).read_line(&mut first).unwrap();
        let stopped = Command::new("kill").args(["-TERM", &child.id().to_string()]).status().unwrap();
        assert!(stopped.success() && child.wait().unwrap().success());
        assert!(first.contains("http://127.0.0.1:"), "{first}");
        assert!(reader.folder.path().join("dist/plans/index.json").is_file());
    }
}
