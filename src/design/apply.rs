//! A pasted table becomes units or strata. What is there already keeps all that the table does not hold.

use super::edit::{fresh, fresh_among};
use super::paste::{Column, Pasted, whole};
use super::value::{Value, object};
use std::collections::BTreeSet;

/// What a table made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Taken {
    /// The new list.
    pub list: Vec<Value>,
    /// The classes, for units: with those that were not known.
    pub groups: Vec<Value>,
    pub added: usize,
    pub changed: usize,
    pub removed: usize,
    /// Rows without a name, by number from 1.
    pub unnamed: Vec<usize>,
    /// Cells that should be whole numbers and are not.
    pub no_numbers: Vec<String>,
}

/// Units of a table. `replace`: units that the table does not name go.
pub fn take_units(table: &Pasted, plan: &Value, replace: bool) -> Taken {
    let mut groups = plan.listed("unit_groups").to_vec();
    let languages: Vec<&str> = plan.listed("languages").iter().filter_map(Value::as_text).collect();
    let grouped = table.columns.contains(&Column::Group);
    let mut taken = take(table, plan.listed("units"), "unit-", replace, |one, row, _| {
        if let Some(name) = table.cell(row, &Column::Group) {
            let id = match groups.iter().find(|group| is_called(group, name)) {
                Some(group) => group.said("id").unwrap_or_default().to_owned(),
                None => {
                    let known: Vec<&str> = groups.iter().filter_map(|group| group.said("id")).collect();
                    let id = fresh(name, "group-", &known);
                    let label = Value::Object(
                        languages.iter().take(1).map(|tag| ((*tag).to_owned(), Value::text(name))).collect(),
                    );
                    groups.push(object([("id", Value::text(&id)), ("label", label)]));
                    id
                }
            };
            one.set("group", Value::Text(id));
        } else if grouped {
            one.remove("group");
        }
    });
    taken.groups = groups;
    taken
}

/// Strata of a table, with people and targets.
pub fn take_strata(table: &Pasted, plan: &Value, replace: bool) -> Taken {
    take(table, plan.listed("strata"), "stratum-", replace, |one, row, taken| {
        for (column, member) in [(Column::Population, "population"), (Column::Target, "target")] {
            let Some(cell) = table.cell(row, &column) else { continue };
            match whole(cell) {
                Some(number) => one.set(member, Value::Number(number.to_string())),
                None => taken.no_numbers.push(cell.to_owned()),
            }
        }
    })
}

/// Whether it has this id, or this name in any language.
fn is_called(one: &Value, name: &str) -> bool {
    let label = one.get("label").map_or(&[][..], Value::members);
    one.said("id") == Some(name) || label.iter().any(|(_, words)| words.as_text() == Some(name))
}

fn take(
    table: &Pasted,
    known: &[Value],
    stem: &str,
    replace: bool,
    mut more: impl FnMut(&mut Value, &[String], &mut Taken),
) -> Taken {
    let mut taken = Taken {
        list: Vec::new(),
        groups: Vec::new(),
        added: 0,
        changed: 0,
        removed: 0,
        unnamed: Vec::new(),
        no_numbers: Vec::new(),
    };
    let mut used = vec![false; known.len()];
    let mut fresh_ones: Vec<(Option<usize>, Value)> = Vec::new();
    let mut ids: BTreeSet<String> = known.iter().filter_map(|one| one.said("id").map(str::to_owned)).collect();
    for (number, row) in table.rows.iter().enumerate() {
        let id = table.cell(row, &Column::Id);
        let Some((_, name)) = table.labels(row).next() else {
            taken.unnamed.push(number + 1);
            continue;
        };
        let names: Vec<&str> = table.labels(row).map(|(_, name)| name).collect();
        let same = |one: &Value| match id {
            Some(id) => one.said("id") == Some(id),
            None => names.iter().any(|name| is_called(one, name)),
        };
        let found = (0..known.len()).find(|at| !used[*at] && same(&known[*at]));
        let mut one = match found {
            Some(at) => {
                used[at] = true;
                known[at].clone()
            }
            None => {
                let english = table.labels(row).find(|(tag, _)| tag.starts_with("en")).map_or(name, |(_, name)| name);
                let id = match id {
                    Some(id) if !ids.contains(id) => id.to_owned(),
                    _ => fresh_among(english, stem, ids.len(), |id| ids.contains(id)),
                };
                ids.insert(id.clone());
                object([("id", Value::Text(id)), ("label", Value::Object(Vec::new()))])
            }
        };
        for (tag, name) in table.labels(row) {
            if let Some(label) = one.get_mut("label") {
                label.set(tag, Value::text(name));
            }
        }
        more(&mut one, row, &mut taken);
        match found {
            Some(at) if known[at] == one => {}
            Some(_) => taken.changed += 1,
            None => taken.added += 1,
        }
        fresh_ones.push((found, one));
    }
    if replace {
        taken.removed = used.iter().filter(|used| !**used).count();
        taken.list = fresh_ones.into_iter().map(|(_, one)| one).collect();
    } else {
        taken.list = known.to_vec();
        for (found, one) in fresh_ones {
            match found {
                Some(at) => taken.list[at] = one,
                None => taken.list.push(one),
            }
        }
    }
    taken
}
