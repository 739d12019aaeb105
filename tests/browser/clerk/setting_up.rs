//! Keys, a published plan, a QR code, a roster: everything before the first answer, with no program but the browser.

use crate::harness::office::{expect_done, program};
use crate::harness::{Clerk, Engine, Site, Tablet, file};
use serde_json::Value;
use std::ffi::OsStr;
use std::fs;
use std::path::Path;

const PASSPHRASE: &str = "quite long and odd words";

/// Fills in the form for new keys.
async fn make_keys(clerk: &Clerk, first: &str, second: &str) {
    for (place, text) in [(0, first), (1, second)] {
        clerk
            .browser
            .eval_with(
                "const input = document.querySelectorAll('form')[1].querySelectorAll('input')[given[0]];
                 input.value = given[1]; input.dispatchEvent(new Event('input', { bubbles: true }))",
                serde_json::json!([place, text]),
            )
            .await;
    }
    clerk.browser.click_text("Make and save the key file").await;
}

fn minping(words: &[&OsStr]) -> String {
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_minping"))
        .arg("--lang=en")
        .args(words)
        .env("MINPING_PASSPHRASE", PASSPHRASE)
        .output()
        .expect("the program runs");
    expect_done(&output)
}

async fn set_up(engine: Engine) {
    let site = Site::open().await;
    let plans = site.folder().join("plans");
    fs::create_dir_all(&plans).expect("a folder for plans");
    fs::write(plans.join("index.json"), r#"{"v":1,"plans":[]}"#).expect("a list of no plan");
    let clerk = Clerk::open(engine, &site.url("office.html#/keys")).await;
    let browser = &clerk.browser;

    make_keys(&clerk, "short", "short").await;
    browser.until_text("at least 12 characters").await;
    make_keys(&clerk, PASSPHRASE, "quite long and odd word").await;
    browser.until_text("The two passphrases differ").await;
    clerk.look("the keys, refused").await;
    make_keys(&clerk, PASSPHRASE, PASSPHRASE).await;
    browser.until_text("Fingerprint of the signing key").await;
    let keys = clerk.saved("office.minping-keys").await;
    assert!(!keys.contains(PASSPHRASE) && keys.split('.').count() == 5, "one sealed text: {keys}");
    clerk.look("the keys, just made").await;
    // The program opens the file that the browser made, and shows the same fingerprint.
    let path = clerk.downloaded("office.minping-keys");
    let shown = minping(&["keys".as_ref(), "show".as_ref(), path.as_ref()]);
    let digits = browser.eval("return document.querySelector('.groups').innerText").await;
    let digits = digits.as_str().expect("a text").split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(shown.contains(&digits), "{digits} in {shown}");

    clerk.page("plans").await;
    browser.until_text("There is no plan on this site yet").await;
    let ready = crate::harness::site::root().join("plans/study-practice.json");
    clerk.pick("Open a plan file", &[file("study-practice.json", fs::read(ready).expect("a ready plan"))]).await;
    browser.until_text("This plan has no office keys yet").await;
    clerk.look("a plan to publish").await;
    browser.click_text("Add the keys and save the plan file").await;
    browser.until_text("Published as study-practice.").await;
    let list = clerk.save("Save the list index.json", "index.json").await;
    let list: Value = serde_json::from_str(&list).expect("the list is JSON");
    let name =
        list["plans"][0]["file"].as_str().and_then(|path| path.strip_prefix("plans/")).expect("a file in plans/");
    let plan = clerk.saved(name).await;
    let plan_path = clerk.downloaded(name);
    browser.until_text("This plan is not on the site's list yet").await;
    fs::write(plans.join(name), &plan).expect("the plan is put on the site");
    fs::write(plans.join("index.json"), list.to_string()).expect("the list is put on the site");
    minping(&["plan".as_ref(), "check".as_ref(), plan_path.as_ref()]);

    devices(&clerk, &plan_path).await;
    let link = poster(&clerk).await;
    browser.expect_no_errors().await;
    browser.goto(&link).await;
    browser.until_app().await;
    browser.until_text("Study and practice campaign").await;
    browser.until_shown(".welcome h1").await;
}

/// Makes a link for residents, and answers it.
async fn poster(clerk: &Clerk) -> String {
    let browser = &clerk.browser;
    clerk.page("keys").await;
    clerk.page("plans").await;
    browser.until_text("In use").await;
    browser.click_text("Make the link").await;
    browser.until_shown(".poster svg.qr").await;
    clerk.look("a poster").await;
    let link = browser.eval("return document.querySelector('.card a[target=_blank]').href").await;
    let link = link.as_str().expect("an address").to_owned();
    assert!(link.contains("#/a/"), "{link}");
    link
}

/// Enrols a tablet by its card, revokes it and takes that back; the program reads the roster that was saved.
async fn devices(clerk: &Clerk, plan: &Path) {
    let browser = &clerk.browser;
    let tablet = Tablet::new(plan);
    clerk.page("roster").await;
    browser.until_text("No device is enrolled yet").await;
    clerk.pick("Open a card file", &[file("notes.txt", "no card")]).await;
    browser.until_text("This is no device card").await;
    clerk.pick("Open a card file", &[file("east.minping-card", tablet.card("East side 3"))]).await;
    browser.until_text(tablet.id.short()).await;
    clerk.look("a card to compare").await;
    browser.click_text("They agree: enrol").await;
    browser.until_text("Issue 1, 1 devices").await;
    clerk.pick("Open a card file", &[file("east.minping-card", tablet.card("Again"))]).await;
    browser.until_text("This device is on the roster already").await;
    browser.click_text("Revoke").await;
    browser.until_shown("dialog[open]").await;
    browser.expect_accessible("the question before a device is revoked").await;
    browser.click("dialog[open] .danger").await;
    browser.until_text_in(".list-row .tag", "Revoked").await;
    let roster = clerk.save("Save the roster file", "study-practice.minping-roster").await;
    let path = clerk.downloaded("study-practice.minping-roster");
    let words: [&OsStr; 6] =
        ["roster".as_ref(), "show".as_ref(), "--plan".as_ref(), plan.as_ref(), "--roster".as_ref(), path.as_ref()];
    let shown = expect_done(&program(words));
    assert!(shown.contains("East side 3") && shown.contains("revoked"), "{shown}");
    browser.click_text("Restore").await;
    browser.until_text("Issue 3, 1 devices").await;
    // The older list does not come back by mistake.
    clerk.pick("Open a signed roster file", &[file("old.minping-roster", roster)]).await;
    browser.until_text("issue 2, older than the one here").await;
    browser.until_text_in(".list-row .tag", "Enrolled").await;
    clerk.look("the roster").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_clerk_makes_keys_publishes_a_plan_enrols_a_device_and_prints_a_code_in_chromium() {
    set_up(Engine::Chromium).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_clerk_makes_keys_publishes_a_plan_enrols_a_device_and_prints_a_code_in_firefox() {
    set_up(Engine::Firefox).await;
}
