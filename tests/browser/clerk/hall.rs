//! A hall as its host holds it: opened, voted by phone and on paper, counted in on the board, closed into a protocol that the
//! program checks.

mod crowd;
mod phones;
mod sealing;

use crate::harness::office::{expect_done, program};
use crate::harness::{Browser, Clerk, Engine, Office};
use minping::batch::SignedBatch;
use phones::Phones;
use serde_json::{Value, json};
use std::ffi::OsStr;

const PLAN: &str = "hall-sixty";
const TITLE: &str = "Assessment by the assembly";
const UNITS: usize = 60;

async fn upload(browser: &Browser, batch: &SignedBatch) {
    let body = "return (await fetch('api/batches/' + given[0], { method: 'PUT', body: given[1] })).status";
    let status = browser.eval_with(body, json!([batch.digest.as_str(), batch.text])).await;
    assert!(status == 201 || status == 200, "{status}");
}

/// Fills in the field of this label that is shown.
async fn put(browser: &Browser, label: &str, value: &str) {
    let find = format!(
        "const field = [...document.querySelectorAll('label.field')].find((f) =>
             f.getClientRects().length > 0 && f.querySelector('.field-label').innerText.trim() === {});
         const input = field && field.querySelector('input, select, textarea');",
        json!(label)
    );
    browser.until(&format!("the field {label}"), &format!("{find} return !!input")).await;
    let set = "input.value = given; for (const kind of ['input', 'change']) input.dispatchEvent(new Event(kind, { bubbles: true }))";
    browser.eval_with(&format!("{find} {set}"), json!(value)).await;
}

/// Pictures in both languages, to be looked at.
async fn pictures(browser: &Browser, name: &str, sizes: &[(u32, u32)]) {
    for language in ["zh", "en"] {
        browser.eval("document.querySelector('header [lang]').click()").await;
        for (width, height) in sizes {
            browser.size(*width, *height).await;
            browser.expect_fits(name, *width).await;
            browser.screenshot(&format!("hall-{name}-{language}-{width}")).await;
        }
    }
    browser.size(1280, 800).await;
}

const DESK: [(u32, u32); 3] = [(360, 2400), (820, 1800), (1280, 1600)];
const WALL: [(u32, u32); 2] = [(1280, 720), (1920, 1080)];

/// Strikes one key after another, as fast as somebody types.
async fn strike(browser: &Browser, keys: &str) {
    browser.until("the keys", "return document.activeElement?.classList.contains('paper-keys')").await;
    for key in keys.chars() {
        browser.strike(key).await;
    }
}

/// Sits down to read papers.
async fn sit(browser: &Browser, who: &str, pass: &str) {
    put(browser, "Which reading", pass).await;
    put(browser, "Who reads", who).await;
    put(browser, "Rater group", "public").await;
    browser.click("form button[type=submit]").await;
}

async fn until_paper(browser: &Browser, number: u32) {
    browser.until_text(&format!("Paper {number} ·")).await;
    browser.until("an empty paper", "return document.querySelectorAll('.paper-field.full').length === 0").await;
}

async fn saved(browser: &Browser) {
    browser
        .until(
            "the last key to be kept",
            "return [...document.querySelectorAll('.tag')].some((tag) => tag.innerText === 'saved')",
        )
        .await;
}

/// A delegate scans the code: the app itself, from the first screen to the receipt.
async fn scan(engine: Engine, url: &str) {
    let phone = Browser::open(engine).await;
    phone.size(360, 740).await;
    phone.goto(url).await;
    phone.until_text("您的答案怎么处理").await;
    phone.click_text("开始填写").await;
    phone.until_shown("main input[type=radio]").await;
    loop {
        let answer = "
            const groups = new Map();
            for (const input of document.querySelectorAll('main input[type=radio]'))
                groups.set(input.name, [...(groups.get(input.name) || []), input]);
            for (const inputs of groups.values()) if (!inputs.some((i) => i.checked)) inputs[0].click();
            return groups.size || null";
        phone.until("units to grade", answer).await;
        let more =
            "return [...document.querySelectorAll('.actions button')].some((b) => b.innerText.trim() === '下一步')";
        if phone.eval(more).await != true {
            break;
        }
        phone.click_text("下一步").await;
    }
    phone.click_text("检查答案").await;
    phone.until_text("请看一遍").await;
    phone.click_text("提交").await;
    phone.until_shown("dialog[open]").await;
    phone.click("dialog[open] .button.primary").await;
    phone.until_text("已经送达").await;
    phone.expect_no_errors().await;
}

/// A token, given to the page.
async fn look(browser: &Browser, token: &str) {
    browser.eval("const d = document.querySelector('details.card'); if (!d.open) d.open = true").await;
    browser
        .eval_with(
            "const input = document.querySelector('details.card form input[type=password]');
             input.value = given; input.dispatchEvent(new Event('input', { bubbles: true }))",
            json!(token),
        )
        .await;
    browser.click("details.card form button[type=submit]").await;
    browser.until_text("receiving").await;
}

async fn count(browser: &Browser, name: &str, wanted: u64) {
    let body = format!(
        "const tile = [...document.querySelectorAll('.tile')].find((t) => t.querySelector('dt').innerText === {});
         return tile && +tile.querySelector('dd').innerText === {wanted}",
        json!(name)
    );
    browser.until(&format!("{wanted} {name}"), &body).await;
}

async fn hold(engine: Engine) {
    let office = Office::open(&[PLAN]).await;
    let token =
        std::fs::read_to_string(office.folder().join("data/office-token")).expect("the token").trim().to_owned();
    let phones = Phones::new(&office);
    let clerk = Clerk::open(engine, &office.url("office.html")).await;
    let browser = &clerk.browser;
    clerk.page("hall").await;
    clerk.look("the hall without a plan").await;
    clerk.choose_plan(TITLE).await;
    clerk.page("hall").await;
    browser.until_text("Open the key file first").await;
    clerk.open_keys(&office).await;
    clerk.page("hall").await;

    // Opened: what is missing is named.
    browser.until_shown(".guide-link").await;
    put(browser, "Name", "Spring session").await;
    browser.click_text("Open the ballot").await;
    browser.until_text("Say who hosts it.").await;
    put(browser, "Place", "Great hall").await;
    put(browser, "Host", "Chen").await;
    browser.until_text("browsers give a page over plain http no encryption").await;
    browser.click_text("Open the ballot").await;
    browser.until_text("Say how many ballots were given out.").await;
    put(browser, "Delegates", "12").await;
    put(browser, "Citizens", "8").await;
    // What older slips sent would count too, were it not here first.
    let slips = "[...document.querySelectorAll('label.option')].find((l) => l.innerText.includes('slips')).querySelector('input').click()";
    browser.eval(slips).await;
    browser.click_text("Open the ballot").await;
    browser.until_text("has to be here first").await;
    clerk.look("the form of a ballot").await;
    browser.eval(slips).await;
    pictures(browser, "opening", &DESK).await;
    browser.click_text("Open the ballot").await;
    browser.until_shown(".poster .qr").await;
    browser.until_text("not connected").await;
    let links = browser.eval("return [...document.querySelectorAll('.hall-link')].map((p) => p.innerText)").await;
    let links: Vec<String> = serde_json::from_value(links).expect("addresses");
    assert_eq!(links.len(), 2, "one for each kind of rater");
    look(browser, &token).await;
    count(browser, "Ballots in", 0).await;
    clerk.look("an open ballot").await;
    pictures(browser, "ballot", &DESK).await;

    // Phones: nine delegates, one of them with the app itself, and four citizens; two send twice.
    let votes: Vec<SignedBatch> = (0..8)
        .map(|at| phones.vote(&links[0], "delegates", ["1111", "1122", "1213", "12345"][at % 4]))
        .chain((0..4).map(|at| phones.vote(&links[1], "public", ["1", "21", "1143", "5"][at])))
        .collect();
    for vote in &votes[..6] {
        upload(browser, vote).await;
    }
    count(browser, "Ballots in", 6).await;
    let address = browser.eval("return location.href").await.as_str().expect("an address").to_owned();
    browser.click_text("Projector").await;
    browser.until_text_in(".board-number", "6").await;
    for vote in votes[6..].iter().chain(&votes[..2]) {
        upload(browser, vote).await;
    }
    browser.until_text_in(".board-number", "12").await;
    scan(engine, &links[0]).await;
    browser.until_text_in(".board-number", "13").await;
    browser.until_text_in(".board-of", "of 20 given out").await;
    let shown = browser.eval("return document.querySelector('.board').innerText").await;
    let shown = shown.as_str().expect("a board");
    assert!(
        shown.contains("Results are shown when the host closes") && !shown.contains("%") && !shown.contains("County"),
        "{shown}"
    );
    browser.expect_accessible("the board").await;
    pictures(browser, "board", &WALL).await;
    browser.click(".board .button").await;
    browser.until("the other look", "return document.documentElement.dataset.theme === 'dark'").await;
    pictures(browser, "board-dark", &WALL).await;
    browser.expect_accessible("the board in the dark").await;
    browser.click(".board .button").await;
    browser.click_text("Leave").await;

    // Paper: three of them, by the keys alone.
    browser.until_shown(".tiles").await;
    browser.eval("for (const d of document.querySelectorAll('details')) d.open = true").await;
    put(browser, "Paper in the box: Citizens", "3").await;
    browser.click_text("Paper ballots").await;
    browser.until_text("not entered here and count as not answered: suggestions").await;
    clerk.look("paper before it is read").await;
    sit(browser, "Li", "1").await;
    until_paper(browser, 1).await;
    strike(browser, &"1234".repeat(15)).await;
    browser.press(fantoccini::key::Key::Enter).await;
    until_paper(browser, 2).await;
    strike(browser, &"1".repeat(30)).await;
    saved(browser).await;
    clerk.look("a paper under the keys").await;
    pictures(browser, "paper", &DESK).await;

    // Killed in the middle of a paper: the thirty marks are there.
    let profile = clerk.browser.kill();
    let clerk = Clerk { browser: Browser::open_on(engine, profile).await };
    let browser = &clerk.browser;
    browser.size(1280, 800).await;
    browser.goto(&[&address, "/paper"].concat()).await;
    browser.until_app().await;
    browser.eval("localStorage.setItem('minping.language', 'en')").await;
    clerk.reload().await;
    browser.until_text("Which reading").await;
    sit(browser, "Li", "1").await;
    browser.until("what was typed", "return document.querySelectorAll('.paper-field.full').length >= 29").await;
    strike(browser, &"1".repeat(30)).await;
    browser.press(fantoccini::key::Key::Enter).await;
    until_paper(browser, 3).await;
    strike(browser, "X").await;
    browser.until_text("The whole paper is spoiled").await;
    browser.press(fantoccini::key::Key::Enter).await;
    until_paper(browser, 4).await;
    browser.click_text("Stop reading").await;

    // The second reading is by somebody else, who reads one mark otherwise.
    sit(browser, "Li", "2").await;
    browser.until_text("someone else has to read it").await;
    sit(browser, "Wang", "2").await;
    until_paper(browser, 1).await;
    strike(browser, &"1234".repeat(15)).await;
    browser.press(fantoccini::key::Key::Enter).await;
    until_paper(browser, 2).await;
    strike(browser, &["1".repeat(9), "3".to_owned(), "1".repeat(50)].concat()).await;
    browser.press(fantoccini::key::Key::Enter).await;
    until_paper(browser, 3).await;
    strike(browser, "X").await;
    browser.until_text("The whole paper is spoiled").await;
    browser.press(fantoccini::key::Key::Enter).await;
    until_paper(browser, 4).await;
    browser.click_text("Stop reading").await;
    browser.until_text("Citizens, paper 2: the two readings differ").await;
    clerk.look("papers that differ").await;
    pictures(browser, "differ", &DESK).await;

    // The third look decides: that mark cannot be read.
    put(browser, "Who reads", "Zhao").await;
    browser.click("li.list-row .button.primary").await;
    browser.until_text("first: Satisfied; second: Not very satisfied").await;
    let fields = browser.eval("return document.querySelectorAll('.paper-field').length").await;
    assert_eq!(fields, 1, "what both read the same is not asked again");
    pictures(browser, "third", &[(1280, 800)]).await;
    strike(browser, "x").await;
    browser.press(fantoccini::key::Key::Enter).await;
    browser
        .until(
            "nothing more to decide",
            "return !document.querySelector('.paper-keys') && !document.querySelector('li.list-row .button.primary')",
        )
        .await;
    browser.until_text("fits").await;

    // Sealed as records of the named device, and sent.
    browser.click_text("Back to the ballot").await;
    browser.until_text("3 papers are settled and not sealed").await;
    clerk.open_keys(&office).await;
    browser.goto(&address).await;
    browser.until_shown(".tiles").await;
    look(browser, &token).await;
    browser.click_text("Seal and count them").await;
    browser.until_text("0 papers are settled and not sealed, 3 are sealed").await;
    count(browser, "Paper", 2).await;
    count(browser, "Spoiled", 1).await;
    count(browser, "Ballots in", 16).await;
    let sent = "return !document.body.innerText.includes('have not reached the receiver')";
    browser.until("the paper to be sent", sent).await;
    assert_eq!(office.received().len(), 14, "thirteen phones and one batch of paper");
    clerk.page("roster").await;
    browser.until_text("纸质票录入 paper entry").await;

    // Closed: asked, named, signed.
    browser.goto(&address).await;
    browser.until_shown(".tiles").await;
    look(browser, &token).await;
    browser.eval("for (const d of document.querySelectorAll('details')) d.open = true").await;
    put(browser, "Given out: Citizens", "6").await;
    browser.until_text_in(".tile.bad, .tiles", "18").await;
    browser.click_text("Close the ballot…").await;
    browser.until_text_in("dialog[open]", "The numbers do not fit").await;
    browser.expect_accessible("the question before closing").await;
    browser.screenshot("hall-closing-en-1280").await;
    browser.click("dialog[open] .button:not(.danger)").await;
    put(browser, "Given out: Citizens", "8").await;
    count(browser, "Ballots given out", 20).await;
    browser.click_text("Close the ballot…").await;
    browser.until_shown("dialog[open] form").await;
    browser.click("dialog[open] .button.danger").await;
    browser.until_text("Name the teller and the supervisor.").await;
    put(browser, "Teller", "Li").await;
    put(browser, "Supervisor", "Zhao").await;
    browser.click("dialog[open] .button.danger").await;
    browser.until_shown(".protocol").await;
    clerk.look("the protocol").await;
    pictures(browser, "protocol", &DESK).await;
    let name = browser
        .eval("return new Date(Date.now() - new Date().getTimezoneOffset() * 60000).toISOString().slice(0, 10)")
        .await;
    let day = name.as_str().expect("a day").to_owned();
    let protocol = clerk.save("Save the protocol", &format!("{PLAN}-{day}.minping-protocol")).await;
    let paper = clerk.save("Save a file to print", &format!("{PLAN}-{day}-protocol.html")).await;
    assert!(paper.contains("Supervisor Zhao") && paper.contains("could not be read as one answer"), "{paper}");

    // On paper: the protocol and nothing of the page around it.
    let printed = "const shown = (e) => getComputedStyle(e).display !== 'none';
        return shown(document.querySelector('.protocol')) && [...document.querySelectorAll('.tabs, .standing')].every((e) => !shown(e))";
    if engine == Engine::Chromium {
        browser.cdp("Emulation.setEmulatedMedia", json!({ "media": "print" })).await;
        browser.until("the printed page", printed).await;
        browser.size(794, 1123).await;
        browser.screenshot("hall-print-en-794").await;
        browser.cdp("Emulation.setEmulatedMedia", json!({ "media": "" })).await;
        browser.size(1280, 800).await;
    }

    // On the board, at once; sixty units, page by page, by the keys.
    browser.click_text("Projector").await;
    browser.until_text_in(".board-totals", "20 given out, 16 returned, 15 valid, 1 spoiled").await;
    browser.until_text_in(".board", "County departments").await;
    let mut seen = Vec::new();
    let pages = browser.eval("return +document.querySelector('.board-pages span').innerText.split('/')[1]").await;
    let pages = pages.as_u64().expect("pages");
    for page in 1..=pages {
        browser.until_text_in(".board-pages span", &format!("{page} / {pages}")).await;
        let names = "return [...document.querySelectorAll('.board-name')].map((name) => name.innerText)";
        let names: Vec<String> = serde_json::from_value(browser.eval(names).await).expect("names");
        seen.extend(names);
        browser.size(1280, 720).await;
        let inside =
            "const board = document.querySelector('.board'); return board.scrollHeight <= board.clientHeight + 1";
        assert_eq!(browser.eval(inside).await, true, "page {page} of the board is no higher than the wall");
        if page == 1 {
            browser.expect_accessible("the results on the board").await;
            pictures(browser, "results", &WALL).await;
        }
        match page % 2 {
            // On a button the space does what the button is for.
            0 => {
                browser.eval("document.activeElement.blur()").await;
                browser.strike(' ').await;
            }
            _ if page < pages => browser.click(".board-pages button:last-child").await,
            _ => {}
        }
    }
    seen.sort();
    seen.dedup();
    assert_eq!(seen.len(), UNITS, "every unit is on a page of the board");
    browser.click_text("Leave").await;

    // Too late: named, in no number, and kept apart by a signed decision.
    browser.until_shown(".protocol").await;
    let late = phones.vote(&links[1], "public", "4");
    upload(browser, &late).await;
    browser.until_text("Ballots that came after closing").await;
    browser.until_text(late.digest.short()).await;
    browser.until_text("Fewer than 2 came late").await;
    clerk.look("a late ballot").await;
    browser.click_text("Keep apart").await;
    browser.until_shown("dialog[open] form").await;
    browser
        .eval("const set = (e, v) => { e.value = v; e.dispatchEvent(new Event('input', { bubbles: true })) };
               set(document.querySelector('dialog[open] textarea'), 'came late'); set(document.querySelector('dialog[open] input'), 'Chen')")
        .await;
    browser.click("dialog[open] button[type=submit]").await;
    browser.until_text_in(".list-row", "kept apart").await;
    browser.expect_no_errors().await;

    // What the program says of all this.
    let folder = office.folder();
    std::fs::write(folder.join("p.minping-protocol"), &protocol).expect("the protocol");
    clerk.page("roster").await;
    let roster = clerk.save("Save the roster file", &format!("{PLAN}.minping-roster")).await;
    std::fs::write(folder.join("r.minping-roster"), roster).expect("the roster");
    let (plan, keys, batches) = (office.plan_file(PLAN), office.keys(), office.batches());
    let (signed, named) = (folder.join("p.minping-protocol"), folder.join("r.minping-roster"));
    let words: [&OsStr; 10] = [
        "hall".as_ref(),
        "verify".as_ref(),
        signed.as_ref(),
        batches.as_ref(),
        "--plan".as_ref(),
        plan.as_ref(),
        "--keys".as_ref(),
        keys.as_ref(),
        "--roster".as_ref(),
        named.as_ref(),
    ];
    let output = program(words);
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(said.contains("15 valid ballots") && said.contains("came after closing"), "{said}");
    assert!(!said.contains("is not what the protocol says"), "{said}");
    let words = ["hall", "show"].map(OsStr::new).into_iter().chain([
        signed.as_os_str(),
        "--plan".as_ref(),
        plan.as_os_str(),
        "--format=json".as_ref(),
    ]);
    let shown: Value = serde_json::from_str(&expect_done(&program(words))).expect("a table");
    assert_eq!(shown.as_array().map(Vec::len), Some(UNITS));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_host_holds_a_hall_ballot_in_chromium() {
    hold(Engine::Chromium).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_host_holds_a_hall_ballot_in_firefox() {
    hold(Engine::Firefox).await;
}

/// A ballot of these fields, just opened by the clerk; and the receiver's token.
async fn opened(engine: Engine, office: &Office, fields: &[(&str, &str)]) -> (Clerk, String) {
    let token = std::fs::read_to_string(office.folder().join("data/office-token")).expect("the token");
    let clerk = Clerk::open(engine, &office.url("office.html")).await;
    let browser = &clerk.browser;
    clerk.choose_plan(TITLE).await;
    clerk.open_keys(office).await;
    clerk.page("hall").await;
    browser.until_shown(".guide-link").await;
    for (label, value) in fields {
        put(browser, label, value).await;
    }
    browser.click_text("Open the ballot").await;
    browser.until_shown(".poster .qr").await;
    (clerk, token.trim().to_owned())
}
