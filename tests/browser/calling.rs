//! The telephone desk by keyboard alone: three calls, one of them an interview, with another caller of the office on the line
//! for a fourth.

use crate::canvassing::{enrol, make_card, open_app, plan_route, visit};
use crate::contacting::pick;
use crate::harness::clerk::{Clerk, file};
use crate::harness::office::{expect_done, program};
use crate::harness::{Browser, Engine, Office, Site, site::root};
use fantoccini::key::Key;
use minping::batch::{Claim, Crypto, claimed_case, sign_card, sign_claim};
use minping::native::crypto::Native;
use minping::plan::{Digest, PublicKey};
use minping::session::PlanRef;
use pollster::block_on;
use serde_json::{Value, json};
use std::ffi::OsStr;
use std::path::Path;

const PLAN: &str = "telephone";
const CASES: &str = "id,label,stratum,phone,device\n\
    T-1,Household one,east,010-10000001,East side tablet 3\n\
    T-2,Household two,east,010-10000002转801,East side tablet 3\n\
    T-3,Household three,west,13800000003,East side tablet 3\n\
    T-4,Household four,east,13800000004,East side tablet 3\n\
    T-5,Household five,east,,East side tablet 3\n";

/// Another caller of the office, whose list has the same cases.
pub struct Other {
    key: <Native as Crypto>::SignKey,
    public: PublicKey,
    plan: PlanRef,
}

impl Other {
    pub fn enrolled(office: &Office, roster: &Path) -> Other {
        let (key, public) = block_on(Native.generate_sign(false)).expect("a key");
        let card = block_on(sign_card(&Native, &key, &public, "West side tablet 1")).expect("a card");
        let file = office.folder().join("other.minping-card");
        std::fs::write(&file, card).expect("the card is written");
        let (plan, keys) = (office.plan_file(PLAN), office.keys());
        let mut words: Vec<&OsStr> = vec!["roster".as_ref(), "add".as_ref(), "--plan".as_ref(), plan.as_ref()];
        words.extend(["--keys".as_ref(), keys.as_os_str(), "--roster".as_ref(), roster.as_os_str(), file.as_ref()]);
        expect_done(&program(words));
        let listed = office.listed(PLAN);
        let text = |name: &str| listed[name].as_str().expect("a text").to_owned();
        let digest = Digest::parse(&text("digest")).expect("a digest");
        Other { key, public, plan: PlanRef { id: PLAN.into(), version: text("version"), digest } }
    }

    /// Claims a case for some minutes, or gives it back: whose it is now, as the receiver says.
    pub async fn claim(&self, browser: &Browser, case: &str, minutes: u64) -> String {
        let case = block_on(claimed_case(&Native, PLAN, "r1", case)).expect("a digest");
        let claim = Claim { plan: self.plan.clone(), case: case.clone(), minutes };
        let text = block_on(sign_claim(&Native, &self.key, &self.public, &claim)).expect("a claim");
        let answer = browser
            .eval_with(
                "const answer = await fetch('api/claims/' + given[0], { method: 'PUT', body: given[1] });
                 return answer.status + ' ' + (await answer.json()).claim",
                json!([case.as_str(), text]),
            )
            .await;
        answer.as_str().expect("an answer").to_owned()
    }
}

/// The signed list of the tablet.
pub fn hand_out(office: &Office, roster: &Path) -> String {
    let (table, folder) = (office.folder().join("calls.csv"), office.folder().join("lists"));
    std::fs::write(&table, CASES).expect("the table of cases");
    let (plan, keys) = (office.plan_file(PLAN), office.keys());
    let mut words: Vec<&OsStr> = vec!["contacts".as_ref(), "assign".as_ref(), table.as_os_str()];
    words.extend(["--plan".as_ref(), plan.as_os_str(), "--keys".as_ref(), keys.as_os_str()]);
    words.extend(["--roster".as_ref(), roster.as_os_str(), "--out".as_ref(), folder.as_os_str()]);
    words.extend(["--attempts", "3", "--format", "json"].map(OsStr::new));
    let made: Value = serde_json::from_str(&expect_done(&program(words))).expect("a table in JSON");
    std::fs::read_to_string(made[0]["file"].as_str().expect("a file")).expect("the list")
}

pub async fn open_desk(browser: &Browser, office: &Office) {
    visit(browser, office, &format!("{}/calls", plan_route(office, PLAN))).await;
    browser.until_shown(".desk h1").await;
}

pub async fn until_call(browser: &Browser, name: &str) {
    browser.until_text_in(".call-name", name).await;
}

async fn look(browser: &Browser, name: &str) {
    browser.expect_accessible(name).await;
    for (width, height) in [(820, 1180), (360, 740), (1280, 900)] {
        browser.size(width, height).await;
        browser.expect_fits(name, width).await;
        browser.screenshot(&format!("phone-{name}-{width}")).await;
    }
}

/// The same screen in Chinese.
async fn look_zh(browser: &Browser, name: &str) {
    browser.click_text("中文").await;
    browser.until("Chinese", "return document.documentElement.lang.startsWith('zh')").await;
    browser.expect_accessible(name).await;
    for (width, height) in [(360, 740), (820, 1180)] {
        browser.size(width, height).await;
        browser.expect_fits(name, width).await;
        browser.screenshot(&format!("phone-{name}-zh-{width}")).await;
    }
    browser.click_text("English").await;
    browser.until("English", "return document.documentElement.lang.startsWith('en')").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_caller_works_through_calls_by_keyboard_and_nobody_is_called_twice_in_chromium() {
    let office = Office::open(&[PLAN]).await;
    let browser = open_app(Engine::Chromium, &office).await;
    let roster = enrol(&office, PLAN, &make_card(&browser, &office).await);
    let other = Other::enrolled(&office, &roster);
    let list = hand_out(&office, &roster);
    visit(&browser, &office, &format!("{}/cases", plan_route(&office, PLAN))).await;
    browser.until_shown(".contacts h1").await;
    pick(&browser, "Open a list file", "x.minping-assignment", &list).await;
    browser.until_text("The list is here").await;

    // The other caller has the first: it says so and is skipped.
    assert_eq!(other.claim(&browser, "T-1", 10).await, "200 yours");
    browser.enter_on("a[href$='/calls']").await;
    until_call(&browser, "Household two").await;
    browser.until_text("Household one: somebody else is calling, so it was skipped").await;
    browser.until_text("This case is yours now").await;
    browser
        .until_text(
            "I am calling for the evaluation office about “How services are doing”. We ask people of the East side",
        )
        .await;
    let dial = browser.eval("return document.querySelector('.dial-number').href").await;
    assert_eq!(dial, json!("tel:01010000002;ext=801"));
    assert_eq!(other.claim(&browser, "T-2", 10).await, "200 other");
    look(&browser, "desk").await;
    look_zh(&browser, "desk").await;

    // One key writes it down; a mistake is taken back by another.
    browser.strike('1').await;
    until_call(&browser, "Household three").await;
    browser.until_text("Household two: No answer. Written down").await;
    browser.strike('u').await;
    until_call(&browser, "Household two").await;
    browser.until_text("taken back").await;
    browser.strike('2').await;
    until_call(&browser, "Household three").await;
    browser.until_text("This case is yours now").await;
    // Whose call is over is free for others.
    assert_eq!(other.claim(&browser, "T-2", 0).await, "200 yours");

    // An appointment: a moment that is over is none.
    browser.strike('a').await;
    browser.until_shown("dialog[open] [type=datetime-local]").await;
    browser.expect_accessible("the appointment").await;
    browser.press(Key::Enter).await;
    browser.until_text("Enter a day and time that is still to come").await;
    browser.type_text("01052099").await;
    browser.press(Key::Tab).await;
    browser.type_text("0630PM").await;
    let typed = browser.eval("return document.querySelector('[type=datetime-local]').value").await;
    assert_eq!(typed, json!("2099-01-05T18:30"));
    browser.press(Key::Enter).await;
    until_call(&browser, "Household four").await;

    // The interview by keys: choices by their digits, a number is typed, Enter goes on.
    browser.until_text("This case is yours now").await;
    browser.strike('s').await;
    browser.until_shown(".interview").await;
    browser.until_text("About you").await;
    browser.until_text("The digit beside a choice gives it").await;
    assert_eq!(other.claim(&browser, "T-4", 10).await, "200 other", "the interview keeps the claim");
    browser.strike('2').await;
    browser.until("the focus on the age", "return document.activeElement.matches('input:not([type=radio])')").await;
    browser.type_text("44").await;
    look(&browser, "interview").await;
    browser.press(Key::Enter).await;
    browser.until("the focus on the way on", "return document.activeElement.matches('.actions .primary')").await;
    browser.press(Key::Enter).await;
    browser.until_text("Please grade").await;
    browser.until("the focus on the heading", "return document.activeElement.tagName === 'H1'").await;
    // The person does not want to say: that is an answer to a question that must be answered.
    browser.strike('-').await;
    browser.until("the focus on the text", "return document.activeElement.matches('textarea, [type=text]')").await;
    // What the office should know of it is a note.
    browser.back_to(".note-toggle").await;
    browser.press(Key::Enter).await;
    browser.until("the focus in the note", "return document.activeElement.matches('.note-field textarea')").await;
    browser.type_text("afraid of 2 officials").await;
    look(&browser, "note").await;
    browser.tab_to(".actions .primary").await;
    browser.press(Key::Enter).await;
    browser.until_text("Check your answers").await;
    browser.until_text("Interviewer's note: afraid of 2 officials").await;
    browser.until_text("Refused").await;
    look(&browser, "review").await;
    browser.until("the focus on the heading", "return document.activeElement.tagName === 'H1'").await;
    browser.press(Key::Enter).await;
    browser.until_shown("dialog[open] .primary").await;
    browser.enter_on("dialog[open] .primary").await;
    browser.until_text("The interview is finished").await;
    browser.until_text("Thank you for taking part in the first round. Goodbye.").await;
    browser.until("the focus on the next call", "return document.activeElement.matches('.next-call')").await;
    browser.expect_accessible("the interview is finished").await;
    assert_eq!(other.claim(&browser, "T-4", 10).await, "200 yours", "the case is free when its outcome is there");
    browser.press(Key::Enter).await;
    browser.until_text("Others are calling all that could be called now").await;
    browser.until_text("agreed:").await;
    look(&browser, "waiting").await;
    look_zh(&browser, "waiting").await;

    // The other caller is done with the first; without a network it goes on, and says what nobody can rule out.
    assert_eq!(other.claim(&browser, "T-1", 0).await, "200 yours");
    office.network.cut();
    browser.enter_on(".back a").await;
    browser.until_text("Find an address").await;
    browser.enter_on("a[href$='/calls']").await;
    until_call(&browser, "Household one").await;
    browser.until_text("No network: others may be calling this case too").await;
    // Who does not want keys to do things switches them off.
    browser.space_on(".keys-tick input").await;
    browser.strike('7').await;
    until_call(&browser, "Household one").await;
    browser.space_on(".keys-tick input").await;
    browser.strike('7').await;
    browser.until_text("Household one: Refused. Written down").await;
    browser.until_text("Nothing to call right now").await;
    browser.eval("localStorage.setItem('minping.language', 'zh')").await;

    office.network.restore();
    open_desk(&browser, &office).await;
    browser.reload().await;
    browser.until_app().await;
    browser.until_text("现在没有要拨的").await;
    browser.eval("localStorage.setItem('minping.language', 'en')").await;
    visit(&browser, &office, &plan_route(&office, PLAN)).await;
    browser.reload().await;
    browser.until_app().await;
    browser.click(".hand-over").await;
    browser.until_text("Everything was received").await;
    let (plan, keys, batches, opened) =
        (office.plan_file(PLAN), office.keys(), office.batches(), office.folder().join("records.json"));
    let mut words: Vec<&OsStr> = vec!["open".as_ref(), batches.as_ref(), "--plan".as_ref(), plan.as_ref()];
    words.extend(["--keys".as_ref(), keys.as_os_str(), "--roster".as_ref(), roster.as_os_str()]);
    words.extend(["--records".as_ref(), opened.as_os_str()]);
    expect_done(&program(words));
    let records: Value =
        serde_json::from_str(&std::fs::read_to_string(opened).expect("the records")).expect("records in JSON");
    assert_eq!(records.as_array().map(Vec::len), Some(1));
    let one = &records[0];
    assert_eq!(
        [&one["mode"], &one["questionnaire"], &one["stratum"]],
        [&json!("phone"), &json!("call"), &json!("east")]
    );
    assert_eq!(one["answers"], json!({ "sex": "f", "age": 44 }));
    assert_eq!(
        [&one["missing"], &one["notes"]],
        [&json!({ "grade": "refused" }), &json!({ "grade": "afraid of 2 officials" })]
    );

    // The office's own report has the note and counts the refusal; what is published says nothing of the note.
    let out = office.folder().join("report.html");
    for (more, holds) in [(None, true), (Some("--publish"), false)] {
        let mut words: Vec<&OsStr> = vec!["report".as_ref(), batches.as_ref(), "--plan".as_ref(), plan.as_ref()];
        words.extend(["--keys".as_ref(), keys.as_os_str(), "--roster".as_ref(), roster.as_os_str()]);
        words.extend(["--out".as_ref(), out.as_os_str()]);
        words.extend(more.map(OsStr::new));
        expect_done(&program(words));
        let report = std::fs::read_to_string(&out).expect("the report");
        assert_eq!(report.contains("afraid of 2 officials"), holds, "{more:?}");
    }
    browser.expect_no_errors().await;

    // The office's page: the note below the results, the refusal among the reasons.
    let clerk = Clerk::open(Engine::Chromium, &office.url("office.html")).await;
    clerk.choose_plan("How services are doing").await;
    clerk.open_keys(&office).await;
    clerk.page("roster").await;
    clerk
        .pick(
            "Open a signed roster file",
            &[file("county.minping-roster", std::fs::read(&roster).expect("the roster"))],
        )
        .await;
    clerk.browser.until_text("East side tablet 3").await;
    let batch = std::fs::read_dir(&batches).expect("batches").next().expect("a batch").expect("a batch").path();
    clerk.open_batches(&[file("one.minping", std::fs::read(batch).expect("the batch"))]).await;
    clerk.page("results").await;
    clerk.browser.until_text("Interviewers' notes").await;
    clerk.browser.click("main details.card summary").await;
    clerk.browser.until_text("afraid of 2 officials").await;
    clerk.look("results with an interviewer's note").await;
    clerk.browser.screenshot("phone-office-notes").await;
    clerk.browser.expect_no_errors().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_clerk_writes_and_takes_out_what_callers_say_in_chromium() {
    let site = Site::open().await;
    let clerk = Clerk::open(Engine::Chromium, &site.url("office.html#/edit")).await;
    let browser = &clerk.browser;
    browser.until_text("No draft yet").await;
    let plan = std::fs::read_to_string(root().join("tests/browser/plans/telephone.json")).expect("the plan");
    let mut plan: Value = serde_json::from_str(&plan).expect("JSON");
    plan.as_object_mut().expect("a plan").remove("telephone");
    clerk.pick("Open a plan file", &[file("telephone.json", plan.to_string())]).await;
    browser.until_shown(".sections").await;
    browser.click(".section-link[href$='/basics']").await;
    browser.click_text("Write a script").await;
    browser.until_text("Opening (left out").await;
    let write =
        "const label = [...document.querySelectorAll('legend')].find((l) => l.textContent.startsWith(given[0]));
        const field = label.parentElement.querySelector('textarea');
        field.value = given[1]; field.dispatchEvent(new Event('input', { bubbles: true }))";
    browser.eval_with(write, json!(["Last words", "再见，${nobody}"])).await;
    browser.until_text("which is no text of the plan").await;
    browser.eval_with(write, json!(["Last words", "再见，${asker}谢谢您"])).await;
    browser.until("no more fault", "return !document.body.innerText.includes('which is no text of the plan')").await;
    clerk.look("the editor's telephone script").await;
    browser.click(".section-link[href$='/text']").await;
    browser.until_shown("#plan-text").await;
    let text = browser.eval("return document.querySelector('#plan-text').value").await;
    let written: Value = serde_json::from_str(text.as_str().expect("a text")).expect("JSON");
    assert_eq!(written["telephone"], json!({ "ending": { "zh": "再见，${asker}谢谢您" } }));
    browser.click(".section-link[href$='/basics']").await;
    browser.click_text("Take the script out").await;
    browser.until_text("Write a script").await;
    browser.expect_no_errors().await;
}
