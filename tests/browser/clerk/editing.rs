//! A plan's text changed in the browser: problems beside the lines, tried out as residents will see it, on paper, in use.

use crate::harness::{Clerk, Engine, Site, file, site::root};
use serde_json::json;
use std::fs;

const EDITOR: &str = "#plan-text";

/// Asks the framed page.
async fn framed(clerk: &Clerk, body: &str) -> serde_json::Value {
    let script = format!("const page = document.querySelector('.preview-frame').contentDocument; {body}");
    clerk.browser.eval(&script).await
}

async fn until_framed(clerk: &Clerk, text: &str) {
    let body = format!(
        "const frame = document.querySelector('.preview-frame');
         return !!frame && !!frame.contentDocument && (frame.contentDocument.body?.innerText ?? '').includes({})",
        json!(text)
    );
    clerk.browser.until(text, &body).await;
}

/// Replaces the first `from` in the text, as typing does.
async fn replace(clerk: &Clerk, from: &str, to: &str) {
    clerk
        .browser
        .eval_with(
            "const area = document.querySelector('#plan-text');
             if (!area.value.includes(given[0])) throw new Error('not there: ' + given[0]);
             area.value = area.value.replace(given[0], given[1]);
             area.dispatchEvent(new Event('input', { bubbles: true }))",
            json!([from, to]),
        )
        .await;
}

async fn edit(engine: Engine) {
    let site = Site::open().await;
    let clerk = Clerk::open(engine, &site.url("office.html#/edit")).await;
    let browser = &clerk.browser;
    browser.until_text("No draft yet").await;
    let ready = fs::read_to_string(root().join("plans/study-practice.json")).expect("a ready plan");
    clerk.pick("Open a plan file", &[file("study-practice.json", ready)]).await;
    browser.until_shown(".sections").await;
    browser.click(".section-link[href$='/text']").await;
    browser.until_shown(EDITOR).await;
    browser.until_text_in(".verdict", "Warnings: 1").await;
    browser.until_text_in(".editor", "there is no `don't know`").await;
    browser.until_text("The draft is kept on this computer").await;
    until_framed(&clerk, "nothing is kept, and nothing is sent").await;
    until_framed(&clerk, "How do you rate the second stage").await;
    clerk.look("the editor's text").await;

    // A leading question is named with its line, and the button leads to its field.
    replace(&clerk, "How do you rate the second stage", "Are you satisfied with the excellent second stage").await;
    browser.until_text_in(".editor-problems", "praises what is to be judged").await;
    browser.until_text_in(".editor-problems", "names only one side").await;
    until_framed(&clerk, "the excellent second stage").await;
    browser.click_text("praises what is to be judged").await;
    let shown = "const at = document.activeElement;
        return at.closest('.question') !== null && at.value?.includes('excellent')";
    browser.until("the field of the wording has the focus", shown).await;
    browser.click(".section-link[href$='/text']").await;
    browser.until_shown(EDITOR).await;

    // The interview goes on over a change of the text, and ends without a trace.
    framed(&clerk, "page.querySelector('.interview .items input[type=radio]').click()").await;
    replace(&clerk, "the excellent second stage", "the second stage").await;
    until_framed(&clerk, "Are you satisfied with the second stage").await;
    assert_eq!(
        framed(&clerk, "return page.querySelectorAll('.interview .items input:checked').length").await,
        1,
        "the answer is still there"
    );

    // An error keeps the last sound preview and cannot be used; a broken text leads to itself.
    replace(&clerk, "\"scale\": \"", "\"scales\": \"").await;
    browser.until_text_in(".editor-problems", "error").await;
    browser.until_text("below is how it was when it last had none").await;
    let disabled = "return document.querySelector('#use-plan').disabled";
    assert_eq!(browser.eval(disabled).await, true);
    clerk.look("the editor with an error").await;
    replace(&clerk, "\"scales\": \"", "\"scale\": \"").await;
    browser.until("the plan can be used", &disabled.replace(".disabled", ".disabled === false")).await;
    replace(&clerk, "{", "{{").await;
    browser.click(".section-link[href$='/units']").await;
    browser.until_text("The plan's text is broken").await;
    browser.click("#undo").await;
    browser.until_text("What is evaluated").await;
    browser.click(".section-link[href$='/text']").await;
    browser.until("the plan can be used", &disabled.replace(".disabled", ".disabled === false")).await;

    // Paper, and a script that stays words.
    replace(&clerk, "Are you satisfied with the second stage", "<img src=x onerror='window.broken = 1'> second stage")
        .await;
    browser.click_text("Paper").await;
    browser.until_text_in(".paper", "<img src=x").await;
    browser.until_text_in(".paper", "☐").await;
    assert_eq!(browser.eval("return window.broken ?? document.querySelectorAll('.paper img').length").await, 0);
    clerk.look("a plan on paper").await;
    browser.until("the plan can be used", &disabled.replace(".disabled", ".disabled === false")).await;
    browser.click_text("Use this plan").await;
    browser.until_text("The plan is in use now").await;

    // Two windows do not write over one another.
    let address = browser.eval("return location.href").await;
    let first = browser.client.window().await.expect("the window's handle");
    let second = browser.client.new_window(true).await.expect("another window").handle;
    browser.client.switch_to_window(second).await.expect("the other window");
    browser.goto(address.as_str().expect("an address")).await;
    browser.until_text("The editor is open in another window").await;
    browser.click_text("Continue here").await;
    browser
        .until(
            "the draft is in this window",
            "return document.querySelector('#plan-text')?.value.includes('second stage')",
        )
        .await;
    browser.client.close_window().await.expect("it is closed");
    browser.client.switch_to_window(first).await.expect("the first window");
    browser.until_text("The editor is open in another window").await;

    // The draft outlives the page.
    clerk.reload().await;
    browser.until_shown(EDITOR).await;
    let there = "return document.querySelector('#plan-text').value.includes('second stage')";
    browser.until("the draft is there again", there).await;
    browser.expect_no_errors().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_plan_is_changed_tried_out_and_put_in_use_in_chromium() {
    edit(Engine::Chromium).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_plan_is_changed_tried_out_and_put_in_use_in_firefox() {
    edit(Engine::Firefox).await;
}
