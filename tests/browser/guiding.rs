//! The guides: reached from the app, readable by everybody, in both languages, and offline where people work offline.

use crate::harness::{Browser, Engine, Site};

const NAMES: [&str; 7] = ["resident", "canvasser", "host", "clerk", "administrator", "auditor", "developer"];

async fn guides(engine: Engine) {
    let site = Site::open().await;
    let browser = Browser::open(engine).await;
    browser.goto(&site.url("office.html")).await;
    browser.until_app().await;
    browser.until_shown(".guide-link").await;
    browser.until_offline_ready().await;
    // The office keeps all of them.
    browser
        .until(
            "every guide to be kept",
            "for (const name of await caches.keys()) {
                 const kept = await (await caches.open(name)).keys();
                 if (kept.filter((request) => request.url.includes('/guides/')).length === 14) return true;
             }
             return false",
        )
        .await;
    site.network.cut();
    browser.click(".guide-link").await;
    browser.until_shown("main h1").await;
    for language in ["zh", "en"] {
        for name in NAMES {
            browser.goto(&site.url(&format!("guides/{language}/{name}.html"))).await;
            browser.until_shown("main h1").await;
            for width in [360, 1280] {
                browser.size(width, 800).await;
                browser.expect_fits(name, width).await;
            }
            browser.expect_accessible(&format!("the guide {language}/{name}")).await;
            browser.size(360, 740).await;
            browser.screenshot(&format!("guide-{language}-{name}")).await;
        }
    }
    let text = browser.text().await;
    assert!(text.contains("the map of the code"), "{text}");
    // To the other language, to another guide, and back to the app.
    browser.click("header a[lang=zh]").await;
    browser.until_text("代码地图").await;
    browser.click("nav a[href='canvasser.html']").await;
    browser.until_text("调查员随身卡").await;
    // Nobody has used that page here, so it is not kept.
    site.network.restore();
    browser.click("header a").await;
    browser.until("the app", "return location.pathname.endsWith('/field.html')").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_guides_are_reached_from_the_app_and_open_offline_in_chromium() {
    guides(Engine::Chromium).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_guides_are_reached_from_the_app_and_open_offline_in_firefox() {
    guides(Engine::Firefox).await;
}

/// A canvasser's tablet keeps the pocket card; a resident who reads a guide is no canvasser for it.
async fn pocket_card(engine: Engine) {
    let site = Site::open().await;
    let browser = Browser::open(engine).await;
    browser.goto(&site.url("index.html")).await;
    browser.until_app().await;
    browser.until_offline_ready().await;
    browser.click(".guide-link").await;
    browser.until_shown("main h1").await;
    browser.goto(&site.url("field.html")).await;
    browser.until_app().await;
    browser
        .until(
            "the pocket card to be kept",
            "return !!(await caches.match(new URL('guides/zh/canvasser.html', location)))",
        )
        .await;
    site.network.cut();
    browser.click(".guide-link").await;
    browser.until_shown("main h1").await;
    let shown = browser.eval("return location.pathname").await;
    assert!(shown.as_str().is_some_and(|path| path.ends_with("/canvasser.html")), "{shown}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_tablet_has_its_pocket_card_without_a_network_in_chromium() {
    pocket_card(Engine::Chromium).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_tablet_has_its_pocket_card_without_a_network_in_firefox() {
    pocket_card(Engine::Firefox).await;
}
