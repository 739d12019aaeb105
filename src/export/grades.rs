//! One row for each grade that was asked for: record × item × unit × indicator.

use super::dataset::{DataSet, Keep, Row, Rows, sorted};
use super::records::{FIXED, ROUND, STRATUM, fixed, fixed_values, grade_value, scale_categories};
use super::variable::{Category, Kind, Variable, joined, ours, plain};
use super::{Reason, Value};
use crate::language::Words;
use crate::ledger::{Account, Codebook};
use crate::plan::{Item, Plan, Text};
use crate::session::Disposition;

struct Long<'a> {
    codebook: &'a Codebook,
    ids: bool,
    items: Vec<String>,
    /// For each scale, the place of its first category among all grades.
    first: Vec<usize>,
    grades: Vec<Category>,
}

impl<'a> DataSet<'a> {
    /// One row for each grade that an interview asked for. Records that were screened out are in no figure, and not here.
    pub fn grades(codebook: &'a Codebook, account: &Account<'a>, keep: Keep) -> DataSet<'a> {
        let plan = codebook.plan();
        let (items, labels) = graded_items(codebook);
        let coded = |list: Vec<(&String, Text)>| {
            let categories = list.into_iter().zip(1..).map(|((id, label), code)| Category::new(id, label, code));
            Kind::Coded { categories: categories.collect(), ordered: false }
        };
        let units = plan.units.iter().map(|unit| (&unit.id, plain(&unit.label))).collect();
        let leaves = plan.leaf_indicators();
        let leaves = leaves.iter().map(|(leaf, _)| (&leaf.id, plain(&leaf.label))).collect();
        let scales = plan.scales.iter().map(|scale| (&scale.id, Text::new())).collect();
        let (mut first, mut grades) = (Vec::new(), Vec::new());
        for scale in &plan.scales {
            first.push(grades.len());
            // Two scales can have one word for two grades.
            let named = |category: Category| match plan.scales.len() {
                1 => category,
                _ => Category { name: format!("{}.{}", scale.id, category.name), ..category },
            };
            grades.extend(scale_categories(scale).into_iter().map(named));
        }
        let mut places = [1, -11];
        for category in &mut grades {
            let place = &mut places[usize::from(category.missing)];
            category.code = *place;
            *place += if category.missing { -1 } else { 1 };
        }
        let variable = |name: &str, zh, en, kind, reasons| Variable {
            name: name.to_owned(),
            label: ours(Words::pair(zh, en)),
            question: Text::new(),
            kind,
            reasons,
        };
        let ordered = plan.scales.len() == 1;
        let mut variables = fixed(plan, keep.ids);
        variables.extend([
            variable("item", "题目", "item", coded(items.iter().zip(labels).collect()), false),
            variable("unit", "测评对象", "unit", coded(units), false),
            variable("indicator", "指标", "indicator", coded(leaves), false),
            variable("scale", "量表", "scale", coded(scales), false),
            variable("grade", "档次", "grade", Kind::Coded { categories: grades.clone(), ordered }, true),
            variable("points", "分值", "points", Kind::Number, false),
            variable("satisfied", "计为满意", "counts as satisfied", Kind::Whole, false),
        ]);
        let mut records = sorted(account, keep);
        records.retain(|row| row.packed.disposition != Disposition::ScreenedOut);
        let rows = Long { codebook, ids: keep.ids, items, first, grades };
        DataSet { name: "grades", variables, parts: [ROUND, STRATUM], sorted: records, rows: Box::new(rows) }
    }
}

/// Names of the graded items, and their labels.
fn graded_items(codebook: &Codebook) -> (Vec<String>, Vec<Text>) {
    fn find<'a>(items: &'a [Item], name: &str) -> Option<&'a Item> {
        items.iter().find_map(|item| if item.name == name { Some(item) } else { find(&item.items, name) })
    }
    let plan: &Plan = codebook.plan();
    let (mut names, mut labels): (Vec<String>, Vec<Text>) = Default::default();
    for (instrument, questionnaire) in codebook.instruments().iter().zip(&plan.questionnaires) {
        for question in &instrument.questions {
            if !names.contains(&question.item) {
                let item = find(&questionnaire.items, &question.item);
                labels.push(item.map_or_else(Text::new, |item| joined(plan, &[&item.label])));
                names.push(question.item.clone());
            }
        }
    }
    (names, labels)
}

impl Rows for Long<'_> {
    fn rows(&self, row: &Row<'_>) -> Vec<Vec<Value>> {
        let plan = self.codebook.plan();
        let head = fixed_values(plan, row, self.ids);
        let questions = &self.codebook.instruments()[row.packed.domain.questionnaire as usize].questions;
        let asked = questions.iter().zip(&row.packed.codes).filter_map(|(question, code)| {
            let (scale, value) = (question.scale as usize, grade_value(*code));
            let value = match value {
                Value::Missing(Reason::NotAsked) => return None,
                Value::Category(at) => Value::Category(self.first[scale] + at),
                other => other,
            };
            let grade = match &value {
                Value::Category(at) => self.grades.get(*at).filter(|category| !category.missing),
                _ => None,
            };
            let item = self.items.iter().position(|name| *name == question.item);
            let grade_at =
                grade.map(|grade| (grade.points, usize::from(*code) - usize::from(crate::ledger::FIRST_GRADE)));
            let mut values = Vec::with_capacity(FIXED + 7);
            values.extend(head.iter().cloned());
            values.extend([
                item.map_or(Value::None, Value::Category),
                Value::Category(question.unit.into()),
                Value::Category(question.indicator.into()),
                Value::Category(scale),
                value,
                grade_at.and_then(|(points, _)| points).map_or(Value::None, |points| Value::Number(points.to_text())),
                grade_at.map_or(Value::None, |(_, at)| Value::Whole(plan.scales[scale].grades[at].satisfied.into())),
            ]);
            Some(values)
        });
        asked.collect()
    }
}
