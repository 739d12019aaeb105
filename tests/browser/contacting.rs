//! The list of the day: handed out by the office, worked through without a network over a kill, interviews from cases, one of
//! them in the resident's hands, and the same numbers at the office.

use crate::canvassing::{enrol, make_card, open_app, plan_route, visit};
use crate::harness::clerk::{Clerk, file};
use crate::harness::office::{expect_done, program};
use crate::harness::{Browser, Engine, Office};
use serde_json::{Value, json};
use std::ffi::OsStr;
use std::path::Path;

const PLAN: &str = "quotas";
const CASES: &str = "id,label,stratum,lat,lon,substitute_for,device,phone\n\
    E-01,1 East Street,east,39.90,116.40,,East side tablet 3,01012345678\n\
    E-02,2 East Street,east,39.91,116.41,,East side tablet 3,\n\
    E-03,3 East Street,east,39.92,116.42,E-02,East side tablet 3,\n\
    E-04,4 East Street,east,39.93,116.43,,East side tablet 3,\n\
    E-05,5 East Street,east,,,,East side tablet 3,\n\
    E-06,6 East Street,east,,,,East side tablet 3,\n";

/// `minping contacts …` with the office's files.
pub fn contacts(office: &Office, plan: &str, roster: &Path, more: &[&OsStr]) -> String {
    let (plan, keys) = (office.plan_file(plan), office.keys());
    let mut words: Vec<&OsStr> = vec!["contacts".as_ref()];
    words.extend(more);
    words.extend(["--plan".as_ref(), plan.as_os_str(), "--keys".as_ref(), keys.as_os_str()]);
    words.extend([OsStr::new("--roster"), roster.as_os_str()]);
    expect_done(&program(words))
}

/// The signed list of the tablet.
pub fn hand_out(office: &Office, plan: &str, roster: &Path, cases: &str, selection: &str) -> String {
    let (table, folder) = (office.folder().join("cases.csv"), office.folder().join("lists"));
    std::fs::write(&table, cases).expect("the table of cases");
    let more = ["assign".as_ref(), table.as_os_str(), "--out".as_ref(), folder.as_os_str()];
    let rest: [&OsStr; 6] = [
        "--attempts".as_ref(),
        "2".as_ref(),
        "--selection".as_ref(),
        selection.as_ref(),
        "--format".as_ref(),
        "json".as_ref(),
    ];
    let made = contacts(office, plan, roster, &[&more[..], &rest[..]].concat());
    let made: Value = serde_json::from_str(&made).expect("a table in JSON");
    std::fs::read_to_string(made[0]["file"].as_str().expect("a file")).expect("the list")
}

/// Picks a file of this text when the page asks for one.
pub async fn pick(browser: &Browser, button: &str, name: &str, text: &str) {
    browser
        .eval_with(
            "const real = HTMLInputElement.prototype.click;
             HTMLInputElement.prototype.click = function () {
                 if (this.type !== 'file') return real.call(this);
                 HTMLInputElement.prototype.click = real;
                 const transfer = new DataTransfer();
                 transfer.items.add(new File([given[1]], given[0], { type: 'application/jose' }));
                 this.files = transfer.files;
                 this.dispatchEvent(new Event('change'));
             };",
            json!([name, text]),
        )
        .await;
    browser.click_text(button).await;
}

async fn open_list(browser: &Browser, office: &Office) {
    visit(browser, office, &format!("{}/cases", plan_route(office, PLAN))).await;
    browser.until_shown(".contacts h1").await;
}

async fn open_case(browser: &Browser, name: &str) {
    browser.click_text(name).await;
    browser.until_text_in("h1", name).await;
}

/// Labels of the cases that are shown.
async fn shown(browser: &Browser) -> Vec<String> {
    let names =
        browser.eval("return [...document.querySelectorAll('.case-link')].map((link) => link.textContent)").await;
    names.as_array().expect("a list").iter().map(|name| name.as_str().unwrap_or("").to_owned()).collect()
}

async fn until_shown(browser: &Browser, names: &[&str]) {
    browser
        .until(
            &format!("the cases {names:?}"),
            &format!(
                "return JSON.stringify([...document.querySelectorAll('.case-link')].map((link) => link.textContent)) === JSON.stringify({})",
                json!(names)
            ),
        )
        .await;
}

/// Writes down what happened, and is back at the list.
async fn happened(browser: &Browser, what: &str) {
    browser.click_text(what).await;
    browser.click_text("Write down").await;
    browser.until_text("Find an address").await;
}

async fn answer(browser: &Browser) {
    browser.until_text("About you").await;
    browser.click_text("Female").await;
    browser.click(".actions .primary").await;
    browser.until_text("Please grade").await;
    browser.click_text("Satisfied").await;
    browser.click(".actions .primary").await;
    browser.until_text("Check your answers").await;
    browser.click(".actions .primary").await;
    browser.until_shown("dialog[open] .primary").await;
    browser.click("dialog[open] .primary").await;
}

/// Sets a text into the nth field that a selector finds.
async fn fill(browser: &Browser, selector: &str, at: usize, text: &str) {
    browser
        .eval_with(
            "const input = document.querySelectorAll(given[0])[given[1]];
             input.value = given[2]; input.dispatchEvent(new Event('input', { bubbles: true }));",
            json!([selector, at, text]),
        )
        .await;
}

async fn english(browser: &Browser) {
    // Local storage may have lost the language.
    browser.eval("localStorage.setItem('minping.language', 'en')").await;
    browser.reload().await;
    browser.until_app().await;
}

/// Looks at a screen as a tablet, a phone and a desk see it.
async fn look(browser: &Browser, engine: Engine, name: &str) {
    for (width, height) in [(360, 740), (820, 1180), (1280, 800)] {
        browser.size(width, height).await;
        browser.expect_fits(name, width).await;
        if engine == Engine::Chromium {
            browser.screenshot(&format!("{name}-{width}")).await;
        }
    }
    browser.expect_accessible(name).await;
}

async fn day(engine: Engine) {
    let office = Office::open(&[PLAN]).await;
    let mut browser = open_app(engine, &office).await;
    let roster = enrol(&office, PLAN, &make_card(&browser, &office).await);
    let list = hand_out(&office, PLAN, &roster, CASES, "kish");
    visit(&browser, &office, "/").await;
    browser.until_text("Works offline").await;
    browser.until_offline_ready().await;
    visit(&browser, &office, &plan_route(&office, PLAN)).await;
    browser.until_text("Has the office given you a list").await;

    // Out of the office: the list is a file, and the network is away.
    office.network.cut();
    open_list(&browser, &office).await;
    browser.until_text("There is no list on this device").await;
    look(&browser, engine, "contacts-empty").await;
    let mut changed = list.trim().to_owned().into_bytes();
    let middle = changed.len() / 2;
    changed[middle] = if changed[middle] == b'A' { b'B' } else { b'A' };
    pick(&browser, "Open a list file", "x.minping-assignment", &String::from_utf8(changed).expect("letters")).await;
    browser.until_text("it was not taken in").await;
    pick(&browser, "Open a list file", "x.minping-assignment", &list).await;
    browser.until_text("The list is here").await;
    let firsts = ["1 East Street", "2 East Street", "4 East Street", "5 East Street", "6 East Street"];
    until_shown(&browser, &firsts).await;
    look(&browser, engine, "contacts-list").await;
    fill(&browser, "input[type=search]", 0, "e-04 east").await;
    until_shown(&browser, &["4 East Street"]).await;
    fill(&browser, "input[type=search]", 0, "").await;
    until_shown(&browser, &firsts).await;

    // A substitute waits until its case is lost: two attempts are all there are.
    open_case(&browser, "2 East Street").await;
    look(&browser, engine, "contacts-case").await;
    browser.click_text("Write down").await;
    browser.until_text("First choose what happened").await;
    happened(&browser, "Nobody at home").await;
    open_case(&browser, "2 East Street").await;
    browser.until_text("attempts: 1 of at most 2").await;
    happened(&browser, "The person is away").await;
    browser.click_text("All 6").await;
    browser.until_text("Used up 1").await;
    browser.click_text("To do 5").await;
    until_shown(&browser, &["1 East Street", "3 East Street", "4 East Street", "5 East Street", "6 East Street"]).await;

    // A moment agreed for tomorrow; a mistake taken back.
    open_case(&browser, "4 East Street").await;
    fill(&browser, "input[type=datetime-local]", 0, "2099-01-05T18:30").await;
    happened(&browser, "The person is away").await;
    open_case(&browser, "5 East Street").await;
    happened(&browser, "Refused by someone of the household").await;
    browser.click_text("Done 1").await;
    until_shown(&browser, &["5 East Street"]).await;
    open_case(&browser, "5 East Street").await;
    browser.click_text("It was a mistake").await;
    browser.until_shown("dialog[open] .danger").await;
    browser.click("dialog[open] .danger").await;
    browser.until_text("Not tried yet").await;
    happened(&browser, "Vacant").await;

    // What was written down survives a kill.
    let profile = browser.kill();
    browser = Browser::open_on(engine, profile).await;
    open_list(&browser, &office).await;
    english(&browser).await;
    browser.until_text("Find an address").await;
    until_shown(&browser, &["1 East Street", "3 East Street", "6 East Street"]).await;
    browser.click_text("Agreed 1").await;
    until_shown(&browser, &["4 East Street"]).await;

    // From the case into the interview: who is asked is worked out first; another case is looked at in between.
    visit(&browser, &office, &format!("{}/cases/r1/E-01", plan_route(&office, PLAN))).await;
    browser.until_text("Choose who is asked before the interview").await;
    fill(&browser, ".number-input", 0, "3").await;
    browser.click_text("Decide").await;
    browser.until_text("Ask number").await;
    browser.click_text("Start the interview").await;
    browser.until_shown(".interview").await;
    browser.until_text("About you").await;
    open_list(&browser, &office).await;
    browser.until_text("in an interview").await;
    open_case(&browser, "1 East Street").await;
    browser.click_text("Go on with the interview").await;
    answer(&browser).await;
    browser.until_text("The interview is finished").await;
    browser.click_text("Back to the list").await;
    browser.until_text("Find an address").await;
    until_shown(&browser, &["3 East Street", "6 East Street"]).await;

    alone(&browser, &office, engine).await;
    look(&browser, engine, "contacts-end").await;

    // In the evening.
    office.network.restore();
    open_list(&browser, &office).await;
    browser.click(".hand-contacts").await;
    browser.until_text("received").await;
    browser.until_text("Number 1, attempts in it: 7").await;
    visit(&browser, &office, &plan_route(&office, PLAN)).await;
    browser.click(".hand-over").await;
    browser.until_text("Everything was received").await;
    browser.expect_no_errors().await;

    // E-01 I, E-02 NC, E-03 I (by the resident), E-04 NC, E-05 NE, E-06 P (ended by the PIN, half answered): all six in use.
    let logs = office.batches().with_file_name("contacts");
    let told =
        contacts(&office, PLAN, &roster, &["rates".as_ref(), logs.as_ref(), "--format".as_ref(), "json".as_ref()]);
    let rows: Value = serde_json::from_str(&told).expect("a table in JSON");
    let numbers = |name: &str| rows[0][name].as_f64().unwrap_or(-1.0);
    assert_eq!(
        ["cases", "I", "P", "R", "NC", "O", "UH", "UO", "NE"].map(numbers),
        [6.0, 2.0, 1.0, 0.0, 2.0, 0.0, 0.0, 0.0, 1.0]
    );
    assert!((numbers("RR1") - 0.4).abs() < 1e-4 && (numbers("CON1") - 0.6).abs() < 1e-4, "{told}");
    let (plan, keys, batches) = (office.plan_file(PLAN), office.keys(), office.batches());
    let file_of_records = office.folder().join("records.json");
    let open: [(&str, &Path); 4] =
        [("--plan", &plan), ("--keys", &keys), ("--roster", &roster), ("--records", &file_of_records)];
    let mut words: Vec<&OsStr> = vec!["open".as_ref(), batches.as_ref()];
    open.iter().for_each(|(name, path)| words.extend([OsStr::new(name), path.as_os_str()]));
    expect_done(&program(words));
    let text = std::fs::read_to_string(file_of_records).expect("the records");
    let records: Vec<Value> = serde_json::from_str(&text).expect("records in JSON");
    let count = |how: &str| records.iter().filter(|record| record["disposition"] == how).count();
    assert_eq!((count("complete"), count("partial")), (2, 1), "{text}");
    assert!(!text.contains("E-0") && !text.contains("East Street"), "no record names a case: {text}");

    // The office's page has the same numbers.
    let clerk = Clerk::open(engine, &office.url("office.html")).await;
    clerk.choose_plan("A round with quotas").await;
    clerk.open_keys(&office).await;
    clerk.page("roster").await;
    clerk
        .pick(
            "Open a signed roster file",
            &[file("county.minping-roster", std::fs::read(&roster).expect("the roster"))],
        )
        .await;
    clerk.browser.until_text("East side tablet 3").await;
    clerk.page("contacts").await;
    let log = std::fs::read_dir(&logs).expect("logs").next().expect("a log").expect("a log").path();
    clerk.pick("Open contact logs", &[file("one.minping-contacts", std::fs::read(log).expect("the log"))]).await;
    clerk.browser.until_text_in(".tiles", "40.0 %").await;
    clerk.browser.until_text_in(".tiles", "60.0 %").await;
    clerk.look("the office's page of contacts").await;
    if engine == Engine::Chromium {
        clerk.browser.screenshot("contacts-office").await;
    }
    clerk.browser.expect_no_errors().await;
}

/// One interview in the resident's hands to its end, and one that the canvasser ends with the PIN.
async fn alone(browser: &Browser, office: &Office, engine: Engine) {
    for (case, name, ends) in [("E-03", "3 East Street", true), ("E-06", "6 East Street", false)] {
        visit(browser, office, &format!("{}/cases/r1/{case}", plan_route(office, PLAN))).await;
        browser.until_text_in("h1", name).await;
        browser.until_text("Choose who is asked before the interview").await;
        fill(browser, ".number-input", 0, "1").await;
        browser.click_text("Decide").await;
        browser.until_text("Ask number 1").await;
        browser.click_text("Start the interview").await;
        browser.until_shown(".interview").await;
        browser.click(".hand-to-resident").await;
        browser.until_shown("dialog[open]").await;
        if ends {
            browser.until_text("First set a PIN").await;
            fill(browser, "dialog[open] input[type=password]", 0, "2580").await;
            fill(browser, "dialog[open] input[type=password]", 1, "2581").await;
            browser.click("dialog[open] [type=submit]").await;
            browser.until_text("The two are not the same").await;
            fill(browser, "dialog[open] input[type=password]", 1, "2580").await;
        }
        browser.click("dialog[open] [type=submit]").await;
        browser.until_text("Now it is your turn").await;
        if ends {
            look(browser, engine, "handed-welcome").await;
            // No address and no reload leads out, nor does the way back.
            for route in ["/", "/device", &plan_route(office, PLAN), &format!("{}/cases", plan_route(office, PLAN))] {
                visit(browser, office, route).await;
                browser.until_text("Now it is your turn").await;
                browser.eval_with("location.hash = given", json!(route)).await;
                browser.eval("await new Promise((done) => setTimeout(done, 50))").await;
                assert!(!browser.text().await.contains("List of the day"), "{route}");
            }
            // Nor does another window of the app.
            let first = browser.client.window().await.expect("this window");
            let second = browser.client.new_window(true).await.expect("another window").handle;
            browser.client.switch_to_window(second.clone()).await.expect("the other window");
            visit(browser, office, "/device").await;
            browser.until_text("Now it is your turn").await;
            browser.click_text("Begin").await;
            browser.until_text("About you").await;
            browser.client.close_window().await.expect("the other window closes");
            browser.client.switch_to_window(first).await.expect("the first window");
            browser.until_text("Now it is your turn").await;
            browser.eval("history.back(); await new Promise((done) => setTimeout(done, 100))").await;
            browser.until_text("Now it is your turn").await;
        }
        browser.click_text("Begin").await;
        browser.until_text("About you").await;
        assert_eq!(browser.eval("return !!document.querySelector('header a[href=\"#/\"]')").await, json!(false));
        if ends {
            look(browser, engine, "handed-question").await;
            browser.click(".handed-out").await;
            browser.until_shown("dialog[open]").await;
            fill(browser, "dialog[open] input[type=password]", 0, "1111").await;
            browser.click("dialog[open] [type=submit]").await;
            browser.until_text("This is not the PIN").await;
            browser.click("dialog[open] .dialog-actions .button:not([type=submit])").await;
            answer(browser).await;
            browser.until_text("Please give the tablet back").await;
            look(browser, engine, "handed-done").await;
            browser.reload().await;
            browser.until_text("Please give the tablet back").await;
        } else {
            // What was answered before the app was closed is sealed as broken off, also from the welcome screen.
            browser.click_text("Female").await;
            browser.reload().await;
            browser.until_text("Now it is your turn").await;
            browser.click(".handed-out").await;
            browser.until_shown("dialog[open]").await;
            fill(browser, "dialog[open] input[type=password]", 0, "2580").await;
            browser.click("dialog[open] [type=submit]").await;
            browser.until_text("Please give the tablet back").await;
        }
        browser.click_text("Interviewer: go on").await;
        browser.until_text("Find an address").await;
        assert!(!shown(browser).await.contains(&name.to_owned()), "{name} is done");
        assert!(!browser.text().await.contains("in an interview"), "no draft of {name} is left");
    }
}

async fn practice(engine: Engine) {
    let office = Office::open(&[PLAN]).await;
    let browser = open_app(engine, &office).await;
    visit(&browser, &office, &plan_route(&office, PLAN)).await;
    browser.until_shown("#new-interview").await;
    browser.click_text("Practise").await;
    browser.until_text("Nothing is kept, sealed, counted or sent").await;
    browser.click_text("East side").await;
    look(&browser, engine, "practice-begin").await;
    browser.click_text("Start practising").await;
    browser.until_text("About you").await;
    assert!(browser.text().await.contains("Nothing is kept"), "every screen says so");
    look(&browser, engine, "practice-question").await;
    answer(&browser).await;
    browser.until_text("The practice is over").await;
    look(&browser, engine, "practice-over").await;
    browser.click_text("Practise again").await;
    browser.click_text("Start practising").await;
    browser.until_text("About you").await;
    browser.click_text("Female").await;
    browser.click_text("Leave practice").await;
    visit(&browser, &office, &plan_route(&office, PLAN)).await;
    browser.reload().await;
    browser.until_shown("#new-interview").await;
    // Neither a draft, nor a record, nor a count of quotas.
    browser.until_text("Everybody").await;
    let text = browser.text().await;
    assert!(text.contains("No unfinished interviews") && text.contains("0 of 30"), "{text}");
    assert_eq!(browser.eval("return document.querySelectorAll('.hand-over').length").await, json!(0));
    browser.expect_no_errors().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn practice_is_marked_and_leaves_nothing_in_chromium() {
    practice(Engine::Chromium).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn practice_is_marked_and_leaves_nothing_in_firefox() {
    practice(Engine::Firefox).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_list_of_the_day_is_worked_through_offline_and_the_office_counts_the_same_in_chromium() {
    day(Engine::Chromium).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_list_of_the_day_is_worked_through_offline_and_the_office_counts_the_same_in_firefox() {
    day(Engine::Firefox).await;
}
