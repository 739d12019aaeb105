use super::desk::*;
use minping::batch::verify_link;
use minping::native::crypto::Native;
use pollster::block_on;
use serde_json::Value;
use std::collections::BTreeSet;
use std::fs;

const POSTERS: &[&str] = &[
    "posters",
    "published.json",
    "--keys",
    "office.minping-keys",
    "--passphrase-file",
    "passphrase",
    "--base",
    "https://example.org/ask",
];

#[test]
fn posters_of_a_list_are_read_back_and_told_in_words() {
    let desk = Desk::open();
    let plan = desk.published();
    let (round, group) = (plan.rounds[0].id.as_str(), plan.rater_groups[0].id.as_str());
    fs::write(desk.path("places.csv"), format!("place,group,note\n大厅,{group},一楼\n二号窗口,{group},<i>二楼\n"))
        .unwrap();
    let chosen = ["--round", round, "--places", "places.csv", "--out", "posters.html", "--format", "json"];
    let rows: Vec<Value> = serde_json::from_str(&desk.done(&[POSTERS, &chosen].concat())).unwrap();
    assert_eq!(rows.iter().map(|row| row["opens"].as_str().unwrap()).collect::<Vec<_>>(), ["as it should"; 2]);
    assert_eq!(rows[1]["printed"], "二号窗口");
    let page = fs::read_to_string(desk.path("posters.html")).unwrap();
    assert!(page.matches("<svg").count() == 2 && page.contains("&lt;i&gt;") && !page.contains("<link"), "{page}");
    // Another file is not replaced.
    fs::write(desk.path("posters.html"), "mine").unwrap();
    desk.fails(1, "was not written by this program", &[POSTERS, &chosen].concat());
    fs::write(desk.path("places.csv"), "place,group\nA,nobody").unwrap();
    let chosen = ["--round", round, "--places", "places.csv", "--out", "other.html"];
    desk.fails(1, "line 2: the plan has no rater group `nobody`", &[POSTERS, &chosen].concat());
}

#[test]
fn a_long_list_is_read_back_and_one_that_is_too_long_is_refused() {
    let desk = Desk::open();
    let plan = desk.published();
    let (round, group) = (plan.rounds[0].id.as_str(), plan.rater_groups[0].id.as_str());
    let list = |count: usize| (0..count).map(|at| format!("{at} 号窗口\n")).collect::<String>();
    fs::write(desk.path("places.csv"), list(10_001)).unwrap();
    let chosen = ["--round", round, "--group", group, "--places", "places.csv", "--out", "p.html"];
    desk.fails(1, "at most 10000 at a time, and these are 10001", &[POSTERS, &chosen].concat());
    assert!(!desk.path("p.html").exists());
    fs::write(desk.path("places.csv"), list(30) + &"A,nowhere\n".repeat(30)).unwrap();
    desk.fails(1, "; … and 10 more", &[POSTERS, &chosen].concat());
    fs::write(desk.path("places.csv"), list(60)).unwrap();
    let rows: Vec<Value> =
        serde_json::from_str(&desk.done(&[POSTERS, &chosen, &["--format", "json"]].concat())).unwrap();
    assert!(rows.len() == 60 && rows.iter().all(|row| row["opens"] == "as it should"));
}

#[test]
fn single_use_codes_have_short_addresses_that_lead_to_them_without_a_server() {
    let desk = Desk::open();
    let plan = desk.published();
    let (round, group) = (plan.rounds[0].id.as_str(), plan.rater_groups[0].id.as_str());
    let chosen = ["--round", round, "--group", group, "--single", "25", "--layout", "cards10", "--short", "dist"];
    let words = [POSTERS, &chosen, &["--out", "cards.html", "--format", "json"]].concat();
    let rows: Vec<Value> = serde_json::from_str(&desk.done(&words)).unwrap();
    assert_eq!(rows.len(), 25);
    let office = plan.keys.unwrap().sign;
    let mut codes = BTreeSet::new();
    for row in &rows {
        let short = row["short"].as_str().unwrap().strip_prefix("https://example.org/ask/").unwrap();
        let page = fs::read_to_string(desk.path("dist").join(short).join("index.html")).unwrap();
        let url = page.split("<a href=\"").nth(1).unwrap().split('"').next().unwrap();
        let token = url.strip_prefix("https://example.org/ask/index.html#/a/").unwrap();
        codes.insert(block_on(verify_link(&Native, token, &office)).unwrap().code.unwrap());
    }
    assert_eq!(codes.len(), 25, "each code once");
    assert_eq!(fs::read_to_string(desk.path("cards.html")).unwrap().matches("class=\"sheet").count(), 3);
}
