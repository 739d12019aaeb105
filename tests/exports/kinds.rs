//! Every kind of answer and of missing reason, through every format and back.

use super::{Office, ROOT, found, rows};
use base64ct::{Base64, Encoding};
use minping::batch::{BatchDraft, Crypto, OfficeSecrets, plan_digest, seal_keys, seal_record, sign_batch, sign_roster};
use minping::batch::{Roster, RosterEntry, thumbprint};
use minping::native::crypto::Native;
use minping::plan::{Mode, load};
use minping::session::{Disposition, PlanRef, Record};
use pollster::block_on;
use serde_json::{Map, Value, json};
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::sync::LazyLock;

const FORMULAS: [&str; 6] = ["=cmd|' /C calc'!A0", "+1+1", "-2+3", "@SUM(A1)", "\t=1", "＝1+1"];
const ALL: &str = "ids,words,places,attachments";
/// Longer than a string of SPSS is without segments, and of characters of three and four bytes.
static LONG: LazyLock<String> = LazyLock::new(|| "路灯坏了三天，没有人来修。🚦".repeat(40));

fn record(reference: &PlanRef, id: &str, answers: Value, missing: Value) -> Record {
    let text = json!({
        "v": 1, "id": format!("{id:A<22}"), "plan": {"id": reference.id, "version": reference.version, "digest": reference.digest.0},
        "round": "r1", "questionnaire": "q", "mode": "face", "rater_group": "g1", "disposition": "complete",
        "answers": answers, "missing": missing, "repeats": {"household": 2}
    });
    Record::parse(&text.to_string()).unwrap()
}

/// The plan of all kinds with some more, and records that were sealed and signed as a device does.
fn office() -> Office {
    let office = Office {
        folder: tempfile::tempdir().unwrap(),
        intake: vec!["in", "--plan", "plan.json", "--keys", "keys", "--roster", "roster"],
    };
    let secrets = block_on(OfficeSecrets::generate(&Native)).unwrap();
    let text = fs::read_to_string(Path::new(ROOT).join("tests/vectors/plan/good/kinds.json")).unwrap();
    let mut plan: Value = serde_json::from_str(&text).unwrap();
    plan["keys"] = serde_json::to_value(secrets.public()).unwrap();
    plan["strata"] = json!([{"id": "east", "label": {"zh": "东", "en": "East"}}]);
    let label = |zh: &str, en: &str| json!({"zh": zh, "en": en});
    let items = plan["questionnaires"][0]["items"].as_array_mut().unwrap();
    items.extend([
        json!({"type": "integer", "name": "persons", "label": label("人数", "Persons")}),
        json!({"type": "decimal", "name": "paid", "label": label("花费", "Paid")}),
        json!({"type": "date", "name": "day", "label": label("哪天", "Day")}),
        json!({"type": "time", "name": "hour", "label": label("几点", "Hour")}),
        json!({"type": "text", "name": "words", "label": label("意见 & <建议>", "Words & <more>")}),
        json!({"type": "repeat", "name": "household", "label": label("家人", "Household"), "items": [
            {"type": "integer", "name": "age", "label": label("年龄", "Age")},
            {"type": "text", "name": "called", "label": label("称呼", "Called"), "relevant": "${age} > 3"}
        ]}),
    ]);
    let text = plan.to_string();
    let plan = load(&text).unwrap_or_else(|error| panic!("{error}"));
    let digest = block_on(plan_digest(&Native, text.as_bytes())).unwrap();
    let reference = PlanRef { id: plan.id.clone(), version: plan.version.clone(), digest };
    let bytes = [0xff, 0xd8, 0xff, 0xe0, 1, 2, 3];
    let hash = aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, &bytes);
    let hash: String = hash.as_ref().iter().map(|byte| format!("{byte:02x}")).collect();
    let photo = format!("{hash}-{}.jpg", bytes.len());
    let mut made = vec![
        record(
            &reference,
            "one",
            json!({
                "grades": {"u1": {"i1": "good", "i2": "dont_know"}, "u2": {"i1": "bad"}},
                "way": "other", "way_other": FORMULAS[0], "used": ["bus", "taxi"], "tell": *LONG,
                "mark": "0.7", "stars": 4, "read": "OK", "when": "2026-11-24T09:30",
                "where": "25.033 121.565 0 8.5", "photo": &photo, "code": "4006381333931",
                "persons": -3, "paid": "-12.50", "day": "2026-02-28", "hour": "23:59:58", "words": "两\n行",
                "household[1]/age": 7, "household[1]/called": "小明", "household[2]/age": 2
            }),
            json!({}),
        ),
        record(
            &reference,
            "two",
            json!({"way": "bus", "order": ["taxi", "bus"], "mark": "0.2"}),
            json!({"grades": "refused", "used": "dont_know", "stars": "refused", "paid": "dont_know", "day": "refused", "words": "refused"}),
        ),
    ];
    made[0].attachments = [(photo, Base64::encode_string(&bytes))].into_iter().collect();
    made[0].stratum = Some("east".into());
    made[1].disposition = Disposition::Partial;
    made[1].mode = Mode::Web;
    for (at, formula) in FORMULAS.iter().enumerate() {
        made.push(record(&reference, &format!("f{at}"), json!({"words": formula, "read": "OK"}), json!({})));
    }
    let mut screened = record(&reference, "out", json!({}), json!({}));
    screened.disposition = Disposition::ScreenedOut;
    made.push(screened);
    let (key, public) = block_on(Native.generate_sign(false)).unwrap();
    let device = block_on(thumbprint(&Native, &public)).unwrap();
    let seal = |record| block_on(seal_record(&Native, &plan.keys.as_ref().unwrap().seal, record)).unwrap();
    let records = made.iter().map(seal).collect();
    let draft =
        BatchDraft { plan: reference, round: "r1".into(), seq: 1, prev: None, link: None, records, voided: vec![] };
    let batch = block_on(sign_batch(&Native, &key, &public, draft)).unwrap();
    let entry = RosterEntry { device, key: public, name: "平板".into(), revoked: false };
    let roster = Roster { v: 1, plan: plan.id.clone(), issue: 1, devices: vec![entry] };
    fs::create_dir(office.path("in")).unwrap();
    fs::write(office.path("in/1.minping"), batch.text).unwrap();
    fs::write(office.path("plan.json"), text).unwrap();
    fs::write(office.path("keys"), block_on(seal_keys(&Native, &secrets, super::PASSPHRASE)).unwrap()).unwrap();
    let roster = block_on(sign_roster(&Native, &secrets.sign, &secrets.sign_public, &roster)).unwrap();
    fs::write(office.path("roster"), roster).unwrap();
    office
}

/// What every reader should find in record one and two.
fn expected() -> [Vec<(&'static str, [Option<&'static str>; 2])>; 2] {
    fn is(value: &'static str) -> [Option<&'static str>; 2] {
        [Some(value), None]
    }
    fn not(reason: &'static str) -> [Option<&'static str>; 2] {
        [None, Some(reason)]
    }
    [
        vec![
            ("round", is("r1")),
            ("mode", is("face")),
            ("rater_group", is("g1")),
            ("stratum", is("east")),
            ("disposition", is("complete")),
            ("grades/u1/i1", is("good")),
            ("grades/u1/i2", not("answer:dont_know")),
            ("grades/u2/i1", is("bad")),
            ("grades/u2/i2", not("blank")),
            ("way", is("other")),
            ("used/bus", is("1")),
            ("used/none", is("0")),
            ("order/bus", not("not_asked")),
            ("mark", is("0.7")),
            ("stars", is("4")),
            ("read", is("OK")),
            ("where/latitude", is("25.033")),
            ("where/accuracy", is("8.5")),
            ("code", is("4006381333931")),
            ("persons", is("-3")),
            ("day", is("2026-02-28")),
            ("sketch", not("blank")),
            ("household", is("2")),
            ("household[1]/age", is("7")),
            ("household[1]/called", is("小明")),
            ("household[2]/called", not("not_asked")),
        ],
        vec![
            ("mode", is("web")),
            ("stratum", [None, None]),
            ("disposition", is("partial")),
            ("grades/u1/i1", not("refused")),
            ("way", is("bus")),
            ("used/bus", not("dont_know")),
            ("tell", not("not_asked")),
            ("order/taxi", is("1")),
            ("order/bus", is("2")),
            ("order/none", not("unranked")),
            ("stars", not("refused")),
            ("read", not("blank")),
            ("when", not("not_asked")),
            ("where/latitude", not("blank")),
            ("paid", not("dont_know")),
            ("day", not("refused")),
            ("words", not("refused")),
            ("household[1]/called", not("not_asked")),
        ],
    ]
}

fn of<'a>(rows: &'a [Map<String, Value>], id: &str) -> &'a Map<String, Value> {
    let id = format!("{id:A<22}");
    rows.iter().find(|row| row["id"][0] == id.as_str()).unwrap_or_else(|| panic!("no {id}"))
}

#[test]
fn every_answer_and_every_reason_comes_back_from_every_format() {
    let office = office();
    let csv = office.export("csv", "csv", &["--with", ALL]);
    let parquet = office.export("parquet", "parquet", &["--with", ALL]);
    let xlsx = office.export("xlsx", "book.xlsx", &["--with", ALL]);
    for (format, path) in [
        ("csv-pandas", csv.join("records.csv")),
        ("csv-duckdb", csv.join("records.csv")),
        ("parquet-pandas", parquet.join("records")),
        ("parquet-arrow", parquet.join("records")),
        ("parquet-duckdb", parquet.join("records")),
        ("xlsx", xlsx),
    ] {
        let rows = rows(format, &path);
        assert_eq!(rows.len(), 3 + FORMULAS.len(), "{format}");
        for (id, cells) in ["one", "two"].iter().zip(expected()) {
            let row = of(&rows, id);
            for (column, cell) in cells {
                assert_eq!(row[column], json!(cell), "{format}: {column} of {id}");
            }
        }
        let one = of(&rows, "one");
        assert_eq!(one["tell"][0], LONG.as_str(), "{format}");
        let paid: f64 = one["paid"][0].as_str().unwrap().parse().unwrap();
        assert_eq!(paid, -12.5, "{format}");
        let (when, hour) = (one["when"][0].as_str().unwrap(), one["hour"][0].as_str().unwrap());
        assert!(when.starts_with("2026-11-24T09:30") && hour == "23:59:58", "{format}: {when} {hour}");
        for (at, formula) in FORMULAS.iter().enumerate() {
            let cell = of(&rows, &format!("f{at}"))["words"][0].as_str().unwrap().to_owned();
            match format.starts_with("csv") {
                // A spreadsheet that opens the file shows a text.
                true => assert_eq!(cell, ["'", formula].concat(), "{format}"),
                false => assert_eq!(cell, *formula, "{format}"),
            }
        }
        assert_eq!(of(&rows, "out")["disposition"][0], "screened_out", "{format}");
    }
    let sheets = found(&["sheets"], &office.path("book.xlsx"));
    assert!(sheets.as_array().unwrap().iter().all(|sheet| sheet["formulas"] == 0));
}

#[test]
fn spss_gets_codes_labels_measures_and_declared_missing_values() {
    let office = office();
    let path = office.export("sav", "data.sav", &["--with", ALL]);
    let rows = rows("sav", &path);
    let labels = found(&["labels"], &path);
    assert_eq!(
        (&labels["encoding"], &labels["cases"], &labels["title"]),
        (&json!("UTF-8"), &json!(9), &json!("Town evaluation"))
    );
    let label = |name: &str, code: &str| {
        labels["values"][name][code].as_str().unwrap_or_else(|| panic!("{name} {code}")).to_owned()
    };
    let (one, two) = (of(&rows, "one"), of(&rows, "two"));
    // Cells of a matrix: the grade in words, reasons as codes in the declared range.
    let said = |row: &Map<String, Value>, name: &str| {
        let code = row[name][0].as_str().or(row[name][1].as_str()).unwrap_or_else(|| panic!("{name}"));
        label(name, code)
    };
    assert_eq!(said(one, "grades_u1_i1"), "Satisfied");
    assert_eq!((said(one, "grades_u1_i2"), &one["grades_u1_i2"][0]), ("Don't know".into(), &Value::Null));
    assert_eq!((said(one, "grades_u2_i2"), &one["grades_u2_i2"][1]), ("asked and left empty".into(), &json!("-2")));
    assert_eq!(said(two, "grades_u1_i1"), "refused");
    assert_eq!(said(two, "used_bus"), "don't know, said to the canvasser");
    assert_eq!(said(one, "way"), "Other");
    assert_eq!((&one["used_bus"][0], &one["used_none"][0]), (&json!("1"), &json!("0")));
    assert_eq!((&two["order_taxi"][0], said(two, "order_none")), (&json!("1"), "not ranked".into()));
    // Numbers: −3 is an answer.
    assert_eq!((&one["persons"][0], &one["paid"][0], &one["mark"][0]), (&json!("-3"), &json!("-12.5"), &json!("0.7")));
    assert_eq!((&two["paid"][0], said(two, "paid")), (&Value::Null, "don't know, said to the canvasser".into()));
    // Days since 14 October 1582: 86,400 × 162,018.
    let day = chrono_free_day(2026, 2, 28);
    assert_eq!(one["day"][0], json!((day * 86_400).to_string()));
    assert_eq!(one["hour"][0], json!((23 * 3600 + 59 * 60 + 58).to_string()));
    assert_eq!(said(two, "day"), "refused");
    // Texts, long ones too, and why there is none.
    assert_eq!(one["tell"][0], LONG.as_str());
    assert_eq!((&one["words"][0], &one["household_1__called"][0]), (&json!("两\n行"), &json!("小明")));
    assert_eq!(said(two, "words_why"), "refused");
    assert_eq!(two["stratum"], json!([null, null]), "no stratum is no code");
    for (at, formula) in FORMULAS.iter().enumerate() {
        assert_eq!(of(&rows, &format!("f{at}"))["words"][0], *formula);
    }
    let labelled = |name: &str| labels["labels"][name].as_str().unwrap().to_owned();
    assert_eq!(labelled("grades_u1_i1"), "Civil affairs / Attitude");
    assert_eq!(
        (labelled("words"), labelled("words_why")),
        ("Words & <more>".into(), "Words & <more> (why missing)".into())
    );
    for (name, measure) in
        [("grades_u1_i1", "ordinal"), ("way", "nominal"), ("persons", "scale"), ("paid", "scale"), ("tell", "nominal")]
    {
        assert_eq!(labels["measures"][name], measure, "{name}");
    }
    for (name, format) in
        [("day", "SDATE10"), ("hour", "TIME8"), ("when", "DATETIME20"), ("persons", "F16.0"), ("paid", "F20.6")]
    {
        assert_eq!(labels["formats"][name], format, "{name}");
    }
    assert_eq!(labels["missing"]["grades_u1_i1"], json!([{"lo": -999.0, "hi": -1.0}]));
    assert!(labels["missing"]["persons"][0]["hi"].as_f64().unwrap() < -9e11);
    // In Chinese as well.
    office.done(&[&["--lang", "zh", "export"][..], &office.intake, &["--format", "sav", "--out", "zh.sav"]].concat());
    let labels = found(&["labels"], &office.path("zh.sav"));
    assert_eq!(labels["labels"]["grades_u1_i1"], "民政所 / 态度");
    assert_eq!(labels["values"]["grades_u1_i1"]["-11"], "不了解");
}

/// Days from 14 October 1582, counted year by year.
fn chrono_free_day(year: i64, month: usize, day: i64) -> i64 {
    let leap = |year: i64| (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    let months = |year| [31, if leap(year) { 29 } else { 28 }, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
    let before: i64 = (1583..year).map(|year| if leap(year) { 366 } else { 365 }).sum();
    // 78 days of 1582 are left after 14 October.
    78 + before + months(year)[..month - 1].iter().sum::<i64>() + day
}

#[test]
fn what_points_to_a_person_stays_inside_unless_it_is_named() {
    let office = office();
    let csv = office.export("csv", "csv", &[]);
    let text = fs::read_to_string(csv.join("records.csv")).unwrap();
    let head = text.lines().next().unwrap();
    assert!(head.starts_with("\u{feff}record,round,"), "{head}");
    for gone in ["way_other", "tell", "words", "where", "photo", "code", "called"] {
        assert!(!head.contains(gone), "{gone} in {head}");
    }
    for secret in ["calc", "路灯", "25.033", ".jpg", "4006381333931", "小明", "oneAAAA"] {
        assert!(!text.contains(secret), "{secret}");
    }
    assert!(head.contains("household[1]/age") && head.contains("persons"), "{head}");
    // The order says nothing about ids: equal contents in another order of ids give the same file.
    let rows: Vec<&str> = text.lines().skip(1).collect();
    let content = |row: &str| row.split_once(',').unwrap().1.to_owned();
    let numbers: Vec<&str> = rows.iter().map(|row| row.split_once(',').unwrap().0).collect();
    assert_eq!(numbers, (1..=rows.len()).map(|n| n.to_string()).collect::<Vec<_>>());
    let formulas: Vec<String> = rows.iter().map(|row| content(row)).collect();
    let same = formulas.windows(2).filter(|pair| pair[0] == pair[1]).count();
    assert_eq!(same, FORMULAS.len() - 1, "records that say the same stand together");
    for file in ["records.csv", "grades.csv", "codebook.csv"] {
        let mode = fs::metadata(csv.join(file)).unwrap().permissions().mode();
        assert_eq!(mode & 0o077, 0, "{file} is its owner's");
    }
    let codebook = fs::read_to_string(csv.join("codebook.csv")).unwrap();
    assert!(
        codebook.contains("grades/u1/i1,") && codebook.contains("answer:dont_know,Don't know,-11,,1"),
        "{codebook}"
    );
}

#[test]
fn nothing_is_overwritten_and_records_are_never_published() {
    let office = office();
    fs::write(office.path("there.csv"), "mine").unwrap();
    office.refused(&["--format", "csv", "--out", "there.csv"], 1, "there.csv: is there already");
    assert_eq!(fs::read_to_string(office.path("there.csv")).unwrap(), "mine");
    fs::create_dir(office.path("full")).unwrap();
    fs::write(office.path("full/letter"), "mine").unwrap();
    office.refused(&["--format", "parquet", "--out", "full"], 1, "full: is there already");
    for format in ["csv", "parquet", "sav"] {
        office.refused(&["--format", format, "--out", "public", "--publish"], 2, "are not published");
    }
    office.refused(&["--format", "sav", "--out", "x.sav", "--round", "r9"], 1, "no round `r9`");
    fs::create_dir(office.path("empty")).unwrap();
    office.export("csv", "empty", &[]);
    let left: Vec<_> = fs::read_dir(office.folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert!(left.iter().all(|name| !name.to_string_lossy().contains(".part")), "{left:?}");
    assert!(!office.path("public").exists());
}

#[test]
fn archives_get_the_study_and_every_question_in_every_language() {
    let office = office();
    let path = office.export("ddi", "study.xml", &["--with", ALL]);
    let study = found(&["xml"], &path);
    assert_eq!(study["titles"], json!(["乡镇测评", "Town evaluation"]));
    let of = |name: &str| study["variables"][name].clone();
    assert_eq!(of("grades/u1/i1")["questions"], json!({"zh": "评价", "en": "Grades"}));
    assert_eq!(of("grades/u1/i1")["categories"]["good"], json!(["N", {"zh": "满意", "en": "Satisfied"}]));
    assert_eq!(of("grades/u1/i1")["categories"]["answer:dont_know"][0], "Y");
    assert_eq!(of("words")["labels"]["en"], "Words & <more>");
    let columns = rows("csv-pandas", &office.export("csv", "csv", &["--with", ALL]).join("records.csv"));
    let described: Vec<&String> = study["variables"].as_object().unwrap().keys().collect();
    assert_eq!(described.len(), columns[0].len());
    assert!(described.iter().all(|name| columns[0].contains_key(*name)));
}
