//! A device's list of what it sent, compared with the batches that are here.

use super::quota::desk;
use minping::batch::{SentBatch, SentList, SentPlan, SentState};
use minping::plan::Digest;
use minping::session::PlanRef;
use serde_json::Value;
use std::fs;

const SENT: &[&str] = &[
    "sent",
    "batches",
    "--plan",
    "published.json",
    "--roster",
    "r.minping-roster",
    "--keys",
    "office.minping-keys",
    "--passphrase-file",
    "passphrase",
    "--list",
    "tablet.minping-sent",
];

#[test]
fn a_list_is_compared_and_what_is_missing_is_named_with_what_to_do() {
    let (desk, digest) = desk(2, 1);
    let plan = desk.published();
    let reference = PlanRef { id: plan.id, version: plan.version, digest: desk.index().plans[0].digest.clone() };
    let refused = |more: &[&str]| -> String {
        let output = desk.run(&[SENT, more].concat());
        assert_eq!(output.status.code(), Some(1));
        String::from_utf8_lossy(&output.stderr).into_owned()
    };
    let device = desk.roster()[0]["device"].as_str().unwrap().to_owned();
    let batch = SentBatch {
        digest,
        round: "r1".into(),
        seq: 1,
        records: 3,
        voided: 0,
        state: SentState::Received,
        carried: false,
    };
    let write = |batches: Vec<SentBatch>| {
        let plans = vec![SentPlan { batches, ..SentPlan::new(reference.clone()) }];
        let list = SentList { v: 1, device: Some(Digest(device.clone())), plans };
        fs::write(desk.path("tablet.minping-sent"), list.encode()).unwrap();
    };
    write(vec![batch.clone()]);
    let rows: Vec<Value> = serde_json::from_str(&desk.done(&[SENT, &["--format", "json"]].concat())).unwrap();
    assert_eq!(rows.len(), 1);
    assert_eq!((rows[0]["found"].as_str(), rows[0]["device"].as_str()), (Some("equal"), Some("tablet")));

    let lost = SentBatch { digest: Digest("L".repeat(43)), seq: 2, ..batch.clone() };
    write(vec![batch, lost]);
    let told = refused(&["--lang", "en"]);
    assert!(told.contains("missing 1"), "{told}");
    write(Vec::new());
    let told = refused(&["--lang", "zh"]);
    assert!(told.contains("多出 1"), "{told}");

    fs::write(desk.path("tablet.minping-sent"), "no list").unwrap();
    let told = refused(&["--lang", "en"]);
    assert!(told.contains("tablet.minping-sent") && told.contains("save it"), "{told}");
}
