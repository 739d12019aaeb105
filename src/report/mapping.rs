use super::{Cell, Column, Table};
use crate::language::{Language, Words};
use crate::plan::{Plan, Text, pick};
use crate::session::{How, map_items};

/// Questions of two versions of a plan, and what may be said of both together. Nothing is pooled: records are counted by their own version.
pub fn mapping_table(old: &Plan, new: &Plan, language: Language) -> Table {
    let mut table = Table::new(&[
        Column::new("questionnaire", "问卷", "questionnaire"),
        Column::new("name", "名称", "name"),
        Column::new("how", "对应", "mapping"),
        Column::new("what", "说明", "what it means"),
        Column::new("old", "旧版文字", "old words"),
        Column::new("new", "新版文字", "new words"),
    ]);
    for one in map_items(old, new) {
        let said = |plan: &Plan, text: &Text| {
            pick(text, language.tag(), plan.languages.first().map_or("", String::as_str)).to_owned()
        };
        let cell = |words: Option<String>| words.map_or(Cell::None, Cell::Text);
        table.push(vec![
            Cell::text(one.questionnaire),
            Cell::text(one.name),
            Cell::text(one.how.name()),
            Cell::text(how_words(one.how).of(language)),
            cell(one.old.map(|item| said(old, &item.label))),
            cell(one.new.map(|item| said(new, &item.label))),
        ]);
    }
    table
}

/// What may be done with the results of both versions.
pub fn how_words(how: How) -> Words {
    match how {
        How::Same => Words::pair("相同，可以并列比较", "the same: may be set beside each other"),
        How::Reworded => {
            Words::pair("文字、等级或选项改过，比较要谨慎", "other words, scale or choices: compare with care")
        }
        How::AsksElse => {
            Words::pair("同名但问的不同，不能比较", "of this name, and asks something else: not to be compared")
        }
        How::Gone => Words::pair("只在旧版", "only in the old version"),
        How::Added => Words::pair("只在新版", "only in the new version"),
    }
}

/// The rule for records of two versions.
pub const POOLING: Words = Words::pair(
    "不合并：每份答卷只按它自己那一版方案计数，两版的数字各自公布。标为“相同”的题目可以并列比较。",
    "Nothing is pooled: each record is counted by its own version of the plan, and each version has its own figures. Questions marked as the same may be set beside each other.",
);
