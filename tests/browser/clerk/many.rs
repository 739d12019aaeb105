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
    browser.reload().await;
    browser.until_app().await;
    browser.until_shown(".tabs").await;
    opened_when_the_keys_come(&clerk, &office, &files).await;
    clerk.page("batches").await;
    browser.click_text("Remove the batches from this computer").await;
    browser.click("dialog[open] .button.danger").await;
    browser.until_text("No batch was opened yet").await;
    stopped_and_opened_again(&clerk, &files).await;
    browser.expect_no_errors().await;
}

/// Notes what the progress says, whenever it changes. As soon as it says `so`, goes to another page, looks whether the work
/// goes on there, and stops it: in the page, for a message from here may come when all is done.
async fn stop_from_elsewhere(clerk: &Clerk, so: &str) {
    clerk
        .browser
        .eval_with(
            &"window.said = new Set(); window.elsewhere = null; window.watch?.disconnect();
             const look = () => {
                 const work = document.querySelector('.work span');
                 if (work) window.said.add(work.innerText);
                 if (window.elsewhere === null && given.test(work?.innerText)) {
                     window.elsewhere = 'going';
                     document.querySelector('a.tab[href=\"#/steps\"]').click();
                 }
                 if (window.elsewhere === 'going' && location.hash === '#/steps' && document.querySelector('main h1')) {
                     window.elsewhere = work ? 'still working' : 'done before';
                     [...document.querySelectorAll('.work button')].forEach((button) => button.click());
                 }
             };
             window.watch = new MutationObserver(look);
             window.watch.observe(document.body, { childList: true, subtree: true, characterData: true })"
                .replace("given.test", &format!("/{so}/.test")),
            serde_json::json!(null),
        )
        .await;
}

async fn stopped(clerk: &Clerk) {
    let browser = &clerk.browser;
    let elsewhere = browser
        .until("the other page", "return window.elsewhere && window.elsewhere !== 'going' && window.elsewhere")
        .await;
    assert_eq!(elsewhere, "still working", "the page changes while records are opened");
    clerk.until_done().await;
    clerk.page("batches").await;
}

async fn all_counted(clerk: &Clerk) {
    clerk
        .browser
        .until(
            "every record",
            "return [...document.querySelectorAll('.tile')].some((t) => t.querySelector('dt').innerText === 'Records counted' && t.innerText.includes('1000'))",
        )
        .await;
    clerk.until_done().await;
}

async fn steps(clerk: &Clerk, so: &str) -> u64 {
    let count = format!("return [...window.said].filter((text) => text.startsWith('{so}')).length");
    clerk.browser.eval(&count).await.as_u64().unwrap_or(0)
}

async fn opened_when_the_keys_come(clerk: &Clerk, office: &Office, files: &[Pickable]) {
    clerk.open_batches(files).await;
    assert_eq!(clerk.account().await["Records waiting to be opened"], 1_000, "without keys all wait");
    stop_from_elsewhere(clerk, "^Opening records, [1-9]").await;
    clerk.open_keys(office).await;
    stopped(clerk).await;
    let account = clerk.account().await;
    let (counted, waiting) = (account["Records counted"].as_u64(), account["Records waiting to be opened"].as_u64());
    assert_eq!(counted.zip(waiting).map(|(counted, waiting)| counted + waiting), Some(1_000), "{account:#}");
    assert!(waiting > Some(0), "it was stopped: {account:#}");
    clerk.look("records that wait").await;
    // What was stopped goes on where it stopped.
    clerk.browser.click_text("Open the records that wait").await;
    all_counted(clerk).await;
    assert!(steps(clerk, "Opening records").await >= 3, "the progress moves");
}

async fn stopped_and_opened_again(clerk: &Clerk, files: &[Pickable]) {
    stop_from_elsewhere(clerk, "^Checking [1-9]").await;
    clerk.page("batches").await;
    clerk.pick("Open files", files).await;
    stopped(clerk).await;
    clerk.browser.until_text("what was opened is kept").await;
    let before = clerk.account().await["Records counted"].as_u64().unwrap_or(0);
    assert!((100..1_000).contains(&before), "some are here, and not all: {before}");
    // Opened once more, what is here is known and counts once.
    clerk.pick("Open files", files).await;
    all_counted(clerk).await;
    let known = format!("{} were here already", before / 100);
    clerk.browser.until_text(&known).await;
    assert!(steps(clerk, "Checking").await >= 3, "the progress moves");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_thousand_records_open_with_progress_and_can_be_stopped_in_chromium() {
    open_many(Engine::Chromium).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_thousand_records_open_with_progress_and_can_be_stopped_in_firefox() {
    open_many(Engine::Firefox).await;
}
