//! The rectification ledger as a clerk works: from a score to a closed case, with a deadline over a weekend and a holiday, what is
//! overdue, a mistake corrected, a copy taken in, and all of it there again after the browser was killed.

use crate::harness::{Browser, Clerk, Engine, Office, Tablet, file};
use serde_json::json;

const PLAN: &str = "study-practice";
const TITLE: &str = "Study and practice campaign";
const SCRIPT: &str = "<img src=x onerror=\"window.broken = 1\"> too few counters";

/// Fills in the field of this label that is shown.
async fn put(clerk: &Clerk, label: &str, value: &str) {
    let quoted = json!(label);
    let find = format!(
        "const field = [...document.querySelectorAll('main label.field')].find((f) =>
             f.getClientRects().length > 0 && f.querySelector('.field-label').innerText.trim() === {quoted});
         const input = field && field.querySelector('input, select, textarea');"
    );
    clerk.browser.until(&format!("the field {label}"), &format!("{find} return !!input")).await;
    let set = "input.value = given; for (const kind of ['input', 'change']) input.dispatchEvent(new Event(kind, { bubbles: true }))";
    clerk.browser.eval_with(&format!("{find} {set}"), json!(value)).await;
}

/// Begins a step, fills in its fields and writes it down.
async fn step(clerk: &Clerk, button: &str, fields: &[(&str, &str)]) {
    clerk.browser.click_text(button).await;
    clerk.browser.until_shown("#step").await;
    for (label, value) in fields {
        put(clerk, label, value).await;
    }
    clerk.browser.click("#step button[type=submit]").await;
}

async fn until_state(clerk: &Clerk, state: &str) {
    let body = format!(
        "return [...document.querySelectorAll('.facts dd')].some((d) => d.innerText.trim() === {}) && !document.querySelector('#step')",
        json!(state)
    );
    clerk.browser.until(&format!("the state {state}"), &body).await;
}

/// Pictures on a phone, a tablet and a desk, in both languages, to be looked at.
async fn pictures(clerk: &Clerk, name: &str) {
    for language in ["zh", "en"] {
        clerk.browser.eval("document.querySelector('header [lang]').click()").await;
        for width in [360, 820, 1280] {
            clerk.browser.size(width, 2400).await;
            clerk.browser.expect_fits(name, width).await;
            clerk.browser.screenshot(&format!("rectify-{name}-{language}-{width}")).await;
        }
    }
    clerk.browser.size(1280, 800).await;
}

async fn rectify(engine: Engine) {
    let office = Office::open(&[PLAN]).await;
    let mut tablet = Tablet::new(&office.plan_file(PLAN));
    let grades: Vec<&str> = (0..40).map(|at| if at < 25 { "satisfied" } else { "dissatisfied" }).collect();
    let batch = tablet.hand_over(&grades, Some(&[SCRIPT, ", ring 13800001234"].concat())).text;
    let clerk = Clerk::open(engine, &office.url("office.html")).await;
    let browser = &clerk.browser;
    clerk.page("rectify").await;
    clerk.look("rectification without a plan").await;
    clerk.choose_plan(TITLE).await;
    clerk.page("rectify").await;
    browser.until_text("No case yet").await;
    clerk.look("an empty ledger").await;
    clerk.open_keys(&office).await;
    clerk.page("roster").await;
    clerk.pick("Open a card file", &[file("one.minping-card", tablet.card("One"))]).await;
    browser.click_text("They agree: enrol").await;
    browser.until_text("Issue 1, 1 devices").await;
    clerk.open_batches(&[file("1.minping", batch)]).await;

    // From the scores: proposed by the page, opened by the clerk.
    clerk.page("rectify").await;
    browser.click_text("From scores").await;
    browser.click_text("List").await;
    browser.until_text("Give at least one threshold.").await;
    put(&clerk, "Below", "90").await;
    browser.click_text("List").await;
    browser.until_text("1 findings. You decide which become cases.").await;
    browser.until_text("mean score 77.5 (95 % interval 68").await;
    browser.until_text("the whole interval is below").await;
    clerk.look("findings from scores").await;
    pictures(&clerk, "findings").await;
    browser.click("li .button[aria-label^='Open a case']").await;
    browser.until_shown("#opening").await;
    put(&clerk, "Name", "2025-001").await;
    browser.click("#opening button[type=submit]").await;
    browser.until_text("`by` must not be empty").await;
    put(&clerk, "Who writes this (name or post)", "Office, Wang").await;
    put(&clerk, "Day on which it happened", "2020-11-05").await;
    clerk.look("the form of a new case").await;
    browser.click("#opening button[type=submit]").await;
    until_state(&clerk, "open").await;
    let address = browser.eval("return location.href").await;

    // Days that nobody announced: Tuesday and Wednesday off, the Saturday after them worked.
    clerk.page("rectify").await;
    let days = "day,kind\n2020-11-10/2020-11-11,off\n2020-11-14,work\n";
    clerk.pick("Open a calendar file", &[file("bad.csv", "day,kind\n2020-11-31,off\n")]).await;
    browser.until_text("line 2: `2020-11-31` is no day").await;
    clerk.pick("Open a calendar file", &[file("days.csv", days)]).await;
    browser.until_text("Opened: 2 days off, 1 days worked.").await;
    browser.until_text("In use: days.csv (2020)").await;
    browser.click_text("2025-001").await;

    step(&clerk, "Assign a unit", &[("Responsible unit", "The unit"), ("Responsible post", "Director")]).await;
    until_state(&clerk, "assigned").await;
    browser.click_text("Set measure and deadline").await;
    put(&clerk, "Measure", "more counters").await;
    // A Friday: Mon 9, Thu 12, Fri 13, Sat 14.
    put(&clerk, "Day on which it happened", "2020-11-06").await;
    put(&clerk, "Working days", "4").await;
    let due =
        "const f = [...document.querySelectorAll('#step label.field')].find((f) => f.innerText.includes('Deadline'));
               return f.querySelector('input').value === '2020-11-14'";
    browser.until("the deadline after weekend and holiday", due).await;
    clerk.look("the form of a deadline").await;
    browser.click("#step button[type=submit]").await;
    until_state(&clerk, "underway").await;
    browser.until_text("4 working days after 2020-11-06; calendar: days.csv").await;

    // Overdue by now.
    browser.click_text("Back to the list").await;
    browser.until_shown(".case-table").await;
    put(&clerk, "Show", "overdue").await;
    browser.until_text_in(".case-table .tag.bad", "working days overdue").await;
    put(&clerk, "Unit", "nobody").await;
    browser.until_text("No case fits these filters.").await;
    put(&clerk, "Unit", "").await;
    clerk.look("the list").await;
    pictures(&clerk, "list").await;
    let csv = clerk.save("Save as CSV", &format!("{PLAN}-cases.csv")).await;
    assert!(csv.starts_with("\u{feff}name,id,title,") && csv.contains(",underway,") && csv.contains(",yes,"), "{csv}");
    browser.click_text("2025-001").await;

    // A reply with a file, found true.
    browser.click_text("Write down the reply").await;
    put(&clerk, "What it says", "two counters oepned").await;
    clerk.pick("Add a file as evidence", &[file("photo.jpg", "abc")]).await;
    browser.until_text("photo.jpg · SHA-256 ungWv48Bz-").await;
    put(&clerk, "Day on which it happened", "2020-11-13").await;
    browser.click("#step button[type=submit]").await;
    until_state(&clerk, "replied").await;
    // Corrected by a later entry; the first one stays to be read.
    browser.click("button[aria-label^='Correct: 2020-11-13']").await;
    put(&clerk, "Why it is corrected", "typing mistake").await;
    put(&clerk, "What it says", "two counters opened").await;
    clerk.look("the form of a correction").await;
    browser.click("#step button[type=submit]").await;
    browser.until_text("corrected by entry").await;
    browser.until_text("two counters opened").await;
    step(&clerk, "Verify the reply", &[("What it says", "seen on the spot")]).await;
    until_state(&clerk, "verified").await;
    // Closing asks first, and says what is missing.
    step(&clerk, "Close the case", &[("What it says", "done")]).await;
    browser.until_text_in("dialog[open]", "Nobody has been called back.").await;
    browser.click("dialog[open] .button:not(.danger)").await;
    browser.until("the question to be gone", "return !document.querySelector('dialog[open]')").await;
    browser.click("#step button[type=submit]").await;
    browser.click("dialog[open] .button.danger").await;
    until_state(&clerk, "closed").await;
    let after = [("Who was called", "public"), ("Outcome", "dissatisfied"), ("What it says", "still queues")];
    step(&clerk, "Write down a call-back", &after).await;
    browser.until_text("called: people asked anew; outcome: dissatisfied; still queues").await;
    step(&clerk, "Reopen the case", &[("Reason", "the call-back")]).await;
    until_state(&clerk, "assigned").await;
    clerk.look("a case with its history").await;
    pictures(&clerk, "case").await;
    let paper = clerk.save("Save the printable ledger", &format!("{PLAN}-2025-001.html")).await;
    assert!(paper.contains("two counters opened") && paper.contains("typing mistake"), "{paper}");

    // A suggestion is text, whatever it looks like.
    browser.click_text("Back to the list").await;
    browser.click_text("From suggestions").await;
    browser.until_text(SCRIPT).await;
    // A case goes to the unit that it is about: the number is masked before anybody copies it.
    browser.until_text("ring 〔").await;
    assert_eq!(browser.eval("return document.body.innerText.includes('13800001234')").await, false);
    browser.click("details li .button[aria-label*='opinions']").await;
    browser.until_shown("#opening").await;
    put(&clerk, "The finding in words", "counters").await;
    put(&clerk, "What was evaluated", "The unit").await;
    browser.click("#opening button[type=submit]").await;
    until_state(&clerk, "open").await;
    assert_eq!(browser.eval("return window.broken || 0").await, 0);

    // Killed: everything that was written down is there.
    clerk.page("rectify").await;
    let saved = clerk.save("Save the ledger file", &format!("{PLAN}.minping-cases")).await;
    let profile = clerk.browser.kill();
    let clerk = Clerk { browser: Browser::open_on(engine, profile).await };
    let browser = &clerk.browser;
    browser.size(1280, 800).await;
    browser.goto(address.as_str().expect("an address")).await;
    browser.until_app().await;
    // Local storage is the one that may forget.
    browser.eval("localStorage.setItem('minping.language', 'en')").await;
    clerk.reload().await;
    until_state(&clerk, "assigned").await;
    browser.until_text("still queues").await;
    clerk.page("rectify").await;
    browser.until_text("2 cases, 0 closed, 0 overdue.").await;
    browser.until_text("In use: days.csv (2020)").await;
    clerk.pick("Merge a ledger file", &[file("l.minping-cases", saved.clone())]).await;
    browser.until_text("0 entries added, 10 were here already.").await;
    clerk.pick("Merge a ledger file", &[file("l.minping-cases", saved.replace("Director", "Nobody"))]).await;
    browser.until_text("its content is not what its id says").await;
    browser.expect_no_errors().await;

    // On another computer.
    let other = Clerk::open(engine, &office.url("office.html")).await;
    other.choose_plan(TITLE).await;
    other.page("rectify").await;
    other.pick("Merge a ledger file", &[file("l.minping-cases", saved.clone())]).await;
    other.browser.until_text("10 entries added, 0 were here already.").await;
    other.browser.until_text("2025-001").await;
    other.reload().await;
    other.browser.until_text("2 cases, 0 closed, 0 overdue.").await;
    assert_eq!(other.save("Save the ledger file", &format!("{PLAN}.minping-cases")).await, saved);
    other.browser.expect_no_errors().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_finding_is_rectified_and_survives_a_kill_in_chromium() {
    rectify(Engine::Chromium).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_finding_is_rectified_and_survives_a_kill_in_firefox() {
    rectify(Engine::Firefox).await;
}
