//! The whole way of an answer: from the link in a QR code to the office's score, with the network gone in between.

use crate::harness::{Browser, Engine, Office};

const ANSWER_ALL: &str = "
    const groups = new Map();
    for (const input of document.querySelectorAll('main input[type=radio]'))
        if (input.getClientRects().length || input.labels[0]) groups.set(input.name, [...(groups.get(input.name) || []), input]);
    for (const inputs of groups.values()) if (!inputs.some((i) => i.checked)) inputs[0].click();
    return groups.size";

/// Answers the first grade everywhere, section by section, to the review.
async fn answer_to_the_review(browser: &Browser) {
    loop {
        let questions =
            browser.until("questions to answer", &format!("return (() => {{ {ANSWER_ALL} }})() || null")).await;
        assert!(questions.as_u64() >= Some(1));
        let more = browser
            .eval(
                "return [...document.querySelectorAll('.actions button')].some((b) => b.innerText.trim() === '下一步')",
            )
            .await;
        if more == true {
            browser.click_text("下一步").await;
        } else {
            browser.click_text("检查答案").await;
            browser.until_text("请看一遍").await;
            return;
        }
    }
}

async fn from_link_to_score(engine: Engine) {
    let mut office = Office::open(&["study-practice"]).await;
    let link = office.link("study-practice", &["--group=residents"]);
    let browser = Browser::open(engine).await;
    browser.size(360, 740).await;
    browser.goto(&link).await;
    browser.until_text("您的答案怎么处理").await;
    browser.until_offline_ready().await;
    browser.click_text("开始填写").await;
    browser.until_shown("main input[type=radio]").await;

    // The network goes while the form is open; what was chosen is kept all the same, through a killed browser too.
    office.network.cut();
    browser.click("main label.option").await;
    browser.until_text("已保存在本机").await;
    let profile = browser.kill();
    let browser = Browser::open_on(engine, profile).await;
    browser.size(360, 740).await;
    browser.goto(&link).await;
    browser.click_text("继续填写").await;
    browser
        .until("the choice to be there again", "return !!document.querySelector('main input[type=radio]:checked')")
        .await;
    answer_to_the_review(&browser).await;
    browser.click_text("提交").await;
    browser.until_shown("dialog[open]").await;
    browser.click("dialog[open] .button.primary").await;
    browser.until_text("等待网络").await;
    assert!(office.received().is_empty(), "nothing can have arrived");

    // It returns: the sealed answer goes on its way by itself or when asked.
    office.network.restore();
    browser
        .until(
            "the answer to arrive",
            "const again = [...document.querySelectorAll('button')].find((b) => b.innerText.includes('现在重试') && !b.disabled);
             if (again) again.click();
             return document.body.innerText.includes('已经送达')",
        )
        .await;
    assert_eq!(office.received().len(), 1, "one batch, however often it was sent");
    browser.expect_no_errors().await;

    let rows = office.tally("study-practice", &[]);
    assert_eq!(rows.as_array().map(Vec::len), Some(1), "{rows:#}");
    assert_eq!((&rows[0]["index"], &rows[0]["n"]), (&100.0.into(), &1.into()), "{rows:#}");

    // Nothing of the answer is on the device in the open.
    let kept = browser
        .eval(
            "const texts = Object.keys(localStorage).map((key) => key + localStorage.getItem(key)); return texts.join(' ')",
        )
        .await;
    assert!(
        !kept.as_str().unwrap_or_default().contains("satisfied"),
        "a sent answer is readable on the device: {kept}"
    );
    office.stop();
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_goes_from_the_link_through_a_dead_network_to_the_score_in_chromium() {
    from_link_to_score(Engine::Chromium).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_goes_from_the_link_through_a_dead_network_to_the_score_in_firefox() {
    from_link_to_score(Engine::Firefox).await;
}
