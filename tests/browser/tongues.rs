//! Interviews in languages with other digits, other signs and taller letters than the interface's own.

use crate::answering::{begin, send};
use crate::harness::{Browser, Engine, Office};
use fantoccini::key::Key;
use serde_json::{Value, json};

/// Chooses the language by its button, as a person does.
async fn speak(browser: &Browser, tag: &str) {
    browser.enter_on(".header-button[aria-haspopup]").await;
    browser.until_shown(&format!("dialog[open] [lang='{tag}']")).await;
    browser.enter_on(&format!("dialog[open] [lang='{tag}']")).await;
    browser.until("the language", &format!("return !!document.querySelector(\".page[lang='{tag}']\")")).await;
}

async fn value_of(browser: &Browser, selector: &str) -> Value {
    browser.eval_with("return document.querySelector(given).value", json!(selector)).await
}

async fn numbers_and_days(engine: Engine) {
    let office = Office::open(&["tongues"]).await;
    let browser = Browser::open(engine).await;
    begin(&browser, &office.link("tongues", &[])).await;
    speak(&browser, "ar-EG").await;
    browser.tab_to("input[inputmode=numeric]").await;
    browser.type_text("٣x5").await;
    assert_eq!(value_of(&browser, "input[inputmode=numeric]").await, json!("٣٥"), "in the digits of the language");
    // In front of a number, the caret stays where it is.
    browser.press(Key::Home).await;
    browser.type_text("12").await;
    assert_eq!(value_of(&browser, "input[inputmode=numeric]").await, json!("١٢٣٥"));
    for _ in 0..4 {
        browser.press(Key::Delete).await;
        browser.press(Key::Backspace).await;
    }
    browser.type_text("3").await;
    browser.tab_to("input[inputmode=decimal]").await;
    browser.type_text("1.5").await;
    assert_eq!(value_of(&browser, "input[inputmode=decimal]").await, json!("١٫٥"));
    let pick = "const input = document.querySelector('input[type=date]'); input.focus(); input.value = '2026-11-24'; \
        for (const kind of ['input', 'change']) input.dispatchEvent(new Event(kind, { bubbles: true })); return input.value";
    assert_eq!(browser.eval(pick).await, json!("2026-11-24"));
    // Worked out, and put into a text.
    browser.until_text_in(".fixed", "٤٫٥").await;
    browser.until_text("٢٤ نوفمبر ٢٠٢٦").await;
    browser.expect_accessible("numbers in Arabic").await;
    browser.screenshot("ar").await;
    // The decimal comma, in the middle of the interview; what was typed is there.
    speak(&browser, "de").await;
    assert_eq!(value_of(&browser, "input[inputmode=decimal]").await, json!("1,5"));
    browser.until_text_in(".fixed", "4,5").await;
    browser.until_text("24. November 2026").await;
    browser.tab_to("input[inputmode=decimal]").await;
    for _ in 0..3 {
        browser.press(Key::Backspace).await;
        browser.press(Key::Delete).await;
    }
    browser.type_text("2,25").await;
    browser.until_text_in(".fixed", "6,75").await;
    browser.until_text("6,75").await;
    browser.enter_on(".range-row .step:last-of-type").await;
    browser.until_text_in(".range-value", "1,5").await;
    browser.space_on(".likert input").await;
    browser.enter_on(".interview .actions .primary").await;
    browser.until("the review", "return document.querySelectorAll('.answered').length >= 5").await;
    for text in ["2,25", "6,75", "24. November 2026", "1,5"] {
        browser.until_text_in("main", text).await;
    }
    browser.screenshot("de-review").await;
    send(&browser, &office).await;
    let records = office.records("tongues");
    let answers = &records[0]["answers"];
    assert_eq!(
        answers,
        &json!({ "trips": 3, "fare": "2.25", "paid": "6.75", "day": "2026-11-24", "share": "1.5", "mood": "a2" }),
        "the record keeps ASCII digits and ISO days: {records:#}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn numbers_and_days_are_as_the_language_writes_them_and_kept_in_ascii_in_chromium() {
    numbers_and_days(Engine::Chromium).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn numbers_and_days_are_as_the_language_writes_them_and_kept_in_ascii_in_firefox() {
    numbers_and_days(Engine::Firefox).await;
}

/// What is cut off: the ink of its letters is higher than its lines are apart, or stands out of what clips; each with what
/// it says. By ink, for the boxes of Tibetan fonts have room for more than letters.
const CLIPPED: &str = "
    const pen = document.createElement('canvas').getContext('2d');
    const found = [];
    const shown = (e) => e.checkVisibility() && !e.closest('.visually-hidden') && e.getClientRects().length;
    const hides = (style) => ['hidden', 'clip'].includes(style.overflowY);
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        const e = node.parentElement;
        if (!node.data.trim() || ['SCRIPT', 'STYLE', 'NOSCRIPT'].includes(e.tagName) || !shown(e)) continue;
        const style = getComputedStyle(e);
        if (style.writingMode !== 'horizontal-tb') continue;
        pen.font = [style.fontStyle, style.fontWeight, style.fontSize, style.fontFamily].join(' ');
        const ink = pen.measureText(node.data);
        const [up, down] = [ink.actualBoundingBoxAscent, ink.actualBoundingBoxDescent];
        const line = style.lineHeight === 'normal' ? Infinity : parseFloat(style.lineHeight);
        const told = [e.tagName + '.' + e.className, node.data.trim(), Math.round(up + down), line];
        const range = document.createRange();
        range.selectNodeContents(node);
        const rects = [...range.getClientRects()].filter((r) => r.width);
        if (!rects.length) continue;
        const one = e.matches('.header-button *');
        if (up + down > line + 1 && !one) found.push(['lines touch', ...told]);
        // The letters' box is as high as the font says, with the base line between both its parts.
        const base = (r) => r.top + r.height * ink.fontBoundingBoxAscent / (ink.fontBoundingBoxAscent + ink.fontBoundingBoxDescent);
        const top = Math.min(...rects.map((r) => base(r) - up)), bottom = Math.max(...rects.map((r) => base(r) + down));
        for (let around = e; around && around !== document.body; around = around.parentElement) {
            const box = around.getBoundingClientRect();
            const button = around.matches('.button, .option-body, .header-button, .segment-body');
            if (!button && !hides(getComputedStyle(around))) continue;
            if (top < box.top - 1 || bottom > box.bottom + 1) found.push(['outside of ' + around.className, ...told]);
            if (hides(getComputedStyle(around)) && around.scrollHeight > around.clientHeight + 1) found.push(['cut by ' + around.className, ...told]);
        }
    }
    for (const e of document.querySelectorAll('.button, .option-body, .header-button, .segment-body'))
        if (shown(e) && e.scrollWidth > e.clientWidth + 1 && getComputedStyle(e).overflowX !== 'auto') found.push(['too wide', e.className, e.innerText]);
    return found;";

async fn tall_letters(engine: Engine) {
    let office = Office::open(&["tongues"]).await;
    let browser = Browser::open(engine).await;
    begin(&browser, &office.link("tongues", &[])).await;
    for tag in ["bo", "mn-Mong", "ar-EG"] {
        speak(&browser, tag).await;
        for (width, height) in [(360, 740), (820, 1180)] {
            browser.size(width, height).await;
            browser.expect_fits(tag, width).await;
            let clipped = browser.eval(CLIPPED).await;
            assert_eq!(clipped, json!([]), "{engine:?}: {tag} at {width} px");
            browser.screenshot(&format!("{tag}-{width}")).await;
            browser.eval("document.querySelector('.likert').scrollIntoView({ block: 'center' })").await;
            browser.screenshot(&format!("{tag}-{width}-scale")).await;
        }
        browser.expect_accessible(&format!("an interview in {tag}")).await;
        browser.size(360, 740).await;
    }
    // Side by side where there is room for the words; else a list.
    speak(&browser, "zh").await;
    let row = "return new Set([...document.querySelectorAll('.likert .option')].map((o) => Math.round(o.getBoundingClientRect().top))).size";
    assert_eq!(browser.eval(row).await, json!(1), "five short steps on a phone");
    browser.screenshot("zh-scale").await;
    assert_eq!(browser.eval(CLIPPED).await, json!([]));
    speak(&browser, "de").await;
    assert_eq!(browser.eval(row).await, json!(5), "long words are not broken");
    browser.size(820, 1180).await;
    assert_eq!(browser.eval(row).await, json!(1));
    browser.screenshot("de-scale").await;
    browser.space_on(".likert input").await;
    browser.press(Key::Right).await;
    assert_eq!(
        browser.eval("return document.querySelector('.likert :checked').value").await,
        json!("1"),
        "by keyboard"
    );
    browser.expect_no_errors().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn tibetan_and_mongolian_are_not_cut_off_in_chromium() {
    tall_letters(Engine::Chromium).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn tibetan_and_mongolian_are_not_cut_off_in_firefox() {
    tall_letters(Engine::Firefox).await;
}
