//! Scales: grades with their scores, and answers that are no grade.

use super::field::{faults, number, tick, tongues};
use super::pen::Pen;
use super::rows::{Copying, add, adder, fresh_id, headed, id_field, list, more, tools};
use crate::design::{Edit, Named, Value, five_grades, object};
use crate::ui::element::{Element, el};
use crate::ui::words::design as words;

pub fn scales(pen: Pen) -> Element {
    let row = move |at: &str, index: usize, count: usize| one(pen, at, index, count);
    let fresh = move || {
        let id = fresh_id(pen, "/scales", "id", "", "scale-");
        let index = pen.list("/scales").len();
        pen.change(&[Edit::Insert { list: "/scales".into(), index, value: five_grades(&id) }]);
    };
    el("div", "stack")
        .child(el("p", "hint").say(words::SCALES_TEXT))
        .child(list(pen, "/scales", row))
        .child(faults(pen, "/scales", false))
        .child(adder(words::SCALE_ADD, fresh))
}

fn one(pen: Pen, at: &str, index: usize, count: usize) -> Element {
    let name = words::SCALE.fill(pen.language(), &[&pen.shown(&[at, "/id"].concat())]);
    let (grades, missing) = ([at, "/grades"].concat(), [at, "/missing"].concat());
    let (own, none) = (grades.clone(), missing.clone());
    let grade = move |here: &str, index: usize, count: usize| {
        let name = pen.said(pen.at(&[here, "/label"].concat()).as_ref());
        let score = el("div", "weight").child(number(pen, &[here, "/score"].concat(), words::SCORE, None));
        headed(
            here,
            &name,
            tools(pen, &own, index, count, &name, Copying { member: "name", stem: "grade-" }, None),
            vec![
                el("div", "label-and-weight").child(tongues(pen, &[here, "/label"].concat(), false, true)).child(score),
                tick(pen, &[here, "/satisfied"].concat(), words::SATISFIED, false, true),
                faults(pen, here, false),
            ],
        )
    };
    let answer = move |here: &str, index: usize, count: usize| {
        let name = pen.said(pen.at(&[here, "/label"].concat()).as_ref());
        headed(
            here,
            &name,
            tools(pen, &none, index, count, &name, Copying { member: "name", stem: "missing-" }, None),
            vec![tongues(pen, &[here, "/label"].concat(), false, true), faults(pen, here, false)],
        )
    };
    let (into, beside) = (grades.clone(), missing.clone());
    let add_grade = move || {
        let label = Value::Object(pen.languages().iter().take(1).map(|tag| (tag.clone(), Value::text(""))).collect());
        let grade = object([
            ("name", Value::Text(fresh_id(pen, &into, "name", "", "grade_"))),
            ("label", label),
            ("score", Value::Number("0".to_owned())),
            ("satisfied", Value::Flag(false)),
        ]);
        add(pen, &into, grade, "/label/zh");
    };
    let add_missing = move || {
        let label = object([("zh", Value::text("不了解")), ("en", Value::text("Don't know"))]);
        let name = fresh_id(pen, &beside, "name", "dont-know", "missing-").replace('-', "_");
        let answer = object([("name", Value::Text(name)), ("label", label)]);
        add(pen, &beside, answer, "/label/zh");
    };
    headed(
        at,
        &name,
        tools(pen, "/scales", index, count, &name, Copying { member: "id", stem: "scale-" }, None),
        vec![
            faults(pen, at, false),
            el("p", "field-label").say(words::GRADES),
            list(pen, &grades, grade),
            faults(pen, &grades, false),
            adder(words::GRADE_ADD, add_grade),
            el("p", "field-label").say(words::MISSING),
            list(pen, &missing, answer),
            adder(words::MISSING_ADD, add_missing),
            more(vec![id_field(pen, at, "id", words::ID, Named::Scale)]),
        ],
    )
}
