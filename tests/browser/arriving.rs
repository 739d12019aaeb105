//! Screens whose code is loaded when they are first needed.

use crate::harness::{Browser, Engine, Office};
use std::fs;

async fn arrives_from_the_device(engine: Engine) {
    let office = Office::open(&["city-units"]).await;
    let browser = Browser::open(engine).await;
    let link = office.link("city-units", &[]);
    browser.goto(&office.url("index.html")).await;
    browser.until_app().await;
    browser.until_offline_ready().await;
    browser.goto(&link).await;
    browser.until_shown(".welcome .actions .primary").await;
    let profile = browser.close().await;

    // A new page has loaded nothing yet but what opens it.
    office.network.cut();
    let browser = Browser::open_on(engine, profile).await;
    browser.goto(&link).await;
    browser.click(".welcome .actions .primary").await;
    browser.space_on("[name='i1-r0c0']").await;
    browser.until_text("已保存在本机").await;
    browser.expect_no_errors().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_control_that_is_loaded_late_is_there_without_a_network_in_chromium() {
    arrives_from_the_device(Engine::Chromium).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_control_that_is_loaded_late_is_there_without_a_network_in_firefox() {
    arrives_from_the_device(Engine::Firefox).await;
}

async fn does_not_arrive(engine: Engine) {
    let office = Office::open(&["city-units"]).await;
    let assets = office.app().join("assets");
    // With its compressed forms, which are as good.
    let mut moves = Vec::new();
    for entry in fs::read_dir(&assets).expect("the built files").flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        if name.starts_with("answer.matrix-") {
            moves.push((entry.path(), office.app().join(name)));
        }
    }
    assert!(!moves.is_empty(), "the matrix is in a chunk");
    for (file, away) in &moves {
        fs::rename(file, away).expect("the chunk goes");
    }
    let browser = Browser::open(engine).await;
    browser.goto(&office.link("city-units", &[])).await;
    browser.click(".welcome .actions .primary").await;
    browser.until_text("这一部分还没有下载到这台设备").await;
    browser.expect_accessible("a control did not arrive").await;
    browser.click_text("重试").await;
    // Said once more, by another button than the one that was pressed.
    browser
        .until(
            "the second answer",
            "return !document.querySelector('[data-test-click]') && document.body.innerText.includes('这一部分还没有下载到这台设备')",
        )
        .await;
    for (file, away) in &moves {
        fs::rename(away, file).expect("the chunk is back");
    }
    browser.click_text("重试").await;
    browser.space_on("[name='i1-r0c0']").await;
    browser.until_text("已保存在本机").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_control_that_cannot_be_loaded_says_so_and_comes_when_asked_again_in_chromium() {
    does_not_arrive(Engine::Chromium).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_control_that_cannot_be_loaded_says_so_and_comes_when_asked_again_in_firefox() {
    does_not_arrive(Engine::Firefox).await;
}
