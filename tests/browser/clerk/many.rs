//! A thousand records: the progress is shown, the page stays usable, the work can be stopped and goes on.

use crate::harness::{Clerk, Engine, Office, Pickable, Tablet, file};

const PLAN: &str = "study-practice";

async fn open_many(engine: Engine) {
    let office = Office::open(&[PLAN]).await;
    let mut tablet = Tablet::new(&office.plan_file(PLAN));
    let files: Vec<Pickable> = (0..10)
        .map(|number| file(&format!("{number}.minping"), tablet.hand_over(&["satisfied"; 100], None).text))
        .collect();
    let clerk = Clerk::open(engine, &office.url("office.html")).await;
    let browser = &clerk.browser;
    clerk.choose_plan("Study and practice campaign").await;
    clerk.open_keys(&office).await;
    clerk.page("roster").await;
    clerk.pick("Open a card file", &[file("east.minping-card", tablet.card("East side 3"))]).await;
    browser.click_text("They agree: enrol").await;
    browser.until_text("Issue 1, 1 devices").await;
    clerk.page("batches").await;
    // Notes what the progress says, whenever it changes.
    browser
        .eval(
            "window.said = new Set();
             new MutationObserver(() => { const e = document.querySelector('.work span'); if (e) window.said.add(e.innerText) })
                 .observe(document.body, { childList: true, subtree: true, characterData: true })",
        )
        .await;
    clerk.pick("Open files", &files).await;
    browser.until_text("Opening records").await;
    // While it works, another page can be read.
    let elsewhere = browser
        .eval(
            "document.querySelector('a.tab[href=\"#/keys\"]').click();
             await new Promise((done) => setTimeout(done, 0));
             while (document.querySelector('main h1')?.innerText !== 'Keys') await new Promise((done) => setTimeout(done, 0));
             const working = !!document.querySelector('.work');
             [...document.querySelectorAll('.work button')].forEach((button) => button.click());
             return working",
        )
        .await;
    assert_eq!(elsewhere, true, "the page changes while records are opened");
    clerk.until_done().await;
    clerk.page("batches").await;
    let account = clerk.account().await;
    let (counted, waiting) = (account["Records counted"].as_u64(), account["Records waiting to be opened"].as_u64());
    assert_eq!(counted.zip(waiting).map(|(counted, waiting)| counted + waiting), Some(1_000), "{account:#}");
    assert!(waiting > Some(0), "it was stopped: {account:#}");
    clerk.look("records that wait").await;
    // What was stopped goes on where it stopped.
    browser.click_text("Open the records that wait").await;
    browser
        .until(
            "every record",
            "return [...document.querySelectorAll('.tile')].some((t) => t.innerText.includes('1000'))",
        )
        .await;
    assert_eq!(clerk.account().await["Records counted"], 1_000);
    let steps =
        browser.eval("return [...window.said].filter((text) => text.startsWith('Opening records')).length").await;
    assert!(steps.as_u64() >= Some(3), "the progress moves: {steps}");
    browser.expect_no_errors().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_thousand_records_open_with_progress_and_can_be_stopped_in_chromium() {
    open_many(Engine::Chromium).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_thousand_records_open_with_progress_and_can_be_stopped_in_firefox() {
    open_many(Engine::Firefox).await;
}
