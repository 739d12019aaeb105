//! A new version of a plan while interviews are open: said in words, new interviews start on it, one open interview is taken over
//! (and back, and over again), one finishes on its own; each version's records are counted by their own plan.

use crate::canvassing::{begin, enrol, finish, make_card, open_app, plan_route, visit};
use crate::carrying::give;
use crate::harness::office::{expect_done, program};
use crate::harness::{Browser, Engine, Office};
use serde_json::{Value, json};
use std::ffi::OsStr;
use std::path::Path;

const PLAN: &str = "county-transport";

/// Publishes the next version: one question is asked under another name, one in other words. The digits to compare where it is a file.
fn publish_next(office: &Office) -> String {
    publish_as(office, PLAN, "2026.2", |plan| {
        let items = &mut plan["questionnaires"][0]["items"][0]["items"];
        items[0]["label"]["en"] = json!("Serving people: how satisfied are you?");
        assert_eq!(items[7]["name"], "integrity");
        items[7]["name"] = json!("probity");
        let after = &mut plan["questionnaires"][0]["items"][1]["items"][0]["relevant"];
        *after = json!(after.as_str().expect("a condition").replace("${integrity}", "${probity}"));
    })
}

/// Publishes a version of a plan of the office, changed so. The digits to compare where it is a file.
pub fn publish_as(office: &Office, plan: &str, version: &str, change: impl Fn(&mut Value)) -> String {
    let folder = office.folder();
    let source = std::fs::read_to_string(folder.join(format!("{plan}.json"))).expect("the plan that was published");
    let mut plan: Value = serde_json::from_str(&source).expect("JSON");
    plan["version"] = json!(version);
    change(&mut plan);
    let next = folder.join("next.json");
    std::fs::write(&next, plan.to_string()).expect("the next version is written");
    let (app, keys, data) = (office.app(), office.keys(), folder.join("data"));
    let shown = program([OsStr::new("serve"), OsStr::new("--show-key"), OsStr::new("--data"), data.as_os_str()]);
    let receipt_key = expect_done(&shown).trim().to_owned();
    let words: [&OsStr; 10] = [
        "plan".as_ref(),
        "publish".as_ref(),
        next.as_ref(),
        "--keys".as_ref(),
        keys.as_ref(),
        "--receiver=api/".as_ref(),
        "--receiver-key".as_ref(),
        receipt_key.as_ref(),
        "--app".as_ref(),
        app.as_ref(),
    ];
    let told = expect_done(&program(words));
    let line = told.lines().find(|line| line.contains("digits of this plan file")).expect("the digits");
    line.rsplit(": ").next().expect("digits").to_owned()
}

/// Gives the first answer to so many questions of the section, and pauses.
async fn answer_and_pause(browser: &Browser, questions: usize) {
    browser
        .eval_with(
            "const open = [...document.querySelectorAll('.interview fieldset')].filter((f) => !f.querySelector('input:checked'));
             for (const f of open.slice(0, given)) f.querySelector('input').click()",
            json!(questions),
        )
        .await;
    browser.until_text("Saved").await;
    browser.click_text("Pause").await;
    browser.until_text(&format!("{questions} of 10 answered")).await;
}

/// How many grades of one version were counted, unit by unit.
fn counted(office: &Office, plan: &Path, roster: &Path) -> Vec<u64> {
    let (batches, keys) = (office.batches(), office.keys());
    let words: [&OsStr; 10] = [
        "tally".as_ref(),
        batches.as_ref(),
        "--plan".as_ref(),
        plan.as_ref(),
        "--keys".as_ref(),
        keys.as_ref(),
        "--roster".as_ref(),
        roster.as_ref(),
        "--format".as_ref(),
        "json".as_ref(),
    ];
    // Exit code 1: the other version's batch is kept apart, and told.
    let output = program(words);
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(told.contains("other version") || told.contains("version"), "{told}");
    let rows: Value = serde_json::from_slice(&output.stdout).unwrap_or_else(|error| panic!("{error}: {told}"));
    let rows = rows.as_array().expect("a list of rows");
    rows.iter().filter_map(|row| row["n"].as_u64().or_else(|| row["n"].as_str()?.parse().ok())).collect()
}

async fn update(engine: Engine) {
    let office = Office::open(&[PLAN]).await;
    let browser = open_app(engine, &office).await;
    let roster = enrol(&office, PLAN, &make_card(&browser, &office).await);
    visit(&browser, &office, "/").await;
    browser.until_text("Works offline").await;
    let (old_route, old_file) = (plan_route(&office, PLAN), office.plan_file(PLAN));
    visit(&browser, &office, &old_route).await;
    begin(&browser).await;
    answer_and_pause(&browser, 3).await;
    begin(&browser).await;
    answer_and_pause(&browser, 8).await;

    publish_next(&office);
    let new_route = plan_route(&office, PLAN);
    assert_ne!(old_route, new_route);
    visit(&browser, &office, "/").await;
    browser.until_text("Version 2026.2").await;
    browser
        .until(
            "the new version is here",
            "return document.querySelector('.plan-card').textContent.includes('Works offline')",
        )
        .await;
    // A bookmark of the telephone desk leads to the version on which interviews start.
    visit(&browser, &office, &format!("{old_route}/calls")).await;
    let desk = format!("return location.hash === '#{new_route}/calls'");
    browser.until("the desk of the new version", &desk).await;
    visit(&browser, &office, &old_route).await;
    browser.until_text("There is a new version of this evaluation: 2026.2").await;
    assert_eq!(browser.eval("return document.querySelectorAll('#new-interview').length").await, 0, "none begins here");
    browser.click_text("See what changed").await;
    browser.until_text("From version 2026.1 to 2026.2").await;
    browser.until_text("became “Serving people: how satisfied are you?”").await;
    browser.expect_accessible("the old version with a new one announced").await;

    // What would become of each answer, before anything is done.
    browser.click(".move-version").await;
    browser.until_text("Answers that carry over: 7").await;
    browser.until_text_in("dialog[open] .fallen", "the new version does not ask it").await;
    browser.until_text_in("dialog[open]", "Serving people").await;
    browser.expect_accessible("what taking an interview over means").await;
    browser.click("dialog[open] .primary").await;
    browser.until_shown(".interview").await;
    browser
        .until("the new version's question is there", "return document.body.textContent.includes('Serving people')")
        .await;
    assert_eq!(browser.eval("return document.querySelectorAll('.interview input:checked').length").await, 7);
    browser.click_text("Pause").await;
    browser.until_text("taken over from version 2026.1").await;
    browser.until_text("7 of 10 answered").await;

    // The browser dies; what it was before is still there, and comes back whole.
    let profile = browser.kill();
    let browser = Browser::open_on(engine, profile).await;
    visit(&browser, &office, &new_route).await;
    browser.eval("localStorage.setItem('minping.language', 'en')").await;
    browser.reload().await;
    browser.until_text("Unfinished on version 2026.1: 1").await;
    browser.click(".back-version").await;
    browser.expect_accessible("the question whether it is taken back").await;
    browser.click("dialog[open] .danger").await;
    browser.until_text("There is a new version of this evaluation").await;
    browser.until_text("8 of 10 answered").await;
    browser.until_text("3 of 10 answered").await;

    // Over again, and finished there; the other one finishes on its own version.
    browser
        .eval(
            "const row = [...document.querySelectorAll('.list-row')].find((r) => r.textContent.includes('8 of 10'));
             row.querySelector('.move-version').click()",
        )
        .await;
    browser.until_text("Answers that carry over: 7").await;
    browser.click("dialog[open] .primary").await;
    browser.until_shown(".interview").await;
    browser
        .until("the new version's question is there", "return document.body.textContent.includes('Serving people')")
        .await;
    finish(&browser).await;
    visit(&browser, &office, &old_route).await;
    browser.until_text("3 of 10 answered").await;
    browser.click_text("Continue").await;
    browser.until_shown(".interview").await;
    finish(&browser).await;
    // The next person is asked on the new version.
    browser.click_text("Next person").await;
    browser.until_text("Version 2026.2").await;
    browser.until_shown("#new-interview").await;
    for route in [&old_route, &new_route] {
        visit(&browser, &office, route).await;
        browser.until_text("1 finished and 0 discarded").await;
        browser.click(".hand-over").await;
        browser.until_text("Everything was received").await;
    }
    assert_eq!(office.received().len(), 2);
    let kept = browser.eval("return JSON.stringify(localStorage)").await;
    assert!(!kept.as_str().unwrap_or_default().contains("draft/"), "no draft is left: {kept}");
    browser.expect_no_errors().await;
    assert_eq!(counted(&office, &old_file, &roster), [8], "the interview that finished on the old version");
    assert_eq!(counted(&office, &office.plan_file(PLAN), &roster), [8], "the one that was taken over");
}

/// A matrix of which the next version asks one cell less, by itself: that cell falls away and comes back.
async fn matrix(engine: Engine) {
    let office = Office::open(&[PLAN]).await;
    let grid = |left_out: Option<&'static str>| {
        move |plan: &mut Value| {
            let items = plan["questionnaires"][0]["items"][0]["items"].as_array_mut().expect("questions");
            let grades: Vec<Value> = items.iter().filter(|item| item["type"] == "grade").cloned().collect();
            let names = grades.iter().map(|item| item["indicator"].as_str().expect("an indicator"));
            let kept: Vec<&str> = names.filter(|name| Some(*name) != left_out).collect();
            let mut now =
                vec![json!({ "type": "grade_matrix", "name": "grid", "scale": "five", "units": ["transport-office"],
                "indicators": kept, "label": { "zh": "各方面", "en": "All areas" } })];
            now.extend(grades.iter().filter(|item| item["indicator"].as_str() == left_out).cloned());
            *items = now;
            let after = plan["questionnaires"][0]["items"][1]["items"][0].as_object_mut().expect("a question");
            after.remove("relevant");
        }
    };
    publish_as(&office, PLAN, "2026.2", grid(None));
    let browser = open_app(engine, &office).await;
    visit(&browser, &office, "/").await;
    browser.until_text("Works offline").await;
    let old_route = plan_route(&office, PLAN);
    visit(&browser, &office, &old_route).await;
    begin(&browser).await;
    let grade = "const groups = [...new Set([...document.querySelectorAll('.interview input[type=radio]')].map((i) => i.name))];
        const of = (name) => [...document.querySelectorAll('.interview input[type=radio]')].filter((i) => i.name === name);
        const open = groups.filter((name) => !of(name).some((i) => i.checked));
        for (const name of open.slice(0, given)) of(name)[0].click(); return open.length";
    assert_eq!(browser.eval_with(grade, json!(2)).await, 8, "a cell each");
    browser.until_text("Saved").await;
    browser.click_text("Pause").await;
    browser.until_shown("#new-interview").await;

    publish_as(&office, PLAN, "2026.3", grid(Some("lawful")));
    visit(&browser, &office, "/").await;
    browser.until_text("Version 2026.3").await;
    browser
        .until(
            "the new version is here",
            "return document.querySelector('.plan-card').textContent.includes('Works offline')",
        )
        .await;
    visit(&browser, &office, &old_route).await;
    browser.click(".move-version").await;
    browser.until_text_in("dialog[open] .fallen", "Acting by the law").await;
    browser.until_text_in("dialog[open] .fallen", "the new version does not ask it").await;

    browser.until_text_in("dialog[open] .fallen", "Acting by the law").await;
    browser.click("dialog[open] .primary").await;
    browser.until_shown(".interview").await;
    let checked = "return document.querySelectorAll('.interview input[type=radio]:checked').length";
    browser.until("one of two cells went along", &format!("{checked} === 1")).await;
    browser.click_text("Pause").await;
    browser.until_text("taken over from version 2026.2").await;

    // Back, with the fallen one.
    browser.click(".back-version").await;
    browser.click("dialog[open] .danger").await;
    browser.until_shown(".move-version").await;
    browser.click_text("Continue").await;
    browser.until_shown(".interview").await;
    browser.until("both cells are back", &format!("{checked} === 2")).await;
    browser.expect_no_errors().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_matrix_goes_to_a_new_version_and_back_with_the_cell_that_fell_away_in_chromium() {
    matrix(Engine::Chromium).await;
}

/// What is taken over is what the interview holds now, not what it held when the question was opened in this window.
async fn two_windows(engine: Engine) {
    let office = Office::open(&[PLAN]).await;
    let browser = open_app(engine, &office).await;
    visit(&browser, &office, "/").await;
    browser.until_text("Works offline").await;
    let old_route = plan_route(&office, PLAN);
    visit(&browser, &office, &old_route).await;
    begin(&browser).await;
    answer_and_pause(&browser, 2).await;
    publish_next(&office);
    visit(&browser, &office, "/").await;
    browser.until_text("Version 2026.2").await;
    browser
        .until(
            "the new version is here",
            "return document.querySelector('.plan-card').textContent.includes('Works offline')",
        )
        .await;
    visit(&browser, &office, &old_route).await;
    browser.click(".move-version").await;
    browser.until_text_in("dialog[open]", "Answers that carry over: 2").await;
    let first = browser.client.window().await.expect("the window");

    // Another window goes on with it meanwhile, and holds it.
    let other = browser.client.new_window(true).await.expect("another window").handle;
    browser.client.switch_to_window(other.clone()).await.expect("another window");
    visit(&browser, &office, &old_route).await;
    browser.click_text("Continue").await;
    browser.until_shown(".interview").await;
    browser.client.switch_to_window(first.clone()).await.expect("the first window");
    browser.until_text_in("dialog[open]", "Answers that carry over: 2").await;
    browser.click("dialog[open] .primary").await;
    browser.until_text_in("dialog[open] [role=alert]", "open in another window").await;
    browser.client.switch_to_window(other).await.expect("another window");
    browser
        .eval(
            "const open = [...document.querySelectorAll('.interview fieldset')].filter((f) => !f.querySelector('input:checked'));
             for (const f of open.slice(0, 3)) f.querySelector('input').click()",
        )
        .await;
    browser.until_text("Saved").await;
    browser.click_text("Pause").await;
    browser.until_text("5 of 10 answered").await;

    // Now it is free, and not what was shown: it is shown anew and asked again.
    browser.client.switch_to_window(first).await.expect("the first window");
    browser.until_text_in("dialog[open]", "Answers that carry over").await;
    browser.click("dialog[open] .primary").await;
    browser.until_text_in("dialog[open] [role=alert]", "has gone on in another window").await;
    browser.until_text_in("dialog[open]", "Answers that carry over: 5").await;
    browser.expect_accessible("the take-over that is asked again").await;
    browser.click("dialog[open] .primary").await;
    browser.until_shown(".interview").await;
    browser
        .until("the new version's question is there", "return document.body.textContent.includes('Serving people')")
        .await;
    assert_eq!(browser.eval("return document.querySelectorAll('.interview input:checked').length").await, 5);
    browser.expect_no_errors().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_taken_over_is_what_another_window_left_in_chromium() {
    two_windows(Engine::Chromium).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_taken_over_is_what_another_window_left_in_firefox() {
    two_windows(Engine::Firefox).await;
}

/// A tablet that the site does not reach takes the new version from a file, and none of another office.
async fn by_file(engine: Engine) {
    let office = Office::open(&[PLAN]).await;
    let other = Office::open(&[PLAN]).await;
    let browser = open_app(engine, &office).await;
    browser.until_text("Works offline").await;
    browser.until_offline_ready().await;
    let old_route = plan_route(&office, PLAN);
    let digits = publish_next(&office);
    let next = std::fs::read_to_string(office.plan_file(PLAN)).expect("the published plan");
    office.network.cut();
    visit(&browser, &office, "/").await;
    browser.reload().await;
    let file = |office: &Office| {
        let text = std::fs::read_to_string(office.plan_file(PLAN)).expect("the published plan");
        ("county.json".to_owned(), text)
    };
    browser.until_shown(".plan-file button").await;
    give(&browser, "Open a plan file", &[("notes.json".into(), "{}".into())]).await;
    browser.until_text("This is no plan that an office published").await;
    publish_next(&other);
    browser.until_shown(".plan-file button").await;
    give(&browser, "Open a plan file", &[file(&other)]).await;
    browser.until_text("its office keys are others").await;
    visit(&browser, &office, &old_route).await;
    browser.until_shown("#new-interview").await;
    visit(&browser, &office, "/").await;
    browser.until_shown(".plan-file button").await;
    // The same public keys, and another receiver: whoever compares the digits sees that it is not the office's.
    let changed = next.replace("api/", "https://elsewhere.example/api/");
    assert_ne!(changed, next);
    give(&browser, "Open a plan file", &[("county.json".to_owned(), changed)]).await;
    browser.until_text_in("dialog[open]", "it sends answers elsewhere than version 2026.1").await;
    let shown = browser.eval("return document.querySelector('dialog[open] .digits').textContent").await;
    assert_ne!(shown, json!(digits));
    browser.click("dialog[open] .button:not(.primary)").await;
    browser.until("the question is gone", "return !document.querySelector('dialog[open]')").await;
    give(&browser, "Open a plan file", &[file(&office)]).await;
    browser.until_text_in("dialog[open]", "New interviews start on version 2026.1 now").await;
    browser.until_text_in("dialog[open] .digits", &digits).await;
    browser.expect_accessible("the digits of a plan file").await;
    browser.screenshot("plan-file").await;
    browser.click("dialog[open] .primary").await;
    browser.until_text("Version 2026.2 of").await;
    visit(&browser, &office, &old_route).await;
    browser.until_text("New interviews start on version 2026.2").await;
    // Whoever thinks better of it goes on with the old one, and takes the file again: that it is known now, and asked about all the same.
    browser.click(".stay-version").await;
    browser.until_shown("#new-interview").await;
    visit(&browser, &office, "/").await;
    browser.until_shown(".plan-file button").await;
    give(&browser, "Open a plan file", &[file(&office)]).await;
    browser.until_text_in("dialog[open]", "Once this is taken, they start on version 2026.2").await;
    assert_eq!(browser.eval("return document.querySelectorAll('dialog[open] .digits').length").await, 0);
    browser.click("dialog[open] .primary").await;
    browser.until_text("Version 2026.2 of").await;
    visit(&browser, &office, &old_route).await;
    browser.click_text("Use the new version").await;
    browser.until_text("Version 2026.2").await;
    begin(&browser).await;
    answer_and_pause(&browser, 2).await;
    browser.expect_no_errors().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_version_comes_as_a_file_without_a_network_in_chromium() {
    by_file(Engine::Chromium).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_open_interview_is_taken_over_to_a_new_version_or_finishes_on_its_own_in_chromium() {
    update(Engine::Chromium).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_open_interview_is_taken_over_to_a_new_version_or_finishes_on_its_own_in_firefox() {
    update(Engine::Firefox).await;
}
