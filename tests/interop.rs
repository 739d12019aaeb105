//! The checks of FORMAT.md, run as they stand there with other people's JOSE libraries: Python `jwcrypto`, npm `jose`.
#![cfg(feature = "cli")]

use minping::batch::{
    BatchDraft, Crypto, OfficeSecrets, SignedBatch, plan_digest, seal_keys, seal_record, sign_batch, thumbprint,
};
use minping::named::Named;
use minping::native::crypto::Native;
use minping::plan::Mode;
use minping::session::{Answer, Disposition, PlanRef, Record};
use pollster::block_on;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

const ROOT: &str = env!("CARGO_MANIFEST_DIR");
const PASSPHRASE: &str = "correct horse 电池 staple";

/// A batch of two records, sealed for two offices, and the key file of the second.
struct Scene {
    folder: tempfile::TempDir,
    batch: PathBuf,
    keys: PathBuf,
    device: String,
    records: Vec<String>,
}

fn scene() -> Scene {
    let (other, office) =
        block_on(async { (OfficeSecrets::generate(&Native).await, OfficeSecrets::generate(&Native).await) });
    let (other, office) = (other.unwrap(), office.unwrap());
    let digest = block_on(plan_digest(&Native, b"{}")).unwrap();
    let plan = PlanRef { id: "county".into(), version: "2024.1".into(), digest };
    let records = ["gYJ3lM9yX0mJ8Qk2Ew5x9A", "q1w2e3r4t5y6u7i8o9p0aA"].map(|id| Record {
        v: 1,
        id: id.into(),
        plan: plan.clone(),
        round: "2024-2".into(),
        questionnaire: "main".into(),
        mode: Mode::Face,
        rater_group: Some("代表".into()),
        stratum: None,
        disposition: Disposition::Complete,
        repeats: Default::default(),
        answers: Named::from([("q1".to_owned(), Answer::Text("路灯坏了 \"三天\"".into()))]),
        missing: Named::new(),
        notes: Named::new(),
        attachments: Default::default(),
    });
    let recipients = [other.seal_public, office.seal_public.clone()];
    let sealed = records.iter().map(|x| block_on(seal_record(&Native, &recipients, x)).unwrap()).collect();
    let (key, public) = block_on(Native.generate_sign(false)).unwrap();
    let draft =
        BatchDraft { plan, round: "2024-2".into(), seq: 1, prev: None, link: None, records: sealed, voided: vec![] };
    let SignedBatch { text, .. } = block_on(sign_batch(&Native, &key, &public, draft)).unwrap();

    let folder = tempfile::tempdir().unwrap();
    let (batch, keys) = (folder.path().join("day.minping"), folder.path().join("office.minping-keys"));
    fs::write(&batch, text + "\n").unwrap();
    fs::write(&keys, block_on(seal_keys(&Native, &office, PASSPHRASE)).unwrap() + "\n").unwrap();
    Scene {
        batch,
        keys,
        device: block_on(thumbprint(&Native, &public)).unwrap().0,
        records: records.iter().map(|x| x.encode()).collect(),
        folder,
    }
}

/// The code block of FORMAT.md in a language.
fn snippet(language: &str) -> String {
    let document = fs::read_to_string(Path::new(ROOT).join("FORMAT.md")).unwrap();
    let start = ["```", language, "\n"].concat();
    let (_, rest) = document.split_once(&start).expect("FORMAT.md has one check per language");
    rest.split_once("```").expect("a code block ends").0.to_owned()
}

fn run(program: &str, script: &Path, scene: &Scene) -> Output {
    let path = Command::new("bash").args(["scripts/toolchain", "--path"]).current_dir(ROOT).output().unwrap();
    let path = String::from_utf8(path.stdout).unwrap();
    // Found by hand: the search of `Command` does not see the child's PATH on every system.
    let program = path.trim().split(':').map(|x| Path::new(x).join(program)).find(|x| x.is_file());
    let program = program.expect("the tools of the tests are missing: run `scripts/toolchain --tests`, then again");
    Command::new(program).arg(script).args([&scene.batch, &scene.keys]).arg(PASSPHRASE).output().unwrap()
}

fn opens_what_minping_made_and_refuses_what_was_changed(language: &str, program: &str, script: &str) {
    let scene = scene();
    let script = scene.folder.path().join(script);
    fs::write(&script, snippet(language)).unwrap();
    // Node looks for packages beside the script.
    std::os::unix::fs::symlink(Path::new(ROOT).join("node_modules"), scene.folder.path().join("node_modules")).unwrap();

    let output = run(program, &script, &scene);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let printed = String::from_utf8(output.stdout).unwrap();
    let mut lines: Vec<&str> = printed.lines().collect();
    assert_eq!(lines.remove(0), scene.device);
    lines.sort_unstable();
    let mut records: Vec<&str> = scene.records.iter().map(String::as_str).collect();
    records.sort_unstable();
    assert_eq!(lines, records);

    // One letter of the payload.
    let text = fs::read_to_string(&scene.batch).unwrap();
    let at = text.find('.').unwrap() + 40;
    let letter = if &text[at..=at] == "A" { "B" } else { "A" };
    fs::write(&scene.batch, [&text[..at], letter, &text[at + 1..]].concat()).unwrap();
    let output = run(program, &script, &scene);
    assert!(!output.status.success() && output.stdout.is_empty());
    let complaint = String::from_utf8_lossy(&output.stderr).to_lowercase();
    assert!(complaint.contains("signature"), "{complaint}");
}

#[test]
fn python_verifies_and_opens_a_batch_with_the_lines_of_the_format() {
    opens_what_minping_made_and_refuses_what_was_changed("python", "jwcrypto-python", "check.py");
}

#[test]
fn javascript_verifies_and_opens_a_batch_with_the_lines_of_the_format() {
    opens_what_minping_made_and_refuses_what_was_changed("javascript", "node", "check.mjs");
}
