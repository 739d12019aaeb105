//! What people wrote, as tables and as the paper for the public.

use super::document::{Sheet, sheet, table};
use super::{Cell, Column, Table};
use crate::language::{Language, Words};
use crate::plan::{Indicator, Plan, Text, pick, prose};
use crate::suggestions::{Group, Release, Said, Standing, Standings, Word, kinds, masked};
use maud::html;
use std::collections::BTreeMap;

/// What is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "cli", derive(clap::ValueEnum))]
pub enum CountBy {
    Tag,
    /// Each tag with each unit: themes of interviews and symposia by what they concern
    TagAndUnit,
    Unit,
    Indicator,
    /// The item that was answered
    Item,
    /// Released, withheld, not decided
    State,
}

/// A text of the plan in a language of ours.
fn said(plan: &Plan, text: &Text, language: Language) -> String {
    prose::plain(pick(text, language.tag(), plan.languages.first().map_or("", String::as_str)))
}

/// What a unit is called; an id that the plan does not have stays as it is.
pub fn unit_name(plan: &Plan, id: &str, language: Language) -> String {
    plan.unit(id).map_or_else(|| id.to_owned(), |unit| said(plan, &unit.label, language))
}

/// What an indicator is called; likewise.
pub fn indicator_name(plan: &Plan, id: &str, language: Language) -> String {
    let mut waiting: Vec<&Indicator> = plan.indicators.iter().collect();
    while let Some(indicator) = waiting.pop() {
        if indicator.id == id {
            return said(plan, &indicator.label, language);
        }
        waiting.extend(&indicator.indicators);
    }
    id.to_owned()
}

fn maybe(text: Option<String>) -> Cell {
    text.map_or(Cell::None, |text| Cell::text(&text))
}

fn joined(tags: impl Iterator<Item = String>, language: Language) -> Cell {
    let tags: Vec<String> = tags.collect();
    let between = if language == Language::Zh { "、" } else { ", " };
    if tags.is_empty() { Cell::None } else { Cell::text(tags.join(between)) }
}

fn state(said: &Said, standing: Option<&Standing>) -> Release {
    standing.map_or(Release::Open, |standing| standing.release(said))
}

/// For the office: every text word for word, and what was decided about it.
pub fn suggestions_table(plan: &Plan, all: &[&Said], standings: &Standings, language: Language) -> Table {
    let mut table = Table::new(&[
        Column::new("id", "编号", "id"),
        Column::new("round", "轮次", "round"),
        Column::new("item", "题目", "item"),
        Column::new("text", "原文（内部）", "text (internal)"),
        Column::new("masked", "遮盖后", "masked"),
        Column::new("found", "遮盖了", "what is masked"),
        Column::new("tags", "标签", "tags"),
        Column::new("unit", "测评对象", "unit"),
        Column::new("indicator", "指标", "indicator"),
        Column::new("state", "是否公布", "publication"),
        Column::new("answer", "答复", "answer"),
    ]);
    for one in all {
        let standing = standings.get(&one.id);
        let hidden = kinds(&one.text, standing).into_iter().map(|kind| kind.words().of(language).to_owned());
        let unit = standing.and_then(|standing| standing.unit.as_ref());
        let indicator = standing.and_then(|standing| standing.indicator.as_ref());
        table.push(vec![
            Cell::text(one.id.short()),
            Cell::text(&one.round),
            Cell::text(said(plan, &one.label, language)),
            Cell::text(&one.text),
            Cell::text(masked(&one.text, standing)),
            joined(hidden, language),
            joined(standing.into_iter().flat_map(|standing| standing.tags.iter().cloned()), language),
            maybe(unit.map(|id| unit_name(plan, id, language))),
            maybe(indicator.map(|id| indicator_name(plan, id, language))),
            Cell::text(state(one, standing).words().of(language)),
            maybe(standing.and_then(|standing| standing.answer.clone())),
        ]);
    }
    table
}

/// For everybody: what [`crate::suggestions::published`] gave, with what the office answered, without ids and the office's own
/// tags, in an order that says nothing of the records'.
pub fn published_suggestions_table(plan: &Plan, published: &[(&Said, &Standing, String)], language: Language) -> Table {
    let mut table = Table::new(&[
        Column::new("item", "题目", "item"),
        Column::new("unit", "测评对象", "unit"),
        Column::new("indicator", "指标", "indicator"),
        Column::new("text", "意见建议", "suggestion"),
        Column::new("answer", "答复", "answer"),
    ]);
    let mut sorted: Vec<&(&Said, &Standing, String)> = published.iter().collect();
    sorted.sort_by(|(a, _, x), (b, _, y)| (a.order, x).cmp(&(b.order, y)));
    for (one, standing, text) in sorted {
        table.push(vec![
            Cell::text(said(plan, &one.label, language)),
            maybe(standing.unit.as_ref().map(|id| unit_name(plan, id, language))),
            maybe(standing.indicator.as_ref().map(|id| indicator_name(plan, id, language))),
            Cell::text(text),
            maybe(standing.answer.clone()),
        ]);
    }
    table
}

/// How many texts have each tag, unit, indicator, item or state. A text with two tags counts under both.
pub fn suggestion_counts_table(
    plan: &Plan,
    all: &[&Said],
    standings: &Standings,
    by: CountBy,
    language: Language,
) -> Table {
    const TAG: Column = Column::new("tag", "标签", "tag");
    const UNIT: Column = Column::new("unit", "测评对象", "unit");
    let mut columns = match by {
        CountBy::Tag => vec![TAG],
        CountBy::TagAndUnit => vec![TAG, UNIT],
        CountBy::Unit => vec![UNIT],
        CountBy::Indicator => vec![Column::new("indicator", "指标", "indicator")],
        CountBy::Item => vec![Column::new("item", "题目", "item")],
        CountBy::State => vec![Column::new("state", "是否公布", "publication")],
    };
    let none = Words::pair("（没有）", "(none)").of(language);
    let mut counts: BTreeMap<Vec<String>, usize> = BTreeMap::new();
    for one in all {
        let standing = standings.get(&one.id);
        let tags = || standing.map_or_else(Vec::new, |standing| standing.tags.iter().cloned().collect());
        let unit = || {
            let unit = standing.and_then(|standing| standing.unit.as_ref());
            unit.map(|id| unit_name(plan, id, language))
        };
        let names: Vec<String> = match by {
            CountBy::Tag | CountBy::TagAndUnit => tags(),
            CountBy::Unit => unit().into_iter().collect(),
            CountBy::Indicator => {
                let indicator = standing.and_then(|standing| standing.indicator.as_ref());
                indicator.map(|id| indicator_name(plan, id, language)).into_iter().collect()
            }
            CountBy::Item => vec![said(plan, &one.label, language)],
            CountBy::State => vec![state(one, standing).words().of(language).to_owned()],
        };
        let names = if names.is_empty() { vec![none.to_owned()] } else { names };
        for name in names {
            let with = (by == CountBy::TagAndUnit).then(|| unit().unwrap_or_else(|| none.to_owned()));
            *counts.entry(std::iter::once(name).chain(with).collect()).or_default() += 1;
        }
    }
    columns.push(Column::new("suggestions", "意见数", "suggestions"));
    let mut table = Table::new(&columns);
    let mut rows: Vec<(Vec<String>, usize)> = counts.into_iter().collect();
    rows.sort_by(|(a, x), (b, y)| y.cmp(x).then_with(|| a.cmp(b)));
    for (names, number) in rows {
        table.push(names.iter().map(Cell::text).chain([Cell::Number(number.to_string())]).collect());
    }
    table
}

/// Words and in how many texts they stand.
pub fn words_table(words: &[Word]) -> Table {
    let mut table =
        Table::new(&[Column::new("word", "词", "word"), Column::new("suggestions", "意见数", "suggestions")]);
    for word in words {
        table.push(vec![Cell::text(&word.word), Cell::Number(word.texts.to_string())]);
    }
    table
}

/// Groups of similar texts by their leaders, masked.
pub fn groups_table(all: &[&Said], groups: &[Group], standings: &Standings) -> Table {
    let mut table = Table::new(&[
        Column::new("suggestions", "意见数", "suggestions"),
        Column::new("text", "代表意见（遮盖后）", "one of them (masked)"),
        Column::new("id", "编号", "id"),
    ]);
    for group in groups {
        let leader = all[group.leader];
        table.push(vec![
            Cell::Number(group.members.len().to_string()),
            Cell::text(masked(&leader.text, standings.get(&leader.id))),
            Cell::text(leader.id.short()),
        ]);
    }
    table
}

/// The page for the public: released texts only, by the item that was answered. `selected`: not all of them. One HTML file, UTF-8.
pub fn suggestions_paper(
    plan: &Plan,
    round: Option<&str>,
    published: &[(&Said, &Standing, String)],
    selected: bool,
    day: &str,
    language: Language,
) -> String {
    let round = round.and_then(|id| plan.round(id)).map(|round| said(plan, &round.label, language));
    let title = said(plan, &plan.title, language);
    let title = match (round, language) {
        (Some(round), Language::Zh) => format!("{title}（{round}）意见建议"),
        (Some(round), Language::En) => format!("{title} ({round}): suggestions"),
        (None, Language::Zh) => format!("{title}：意见建议"),
        (None, Language::En) => format!("{title}: suggestions"),
    };
    let basis = match language {
        Language::Zh => "公布稿：可能指明个人的文字已遮盖，由工作人员看过遮盖后的文字并准予公布",
        Language::En => {
            "For publication: what may point to a person is masked, and a clerk saw each text as it stands here and released it"
        }
    };
    let head = Sheet { title: &title, asker: &said(plan, &plan.asker, language), day, basis, one: false, language };
    let many = match language {
        Language::Zh if selected => {
            format!("从准予公布的意见中选出 {} 条。公布的意见不代表全部意见。", published.len())
        }
        Language::En if selected => {
            format!(
                "{} texts, selected from those released. What is published does not stand for all that was written.",
                published.len()
            )
        }
        Language::Zh => format!("共 {} 条。公布的意见不代表全部意见。", published.len()),
        Language::En => {
            format!("{} texts. What is published does not stand for all that was written.", published.len())
        }
    };
    sheet(
        &head,
        &html! {
            p { (many) }
            (table(&published_suggestions_table(plan, published, language), language))
        },
    )
}
