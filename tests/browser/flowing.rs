//! What a questionnaire makes of the answers: texts that say them, an early end, random order and a subset of units.

use crate::harness::{Browser, Engine, Office};
use serde_json::{Value, json};

async fn begin(browser: &Browser, office: &Office) {
    browser.size(360, 740).await;
    browser.goto(&office.link("flow", &[])).await;
    browser.until_shown(".welcome").await;
    // The list and the link of the plan are elements; a link to another host is words.
    let made = "const m = document.querySelector('.welcome'); return [m.querySelectorAll('li').length, \
        m.querySelector('li strong')?.textContent, [...m.querySelectorAll('a[target]')].map((a) => a.href)]";
    let made = browser.eval(made).await;
    assert_eq!(made[0], json!(2));
    assert_eq!(made[2], json!(["https://www.example.org/privacy"]));
    browser.until_text("(https://evil.example/)").await;
    browser.enter_on(".welcome .actions .primary").await;
    browser.until_shown(".interview").await;
}

async fn label(browser: &Browser) -> Value {
    browser.eval("return document.querySelector('#i3 legend').textContent").await
}

async fn options(browser: &Browser) -> Vec<String> {
    let read = "return [...document.querySelectorAll('#i3 .option-body')].map((o) => o.textContent)";
    serde_json::from_value(browser.eval(read).await).unwrap()
}

async fn type_into(browser: &Browser, selector: &str, text: &str) {
    browser.tab_to(selector).await;
    browser.type_text(text).await;
}

async fn next(browser: &Browser) {
    browser.enter_on(".interview .actions .primary").await;
}

async fn answered_to_the_end(engine: Engine) {
    let office = Office::open(&["flow"]).await;
    let browser = Browser::open(engine).await;
    begin(&browser, &office).await;
    let english = browser.eval("return document.documentElement.lang.startsWith('en')").await == json!(true);
    assert!(label(&browser).await.as_str().unwrap().starts_with('…'));
    // What is typed stands in the next question at once, as it is typed and never as a mark.
    type_into(&browser, "#i1-input", "*Li* <b>").await;
    browser
        .until("the name in the label", "return document.querySelector('#i3 legend strong').textContent === '*Li* <b>'")
        .await;
    assert_eq!(browser.eval("return document.querySelectorAll('#i3 ol[start=\"1\"] li').length").await, json!(2));
    type_into(&browser, "#i2-input", "40").await;
    let order = options(&browser).await;
    assert_eq!(order.len(), 5);
    browser.expect_accessible("texts with marks and answers").await;
    browser.screenshot("flow-you").await;
    browser.space_on("#i3 input").await;
    let before = order.clone();
    browser.reload().await;
    browser.until_shown(".welcome").await;
    browser.enter_on(".welcome .actions .primary").await;
    browser.until_shown("#i3").await;
    assert_eq!(options(&browser).await, before, "a draft keeps its order");
    next(&browser).await;
    browser.until_shown(".matrix").await;
    browser.until_text(&before[0]).await;
    let rows =
        "return document.querySelectorAll('.matrix .unit-head, .matrix th[scope=rowgroup], .matrix tbody').length";
    assert_eq!(browser.eval(rows).await, json!(3), "three of six units");
    browser.screenshot("flow-rating").await;
    next(&browser).await;
    browser.until_text(if english { "*Li* <b>, how did you come today?" } else { "*Li* <b>，您今天怎么来的？" }).await;
    browser.enter_on(".interview .actions .primary").await;
    browser.until_shown("dialog[open]").await;
    browser.enter_on("dialog[open] .primary").await;
    browser.until_shown(".state.done").await;
    browser.expect_no_errors().await;
    let records = office.records("flow");
    assert_eq!(records[0]["disposition"], "complete");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_text_says_the_answers_and_units_are_a_subset_in_chromium() {
    answered_to_the_end(Engine::Chromium).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_text_says_the_answers_and_units_are_a_subset_in_firefox() {
    answered_to_the_end(Engine::Firefox).await;
}

async fn screened_out(engine: Engine) {
    let office = Office::open(&["flow"]).await;
    let browser = Browser::open(engine).await;
    begin(&browser, &office).await;
    type_into(&browser, "#i2-input", "17").await;
    next(&browser).await;
    browser.until_shown(".ended").await;
    let strong = browser.eval("return document.querySelector('.ended strong').textContent").await;
    assert!(strong == json!("adults") || strong == json!("成年人"), "{strong}");
    browser.expect_accessible("the early end").await;
    browser.screenshot("flow-ended").await;
    browser.enter_on(".interview .actions .primary").await;
    browser.until_shown("dialog[open]").await;
    browser.enter_on("dialog[open] .primary").await;
    browser.until_shown(".state.done").await;
    browser.expect_no_errors().await;
    let records = office.records("flow");
    assert_eq!((&records[0]["disposition"], &records[0]["answers"]["age"]), (&json!("screened_out"), &json!(17)));
    let tally = office.tally("flow", &[]).to_string();
    assert!(!tally.contains("\"valid\":1"), "{tally}");
}

#[tokio::test(flavor = "multi_thread")]
async fn who_is_not_asked_reads_why_and_is_counted_apart_in_chromium() {
    screened_out(Engine::Chromium).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_is_not_asked_reads_why_and_is_counted_apart_in_firefox() {
    screened_out(Engine::Firefox).await;
}

/// In a language that the interface does not speak, written from right to left.
async fn in_arabic(engine: Engine) {
    let office = Office::open(&["flow"]).await;
    let browser = Browser::open(engine).await;
    begin(&browser, &office).await;
    type_into(&browser, "#i1-input", "Li").await;
    // Languages stand by their own names; the choice holds in mid-interview, and keeps what was typed.
    browser.enter_on(".header-button[aria-haspopup]").await;
    browser.until_shown("dialog[open] [lang=ar]").await;
    let names = "return [...document.querySelectorAll('dialog[open] .wide')].map((b) => b.textContent)";
    assert_eq!(browser.eval(names).await, json!(["中文", "English", "العربية"]));
    browser.enter_on("dialog[open] [lang=ar]").await;
    browser.until("Arabic from right to left", "return !!document.querySelector('.interview[lang=ar][dir=rtl]')").await;
    browser.until_text("كيف أتيت اليوم").await;
    browser.until_text("Li").await;
    assert_eq!(browser.eval("return document.querySelector('#i1-input').value").await, json!("Li"));
    let order = "const a = document.querySelector('.interview h1').getBoundingClientRect(); \
        return a.right > innerWidth - 60 && document.documentElement.scrollWidth <= innerWidth";
    assert_eq!(browser.eval(order).await, json!(true), "the heading begins on the right, and nothing is cut");
    for (width, height) in [(360, 740), (820, 1180)] {
        browser.size(width, height).await;
        browser.expect_fits("an interview in Arabic", width).await;
        browser.screenshot(&format!("flow-ar-{width}")).await;
    }
    browser.expect_accessible("an interview from right to left").await;
    type_into(&browser, "#i2-input", "40").await;
    next(&browser).await;
    browser.until_shown(".matrix").await;
    browser.screenshot("flow-ar-matrix").await;
    browser.size(360, 740).await;
    browser.screenshot("flow-ar-cards").await;
    next(&browser).await;
    browser.until_text("العربية").await;
    browser.screenshot("flow-ar-review").await;
    browser.reload().await;
    browser.until_shown(".welcome[dir=rtl]").await;
    browser.screenshot("flow-ar-welcome").await;
    browser.expect_no_errors().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_interview_goes_on_from_right_to_left_in_chromium() {
    in_arabic(Engine::Chromium).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_interview_goes_on_from_right_to_left_in_firefox() {
    in_arabic(Engine::Firefox).await;
}

/// In place of the machine's voices, which a test machine has not: one voice, and a list of what was said.
const VOICES: &str = "window.said = []; const target = new EventTarget(); \
    Object.assign(target, { speaking: false, getVoices: () => [{ name: 'Ann', lang: 'en-GB', voiceURI: 'ann' }], \
        cancel() { this.speaking = false; }, speak(u) { said.push([u.text, u.lang]); this.speaking = true; } }); \
    Object.defineProperty(window, 'speechSynthesis', { configurable: true, get: () => target });";

async fn read_aloud(engine: Engine) {
    let office = Office::open(&["flow"]).await;
    let browser = Browser::open(engine).await;
    begin(&browser, &office).await;
    let settings = ".header-buttons > button:last-of-type";
    let silent = "Object.defineProperty(window, 'speechSynthesis', { configurable: true, get: () => undefined })";
    browser.eval(silent).await;
    browser.enter_on(settings).await;
    browser.until_shown("dialog[open] [name=theme]").await;
    let none =
        "return document.querySelectorAll('dialog[open] select').length + document.querySelectorAll('.aloud').length";
    assert_eq!(browser.eval(none).await, json!(0), "without voices there is nothing to choose");
    browser.enter_on("dialog[open] .primary").await;
    browser.eval(VOICES).await;
    browser.enter_on(settings).await;
    browser.until_shown("dialog[open] select").await;
    let voice = "return document.querySelector('dialog[open] option[value=ann]').textContent";
    assert_eq!(browser.eval(voice).await, json!("Ann (en-GB)"));
    assert_eq!(browser.eval("return document.querySelectorAll('.aloud').length").await, json!(0), "off by default");
    browser.space_on("dialog[open] fieldset:last-of-type input[type=checkbox]").await;
    browser.enter_on("dialog[open] .primary").await;
    browser
        .until("a button at each of three questions", "return document.querySelectorAll('.aloud').length === 3")
        .await;
    type_into(&browser, "#i1-input", "Li").await;
    browser.enter_on(".aloud:nth-of-type(3) button, .aloud:has(+ #i3) button").await;
    let said = browser.until("something is said", "return said[0] ?? false").await;
    let (text, language) = (said[0].as_str().unwrap(), said[1].as_str().unwrap());
    assert!(text.starts_with("Li") && (text.contains("On foot") || text.contains("步行")), "{text}");
    assert!(!text.contains('*') && ["zh", "en"].contains(&language), "{said}");
    browser.expect_accessible("questions with a button that reads them").await;
    browser.screenshot("flow-aloud").await;
    browser.expect_no_errors().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_question_is_read_aloud_where_there_are_voices_in_chromium() {
    read_aloud(Engine::Chromium).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_question_is_read_aloud_where_there_are_voices_in_firefox() {
    read_aloud(Engine::Firefox).await;
}

/// Nothing is cut at twice the size of text on the narrowest phone (WCAG 2.2, 1.4.4).
async fn twice_the_size(engine: Engine) {
    let office = Office::open(&["flow"]).await;
    let browser = Browser::open(engine).await;
    browser.size(360, 740).await;
    browser.goto(&office.link("flow", &[])).await;
    browser.until_shown(".welcome").await;
    browser.eval("localStorage.setItem('minping.text', '200')").await;
    browser.reload().await;
    browser.until_shown(".welcome").await;
    let size = browser.eval("return parseFloat(getComputedStyle(document.querySelector('.welcome p')).fontSize)").await;
    assert!(size.as_f64().unwrap() >= 30.0, "{size}");
    // What is wider than its box and not shown by scrolling is cut; the header's name may end in an ellipsis.
    let cut = "const bad = [...document.querySelectorAll('main *')].filter((e) => e.scrollWidth > e.clientWidth + 1 \
        && e.clientWidth > 0 && getComputedStyle(e).overflowX === 'hidden' && !e.closest('.visually-hidden') \
        && !e.matches('.visually-hidden')).map((e) => e.className || e.tagName); \
        const wide = document.documentElement.scrollWidth > innerWidth ? \
            [...document.querySelectorAll('body *')].filter((e) => e.getBoundingClientRect().right > innerWidth + 1) \
            .map((e) => e.className || e.tagName) : []; return [bad, wide]";
    let fits = |screen: &'static str| {
        let browser = &browser;
        async move {
            assert_eq!(browser.eval(cut).await, json!([[], []]), "{screen}");
            browser.expect_fits(screen, 360).await;
            browser.screenshot(&format!("flow-200-{screen}")).await;
        }
    };
    fits("welcome").await;
    browser.enter_on(".welcome .actions .primary").await;
    browser.until_shown("#i3 .option").await;
    fits("questions").await;
    type_into(&browser, "#i2-input", "40").await;
    next(&browser).await;
    browser.until_shown(".matrix").await;
    fits("matrix").await;
    next(&browser).await;
    browser.until_shown(".answered").await;
    fits("review").await;
    browser.enter_on(".header-buttons > button:last-of-type").await;
    browser.until_shown("dialog[open] [name=theme]").await;
    let dialog = "const d = document.querySelector('dialog[open]'); return d.scrollWidth <= d.clientWidth + 1";
    assert_eq!(browser.eval(dialog).await, json!(true), "the settings fit");
    browser.expect_no_errors().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn text_at_200_per_cent_loses_nothing_on_a_phone_in_chromium() {
    twice_the_size(Engine::Chromium).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn text_at_200_per_cent_loses_nothing_on_a_phone_in_firefox() {
    twice_the_size(Engine::Firefox).await;
}
