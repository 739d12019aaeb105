use super::desk::*;
use minping::batch::{Link, verify_link};
use minping::native::crypto::Native;
use pollster::block_on;
use serde_json::Value;
use std::fs;

/// The rows that `link --format json` prints, and the verified link of each.
fn links(desk: &Desk, more: &[&str]) -> Vec<(Value, Link)> {
    let printed = desk.done(&[LINK, &["--format", "json"], more].concat());
    let rows: Vec<Value> = serde_json::from_str(&printed).unwrap();
    let office = desk.published().keys.unwrap().sign;
    rows.into_iter()
        .map(|row| {
            let token = row["url"].as_str().unwrap().strip_prefix("https://example.org/ask/index.html#/a/").unwrap();
            let link = block_on(verify_link(&Native, token, &office)).unwrap();
            (row, link)
        })
        .collect()
}

#[test]
fn links_are_signed_for_the_published_file_and_each_group() {
    let desk = Desk::open();
    let plan = desk.published();
    let (round, questionnaire) = (plan.rounds[0].id.as_str(), plan.questionnaires[0].id.as_str());
    let group = plan.rater_groups[0].id.as_str();
    let chosen = ["--round", round, "--questionnaire", questionnaire];
    let of_group = ["--round", round, "--group", group];
    let one = links(&desk, &of_group);
    assert_eq!(one.len(), 1);
    let link = &one[0].1;
    let listed = &desk.index().plans[0];
    assert_eq!((&link.plan, &link.file), (&listed.digest, &listed.file));
    assert_eq!((link.round.as_str(), link.questionnaire.as_str(), link.mode.name()), (round, questionnaire, "web"));
    assert_eq!((link.rater_group.as_deref(), &link.code), (Some(group), &None));

    let every = links(&desk, &[&chosen[..], &["--every-group"]].concat());
    let groups: Vec<Option<String>> = plan.rater_groups.iter().map(|x| Some(x.id.clone())).collect();
    assert_eq!(every.iter().map(|x| x.1.rater_group.clone()).collect::<Vec<_>>(), groups);

    let single = links(&desk, &[&of_group[..], &["--single", "5"]].concat());
    let mut codes: Vec<String> = single.iter().map(|x| x.1.code.clone().unwrap()).collect();
    assert_eq!(single.iter().map(|x| x.0["code"].as_str().unwrap()).collect::<Vec<_>>(), codes);
    codes.sort();
    codes.dedup();
    assert_eq!(codes.len(), 5);

    let csv = desk.done(&[LINK, &of_group[..], &["--format", "csv"]].concat());
    assert!(csv.lines().count() == 2 && csv.contains("https://example.org/ask/index.html#/a/"), "{csv}");
}

#[test]
fn a_qr_code_is_shown_in_the_terminal_and_written_as_a_picture() {
    let desk = Desk::open();
    let plan = desk.published();
    let chosen = ["--round", &plan.rounds[0].id, "--group", &plan.rater_groups[0].id];
    let shown = desk.done(&[LINK, &chosen[..], &["--qr", "--svg", "posters"]].concat());
    assert!(shown.lines().filter(|x| x.contains('█')).count() > 30, "{shown}");
    let name = format!("posters/county-transport-{}-0001.svg", plan.rounds[0].id);
    assert!(fs::read_to_string(desk.path(&name)).unwrap().starts_with("<svg"));
}

#[test]
fn a_link_that_the_app_would_refuse_is_not_made() {
    let desk = Desk::open();
    desk.done(&["keys", "new", "other.minping-keys", "--passphrase-file", "passphrase"]);
    let plan = desk.published();
    assert!(plan.privacy.anonymous && plan.rounds.len() > 1);
    let round = plan.rounds[0].id.as_str();
    let other: Vec<&str> =
        LINK.iter().map(|x| if *x == "office.minping-keys" { "other.minping-keys" } else { x }).collect();
    let unpublished: Vec<&str> = LINK.iter().map(|x| if *x == "published.json" { "plan.json" } else { x }).collect();
    let elsewhere: Vec<&str> =
        LINK.iter().map(|x| if *x == "https://example.org/ask" { "ask.html" } else { x }).collect();
    for (code, words, arguments) in [
        (1, "several choices of round", LINK.to_vec()),
        (1, "no round `x`", [LINK, &["--round", "x"]].concat()),
        (1, "cannot be counted", [LINK, &["--round", round]].concat()),
        (1, "no rater group `x`", [LINK, &["--round", round, "--group", "x"]].concat()),
        (1, "no stratum `x`", [LINK, &["--round", round, "--stratum", "x"]].concat()),
        (1, "no mode `x`", [LINK, &["--round", round, "--mode", "x"]].concat()),
        (1, "promises anonymity", [LINK, &["--round", round, "--place", "zh=二号窗口"]].concat()),
        (1, "does not name these keys", [&other[..], &["--round", round, "--every-group"]].concat()),
        (1, "names no office keys", [&unpublished[..], &["--round", round]].concat()),
        (2, "--base `ask.html`", [&elsewhere[..], &["--round", round]].concat()),
        (2, "--single", [LINK, &["--round", round, "--single", "0"]].concat()),
    ] {
        desk.fails(code, words, &arguments);
    }
}

#[test]
fn links_keep_to_the_rounds_of_a_questionnaire_and_the_modes_of_a_stratum() {
    let desk = Desk::open();
    let publish = |name: &str| {
        let plan = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("plans").join([name, ".json"].concat());
        let keys = ["--keys", "office.minping-keys", "--passphrase-file", "passphrase", "--app", "dist"];
        desk.done(&[&["plan", "publish", plan.to_str().unwrap()], &keys[..]].concat());
        let file =
            desk.index().plans.iter().map(|listed| listed.file.clone()).find(|file| file.contains(name)).unwrap();
        ["dist/", &file].concat()
    };
    let link = |plan: &str, more: &[&str]| -> Vec<String> {
        let mut all: Vec<String> =
            LINK.iter().map(|word| if *word == "published.json" { plan } else { word }.to_owned()).collect();
        all.extend(more.iter().map(|word| (*word).to_owned()));
        all
    };
    let fails = |said: &str, all: Vec<String>| {
        desk.fails(1, said, &all.iter().map(String::as_str).collect::<Vec<_>>());
    };
    let plan = publish("communities");
    let residents = ["--group", "residents", "--questionnaire", "form", "--round"];
    fails("asked in other rounds only: evaluation", link(&plan, &[&residents[..], &["choosing"]].concat()));
    let made = link(&plan, &[&residents[..], &["evaluation", "--every-stratum", "--format", "csv"]].concat());
    let made = desk.done(&made.iter().map(String::as_str).collect::<Vec<_>>());
    assert_eq!(made.lines().count(), 5, "a line of names, and one for each community: {made}");

    let plan = publish("by-region");
    let own = ["--group", "residents", "--questionnaire", "own"];
    fails("stratum `remote` are not asked by mode `web`", link(&plan, &[&own[..], &["--stratum", "remote"]].concat()));
    let made = link(&plan, &[&own[..], &["--every-stratum", "--format", "csv"]].concat());
    let made = desk.done(&made.iter().map(String::as_str).collect::<Vec<_>>());
    assert!(made.lines().count() == 2 && made.contains(",urban,"), "only the city is asked by link: {made}");
}
