//! `minping plan check` and `minping plan schema`, as a clerk or a script runs them.

use std::path::PathBuf;
use std::process::{Command, Output};

fn minping(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_minping"))
        .args(arguments)
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .env("LC_ALL", "C.UTF-8")
        .output()
        .unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

const BAD: &str = "tests/vectors/plan/bad/cycle.json";
const WARNED: &str = "tests/vectors/plan/bad/privacy.json";
const GOOD: &str = "plans/county-transport.json";

#[test]
fn a_good_plan_is_done_and_a_bad_one_is_refused() {
    let good = minping(&["plan", "check", GOOD]);
    assert_eq!(
        (good.status.code(), text(&good.stdout).as_str()),
        (
            Some(0),
            "plans/county-transport.json: no problems\n  questionnaire ballot: about 4 min to answer everything\n"
        )
    );
    let bad = minping(&["plan", "check", GOOD, BAD]);
    assert_eq!(bad.status.code(), Some(1));
    let shown = text(&bad.stdout);
    assert!(
        shown.contains("tests/vectors/plan/bad/cycle.json: 1 error, 1 warning\n  66:27 error cycle /questionnaires"),
        "{shown}"
    );
    assert!(shown.contains("used → why → used"), "{shown}");
}

/// Where standard error takes nothing any more, the exit code is what it would be.
#[test]
fn what_cannot_be_said_any_more_is_no_failure_of_its_own() {
    let full = std::fs::File::options().write(true).open("/dev/full").unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_minping"));
    let status =
        command.args(["plan", "check", "nowhere.json"]).stderr(full).stdout(std::process::Stdio::null()).status();
    assert_eq!(status.unwrap().code(), minping(&["plan", "check", "nowhere.json"]).status.code());
}

#[test]
fn warnings_alone_do_not_refuse_a_plan() {
    let output = minping(&["plan", "check", WARNED]);
    assert_eq!(output.status.code(), Some(0));
    assert!(text(&output.stdout).contains("2 warnings"));
}

#[test]
fn leading_questions_are_named_with_a_better_example_and_the_rules_can_be_read() {
    let output = minping(&["plan", "check", "--lang", "zh", "tests/vectors/plan/bad/wording.json"]);
    assert_eq!(output.status.code(), Some(0), "wording is a matter of judgement: the plan can be run");
    let shown = text(&output.stdout);
    assert!(shown.contains("77:36 提醒 leading-wording") && shown.contains("“难道”已经把答案说出来了"), "{shown}");
    assert!(shown.contains("问卷 q: 全部答完约 13 分钟"), "{shown}");
    let rules = minping(&["plan", "rules", "--format", "json"]);
    let rules: serde_json::Value = serde_json::from_slice(&rules.stdout).unwrap();
    let rule = rules.as_array().unwrap().iter().find(|rule| rule["rule"] == "zh-rhetorical").unwrap();
    assert!(rule["phrases"].as_str().unwrap().contains("难道") && !rule["good"].as_str().unwrap().is_empty());
}

#[test]
fn problems_are_data_for_scripts() {
    let output = minping(&["plan", "check", "--format", "json", GOOD, BAD, WARNED]);
    let problems: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(problems.as_array().unwrap().len(), 4);
    let first = &problems[0];
    assert_eq!(
        (first["file"].as_str(), first["line"].as_u64(), first["column"].as_u64()),
        (Some(BAD), Some(66), Some(27))
    );
    assert_eq!((first["severity"].as_str(), first["code"].as_str()), (Some("error"), Some("cycle")));
    let csv = text(&minping(&["plan", "check", "--format", "csv", BAD]).stdout);
    assert!(csv.starts_with("\u{feff}file,line,column,severity,code,path,found,advice\n"), "{csv}");
}

#[test]
fn problems_are_told_in_chinese_too() {
    let output = minping(&["plan", "check", "--lang", "zh", BAD]);
    let shown = text(&output.stdout);
    assert!(shown.contains("1 处错误,1 处提醒") && shown.contains("请在其中一处断开"), "{shown}");
}

#[test]
fn a_file_that_cannot_be_read_is_trouble_and_the_others_are_still_checked() {
    let output = minping(&["plan", "check", "no/such/plan.json", BAD]);
    assert_eq!(output.status.code(), Some(3));
    assert!(text(&output.stderr).contains("no/such/plan.json: cannot read this file"));
    assert!(text(&output.stdout).contains("1 error"));
}

#[test]
fn a_file_in_another_encoding_is_refused_with_what_to_do() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("gbk.json");
    std::fs::write(&path, b"{\"title\": \"\xc8\xba\xd6\xda\"}").unwrap();
    let output = minping(&["plan", "check", path.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(1));
    assert!(text(&output.stderr).contains("save it as UTF-8"));
}

#[test]
fn arguments_that_make_no_command_are_a_usage_error() {
    assert_eq!(minping(&["plan", "check"]).status.code(), Some(2));
    assert_eq!(minping(&["plan", "check", "--format", "xml", GOOD]).status.code(), Some(2));
}

#[test]
fn what_a_plan_says_reaches_the_terminal_only_as_text() {
    let folder = tempfile::tempdir().unwrap();
    let path: PathBuf = folder.path().join("plan.json");
    let plan = std::fs::read_to_string(GOOD).unwrap().replace("\"id\": \"county-transport\"", "\"id\": \"\\u001b[2J\"");
    std::fs::write(&path, plan).unwrap();
    let output = minping(&["plan", "check", path.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(1));
    assert!(!text(&output.stdout).contains('\u{1b}'));
}

#[test]
fn the_schema_is_printed() {
    let output = minping(&["plan", "schema"]);
    let file = std::fs::read_to_string(PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("schema/plan-1.json")).unwrap();
    assert_eq!((output.status.code(), text(&output.stdout)), (Some(0), file));
}

#[test]
fn questions_of_two_versions_are_mapped_and_nothing_is_pooled() {
    let folder = tempfile::tempdir().unwrap();
    let next = folder.path().join("next.json");
    let mut plan: serde_json::Value = serde_json::from_str(&std::fs::read_to_string(GOOD).unwrap()).unwrap();
    let items = &mut plan["questionnaires"][0]["items"][0]["items"];
    items[0]["label"]["en"] = "Serving people".into();
    items[1]["indicator"] = items[2]["indicator"].clone();
    items[7]["name"] = "probity".into();
    std::fs::write(&next, plan.to_string()).unwrap();
    let next = next.to_str().unwrap();
    let shown = minping(&["plan", "map", GOOD, next, "--format", "json"]);
    let rows: Vec<serde_json::Value> = serde_json::from_slice(&shown.stdout).unwrap();
    let how = |name: &str| rows.iter().find(|row| row["name"] == name).unwrap()["how"].as_str().unwrap();
    let found: Vec<&str> =
        ["overall", "lawful", "conduct", "integrity", "probity", "suggestions"].into_iter().map(how).collect();
    assert_eq!(found, ["reworded", "asks_else", "same", "gone", "added", "same"]);
    assert!(text(&minping(&["plan", "map", GOOD, next]).stdout).starts_with("Nothing is pooled"));
    let bad = minping(&["plan", "map", GOOD, "Cargo.toml"]);
    assert_eq!(bad.status.code(), Some(1));
    assert!(text(&bad.stderr).contains("Cargo.toml"), "{}", text(&bad.stderr));
}
