//! A resident's way from the link to the receipt: by keyboard alone, over a reload, and in two tabs.

use crate::harness::{Browser, Engine, Office};
use fantoccini::key::Key;
use serde_json::json;

/// Opens a link and begins, by keyboard.
pub async fn begin(browser: &Browser, link: &str) {
    browser.size(360, 740).await;
    browser.goto(link).await;
    browser.until_shown(".welcome").await;
    browser.enter_on(".welcome .actions .primary").await;
    browser.until_shown(".interview").await;
}

/// The button that leads on. The screen after it is there when the heading has the focus.
pub async fn go_on(browser: &Browser) {
    let before = browser.eval("return document.querySelector('.interview h1').textContent").await;
    browser.enter_on(".interview .actions .primary").await;
    let moved = format!(
        "const h = document.querySelector('.interview h1'); return !!h && h.textContent !== {before} && document.activeElement === h"
    );
    browser.until("the next screen", &moved).await;
}

/// From the review to the receipt.
pub async fn send(browser: &Browser, office: &Office) {
    browser.enter_on(".interview .actions .primary").await;
    browser.until_shown("dialog[open]").await;
    browser.enter_on("dialog[open] .primary").await;
    browser.until_shown(".state.done").await;
    browser.expect_no_errors().await;
    assert_eq!(office.received().len(), 1);
}

pub async fn grade(browser: &Browser, group: &str, grade: usize) {
    browser.space_on(&format!("[name='{group}']")).await;
    for _ in 0..grade {
        browser.press(Key::Down).await;
    }
    let checked = format!("return document.querySelector(\"[name='{group}']:checked\")?.value");
    assert_eq!(browser.eval(&checked).await, json!(grade.to_string()), "{group}");
}

async fn the_anonymous_form(engine: Engine) {
    let office = Office::open(&["study-practice"]).await;
    let browser = Browser::open(engine).await;
    begin(&browser, &office.link("study-practice", &["--group", "residents"])).await;
    grade(&browser, "i0", 1).await;
    browser.tab_to("textarea").await;
    browser.type_text("more open days").await;
    go_on(&browser).await;
    browser.until_text("more open days").await;
    send(&browser, &office).await;
    assert!(!browser.text().await.contains("more open days"), "the answers are gone from the screen");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_anonymous_form_is_answered_by_keyboard_alone_in_chromium() {
    the_anonymous_form(Engine::Chromium).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_anonymous_form_is_answered_by_keyboard_alone_in_firefox() {
    the_anonymous_form(Engine::Firefox).await;
}

async fn the_county_office(engine: Engine) {
    let office = Office::open(&["county-transport"]).await;
    let browser = Browser::open(engine).await;
    begin(&browser, &office.link("county-transport", &["--group", "users", "--round", "2026-11"])).await;
    // Going on without answers names what is missing and does not move.
    browser.enter_on(".interview .actions .primary").await;
    browser.until_shown(".faults .fault").await;
    for area in 1..=8 {
        grade(&browser, &format!("i{area}"), area % 6).await;
    }
    browser.until("nothing is missing", "return !document.querySelector('.faults')").await;
    go_on(&browser).await;
    browser.space_on("input[type=checkbox]").await;
    go_on(&browser).await;
    send(&browser, &office).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_county_offices_form_is_answered_by_keyboard_alone_in_chromium() {
    the_county_office(Engine::Chromium).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_county_offices_form_is_answered_by_keyboard_alone_in_firefox() {
    the_county_office(Engine::Firefox).await;
}

async fn the_citys_units(engine: Engine) {
    let office = Office::open(&["city-units"]).await;
    let browser = Browser::open(engine).await;
    begin(&browser, &office.link("city-units", &[])).await;
    for column in 0..4 {
        grade(&browser, &format!("i1-r0c{column}"), 1).await;
    }
    browser.space_on("[name='i1-r1'][type=checkbox]").await;
    browser
        .until("two units are rated", "return document.querySelectorAll('.unit[data-state=done]').length === 2")
        .await;
    for section in 0..5 {
        // In the first section the focus is among the rows already, and the last has none.
        if (1..4).contains(&section) {
            browser.enter_on(".skip-rows").await;
        }
        go_on(&browser).await;
    }
    send(&browser, &office).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_citys_units_are_rated_by_keyboard_alone_in_chromium() {
    the_citys_units(Engine::Chromium).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_citys_units_are_rated_by_keyboard_alone_in_firefox() {
    the_citys_units(Engine::Firefox).await;
}

async fn a_unit_is_found(engine: Engine) {
    let office = Office::open(&["city-units"]).await;
    let browser = Browser::open(engine).await;
    begin(&browser, &office.link("city-units", &[])).await;
    // In the language whose letters have two cases.
    browser.click(".header-button[lang=en]").await;
    browser.until_text("Find").await;
    browser.enter_on(".matrix-bar [aria-haspopup=dialog]").await;
    browser.until("the search has the focus", "return document.activeElement?.type === 'search'").await;
    browser.type_text("REFORM").await;
    let found = "
        const labels = [...document.querySelectorAll('.jump .grow')].map((label) => label.textContent);
        const typed = document.querySelector('dialog[open] input').value === 'REFORM';
        return typed && labels.length > 0 && labels.every((label) => label.includes('Reform'))";
    browser.until("only units with reform", found).await;
    browser.type_text("qq").await;
    browser.until_shown("dialog[open] .empty").await;
    // The first empties the field.
    browser.press(Key::Escape).await;
    browser.press(Key::Escape).await;
    browser
        .until(
            "the focus is back where it was",
            "return !document.querySelector('dialog[open]') && document.activeElement?.getAttribute('aria-haspopup') === 'dialog'",
        )
        .await;
    browser.expect_no_errors().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_unit_is_found_whatever_the_case_of_its_letters_in_chromium() {
    a_unit_is_found(Engine::Chromium).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_unit_is_found_whatever_the_case_of_its_letters_in_firefox() {
    a_unit_is_found(Engine::Firefox).await;
}

async fn two_tabs(engine: Engine) {
    let office = Office::open(&["study-practice"]).await;
    let browser = Browser::open(engine).await;
    let link = office.link("study-practice", &["--group", "residents"]);
    begin(&browser, &link).await;
    grade(&browser, "i0", 2).await;
    browser.until_shown(".saved.done").await;
    let first = browser.client.window().await.expect("the tab's handle");

    let second = browser.client.new_window(true).await.expect("another tab").handle;
    browser.client.switch_to_window(second.clone()).await.expect("the other tab");
    browser.goto(&link).await;
    browser.until_shown(".welcome").await;
    browser.click(".welcome .actions .primary").await;
    browser.until("it can only be looked at", "return document.querySelector('#i0')?.disabled === true").await;
    browser.click("[role=alert] .button").await;
    let taken = "return document.querySelector('#i0')?.disabled === false && document.querySelector('#i0 input:checked')?.value";
    assert_eq!(browser.until("it is taken over", taken).await, json!("2"));
    browser.eval("document.querySelectorAll('#i0 input')[3].click()").await;
    browser.until_shown(".saved.done").await;

    browser.client.switch_to_window(first).await.expect("the first tab");
    browser.until("the first tab lets go", "return document.querySelector('#i0')?.disabled === true").await;
    browser.eval("document.querySelectorAll('#i0 input')[0].click()").await;
    browser.reload().await;
    browser.until_shown(".welcome").await;
    browser.click(".welcome .actions .primary").await;
    let shown = browser.until("the answer is there", "return document.querySelector('#i0 input:checked')?.value").await;
    assert_eq!(shown, json!("3"), "the tab that took over has the last word");
    browser.expect_no_errors().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_tab_looks_only_until_it_takes_over_in_chromium() {
    two_tabs(Engine::Chromium).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_tab_looks_only_until_it_takes_over_in_firefox() {
    two_tabs(Engine::Firefox).await;
}

async fn a_closed_round(engine: Engine) {
    let office = Office::open(&["county-transport"]).await;
    let browser = Browser::open(engine).await;
    browser.goto(&office.link("county-transport", &["--group", "users", "--round", "2026-06"])).await;
    browser.until_text("2026-06-30").await;
    browser.expect_accessible("a closed round").await;
    browser.expect_no_errors().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_round_that_is_over_says_so_in_chromium() {
    a_closed_round(Engine::Chromium).await;
}

async fn numbers_days_and_times(engine: Engine) {
    let office = Office::open(&["values"]).await;
    let browser = Browser::open(engine).await;
    begin(&browser, &office.link("values", &[])).await;
    // The browser's own inputs: how a day is typed depends on the browser's language, so it is set as a picker sets it.
    let pick = "const input = document.querySelector(given[0]); input.focus(); input.value = given[1]; \
        for (const kind of ['input', 'change']) input.dispatchEvent(new Event(kind, { bubbles: true })); return input.value";
    for (selector, value) in [("input[type=date]", "2026-11-24"), ("input[type=time]", "08:30")] {
        assert_eq!(browser.eval_with(pick, json!([selector, value])).await, json!(value));
    }
    browser.tab_to("input[inputmode=numeric]").await;
    browser.type_text("３x").await;
    browser.tab_to("input[inputmode=decimal]").await;
    browser.type_text("4..0元5").await;
    assert_eq!(browser.eval("return document.querySelector('input[inputmode=decimal]').value").await, json!("4.05"));
    browser.until_text("为什么花了这么多？").await;
    browser.press(Key::Backspace).await;
    browser.press(Key::Backspace).await;
    browser.press(Key::Backspace).await;
    browser.press(Key::Backspace).await;
    browser.type_text("1.5").await;
    browser.until("the question to go", "return !document.body.innerText.includes('为什么花了这么多')").await;
    grade(&browser, "i6", 1).await;
    go_on(&browser).await;
    for text in ["2026年11月24日", "08:30", "1.5"] {
        browser.until_text(text).await;
    }
    send(&browser, &office).await;
    let records = office.records("values");
    let answers = &records[0]["answers"];
    assert_eq!(
        answers,
        &json!({ "day": "2026-11-24", "at": "08:30", "trips": 3, "fare": "1.5", "paid": "4.5", "visit": "bad" }),
        "{records:#}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn numbers_days_and_times_are_kept_as_written_and_worked_with_in_chromium() {
    numbers_days_and_times(Engine::Chromium).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn numbers_days_and_times_are_kept_as_written_and_worked_with_in_firefox() {
    numbers_days_and_times(Engine::Firefox).await;
}
