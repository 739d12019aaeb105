//! Paper that is sealed counts once, whatever happens meanwhile.

use super::*;

/// Strikes the keys of several papers at once, each ended by Enter: faster than any of them is kept.
async fn type_on(browser: &Browser, papers: &[String]) {
    let keys = papers.iter().flat_map(|marks| marks.chars().map(String::from).chain(["Enter".to_owned()]));
    let keys: Vec<String> = keys.collect();
    browser.until_shown(".paper-keys").await;
    let body = "const place = document.querySelector('.paper-keys');
        for (const key of given) place.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }))";
    browser.eval_with(body, json!(keys)).await;
}

/// Papers as two people read them.
async fn read_twice(browser: &Browser, papers: &[String], next: u32) {
    for (who, pass) in [("Li", "1"), ("Wang", "2")] {
        sit(browser, who, pass).await;
        type_on(browser, papers).await;
        until_paper(browser, next).await;
        browser.click_text("Stop reading").await;
        browser.until_text("Which reading").await;
    }
}

/// Paper is sealed while the batch cannot be signed, the browser is killed, and the button is pressed again and again.
async fn sealed_once(engine: Engine) {
    let office = Office::open(&[PLAN]).await;
    let (clerk, token) =
        opened(engine, &office, &[("Name", "Paper only"), ("Host", "Chen"), ("Delegates", "1"), ("Citizens", "12")])
            .await;
    let browser = &clerk.browser;
    let address = browser.eval("return location.href").await.as_str().expect("an address").to_owned();
    let paper = |marks: &str| marks.chars().cycle().take(UNITS).collect::<String>();
    browser.click_text("Paper ballots").await;
    let papers = [paper("1"), paper("1234"), "X".to_owned()];
    read_twice(browser, &papers, 4).await;
    browser.until_text("Settled and not sealed: 3").await;
    browser.click_text("Back to the ballot").await;
    browser.until_text("3 papers are settled and not sealed, 0 are sealed").await;

    // The last step fails: all are sealed, none is in a batch, and that is said.
    browser.eval("crypto.subtle.sign = () => Promise.reject(new Error('no'))").await;
    browser.click_text("Seal and count them").await;
    browser.until_text("0 papers are settled and not sealed, 3 are sealed").await;
    browser.until_text("3 papers are sealed and in no batch yet").await;
    count(browser, "Paper", 0).await;
    let profile = clerk.browser.kill();
    let clerk = Clerk { browser: Browser::open_on(engine, profile).await };
    let browser = &clerk.browser;
    browser.size(1280, 800).await;
    browser.goto(&address).await;
    browser.until_app().await;
    browser.eval("localStorage.setItem('minping.language', 'en')").await;
    clerk.reload().await;
    browser.until_text("3 papers are sealed and in no batch yet").await;
    clerk.open_keys(&office).await;
    browser.goto(&address).await;
    browser.until_shown(".tiles").await;
    browser.click_text("Close the ballot…").await;
    browser.until_text_in("dialog[open]", "3 papers are sealed and in no batch yet").await;
    clerk.look("what keeps a ballot open").await;
    browser.click("dialog[open] .button:not(.danger)").await;

    // Now it is in a batch, and the receiver does not answer: removing the batches leaves the only copy.
    browser.eval("window.answering = window.fetch; window.fetch = () => Promise.reject(new TypeError('no'))").await;
    browser.click_text("Seal and count them").await;
    browser.until_text("the receiver did not take it").await;
    browser.until_text("1 batches have not reached the receiver").await;
    clerk.page("batches").await;
    browser.click_text("Remove the batches from this computer").await;
    browser.until_text_in("dialog[open]", "it is nowhere else").await;
    browser.click("dialog[open] .button.danger").await;
    browser.until("the question to be answered", "return !document.querySelector('dialog[open]')").await;
    browser.goto(&address).await;
    browser.until_shown(".tiles").await;
    count(browser, "Paper", 2).await;
    count(browser, "Spoiled", 1).await;
    browser.eval("window.fetch = window.answering").await;

    // More paper; pressed, left, and pressed again while the first is at work.
    browser.click_text("Paper ballots").await;
    let more: Vec<String> = (0..6).map(|at| if at % 2 == 0 { paper("12") } else { "X".to_owned() }).collect();
    read_twice(browser, &more, 10).await;
    browser.click_text("Back to the ballot").await;
    browser.until_text("6 papers are settled and not sealed, 3 are sealed").await;
    let press = "const button = [...document.querySelectorAll('button')].find((b) => b.innerText.trim() === 'Seal and count them');
        if (button && !button.disabled) { button.click(); return true }";
    for _ in 0..3 {
        browser.eval(press).await;
        browser.eval("location.hash = '#/batches'").await;
        browser.until("another page", "return !document.querySelector('.poster')").await;
        browser.goto(&address).await;
        browser.until_shown(".tiles").await;
    }
    browser.until_text("0 papers are settled and not sealed, 9 are sealed").await;
    count(browser, "Paper", 5).await;
    count(browser, "Spoiled", 4).await;
    count(browser, "Ballots in", 9).await;
    let sent = "return !document.body.innerText.includes('have not reached the receiver')";
    browser.until("the paper to be sent", sent).await;

    // Nobody counted the box, and nobody looked at the receiver: both are asked for.
    browser.click_text("Close the ballot…").await;
    browser.until_text_in("dialog[open]", "nobody said how much paper lay in the box").await;
    browser.click("dialog[open] .button:not(.danger)").await;
    browser.eval("for (const d of document.querySelectorAll('details')) d.open = true").await;
    put(browser, "Paper in the box: Citizens", "99999999999").await;
    browser.until_text("whole number from 0 to 1000000").await;
    put(browser, "Paper in the box: Citizens", "9").await;
    browser.click_text("Close the ballot…").await;
    browser.until_text_in("dialog[open]", "13 given out, 9 returned, 5 valid, 4 spoiled").await;
    put(browser, "Teller", "Li").await;
    put(browser, "Supervisor", "Zhao").await;
    browser.click("dialog[open] .button.danger").await;
    browser.until_text_in("dialog[open]", "Nobody looked at the receiver").await;
    browser.click("dialog[open] .button:not(.danger)").await;
    look(browser, &token).await;
    browser.click_text("Close the ballot…").await;
    browser.until_shown("dialog[open] form").await;
    put(browser, "Teller", "Li").await;
    put(browser, "Supervisor", "Zhao").await;
    browser.click("dialog[open] .button.danger").await;
    browser.until_shown(".protocol").await;
    // Where every number fits, nothing is to be explained.
    let told = browser.eval("return document.querySelector('.protocol').innerText").await;
    let told = told.as_str().expect("a protocol");
    assert!(!told.contains("Explanation") && !told.contains("lay in the box, "), "{told}");
    browser.expect_no_errors().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn paper_that_was_sealed_counts_once_after_a_kill_in_chromium() {
    sealed_once(Engine::Chromium).await;
}
