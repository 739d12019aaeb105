//! The rectification ledger as an office works with it at the program: from the scores of a round to the next.
#![cfg(feature = "cli")]

use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// Days that nobody announced: Wednesday and Thursday off, and the Sunday after them worked.
const DAYS: &str = "day,kind\n2020-11-11/2020-11-12,off\n2020-11-15,work\n";

struct Office {
    folder: tempfile::TempDir,
}

impl Office {
    fn new() -> Office {
        let office = Office { folder: tempfile::tempdir().unwrap() };
        let plan = Path::new(env!("CARGO_MANIFEST_DIR")).join("plans/county-transport.json");
        fs::copy(plan, office.path("plan.json")).unwrap();
        fs::write(office.path("days.csv"), DAYS).unwrap();
        office.done("rectify new l.minping-cases --plan plan.json");
        office
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn run(&self, lang: &str, line: &str) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_minping"));
        command.args(["--lang", lang]).args(line.split(' ')).current_dir(self.folder.path());
        command.env("MINPING_PASSPHRASE", "four unrelated words").env("TZ", "Asia/Shanghai");
        command.stdin(Stdio::null()).output().unwrap()
    }

    fn done(&self, line: &str) -> String {
        let output = self.run("en", line);
        let (out, errors) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
        assert_eq!(output.status.code(), Some(0), "{line}: {out}{errors}");
        out.into_owned()
    }

    fn fails(&self, code: i32, words: &str, line: &str) {
        let before = fs::read_to_string(self.path("l.minping-cases")).ok();
        for lang in ["en", "zh"] {
            let output = self.run(lang, line);
            let errors = String::from_utf8_lossy(&output.stderr);
            assert_eq!(output.status.code(), Some(code), "{line}: {errors}");
            assert!(lang == "zh" || errors.contains(words), "{line}: {errors}");
            // What the arguments lack is said by their reader, in English.
            assert!(code == 2 || errors.is_ascii() == (lang == "en"), "{errors}");
        }
        assert_eq!(fs::read_to_string(self.path("l.minping-cases")).ok(), before, "{line}: nothing was changed");
    }

    fn list(&self, more: &str) -> Vec<Value> {
        serde_json::from_str(&self.done(&format!("rectify list l.minping-cases --format json{more}"))).unwrap()
    }

    /// A step of the first case.
    fn step(&self, command: &str, rest: &str) -> String {
        self.done(&format!("rectify {command} l.minping-cases 2026-001 --by office --day {rest}"))
    }

    /// A case that was opened on the 2nd and is assigned.
    fn with_case() -> Office {
        let office = Office::new();
        let line =
            "rectify open l.minping-cases --title queues --unit hall --by office --day 2020-11-02 --name 2026-001";
        assert!(office.done(line).starts_with("2026-001\topen\topened\t"));
        office.step("assign", "2020-11-02 --unit hall --post director");
        office
    }
}

#[test]
fn a_case_goes_its_way_and_a_deadline_leaves_out_weekends_and_holidays() {
    let office = Office::with_case();
    // Fri 6; Mon 9, Tue 10, (Wed 11 and Thu 12 off), Fri 13, (Sat 14), Sun 15 worked.
    office.step("plan", "2020-11-06 --measure counters --days 4 --calendar days.csv");
    let rows = office.list(" --on 2020-11-09 --calendar days.csv");
    assert_eq!((&rows[0]["state"], &rows[0]["due"]), (&"underway".into(), &"2020-11-15".into()));
    assert_eq!((&rows[0]["left"], &rows[0]["overdue"]), (&3.into(), &"no".into()));
    assert!(office.list(" --overdue --on 2020-11-15 --calendar days.csv").is_empty(), "the day itself is not over");
    let rows = office.list(" --overdue --on 2020-11-17 --calendar days.csv");
    assert_eq!(rows[0]["left"], Value::from(-2));
    assert_eq!(office.list(" --due 3 --on 2020-11-09 --calendar days.csv").len(), 1);
    assert!(office.list(" --due 2 --on 2020-11-09 --calendar days.csv").is_empty());
    fs::write(office.path("photo.jpg"), "abc").unwrap();
    office.step("reply", "2020-11-13 --text opened --evidence photo.jpg");
    office.step("callback", "2020-11-14 --whom representative --outcome satisfied");
    office.step("verify", "2020-11-16 --passed --text seen");
    let said = office.step("close", "2020-11-17 --how rectified --text done");
    assert!(said.starts_with("2026-001\tclosed\tclosed\t"), "{said}");
    let rows = office.list(" --state closed --unit hall");
    assert_eq!((&rows[0]["call_back"], &rows[0]["replied"]), (&"satisfied".into(), &"2020-11-13".into()));
    assert!(office.list(" --unit elsewhere").is_empty());
    let shown = office.done("rectify show l.minping-cases 2026-001");
    assert!(shown.contains("4 working days after 2020-11-06; calendar: days.csv"), "{shown}");
    // SHA-256 of `abc`, in base64url.
    assert!(shown.contains("photo.jpg (SHA-256 ungWv48Bz-pBQUDeXa4iI7ADYaOWF3qctBD_YfIAFa0, 3 B)"), "{shown}");
    let shown = office.run("zh", "rectify show l.minping-cases 2026-001");
    assert!(String::from_utf8_lossy(&shown.stdout).contains("自 2020-11-06 起 4 个工作日"));
}

#[test]
fn what_does_not_fit_is_refused_with_what_to_do_and_changes_nothing() {
    let office = Office::with_case();
    let step = |command: &str, rest: &str| format!("rectify {command} l.minping-cases 2026-001 --by office {rest}");
    office.fails(1, "set measure and deadline first", &step("reply", "--text x"));
    office.fails(1, "there is no deadline", &step("plan", "--measure x"));
    office.fails(1, "has not come yet", &step("assign", "--unit a --post b --day 2999-01-01"));
    office.fails(1, "reopen it first", &{
        office.step("close", "2020-11-03 --how dropped --text mistake");
        step("verify", "--passed --text x")
    });
    office.fails(1, "no case `2026-009`", "rectify show l.minping-cases 2026-009");
    office.step("reopen", "2020-11-04 --reason again");
    office.step("plan", "2020-11-04 --measure x --due 2020-11-20");
    office.fails(1, "later than 2020-11-20", &step("extend", "--reason x --due 2020-11-20"));
    office.step("reply", "2020-11-05 --text x");
    office.fails(1, "only with consent", &step("callback", "--whom respondent --outcome satisfied"));
    let consent = "--whom respondent --outcome satisfied --plan plan.json --consent";
    office.fails(1, "no questionnaire of the plan has an item `phone`", &step("callback", &format!("{consent} phone")));
    office.fails(
        1,
        "is called `2026-001` already",
        "rectify open l.minping-cases --by x --title x --unit x --name 2026-001",
    );
    office.fails(1, "--title is missing", "rectify open l.minping-cases --by x --unit x");
    office.fails(
        1,
        "the plan has no unit `nobody`",
        "rectify open l.minping-cases --by x --title x --unit-id nobody --plan plan.json",
    );
    fs::write(office.path("bad.csv"), "day,kind\n2020-11-31,off\n").unwrap();
    office.fails(1, "line 2: `2020-11-31` is no day", "rectify list l.minping-cases --calendar bad.csv");
    office.fails(2, "no day", "rectify list l.minping-cases --on 2020-11-31");
}

#[test]
fn an_unreadable_ledger_is_never_written_to() {
    let office = Office::with_case();
    let good = fs::read_to_string(office.path("l.minping-cases")).unwrap();
    for (text, words) in [
        (good.replace("director", "nobody"), "its content is not what its id says"),
        (good[..good.len() - 9].to_owned(), "no JSON"),
        (good.replace("\"v\":1", "\"v\":7"), "version 7"),
        (good.replace("minping-rectification", "other"), "no rectification ledger"),
    ] {
        fs::write(office.path("l.minping-cases"), text).unwrap();
        office.fails(1, words, "rectify assign l.minping-cases 2026-001 --by x --unit a --post b");
        office.fails(1, words, "rectify list l.minping-cases");
    }
    office.fails(3, "cannot create", "rectify new l.minping-cases --plan plan.json");
}

#[test]
fn a_mistake_is_corrected_by_a_later_entry_and_stays_to_be_read() {
    let office = Office::with_case();
    let rows: Vec<Value> =
        serde_json::from_str(&office.done("rectify show l.minping-cases 2026-001 --format json")).unwrap();
    let id = rows[1]["id"].as_str().unwrap();
    let step = r#"{"assigned":{"unit":"hall","post":"deputy"}}"#;
    office.step("correct", &format!("2020-11-03 {} --reason typo --as {step}", &id[..10]));
    assert_eq!(office.list("")[0]["post"], "deputy");
    let shown = office.done("rectify show l.minping-cases 2026-001");
    assert!(shown.contains("corrected by entry") && shown.contains("typo"), "{shown}");
    office.fails(
        1,
        "member `unit` is missing",
        &format!("rectify correct l.minping-cases 2026-001 {} --by x --reason x --as {{\"assigned\":{{}}}}", &id[..10]),
    );
    office.step("correct", &format!("2020-11-03 {} --reason twice --withdraw", &id[..10]));
    assert_eq!(office.list("")[0]["state"], "open");
}

#[test]
fn two_copies_merge_without_loss_and_what_differs_is_told() {
    let office = Office::with_case();
    office.step("plan", "2020-11-04 --measure x --due 2020-11-20");
    office.step("reply", "2020-11-05 --text x");
    fs::copy(office.path("l.minping-cases"), office.path("copy.minping-cases")).unwrap();
    office.step("verify", "2020-11-09 --passed --text seen");
    office.done("rectify verify copy.minping-cases 2026-001 --by other --failed --text closed");
    let merged = office.run("en", "rectify merge l.minping-cases copy.minping-cases");
    let errors = String::from_utf8_lossy(&merged.stderr);
    assert_eq!(merged.status.code(), Some(1), "{errors}");
    assert!(errors.contains("does not fit what was written before and changes nothing"), "{errors}");
    let text = |name: &str| fs::read_to_string(office.path(name)).unwrap();
    let whole = text("l.minping-cases");
    office.run("en", "rectify merge l.minping-cases copy.minping-cases");
    assert_eq!(text("l.minping-cases"), whole, "once more changes nothing");
    office.run("en", "rectify merge copy.minping-cases l.minping-cases");
    assert_eq!(text("copy.minping-cases"), whole, "nor does the order");
    fs::write(office.path("other.minping-cases"), whole.replace("county-transport", "elsewhere")).unwrap();
    office.fails(1, "of the plan `elsewhere`", "rectify merge l.minping-cases other.minping-cases");
}

#[test]
fn a_table_for_spreadsheets_holds_no_formula_and_a_paper_no_markup_of_others() {
    let office = Office::new();
    let output = Command::new(env!("CARGO_BIN_EXE_minping"))
        .args(["--lang", "en", "rectify", "open", "l.minping-cases", "--by", "x", "--name", "@1"])
        .args(["--title", "=HYPERLINK(\"x\")", "--unit", "<script>alert(1)</script>", "--suggestion", "<img src=x>"])
        .current_dir(office.folder.path())
        .output()
        .unwrap();
    assert!(output.status.success(), "{output:?}");
    let csv = office.done("rectify list l.minping-cases --format csv");
    assert!(csv.contains("'@1,") && csv.contains("\"'=HYPERLINK(\"\"x\"\")\""), "{csv}");
    office.done("rectify report l.minping-cases --plan plan.json --out paper.html");
    let html = fs::read_to_string(office.path("paper.html")).unwrap();
    assert!(html.contains("&lt;script&gt;") && !html.contains("<script") && !html.contains("<img"));
    assert!(html.contains("rectification ledger") && html.contains("Internal:"));
    let zh = office.run("zh", "rectify report l.minping-cases --plan plan.json --out paper.html");
    assert_eq!(zh.status.code(), Some(0));
    let html = fs::read_to_string(office.path("paper.html")).unwrap();
    for words in ["整改台账", "一、概况", "待交办", "责任单位（签章）"] {
        assert!(html.contains(words), "{words}");
    }
    fs::write(office.path("mine.html"), "<p>mine</p>").unwrap();
    office.fails(1, "left as it is", "rectify report l.minping-cases --out mine.html");
}

/// An office with two simulated rounds of the county's plan.
fn two_rounds() -> Office {
    let office = Office::new();
    office.done("keys new office.minping-keys");
    for (round, seed, out) in [("2026-06", "1", "first"), ("2026-11", "2", "second")] {
        office.done(&format!(
            "simulate round plan.json --keys office.minping-keys --out {out} --records 150 --population 150 --round {round} --seed {seed}"
        ));
    }
    office
}

#[test]
fn findings_are_proposed_opened_by_a_person_and_compared_with_the_next_round() {
    let office = two_rounds();
    let on = |folder: &str| {
        format!(
            "{folder}/batches --plan {folder}/plan.json --keys office.minping-keys --roster {folder}/devices.minping-roster"
        )
    };
    let propose = format!("rectify propose {} --by-indicator --below 100", on("first"));
    let found: Vec<Value> = serde_json::from_str(&office.done(&format!("{propose} --format json"))).unwrap();
    assert_eq!(found.len(), 8, "every indicator is below 100");
    let rows: Vec<Value> =
        serde_json::from_str(&office.done(&format!("tally {} --by indicator --format json", on("first")))).unwrap();
    for one in &found {
        let row = rows.iter().find(|row| row["indicator"] == one["indicator_id"]).unwrap();
        assert_eq!((one["value"].as_f64(), &one["n"]), (row["score"].as_f64(), &row["n"]), "the tally's own number");
        assert!(one["low"].as_f64() < one["value"].as_f64() && one["value"].as_f64() < one["high"].as_f64());
        assert_eq!(one["clear"], "yes");
    }
    let values: Vec<f64> = found.iter().map(|one| one["value"].as_f64().unwrap()).collect();
    assert!(values.is_sorted(), "the lowest first");
    fs::write(office.path("found.json"), serde_json::to_string(&found).unwrap()).unwrap();
    assert!(office.list("").is_empty(), "nothing is opened by itself");
    office.done("rectify open l.minping-cases --proposals found.json --take 1 --by office --name 2026-001");
    office.fails(1, "has no finding 99", "rectify open l.minping-cases --proposals found.json --take 99 --by office");
    let case = office.done("rectify show l.minping-cases 2026-001");
    assert!(case.contains("95 % interval") && case.contains("threshold 100"), "{case}");
    let compare = format!("rectify compare --ledger l.minping-cases {} --format json", on("second"));
    let rows: Vec<Value> = serde_json::from_str(&office.done(&compare)).unwrap();
    let row = &rows[0];
    let number = |key: &str| row[key].as_f64().unwrap();
    assert_eq!(
        (&row["before"], &row["before_round"], &row["after_round"]),
        (&found[0]["value"], &"2026-06".into(), &"2026-11".into())
    );
    assert!((number("after") - number("before") - number("change")).abs() < 0.006, "{row:#}");
    assert!(number("low") < number("change") && number("change") < number("high"), "{row:#}");
    let shown = number("low") > 0.0 || number("high") < 0.0;
    assert_eq!(row["shown"] == "no-change-shown", !shown, "{row:#}");
    // The round itself is not a later one.
    let again = format!("rectify compare --ledger l.minping-cases {} --format json", on("first"));
    let rows: Vec<Value> = serde_json::from_str(&office.done(&again)).unwrap();
    assert_eq!((&rows[0]["after"], &rows[0]["shown"]), (&Value::Null, &"no-later-figure".into()));
    office.fails(2, "there is no threshold", &format!("rectify propose {}", on("first")));
}
