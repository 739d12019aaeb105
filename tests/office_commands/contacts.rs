use super::desk::*;
use minping::batch::{
    CaseStanding, ContactLog, Crypto, DayCount, LogHead, plan_digest, read_assignment, sign_card, sign_contacts,
    thumbprint,
};
use minping::native::crypto::{Native, SignKey};
use minping::plan::{Digest, PublicKey, load};
use minping::session::PlanRef;
use pollster::block_on;
use serde_json::Value;
use std::fs;

/// A device with its key, so that it can hand over.
struct Tablet {
    key: SignKey,
    public: PublicKey,
    id: Digest,
}

fn enrol(desk: &Desk, name: &str) -> Tablet {
    let (key, public) = block_on(Native.generate_sign(false)).unwrap();
    let id = block_on(thumbprint(&Native, &public)).unwrap();
    let card = block_on(sign_card(&Native, &key, &public, name)).unwrap();
    fs::write(desk.path("one.minping-card"), card).unwrap();
    desk.done(&[&["roster", "add", "one.minping-card"], ROSTER].concat());
    Tablet { key, public, id }
}

const ASSIGN: &[&str] = &[
    "--plan",
    "published.json",
    "--keys",
    "office.minping-keys",
    "--passphrase-file",
    "passphrase",
    "--roster",
    "r.minping-roster",
    "--out",
    "lists",
];

fn assign<'a>(more: &[&'a str]) -> Vec<&'a str> {
    [&["contacts", "assign", "cases.csv"], ASSIGN, more].concat()
}

fn first_round(desk: &Desk) -> (String, PlanRef, Vec<PublicKey>) {
    let text = fs::read_to_string(desk.path("published.json")).unwrap();
    let plan = load(&text).unwrap();
    let digest = block_on(plan_digest(&Native, text.as_bytes())).unwrap();
    let round = plan.rounds[0].id.clone();
    (round, PlanRef { id: plan.id, version: plan.version, digest }, plan.keys.unwrap().seal)
}

#[test]
fn each_device_gets_its_own_signed_list_and_no_other() {
    let desk = Desk::open();
    let (east, west) = (enrol(&desk, "east"), enrol(&desk, "west"));
    let (round, ..) = first_round(&desk);
    fs::write(
        desk.path("cases.csv"),
        "\u{feff}编号,地址,设备,phone,lat,lon,substitute_for\n\
         E1,东街 1 号,east,13800000000,39.9,116.4,\n\
         E2,东街 2 号,east,,,,E1\n\
         W1,West street 1,west,,,,\n",
    )
    .unwrap();
    let table = desk.done(&assign(&["--round", &round, "--attempts", "2", "--selection", "kish", "--format", "json"]));
    let rows: Value = serde_json::from_str(&table).unwrap();
    assert_eq!(
        (&rows[0]["device"], &rows[0]["cases"], &rows[0]["substitutes"]),
        (&"east".into(), &2.into(), &1.into())
    );
    let read = |at: usize| {
        let path = desk.path(rows[at]["file"].as_str().unwrap());
        read_assignment(&fs::read_to_string(path).unwrap()).unwrap()
    };
    let (first, second) = (read(0), read(1));
    assert_eq!((&first.device, &second.device), (&east.id, &west.id));
    assert_eq!((first.attempts, first.round.as_str()), (2, round.as_str()));
    assert_eq!(first.cases[0].phone.as_deref(), Some("13800000000"));
    assert_eq!(first.cases[0].position(), Some((39.9, 116.4)));
    assert_eq!(first.cases[1].substitute_for.as_deref(), Some("E1"));
    assert!(second.cases.iter().all(|case| case.id == "W1"), "nothing of the other device");
}

#[test]
fn a_table_that_does_not_fit_is_refused_with_line_and_column() {
    let desk = Desk::open();
    enrol(&desk, "east");
    let (round, ..) = first_round(&desk);
    let head = "id,label,device,stratum,lat,lon,substitute_for\n";
    for (rows, words) in [
        ("E1,a,east,,,,\nE1,b,east,,,,\n", "line 3, column `id`, `E1`"),
        ("E 1,a,east,,,,\n", "line 2, column `id`"),
        ("E1,,east,,,,\n", "column `label`"),
        ("E1,a,north,,,,\n", "column `device`, `north`: it can be one of east"),
        ("E1,a,east,nowhere,,,\n", "column `stratum`, `nowhere`"),
        ("E1,a,east,,39.9,,\n", "column `lon`"),
        ("E1,a,east,,99,116,\n", "column `lat`, `99`"),
        ("E1,a,east,,,,E9\n", "column `substitute_for`, `E9`"),
        ("", "has no rows"),
        ("E1,a\n", "no CSV table"),
    ] {
        fs::write(desk.path("cases.csv"), [head, rows].concat()).unwrap();
        desk.fails(1, words, &assign(&["--round", &round]));
        assert!(!desk.path("lists").exists(), "{rows}");
    }
    fs::write(desk.path("cases.csv"), "id,label\nE1,a\n").unwrap();
    desk.fails(1, "no column `device`", &assign(&["--round", &round]));
    fs::write(desk.path("cases.csv"), "id,name,device\nE1,a,east\n").unwrap();
    desk.fails(1, "column `name` is not known", &assign(&["--round", &round]));
    desk.fails(1, "no round `never`", &assign(&["--round", "never"]));
}

fn hand(desk: &Desk, tablet: &Tablet, number: u64, cases: &[(&str, &str)]) {
    let (round, plan, office) = first_round(desk);
    let cases = cases.iter().map(|(id, code)| CaseStanding {
        id: (*id).into(),
        mode: Some("face".into()),
        outcome: Some((*code).into()),
        attempts: 1,
        ..CaseStanding::default()
    });
    let day = DayCount {
        day: "2026-11-30".into(),
        stratum: None,
        mode: "face".into(),
        outcome: "2.24".into(),
        count: number,
    };
    let log = ContactLog { list: String::new(), cases: cases.collect(), days: vec![day] };
    let head = LogHead { plan, round, number, day: "2026-11-30".into() };
    let made = block_on(sign_contacts(&Native, &tablet.key, &tablet.public, &office, &head, &log)).unwrap();
    fs::create_dir_all(desk.path("logs")).unwrap();
    fs::write(desk.path("logs").join([made.digest.as_str(), ".minping-contacts"].concat()), made.text).unwrap();
}

const RATES: &[&str] = &[
    "contacts",
    "rates",
    "logs",
    "--plan",
    "published.json",
    "--keys",
    "office.minping-keys",
    "--passphrase-file",
    "passphrase",
    "--roster",
    "r.minping-roster",
];

#[test]
fn rates_of_several_devices_are_those_of_the_formulas() {
    let desk = Desk::open();
    let (east, west) = (enrol(&desk, "east"), enrol(&desk, "west"));
    enrol(&desk, "idle");
    hand(&desk, &east, 1, &[("E1", "2.24"), ("E2", "3.11")]);
    hand(&desk, &east, 2, &[("E1", "1.1"), ("E2", "2.11"), ("E3", "2.24"), ("E4", "4.6")]);
    hand(&desk, &west, 1, &[("W1", "1.1"), ("W2", "1.2"), ("W3", "3.18"), ("W4", "3.11")]);
    let output = desk.run(&[RATES, &["--format", "json"]].concat());
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(0), "{told}");
    assert!(told.contains("no contact log from: idle"), "{told}");
    let rows: Value = serde_json::from_slice(&output.stdout).unwrap();
    let row = &rows[0];
    let number = |name: &str| row[name].as_f64().unwrap_or_else(|| panic!("{name}: {row}"));
    // I 2, P 1, R 1, NC 1, UH 2, NE 1: e = 5 / 6.
    for (name, wanted) in [("cases", 8.0), ("I", 2.0), ("P", 1.0), ("R", 1.0), ("NC", 1.0), ("UH", 2.0), ("NE", 1.0)] {
        assert_eq!(number(name), wanted, "{name}");
    }
    for (name, wanted) in [
        ("e", 5.0 / 6.0),
        ("RR1", 2.0 / 7.0),
        ("RR2", 3.0 / 7.0),
        ("RR3", 2.0 / (5.0 + 2.0 * 5.0 / 6.0)),
        ("RR5", 0.4),
        ("RR6", 0.6),
        ("CON1", 4.0 / 7.0),
        ("COOP1", 0.5),
        ("REF1", 1.0 / 7.0),
    ] {
        assert!((number(name) - wanted).abs() < 5e-5, "{name}: {} is not {wanted}", number(name));
    }
    let given = desk.done(&[RATES, &["--e", "0", "--format", "json"]].concat());
    let given: Value = serde_json::from_str(&given).unwrap();
    assert_eq!(given[0]["RR3"].as_f64(), Some(0.4), "e = 0 leaves out the unknown");
    let by = desk.done(&[RATES, &["--by", "device", "--show", "dispositions", "--format", "csv"]].concat());
    assert!(by.contains("east,4.6,Vacant,NE,1") && by.contains("west,3.11,"), "{by}");
    let days = desk.done(&[RATES, &["--by", "day", "--show", "dispositions", "--format", "csv"]].concat());
    assert!(days.contains("2026-11-30,2.24,Nobody at home,NC,3"), "each day once, of the newest log: {days}");
    let formulas = desk.done(&[RATES, &["--show", "formulas"]].concat());
    assert!(formulas.contains("I / (I+P+R+NC+O+e·U)"), "{formulas}");
    let devices = desk.done(&[RATES, &["--show", "devices", "--format", "csv"]].concat());
    assert!(devices.contains("east,2,2026-11-30") && devices.contains("idle,,"), "{devices}");
}

#[test]
fn what_cannot_be_counted_is_named_and_the_rest_counts() {
    let desk = Desk::open();
    let east = enrol(&desk, "east");
    let gone = enrol(&desk, "gone");
    hand(&desk, &east, 1, &[("E1", "1.1")]);
    hand(&desk, &gone, 1, &[("E1", "2.11")]);
    desk.done(&[&["roster", "revoke", "gone"], ROSTER].concat());
    fs::write(desk.path("logs/bad.minping-contacts"), "hello").unwrap();
    fs::write(desk.path("logs/readme.txt"), "left alone").unwrap();
    let output = desk.run(&[RATES, &["--format", "json"]].concat());
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(1), "{told}");
    assert!(told.contains("bad.minping-contacts: not a contact log"), "{told}");
    assert!(told.contains("`gone` was revoked"), "{told}");
    assert!(!told.contains("readme"), "{told}");
    let rows: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!((rows[0]["cases"].as_u64(), rows[0]["RR1"].as_f64()), (Some(1), Some(1.0)));
    desk.fails(1, "no contact log", &[&["contacts", "rates", "published.json"], &RATES[3..]].concat());
}
