use super::{Calendar, Case, Day, State};
use crate::language::Words;

/// What is waited for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Task {
    /// The office has to name a unit.
    Assign,
    /// Measure and deadline are to be set.
    Plan,
    /// The unit has to reply.
    Reply,
    Verify,
    Close,
    /// The office has to decide an appeal.
    Decide,
}

/// The next thing to do in a case, and by when.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Due {
    pub task: Task,
    /// None: no day was set for it.
    pub day: Option<Day>,
    /// Working days until the day; negative: since it. None without a day.
    pub left: Option<i64>,
    /// Whether the calendar speaks of all the days between.
    pub covered: bool,
}

impl Task {
    pub fn words(self) -> Words {
        match self {
            Task::Assign => Words::pair("交办", "assign a unit"),
            Task::Plan => Words::pair("确定措施和时限", "set measure and deadline"),
            Task::Reply => Words::pair("单位反馈", "the unit's reply"),
            Task::Verify => Words::pair("核查", "verify the reply"),
            Task::Close => Words::pair("销号", "close"),
            Task::Decide => Words::pair("处理申诉", "decide the appeal"),
        }
    }
}

impl Due {
    /// The day is over.
    pub fn is_overdue(&self) -> bool {
        self.left.is_some_and(|left| left < 0)
    }
}

impl Case<'_> {
    /// What is due, seen on `today`. A pending appeal with a day comes first: until then the deadline itself goes on.
    pub fn due(&self, today: Day, calendar: &Calendar) -> Option<Due> {
        let status = &self.status;
        let (task, day) = match (status.state, status.appeal) {
            (State::Closed | State::Void, _) => return None,
            (State::Underway, Some(decide)) => match (decide, status.due) {
                (Some(decide), Some(due)) if due < decide => (Task::Reply, Some(due)),
                (Some(decide), _) => (Task::Decide, Some(decide)),
                (None, due) => (Task::Reply, due),
            },
            (_, Some(decide)) => (Task::Decide, decide),
            (State::Open, None) => (Task::Assign, None),
            (State::Assigned, None) => (Task::Plan, None),
            (State::Underway, None) => (Task::Reply, status.due),
            (State::Replied, None) => (Task::Verify, None),
            (State::Verified, None) => (Task::Close, None),
        };
        let left = day.map(|day| match day < today {
            // A day that is over is overdue, also when no working day has passed since.
            true => -i64::from(calendar.between(day, today).max(1)),
            false => i64::from(calendar.between(today, day)),
        });
        let (from, to) = day.map_or((today, today), |day| (day.min(today), day.max(today)));
        Some(Due { task, day, left, covered: calendar.covers(from, to) })
    }
}
