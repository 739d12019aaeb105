use super::desk::*;
use super::quota::desk;
use serde_json::Value;
use std::fs;
use std::path::Path;

fn write(desk: &Desk, text: &str) {
    fs::write(desk.path("earlier.csv"), text).unwrap();
}

const CHECK: &[&str] = &["earlier", "earlier.csv", "--plan", "published.json"];

#[test]
fn the_example_of_the_documentation_fits_its_plan() {
    let desk = Desk::new();
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let example = root.join("docs/examples/earlier.csv");
    let arguments = ["earlier", example.to_str().unwrap(), "--plan", "plan.json", "--format", "json"];
    let rows: Vec<Value> = serde_json::from_str(&desk.done(&arguments)).unwrap();
    let told: Vec<(&str, &str, bool)> = { rows.iter() }
        .map(|row| (row["round"].as_str().unwrap(), row["unit"].as_str().unwrap(), row["se"].is_null()))
        .collect();
    let unit = "transport-office";
    assert_eq!(
        told,
        [("2025-11", unit, false), ("2025-11", unit, false), ("2025-11", unit, false), ("2024", unit, true)]
    );
    let quoted = fs::read_to_string(root.join("docs/earlier.md")).unwrap();
    let lines = fs::read_to_string(example).unwrap();
    assert!(lines.lines().filter(|line| quoted.contains(line)).count() >= 4, "the text quotes the example");
}

#[test]
fn what_does_not_fit_is_named_by_line_and_nothing_is_written() {
    let (desk, _) = desk(1, 0);
    let unit = desk.published().units[0].id.clone();
    write(&desk, &format!("round,unit,score\n2023,{unit},80\n2023,nobody,80\n2024,{unit},900\n2023,{unit},81\n"));
    let before = desk.files();
    desk.fails(1, "line 3: the plan has no unit `nobody`", CHECK);
    desk.fails(1, "line 4: `score` is 900", CHECK);
    desk.fails(1, "same round, unit and indicator as in line 2", CHECK);
    desk.fails(1, "第 3 行", &[CHECK, &["--lang", "zh"]].concat());
    write(&desk, "unit,score\nx,80\n");
    desk.fails(1, "`round` is missing", CHECK);
    fs::write(desk.path("earlier.csv"), b"round,unit,score\n2023,\xd2\xbb\xbe\xd6,80\n").unwrap();
    desk.fails(1, "UTF-8", CHECK);
    desk.fails(3, "none.csv", &["earlier", "none.csv", "--plan", "published.json"]);
    assert_eq!(desk.files().len(), before.len());
}

#[test]
fn the_table_of_estimate_is_read_as_it_is() {
    let desk = Desk::new();
    let answers: String = (0..60).map(|at| format!("transport-office,{}\n", [100, 80, 60][at % 3])).collect();
    fs::write(desk.path("grades.csv"), ["unit,points\n", &answers].concat()).unwrap();
    let estimated = desk.done(&["estimate", "grades.csv", "--mean", "points", "--by", "unit", "--format", "csv"]);
    fs::write(desk.path("2024.csv"), estimated).unwrap();
    let check = ["earlier", "2024.csv", "--plan", "plan.json", "--round", "2024", "--format", "json"];
    let rows: Vec<Value> = serde_json::from_str(&desk.done(&check)).unwrap();
    let row = &rows[0];
    assert_eq!((rows.len(), row["round"].as_str(), row["n"].as_u64()), (1, Some("2024"), Some(60)));
    assert_eq!(row["score"].as_f64(), Some(80.0));
    // The standard error of a mean: s/√n with s² = Σ(y − 80)²/59 = 40 · 400/59.
    let expected = (40.0 * 400.0 / 59.0 / 60.0_f64).sqrt();
    assert!((row["se"].as_f64().unwrap() - expected).abs() < 1e-6, "{row}");
}
