//! Expressions against tables of what they give, and against ODK's own engine.
//!
//! The tables lie in `vectors/expression/`, one for each family of functions: the values that the expressions see, and
//! cases of [expression, expected text, why ODK's engine gives something else]. The reasons are explained in
//! `oracle/differences.json`.
#![cfg(feature = "cli")]

#[path = "expression/world.rs"]
mod world;

use minping::expression::Expression;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;
use world::World;

/// A table of cases.
#[derive(Deserialize)]
struct Table {
    #[serde(flatten)]
    world: World,
    cases: Vec<Vec<String>>,
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn tables() -> BTreeMap<String, Table> {
    let folder = root().join("tests/vectors/expression");
    let paths = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let read = |path: PathBuf| {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let text = std::fs::read_to_string(&path).unwrap();
        (name.clone(), serde_json::from_str(&text).unwrap_or_else(|e| panic!("{name}: {e}")))
    };
    let tables: BTreeMap<String, Table> = paths.map(read).collect();
    assert!(tables.len() > 5, "the tables are there");
    tables
}

#[test]
fn each_expression_has_the_value_that_the_table_says() {
    let mut wrong = Vec::new();
    for (name, table) in tables() {
        for case in &table.cases {
            let found = match Expression::parse(&case[0]) {
                Ok(expression) => expression.text(&table.world),
                Err(error) => format!("refused: {error}"),
            };
            if found != case[1] {
                wrong.push(format!("{name}: {}: {found:?}, expected {:?}", case[0], case[1]));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_written_expression_has_the_same_value() {
    for (name, table) in tables() {
        for case in &table.cases {
            let written = Expression::parse(&case[0]).unwrap().write();
            let again = Expression::parse(&written).unwrap_or_else(|e| panic!("{name}: {written}: {e}"));
            assert_eq!(again.text(&table.world), case[1], "{name}: {} as {written}", case[0]);
        }
    }
}

/// Every function stands in some case, so that none is only there by name.
#[test]
fn every_function_is_in_a_table() {
    let tables = tables();
    let missing: Vec<&str> = minping::expression::Function::ALL
        .iter()
        .map(|f| f.1)
        .filter(|name| {
            let call = format!("{name}(");
            !tables.values().flat_map(|table| &table.cases).any(|case| {
                // `pow(` also ends `xpow(`: a name begins where no letter or `-` is before it.
                case[0]
                    .match_indices(&call)
                    .any(|(at, _)| !case[0][..at].ends_with(|c: char| c.is_alphanumeric() || c == '-' || c == ':'))
            })
        })
        .collect();
    assert_eq!(missing, Vec::<&str>::new());
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Verdict {
    Text(String),
    Refused { error: String },
}

/// The engine of ODK Web Forms is the oracle: it agrees in every case but those that the tables mark, and there it really
/// differs.
#[test]
fn odk_agrees_but_for_the_explained_differences() {
    let explained: BTreeMap<String, String> =
        serde_json::from_str(&std::fs::read_to_string(root().join("tests/oracle/differences.json")).unwrap()).unwrap();
    let run = Command::new("node")
        .arg(root().join("tests/oracle/expressions.mjs"))
        .arg(root().join("tests/vectors/expression"))
        .env("TZ", "Asia/Shanghai")
        .output()
        .expect("node is there: scripts/toolchain --tests");
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    let verdicts: BTreeMap<String, Vec<Verdict>> = serde_json::from_slice(&run.stdout).unwrap();
    let (mut agreed, mut wrong, mut used) = (0, Vec::new(), BTreeMap::new());
    for (name, table) in tables() {
        let Some(found) = verdicts.get(&name) else { continue };
        assert_eq!(found.len(), table.cases.len(), "{name}");
        for (case, verdict) in table.cases.iter().zip(found) {
            let said = match verdict {
                Verdict::Text(text) => text.clone(),
                Verdict::Refused { error } => format!("refused: {error}"),
            };
            match case.get(2) {
                None if said == case[1] => agreed += 1,
                None => wrong.push(format!("{name}: {}: {:?} here, {said:?} in ODK", case[0], case[1])),
                Some(reason) if !explained.contains_key(reason) => {
                    wrong.push(format!("{name}: {reason}: no such reason"))
                }
                Some(reason) if said == case[1] => {
                    wrong.push(format!("{name}: {}: marked `{reason}`, and ODK agrees", case[0]));
                }
                Some(reason) => *used.entry(reason.clone()).or_insert(0) += 1,
            }
        }
    }
    println!("ODK agrees in {agreed} cases; explained differences: {used:?}");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let idle: Vec<&String> = explained.keys().filter(|reason| !used.contains_key(*reason)).collect();
    assert!(idle.is_empty(), "reasons that no case has: {idle:?}");
    assert!(agreed > 250, "only {agreed} cases were compared");
}
