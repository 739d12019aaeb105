//! Published numbers: recomputed by the program, and attacked.

use super::{Office, found, plan_with, ready};
use serde_json::Value;
use std::fs;
use std::process::Output;

fn recomputed(office: &Office, file: &str, more: &[&str]) -> (Output, Vec<Value>) {
    let output = office.run(&[&["recompute", file, "--format", "json"], more].concat());
    let found = serde_json::from_slice(&output.stdout)
        .unwrap_or_else(|error| panic!("{error}: {}", String::from_utf8_lossy(&output.stderr)));
    (output, found)
}

fn with<'a>(findings: &'a [Value], result: &str) -> Vec<&'a Value> {
    findings.iter().filter(|finding| finding["verdict"] == result).collect()
}

#[test]
fn published_numbers_are_worked_out_again_from_published_counts() {
    let folder = tempfile::tempdir().unwrap();
    let text = fs::read_to_string(ready("study-practice.json")).unwrap();
    let plan = plan_with(|plan| plan["privacy"]["smallest_cell"] = 0.into(), &text, folder.path());
    let office = Office::with_round(&plan, &["--records", "400", "--population", "2000"]);
    let path = office.export("published", "published.json", &[]);
    let (output, all) = recomputed(&office, "published.json", &["--plan", "round/plan.json", "--all"]);
    assert_eq!(output.status.code(), Some(0), "{all:?}");
    let columns = |findings: &[&Value]| -> Vec<String> {
        findings.iter().map(|finding| finding["column"].as_str().unwrap().to_owned()).collect()
    };
    let equal = columns(&with(&all, "equal"));
    for column in ["score", "satisfaction_rate", "rate_low", "rate_high", "n", "n (sum)", "index", "rank"] {
        assert!(equal.contains(&column.to_owned()), "{column} in {equal:?}");
    }
    // The published table is the tally's.
    let document: Value = serde_json::from_str(&fs::read_to_string(&path).unwrap()).unwrap();
    let tally = office.tally(&["--publish"]);
    assert_eq!(document["rounds"][0]["units"], Value::Array(tally));
    // One digit is changed: it is found, wherever it is.
    let text = fs::read_to_string(&path).unwrap();
    for column in ["score", "satisfaction_rate", "index"] {
        let mut changed = document.clone();
        let place = changed.pointer_mut(&format!("/rounds/0/units/0/{column}")).unwrap();
        *place = (place.as_f64().unwrap() + 0.01).into();
        fs::write(office.path("changed.json"), changed.to_string()).unwrap();
        let (output, found) = recomputed(&office, "changed.json", &[]);
        let different = columns(&with(&found, "different"));
        assert_eq!((output.status.code(), different), (Some(1), vec![column.to_owned()]));
    }
    // A count is changed: what rests on it differs.
    let grade = document["scales"][0]["grades"][0]["name"].as_str().unwrap();
    let mut changed = document.clone();
    let place = changed.pointer_mut(&format!("/rounds/0/units/0/grade.{grade}")).unwrap();
    *place = (place.as_u64().unwrap() + 1).into();
    fs::write(office.path("changed.json"), changed.to_string()).unwrap();
    let (_, found) = recomputed(&office, "changed.json", &[]);
    let different = columns(&with(&found, "different"));
    assert!(
        different.contains(&"n".to_owned()) && different.contains(&format!("grade.{grade} (sum)")),
        "{different:?}"
    );
    // A column that nobody checks is said to be so.
    let mut more = document;
    more["rounds"][0]["units"][0]["surprise"] = 7.into();
    fs::write(office.path("more.json"), more.to_string()).unwrap();
    let (output, found) = recomputed(&office, "more.json", &[]);
    assert_eq!(output.status.code(), Some(0));
    let not = columns(&with(&found, "not_recomputable"));
    assert!(not.contains(&"surprise".to_owned()), "{not:?}");
    // What is no published data.
    for (wrong, said) in
        [("[]".to_owned(), "no published data"), (text.replace("_published\":1", "_published\":2"), "version 2")]
    {
        fs::write(office.path("wrong.json"), wrong).unwrap();
        let output = office.run(&["recompute", "wrong.json"]);
        let errors = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.code() == Some(1) && errors.contains(said), "{errors}");
    }
}

#[test]
fn what_rests_on_withheld_counts_or_on_groups_is_said_not_to_be_recomputable() {
    // Rater groups are weighted: pooled counts do not give the score.
    let office = Office::with_round(&ready("county-transport.json"), &["--records", "300", "--population", "1200"]);
    office.export("published", "published.json", &[]);
    let (output, all) = recomputed(&office, "published.json", &["--all"]);
    assert_eq!(output.status.code(), Some(0));
    assert!(with(&all, "different").is_empty(), "{:?}", with(&all, "different"));
    let scores: Vec<&Value> = all.iter().filter(|finding| finding["column"] == "score").collect();
    assert!(
        !scores.is_empty() && scores.iter().all(|finding| finding["why"].as_str().unwrap().contains("rater groups"))
    );
    let index: Vec<&Value> = all.iter().filter(|finding| finding["column"] == "index").collect();
    assert!(index.iter().all(|finding| finding["verdict"] == "within_rounding"), "{index:?}");
    // Few records: most counts are withheld.
    let office = Office::with_round(&ready("city-units.json"), &["--records", "30", "--population", "30"]);
    office.export("published", "published.json", &[]);
    let (output, all) = recomputed(&office, "published.json", &["--all"]);
    assert_eq!(output.status.code(), Some(0));
    assert!(with(&all, "different").is_empty());
    let not = with(&all, "not_recomputable");
    let why = |finding: &&Value| finding["why"].as_str().unwrap().to_owned();
    assert!(not.iter().any(|finding| why(finding).contains("withheld")), "{not:?}");
    assert!(not.iter().all(|finding| why(finding).contains("withheld") || why(finding).contains("design")), "{not:?}");
}

/// Every number in a published workbook or file, by the heading or column over it.
fn counts_under(text: &str, smallest: u64) -> Vec<u64> {
    text.split(|c: char| !c.is_ascii_digit())
        .filter_map(|digits| digits.parse().ok())
        .filter(|n| (1..smallest).contains(n))
        .collect()
}

#[test]
fn the_published_workbook_has_no_record_no_words_and_no_count_that_the_tally_withholds() {
    let office = Office::with_round(&ready("county-transport.json"), &["--records", "200", "--population", "800"]);
    let own = found(&["sheets"], &office.export("xlsx", "own.xlsx", &[]));
    let published = found(&["sheets"], &office.export("xlsx", "published.xlsx", &["--publish"]));
    let names = |book: &Value| -> Vec<String> {
        book.as_array().unwrap().iter().map(|sheet| sheet["name"].as_str().unwrap().to_owned()).collect()
    };
    assert!(
        names(&own).contains(&"data".to_owned()) && names(&own).contains(&"suggestions".to_owned()),
        "{:?}",
        names(&own)
    );
    assert!(!names(&published).iter().any(|name| ["data", "suggestions"].contains(&name.as_str())));
    assert!(!published.to_string().contains("窗口太少"), "nobody's words");
    let distribution = |book: &Value| {
        let sheet = book.as_array().unwrap().iter().find(|sheet| sheet["name"] == "distribution").unwrap().clone();
        let heads = sheet["rows"][0].as_array().unwrap().clone();
        (heads, sheet["rows"].as_array().unwrap()[1..].to_vec())
    };
    let (heads, rows) = distribution(&published);
    let counts: Vec<usize> = (0..heads.len())
        .filter(|at| {
            ![
                "satisfied %",
                "low %",
                "high %",
                "satisfied SE %",
                "mean score",
                "score interval",
                "don't know %",
                "weight",
            ]
            .contains(&heads[*at].as_str().unwrap())
        })
        .filter(|at| rows.iter().any(|row| row[*at].as_str().is_some_and(|text| text.parse::<u64>().is_ok())))
        .collect();
    assert!(counts.len() > 2, "{heads:?}");
    for row in &rows {
        for at in &counts {
            assert!(counts_under(row[*at].as_str().unwrap_or(""), 10).is_empty(), "{} in {row}", heads[*at]);
        }
    }
    let (_, own_rows) = distribution(&own);
    assert!(
        own_rows
            .iter()
            .any(|row| counts.iter().any(|at| !counts_under(row[*at].as_str().unwrap_or(""), 10).is_empty()))
    );
    assert!(office.path("published.xlsx").exists());
}
