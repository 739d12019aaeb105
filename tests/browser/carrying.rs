//! Batches that another tablet carries, receipts that come back, the list that the office compares, and a device that is given back.

use crate::canvassing::{begin, enrol, finish, make_card, open_app, plan_route, visit};
use crate::harness::office::{expect_done, program};
use crate::harness::profile::Profile;
use crate::harness::{Browser, Engine, Office};
use serde_json::{Value, json};

const PLAN: &str = "county-transport";

/// Presses a button by its class or the beginning of its text, and answers what the page hands to the browser to save: names and texts.
async fn saved(browser: &Browser, button: &str) -> Vec<(String, String)> {
    let files = browser
        .eval_with(
            "const made = []; const real = URL.createObjectURL;
             URL.createObjectURL = (b) => { made.push(b); return real.call(URL, b) };
             (given.startsWith('.') ? document.querySelector(given)
                 : [...document.querySelectorAll('button')].find((b) => b.textContent.startsWith(given))).click();
             for (let i = 0; i < 100 && !made.length; i++) await new Promise((r) => setTimeout(r, 20));
             URL.createObjectURL = real;
             return await Promise.all(made.map(async (b) => [b.name, await b.text()]))",
            json!(button),
        )
        .await;
    serde_json::from_value(files).expect("names and texts")
}

/// Presses a button by the beginning of its text and gives it these files.
pub async fn give(browser: &Browser, button: &str, files: &[(String, String)]) {
    browser
        .eval_with(
            "const real = HTMLElement.prototype.click;
             HTMLInputElement.prototype.click = function () {
                 if (this.type !== 'file') return real.call(this);
                 const transfer = new DataTransfer();
                 for (const [name, text] of given[1]) transfer.items.add(new File([text], name));
                 this.files = transfer.files;
                 this.dispatchEvent(new Event('change'));
             };
             [...document.querySelectorAll('button')].find((b) => b.textContent.startsWith(given[0])).click();",
            json!([button, files]),
        )
        .await;
}

/// Opens the outbox on what a killed browser left; its language is no more than a preference, and is set again.
async fn reopen(engine: Engine, office: &Office, profile: Profile) -> Browser {
    let browser = Browser::open_on(engine, profile).await;
    visit(&browser, office, "/stock").await;
    browser.eval("localStorage.setItem('minping.language', 'en')").await;
    browser.reload().await;
    browser.until_app().await;
    browser
}

async fn carried(engine: Engine) {
    let office = Office::open(&[PLAN]).await;
    let maker = open_app(engine, &office).await;
    let roster = enrol(&office, PLAN, &make_card(&maker, &office).await);
    visit(&maker, &office, "/").await;
    maker.until_text("Works offline").await;
    maker.until_offline_ready().await;

    // Out without a network: one interview is finished and packed, one is left open; the tablet dies.
    office.network.cut();
    visit(&maker, &office, &plan_route(&office, PLAN)).await;
    begin(&maker).await;
    finish(&maker).await;
    maker.click_text("Next person").await;
    maker.until_shown(".interview").await;
    maker.click_text("Pause").await;
    maker.until_text("1 finished and 0 discarded").await;
    maker.click(".hand-over").await;
    maker.until_text("Waiting to be sent").await;
    let profile = maker.kill();
    let maker = reopen(engine, &office, profile).await;
    maker.until_text_in(".tiles", "Batches: 1 · interviews: 1").await;
    maker.until_text("Unfinished: 1").await;
    maker.until_text("The receiver did not answer").await;
    maker.expect_accessible("the outbox with a batch that waits").await;
    visit(&maker, &office, "/leave").await;
    maker.until_text("batches without a receipt: 1").await;
    maker.until_text("unfinished interviews: 1").await;
    maker.expect_accessible("what stands in the way of giving the device back").await;
    assert_eq!(maker.eval("return document.querySelectorAll('.clear').length").await, 0, "nothing may be cleared");
    visit(&maker, &office, "/stock").await;
    let files = saved(&maker, "Save the waiting batches").await;
    assert_eq!(files.len(), 1);
    assert!(files[0].0.ends_with(".minping"), "{}", files[0].0);
    let profile = maker.kill();

    // Another tablet has a network. It takes the file in once, sends it, and has the receipt.
    office.network.restore();
    let carrier = open_app(engine, &office).await;
    visit(&carrier, &office, "/stock").await;
    carrier.until_text("No batch is waiting").await;
    let cut = (files[0].0.clone(), files[0].1[..files[0].1.len() - 9].to_owned());
    give(&carrier, "Take in another tablet", &[cut]).await;
    carrier.until_text("is no whole batch").await;
    assert_eq!(office.received(), Vec::<String>::new());
    give(&carrier, "Take in another tablet", &files).await;
    carrier.until_text("Batches taken in: 1").await;
    let tile = "return [...document.querySelectorAll('.tiles > *')].some((tile) =>
        tile.innerText.includes('Receipted') && tile.innerText.includes('Batches: 1'))";
    carrier.until("the receipt", tile).await;
    carrier.until_text("Nothing waits to be sent").await;
    assert_eq!(office.received().len(), 1);
    give(&carrier, "Take in another tablet", &files).await;
    carrier.until_text("here already: 1").await;
    carrier.expect_accessible("the outbox of a tablet that carried a batch").await;
    let receipts = saved(&carrier, "Save the receipts").await;
    carrier.expect_no_errors().await;
    drop(carrier);

    // Back, still without a network: the tablet that made it learns that it arrived, by the receipt alone.
    office.network.cut();
    let maker = reopen(engine, &office, profile).await;
    maker.until_text_in(".tiles", "In a batch, not sent").await;
    give(&maker, "Take in receipts", &[("r.minping-receipts".into(), "not.a.receipt\n".into())]).await;
    maker.until_text("not of this device, or not valid: 1").await;
    give(&maker, "Take in receipts", &receipts).await;
    maker.until_text("Receipts verified and kept: 1").await;
    maker.until_text("Nothing waits to be sent").await;
    let list = saved(&maker, ".save-list").await;
    let list = list.iter().find(|(name, _)| name.ends_with(".minping-sent")).expect("the list").clone();
    let parsed: Value = serde_json::from_str(&list.1).expect("JSON");
    assert_eq!(parsed["plans"][0]["batches"][0]["state"], "received");
    assert_eq!(parsed["plans"][0]["unfinished"], 1);

    // The open interview is in the way; discarded and handed over by file, it is not.
    visit(&maker, &office, &plan_route(&office, PLAN)).await;
    maker.click_text("Discard").await;
    maker.click_text("Opened by mistake").await;
    maker.click("dialog[open] .danger").await;
    maker.until_text("0 finished and 1 discarded").await;
    maker.click(".hand-over").await;
    maker.until_text("Waiting to be sent").await;
    maker.click_text("The file is in safe hands").await;
    maker.click("dialog[open] .primary").await;
    maker.until_text("File handed on").await;
    visit(&maker, &office, "/leave").await;
    maker.until_text("The device may be cleared").await;
    maker.until_text("of which you confirmed").await;
    assert_eq!(maker.eval("return document.querySelector('.clear').disabled").await, true, "the list comes first");
    // What the log's files hold, byte by byte: the batch that this device signed is in them.
    let batch = &files[0].1.trim()[..120];
    let in_the_log = "const root = await navigator.storage.getDirectory(); let found = 0;
        const walk = async (folder) => { for await (const one of folder.values())
            if (one.kind === 'directory') await walk(one);
            else if ((await (await one.getFile()).text()).includes(given)) found++ };
        await walk(root); return found > 0";
    assert_eq!(maker.eval_with(in_the_log, json!(batch)).await, true);
    let last = saved(&maker, ".save-list").await;
    maker.until("the clearing is offered", "return !document.querySelector('.clear').disabled").await;
    maker.click(".clear").await;
    maker.expect_accessible("the question whether the device is cleared").await;
    maker.click("dialog[open] .danger").await;
    maker.until_text("Cleared. The device may be given back").await;
    assert_eq!(maker.eval_with(in_the_log, json!(batch)).await, false, "no byte of it is left in the log");
    maker.reload().await;
    visit(&maker, &office, "/stock").await;
    maker.until_text("No interview was finished on this device yet").await;
    maker.until_text("No device card").await;
    drop(maker);
    office.network.restore();

    // The office compares: the first list agrees but for what was open; the last names a batch that never came.
    let folder = office.folder();
    for (name, (_, text)) in [("first.minping-sent", &list), ("last.minping-sent", &last[0])] {
        std::fs::write(folder.join(name), text).expect("the list is written");
    }
    let (plan, batches) = (office.plan_file(PLAN), office.batches());
    let compare = |name: &str| {
        program([
            "sent".as_ref(),
            batches.as_os_str(),
            "--plan".as_ref(),
            plan.as_os_str(),
            "--roster".as_ref(),
            roster.as_os_str(),
            "--format".as_ref(),
            "json".as_ref(),
            "--list".as_ref(),
            folder.join(name).as_os_str(),
        ])
    };
    let found = |output: &std::process::Output| -> Vec<String> {
        let rows: Vec<Value> = serde_json::from_slice(&output.stdout).expect("JSON");
        rows.iter().map(|row| row["found"].as_str().unwrap_or_default().to_owned()).collect()
    };
    assert_eq!(found(&compare("first.minping-sent")), ["equal"]);
    assert_eq!(found(&compare("last.minping-sent")), ["equal", "missing"]);
    let tally = program([
        "open".as_ref(),
        batches.as_os_str(),
        "--plan".as_ref(),
        plan.as_os_str(),
        "--roster".as_ref(),
        roster.as_os_str(),
    ]);
    expect_done(&tally);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_batch_carried_by_another_tablet_arrives_and_both_know_in_chromium() {
    carried(Engine::Chromium).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_batch_carried_by_another_tablet_arrives_and_both_know_in_firefox() {
    carried(Engine::Firefox).await;
}

/// What cannot be read goes out as it is; once that is confirmed, the device can be given back all the same.
async fn damaged(engine: Engine) {
    let office = Office::open(&[PLAN]).await;
    let browser = open_app(engine, &office).await;
    browser.eval("localStorage.setItem('minping:field:draft/torn', 'half of what was typed')").await;
    browser.reload().await;
    browser.until_app().await;
    visit(&browser, &office, "/leave").await;
    browser.until_text("Entries that cannot be read: 1").await;
    assert_eq!(browser.eval("return document.querySelectorAll('.clear').length").await, 0, "nothing may be cleared");
    assert_eq!(
        browser.eval("return document.querySelector('.confirm-strays').disabled").await,
        true,
        "the file comes first"
    );
    browser.expect_accessible("what cannot be read").await;
    let files = saved(&browser, ".save-strays").await;
    assert!(files[0].0.starts_with("minping-rescue-unreadable-"), "{}", files[0].0);
    assert!(files[0].1.contains("half of what was typed"), "as it is: {}", files[0].1);
    browser.until("it can be confirmed", "return !document.querySelector('.confirm-strays').disabled").await;
    browser.click(".confirm-strays").await;
    browser.until_text_in("dialog[open]", "Confirm only when the office has the file").await;
    browser.click("dialog[open] .danger").await;
    browser.until_text("The device may be cleared").await;
    browser.until("no card of what cannot be read", "return !document.querySelector('.strays')").await;
    // Another torn entry is in nobody's hands.
    browser.eval("localStorage.setItem('minping:field:draft/other', 'torn as well')").await;
    browser.reload().await;
    browser.until_app().await;
    browser.until_text("Entries that cannot be read: 1").await;
    saved(&browser, ".save-strays").await;
    browser.until("it can be confirmed", "return !document.querySelector('.confirm-strays').disabled").await;
    browser.click(".confirm-strays").await;
    browser.until_shown("dialog[open] .danger").await;
    browser.click("dialog[open] .danger").await;
    browser.until_shown(".clear").await;
    browser.click(".clear").await;
    browser.until_shown("dialog[open] .danger").await;
    browser.click("dialog[open] .danger").await;
    browser.until_text("Cleared. The device may be given back").await;
    browser.expect_no_errors().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_read_does_not_keep_a_device_for_ever_in_chromium() {
    damaged(Engine::Chromium).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_read_does_not_keep_a_device_for_ever_in_firefox() {
    damaged(Engine::Firefox).await;
}
