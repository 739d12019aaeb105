//! An interview that goes on for long: what was left does not stay in memory.

use crate::harness::{Browser, Engine, Office};
use serde_json::json;

/// From the questions to the review and back, so many times; each screen is waited for.
const TO_AND_FRO: &str = "
    const frame = () => new Promise((done) => requestAnimationFrame(() => done()));
    const leave = async (selector) => {
        const before = document.querySelector('.interview h1');
        document.querySelector(selector).click();
        for (let waited = 0; document.querySelector('.interview h1') === before; waited += 1) {
            if (waited > 600) throw new Error('the screen stays');
            await frame();
        }
    };
    for (let turn = 0; turn < given[0]; turn += 1) {
        await leave('.interview .actions .primary');
        await leave('.interview .actions .button:not(.primary)');
    }
    return true;";

async fn count(browser: &Browser) -> (i64, i64) {
    // What a screen left to do while the page is idle is done.
    browser.eval("await new Promise((done) => setTimeout(done, 500)); return true").await;
    browser.cdp("HeapProfiler.collectGarbage", json!({})).await;
    let counts = browser.cdp("Memory.getDOMCounters", json!({})).await;
    (counts["nodes"].as_i64().expect("nodes"), counts["jsEventListeners"].as_i64().expect("listeners"))
}

#[tokio::test(flavor = "multi_thread")]
async fn four_hundred_changes_of_screen_leave_no_nodes_and_no_listeners_behind_in_chromium() {
    let office = Office::open(&["study-practice"]).await;
    let browser = Browser::open(Engine::Chromium).await;
    browser.goto(&office.link("study-practice", &["--group", "residents"])).await;
    browser.until_shown(".welcome .actions .primary").await;
    browser.click(".welcome .actions .primary").await;
    browser.until_shown(".interview").await;
    browser.click("[name='i0']").await;
    browser.until("nothing is missing", "return document.querySelector(\"[name='i0']\").checked").await;
    browser.eval_with(TO_AND_FRO, json!([10])).await;
    let (nodes, listeners) = count(&browser).await;
    for _ in 0..10 {
        browser.eval_with(TO_AND_FRO, json!([20])).await;
    }
    let (nodes_after, listeners_after) = count(&browser).await;
    assert!(nodes_after <= nodes + 50, "{nodes} nodes became {nodes_after}");
    assert!(listeners_after <= listeners + 5, "{listeners} listeners became {listeners_after}");
    browser.expect_no_errors().await;
}
