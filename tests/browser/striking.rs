//! Keys in an interview on the telephone, where a matrix is in it; interviews that are interrupted; and claims whose answers are late.

use crate::calling::{Other, hand_out, open_desk, until_call};
use crate::canvassing::{enrol, make_card, open_app, plan_route, visit};
use crate::contacting::pick;
use crate::harness::{Browser, Engine, Office};
use fantoccini::key::Key;
use serde_json::json;

const PLAN: &str = "striking";
const CALLS: &str = "telephone";

/// What is checked, question by question and cell by cell, as the numbers of the choices.
async fn given(browser: &Browser) -> Vec<String> {
    let found = browser
        .eval(
            "return [...document.querySelectorAll('.question:not(.matrix), .cell, .grade-line')].map((one) => {
                 const inputs = [...one.querySelectorAll('.option-input')];
                 const at = inputs.findIndex((input) => input.checked);
                 return at < 0 ? '' : String(at + 1) })",
        )
        .await;
    found.as_array().expect("a list").iter().map(|one| one.as_str().expect("a text").to_owned()).collect()
}

async fn until_focus(browser: &Browser, what: &str, selector: &str) {
    browser.until(what, &format!("return document.activeElement.matches(\"{selector}\")")).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn keys_answer_the_cell_that_has_the_focus_and_no_other_question_in_chromium() {
    let office = Office::open(&[PLAN]).await;
    let browser = open_app(Engine::Chromium, &office).await;
    browser.size(1280, 900).await;
    visit(&browser, &office, &plan_route(&office, PLAN)).await;
    browser.until_shown("#new-interview").await;
    browser.click_text("Start the interview").await;
    browser.until_shown(".interview").await;
    browser.until_text("The digit beside a choice gives it").await;
    until_focus(&browser, "the focus on the heading", "h1").await;

    // A section that begins with a number: digits are typed there and answer nothing below it.
    browser.strike('4').await;
    browser.strike('4').await;
    let typed = browser.eval("return document.activeElement.value").await;
    assert_eq!(typed, json!("44"));
    assert_eq!(given(&browser).await, ["", ""]);
    browser.press(Key::Enter).await;
    // Refused, and once more: that takes nothing back.
    browser.strike('-').await;
    until_focus(&browser, "the focus on the way on", ".actions .primary").await;
    browser.back_to("#i2 input, .question:last-of-type input").await;
    browser.strike('-').await;
    until_focus(&browser, "the focus on the way on", ".actions .primary").await;
    browser.until_shown(".reasons [aria-pressed=true]").await;
    browser.press(Key::Enter).await;

    // The table: from the question before it through its rows.
    browser.until_shown(".matrix-table .grade-line").await;
    until_focus(&browser, "the focus on the heading", "h1").await;
    browser.screenshot("striking-table-1280").await;
    browser.strike('1').await;
    until_focus(&browser, "the focus in the first row", ".grade-line input[name$=r0c0]").await;
    browser.strike('2').await;
    until_focus(&browser, "the focus in the second row", ".grade-line input[name$=r0c1]").await;
    assert_eq!(given(&browser).await, ["1", "2", "", "", "", ""]);
    browser.strike('-').await;
    browser.until_text("One cell cannot be refused by itself").await;
    assert_eq!(given(&browser).await, ["1", "2", "", "", "", ""]);
    until_focus(&browser, "the focus still there", ".grade-line input[name$=r0c1]").await;
    browser
        .until(
            "what is said on the screen",
            "const box = document.querySelector('.keys-told')?.getBoundingClientRect();
             return !!box && box.top >= 0 && box.bottom <= innerHeight",
        )
        .await;
    browser.expect_accessible("the table with a key that does nothing").await;
    browser.screenshot("striking-told-1280").await;
    browser.strike('+').await;
    until_focus(&browser, "the focus in the third row", ".grade-line input[name$=r1c0]").await;
    assert_eq!(given(&browser).await, ["1", "2", "3", "", "", ""]);
    // Left open with Enter, to the row after it and then to the question below.
    browser.press(Key::Enter).await;
    until_focus(&browser, "the focus in the last row", ".grade-line input[name$=r1c1]").await;
    // What is of the whole unit is no cell.
    browser.eval("document.querySelectorAll('.unit-foot input')[1].focus()").await;
    browser.strike('2').await;
    browser.until_text("Move to the cell that is to be answered").await;
    assert_eq!(given(&browser).await, ["1", "2", "3", "", "", ""]);

    // The whole matrix refused by its button, and the grades back by the same.
    let refuse = "const all = [...document.querySelectorAll('.matrix .reasons .button')];
                  const one = all.find((b) => b.textContent.includes('Refused')); one.click();
                  await new Promise((r) => setTimeout(r, 100)); return one.getAttribute('aria-pressed')";
    assert_eq!(browser.eval(refuse).await, json!("true"));
    assert_eq!(given(&browser).await, ["1", "", "", "", "", ""]);
    assert_eq!(browser.eval(refuse).await, json!("false"));
    assert_eq!(given(&browser).await, ["1", "2", "3", "", "", ""]);

    // The same in cards, on a narrow screen, and in Chinese.
    browser.size(360, 740).await;
    browser.until_shown(".matrix .cell").await;
    browser.eval("document.querySelectorAll('.cell')[2].querySelector('input').focus()").await;
    browser.strike('1').await;
    browser.until("the next cell", "return document.activeElement.name.endsWith('r1c1')").await;
    browser.strike('-').await;
    browser.until_text("One cell cannot be refused by itself").await;
    assert_eq!(given(&browser).await, ["1", "2", "3", "1", "", ""]);
    browser.expect_fits("cards with keys", 360).await;
    browser.strike('2').await;
    until_focus(&browser, "the focus after the matrix", ".question:not(.matrix) input").await;
    assert_eq!(given(&browser).await, ["1", "2", "3", "1", "2", ""]);
    browser.click_text("中文").await;
    browser.eval("document.querySelectorAll('.cell')[2].querySelector('input').focus()").await;
    browser.strike('-').await;
    browser.until_text("一格里不能单独记“拒答”").await;
    browser.screenshot("striking-cards-zh-360").await;
    browser.expect_no_errors().await;
}

/// Claims are answered so many milliseconds later.
async fn slow_claims(browser: &Browser, milliseconds: u32) {
    browser
        .eval_with(
            "window.quick ??= window.fetch;
             window.fetch = async (where, how) => {
                 if (String(where.url ?? where).includes('api/claims')) await new Promise((r) => setTimeout(r, given[0]));
                 return window.quick.call(window, where, how) }",
            json!([milliseconds]),
        )
        .await;
}

async fn until_claim(browser: &Browser, other: &Other, case: &str, wanted: &str) {
    for _ in 0..50 {
        if other.claim(browser, case, 10).await == wanted {
            return;
        }
        browser.eval("await new Promise((r) => setTimeout(r, 100))").await;
    }
    panic!("{case} is not {wanted}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_interrupted_interview_stays_that_of_its_case_and_late_answers_move_nobody_in_chromium() {
    let office = Office::open(&[CALLS]).await;
    let browser = open_app(Engine::Chromium, &office).await;
    let roster = enrol(&office, CALLS, &make_card(&browser, &office).await);
    let other = Other::enrolled(&office, &roster);
    let list = hand_out(&office, &roster);
    visit(&browser, &office, &format!("{}/cases", plan_route(&office, CALLS))).await;
    browser.until_shown(".contacts h1").await;
    pick(&browser, "Open a list file", "x.minping-assignment", &list).await;
    browser.until_text("The list is here").await;

    // Half way through the interview another time is agreed: the case keeps it.
    open_desk(&browser, &office).await;
    until_call(&browser, "Household one").await;
    browser.until_text("This case is yours now").await;
    browser.strike('s').await;
    browser.until_shown(".interview").await;
    browser.strike('2').await;
    browser.until("the answer", "return !!document.querySelector('.interview input:checked')").await;
    browser.click(".interview-head .button.quiet").await;
    until_call(&browser, "Household one").await;
    browser.until_text("Go on with the interview").await;
    browser.strike('7').await;
    browser.until_text("Household one: its interview is open").await;
    browser.expect_accessible("an outcome that an open interview does not take").await;
    browser.screenshot("phone-open-interview").await;
    browser.strike('a').await;
    browser.until_shown("dialog[open] [type=datetime-local]").await;
    browser.until_text_in("dialog[open]", "Household one").await;
    browser.type_text("01052099").await;
    browser.press(Key::Tab).await;
    browser.type_text("0630PM").await;
    browser.press(Key::Enter).await;
    until_call(&browser, "Household two").await;
    browser.until_text_in("#desk-later + ul", "Household one").await;
    browser.strike('u').await;
    until_call(&browser, "Household one").await;
    browser.until_text("Go on with the interview").await;
    browser.strike('s').await;
    browser.until_shown(".interview").await;
    let kept =
        browser.eval("return [...document.querySelectorAll('.interview .option-input')].map((i) => i.checked)").await;
    assert_eq!(kept, json!([false, true]), "the same interview");
    assert_eq!(other.claim(&browser, "T-1", 10).await, "200 other");

    // Left for a page that is neither the desk nor the interview: others may be given it.
    browser.eval_with("location.hash = given[0]", json!([plan_route(&office, CALLS)])).await;
    browser.until_shown("#new-interview").await;
    until_claim(&browser, &other, "T-1", "200 yours").await;
    assert_eq!(other.claim(&browser, "T-1", 0).await, "200 yours");

    // Passed over quicker than the receiver answers: only what is on the screen is kept.
    slow_claims(&browser, 600).await;
    browser.click("a[href$='/calls']").await;
    until_call(&browser, "Household one").await;
    browser.strike('n').await;
    until_call(&browser, "Household two").await;
    browser.strike('n').await;
    until_call(&browser, "Household three").await;
    browser.until_text("This case is yours now").await;
    slow_claims(&browser, 0).await;
    until_claim(&browser, &other, "T-1", "200 yours").await;
    until_claim(&browser, &other, "T-2", "200 yours").await;
    assert_eq!(other.claim(&browser, "T-3", 10).await, "200 other");

    // Somebody else has it, and that comes when the caller has begun: it stays, and the moment is this case's.
    assert_eq!(other.claim(&browser, "T-4", 10).await, "200 yours");
    slow_claims(&browser, 1500).await;
    browser.strike('n').await;
    until_call(&browser, "Household four").await;
    browser.strike('a').await;
    browser.until_shown("dialog[open] [type=datetime-local]").await;
    browser.until_text("Another device has claimed this case too").await;
    browser.until_text_in("dialog[open]", "Household four").await;
    browser.press(Key::Escape).await;
    until_call(&browser, "Household four").await;
    browser.expect_no_errors().await;
}
