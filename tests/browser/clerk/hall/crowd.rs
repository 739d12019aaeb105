//! As many ballots as a hall has seats, on the host's page.

use super::*;

/// Five hundred ballots that came in while the page looked away.
async fn crowd(engine: Engine) {
    let office = Office::open(&[PLAN]).await;
    let phones = Phones::new(&office);
    let (clerk, token) =
        opened(engine, &office, &[("Name", "Crowd"), ("Host", "Chen"), ("Delegates", "300"), ("Citizens", "220")])
            .await;
    let browser = &clerk.browser;
    let links = browser.eval("return [...document.querySelectorAll('.hall-link')].map((p) => p.innerText)").await;
    let links: Vec<String> = serde_json::from_value(links).expect("addresses");
    // As the receiver keeps them.
    std::fs::create_dir_all(office.batches()).expect("the receiver's folder");
    for at in 0..500 {
        let (link, group) = if at % 5 < 3 { (&links[0], "delegates") } else { (&links[1], "public") };
        let vote = phones.vote(link, group, ["1111", "1122", "1213", "12345"][at % 4]);
        let name = [vote.digest.as_str(), ".minping"].concat();
        std::fs::write(office.batches().join(name), vote.text).expect("a batch");
    }
    let began = std::time::Instant::now();
    look(browser, &token).await;
    count(browser, "Ballots in", 500).await;
    println!("{engine:?}: 500 ballots of {UNITS} units fetched, verified and opened in {:?}", began.elapsed());
    count(browser, "Still out", 20).await;
    browser.click_text("Projector").await;
    browser.until_text_in(".board-number", "500").await;
    browser.click_text("Leave").await;
    browser.click_text("Close the ballot…").await;
    put(browser, "Teller", "Li").await;
    put(browser, "Supervisor", "Zhao").await;
    browser.click("dialog[open] .button.danger").await;
    browser.until_text("500").await;
    browser.until_shown(".protocol").await;
    browser.click_text("Projector").await;
    browser.until_text_in(".board-totals", "520 given out, 500 returned, 500 valid, 0 spoiled").await;
    browser.expect_no_errors().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_board_counts_five_hundred_phones_in_chromium() {
    crowd(Engine::Chromium).await;
}
