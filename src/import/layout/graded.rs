//! What is graded, for ODK's programs: a scale as a list of choices, a grade as one of them, a matrix as a group of them. Here the
//! columns `scale`, `units` and `indicators` of the same rows say what it is.

use super::*;
use crate::import::choices::OF_SCALE;

impl Writer<'_> {
    /// The name of a scale's list, which no list of the plan has.
    pub(super) fn scale_list(&self, scale: &str) -> String {
        let lists = list(self.plan, "choice_lists");
        let mut name = ["scale_", scale].concat();
        while lists.iter().any(|known| known.get("id").and_then(Value::as_str) == Some(&name)) {
            name.push('_');
        }
        name
    }

    pub(super) fn scale_lists(&self, rows: &mut Rows) {
        for scale in list(self.plan, "scales").iter().filter_map(Value::as_object) {
            let id = scale.get("id").and_then(Value::as_str).unwrap_or_default();
            let answers = ["grades", "missing"].into_iter().flat_map(|part| list(scale, part));
            for answer in answers.filter_map(Value::as_object) {
                let row = rows.row();
                let name = answer.get("name").and_then(Value::as_str).unwrap_or_default();
                for (column, text) in [("list_name", self.scale_list(id).as_str()), ("name", name), (OF_SCALE, id)] {
                    if fits(text) {
                        rows.set(row, column, text.to_owned());
                    }
                }
                self.words(rows, row, "label", answer.get("label"));
            }
        }
    }

    /// The rows of a matrix after its own: a group for each unit, with a question for each indicator; and its end.
    pub(super) fn matrix(&self, item: &Members, rows: &mut Rows) {
        let text = |name: &str| item.get(name).and_then(Value::as_str).unwrap_or_default();
        let chosen = |name: &str, all: Vec<(&str, &Members)>| -> Vec<(String, Option<Value>)> {
            let wanted: Vec<&str> = list(item, name).iter().filter_map(Value::as_str).collect();
            let wanted = if wanted.is_empty() { all.iter().map(|(id, _)| *id).collect() } else { wanted };
            let label =
                |id: &str| all.iter().find(|(known, _)| *known == id).and_then(|(_, one)| one.get("label").cloned());
            wanted.into_iter().map(|id| (id.to_owned(), label(id))).collect()
        };
        let units = chosen("units", list(self.plan, "units").iter().filter_map(named).collect());
        let mut leaves = Vec::new();
        let class = |id: &str| {
            let unit = list(self.plan, "units").iter().filter_map(named).find(|(known, _)| *known == id);
            unit.and_then(|(_, unit)| unit.get("group")).and_then(Value::as_str)
        };
        let classes: Vec<Option<&str>> = units.iter().map(|(id, _)| class(id)).collect();
        collect_leaves(list(self.plan, "indicators"), &classes, &mut leaves);
        let indicators = chosen("indicators", leaves);
        let question = ["select_one ", &self.scale_list(text("scale"))].concat();
        let row = |rows: &mut Rows, kind: &str, name: &[&str], label: Option<&Value>| {
            let row = rows.row();
            rows.set(row, "type", kind.to_owned());
            let name: String = name.join("_").chars().map(|c| if is_part(c) { c } else { '_' }).collect();
            rows.set(row, "name", name);
            self.words(rows, row, "label", label);
            row
        };
        for (unit, label) in &units {
            row(rows, "begin_group", &[text("name"), unit], label.as_ref());
            for (indicator, label) in &indicators {
                let at = row(rows, &question, &[text("name"), unit, indicator], label.as_ref());
                if item.get("required") == Some(&Value::Bool(true)) {
                    rows.set(at, "required", "yes".to_owned());
                }
            }
            let end = rows.row();
            rows.set(end, "type", "end_group".to_owned());
        }
        let end = rows.row();
        rows.set(end, "type", "end_group".to_owned());
    }
}

/// A letter of a name that ODK's programs take.
fn is_part(letter: char) -> bool {
    letter.is_alphanumeric() || "_-.".contains(letter)
}

fn named(value: &Value) -> Option<(&str, &Members)> {
    let members = value.as_object()?;
    Some((members.get("id")?.as_str()?, members))
}

/// Leaves that are for units of all these classes.
fn collect_leaves<'v>(indicators: &'v [Value], classes: &[Option<&str>], leaves: &mut Vec<(&'v str, &'v Members)>) {
    for (id, members) in indicators.iter().filter_map(named) {
        let own = list(members, "unit_groups");
        let for_class = |class: &Option<&str>| own.iter().any(|known| known.as_str() == *class);
        if !own.is_empty() && !classes.iter().all(for_class) {
            continue;
        }
        let below = list(members, "indicators");
        if below.is_empty() {
            leaves.push((id, members));
        }
        collect_leaves(below, classes, leaves);
    }
}
