//! Quotas from the plan to the office: a device without a network fills a cell, says so and screens out; the office merges,
//! signs, and the devices and residents hear of it.

use crate::canvassing::{enrol, make_card, open_app, plan_route, visit};
use crate::harness::office::{expect_done, program};
use crate::harness::{Browser, Engine, Office, Tablet};
use minping::session::Answer;
use serde_json::{Value, json};
use std::ffi::OsStr;
use std::path::{Path, PathBuf};

const PLAN: &str = "quotas";

/// From the plan's screen, with the east chosen, into an interview.
async fn begin(browser: &Browser) {
    browser.until_shown("#new-interview").await;
    browser.click_text("East side").await;
    browser.click_text("Start the interview").await;
    browser.until_shown(".interview").await;
}

async fn on(browser: &Browser) {
    browser.click(".actions .primary").await;
}

async fn is(browser: &Browser, sex: &str) {
    browser.until_text("About you").await;
    browser.click_text(sex).await;
    on(browser).await;
}

async fn confirm(browser: &Browser) {
    on(browser).await;
    browser.until_shown("dialog[open] .primary").await;
    browser.click("dialog[open] .primary").await;
}

/// The whole interview of somebody who is not screened out.
async fn interview(browser: &Browser, sex: &str) {
    is(browser, sex).await;
    grade(browser).await;
}

async fn grade(browser: &Browser) {
    browser.until_text("Please grade").await;
    browser.click_text("Satisfied").await;
    on(browser).await;
    browser.until_text("Check your answers").await;
    confirm(browser).await;
    browser.until_text("The interview is finished").await;
}

/// A row of the progress, as it is read: name, numbers, tags.
async fn row(browser: &Browser, name: &str) -> String {
    let shown = browser
        .eval_with(
            "return [...document.querySelectorAll('.quota-list .list-row')].find((row) => row.querySelector('p').textContent === given)?.innerText ?? ''",
            json!(name),
        )
        .await;
    shown.as_str().unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" ")
}

async fn until_row(browser: &Browser, name: &str, numbers: &str) {
    let condition = format!(
        "return [...document.querySelectorAll('.quota-list .list-row')].some((row) => row.querySelector('p').textContent === {} && row.innerText.includes({}))",
        json!(name),
        json!(numbers)
    );
    browser.until(&format!("{name}: {numbers}"), &condition).await;
}

/// `minping quota` over what the receiver holds, in JSON.
fn quota(office: &Office, roster: &Path, more: &[&OsStr]) -> Value {
    let (plan, keys, batches) = (office.plan_file(PLAN), office.keys(), office.batches());
    let words: [&OsStr; 10] = [
        "quota".as_ref(),
        batches.as_ref(),
        "--plan".as_ref(),
        plan.as_ref(),
        "--keys".as_ref(),
        keys.as_ref(),
        "--roster".as_ref(),
        roster.as_ref(),
        "--format".as_ref(),
        "json".as_ref(),
    ];
    let text = expect_done(&program(words.into_iter().chain(more.iter().copied())));
    serde_json::from_str(&text).expect("a table in JSON")
}

fn done(table: &Value) -> Vec<u64> {
    table.as_array().expect("rows").iter().map(|row| row["done"].as_u64().expect("a count")).collect()
}

/// Another canvasser's tablet, whose batch the receiver holds: people of these sexes.
fn another(office: &Office, roster: &Path, sexes: &[&str]) {
    let mut tablet = Tablet::new(&office.plan_file(PLAN));
    let (card, keys, plan) = (office.folder().join("other.minping-card"), office.keys(), office.plan_file(PLAN));
    std::fs::write(&card, tablet.card("Tablet 2")).expect("the card is written");
    if !roster.exists() {
        let words: [&OsStr; 8] = [
            "roster".as_ref(),
            "new".as_ref(),
            "--plan".as_ref(),
            plan.as_ref(),
            "--keys".as_ref(),
            keys.as_ref(),
            "--roster".as_ref(),
            roster.as_ref(),
        ];
        expect_done(&program(words));
    }
    let words: [&OsStr; 9] = [
        "roster".as_ref(),
        "add".as_ref(),
        card.as_ref(),
        "--plan".as_ref(),
        plan.as_ref(),
        "--keys".as_ref(),
        keys.as_ref(),
        "--roster".as_ref(),
        roster.as_ref(),
    ];
    expect_done(&program(words));
    let answers: Vec<[(&str, Answer); 1]> =
        sexes.iter().map(|sex| [("sex", Answer::Text((*sex).to_owned()))]).collect();
    let answers: Vec<&[(&str, Answer)]> = answers.iter().map(|given| given.as_slice()).collect();
    let batch = tablet.hand_over_answers(&answers);
    std::fs::create_dir_all(office.batches()).expect("the folder of batches");
    std::fs::write(office.batches().join(format!("{}.minping", batch.digest.as_str())), batch.text).expect("a batch");
}

/// Picks a file of this text when the page asks for one.
async fn pick(browser: &Browser, button: &str, text: &str) {
    browser
        .eval_with(
            "const real = HTMLInputElement.prototype.click;
             HTMLInputElement.prototype.click = function () {
                 if (this.type !== 'file') return real.call(this);
                 HTMLInputElement.prototype.click = real;
                 const transfer = new DataTransfer();
                 transfer.items.add(new File([given], 'town.minping-quotas', { type: 'application/jose' }));
                 this.files = transfer.files;
                 this.dispatchEvent(new Event('change'));
             };",
            json!(text),
        )
        .await;
    browser.click_text(button).await;
}

async fn day(engine: Engine) {
    let office = Office::open(&[PLAN]).await;
    let mut browser = open_app(engine, &office).await;
    let roster = enrol(&office, PLAN, &make_card(&browser, &office).await);
    visit(&browser, &office, "/").await;
    browser.until_text("Works offline").await;
    browser.until_offline_ready().await;

    office.network.cut();
    visit(&browser, &office, &plan_route(&office, PLAN)).await;
    browser.reload().await;
    until_row(&browser, "Men", "0 of 2").await;
    browser.until_text("Nothing is known from the office yet").await;
    browser.expect_accessible("a plan with quotas").await;
    begin(&browser).await;
    interview(&browser, "Male").await;
    browser.click_text("Next person").await;
    interview(&browser, "Male").await;

    // What the closing has kept survives a kill; the next person is told of before.
    let profile = browser.kill();
    browser = Browser::open_on(engine, profile).await;
    visit(&browser, &office, &plan_route(&office, PLAN)).await;
    // Local storage may have lost the language.
    browser.eval("localStorage.setItem('minping.language', 'en')").await;
    browser.reload().await;
    until_row(&browser, "Men", "2 of 2").await;
    browser.until_text("Full: Men").await;
    assert!(row(&browser, "Men").await.contains("full: nobody more is asked"));
    assert!(row(&browser, "Everybody").await.contains("2 of 30"));
    browser.expect_accessible("a plan with a full cell").await;
    browser.screenshot("quotas-full").await;

    // It is not to be seen who is a man: the answer screens him out.
    begin(&browser).await;
    is(&browser, "Male").await;
    browser.until_text("We thank you: enough have answered.").await;
    browser.expect_accessible("an interview that a quota ended").await;
    confirm(&browser).await;
    browser.until_text("The interview is finished").await;
    browser.click_text("Next person").await;
    browser.until_text("Full: Men").await;
    until_row(&browser, "Men", "2 of 2").await;
    begin(&browser).await;
    interview(&browser, "Female").await;

    office.network.restore();
    visit(&browser, &office, &plan_route(&office, PLAN)).await;
    browser.click(".hand-over").await;
    browser.until_text("Everything was received").await;
    another(&office, &roster, &["f", "f", "m"]);
    let app = office.app();
    let table = quota(&office, &roster, &["--app".as_ref(), app.as_ref()]);
    assert_eq!(done(&table), [3, 3, 0, 6, 3], "who was screened out fills no cell");

    // The device hears of the others, and does not count its own again.
    browser.reload().await;
    until_row(&browser, "Women", "3 of 6").await;
    until_row(&browser, "Women", "this device: 1").await;
    until_row(&browser, "Men", "2 of 2").await;
    until_row(&browser, "Everybody", "6 of 30").await;
    browser.until_text("The office counted at").await;
    browser.until_text("Full: Women of this week").await;
    begin(&browser).await;
    is(&browser, "Female").await;
    browser.until_text("Enough people like this have answered already: Women of this week").await;
    browser.expect_accessible("an interview of whose kind enough have answered").await;
    grade(&browser).await;
    browser.click_text("Back to the evaluation").await;
    until_row(&browser, "Women", "4 of 6").await;
    until_row(&browser, "Everybody", "7 of 30").await;

    // A cell that needs no answer is full before anybody is asked.
    browser.click_text("West side").await;
    browser.click_text("Start the interview").await;
    browser.until_shown(".interview").await;
    interview(&browser, "Female").await;
    browser.click_text("Back to the evaluation").await;
    browser.until_text("Full: West side").await;
    browser.click_text("Start the interview").await;
    browser.until_text("Full, so that it cannot start: West side").await;
    browser.expect_no_errors().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_full_cell_is_told_before_the_next_interview_and_screens_out_offline_and_merged_in_chromium() {
    day(Engine::Chromium).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_full_cell_is_told_before_the_next_interview_and_screens_out_offline_and_merged_in_firefox() {
    day(Engine::Firefox).await;
}

async fn carried(engine: Engine) {
    let office = Office::open(&[PLAN]).await;
    let roster: PathBuf = office.folder().join("county.minping-roster");
    another(&office, &roster, &["m", "m", "f"]);
    let file = office.folder().join("town.minping-quotas");
    quota(&office, &roster, &["--out".as_ref(), file.as_ref()]);
    let text = std::fs::read_to_string(&file).expect("the standing");

    let browser = open_app(engine, &office).await;
    visit(&browser, &office, &plan_route(&office, PLAN)).await;
    until_row(&browser, "Men", "0 of 2").await;
    browser.click_text("Fetch the newest").await;
    browser.until_text("The office has put no standing beside the plan yet").await;
    let mut changed = text.trim().to_owned().into_bytes();
    let middle = changed.len() / 2;
    changed[middle] = if changed[middle] == b'A' { b'B' } else { b'A' };
    pick(&browser, "Open a file", &String::from_utf8(changed).expect("letters")).await;
    browser.until_text("it was not used").await;
    assert!(row(&browser, "Men").await.contains("0 of 2"));
    pick(&browser, "Open a file", &text).await;
    until_row(&browser, "Men", "2 of 2").await;
    // One woman is less than the office tells.
    assert!(row(&browser, "Women").await.contains("0 of 6 only this device is known"));
    pick(&browser, "Open a file", &text).await;
    browser.until_text("Nothing newer").await;
    // Taken in once, it is there without a network.
    browser.reload().await;
    until_row(&browser, "Men", "2 of 2").await;
    browser.expect_no_errors().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_standing_is_carried_to_a_device_as_a_file_and_a_changed_one_refused_in_chromium() {
    carried(Engine::Chromium).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_standing_is_carried_to_a_device_as_a_file_and_a_changed_one_refused_in_firefox() {
    carried(Engine::Firefox).await;
}

async fn residents(engine: Engine) {
    let office = Office::open(&[PLAN]).await;
    let roster: PathBuf = office.folder().join("county.minping-roster");
    let link = office.link(PLAN, &["--stratum", "east"]);
    let browser = Browser::open(engine).await;
    browser.goto(&link).await;
    browser.until_shown(".welcome").await;
    browser.eval("localStorage.setItem('minping.language', 'en')").await;
    browser.reload().await;
    browser.until_shown(".welcome").await;
    // Without a standing nobody is screened out.
    browser.click(".welcome .actions .primary").await;
    is(&browser, "Male").await;
    browser.until_text("Please grade").await;

    another(&office, &roster, &["m", "m", "f"]);
    let app = office.app();
    quota(&office, &roster, &["--app".as_ref(), app.as_ref()]);
    browser.reload().await;
    browser.until_shown(".welcome").await;
    browser.until_text("Enough of these have answered: Men").await;
    // What was begun goes on as it was begun.
    browser.click_text("Go on").await;
    browser.until_text("Please grade").await;
    browser.reload().await;
    browser.until_text("Enough of these have answered: Men").await;
    browser.expect_accessible("a link whose quota is full in part").await;
    browser.click_text("Start over").await;
    browser.until_shown("dialog[open] .danger").await;
    browser.click("dialog[open] .danger").await;
    is(&browser, "Male").await;
    browser.until_text("We thank you: enough have answered.").await;
    confirm(&browser).await;
    browser.until_text("It has arrived").await;
    browser.expect_no_errors().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_resident_is_screened_out_only_where_a_standing_says_so_in_chromium() {
    residents(Engine::Chromium).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_resident_is_screened_out_only_where_a_standing_says_so_in_firefox() {
    residents(Engine::Firefox).await;
}
