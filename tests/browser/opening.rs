//! Opening the app, with and without a network.

use crate::harness::{Browser, Engine, Site};

async fn opens(engine: Engine) {
    let site = Site::open().await;
    let browser = Browser::open(engine).await;
    for page in ["index.html", "field.html", "office.html"] {
        browser.goto(&site.url(page)).await;
        browser.until_app().await;
        browser.expect_no_errors().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_app_opens_in_chromium_without_an_error() {
    opens(Engine::Chromium).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_app_opens_in_firefox_without_an_error() {
    opens(Engine::Firefox).await;
}

async fn opens_offline(engine: Engine) {
    let site = Site::open().await;
    let browser = Browser::open(engine).await;
    browser.goto(&site.url("field.html")).await;
    browser.until_app().await;
    browser.until_offline_ready().await;
    let profile = browser.close().await;

    site.network.cut();
    let browser = Browser::open_on(engine, profile).await;
    browser.goto(&site.url("field.html#/")).await;
    browser.until_app().await;
    let plans = browser
        .eval(
            "const r = await fetch('plans/index.json'); const all = (await r.json()).plans; \
        for (const p of all) { const r = await fetch(p.file); if (!r.ok) throw new Error(p.file); } return all.length",
        )
        .await;
    let listed = crate::harness::site::index(site.folder());
    assert_eq!(plans, listed["plans"].as_array().expect("a list").len());
    browser.expect_no_errors().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn after_the_first_visit_the_app_and_its_plans_open_without_a_network_in_chromium() {
    opens_offline(Engine::Chromium).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn after_the_first_visit_the_app_and_its_plans_open_without_a_network_in_firefox() {
    opens_offline(Engine::Firefox).await;
}
