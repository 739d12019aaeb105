//! Every kind of question, answered as a person answers it, looked at, sent and read at the office.

use crate::answering::{begin, go_on, send};
use crate::harness::{Browser, Engine, Office};
use fantoccini::key::Key;
use serde_json::json;

async fn open(engine: Engine) -> (Office, Browser) {
    let office = Office::open(&["kinds"]).await;
    let browser = Browser::open(engine).await;
    begin(&browser, &office.link("kinds", &[])).await;
    (office, browser)
}

/// Nothing is wider than a phone.
async fn fits(browser: &Browser, screen: &str) {
    for (width, height) in [(360, 740), (1280, 800)] {
        browser.size(width, height).await;
        browser.expect_fits(screen, width).await;
    }
}

/// What the page announces.
async fn until_announced(browser: &Browser, text: &str) {
    browser.until_text_in("[role=status][aria-live]", text).await;
}

async fn choices(engine: Engine) {
    let (office, browser) = open(engine).await;
    // "Other" asks for its words, and without them the section is not finished.
    browser.space_on("[name='i1']").await;
    for _ in 0..3 {
        browser.press(Key::Down).await;
    }
    browser.until_shown("#i2-input").await;
    // A choice with a picture.
    browser.space_on("[name='i3']").await;
    browser.press(Key::Down).await;
    let seen = "const image = document.querySelector('#i3 .option:has(:checked) img'); return image.naturalWidth > 0 && image.alt === ''";
    assert_eq!(browser.eval(seen).await, json!(true), "the picture is there and the label names it");
    // "None of these" goes with no other.
    for at in [0, 2] {
        browser.space_on(&format!("[name='i4'][value='{at}']")).await;
    }
    let checked = "return [...document.querySelectorAll('#i4 input:checked')].map((input) => input.value).join()";
    assert_eq!(browser.eval(checked).await, json!("0,2"));
    browser.space_on("[name='i4'][value='3']").await;
    until_announced(&browser, "其他选项已取消").await;
    assert_eq!(browser.eval(checked).await, json!("3"));
    browser.back_to("[name='i4'][value='1']").await;
    browser.strike(' ').await;
    until_announced(&browser, "“都没有办过”已取消").await;
    assert_eq!(browser.eval(checked).await, json!("1"));
    // The browser's own drop-down.
    browser.tab_to("#i5-input").await;
    browser.type_text("出").await;
    if browser.eval("return document.querySelector('#i5-input').value").await == json!("") {
        browser.press(Key::Down).await;
        browser.press(Key::Down).await;
    }
    browser.until("the second way", "return document.querySelector('#i5-input').value === '1'").await;
    browser.enter_on("#i6 summary").await;
    browser.space_on("[name='i6'][value='2']").await;
    browser.until_text_in("#i6 summary", "步行").await;
    // Without the words of "other" there is no going on.
    browser.enter_on(".interview .actions .primary").await;
    browser.until_text_in(".faults", "其他，请说明").await;
    browser.enter_on(".faults .fault").await;
    browser.until("the words have the focus", "return document.activeElement.id === 'i2-input'").await;
    browser.type_text("骑马").await;
    browser.until("nothing is missing", "return !document.querySelector('.faults')").await;
    browser.expect_accessible("choices").await;
    fits(&browser, "choices").await;
    browser.until_shown(".saved.done").await;
    browser.reload().await;
    browser.until_shown(".welcome").await;
    browser.click(".welcome .actions .primary").await;
    browser.until("the words are kept", "return document.querySelector('#i2-input')?.value === '骑马'").await;
    assert_eq!(browser.eval(checked).await, json!("1"));
    browser.expect_no_errors().await;
    drop(office);
}

#[tokio::test(flavor = "multi_thread")]
async fn choices_of_every_appearance_are_made_by_keyboard_and_kept_in_chromium() {
    choices(Engine::Chromium).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn choices_of_every_appearance_are_made_by_keyboard_and_kept_in_firefox() {
    choices(Engine::Firefox).await;
}

async fn fifty_thousand(engine: Engine) {
    let (_office, browser) = open(engine).await;
    browser.tab_to("#i7-input").await;
    browser.press(Key::Down).await;
    browser.until_text_in("#i7 [role=status]", "50000").await;
    let built = browser.eval("return document.querySelectorAll('#i7 [role=option]').length").await;
    assert!((3..40).contains(&built.as_u64().expect("a number")), "only the rows in view are in the page: {built}");
    // Anywhere in the label, in wide letters, and by the name of the choice.
    browser.type_text("４９９９９号").await;
    browser.until_text_in("#i7 [role=status]", "找到 1 项").await;
    browser.press(Key::Enter).await;
    browser.until("it is chosen", "return document.querySelector('#i7-input').value === '柳河镇49999号村'").await;
    assert_eq!(
        browser.eval("return document.querySelector('#i7-input').getAttribute('aria-expanded')").await,
        json!("false")
    );
    // What is typed and not chosen is no answer: the one before stays.
    browser.type_text("zzz").await;
    browser.until_text_in("#i7 [role=status]", "没有这样的选项").await;
    browser.press(Key::Escape).await;
    browser.until("the answer is back", "return document.querySelector('#i7-input').value === '柳河镇49999号村'").await;
    browser.press(Key::Down).await;
    let active = "const input = document.querySelector('#i7-input'); \
        const row = document.getElementById(input.getAttribute('aria-activedescendant')); \
        return row?.getAttribute('aria-selected') === 'true' && row.getAttribute('aria-posinset') === '50000' && row.textContent";
    assert_eq!(browser.until("the list opens where it was", active).await, json!("柳河镇49999号村"));
    browser.expect_accessible("an open list").await;
    browser.press(Key::Tab).await;
    // Several of them, with the mouse and by keys.
    browser.tab_to("#i8-input").await;
    browser.type_text("v00012").await;
    browser.until_text_in("#i8 [role=option]", "柳河镇12号村").await;
    browser.click("#i8 [role=option]").await;
    browser.until_text_in("#i8 .chips", "柳河镇12号村").await;
    browser.press(Key::Home).await;
    for _ in 0..6 {
        browser.press(Key::Delete).await;
    }
    browser.type_text("13号").await;
    browser.press(Key::Enter).await;
    browser.until("two are chosen", "return document.querySelectorAll('#i8 .chip').length === 2").await;
    browser.press(Key::Escape).await;
    browser.click("#i8 .chip").await;
    browser.until("one is chosen", "return document.querySelectorAll('#i8 .chip').length === 1").await;
    browser.expect_accessible("chosen of a long list").await;
    browser.expect_no_errors().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn one_of_fifty_thousand_is_found_by_typing_in_chromium() {
    fifty_thousand(Engine::Chromium).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn one_of_fifty_thousand_is_found_by_typing_in_firefox() {
    fifty_thousand(Engine::Firefox).await;
}

async fn order_and_marks(engine: Engine) {
    let (office, browser) = open(engine).await;
    browser.space_on("[name='i1']").await;
    go_on(&browser).await;
    // i10 group, i11 rank, i12 and i13 ranges, i14 stars, i15 day and time, i16 acknowledge.
    browser.enter_on("#i11 [data-put='2']").await;
    until_announced(&browser, "讲得清楚：第 1 位，共 4 位").await;
    browser.until("the focus is on the next", "return document.activeElement.matches('#i11 [data-put]')").await;
    browser.enter_on("#i11 [data-put='0']").await;
    browser.until("two are in order", "return document.querySelectorAll('#i11 .rank-row').length === 2").await;
    // What is left out is named when going on.
    browser.enter_on(".interview .actions .primary").await;
    browser.until_text_in(".faults", "排好次序").await;
    browser.enter_on(".faults .fault").await;
    browser.enter_on("#i11 [data-put]").await;
    browser.until("three are in order", "return document.querySelectorAll('#i11 .rank-row').length === 3").await;
    browser.enter_on("#i11 [data-put]").await;
    browser.until("all are in order", "return document.querySelectorAll('#i11 .rank-row').length === 4").await;
    let order = "return [...document.querySelectorAll('#i11 .rank-row .grow')].map((row) => row.textContent).join()";
    assert_eq!(browser.eval(order).await, json!("讲得清楚,办得快,离家近,公平"));
    browser
        .until(
            "the focus is on the last",
            "return document.activeElement.matches('#i11 [data-does=up][data-at=\"3\"]')",
        )
        .await;
    browser.press(Key::Enter).await;
    until_announced(&browser, "公平：第 3 位，共 4 位").await;
    assert_eq!(browser.eval(order).await, json!("讲得清楚,办得快,公平,离家近"));
    // By dragging: the first to the end.
    browser.drag("#i11 .rank-row:first-child .rank-grip", "#i11 .rank-row:last-child .rank-grip").await;
    browser
        .until("the dragged row is last", &format!("return (() => {{ {order} }})() === '办得快,公平,离家近,讲得清楚'"))
        .await;
    // A slider has no value before it is touched.
    let mark = "const input = document.querySelector('#i12-input'); return [input.getAttribute('aria-valuetext'), input.classList.contains('unset')]";
    assert_eq!(browser.eval(mark).await, json!(["还没有选", true]));
    browser.tab_to("#i12-input").await;
    browser.press(Key::Enter).await;
    assert_eq!(browser.eval(mark).await, json!(["5", false]));
    browser.press(Key::Right).await;
    browser.until_text_in("#i12 output", "6").await;
    browser.tab_to("#i13-input").await;
    for _ in 0..2 {
        browser.press(Key::Left).await;
    }
    browser.until_text_in("#i13 output", "0.3").await;
    browser.enter_on("#i13 .step:last-of-type").await;
    browser.until_text_in("#i13 output", "0.4").await;
    browser.space_on("[name='i14']").await;
    for _ in 0..3 {
        browser.press(Key::Right).await;
    }
    let pick = "const input = document.querySelector('#i15-input'); input.value = '2026-11-24T08:30'; \
        input.dispatchEvent(new Event('input', { bubbles: true })); return input.value";
    assert_eq!(browser.eval(pick).await, json!("2026-11-24T08:30"));
    browser.space_on("#i16 input").await;
    browser.expect_accessible("order and marks").await;
    fits(&browser, "order and marks").await;
    go_on(&browser).await;
    // What people know: the answers are not judged here.
    browser.space_on("[name='i18']").await;
    browser.tab_to("#i19-input").await;
    browser.type_text("12345").await;
    browser.space_on("[name='i20'][value='0']").await;
    browser.tab_to("#i21-input").await;
    browser.type_text("ＬＩＵＨＥ").await;
    go_on(&browser).await;
    // One card for each indicator, one tab stop for each unit in it.
    browser.space_on("[name='i23-r0c0']").await;
    browser.tab().await;
    let next = "return [document.activeElement.name ?? '', document.activeElement.className]";
    assert_eq!(browser.eval(next).await[0], json!("i23-r0"), "the box for the unit as a whole");
    browser.tab_to("[name='i23-r1'][type=checkbox]").await;
    browser.strike(' ').await;
    browser
        .until(
            "the unit is not known in every card",
            "return document.querySelectorAll(\"[name^='i23-r1c']:checked\").length === 2",
        )
        .await;
    browser.space_on("[name='i23-r0c1']").await;
    browser.expect_accessible("units").await;
    fits(&browser, "units").await;
    browser.enter_on(".skip-rows").await;
    go_on(&browser).await;
    for text in ["讲得清楚", "0.4", "2026年11月24日 08:30", "已勾选"] {
        browser.until_text(text).await;
    }
    browser.expect_accessible("the review of every kind").await;
    fits(&browser, "the review of every kind").await;
    send(&browser, &office).await;
    let records = office.records("kinds");
    assert_eq!(
        records[0]["answers"],
        json!({
            "way": "bus", "order": ["speed", "fair", "near", "clear"], "mark": 6, "share": "0.4", "stars": 4,
            "when": "2026-11-24T08:30", "read": "OK", "law": "three", "hotline": 12345, "duties": ["safety"],
            "town": "ＬＩＵＨＥ",
            "one": { "u1": { "a": "good", "b": "good" }, "u2": { "a": "unknown", "b": "unknown" } }
        }),
        "{records:#}"
    );
    let known = office.tally("kinds", &["--by=question"]);
    let share = |at: usize| (known[at]["item"].clone(), known[at]["share_exact"].clone(), known[at]["n"].clone());
    assert_eq!(share(2), (json!("duties"), json!("0"), json!(1)));
    // 2.5 of 4.5 points.
    assert_eq!(share(4), (json!(null), json!("5/9"), json!(1)));
}

#[tokio::test(flavor = "multi_thread")]
async fn things_are_ranked_marked_known_and_graded_by_keyboard_in_chromium() {
    order_and_marks(Engine::Chromium).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn things_are_ranked_marked_known_and_graded_by_keyboard_in_firefox() {
    order_and_marks(Engine::Firefox).await;
}
