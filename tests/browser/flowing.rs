//! What a questionnaire makes of the answers: texts that say them, an early end, random order and a subset of units.

use crate::harness::{Browser, Engine, Office};
use serde_json::{Value, json};

async fn begin(browser: &Browser, office: &Office) {
    browser.size(360, 740).await;
    browser.goto(&office.link("flow", &[])).await;
    browser.until_shown(".welcome").await;
    // The list and the link of the plan are elements; a link to another host is words.
    let made = "const m = document.querySelector('.welcome'); return [m.querySelectorAll('li').length, \
        m.querySelector('li strong')?.textContent, [...m.querySelectorAll('a[target]')].map((a) => a.href)]";
    let made = browser.eval(made).await;
    assert_eq!(made[0], json!(2));
    assert_eq!(made[2], json!(["https://www.example.org/privacy"]));
    browser.until_text("(https://evil.example/)").await;
    browser.enter_on(".welcome .actions .primary").await;
    browser.until_shown(".interview").await;
}

async fn label(browser: &Browser) -> Value {
    browser.eval("return document.querySelector('#i3 legend').textContent").await
}

async fn options(browser: &Browser) -> Vec<String> {
    let read = "return [...document.querySelectorAll('#i3 .option-body')].map((o) => o.textContent)";
    serde_json::from_value(browser.eval(read).await).unwrap()
}

async fn type_into(browser: &Browser, selector: &str, text: &str) {
    browser.tab_to(selector).await;
    browser.type_text(text).await;
}

async fn next(browser: &Browser) {
    browser.enter_on(".interview .actions .primary").await;
}

async fn answered_to_the_end(engine: Engine) {
    let office = Office::open(&["flow"]).await;
    let browser = Browser::open(engine).await;
    begin(&browser, &office).await;
    let english = browser.eval("return document.documentElement.lang.startsWith('en')").await == json!(true);
    assert!(label(&browser).await.as_str().unwrap().starts_with('…'));
    // What is typed stands in the next question at once, as it is typed and never as a mark.
    type_into(&browser, "#i1-input", "*Li* <b>").await;
    browser
        .until("the name in the label", "return document.querySelector('#i3 legend strong').textContent === '*Li* <b>'")
        .await;
    assert_eq!(browser.eval("return document.querySelectorAll('#i3 ol[start=\"1\"] li').length").await, json!(2));
    type_into(&browser, "#i2-input", "40").await;
    let order = options(&browser).await;
    assert_eq!(order.len(), 5);
    browser.expect_accessible("texts with marks and answers").await;
    browser.screenshot("flow-you").await;
    browser.space_on("#i3 input").await;
    let before = order.clone();
    browser.reload().await;
    browser.until_shown(".welcome").await;
    browser.enter_on(".welcome .actions .primary").await;
    browser.until_shown("#i3").await;
    assert_eq!(options(&browser).await, before, "a draft keeps its order");
    next(&browser).await;
    browser.until_shown(".matrix").await;
    browser.until_text(&before[0]).await;
    let rows =
        "return document.querySelectorAll('.matrix .unit-head, .matrix th[scope=rowgroup], .matrix tbody').length";
    assert_eq!(browser.eval(rows).await, json!(3), "three of six units");
    browser.screenshot("flow-rating").await;
    next(&browser).await;
    browser.until_text(if english { "*Li* <b>, how did you come today?" } else { "*Li* <b>，您今天怎么来的？" }).await;
    browser.enter_on(".interview .actions .primary").await;
    browser.until_shown("dialog[open]").await;
    browser.enter_on("dialog[open] .primary").await;
    browser.until_shown(".state.done").await;
    browser.expect_no_errors().await;
    let records = office.records("flow");
    assert_eq!(records[0]["disposition"], "complete");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_text_says_the_answers_and_units_are_a_subset_in_chromium() {
    answered_to_the_end(Engine::Chromium).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_text_says_the_answers_and_units_are_a_subset_in_firefox() {
    answered_to_the_end(Engine::Firefox).await;
}

async fn screened_out(engine: Engine) {
    let office = Office::open(&["flow"]).await;
    let browser = Browser::open(engine).await;
    begin(&browser, &office).await;
    type_into(&browser, "#i2-input", "17").await;
    next(&browser).await;
    browser.until_shown(".ended").await;
    let strong = browser.eval("return document.querySelector('.ended strong').textContent").await;
    assert!(strong == json!("adults") || strong == json!("成年人"), "{strong}");
    browser.expect_accessible("the early end").await;
    browser.screenshot("flow-ended").await;
    browser.enter_on(".interview .actions .primary").await;
    browser.until_shown("dialog[open]").await;
    browser.enter_on("dialog[open] .primary").await;
    browser.until_shown(".state.done").await;
    browser.expect_no_errors().await;
    let records = office.records("flow");
    assert_eq!((&records[0]["disposition"], &records[0]["answers"]["age"]), (&json!("screened_out"), &json!(17)));
    let tally = office.tally("flow", &[]).to_string();
    assert!(!tally.contains("\"valid\":1"), "{tally}");
}

#[tokio::test(flavor = "multi_thread")]
async fn who_is_not_asked_reads_why_and_is_counted_apart_in_chromium() {
    screened_out(Engine::Chromium).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_is_not_asked_reads_why_and_is_counted_apart_in_firefox() {
    screened_out(Engine::Firefox).await;
}

/// In a language that the interface does not speak, written from right to left.
async fn in_arabic(engine: Engine) {
    let office = Office::open(&["flow"]).await;
    let browser = Browser::open(engine).await;
    begin(&browser, &office).await;
    type_into(&browser, "#i1-input", "Li").await;
    // Languages stand by their own names; the choice holds in mid-interview, and keeps what was typed.
    browser.enter_on(".header-button[aria-haspopup]").await;
    browser.until_shown("dialog[open] [lang=ar]").await;
    let names = "return [...document.querySelectorAll('dialog[open] .wide')].map((b) => b.textContent)";
    assert_eq!(browser.eval(names).await, json!(["中文", "English", "العربية"]));
    browser.enter_on("dialog[open] [lang=ar]").await;
    browser.until("Arabic from right to left", "return !!document.querySelector('.interview[lang=ar][dir=rtl]')").await;
    browser.until_text("كيف أتيت اليوم").await;
    browser.until_text("Li").await;
    assert_eq!(browser.eval("return document.querySelector('#i1-input').value").await, json!("Li"));
    let order = "const a = document.querySelector('.interview h1').getBoundingClientRect(); \
        return a.right > innerWidth - 60 && document.documentElement.scrollWidth <= innerWidth";
    assert_eq!(browser.eval(order).await, json!(true), "the heading begins on the right, and nothing is cut");
    for (width, height) in [(360, 740), (820, 1180)] {
        browser.size(width, height).await;
        browser.screenshot(&format!("flow-ar-{width}")).await;
    }
    browser.expect_accessible("an interview from right to left").await;
    type_into(&browser, "#i2-input", "40").await;
    next(&browser).await;
    browser.until_shown(".matrix").await;
    browser.screenshot("flow-ar-matrix").await;
    browser.size(360, 740).await;
    browser.screenshot("flow-ar-cards").await;
    next(&browser).await;
    browser.until_text("العربية").await;
    browser.screenshot("flow-ar-review").await;
    browser.reload().await;
    browser.until_shown(".welcome[dir=rtl]").await;
    browser.screenshot("flow-ar-welcome").await;
    browser.expect_no_errors().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_interview_goes_on_from_right_to_left_in_chromium() {
    in_arabic(Engine::Chromium).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_interview_goes_on_from_right_to_left_in_firefox() {
    in_arabic(Engine::Firefox).await;
}
