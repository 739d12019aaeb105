use super::desk::*;
use minping::batch::{
    BatchDraft, Crypto, Quotas, quotas_file, read_quotas, seal_record, sign_batch, sign_card, verify_quotas,
};
use minping::native::crypto::Native;
use minping::plan::{Digest, Mode};
use minping::session::{Answer, Disposition, PlanRef, Record};
use pollster::block_on;
use serde_json::Value;
use std::fs;

const QUOTA: &[&str] = &[
    "quota",
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

/// A desk with this plan, published, and an empty folder of batches.
fn with_plan(text: &str) -> Desk {
    let desk = Desk::new().with_keys();
    fs::write(desk.path("plan.json"), text).unwrap();
    desk.done(Desk::PUBLISH);
    let file = desk.index().plans[0].file.clone();
    fs::copy(desk.path("dist").join(file), desk.path("published.json")).unwrap();
    desk.done(&[&["roster", "new"], ROSTER].concat());
    fs::create_dir(desk.path("batches")).unwrap();
    desk
}

/// A desk with the plan of quotas, and a batch of an enrolled device: so many men and women of the east.
pub fn desk(men: usize, women: usize) -> (Desk, Digest) {
    let desk = with_plan(include_str!("../vectors/plan/good/quotas.json"));
    let (key, public) = block_on(Native.generate_sign(false)).unwrap();
    fs::write(desk.path("tablet.minping-card"), block_on(sign_card(&Native, &key, &public, "tablet")).unwrap())
        .unwrap();
    desk.done(&[&["roster", "add", "tablet.minping-card"], ROSTER].concat());
    let plan = desk.published();
    let reference =
        PlanRef { id: plan.id.clone(), version: plan.version.clone(), digest: desk.index().plans[0].digest.clone() };
    let seal = &plan.keys.as_ref().unwrap().seal;
    let records = (0..men + women).map(|at| {
        let sex = if at < men { "m" } else { "f" };
        let record = Record {
            v: 1,
            id: format!("{at:A>22}"),
            plan: reference.clone(),
            round: "r1".into(),
            questionnaire: "q".into(),
            mode: Mode::Face,
            rater_group: Some("g2".into()),
            stratum: Some("east".into()),
            disposition: Disposition::Complete,
            repeats: Default::default(),
            answers: [("sex".to_owned(), Answer::Text(sex.into()))].into_iter().collect(),
            missing: Default::default(),
            notes: Default::default(),
            attachments: Default::default(),
        };
        block_on(seal_record(&Native, seal, &record)).unwrap()
    });
    let draft = BatchDraft {
        plan: reference.clone(),
        round: "r1".into(),
        seq: 1,
        prev: None,
        link: None,
        records: records.collect(),
        voided: Vec::new(),
    };
    let signed = block_on(sign_batch(&Native, &key, &public, draft)).unwrap();
    fs::write(desk.path("batches/one.minping"), &signed.text).unwrap();
    (desk, signed.digest)
}

#[test]
fn progress_is_shown_by_cell_as_a_table_as_csv_and_as_json() {
    let (desk, _) = desk(4, 1);
    let rows: Vec<Value> =
        serde_json::from_str(&desk.done(&[QUOTA, &["--format", "json", "--round", "r1"]].concat())).unwrap();
    let row = |row: &Value| {
        let text = |name: &str| row[name].as_str().unwrap().to_owned();
        let number = |name: &str| row[name].as_u64().unwrap();
        (text("quota"), text("label"), number("target"), number("done"), number("left"))
    };
    let found: Vec<_> = rows.iter().map(row).collect();
    let expected = [
        ("strata", "East", 6, 5, 1),
        ("place-sex", "Men, east", 3, 4, 0),
        ("place-sex", "Women, east", 3, 1, 2),
        ("place-sex", "West · face to face", 4, 0, 4),
        ("all", "All", 20, 5, 15),
    ];
    assert_eq!(
        found,
        expected.map(|(quota, label, target, done, left)| (quota.into(), label.into(), target, done, left))
    );
    let csv = desk.done(&[QUOTA, &["--format", "csv"]].concat());
    assert!(
        csv.starts_with("\u{feff}round,quota,cell,label,target,done,left,when_full\r\n")
            || csv.starts_with("\u{feff}round,quota,cell,label,target,done,left,when_full\n"),
        "{csv}"
    );
    assert_eq!(csv.lines().count(), 1 + 2 * 5, "both rounds");
    let table = desk.done(&[QUOTA, &["--lang", "zh"]].concat());
    assert!(table.contains("东片男") && table.contains("还差"), "{table}");
}

#[test]
fn a_signed_standing_goes_beside_the_plan_and_into_a_file_and_holds_no_small_number() {
    let (desk, batch) = desk(4, 1);
    desk.done(&[QUOTA, &["--app", "dist", "--out", "town.minping-quotas"]].concat());
    let text = fs::read_to_string(desk.path("town.minping-quotas")).unwrap();
    let plan = desk.published();
    let listed = desk.index().plans[0].clone();
    let reference = PlanRef { id: plan.id.clone(), version: plan.version.clone(), digest: listed.digest.clone() };
    assert_eq!(fs::read_to_string(desk.path("dist").join(quotas_file(&reference))).unwrap(), text);
    let office = &plan.keys.as_ref().unwrap().sign;
    let told: Quotas = block_on(verify_quotas(&Native, &text, office, &listed.digest)).unwrap();
    assert_eq!(read_quotas(&text).unwrap(), told);
    assert_eq!(told.of_round(&plan, "r1"), [None, Some(3), None, None, None], "one cell is full; the others are small");
    assert!(told.counts_batch(&batch));
    // What is public holds no device and no record.
    let shown = serde_json::to_string(&told).unwrap();
    assert!(!shown.contains("AAAAAAAA") && !shown.contains("tablet"), "{shown}");
}

#[test]
fn what_cannot_be_told_is_said_and_nothing_is_written() {
    let (desk, _) = desk(1, 0);
    let before = desk.files();
    let without_keys = ["quota", "batches", "--plan", "published.json", "--roster", "r.minping-roster"];
    desk.fails(1, "are sealed", &without_keys);
    desk.fails(2, "--keys", &[&without_keys[..], &["--out", "x"]].concat());
    desk.fails(1, "no round `r9`", &[QUOTA, &["--round", "r9"]].concat());
    desk.fails(1, "does not lie beside this app", &[QUOTA, &["--app", "."]].concat());
    assert_eq!(desk.files(), before);
    desk.done(&["keys", "new", "other.minping-keys", "--passphrase-file", "passphrase"]);
    let arguments: Vec<&str> = [QUOTA, &["--out", "x"]].concat();
    let others: Vec<&str> = arguments
        .iter()
        .map(|word| if *word == "office.minping-keys" { "other.minping-keys" } else { *word })
        .collect();
    // Keys of another office open nothing, so nothing is counted either.
    let output = desk.run(&others);
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&output.stderr).contains("does not name these keys"));
    assert!(!desk.path("x").exists());
    let plain = with_plan(include_str!("../vectors/plan/good/small.json"));
    plain.fails(1, "no `quotas`", QUOTA);
}
