use super::desk::*;
use serde_json::Value;
use std::fs;

/// A desk with a simulated round, and a file of notes.
fn desk() -> Desk {
    let desk = Desk::open();
    desk.done(
        &[
            &["simulate", "round", "plan.json", "--keys", "office.minping-keys", "--passphrase-file", "passphrase"][..],
            &["--out", "round", "--records", "80"],
        ]
        .concat(),
    );
    desk.done(&["suggestions", "new", "n.minping-suggestions", "--plan", "round/plan.json"]);
    desk
}

const TAKE: &[&str] = &[
    "round/batches",
    "--plan",
    "round/plan.json",
    "--roster",
    "round/devices.minping-roster",
    "--keys",
    "office.minping-keys",
    "--passphrase-file",
    "passphrase",
];
const NOTES: &[&str] = &["--notes", "n.minping-suggestions"];

fn list(desk: &Desk, more: &[&str]) -> Vec<Value> {
    let words = [&["suggestions", "list"], TAKE, NOTES, &["--format", "json"], more].concat();
    serde_json::from_str(&desk.done(&words)).unwrap()
}

fn write(desk: &Desk, command: &str, more: &[&str]) {
    desk.done(&[&["suggestions", command], TAKE, NOTES, &["--by", "office"], more].concat());
}

/// The code with which these texts are released.
fn seen(desk: &Desk, more: &[&str]) -> String {
    let output = desk.run(&[&["suggestions", "list"], TAKE, NOTES, more].concat());
    let errors = String::from_utf8(output.stderr).unwrap();
    errors.rsplit_once("--seen ").unwrap().1.trim().to_owned()
}

#[test]
fn texts_are_tagged_assigned_masked_released_and_published() {
    let desk = desk();
    let all = list(&desk, &[]);
    let long: Vec<&Value> = all.iter().filter(|row| row["text"] == "窗口太少，排队时间长").collect();
    assert!(all.len() > long.len() && long.len() > 2, "{all:?}");
    let unit = desk.published().units[0].id.clone();
    write(&desk, "tag", &["--search", "窗口", "--add", "排队"]);
    write(&desk, "assign", &["--tagged", "排队", "--unit", &unit]);
    assert_eq!(list(&desk, &["--of-unit", &unit]).len(), long.len());
    write(&desk, "mask", &["--search", "窗口", "--words", "时间长", "--kind", "door"]);
    let id = long[0]["id"].as_str().unwrap();
    write(&desk, "lift", &["--id", id, "--words", "时间长"]);
    write(&desk, "assign", &["--id", id, "--indicator", "efficiency"]);
    assert_eq!(list(&desk, &["--of-unit", &unit]).len(), long.len(), "the unit is still there");
    // Only what was looked at: another choice has another code.
    let chosen = ["--tagged", "排队"];
    let code = seen(&desk, &chosen);
    let other = seen(&desk, &["--id", id]);
    let before = fs::read(desk.path("n.minping-suggestions")).unwrap();
    let release = [&["suggestions", "release"], TAKE, NOTES, &["--by", "office"], &chosen].concat();
    desk.fails(1, "not those that were listed", &[&release[..], &["--seen", &other]].concat());
    assert_eq!(fs::read(desk.path("n.minping-suggestions")).unwrap(), before);
    write(&desk, "release", &[&chosen[..], &["--seen", &code]].concat());
    write(&desk, "withhold", &["--id", long[1]["id"].as_str().unwrap()]);
    let out = ["--out", "p.csv"];
    desk.done(&[&["suggestions", "publish"], TAKE, NOTES, &out].concat());
    let published = fs::read_to_string(desk.path("p.csv")).unwrap();
    assert_eq!(published.lines().count(), long.len(), "a head, and all but the one that was withheld: {published}");
    assert_eq!(published.matches("排队〔门牌〕").count(), long.len() - 2);
    assert!(!published.contains("周末") && !published.contains(id), "{published}");
    assert!(!published.lines().next().unwrap().contains("tags"), "tags are the office's own: {published}");
    // A CSV file is not replaced: another may have made it.
    desk.fails(1, "was not written by this program", &[&["suggestions", "publish"], TAKE, NOTES, &out].concat());
    desk.done(&[&["suggestions", "publish"], TAKE, NOTES, &["--out", "p.html"]].concat());
    let page = fs::read_to_string(desk.path("p.html")).unwrap();
    assert!(page.contains("〔门牌〕") && !page.contains("周末"), "{page}");

    assert!(!page.contains("selected from"), "{page}");
    let some = ["--out", "some.html", "--search", "窗口"];
    desk.done(&[&["suggestions", "publish"], TAKE, NOTES, &some].concat());
    assert!(fs::read_to_string(desk.path("some.html")).unwrap().contains("selected from those released"));

    let report = |name: &str, more: &[&str]| {
        desk.done(&[&["report"], TAKE, &["--publish", "--out", name], more].concat());
        fs::read_to_string(desk.path(name)).unwrap()
    };
    assert!(report("with.html", &["--suggestions", "n.minping-suggestions"]).contains("排队〔门牌〕"));
    assert!(!report("without.html", &[]).contains("排队"));

    let counts = desk.done(&[&["suggestions", "count"], TAKE, NOTES, &["--by", "tag", "--format", "csv"]].concat());
    assert!(counts.contains(&format!("排队,{}", long.len())), "{counts}");
    let themes = [&["suggestions", "count"], TAKE, NOTES, &["--by", "tag-and-unit", "--format", "csv"]].concat();
    let themes = desk.done(&themes);
    let all = format!(",{}", long.len());
    assert!(themes.contains("tag,unit,suggestions"), "{themes}");
    assert!(themes.lines().any(|line| line.starts_with("排队,") && line.ends_with(&all)), "{themes}");
    let words = desk.done(&[&["suggestions", "words"], TAKE, &["--format", "csv"]].concat());
    assert!(words.contains("窗口,") && words.contains("周末,"), "{words}");
    let groups = desk.done(&[&["suggestions", "groups"], TAKE, &["--format", "csv"]].concat());
    assert!(groups.lines().count() >= 5, "{groups}");
}

#[test]
fn the_office_answers_and_the_answer_stands_below_what_is_released() {
    let desk = desk();
    let windows = ["--search", "窗口"];
    write(&desk, "answer", &[&windows[..], &["--text", " 十月起加开两个窗口。 "]].concat());
    fs::write(desk.path("answer.txt"), "周末已开放，请打 13800001234。\n").unwrap();
    let weekend = [&["suggestions", "answer"], TAKE, NOTES, &["--by", "office", "--search", "周末"]].concat();
    let output = desk.run(&[&weekend[..], &["--text-file", "answer.txt"]].concat());
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(output.status.success() && said.contains("1 places in it look like a name or a number"), "{said}");
    let rows = list(&desk, &["--shown", "answered"]);
    assert!(
        rows.iter()
            .all(|row| row["answer"] == "十月起加开两个窗口。" || row["text"].as_str().unwrap().contains("周末"))
    );

    // Only what is released is published, and its answer with it.
    let code = seen(&desk, &windows);
    write(&desk, "release", &[&windows[..], &["--seen", &code]].concat());
    let publish = |name: &str| {
        desk.done(&[&["suggestions", "publish"], TAKE, NOTES, &["--out", name]].concat());
        fs::read_to_string(desk.path(name)).unwrap()
    };
    for text in [publish("a.csv"), publish("a.html")] {
        assert!(text.contains("十月起加开两个窗口。") && !text.contains("周末已开放"), "{text}");
    }
    let report = ["--publish", "--suggestions", "n.minping-suggestions", "--out", "r.html"];
    desk.done(&[&["report"], TAKE, &report].concat());
    let report = fs::read_to_string(desk.path("r.html")).unwrap();
    assert!(report.contains("Answer: ") && report.contains("十月起加开两个窗口。"), "{report}");

    write(&desk, "answer", &[&windows[..], &["--take-back"]].concat());
    assert!(!publish("b.csv").contains("十月起"));
    assert!(!list(&desk, &["--shown", "unanswered"]).is_empty());
    desk.fails(1, "nothing to write down", &[&weekend[..], &["--text", " "]].concat());
    desk.fails(2, "--text", &weekend);
}

#[test]
fn nothing_is_decided_about_nobody_knows_what() {
    let desk = desk();
    fn write<'a>(command: &'a str, more: &[&'a str]) -> Vec<&'a str> {
        [&["suggestions", command], TAKE, NOTES, more].concat()
    }
    let before = fs::read(desk.path("n.minping-suggestions")).unwrap();
    desk.fails(1, "no text is chosen", &write("release", &["--by", "office", "--seen", "x"]));
    desk.fails(1, "no text is chosen", &write("release", &["--by", "office", "--search", "nowhere", "--seen", "x"]));
    desk.fails(1, "nobody is named", &write("withhold", &["--by", " ", "--search", "窗口"]));
    desk.fails(1, "nothing to write down", &write("assign", &["--by", "o", "--search", "窗口"]));
    desk.fails(
        1,
        "does not stand in the text",
        &write("mask", &["--by", "o", "--search", "窗口", "--words", "nobody"]),
    );
    desk.fails(1, "no unit `x`", &write("assign", &["--by", "o", "--search", "窗口", "--unit", "x"]));
    desk.fails(1, "0 texts have an id", &write("withhold", &["--by", "o", "--id", "nothing"]));
    assert_eq!(fs::read(desk.path("n.minping-suggestions")).unwrap(), before);
    fs::write(desk.path("n.minping-suggestions"), "{}").unwrap();
    desk.fails(1, "n.minping-suggestions", &write("withhold", &["--by", "o", "--search", "窗口"]));
}

#[test]
fn any_text_file_is_masked_and_the_finder_measured() {
    let desk = Desk::new();
    fs::write(desk.path("letters.txt"), "我叫陈志远，电话13800001234\n路灯坏了\n").unwrap();
    assert_eq!(desk.done(&["suggestions", "find", "letters.txt"]), "我叫〔姓名〕，电话〔电话〕\n路灯坏了\n");
    let list = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/vectors/suggestions/fresh.txt");
    let measured = desk.done(&["suggestions", "find", list, "--measure", "--format", "csv"]);
    assert!(measured.contains("recall") && measured.lines().count() > 6, "{measured}");
    fs::write(desk.path("bad.txt"), "⟦name⟧").unwrap();
    desk.fails(1, "the marks are not written", &["suggestions", "find", "bad.txt", "--measure"]);
}
