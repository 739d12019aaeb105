//! `minping estimate` against R's `survey`: tests/vectors/stats/make.R made the answers, this needs no R.
#![cfg(feature = "cli")]

use serde_json::Value;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/vectors/stats")
}

struct Ran {
    code: Option<i32>,
    out: String,
    err: String,
}

fn run(arguments: &[&str]) -> Ran {
    let output = Command::new(env!("CARGO_BIN_EXE_minping"))
        .arg("estimate")
        .args(arguments)
        .env("LC_ALL", "C")
        .current_dir(folder())
        .stdin(Stdio::null())
        .output()
        .unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    Ran { code: output.status.code(), out: text(output.stdout), err: text(output.stderr) }
}

fn rows(arguments: &[&str]) -> Vec<Value> {
    let ran = run(&[arguments, &["--format", "json"]].concat());
    assert_eq!(ran.code, Some(0), "{arguments:?}: {}", ran.err);
    serde_json::from_str(&ran.out).unwrap()
}

fn texts(value: &Value) -> Vec<String> {
    match value {
        Value::Array(list) => list.iter().map(|text| text.as_str().unwrap().to_owned()).collect(),
        Value::String(text) => vec![text.clone()],
        _ => Vec::new(),
    }
}

/// The row that a wanted estimate names.
fn found<'r>(rows: &'r [Value], want: &Value) -> Option<&'r Value> {
    let same = |row: &Value, key: &str, wanted: &Value| match wanted {
        Value::String(_) => row[key] == *wanted,
        _ => row[key].is_null(),
    };
    rows.iter().find(|row| {
        let by: Vec<String> = row
            .as_object()
            .unwrap()
            .iter()
            .filter(|(key, _)| key.starts_with("by:"))
            .flat_map(|(_, value)| texts(value))
            .collect();
        let minus = if texts(&want["before"]).is_empty() { texts(&want["against"]) } else { texts(&want["before"]) };
        row["kind"] == want["kind"]
            && row["of"] == want["of"]
            && same(row, "level", &want["level"])
            && same(row, "round", &want["round"])
            && by == texts(&want["by"])
            && texts(&row["minus"]) == minus
    })
}

#[test]
fn every_estimate_agrees_with_r_to_a_relative_1e_9() {
    let known: Value = serde_json::from_str(&std::fs::read_to_string(folder().join("known.json")).unwrap()).unwrap();
    let mut worst: BTreeMap<String, (f64, String)> = BTreeMap::new();
    let (mut checked, mut wrong) = (0, Vec::new());
    for case in known["cases"].as_array().unwrap() {
        let name = case["name"].as_str().unwrap();
        let mut arguments = vec![case["data"].as_str().unwrap().to_owned()];
        arguments.extend(texts(&case["args"]));
        let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
        let rows = rows(&arguments);
        for want in case["want"].as_array().unwrap() {
            let Some(row) = found(&rows, want) else {
                wrong.push(format!("{name}: no row {want}"));
                continue;
            };
            for (key, value) in want["values"].as_object().unwrap() {
                let column = if key == "est" { "estimate" } else { key };
                let what = format!("{name}: {} {} {key}", want["kind"], want["of"]);
                let (Some(value), Some(own)) = (value.as_f64(), row[column].as_f64()) else {
                    if !(value.as_f64().is_none() && row[column].is_null()) {
                        wrong.push(format!("{what}: {} instead of {value}", row[column]));
                    }
                    checked += 1;
                    continue;
                };
                // A covariance of 0 is rounding dust in R: it is held against the variances.
                let against = if key == "covariance" { row["se"].as_f64().unwrap().powi(2) } else { value.abs() };
                let difference = if own == value { 0.0 } else { (own - value).abs() / against };
                let group = format!("{} {key}", want["kind"].as_str().unwrap());
                let most = worst.entry(group).or_insert((0.0, String::new()));
                if difference > most.0 {
                    *most = (difference, what.clone());
                }
                checked += 1;
                if difference > 1e-9 {
                    wrong.push(format!("{what}: {own} instead of {value}, off by {difference:e}"));
                }
            }
        }
    }
    for (group, (difference, what)) in &worst {
        println!("{group:<24} {difference:9.1e}  {what}");
    }
    assert!(wrong.is_empty(), "{} of {checked}:\n{}", wrong.len(), wrong.join("\n"));
    assert!(checked > 1500, "{checked}");
}

/// A folder with tables of a test's own.
struct Desk(tempfile::TempDir);

impl Desk {
    fn new() -> Desk {
        Desk(tempfile::tempdir().unwrap())
    }

    fn file(&self, name: &str, content: impl AsRef<[u8]>) -> String {
        let path = self.0.path().join(name);
        std::fs::write(&path, content).unwrap();
        path.to_str().unwrap().to_owned()
    }
}

fn example(name: &str) -> Value {
    let path = folder().join("examples").join(name);
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

#[track_caller]
fn close(found: &Value, expected: &Value) {
    let (found, expected) = (found.as_f64().unwrap(), expected.as_f64().unwrap());
    let difference = ((found - expected) / expected).abs();
    assert!(difference < 1e-12, "{found} instead of {expected}, off by {difference:e}");
}

/// A CSV table of columns.
fn table(columns: &Value, names: &[&str]) -> String {
    let cell = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    let length = columns[names[0]].as_array().unwrap().len();
    let mut text = names.join(",");
    for row in 0..length {
        let cells: Vec<String> = names.iter().map(|name| cell(&columns[*name][row])).collect();
        text.push_str(&format!("\n{}", cells.join(",")));
    }
    text
}

#[test]
fn the_first_example_comes_out_from_counts() {
    let example = example("ex1-unit-score.json");
    let (input, expected) = (&example["input"], &example["expected"]);
    let mut text = "grade,n\n".to_owned();
    for (grade, count) in input["counts"].as_object().unwrap() {
        text.push_str(&format!("{},{count}\n", if grade == "blank" { "" } else { grade }));
    }
    let points: Vec<String> =
        input["points"].as_object().unwrap().iter().map(|(grade, points)| format!("{grade}:{points}")).collect();
    let (desk, score) = (Desk::new(), format!("grade={}", points.join(",")));
    let satisfied = texts(&input["satisfied"]).join("|");
    let data = desk.file("ballots.csv", text);
    let arguments = [
        &data,
        "--count",
        "n",
        "--mean",
        "grade",
        "--score",
        &score,
        "--satisfied",
        &satisfied,
        "--dont-know",
        "不了解",
    ];
    let found = rows(&arguments);
    let (score, rate) = (&found[0], &found[1]);
    assert_eq!(score["n"], expected["valid"]);
    close(&score["estimate"], &expected["score"]);
    for (key, name) in [
        ("var_pop", "var_population"),
        ("var_sample", "var_sample"),
        ("sd_pop", "sd_population"),
        ("sd_sample", "sd_sample"),
    ] {
        close(&score[name], &expected[key]);
    }
    close(&score["dont_know_share"], &expected["dont_know_share"]);
    assert_eq!((&score["missing"], &score["dont_know"]), (&1.into(), &4.into()));
    close(&rate["estimate"], &expected["rate"]);
    close(&rate["low"], &expected["rate_wilson_95"][0]);
    close(&rate["high"], &expected["rate_wilson_95"][1]);
    let shown = run(&arguments).out;
    assert!(shown.contains(" 87.33 ") && shown.contains(" 0.9000 ") && !shown.contains("variance"), "{shown}");
    let wide = run(&[&arguments[..], &["--wide"]].concat()).out;
    assert!(wide.contains("variance (n-1)") && wide.contains(" 475.40 "), "{wide}");
}

#[test]
fn the_second_example_comes_out_from_its_rows() {
    let example = example("ex2-strata-clusters.json");
    let desk = Desk::new();
    let data = desk.file("villages.csv", table(&example["input"]["columns"], &["stratum", "psu", "w", "grade"]));
    let found = rows(&[
        &data,
        "--strata",
        "stratum",
        "--cluster",
        "psu",
        "--weight",
        "w",
        "--dont-know",
        "0",
        "--mean",
        "grade",
        "--score",
        "grade=4:100,3:80,2:50,1:0",
        "--satisfied",
        "4|3",
    ]);
    let (score, rate, expected) = (&found[0], &found[1], &example["expected"]);
    for (key, name) in [("est", "estimate"), ("se", "se"), ("lo", "low"), ("hi", "high"), ("deff_wr", "deff")] {
        close(&score[name], &expected["score"][key]);
    }
    for (key, name) in [("est", "estimate"), ("se", "se"), ("n_eff", "n_eff")] {
        close(&rate[name], &expected["rate"][key]);
    }
    close(&rate["low"], &expected["rate"]["wilson"][0]);
    close(&rate["high"], &expected["rate"]["wilson"][1]);
    for (row, key) in [(score, "score"), (rate, "rate")] {
        assert_eq!((&row["n"], &row["df"]), (&expected[key]["n"], &expected[key]["df"]));
    }
}

#[test]
fn the_third_example_comes_out_raked_compared_and_counted() {
    let example = example("ex3-rake-and-trend.json");
    let (input, expected) = (&example["input"], &example["expected"]);
    let desk = Desk::new();
    let data = desk.file("rake.csv", table(&input["rake"]["columns"], &["sex", "age", "w", "y"]));
    let margin = |name: &str| {
        let totals = input["rake"]["margins"][name].as_object().unwrap();
        let totals: Vec<String> = totals.iter().map(|(category, total)| format!("{category}:{total}")).collect();
        format!("{name}={}", totals.join(","))
    };
    let (sex, age) = (margin("sex"), margin("age"));
    let raking = [data.as_str(), "--weight", "w", "--rake", &sex, "--rake", &age];
    let found = rows(&[&raking[..], &["--mean", "y"]].concat());
    close(&found[0]["estimate"], &expected["rake"]["mean"]);
    close(&found[0]["kish"], &expected["rake"]["kish_deff"]);
    // Weight 10 for (F, y) and so on: base weight times factor.
    let factors = rows(&[&raking[..], &["--factors"]].concat());
    let columns = &input["rake"]["columns"];
    for (at, weight) in expected["rake"]["weights"].as_array().unwrap().iter().enumerate() {
        let own = |row: &&Value| row["by:sex"] == columns["sex"][at] && row["by:age"] == columns["age"][at];
        let factor = factors.iter().find(own).unwrap()["factor"].as_f64().unwrap();
        close(&(factor * columns["w"][at].as_f64().unwrap()).into(), weight);
    }

    let rounds = &input["rounds"];
    let mut text = "round,y,n\n".to_owned();
    for round in ["jun", "nov"] {
        for (points, count) in rounds["points"].as_array().unwrap().iter().zip(rounds[round].as_array().unwrap()) {
            text.push_str(&format!("{round},{points},{count}\n"));
        }
    }
    let data = desk.file("rounds.csv", text);
    let found = rows(&[&data, "--count", "n", "--mean", "y", "--change", "round=jun,nov"]);
    let trend = &expected["trend"];
    close(&found[0]["estimate"], &trend["jun"]);
    close(&found[1]["estimate"], &trend["nov"]);
    for (key, name) in [("diff", "estimate"), ("se", "se"), ("lo", "low"), ("hi", "high")] {
        close(&found[2][name], &trend[key]);
    }
    assert_eq!((&found[2]["df"], &found[2]["verdict"]), (&trend["df"], &"no change shown".into()));

    let mut text = "result,n\n".to_owned();
    for (outcome, count) in input["dispositions"].as_object().unwrap() {
        text.push_str(&format!("{outcome},{count}\n"));
    }
    let found = rows(&[&desk.file("cases.csv", text), "--count", "n", "--outcomes", "result"]);
    for (rate, value) in expected["rates"].as_object().unwrap() {
        close(&found[0][rate], value);
    }
}

/// Rows of a table under its head, in another order.
fn shuffled(text: &str, seed: u64) -> String {
    let mut lines: Vec<&str> = text.lines().collect();
    let head = lines.remove(0);
    let mut state = seed;
    for at in (1..lines.len()).rev() {
        state = state.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        lines.swap(at, (state >> 33) as usize % (at + 1));
    }
    lines.insert(0, head);
    lines.join("\n")
}

#[test]
fn the_order_of_the_rows_changes_no_byte() {
    let desk = Desk::new();
    let questions = [
        (
            "county",
            "--strata stratum --cluster psu,ssu --weight w --fpc N,M --mean y --total y --ratio y/x --by unit --difference",
        ),
        (
            "county",
            "--strata stratum --cluster psu --weight w --mean y --rake sex=F:1700,M:1770 --rake age=m:1300,o:900,y:1270 --by unit",
        ),
        ("hard", "--strata stratum --weight w --mean y --total y --quantile y:0.5"),
        ("rounds", "--strata stratum --cluster psu --weight w --mean y --change round --rounds shared --by unit"),
    ];
    for (name, question) in questions {
        let question: Vec<&str> = question.split(' ').collect();
        let text = std::fs::read_to_string(folder().join(format!("cases/{name}.csv"))).unwrap();
        let answer = |text: &str, format: &str| {
            let file = desk.file("rows.csv", text);
            let ran = run(&[&[file.as_str()], &question[..], &["--format", format]].concat());
            assert_eq!(ran.code, Some(0), "{}", ran.err);
            ran.out
        };
        for format in ["json", "table"] {
            let first = answer(&text, format);
            for seed in 1..6 {
                assert_eq!(answer(&shuffled(&text, seed), format), first, "{name} {seed}");
            }
        }
    }
}

#[test]
fn counts_are_as_good_as_rows() {
    let desk = Desk::new();
    let rows_of = |text: &str, more: &[&str]| {
        let file = desk.file("rows.csv", text);
        run(&[&[file.as_str(), "--mean", "y", "--proportion", "y", "--format", "json"], more].concat()).out
    };
    let long = rows_of("y,s\n1,a\n1,a\n1,a\n2,a\n5,b\n5,b\n4,b\n", &["--strata", "s"]);
    let short = rows_of("y,s,n\n5,b,2\n1,a,3\n4,b,1\n2,a,1\n9,a,0\n", &["--strata", "s", "--count", "n"]);
    // A row that stands for nobody only adds a value that nobody gave.
    let without_nine = |text: &str| -> Vec<Value> {
        let all: Vec<Value> = serde_json::from_str(text).unwrap();
        all.into_iter().filter(|row| row["level"] != "9").collect()
    };
    assert_eq!(without_nine(&long), without_nine(&short));
    assert!(!long.is_empty());
}

#[track_caller]
fn fails(code: i32, words: &str, arguments: &[&str]) {
    let ran = run(arguments);
    assert_eq!(ran.code, Some(code), "{arguments:?}: {}", ran.err);
    assert!(ran.err.contains(words), "{arguments:?}: {}", ran.err);
    assert_eq!(ran.out, "", "{arguments:?}");
}

#[test]
fn what_cannot_be_estimated_says_where_and_what_to_do() {
    let desk = Desk::new();
    let data = desk.file("rows.csv", "s,w,y\na,1,5\nb,2,x\n");
    fails(
        1,
        "rows.csv: line 3, column `y`: `x` is no number; if it means no answer, give --missing x",
        &[&data, "--mean", "y"],
    );
    fails(1, "no column `z`; it has `s`, `w`, `y`", &[&data, "--mean", "z"]);
    fails(1, "column `s` never holds `c`; it holds `a`, `b`", &[&data, "--proportion", "s=c"]);
    fails(2, "nothing is asked for", &[&data]);
    fails(2, "--level must lie between 0 and 1", &[&data, "--mean", "w", "--level", "95"]);
    fails(2, "give --by too", &[&data, "--mean", "w", "--difference"]);
    fails(2, "must add up to 1", &[&data, "--mean", "w", "--groups", "s=a:1,b:1"]);
    fails(2, "write it as NAME=ITEM:NUMBER", &[&data, "--mean", "w", "--groups", "s"]);
    fails(3, "cannot read this file", &["nowhere.csv", "--mean", "y"]);
    fails(1, "nobody in the sample has s = `c`", &[&data, "--mean", "w", "--poststratify", "s=a:1,b:1,c:1"]);
    let totals = desk.file("totals.csv", "s,people\na,10\nb,many\n");
    fails(
        1,
        "line 3: the total `many` is no number",
        &[&data, "--mean", "w", "--poststratify", &format!("s={totals}")],
    );
    let totals = desk.file("totals.csv", "town,people\na,10\n");
    fails(
        1,
        "it must have the columns s and one more",
        &[&data, "--mean", "w", "--poststratify", &format!("s={totals}")],
    );
    // The same in Chinese.
    fails(1, "第 3 行 `y` 列：`x` 不是数", &[&data, "--mean", "y", "--lang", "zh"]);
    fails(1, "`c` is no outcome", &[&desk.file("o.csv", "r\nI\nc\n"), "--outcomes", "r"]);
}

#[test]
fn a_table_from_a_chinese_spreadsheet_is_read_or_named() {
    let desk = Desk::new();
    let text = "单位,评价\n教育局,满意\n教育局,不满意\n";
    // GBK.
    let bytes: Vec<u8> = [
        &[0xb5, 0xa5, 0xce, 0xbb, b',', 0xc6, 0xc0, 0xbc, 0xdb, b'\n'][..],
        &[0xbd, 0xcc, 0xd3, 0xfd, 0xbe, 0xd6, b',', 0xc2, 0xfa, 0xd2, 0xe2, b'\n'],
        &[0xbd, 0xcc, 0xd3, 0xfd, 0xbe, 0xd6, b',', 0xb2, 0xbb, 0xc2, 0xfa, 0xd2, 0xe2, b'\n'],
    ]
    .concat();
    let gbk = desk.file("gbk.csv", bytes);
    fails(
        1,
        "line 1: this is no UTF-8 text; if a spreadsheet saved it as GBK, give --encoding gbk",
        &[&gbk, "--proportion", "评价"],
    );
    let question = ["--proportion", "评价", "--by", "单位"];
    let plain = rows(&[&[desk.file("plain.csv", text).as_str()], &question[..]].concat());
    assert_eq!(plain[0]["by:单位"], "教育局");
    assert_eq!(rows(&[&[gbk.as_str(), "--encoding", "gbk"], &question[..]].concat()), plain);
    let marked = desk.file("marked.csv", ["\u{feff}", text].concat());
    assert_eq!(rows(&[&[marked.as_str()], &question[..]].concat()), plain);
    let wide: Vec<u8> = std::iter::once(0xfeff).chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    assert_eq!(rows(&[&[desk.file("wide.csv", wide).as_str()], &question[..]].concat()), plain);
    let windows = desk.file("windows.csv", text.replace('\n', "\r\n"));
    assert_eq!(rows(&[&[windows.as_str()], &question[..]].concat()), plain);
}

#[test]
fn what_is_shown_holds_no_formula_and_no_zero_for_nothing() {
    let desk = Desk::new();
    let data = desk.file("rows.csv", "g,y\n\"=HYPERLINK(\"\"x\"\")\",5\nb,\n");
    let arguments = [data.as_str(), "--mean", "y", "--by", "g"];
    let csv = run(&[&arguments[..], &["--format", "csv"]].concat()).out;
    assert!(csv.contains("\"'=HYPERLINK(\"\"x\"\")\"") && csv.starts_with('\u{feff}'), "{csv}");
    let found = rows(&arguments);
    assert_eq!((found[0]["estimate"].as_f64(), &found[0]["se"]), (Some(5.0), &Value::Null));
    assert_eq!((&found[1]["estimate"], &found[1]["reason"]), (&Value::Null, &"no valid answers".into()));
    assert!(found[0]["method"].as_str().unwrap().starts_with("Σwvy/Σwv; variance by Taylor linearisation"));
    let shown = run(&[&arguments[..], &["--lang", "zh"]].concat());
    assert!(shown.out.contains("没有有效回答") && shown.err.contains("泰勒线性化方差"), "{}{}", shown.out, shown.err);
}

#[test]
fn samples_are_planned_from_the_command_line() {
    let sample = |arguments: &[&str]| {
        let output = Command::new(env!("CARGO_BIN_EXE_minping"))
            .arg("sample")
            .args(arguments)
            .env("LC_ALL", "C")
            .output()
            .unwrap();
        (output.status.code(), String::from_utf8(output.stdout).unwrap())
    };
    let (code, out) = sample(&[
        "size",
        "--margin",
        "0.03",
        "--population",
        "20000",
        "--deff",
        "1.5",
        "--response",
        "0.7",
        "--format",
        "json",
    ]);
    assert_eq!((code, out.as_str()), (Some(0), "[\n  {\"n\": 2118}\n]\n"));
    let (_, out) =
        sample(&["allocate", "100", "--strata", "town:5000,hills:1000", "--sd", "town:1,hills:5", "--format", "csv"]);
    assert_eq!(out, "\u{feff}stratum,n\ntown,50\nhills,50\n");
    let (_, out) = sample(&["change", "400", "--format", "json"]);
    assert!(out.contains("0.0990"), "{out}");
    assert_eq!(sample(&["size", "--margin", "3"]).0, Some(1));
}
