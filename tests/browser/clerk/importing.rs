//! A workbook of ODK or Kobo becomes a plan on the clerk's page, with what could not be carried over.

use crate::harness::office::{expect_done, program};
use crate::harness::{Clerk, Engine, Site, file, site::root};
use std::fs;

async fn import(engine: Engine) {
    let site = Site::open().await;
    // A workbook as the program writes it.
    let folder = tempfile::tempdir().expect("a folder");
    let workbook = folder.path().join("transport.xlsx");
    let plan = root().join("plans/county-transport.json");
    let words = ["plan".as_ref(), "export".as_ref(), "--xlsform".as_ref(), plan.as_os_str(), workbook.as_os_str()];
    expect_done(&program(words));
    let bytes = fs::read(&workbook).expect("a workbook");

    let clerk = Clerk::open(engine, &site.url("office.html#/plans")).await;
    let browser = &clerk.browser;
    clerk.pick("Import an XLSForm workbook", &[file("notes.xlsx", "no workbook")]).await;
    browser.until_text_in(".import[role=alert]", "The workbook was not taken").await;
    clerk.pick("Import an XLSForm workbook", &[file("transport.xlsx", bytes)]).await;
    browser.until_text_in(".import", "transport became a plan").await;
    browser.until_text_in(".import", "Everything was carried over").await;
    clerk.look("an imported workbook").await;
    browser.click_text("Use the imported plan").await;
    browser.until_text_in(".standing", "County road transport office").await;
    browser.expect_no_errors().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_workbook_becomes_the_plan_in_use_in_chromium() {
    import(Engine::Chromium).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_workbook_becomes_the_plan_in_use_in_firefox() {
    import(Engine::Firefox).await;
}
