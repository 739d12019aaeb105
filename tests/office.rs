//! The office's commands on the real program: what each does, and what it says about input that is not right. Nothing is
//! lost in any of them.
#![cfg(feature = "cli")]

use minping::batch::{
    BatchDraft, Crypto, Link, OfficeSecrets, Roster, RosterEntry, SignedBatch, plan_digest, seal_keys, seal_record,
    sign_batch, sign_link, sign_roster, thumbprint,
};
use minping::named::Named;
use minping::native::crypto::{Native, SignKey};
use minping::plan::{Digest, Mode, Plan, PublicKey, load};
use minping::session::{Answer, Disposition, PlanRef, Record};
use pollster::block_on;
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::LazyLock;

const PASSPHRASE: &str = "correct horse";

/// One office with its published plan and its key file; making a key file is slow on purpose, so it is made once.
struct Office {
    secrets: OfficeSecrets<Native>,
    plan: Plan,
    plan_text: String,
    reference: PlanRef,
    key_file: String,
}

fn found_office(id: &str) -> Office {
    let secrets = block_on(OfficeSecrets::generate(&Native)).unwrap();
    let mut plan = load(include_str!("../plans/study-practice.json")).unwrap();
    plan.id = id.into();
    plan.keys = Some(secrets.public());
    let plan_text = serde_json::to_string_pretty(&plan).unwrap();
    let digest = block_on(plan_digest(&Native, plan_text.as_bytes())).unwrap();
    let reference = PlanRef { id: plan.id.clone(), version: plan.version.clone(), digest };
    let key_file = block_on(seal_keys(&Native, &secrets, PASSPHRASE)).unwrap();
    Office { secrets, plan, plan_text, reference, key_file }
}

static OFFICE: LazyLock<Office> = LazyLock::new(|| found_office("study-practice"));
static OTHER_OFFICE: LazyLock<Office> = LazyLock::new(|| found_office("another-place"));

/// A device that hands over batches in a chain.
struct Device {
    key: SignKey,
    public: PublicKey,
    id: Digest,
    seq: u64,
    prev: Option<Digest>,
}

impl Device {
    fn new() -> Device {
        let (key, public) = block_on(Native.generate_sign(false)).unwrap();
        let id = block_on(thumbprint(&Native, &public)).unwrap();
        Device { key, public, id, seq: 0, prev: None }
    }

    fn hand_over(&mut self, office: &Office, records: &[Record]) -> SignedBatch {
        self.seq += 1;
        let seal = |record| block_on(seal_record(&Native, &office.plan.keys.as_ref().unwrap().seal, record)).unwrap();
        let draft = BatchDraft {
            plan: office.reference.clone(),
            round: office.plan.rounds[0].id.clone(),
            seq: self.seq,
            prev: self.prev.clone(),
            link: None,
            records: records.iter().map(seal).collect(),
            voided: Vec::new(),
        };
        let signed = block_on(sign_batch(&Native, &self.key, &self.public, draft)).unwrap();
        self.prev = Some(signed.digest.clone());
        signed
    }

    fn entry(&self, revoked: bool) -> RosterEntry {
        RosterEntry { device: self.id.clone(), key: self.public.clone(), name: "平板一".into(), revoked }
    }
}

fn record(office: &Office, id: &str, grade: &str) -> Record {
    let plan = &office.plan;
    Record {
        v: 1,
        id: format!("{id:A<22}"),
        plan: office.reference.clone(),
        round: plan.rounds[0].id.clone(),
        questionnaire: plan.questionnaires[0].id.clone(),
        mode: Mode::Face,
        rater_group: Some(plan.rater_groups[1].id.clone()),
        stratum: None,
        disposition: Disposition::Complete,
        repeats: Default::default(),
        answers: Named::from([("campaign".into(), Answer::Text(grade.into()))]),
        missing: Named::new(),
        notes: Named::new(),
        attachments: Default::default(),
    }
}

/// Grades of the plan's scale, best first.
fn grades(office: &Office) -> Vec<String> {
    office.plan.scales[0].grades.iter().map(|grade| grade.name.clone()).collect()
}

/// A folder to work in, with the office's files.
struct Desk {
    folder: tempfile::TempDir,
    office: &'static Office,
}

struct Outcome {
    code: i32,
    out: String,
    err: String,
}

impl Desk {
    fn new() -> Desk {
        let desk = Desk { folder: tempfile::tempdir().unwrap(), office: &OFFICE };
        desk.write("plan.json", &OFFICE.plan_text);
        desk.write("keys.minping-keys", &OFFICE.key_file);
        desk
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn write(&self, name: &str, text: &str) -> PathBuf {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, text).unwrap();
        path
    }

    fn roster(&self, entries: Vec<RosterEntry>) {
        let roster = Roster { v: 1, plan: self.office.reference.id.clone(), issue: 1, devices: entries };
        let secrets = &self.office.secrets;
        let text = block_on(sign_roster(&Native, &secrets.sign, &secrets.sign_public, &roster)).unwrap();
        self.write("roster.minping-roster", &text);
    }

    /// Runs the program in the folder. `line`: arguments with spaces between.
    fn run(&self, line: &str) -> Outcome {
        let output = Command::new(env!("CARGO_BIN_EXE_minping"))
            .args(line.split(' '))
            .current_dir(self.folder.path())
            .env("MINPING_PASSPHRASE", PASSPHRASE)
            .env("LC_ALL", "C")
            .output()
            .unwrap();
        Outcome {
            code: output.status.code().unwrap(),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }

    /// Every file under `name`, by its path there.
    fn files(&self, name: &str) -> BTreeMap<PathBuf, Vec<u8>> {
        fn walk(path: &Path, base: &Path, out: &mut BTreeMap<PathBuf, Vec<u8>>) {
            for entry in fs::read_dir(path).unwrap() {
                let path = entry.unwrap().path();
                match path.is_dir() {
                    true => walk(&path, base, out),
                    false => drop(out.insert(path.strip_prefix(base).unwrap().to_owned(), fs::read(&path).unwrap())),
                }
            }
        }
        let mut out = BTreeMap::new();
        walk(&self.path(name), &self.path(name), &mut out);
        out
    }
}

const WITH_KEYS: &str = "--plan plan.json --keys keys.minping-keys --roster roster.minping-roster";

/// Two batches of one enrolled device in `in/`: two records best, one worst.
fn enrolled() -> (Desk, Device) {
    let desk = Desk::new();
    let mut device = Device::new();
    let grades = grades(desk.office);
    let (best, worst) = (&grades[0], &grades[grades.len() - 1]);
    let office = desk.office;
    let one = device.hand_over(office, &[record(office, "one", best), record(office, "two", best)]);
    let two = device.hand_over(office, &[record(office, "three", worst)]);
    desk.write("in/1.minping", &one.text);
    desk.write("in/2.minping", &two.text);
    desk.roster(vec![device.entry(false)]);
    (desk, device)
}

fn json(outcome: &Outcome) -> Value {
    serde_json::from_str(&outcome.out).unwrap_or_else(|error| panic!("{error}: {}{}", outcome.out, outcome.err))
}

#[test]
fn a_tally_gives_scores_counts_and_n_in_every_format() {
    let (desk, _) = enrolled();
    let made = desk.run(&format!("tally in {WITH_KEYS} --format json"));
    assert_eq!(made.code, 0, "{}", made.err);
    assert!(made.err.contains("records in batches 3 = counted 3"), "{}", made.err);
    let rows = json(&made);
    let points: Vec<f64> =
        OFFICE.plan.scales[0].grades.iter().map(|grade| grade.score.millionths() as f64 / 1e6).collect();
    let expected = (2.0 * points[0] + points[points.len() - 1]) / 3.0;
    assert!((rows[0]["index"].as_f64().unwrap() - expected).abs() < 0.005, "{rows}");
    assert_eq!(rows[0]["satisfaction_rate"], 66.67);
    assert_eq!((&rows[0]["n"], &rows[0]["rank"]), (&3.into(), &1.into()));
    let grades = grades(&OFFICE);
    assert_eq!(rows[0][format!("grade.{}", grades[0])], 2);
    assert_eq!(rows[0][format!("grade.{}", grades[1])], 0);
    let table = desk.run(&format!("--lang zh tally in {WITH_KEYS}"));
    assert!(table.out.contains("满意率%") && table.out.contains("66.67"), "{}", table.out);
    let csv = desk.run(&format!("tally in {WITH_KEYS} --format csv --by group"));
    assert!(csv.out.starts_with('\u{feff}') && csv.out.contains("rater_group"), "{}", csv.out);
    for by in ["indicator", "unit"] {
        let published = json(&desk.run(&format!("tally in {WITH_KEYS} --format json --publish --by {by}")));
        assert_eq!((&published[0]["n"], &published[0]["score"]), (&Value::Null, &Value::Null), "three are too few");
    }
    assert_eq!(desk.run(&format!("tally in {WITH_KEYS} --publish --by group")).code, 2);
    let round = desk.run(&format!("tally in {WITH_KEYS} --round never"));
    assert_eq!((round.code, round.err.contains("no round `never`; choose one of")), (1, true), "{}", round.err);
}

#[test]
fn merging_again_or_in_parts_gives_the_same_folder() {
    let (desk, _) = enrolled();
    assert_eq!(desk.run(&format!("merge in {WITH_KEYS} -o whole")).code, 0);
    let whole = desk.files("whole");
    assert_eq!(whole.len(), 3);
    assert_eq!(desk.run(&format!("merge in {WITH_KEYS} -o whole")).code, 0);
    assert_eq!(desk.files("whole"), whole);
    let early = desk.run(&format!("merge in/2.minping {WITH_KEYS} -o parts"));
    assert_eq!(early.code, 1, "the first batch is missing");
    assert_eq!(desk.run(&format!("merge in/1.minping in/1.minping {WITH_KEYS} -o parts")).code, 0);
    assert_eq!(desk.files("parts"), whole);
    let report: Value = serde_json::from_slice(&whole[Path::new("ledger.json")]).unwrap();
    assert_eq!((&report["balance"]["counted"], &report["findings"]), (&3.into(), &Value::Array(vec![])));
    let text = String::from_utf8_lossy(&whole[Path::new("ledger.json")]);
    assert!(!grades(&OFFICE).iter().any(|grade| text.contains(&format!("\"{grade}\""))), "the report holds no answer");
    let from_ledger = desk.run(&format!("tally whole {WITH_KEYS} --format json"));
    assert_eq!(from_ledger.out, desk.run(&format!("tally in {WITH_KEYS} --format json")).out);
}

#[test]
fn a_broken_plan_is_refused_with_its_place_before_anything_is_written() {
    let (desk, _) = enrolled();
    desk.write("plan.json", "{\n  \"format\": 1,\n  \"id\": 7\n}");
    for command in ["open in", "tally in", "merge in -o ledger"] {
        let made = desk.run(&format!("{command} {WITH_KEYS}"));
        assert_eq!(made.code, 1);
        assert!(made.err.contains("plan.json") && made.err.contains('3'), "names file and line: {}", made.err);
        assert!(made.out.is_empty() && !desk.path("ledger").exists());
    }
    desk.write("plan.json", include_str!("../plans/study-practice.json"));
    let unpublished = desk.run(&format!("open in {WITH_KEYS}"));
    assert_eq!(unpublished.code, 1);
    assert!(unpublished.err.contains("minping plan publish"), "{}", unpublished.err);
}

#[test]
fn a_batch_of_a_foreign_plan_is_kept_apart() {
    let (desk, _) = enrolled();
    let foreign = Device::new().hand_over(&OTHER_OFFICE, &[record(&OTHER_OFFICE, "four", &grades(&OTHER_OFFICE)[0])]);
    desk.write("in/foreign.minping", &foreign.text);
    let opened = desk.run(&format!("open in {WITH_KEYS} --format json"));
    assert_eq!(opened.code, 1);
    let row = json(&opened).as_array().unwrap().iter().find(|row| row["file"] == "in/foreign.minping").unwrap().clone();
    assert_eq!(row["found"], "other_plan");
    assert!(row["advice"].as_str().unwrap().contains("made for plan `another-place`"), "{row}");
    let merged = desk.run(&format!("merge in {WITH_KEYS} -o ledger"));
    assert_eq!(merged.code, 1);
    let name = format!("quarantine/{}.minping", foreign.digest.as_str());
    assert_eq!(desk.files("ledger")[Path::new(&name)], foreign.text.as_bytes());
    let tally = desk.run(&format!("tally ledger {WITH_KEYS} --format json"));
    assert_eq!((tally.code, &json(&tally)[0]["n"]), (1, &3.into()));
    assert!(tally.err.contains("records in batches 4 = counted 3 + in quarantine 1"), "{}", tally.err);
}

#[test]
fn a_changed_batch_is_named_and_the_others_count() {
    let (desk, mut device) = enrolled();
    let third = device.hand_over(desk.office, &[record(desk.office, "four", &grades(desk.office)[0])]).text;
    let at = third.find('.').unwrap() + 40;
    let other = if third.as_bytes()[at] == b'A' { "B" } else { "A" };
    let changed = [&third[..at], other, &third[at + 1..]].concat();
    let path = desk.write("in/3.minping", &changed);
    let made = desk.run(&format!("merge in {WITH_KEYS} -o ledger"));
    assert_eq!(made.code, 1);
    assert!(made.err.contains("in/3.minping: the signature does not hold"), "{}", made.err);
    assert!(made.err.contains("ask the device for it again"), "{}", made.err);
    assert_eq!(fs::read_to_string(path).unwrap(), changed, "the file stays as it is");
    assert_eq!(desk.files("ledger").len(), 3);
}

#[test]
fn a_batch_from_an_unknown_device_waits_for_the_roster() {
    let (desk, device) = enrolled();
    desk.roster(vec![]);
    let before = desk.run(&format!("merge in {WITH_KEYS} -o ledger"));
    assert_eq!(before.code, 1);
    assert!(before.err.contains("add its card with `minping roster add`"), "{}", before.err);
    assert!(desk.files("ledger/batches").is_empty());
    assert_eq!(desk.files("ledger/quarantine").len(), 2);
    desk.roster(vec![device.entry(false)]);
    let after = desk.run(&format!("merge ledger {WITH_KEYS} -o ledger"));
    assert_eq!(after.code, 0, "{}", after.err);
    assert!(desk.files("ledger/quarantine").is_empty());
    assert_eq!(desk.files("ledger/batches").len(), 2);
    desk.roster(vec![device.entry(true)]);
    let revoked = desk.run(&format!("tally ledger {WITH_KEYS}"));
    assert_eq!(revoked.code, 1);
    assert!(revoked.err.contains("the device was revoked"), "{}", revoked.err);
}

#[test]
fn the_same_batch_twice_counts_once() {
    let (desk, _) = enrolled();
    fs::copy(desk.path("in/1.minping"), desk.path("in/copy of 1.minping")).unwrap();
    let made = desk.run(&format!("tally in {WITH_KEYS} --format json"));
    assert_eq!((made.code, &json(&made)[0]["n"]), (0, &3.into()), "{}", made.err);
    assert!(made.err.contains("1 files repeat batches that are there already"), "{}", made.err);
}

#[test]
fn a_missing_batch_in_a_chain_is_named() {
    let (desk, mut device) = enrolled();
    device.hand_over(desk.office, &[]);
    device.hand_over(desk.office, &[]);
    let last = device.hand_over(desk.office, &[record(desk.office, "four", &grades(desk.office)[0])]);
    desk.write("in/last.minping", &last.text);
    let made = desk.run(&format!("tally in {WITH_KEYS} --format json"));
    assert_eq!((made.code, &json(&made)[0]["n"]), (1, &4.into()));
    let expected = format!("batch 3-4 of device {} has not arrived", device.id.short());
    assert!(made.err.contains(&expected), "{}", made.err);
}

#[test]
fn a_file_that_is_not_a_batch_is_said_to_be_none_and_left_alone() {
    let (desk, _) = enrolled();
    desk.write("in/photo.minping", "no batch");
    fs::write(desk.path("in/bytes.minping"), [0xff, 0xfe, 0x00]).unwrap();
    desk.write("in/notes.txt", "not looked at");
    let made = desk.run(&format!("open in in/notes.txt {WITH_KEYS} --format json"));
    assert_eq!(made.code, 1);
    let found: Vec<String> = json(&made).as_array().unwrap().iter().map(|row| row["found"].to_string()).collect();
    assert_eq!(found.iter().filter(|found| *found == "\"not_a_batch\"").count(), 3, "{found:?}");
    assert!(made.err.contains("choose a `.minping` file"), "{}", made.err);
    let merged = desk.run(&format!("merge in {WITH_KEYS} -o ledger"));
    assert!(merged.err.contains("1 files in the folders do not end in .minping"), "{}", merged.err);
    assert_eq!((merged.code, desk.files("in").len(), desk.files("ledger").len()), (1, 5, 3));
    let receipt = desk.write("receipt.minping", &fs::read_to_string(desk.path("roster.minping-roster")).unwrap());
    let other_kind =
        desk.run(&format!("--lang zh open {} {WITH_KEYS}", receipt.file_name().unwrap().to_str().unwrap()));
    assert_eq!(other_kind.code, 1);
    assert!(other_kind.err.contains("不是批次，而是另一种文件"), "{}", other_kind.err);
}

#[test]
fn a_wrong_key_opens_nothing_and_loses_nothing() {
    let (desk, _) = enrolled();
    desk.write("other.minping-keys", &OTHER_OFFICE.key_file);
    let wrong = WITH_KEYS.replace("keys.minping-keys", "other.minping-keys");
    let made = desk.run(&format!("merge in {wrong} -o ledger"));
    assert_eq!(made.code, 1);
    assert!(made.err.contains("open it with the key file that the plan names"), "{}", made.err);
    assert!(made.err.contains("records in batches 3 = counted 0 + not opened 3"), "{}", made.err);
    let right = desk.run(&format!("tally ledger {WITH_KEYS} --format json"));
    assert_eq!((right.code, &json(&right)[0]["n"]), (0, &3.into()));
    let without = desk.run("tally in --plan plan.json --roster roster.minping-roster");
    assert_eq!(without.code, 1);
    assert!(without.err.contains("give the office's key file with --keys"), "{}", without.err);
    desk.write("wrong.txt", "not the passphrase\n");
    let passphrase = desk.run(&format!("tally in {WITH_KEYS} --passphrase-file wrong.txt"));
    assert_eq!(passphrase.code, 1);
    assert!(passphrase.err.contains("keys.minping-keys") && passphrase.out.is_empty(), "{}", passphrase.err);
}

#[test]
fn a_record_with_two_contents_counts_for_neither() {
    let (desk, mut device) = enrolled();
    let grades = grades(desk.office);
    let again = device.hand_over(desk.office, &[record(desk.office, "one", &grades[1])]);
    desk.write("in/3.minping", &again.text);
    let made = desk.run(&format!("tally in {WITH_KEYS} --format json"));
    assert_eq!((made.code, &json(&made)[0]["n"]), (1, &2.into()));
    assert!(made.err.contains("differ in content, 2 places; none is counted"), "{}", made.err);
}

#[test]
fn a_residents_answer_counts_only_as_its_link_says() {
    let (desk, _) = enrolled();
    let office = desk.office;
    let link = Link {
        v: 1,
        plan: office.reference.digest.clone(),
        file: "plans/x.json".into(),
        round: office.plan.rounds[0].id.clone(),
        questionnaire: office.plan.questionnaires[0].id.clone(),
        mode: Mode::Web,
        rater_group: Some(office.plan.rater_groups[1].id.clone()),
        stratum: None,
        place: Named::new(),
        code: None,
    };
    let sign = |by: &Office| block_on(sign_link(&Native, &by.secrets.sign, &link)).unwrap();
    let answer = |name: &str, token: String, group: usize| {
        let device = Device::new();
        let mut record = record(office, name, &grades(office)[0]);
        record.mode = Mode::Web;
        record.rater_group = Some(office.plan.rater_groups[group].id.clone());
        let sealed = block_on(seal_record(&Native, &office.plan.keys.as_ref().unwrap().seal, &record)).unwrap();
        let draft = BatchDraft {
            plan: office.reference.clone(),
            round: link.round.clone(),
            seq: 0,
            prev: None,
            link: Some(token),
            records: vec![sealed],
            voided: Vec::new(),
        };
        desk.write(
            &format!("in/{name}.minping"),
            &block_on(sign_batch(&Native, &device.key, &device.public, draft)).unwrap().text,
        );
    };
    answer("honest", sign(office), 1);
    let made = desk.run(&format!("tally in {WITH_KEYS} --format json"));
    assert_eq!((made.code, &json(&made)[0]["n"]), (0, &4.into()), "{}", made.err);
    assert!(made.err.contains("1 by people who chose themselves"), "{}", made.err);
    answer("pretends", sign(office), 0);
    answer("forged", sign(&OTHER_OFFICE), 1);
    let made = desk.run(&format!("tally in {WITH_KEYS} --format json"));
    assert_eq!((made.code, &json(&made)[0]["n"]), (1, &4.into()));
    assert!(made.err.contains("the record's `rater_group` is not the one of its link"), "{}", made.err);
    assert!(made.err.contains("in/forged.minping: sent by a link that the office did not sign"), "{}", made.err);
    assert!(made.err.contains("= counted 4 + not of the plan 1 + in quarantine 1"), "{}", made.err);
}

#[test]
fn a_file_that_cannot_be_read_is_trouble_and_the_others_are_shown() {
    let (desk, _) = enrolled();
    let made = desk.run(&format!("tally in gone.minping {WITH_KEYS} --format json"));
    assert_eq!((made.code, &json(&made)[0]["n"]), (3, &3.into()));
    assert!(made.err.contains("gone.minping: cannot read this file"), "{}", made.err);
}

#[test]
fn a_damaged_file_in_the_ledger_is_set_aside_and_replaced() {
    let (desk, _) = enrolled();
    desk.run(&format!("merge in {WITH_KEYS} -o ledger"));
    let name = desk.files("ledger/batches").keys().next().unwrap().clone();
    let path = desk.path("ledger/batches").join(&name);
    let whole = fs::read(&path).unwrap();
    // Cut inside the signature: the digest still says that it is this batch.
    fs::write(&path, &whole[..whole.len() - 10]).unwrap();
    let made = desk.run(&format!("merge in {WITH_KEYS} -o ledger"));
    assert!(made.err.contains("damaged; kept as"), "{}", made.err);
    assert_eq!(fs::read(&path).unwrap(), whole);
    assert_eq!(fs::read(path.with_extension("damaged")).unwrap(), whole[..whole.len() - 10]);
    assert_eq!(desk.run(&format!("merge in {WITH_KEYS} -o ledger")).code, 0);
}

#[test]
fn records_are_written_once_and_never_over_a_file() {
    let (desk, _) = enrolled();
    assert_eq!(desk.run(&format!("open in {WITH_KEYS} --records out.json")).code, 0);
    let out: Vec<Value> = serde_json::from_slice(&fs::read(desk.path("out.json")).unwrap()).unwrap();
    let records: Vec<Record> = out.iter().map(|record| Record::parse(&record.to_string()).unwrap()).collect();
    assert_eq!(records.len(), 3);
    assert!(records.contains(&record(desk.office, "two", &grades(desk.office)[0])));
    assert_eq!(desk.run(&format!("open in {WITH_KEYS} --records out.csv")).code, 0);
    let csv = fs::read_to_string(desk.path("out.csv")).unwrap();
    assert!(csv.contains("campaign") && csv.lines().count() == 4, "{csv}");
    let before = fs::read(desk.path("out.json")).unwrap();
    let again = desk.run(&format!("open in {WITH_KEYS} --records out.json"));
    assert_eq!(again.code, 1);
    assert!(again.err.contains("choose another name"), "{}", again.err);
    assert_eq!(fs::read(desk.path("out.json")).unwrap(), before);
    assert_eq!(desk.run(&format!("open in {WITH_KEYS} --records out.xls")).code, 2);
}

#[test]
fn a_batch_of_an_unknown_device_counts_by_a_signed_decision_and_the_report_says_so() {
    let (desk, _) = enrolled();
    let mut stranger = Device::new();
    let batch = stranger.hand_over(desk.office, &[record(desk.office, "four", &grades(desk.office)[0])]);
    desk.write("in/3.minping", &batch.text);
    let tally = format!("tally in {WITH_KEYS} --format json");
    assert_eq!(json(&desk.run(&tally))[0]["n"], 3);

    let signing = "--decisions d.minping-decisions --plan plan.json --keys keys.minping-keys --by 李 --reason 查实";
    let made = desk.run(&format!("decide admit in/3.minping {signing}"));
    assert_eq!(made.code, 0, "{}", made.err);
    let with = format!("{WITH_KEYS} --decisions d.minping-decisions");
    let counted = desk.run(&format!("tally in {with} --format json"));
    assert_eq!((counted.code, &json(&counted)[0]["n"]), (0, &4.into()), "{}", counted.err);
    assert_eq!(json(&desk.run(&tally))[0]["n"], 3, "without the file nothing is decided");
    let opened = desk.run(&format!("open in {with} --format json"));
    assert_eq!(json(&opened)[2]["found"], "admitted_by_decision");

    let left = desk.run(&format!("decide leave-out {:A<22} {signing}", "two"));
    assert_eq!(left.code, 0, "{}", left.err);
    let merged = desk.run(&format!("merge in {with} -o ledger"));
    assert!(merged.err.contains("counted 3 + left out by decision 1"), "{}", merged.err);
    let report: Value = serde_json::from_slice(&fs::read(desk.path("ledger/ledger.json")).unwrap()).unwrap();
    assert_eq!((&report["balance"]["left_out"], report["decisions"].as_array().map(Vec::len)), (&1.into(), Some(2)));
    assert_eq!(desk.files("ledger/batches").len(), 3, "what counts lies with the others");

    assert_eq!(desk.run(&format!("report in {with} --out internal.html")).code, 0);
    let internal = fs::read_to_string(desk.path("internal.html")).unwrap();
    assert!(internal.contains("Decisions of the office") && internal.contains("李") && internal.contains("查实"));
    assert_eq!(desk.run(&format!("report in {with} --publish --out public.html")).code, 0);
    let public = fs::read_to_string(desk.path("public.html")).unwrap();
    assert!(public.contains("查实") && !public.contains("李") && !public.contains("twoAA"), "no name and no id");

    // The stranger's batch is no longer there: the decision is told to change nothing.
    fs::remove_file(desk.path("in/3.minping")).unwrap();
    let without = desk.run(&format!("merge in {with} -o other"));
    assert_eq!(without.code, 1);
    assert!(without.err.contains("changes nothing"), "{}", without.err);
}
