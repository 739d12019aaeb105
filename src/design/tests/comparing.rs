use super::super::*;
use super::ready;
use crate::language::Language;
use proptest::prelude::*;

fn told(old: &str, new: &str, language: Language) -> Vec<String> {
    let [old, new] = [old, new].map(|text| Value::parse(text).unwrap());
    differences(&old, &new).iter().map(|change| change.told(language)).collect()
}

#[test]
fn changes_are_told_part_by_part_in_both_languages() {
    let old = ready("service-evaluation");
    let mut new = Edit::put("/units/2/label/zh", Value::text("市水务集团")).apply(&old).unwrap();
    let fire = object([
        ("id", Value::text("fire")),
        ("label", object([("zh", Value::text("消防队")), ("en", Value::text("Fire brigade"))])),
    ]);
    new = Edit::Insert { list: "/units".into(), index: 6, value: fire }.apply(&new).unwrap();
    new = Edit::Remove { list: "/units".into(), index: 1 }.apply(&new).unwrap();
    new = Edit::put("/scales/0/grades/3/score", Value::Number("35".into())).apply(&new).unwrap();
    new = Edit::put("/privacy/anonymous", Value::Flag(false)).apply(&new).unwrap();
    assert_eq!(
        told(&old, &new, Language::Zh),
        [
            "隐私承诺 · 匿名：由 “是” 改为 “否”",
            "测评对象“市水务集团” · 文字（zh）：由 “市自来水公司” 改为 “市水务集团”",
            "测评对象：新增 “消防队”",
            "测评对象：删去 “市医疗保障局”",
            "量表“five” · 档次“不太满意” · 得分：由 “30” 改为 “35”",
        ]
    );
    let english = told(&old, &new, Language::En);
    assert_eq!(english[2], "unit: added “Fire brigade”");
    assert_eq!(english[4], "scale “five” · grade “Rather dissatisfied” · score: “30” became “35”");
}

#[test]
fn a_moved_part_is_moved_and_not_removed_and_added() {
    let old = ready("service-evaluation");
    let new = Edit::Move { list: "/units".into(), from: 4, to: 0 }.apply(&old).unwrap();
    assert_eq!(told(&old, &new, Language::Zh), ["测评对象“市法律援助协会”：由第 5 位移到第 1 位"]);
    // Layout and the way a number is written make no difference.
    let other = Value::parse(&old).unwrap().print(0, 0).replace("\"score\": 80", "\"score\": 80.0");
    assert!(told(&old, &other, Language::En).is_empty());
}

#[test]
fn another_id_of_the_same_words_is_a_changed_id() {
    let old = r#"{"units":[{"id":"a","label":{"zh":"甲局"}},{"id":"b","label":{"zh":"乙局"}}]}"#;
    let new = r#"{"units":[{"id":"x","label":{"zh":"甲局"}},{"id":"b","label":{"zh":"乙局"}}],"links":["a.example"]}"#;
    assert_eq!(told(old, new, Language::Zh), ["测评对象“甲局” · 编号：由 “a” 改为 “x”", "可用链接：新增 “a.example”"]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Nothing is overlooked: texts that differ have a difference, and each difference can be told.
    #[test]
    fn what_differs_is_named(steps in prop::collection::vec((any::<prop::sample::Index>(), 0u8..4), 1..6)) {
        let old = ready("study-practice");
        let mut new = old.clone();
        for (index, what) in steps {
            let value = Value::parse(&new).unwrap();
            let mut all = Vec::new();
            super::pointers(&value, "", &mut all);
            let lists: Vec<&String> = all.iter().filter(|at| value.at(at).is_some_and(|v| v.list().len() > 1)).collect();
            let edit = match what {
                0 => Edit::put(index.get(&all[1..]).clone(), Value::text("new")),
                1 => Edit::Drop { at: index.get(&all[1..]).clone() },
                2 => Edit::Remove { list: index.get(&lists).to_string(), index: 0 },
                _ => Edit::Move { list: index.get(&lists).to_string(), from: 1, to: 0 },
            };
            new = edit.apply(&new).unwrap_or(new);
        }
        let [a, b] = [&old, &new].map(|text| Value::parse(text).unwrap());
        let found = differences(&a, &b);
        prop_assert_eq!(found.is_empty(), a == b);
        for change in &found {
            prop_assert_ne!(change.told(Language::Zh), "");
            let there = change.kind == Kind::Removed || b.at(&change.path).is_some();
            prop_assert!(there, "{} is there", change.path);
        }
    }
}
