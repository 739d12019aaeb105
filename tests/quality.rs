//! The checks of quality and the back-check, from signed batches to the tables, with the program's own commands.
#![cfg(feature = "cli")]

use minping::batch::{BatchDraft, Crypto, seal_record, sign_batch, sign_card};
use minping::named::Named;
use minping::native::crypto::Native;
use minping::plan::{Digest, Mode, Plan, load};
use minping::session::{Answer, Disposition, PlanRef, Record};
use pollster::block_on;
use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::OnceLock;

const PASSPHRASE: &str = "four unrelated words";
const RECORDS: usize = 24;
const DEVICES: [&str; 3] = ["tablet one", "平板二", "tablet three"];

/// An office with the batches of three devices, the third of which copies and clicks.
struct Office {
    folder: tempfile::TempDir,
    plan: String,
}

impl Office {
    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn command(&self, lang: &str, line: &str) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_minping"));
        command.args(["--lang", lang]).args(line.split(' ')).current_dir(self.folder.path());
        command.env("MINPING_PASSPHRASE", PASSPHRASE).stdin(Stdio::null()).output().unwrap()
    }

    fn run(&self, line: &str) -> String {
        let output = self.command("en", line);
        let (out, errors) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
        assert_eq!(output.status.code(), Some(0), "{line}: {out}{errors}");
        out.into_owned()
    }

    /// A command over the batches.
    fn over(&self, command: &str, rest: &str) -> String {
        format!("{command} batches --plan {} --keys office.minping-keys --roster r.minping-roster{rest}", self.plan)
    }

    fn json(&self, command: &str, rest: &str) -> Vec<Value> {
        serde_json::from_str(&self.run(&self.over(command, &format!("{rest} --format json")))).unwrap()
    }

    fn fails(&self, code: i32, words: &str, line: &str) {
        let output = self.command("en", line);
        let errors = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.code() == Some(code) && errors.contains(words), "{:?} {errors}", output.status);
    }
}

/// SplitMix64: the same answers in every run.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((((z ^ (z >> 31)) >> 32) * limit as u64) >> 32) as usize
    }
}

fn plan() -> String {
    let units: Vec<String> = (1..=10)
        .map(|unit| format!(r#"{{"id": "u{unit}", "label": {{"zh": "单位{unit}", "en": "unit {unit}"}}}}"#))
        .collect();
    let text = |zh: &str, en: &str| format!(r#"{{"zh": "{zh}", "en": "{en}"}}"#);
    format!(
        r#"{{"format": 1, "id": "town", "version": "1", "languages": ["zh", "en"],
        "title": {title}, "asker": {asker}, "purpose": {purpose},
        "privacy": {{"notice": {notice}, "anonymous": false, "seal": true, "smallest_cell": 5}},
        "rounds": [{{"id": "r1", "label": {title}}}],
        "units": [{units}],
        "scales": [{{"id": "four", "grades": [
          {{"name": "a", "label": {a}, "score": 100, "satisfied": true}}, {{"name": "b", "label": {b}, "score": 80, "satisfied": true}},
          {{"name": "c", "label": {c}, "score": 50, "satisfied": false}}, {{"name": "d", "label": {d}, "score": 0, "satisfied": false}}],
          "missing": [{{"name": "x", "label": {x}}}]}}],
        "indicators": [{{"id": "i1", "label": {a}, "weight": 0.5}}, {{"id": "i2", "label": {b}, "weight": 0.5}}],
        "modes": ["face"],
        "questionnaires": [{{"id": "q", "title": {title}, "items": [
          {{"type": "grade_matrix", "name": "m", "label": {title}, "scale": "four"}},
          {{"type": "integer", "name": "age", "label": {age}}},
          {{"type": "datetime", "name": "began", "label": {began}}},
          {{"type": "datetime", "name": "ended", "label": {ended}}}]}}]}}"#,
        title = text("测评", "survey"),
        asker = text("办公室", "office"),
        purpose = text("听取意见", "to listen"),
        notice = text("仅用于统计", "for statistics"),
        units = units.join(","),
        a = text("满意", "good"),
        b = text("较满意", "fair"),
        c = text("不太满意", "poor"),
        d = text("不满意", "bad"),
        x = text("不了解", "don't know"),
        age = text("年龄", "age"),
        began = text("开始时间", "began at"),
        ended = text("结束时间", "ended at"),
    )
}

fn answered(
    plan: &Plan,
    reference: &PlanRef,
    id: String,
    places: &[usize],
    age: usize,
    minutes: (usize, usize),
) -> Record {
    let mut grid: Named<Named<String>> = Named::new();
    for (at, place) in places.iter().enumerate() {
        let row = grid.get_or_insert_with(&plan.units[at / 2].id, Named::new);
        row.insert(["i1", "i2"][at % 2].to_owned(), ["a", "b", "c", "d", "x"][*place].to_owned());
    }
    let time = |minute: usize| {
        Answer::Text(format!("2026-11-{:02}T{:02}:{:02}", 1 + minute / 600, 8 + minute % 600 / 60, minute % 60))
    };
    let mut answers = Named::new();
    answers.insert("m".to_owned(), Answer::Grid(grid));
    answers.insert("age".to_owned(), Answer::Integer(age as i64));
    answers.insert("began".to_owned(), time(minutes.0));
    answers.insert("ended".to_owned(), time(minutes.1));
    Record {
        v: 1,
        id,
        plan: reference.clone(),
        round: "r1".into(),
        questionnaire: "q".into(),
        mode: Mode::Face,
        rater_group: None,
        stratum: None,
        disposition: Disposition::Complete,
        repeats: Named::new(),
        answers,
        missing: Named::new(),
        notes: Named::new(),
        attachments: Default::default(),
    }
}

/// `<device><number>`, filled up to the length of an id.
fn id(device: usize, at: usize) -> String {
    format!("{device}{at:02}{}", "A".repeat(19))
}

fn office() -> &'static Office {
    static OFFICE: OnceLock<Office> = OnceLock::new();
    OFFICE.get_or_init(make)
}

fn make() -> Office {
    let mut office = Office { folder: tempfile::tempdir().unwrap(), plan: String::new() };
    fs::create_dir(office.path("dist")).unwrap();
    fs::create_dir(office.path("batches")).unwrap();
    fs::write(office.path("dist/index.html"), "<!doctype html>").unwrap();
    fs::write(office.path("plan.json"), plan()).unwrap();
    office.run("keys new office.minping-keys");
    office.run("plan publish plan.json --keys office.minping-keys --app dist");
    let index: Value =
        serde_json::from_str(&fs::read_to_string(office.path("dist/plans/index.json")).unwrap()).unwrap();
    office.plan = ["dist/", index["plans"][0]["file"].as_str().unwrap()].concat();
    let plan = load(&fs::read_to_string(office.path(&office.plan)).unwrap()).unwrap();
    let digest = Digest::parse(index["plans"][0]["digest"].as_str().unwrap()).unwrap();
    let reference = PlanRef { id: plan.id.clone(), version: plan.version.clone(), digest };
    let signed = format!("--roster r.minping-roster --plan {} --keys office.minping-keys", office.plan);
    office.run(&format!("roster new {signed}"));
    let mut random = Random(5);
    for (device, name) in DEVICES.iter().enumerate() {
        let key = block_on(Native.generate_sign(false)).unwrap();
        let mut copied: Vec<usize> = Vec::new();
        let mut sealed = Vec::new();
        for at in 0..RECORDS {
            let mut places: Vec<usize> = (0..20).map(|_| random.below(5)).collect();
            let age = 20 + random.below(60);
            let minute = at * 25;
            let mut took = 9 + random.below(5);
            if device == 2 {
                match at {
                    0 => copied = places.clone(),
                    1..=6 => places = copied.clone(),
                    7..=11 => places.fill(0),
                    _ => {}
                }
                took = if at < 12 { 2 } else { took };
            }
            let record = answered(&plan, &reference, id(device, at), &places, age, (minute, minute + took));
            sealed.push(block_on(seal_record(&Native, &plan.keys.as_ref().unwrap().seal, &record)).unwrap());
        }
        let draft = BatchDraft {
            plan: reference.clone(),
            round: "r1".into(),
            seq: 1,
            prev: None,
            link: None,
            records: sealed,
            voided: vec![],
        };
        let batch = block_on(sign_batch(&Native, &key.0, &key.1, draft)).unwrap();
        fs::write(office.path(&format!("batches/{device}.minping")), batch.text).unwrap();
        let card = block_on(sign_card(&Native, &key.0, &key.1, name)).unwrap();
        fs::write(office.path("device.minping-card"), card).unwrap();
        office.run(&format!("roster add device.minping-card {signed}"));
    }
    office
}

fn records<'a>(rows: &'a [Value], check: &str) -> Vec<&'a str> {
    let rows = rows.iter().filter(|row| row["check"] == check);
    rows.filter_map(|row| row["record"].as_str()).map(|id| &id[..3]).collect()
}

#[test]
fn the_cheater_is_flagged_by_name_and_the_honest_are_not() {
    let office = office();
    let flags = office.json("quality", " --show flags --start began --end ended");
    let copies: Vec<String> = (0..7).map(|at| format!("2{at:02}")).collect();
    assert_eq!(records(&flags, "near_duplicate"), copies);
    assert_eq!(records(&flags, "same_grades"), ["207", "208", "209", "210", "211"]);
    let fast: Vec<String> = (0..12).map(|at| format!("2{at:02}")).collect();
    assert_eq!(records(&flags, "speed"), fast);
    assert!(flags.iter().filter(|row| row["record"].is_string()).all(|row| row["interviewer"] == "tablet three"));
    let people: Vec<&Value> = flags.iter().filter(|row| row["check"] == "interviewer").collect();
    assert!(people.iter().any(|row| row["interviewer"] == "tablet three" && row["measure"] == "highest match"));
    // A threshold is an option.
    assert!(
        records(&office.json("quality", " --show flags --speed 0.05 --start began --end ended"), "speed").is_empty()
    );
}

#[test]
fn what_the_records_do_not_hold_is_left_out_with_its_reason() {
    let office = office();
    let rows = office.json("quality", "");
    let row = |check: &str| rows.iter().find(|row| row["check"] == check).unwrap();
    for check in ["speed", "burst", "hour"] {
        assert_eq!((&row(check)["flags"], &row(check)["judged"]), (&Value::Null, &Value::Null));
        assert!(row(check)["note"].as_str().unwrap().contains("--start"));
    }
    assert_eq!((&row("same_grades")["flags"], &row("same_grades")["judged"]), (&5.into(), &72.into()));
    assert_eq!(row("neat_quotas")["flags"], Value::Null);
    assert!(rows.iter().all(|row| row["source"].is_string() && row["limits"].is_string()));
    let output = office.command("zh", &office.over("quality", ""));
    let (out, errors) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(out.contains("两份几乎相同") && out.contains("门槛") && errors.contains("不剔除任何答卷"), "{out}{errors}");
}

#[test]
fn every_view_is_a_table_in_every_format() {
    let office = office();
    for view in ["summary", "flags", "records", "interviewers", "effects", "matches", "pairs", "units", "quotas"] {
        let rows = office.json("quality", &format!(" --show {view}"));
        assert_eq!(rows.is_empty(), view == "quotas", "{view}: the plan has no targets");
        let csv = office.run(&office.over("quality", &format!(" --show {view} --format csv")));
        assert_eq!(csv.lines().count(), rows.len() + 1, "{view}");
        office.run(&office.over("quality", &format!(" --show {view}")));
    }
    let all = office.json("quality", " --show records");
    assert_eq!(all.len(), 72);
    let matched = office.json("quality", " --show matches");
    let counted: u64 = matched.iter().map(|row| row["records"].as_u64().unwrap()).sum();
    assert_eq!(counted, 67, "those with one grade for everything are not compared");
}

#[test]
fn wrong_arguments_are_named() {
    let office = office();
    office.fails(
        1,
        "--end: no questionnaire of the plan has an item `closed`",
        &office.over("quality", " --end closed"),
    );
    office.fails(1, "the plan has no round `r9`; choose one of r1", &office.over("quality", " --round r9"));
    office.fails(2, "a number from 0 to 1", &office.over("quality", " --match 85"));
    let sealed = format!("quality batches --plan {} --roster r.minping-roster", office.plan);
    office.fails(1, "72 records are sealed", &sealed);
}

#[test]
fn the_documents_of_quality_name_every_check_and_option() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let text = fs::read_to_string(root.join("docs/quality.md")).unwrap();
    for check in minping::quality::Check::ALL {
        assert!(text.contains(&format!("`{}`", check.code())), "{}", check.code());
    }
}

#[test]
fn records_are_drawn_by_device_and_the_second_answers_compared() {
    let office = office();
    let line = " --seed 7 --share 0.1 --with age --ask m/u1/i1,age";
    let drawn = office.json("backcheck draw", line);
    assert_eq!(drawn.len(), 9, "three of twenty-four for each device");
    assert_eq!(drawn, office.json("backcheck draw", line), "the seed decides");
    for device in DEVICES {
        assert_eq!(drawn.iter().filter(|row| row["interviewer"] == device).count(), 3);
    }
    assert!(drawn.iter().all(|row| row["age"].is_null() && row["m/u1/i1"].is_null()), "to fill in");
    let told = office.command("en", &office.over("backcheck draw", " --count 5"));
    let errors = String::from_utf8_lossy(&told.stderr).into_owned();
    let seed = errors.split("--seed ").nth(1).and_then(|rest| rest.split_whitespace().next()).unwrap();
    let again = office.run(&office.over("backcheck draw", &format!(" --count 5 --seed {seed}")));
    assert_eq!(String::from_utf8_lossy(&told.stdout), again, "the seed that was told makes the same sample");

    // Asked again: the honest say the same, of the third device one person never was asked and says another age.
    let records = office.json("quality", " --show records");
    assert_eq!(records.len(), 72);
    let mut table = String::from("id,note,age\n");
    let mut others = 0;
    for row in &drawn {
        let third = row["interviewer"] == "tablet three";
        let age: u32 = row["first:age"].as_str().unwrap().parse().unwrap();
        let changed = third && others == 0;
        others += u32::from(changed);
        table.push_str(&format!("{},called,{}\n", row["id"].as_str().unwrap(), age + u32::from(changed)));
    }
    fs::write(office.path("again.csv"), table).unwrap();
    let rows = office.json("backcheck compare", " --answers again.csv");
    assert_eq!((&rows[0]["question"], &rows[0]["n"], &rows[0]["equal"]), (&"age".into(), &9.into(), &8.into()));
    let people = office.json("backcheck compare", " --answers again.csv --show interviewers");
    let differ: Vec<(&str, u64)> =
        people.iter().map(|row| (row["interviewer"].as_str().unwrap(), row["differ"].as_u64().unwrap())).collect();
    assert_eq!(
        differ.iter().filter(|(name, differ)| *differ == u64::from(*name == "tablet three")).count(),
        3,
        "{differ:?}"
    );
    let listed = office.json("backcheck compare", " --answers again.csv --show differences");
    assert_eq!((listed.len(), &listed[0]["interviewer"]), (1, &"tablet three".into()));
}

#[test]
fn a_backcheck_that_cannot_be_made_is_refused_with_the_reason() {
    let office = office();
    office.fails(1, "--ask: `m/u1` is no question", &office.over("backcheck draw", " --ask m/u1"));
    office.fails(2, "above 0 and up to 1", &office.over("backcheck draw", " --share 0"));
    office.fails(
        1,
        "no record is of `other`; choose one of q",
        &office.over("backcheck draw", " --questionnaire other"),
    );
    fs::write(office.path("wrong.csv"), "id,age\nnobody,30\n").unwrap();
    office.fails(1, "wrong.csv: line 2: no record `nobody`", &office.over("backcheck compare", " --answers wrong.csv"));
    office.fails(3, "none.csv: cannot read this file", &office.over("backcheck compare", " --answers none.csv"));
}
