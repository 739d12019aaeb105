//! A clerk puts votes, scores and figures together into one score, without code: weights, where the numbers come from, a row
//! that is missing; and looks at the newer fields of questionnaires, strata and indicators.

use super::designing::{pictures, put, section, until_sound, until_value};
use crate::harness::{Clerk, Engine, Office};
use serde_json::json;

async fn pick(clerk: &Clerk, at: &str, value: &str) {
    let id = json!(format!("at:{at}"));
    clerk.browser.until(&format!("the list {at}"), &format!("return !!document.getElementById({id})")).await;
    let set = format!(
        "const list = document.getElementById({id}); list.value = given; list.dispatchEvent(new Event('change', {{ bubbles: true }}))"
    );
    clerk.browser.eval_with(&set, json!(value)).await;
}

/// What stands at a place of the plan's text.
async fn text_has(clerk: &Clerk, what: &str) -> bool {
    section(clerk, "text").await;
    let found = clerk
        .browser
        .eval_with(
            "return [...document.querySelectorAll('textarea')].some((area) => area.value.includes(given))",
            json!(what),
        )
        .await;
    section(clerk, "parts").await;
    found == true
}

async fn combine(engine: Engine) {
    let office = Office::open(&["study-practice"]).await;
    let clerk = Clerk::open(engine, &office.url("office.html#/edit")).await;
    let browser = &clerk.browser;
    browser.until_shown("#ready-plan").await;
    browser
        .eval(
            "const list = document.querySelector('#ready-plan');
             list.value = [...list.options].findLast((o) => o.innerText.includes('Public evaluation of conduct in government')).value;
             list.dispatchEvent(new Event('change', { bubbles: true }))",
        )
        .await;
    browser.click("#begin-ready").await;
    browser.until_shown(".sections").await;
    until_sound(&clerk).await;
    section(&clerk, "parts").await;
    browser.until_text_in(".sums", "Weights sum to 1").await;
    until_value(&clerk, "/parts/2/figures/0/item", "reports_bad").await;
    until_value(&clerk, "/parts/2/figures/0/full", "0").await;
    clerk.look("the combined score").await;
    pictures(&clerk, "parts").await;

    // A weight too much is flagged where it stands.
    put(&clerk, "/parts/0/weight", "0.9").await;
    browser.until_text_in(".sums .tag.bad", "they should sum to 1").await;
    browser.until_text_in(".verdict", "Errors").await;
    put(&clerk, "/parts/0/weight", "0.6").await;
    until_sound(&clerk).await;

    // Another unit has no figure: the checker names it, and one press adds the rows.
    section(&clerk, "units").await;
    browser.click_text("Add a unit").await;
    put(&clerk, "/units/1/label/zh", "县政府").await;
    put(&clerk, "/units/1/label/en", "The county government").await;
    section(&clerk, "parts").await;
    browser.until_text("add a figure for each unit").await;
    clerk.look("a unit without figures").await;
    browser.click("[id='fill:/parts/1']").await;
    until_value(&clerk, "/parts/1/figures/1/questionnaire", "monitoring").await;
    // As the row before, to be changed where the number is entered elsewhere.
    until_value(&clerk, "/parts/1/figures/1/of", "requests").await;
    pick(&clerk, "/parts/1/figures/1/item", "reports_good").await;
    pick(&clerk, "/parts/1/figures/1/of", "reports").await;
    until_value(&clerk, "/parts/1/figures/1/zero", "0.5").await;
    browser.click("[id='fill:/parts/2']").await;
    browser.click("[id='fill:/parts/3']").await;
    until_sound(&clerk).await;

    // From figures to votes and back: what belongs to figures only goes with them, and can be had back.
    pick(&clerk, "/parts/3/source", "votes").await;
    browser.until_text("both would be the index").await;
    assert!(!text_has(&clerk, "\"trimmed\"").await, "nothing is left of the figures");
    browser.click("#undo").await;
    until_sound(&clerk).await;
    assert!(text_has(&clerk, "\"trimmed\"").await);

    // The newer fields of questionnaires, strata and indicators.
    section(&clerk, "basics").await;
    browser.click_text("Add a round").await;
    section(&clerk, "questions").await;
    browser.until_shown("details.more").await;
    browser.eval("document.querySelectorAll('details.more').forEach((more) => { more.open = true; })").await;
    browser.until_text("In which rounds (none: all)").await;
    pictures(&clerk, "rounds").await;
    section(&clerk, "indicators").await;
    browser.eval("document.querySelectorAll('details.more').forEach((more) => { more.open = true; })").await;
    pictures(&clerk, "classes").await;
    section(&clerk, "strata").await;
    browser.click_text("Add a stratum").await;
    browser.eval("document.querySelectorAll('details.more').forEach((more) => { more.open = true; })").await;
    browser.until_text("By which modes here (none: all)").await;
    pictures(&clerk, "modes").await;
    browser.expect_no_errors().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn votes_scores_and_figures_are_put_together_without_code_in_chromium() {
    combine(Engine::Chromium).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn votes_scores_and_figures_are_put_together_without_code_in_firefox() {
    combine(Engine::Firefox).await;
}
