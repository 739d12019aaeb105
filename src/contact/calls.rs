//! In which order a caller calls: what was agreed first, then who was never tried, then those who were missed, not too soon
//! and at another time of day.

use super::{List, OnList, State};
use crate::batch::Case;
use crate::expression::{civil_from_days, parse_day};

/// Why it is a case's turn. The first comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Turn {
    /// An interview is open.
    Open,
    /// The moment that was agreed has come.
    Due,
    /// Nobody called yet.
    Never,
    /// Missed before, at other times of day than this.
    OtherTime,
    /// Missed before on another day, at this time of day too.
    OtherDay,
}

/// Minutes until a number that was missed is called again.
const PAUSE: i64 = 180;
/// The same after a line that was busy or out of order: somebody is there, or it is soon mended.
const SHORT_PAUSE: i64 = 30;
const SHORT: [&str; 2] = ["3.12", "3.16"];
const DAY: i64 = 1440;
/// When calls begin again after a night.
const MORNING: i64 = 8 * 60;

/// The cases with a telephone number, by places in the list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Queue {
    /// To call now, in this order.
    pub ready: Vec<(usize, Turn)>,
    /// To call later: from which moment on, the earliest first.
    pub waiting: Vec<(usize, String)>,
    /// Ended, or without attempts left, or substitutes that are not in use.
    pub out: usize,
    /// Their place or group is not asked by telephone.
    pub unasked: usize,
}

impl Queue {
    /// The first to call now that is not among those, or the first of all where all are.
    pub fn next(&self, list: &List, passed: &[String], never: &[String]) -> Option<usize> {
        let id = |at: usize| &list.cases[at].case.id;
        let mut free = self.ready.iter().map(|(at, _)| *at).filter(|at| !never.contains(id(*at)));
        free.clone().find(|at| !passed.contains(id(*at))).or_else(|| free.next())
    }
}

/// Who is to be called at `now` (`YYYY-MM-DDThh:mm` where the device is). `asked`: whether the plan asks this case by telephone.
pub fn queue(list: &List, now: &str, asked: impl Fn(&Case) -> bool) -> Queue {
    let mut queue = Queue::default();
    let mut ready = Vec::new();
    for (at, found) in list.cases.iter().enumerate() {
        if found.case.phone.as_deref().is_none_or(|phone| super::numbers(phone).is_empty()) {
            continue;
        }
        // One that is open was begun, however that was.
        if found.draft.is_none() && !asked(&found.case) {
            queue.unasked += 1;
            continue;
        }
        let last = found.attempts.last().map(|(_, last)| last.at.clone()).unwrap_or_default();
        match found.state {
            State::Done | State::Spent | State::Locked => queue.out += 1,
            State::Later => queue.waiting.push((at, found.call_back().unwrap_or_default().to_owned())),
            State::Interviewing => match interrupted(found, now) {
                None => ready.push((Turn::Open, 0, String::new(), at)),
                Some(from) => queue.waiting.push((at, from)),
            },
            State::Due => ready.push((Turn::Due, 0, found.call_back().unwrap_or_default().to_owned(), at)),
            State::Open => match again(found, now) {
                Ok(turn) => ready.push((turn, found.attempts.len(), last, at)),
                Err(from) => queue.waiting.push((at, from)),
            },
        }
    }
    ready.sort();
    queue.ready = ready.into_iter().map(|(turn, _, _, at)| (at, turn)).collect();
    queue.waiting.sort_by(|a, b| (&a.1, a.0).cmp(&(&b.1, b.0)));
    queue
}

/// From which moment on an open interview is gone on with, where it is not now: as was agreed, or a while after a call that reached
/// nobody. Whoever has begun to answer is not kept waiting as long as others.
fn interrupted(found: &OnList, now: &str) -> Option<String> {
    let (_, last) = found.attempts.last()?;
    if let Some(agreed) = &last.call_back {
        return (agreed.as_str() > now).then(|| agreed.clone());
    }
    let (now, before) = (minutes(now)?, minutes(&last.at)?);
    (0..SHORT_PAUSE).contains(&(now - before)).then(|| moment(before + SHORT_PAUSE))
}

/// Whether a case that stands open is called now, or from which moment on.
fn again(found: &OnList, now: &str) -> Result<Turn, String> {
    let Some((_, last)) = found.attempts.last() else { return Ok(Turn::Never) };
    let (Some(now), Some(before)) = (minutes(now), minutes(&last.at)) else { return Ok(Turn::OtherDay) };
    let short = SHORT.contains(&last.outcome.as_str());
    let pause = if short { SHORT_PAUSE } else { PAUSE };
    // A clock that was put back says nothing of how long ago it was.
    if (0..pause).contains(&(now - before)) {
        return Err(moment(before + pause));
    }
    let mut tried = [0_u32; Part::COUNT];
    for at in found.attempts.iter().filter_map(|(_, attempt)| minutes(&attempt.at)) {
        tried[Part::of(at) as usize] += 1;
    }
    if short || tried[Part::of(now) as usize] == 0 {
        return Ok(Turn::OtherTime);
    }
    if now.div_euclid(DAY) != before.div_euclid(DAY) { Ok(Turn::OtherDay) } else { Err(moment(Part::after(now))) }
}

/// A time of day, as far as it makes a difference to who is there.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Morning,
    Afternoon,
    Evening,
    Weekend,
}

const NOON: i64 = 12 * 60;
const EVENING: i64 = 18 * 60;

impl Part {
    const COUNT: usize = 4;

    fn of(minute: i64) -> Part {
        // 1970-01-01 was a Thursday.
        match ((minute.div_euclid(DAY) + 4).rem_euclid(7), minute.rem_euclid(DAY)) {
            (0 | 6, _) => Part::Weekend,
            (_, ..NOON) => Part::Morning,
            (_, ..EVENING) => Part::Afternoon,
            _ => Part::Evening,
        }
    }

    /// When the next one begins.
    fn after(minute: i64) -> i64 {
        let day = minute.div_euclid(DAY) * DAY;
        match Part::of(minute) {
            Part::Morning => day + NOON,
            Part::Afternoon => day + EVENING,
            Part::Evening | Part::Weekend => day + DAY + MORNING,
        }
    }
}

/// Minutes since 1970, all where the device is.
fn minutes(moment: &str) -> Option<i64> {
    let (day, time) = moment.split_once('T')?;
    let (hour, minute) = time.split_once(':')?;
    let number = |text: &str, below: i64| text.parse().ok().filter(|number| (0..below).contains(number));
    Some(parse_day(day)? * DAY + number(hour, 24)? * 60 + number(minute.get(..2)?, 60)?)
}

fn moment(minutes: i64) -> String {
    let (year, month, day) = civil_from_days(minutes.div_euclid(DAY));
    let of_day = minutes.rem_euclid(DAY);
    format!("{year:04}-{month:02}-{day:02}T{:02}:{:02}", of_day / 60, of_day % 60)
}

/// What a caller can say of a call, in the order in which it is offered, each with its key: those of every day on the digits.
pub const CALL_KEYS: [(char, &str); 21] = [
    ('1', "3.13"),
    ('2', "3.12"),
    ('3', "2.22"),
    ('4', "3.14"),
    ('5', "2.25"),
    ('6', "2.35"),
    ('7', "2.11"),
    ('8', "2.111"),
    ('9', "4.3"),
    ('0', "4.5"),
    ('b', "3.15"),
    ('c', "3.16"),
    ('d', "2.31"),
    ('e', "3.21"),
    ('g', "4.7"),
    ('h', "2.32"),
    ('l', "2.33"),
    ('o', "4.1"),
    ('p', "2.21"),
    ('v', "2.36"),
    ('x', "3.9"),
];
