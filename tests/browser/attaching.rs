//! Photos, drawings and signatures: from the camera or a finger to a file in the office, whatever happens between.

use crate::harness::{Browser, Engine, Office};
use fantoccini::Locator;
use fantoccini::actions::{InputSource, MOUSE_BUTTON_LEFT, MouseActions, PointerAction, TouchActions};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::path::Path;
use std::time::Duration;

/// A photo as a phone writes it: 2000 × 1500 pixels, to be turned, with the place where it was taken.
fn photo() -> String {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/browser/files/photo.jpg").to_string_lossy().into_owned()
}

async fn begin(browser: &Browser, link: &str) {
    browser.size(360, 740).await;
    browser.goto(link).await;
    go_on(browser).await;
}

async fn go_on(browser: &Browser) {
    browser.until_shown(".welcome").await;
    browser.click(".welcome .actions .primary").await;
    browser.until_shown(".attached").await;
}

/// Gives a file to the input, as the dialog of the browser does.
async fn choose(browser: &Browser, input: &str, file: &str) {
    let input = browser.client.find(Locator::Css(input)).await.expect("an input for files");
    input.send_keys(file).await.expect("the file is taken");
}

/// Draws a line by the mouse, from and to parts of the width and height.
async fn stroke(browser: &Browser, canvas: &str, from: (f64, f64), to: (f64, f64)) {
    let body = "const e = document.querySelector(given); e.scrollIntoView({ block: 'center', behavior: 'instant' });
        const b = e.getBoundingClientRect(); return [b.left, b.top, b.width, b.height]";
    let area = browser.eval_with(body, json!(canvas)).await;
    let area: Vec<f64> = area.as_array().unwrap().iter().map(|n| n.as_f64().unwrap()).collect();
    let at = |(x, y): (f64, f64)| PointerAction::MoveTo {
        duration: Some(Duration::from_millis(30)),
        x: area[0] + area[2] * x,
        y: area[1] + area[3] * y,
    };
    let actions = MouseActions::new("mouse".to_owned())
        .then(at(from))
        .then(PointerAction::Down { button: MOUSE_BUTTON_LEFT })
        .then(at(((from.0 + to.0) / 2.0, (from.1 + to.1) / 2.0)))
        .then(at(to))
        .then(PointerAction::Up { button: MOUSE_BUTTON_LEFT });
    browser.client.perform_actions(actions).await.expect("the line is drawn");
}

/// The file that the item shows, as base64.
async fn shown(browser: &Browser, selector: &str) -> String {
    let body = format!(
        "const e = document.querySelector({}); return e && e.complete && e.naturalWidth > 0 ? e.src.split(',')[1] : null",
        json!(selector)
    );
    browser.until(&format!("a picture in {selector}"), &body).await.as_str().unwrap().to_owned()
}

/// Dark pixels on a drawing area.
async fn ink(browser: &Browser, canvas: &str) -> u64 {
    let body =
        "const c = document.querySelector(given), d = c.getContext('2d').getImageData(0, 0, c.width, c.height).data;
        let n = 0; for (let i = 0; i < d.length; i += 4) if (d[i] < 128) n++; return n";
    browser.eval_with(body, json!(canvas)).await.as_u64().unwrap()
}

const DRAWN: &str = ".pad:not(.signed) canvas";
const SIGNED: &str = ".pad.signed canvas";

async fn send(browser: &Browser) {
    if !browser.text().await.contains("井盖上的条形码") {
        browser.click(".interview .actions .primary").await;
        browser.until_text("井盖上的条形码").await;
    }
    browser.click(".interview .actions .primary").await;
    browser.until_shown(".answered").await;
    for (width, name) in [(360, "review"), (820, "review-820")] {
        browser.size(width, 740).await;
        browser.screenshot(name).await;
    }
    browser.click(".interview .actions .primary").await;
    browser.click("dialog[open] .primary").await;
    browser.until_shown(".state.done").await;
}

fn bytes(base64: &str) -> Vec<u8> {
    use base64ct::{Base64, Encoding};
    Base64::decode_vec(base64).expect("base64")
}

fn has(file: &[u8], part: &[u8]) -> bool {
    file.windows(part.len()).any(|window| window == part)
}

/// Taken, shown as saved, killed, there again, sent, opened: the same bytes.
async fn survives(engine: Engine) {
    let office = Office::open(&["attached"]).await;
    let link = office.link("attached", &[]);
    let browser = Browser::open(engine).await;
    begin(&browser, &link).await;
    browser.until_offline_ready().await;
    browser.until_text("还没有照片").await;
    assert!(!browser.text().await.contains("巡查人签名"), "asked once there is a photo");
    browser.expect_accessible("questions for pictures").await;
    browser.screenshot("asked").await;
    office.network.cut();
    choose(&browser, "[id$='-take']", &photo()).await;
    browser.until_text("巡查人签名").await;
    let kept = shown(&browser, ".photo-view").await;
    stroke(&browser, DRAWN, (0.2, 0.2), (0.8, 0.8)).await;
    stroke(&browser, SIGNED, (0.1, 0.5), (0.9, 0.5)).await;
    browser.until("three to be kept", "return [...document.querySelectorAll('.attached [role=status]')].filter((e) => e.innerText.includes('已放入答卷')).length === 3").await;
    browser.until_shown(".saved.done").await;
    let [drawn, signed] = [ink(&browser, DRAWN).await, ink(&browser, SIGNED).await];
    assert!(drawn > 500 && signed > 500, "{drawn} {signed}");
    let profile = browser.kill();

    let browser = Browser::open_on(engine, profile).await;
    begin(&browser, &link).await;
    assert_eq!(shown(&browser, ".photo-view").await, kept, "the photo is there again");
    browser.until("the drawing to be there again", &format!("const c = document.querySelector({:?}), d = c.getContext('2d').getImageData(0, 0, c.width, c.height).data; return d.some((v) => v < 128)", DRAWN)).await;
    browser.until("the signature to be there again", &format!("const c = document.querySelector({:?}), d = c.getContext('2d').getImageData(0, 0, c.width, c.height).data; return d.some((v) => v < 128)", SIGNED)).await;
    assert_eq!([ink(&browser, DRAWN).await, ink(&browser, SIGNED).await], [drawn, signed]);
    for (width, name) in [(360, "back"), (820, "back-820"), (1280, "back-1280")] {
        browser.size(width, 900).await;
        browser.expect_fits(name, width).await;
        browser.screenshot(name).await;
        let look = "document.querySelector(given).scrollIntoView({ behavior: 'instant' })";
        browser.eval_with(look, json!(DRAWN)).await;
        browser.screenshot(&format!("pads-{width}")).await;
    }
    browser.size(360, 740).await;
    office.network.restore();
    send(&browser).await;
    browser.expect_no_errors().await;

    let (answers, files) = opened(&office);
    assert_eq!(files.len(), 3, "{:?}", files.keys());
    let file = |item: &str| files.get(answers[item].as_str().expect("a name")).expect("the file of the name");
    assert_eq!(*file("cover"), bytes(&kept), "what the office holds is what was shown");
    assert!(file("cover").starts_with(b"\xff\xd8\xff"));
    for note in [&b"Exif"[..], b"Camera", b"GPS"] {
        assert!(!has(file("cover"), note), "what the camera noted is gone");
    }
    assert!(["sketch", "inspector"].iter().all(|item| file(item).starts_with(b"\x89PNG")));
    // Turned as the camera was held, and the longer side as the plan says.
    let size = browser.eval_with("const i = new Image(); i.src = 'data:image/jpeg;base64,' + given; await i.decode(); return [i.naturalWidth, i.naturalHeight]", json!(kept)).await;
    assert_eq!(size, json!([750, 1000]));
    println!("durability | photo, drawing and signature kept, killed, opened offline, sent | {engine:?} | 1 | 0 lost");
}

/// The answers of the one record, and the files that the office finds.
fn opened(office: &Office) -> (Value, BTreeMap<String, Vec<u8>>) {
    let (records, files) = office.records_and_files("attached");
    (records[0]["answers"].clone(), files)
}

#[tokio::test(flavor = "multi_thread")]
async fn pictures_that_the_screen_calls_saved_survive_a_kill_and_reach_the_office_in_chromium() {
    survives(Engine::Chromium).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn pictures_that_the_screen_calls_saved_survive_a_kill_and_reach_the_office_in_firefox() {
    survives(Engine::Firefox).await;
}

/// Cleared, brought back, replaced, drawn on, undone; and by keyboard alone.
async fn changes(engine: Engine) {
    let office = Office::open(&["attached"]).await;
    let browser = Browser::open(engine).await;
    begin(&browser, &office.link("attached", &[])).await;
    choose(&browser, "[id$='-choose']", &photo()).await;
    let first = shown(&browser, ".photo-view").await;
    browser.click(".attached .clear").await;
    browser.until_text("还没有照片").await;
    browser.click_text("恢复前一个").await;
    assert_eq!(shown(&browser, ".photo-view").await, first);
    // A file that is no picture changes nothing.
    let plain = Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.toml");
    choose(&browser, "[id$='-choose']", &plain.to_string_lossy()).await;
    browser.until_text("读不出这个文件里的图片").await;
    assert_eq!(shown(&browser, ".photo-view").await, first);
    browser.screenshot("no-picture").await;

    stroke(&browser, DRAWN, (0.2, 0.2), (0.8, 0.2)).await;
    let one = ink(&browser, DRAWN).await;
    stroke(&browser, DRAWN, (0.2, 0.6), (0.8, 0.6)).await;
    let two = ink(&browser, DRAWN).await;
    assert!(two > one + 300, "{one} {two}");
    browser.click_text("撤销一笔").await;
    assert_eq!(ink(&browser, DRAWN).await, one);
    browser.click_text("撤销一笔").await;
    browser.until_text("还没有画").await;
    assert_eq!(ink(&browser, DRAWN).await, 0);

    // By a finger, as by the mouse.
    let body = "const e = document.querySelector(given); e.scrollIntoView({ block: 'center', behavior: 'instant' });
        const b = e.getBoundingClientRect(); return [b.left + b.width / 2, b.top + b.height / 2]";
    let middle = browser.eval_with(body, json!(DRAWN)).await;
    let [x, y] = [0, 1].map(|at| middle[at].as_f64().unwrap());
    let finger = TouchActions::new("finger".to_owned())
        .then(PointerAction::MoveTo { duration: None, x, y })
        .then(PointerAction::Down { button: MOUSE_BUTTON_LEFT })
        .then(PointerAction::MoveTo { duration: Some(Duration::from_millis(60)), x: x + 40.0, y: y + 60.0 })
        .then(PointerAction::Up { button: MOUSE_BUTTON_LEFT });
    browser.client.perform_actions(finger).await.expect("the finger draws");
    browser.until("the drawing to be kept", "return document.querySelector('.attached:has(.pad:not(.signed)) [role=status]').innerText.includes('已放入答卷')").await;
    assert!(ink(&browser, DRAWN).await > 200, "the page does not scroll instead");
    browser.click_text("撤销一笔").await;
    browser.until_text("还没有画").await;

    // Without a pointer: the name in letters.
    browser.enter_on(".attached:has(.signed) summary").await;
    browser.tab_to("[id$='-name']").await;
    browser.type_text("Li").await;
    browser.tab().await;
    browser.press(fantoccini::key::Key::Enter).await;
    browser
        .until(
            "the signature to be kept",
            "return document.querySelector('.attached:has(.signed) [role=status]').innerText.includes('已放入答卷')",
        )
        .await;
    assert!(ink(&browser, SIGNED).await > 300);
    browser.expect_accessible("a signature by keyboard").await;
    browser.screenshot("typed").await;
    send(&browser).await;
    browser.expect_no_errors().await;
    let (answers, files) = opened(&office);
    assert_eq!(answers.as_object().unwrap().keys().collect::<Vec<_>>(), ["cover", "inspector"]);
    assert_eq!(files.len(), 2, "what was taken back is not sent");
    // Nothing of it stays on the device.
    let look = "return new Promise((done) => {
        const open = indexedDB.open('minping-field');
        open.onerror = () => done('no database');
        open.onsuccess = () => {
            const names = [...open.result.objectStoreNames];
            let left = names.length, found = false;
            if (!left) done('no stores');
            for (const name of names) {
                const ask = open.result.transaction(name).objectStore(name).getAll();
                ask.onsuccess = () => {
                    found ||= JSON.stringify(ask.result).includes(given);
                    if (--left === 0) done(found);
                };
            }
        };
    })";
    let left = browser.eval_with(look, json!(first[..200])).await;
    assert_eq!(left, json!(false), "the photo itself is gone from the device");
}

#[tokio::test(flavor = "multi_thread")]
async fn pictures_are_cleared_brought_back_drawn_and_undone_in_chromium() {
    changes(Engine::Chromium).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn pictures_are_cleared_brought_back_drawn_and_undone_in_firefox() {
    changes(Engine::Firefox).await;
}

/// To the second section, with a photo in the first.
async fn second(browser: &Browser, link: &str) {
    begin(browser, link).await;
    choose(browser, "[id$='-take']", &photo()).await;
    shown(browser, ".photo-view").await;
    browser.click(".interview .actions .primary").await;
    browser.until_text("井盖上的条形码").await;
}

/// Recorded until it stops by itself, heard, killed, there again, taken back, recorded anew, sent.
async fn records(engine: Engine) {
    let office = Office::open(&["attached"]).await;
    let link = office.link("attached", &[]);
    let browser = Browser::open(engine).await;
    second(&browser, &link).await;
    browser.until_offline_ready().await;
    browser.until_text("还没有录音").await;
    browser.expect_accessible("a question for a recording").await;
    browser.click_text("开始录音").await;
    browser.until_shown(".recording").await;
    browser.screenshot("recording").await;
    // The plan says three seconds.
    let kept = heard(&browser).await;
    browser.until_shown(".saved.done").await;
    for (width, name) in [(360, "recorded"), (820, "recorded-820"), (1280, "recorded-1280")] {
        browser.size(width, 740).await;
        browser.expect_fits(name, width).await;
        browser.screenshot(name).await;
    }
    browser.size(360, 740).await;
    let profile = browser.kill();
    let browser = Browser::open_on(engine, profile).await;
    browser.goto(&link).await;
    browser.until_shown(".welcome").await;
    browser.click(".welcome .actions .primary").await;
    assert_eq!(heard(&browser).await, kept, "the recording is there again");
    browser.click_text("重新录音").await;
    browser.until_text("正在录音：1 秒").await;
    browser.click_text("停止并保存").await;
    browser.until_shown(".attached .button.quiet:not(.clear)").await;
    let second = heard(&browser).await;
    assert_ne!(second, kept);
    browser.click_text("恢复前一个").await;
    browser
        .until(
            "the first to be back",
            &format!(
                "return document.querySelector('audio').src.length === {}",
                json!(kept.len() + prefix(&browser).await)
            ),
        )
        .await;
    assert_eq!(heard(&browser).await, kept);
    browser.click(".interview .actions .primary").await;
    browser.until_shown(".answered audio").await;
    browser.screenshot("review-sound").await;
    browser.click(".interview .actions .primary").await;
    browser.click("dialog[open] .primary").await;
    browser.until_shown(".state.done").await;
    browser.expect_no_errors().await;
    let (answers, files) = opened(&office);
    assert_eq!(files[answers["noise"].as_str().expect("a name")], bytes(&kept));
    assert_eq!(files.len(), 2);
}

/// The recording that can be played, as base64: its player knows what it is.
async fn heard(browser: &Browser) -> String {
    let body = "const e = document.querySelector('audio'); return e && e.readyState >= 1 && !e.error ? e.src.split(',')[1] : null";
    browser.until("a recording that plays", body).await.as_str().unwrap().to_owned()
}

/// How long the address of the recording is before the file in it.
async fn prefix(browser: &Browser) -> usize {
    browser.eval("return document.querySelector('audio').src.indexOf(',') + 1").await.as_u64().unwrap() as usize
}

#[tokio::test(flavor = "multi_thread")]
async fn a_recording_survives_a_kill_and_reaches_the_office_in_chromium() {
    records(Engine::Chromium).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_recording_survives_a_kill_and_reaches_the_office_in_firefox() {
    records(Engine::Firefox).await;
}

/// Typed, where the browser says that it cannot scan.
async fn types(engine: Engine) {
    let office = Office::open(&["attached"]).await;
    let browser = Browser::open(engine).await;
    second(&browser, &office.link("attached", &[])).await;
    browser.until_text("这个浏览器不能扫码").await;
    browser.expect_accessible("a barcode that is typed").await;
    browser.screenshot("typed-code").await;
    browser.tab_to(".question:has(.attached) > input").await;
    browser.type_text("69012").await;
    browser.click(".interview .actions .primary").await;
    browser.until_text("条形码是 8 到 13 位数字").await;
    browser.tab_to(".question:has(.attached) > input").await;
    browser.press(fantoccini::key::Key::End).await;
    browser.type_text("34567892").await;
    send(&browser).await;
    browser.expect_no_errors().await;
    assert_eq!(opened(&office).0["tag"], json!("6901234567892"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_barcode_is_typed_where_the_browser_cannot_scan_in_chromium() {
    types(Engine::Chromium).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_barcode_is_typed_where_the_browser_cannot_scan_in_firefox() {
    types(Engine::Firefox).await;
}

/// Neither engine reads barcodes on every system that tests run on: this stands in for what reads them, and sees a code in
/// the third picture that it is shown. The camera is the browser's own fake one.
const READER: &str = "window.looked = []; window.BarcodeDetector = class {
    static async getSupportedFormats() { return ['ean_13', 'qr_code']; }
    async detect(source) {
        window.looked.push(source.constructor.name + ' ' + (source.videoWidth ?? source.width));
        return window.looked.length === 3 ? [{ rawValue: '6901234567892' }] : [];
    }
}";

async fn scans(engine: Engine) {
    let office = Office::open(&["attached"]).await;
    let browser = Browser::open(engine).await;
    browser.size(360, 740).await;
    browser.goto(&office.link("attached", &[])).await;
    browser.until_shown(".welcome").await;
    browser.eval(READER).await;
    go_on(&browser).await;
    choose(&browser, "[id$='-take']", &photo()).await;
    shown(&browser, ".photo-view").await;
    browser.click(".interview .actions .primary").await;
    browser.click_text("用相机扫码").await;
    browser.until_text("已识别").await;
    let value = "return document.querySelector('.question:has(.attached) > input').value";
    assert_eq!(browser.eval(value).await, json!("6901234567892"));
    let looked = browser.eval("return window.looked").await;
    assert!(
        looked.as_array().unwrap().iter().all(|seen| seen.as_str().unwrap().starts_with("HTMLVideoElement ")),
        "{looked}"
    );
    assert_eq!(browser.eval("return document.querySelector('video')").await, Value::Null, "the camera is let go of");
    browser.screenshot("scanned").await;
    // From a picture: nothing in the first, so that it can be typed or tried again.
    choose(&browser, "[id$='-picture']", &photo()).await;
    browser.until_text("图片里没有找到条形码").await;
    browser.click_text("用相机扫码").await;
    browser.until_shown("video").await;
    browser.screenshot("scanning").await;
    browser.click_text("停止").await;
    browser.until("the camera to be let go of", "return !document.querySelector('video')").await;
    send(&browser).await;
    browser.expect_no_errors().await;
    assert_eq!(opened(&office).0["tag"], json!("6901234567892"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_barcode_is_read_by_the_camera_in_chromium() {
    scans(Engine::Chromium).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_barcode_is_read_by_the_camera_in_firefox() {
    scans(Engine::Firefox).await;
}
