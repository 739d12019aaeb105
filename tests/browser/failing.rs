//! What a person sees when the app cannot start, and when it breaks.

use crate::harness::{Browser, Engine, Site};
use std::fs;
use std::path::PathBuf;

fn built_file(site: &Site, ending: &str) -> PathBuf {
    fs::read_dir(site.folder().join("assets"))
        .expect("the built files")
        .flatten()
        .map(|entry| entry.path())
        .find(|path| {
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            name.starts_with("answer-") && name.ends_with(ending)
        })
        .expect("the answering app's file")
}

async fn load_failure(engine: Engine) {
    for ending in [".wasm", ".js"] {
        let site = Site::open().await;
        let file = built_file(&site, ending);
        let bytes = fs::read(&file).expect("a built file");
        fs::remove_file(&file).expect("the file goes");
        let browser = Browser::open(engine).await;
        browser.goto(&site.url("index.html")).await;
        browser.until_text("暂时打不开").await;
        browser.expect_accessible("the app does not open").await;
        fs::write(&file, bytes).expect("the file is back");
        browser.click_text("重新打开").await;
        browser.until_app().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_app_that_does_not_load_says_so_and_opens_when_asked_again_in_chromium() {
    load_failure(Engine::Chromium).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_app_that_does_not_load_says_so_and_opens_when_asked_again_in_firefox() {
    load_failure(Engine::Firefox).await;
}

/// An app whose code ends in a trap, as a panic does, while its page is open: the smallest module that does so.
const TRAPPING_APP: &str = "export default async () => {
    const main = document.createElement('main');
    main.innerHTML = '<h1>App</h1><button>next</button>';
    document.body.append(main);
    main.querySelector('button').onclick = () => new WebAssembly.Instance(new WebAssembly.Module(new Uint8Array(
        [0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 96, 0, 0, 3, 2, 1, 0, 8, 1, 0, 10, 5, 1, 3, 0, 0, 11])));
};";

async fn trap(engine: Engine) {
    let site = Site::open().await;
    fs::write(built_file(&site, ".js"), TRAPPING_APP).expect("the app's code");
    let browser = Browser::open(engine).await;
    browser.goto(&site.url("index.html")).await;
    browser.until_app().await;
    browser.click_text("next").await;
    browser.until_text("您已保存的答案是安全的").await;
    let focus = browser.eval("return document.activeElement.textContent").await;
    assert_eq!(focus, "重新打开", "the keyboard is on the way out");
    let beneath = browser.eval("return document.querySelector('main:not(.start)').inert").await;
    assert_eq!(beneath, true, "nothing beneath can be used");
    browser.expect_accessible("the app broke").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_panic_is_shown_to_the_user_with_the_answers_said_to_be_safe_in_chromium() {
    trap(Engine::Chromium).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_panic_is_shown_to_the_user_with_the_answers_said_to_be_safe_in_firefox() {
    trap(Engine::Firefox).await;
}
