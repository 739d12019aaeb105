//! Kinds of questions, and what an item keeps when it becomes one of another kind.

use super::super::pen::Pen;
use super::super::rows::ids;
use crate::design::{Edit, Value, fresh, object};
use crate::plan::takes;
use crate::ui::words::design as words;

/// Members that only some kinds take and that this editor or the text may have given an item.
const OF_KINDS: [&str; 33] = [
    "required",
    "constraint",
    "constraint_message",
    "calculation",
    "trigger",
    "read_only",
    "default",
    "from",
    "appearance",
    "scale",
    "unit",
    "indicator",
    "units",
    "subset",
    "order",
    "seed",
    "indicators",
    "choices",
    "choice_filter",
    "other",
    "start",
    "end",
    "step",
    "right",
    "points",
    "accuracy",
    "max_pixels",
    "max_seconds",
    "max_length",
    "repeat_count",
    "items",
    "relevant",
    "hint",
];

/// The item as one of another kind: without what does not apply to it, with what it needs; and what has to be changed elsewhere
/// in the plan for it. What no format knows stays.
pub fn retyped(pen: Pen, item: &Value, kind: &str) -> (Value, Vec<Edit>) {
    let mut item = item.clone();
    let mut edits = Vec::new();
    item.set("type", Value::text(kind));
    for member in OF_KINDS {
        if takes(kind, member) == Some(false) {
            item.remove(member);
        }
    }
    // What it looks like is a matter of the kind.
    item.remove("appearance");
    let first = |list: &str| pen.named(list).into_iter().next().map(|(id, _)| Value::Text(id));
    let need = |item: &mut Value, member: &str, value: Option<Value>| {
        if item.get(member).is_none()
            && let Some(value) = value
        {
            item.set(member, value);
        }
    };
    match kind {
        "grade" | "grade_matrix" => {
            need(&mut item, "scale", first("/scales"));
            if kind == "grade" {
                need(&mut item, "unit", first("/units"));
                let leaf = super::super::indicators::leaves(pen).into_iter().next().map(|(id, _)| Value::Text(id));
                need(&mut item, "indicator", leaf);
            }
        }
        "select_one" | "select_multiple" | "rank" if item.get("choices").is_none() => {
            let (list, edit) = new_list(pen, item.said("name").unwrap_or("choices"));
            edits.push(edit);
            item.set("choices", Value::Text(list));
        }
        "range" => {
            need(&mut item, "start", Some(Value::Number("1".to_owned())));
            need(&mut item, "end", Some(Value::Number("10".to_owned())));
        }
        "group" | "repeat" => need(&mut item, "items", Some(Value::List(Vec::new()))),
        "calculate" => need(&mut item, "calculation", Some(Value::text(""))),
        _ => {}
    }
    (item, edits)
}

/// A new list of two choices: its id, and what puts it into the plan.
pub fn new_list(pen: Pen, stem: &str) -> (String, Edit) {
    let lists = pen.list("/choice_lists");
    let taken = ids(&lists, "id");
    let taken: Vec<&str> = taken.iter().map(String::as_str).collect();
    let id = fresh(&[stem, "-choices"].concat(), "choices-", &taken);
    let choice = |number: usize| {
        let label = pen.languages().into_iter().map(|tag| {
            let language = crate::language::Language::read(&tag).unwrap_or(crate::language::Language::En);
            (tag, Value::Text(words::NEW_CHOICE.count(language, &[number])))
        });
        object([("name", Value::Text(["c", &number.to_string()].concat())), ("label", Value::Object(label.collect()))])
    };
    let list = object([("id", Value::text(&id)), ("choices", Value::List(vec![choice(1), choice(2)]))]);
    (id, Edit::Insert { list: "/choice_lists".into(), index: lists.len(), value: list })
}
