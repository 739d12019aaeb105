use super::desk::*;
use super::quota::desk;
use serde_json::Value;
use std::fs::{self, File};
use std::time::{Duration, SystemTime};

const PROGRESS: &[&str] = &[
    "progress",
    "batches",
    "--plan",
    "published.json",
    "--roster",
    "r.minping-roster",
    "--keys",
    "office.minping-keys",
    "--passphrase-file",
    "passphrase",
];

/// 2026-03-04, in the evening.
const DAY: u64 = 1_772_582_400 + 70_000;

/// Four men and a woman of the east, handed over on a Wednesday, and a device that handed over nothing.
fn round() -> Desk {
    let (desk, _) = desk(4, 1);
    let file = File::options().write(true).open(desk.path("batches/one.minping")).unwrap();
    file.set_modified(SystemTime::UNIX_EPOCH + Duration::from_secs(DAY)).unwrap();
    desk.card("silent.minping-card", "silent");
    desk.done(&[&["roster", "add", "silent.minping-card"], ROSTER].concat());
    desk
}

fn rows(desk: &Desk, by: &str) -> Vec<Value> {
    serde_json::from_str(&desk.done(&[PROGRESS, &["--round", "r1", "--by", by, "--format", "json"]].concat())).unwrap()
}

#[test]
fn each_part_is_told_with_its_target_and_none_where_the_plan_gives_none() {
    let desk = round();
    let strata = rows(&desk, "stratum");
    let row =
        |row: &Value| (row["stratum"].clone(), row["complete"].clone(), row["target"].clone(), row["missing"].clone());
    assert_eq!(row(&strata[0]), ("East".into(), 5.into(), 6.into(), 1.into()));
    assert_eq!(strata[0]["reached"], 83.3);
    // A target that is not given is none, and not reached by nobody.
    assert_eq!(row(&strata[1]), ("West".into(), 0.into(), Value::Null, Value::Null));
    let cells = rows(&desk, "quota");
    assert!(cells.iter().any(|cell| cell["cell"] == "West · face to face" && cell["missing"] == 4), "{cells:#?}");
    let devices = rows(&desk, "device");
    let told: Vec<_> =
        devices.iter().map(|one| (one["device"].as_str().unwrap(), one["batches"].as_u64().unwrap())).collect();
    assert_eq!(told, [("tablet", 1), ("silent", 0)]);
    assert_eq!(devices[0]["last_day"], "2026-03-04");
    let round = rows(&desk, "round");
    assert_eq!((round[0]["complete"].clone(), round[0]["target"].clone()), (5.into(), Value::Null));
}

#[test]
fn a_record_counts_on_the_day_of_its_file_and_the_days_are_drawn() {
    let desk = round();
    let days = rows(&desk, "day");
    let last = days.last().unwrap();
    assert_eq!(
        (last["day"].clone(), last["complete"].clone(), last["until"].clone()),
        ("2026-03-04".into(), 5.into(), 5.into())
    );
    desk.done(&[PROGRESS, &["--svg", "days.svg"]].concat());
    let drawn = fs::read_to_string(desk.path("days.svg")).unwrap();
    assert!(drawn.contains("<svg") && drawn.contains("03-04"), "{drawn}");
}

#[test]
fn all_tables_are_shown_at_once_and_a_file_is_one_of_them() {
    let desk = round();
    let shown = desk.done(&[PROGRESS, &["--lang", "zh"]].concat());
    for words in ["按地点（抽样层）", "按配额", "按方式", "按日", "按设备", "在册，还没有交来", "不是 0"]
    {
        assert!(shown.contains(words), "{words}: {shown}");
    }
    let csv = desk.done(&[PROGRESS, &["--format", "csv"]].concat());
    assert!(csv.starts_with("\u{feff}round,name,complete,partial,screened_out,target"), "{csv}");
    assert_eq!(csv.lines().count(), 2);
}

#[test]
fn what_cannot_be_counted_is_refused_with_what_to_do() {
    let desk = round();
    desk.fails(1, "the plan asks for no day", &[PROGRESS, &["--day", "sex"]].concat());
    desk.fails(1, "no round `r9`", &[PROGRESS, &["--round", "r9"]].concat());
    let sealed = ["progress", "batches", "--plan", "published.json", "--roster", "r.minping-roster"];
    desk.fails(1, "give the office's key file", &sealed);
}

#[test]
fn the_report_for_the_office_has_the_progress_and_the_published_one_has_not() {
    let desk = round();
    let mut report: Vec<&str> = vec!["report"];
    report.extend(&PROGRESS[1..]);
    desk.done(&[&report[..], &["--out", "office.html"]].concat());
    let office = fs::read_to_string(desk.path("office.html")).unwrap();
    assert!(office.contains("Coverage and progress") && office.contains("enrolled, nothing yet"), "not in the report");
    assert!(office.contains("id=\"days\""), "the plot of the days");
    desk.done(&[&report[..], &["--out", "public.html", "--publish"]].concat());
    let public = fs::read_to_string(desk.path("public.html")).unwrap();
    assert!(!public.contains("Coverage and progress") && !public.contains("tablet"), "a device is named");
}
