//! Batches that devices sent: fetched by the clerk, with a wrong token, without a network, and again.

use crate::harness::{Browser, Clerk, Engine, Office, Tablet, file};
use serde_json::json;
use std::fs;

const PLAN: &str = "study-practice";

/// Hands a batch to the receiver as a device does.
async fn upload(browser: &Browser, digest: &str, text: &str) {
    let status = browser
        .eval_with(
            "return (await fetch('api/batches/' + given[0], { method: 'PUT', body: given[1] })).status",
            json!([digest, text]),
        )
        .await;
    assert_eq!(status, 201, "the receiver takes the batch");
}

async fn fill_in(browser: &Browser, token: &str) {
    browser
        .eval_with(
            "const input = document.querySelector('details form input[type=password]');
             input.value = given; input.dispatchEvent(new Event('input', { bubbles: true }))",
            json!(token),
        )
        .await;
    browser.click("details form button[type=submit]").await;
}

async fn fetch(engine: Engine) {
    let office = Office::open(&[PLAN]).await;
    let token = fs::read_to_string(office.folder().join("data/office-token")).expect("the receiver's token");
    let mut tablet = Tablet::new(&office.plan_file(PLAN));
    let clerk = Clerk::open(engine, &office.url("office.html")).await;
    let browser = &clerk.browser;
    let first = tablet.hand_over(&["satisfied", "dissatisfied"], None);
    upload(browser, first.digest.as_str(), &first.text).await;
    clerk.choose_plan("Study and practice campaign").await;
    clerk.open_keys(&office).await;
    clerk.page("roster").await;
    clerk.pick("Open a card file", &[file("east.minping-card", tablet.card("East side 3"))]).await;
    browser.click_text("They agree: enrol").await;
    browser.until_text("Issue 1, 1 devices").await;

    clerk.page("batches").await;
    browser.click_text("Fetch from the receiver").await;
    browser.click("details form button[type=submit]").await;
    browser.until_text("Fill in the address and the office token").await;
    office.network.cut();
    fill_in(browser, token.trim()).await;
    browser.until_text("The receiver did not answer").await;
    office.network.restore();
    clerk.look("a receiver that does not answer").await;
    fill_in(browser, token.trim()).await;
    browser.until_text("The receiver has 1 batches").await;
    assert_eq!(clerk.account().await["Records counted"], 2);

    // Only what is new is fetched.
    let second = tablet.hand_over(&["satisfied"], None);
    upload(browser, second.digest.as_str(), &second.text).await;
    fill_in(browser, token.trim()).await;
    browser.until_text("The receiver has 2 batches").await;
    browser.until_text("1 new batches admitted").await;
    assert_eq!(clerk.account().await["Records counted"], 3);
    clerk.look("batches from the receiver").await;
    browser.expect_no_errors().await;

    // The refusal is one in the browser's log too.
    fill_in(browser, "not the token").await;
    browser.until_text("The token is wrong").await;
    assert_eq!(clerk.account().await["Records counted"], 3, "what is here stays");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_clerk_fetches_what_is_new_from_the_receiver_in_chromium() {
    fetch(Engine::Chromium).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_clerk_fetches_what_is_new_from_the_receiver_in_firefox() {
    fetch(Engine::Firefox).await;
}
