//! `minping draw` and `minping plan diff`, as an office runs them.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

fn minping(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_minping"))
        .args(arguments)
        .current_dir(folder)
        .env("LC_ALL", "C.UTF-8")
        .output()
        .expect("the program runs")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("UTF-8")
}

/// 90 households in two districts and nine villages.
fn frame(folder: &Path) {
    let rows = (0..90).map(|at| {
        let district = if at < 60 { "East" } else { "West" };
        format!("h{at:02},{district},v{},{}\n", at / 10, 1 + at % 5)
    });
    fs::write(
        folder.join("frame.csv"),
        format!("\u{feff}household,district,village,people\n{}", rows.collect::<String>()),
    )
    .unwrap();
}

#[test]
fn a_sample_is_drawn_again_from_its_seed_and_the_record_of_the_draw_says_how() {
    let folder = tempfile::tempdir().unwrap();
    frame(folder.path());
    let words = ["draw", "frame.csv", "--method=stratified", "--strata=district", "--size=30", "--seed=20260601"];
    let first = minping(folder.path(), &words);
    assert_eq!(first.status.code(), Some(0), "{}", text(&first.stderr));
    assert_eq!(text(&first.stdout), text(&minping(folder.path(), &words).stdout));
    let mut reader = csv::Reader::from_reader(first.stdout.as_slice());
    let head = reader.headers().unwrap().clone();
    assert_eq!(
        head.iter().skip(4).collect::<Vec<_>>(),
        ["draw_method", "draw_seed", "draw_probability", "draw_weight"]
    );
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    let east = rows.iter().filter(|row| &row[1] == "East").count();
    assert_eq!((rows.len(), east), (30, 20));
    let weights: f64 = rows.iter().map(|row| row[7].parse::<f64>().unwrap()).sum();
    assert!((weights - 90.0).abs() < 1e-9, "the weights add up to the frame: {weights}");
    assert!(rows.iter().all(|row| &row[5] == "20260601"));

    let mut with = words.to_vec();
    with.extend(["--out=sample.csv", "--protocol=draw.json"]);
    assert_eq!(minping(folder.path(), &with).status.code(), Some(0));
    let kept = fs::read_to_string(folder.path().join("sample.csv")).unwrap();
    assert_eq!(kept.trim_start_matches('\u{feff}'), text(&first.stdout));
    let record: serde_json::Value =
        serde_json::from_str(&fs::read_to_string(folder.path().join("draw.json")).unwrap()).unwrap();
    assert_eq!(
        (record["v"].as_u64(), record["seed"].as_u64(), record["drawn"].as_u64()),
        (Some(1), Some(20_260_601), Some(30))
    );
    assert_eq!(record["strata"][0]["stratum"], "East");
    assert_eq!(record["frame"]["sha256"].as_str().map(str::len), Some(64));
    let again = minping(folder.path(), &with);
    assert_eq!(again.status.code(), Some(3), "a file that is there is not overwritten");
}

#[test]
fn villages_are_drawn_by_size_and_as_many_households_in_each() {
    let folder = tempfile::tempdir().unwrap();
    frame(folder.path());
    let words = ["draw", "frame.csv", "--method=pps", "--cluster=village", "--size=4", "--per-cluster=5", "--seed=1"];
    let drawn = minping(folder.path(), &words);
    assert_eq!(drawn.status.code(), Some(0), "{}", text(&drawn.stderr));
    let mut reader = csv::Reader::from_reader(drawn.stdout.as_slice());
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    let villages: std::collections::BTreeSet<&str> = rows.iter().map(|row| &row[2]).collect();
    assert_eq!((rows.len(), villages.len()), (20, 4));
    // Villages of 10: 4/9 · 5/10, the same for everybody.
    assert!(rows.iter().all(|row| (row[6].parse::<f64>().unwrap() - 2.0 / 9.0).abs() < 1e-15 && &row[7] == "4.5"));
}

#[test]
fn a_draw_that_cannot_be_made_says_what_to_do_in_both_languages() {
    let folder = tempfile::tempdir().unwrap();
    frame(folder.path());
    let refused = minping(folder.path(), &["draw", "frame.csv", "--size=91"]);
    assert_eq!(refused.status.code(), Some(1));
    assert!(text(&refused.stderr).contains("has 90 units that can be drawn, and 91 are wanted: ask for fewer"));
    let chinese = minping(folder.path(), &["--lang=zh", "draw", "frame.csv", "--size=5", "--strata=县"]);
    assert!(text(&chinese.stderr).contains("抽样框没有列 `县`：请核对第一行的列名"), "{}", text(&chinese.stderr));
    assert_eq!(minping(folder.path(), &["draw", "frame.csv"]).status.code(), Some(2));
}

#[test]
fn the_difference_of_two_plans_is_told_in_words_and_as_a_table() {
    let folder = tempfile::tempdir().unwrap();
    let plan = Path::new(env!("CARGO_MANIFEST_DIR")).join("plans/county-transport.json");
    let old = fs::read_to_string(plan).unwrap();
    fs::write(folder.path().join("old.json"), &old).unwrap();
    let new =
        minping::design::Edit::put("/privacy/anonymous", minping::design::Value::Flag(false)).apply(&old).unwrap();
    let new = minping::design::Edit::Remove { list: "/units".into(), index: 0 }.apply(&new).unwrap();
    fs::write(folder.path().join("new.json"), new).unwrap();
    let told = minping(folder.path(), &["--lang=zh", "plan", "diff", "old.json", "new.json"]);
    assert_eq!(told.status.code(), Some(0));
    let lines = text(&told.stdout);
    assert!(lines.contains("测评对象：删去 “") && lines.lines().count() == 2, "{lines}");
    let json = minping(folder.path(), &["plan", "diff", "old.json", "new.json", "--format=json"]);
    let rows: serde_json::Value = serde_json::from_slice(&json.stdout).unwrap();
    let kinds: Vec<&str> = rows.as_array().unwrap().iter().map(|row| row["kind"].as_str().unwrap()).collect();
    assert!(kinds.contains(&"removed") && kinds.contains(&"changed"), "{kinds:?}");
    let same = minping(folder.path(), &["plan", "diff", "old.json", "old.json"]);
    assert_eq!(text(&same.stdout), "no difference\n");
    fs::write(folder.path().join("bad.json"), "{").unwrap();
    let bad = minping(folder.path(), &["plan", "diff", "old.json", "bad.json"]);
    assert_eq!(bad.status.code(), Some(1));
    assert!(text(&bad.stderr).contains("bad.json"));
}
