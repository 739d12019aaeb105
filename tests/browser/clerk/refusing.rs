//! The wrong file in the wrong place: a message that says what to do, and nothing on the desk changes.

use crate::harness::{Clerk, Engine, Office, Tablet, file, site::root};
use serde_json::Value;
use std::fs;

const PLAN: &str = "study-practice";
const TITLE: &str = "Study and practice campaign";

async fn refuse(engine: Engine) {
    let (office, stranger) = (Office::open(&[PLAN, "county-transport"]).await, Office::open(&[PLAN]).await);
    let clerk = Clerk::open(engine, &office.url("office.html#/plans")).await;
    let browser = &clerk.browser;
    clerk.choose_plan(TITLE).await;
    plans(&clerk, &office).await;
    keys(&clerk, &office, &stranger).await;
    rosters(&clerk, &office, &stranger).await;

    // A batch of another plan, one of another version, and a plan's own device twice under one number.
    let foreign = Tablet::new(&office.plan_file("county-transport")).hand_over(&["satisfied"], None);
    let version = Tablet::new(&stranger.plan_file(PLAN)).hand_over(&["satisfied"], None);
    clerk.open_batches(&[file("foreign.minping", foreign.text), file("version.minping", version.text)]).await;
    browser.until_text_in(".finding", "A batch of another plan").await;
    browser.until_text_in(".finding", "Made with another version of this plan").await;
    assert_eq!(clerk.account().await["Batches set apart"], 2);
    // They are kept, and counted where they belong.
    clerk.choose_plan("County road transport office").await;
    clerk.page("batches").await;
    browser.until_text_in(".finding", "The device is not on the roster").await;
    browser.expect_no_errors().await;
}

/// Files that are no plan, or a bad one: the plan in use stays.
async fn plans(clerk: &Clerk, office: &Office) {
    let browser = &clerk.browser;
    let bad = |name: &str| fs::read(root().join("tests/vectors/plan/bad").join(name)).expect("a bad plan");
    let mend = "Mend the plan file and open it again";
    // Neighbours differ, so that each message is its own file's.
    for (content, message) in [
        (bad("shape.json"), mend),
        (vec![0xff, 0, 0x89], "This is no text file"),
        (bad("not-json.json"), mend),
        (vec![b' '; 70_000_000], "too large to be the right one"),
        (Vec::new(), mend),
        (vec![0xff; 10], "This is no text file"),
        (vec![b'{'; 10_000_000], mend),
    ] {
        clerk.pick("Open a plan file", &[file("plan.json", content)]).await;
        browser.until_text_in(".plans [role=alert]", message).await;
        browser.until_text_in(".standing", TITLE).await;
    }
    clerk.pick("Open a plan file", &[file("plan.json", bad("shape.json"))]).await;
    browser.until_text_in(".problems", "/").await;
    clerk.look("a plan with errors").await;

    // Labels are texts, whatever they look like.
    let mut plan: Value =
        serde_json::from_str(&fs::read_to_string(office.plan_file(PLAN)).expect("a plan")).expect("JSON");
    let script = "<img src=x onerror=\"window.broken = 1\">";
    for place in ["/title/en", "/units/0/label/en", "/rounds/0/label/en", "/questionnaires/0/title/en", "/asker/en"] {
        *plan.pointer_mut(place).expect("a label") = Value::from(script);
    }
    clerk.pick("Open a plan file", &[file("plan.json", plan.to_string())]).await;
    browser.until_text_in(".standing", script).await;
    for page in ["keys", "roster", "batches", "results", "plans"] {
        clerk.page(page).await;
        assert_eq!(browser.eval("return window.broken || document.querySelectorAll('img').length").await, 0);
    }
    clerk.choose_plan(TITLE).await;
}

async fn keys(clerk: &Clerk, office: &Office, stranger: &Office) {
    let browser = &clerk.browser;
    clerk.page("keys").await;
    browser.click("form button[type=submit]").await;
    browser.until_text("Choose the key file").await;
    clerk.pick("Key file", &[file("picture.png", [0x89, 0xff, 0])]).await;
    browser.until_text("This is no text file").await;
    for (content, message) in [
        (b"not a key file".to_vec(), "This is not a key file"),
        (Tablet::new(&office.plan_file(PLAN)).card("x").into_bytes(), "not a key file"),
    ] {
        clerk.pick("Key file", &[file("wrong.minping-keys", content)]).await;
        browser.until_text("wrong.minping-keys").await;
        pass(clerk, "whatever").await;
        browser.until_text(message).await;
    }
    clerk.pick("Key file", &[file("office.minping-keys", fs::read(office.keys()).expect("the keys"))]).await;
    browser.until_text("office.minping-keys").await;
    pass(clerk, "").await;
    browser.until_text("Type the passphrase").await;
    pass(clerk, "not the passphrase").await;
    browser.until_text("The passphrase is wrong").await;
    clerk.look("keys with a wrong passphrase").await;

    // Another office's keys open, and are told apart at once; nothing can be signed with them.
    clerk.open_keys(stranger).await;
    browser.until_text("These keys are not the keys of the chosen plan").await;
    clerk.look("the keys of another office").await;
    clerk.page("roster").await;
    browser.until_text("Keys of another plan").await;
    assert_eq!(browser.eval("return document.querySelectorAll('.card textarea').length").await, 0);
    clerk.page("keys").await;
    browser.click_text("Close the keys").await;
    clerk.open_keys(office).await;
    browser.until_text("Fits the plan").await;
}

async fn pass(clerk: &Clerk, passphrase: &str) {
    clerk
        .browser
        .eval_with(
            "const input = document.querySelector('form input[type=password]');
             input.value = given; input.dispatchEvent(new Event('input', { bubbles: true }))",
            Value::from(passphrase),
        )
        .await;
    clerk.browser.click("form button[type=submit]").await;
}

async fn rosters(clerk: &Clerk, office: &Office, stranger: &Office) {
    let browser = &clerk.browser;
    let other = crate::harness::clerk::new_roster(stranger, PLAN);
    let foreign = crate::harness::clerk::new_roster(office, "county-transport");
    clerk.page("roster").await;
    for (content, message) in [
        (b"no roster".to_vec(), "This is no roster file"),
        (other.into_bytes(), "not signed with this plan's keys"),
        (foreign.into_bytes(), "This is the roster of another plan"),
        (vec![0xff, 0], "This is no text file"),
    ] {
        clerk.pick("Open a signed roster file", &[file("x.minping-roster", content)]).await;
        browser.until_text(message).await;
        browser.until_text("No device is enrolled yet").await;
    }
    clerk.look("a roster that is refused").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_file_is_refused_with_what_to_do_and_nothing_changes_in_chromium() {
    refuse(Engine::Chromium).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_file_is_refused_with_what_to_do_and_nothing_changes_in_firefox() {
    refuse(Engine::Firefox).await;
}
