//! What a clerk decides about a batch and a record: signed, in force after a reload, in the report, and the same for the
//! program.

use crate::harness::office::program;
use crate::harness::{Clerk, Engine, Office, Tablet, file};
use serde_json::{Value, json};
use std::ffi::OsStr;
use std::fs;

const PLAN: &str = "study-practice";
const TITLE: &str = "Study and practice campaign";

async fn counted(clerk: &Clerk, number: u64) {
    let body = format!("return [...document.querySelectorAll('.tile dd')][0]?.innerText === '{number}'");
    clerk.browser.until(&format!("{number} records to count"), &body).await;
}

async fn decide(clerk: &Clerk, reason: &str, by: Option<&str>) {
    clerk.fill("dialog[open] textarea", reason).await;
    if let Some(by) = by {
        clerk.fill("dialog[open] input[autocomplete=name]", by).await;
    }
    clerk.browser.click("dialog[open] button[type=submit]").await;
}

async fn decides(engine: Engine) {
    let office = Office::open(&[PLAN]).await;
    let mut known = Tablet::new(&office.plan_file(PLAN));
    let mut stranger = Tablet::new(&office.plan_file(PLAN));
    let files = [
        file("known.minping", known.hand_over(&["satisfied", "satisfied", "dissatisfied"], None).text),
        file("stranger.minping", stranger.hand_over(&["satisfied", "dissatisfied"], None).text),
    ];
    let clerk = Clerk::open(engine, &office.url("office.html")).await;
    let browser = &clerk.browser;
    clerk.choose_plan(TITLE).await;
    // Nobody signs without keys: first they are told.
    clerk.open_batches(&files).await;
    browser.click_text("Leave a record out").await;
    browser.until_text_in("dialog[open]", "Open the office's keys first").await;
    browser.press(fantoccini::key::Key::Escape).await;
    clerk.open_keys(&office).await;
    clerk.page("roster").await;
    clerk.pick("Open a card file", &[file("known.minping-card", known.card("Known"))]).await;
    browser.click_text("They agree: enrol").await;
    browser.until_text("Issue 1, 1 devices").await;
    clerk.until_done().await;
    let roster = clerk.save("Save the roster file", &format!("{PLAN}.minping-roster")).await;
    clerk.page("batches").await;
    counted(&clerk, 3).await;
    browser.until_text("Nothing was decided so far").await;

    // Of the device that nobody enrolled.
    browser.click("button[aria-label='Let it count: stranger.minping']").await;
    clerk.look("the dialog of a decision").await;
    decide(&clerk, "", None).await;
    browser.until_text_in("dialog[open]", "Fill in the reason and who decides").await;
    decide(&clerk, "a tablet lent by the town", Some("Clerk Wu")).await;
    counted(&clerk, 5).await;
    browser.until_text("counts by decision").await;

    // One record by its id, as the program lists it.
    browser.click_text("Leave a record out").await;
    clerk.fill("dialog[open] input.mono", "short").await;
    decide(&clerk, "handed in twice on paper", None).await;
    browser.until_text_in("dialog[open]", "An id has 22 characters").await;
    let id = format!("{}00001A", &known.id.as_str()[..16]);
    clerk.fill("dialog[open] input.mono", &id).await;
    decide(&clerk, "handed in twice on paper", None).await;
    counted(&clerk, 4).await;
    assert_eq!(clerk.account().await["Left out by decision"], 1);
    clerk.look("the decisions").await;
    for (width, height) in [(360, 740), (820, 1180), (1280, 800)] {
        browser.size(width, height).await;
        browser.eval("document.querySelector('.decisions').scrollIntoView({ behavior: 'instant' })").await;
        browser.screenshot(&format!("decisions-{width}")).await;
    }

    // There again after a reload, and the program counts the same by the file.
    clerk.reload().await;
    browser.until_text(TITLE).await;
    clerk.open_keys(&office).await;
    clerk.page("batches").await;
    counted(&clerk, 4).await;
    let text = clerk.save("Save the file of decisions", &format!("{PLAN}.minping-decisions")).await;
    assert_eq!(text.lines().count(), 2);
    let folder = office.folder().join("deciding");
    fs::create_dir_all(&folder).unwrap();
    for (name, bytes) in &files {
        fs::write(folder.join(name), bytes).unwrap();
    }
    let [decisions, roster_file] = ["d.minping-decisions", "r.minping-roster"].map(|name| office.folder().join(name));
    fs::write(&decisions, &text).unwrap();
    fs::write(&roster_file, &roster).unwrap();
    let (plan, keys) = (office.plan_file(PLAN), office.keys());
    let mut words: Vec<&OsStr> = vec!["tally".as_ref(), folder.as_ref(), "--plan".as_ref(), plan.as_ref()];
    words.extend(["--keys".as_ref(), keys.as_os_str(), "--roster".as_ref(), roster_file.as_ref()]);
    words.extend(["--decisions".as_ref(), decisions.as_os_str(), "--format=json".as_ref()]);
    let output = program(words);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let rows: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(rows[0]["n"], 4, "{rows:#}");

    // In the report: with the name for the office, without it for the public.
    clerk.page("results").await;
    for kind in ["internal", "published"] {
        let saved = clerk.save("Save the report", &format!("{PLAN}-stage-2-{kind}.html")).await;
        assert!(saved.contains("a tablet lent by the town"), "{kind}");
        assert_eq!(saved.contains("Clerk Wu"), kind == "internal");
        browser.click_text("Show as published").await;
    }

    // Another office's decisions, and a line that was changed, are refused and change nothing.
    clerk.page("batches").await;
    let middle = text.len() / 4;
    let changed =
        [&text[..middle], if text.as_bytes()[middle] == b'A' { "B" } else { "A" }, &text[middle + 1..]].concat();
    clerk.pick("Open a file of decisions", &[file("changed.minping-decisions", changed)]).await;
    browser.until_text("Line 1: ").await;
    clerk.pick("Open a file of decisions", &[file("again.minping-decisions", text)]).await;
    browser.until_text("2 decisions are in force").await;
    assert_eq!(clerk.account().await["Records counted"], 4);
    assert_eq!(browser.eval("return document.querySelectorAll('.decisions tbody tr').length").await, json!(2));
    browser.expect_no_errors().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_clerk_decides_is_signed_kept_shown_and_counted_in_chromium() {
    decides(Engine::Chromium).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_clerk_decides_is_signed_kept_shown_and_counted_in_firefox() {
    decides(Engine::Firefox).await;
}
