//! A canvasser's day: enrolled, out without a network, interviews finished, paused and discarded, handed over, counted; and
//! a device that fails, whose rescue file another one takes in.

use crate::harness::office::{expect_done, program};
use crate::harness::{Browser, Engine, Office};
use serde_json::{Value, json};
use std::ffi::OsStr;
use std::path::PathBuf;

const PLAN: &str = "county-transport";

/// The answering app in English, on this screen.
pub async fn visit(browser: &Browser, office: &Office, route: &str) {
    browser.goto(&office.url(&format!("field.html#{route}"))).await;
    browser.until_app().await;
}

pub async fn open_app(engine: Engine, office: &Office) -> Browser {
    let browser = Browser::open(engine).await;
    visit(&browser, office, "/").await;
    browser.eval("localStorage.setItem('minping.language', 'en')").await;
    browser.reload().await;
    browser.until_app().await;
    browser
}

pub fn plan_route(office: &Office, plan: &str) -> String {
    format!("/field/{}", office.listed(plan)["digest"].as_str().expect("a digest"))
}

/// Makes the device's card and answers its text, as the office gets it.
pub async fn make_card(browser: &Browser, office: &Office) -> String {
    visit(browser, office, "/device").await;
    browser.click("form input").await;
    browser.type_text("East side tablet 3").await;
    browser.click_text("Make the card").await;
    browser.until_shown("svg.qr").await;
    browser.expect_accessible("the device with its card").await;
    // What the page hands to the browser to save.
    let text = browser
        .eval(
            "const made = []; const real = URL.createObjectURL; URL.createObjectURL = (b) => { made.push(b); return real.call(URL, b) };
             [...document.querySelectorAll('button')].find((b) => b.textContent === 'Save as a file').click();
             URL.createObjectURL = real; return await made[0].text()",
        )
        .await;
    text.as_str().expect("the card is a text").to_owned()
}

/// Enrols the card on a new roster, with the program.
pub fn enrol(office: &Office, plan: &str, card: &str) -> PathBuf {
    let (file, roster) = (office.folder().join("tablet.minping-card"), office.folder().join("county.minping-roster"));
    std::fs::write(&file, card).expect("the card is written");
    let (plan, keys) = (office.plan_file(plan), office.keys());
    for step in ["new", "add"] {
        let mut words: Vec<&OsStr> = vec!["roster".as_ref(), step.as_ref(), "--plan".as_ref(), plan.as_ref()];
        words.extend(["--keys".as_ref(), keys.as_os_str(), "--roster".as_ref(), roster.as_os_str()]);
        if step == "add" {
            words.push(file.as_ref());
        }
        expect_done(&program(words));
    }
    roster
}

/// From the plan's screen into a new interview.
pub async fn begin(browser: &Browser) {
    browser.until_shown("#new-interview").await;
    for choice in ["Face to face", "Officials of all levels"] {
        browser.click_text(choice).await;
    }
    browser.click_text("Start the interview").await;
    browser.until_shown(".interview").await;
}

/// Gives the first answer to the first question that has none.
async fn answer_one(browser: &Browser) {
    browser
        .eval(
            "const open = [...document.querySelectorAll('.interview fieldset')].find((f) => !f.querySelector('input:checked'));
             open.querySelector('input').click()",
        )
        .await;
}

/// Answers what is asked on every section, and finishes.
pub async fn finish(browser: &Browser) {
    loop {
        browser
            .eval(
                "for (const f of document.querySelectorAll('.interview fieldset'))
                     if (!f.querySelector('input:checked')) f.querySelector('input')?.click()",
            )
            .await;
        browser.click(".actions .primary").await;
        let asked = browser
            .eval("await new Promise((r) => setTimeout(r, 0)); return !!document.querySelector('dialog[open]')")
            .await;
        if asked == json!(true) {
            break;
        }
    }
    browser.click("dialog[open] .primary").await;
    browser.until_text("The interview is finished").await;
}

/// Numbers of grades that were counted, unit by unit.
fn counted(tally: &Value) -> Vec<u64> {
    let rows = tally.as_array().expect("a list of rows");
    rows.iter().filter_map(|row| row["n"].as_u64().or_else(|| row["n"].as_str()?.parse().ok())).collect()
}

async fn day(engine: Engine) {
    let office = Office::open(&[PLAN]).await;
    let browser = open_app(engine, &office).await;
    let roster = enrol(&office, PLAN, &make_card(&browser, &office).await);
    visit(&browser, &office, "/").await;
    browser.until_text("Works offline").await;
    browser.until_offline_ready().await;

    office.network.cut();
    visit(&browser, &office, &plan_route(&office, PLAN)).await;
    browser.reload().await;
    begin(&browser).await;
    finish(&browser).await;
    browser.expect_accessible("the finished interview").await;
    browser.click_text("Next person").await;
    browser.until_shown(".interview").await;
    answer_one(&browser).await;
    browser.until_text("Saved").await;
    browser.click_text("Pause").await;
    begin(&browser).await;
    browser.click_text("Pause").await;
    browser.until_text("0 of 10 answered").await;
    browser.until_text("1 of 10 answered").await;

    // The one opened last stands first.
    browser.click_text("Discard").await;
    browser.click_text("Opened by mistake").await;
    browser.expect_accessible("the question why an interview is discarded").await;
    browser.click("dialog[open] .danger").await;
    browser.until_text("1 finished and 1 discarded").await;
    browser.click(".hand-over").await;
    browser.until_text("Waiting to be sent").await;
    browser.expect_accessible("a plan with a batch that waits").await;
    assert_eq!(office.received(), Vec::<String>::new());

    office.network.restore();
    browser.until_text("Everything was received").await;
    assert_eq!(office.received().len(), 1);
    let roster = roster.to_str().expect("a path of plain letters");
    let counts = counted(&office.tally(PLAN, &["--roster", roster]));
    assert_eq!(counts, [8], "the eight grades of one interview, once");

    // The paused interview is still where it was left.
    browser.reload().await;
    browser.click_text("Continue").await;
    browser.until_shown(".interview").await;
    assert_eq!(browser.eval("return document.querySelectorAll('.interview input:checked').length").await, 1);
    browser.expect_no_errors().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_day_of_interviews_without_a_network_is_received_and_counted_once_in_chromium() {
    day(Engine::Chromium).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_day_of_interviews_without_a_network_is_received_and_counted_once_in_firefox() {
    day(Engine::Firefox).await;
}

async fn rescue(engine: Engine) {
    let office = Office::open(&[PLAN]).await;
    let failing = open_app(engine, &office).await;
    make_card(&failing, &office).await;
    visit(&failing, &office, &plan_route(&office, PLAN)).await;
    begin(&failing).await;
    finish(&failing).await;
    failing.click_text("Next person").await;
    failing.until_shown(".interview").await;
    answer_one(&failing).await;
    failing.until_text("Saved").await;
    visit(&failing, &office, "/device").await;
    failing.until_shown(".facts").await;
    let text = failing
        .eval(
            "const made = []; const real = URL.createObjectURL; URL.createObjectURL = (b) => { made.push(b); return real.call(URL, b) };
             [...document.querySelectorAll('button')].find((b) => b.textContent === 'Save a rescue file').click();
             while (!made.length) await new Promise((r) => setTimeout(r, 20));
             URL.createObjectURL = real; return await made[0].text()",
        )
        .await;
    let file: Value = serde_json::from_str(text.as_str().expect("a text")).expect("the rescue file is JSON");
    let live = file["entries"].as_array().expect("entries").iter().filter(|entry| entry["body"].is_string());
    let keys: Vec<&str> = live.filter_map(|entry| entry["key"].as_str()).collect();
    assert_eq!(keys.iter().filter(|key| key.starts_with("sealed/")).count(), 2, "{keys:?}");
    assert!(!keys.iter().any(|key| key.starts_with("draft/") || *key == "setting/card"), "{keys:?}");
    drop(failing);

    let other = open_app(engine, &office).await;
    let roster = enrol(&office, PLAN, &make_card(&other, &office).await);
    for _ in ["once", "twice is as once"] {
        other
            .eval_with(
                "const real = HTMLElement.prototype.click;
                 HTMLInputElement.prototype.click = function () {
                     if (this.type !== 'file') return real.call(this);
                     const transfer = new DataTransfer();
                     transfer.items.add(new File([given], 'minping-rescue.json', { type: 'application/json' }));
                     this.files = transfer.files;
                     this.dispatchEvent(new Event('change'));
                 };
                 [...document.querySelectorAll('button')].find((b) => b.textContent === 'Take in a rescue file').click();",
                text.clone(),
            )
            .await;
        other.until_text("New entries taken in").await;
    }
    visit(&other, &office, &plan_route(&office, PLAN)).await;
    other.until_text("2 finished and 0 discarded").await;
    other.click(".hand-over").await;
    other.until_text("Everything was received").await;
    let roster = roster.to_str().expect("a path of plain letters");
    let counts = counted(&office.tally(PLAN, &["--roster", roster]));
    assert_eq!(counts, [9], "eight grades of the finished interview and one of the unfinished");
    other.expect_no_errors().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_failing_devices_interviews_reach_the_office_sealed_through_another_device_in_chromium() {
    rescue(Engine::Chromium).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_failing_devices_interviews_reach_the_office_sealed_through_another_device_in_firefox() {
    rescue(Engine::Firefox).await;
}
