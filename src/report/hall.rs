//! The protocol of a hall ballot: as tables, and as a paper to sign.

use super::document::{Sheet, sheet, table};
use super::{Cell, Column, Table};
use crate::hall::{Line, Protocol, UnitLine, Way};
use crate::language::{Language, Words};
use crate::plan::{Text, pick};
use maud::html;

const fn pair(zh: &'static str, en: &'static str) -> Words {
    Words::pair(zh, en)
}

const LINES: &[Column] = &[
    Column::new("rater_group", "测评人群", "raters"),
    Column::new("issued", "发出", "issued"),
    Column::new("returned", "收回", "returned"),
    Column::new("valid", "有效", "valid"),
    Column::new("spoiled", "废票", "spoiled"),
    Column::new("missing", "未收回", "not returned"),
    Column::new("phones", "手机", "phones"),
    Column::new("tablets", "平板", "tablets"),
    Column::new("paper", "纸质", "paper"),
    Column::new("collected", "票箱纸票", "paper in the box"),
    Column::new("blank", "其中空白票", "of these blank"),
];

const UNITS: &[Column] = &[
    Column::new("class", "类别", "class"),
    Column::new("rank", "名次", "rank"),
    Column::new("unit", "单位", "unit"),
    Column::new("index", "满意度指数", "index"),
    Column::new("score", "满意度得分", "score"),
    Column::new("rate", "满意率（%）", "satisfied (%)"),
    Column::new("valid", "有效评价", "valid answers"),
];

const ALL: Words = pair("合计", "all");
const EVERYBODY: Words = pair("不分人群", "everybody");
const WITHHELD: Words = pair("不公布", "withheld");

/// How ballots came.
pub fn way_words(way: Way) -> Words {
    match way {
        Way::Phone => pair("手机", "phone"),
        Way::Tablet => pair("平板", "tablet"),
        Way::Paper => pair("纸质", "paper"),
    }
}

/// `2026-11-29T17:30:05+08:00` as people read it, with how far it is from UTC.
pub fn local_time(time: &str) -> String {
    match (time.get(..10), time.get(11..16), time.get(19..)) {
        (Some(day), Some(clock), Some("Z")) => [day, " ", clock, " UTC"].concat(),
        (Some(day), Some(clock), Some(offset)) => [day, " ", clock, " (UTC", offset, ")"].concat(),
        _ => time.to_owned(),
    }
}

fn said(text: &Text, language: Language) -> &str {
    pick(text, language.tag(), "")
}

/// What was given out and what came back, by rater group.
pub fn protocol_lines(protocol: &Protocol, language: Language) -> Table {
    let mut made = Table::new(LINES);
    let mut push = |name: String, line: &Line| {
        let number = |count: u64| Cell::Number(count.to_string());
        made.push(vec![
            Cell::text(name),
            number(line.issued),
            number(line.returned()),
            number(line.valid()),
            number(line.spoiled),
            Cell::Number(line.missing().to_string()),
            number(line.phones),
            number(line.tablets),
            number(line.paper),
            number(line.collected),
            line.blank.map_or_else(|| Cell::text(WITHHELD.of(language)), number),
        ]);
    };
    if protocol.lines.len() > 1 {
        for line in &protocol.lines {
            let name = match (said(&line.label, language), &line.rater_group) {
                ("", None) => EVERYBODY.of(language).to_owned(),
                ("", Some(id)) => id.clone(),
                (label, _) => label.to_owned(),
            };
            push(name, line);
        }
    }
    push(ALL.of(language).to_owned(), &protocol.total);
    made
}

/// The results, class by class, best first.
pub fn protocol_units(protocol: &Protocol, language: Language) -> Table {
    // A column for each grade, where all units are graded alike.
    let first = protocol.units.first().map_or(&[][..], |unit| &unit.grades);
    let alike = protocol
        .units
        .iter()
        .all(|unit| unit.grades.len() == first.len() && unit.grades.iter().zip(first).all(|(a, b)| a.label == b.label));
    let mut columns = UNITS.to_vec();
    match alike {
        true => columns.extend(
            first
                .iter()
                .enumerate()
                .map(|(at, grade)| Column::planned(format!("grade_{}", at + 1), said(&grade.label, language))),
        ),
        false => columns.push(Column::new("grades", "各等级票数", "grades")),
    }
    let mut made = Table { columns, rows: Vec::new() };
    for (class, units) in protocol.classes() {
        for unit in units {
            let shown = |value: &Option<String>| match value {
                Some(value) => Cell::Number(value.clone()),
                None if unit.withheld => Cell::text(WITHHELD.of(language)),
                None => Cell::None,
            };
            let class = said(class, language);
            let mut row = vec![
                if class.is_empty() { Cell::None } else { Cell::text(class) },
                unit.rank.map_or(Cell::None, |rank| Cell::Number(rank.to_string())),
                Cell::text(said(&unit.label, language)),
                shown(&unit.index),
                shown(&unit.score),
                shown(&unit.rate),
                unit.valid.map_or_else(|| Cell::text(WITHHELD.of(language)), |count| Cell::Number(count.to_string())),
            ];
            match alike {
                true => row.extend(unit.grades.iter().map(|grade| match grade.count {
                    Some(count) => Cell::Number(count.to_string()),
                    None => Cell::text(WITHHELD.of(language)),
                })),
                false => row.push(Cell::text(grades(unit, language))),
            }
            made.push(row);
        }
    }
    made
}

fn grades(unit: &UnitLine, language: Language) -> String {
    if unit.grades.iter().all(|grade| grade.count.is_none()) {
        return WITHHELD.of(language).to_owned();
    }
    let told = unit.grades.iter().map(|grade| {
        let count = grade.count.map_or_else(|| WITHHELD.of(language).to_owned(), |count| count.to_string());
        [said(&grade.label, language), " ", &count].concat()
    });
    told.collect::<Vec<_>>().join("  ")
}

/// What has to be said beside the tables.
pub fn protocol_notes(protocol: &Protocol, language: Language) -> Vec<String> {
    let mut notes = Vec::new();
    if protocol.invalid_marks > 0 {
        notes.push(
            pair(
                "纸质有效票中有 {0} 处划写不清或多选，按未填计。",
                "Marks on valid paper ballots that could not be read as one answer: {0}. They count as left blank.",
            )
            .count(language, &[protocol.invalid_marks as usize]),
        );
    }
    let without = &protocol.not_counted;
    let reasons: [(u64, Words); 6] = [
        (
            without.elsewhere,
            pair(
                "另有 {0} 份属于其他问卷或方式，不计入。",
                "{0} records are of another questionnaire or mode and are not counted.",
            ),
        ),
        (
            without.conflicting,
            pair("{0} 份互相矛盾，不计入。", "{0} records contradict each other and are not counted."),
        ),
        (without.unfit, pair("{0} 份与方案不符，不计入。", "{0} records do not fit the plan and are not counted.")),
        (without.unopened, pair("{0} 份打不开，不计入。", "{0} records could not be opened and are not counted.")),
        (
            without.left_out,
            pair("{0} 份按办公室决定不计入。", "{0} records are not counted by decisions of the office."),
        ),
        (
            without.apart,
            pair(
                "{0} 份在被隔离的批次里，不计入。",
                "{0} records are in batches that are kept apart and are not counted.",
            ),
        ),
    ];
    notes.extend(
        reasons
            .into_iter()
            .filter(|(count, _)| *count > 0)
            .map(|(count, words)| words.count(language, &[count as usize])),
    );
    for line in &protocol.lines {
        let name = match said(&line.label, language) {
            "" => EVERYBODY.of(language),
            name => name,
        };
        if line.missing() < 0 {
            notes.push(
                pair("{0}：收回比发出多 {1} 份。", "{0}: {1} more came back than were given out.")
                    .fill(language, &[name, &(-line.missing()).to_string()]),
            );
        }
        if line.collected != line.paper + line.spoiled {
            notes.push(
                pair(
                    "{0}：票箱内有纸票 {1} 份，录入 {2} 份。",
                    "{0}: {1} paper ballots lay in the box, {2} were entered.",
                )
                .fill(language, &[name, &line.collected.to_string(), &(line.paper + line.spoiled).to_string()]),
            );
        }
    }
    if !protocol.note.is_empty() {
        notes.push(pair("说明：{0}", "Explanation: {0}").fill(language, &[&protocol.note]));
    }
    let mut lines = protocol.lines.iter().chain([&protocol.total]);
    let withheld = protocol.units.iter().any(|unit| unit.withheld) || lines.any(|line| line.blank.is_none());
    if protocol.smallest_cell > 0 && withheld {
        notes.push(
            pair(
                "少于 {0} 的票数不公布，能由此推出它的数也不公布。",
                "Counts below {0} are withheld, with what would give them away.",
            )
            .count(language, &[protocol.smallest_cell as usize]),
        );
    }
    notes
}

const TITLE: Words = pair("现场测评计票结果报告单", "Report of the count of a hall ballot");

/// The protocol as one HTML file for A4, with lines to sign on.
pub fn protocol_paper(protocol: &Protocol, language: Language) -> String {
    let say = |words: Words| words.of(language);
    let ballot = &protocol.ballot;
    let title = [say(TITLE), say(pair("：", ": ")), &ballot.name].concat();
    let facts: [(Words, String); 7] = [
        (pair("测评", "Evaluation"), said(&protocol.title, language).to_owned()),
        (pair("轮次", "Round"), said(&protocol.round, language).to_owned()),
        (pair("地点", "Place"), ballot.place.clone()),
        (pair("主持人", "Host"), ballot.host.clone()),
        (pair("开始", "Opened"), local_time(&ballot.opened)),
        (pair("结束", "Closed"), local_time(&protocol.closed)),
        (pair("方案摘要", "Digest of the plan"), ballot.plan.digest.short().to_owned()),
    ];
    let notes = protocol_notes(protocol, language);
    let body = html! {
        section {
            table.facts { tbody { @for (name, value) in facts.iter().filter(|(_, value)| !value.is_empty()) {
                tr { th scope="row" { (say(*name)) } td { (value) } }
            } } }
        }
        section {
            h2 { (say(pair("一、票数", "1. Ballots"))) }
            (table(&protocol_lines(protocol, language), language))
            @if !notes.is_empty() { ul { @for note in &notes { li { (note) } } } }
        }
        section {
            h2 { (say(pair("二、结果", "2. Result"))) }
            (table(&protocol_units(protocol, language), language))
        }
        section {
            h2 { (say(pair("三、确认", "3. Confirmed"))) }
            table.signatures { tbody {
                @for (role, name) in [
                    (pair("主持人", "Host"), &ballot.host),
                    (pair("计票人", "Teller"), &protocol.teller),
                    (pair("监票人", "Supervisor"), &protocol.supervisor),
                ] {
                    tr {
                        th scope="row" { (say(role)) " " (name) }
                        td { (say(pair("签名：", "Signature:"))) }
                        td { (say(pair("日期：", "Date:"))) }
                    }
                }
            } }
            p.note { (say(pair(
                "本单由办公室密钥签名。用 minping hall verify 可以核对签名，并由答卷批次重新计票。",
                "This protocol is signed by the office's key. `minping hall verify` checks the signature and counts the batches again.",
            ))) }
        }
    };
    let head = Sheet {
        title: &title,
        asker: said(&protocol.asker, language),
        day: protocol.closed.get(..10).unwrap_or_default(),
        basis: say(pair("按可公布的口径", "As it may be published")),
        one: false,
        language,
    };
    sheet(&head, &body)
}
