//! What a link opens, in words.

use super::Poster;
use crate::batch::Link;
use crate::language::{Language, Words};
use crate::plan::{Mode, Plan, Text, pick, prose};
use crate::report::{Cell, Column, Table};

pub(super) fn said(plan: &Plan, text: &Text, tag: &str) -> String {
    prose::plain(pick(text, tag, plan.languages.first().map_or("", String::as_str)))
}

pub(super) fn mode_words(mode: Mode) -> Words {
    match mode {
        Mode::Web => Words::pair("扫码自填", "by their own phone"),
        Mode::Hall => Words::pair("现场测评", "in a hall"),
        Mode::Face => Words::pair("当面访问", "face to face"),
        Mode::Phone => Words::pair("电话访问", "by telephone"),
    }
}

/// Round, questionnaire, rater group, stratum, place and way of asking of a link. None: the plan does not have what it names, so
/// that nobody could answer.
pub fn link_words(plan: &Plan, link: &Link, language: Language) -> Option<[String; 6]> {
    let say = |text: &Text| said(plan, text, language.tag());
    let none = Words::pair("不限", "any").of(language).to_owned();
    let group = match &link.rater_group {
        Some(id) => say(&plan.rater_groups.iter().find(|group| group.id == *id)?.label),
        None => none.clone(),
    };
    let stratum = match &link.stratum {
        Some(id) => say(&plan.stratum(id)?.label),
        None => none,
    };
    let place = if link.place.is_empty() { String::new() } else { say(&link.place) };
    let way = mode_words(link.mode).of(language).to_owned();
    Some([
        say(&plan.round(&link.round)?.label),
        say(&plan.questionnaire(&link.questionnaire)?.title),
        group,
        stratum,
        place,
        way,
    ])
}

/// The token in an address of the app.
pub fn resolved(url: &str) -> Option<&str> {
    url.split_once("#/a/").map(|(_, token)| token).filter(|token| !token.is_empty())
}

/// What each drawing was found to open: `found` is the link that was read out of it and whose signature held, in the order of the
/// posters.
pub fn told(plan: &Plan, posters: &[Poster], found: &[Option<Link>], language: Language) -> Table {
    let mut table = Table::new(&[
        Column::new("no", "序号", "no."),
        Column::new("printed", "印着", "printed"),
        Column::new("opens", "读回核对", "read back"),
        Column::new("round", "轮次", "round"),
        Column::new("questionnaire", "问卷", "questionnaire"),
        Column::new("rater_group", "人群", "rater group"),
        Column::new("stratum", "地区", "stratum"),
        Column::new("place", "答题时显示", "shown to residents"),
        Column::new("way", "方式", "how"),
        Column::new("once", "只计一次", "counts once"),
        Column::new("short", "短地址", "short address"),
    ]);
    for (at, (poster, found)) in posters.iter().zip(found).enumerate() {
        let words =
            found.as_ref().filter(|link| **link == poster.link).and_then(|link| link_words(plan, link, language));
        let verdict = match words {
            Some(_) => Words::pair("相符", "as it should"),
            None => Words::pair("不符，不要张贴", "not as it should: do not hang it up"),
        };
        let mut row = vec![
            Cell::count(at + 1),
            if poster.name.is_empty() { Cell::None } else { Cell::text(&poster.name) },
            Cell::text(verdict.of(language)),
        ];
        let once = poster.link.code.is_some();
        row.extend(match words {
            Some(words) => words.map(|word| if word.is_empty() { Cell::None } else { Cell::text(word) }),
            None => [const { Cell::None }; 6],
        });
        row.push(if once { Cell::text(Words::pair("是", "yes").of(language)) } else { Cell::None });
        row.push(poster.short.as_ref().map_or(Cell::None, Cell::text));
        table.push(row);
    }
    table.without_empty_columns()
}
