//! Contacts as tables: how cases stand, and AAPOR's rates.

use super::{Cell, Column, Table};
use crate::contact::{Class, Counts, Dispositions, Doubtful, E, Logs, OUTCOMES, Split, outcome, rates};
use crate::language::{Language, Words};
use crate::plan::{Mode, Plan, Text, pick};

/// What the column of a split is called.
fn split_column(split: Split) -> Option<Column> {
    match split {
        Split::Round => None,
        Split::Stratum => Some(Column::new("stratum", "地点", "stratum")),
        Split::Mode => Some(Column::new("mode", "方式", "mode")),
        Split::Device => Some(Column::new("device", "设备", "device")),
        Split::Day => Some(Column::new("day", "日期", "day")),
    }
}

fn head(split: Split, more: &[Column]) -> Table {
    let mut columns = vec![Column::new("round", "轮次", "round")];
    columns.extend(split_column(split));
    columns.extend(more.iter().cloned());
    Table::new(&columns)
}

fn row(plan: &Plan, split: Split, of: &Dispositions, language: Language) -> Vec<Cell> {
    let mut row = vec![Cell::text(&of.round)];
    if split != Split::Round {
        row.push(match of.name.is_empty() {
            true => Cell::None,
            false => Cell::Text(name(plan, split, &of.name, language)),
        });
    }
    row
}

fn name(plan: &Plan, split: Split, id: &str, language: Language) -> String {
    let first = plan.languages.first().map_or("", String::as_str);
    let said = |text: &Text| pick(text, language.tag(), first).to_owned();
    match split {
        Split::Stratum => plan.stratum(id).map_or_else(|| id.to_owned(), |stratum| said(&stratum.label)),
        Split::Mode => match Mode::ALL.into_iter().find(|mode| mode.name() == id) {
            Some(mode) => super::quotas::mode_name(mode, language.tag()).to_owned(),
            None => id.to_owned(),
        },
        _ => id.to_owned(),
    }
}

/// How many stand how: a row for each code that occurs.
pub fn dispositions_table(plan: &Plan, logs: &Logs, split: Split, language: Language) -> Table {
    let mut table = head(
        split,
        &[
            Column::new("code", "代码", "code"),
            Column::new("outcome", "结果", "outcome"),
            Column::new("class", "类", "class"),
            match split {
                Split::Day => Column::new("attempts", "接触次数", "attempts"),
                _ => Column::new("cases", "户数", "cases"),
            },
        ],
    );
    let order = |code: &str| OUTCOMES.iter().position(|known| known.code == code).unwrap_or(usize::MAX);
    for of in logs.dispositions(split) {
        let mut codes: Vec<(&String, &u64)> = of.codes.iter().collect();
        codes.sort_by_key(|(code, _)| order(code));
        for (code, count) in codes {
            let Some(known) = outcome(code) else { continue };
            let mut cells = row(plan, split, &of, language);
            cells.push(Cell::text(code));
            cells.push(Cell::text(known.words.of(language)));
            cells.push(Cell::text(known.class.letter()));
            cells.push(Cell::Number(count.to_string()));
            table.push(cells);
        }
    }
    table
}

/// The counts of the formulas and the rates, in one row for each part. Of days there are attempts and no rates.
pub fn rates_table(plan: &Plan, logs: &Logs, split: Split, e: E, language: Language) -> Table {
    let mut more = vec![Column::new("cases", "户数", "cases")];
    more.extend(Class::ALL.iter().map(|class| Column::planned(class.letter().to_owned(), class.letter())));
    let shown = split != Split::Day;
    if shown {
        more.push(Column::new("e", "e", "e"));
        more.extend(rates(&Counts::default(), e).iter().map(|rate| Column::planned(rate.name.to_owned(), rate.name)));
    }
    let mut table = head(split, &more);
    for of in logs.dispositions(split) {
        let mut cells = row(plan, split, &of, language);
        cells.push(Cell::Number(of.counts.all().to_string()));
        cells.extend(Class::ALL.iter().map(|class| Cell::Number(of.counts.of(*class).to_string())));
        if shown {
            let used = match e {
                E::Given(e) => Some(e),
                E::Estimated => of.counts.estimate_e(),
            };
            cells.push(number(used));
            cells.extend(rates(&of.counts, e).iter().map(|rate| number(rate.value)));
        }
        table.push(cells);
    }
    table
}

/// Each rate with its formula and the numbers in it, for one part: what an office reads and quotes.
pub fn named_rates_table(of: &Dispositions, e: E, language: Language) -> Table {
    let mut table = Table::new(&[
        Column::new("rate", "比率", "rate"),
        Column::new("name", "名称", "name"),
        Column::new("formula", "公式", "formula"),
        Column::new("value", "值", "value"),
    ]);
    for rate in rates(&of.counts, e) {
        table.push(vec![
            Cell::text(rate.name),
            Cell::text(rate_words(rate.name).of(language)),
            Cell::text(rate.formula),
            number(rate.value),
        ]);
    }
    table
}

fn rate_words(name: &str) -> Words {
    match name.trim_end_matches(char::is_numeric) {
        "RR" => Words::pair("应答率", "response rate"),
        "COOP" => Words::pair("合作率", "cooperation rate"),
        "REF" => Words::pair("拒访率", "refusal rate"),
        _ => Words::pair("接触率", "contact rate"),
    }
}

/// Who has handed over what, and who nothing.
pub fn handed_table(logs: &Logs) -> Table {
    let mut table = Table::new(&[
        Column::new("round", "轮次", "round"),
        Column::new("device", "设备", "device"),
        Column::new("number", "最新一份", "newest log"),
        Column::new("day", "日期", "day"),
    ]);
    let newest = logs.newest().into_iter().map(|(round, device, number, day)| {
        vec![Cell::Text(round), Cell::Text(device), Cell::Number(number.to_string()), Cell::Text(day)]
    });
    let missing = logs
        .missing()
        .into_iter()
        .map(|missing| vec![Cell::Text(missing.round), Cell::Text(missing.device), Cell::None, Cell::None]);
    newest.chain(missing).for_each(|row| table.push(row));
    table
}

/// What a person has to look at, as a sentence.
pub fn doubtful_text(doubtful: &Doubtful, language: Language) -> String {
    match doubtful {
        Doubtful::Unknown(device) => Words::pair(
            "设备 {0} 不在名册上：它的接触记录没有计入",
            "device {0} is not on the roster: its contact logs are not counted",
        )
        .fill(language, &[device.short()]),
        Doubtful::Revoked(name) => Words::pair(
            "设备“{0}”已被吊销：它的接触记录没有计入",
            "device `{0}` was revoked: its contact logs are not counted",
        )
        .fill(language, &[name]),
        Doubtful::Forked { device, round, number } => Words::pair(
            "设备“{0}”在轮次 {1} 有两份不同的第 {2} 号接触记录：设备可能被复制或还原",
            "device `{0}` has two different contact logs number {2} in round {1}: it may have been copied or restored",
        )
        .fill(language, &[device, round, &number.to_string()]),
        Doubtful::Shared { round, case, devices } => Words::pair(
            "轮次 {0} 的 {1} 在多台设备上有记录（{2}）：只计一次",
            "case {1} of round {0} is in the logs of several devices ({2}): it is counted once",
        )
        .fill(language, &[round, case, &devices.join(", ")]),
        Doubtful::UnknownOutcome { device, code } => Words::pair(
            "设备“{0}”写了本程序不认识的结果 {1}：没有计入，请更新程序",
            "device `{0}` has the outcome {1}, which is not known here: it is not counted; update Minping",
        )
        .fill(language, &[device, code]),
    }
}

/// Four decimals.
fn number(value: Option<f64>) -> Cell {
    value.map_or(Cell::None, |value| Cell::Number(format!("{value:.4}")))
}
