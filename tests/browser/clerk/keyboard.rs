//! The clerk without a mouse: from the keys to a saved table.

use crate::harness::{Clerk, Engine, Office, Tablet, file};
use fantoccini::key::Key;
use std::fs;

const PLAN: &str = "study-practice";

/// Goes to a page by its tab; its heading then has the focus.
async fn go(clerk: &Clerk, page: &str) {
    clerk.browser.enter_on(&format!("a.tab[href='#/{page}']")).await;
    on_heading(clerk, page).await;
}

async fn on_heading(clerk: &Clerk, page: &str) {
    let body = format!("return location.hash === '#/{page}' && document.activeElement?.matches('main h1')");
    clerk.browser.until(&format!("the focus on the heading of {page}"), &body).await;
}

async fn by_keyboard(engine: Engine) {
    let office = Office::open(&[PLAN]).await;
    let mut tablet = Tablet::new(&office.plan_file(PLAN));
    let batch = tablet.hand_over(&["satisfied", "dissatisfied"], None);
    let clerk = Clerk::open(engine, &office.url("office.html")).await;
    let browser = &clerk.browser;

    go(&clerk, "keys").await;
    browser.until_shown("form button").await;
    clerk.will_pick(&[file("office.minping-keys", fs::read(office.keys()).expect("the keys"))]).await;
    browser.enter_on("form button[type=button]").await;
    browser.until_text("office.minping-keys").await;
    browser.tab_to("form input[type=password]").await;
    browser.type_text(office.passphrase()).await;
    browser.press(Key::Enter).await;
    browser.until_text("Fingerprint of the signing key").await;
    // The form is gone: the focus is on the heading and not lost.
    on_heading(&clerk, "keys").await;

    go(&clerk, "plans").await;
    browser.until_shown(".plans .list-row:first-child button").await;
    browser.enter_on(".plans .list-row:first-child button").await;
    browser.until_text("In use").await;
    browser.enter_on(".plans form button[type=submit]").await;
    browser.until_shown(".poster svg.qr").await;

    go(&clerk, "roster").await;
    browser.until_shown("main textarea").await;
    clerk.will_pick(&[file("east.minping-card", tablet.card("East side 3"))]).await;
    browser.enter_on("main .card button").await;
    browser.until_shown(".banner button.primary").await;
    browser.enter_on(".banner button.primary").await;
    browser.until_text("Issue 1, 1 devices").await;
    on_heading(&clerk, "roster").await;
    // A question is left by Escape, and nothing happened.
    browser.enter_on(".list-row button").await;
    browser.until_shown("dialog[open]").await;
    browser.press(Key::Escape).await;
    browser.until("the question to be gone", "return !document.querySelector('dialog[open]')").await;
    browser.until_text_in(".list-row .tag", "Enrolled").await;

    go(&clerk, "batches").await;
    browser.until_shown(".drop button").await;
    clerk.will_pick(&[file("1.minping", batch.text)]).await;
    browser.enter_on(".drop button").await;
    browser.until_text("1 new batches admitted").await;
    clerk.until_done().await;
    browser.enter_on("main a[href='#/results']:not(.tab)").await;
    on_heading(&clerk, "results").await;
    browser.until_shown(".unit-button").await;
    browser.space_on(".unit-button").await;
    browser.until_shown(".details .inner").await;
    browser.tab_to("main .button.primary").await;
    browser.press(Key::Enter).await;
    let csv = clerk.saved(&format!("{PLAN}-stage-2.csv")).await;
    assert!(csv.starts_with('\u{feff}') && csv.lines().count() == 2, "{csv}");
    browser.expect_no_errors().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_clerk_needs_no_mouse_in_chromium() {
    by_keyboard(Engine::Chromium).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_clerk_needs_no_mouse_in_firefox() {
    by_keyboard(Engine::Firefox).await;
}
