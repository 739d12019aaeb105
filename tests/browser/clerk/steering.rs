//! Quotas on the office's page: how full each cell is, as the program says, and the signed standing that devices believe.

use crate::harness::{Clerk, Engine, Office, Tablet, file};
use minping::batch::{quotas_file, verify_quotas};
use minping::native::crypto::Native;
use minping::plan::{Digest, load};
use minping::session::{Answer, PlanRef};
use pollster::block_on;
use serde_json::{Value, json};

const PLAN: &str = "quotas";

async fn steer(engine: Engine) {
    let office = Office::open(&[PLAN]).await;
    let mut tablet = Tablet::new(&office.plan_file(PLAN));
    let (man, woman) = (Answer::Text("m".into()), Answer::Text("f".into()));
    let men: &[(&str, Answer)] = &[("sex", man)];
    let women: &[(&str, Answer)] = &[("sex", woman)];
    let batch = tablet.hand_over_answers(&[men, men, men, women]);
    let clerk = Clerk::open(engine, &office.url("office.html")).await;
    let browser = &clerk.browser;
    clerk.choose_plan("A round with quotas").await;
    clerk.page("quotas").await;
    browser.until_text("Open the key file first").await;
    clerk.open_keys(&office).await;
    clerk.page("roster").await;
    clerk.pick("Open a card file", &[file("one.minping-card", tablet.card("One"))]).await;
    browser.click_text("They agree: enrol").await;
    browser.until_text("Issue 1, 1 devices").await;
    clerk.open_batches(&[file("day.minping", batch.text.clone())]).await;
    clerk.page("quotas").await;
    let shown = "const rows = [...document.querySelectorAll('.quality-table tbody tr')];
         return rows.length ? rows.map((row) => [...row.children].map((cell) => cell.innerText.trim())) : null";
    let rows: Value = browser.until("the table", shown).await;
    let row = |name: &str| {
        let found = rows
            .as_array()
            .into_iter()
            .flatten()
            .find(|row| row.as_array().is_some_and(|row| row.contains(&json!(name))));
        let found = found.unwrap_or_else(|| panic!("{name}: {rows:#}")).as_array().expect("cells").clone();
        let numbers: Vec<u64> = found.iter().filter_map(|cell| cell.as_str()?.parse().ok()).collect();
        // After the cell's place in its quota: target, done, left.
        numbers[1..].to_vec()
    };
    assert_eq!((row("Men"), row("Women"), row("Everybody")), (vec![2, 3, 0], vec![6, 1, 5], vec![30, 4, 26]));
    clerk.look("the progress of quotas").await;
    let csv = clerk.save("Save as CSV", "quotas-quotas.csv").await;
    assert!(csv.contains("r1,sex,1,Men,2,3,0,screen_out"), "{csv}");

    let plan = load(&std::fs::read_to_string(office.plan_file(PLAN)).expect("the plan")).expect("a sound plan");
    let digest = Digest(office.listed(PLAN)["digest"].as_str().expect("a digest").to_owned());
    let reference = PlanRef { id: plan.id.clone(), version: plan.version.clone(), digest: digest.clone() };
    let path = quotas_file(&reference);
    let name = path.strip_prefix("plans/").expect("beside the plan");
    browser.until_text(&path).await;
    let text = clerk.save("Sign and save the standing", name).await;
    let told = block_on(verify_quotas(&Native, &text, &plan.keys.as_ref().expect("keys").sign, &digest));
    let told = told.expect("signed by the office");
    assert_eq!(told.of_round(&plan, "r1"), [Some(2), None, None, Some(4), Some(1)]);
    assert!(told.counts_batch(&batch.digest));
    browser.expect_no_errors().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_office_follows_quotas_and_signs_what_devices_are_told_in_chromium() {
    steer(Engine::Chromium).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_office_follows_quotas_and_signs_what_devices_are_told_in_firefox() {
    steer(Engine::Firefox).await;
}
