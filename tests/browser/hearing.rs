//! What a screen reader is told: the names, roles and states that the browser hands to it, for every kind of question and
//! every screen of an interview. Chromium gives its whole accessibility tree.

use crate::answering::{begin, go_on};
use crate::harness::{Browser, Engine, Office};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// One thing that is told.
struct Told {
    role: String,
    name: String,
    description: String,
    focusable: bool,
    /// Roles and names around it, the outermost first.
    around: Vec<(String, String)>,
}

async fn listen(browser: &Browser, screen: &str) -> Vec<Told> {
    let tree = browser.cdp("Accessibility.getFullAXTree", json!({})).await;
    let nodes = tree["nodes"].as_array().expect("a tree of nodes");
    let by_id: BTreeMap<&str, &Value> = nodes.iter().map(|node| (node["nodeId"].as_str().unwrap(), node)).collect();
    let text = |node: &Value, member: &str| node[member]["value"].as_str().unwrap_or("").to_owned();
    let told = nodes.iter().filter(|node| node["ignored"] != true).map(|node| {
        let mut around = Vec::new();
        let mut at = node["parentId"].as_str();
        while let Some(parent) = at.and_then(|id| by_id.get(id)) {
            if parent["ignored"] != true {
                around.insert(0, (text(parent, "role"), text(parent, "name")));
            }
            at = parent["parentId"].as_str();
        }
        let properties = node["properties"].as_array().map_or(&[][..], Vec::as_slice);
        let focusable = properties.iter().any(|one| one["name"] == "focusable" && one["value"]["value"] == true);
        Told {
            role: text(node, "role"),
            name: text(node, "name"),
            description: text(node, "description"),
            focusable,
            around,
        }
    });
    let told: Vec<Told> = told.collect();
    // The page and its main part take the focus by script only.
    for one in told.iter().filter(|one| one.focusable && !["RootWebArea", "main"].contains(&one.role.as_str())) {
        assert!(!one.name.trim().is_empty(), "{screen}: a {} without a name, in {:?}", one.role, one.around);
    }
    told
}

fn named<'a>(told: &'a [Told], role: &str, name: &str) -> Vec<&'a Told> {
    told.iter().filter(|one| one.role == role && one.name.contains(name)).collect()
}

/// Whether something around it has this role and a name with this in it.
fn within(told: &Told, role: &str, name: &str) -> bool {
    told.around.iter().any(|(known, known_name)| known == role && known_name.contains(name))
}

#[tokio::test(flavor = "multi_thread")]
async fn every_control_has_a_name_and_a_choice_is_told_with_its_question_in_chromium() {
    let office = Office::open(&["kinds"]).await;
    let browser = Browser::open(Engine::Chromium).await;
    begin(&browser, &office.link("kinds", &[])).await;
    let told = listen(&browser, "choices").await;
    assert_eq!(told.iter().filter(|one| one.role == "heading").count(), 1, "one heading says where one is");
    for radio in told.iter().filter(|one| one.role == "radio") {
        assert!(
            radio.around.iter().any(|(role, name)| (role == "group" || role == "radiogroup") && !name.is_empty()),
            "{}: a choice is told with its question: {:?}",
            radio.name,
            radio.around
        );
    }
    // What is missing is told with the question that it is about.
    browser.enter_on(".interview .actions .primary").await;
    browser.until_shown(".faults").await;
    let told = listen(&browser, "what is missing").await;
    assert!(told.iter().any(|one| one.role == "group" || one.role == "radiogroup"), "questions are groups");
    assert!(
        told.iter().any(|one| one.description.contains("还没有回答")),
        "the error is the description of a question: {:?}",
        told.iter().map(|one| &one.description).filter(|text| !text.is_empty()).collect::<Vec<_>>()
    );
    browser.space_on("[name='i1']").await;
    go_on(&browser).await;
    listen(&browser, "order and marks").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_grade_of_a_matrix_is_told_with_its_unit_and_its_indicator_in_chromium() {
    let office = Office::open(&["city-units"]).await;
    let browser = Browser::open(Engine::Chromium).await;
    begin(&browser, &office.link("city-units", &[])).await;
    let text = std::fs::read_to_string(office.plan_file("city-units")).expect("the published plan");
    let office_plan: Value = serde_json::from_str(&text).expect("a plan");
    let unit = office_plan["units"][0]["label"]["zh"].as_str().expect("a label").to_owned();
    let grade = office_plan["scales"][0]["grades"][2]["label"]["zh"].as_str().expect("a label").to_owned();
    let told = listen(&browser, "the matrix").await;
    let cells: Vec<&Told> = named(&told, "radio", &grade);
    assert!(!cells.is_empty(), "{grade} is a choice");
    let of_unit = cells.iter().filter(|cell| {
        cell.name.contains(&unit)
            || within(cell, "radiogroup", &unit)
            || within(cell, "group", &unit)
            || within(cell, "row", &unit)
    });
    let indicators = office_plan["indicators"].as_array().expect("indicators").len();
    assert_eq!(of_unit.count(), indicators, "the first unit has one worst grade for each indicator");
    for indicator in office_plan["indicators"].as_array().expect("indicators") {
        let label = indicator["label"]["zh"].as_str().expect("a label");
        assert!(
            cells.iter().any(|cell| cell.name.contains(label)
                || within(cell, "radiogroup", label)
                || within(cell, "group", label)),
            "{label} is told with its grades"
        );
    }
}
