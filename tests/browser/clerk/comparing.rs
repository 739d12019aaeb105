//! A tablet's list of what it sent, compared with the batches on the desk; and batches of another version of the plan.

use crate::harness::{Clerk, Engine, Office, Tablet, file};
use minping::batch::{SentBatch, SentList, SentPlan, SentState, SignedBatch, plan_digest};
use minping::native::crypto::Native;
use minping::plan::{Digest, load};
use minping::session::PlanRef;
use pollster::block_on;
use serde_json::Value;

const PLAN: &str = "study-practice";
const TITLE: &str = "Study and practice campaign";

fn listed(batch: &SignedBatch, round: &str, seq: u64, records: u64) -> SentBatch {
    let (digest, round, state) = (batch.digest.clone(), round.to_owned(), SentState::Received);
    SentBatch { digest, round, seq, records, voided: 0, state, carried: false }
}

async fn compares(engine: Engine) {
    let office = Office::open(&[PLAN]).await;
    let text = std::fs::read_to_string(office.plan_file(PLAN)).expect("the plan");
    let plan = load(&text).expect("a plan without errors");
    let digest = block_on(plan_digest(&Native, text.as_bytes())).expect("a digest");
    let reference = PlanRef { id: plan.id.clone(), version: plan.version.clone(), digest };
    let round = plan.rounds.last().expect("a round").id.clone();
    let mut tablet = Tablet::new(&office.plan_file(PLAN));
    let device = tablet.id.clone();
    let (first, second) =
        (tablet.hand_over(&["satisfied", "dissatisfied"], None), tablet.hand_over(&["satisfied"], None));
    let lost = SentBatch { digest: Digest("L".repeat(43)), ..listed(&second, &round, 3, 4) };
    let list = |batches: Vec<SentBatch>, finished: u64| {
        let plans = vec![SentPlan { batches, finished, ..SentPlan::new(reference.clone()) }];
        SentList { v: 1, device: Some(device.clone()), plans }.encode()
    };
    let both = vec![listed(&first, &round, 1, 2), listed(&second, &round, 2, 1)];

    let clerk = Clerk::open(engine, &office.url("office.html")).await;
    let browser = &clerk.browser;
    clerk.choose_plan(TITLE).await;
    clerk.open_keys(&office).await;
    clerk.page("roster").await;
    clerk.pick("Open a card file", &[file("east.minping-card", tablet.card("East side 3"))]).await;
    browser.click_text("They agree: enrol").await;
    browser.until_text("Issue 1, 1 devices").await;
    clerk.open_batches(&[file("one.minping", first.text.clone()), file("two.minping", second.text.clone())]).await;
    browser.click_text("Compare a device's list").await;
    browser.until_text("Open a list").await;
    clerk.pick("Open a list", &[file("tablet.minping-sent", "no list at all")]).await;
    browser.until_text("This is no list of what was sent").await;
    clerk.pick("Open a list", &[file("tablet.minping-sent", list(both.clone(), 0))]).await;
    browser.until_text("Every batch on the list is here and counts").await;
    browser.until_text("Device East side 3").await;
    // Of another evaluation something is still on it: nobody is told that it may be cleared.
    let mut beside = SentList::parse(&list(both.clone(), 0)).expect("a list");
    let schools = PlanRef { id: "schools".into(), ..reference.clone() };
    beside.plans.push(SentPlan { finished: 6, ..SentPlan::new(schools) });
    clerk.pick("Open a list", &[file("tablet.minping-sent", beside.encode())]).await;
    browser.until_text("of other evaluations: 6. Do not clear it now").await;
    assert_eq!(
        browser.eval("return document.body.innerText.includes('Every batch on the list is here and counts')").await,
        false
    );
    clerk.pick("Open a list", &[file("tablet.minping-sent", list([both, vec![lost]].concat(), 2))]).await;
    browser.until_text("missing: 1").await;
    browser.until_text("the receiver has it, fetch it from there").await;
    browser.until_text("finished and not packed 2").await;
    clerk.pick("Open a list", &[file("tablet.minping-sent", list(vec![listed(&first, &round, 1, 2)], 0))]).await;
    browser.until_text("more: 1").await;
    clerk.look("a list compared").await;

    // What was made with another version is not pooled, and it is said how its questions answer to these.
    let mut other: Value = serde_json::from_str(&text).expect("JSON");
    other["version"] = Value::from("of another day");
    let next = office.folder().join("other.json");
    std::fs::write(&next, other.to_string()).expect("the other version is written");
    let batch = Tablet::new(&next).hand_over(&["satisfied"], None);
    clerk.open_batches(&[file("other.minping", batch.text)]).await;
    browser.click_text("Batches of version of another day: 1 (records: 1)").await;
    browser.until_text("Nothing is pooled").await;
    browser.until_text("That version's file was not opened on this computer yet").await;
    clerk.look("batches of another version").await;
    browser.expect_no_errors().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_tablets_list_is_compared_with_the_batches_on_the_desk_in_chromium() {
    compares(Engine::Chromium).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_tablets_list_is_compared_with_the_batches_on_the_desk_in_firefox() {
    compares(Engine::Firefox).await;
}
