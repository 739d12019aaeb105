//! Knowledge questions on the page of results: the table that the program prints, and its file.

use crate::harness::office::program;
use crate::harness::{Clerk, Engine, Office, Tablet, file};
use minping::session::Answer;
use serde_json::json;
use std::ffi::OsStr;

const PLAN: &str = "kinds";
const TITLE: &str = "A survey of every kind";

fn text(text: &str) -> Answer {
    Answer::Text(text.to_owned())
}

/// What `minping tally --by question` says of this batch.
fn tally(office: &Office, batch: &str, roster: &str, more: &[&str]) -> String {
    let (file, roster_file) = (office.folder().join("knowing.minping"), office.folder().join("clerk.minping-roster"));
    std::fs::write(&file, batch).expect("the batch");
    std::fs::write(&roster_file, roster).expect("the roster");
    let (plan, keys) = (office.plan_file(PLAN), office.keys());
    let mut words: Vec<&OsStr> = vec!["tally".as_ref(), file.as_ref(), "--plan".as_ref(), plan.as_ref()];
    words.extend(["--keys".as_ref(), keys.as_os_str(), "--roster".as_ref(), roster_file.as_os_str()]);
    words.extend(["--by=question".as_ref(), "--format=csv".as_ref()] as [&OsStr; 2]);
    words.extend(more.iter().map(|word| OsStr::new(*word)));
    let output = program(words);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("UTF-8")
}

async fn know(engine: Engine) {
    let office = Office::open(&[PLAN]).await;
    let mut tablet = Tablet::new(&office.plan_file(PLAN));
    // Seven know the law and one does not; four know the hotline, two do not.
    let knows: &[(&str, Answer)] = &[("law", text("three")), ("hotline", Answer::Integer(12345))];
    let half: &[(&str, Answer)] = &[("law", text("three")), ("town", text("ＬＩＵＨＥ"))];
    let wrong: &[(&str, Answer)] = &[("law", text("five")), ("hotline", Answer::Integer(1))];
    let number: &[(&str, Answer)] = &[("hotline", Answer::Integer(2))];
    let batch = tablet.hand_over_answers(&[knows, knows, knows, knows, half, half, half, wrong, number]).text;
    let clerk = Clerk::open(engine, &office.url("office.html")).await;
    let browser = &clerk.browser;
    clerk.choose_plan(TITLE).await;
    clerk.open_keys(&office).await;
    clerk.page("roster").await;
    clerk.pick("Open a card file", &[file("one.minping-card", tablet.card("One"))]).await;
    browser.click_text("They agree: enrol").await;
    browser.until_text("Issue 1, 1 devices").await;
    let roster = clerk.save("Save the roster file", &format!("{PLAN}.minping-roster")).await;
    clerk.open_batches(&[file("knowing.minping", batch.clone())]).await;
    clerk.page("results").await;
    let shown = "const table = document.querySelector('.knowledge-table'); if (!table) return null;
         return [...table.querySelectorAll('tbody tr')].map((row) => [...row.children].map((cell) => cell.innerText.trim()))";
    let rows = browser.until("the table", shown).await;
    let law = rows.as_array().into_iter().flatten().find(|row| row[2] == "8");
    assert_eq!(law.map(|row| json!([row[2], row[3], row[4]])), Some(json!(["8", "7", "87.50"])), "{rows:#}");
    clerk.look("what people know").await;
    for (width, height) in [(360, 740), (820, 1180), (1280, 800)] {
        browser.size(width, height).await;
        browser.eval("document.querySelector('.knowledge').scrollIntoView()").await;
        browser.screenshot(&format!("knowledge-{width}")).await;
    }
    let name = format!("{PLAN}-r-knowledge.csv");
    let saved = clerk.save("Save the knowledge questions as CSV", &name).await;
    assert_eq!(saved, tally(&office, &batch, &roster, &[]), "the file is the program's");

    // As published: one wrong answer is not told, on the page and in the file.
    browser.click_text("Show as published").await;
    browser
        .until("what is withheld", "return document.querySelector('.knowledge-table').innerText.includes('withheld')")
        .await;
    let saved = clerk.save("Save the knowledge questions as CSV", &name).await;
    assert_eq!(saved, tally(&office, &batch, &roster, &["--publish"]), "the file is the program's");
    browser.expect_no_errors().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_people_know_is_on_the_page_of_results_in_chromium() {
    know(Engine::Chromium).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_people_know_is_on_the_page_of_results_in_firefox() {
    know(Engine::Firefox).await;
}
