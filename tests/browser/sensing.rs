//! What a device senses: where it is, as the browser tells it, and what people do when it does not.

use crate::harness::{Browser, Engine, Office, Profile};
use serde_json::json;

async fn begin(browser: &Browser, link: &str) {
    browser.size(360, 740).await;
    browser.goto(link).await;
    browser.until_shown(".welcome").await;
    browser.click(".welcome .actions .primary").await;
    browser.until_shown(".place").await;
}

/// Sends what was answered, and says what the office reads.
async fn sent(browser: &Browser, office: &Office) -> serde_json::Value {
    browser.click(".interview .actions .primary").await;
    browser.until_shown(".answered").await;
    browser.screenshot("review").await;
    browser.click(".interview .actions .primary").await;
    browser.click("dialog[open] .primary").await;
    browser.until_shown(".state.done").await;
    browser.expect_no_errors().await;
    office.records("places")[0]["answers"].clone()
}

/// Where the device is from now on, within so many metres.
async fn stand(browser: &Browser, latitude: f64, longitude: f64, accuracy: f64) {
    let place = json!({ "latitude": latitude, "longitude": longitude, "accuracy": accuracy });
    browser.cdp("Emulation.setGeolocationOverride", place).await;
}

async fn permit(browser: &Browser, office: &Office, setting: &str) {
    let origin = office.url("").trim_end_matches('/').to_owned();
    let permission = json!({ "permission": { "name": "geolocation" }, "setting": setting, "origin": origin });
    browser.cdp("Browser.setPermission", permission).await;
}

const FIND: &str = ".place .row .button";

#[tokio::test(flavor = "multi_thread")]
async fn a_position_is_taken_when_it_is_good_enough_in_chromium() {
    let office = Office::open(&["places"]).await;
    let browser = Browser::open(Engine::Chromium).await;
    permit(&browser, &office, "granted").await;
    stand(&browser, 25.033, 121.565, 80.0).await;
    begin(&browser, &office.link("places", &[])).await;
    browser.until_text("还没有位置").await;
    browser.expect_accessible("a question for a place").await;
    browser.screenshot("asked").await;
    browser.click(FIND).await;
    browser.until_text("目前误差约 80 米").await;
    browser.screenshot("searching").await;
    assert!(browser.text().await.contains("还没有位置"), "a coarse place is not taken by itself");
    stand(&browser, 25.0331, 121.5651, 6.5).await;
    browser.until_text("25.0331, 121.5651 (±6.5 m)").await;
    browser.until_shown(".saved.done").await;
    browser.screenshot("found").await;
    browser.reload().await;
    browser.click(".welcome .actions .primary").await;
    browser.until_text("25.0331, 121.5651 (±6.5 m)").await;
    // A coarse one is taken by who wants it.
    stand(&browser, 24.5, 121.2, 40.0).await;
    browser.click(FIND).await;
    browser.until_text("目前误差约 40 米").await;
    browser.click(".place .row .primary").await;
    browser.until_text("24.5, 121.2 (±40 m)").await;
    browser.until_text("为什么在城外？").await;
    browser.enter_on(".place .clear").await;
    browser.until_text("还没有位置").await;
    stand(&browser, 25.0, 121.5, 5.0).await;
    browser.click(FIND).await;
    browser.until_text("25, 121.5 (±5 m)").await;
    assert_eq!(sent(&browser, &office).await, json!({ "lamp": "25 121.5 0 5" }));
}

/// From a refusal to coordinates typed by hand.
async fn refused(browser: Browser, office: Office, told: &str) {
    begin(&browser, &office.link("places", &[])).await;
    browser.click(FIND).await;
    browser.until_text(told).await;
    browser.screenshot("refused").await;
    browser.expect_accessible("a place that the device does not tell").await;
    browser.enter_on(".place summary").await;
    let type_in = "const [part, text] = given; const input = document.querySelector(`.place-typed [id$='${part}']`); \
        input.value = text; input.dispatchEvent(new Event('change', { bubbles: true }))";
    browser.eval_with(type_in, json!(["-north", "95"])).await;
    browser.eval_with(type_in, json!(["-east", "121.565"])).await;
    browser.until_text("坐标不对").await;
    let kept = browser.eval("return document.querySelector(`.place-typed [id$='-north']`).value").await;
    assert_eq!(kept, json!("95"), "what was typed stays to be put right");
    browser.screenshot("typed").await;
    browser.eval_with(type_in, json!(["-north", " 25.033 "])).await;
    browser.until_text("25.033, 121.565").await;
    browser.until("the fault to go", "return !document.body.innerText.includes('坐标不对')").await;
    assert_eq!(sent(&browser, &office).await, json!({ "lamp": "25.033 121.565" }));
}

#[tokio::test(flavor = "multi_thread")]
async fn coordinates_are_typed_where_the_position_is_refused_in_chromium() {
    let office = Office::open(&["places"]).await;
    let browser = Browser::open(Engine::Chromium).await;
    permit(&browser, &office, "denied").await;
    refused(browser, office, "没有得到定位许可").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn coordinates_are_typed_where_the_position_is_refused_in_firefox() {
    let office = Office::open(&["places"]).await;
    let profile = Profile::new();
    profile.set(&[("permissions.default.geo", "2")]);
    refused(Browser::open_on(Engine::Firefox, profile).await, office, "没有得到定位许可").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_position_is_taken_when_it_is_good_enough_in_firefox() {
    let office = Office::open(&["places"]).await;
    let profile = Profile::new();
    let place = r#"'data:application/json,{"location":{"lat":25.0331,"lng":121.5651},"accuracy":7}'"#.replace('\'', "");
    profile.set(&[
        ("permissions.default.geo", "1"),
        ("geo.provider.testing", "true"),
        ("geo.provider.network.url", &json!(place).to_string()),
    ]);
    let browser = Browser::open_on(Engine::Firefox, profile).await;
    begin(&browser, &office.link("places", &[])).await;
    browser.click(FIND).await;
    browser.until_text("25.0331, 121.5651 (±7 m)").await;
    browser.until_shown(".saved.done").await;
    assert_eq!(sent(&browser, &office).await, json!({ "lamp": "25.0331 121.5651 0 7" }));
}
