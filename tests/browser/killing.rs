//! The real app, killed the moment its screen says "saved", and opened again without a network.
//! `MINPING_DURABILITY_WHOLE=1` makes it many times.

use crate::harness::{Browser, Engine, Office, Site};
use serde_json::json;
use std::time::{Duration, SystemTime};

/// The answers of the first unit, as the screen shows them.
const SHOWN: &str =
    "return [0, 1, 2, 3].map((column) => document.querySelector(`[name='i1-r0c${column}']:checked`)?.value ?? null)";

async fn open(engine: Engine, link: &str, profile: Option<crate::harness::Profile>) -> Browser {
    let browser = match profile {
        Some(profile) => Browser::open_on(engine, profile).await,
        None => Browser::open(engine).await,
    };
    browser.goto(link).await;
    browser.until_shown(".welcome").await;
    browser.click(".welcome .actions .primary").await;
    browser.until_shown(".interview").await;
    browser
}

async fn killed_when_saved(engine: Engine) {
    let office = Office::open(&["city-units"]).await;
    let link = office.link("city-units", &[]);
    let mut browser = open(engine, &link, None).await;
    browser.until_offline_ready().await;
    office.network.cut();
    let mut expected = [json!(null), json!(null), json!(null), json!(null)];
    let kills = if std::env::var_os("MINPING_DURABILITY_WHOLE").is_some() { 25 } else { 2 };
    for kill in 0..kills {
        let (column, grade) = (kill % 4, (kill / 4 + kill) % 4);
        browser.eval(&format!("document.querySelectorAll(`[name='i1-r0c{column}']`)[{grade}].click()")).await;
        expected[column] = json!(grade.to_string());
        browser.until_shown(".saved.done").await;
        let moment = SystemTime::UNIX_EPOCH.elapsed().expect("after 1970").subsec_micros() % 50;
        tokio::time::sleep(Duration::from_millis(moment.into())).await;
        let profile = browser.kill();
        browser = open(engine, &link, Some(profile)).await;
        browser.until_shown("[name='i1-r0c0']").await;
        assert_eq!(browser.eval(SHOWN).await, json!(expected), "{engine:?}, after kill {kill}");
    }
    browser.expect_no_errors().await;
    println!(
        "durability | the app killed 0–50 ms after its screen said saved, opened offline | {engine:?} | {kills} | 0 lost"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_that_the_screen_calls_saved_survives_a_kill_in_chromium() {
    killed_when_saved(Engine::Chromium).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_that_the_screen_calls_saved_survives_a_kill_in_firefox() {
    killed_when_saved(Engine::Firefox).await;
}

/// Killed in the moment in which the app has said that it works without a network, with no second visit.
async fn killed_when_installed(engine: Engine) {
    let site = Site::open().await;
    let kills = if std::env::var_os("MINPING_DURABILITY_WHOLE").is_some() { 20 } else { 1 };
    for kill in 0..kills {
        let browser = Browser::open(engine).await;
        browser.goto(&site.url("field.html")).await;
        browser.until_offline_ready().await;
        let profile = browser.kill();
        site.network.cut();
        let browser = Browser::open_on(engine, profile).await;
        assert!(browser.try_goto(&site.url("field.html#/")).await, "{engine:?}, after kill {kill}: no page");
        browser.until_app().await;
        browser.expect_no_errors().await;
        site.network.restore();
    }
    println!("durability | offline start after a kill right after install | {engine:?} | {kills} | {kills} started");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_app_that_is_killed_right_after_it_was_installed_starts_offline_in_chromium() {
    killed_when_installed(Engine::Chromium).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_app_that_is_killed_right_after_it_was_installed_starts_offline_in_firefox() {
    killed_when_installed(Engine::Firefox).await;
}
