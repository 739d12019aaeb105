//! A workbook of ODK or Kobo becomes a plan on the clerk's page, with what could not be carried over.

use crate::harness::office::{expect_done, program};
use crate::harness::{Clerk, Engine, Site, file, site::root};
use std::fs;

/// A workbook that names a picture for a question, and one for a choice.
fn pictured() -> Vec<u8> {
    let sheets: [(&str, [[&str; 4]; 3]); 2] = [
        (
            "survey",
            [
                ["type", "name", "label", "media::image"],
                ["select_one ways", "way", "How did you come?", "map.png"],
                ["text", "why", "Why?", ""],
            ],
        ),
        (
            "choices",
            [
                ["list_name", "name", "label", "image"],
                ["ways", "bus", "By bus", "bus.png"],
                ["ways", "foot", "On foot", "huge.png"],
            ],
        ),
    ];
    let mut workbook = rust_xlsxwriter::Workbook::new();
    for (name, rows) in sheets {
        let sheet = workbook.add_worksheet();
        sheet.set_name(name).expect("a name");
        for (row, cells) in rows.iter().enumerate() {
            for (column, text) in cells.iter().enumerate() {
                sheet.write_string(row as u32, column as u16, *text).expect("a cell");
            }
        }
    }
    workbook.save_to_buffer().expect("a workbook")
}

/// The clerk picks the pictures that the workbook names; one is too large, one comes later.
async fn pictures(engine: Engine) {
    let site = Site::open().await;
    let clerk = Clerk::open(engine, &site.url("office.html#/plans")).await;
    let browser = &clerk.browser;
    let png = b"\x89PNG\r\n\x1a\n".to_vec();
    clerk.pick("Import an XLSForm workbook", &[file("walk.xlsx", pictured())]).await;
    browser.until_text_in(".import", "the file `map.png` is not in a workbook").await;
    let huge = [png.clone(), vec![0; 300_000]].concat();
    clerk.pick("Add its pictures", &[file("map.png", png.clone()), file("huge.png", huge)]).await;
    browser.until_text_in(".import", "the picture `bus.png` is not in the folder").await;
    browser.until_text_in(".import", "the picture `huge.png` is larger than 100 kB").await;
    clerk.look("a workbook with pictures").await;
    clerk.pick("Add its pictures", &[file("bus.png", png)]).await;
    browser
        .until(
            "both pictures",
            "const text = document.querySelector('.import').innerText; return !text.includes('bus.png')",
        )
        .await;
    let saved = clerk.save("Save the plan file", "walk.json").await;
    let plan: serde_json::Value = serde_json::from_str(&saved).expect("JSON");
    assert_eq!(plan["questionnaires"][0]["items"][0]["image"], "map");
    assert_eq!(plan["choice_lists"][0]["choices"][0]["image"], "bus");
    assert_eq!(plan["choice_lists"][0]["choices"][1].get("image"), None);
    assert_eq!(plan["media"].as_object().map(|media| media.len()), Some(2));
    browser.expect_no_errors().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn pictures_that_a_workbook_names_are_picked_in_chromium() {
    pictures(Engine::Chromium).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn pictures_that_a_workbook_names_are_picked_in_firefox() {
    pictures(Engine::Firefox).await;
}

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
