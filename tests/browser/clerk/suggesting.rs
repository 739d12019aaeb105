//! Suggestions as a clerk works: read with what is masked, tagged and assigned in one go, a mask lifted and one added, released
//! after a look, published without a name or number; a case opened with the words masked; all of it there after a reload.

use crate::harness::{Browser, Clerk, Engine, Office, Tablet, file};
use minping::session::Answer;
use serde_json::json;

const PLAN: &str = "study-practice";
const TITLE: &str = "Study and practice campaign";
const TEXTS: [&str; 6] = [
    "请联系王主任，电话13800001234，路灯坏了没人修",
    "小区门口的路灯坏了没有人修",
    "路灯坏了没人修，丁丁说过多次",
    "窗口排队时间太久，老张都走了",
    "窗口排队的时间太久",
    "<img src=x onerror=\"window.broken = 1\"> too few counters",
];

/// Fills in the field of this label that is shown.
async fn put(clerk: &Clerk, label: &str, value: &str) {
    let find = format!(
        "const field = [...document.querySelectorAll('main label.field')].find((f) =>
             f.getClientRects().length > 0 && f.querySelector('.field-label').innerText.trim() === {});
         const input = field && field.querySelector('input, select, textarea');",
        json!(label)
    );
    clerk.browser.until(&format!("the field {label}"), &format!("{find} return !!input")).await;
    let set = "input.value = given; for (const kind of ['input', 'change']) input.dispatchEvent(new Event(kind, { bubbles: true }))";
    clerk.browser.eval_with(&format!("{find} {set}"), json!(value)).await;
}

/// Presses a button of the text in which these words stand.
async fn press(browser: &Browser, words: &str, button: &str) {
    let body = format!(
        "const row = [...document.querySelectorAll('.said-list > .said')].find((row) => row.innerText.includes({}));
         const button = row && [...row.querySelectorAll('button')].find((b) => b.innerText.trim() === {});
         if (button) button.click(); return !!button",
        json!(words),
        json!(button)
    );
    browser.until(&format!("{button} of {words}"), &body).await;
}

/// Selects the text in which these words stand.
async fn select(browser: &Browser, words: &str) {
    let body = format!(
        "const row = [...document.querySelectorAll('.said-list > .said')].find((row) => row.innerText.includes({}));
         const box = row && row.querySelector('input[type=checkbox]'); if (box) box.click(); return !!box",
        json!(words)
    );
    browser.until(&format!("the box of {words}"), &body).await;
}

async fn pictures(clerk: &Clerk, name: &str) {
    for language in ["zh", "en"] {
        clerk.browser.eval("document.querySelector('header [lang]').click()").await;
        for width in [360, 820, 1280] {
            clerk.browser.size(width, 2400).await;
            clerk.browser.expect_fits(name, width).await;
            clerk.browser.screenshot(&format!("suggestions-{name}-{language}-{width}")).await;
        }
    }
    clerk.browser.size(1280, 800).await;
}

async fn sort_and_publish(engine: Engine) {
    let office = Office::open(&[PLAN]).await;
    let mut tablet = Tablet::new(&office.plan_file(PLAN));
    let given: Vec<Vec<(&str, Answer)>> =
        TEXTS.iter().map(|text| vec![("suggestions", Answer::Text((*text).to_owned()))]).collect();
    let given: Vec<&[(&str, Answer)]> = given.iter().map(Vec::as_slice).collect();
    let batch = tablet.hand_over_answers(&given).text;
    let clerk = Clerk::open(engine, &office.url("office.html")).await;
    let browser = &clerk.browser;
    clerk.choose_plan(TITLE).await;
    clerk.page("suggestions").await;
    browser.until_text("No record counts yet").await;
    clerk.look("suggestions without records").await;
    clerk.open_keys(&office).await;
    clerk.page("roster").await;
    clerk.pick("Open a card file", &[file("one.minping-card", tablet.card("One"))]).await;
    browser.click_text("They agree: enrol").await;
    browser.until_text("Issue 1, 1 devices").await;
    clerk.open_batches(&[file("1.minping", batch)]).await;

    clerk.page("suggestions").await;
    browser.until_text("6 of 6 texts shown; 2 with something masked, 0 released").await;
    let marks = "return [...document.querySelectorAll('.said mark')].map((m) => m.innerText).sort().join() === '13800001234,王,老张'";
    browser.until("what is masked", marks).await;
    clerk.look("the list of suggestions").await;
    pictures(&clerk, "list").await;

    // Nobody decides without a name.
    press(browser, "小区门口", "Release").await;
    browser.until("the field for the name", "return document.activeElement.id === 'said-by'").await;
    put(&clerk, "Who decides (name or post)", "Office, Wang").await;

    // Three about street lights: found, tagged and assigned together.
    put(&clerk, "Search for words", "路灯").await;
    browser.until_text("3 of 6 texts shown").await;
    browser.click_text("Select all on this page").await;
    browser.until_text("3 selected").await;
    put(&clerk, "Tag (internal, never published)", "lights").await;
    browser.click_text("Add the tag").await;
    browser.until("the tags", "return [...document.querySelectorAll('.said')].filter((s) => s.innerText.includes('#lights')).length === 3").await;

    // A name that no rule knows is masked by hand, and a masked one is shown.
    press(browser, "丁丁", "Masks").await;
    put(&clerk, "Words to mask (as written; you can select them above)", "nobody").await;
    browser.click_text("Mask them").await;
    browser.until_text("These words do not stand in the text.").await;
    put(&clerk, "Words to mask (as written; you can select them above)", "丁丁").await;
    clerk.look("the masks of a text").await;
    pictures(&clerk, "masks").await;
    browser.click_text("Mask them").await;
    browser.until_text("Show “丁丁” (name)").await;

    // Released after a look, all three; then one is masked otherwise, and has to be looked at again.
    browser.click_text("Release…").await;
    browser.until_text("Release 3 texts?").await;
    clerk.look("before texts are released").await;
    browser.click("dialog[open] .button.primary").await;
    browser.until_text("3 released, 0 to be looked at again").await;
    browser.click_text("Show “丁丁” (name)").await;
    browser.until_text("2 released, 1 to be looked at again").await;
    press(browser, "没有人修", "Withhold").await;
    browser.until_text("1 released, 1 to be looked at again").await;

    // A decision ends its selection: the next that move up are not decided about with those before.
    put(&clerk, "Search for words", "").await;
    put(&clerk, "Publication", "open").await;
    browser.until_text("3 of 6 texts shown").await;
    press(browser, "老张", "Masks").await;
    select(browser, "老张").await;
    browser.until_text("1 selected").await;
    browser.click_text("Assign").await;
    browser.until_text("Choose the unit or the indicator to assign them to.").await;
    browser.click_text("Release…").await;
    browser.until_text("Release 1 texts?").await;
    clerk.look("before one text is released").await;
    // What is released is what the dialog shows, whatever another window does to the masks meanwhile.
    let behind = "const button = [...document.querySelectorAll('.said-list button')].find((b) => b.innerText.trim() === 'Show “老张” (name)');
        if (button) button.click(); return !!button";
    browser.until("the mask behind the dialog", behind).await;
    browser.until("it is lifted", "return ![...document.querySelectorAll('.said mark')].some((m) => m.innerText === '老张' && !m.closest('dialog'))").await;
    browser.click("dialog[open] .button.primary").await;
    browser.until_text("Masks changed while you looked").await;
    browser.until_text("2 of 6 texts shown").await;
    browser.until_text("Select texts below first.").await;
    select(browser, "too few counters").await;
    browser.until_text("1 selected").await;
    browser.click_text("Withhold").await;
    browser.until_text("1 of 6 texts shown").await;
    browser.until_text("1 released, 2 to be looked at again").await;
    put(&clerk, "Publication", "all").await;
    press(browser, "老张", "Withhold").await;
    browser.until_text("1 released, 1 to be looked at again").await;
    put(&clerk, "Search for words", "路灯").await;

    // The office answers what is released.
    select(browser, "王主任").await;
    browser.until_text("1 selected").await;
    browser.click_text("Answer…").await;
    browser.until_text("Answer the 1 selected texts").await;
    let written = "const field = document.querySelector('dialog[open] textarea'); field.value = given;
        field.dispatchEvent(new Event('input', { bubbles: true }))";
    browser.eval_with(written, json!("已于十月修好。问李主任 13900005678。")).await;
    browser.until_text("2 places in the answer look like a name or a number").await;
    clerk.look("an answer that names somebody").await;
    browser.eval_with(written, json!("已于十月修好。\n谢谢您。")).await;
    clerk.look("an answer").await;
    for width in [360, 820, 1280] {
        browser.size(width, 800).await;
        browser.screenshot(&format!("suggestions-answer-{width}")).await;
    }
    browser.click("dialog[open] .button.primary").await;
    browser.until_text("Answer: 已于十月修好。").await;

    let csv = clerk.save("Save the published list (CSV)", &format!("{PLAN}-suggestions-published.csv")).await;
    assert!(csv.contains("请联系〔姓名〕主任，电话〔电话〕，路灯坏了没人修") && !csv.contains("lights"), "{csv}");
    assert!(
        !csv.contains("13800001234") && !csv.contains('王') && !csv.contains("丁丁") && !csv.contains("排队"),
        "{csv}"
    );
    assert!(csv.contains("已于十月修好。"), "{csv}");
    let page = clerk.save("Save the page for the public", &format!("{PLAN}-suggestions-published.html")).await;
    assert!(page.contains("〔电话〕") && !page.contains("13800001234") && !page.contains("丁丁"), "{page}");
    let internal = clerk.save("Save the internal list (CSV)", &format!("{PLAN}-suggestions-internal.csv")).await;
    assert!(internal.contains("13800001234") && internal.contains("text"), "{internal}");
    let notes = clerk.save("Save the file of notes", &format!("{PLAN}.minping-suggestions")).await;
    assert!(!notes.contains('王') && !notes.contains("路灯") && notes.contains("lights"), "{notes}");

    // Words, groups, counts.
    put(&clerk, "Search for words", "").await;
    put(&clerk, "View", "words").await;
    browser.until_shown(".word-list button").await;
    clerk.look("frequent words").await;
    browser.click(".word-list button[data-word*='路灯']").await;
    browser.until_text("3 of 6 texts shown").await;
    put(&clerk, "Search for words", "").await;
    put(&clerk, "View", "groups").await;
    browser.until_text("Show this group").await;
    clerk.look("similar texts").await;
    pictures(&clerk, "groups").await;
    browser.click_text("Show this group").await;
    browser.until_text("Only one group of similar texts.").await;
    browser.click_text("Show all").await;
    put(&clerk, "View", "counts").await;
    browser.until_text_in(".quality-table", "lights").await;
    clerk.look("counts of suggestions").await;

    // A case, with the words as they are masked.
    put(&clerk, "View", "list").await;
    browser.until_text("6 of 6 texts shown; 1 with something masked").await;
    press(browser, "13800001234", "Open a case").await;
    browser.until_shown("#opening textarea").await;
    let carried = browser.eval("return document.querySelector('#opening textarea').value").await;
    assert_eq!(carried, "请联系〔姓名〕主任，电话〔电话〕，路灯坏了没人修");
    put(&clerk, "What was evaluated", "Lighting office").await;
    browser.click("#opening button[type=submit]").await;
    browser.until_text("Back to the list").await;
    assert!(!browser.text().await.contains("13800001234"));

    // All of it is there again.
    clerk.reload().await;
    clerk.page("suggestions").await;
    clerk.open_keys(&office).await;
    clerk.page("suggestions").await;
    browser.until_text("1 released, 1 to be looked at again").await;
    assert_eq!(browser.eval("return window.broken === undefined").await, true, "words became markup");
    browser.expect_no_errors().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_clerk_sorts_masks_and_publishes_suggestions_in_chromium() {
    sort_and_publish(Engine::Chromium).await;
}
