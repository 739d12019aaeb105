use super::desk::*;
use serde_json::Value;
use std::fs;

const FILES: &[&str] = &[
    "--decisions",
    "d.minping-decisions",
    "--plan",
    "published.json",
    "--keys",
    "office.minping-keys",
    "--passphrase-file",
    "passphrase",
];
const RECORD: &str = "AAAAAAAAAAAAAAAAAAAAAA";
const WHY: &[&str] = &["--reason", "查实为本办设备", "--by", "测评办 李"];

#[test]
fn decisions_are_signed_added_and_listed_in_order() {
    let desk = Desk::open();
    let batch = "b".repeat(43);
    desk.done(&[&["decide", "admit", &batch], WHY, FILES].concat());
    desk.done(&[&["decide", "leave-out", RECORD, "--in", &batch], WHY, FILES].concat());
    desk.done(&[&["decide", "count", RECORD], WHY, FILES].concat());
    let shown = &["decide", "show", "--decisions", "d.minping-decisions", "--plan", "published.json"];
    let rows: Vec<Value> = serde_json::from_str(&desk.done(&[shown, &["--format", "json"][..]].concat())).unwrap();
    let of = |key: &str| rows.iter().map(|row| row[key].clone()).collect::<Vec<_>>();
    assert_eq!(of("verdict"), ["admit", "leave_out", "count"]);
    assert_eq!(of("batch"), [Value::from(batch.clone()), batch.into(), Value::Null]);
    assert_eq!(of("by"), ["测评办 李"; 3]);
    let times: Vec<String> = of("on").iter().map(|on| on.as_str().unwrap().to_owned()).collect();
    assert!(times.is_sorted_by(|one, next| one < next), "{times:?}");
    assert!(desk.done(shown).contains("the record counts again"), "{}", desk.done(shown));
}

#[test]
fn a_file_of_decisions_is_never_changed_by_what_does_not_fit() {
    let desk = Desk::open();
    desk.done(&["keys", "new", "other.minping-keys", "--passphrase-file", "passphrase"]);
    desk.done(&[&["decide", "leave-out", RECORD], WHY, FILES].concat());
    let other: Vec<&str> =
        FILES.iter().map(|x| if *x == "office.minping-keys" { "other.minping-keys" } else { x }).collect();
    let before = desk.files();
    for (code, words, arguments) in [
        (1, "neither the digest of a batch nor the file", [&["decide", "admit", "nothing"], WHY, FILES].concat()),
        (1, "neither the digest of a batch nor the file", [&["decide", "admit", "plan.json"], WHY, FILES].concat()),
        (1, "no id of a record", [&["decide", "leave-out", "short"], WHY, FILES].concat()),
        (1, "`reason` is empty", [&["decide", "count", RECORD, "--reason", " ", "--by", "x"], FILES].concat()),
        (1, "`by` is empty", [&["decide", "count", RECORD, "--reason", "x", "--by", ""], FILES].concat()),
        (1, "does not name these keys", [&["decide", "count", RECORD], WHY, &other[..]].concat()),
    ] {
        desk.fails(code, words, &arguments);
        assert_eq!(desk.files(), before, "{arguments:?}");
    }

    // One line that was changed spoils the whole: nothing is added, and nothing is counted without it.
    let text = fs::read_to_string(desk.path("d.minping-decisions")).unwrap();
    let at = text.len() / 2;
    let letter = if &text[at..=at] == "A" { "B" } else { "A" };
    fs::write(desk.path("d.minping-decisions"), [&text, &text[..at], letter, &text[at + 1..]].concat()).unwrap();
    let before = desk.files();
    desk.fails(1, "d.minping-decisions:2: ", &[&["decide", "count", RECORD], WHY, FILES].concat());
    fs::create_dir(desk.path("in")).unwrap();
    let merge = ["merge", "in", "--output", "ledger", "--plan", "published.json", "--decisions", "d.minping-decisions"];
    desk.fails(1, "d.minping-decisions:2: ", &merge);
    fs::remove_dir(desk.path("in")).unwrap();
    assert_eq!(desk.files(), before);
}
