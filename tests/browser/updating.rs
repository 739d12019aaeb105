//! New releases, whole and broken.

use crate::harness::site::Fault;
use crate::harness::{Browser, Engine, Site};

const RELEASE: &str = "return document.body.dataset.release || 'first'";
const ASK_FOR_UPDATE: &str = "const r = await navigator.serviceWorker.getRegistration(); await r.update(); return true";
const WAITING: &str = "const r = await navigator.serviceWorker.getRegistration(); return !!(r && r.waiting)";
const SETTLED: &str = "const r = await navigator.serviceWorker.getRegistration(); return !r.installing";

async fn first_visit(engine: Engine, site: &Site) -> Browser {
    let browser = Browser::open(engine).await;
    browser.goto(&site.url("index.html")).await;
    browser.until_app().await;
    browser.until_offline_ready().await;
    browser
}

async fn waits(engine: Engine) {
    let site = Site::open().await;
    let browser = first_visit(engine, &site).await;
    let next = site.release_next();
    browser.eval(ASK_FOR_UPDATE).await;
    browser.until("the update to wait", WAITING).await;
    // As long as a page of the first release is open, others open on it too.
    let other = browser.client.new_window(true).await.expect("another page").handle;
    browser.client.switch_to_window(other).await.expect("another page");
    browser.goto(&site.url("index.html")).await;
    browser.until_app().await;
    assert_eq!(browser.eval(RELEASE).await, "first");
    assert_eq!(browser.eval(WAITING).await, true);

    let profile = browser.close().await;
    let browser = Browser::open_on(engine, profile).await;
    browser.goto(&site.url("index.html")).await;
    browser.until_app().await;
    browser.until("the next release", &format!("{RELEASE} === '{next}'")).await;
    let kept = browser
        .until(
            "the first release's files to go",
            "return (await caches.keys()).filter((k) => !k.endsWith(':plans')).length === 1",
        )
        .await;
    assert_eq!(kept, true);
    browser.expect_no_errors().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_update_waits_until_the_app_is_closed_in_chromium() {
    waits(Engine::Chromium).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_update_waits_until_the_app_is_closed_in_firefox() {
    waits(Engine::Firefox).await;
}

const TAKE_UPDATE: &str = "const r = await navigator.serviceWorker.getRegistration(); const c = new MessageChannel();
    const answer = new Promise((done) => { c.port1.onmessage = (m) => done(m.data.type); });
    r.waiting.postMessage({ type: 'activate' }, [c.port2]); return answer";

async fn is_taken_on_request(engine: Engine) {
    let site = Site::open().await;
    let browser = first_visit(engine, &site).await;
    let next = site.release_next();
    browser.eval(ASK_FOR_UPDATE).await;
    browser.until("the update to wait", WAITING).await;

    // Another page is open: it may hold an interview.
    let first = browser.client.window().await.expect("the page");
    let other = browser.client.new_window(true).await.expect("another page").handle;
    browser.client.switch_to_window(other).await.expect("another page");
    browser.goto(&site.url("index.html")).await;
    browser.until_app().await;
    assert_eq!(browser.eval(TAKE_UPDATE).await, "busy");
    browser.client.close_window().await.expect("the other page closes");
    browser.client.switch_to_window(first).await.expect("the first page");

    browser
        .until(
            "the update to be taken",
            &format!("const a = await (async () => {{ {TAKE_UPDATE} }})(); return a === 'activating'"),
        )
        .await;
    browser.until("the new worker to rule", "const r = await navigator.serviceWorker.getRegistration(); return !r.waiting && r.active.state === 'activated'").await;
    browser.reload().await;
    browser.until_app().await;
    browser.until("the next release", &format!("{RELEASE} === '{next}'")).await;
    browser.expect_no_errors().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_update_is_taken_when_the_only_open_page_asks_and_not_before_in_chromium() {
    is_taken_on_request(Engine::Chromium).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_update_is_taken_when_the_only_open_page_asks_and_not_before_in_firefox() {
    is_taken_on_request(Engine::Firefox).await;
}

async fn broken_release(engine: Engine) {
    for fault in [Fault::Missing, Fault::WrongBytes, Fault::CutShort] {
        let site = Site::open().await;
        let browser = first_visit(engine, &site).await;
        site.release_broken(fault);
        // The browser may say at once that the worker failed, or only drop it.
        browser.eval(&format!("try {{ {ASK_FOR_UPDATE} }} catch (error) {{ return false }}")).await;
        browser.until("the broken release to be dropped", SETTLED).await;
        assert_eq!(browser.eval(WAITING).await, false, "{engine:?}, {fault:?}: the broken release waits to be used");
        let profile = browser.close().await;

        let browser = Browser::open_on(engine, profile).await;
        browser.goto(&site.url("index.html")).await;
        browser.until_app().await;
        assert_eq!(browser.eval(RELEASE).await, "first", "{engine:?}, {fault:?}");
        site.network.cut();
        browser.reload().await;
        browser.until_app().await;
        assert_eq!(browser.eval(RELEASE).await, "first", "{engine:?}, {fault:?}, without a network");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_broken_release_leaves_the_old_one_working_in_chromium() {
    broken_release(Engine::Chromium).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_broken_release_leaves_the_old_one_working_in_firefox() {
    broken_release(Engine::Firefox).await;
}
