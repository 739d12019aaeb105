use super::variable::{Kind, missing_codes, say};
use super::{DataSet, Variable};
use crate::language::Language;
use crate::plan::{Plan, Text};
use crate::report::{Cell, Column, Table};

/// What the columns and codes of data sets mean: one row for each variable, then one for each of its values and of the
/// reasons why it has none.
pub fn codebook(plan: &Plan, sets: &[&DataSet<'_>], language: Language) -> Table {
    let mut table = Table::new(&[
        Column::new("table", "表", "table"),
        Column::new("variable", "变量", "variable"),
        Column::new("label", "名称", "label"),
        Column::new("type", "类型", "type"),
        Column::new("value", "值", "value"),
        Column::new("value_label", "值的含义", "meaning of the value"),
        Column::new("code", "代码", "code"),
        Column::new("points", "分值", "points"),
        Column::new("missing", "缺失", "missing"),
    ]);
    let text = |text: &Text| match say(plan, text, language) {
        "" => Cell::None,
        said => Cell::text(said),
    };
    for set in sets {
        for variable in &set.variables {
            let head = |label: Cell, kind: Cell| vec![Cell::text(set.name), Cell::text(&variable.name), label, kind];
            let mut push = |value: [Cell; 5], first: bool| {
                let kind = if first { Cell::text(kind_name(variable)) } else { Cell::None };
                let label = if first { text(&variable.label) } else { Cell::None };
                table.push([head(label, kind), value.to_vec()].concat());
            };
            push([const { Cell::None }; 5], true);
            for category in variable.categories().iter().filter(|category| !category.missing) {
                let points = category.points.map_or(Cell::None, |points| Cell::Number(points.to_text()));
                let code = Cell::Number(category.code.to_string());
                push([Cell::text(&category.name), text(&category.label), code, points, Cell::None], false);
            }
            for (name, code, label) in missing_codes(variable) {
                let code = if matches!(variable.kind, Kind::Coded { .. }) {
                    Cell::Number(code.to_string())
                } else {
                    Cell::None
                };
                push([Cell::text(name), text(&label), code, Cell::None, Cell::Number("1".to_owned())], false);
            }
        }
    }
    table
}

fn kind_name(variable: &Variable) -> &'static str {
    match &variable.kind {
        Kind::Coded { ordered: true, .. } => "ordinal",
        Kind::Coded { .. } => "nominal",
        Kind::Whole => "whole",
        Kind::Number => "number",
        Kind::Day => "date",
        Kind::Time => "time",
        Kind::Moment => "datetime",
        Kind::Text => "text",
    }
}
