//! `minping plan steps`, as an office runs it: what is to be done besides asking, and when.
#![cfg(feature = "cli")]

use serde_json::Value;
use std::path::Path;
use std::process::{Command, Output};

const STEPS: &str = "tests/vectors/plan/good/work-steps.json";

fn minping(language: &str, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_minping"));
    command.args(["--lang", language]).args(arguments).current_dir(env!("CARGO_MANIFEST_DIR")).output().unwrap()
}

fn run(arguments: &[&str]) -> Output {
    minping("en", arguments)
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

fn rows(arguments: &[&str]) -> Vec<Value> {
    let output = run(&[&["plan", "steps", STEPS, "--format", "json"], arguments].concat());
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

fn named(rows: &[Value]) -> Vec<(&str, &str)> {
    rows.iter().map(|row| (row["step"].as_str().unwrap(), row["when"].as_str().unwrap())).collect()
}

#[test]
fn steps_are_listed_by_their_days_and_marked_for_the_day_that_is_named() {
    let all = rows(&["--on", "2026-05-21"]);
    let expected = [
        ("launch", "over"),
        ("training", "due"),
        ("hotline", "ahead"),
        ("feedback", "ahead"),
        ("training", "unknown"),
        ("feedback", "unknown"),
        ("closing", "unknown"),
    ];
    assert_eq!(named(&all), expected);
    assert_eq!((all[1]["from"].as_str(), all[1]["to"].as_str()), (Some("2026-05-18"), Some("2026-05-22")));
    assert_eq!((all[1]["round"].as_str(), all[1]["owner"].as_str()), (Some("june"), Some("Evaluation office")));
    assert_eq!((all[1]["produces"].as_str(), &all[2]["produces"]), (Some("Attendance list"), &Value::Null));
    assert_eq!(all[4]["from"], Value::Null, "a round without days gives none");
}

#[test]
fn what_is_due_and_one_round_can_be_listed_alone() {
    assert_eq!(named(&rows(&["--on", "2026-05-21", "--due"])), [("launch", "over"), ("training", "due")]);
    let june = rows(&["--on", "2026-07-15", "--round", "june"]);
    assert_eq!(named(&june), [("training", "over"), ("feedback", "due")]);
    let output = run(&["plan", "steps", STEPS, "--round", "july"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(text(&output.stderr).contains("no round `july`; choose one of june, november"));
    for day in ["2026-02-29", "2026-5-1", "today"] {
        let output = run(&["plan", "steps", STEPS, "--on", day]);
        assert_eq!(output.status.code(), Some(2), "{day}");
        assert!(text(&output.stderr).contains("a day is written as YYYY-MM-DD"), "{day}");
    }
}

#[test]
fn people_read_a_table_in_their_language() {
    let chinese = minping("zh", &["plan", "steps", STEPS, "--on", "2026-05-21"]);
    assert!(text(&chinese.stdout).contains("培训测评员") && text(&chinese.stderr).contains("正在进行 1 项"));
    let output = run(&["plan", "steps", STEPS, "--on", "2026-05-21"]);
    let shown = text(&output.stdout);
    assert!(shown.contains("▶ due") && shown.contains("Train the canvassers") && shown.contains("June"), "{shown}");
    assert!(text(&output.stderr).contains("2026-05-21: 1 due, 1 over, 2 ahead, 3 without a day"));
    let none = run(&["plan", "steps", "tests/vectors/plan/good/small.json"]);
    assert_eq!(none.status.code(), Some(0));
    assert!(text(&none.stderr).contains("has no work steps"));
}

/// Lines as they were before they were folded (RFC 5545 section 3.1).
fn unfolded(calendar: &str) -> Vec<String> {
    assert!(calendar.ends_with("\r\n") && !calendar.replace("\r\n", "").contains('\n'), "lines end with CRLF");
    assert!(calendar.split("\r\n").all(|line| line.len() <= 75), "no line is longer than 75 octets");
    calendar.replace("\r\n ", "").split("\r\n").map(str::to_owned).collect()
}

#[test]
fn a_calendar_program_gets_whole_days_with_reminders_and_the_same_names_each_time() {
    let calendar = |arguments: &[&str]| {
        let output = run(&[&["plan", "steps", STEPS, "--format", "ics", "--on", "2026-05-01"], arguments].concat());
        assert_eq!(output.status.code(), Some(0));
        unfolded(&text(&output.stdout))
    };
    let lines = calendar(&[]);
    let all = |start: &str| -> Vec<String> {
        lines.iter().filter(|line| line.starts_with(start)).map(|line| line.to_owned()).collect()
    };
    assert_eq!(lines[0], "BEGIN:VCALENDAR");
    assert_eq!(all("BEGIN:VEVENT").len(), 4, "steps without days are in no calendar");
    assert_eq!(
        all("UID:"),
        [
            "UID:town//launch@minping",
            "UID:town/june/training@minping",
            "UID:town//hotline@minping",
            "UID:town/june/feedback@minping"
        ]
    );
    assert_eq!(all("DTSTART;VALUE=DATE:")[1], "DTSTART;VALUE=DATE:20260518");
    assert_eq!(all("DTEND;VALUE=DATE:")[1], "DTEND;VALUE=DATE:20260523", "the end is the day after the last");
    // Two reminders where a step takes days, one where it takes a day.
    assert_eq!(all("BEGIN:VALARM").len(), 7);
    assert!(all("DESCRIPTION:").iter().any(|line| line.contains("Owner: Evaluation office\\nLeaves: Attendance list")));
    assert_eq!(lines, calendar(&[]), "the same file each time");
    assert_eq!(calendar(&["--due"]).iter().filter(|line| *line == "BEGIN:VEVENT").count(), 0);
}

#[test]
fn a_published_plan_holds_no_steps() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("dist")).unwrap();
    std::fs::write(folder.path().join("dist/index.html"), "<!doctype html>").unwrap();
    let plan = Path::new(env!("CARGO_MANIFEST_DIR")).join(STEPS);
    let office = |arguments: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_minping"));
        command.args(arguments).current_dir(folder.path()).env("MINPING_PASSPHRASE", "four unrelated words");
        let output = command.output().unwrap();
        assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    };
    office(&["keys", "new", "office.minping-keys"]);
    office(&["plan", "publish", plan.to_str().unwrap(), "--keys", "office.minping-keys", "--app", "dist"]);
    let published = std::fs::read_dir(folder.path().join("dist/plans")).unwrap().map(|entry| entry.unwrap().path());
    let published =
        { published }.find(|path| path.to_string_lossy().ends_with(".json") && !path.ends_with("index.json"));
    let published = std::fs::read_to_string(published.unwrap()).unwrap();
    assert!(published.contains("\"keys\"") && !published.contains("work_steps"));
}
