//! Posters for a pasted list of windows, and single-use codes with short addresses, as a clerk makes them: faults named by line, every
//! picture read back, and what was saved opens the questionnaire.

use crate::harness::{Clerk, Engine, Office};
use serde_json::json;

const PLAN: &str = "study-practice";
const TITLE: &str = "Study and practice campaign";

async fn put(clerk: &Clerk, label: &str, value: &str) {
    let find = format!(
        "const field = [...document.querySelectorAll('#posters label.field')].find((f) =>
             f.querySelector('.field-label').innerText.trim().startsWith({}));
         const input = field && field.querySelector('input, select, textarea');",
        json!(label)
    );
    clerk.browser.until(&format!("the field {label}"), &format!("{find} return !!input")).await;
    let set = "input.value = given; for (const kind of ['input', 'change']) input.dispatchEvent(new Event(kind, { bubbles: true }))";
    clerk.browser.eval_with(&format!("{find} {set}"), json!(value)).await;
}

async fn print(engine: Engine) {
    let office = Office::open(&[PLAN]).await;
    let clerk = Clerk::open(engine, &office.url("office.html")).await;
    let browser = &clerk.browser;
    clerk.choose_plan(TITLE).await;
    clerk.open_keys(&office).await;
    clerk.page("plans").await;
    browser.until_shown("#posters button").await;
    browser.click("#posters button").await;
    browser.until_shown("#posters textarea").await;
    put(&clerk, "List of places", "place,group\nWindow 1,residents\nWindow 2,nobody").await;
    browser.click("#posters button[type=submit]").await;
    browser.until_text("line 3: the plan has no rater group `nobody`").await;
    clerk.look("a list of places with a fault").await;
    put(
        &clerk,
        "List of places",
        "place,group,note\nWindow 1,residents,ground floor\nWindow 2,residents,<b>first</b> floor",
    )
    .await;
    browser.click("#posters button[type=submit]").await;
    browser.until_text("2 made; 2 read back and open what they should.").await;
    let rows = "return [...document.querySelectorAll('#posters tbody tr')].map((r) => r.innerText).filter((r) => r.includes('as it should')).length === 2";
    browser.until("the proof", rows).await;
    clerk.look("posters that were made").await;
    for language in ["zh", "en"] {
        browser.eval("document.querySelector('header [lang]').click()").await;
        for width in [360, 820, 1280] {
            browser.size(width, 3000).await;
            browser.screenshot(&format!("posters-{language}-{width}")).await;
        }
    }
    browser.size(1280, 800).await;
    let html = clerk.save("Save the file to print (HTML)", &format!("{PLAN}-posters.html")).await;
    assert_eq!(html.matches("<svg").count(), 2);
    assert!(html.contains("Window 2") && !html.contains("<b>first"), "{html}");

    // Codes for households, with addresses that can be typed.
    put(&clerk, "List of places", "").await;
    put(&clerk, "Single-use codes", "12").await;
    put(&clerk, "Print as", "cards10").await;
    browser.click("#posters .option-input").await;
    browser.click("#posters button[type=submit]").await;
    browser.until_text("12 made; 12 read back and open what they should.").await;
    let html = clerk.save("Save the file to print (HTML)", &format!("{PLAN}-posters.html")).await;
    assert_eq!(html.matches("class=\"sheet").count(), 2);
    assert!(html.contains("12 of 12") || html.contains("共 12 张"), "{html}");
    browser.click_text("Save the pages of the short addresses (k.zip)").await;
    let zip = clerk.saved_bytes("k.zip").await;
    let names = String::from_utf8_lossy(&zip);
    assert!(zip.starts_with(b"PK") && names.matches("/index.html").count() >= 12);
    browser.expect_no_errors().await;
}

/// Only what residents answer on their own phones is offered, round by round.
#[tokio::test(flavor = "multi_thread")]
async fn no_poster_is_offered_for_what_nobody_could_answer_in_chromium() {
    let office = Office::open(&["finance-bureau"]).await;
    let clerk = Clerk::open(Engine::Chromium, &office.url("office.html")).await;
    let browser = &clerk.browser;
    clerk.choose_plan("Finance bureau: public satisfaction evaluation").await;
    clerk.open_keys(&office).await;
    clerk.page("plans").await;
    browser.until_shown("#posters button").await;
    browser.click("#posters button").await;
    browser.until_shown("#posters textarea").await;
    let offered = "const field = [...document.querySelectorAll('#posters label.field')].find((f) => f.innerText.startsWith('Questionnaire'));
        return [...field.querySelectorAll('option')].map((o) => o.value).join()";
    assert_eq!(browser.eval(offered).await, "service");
    assert_eq!(browser.eval("return document.querySelector('#posters button[type=submit]').disabled").await, false);
    put(&clerk, "Round", "2026-training").await;
    browser.until_text("there is nothing to print. Choose another round.").await;
    assert_eq!(browser.eval("return document.querySelector('#posters button[type=submit]').disabled").await, true);
    clerk.look("a round without posters").await;
    put(&clerk, "Round", "2026-first").await;
    browser.until("the button", "return !document.querySelector('#posters button[type=submit]').disabled").await;
    put(&clerk, "List of places", "place,group\nHall,canvassers").await;
    browser.click("#posters button[type=submit]").await;
    browser.until_text("`Hall`: the questionnaire `service` is not for").await;
    browser.expect_no_errors().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_clerk_prints_posters_and_single_use_codes_in_chromium() {
    print(Engine::Chromium).await;
}
