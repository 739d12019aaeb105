use super::Day;
use crate::json::{self, JsonError, Node};
use crate::language::Language;
use std::collections::BTreeMap;
use std::fmt;

/// Which days are worked: Monday to Friday, but for the days that the data name. The data are of one or more years; no
/// holiday is known to this program.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Calendar {
    /// As the file calls itself; empty: weekends only.
    pub name: String,
    /// First and last day of each stretch that the data speak of.
    covers: Vec<(Day, Day)>,
    /// Days that differ from their weekday: true for a day that is worked.
    differs: BTreeMap<Day, bool>,
}

/// No calendar has more days than these in one interval.
const LONGEST: i64 = 366 * 20;

const FORMAT: &str = "minping-calendar";

impl Calendar {
    /// Monday to Friday, and no holiday known.
    pub fn weekends_only() -> Calendar {
        Calendar::default()
    }

    /// A calendar file: JSON, or CSV with the columns `day` and `kind`. `file` names a CSV, which has no name of its own.
    ///
    /// # Errors
    /// The first thing that is wrong, with its place.
    pub fn parse(text: &str, file: &str) -> Result<Calendar, CalendarError> {
        let text = text.trim_start_matches('\u{feff}');
        match text.trim_start().starts_with('{') {
            true => parse_json(text),
            false => parse_csv(text, file),
        }
    }

    /// The file that [`Calendar::parse`] reads.
    pub fn to_json(&self) -> String {
        let mut out = json::Writer::new();
        out.open('{');
        out.text("format", FORMAT);
        out.number("v", 1);
        out.text("name", &self.name);
        out.name("covers");
        out.open('[');
        self.covers.iter().for_each(|(from, to)| out.string(&format!("{from}/{to}")));
        out.close(']');
        for (name, worked) in [("off", false), ("work", true)] {
            out.name(name);
            out.open('[');
            let days = self.differs.iter().filter(|(_, kind)| **kind == worked);
            days.for_each(|(day, _)| out.string(&day.to_string()));
            out.close(']');
        }
        out.close('}');
        out.finish()
    }

    pub fn is_worked(&self, day: Day) -> bool {
        self.differs.get(&day).copied().unwrap_or(day.weekday() <= 5)
    }

    /// The `days`th working day after `from`: the day from which is counted does not count.
    pub fn after(&self, from: Day, days: u32) -> Day {
        let (mut day, mut left) = (from, days);
        while left > 0 {
            day = day.next();
            left -= u32::from(self.is_worked(day));
        }
        day
    }

    /// Working days after `from` up to `to`; 0 where `to` is not later.
    pub fn between(&self, from: Day, to: Day) -> u32 {
        let mut count = 0;
        let mut day = from;
        while day < to {
            day = day.next();
            count += u32::from(self.is_worked(day));
        }
        count
    }

    /// Whether the data speak of every day after `from` up to `to`.
    pub fn covers(&self, from: Day, to: Day) -> bool {
        let mut day = from.next();
        while day <= to {
            match self.covers.iter().find(|(first, last)| *first <= day && day <= *last) {
                Some((_, last)) => day = last.next(),
                None => return false,
            }
        }
        true
    }

    /// Days off that are no weekend, and weekend days that are worked.
    pub fn counts(&self) -> (usize, usize) {
        let worked = self.differs.values().filter(|worked| **worked).count();
        (self.differs.len() - worked, worked)
    }

    /// Years or stretches that the data speak of, for people.
    pub fn covered(&self) -> String {
        let whole = |(from, to): &(Day, Day)| {
            let (first, last) = (from.to_string(), to.to_string());
            match first.ends_with("-01-01") && last.ends_with("-12-31") {
                true if first[..4] == last[..4] => first[..4].to_owned(),
                true => [&first[..4], "–", &last[..4]].concat(),
                false => [first.as_str(), "–", &last].concat(),
            }
        };
        self.covers.iter().map(whole).collect::<Vec<_>>().join(", ")
    }

    /// `name`, what it covers, or that no holiday is known.
    pub fn told(&self, language: Language) -> String {
        match (self.covers.is_empty(), language) {
            (true, Language::Zh) => "周一至周五，未载入节假日".to_owned(),
            (true, Language::En) => "Monday to Friday, no holidays loaded".to_owned(),
            (false, Language::Zh) => format!("{}（{}）", self.name, self.covered()),
            (false, Language::En) => format!("{} ({})", self.name, self.covered()),
        }
    }

    fn set(&mut self, day: Day, worked: bool) -> Result<(), Mistake> {
        match self.differs.insert(day, worked) {
            Some(before) if before != worked => Err(Mistake::Both(day)),
            _ => Ok(()),
        }
    }
}

/// Why a calendar file cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CalendarError {
    Json(JsonError),
    /// The file is of another format, or of a later version.
    OtherFormat(String),
    /// Line of a CSV, or 0, and what is wrong.
    At(u64, Mistake),
}

/// What is wrong with a day of a calendar file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Mistake {
    NoDay(String),
    NoKind(String),
    NoColumns,
    Both(Day),
    Uncovered(Day),
    NotCsv(String),
}

fn parse_json(text: &str) -> Result<Calendar, CalendarError> {
    struct File {
        format: String,
        v: u64,
        name: String,
        lists: [Vec<String>; 3],
    }
    fn file(node: Node) -> File {
        let list = |name| node.list_or_empty(name, Node::as_text);
        File {
            format: node.text("format"),
            v: node.whole("v", u64::MAX),
            name: node.text("name"),
            lists: [node.list("covers", Node::as_text), list("off"), list("work")],
        }
    }
    let read = json::read(text, file).map_err(CalendarError::Json)?;
    if read.format != FORMAT || read.v != 1 {
        return Err(CalendarError::OtherFormat(format!("{} {}", read.format, read.v)));
    }
    let mut calendar = Calendar { name: read.name, ..Calendar::default() };
    let at = |mistake| CalendarError::At(0, mistake);
    for stretch in &read.lists[0] {
        calendar.covers.push(interval(stretch).map_err(at)?);
    }
    calendar.covers.sort();
    for (list, worked) in [(&read.lists[1], false), (&read.lists[2], true)] {
        for text in list {
            let (from, to) = interval(text).map_err(at)?;
            for day in (from.0..=to.0).map(Day) {
                if !calendar.covers(Day(day.0 - 1), day) {
                    return Err(at(Mistake::Uncovered(day)));
                }
                calendar.set(day, worked).map_err(at)?;
            }
        }
    }
    Ok(calendar)
}

/// A day, or two with a slash between (ISO 8601), or a year.
fn interval(text: &str) -> Result<(Day, Day), Mistake> {
    let whole_year = || -> Option<(Day, Day)> {
        let year = Some(text).filter(|text| text.len() == 4)?;
        Some((Day::parse(&[year, "-01-01"].concat())?, Day::parse(&[year, "-12-31"].concat())?))
    };
    let found = match text.split_once('/') {
        Some((from, to)) => Day::parse(from).zip(Day::parse(to)),
        None => Day::parse(text).map(|day| (day, day)).or_else(whole_year),
    };
    found.filter(|(from, to)| from <= to && to.0 - from.0 < LONGEST).ok_or_else(|| Mistake::NoDay(text.to_owned()))
}

/// The whole of each year that has a row is covered.
fn parse_csv(text: &str, file: &str) -> Result<Calendar, CalendarError> {
    let mut reader = csv::ReaderBuilder::new().trim(csv::Trim::All).from_reader(text.as_bytes());
    let not_csv = |error: csv::Error| {
        let line = error.position().map_or(0, csv::Position::line);
        CalendarError::At(line, Mistake::NotCsv(error.to_string()))
    };
    let headers = reader.headers().map_err(not_csv)?.clone();
    let column = |names: [&str; 2]| headers.iter().position(|found| names.contains(&found));
    let (Some(days), Some(kinds)) = (column(["day", "日期"]), column(["kind", "类型"])) else {
        return Err(CalendarError::At(1, Mistake::NoColumns));
    };
    let mut calendar = Calendar { name: file.to_owned(), ..Calendar::default() };
    let mut years = BTreeMap::new();
    for row in reader.records() {
        let row = row.map_err(not_csv)?;
        let line = row.position().map_or(0, csv::Position::line);
        let at = |mistake| CalendarError::At(line, mistake);
        let (day, kind) = (row.get(days).unwrap_or(""), row.get(kinds).unwrap_or(""));
        let worked = match kind {
            "off" | "休" => false,
            "work" | "班" => true,
            other => return Err(at(Mistake::NoKind(other.to_owned()))),
        };
        let (from, to) = interval(day).map_err(at)?;
        for day in (from.0..=to.0).map(Day) {
            calendar.set(day, worked).map_err(at)?;
            years.insert(day.year(), ());
        }
    }
    let whole = |year: &i64| interval(&format!("{year:04}")).ok();
    calendar.covers = years.keys().filter_map(whole).collect();
    Ok(calendar)
}

impl CalendarError {
    pub fn told(&self, language: Language) -> String {
        let zh = language == Language::Zh;
        match self {
            CalendarError::Json(error) if zh => format!("第 {} 行第 {} 列：{error}", error.line, error.column),
            CalendarError::Json(error) => error.to_string(),
            CalendarError::OtherFormat(found) if zh => format!("不是本程序能读的日历（{found}）；请按文档的格式准备"),
            CalendarError::OtherFormat(found) => {
                format!("this is no calendar that this program reads ({found}); make one as the documentation says")
            }
            CalendarError::At(line, mistake) => {
                let what = mistake.told(zh);
                match (line, zh) {
                    (0, _) => what,
                    (_, true) => format!("第 {line} 行：{what}"),
                    (_, false) => format!("line {line}: {what}"),
                }
            }
        }
    }
}

impl Mistake {
    fn told(&self, zh: bool) -> String {
        match self {
            Mistake::NoDay(found) if zh => {
                format!("`{found}` 不是日期；请写 2026-10-01、2026-10-01/2026-10-07 或 2026")
            }
            Mistake::NoDay(found) => {
                format!("`{found}` is no day; write 2026-10-01, 2026-10-01/2026-10-07 or 2026")
            }
            Mistake::NoKind(found) if zh => format!("`{found}` 不是类型；请写 休（off）或 班（work）"),
            Mistake::NoKind(found) => format!("`{found}` is no kind; write off or work"),
            Mistake::NoColumns if zh => "缺少 day 和 kind 两列".to_owned(),
            Mistake::NoColumns => "the columns `day` and `kind` are missing".to_owned(),
            Mistake::Both(day) if zh => format!("{day} 既是休息日又是上班日；请删去一个"),
            Mistake::Both(day) => format!("{day} is both off and worked; remove one"),
            Mistake::Uncovered(day) if zh => format!("{day} 不在 covers 所列的时间内；请改正其中一个"),
            Mistake::Uncovered(day) => format!("{day} is outside of what `covers` lists; correct one of them"),
            Mistake::NotCsv(what) if zh => format!("不是 CSV：{what}"),
            Mistake::NotCsv(what) => format!("this is no CSV: {what}"),
        }
    }
}

impl fmt::Display for CalendarError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.told(Language::En))
    }
}

impl std::error::Error for CalendarError {}
