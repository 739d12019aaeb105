//! How far a round is, as tables and sentences.

use super::quotas::{cell_name, mode_name};
use super::{Cell, Column, Table};
use crate::fieldwork::{Count, DeviceLine, Fieldwork, Line, Pace, Place, Split};
use crate::language::{Language, Words};
use crate::plan::{Plan, Text, pick};
use crate::rectification::Day;
use crate::tally::percent;

const fn pair(zh: &'static str, en: &'static str) -> Words {
    Words::pair(zh, en)
}

/// What a table is called.
pub fn split_words(split: Split) -> Words {
    match split {
        Split::Round => pair("全轮", "The round"),
        Split::Stratum => pair("按地点（抽样层）", "By stratum"),
        Split::Group => pair("按人群", "By rater group"),
        Split::Quota => pair("按配额", "By quota"),
        Split::Mode => pair("按方式", "By mode"),
        Split::Day => pair("按日", "By day"),
        Split::Device => pair("按设备", "By device"),
    }
}

const NONE_GIVEN: Words = pair("（未注明）", "(not given)");
const DAY_UNKNOWN: Words = pair("（哪一天不知道）", "(day not known)");
const RESIDENTS: Words = pair("居民自己的设备", "residents' own devices");

/// The lines of a split. For programs the round is in each, so that files of several rounds can be put together; a table for people has
/// only columns that say something.
pub fn fieldwork_table(plan: &Plan, found: &Fieldwork, split: Split, for_people: bool, language: Language) -> Table {
    let mut made = whole_table(plan, found, split, language);
    if for_people {
        made.columns.remove(0);
        made.rows.iter_mut().for_each(|row| drop(row.remove(0)));
        made = made.without_empty_columns();
    }
    made
}

fn whole_table(plan: &Plan, found: &Fieldwork, split: Split, language: Language) -> Table {
    match split {
        Split::Day => by_day(plan, found, language),
        Split::Device => by_device(plan, found, language),
        Split::Round => parts(
            plan,
            found,
            Column::new("name", "名称", "name"),
            vec![(round_label(plan, found, language), found.whole)],
        ),
        Split::Stratum => {
            let name =
                |at: &Option<usize>| named(plan, at.and_then(|at| plan.strata.get(at)).map(|one| &one.label), language);
            let lines = found.strata.iter().map(|(at, line)| (name(at), *line)).collect();
            parts(plan, found, Column::new("stratum", "地点", "stratum"), lines)
        }
        Split::Group => {
            let name = |at: &Option<usize>| {
                named(plan, at.and_then(|at| plan.rater_groups.get(at)).map(|one| &one.label), language)
            };
            let lines = found.groups.iter().map(|(at, line)| (name(at), *line)).collect();
            parts(plan, found, Column::new("rater_group", "人群", "rater group"), lines)
        }
        Split::Mode => {
            let lines =
                found.modes.iter().map(|(mode, line)| (mode_name(*mode, language.tag()).to_owned(), *line)).collect();
            parts(plan, found, Column::new("mode", "方式", "mode"), lines)
        }
        Split::Quota => {
            let cells = plan.cells();
            let name = |at: usize| cells.get(at).map_or_else(String::new, |cell| cell_name(plan, cell, language.tag()));
            let lines = found.cells.iter().map(|(at, line)| (name(*at), *line)).collect();
            parts(plan, found, Column::new("cell", "配额的格", "cell"), lines)
        }
    }
}

fn named(plan: &Plan, label: Option<&Text>, language: Language) -> String {
    let first = plan.languages.first().map_or("", String::as_str);
    label.map_or_else(|| NONE_GIVEN.of(language).to_owned(), |label| pick(label, language.tag(), first).to_owned())
}

fn round_label(plan: &Plan, found: &Fieldwork, language: Language) -> String {
    named(plan, plan.rounds.get(found.round).map(|round| &round.label), language)
}

fn round(plan: &Plan, found: &Fieldwork) -> Cell {
    plan.rounds.get(found.round).map_or(Cell::None, |round| Cell::text(&round.id))
}

fn number(count: u64) -> Cell {
    Cell::Number(count.to_string())
}

fn counts(count: Count) -> [Cell; 3] {
    [number(count.complete), number(count.partial), number(count.screened_out)]
}

const COUNTS: [Column; 3] = [
    Column::new("complete", "完整", "complete"),
    Column::new("partial", "中断", "partial"),
    Column::new("screened_out", "不符合条件", "screened out"),
];

fn parts(plan: &Plan, found: &Fieldwork, name: Column, lines: Vec<(String, Line)>) -> Table {
    let mut columns = vec![Column::new("round", "轮次", "round"), name];
    columns.extend(COUNTS);
    columns.extend([
        Column::new("target", "目标", "target"),
        Column::new("reached", "达到（%）", "reached (%)"),
        Column::new("missing", "还差", "missing"),
        Column::new("population", "总体人数", "population"),
        Column::new("of_population", "占总体（%）", "of population (%)"),
    ]);
    let mut table = Table::new(&columns);
    for (name, line) in lines {
        let share = |share: Option<_>| share.map_or(Cell::None, |share| Cell::Number(percent(&share, 1)));
        let mut row = vec![round(plan, found), Cell::Text(name)];
        row.extend(counts(line.count));
        row.extend([
            line.target.map_or(Cell::None, number),
            share(line.reached()),
            line.missing().map_or(Cell::None, number),
            line.population.map_or(Cell::None, number),
            share(line.of_population()),
        ]);
        table.push(row);
    }
    table
}

fn by_day(plan: &Plan, found: &Fieldwork, language: Language) -> Table {
    let mut columns = vec![Column::new("round", "轮次", "round"), Column::new("day", "日期", "day")];
    columns.extend(COUNTS);
    columns.push(Column::new("until", "累计完整", "complete so far"));
    let mut table = Table::new(&columns);
    let lines = found.days.lines.iter().map(|line| (line.day.to_string(), line.count, number(line.until)));
    let unknown =
        (found.days.unknown.all() > 0).then(|| (DAY_UNKNOWN.of(language).to_owned(), found.days.unknown, Cell::None));
    for (day, count, until) in lines.chain(unknown) {
        let mut row = vec![round(plan, found), Cell::Text(day)];
        row.extend(counts(count));
        row.push(until);
        table.push(row);
    }
    table
}

fn by_device(plan: &Plan, found: &Fieldwork, language: Language) -> Table {
    let mut columns = vec![
        Column::new("round", "轮次", "round"),
        Column::new("device", "设备", "device"),
        Column::new("key", "识别码", "check code"),
        Column::new("place", "名册", "roster"),
        Column::new("batches", "批次", "batches"),
        Column::new("gaps", "缺少的批号", "missing batches"),
        Column::new("forks", "分叉", "forks"),
        Column::new("last_day", "最近一批到达", "newest arrived"),
    ];
    columns.extend(COUNTS);
    let mut table = Table::new(&columns);
    for line in &found.devices {
        let gaps: Vec<String> = line.gaps.iter().map(|gap| gap_told(*gap)).collect();
        let mut row = vec![
            round(plan, found),
            Cell::text(line.name.as_deref().unwrap_or_else(|| line.device.short())),
            Cell::text(line.device.short()),
            Cell::text(place_words(line).of(language)),
            number(line.batches),
            if gaps.is_empty() { Cell::None } else { Cell::Text(gaps.join(", ")) },
            if line.forks == 0 { Cell::None } else { Cell::count(line.forks) },
            line.last.map_or(Cell::None, |day| Cell::text(day.to_string())),
        ];
        row.extend(counts(line.count));
        table.push(row);
    }
    if found.residents.batches > 0 {
        let mut row = vec![round(plan, found), Cell::text(RESIDENTS.of(language)), Cell::None, Cell::None];
        row.extend([number(found.residents.batches), Cell::None, Cell::None, Cell::None]);
        row.extend(counts(found.residents.count));
        table.push(row);
    }
    table
}

fn gap_told((first, last): (u64, u64)) -> String {
    if first == last { first.to_string() } else { format!("{first}–{last}") }
}

fn place_words(line: &DeviceLine) -> Words {
    match (line.place, line.batches) {
        (Place::Enrolled, 0) => pair("在册，还没有交来", "enrolled, nothing yet"),
        (Place::Enrolled, _) => pair("在册", "enrolled"),
        (Place::Revoked, _) => pair("已吊销", "revoked"),
        (Place::Unknown, _) => pair("不在册", "not on the roster"),
    }
}

/// How far the whole is, in a sentence.
pub fn reached_told(found: &Fieldwork, language: Language) -> String {
    let count = found.whole.count;
    let done = count.complete.to_string();
    match (found.whole.target, found.whole.reached(), found.whole.missing()) {
        (Some(target), Some(share), Some(missing)) => pair(
            "完整答卷 {0} 份，目标 {1} 份（{2}%），还差 {3} 份。",
            "{0} complete records of {1} that are wanted ({2}%); {3} are missing.",
        )
        .fill(language, &[&done, &target.to_string(), &percent(&share, 1), &missing.to_string()]),
        _ => pair(
            "完整答卷 {0} 份。方案没有给出全轮的目标（地点或人群没有都写目标）。",
            "{0} complete records. The plan gives no target for the round (not every stratum or rater group has one).",
        )
        .fill(language, &[&done]),
    }
}

/// What has to come each day, in a sentence.
pub fn pace_told(pace: &Pace, found: &Fieldwork, language: Language) -> String {
    let (missing, days) = (pace.missing.to_string(), pace.days.to_string());
    let mut told = match (pace.missing, pace.each_day) {
        (0, _) => pair("目标已达到。", "The target is reached.").of(language).to_owned(),
        (_, None) => {
            pair("本轮已经结束，还差 {0} 份。", "The round is over; {0} are missing.").fill(language, &[&missing])
        }
        (_, Some(each)) => pair(
            "离结束还有 {0} 天（含今天），每天需要 {1} 份。",
            "{0} days are left, today among them: {1} are needed each day.",
        )
        .fill(language, &[&days, &each.to_string()]),
    };
    if let Some(even) = pace.even.filter(|_| pace.missing > 0 && pace.days > 0) {
        let words = match found.whole.count.complete >= even {
            true => pair(
                "按均匀进度，今天结束时应有 {0} 份：不落后。",
                " At an even pace there would be {0} by tonight: not behind.",
            ),
            false => pair(
                "按均匀进度，今天结束时应有 {0} 份：落后。",
                " At an even pace there would be {0} by tonight: behind.",
            ),
        };
        told.push_str(&words.fill(language, &[&even.to_string()]));
    }
    told
}

/// What the numbers are and are not. `item`: the item by whose answer records have a day.
pub fn fieldwork_notes(found: &Fieldwork, item: Option<&str>, language: Language) -> Vec<String> {
    let mut notes = vec![
        pair(
            "只计入账的答卷，每份一次；目标只算完整的答卷。方案没有给出的目标和总体人数是空的，不是 0。",
            "Only records that count, each once; complete ones count towards a target. A target or population that the plan does not give is empty, not 0.",
        )
        .of(language)
        .to_owned(),
    ];
    notes.push(match item {
        Some(item) => pair(
            "日期是答卷里题目 {0} 的回答。",
            "A record counts on the day that it gives as its answer to {0}.",
        )
        .fill(language, &[item]),
        None => pair(
            "答卷里没有时间：日期是批次文件到达的那一天（UTC），不是访问的那一天。复制文件时没有保留日期的，是复制的那一天。",
            "A record holds no time: it counts on the day on which its batch's file arrived (UTC), not on that of the interview. Where a file was copied without its date, that is the day of the copy.",
        )
        .of(language)
        .to_owned(),
    });
    let unknown = found.days.unknown.all();
    if unknown > 0 {
        notes.push(
            pair(
                "有 {0} 份答卷不知道是哪一天，不在逐日的数里。",
                "The day of {0} records is not known: they are in no number of a day.",
            )
            .fill(language, &[&unknown.to_string()]),
        );
    }
    if found.uncounted > 0 {
        notes.push(
            pair(
                "本轮批次里另有 {0} 份没有入账（未解开、另放、相互矛盾、不合方案或决定不计入），不在这些数里。",
                "{0} more records in batches of this round do not count (sealed, kept apart, contradicting, not of the plan, or left out by decision) and are in none of these numbers.",
            )
            .fill(language, &[&found.uncounted.to_string()]),
        );
    }
    notes
}

/// Today's pace, where there is a target and a last day.
pub fn pace_of(plan: &Plan, found: &Fieldwork, today: Day, language: Language) -> Option<String> {
    found.pace(plan, today).map(|pace| pace_told(&pace, found, language))
}
