//! Work steps as a clerk ticks them off: what is due, kept over a reload and over the publishing that leaves them out.

use crate::harness::{Clerk, Engine, Office, file, site::root};
use serde_json::{Value, json};

const PLAN: &str = "study-practice";

/// The ready plan with a step that is late, one that is due and one that is ahead, whatever the day.
fn with_steps() -> String {
    let text = std::fs::read_to_string(root().join("plans/study-practice.json")).expect("a ready plan");
    let mut plan: Value = serde_json::from_str(&text).expect("JSON");
    let step = |id: &str, en: &str, from: &str, to: &str| {
        let owner = json!({ "zh": "测评办", "en": "Evaluation office" });
        json!({ "id": id, "label": { "zh": "工作", "en": en }, "owner": owner, "produces": owner, "from": from, "to": to })
    };
    plan["work_steps"] = json!([
        step("last", "Sum up the century", "2099-01-01", "2099-12-31"),
        step("launch", "Hold the launch meeting", "2020-01-01", "2020-01-31"),
        step("hotline", "Keep the hotline open", "2020-02-01", "2099-12-31"),
    ]);
    plan.to_string()
}

async fn ticked(clerk: &Clerk) -> Value {
    let boxes = "return [...document.querySelectorAll('.work-steps .list-row')].map((row) =>
        [row.querySelector('strong').innerText, row.querySelector('input').checked, row.querySelector('.tag').innerText.split(' ')[0]])";
    clerk.browser.eval(boxes).await
}

async fn step(engine: Engine) {
    let office = Office::open(&[PLAN]).await;
    let clerk = Clerk::open(engine, &office.url("office.html#/steps")).await;
    let browser = &clerk.browser;
    browser.until_text("Choose a plan first").await;

    clerk.page("plans").await;
    clerk.pick("Open a plan file", &[file("plan.json", with_steps())]).await;
    browser.until_text_in(".standing", "Study and practice campaign").await;
    clerk.page("steps").await;
    browser.until_text("1 due, 1 late, 0 of 3 done").await;
    let all = json!([
        ["Hold the launch meeting", false, "Late"],
        ["Keep the hotline open", false, "Due"],
        ["Sum up the century", false, "Ahead"]
    ]);
    assert_eq!(ticked(&clerk).await, all, "by their days");
    clerk.look("work steps").await;

    // Ticked with the keyboard: the box keeps the focus, and says what is kept.
    browser.eval("document.querySelector('.work-steps .list-row input').focus()").await;
    browser.eval("document.activeElement.click()").await;
    browser.until_text("1 due, 0 late, 1 of 3 done").await;
    let focused = "return document.activeElement === document.querySelector('.work-steps .list-row input')";
    assert_eq!(browser.eval(focused).await, true);

    clerk.reload().await;
    browser.until_text("1 due, 0 late, 1 of 3 done").await;
    assert_eq!(ticked(&clerk).await[0], json!(["Hold the launch meeting", true, "Done"]));

    // The published plan holds no steps; the page has them from before, with their ticks.
    clerk.choose_plan("Study and practice campaign").await;
    browser.until_text("QR codes and links").await;
    clerk.page("steps").await;
    browser.until_text("1 due, 0 late, 1 of 3 done").await;

    browser.click_text("Only what is due or past its last day").await;
    let seen = "return [...document.querySelectorAll('.work-steps .list-row')].filter((row) => row.offsetHeight > 0).length === 2";
    browser.until("two of three", seen).await;
    // A tick is taken back.
    browser.eval("document.querySelector('.work-steps .list-row input').click()").await;
    browser.until_text("1 due, 1 late, 0 of 3 done").await;
    browser.expect_no_errors().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn work_steps_are_ticked_off_and_stay_so_in_chromium() {
    step(Engine::Chromium).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn work_steps_are_ticked_off_and_stay_so_in_firefox() {
    step(Engine::Firefox).await;
}
