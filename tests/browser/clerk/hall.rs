//! A hall as its host holds it: opened, voted by phone and on paper, counted in on the board, closed into a protocol that the
//! program checks.

use crate::harness::office::{expect_done, program};
use crate::harness::{Browser, Clerk, Engine, Office};
use base64ct::{Base64UrlUnpadded, Encoding};
use minping::batch::{BatchDraft, Crypto, SignedBatch, plan_digest, seal_record, sign_batch};
use minping::hall::{From, Sheet, Slip, paper_record};
use minping::native::crypto::Native;
use minping::native::host::NATIVE;
use minping::plan::{Plan, load};
use minping::session::PlanRef;
use pollster::block_on;
use serde_json::{Value, json};
use std::ffi::OsStr;
use std::rc::Rc;

const PLAN: &str = "hall-sixty";
const TITLE: &str = "Assessment by the assembly";
const UNITS: usize = 60;

/// Somebody's phone: what it makes of marks on the form, by the link that it scanned.
struct Phones {
    plan: Rc<Plan>,
    reference: PlanRef,
    sheet: Sheet,
}

impl Phones {
    fn new(office: &Office) -> Phones {
        let text = std::fs::read_to_string(office.plan_file(PLAN)).expect("the published plan");
        let plan = Rc::new(load(&text).expect("a plan"));
        let digest = block_on(plan_digest(&Native, text.as_bytes())).expect("a digest");
        let reference = PlanRef { id: plan.id.clone(), version: plan.version.clone(), digest };
        let sheet = Sheet::of(&plan, "form").expect("a sheet");
        Phones { plan, reference, sheet }
    }

    fn vote(&self, url: &str, group: &str, marks: &str) -> SignedBatch {
        let mut random = [0; 16];
        Native.random(&mut random).expect("randomness");
        let marks: String = marks.chars().cycle().take(self.sheet.fields.len()).collect();
        let slip = Slip { v: 1, by: String::new(), spoiled: false, marks, done: true };
        let from = From {
            plan: &self.plan,
            reference: &self.reference,
            round: "2026",
            questionnaire: "form",
            rater_group: group,
        };
        let id = Base64UrlUnpadded::encode_string(&random);
        let record = paper_record(from, &self.sheet, &slip, id, &NATIVE).expect("a record");
        let seal = &self.plan.keys.as_ref().expect("keys").seal;
        let draft = BatchDraft {
            plan: self.reference.clone(),
            round: "2026".into(),
            seq: 0,
            prev: None,
            link: Some(url.split("#/a/").nth(1).expect("a token").to_owned()),
            records: vec![block_on(seal_record(&Native, seal, &record)).expect("a sealed record")],
            voided: Vec::new(),
        };
        let (key, public) = block_on(Native.generate_sign(false)).expect("a key");
        block_on(sign_batch(&Native, &key, &public, draft)).expect("a batch")
    }
}

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

/// Five hundred ballots that came in while the page looked away.
async fn crowd(engine: Engine) {
    let office = Office::open(&[PLAN]).await;
    let token =
        std::fs::read_to_string(office.folder().join("data/office-token")).expect("the token").trim().to_owned();
    let phones = Phones::new(&office);
    let clerk = Clerk::open(engine, &office.url("office.html")).await;
    let browser = &clerk.browser;
    clerk.choose_plan(TITLE).await;
    clerk.open_keys(&office).await;
    clerk.page("hall").await;
    browser.until_shown(".guide-link").await;
    for (label, value) in [("Name", "Crowd"), ("Host", "Chen"), ("Delegates", "300"), ("Citizens", "220")] {
        put(browser, label, value).await;
    }
    browser.click_text("Open the ballot").await;
    browser.until_shown(".poster .qr").await;
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
    let token =
        std::fs::read_to_string(office.folder().join("data/office-token")).expect("the token").trim().to_owned();
    let clerk = Clerk::open(engine, &office.url("office.html")).await;
    let browser = &clerk.browser;
    clerk.choose_plan(TITLE).await;
    clerk.open_keys(&office).await;
    clerk.page("hall").await;
    browser.until_shown(".guide-link").await;
    for (label, value) in [("Name", "Paper only"), ("Host", "Chen"), ("Delegates", "1"), ("Citizens", "12")] {
        put(browser, label, value).await;
    }
    browser.click_text("Open the ballot").await;
    browser.until_shown(".poster .qr").await;
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
