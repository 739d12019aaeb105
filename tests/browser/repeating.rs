//! Lists that follow the answer above them, and items that are answered again and again.

use crate::harness::{Browser, Engine, Office};
use serde_json::{Value, json};

async fn begin(engine: Engine) -> (Office, Browser) {
    let office = Office::open(&["repeats"]).await;
    let browser = Browser::open(engine).await;
    browser.size(360, 740).await;
    browser.goto(&office.link("repeats", &[])).await;
    browser.until_shown(".welcome").await;
    browser.enter_on(".welcome .actions .primary").await;
    browser.until_shown(".interview").await;
    (office, browser)
}

async fn next(browser: &Browser) {
    let before = browser.eval("return document.querySelector('.interview h1').textContent").await;
    browser.enter_on(".interview .actions .primary").await;
    let moved = format!("const h = document.querySelector('.interview h1'); return !!h && h.textContent !== {before}");
    browser.until("the next screen", &moved).await;
}

/// How many options each list of the section offers.
async fn offered(browser: &Browser) -> Value {
    let read =
        "return [...document.querySelectorAll('fieldset.question')].map((f) => f.querySelectorAll('.option').length)";
    browser.eval(read).await
}

async fn choose(browser: &Browser, list: usize, option: usize) {
    let pick = format!(
        "document.querySelectorAll('fieldset.question')[{list}].querySelectorAll('.option-input')[{option}].click()"
    );
    browser.eval(&pick).await;
}

/// The options of three lists, one above the other.
async fn a_cascade(engine: Engine) {
    let (office, browser) = begin(engine).await;
    assert_eq!(offered(&browser).await, json!([2, 0, 0]));
    choose(&browser, 0, 0).await;
    browser
        .until(
            "the cities",
            "return document.querySelectorAll('fieldset.question')[1].querySelectorAll('.option').length === 2",
        )
        .await;
    choose(&browser, 1, 0).await;
    browser
        .until(
            "the streets",
            "return document.querySelectorAll('fieldset.question')[2].querySelectorAll('.option').length === 2",
        )
        .await;
    choose(&browser, 2, 1).await;
    browser.screenshot("repeats-cascade").await;
    browser.expect_accessible("a cascade").await;
    // Another province: what was chosen below is out of sight, and required again.
    choose(&browser, 0, 1).await;
    browser
        .until(
            "another city",
            "return document.querySelectorAll('fieldset.question')[1].querySelectorAll('.option').length === 1",
        )
        .await;
    assert_eq!(offered(&browser).await, json!([2, 1, 0]));
    browser.enter_on(".interview .actions .primary").await;
    browser.until_shown(".faults .fault").await;
    // And back: it is chosen as before, also after a reload.
    choose(&browser, 0, 0).await;
    let chosen = "const f = document.querySelectorAll('fieldset.question'); \
        return f.length === 3 && [...f].every((f) => f.querySelector(':checked'))";
    browser.until("what was chosen", chosen).await;
    browser.reload().await;
    browser.until_shown(".welcome").await;
    browser.enter_on(".welcome .actions .primary").await;
    browser.until("what was chosen, after a reload", chosen).await;
    browser.expect_no_errors().await;
    drop(office);
}

#[tokio::test(flavor = "multi_thread")]
async fn three_lists_follow_one_another_in_chromium() {
    a_cascade(Engine::Chromium).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn three_lists_follow_one_another_in_firefox() {
    a_cascade(Engine::Firefox).await;
}

/// Labels of the instances that are shown.
const HEADINGS: &str = "return [...document.querySelectorAll('.instance-name')].map((h) => h.textContent)";
/// Types into what has the focus.
async fn fill(browser: &Browser, text: &str) {
    browser.until("an input with the focus", "return document.activeElement?.matches('input, textarea')").await;
    browser.type_text(text).await;
}

async fn until_headings(browser: &Browser, count: usize) {
    browser
        .until("as many instances", &format!("return document.querySelectorAll('.instance-name').length === {count}"))
        .await;
}

/// Members of a household added, filled, removed, kept over a reload, sent and opened.
async fn a_household(engine: Engine) {
    let (office, browser) = begin(engine).await;
    for list in 0..2 {
        choose(&browser, list, 0).await;
        browser.until("options below", &format!("return document.querySelectorAll('fieldset.question')[{}].querySelectorAll('.option').length === 2", list + 1)).await;
    }
    next(&browser).await;
    until_headings(&browser, 1).await;
    let first = browser.eval("return document.querySelector('.question input').id").await;
    browser.tab_to(&format!("#{}", first.as_str().expect("an id"))).await;
    fill(&browser, "Ann").await;
    // What is calculated is shown and follows.
    browser.until_text_in(".fixed", "1. Ann").await;
    browser.eval("document.querySelector('.instance').dataset.stays = ''").await;
    browser.enter_on("[id$='-add']").await;
    until_headings(&browser, 2).await;
    let kept = "return document.querySelectorAll('.instance')[0].dataset.stays === ''";
    assert_eq!(browser.eval(kept).await, json!(true), "the first one is not built anew");
    // The focus is in the first question of the new one.
    fill(&browser, "Bo").await;
    browser.tab_to("[inputmode]").await;
    browser
        .until(
            "both lines",
            "return [...document.querySelectorAll('.fixed')].map((p) => p.textContent).join() === '1. Ann,2. Bo'",
        )
        .await;
    browser.enter_on("[id$='-add']").await;
    until_headings(&browser, 3).await;
    fill(&browser, "Cy").await;
    browser.screenshot("repeats-three-360").await;
    browser.expect_accessible("a repeat").await;
    // Names of inputs and groups are their own in every instance.
    let twice =
        "const ids = [...document.querySelectorAll('[id]')].map((e) => e.id); return ids.length - new Set(ids).size";
    assert_eq!(browser.eval(twice).await, json!(0));
    // The first one is removed after a question, which the focus is in; the others move up.
    browser.enter_on("[id$='-remove']").await;
    browser.until("the question", "return document.activeElement?.id.endsWith('-keep')").await;
    browser.enter_on("[id$='-keep']").await;
    browser.until("the way back", "return document.activeElement?.id.endsWith('-remove')").await;
    browser.enter_on("[id$='-remove']").await;
    browser.enter_on(".instance-ask .primary").await;
    until_headings(&browser, 2).await;
    browser
        .until(
            "the lines moved up",
            "return [...document.querySelectorAll('.fixed')].map((p) => p.textContent).join() === '1. Bo,2. Cy'",
        )
        .await;
    browser
        .until("the focus on the one that moved up", "return document.activeElement?.className === 'instance-name'")
        .await;
    // An empty one goes without a question.
    browser.enter_on("[id$='-add']").await;
    until_headings(&browser, 3).await;
    browser.enter_on("#main [id$='-remove'], main [id$='-remove']").await;
    browser.reload().await;
    browser.until_shown(".welcome").await;
    browser.enter_on(".welcome .actions .primary").await;
    until_headings(&browser, 3).await;
    assert_eq!(browser.eval(HEADINGS).await.as_array().map(Vec::len), Some(3));
    // A fault points into its instance.
    browser.enter_on(".interview .actions .primary").await;
    browser.until_shown(".faults .fault").await;
    let fault = browser.eval("return document.querySelector('.faults .fault-name').textContent").await;
    assert!(fault.as_str().is_some_and(|name| name.contains(" 3 · ")), "{fault}");
    browser.enter_on(".faults .fault").await;
    fill(&browser, "Di").await;
    next(&browser).await;
    a_number_of_visits(&browser).await;
    next(&browser).await;
    next(&browser).await;
    browser.until_text("Di").await;
    for (width, height) in [(360, 740), (820, 1180), (1280, 800)] {
        browser.size(width, height).await;
        browser.screenshot(&format!("repeats-review-{width}")).await;
    }
    browser.enter_on(".interview .actions .primary").await;
    browser.until_shown("dialog[open]").await;
    browser.enter_on("dialog[open] .primary").await;
    browser.until_shown(".state.done").await;
    browser.expect_no_errors().await;
    let records = office.records("repeats");
    assert_eq!(records[0]["repeats"], json!({ "household": 3, "visit": 2 }));
    let answers = &records[0]["answers"];
    assert_eq!(answers["household[1]/called"], "Bo");
    assert_eq!(answers["household[3]/line"], "3. Di");
    assert_eq!(answers["visit[2]/goal"], "tax");
    assert_eq!(answers["people"], "3");
}

/// Instances by a number that is typed in the same section: the focus stays where it is typed.
async fn a_number_of_visits(browser: &Browser) {
    browser.tab_to("input[inputmode]").await;
    browser.type_text("1").await;
    until_headings(browser, 1).await;
    browser.until("the focus is back", "return document.activeElement?.value === '1'").await;
    browser.type_text("2").await;
    until_headings(browser, 12).await;
    browser.until("the focus is back", "return document.activeElement?.value === '12'").await;
    browser.press(fantoccini::key::Key::Backspace).await;
    until_headings(browser, 1).await;
    browser.until("the focus is back", "return document.activeElement?.value === '1'").await;
    browser.press(fantoccini::key::Key::Backspace).await;
    until_headings(browser, 0).await;
    // Also for whoever types the next key at once: nothing is painted in between.
    let hurry = "const input = document.activeElement;
        input.value = '3';
        input.dispatchEvent(new InputEvent('input', { bubbles: true }));
        await new Promise((next) => { const { port1, port2 } = new MessageChannel(); port1.onmessage = next; port2.postMessage(0); });
        return [document.activeElement.value, document.querySelectorAll('.instance-name').length]";
    assert_eq!(browser.eval(hurry).await, json!(["3", 3]));
    many_visits(browser).await;
    browser.press(fantoccini::key::Key::Backspace).await;
    browser.type_text("2").await;
    until_headings(browser, 2).await;
    let last = browser.eval("return [...document.querySelectorAll('.question input')].at(-1).id").await;
    browser.tab_to(&format!("#{}", last.as_str().expect("an id"))).await;
    fill(browser, "tax").await;
}

/// From three to thirty and back: what was there stays, and what is far from the screen is found all the same.
async fn many_visits(browser: &Browser) {
    let mark = "document.querySelectorAll('.instance').forEach((head, at) => { head.dataset.stays = at; })";
    browser.eval(mark).await;
    browser.type_text("0").await;
    until_headings(browser, 30).await;
    let kept = "return [...document.querySelectorAll('.instance')].slice(0, 4).map((head) => head.dataset.stays ?? '')";
    assert_eq!(browser.eval(kept).await, json!(["0", "1", "2", ""]), "those that were there are not built anew");
    let far = "return getComputedStyle(document.querySelector('.items.long > .run')).contentVisibility";
    assert_eq!(browser.eval(far).await, json!("auto"));
    let reach = "const last = [...document.querySelectorAll('.items input')].at(-1);
        last.focus();
        for (let frame = 0; frame < 3; frame++) await new Promise(requestAnimationFrame);
        const { top, bottom, height } = last.getBoundingClientRect();
        return height > 0 && top >= 0 && bottom <= innerHeight && document.activeElement === last";
    assert_eq!(browser.eval(reach).await, json!(true), "the last one is shown when it gets the focus");
    let back = "const input = document.querySelector('input[inputmode]'); input.focus(); input.setSelectionRange(2, 2)";
    browser.eval(back).await;
    browser.press(fantoccini::key::Key::Backspace).await;
    until_headings(browser, 3).await;
    assert_eq!(browser.eval(kept).await, json!(["0", "1", "2"]));
}

#[tokio::test(flavor = "multi_thread")]
async fn members_are_added_removed_kept_and_sent_in_chromium() {
    a_household(Engine::Chromium).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn members_are_added_removed_kept_and_sent_in_firefox() {
    a_household(Engine::Firefox).await;
}
