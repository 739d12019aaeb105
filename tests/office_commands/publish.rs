use super::desk::*;
use minping::batch::{Crypto, fingerprint, plan_digest};
use minping::native::crypto::Native;
use minping::plan::{Plan, load};
use pollster::block_on;
use serde_json::Value;
use std::fs;
use std::io::Read;
use std::path::Path;

#[test]
fn a_plan_is_published_under_its_digest_with_keys_and_receiver_and_again_without_a_change() {
    let desk = Desk::new().with_keys();
    let (_, receiver) = block_on(Native.generate_sign(false)).unwrap();
    let jwk = serde_json::to_string(&receiver).unwrap();
    let arguments = [Desk::PUBLISH, &["--receiver", "api/", "--receiver-key", &jwk]].concat();
    let printed = desk.done(&arguments);

    let index = desk.index();
    assert_eq!(index.plans.len(), 1);
    let listed = &index.plans[0];
    let bytes = fs::read(desk.path("dist").join(&listed.file)).unwrap();
    assert_eq!(block_on(plan_digest(&Native, &bytes)).unwrap(), listed.digest);
    assert_eq!(listed.file, format!("plans/county-transport.{}.json", listed.digest.short()));
    // Compressed copies lie beside it, as beside the app's own files.
    let copy = |extension: &str| fs::File::open(desk.path("dist").join([&listed.file, extension].concat())).unwrap();
    let (mut gzip, mut brotli) = (Vec::new(), Vec::new());
    flate2::read::GzDecoder::new(copy(".gz")).read_to_end(&mut gzip).unwrap();
    brotli::Decompressor::new(copy(".br"), 4096).read_to_end(&mut brotli).unwrap();
    assert!(gzip == bytes && brotli == bytes);
    let plan = load(std::str::from_utf8(&bytes).unwrap()).unwrap();
    assert_eq!((&plan.receivers[0].url, &plan.receivers[0].key), (&"api/".to_owned(), &receiver));
    let keys = plan.keys.clone().unwrap();
    assert_eq!(fingerprint_in(&printed), block_on(fingerprint(&Native, &keys)).unwrap());
    assert!(!printed.contains("--connect"));
    // The office's own work steps stay in the office; nothing else changed.
    let original = load(&fs::read_to_string(desk.path("plan.json")).unwrap()).unwrap();
    assert!(original.work_steps != Default::default());
    let original = Plan { work_steps: Default::default(), ..original };
    assert_eq!(Plan { keys: None, receivers: vec![], schema: original.schema.clone(), ..plan }, original);

    let before = desk.files();
    assert!(desk.done(&arguments).contains("nothing changed"));
    // The published file itself can be published again, to another app or the same.
    fs::copy(desk.path("dist").join(&listed.file), desk.path("plan.json")).unwrap();
    assert!(desk.done(Desk::PUBLISH).contains("nothing changed"));
    fs::copy(Path::new(env!("CARGO_MANIFEST_DIR")).join("plans/county-transport.json"), desk.path("plan.json"))
        .unwrap();
    assert_eq!(desk.files(), before);
}

/// An examination: no device carries what is right, and the office counts it all the same.
#[test]
fn right_answers_are_sealed_in_the_published_plan_and_scored_with_the_keys() {
    let desk = Desk::new().with_keys();
    let ready = Path::new(env!("CARGO_MANIFEST_DIR")).join("plans/finance-bureau.json");
    fs::copy(&ready, desk.path("plan.json")).unwrap();
    desk.done(Desk::PUBLISH);
    let file = desk.path("dist").join(&desk.index().plans[0].file);
    let text = fs::read_to_string(&file).unwrap();
    assert!(!text.contains("\"right\":") && text.contains("\"right_answers\":"), "{text}");
    // A seal is never the same twice: what lies there is the same plan, and stays.
    let published =
        || desk.files().into_iter().filter(|(path, _)| path.starts_with(desk.path("dist"))).collect::<Vec<_>>();
    let before = published();
    assert!(desk.done(Desk::PUBLISH).contains("nothing changed"));
    fs::copy(&file, desk.path("plan.json")).unwrap();
    assert!(desk.done(Desk::PUBLISH).contains("nothing changed"));
    assert!(published() == before);
    // Another answer is another plan.
    let changed = fs::read_to_string(&ready).unwrap().replacen("[\"repeat\"]", "[\"choose\"]", 1);
    fs::write(desk.path("plan.json"), changed).unwrap();
    desk.done(Desk::PUBLISH);
    assert_ne!(desk.path("dist").join(&desk.index().plans[0].file), file);

    let keys = ["--keys", "office.minping-keys", "--passphrase-file", "passphrase"];
    let round = ["simulate", "round", ready.to_str().unwrap(), "--out", "round", "--records", "40", "--round"];
    desk.done(&[&round[..], &["2026-training"], &keys].concat());
    assert!(!fs::read_to_string(desk.path("round/plan.json")).unwrap().contains("\"right\":"));
    let tally = ["tally", "round/batches", "--plan", "round/plan.json", "--roster", "round/devices.minping-roster"];
    let by = ["--by", "question", "--format", "csv"];
    let counted = desk.done(&[&tally[..], &keys, &by].concat());
    let right: Vec<&str> = counted.lines().skip(1).collect();
    assert!(right.len() == 5 && right.iter().all(|row| row.contains(",40,")), "{counted}");
}

#[test]
fn publishing_for_a_receiver_elsewhere_says_how_the_app_must_be_built() {
    let desk = Desk::new().with_keys();
    let (_, receiver) = block_on(Native.generate_sign(false)).unwrap();
    fs::write(desk.path("receiver.jwk"), serde_json::to_string(&receiver).unwrap()).unwrap();
    let elsewhere = ["--receiver", "https://receive.example/app/api/", "--receiver-key", "receiver.jwk"];
    let printed = desk.done(&[Desk::PUBLISH, &elsewhere].concat());
    assert!(printed.contains("--connect https://receive.example\n"), "{printed}");
}

#[test]
fn a_new_version_takes_the_place_of_the_old_in_the_list_and_the_old_file_stays() {
    let desk = Desk::new().with_keys();
    desk.done(Desk::PUBLISH);
    let old = desk.index().plans[0].clone();
    let mut plan: Value = serde_json::from_str(&fs::read_to_string(desk.path("plan.json")).unwrap()).unwrap();
    plan["version"] = "2099.9".into();
    fs::write(desk.path("plan.json"), plan.to_string()).unwrap();
    desk.done(Desk::PUBLISH);
    let index = desk.index();
    assert_eq!(index.plans.iter().map(|x| x.version.as_str()).collect::<Vec<_>>(), ["2099.9"]);
    assert!(desk.path("dist").join(&old.file).exists() && old.file != index.plans[0].file);
}

#[test]
fn what_cannot_be_published_is_refused_and_changes_nothing() {
    let desk = Desk::new().with_keys();
    desk.done(&["keys", "new", "other.minping-keys", "--passphrase-file", "passphrase"]);
    desk.done(Desk::PUBLISH);
    let file = desk.index().plans[0].file.clone();
    fs::copy(desk.path("dist").join(&file), desk.path("published.json")).unwrap();
    let good = fs::read_to_string(desk.path("plan.json")).unwrap();
    fs::write(desk.path("broken.json"), good.replacen("\"rounds\"", "\"round\"", 1)).unwrap();
    fs::create_dir(desk.path("empty")).unwrap();
    let before = desk.files();

    let publish = |plan: &str, keys: &str, app: &str, more: &[&str]| {
        let mut list = vec!["plan", "publish", plan, "--keys", keys, "--passphrase-file", "passphrase", "--app", app];
        list.extend(more);
        list.iter().map(|x| (*x).to_owned()).collect::<Vec<String>>()
    };
    let office = "office.minping-keys";
    let (_, key) = block_on(Native.generate_sign(false)).unwrap();
    let off_curve = serde_json::to_string(&key).unwrap().replace(&key.y, &key.x);
    for (code, words, arguments) in [
        (1, "rounds", publish("broken.json", office, "dist", &[])),
        (1, "no index.html", publish("plan.json", office, "empty", &[])),
        (1, "other office keys", publish("published.json", "other.minping-keys", "dist", &[])),
        (1, "--receiver-key", publish("plan.json", office, "dist", &["--receiver", "api/", "--receiver-key", "{}"])),
        (
            1,
            "--receiver-key",
            publish("plan.json", office, "dist", &["--receiver", "api/", "--receiver-key", &off_curve]),
        ),
        (2, "--receiver-key", publish("plan.json", office, "dist", &["--receiver", "api/"])),
        (3, "no-plan.json", publish("no-plan.json", office, "dist", &[])),
    ] {
        let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
        desk.fails(code, words, &arguments);
        assert_eq!(desk.files(), before, "{arguments:?}");
    }

    // A list that cannot be read is kept for whoever can.
    fs::write(desk.path("dist/plans/index.json"), "{\"v\":1,\"plans\":[").unwrap();
    let before = desk.files();
    desk.fails(1, "left as it is", Desk::PUBLISH);
    assert_eq!(desk.files(), before);
}
