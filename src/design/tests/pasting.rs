use super::super::*;
use super::ready;

const TAGS: [&str; 2] = ["zh", "en"];

#[test]
fn columns_are_known_by_their_heads_in_both_languages() {
    let table =
        Pasted::read("序号\t单位名称\t英文名称\t类别\n1\t水务局\tWater\t政府\n2\t电力公司\tPower\t企业\n", &TAGS);
    let label = |tag: &str| Column::Label(tag.to_owned());
    assert_eq!(table.columns, [Column::Id, label("zh"), label("en"), Column::Group]);
    assert_eq!(table.rows.len(), 2);
    let table = Pasted::read("District,Population,Sample\nEast,\"12,345\",300\nWest,８００,20\n", &["en"]);
    assert_eq!(table.columns, [label("en"), Column::Population, Column::Target]);
}

#[test]
fn columns_without_heads_are_known_by_what_they_hold() {
    let table = Pasted::read("东区\t12000\t300\n西区\t8000\t200\n", &TAGS);
    assert_eq!(table.columns, [Column::Label("zh".into()), Column::Population, Column::Target]);
    assert!(table.head.is_empty());
    let names = Pasted::read("市规划和自然资源局\n市水务局\n", &TAGS);
    assert_eq!((names.rows.len(), &names.columns[..]), (2, &[Column::Label("zh".into())][..]));
}

#[test]
fn a_table_changes_what_it_names_and_keeps_the_rest() {
    let plan = Value::parse(&ready("service-evaluation")).unwrap();
    let table = Pasted::read(
        "名称\tEnglish\t类别\n市自来水公司\tWaterworks\t企业\n市消防队\tFire brigade\t应急\n\t\t\n",
        &TAGS,
    );
    let taken = take_units(&table, &plan, false);
    assert_eq!((taken.added, taken.changed, taken.removed, taken.list.len()), (1, 1, 0, 7));
    assert_eq!(taken.list[2].at("/label/en").and_then(Value::as_text), Some("Waterworks"));
    assert_eq!(taken.list[2].said("id"), Some("water"));
    assert_eq!(taken.list[2].said("group"), Some("enterprises"));
    assert_eq!(taken.list[6].said("id"), Some("fire-brigade"));
    assert_eq!(taken.groups.len(), 4);
    assert_eq!(taken.groups[3].at("/label/zh").and_then(Value::as_text), Some("应急"));
    let only = take_units(&table, &plan, true);
    assert_eq!((only.list.len(), only.removed), (2, 5));
}

#[test]
fn strata_take_people_and_targets_and_say_what_is_no_number() {
    let plan = Value::parse(r#"{"languages":["zh"],"strata":[{"id":"e","label":{"zh":"东区"},"x":1}]}"#).unwrap();
    let table = Pasted::read("片区\t人口数\t样本量\n东区\t12,000人\t300\n西区\t约8000\t200\n", &["zh"]);
    let mut table = table;
    table.columns[1] = Column::Population;
    let taken = take_strata(&table, &plan, false);
    assert_eq!(taken.list[0].get("population").and_then(Value::digits), Some("12000"));
    assert_eq!(taken.list[0].get("x").and_then(Value::digits), Some("1"));
    assert_eq!((taken.list[1].get("population"), &taken.no_numbers[..]), (None, &["约8000".to_owned()][..]));
}
