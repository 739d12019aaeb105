//! Photos and recordings on the page of results: shown a page at a time, saved as the bytes that were sent, and never what
//! is not the file that its name says.

use crate::harness::{Clerk, Engine, Office, Tablet, file};
use serde_json::json;
use std::path::Path;

const PLAN: &str = "attached";

async fn view(engine: Engine) {
    let office = Office::open(&[PLAN]).await;
    let mut tablet = Tablet::new(&office.plan_file(PLAN));
    let photo = std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/browser/files/photo.jpg")).unwrap();
    // What follows the end of a JPEG is not looked at: fourteen pictures, each a file of its own.
    let photos: Vec<Vec<u8>> = (0..14_u8).map(|number| [&photo[..], &[number]].concat()).collect();
    let mut given: Vec<(&str, &[u8], bool)> = photos.iter().map(|photo| ("cover", &photo[..], false)).collect();
    given.push(("sketch", &photo, true));
    let sound = [&b"\x1a\x45\xdf\xa3"[..], &[0; 4000]].concat();
    given.push(("noise", &sound, false));
    // The harness picks files of less than a megabyte.
    let batches: Vec<_> = (given.chunks(5).zip(1..))
        .map(|(given, number)| file(&format!("attached-{number}.minping"), tablet.hand_over_files(given).text))
        .collect();

    let clerk = Clerk::open(engine, &office.url("office.html")).await;
    let browser = &clerk.browser;
    let title = office.listed(PLAN)["title"]["en"].as_str().expect("a title").to_owned();
    clerk.choose_plan(&title).await;
    clerk.open_keys(&office).await;
    clerk.page("roster").await;
    clerk.pick("Open a card file", &[file("one.minping-card", tablet.card("One"))]).await;
    browser.click_text("They agree: enrol").await;
    browser.until_text("Issue 1, 1 devices").await;
    clerk.open_batches(&batches).await;
    assert_eq!(clerk.account().await["Records counted"], 16);
    clerk.page("results").await;
    browser.until_text("Photos, drawings and recordings").await;
    assert_eq!(
        browser.eval("return document.querySelectorAll('.received').length").await,
        json!(0),
        "nothing is read yet"
    );

    let shown = "const all = [...document.querySelectorAll('details[open] .received img')];
        return all.length > 0 && all.every((img) => img.complete && img.naturalWidth > 0) ? all.length : null";
    browser.enter_on("details.of-item > summary").await;
    assert_eq!(browser.until("a page of photos", shown).await, json!(12));
    browser.until_text("1–12 of 14").await;
    clerk.look("photos in the office").await;
    for (width, height) in [(360, 740), (820, 1180), (1280, 800)] {
        browser.size(width, height).await;
        browser.eval("document.querySelector('details[open]').scrollIntoView({ behavior: 'instant' })").await;
        browser.expect_fits("photos", width).await;
        browser.screenshot(&format!("photos-{width}")).await;
    }
    let name = browser.eval("return document.querySelector('.received a').download").await;
    browser.click(".received a").await;
    let saved = clerk.saved_bytes(name.as_str().expect("a name")).await;
    assert!(photos.contains(&saved), "the bytes that were sent");
    browser.click_text("More").await;
    browser.until_text("13–14 of 14").await;
    browser.until("the last two", "return document.querySelectorAll('details[open] .received img').length === 2").await;
    browser.enter_on("details.of-item > summary").await;

    // What is torn is told and not shown; a sound can be heard and saved.
    browser.eval("document.querySelectorAll('details.of-item').forEach((e) => e.open = true)").await;
    browser.until_text("not what its name says").await;
    browser.until_shown(".received audio").await;
    clerk.look("a torn file and a recording").await;
    // For publication nothing of it is there.
    browser.click(".option-input").await;
    browser.until("the files to be gone", "return !document.querySelector('.received')").await;
    browser.expect_no_errors().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_office_looks_at_photos_and_recordings_in_chromium() {
    view(Engine::Chromium).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_office_looks_at_photos_and_recordings_in_firefox() {
    view(Engine::Firefox).await;
}
