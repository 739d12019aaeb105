//! Coverage and progress on the office's page: what came, on which day, from whom, and what is missing.

use crate::harness::{Clerk, Engine, Office, Tablet, file};
use minping::session::Answer;
use serde_json::{Value, json};

const PLAN: &str = "progress";
/// 2026-03-04 and the day after, in milliseconds since 1970.
const WEDNESDAY: u64 = 1_772_582_400_000;
const THURSDAY: u64 = WEDNESDAY + 86_400_000;

async fn follow(engine: Engine) {
    let office = Office::open(&[PLAN]).await;
    let (mut one, two) = (Tablet::new(&office.plan_file(PLAN)), Tablet::new(&office.plan_file(PLAN)));
    let man: &[(&str, Answer)] = &[("sex", Answer::Text("m".into()))];
    let woman: &[(&str, Answer)] = &[("sex", Answer::Text("f".into()))];
    let first = one.hand_over_answers(&[man, man, woman]);
    one.hand_over_answers(&[woman]);
    let third = one.hand_over_answers(&[woman, woman]);
    let clerk = Clerk::open(engine, &office.url("office.html")).await;
    let browser = &clerk.browser;
    clerk.choose_plan("A round with targets").await;
    clerk.page("progress").await;
    // Nothing came, and what is missing is told all the same.
    browser.until_text("No record of this round counts yet").await;
    browser.until_text("0 complete records of 10 that are wanted (0.0%); 10 are missing").await;
    browser.until_text("Of no record the day is known").await;
    clerk.look("progress before anything came").await;

    clerk.open_keys(&office).await;
    clerk.page("roster").await;
    for (tablet, name) in [(&one, "One"), (&two, "Two")] {
        clerk.pick("Open a card file", &[file("tablet.minping-card", tablet.card(name))]).await;
        browser.click_text("They agree: enrol").await;
        browser.until("the device in the list", &format!("return [...document.querySelectorAll('.list-row strong')].some((one) => one.innerText === '{name}')")).await;
    }
    clerk.will_pick_files_of(WEDNESDAY).await;
    clerk.open_batches(&[file("wednesday.minping", first.text.clone())]).await;
    clerk.will_pick_files_of(THURSDAY).await;
    clerk.open_batches(&[file("thursday.minping", third.text.clone())]).await;
    clerk.page("progress").await;
    told(&clerk).await;

    // The days are there again after a reload, and the numbers with the keys.
    clerk.reload().await;
    browser.until_text("records are still sealed").await;
    clerk.open_keys(&office).await;
    clerk.page("progress").await;
    told(&clerk).await;
    clerk.look("coverage and progress").await;

    let csv = clerk.save("Save as CSV", "progress-r1-progress-strata.csv").await;
    assert!(csv.contains("r1,East side,"), "{csv}");
    browser.click_text("Draw the plot").await;
    browser.until_shown(".plot svg").await;
    clerk.look("the plot of the days").await;
    pictures(&clerk, "progress").await;
    let svg = clerk.save("Save as SVG", "progress-r1-days.svg").await;
    assert!(svg.contains("<svg") && svg.contains("03-05"), "{svg}");
    browser.expect_no_errors().await;
}

/// The whole page on a phone, a tablet and a desk, in both languages.
async fn pictures(clerk: &Clerk, name: &str) {
    let browser = &clerk.browser;
    for language in ["zh", "en"] {
        browser.eval("document.querySelector('header [lang]').click()").await;
        browser.until_shown(".plot svg").await;
        for (width, height) in [(360, 740), (820, 1180), (1280, 800)] {
            browser.size(width, height).await;
            browser.screenshot(&format!("{name}-{language}-{width}")).await;
        }
        browser.eval("document.querySelector('.plots').scrollIntoView()").await;
        browser.screenshot(&format!("{name}-{language}-plot")).await;
        browser.eval("window.scrollTo(0, document.body.scrollHeight)").await;
        browser.screenshot(&format!("{name}-{language}-end")).await;
    }
}

async fn told(clerk: &Clerk) {
    let browser = &clerk.browser;
    browser.until_text("5 complete records of 10 that are wanted (50.0%); 5 are missing").await;
    browser.until_text("Batches are missing of: One").await;
    browser.until_text("nothing handed over yet: Two").await;
    let shown = "const tables = [...document.querySelectorAll('.quality-table')];
         return Object.fromEntries(tables.map((table) => [table.getAttribute('aria-label'),
             [...table.querySelectorAll('tbody tr')].map((row) => [...row.children].map((cell) => cell.innerText.trim()))]))";
    let tables: Value = browser.until("the tables", shown).await;
    let days = tables["By day"].as_array().expect("days");
    assert_eq!(days.len(), 4, "from the first day of the round: {days:#?}");
    assert_eq!((&days[2][0], &days[2][1]), (&json!("2026-03-04"), &json!("3")));
    assert_eq!(days[3], json!(["2026-03-05", "2", "0", "0", "5"]));
    let device = &tables["By device"][0];
    let cells: Vec<&str> = device.as_array().expect("cells").iter().filter_map(Value::as_str).collect();
    assert!(cells.contains(&"One") && cells.contains(&"2026-03-05"), "{device}");
    assert_eq!(cells[3..5], ["2", "2"], "two batches, and the second is missing: {device}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_office_sees_who_handed_over_what_and_what_is_missing_in_chromium() {
    follow(Engine::Chromium).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_office_sees_who_handed_over_what_and_what_is_missing_in_firefox() {
    follow(Engine::Firefox).await;
}
