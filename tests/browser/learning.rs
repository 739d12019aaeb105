//! The course for canvassers: read, failed, passed without a network, and the certificate as the office checks it.

use crate::canvassing::{enrol, make_card, open_app, visit};
use crate::harness::clerk::{Clerk, file};
use crate::harness::office::program;
use crate::harness::{Browser, Engine, Office};
use minping::course::{PAGES, POOL};
use serde_json::{Value, json};
use std::ffi::OsStr;

const PLAN: &str = "telephone";

/// Answers the quiz, so many of its questions wrongly.
async fn sit(browser: &Browser, mut wrong: usize) {
    for number in 1..=12 {
        browser.until_text(&format!("Question {number} of 12")).await;
        let asked = browser.eval("return document.querySelector('h1').textContent").await;
        let asked = asked.as_str().expect("a question");
        let question = POOL.iter().find(|question| question.asked.en == asked);
        let question = question.unwrap_or_else(|| panic!("{asked} is not in the pool"));
        if number == 1 {
            browser.click_text("Answer").await;
            browser.until_text("First choose an answer").await;
            browser.expect_accessible("a question of the quiz").await;
        }
        let choice = usize::from(wrong > 0);
        browser.click_text(question.choices[choice].en).await;
        browser.click(".actions .primary").await;
        browser.until_text(question.because.en).await;
        if wrong > 0 {
            browser.until_text(&format!("Not that. Right is: {}", question.choices[0].en)).await;
            wrong -= 1;
        } else {
            browser.until_text("That is right").await;
        }
        browser.click(".actions .primary").await;
    }
}

async fn look(browser: &Browser, name: &str) {
    browser.expect_accessible(name).await;
    for (width, height) in [(360, 740), (1280, 900), (820, 1180)] {
        browser.size(width, height).await;
        browser.expect_fits(name, width).await;
        browser.screenshot(&format!("course-{name}-{width}")).await;
    }
}

/// The same screen in Chinese.
async fn look_zh(browser: &Browser, name: &str) {
    browser.click_text("中文").await;
    browser.until("Chinese", "return document.documentElement.lang.startsWith('zh')").await;
    browser.expect_accessible(name).await;
    for (width, height) in [(360, 740), (820, 1180)] {
        browser.size(width, height).await;
        browser.expect_fits(name, width).await;
        browser.screenshot(&format!("course-{name}-zh-{width}")).await;
    }
    browser.click_text("English").await;
    browser.until("English", "return document.documentElement.lang.startsWith('en')").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_canvasser_passes_the_course_offline_and_the_office_checks_the_certificate_in_chromium() {
    let office = Office::open(&[PLAN]).await;
    let browser = open_app(Engine::Chromium, &office).await;
    let roster = enrol(&office, PLAN, &make_card(&browser, &office).await);
    visit(&browser, &office, "/").await;
    browser.until_offline_ready().await;
    office.network.cut();
    browser.click_text("Course and quiz").await;
    browser.until_text_in("h1", "Course for canvassers").await;
    look(&browser, "front").await;
    look_zh(&browser, "front").await;
    browser.click_text("Begin").await;
    for page in PAGES {
        browser.until_text_in("h1", page.title.en).await;
        browser.until_text(page.bad.en).await;
        if page.title.en == PAGES[2].title.en {
            look(&browser, "page").await;
            look_zh(&browser, "page").await;
        }
        browser.click(".actions .primary").await;
    }
    sit(&browser, 3).await;
    browser.until_text("Not yet: 9 of 12 right, and 10 are needed").await;
    assert_eq!(browser.eval("return document.querySelectorAll('#certificate-name').length").await, json!(0));
    look(&browser, "failed").await;
    browser.click_text("Take the quiz again").await;
    sit(&browser, 2).await;
    browser.until_text("Passed: 10 of 12 right").await;
    browser.click_text("Make the certificate").await;
    browser.until_text("Enter your name").await;
    browser.click("#certificate-name").await;
    browser.type_text("Wang Xiaoming").await;
    browser.click_text("Make the certificate").await;
    browser.until_shown("svg.qr").await;
    look(&browser, "certificate").await;
    look_zh(&browser, "certificate").await;
    // It is there when the app is opened again.
    browser.reload().await;
    browser.until_app().await;
    browser.click_text("Certificate").await;
    browser.until_shown("svg.qr").await;
    browser.until_text("10 of 12 right").await;
    let text = browser
        .eval(
            "const made = []; const real = URL.createObjectURL; URL.createObjectURL = (b) => { made.push(b); return real.call(URL, b) };
             [...document.querySelectorAll('button')].find((b) => b.textContent === 'Save as a file').click();
             URL.createObjectURL = real; return await made[0].text()",
        )
        .await;
    let text = text.as_str().expect("a text").to_owned();

    // Another canvasser of the same tablet: both certificates stay.
    browser.click_text("Another canvasser").await;
    browser.click_text("Straight to the quiz").await;
    sit(&browser, 1).await;
    browser.until_text("Passed: 11 of 12 right").await;
    browser.click("#certificate-name").await;
    browser.type_text("Li Lei").await;
    browser.click_text("Make the certificate").await;
    browser.until_text_in("main .lead", "Li Lei").await;
    browser.until_text_in(".certificates", "Wang Xiaoming").await;
    browser.expect_accessible("two certificates").await;
    browser
        .eval("[...document.querySelectorAll('.certificates button')].find((b) => b.textContent.startsWith('Wang')).click()")
        .await;
    browser.until_text_in("main .lead", "10 of 12 right").await;
    browser.expect_no_errors().await;
    office.network.restore();

    // The program and the office's page say the same; a changed one is none.
    let saved = office.folder().join("wang.minping-certificate");
    std::fs::write(&saved, &text).expect("the certificate");
    let plan = office.plan_file(PLAN);
    let check = |file: &std::path::Path| {
        let mut words: Vec<&OsStr> = vec!["roster".as_ref(), "certificates".as_ref(), file.as_os_str()];
        words.extend(["--plan".as_ref(), plan.as_os_str(), "--roster".as_ref(), roster.as_os_str()]);
        words.extend(["--format", "json"].map(OsStr::new));
        program(words)
    };
    let told = check(&saved);
    let rows: Value = serde_json::from_slice(&told.stdout).expect("a table in JSON");
    let of = |name: &str| rows[0][name].as_str().unwrap_or_default().to_owned();
    assert_eq!([of("name"), of("device"), of("standing")], ["Wang Xiaoming", "East side tablet 3", "valid"]);
    assert!(told.status.success());
    let mut bytes = text.clone().into_bytes();
    let at = bytes.len() - 20;
    bytes[at] = if bytes[at] == b'A' { b'B' } else { b'A' };
    let changed = office.folder().join("changed.minping-certificate");
    std::fs::write(&changed, &bytes).expect("the changed certificate");
    assert!(!check(&changed).status.success());

    let clerk = Clerk::open(Engine::Chromium, &office.url("office.html")).await;
    clerk.choose_plan("How services are doing").await;
    clerk.open_keys(&office).await;
    clerk.page("roster").await;
    clerk
        .pick(
            "Open a signed roster file",
            &[file("county.minping-roster", std::fs::read(&roster).expect("the roster"))],
        )
        .await;
    clerk.browser.until_text("East side tablet 3").await;
    clerk
        .pick(
            "Open certificates",
            &[file("wang.minping-certificate", text.into_bytes()), file("changed.minping-certificate", bytes)],
        )
        .await;
    clerk.browser.until_text("Wang Xiaoming").await;
    clerk.browser.until_text("changed.minping-certificate: no valid certificate").await;
    clerk.browser.until_text("valid").await;
    clerk.look("certificates of the course").await;
    clerk.browser.screenshot("course-office").await;
    clerk.browser.expect_no_errors().await;
}
