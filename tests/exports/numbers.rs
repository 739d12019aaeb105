//! Counts of what other programs read, against the tally.

use super::{Office, found, plan_with, ready, rows};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;

/// Sixty interviews in two strata, with rater groups, and a record without a stratum.
fn office() -> Office {
    let folder = tempfile::tempdir().unwrap();
    let text = fs::read_to_string(ready("county-transport.json")).unwrap();
    let strata = |plan: &mut Value| {
        plan["strata"] = json!([
            {"id": "01", "label": {"zh": "东城", "en": "East"}},
            {"id": "02", "label": {"zh": "西城", "en": "West"}}
        ]);
    };
    let plan = plan_with(strata, &text, folder.path());
    Office::with_round(&plan, &["--records", "60", "--population", "60"])
}

type Counts = BTreeMap<(String, String, String), u64>;

fn word(cell: &Value) -> Option<String> {
    cell.as_str().map(str::to_owned)
}

/// Unit, indicator, grade or reason to how often it was read.
fn counted(rows: &[serde_json::Map<String, Value>]) -> Counts {
    let mut counts = Counts::new();
    for row in rows {
        let name = |column: &str| word(&row[column][0]).unwrap();
        let said = word(&row["grade"][0]).or_else(|| word(&row["grade"][1])).unwrap();
        *counts.entry((name("unit"), name("indicator"), said)).or_default() += 1;
    }
    counts
}

/// The same of the tally; the scale's own "don't know" and the one that is said are one number there.
fn tallied(office: &Office) -> Counts {
    let mut counts = Counts::new();
    for row in office.tally(&["--by", "indicator"]) {
        let (unit, indicator) = (row["unit"].as_str().unwrap(), row["indicator"].as_str().unwrap());
        for (column, count) in row.as_object().unwrap() {
            let said = column
                .strip_prefix("grade.")
                .or_else(|| ["dont_know", "refused", "blank"].contains(&column.as_str()).then_some(column.as_str()));
            if let (Some(said), Some(count)) = (said, count.as_u64().filter(|count| *count > 0)) {
                counts.insert((unit.into(), indicator.into(), said.into()), count);
            }
        }
    }
    counts
}

fn without_prefix(counts: Counts) -> Counts {
    let mut out = Counts::new();
    for ((unit, indicator, said), count) in counts {
        let said = said.strip_prefix("answer:").map(str::to_owned).unwrap_or(said);
        *out.entry((unit, indicator, said)).or_default() += count;
    }
    out
}

#[test]
fn every_reader_counts_what_the_tally_counts() {
    let office = office();
    let expected = tallied(&office);
    assert!(expected.len() > 30, "{expected:?}");
    let csv = office.export("csv", "csv", &[]);
    let parquet = office.export("parquet", "parquet", &[]);
    for (format, path) in [
        ("csv-pandas", csv.join("grades.csv")),
        ("csv-duckdb", csv.join("grades.csv")),
        ("parquet-pandas", parquet.join("grades")),
        ("parquet-arrow", parquet.join("grades")),
        ("parquet-duckdb", parquet.join("grades")),
    ] {
        assert_eq!(without_prefix(counted(&rows(format, &path))), expected, "{format}");
    }
    // SPSS has codes: the labels say which grade is which.
    let sav = office.export("sav", "grades.sav", &["--data", "grades"]);
    let labels = found(&["labels"], &sav);
    let plan: Value = serde_json::from_str(&fs::read_to_string(office.path("round/plan.json")).unwrap()).unwrap();
    let by_label = |column: &str, code: &str| labels["values"][column][code].as_str().unwrap_or(code).to_owned();
    let name_of = |list: &Value, label: &str| {
        let found = list.as_array().unwrap().iter().find(|one| one["label"]["en"] == label);
        found.map(|one| one["id"].as_str().or(one["name"].as_str()).unwrap().to_owned())
    };
    let scale = &plan["scales"][0];
    let mut counts = Counts::new();
    for row in rows("sav", &sav) {
        let read = |column: &str| by_label(column, &word(&row[column][0]).or(word(&row[column][1])).unwrap());
        let said = read("grade");
        let said = name_of(&scale["grades"], &said).or(name_of(&scale["missing"], &said)).unwrap_or_else(|| match said
            .as_str()
        {
            "asked and left empty" => "blank".to_owned(),
            "refused" => "refused".to_owned(),
            "don't know, said to the canvasser" => "dont_know".to_owned(),
            other => panic!("{other}"),
        });
        let key = (
            name_of(&plan["units"], &read("unit")).unwrap(),
            name_of(&plan["indicators"], &read("indicator")).unwrap(),
            said,
        );
        *counts.entry(key).or_default() += 1;
    }
    assert_eq!(counts, expected, "sav");
    // A mean over the points, as anyone would make it, is the tally's score of a rater group.
    let by_group = office.tally(&["--by", "group", "--places", "6"]);
    let group = &by_group[0];
    let label = group["rater_group"].as_str().unwrap();
    let id = name_of(&plan["rater_groups"], label).unwrap();
    let graded = rows("csv-pandas", &csv.join("grades.csv"));
    let points: Vec<f64> = { graded.iter() }
        .filter(|row| {
            let is = |column: &str, value: &Value| row[column][0] == *value;
            is("unit", &group["unit"]) && is("indicator", &group["indicator"]) && is("rater_group", &json!(id))
        })
        .filter_map(|row| word(&row["points"][0]).map(|points| points.parse().unwrap()))
        .collect();
    let mean = points.iter().sum::<f64>() / points.len() as f64;
    assert!((mean - group["score"].as_f64().unwrap()).abs() < 1e-5, "{mean} {group}");
}

#[test]
fn records_and_grades_say_the_same_and_parts_are_folders() {
    let office = office();
    let folder = office.export("parquet", "data", &[]);
    let wide = rows("parquet-duckdb", &folder.join("records"));
    assert_eq!(wide.len(), 60);
    let long = rows("parquet-duckdb", &folder.join("grades"));
    let items: BTreeSet<String> = long.iter().filter_map(|row| word(&row["item"][0])).collect();
    assert_eq!(items.len(), 8, "an item for each area: {items:?}");
    let asked = |row: &serde_json::Map<String, Value>| items.iter().filter(|item| row[*item][1] != "not_asked").count();
    assert_eq!(wide.iter().map(asked).sum::<usize>(), long.len());
    // `01` stays `01`: a folder's name is a text.
    let parts: Vec<String> = fs::read_dir(folder.join("records/round=2026-06"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    assert!(
        !parts.is_empty() && parts.iter().all(|part| ["stratum=01", "stratum=02"].contains(&part.as_str())),
        "{parts:?}"
    );
    let strata: BTreeMap<String, usize> = wide.iter().fold(BTreeMap::new(), |mut counts, row| {
        *counts.entry(word(&row["stratum"][0]).unwrap()).or_default() += 1;
        counts
    });
    assert_eq!(strata.values().sum::<usize>(), 60);
    assert!(strata.keys().all(|stratum| stratum.len() == 2), "{strata:?}");
}

#[test]
fn the_workbook_holds_the_numbers_of_the_tally_and_no_formula() {
    let office = Office::with_round(&ready("city-units.json"), &["--records", "40", "--population", "40"]);
    let sheets = found(&["sheets"], &office.export("xlsx", "round.xlsx", &[]));
    let sheets = sheets.as_array().unwrap();
    let names: Vec<&str> = sheets.iter().map(|sheet| sheet["name"].as_str().unwrap()).collect();
    assert_eq!(names[..2], ["about", "results"]);
    assert_eq!((names[6], names[names.len() - 2..].to_vec()), ("distribution", vec!["codebook", "data"]), "{names:?}");
    assert!(sheets.iter().all(|sheet| sheet["formulas"] == 0));
    assert!(sheets[1..].iter().all(|sheet| sheet["frozen"].as_str().is_some_and(|cell| cell.ends_with('2'))));
    let cells = |sheet: &Value| sheet["rows"].as_array().unwrap().clone();
    let results = cells(&sheets[1]);
    let at = |heading: &str| results[0].as_array().unwrap().iter().position(|cell| cell == heading).unwrap();
    let tally = office.tally(&[]);
    assert_eq!(results.len(), tally.len() + 1);
    for (row, unit) in results[1..].iter().zip(&tally) {
        assert_eq!(row[at("unit")], unit["unit_label"]);
        for (heading, column) in [("index", "index"), ("satisfied %", "satisfaction_rate"), ("n", "n")] {
            let read = row[at(heading)].as_str().map(|text| text.parse::<f64>().unwrap());
            assert_eq!(read, unit[column].as_f64(), "{heading} of {}", unit["unit_label"]);
        }
    }
    // Each class by rank, with every unit in one of them.
    let in_classes: usize = sheets[2..6].iter().map(|sheet| cells(sheet).len() - 1).sum();
    assert_eq!(in_classes, tally.len());
    assert_eq!(cells(&sheets[sheets.len() - 1]).len(), 41);
    assert!(sheets[1]["formats"].as_array().unwrap().contains(&json!("0.00")), "{}", sheets[1]["formats"]);
}
