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
    // Notes what the progress says, whenever it changes. As soon as records are opened, goes to another page, looks whether
    // the work goes on there, and stops it: in the page, for a message from here may come when all is done.
    browser
        .eval(
            "window.said = new Set(); window.elsewhere = null;
             const look = () => {
                 const work = document.querySelector('.work span');
                 if (work) window.said.add(work.innerText);
                 if (window.elsewhere === null && work?.innerText.startsWith('Opening records')) {
                     window.elsewhere = 'going';
                     document.querySelector('a.tab[href=\"#/keys\"]').click();
                 }
                 if (window.elsewhere === 'going' && document.querySelector('main h1')?.innerText === 'Keys') {
                     window.elsewhere = work ? 'still working' : 'done before';
                     [...document.querySelectorAll('.work button')].forEach((button) => button.click());
                 }
             };
             new MutationObserver(look).observe(document.body, { childList: true, subtree: true, characterData: true })",
        )
        .await;
    clerk.pick("Open files", &files).await;
    let elsewhere = browser
        .until("the other page", "return window.elsewhere && window.elsewhere !== 'going' && window.elsewhere")
        .await;
    assert_eq!(elsewhere, "still working", "the page changes while records are opened");
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
