use super::Count;
use crate::carry::{Carry, Load};
use crate::plan::{Digest, Item, ItemType, Plan, Round};
use crate::rectification::Day;
use crate::session::Answer;
use std::collections::BTreeMap;

/// More days than this in a row without a record are not filled in: one wrong date must not make a table of years.
const LONGEST: i64 = 366;

/// On which day each batch arrived, as far as it is known: the day of the file as it lay in the receiver or came to the office.
/// It is no part of a batch, and nobody signed it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Arrivals(BTreeMap<Digest, Day>);

impl Carry for Arrivals {
    fn put(&self, out: &mut Vec<u8>) {
        self.0.put(out);
    }
    fn take(from: &mut Load<'_>) -> Option<Arrivals> {
        BTreeMap::take(from).map(Arrivals)
    }
}

impl Arrivals {
    /// Notes a day. Of several the first one holds, whatever their order.
    pub fn note(&mut self, batch: &Digest, day: Day) {
        let known = self.0.entry(batch.clone()).or_insert(day);
        *known = day.min(*known);
    }

    pub fn day(&self, batch: &Digest) -> Option<Day> {
        self.0.get(batch).copied()
    }
}

/// Records of one day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DayLine {
    pub day: Day,
    pub count: Count,
    /// Complete records until the end of this day.
    pub until: u64,
}

/// A round day by day.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Days {
    /// From the first day with a record, or the first of the round, to the last with one: days without a record are in it, with 0.
    pub lines: Vec<DayLine>,
    /// Records of which nobody knows the day. They are in no line, and in no sum of `until`.
    pub unknown: Count,
}

impl Days {
    pub(super) fn of(by_day: BTreeMap<Option<Day>, Count>, round: &Round) -> Days {
        let unknown = by_day.get(&None).copied().unwrap_or_default();
        let known: BTreeMap<Day, Count> = by_day.into_iter().filter_map(|(day, count)| Some((day?, count))).collect();
        let (Some(first), Some(last)) = (known.keys().next().copied(), known.keys().last().copied()) else {
            return Days { lines: Vec::new(), unknown };
        };
        let opens =
            round.opens.as_deref().and_then(Day::parse).filter(|opens| *opens < first && last.0 - opens.0 < LONGEST);
        let mut lines: Vec<DayLine> = Vec::new();
        let (mut until, mut next) = (0, opens.unwrap_or(first));
        for (day, count) in known {
            while next < day && day.0 - next.0 < LONGEST {
                lines.push(DayLine { day: next, count: Count::default(), until });
                next = next.next();
            }
            until += count.complete;
            lines.push(DayLine { day, count, until });
            next = day.next();
        }
        Days { lines, unknown }
    }
}

/// The day of an answer that is a day, or a day with a time.
pub(super) fn whole_day(answer: &Answer) -> Option<Day> {
    let Answer::Text(text) = answer else { return None };
    Day::parse(text.get(..10)?)
}

/// Names of the items outside repeats whose answers can say on which day an interview was: dates, dates with time, and what is
/// calculated, in the order of the plan, each once.
pub fn day_items(plan: &Plan) -> Vec<&str> {
    fn walk<'a>(items: &'a [Item], found: &mut Vec<&'a str>) {
        for item in items {
            match item.kind {
                ItemType::Repeat => {}
                ItemType::Date | ItemType::Datetime | ItemType::Calculate if !found.contains(&item.name.as_str()) => {
                    found.push(&item.name);
                }
                _ => walk(&item.items, found),
            }
        }
    }
    let mut found = Vec::new();
    plan.questionnaires.iter().for_each(|questionnaire| walk(&questionnaire.items, &mut found));
    found
}
