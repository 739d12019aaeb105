//! Quality as a clerk works: the checks with progress, stopped and run again; the one who copies and clicks is named; files, print,
//! keyboard; the sample to ask again.

use crate::harness::{Clerk, Engine, Office, Pickable, Tablet, file};
use minping::named::Named;
use minping::plan::{ItemType, load};
use minping::session::Answer;

const PLAN: &str = "city-units";
const GRADES: [&str; 4] = ["satisfied", "basically_satisfied", "dissatisfied", "dont_know"];
const RECORDS: usize = 12;

/// Grades of all units for each record: of an honest interviewer, or of one who copies six and clicks straight down four.
fn interviews(office: &Office, device: usize, cheats: bool) -> Vec<Vec<(String, Answer)>> {
    let plan = load(&std::fs::read_to_string(office.plan_file(PLAN)).expect("the plan")).expect("a plan");
    let mut state = 7 + device as u64 * 1_000_003;
    let mut below = move |limit: u64| {
        // SplitMix64: the same answers in every run.
        state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (state ^ (state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        ((z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb) >> 33) % limit
    };
    let mut made: Vec<Vec<(String, Answer)>> = Vec::new();
    for record in 0..RECORDS {
        if cheats && (1..6).contains(&record) {
            made.push(made[0].clone());
            continue;
        }
        let straight = cheats && (6..10).contains(&record);
        let items = plan.questionnaires[0].items.iter().flat_map(|group| &group.items);
        let matrices = items.filter(|item| item.kind == ItemType::GradeMatrix);
        let answers = matrices.map(|item| {
            let mut grid: Named<Named<String>> = Named::new();
            for unit in &item.units {
                let grade = |below: &mut dyn FnMut(u64) -> u64| if straight { 0 } else { below(4) as usize };
                let row = item.indicators.iter().map(|id| (id.clone(), GRADES[grade(&mut below)].to_owned()));
                grid.insert(unit.clone(), row.collect());
            }
            (item.name.clone(), Answer::Grid(grid))
        });
        made.push(answers.collect());
    }
    made
}

/// The batches of three tablets, and their cards.
fn tablets(office: &Office) -> (Vec<Pickable>, Vec<Pickable>) {
    let mut batches = Vec::new();
    let mut cards = Vec::new();
    for (device, name) in ["East side", "West side", "North side"].into_iter().enumerate() {
        let mut tablet = Tablet::new(&office.plan_file(PLAN));
        let given = interviews(office, device, device == 2);
        let given: Vec<Vec<(&str, Answer)>> = given
            .iter()
            .map(|own| own.iter().map(|(item, answer)| (item.as_str(), answer.clone())).collect())
            .collect();
        let given: Vec<&[(&str, Answer)]> = given.iter().map(Vec::as_slice).collect();
        batches.push(file(&format!("{device}.minping"), tablet.hand_over_answers(&given).text));
        cards.push(file(&format!("{device}.minping-card"), tablet.card(name)));
    }
    (batches, cards)
}

/// How many flags the table of all checks has for the one of this name.
async fn flags(clerk: &Clerk, check: &str) -> String {
    let found = clerk
        .browser
        .eval_with(
            "const rows = [...document.querySelectorAll('.quality-table tbody tr')];
             const row = rows.find((row) => row.querySelector('th').innerText.trim() === given);
             return row ? row.querySelector('[data-heading=flags]').innerText.trim() : 'no such row'",
            check.into(),
        )
        .await;
    found.as_str().expect("a text").to_owned()
}

/// Pictures on a phone, a tablet and a desk, in both languages, to be looked at.
async fn pictures(clerk: &Clerk, name: &str) {
    for language in ["zh", "en"] {
        clerk.browser.eval("document.querySelector('header [lang]').click()").await;
        for width in [360, 820, 1280] {
            clerk.browser.size(width, 2400).await;
            clerk.browser.screenshot(&format!("quality-{name}-{language}-{width}")).await;
        }
    }
    clerk.browser.size(1280, 800).await;
}

async fn show(clerk: &Clerk, view: &str, words: &str) {
    clerk.browser.until("the views", "return !!document.querySelector('.quality option[value=pairs]')").await;
    clerk
        .browser
        .eval_with(
            "const list = [...document.querySelectorAll('.quality select')].find((s) => [...s.options].some((o) => o.value === given));
             list.value = given; list.dispatchEvent(new Event('change', { bubbles: true }))",
            view.into(),
        )
        .await;
    clerk.browser.until_text_in(".quality h2", words).await;
}

async fn check(engine: Engine) {
    let office = Office::open(&[PLAN]).await;
    let (batches, cards) = tablets(&office);
    let clerk = Clerk::open(engine, &office.url("office.html")).await;
    let browser = &clerk.browser;
    clerk.page("quality").await;
    clerk.look("quality without a plan").await;
    clerk.choose_plan("City-wide public satisfaction evaluation").await;
    clerk.page("quality").await;
    clerk.look("quality without a record").await;
    clerk.open_keys(&office).await;
    clerk.page("roster").await;
    for (at, card) in cards.into_iter().enumerate() {
        clerk.pick("Open a card file", &[card]).await;
        browser.click_text("They agree: enrol").await;
        browser.until_text(&format!("Issue {}, {} devices", at + 1, at + 1)).await;
        clerk.until_done().await;
    }
    clerk.page("batches").await;
    clerk.open_batches(&batches).await;
    clerk.until_done().await;

    // Stopped as soon as it can be: in the page, for a message from here may come when all is done.
    clerk.page("quality").await;
    browser.until_text("Check the records").await;
    clerk.look("quality before the checks").await;
    browser
        .eval(
            "const stop = new MutationObserver(() => {
                 const button = document.querySelector('.work button');
                 if (button) { stop.disconnect(); window.said = document.querySelector('.work span').innerText; button.click(); }
             });
             stop.observe(document.body, { childList: true, subtree: true })",
        )
        .await;
    browser.click_text("Check the records").await;
    browser.until_text("The check was stopped. Nothing was changed.").await;
    assert_eq!(browser.eval("return window.said").await, "Reading the records…");

    // By the keyboard this time.
    browser.tab_to(".quality .button.primary").await;
    browser.enter_on(".quality .button.primary").await;
    browser.until_text("Checked: 36 records, 10 with a flag.").await;
    assert_eq!(flags(&clerk, "near duplicates").await, "6");
    assert_eq!(flags(&clerk, "one grade for everything").await, "4");
    assert_eq!(flags(&clerk, "too fast").await, "", "no times: nothing is said, and not 0");
    browser.until_text("records hold no times").await;
    clerk.look("all checks").await;
    pictures(&clerk, "summary").await;

    show(&clerk, "flags", "Every flag").await;
    let devices = browser
        .eval(
            "const rows = [...document.querySelectorAll('.quality-table tbody tr')];
             const cell = (row, heading) => row.querySelector(`[data-heading=\"${heading}\"]`)?.innerText.trim();
             const ofRecords = rows.filter((row) => cell(row, 'record'));
             return [...new Set(ofRecords.map((row) => cell(row, 'device or interviewer')))]",
        )
        .await;
    assert_eq!(devices, serde_json::json!(["North side"]), "the one who copies and clicks, by name");
    clerk.look("every flag").await;
    pictures(&clerk, "flags").await;
    let csv = clerk.save("Save as CSV", "city-units-flags.csv").await;
    assert!(
        csv.starts_with("\u{feff}round,questionnaire,check,") && csv.matches("near_duplicate").count() == 6,
        "{csv}"
    );
    for (view, words) in
        [("pairs", "The closest pairs"), ("matches", "Highest matches"), ("interviewers", "Interviewers compared")]
    {
        show(&clerk, view, words).await;
        clerk.look(words).await;
    }

    // Another threshold, another answer.
    browser.click_text("Thresholds").await;
    clerk.look("the thresholds").await;
    pictures(&clerk, "thresholds").await;
    clerk.fill(".quality .grid-fields input", "101").await;
    browser.click_text("Check again").await;
    browser.until_text("Checked: 36 records, 10 with a flag.").await;
    clerk.fill(".quality .grid-fields label:nth-of-type(2) input", "100").await;
    clerk.fill(".quality .grid-fields label:nth-of-type(6) input", "13").await;
    browser.click_text("Check again").await;
    show(&clerk, "summary", "All checks").await;
    browser.until_text("fewer than two interviewers have enough records").await;

    // Ten of a hundred, rounded up: two of twelve for each tablet; the same seed, the same sample.
    let seed = ".quality section.card label:nth-of-type(2) input";
    clerk.fill(seed, "7").await;
    let sample = clerk.save("Draw and save as CSV", "city-units-backcheck-7.csv").await;
    browser.until_text("6 of 36 records drawn.").await;
    for name in ["East side", "West side", "North side"] {
        assert_eq!(sample.matches(name).count(), 2, "{sample}");
    }
    browser.until_text("The plan promises anonymity").await;
    browser.expect_no_errors().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_cheater_is_named_the_check_can_be_stopped_and_saved_in_chromium() {
    check(Engine::Chromium).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_cheater_is_named_the_check_can_be_stopped_and_saved_in_firefox() {
    check(Engine::Firefox).await;
}
