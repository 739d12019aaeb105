//! Numbers of earlier rounds that come as a table: on the page of results from the first round on.

use crate::harness::{Clerk, Engine, Office, Tablet, file};
use serde_json::json;

const PLAN: &str = "study-practice";
const TITLE: &str = "Study and practice campaign";

async fn trend(engine: Engine) {
    let office = Office::open(&[PLAN]).await;
    let mut tablet = Tablet::new(&office.plan_file(PLAN));
    let grades: Vec<&str> = (0..60).map(|at| if at % 4 > 0 { "satisfied" } else { "dissatisfied" }).collect();
    let batch = tablet.hand_over(&grades, None).text;
    let clerk = Clerk::open(engine, &office.url("office.html")).await;
    let browser = &clerk.browser;
    clerk.choose_plan(TITLE).await;
    clerk.open_keys(&office).await;
    clerk.page("roster").await;
    clerk.pick("Open a card file", &[file("one.minping-card", tablet.card("One"))]).await;
    browser.click_text("They agree: enrol").await;
    browser.until_text("Issue 1, 1 devices").await;
    clerk.open_batches(&[file("one.minping", batch)]).await;
    clerk.page("results").await;
    browser.until_shown(".results table").await;
    assert_eq!(browser.eval("return document.querySelectorAll('.changes').length").await, 0, "nothing to compare with");
    browser.click_text("Earlier rounds from a table").await;
    browser.until_text("No round is imported").await;
    // The table to fill in has the plan's own units, and is refused as it is: nothing stands in it.
    let empty = clerk.save("Save a table to fill in", &format!("{PLAN}-earlier.csv")).await;
    assert!(empty.starts_with("\u{feff}round,unit,indicator,score,se,n,rate,rate_se"), "{empty}");
    let unit = empty.lines().nth(1).expect("a unit").split(',').nth(1).expect("its name").to_owned();
    clerk.pick("Open a CSV table", &[file("empty.csv", empty)]).await;
    browser.until_text("empty.csv was not imported").await;
    browser.until_text("line 2: the name of the round is empty").await;
    let bad = format!("round,unit,score,se\n2024,{unit},40,1\n2024,nobody,40,1\n2025,{unit},900,\n");
    clerk.pick("Open a CSV table", &[file("bad.csv", bad)]).await;
    browser.until_text("line 3: the plan has no unit `nobody`").await;
    browser.until_text("line 4: `score` is 900").await;
    browser.until_text("No round is imported").await;
    clerk.look("a table of earlier rounds that does not fit").await;

    // Its round is named beside the table, as that of `minping estimate` needs it.
    clerk.fill(".earlier-rounds input", "2024").await;
    let table = format!("unit,estimate,se,deff\n{unit},40.25,1.5,1.1\n");
    clerk.pick("Open a CSV table", &[file("2024.csv", table)]).await;
    browser.until_text("1 numbers were imported").await;
    browser.until_text("Columns that were not read: deff").await;
    let table = format!("round,unit,score\n2025,{unit},44\n");
    clerk.pick("Open a CSV table", &[file("2025.csv", table)]).await;
    browser.until_text_in(".earlier-rounds table", "40.25").await;
    browser.until_text_in(".earlier-rounds table", "2025").await;
    clerk.look("earlier rounds from a table").await;

    choose(&clerk, "2024").await;
    browser.until_text_in(".changes-table", "risen").await;
    browser.until_text("the earlier numbers were imported from a table").await;
    choose(&clerk, "2025").await;
    browser.until_text_in(".changes-table", "no test").await;
    clerk.look("a change since an imported round").await;
    for (width, height) in [(360, 740), (820, 1180), (1280, 800)] {
        browser.size(width, height).await;
        browser.eval("document.querySelector('.changes').scrollIntoView()").await;
        browser.screenshot(&format!("earlier-{width}")).await;
    }
    browser.click_text("Draw the plots").await;
    browser.until_text("Imported from a table, not checked for how it asked: 2024, 2025").await;

    // There again after a reload, and in the report.
    clerk.reload().await;
    clerk.open_keys(&office).await;
    clerk.page("results").await;
    browser.until_shown(".changes").await;
    let round =
        minping::plan::load(&std::fs::read_to_string(office.plan_file(PLAN)).expect("the plan")).expect("sound");
    let round = round.rounds.last().expect("a round").id.clone();
    let report = clerk.save("Save the report", &format!("{PLAN}-{round}-internal.html")).await;
    assert!(report.contains("were imported from a table") && report.contains("id=\"trend"), "not in the report");

    browser.click_text("Earlier rounds from a table").await;
    browser.click_text("Remove the imported rounds").await;
    browser.until("nothing to compare with", "return !document.querySelector('.changes')").await;
    browser.click_text("Undo").await;
    browser.until_text_in(".earlier-rounds table", "40.25").await;
    browser.until_shown(".changes").await;
    browser.expect_no_errors().await;
}

/// The earlier round with which the shown one is compared.
async fn choose(clerk: &Clerk, round: &str) {
    clerk.browser.until_shown(".changes select").await;
    clerk
        .browser
        .eval_with(
            "const select = document.querySelector('.changes select');
             select.value = given; select.dispatchEvent(new Event('change', { bubbles: true }))",
            json!(round),
        )
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn earlier_rounds_come_as_a_table_and_stand_in_the_comparison_in_chromium() {
    trend(Engine::Chromium).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn earlier_rounds_come_as_a_table_and_stand_in_the_comparison_in_firefox() {
    trend(Engine::Firefox).await;
}
