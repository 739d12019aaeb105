//! Canvassers who share a tablet: each with a PIN, what is unfinished wrapped for its own canvasser, over kills, windows, pauses and a
//! PIN that is lost.

use crate::canvassing::{begin, enrol, finish, make_card, open_app, plan_route, visit};
use crate::harness::{Browser, Engine, Office};
use serde_json::json;

const PLAN: &str = "county-transport";

/// Types into the fields of a form by their names, and presses its button.
async fn submit(browser: &Browser, form: &str, fields: &[(&str, &str)]) {
    browser
        .eval_with(
            "const form = document.querySelector(given[0]);
             for (const [name, text] of given[1]) {
                 const field = form.querySelector(`[name='${name}']`);
                 field.value = text; field.dispatchEvent(new Event('input', { bubbles: true }));
             }
             form.requestSubmit()",
            json!([form, fields]),
        )
        .await;
}

pub async fn add_canvasser(browser: &Browser, office: &Office, name: &str, pin: &str) {
    visit(browser, office, "/canvassers").await;
    browser
        .until("the form", "return document.querySelector('.add-canvasser [type=submit]')?.disabled === false")
        .await;
    submit(browser, ".add-canvasser", &[("name", name), ("pin", pin), ("again", pin)]).await;
    browser.until_text_in(".canvassers .list", name).await;
}

/// On the locked screen: who, and the PIN. What comes of it is for the caller to wait for.
pub async fn enter_pin(browser: &Browser, name: &str, pin: &str) {
    browser.until_shown(".locked #pin").await;
    browser
        .eval_with(
            "const label = [...document.querySelectorAll('.locked .option')].find((l) => l.textContent.startsWith(given[0]));
             label.querySelector('input').click();
             const field = document.querySelector('#pin');
             field.value = given[1]; field.dispatchEvent(new Event('input', { bubbles: true }));
             document.querySelector('.locked form').requestSubmit()",
            json!([name, pin]),
        )
        .await;
}

pub async fn unlock(browser: &Browser, name: &str, pin: &str) {
    enter_pin(browser, name, pin).await;
    browser.until_text_in(".lock-bar", name).await;
}

/// All that lies in the browser's stores, as text.
async fn at_rest(browser: &Browser) -> String {
    let all = browser
        .eval(
            "const out = [JSON.stringify(localStorage)];
             for (const { name } of await indexedDB.databases()) {
                 const base = await new Promise((done) => { const r = indexedDB.open(name); r.onsuccess = () => done(r.result) });
                 for (const store of base.objectStoreNames) {
                     const all = base.transaction(store).objectStore(store).getAll();
                     out.push(JSON.stringify(await new Promise((done) => { all.onsuccess = () => done(all.result) })));
                 }
                 base.close();
             }
             const walk = async (folder) => { for await (const one of folder.values())
                 if (one.kind === 'directory') await walk(one); else out.push(await (await one.getFile()).text()) };
             await walk(await navigator.storage.getDirectory());
             return out.join('\\n')",
        )
        .await;
    all.as_str().expect("a text").to_owned()
}

/// Lets so many seconds pass on this page's clock: that of the window, since Firefox's driver has another `Date` of its own.
async fn pass(browser: &Browser, seconds: u32) {
    let later = "const date = window.Date, now = date.now.bind(date); date.now = () => now() + given * 1000";
    browser.eval_with(later, json!(seconds)).await;
}

async fn answer_some(browser: &Browser, questions: usize) {
    browser
        .eval_with(
            "const open = [...document.querySelectorAll('.interview fieldset')].filter((f) => !f.querySelector('input:checked'));
             for (const f of open.slice(0, given)) f.querySelector('input').click()",
            json!(questions),
        )
        .await;
    browser.until_shown(".saved.done").await;
}

async fn reopen(engine: Engine, office: &Office, profile: crate::harness::Profile, route: &str) -> Browser {
    let browser = Browser::open_on(engine, profile).await;
    visit(&browser, office, route).await;
    browser.eval("localStorage.setItem('minping.language', 'en')").await;
    browser.reload().await;
    browser.until_app().await;
    browser
}

async fn shared(engine: Engine) {
    let office = Office::open(&[PLAN]).await;
    let browser = open_app(engine, &office).await;
    let roster = enrol(&office, PLAN, &make_card(&browser, &office).await);
    visit(&browser, &office, "/").await;
    browser.until_text("Works offline").await;
    browser.until_offline_ready().await;
    let route = plan_route(&office, PLAN);
    visit(&browser, &office, &route).await;
    begin(&browser).await;
    answer_some(&browser, 2).await;
    browser.click_text("Pause").await;
    browser.until_text("2 of 10 answered").await;
    let before = at_rest(&browser).await;
    assert!(
        before.contains("\\\"answers\\\":{\\\"") || before.contains("\"answers\":{\""),
        "answers lie bare without a PIN"
    );

    // The first PIN: bad ones are refused, and what is here already becomes this canvasser's.
    visit(&browser, &office, "/canvassers").await;
    browser.until_text("No PIN is set").await;
    browser.expect_accessible("the page of canvassers without any").await;
    for (pin, again, why) in
        [("12", "12", "6 to 64"), ("123456", "123456", "guessed too easily"), ("river77", "river78", "not the same")]
    {
        submit(&browser, ".add-canvasser", &[("name", "Wang Fang"), ("pin", pin), ("again", again)]).await;
        browser.until_text_in(".add-canvasser [role=alert]", why).await;
    }
    add_canvasser(&browser, &office, "Wang Fang", "river77").await;
    browser.until_text_in(".lock-bar", "Wang Fang").await;
    browser
        .until(
            "the draft to be wrapped in the cache",
            "return Object.entries(localStorage).some(([k, v]) => k.includes('draft/') && v.includes('locked1 '))",
        )
        .await;
    add_canvasser(&browser, &office, "Li Lei", "lake888").await;
    browser.expect_accessible("the page of canvassers").await;
    visit(&browser, &office, &route).await;
    browser.reload().await;
    browser.until_app().await;

    // Loaded anew it is locked; in with the PIN, and another interview is locked away in its midst.
    unlock(&browser, "Wang Fang", "river77").await;
    browser.until_text("2 of 10 answered").await;
    begin(&browser).await;
    answer_some(&browser, 1).await;
    browser.click(".lock-now").await;
    browser.until_text_in("h1", "Enter your PIN").await;
    browser.until_text("unfinished interviews: 2").await;
    browser.expect_accessible("the locked app").await;
    assert_eq!(browser.eval("return document.querySelectorAll('.interview').length").await, 0);
    let bytes = at_rest(&browser).await;
    for bare in ["\\\"answers\\\":{\\\"", "\"answers\":{\"", "officials"] {
        let drafts: Vec<&str> = bytes.split("draft/").skip(1).map(|part| &part[..part.len().min(400)]).collect();
        assert!(!drafts.iter().any(|draft| draft.contains(bare)), "{bare} in {drafts:?}");
    }

    // The browser dies. Without a network: wrong PINs cost time, also after a reload, and another's is not held up by that.
    let profile = browser.kill();
    office.network.cut();
    let browser = reopen(engine, &office, profile, &route).await;
    for _ in 0..4 {
        enter_pin(&browser, "Wang Fang", "wrong wrong").await;
        browser.until_text_in("[role=alert]", "This is not the PIN").await;
    }
    enter_pin(&browser, "Wang Fang", "wrong wrong").await;
    browser.until_text_in("[role=alert]", "Try again in").await;
    browser.reload().await;
    browser.until_app().await;
    enter_pin(&browser, "Wang Fang", "river77").await;
    browser.until_text_in("[role=alert]", "Nothing is deleted").await;
    unlock(&browser, "Li Lei", "lake888").await;
    browser.until_text("an interview of Wang Fang").await;
    assert_eq!(
        browser
            .eval("return [...document.querySelectorAll('a')].filter((a) => a.textContent === 'Continue').length")
            .await,
        0
    );
    begin(&browser).await;
    answer_some(&browser, 3).await;
    browser.click(".lock-now").await;
    browser.until_text("unfinished interviews: 1").await;
    pass(&browser, 60).await;
    unlock(&browser, "Wang Fang", "river77").await;
    browser.until_text("another canvasser's interview").await;
    visit(&browser, &office, &route).await;
    browser.until_text("1 of 10 answered").await;
    browser.until_text("2 of 10 answered").await;
    browser.until_text("an interview of Li Lei").await;

    // It says so before it locks by itself; a touch puts that off.
    pass(&browser, 5 * 60 - 25).await;
    browser.until_text("Locks in").await;
    browser.press(fantoccini::key::Key::Shift).await;
    browser.until("the warning to go", "return !document.querySelector('.lock-soon')").await;
    pass(&browser, 5 * 60 + 5).await;
    browser.until_text_in("h1", "Enter your PIN").await;

    // Li Lei forgets. What would be lost is counted, asked for twice, and nothing more goes.
    browser.eval("[...document.querySelectorAll('.locked .option')].find((l) => l.textContent.startsWith('Li Lei')).querySelector('input').click()").await;
    browser.click(".forgot").await;
    browser.until_text_in("dialog[open]", "unfinished interviews: 1").await;
    browser.until_text_in("dialog[open]", "Not lost: finished interviews").await;
    browser.expect_accessible("what a lost PIN loses").await;
    browser.click_text("Go on").await;
    browser.until_text_in("dialog[open]", "cannot be brought back").await;
    browser.click_text("Delete and reset").await;
    browser.until("Li Lei to be gone", "return !document.querySelector('main').textContent.includes('Li Lei')").await;

    visit(&browser, &office, &route).await;
    unlock(&browser, "Wang Fang", "river77").await;
    browser.until_text("0 finished and 1 discarded").await;
    for _ in 0..2 {
        browser.click_text("Continue").await;
        browser.until_shown(".interview").await;
        finish(&browser).await;
        visit(&browser, &office, &route).await;
    }
    browser.until_text("2 finished and 1 discarded").await;
    office.network.restore();
    browser.click(".hand-over").await;
    browser.until_text("Everything was received").await;
    let roster = roster.to_str().expect("a path of plain letters");
    let told = office.tally(PLAN, &["--roster", roster]);
    assert_eq!(told.as_array().expect("rows").len(), 1, "{told}");
    assert_eq!(
        told[0]["n"].as_u64().or_else(|| told[0]["n"].as_str()?.parse().ok()),
        Some(16),
        "two interviews of eight grades: {told}"
    );

    // The PIN off: as before there was one.
    begin(&browser).await;
    answer_some(&browser, 4).await;
    visit(&browser, &office, "/canvassers").await;
    browser.click(".canvassers .remove").await;
    browser.until_text_in("dialog[open]", "You are the last one").await;
    browser.click("dialog[open] .danger").await;
    browser.until_text("No PIN is set").await;
    visit(&browser, &office, &route).await;
    browser.until_text("4 of 10 answered").await;
    assert_eq!(browser.eval("return document.querySelectorAll('.lock-bar').length").await, 0);
    browser.expect_no_errors().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn canvassers_who_share_a_tablet_each_open_their_own_in_chromium() {
    shared(Engine::Chromium).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn canvassers_who_share_a_tablet_each_open_their_own_in_firefox() {
    shared(Engine::Firefox).await;
}

/// Two windows, and the tablet in the resident's hands.
async fn windows_and_hands(engine: Engine) {
    let office = Office::open(&[PLAN]).await;
    let browser = open_app(engine, &office).await;
    let route = plan_route(&office, PLAN);
    visit(&browser, &office, &route).await;
    browser.until_shown("#new-interview").await;
    let first = browser.client.window().await.expect("the window");
    let other = browser.client.new_window(true).await.expect("another window").handle;
    browser.client.switch_to_window(other.clone()).await.expect("another window");
    visit(&browser, &office, &route).await;
    begin(&browser).await;
    answer_some(&browser, 1).await;

    // The first PIN is set in one window: the other one is locked, and what was typed there is not lost.
    browser.client.switch_to_window(first.clone()).await.expect("the first window");
    add_canvasser(&browser, &office, "Wang Fang", "river77").await;
    browser.client.switch_to_window(other.clone()).await.expect("the other window");
    unlock(&browser, "Wang Fang", "river77").await;
    browser.until_shown(".interview").await;
    assert_eq!(browser.eval("return document.querySelectorAll('.interview input:checked').length").await, 1);
    answer_some(&browser, 2).await;
    browser
        .until(
            "what is typed now to be wrapped",
            "return Object.entries(localStorage).filter(([k]) => k.includes('draft/')).every(([, v]) => v.includes('locked1 '))",
        )
        .await;

    // The button locks both.
    browser.client.switch_to_window(first.clone()).await.expect("the first window");
    browser.until_text_in(".lock-bar", "Wang Fang").await;
    browser.click(".lock-now").await;
    browser.until_shown(".locked").await;
    browser.client.switch_to_window(other).await.expect("the other window");
    browser.until_shown(".locked").await;
    unlock(&browser, "Wang Fang", "river77").await;
    browser.until_shown(".interview").await;

    // In the resident's hands it does not lock; loaded anew it does, and goes back to the resident's screen.
    browser.click(".hand-to-resident").await;
    browser.until_text_in("dialog[open]", "use your own PIN").await;
    browser.click("dialog[open] .primary").await;
    browser.until_text("Now it is your turn").await;
    pass(&browser, 3600).await;
    tokio::time::sleep(std::time::Duration::from_secs(4)).await;
    browser.until_text("Now it is your turn").await;
    browser.reload().await;
    browser.until_app().await;
    enter_pin(&browser, "Wang Fang", "river77").await;
    browser.until_text("Now it is your turn").await;
    assert_eq!(browser.eval("return document.querySelectorAll('.lock-bar').length").await, 0);
    browser.click_text("Interviewer").await;
    for (pin, told) in [("wrong one", "This is not the PIN"), ("river77", "Your answers are sealed")] {
        browser
            .eval_with(
                "const field = document.querySelector('dialog[open] input');
                 field.value = given; field.dispatchEvent(new Event('input', { bubbles: true }));
                 document.querySelector('dialog[open] form').requestSubmit()",
                json!(pin),
            )
            .await;
        browser.until_text(told).await;
    }
    browser.expect_no_errors().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lock_holds_in_every_window_and_not_in_the_residents_hands_in_chromium() {
    windows_and_hands(Engine::Chromium).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lock_holds_in_every_window_and_not_in_the_residents_hands_in_firefox() {
    windows_and_hands(Engine::Firefox).await;
}

/// As people see them, in both languages and three widths.
#[tokio::test(flavor = "multi_thread")]
async fn the_screens_of_the_lock_fit_and_are_looked_at() {
    let office = Office::open(&[PLAN]).await;
    let browser = open_app(Engine::Chromium, &office).await;
    add_canvasser(&browser, &office, "王芳", "river77").await;
    add_canvasser(&browser, &office, "李雷", "lake888").await;
    visit(&browser, &office, &plan_route(&office, PLAN)).await;
    begin(&browser).await;
    answer_some(&browser, 1).await;
    for language in ["zh", "en"] {
        browser.eval_with("localStorage.setItem('minping.language', given)", json!(language)).await;
        for width in [360, 820, 1280] {
            browser.size(width, 900).await;
            let name = |screen: &str| format!("{screen} {language} {width}");
            visit(&browser, &office, "/canvassers").await;
            browser.reload().await;
            browser.until_shown(".locked #pin").await;
            browser.expect_fits("the locked app", width).await;
            println!("{}", browser.screenshot(&name("locked")).await);
            browser.eval("[...document.querySelectorAll('.locked .option')].find((l) => l.textContent.startsWith('王芳')).querySelector('input').click()").await;
            browser.click(".forgot").await;
            browser.until_shown("dialog[open]").await;
            println!("{}", browser.screenshot(&name("lost pin")).await);
            browser.eval("document.querySelector('dialog[open]').close()").await;
            unlock(&browser, "王芳", "river77").await;
            browser.until_shown(".canvassers .list").await;
            browser.expect_fits("the canvassers", width).await;
            println!("{}", browser.screenshot(&name("canvassers")).await);
            visit(&browser, &office, &plan_route(&office, PLAN)).await;
            browser.until_shown(".plan-page .list-row").await;
            pass(&browser, 5 * 60 - 20).await;
            browser.until_shown(".lock-soon").await;
            browser.expect_fits("a plan with the bar", width).await;
            println!("{}", browser.screenshot(&name("bar and warning")).await);
        }
    }
}
