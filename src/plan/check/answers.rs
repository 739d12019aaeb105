use super::names::all_items;
use super::node::Node;
use super::{Code, Report};
use crate::plan::{Decimal, OTHER, Steps};

/// What the answers to an item can be: steps of a range, `other`, and which are right.
pub(super) fn check(root: &Node, report: &mut Report) {
    // Those that are sealed on publication do not travel.
    let mut told =
        root.member("privacy").and_then(|privacy| privacy.value.get("seal_right_answers")?.as_bool()) == Some(true);
    let sealed = root.has("right_answers");
    for questionnaire in root.list("questionnaires") {
        let items = all_items(&questionnaire);
        for item in &items {
            check_steps(item, report);
            check_other(root, &items, item, report);
            check_right(root, item, sealed, report);
            // Once is enough for a plan.
            if item.has("right") && !told {
                report.add(Code::RightAnswersTravel, item.at("right"), []);
                told = true;
            }
        }
    }
}

fn check_steps(item: &Node, report: &mut Report) {
    if item.text("type") != Some("range") {
        return;
    }
    let Some(steps) = steps(item) else { return };
    if !steps.lead() {
        let numbers = [steps.start, steps.end, steps.step].map(Decimal::to_text);
        report.add(Code::BadSteps, &item.path, [&numbers[0], &numbers[1], &numbers[2]]);
    } else if item.text("appearance") == Some("rating") && !(steps.are_whole() && steps.count() <= 10) {
        report.add(Code::NotForStars, item.at("appearance"), []);
    }
}

/// Of a range whose numbers can be read.
pub(super) fn steps(item: &Node) -> Option<Steps> {
    let number = |member: &str| match item.member(member) {
        Some(number) => Decimal::from_json(&number.value.to_string()).ok(),
        None => Some(Decimal::ONE).filter(|_| member == "step"),
    };
    Some(Steps { start: number("start")?, end: number("end")?, step: number("step")? })
}

fn check_other(root: &Node, items: &[Node], item: &Node, report: &mut Report) {
    let (true, Some(name)) = (item.has("other"), item.text("name")) else { return };
    if choices(root, item).is_some_and(|choices| choices.contains(&OTHER)) {
        report.add(Code::OtherInList, item.at("other"), [item.text("choices").unwrap_or_default()]);
    }
    let words = [name, "_other"].concat();
    for taken in items.iter().filter(|item| item.text("name") == Some(&words)) {
        report.add(Code::RepeatedId, taken.at("name"), [&words, &item.at("other")]);
    }
}

fn check_right(root: &Node, item: &Node, sealed: bool, report: &mut Report) {
    if item.has("points") && !item.has("right") && !sealed {
        report.add(Code::PointsWithoutRight, item.at("points"), []);
    }
    if let Some(points) = item.member("points")
        && Decimal::from_json(&points.value.to_string()).is_ok_and(|points| points <= Decimal::ZERO)
    {
        report.add(Code::BadPoints, &points.path, [&points.value.to_string()]);
    }
    if item.value.get("right").and_then(|v| v.as_array()).is_some_and(Vec::is_empty) {
        report.add(Code::EmptyList, item.at("right"), ["right"]);
    }
    let right = item.texts("right");
    for (i, (path, answer)) in right.iter().enumerate() {
        if right[..i].iter().any(|(_, earlier)| earlier == answer) {
            report.add(Code::RepeatedEntry, path, [answer]);
        }
        let (can, en, zh) = match item.text("type") {
            Some("select_one" | "select_multiple") => {
                let choices = choices(root, item);
                (
                    choices.is_none_or(|choices| choices.contains(answer)),
                    "the name of a choice of its list",
                    "其选项表中的选项名称",
                )
            }
            Some("integer") => (answer.parse::<i64>().is_ok(), "a whole number in quotes", "加引号的整数"),
            Some("text") => (!answer.trim().is_empty(), "words", "文字"),
            _ => continue,
        };
        if !can {
            report.add(Code::BadRight, path, [answer, en, zh]);
        }
    }
}

/// Names of the choices of the item's list, where the plan has it.
fn choices<'a>(root: &Node<'a>, item: &Node) -> Option<Vec<&'a str>> {
    let id = item.text("choices")?;
    let list = root.list("choice_lists").into_iter().find(|list| list.text("id") == Some(id))?;
    Some(list.list("choices").iter().filter_map(|choice| choice.text("name")).collect())
}
