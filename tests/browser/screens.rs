//! Every screen, looked at by axe-core in both languages and in the light, dark and sunlight themes.

use crate::harness::{Browser, Engine, Office};
use serde_json::json;

const PLANS: [&str; 3] = ["study-practice", "county-transport", "city-units"];

/// Checks the screen that is open now in every language and theme.
async fn look(browser: &Browser, width: u32, url: &str, name: &str, ready: &str) {
    for language in ["zh", "en"] {
        for theme in ["light", "dark", "sunlight"] {
            browser
                .eval_with(
                    "localStorage.setItem('minping.language', given[0]); localStorage.setItem('minping.theme', given[1])",
                    json!([language, theme]),
                )
                .await;
            browser.goto("about:blank").await;
            browser.goto(url).await;
            browser.until_app().await;
            browser.until_shown(ready).await;
            browser.expect_accessible(&format!("{name} ({language}, {theme})")).await;
            browser.expect_fits(&format!("{name} ({language}, {theme})"), width).await;
        }
    }
}

async fn canvasser(engine: Engine) {
    let office = Office::open(&PLANS).await;
    let browser = Browser::open(engine).await;
    browser.size(360, 740).await;
    let home = office.url("field.html#/");
    browser.goto(&home).await;
    browser.until_app().await;
    look(&browser, 360, &home, "the list of plans", "main h1").await;
    look(&browser, 360, &office.url("field.html#/device"), "the device", "main h1").await;
    for (route, name) in [("stock", "the outbox"), ("leave", "giving the device back")] {
        look(&browser, 360, &office.url(&format!("field.html#/{route}")), name, "main h1").await;
    }
    for plan in PLANS {
        let digest = office.listed(plan)["digest"].as_str().expect("a digest").to_owned();
        let url = office.url(&format!("field.html#/field/{digest}"));
        look(&browser, 360, &url, &format!("the plan {plan}"), "main h1").await;
    }
    browser.expect_no_errors().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_canvassers_screens_are_accessible_and_fit_a_phone_in_chromium() {
    canvasser(Engine::Chromium).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_canvassers_screens_are_accessible_and_fit_a_phone_in_firefox() {
    canvasser(Engine::Firefox).await;
}

async fn office(engine: Engine) {
    let office = Office::open(&PLANS).await;
    let browser = Browser::open(engine).await;
    browser.size(1200, 900).await;
    browser.goto(&office.url("office.html")).await;
    browser.until_app().await;
    for screen in ["keys", "plans", "roster", "batches", "quality", "results"] {
        look(
            &browser,
            1200,
            &office.url(&format!("office.html#/{screen}")),
            &format!("the office's {screen}"),
            "main h1",
        )
        .await;
    }
    browser.expect_no_errors().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_offices_screens_are_accessible_in_chromium() {
    office(Engine::Chromium).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_offices_screens_are_accessible_in_firefox() {
    office(Engine::Firefox).await;
}

async fn resident(engine: Engine) {
    let office = Office::open(&PLANS).await;
    let browser = Browser::open(engine).await;
    browser.size(360, 740).await;
    browser.goto(&office.url("index.html")).await;
    browser.until_app().await;
    look(&browser, 360, &office.url("index.html#/a/not-a-link"), "a link that is none", "main h1").await;
    for (plan, more) in [
        ("study-practice", "--group=residents"),
        ("county-transport", "--group=users --round=2026-11"),
        ("city-units", ""),
    ] {
        let more: Vec<&str> = more.split_whitespace().collect();
        let link = office.link(plan, &more);
        look(&browser, 360, &link, &format!("the welcome of {plan}"), ".welcome h1").await;
        // The begun interview is there again each time the link is opened.
        browser.click(".actions .button.primary").await;
        browser.until_shown(".interview").await;
        browser.expect_accessible(&format!("the questions of {plan}")).await;
    }
    browser.expect_no_errors().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_residents_screens_are_accessible_and_fit_a_phone_in_chromium() {
    resident(Engine::Chromium).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_residents_screens_are_accessible_and_fit_a_phone_in_firefox() {
    resident(Engine::Firefox).await;
}
