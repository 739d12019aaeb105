//! A clerk who writes no code makes a plan of a ready one: units pasted from a spreadsheet, weights, a question, a translation;
//! a mistake seen and mended, undone and made again, the browser killed; what changed read in words; published, and opened as a
//! resident.

use crate::harness::{Browser, Clerk, Engine, Office, file};
use serde_json::json;
use std::fs;

/// Types into the control of a place in the plan.
pub(super) async fn put(clerk: &Clerk, at: &str, text: &str) {
    let id = json!(format!("at:{at}"));
    clerk.browser.until(&format!("the field {at}"), &format!("return !!document.getElementById({id})")).await;
    let set = format!(
        "const input = document.getElementById({id}); input.value = given;
         for (const kind of ['input', 'change']) input.dispatchEvent(new Event(kind, {{ bubbles: true }}))"
    );
    clerk.browser.eval_with(&set, json!(text)).await;
}

pub(super) async fn until_value(clerk: &Clerk, at: &str, text: &str) {
    let body = format!("return document.getElementById({})?.value === {}", json!(format!("at:{at}")), json!(text));
    clerk.browser.until(&format!("{at} is {text}"), &body).await;
}

pub(super) async fn section(clerk: &Clerk, name: &str) {
    clerk.browser.eval("scrollTo(0, 0)").await;
    clerk.browser.click(&format!(".section-link[href$='/{name}']")).await;
    clerk.browser.until_shown(&format!(".section-link[href$='/{name}'][aria-current]")).await;
}

/// Waits until the plan was checked and has no error.
pub(super) async fn until_sound(clerk: &Clerk) {
    let body = "return ['tag good', 'tag warn'].includes(document.querySelector('.verdict .tag')?.className)";
    clerk.browser.until("no error in the plan", body).await;
}

async fn until_kept(clerk: &Clerk) {
    clerk.browser.until_text("The draft is kept on this computer").await;
}

/// Pictures on a phone, a tablet and a desk, in both languages, to be looked at.
pub(super) async fn pictures(clerk: &Clerk, name: &str) {
    for language in ["zh", "en"] {
        clerk.browser.eval("document.querySelector('header [lang]').click()").await;
        for width in [360, 820, 1280] {
            clerk.browser.size(width, 2400).await;
            clerk.browser.expect_fits(name, width).await;
            clerk.browser.screenshot(&format!("design-{name}-{language}-{width}")).await;
        }
    }
    clerk.browser.size(1280, 800).await;
}

async fn design(engine: Engine) {
    let office = Office::open(&["study-practice"]).await;
    let clerk = Clerk::open(engine, &office.url("office.html#/edit")).await;
    let browser = &clerk.browser;

    // From a ready plan, chosen by its name.
    browser.until_shown("#ready-plan").await;
    clerk.look("the list of drafts").await;
    browser
        .eval(
            "const list = document.querySelector('#ready-plan');
             list.value = [...list.options].find((o) => o.innerText.includes('Public satisfaction with services')).value;
             list.dispatchEvent(new Event('change', { bubbles: true }))",
        )
        .await;
    browser.click("#begin-ready").await;
    browser.until_shown(".sections").await;
    until_sound(&clerk).await;
    // The preview is framed, also by the program that receives.
    let framed =
        "return document.querySelector('.preview-frame')?.contentDocument?.body?.innerText.includes('nothing is kept')";
    browser.until("the preview", framed).await;

    // A title, and a round without a last day.
    put(&clerk, "/title/en", "How satisfied are you with our services").await;
    put(&clerk, "/rounds/0/closes", "").await;
    until_sound(&clerk).await;

    // Units from a spreadsheet: two of the list changed or added, columns recognised.
    section(&clerk, "units").await;
    browser.click("details.paste > summary").await;
    clerk
        .fill(
            "#paste-area",
            "名称\tEnglish\t类别\n市自来水公司\tCity waterworks\t企业\n市消防救援支队\tFire brigade\t政府部门\n",
        )
        .await;
    browser.until_text("2 rows found").await;
    clerk.look("a pasted table").await;
    browser.click_text("Take it").await;
    browser.until_text("Added 1, changed 1, removed 0.").await;
    until_value(&clerk, "/units/2/label/en", "City waterworks").await;
    until_value(&clerk, "/units/6/label/en", "Fire brigade").await;
    clerk.look("units").await;

    // A weight that breaks the sum is flagged at once and by the checker, beside the field; shared evenly, all is well.
    section(&clerk, "indicators").await;
    browser.until_text_in(".sums", "Weights sum to 1").await;
    put(&clerk, "/indicators/0/weight", "0.9").await;
    browser.until_text_in(".sums .tag.bad", "they should sum to 1").await;
    browser.until_text_in(".verdict", "Errors").await;
    clerk.look("weights that do not sum to 1").await;
    browser.click("[id='evenly:/indicators']").await;
    browser.until_text_in(".sums .tag.good", "Weights sum to 1").await;
    until_sound(&clerk).await;

    // A question, by kinds in plain words; it lacks a text until it has one, and a translation is marked as missing.
    section(&clerk, "questions").await;
    let items = "/questionnaires/0/items";
    let count = browser.eval("return document.querySelectorAll('.question').length").await;
    browser
        .eval_with(
            "const list = document.getElementById(given); list.value = 'select_one'; list.dispatchEvent(new Event('change', { bubbles: true }))",
            json!(format!("kind-new:{items}")),
        )
        .await;
    browser.click(&format!("[id='add:{items}']")).await;
    let added = format!("return document.querySelectorAll('.question').length > {count}");
    browser.until("the new question", &added).await;
    let focused = "const id = document.activeElement?.id ?? '';
        return id.startsWith('at:/questionnaires/0/items/') && id.includes('/label/') ? id : null";
    let focused = browser.until("the new question has the focus", focused).await;
    let index = focused.as_str().and_then(|id| id.split('/').nth(4)).expect("its place").to_owned();
    let at = format!("{items}/{index}");
    browser.until_text_in(".question .error", "there is no text").await;
    put(&clerk, &format!("{at}/label/zh"), "您是否知道投诉电话？").await;
    browser.until_text_in(".tongue[data-lacks]", "missing").await;
    until_sound(&clerk).await;
    clerk.look("a new question").await;
    section(&clerk, "texts").await;
    browser.until_text_in("#lacking", "English: 1 missing").await;
    browser.click("label[for='only-lacking']").await;
    put(&clerk, &format!("{at}/label/en"), "Do you know where to complain?").await;
    browser.until_text_in("#lacking", "Every language is complete").await;
    clerk.look("all texts").await;
    until_kept(&clerk).await;

    // A condition with a mistake has the checker's words beside it, and the list of problems leads to the field.
    section(&clerk, "questions").await;
    put(&clerk, &format!("{at}/relevant"), "${nobody} = 1").await;
    browser.until_text_in(".question .error", "has no such item").await;
    section(&clerk, "basics").await;
    browser.click_text("has no such item").await;
    let focused = format!("return document.activeElement.id === {}", json!(format!("at:{at}/relevant")));
    browser.until("the condition has the focus", &focused).await;
    until_kept(&clerk).await;

    // Undone and done again, with the keyboard and after a kill.
    browser.click("#undo").await;
    until_sound(&clerk).await;
    until_value(&clerk, &format!("{at}/relevant"), "").await;
    browser.click("#redo").await;
    until_value(&clerk, &format!("{at}/relevant"), "${nobody} = 1").await;
    browser.click("#undo").await;
    until_value(&clerk, &format!("{at}/relevant"), "").await;
    until_kept(&clerk).await;
    browser.until("it is kept", "await new Promise((done) => setTimeout(done, 600)); return true").await;
    let profile = clerk.browser.kill();
    let browser = Browser::open_on(engine, profile).await;
    browser.size(1280, 800).await;
    let clerk = Clerk { browser };
    let browser = &clerk.browser;
    browser.goto(&office.url("office.html#/edit")).await;
    browser.until_app().await;
    // Chromium keeps the choice of a language a little later than the draft is kept.
    browser.eval("localStorage.setItem('minping.language', 'en')").await;
    browser.reload().await;
    browser.until_app().await;
    browser.until_shown("#drafts .button.primary").await;
    browser.click("#drafts .button.primary").await;
    browser.until_shown(".sections").await;
    section(&clerk, "questions").await;
    browser.until_text_in(".question", "Do you know where to complain?").await;
    browser.click("#redo").await;
    browser.until_text_in(".verdict", "Errors").await;
    browser.click("#undo").await;
    until_sound(&clerk).await;

    // What changed since it was begun, in words.
    section(&clerk, "versions").await;
    browser.click("#versions [aria-label='Compare with now: Beginning']").await;
    browser.until_text_in("#compared", "“Water company” became “City waterworks”").await;
    browser.until_text_in("#compared", "unit: added “Fire brigade”").await;
    browser.until_text_in("#compared", "became “How satisfied are you with our services”").await;
    browser.until_text_in("#compared", "Do you know where to complain?").await;
    clerk.look("what changed").await;
    pictures(&clerk, "versions").await;

    // Size, sharing and draw, while the sample is designed.
    section(&clerk, "strata").await;
    browser.click("details.paste > summary").await;
    clerk.fill("#paste-area", "片区\tEnglish\t人口\n东区\tEast\t12,000\n西区\tWest\t8,000\n").await;
    browser.click_text("Take it").await;
    browser.until_text("Added 2, changed 0, removed 0.").await;
    browser.click("details.sample > summary").await;
    browser.until_text_in("#sample-said", "Draw 377 people, and expect 377 answers.").await;
    browser.until_text_in("#sample-said", "percentage points").await;
    clerk.look("the sample").await;
    pictures(&clerk, "sample").await;
    browser.click_text("Write as targets").await;
    until_value(&clerk, "/strata/0/target", "226").await;
    until_value(&clerk, "/strata/1/target", "151").await;
    browser.click("details.drawing > summary").await;
    let rows: String = (0..200).map(|at| format!("h{at},{},{}\n", ["east", "west"][at % 2], 1 + at % 7)).collect();
    clerk.pick("Open the list", &[file("frame.csv", format!("household,place,people\n{rows}"))]).await;
    browser.until_text("200 rows; columns: household, place, people").await;
    clerk.fill("#draw-size", "20").await;
    clerk.fill("#draw-seed", "7").await;
    browser.click("#draw-do").await;
    browser.until_text_in("#draw-said", "20 rows drawn with seed 7.").await;
    clerk.look("a draw").await;
    let sample = clerk.save("Save the sample", "sample.csv").await;
    assert_eq!(sample.lines().count(), 21, "{sample}");
    let list = office.folder().join("frame.csv");
    fs::write(&list, format!("household,place,people\n{rows}")).expect("the frame");
    let shown = crate::harness::office::expect_done(&crate::harness::office::program([
        "draw".as_ref(),
        list.as_os_str(),
        "--size=20".as_ref(),
        "--seed=7".as_ref(),
    ]));
    assert_eq!(sample.trim_start_matches('\u{feff}'), shown, "the program draws the same");

    // Used, published with the office's keys, and opened by a resident.
    browser.until("the plan can be used", "return !document.querySelector('#use-plan').disabled").await;
    browser.click("#use-plan").await;
    browser.until_text("The plan is in use now").await;
    clerk.open_keys(&office).await;
    clerk.page("plans").await;
    browser.click_text("Add the keys and save the plan file").await;
    browser.until_text("Published as service-evaluation.").await;
    let index = clerk.save("Save the list index.json", "index.json").await;
    let listed: serde_json::Value = serde_json::from_str(&index).expect("a list");
    let own = listed["plans"]
        .as_array()
        .into_iter()
        .flatten()
        .find(|plan| plan["id"] == "service-evaluation")
        .expect("the plan");
    let name = own["file"].as_str().and_then(|path| path.strip_prefix("plans/")).expect("its file").to_owned();
    let plan = clerk.saved(&name).await;
    let plans = office.folder().join("app/plans");
    fs::write(plans.join(&name), plan).expect("the plan is put on the site");
    fs::write(plans.join("index.json"), index).expect("the list is put on the site");
    let link = office.link("service-evaluation", &["--questionnaire=survey", "--group=users", "--stratum=east"]);
    browser.goto(&link).await;
    browser.until_app().await;
    browser.until_text("How satisfied are you with our services").await;
    browser.click(".button.primary").await;
    browser.until_text("which of these did you deal with or use").await;
    browser.expect_no_errors().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_clerk_makes_a_plan_without_code_and_residents_see_it_in_chromium() {
    design(Engine::Chromium).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_clerk_makes_a_plan_without_code_and_residents_see_it_in_firefox() {
    design(Engine::Firefox).await;
}
