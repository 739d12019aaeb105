//! What was kept and cannot be used any more: it is said with the reason, it is not overwritten, and it can be saved.

use crate::harness::office::{expect_done, program};
use crate::harness::{Clerk, Engine, Office, Tablet, file};
use minping::store::{Entry, record::encode_record};
use serde_json::json;
use std::ffi::OsStr;
use std::fs;

const PLAN: &str = "study-practice";
const TITLE: &str = "Study and practice campaign";

/// Publishes the plan anew with other keys, as an office does that lost its own. Answers the plan's former file.
fn publish_with_other_keys(office: &Office) -> Vec<u8> {
    let former = fs::read(office.plan_file(PLAN)).expect("the published plan");
    let (keys, app) = (office.folder().join("other.minping-keys"), office.app());
    let source = office.folder().join(format!("{PLAN}.json"));
    expect_done(&program([OsStr::new("keys"), "new".as_ref(), keys.as_ref()]));
    let words: [&OsStr; 7] = [
        "plan".as_ref(),
        "publish".as_ref(),
        source.as_ref(),
        "--keys".as_ref(),
        keys.as_ref(),
        "--app".as_ref(),
        app.as_ref(),
    ];
    expect_done(&program(words));
    former
}

async fn reopen(engine: Engine) {
    let office = Office::open(&[PLAN]).await;
    let clerk = Clerk::open(engine, &office.url("office.html")).await;
    let browser = &clerk.browser;
    let tablet = Tablet::new(&office.plan_file(PLAN));
    clerk.choose_plan(TITLE).await;
    clerk.open_keys(&office).await;
    clerk.page("roster").await;
    clerk.pick("Open a card file", &[file("east.minping-card", tablet.card("East side 3"))]).await;
    browser.click_text("They agree: enrol").await;
    browser.until_text("Issue 1, 1 devices").await;

    // The same plan with other keys: the roster that is kept is not theirs.
    let former = publish_with_other_keys(&office);
    clerk.reload().await;
    browser.until_text(TITLE).await;
    clerk.page("plans").await;
    browser.until_text("This plan is not on the site's list yet").await;
    clerk.choose_plan(TITLE).await;
    browser.until_text("The kept roster of devices cannot be used: it was not signed with this plan's keys").await;
    clerk.look("a kept roster that is not this plan's").await;
    let kept = clerk.save("Save the kept roster file", &format!("{PLAN}-kept.minping-roster")).await;
    assert_eq!(kept.split('.').count(), 3, "{kept}");
    // A new one takes its place and does not destroy it.
    fs::copy(office.folder().join("other.minping-keys"), office.keys()).expect("the other keys");
    clerk.open_keys(&office).await;
    clerk.page("roster").await;
    clerk.pick("Open a card file", &[file("east.minping-card", tablet.card("East side 3, anew"))]).await;
    browser.click_text("They agree: enrol").await;
    browser.until_text("East side 3, anew").await;
    browser.until("the fault to be gone", "return !document.body.innerText.includes('cannot be used')").await;
    clerk.page("plans").await;
    clerk.pick("Open a plan file", &[file("former.json", former)]).await;
    clerk.page("roster").await;
    browser.until_text("Keys of another plan").await;
    browser
        .until("the former roster", "return document.querySelector('.list-row strong')?.innerText === 'East side 3'")
        .await;

    // A plan that is kept and does not load.
    let digest = browser
        .eval(
            "const all = await new Promise((done) => {
                 const open = indexedDB.open('minping-office');
                 open.onsuccess = () => {
                     const get = open.result.transaction('entries').objectStore('entries').get('setting/chosen');
                     get.onsuccess = () => { open.result.close(); done(get.result) };
                 }});
             return all.split('+')[1]",
        )
        .await;
    let key = format!("plan/{}", digest.as_str().expect("a digest"));
    let broken = "{ \"format\": 1, \"id\": \"kept\" }";
    let value = encode_record(&Entry { key: key.clone(), revision: 1_000, body: Some(broken.to_owned()) });
    // A page of the site that does not hold the office's storage open.
    browser.goto(&office.url("field.html")).await;
    browser.until_app().await;
    browser
        .eval_with(
            "await new Promise((done, fail) => {
                 const open = indexedDB.open('minping-office');
                 open.onerror = fail;
                 open.onsuccess = () => {
                     const step = open.result.transaction('entries', 'readwrite');
                     step.objectStore('entries').put(given[1], given[0]);
                     step.oncomplete = () => { open.result.close(); done() };
                 }})",
            json!([key, value]),
        )
        .await;
    browser.goto(&office.url("office.html")).await;
    browser.until_app().await;
    browser.until_text("The plan that was used last is still kept on this computer, but it no longer loads").await;
    browser.until_text("Mend the plan file").await;
    clerk.look("a kept plan that does not load").await;
    assert_eq!(clerk.save("Save the kept plan file", "kept-plan.json").await, broken);
    clerk.choose_plan(TITLE).await;
    browser.until("the fault to be gone", "return !document.body.innerText.includes('no longer loads')").await;
    browser.expect_no_errors().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_kept_roster_or_plan_that_no_longer_fits_is_said_and_kept_in_chromium() {
    reopen(Engine::Chromium).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_kept_roster_or_plan_that_no_longer_fits_is_said_and_kept_in_firefox() {
    reopen(Engine::Firefox).await;
}
