//! An upload that breaks on its way, is answered by something else, or whose receipt is lost: the answers stay on the device
//! until the receipt is there, and the office has them once.

use crate::harness::{Browser, Engine, Office, Weather};

/// Sends what waits until one more upload was begun, and it is known that it did not get through.
async fn fail_once(browser: &Browser, office: &Office, weather: Weather) {
    let before = office.network.uploads();
    office.network.set(weather);
    browser
        .until(
            "a button that sends again",
            "const again = [...document.querySelectorAll('button')].find((b) => b.innerText.includes('现在重试') && !b.disabled);
             if (again) again.click();
             return !!again",
        )
        .await;
    for _ in 0..5000 {
        if office.network.uploads() > before {
            break;
        }
        browser.eval("return await new Promise((done) => setTimeout(done, 10))").await;
    }
    assert!(office.network.uploads() > before, "an upload was begun");
    browser.until_text("等待网络").await;
}

async fn a_spoiled_upload(engine: Engine) {
    let office = Office::open(&["study-practice"]).await;
    let browser = Browser::open(engine).await;
    browser.size(360, 740).await;
    browser.goto(&office.link("study-practice", &["--group=residents"])).await;
    browser.click_text("开始填写").await;
    browser.click("main label.option").await;
    browser.click_text("检查答案").await;
    browser.until_text("请看一遍").await;
    browser.click_text("提交").await;
    browser.until_shown("dialog[open]").await;
    office.network.cut();
    browser.click("dialog[open] .button.primary").await;
    browser.until_text("等待网络").await;

    fail_once(&browser, &office, Weather::CutUploadAfter(64)).await;
    fail_once(&browser, &office, Weather::Answer(200, "<h1>Sign in to this network</h1>".into())).await;
    assert!(office.received().is_empty(), "no whole upload came through");
    fail_once(&browser, &office, Weather::CutReply).await;
    assert_eq!(office.received().len(), 1, "it came, and nobody told the device");

    office.network.restore();
    browser
        .until(
            "the receipt",
            "const again = [...document.querySelectorAll('button')].find((b) => b.innerText.includes('现在重试') && !b.disabled);
             if (again) again.click();
             return document.body.innerText.includes('已经送达')",
        )
        .await;
    assert_eq!(office.received().len(), 1, "the same batch again, not another one");
    let rows = office.tally("study-practice", &[]);
    assert_eq!(&rows[0]["n"], 1, "{rows:#}");
    browser.expect_no_errors().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_spoiled_upload_is_sent_again_until_its_receipt_is_there_in_chromium() {
    a_spoiled_upload(Engine::Chromium).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_spoiled_upload_is_sent_again_until_its_receipt_is_there_in_firefox() {
    a_spoiled_upload(Engine::Firefox).await;
}
