//! A newcomer after `./run`: the app opens on the gallery, every plan can be tried, and a report read.

use crate::harness::{Browser, Demo, Engine};

async fn gallery(engine: Engine) {
    let demo = Demo::open();
    let browser = Browser::open(engine).await;
    browser.size(360, 740).await;
    // Whoever opens the app without a link has not been asked anything: it shows what there is.
    browser.goto(&demo.url("")).await;
    browser.until_shown("article#city-units h2").await;
    assert_eq!(browser.eval("return document.querySelectorAll('article .button').length").await, 18);
    for (page, language) in [("gallery/index.html", "zh"), ("gallery/en.html", "en")] {
        browser.goto(&demo.url(page)).await;
        browser.until_shown("article").await;
        for width in [360, 820, 1280] {
            browser.size(width, 900).await;
            browser.expect_fits(page, width).await;
            browser.screenshot(&format!("gallery-{language}-{width}")).await;
        }
        browser.expect_accessible(page).await;
    }

    // As a resident, with an answer that really arrives.
    browser.size(360, 740).await;
    browser.goto(&demo.url("gallery/index.html#study-practice")).await;
    browser.click("#study-practice .button").await;
    browser.click_text("开始填写").await;
    browser.click("main label.option").await;
    browser.until_text("已保存在本机").await;
    browser.click_text("检查答案").await;
    browser.click_text("提交").await;
    browser.click("dialog[open] .button.primary").await;
    browser.until_text("已经送达").await;

    // As a canvasser, straight to the plan.
    browser.goto(&demo.url("gallery/index.html#five-kinds")).await;
    browser.click("#five-kinds a[href*='field.html']").await;
    browser.until_app().await;
    browser.until_text("全区群众满意度测评").await;

    // The report of a simulated round, as soon as it is made.
    browser.goto(&demo.url("gallery/index.html")).await;
    let link = "return document.querySelector(\"#study-practice a[href^='study-practice.']\")?.href";
    let mut looked = 0;
    let report = loop {
        let found = browser.eval(link).await;
        if let Some(address) = found.as_str() {
            break address.to_owned();
        }
        assert!(looked < 60, "no report of the first plan");
        looked += 1;
        tokio::time::sleep(std::time::Duration::from_secs(1)).await;
        browser.reload().await;
    };
    browser.expect_no_errors().await;
    // A file by itself, which names no icon: the browser asks the server for one in vain.
    browser.goto(&report).await;
    browser.until_text("深入学习实践科学发展观活动群众满意度测评表").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_newcomer_tries_a_plan_from_the_gallery_and_reads_its_report_in_chromium() {
    gallery(Engine::Chromium).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_newcomer_tries_a_plan_from_the_gallery_and_reads_its_report_in_firefox() {
    gallery(Engine::Firefox).await;
}
